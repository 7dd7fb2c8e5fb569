package ident

// Spec describes a kind by examples. Tests run them, and documentation shows them.
type Spec struct {
	Kind  Kind
	About string    // what the kind is, in one line
	Good  []Example // values that can be read; the first is a plain one
	Bad   []string  // values that cannot
}

// Example is a raw value and the identifier it is read as by the zero [Parser].
type Example struct {
	Raw   string
	Scope string // of [Parser.Parse]; mostly ""
	Kind  Kind   // of the result; 0 means the kind of the [Spec]
	Key   string
	Mark  Mark
}

// Specs returns the description of every kind, in the order of their numbers. The caller may change what it gets.
func Specs() []Spec {
	return []Spec{
		{Kind: Email, About: "an e-mail address; provider's tags and dots folded, a commit no-reply address is its login's handle", Good: []Example{
			{Raw: "Jane.Roe@Acme.com", Key: "jane.roe@acme.com"},
			{Raw: "Jane.Roe+jobs@GoogleMail.com", Key: "janeroe@gmail.com"},
			{Raw: "jane.roe+x@outlook.com", Key: "jane.roe@outlook.com"},
			{Raw: "jane+x@acme.com", Key: "jane+x@acme.com"},
			{Raw: "Jane Roe <jane@bücher.de>", Key: "jane@xn--bcher-kva.de"},
			{Raw: "mailto:jane@acme.com", Key: "jane@acme.com"},
			{Raw: "12345+JaneR@users.noreply.github.com", Kind: Handle, Key: "github:janer"},
			{Raw: "JaneR@users.noreply.github.com", Kind: Handle, Key: "github:janer"},
			{Raw: "77-janer@users.noreply.gitlab.com", Kind: Handle, Key: "gitlab:janer"},
			{Raw: "49699333+dependabot[bot]@users.noreply.github.com", Kind: Handle, Key: "github:dependabot[bot]", Mark: Placeholder},
			{Raw: "no-reply@acme.com", Key: "no-reply@acme.com", Mark: Placeholder},
			{Raw: "MAILER-DAEMON@acme.com", Key: "mailer-daemon@acme.com", Mark: Placeholder},
			{Raw: "jane@example.com", Key: "jane@example.com", Mark: Placeholder},
			{Raw: "jane@host.invalid", Key: "jane@host.invalid", Mark: Placeholder},
			{Raw: "jane@localhost", Key: "jane@localhost", Mark: Placeholder},
			{Raw: "careers@acme.com", Key: "careers@acme.com", Mark: Shared},
			{Raw: "helpdesk@acme.com", Key: "helpdesk@acme.com", Mark: Shared},
			{Raw: "jobs@gmail.com", Key: "jobs@gmail.com"},
			{Raw: "info@acme.com", Key: "info@acme.com"},
		}, Bad: []string{"jane", "jane@", "@acme.com", "jane@acme", "jane roe@acme.com", "a@b@acme.com", "jane@acme..com", "jane@-acme.com", "+x@gmail.com", "jane@1.2.3.4", "a@acme.com, b@acme.com"}},

		{Kind: Phone, About: "a phone number in E.164, with its extension", Good: []Example{
			{Raw: "(212) 664-7665", Key: "+12126647665"},
			{Raw: "+1 212.664.7665", Key: "+12126647665"},
			{Raw: "2126647665", Key: "+12126647665"},
			{Raw: "tel:+1-212-664-7665", Key: "+12126647665"},
			{Raw: "212-664-7665 ext. 12", Key: "+12126647665;ext=12"},
			{Raw: "1-800-356-9377", Key: "+18003569377"},
			{Raw: "+44 20 7946 0958", Key: "+442079460958"},
			{Raw: "0044 20 7946 0958", Key: "+442079460958"},
			{Raw: "+39 06 6982", Key: "+39066982"},
			{Raw: "(212) 555-0142", Key: "+12125550142", Mark: Placeholder},
			{Raw: "000-000-0000", Key: "0000000000", Mark: Placeholder},
			{Raw: "212-000-0000", Key: "+12120000000", Mark: Placeholder},
			{Raw: "123-456-7890", Key: "1234567890", Mark: Placeholder},
			{Raw: "+1 999 999 9999", Key: "9999999999", Mark: Placeholder},
		}, Bad: []string{"12", "212-064-7665", "+999 12 34 56 78", "jane", "212-664-7665 / 917-664-7665", "+1 212 664 766"}},

		{Kind: IP, About: "an IP address, without port and zone", Good: []Example{
			{Raw: "8.8.4.4", Key: "8.8.4.4"},
			{Raw: "8.8.4.4:443", Key: "8.8.4.4"},
			{Raw: "8.8.4.4/32", Key: "8.8.4.4"},
			{Raw: "::ffff:8.8.4.4", Key: "8.8.4.4"},
			{Raw: "[2606:4700:0:0::1111]:8080", Key: "2606:4700::1111"},
			{Raw: "2606:4700::AbCd%eth0", Key: "2606:4700::abcd"},
			{Raw: "10.1.2.3", Key: "10.1.2.3", Mark: Reserved},
			{Raw: "100.64.0.9", Key: "100.64.0.9", Mark: Reserved},
			{Raw: "127.0.0.1", Key: "127.0.0.1", Mark: Reserved},
			{Raw: "203.0.113.7", Key: "203.0.113.7", Mark: Reserved},
			{Raw: "0.0.0.0", Key: "0.0.0.0", Mark: Reserved},
			{Raw: "::", Key: "::", Mark: Reserved},
			{Raw: "fe80::1%en0", Key: "fe80::1", Mark: Reserved},
			{Raw: "2001:db8::5", Key: "2001:db8::5", Mark: Reserved},
			{Raw: "ff02::1", Key: "ff02::1", Mark: Reserved},
		}, Bad: []string{"8.8.4", "8.8.4.256", "8.8.4.4/24", "8.8.4.4:port", "[8.8.4.4", "host", "2606:4700:::1", "08.8.4.4"}},

		{Kind: Payment, About: "a payment destination: bank account, IBAN, wallet, account with a payment provider", Good: []Example{
			{Raw: "021000021:123456780", Key: "021000021:123456780"},
			{Raw: "021000021/12345", Key: "021000021:12345"},
			{Raw: "021000021 12345", Key: "021000021:12345"},
			{Raw: "ABA 021000021 ACCT 12345", Key: "021000021:12345"},
			{Raw: "021000021", Key: "021000021", Mark: Shared},
			{Raw: "021000021:****1234", Key: "021000021:****1234", Mark: Masked},
			{Raw: "xxxxx1234", Key: "****1234", Mark: Masked},
			{Raw: "ending in 1234", Key: "****1234", Mark: Masked},
			{Raw: "021000021:000000000", Key: "021000021:000000000", Mark: Placeholder},
			{Raw: "acct:00123456789", Key: "acct:00123456789"},
			{Raw: "acct:12345", Key: "acct:12345", Mark: Masked},
			{Raw: "de89 3704 0044 0532 0130 00", Key: "DE89370400440532013000"},
			{Raw: "IBAN: GB82 WEST 1234 5698 7654 32", Key: "GB82WEST12345698765432"},
			{Raw: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Key: "evm:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
			{Raw: "USDT 0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", Key: "evm:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
			{Raw: "eth:0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", Key: "evm:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
			{Raw: "0x0000000000000000000000000000000000000000", Key: "evm:0x0000000000000000000000000000000000000000", Mark: Placeholder},
			{Raw: "XBT 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", Key: "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"},
			{Raw: "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Key: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"},
			{Raw: "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", Key: "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"},
			{Raw: "sol:4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", Key: "sol:4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T"},
			{Raw: "PayPal: Jane.Roe+pay@gmail.com", Key: "paypal:janeroe@gmail.com"},
			{Raw: "jane@acme.com", Scope: "payoneer", Key: "payoneer:jane@acme.com"},
			{Raw: "cashapp:$JaneRoe", Key: "cashapp:janeroe"},
			{Raw: "venmo:@Jane-Roe", Key: "venmo:jane-roe"},
			{Raw: "zelle:(212) 664-7665", Key: "zelle:+12126647665"},
			{Raw: "upi:jane@okbank", Key: "upi:jane@okbank"},
			{Raw: "wise:P12345678", Key: "wise:p12345678"},
		}, Bad: []string{"021000022:12345", "DE88370400440532013000", "DE8937040044053201300", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", "0x5aae",
			"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", "jane@acme.com", "paypal:jane@", "some bank"}},

		{Kind: Employer, About: "the name of an employer, without its legal form", Good: []Example{
			{Raw: "Acme Widgets, Inc.", Key: "acme widgets"},
			{Raw: "ACME WIDGETS L.L.C.", Key: "acme widgets"},
			{Raw: "Acme Widgets Pty. Ltd.", Key: "acme widgets"},
			{Raw: "Müller & Söhne GmbH & Co. KG", Key: "muller and sohne"},
			{Raw: "Società Uno S.p.A.", Key: "societa uno"},
			{Raw: "Serenity Spa", Key: "serenity spa"},
			{Raw: "Acme Sp. z o.o.", Key: "acme"},
			{Raw: "Acme S.A. de C.V.", Key: "acme"},
			{Raw: "Nordic A/S", Key: "nordic"},
			{Raw: "The Limited", Key: "the limited"},
			{Raw: "株式会社サンプル", Key: "株式会社サンプル"},
			{Raw: "Self-Employed", Key: "self employed", Mark: Placeholder},
		}, Bad: []string{"()", "§ §"}},

		{Kind: Device, About: "a device: serial number, MAC address, UUID or fingerprint", Good: []Example{
			{Raw: "c02xl0gzjgh5", Key: "serial:C02XL0GZJGH5"},
			{Raw: "serial: PF-1A 2B3C", Key: "serial:PF-1A2B3C"},
			{Raw: "A4-83-E7-12-34-56", Key: "mac:a4:83:e7:12:34:56"},
			{Raw: "a483.e712.3456", Key: "mac:a4:83:e7:12:34:56"},
			{Raw: "A483E7123456", Key: "mac:a4:83:e7:12:34:56"},
			{Raw: "mac:104040123456", Key: "mac:10:40:40:12:34:56"},
			{Raw: "104040123456", Key: "serial:104040123456"},
			{Raw: "{6F9619FF-8B86-D011-B42D-00CF4FC964FF}", Key: "uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff"},
			{Raw: "uuid:6f9619ff8b86d011b42d00cf4fc964ff", Key: "uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff"},
			{Raw: "9E107D9D372BB6826BD81D3542A419D6", Key: "fp:9e107d9d372bb6826bd81d3542a419d6"},
			{Raw: "To be filled by O.E.M.", Key: "serial:TOBEFILLEDBYO.E.M.", Mark: Placeholder},
			{Raw: "System Serial Number", Key: "serial:SYSTEMSERIALNUMBER", Mark: Placeholder},
			{Raw: "0", Key: "serial:0", Mark: Placeholder},
			{Raw: "None", Key: "none", Mark: Placeholder},
			{Raw: "02:00:00:00:00:00", Key: "mac:02:00:00:00:00:00", Mark: Placeholder},
			{Raw: "FF-FF-FF-FF-FF-FF", Key: "mac:ff:ff:ff:ff:ff:ff", Mark: Placeholder},
			{Raw: "03000200-0400-0500-0006-000700080009", Key: "uuid:03000200-0400-0500-0006-000700080009", Mark: Placeholder},
			{Raw: "00000000-0000-0000-0000-000000000000", Key: "uuid:00000000-0000-0000-0000-000000000000", Mark: Placeholder},
		}, Bad: []string{"mac:12345", "uuid:1234", "serial:", "fp:"}},

		{Kind: Address, About: "a postal address, in the short forms of the US Postal Service", Good: []Example{
			{Raw: "123 North Oak Street, Apt. 4B, New York, New York 10001-1234, USA", Key: "123 n oak st unit 4b new york ny 10001"},
			{Raw: "123 N. Oak St #4b, New York NY 10001", Key: "123 n oak st unit 4b new york ny 10001"},
			{Raw: "1209 Orange Ave Ste. 200 PMB 12\nWilmington, DE 19801", Key: "1209 orange ave unit 200 pmb 12 wilmington de 19801"},
			{Raw: "P.O. Box 55, Austin, TX 78701, United States", Key: "po box 55 austin tx 78701"},
			{Raw: "500 Fifth Avenue, 2nd Floor, Miami FL 33101", Key: "500 5th ave fl 2 miami fl 33101"},
			{Raw: "Hauptstraße 12, 10115 Berlin, Germany", Key: "hauptstrasse 12 10115 berlin germany"},
			{Raw: "Flat 3, 12 Oak Rd, London SW1A 1AA, United Kingdom", Key: "unit 3 12 oak rd london sw1a 1aa united kingdom"},
			{Raw: "Springfield, United States", Key: "springfield", Mark: Shared},
			{Raw: "75008 Paris", Key: "75008 paris", Mark: Shared},
			{Raw: "no fixed address", Key: "no fixed address", Mark: Placeholder},
		}, Bad: []string{"()", "§"}},

		{Kind: Name, About: "the name of a person, for display and contradiction; never a link by itself", Good: []Example{
			{Raw: "Jane Roe", Key: "jane roe"},
			{Raw: "ROE, Jane A.", Key: "jane a roe"},
			{Raw: "Dr. José O'Neil-García", Key: "jose oneil-garcia"},
			{Raw: "Roe, John, Jr.", Key: "john roe jr"},
			{Raw: "Łukasz Żółw", Key: "lukasz zolw"},
			{Raw: "王小明", Key: "王小明"},
			{Raw: "Ｊａｎｅ　Ｒｏｅ", Key: "jane roe"},
			{Raw: "John Doe", Key: "john doe", Mark: Placeholder},
		}, Bad: []string{"()", "§"}},

		{Kind: Document, About: "a file by the hash of its content, or an identity document by type, country and number", Good: []Example{
			{Raw: "SHA256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", Key: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
			{Raw: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Key: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
			{Raw: "098F6BCD4621D373CADE4E832627B4F6", Key: "md5:098f6bcd4621d373cade4e832627b4f6"},
			{Raw: "phash:c3d4a1b2e5f60718", Key: "phash:c3d4a1b2e5f60718"},
			{Raw: "passport US 123456789", Key: "id:passport:US:123456789"},
			{Raw: "id:passport:USA:A12-345-678", Key: "id:passport:US:A12345678"},
			{Raw: "Passport 4271829 (Iran)", Key: "id:passport:IR:4271829"},
			{Raw: "National ID No. GB AB123456C", Key: "id:national_id:GB:AB123456C"},
			{Raw: "SSN 536-90-4399", Key: "id:tax_id:US:536904399"},
			{Raw: "driver's licence US D1234567", Key: "id:drivers_licence:US:D1234567"},
			{Raw: "passport 4271829", Key: "id:passport:ZZ:4271829", Mark: Masked},
			{Raw: "SSN ***-**-4399", Key: "id:tax_id:US:****4399", Mark: Masked},
			{Raw: "SSN 078-05-1120", Key: "id:tax_id:US:078051120", Mark: Placeholder},
			{Raw: "md5:d41d8cd98f00b204e9800998ecf8427e", Key: "md5:d41d8cd98f00b204e9800998ecf8427e", Mark: Placeholder},
		}, Bad: []string{"sha256:12", "md5:xyz", "cv.pdf", "passport", "passport US", "id:passport:Atlantis:12345"}},

		{Kind: Website, About: "a web address by host and path; a profile on a public platform is its handle", Good: []Example{
			{Raw: "https://www.Acme.com/Team/?ref=1#top", Key: "acme.com/Team"},
			{Raw: "acme.com", Key: "acme.com"},
			{Raw: "http://bücher.de:8080/a//b/", Key: "xn--bcher-kva.de:8080/a/b"},
			{Raw: "https://github.com/JaneR/", Kind: Handle, Key: "github:janer"},
			{Raw: "https://github.com/acme/widgets", Key: "github.com/acme/widgets"},
			{Raw: "janer.github.io", Kind: Handle, Key: "github:janer"},
			{Raw: "https://uk.linkedin.com/in/Jane-Roe", Kind: Handle, Key: "linkedin:jane-roe"},
			{Raw: "https://twitter.com/JaneR", Kind: Handle, Key: "x:janer"},
			{Raw: "t.me/JaneR", Kind: Handle, Key: "telegram:janer"},
			{Raw: "https://facebook.com/profile.php?id=100001", Kind: Handle, Key: "facebook:100001"},
			{Raw: "https://www.upwork.com/freelancers/~01ab23", Kind: Handle, Key: "upwork:~01ab23"},
			{Raw: "https://stackoverflow.com/users/123/jane", Kind: Handle, Key: "stackoverflow:123"},
			{Raw: "https://facebook.com/", Key: "facebook.com", Mark: Shared},
			{Raw: "example.com/me", Key: "example.com/me", Mark: Placeholder},
		}, Bad: []string{"my page", "javascript:alert(1)", "ftp://acme.com", "acme", "http://", "jane@acme.com", "https://acme.com/a b"}},

		{Kind: Handle, About: "the name of an account on a platform", Good: []Example{
			{Raw: "github:JaneR", Key: "github:janer"},
			{Raw: "@JaneR", Scope: "telegram", Key: "telegram:janer"},
			{Raw: "JaneR", Scope: "Twitter", Key: "x:janer"},
			{Raw: "https://github.com/JaneR", Key: "github:janer"},
			{Raw: "facebook:jane.roe", Key: "facebook:janeroe"},
			{Raw: "jane@acme.com", Scope: "okta:acme", Key: "okta/acme:jane@acme.com"},
			{Raw: "live:jane_1", Scope: "skype", Key: "skype:live:jane_1"},
			{Raw: "github:ghost", Key: "github:ghost", Mark: Placeholder},
			{Raw: "none", Scope: "github", Key: "none", Mark: Placeholder},
		}, Bad: []string{"janer", "github:", "github:jane roe", "github:-x", "github:a.b"}},

		{Kind: Tag, About: "a label on an account, such as a sanctions programme; never links", Good: []Example{
			{Raw: "dprk2", Key: "DPRK2", Mark: Shared},
			{Raw: " Non-SDN  Menu ", Key: "NON-SDN MENU", Mark: Shared},
		}, Bad: []string{"\x00"}},
	}
}
