package ident

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

// pieces are bits of values of all kinds; values glued together from them reach further into the readers than random letters do.
var pieces = []string{
	" ", "  ", ".", ",", "-", "/", ":", "#", "@", "+", "*", "x", "(", ")", "'", "&", "\t", "\u200b", "\u00a0", "é", "ß", "İ", "Σ", "ς", "ı", "ﬁ", "中", "한", "а", "\u0301", "①", "ª",
	"1", "2", "12", "123", "4b", "10001", "10001-1234", "021000021", "12345", "5th", "first", "2nd", "floor", "fl", "st", "street", "saint", "n", "north", "w.", "apt", "apt.", "unit", "suite",
	"ste", "pmb", "p.o.", "po", "box", "no", "ny", "new", "york", "usa", "us", "united", "states", "of", "america", "united states", "flat", "building",
	"inc", "inc.", "llc", "co", "and", "the", "gmbh", "s.a.", "a/s", "sp", "z", "o.o.", "private", "limited", "ltd", "jr", "dr", "mr", "iii", "smith", "o'neil", "jean-luc",
	"jane", "roe", "gmail.com", "acme.com", "example.com", "users.noreply.github.com", "noreply", "bücher.de", "xn--bcher-kva.de", "https://", "www.", "github.com", "t.me", "linkedin.com/in/",
	"paypal:", "acct:", "eth ", "sol:", "0x", "iban", "id:", "passport", "us ", "sha256:", "serial:", "mac:", "uuid:", "fp:", "aa", "ff", "tel:", ";ext=", "ext", "00", "+1", "555", "none", "n/a",
}

// texts draws texts made of pieces and of arbitrary runes.
func texts() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.SampledFrom(pieces), rapid.SampledFrom(pieces), rapid.StringN(0, 3, 12))
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(piece, 1, 9).Draw(t, "parts")
		sep := rapid.SampledFrom([]string{"", " ", " "}).Draw(t, "sep")
		return strings.Join(parts, sep)
	})
}

// Whatever is read reads as itself; whatever is not gives an error that does not show it.
func TestParseIsIdempotent(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(k.String(), rapid.MakeCheck(func(t *rapid.T) {
			raw := texts().Draw(t, "raw")
			scope := rapid.SampledFrom([]string{"", "github", "okta:acme", "paypal", "skype"}).Draw(t, "scope")
			p := Parser{Region: rapid.SampledFrom([]string{"", "US", "gb", "DE", "??"}).Draw(t, "region")}
			id, err := p.Parse(k, raw, scope)
			if err != nil {
				checkRapidError(t, k, raw, err)
				return
			}
			for _, scope := range []string{"", "github", "okta:acme", "paypal"} {
				if again, err := p.Parse(id.kind, id.key, scope); err != nil || again != id {
					t.Fatalf("%q is %s %q %q, which reads again as %s %q %q, %v", raw, id.kind, id.key, id.mark, again.kind, again.key, again.mark, err)
				}
			}
		}))
	}
}

// checkRapidError is checkError for properties, whose T is not a testing.TB.
func checkRapidError(t *rapid.T, k Kind, raw string, err error) {
	if len(strings.TrimSpace(raw)) > 12 && strings.Contains(err.Error(), raw) {
		t.Fatalf("%s: the error shows the value: %v", k, err)
	}
}

// White space around a value never matters.
func TestSpacesAroundDoNotMatter(t *testing.T) {
	for _, spec := range Specs() {
		t.Run(spec.Kind.String(), rapid.MakeCheck(func(t *rapid.T) {
			ex := rapid.SampledFrom(spec.Good).Draw(t, "example")
			space := rapid.SampledFrom([]string{" ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff "})
			raw := space.Draw(t, "before") + ex.Raw + space.Draw(t, "after")
			id, err := Parser{}.Parse(spec.Kind, raw, ex.Scope)
			if err != nil || id.key != ex.Key || id.mark != ex.Mark {
				t.Fatalf("%q: %q %q, %v", raw, id.key, id.mark, err)
			}
		}))
	}
}

// Case never matters for these kinds.
func TestCaseDoesNotMatter(t *testing.T) {
	for _, k := range []Kind{Email, Phone, IP, Employer, Device, Address, Name, Tag} {
		t.Run(k.String(), rapid.MakeCheck(func(t *rapid.T) {
			ex := rapid.SampledFrom(Specs()[k-1].Good).Draw(t, "example")
			raw := recase(t, ex.Raw)
			id, err := Parser{}.Parse(k, raw, ex.Scope)
			if err != nil || id.key != ex.Key || id.mark != ex.Mark {
				t.Fatalf("%q: %q %q, %v", raw, id.key, id.mark, err)
			}
		}))
	}
}

