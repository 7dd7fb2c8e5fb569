package ident

import "testing"

// benchParse measures one Parse of raw.
func benchParse(b *testing.B, k Kind, raw string) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(k, raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseEmail(b *testing.B)    { benchParse(b, Email, "Jane.Roe+jobs@Gmail.com") }
func BenchmarkParsePhone(b *testing.B)    { benchParse(b, Phone, "(212) 664-7665") }
func BenchmarkParsePhoneOdd(b *testing.B) { benchParse(b, Phone, "+44 20 7946 0958") }
func BenchmarkParseIP(b *testing.B)       { benchParse(b, IP, "8.8.4.4") }
func BenchmarkParseIPv6(b *testing.B)     { benchParse(b, IP, "[2606:4700::1111]:443") }
func BenchmarkParsePayment(b *testing.B)  { benchParse(b, Payment, "021000021:123456780") }
func BenchmarkParseWallet(b *testing.B) {
	benchParse(b, Payment, "ETH 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
}
func BenchmarkParseEmployer(b *testing.B) { benchParse(b, Employer, "Acme Widgets Pty. Ltd.") }
func BenchmarkParseDevice(b *testing.B)   { benchParse(b, Device, "c02xl0gzjgh5") }
func BenchmarkParseMAC(b *testing.B)      { benchParse(b, Device, "A4-83-E7-12-34-56") }
func BenchmarkParseAddress(b *testing.B) {
	benchParse(b, Address, "123 North Oak Street, Apt. 4B, New York, NY 10001-1234")
}
func BenchmarkParseName(b *testing.B) { benchParse(b, Name, "ROE, Jane A.") }
func BenchmarkParseNameAccents(b *testing.B) {
	benchParse(b, Name, "José Álvarez Núñez")
}
func BenchmarkParseDocument(b *testing.B) {
	benchParse(b, Document, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
}
func BenchmarkParseWebsite(b *testing.B) { benchParse(b, Website, "https://www.Acme.com/Team/") }
func BenchmarkParseHandle(b *testing.B)  { benchParse(b, Handle, "github:JaneR") }
func BenchmarkParseTag(b *testing.B)     { benchParse(b, Tag, "dprk2") }
