package ofac

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/ingest"
)

// remarksOf returns what a text of remarks says.
func remarksOf(text string) []string {
	var claims []ingest.Claim
	e := &entry{account: account("1"), claims: &claims}
	e.remarks(text, "Remarks")
	var out []string
	for _, c := range claims {
		out = append(out, fmt.Sprintf("%v %s", c.Kind, c.Value))
	}
	return out
}

func TestRemarks(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil,
		"DOB 1 Jan 1970; POB Springfield; nationality Korea, North; Gender Male.": nil,
		"Linked To: SOMEBODY; SWIFT/BIC ABCDUS33; Organization Type: Bank.":       nil,
		"Email Address a@b.org.":                                         {"email a@b.org"},
		" alt. Email Address a@b.org":                                    {"email a@b.org"},
		"Email:a@b.org.":                                                 {"email a@b.org"},
		"Website www.a.org. Offices worldwide.":                          {"website www.a.org"},
		"Website:  www.a.org":                                            {"website www.a.org"},
		"Websites are many":                                              nil, // another word
		"Telephone (98)(21)(66153220)":                                   {"phone +982166153220"},
		"Telephone Number: (971) (4) (3248000).":                         {"phone +97143248000"},
		"Alt. Telephone: 982188554432":                                   {"phone +982188554432"},
		"Digital Currency Address - XBT 1P3Z":                            {"payment 1P3Z"},
		"Digital Currency Address - ":                                    nil,
		"Passport":                                                       nil,
		"Passport A1 (Iran); alt. Passport A2 (Iran).":                   {"document passport:IR:A1", "document passport:IR:A2"},
		"Diplomatic Passport D000000483 (Syria)":                         {"document passport:SY:D000000483"},
		"a.k.a. 'BNC'.":                                                  {"name BNC"},
		"a.k.a. \"THE SHOP\"; f.k.a. 'OLD SHOP'":                         {"name THE SHOP", "name OLD SHOP"},
		"NIT # 890115794-3 (Colombia)":                                   {"document tax id:CO:890115794-3"},
		"NITROGEN works":                                                 nil,
		"SSN 523-33-8386 (United States).":                               {"document ssn:US:523-33-8386"},
		"Unified Social Credit Code (USCC) 91222401MA0Y31E659 (China)":   {"document registration:CN:91222401MA0Y31E659"},
		"Vessel Registration Identification IMO 7406784; MMSI 422026600": nil,
	} {
		if d := cmp.Diff(want, remarksOf(text)); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
}

// TestRemarksAreSaidInAnyOrder checks that a statement says the same wherever it stands.
func TestRemarksAreSaidInAnyOrder(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"Email Address a@b.org", "DOB 1 Jan 1970", "Website www.a.org", "Passport A1234 (Iran) expires 1 Jan 2020", "a.k.a. 'X Y'",
		"Digital Currency Address - ETH 0xabc", "Phone Number 982188526300", "Linked To: A. B.", "; ", "",
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(pieces, 0, 8).Draw(t, "pieces")
		var want []string
		for _, p := range list {
			want = append(want, remarksOf(p)...)
		}
		if d := cmp.Diff(want, remarksOf(strings.Join(list, "; ")+".")); d != "" {
			t.Fatal(d)
		}
	})
}

func TestAddress(t *testing.T) {
	for _, tc := range []struct{ street, town, country, want string }{
		{"12 Harbour Lane", "Dandong", "China", "12 Harbour Lane, Dandong, China"},
		{"12 Harbour Lane", "", "", "12 Harbour Lane"},
		{"", "Dandong", "China", ""},
		{"", "", "", ""},
	} {
		var claims []ingest.Claim
		e := &entry{account: account("1"), claims: &claims}
		e.address("Address", tc.street, tc.town, tc.country)
		got := ""
		if len(claims) > 0 {
			got = claims[0].Value
		}
		if got != tc.want {
			t.Errorf("%+v gives %q", tc, got)
		}
	}
}

// TestLabelsAreReached checks that no label is hidden behind a shorter one that stands before it.
func TestLabelsAreReached(t *testing.T) {
	for i := range features {
		piece := features[i].label + " 1"
		for k := range features {
			if features[k].in(piece) {
				if k != i {
					t.Errorf("%q is taken for %q", features[i].label, features[k].label)
				}
				break
			}
		}
	}
}
