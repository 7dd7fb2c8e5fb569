package ident

import "testing"

// spelling is a raw value and what it is read as by the zero Parser.
type spelling struct {
	raw, key string
	mark     Mark
}

func checkSpellings(t *testing.T, k Kind, cases []spelling) {
	t.Helper()
	for _, c := range cases {
		id := mustParse(t, k, c.raw)
		if id.key != c.key || id.mark != c.mark {
			t.Errorf("%s %q: %q %q, want %q %q", k, c.raw, id.key, id.mark, c.key, c.mark)
		}
		checkID(t, Parser{}, id)
	}
}

func TestEmails(t *testing.T) {
	checkSpellings(t, Email, []spelling{
		{"j.a.n.e@gmail.com", "jane@gmail.com", 0},
		{"j.ane+a+b@googlemail.com", "jane@gmail.com", 0},
		{"j.ane@outlook.com", "j.ane@outlook.com", 0}, // dots matter there
		{"jane+a@proton.me", "jane@proton.me", 0},
		{"jane+a@icloud.com", "jane@icloud.com", 0},
		{"jane+a@fastmail.com", "jane@fastmail.com", 0},
		{"jane+a@yahoo.com", "jane+a@yahoo.com", 0}, // no tags there
		{"JANE@XN--BCHER-KVA.DE", "jane@xn--bcher-kva.de", 0},
		{"jane@acme.com.", "jane@acme.com", 0},
		{"o'neil_x=1@acme.co.uk", "o'neil_x=1@acme.co.uk", 0},
		{"donotreply@acme.com", "donotreply@acme.com", Placeholder},
		{"no.reply+1@acme.com", "no.reply+1@acme.com", Placeholder},
		{"noreply-billing@acme.com", "noreply-billing@acme.com", Placeholder},
		{"none@none.com", "none@none.com", Placeholder},
		{"a@b.example", "a@b.example", Placeholder},
		{"a@mail.example.org", "a@mail.example.org", Placeholder},
		{"support@acme.com", "support@acme.com", Shared},
		{"HR@acme.com", "hr@acme.com", Shared},
		{"hr@yahoo.com", "hr@yahoo.com", 0},
		{"admin@acme.com", "admin@acme.com", 0},
		{"noreply@gmail.com", "noreply@gmail.com", Placeholder},
	})
}

func TestPhones(t *testing.T) {
	checkSpellings(t, Phone, []spelling{
		{"212.664.7665", "+12126647665", 0},
		{"+12126647665;ext=0012", "+12126647665;ext=0012", 0},
		{"(416) 967-1111", "+14169671111", 0}, // Canada is in the same plan
		{"No. 0044 20 7946 0958", "+442079460958", 0},
		{"800-555-0100", "+18005550100", 0}, // of the toll-free 555 numbers only 0199 is fiction
		{"800-555-0199", "+18005550199", Placeholder},
		{"1 (415) 555-0100", "+14155550100", Placeholder},
		{"415-555-0200", "+14155550200", 0},
		{"0", "0", Placeholder},
	})
	for _, c := range []struct{ region, raw, key string }{
		{"GB", "020 7946 0958", "+442079460958"},
		{"gb", "+1 212 664 7665", "+12126647665"},
		{"DE", "030 901820", "+4930901820"},
		{"GB", "212-664-7665", ""},
		{"??", "212-664-7665", ""},
	} {
		id, err := Parser{Region: c.region}.Parse(Phone, c.raw, "")
		if id.key != c.key || (err != nil) != (c.key == "") {
			t.Errorf("%s %q: %q, %v; want %q", c.region, c.raw, id.key, err, c.key)
		}
	}
}

func TestPayments(t *testing.T) {
	checkSpellings(t, Payment, []spelling{
		{"ABA: 021000021 Account: 00-123 456", "021000021:00123456", 0},
		{"021000021 : 12345", "021000021:12345", 0},
		{"021000021:ab-12345", "021000021:AB12345", 0},
		{"021000021:12", "021000021:12", Masked},
		{"021000021 ending in 4321", "021000021:****4321", Masked},
		{"021000021:XXXXXX4321", "021000021:****4321", Masked},
		{"•••• 4321", "****4321", Masked},
		{"**** **** **** 4321", "****4321", Masked},
		{"1234****", "1234****", Masked},
		{"routing 021000021", "021000021", Shared},
		{"000000000", "000000000", Placeholder},
		{"4455667788990", "acct:4455667788990", 0},
		{"Account Number 44 5566", "acct:445566", Masked},
		{"acct: ****5566", "****5566", Masked},
		{"acct:1111111111", "acct:1111111111", Placeholder},
		{"NO93 8601 1117 947", "NO9386011117947", 0},
		{"gb82west12345698765432", "GB82WEST12345698765432", 0},
		{"Wise jane@acme.com", "wise:jane@acme.com", 0},
		{"TransferWise: jane@acme.com", "wise:jane@acme.com", 0},
		{"paypal:noreply@acme.com", "paypal:noreply@acme.com", Placeholder},
		{"paypal:", "paypal:-", Placeholder},
		{"venmo:n/a", "venmo:n/a", Placeholder},
		{"zelle: +1 (415) 555-0100", "zelle:+14155550100", Placeholder},
		{"stripe:acct_1Ab", "stripe:acct_1Ab", 0},
	})
}

