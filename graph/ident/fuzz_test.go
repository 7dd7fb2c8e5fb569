package ident

import "testing"

// fuzzKind checks on arbitrary text what every kind promises: no panic, an identifier that reads as itself or an error that does not show the value.
// Its seeds, which run in every go test, are the examples of all kinds.
func fuzzKind(f *testing.F, k Kind) {
	for _, spec := range Specs() {
		for _, ex := range spec.Good {
			f.Add(ex.Raw)
		}
		for _, raw := range spec.Bad {
			f.Add(raw)
		}
	}
	for _, raw := range []string{"", "\x00", "\xff", "İ", "ß.ﬁ", "a\u0301\u200d", "ǅ", "ΑΣ", "﷽", "[]", "a:b:c", "=1+1", "<script>", "🙂", "١٢٣"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		id, err := Parse(k, raw)
		if err != nil {
			if id != (ID{}) {
				t.Fatal("an identifier beside an error")
			}
			checkError(t, k, raw, err)
			return
		}
		checkID(t, Parser{}, id)
		switch id.kind {
		case Address:
			id.Home()
			id.Street()
			id.Unit()
		case Name:
			id.FullName()
			id.Family()
		case IP:
			if id.Line() == "" {
				t.Fatal("an address has no line")
			}
		}
	})
}

func FuzzEmail(f *testing.F)    { fuzzKind(f, Email) }
func FuzzPhone(f *testing.F)    { fuzzKind(f, Phone) }
func FuzzIP(f *testing.F)       { fuzzKind(f, IP) }
func FuzzPayment(f *testing.F)  { fuzzKind(f, Payment) }
func FuzzEmployer(f *testing.F) { fuzzKind(f, Employer) }
func FuzzDevice(f *testing.F)   { fuzzKind(f, Device) }
func FuzzAddress(f *testing.F)  { fuzzKind(f, Address) }
func FuzzName(f *testing.F)     { fuzzKind(f, Name) }
func FuzzDocument(f *testing.F) { fuzzKind(f, Document) }
func FuzzWebsite(f *testing.F)  { fuzzKind(f, Website) }
func FuzzHandle(f *testing.F)   { fuzzKind(f, Handle) }
func FuzzTag(f *testing.F)      { fuzzKind(f, Tag) }