// recase changes the case of some ASCII letters of s.
func recase(t *rapid.T, s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && rapid.Bool().Draw(t, "upper") {
			return unicode.ToUpper(r)
		} else if r < 0x80 {
			return unicode.ToLower(r)
		}
		return r
	}, s)
}

// Text as such: folding is idempotent on all of Unicode.
func TestFoldIsIdempotent(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s, err := clean(Name, string(r))
		if err != nil {
			continue
		}
		for name, f := range map[string]func(string) string{"fold": fold, "foldLatin": foldLatin, "upper": upper} {
			once := f(s)
			if twice := f(once); twice != once {
				t.Errorf("%s of U+%04X is %q, of that %q", name, r, once, twice)
			}
			if again, err := clean(Name, once); err == nil && again != strings.TrimSpace(again) || err != nil && err != ErrEmpty {
				t.Errorf("%s of U+%04X is not clean: %q, %v", name, r, once, err)
			}
		}
	}
}

// byLibrary is what the phone library alone says of a number.
func byLibrary(s string) (key string, valid bool) {
	n, err := phonenumbers.Parse(s, "US")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

// usForms are the plain ways to write a US number that the quick path knows.
var usForms = []string{"+1%s%s%s", "1%s%s%s", "%s%s%s", "(%s) %s-%s", "%s-%s-%s", "%s.%s.%s", "+1 %s %s %s", "+1 (%s) %s-%s", "1-%s-%s-%s", "(%s)%s-%s", "+1-%s-%s-%s"}

// The quick path for US numbers says what the library says, of valid and of invalid numbers.
func TestQuickPhoneIsTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := func(n int, label string) string {
			return rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", n)).Draw(t, label)
		}
		area, exchange, line := digits(3, "area"), digits(3, "exchange"), digits(4, "line")
		if rapid.Bool().Draw(t, "assigned") {
			area = rapid.SampledFrom(areasOf(usAreas)).Draw(t, "assigned area")
		}
		raw := fmt.Sprintf(rapid.SampledFrom(usForms).Draw(t, "form"), area, exchange, line)
		quick := cleanUS(raw, true)
		if want, valid := byLibrary(raw); quick != "" && (!valid || quick != want) {
			t.Fatalf("%s: quick path %q, library %q, %v", raw, quick, want, valid)
		}
	})
}

// Every area code of the quick path is one in which the library lets every number pass, as far as a grid of its numbers shows.
func TestQuickPhoneAreas(t *testing.T) {
	areas := areasOf(usAreas)
	step := 1
	if testing.Short() {
		step = 37 // a prime, so that all last digits come by
	}
	cc := int32(1)
	for i, a := range areas {
		if i > 0 && areas[i-1] >= a {
			t.Errorf("area codes are not in order at %s", a)
		}
		for x := 200; x < 1000; x += 13 * step {
			var n uint64
			fmt.Sscan(fmt.Sprintf("%s%03d%04d", a, x, (x*37+i*7)%10000), &n)
			if !phonenumbers.IsValidNumber(&phonenumbers.PhoneNumber{CountryCode: &cc, NationalNumber: &n}) {
				t.Errorf("area code %s: %d is not valid in the library", a, n)
				break
			}
		}
	}
}

func areasOf(s string) []string {
	var areas []string
	for i := 0; i+3 <= len(s); i += 3 {
		areas = append(areas, s[i:i+3])
	}
	return areas
}

// Every address has one key, whatever its spelling; its line is the address or its /64.
func TestIPSpellings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := netip.AddrFrom16([16]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "address")))
		if rapid.Bool().Draw(t, "v4") {
			a = netip.AddrFrom4([4]byte(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "v4 address")))
		}
		a = a.Unmap()
		spellings := []string{a.String(), a.StringExpanded(), netip.AddrPortFrom(a, 443).String(), "[" + a.String() + "]", strings.ToUpper(a.String())}
		if a.Is4() {
			spellings = append(spellings, "::ffff:"+a.String(), a.String()+"/32")
		} else {
			spellings = append(spellings, a.String()+"%eth0", a.String()+"/128")
		}
		for _, s := range spellings {
			id, err := Parse(IP, s)
			if err != nil || id.key != a.String() {
				t.Fatalf("%s: %q, %v", s, id.key, err)
			}
			if a.Is6() && id.Line() != netip.PrefixFrom(a, 64).Masked().String() || a.Is4() && id.Line() != a.String() {
				t.Fatalf("%s: line %q", s, id.Line())
			}
		}
	})
}