func TestDevices(t *testing.T) {
	checkSpellings(t, Device, []spelling{
		{"mac: a483e7123456", "mac:a4:83:e7:12:34:56", 0},
		{"02:42:ac:11:00:02", "mac:02:42:ac:11:00:02", Placeholder},
		{"01:00:5e:00:00:fb", "mac:01:00:5e:00:00:fb", Placeholder},
		{"urn:uuid:6F9619FF-8B86-D011-B42D-00CF4FC964FF", "uuid:6f9619ff-8b86-d011-b42d-00cf4fc964ff", 0},
		{"ffffffff-ffff-ffff-ffff-ffffffffffff", "uuid:ffffffff-ffff-ffff-ffff-ffffffffffff", Placeholder},
		{"S/N: 5CG1234ABC", "serial:5CG1234ABC", 0},
		{"default string", "serial:DEFAULTSTRING", Placeholder},
		{"Not Specified", "not specified", Placeholder},
		{"serial:none", "serial:NONE", Placeholder},
		{"........", "-", Placeholder},
		{"fp:Chrome-ABC", "fp:chrome-abc", 0},
	})
}

func TestEmployers(t *testing.T) {
	checkSpellings(t, Employer, []spelling{
		{"The Acme Company", "acme", 0},
		{"ACME, Incorporated", "acme", 0},
		{"Acme Corp.", "acme", 0},
		{"Acme Co., Ltd.", "acme", 0},
		{"Acme Private Limited", "acme", 0},
		{"PT Acme Tbk", "acme", 0},
		{"OOO \"Acme\"", "acme", 0},
		{"Limited Liability Company Acme", "acme", 0},
		{"Acme B.V.", "acme", 0},
		{"Acme a.s.", "acme", 0},
		{"Acme Kft.", "acme", 0},
		{"Acme Pte Ltd", "acme", 0},
		{"Roe and Sons Ltd", "roe and sons", 0},
		{"Roe & Co.", "roe", 0},
		{"Joe's Diner", "joes diner", 0},
		{"A.B.C. LLC", "abc", 0},
		{"Company Inc", "company inc", 0},
		{"Freelancer", "freelancer", Placeholder},
	})
}

func TestHandles(t *testing.T) {
	for _, c := range []struct{ raw, scope, key string }{
		{"JaneR", "github:acme", "github:janer"}, // a login at GitHub is one the world over
		{"Jane", "okta:Acme", "okta/acme:jane"},
		{"Jane", "okta:other", "okta/other:jane"},
		{"U02ABCDEF", "slack", "slack:U02ABCDEF"},
		{"Jane#1234", "discord", "discord:jane#1234"},
		{"https://t.me/JaneR", "okta", "telegram:janer"},
		{"https://medium.com/@JaneR", "", "medium:janer"},
		{"stack overflow:123", "", "stackoverflow:123"},
		{"x:@Jane_R", "", "x:jane_r"},
		{"github:jane@roe", "", ""},
		{"https://github.com/acme/widgets", "", ""},
		{"jane roe", "x", ""},
		{"jane", "not a scope!", ""},
	} {
		id, err := Parser{}.Parse(Handle, c.raw, c.scope)
		if id.key != c.key || (err != nil) != (c.key == "") {
			t.Errorf("%q in %q: %q, %v; want %q", c.raw, c.scope, id.key, err, c.key)
		}
	}
}

func TestWebsites(t *testing.T) {
	checkSpellings(t, Website, []spelling{
		{"HTTP://WWW.ACME.COM", "acme.com", 0},
		{"//acme.com:443/", "acme.com", 0},
		{"acme.com/A/b/?x=http://other.com/", "acme.com/A/b", 0},
		{"https://github.com/features", "github.com/features", 0},
		{"https://x.com/i/status/1", "x.com/i/status/1", 0},
		{"https://t.me/joinchat/AbC", "t.me/joinchat/AbC", 0},
		{"docs.google.com", "docs.google.com", Shared},
		{"www.com", "www.com", 0},
	})
	for _, raw := range []string{"https://www.linkedin.com/in/jane-roe/", "linkedin.com/in/Jane-Roe?trk=x", "de.linkedin.com/in/jane-roe/en"} {
		if id := mustParse(t, Website, raw); id.kind != Handle || id.key != "linkedin:jane-roe" {
			t.Errorf("%q: %s %q", raw, id.kind, id.key)
		}
	}
}

func TestDocuments(t *testing.T) {
	checkSpellings(t, Document, []spelling{
		{"SHA-1: DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", Placeholder},
		{"simhash:0x00ff12ab34cd56ef", "simhash:00ff12ab34cd56ef", 0},
		{"passport:US:123456789", "id:passport:US:123456789", 0},
		{"Passport No. C1234567 (Korea, North)", "id:passport:KP:C1234567", 0},
		{"Passport DN056388 (Zimbabwe) expires 16 Oct 2022", "id:passport:ZW:DN056388", 0},
		{"Registration Number 0005657373 (North Dakota) (United States)", "id:registration:US:0005657373", 0},
		{"Passport 1234567 (Atlantis)", "id:passport:ZZ:1234567", Masked},
		{"passport uk 123456789", "id:passport:GB:123456789", 0},
		{"C.U.R.P. ROXJ800101MDFXXX09 (Mexico)", "id:national_id:MX:ROXJ800101MDFXXX09", 0},
		{"passport US 000000000", "id:passport:US:000000000", Placeholder},
	})
}

func TestLine(t *testing.T) {
	for raw, line := range map[string]string{"8.8.4.4": "8.8.4.4", "2606:4700:1:2:3:4:5:6": "2606:4700:1:2::/64", "n/a": "n/a"} {
		if got := mustParse(t, IP, raw).Line(); got != line {
			t.Errorf("%s: line %q, want %q", raw, got, line)
		}
	}
	if mustParse(t, Name, "Jane Roe").Line() != "" {
		t.Error("a name has a line")
	}
}
