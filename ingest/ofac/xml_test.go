package ofac

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

var xmlFixtures = ingesttest.Fixtures{
	Good:    []ingesttest.File{ingesttest.MustRead("testdata/sdn.xml")},
	Corrupt: []ingesttest.File{ingesttest.MustRead("testdata/sdn-corrupt.xml")},
	Secrets: []string{"turquoise", "otter", "ninety", "0x08723392"},
}

func TestXML(t *testing.T) { ingesttest.Run(t, XML(), xmlFixtures) }

func FuzzXML(f *testing.F) { ingesttest.Fuzz(f, XML(), xmlFixtures) }

func TestWhatTheXMLSays(t *testing.T) {
	got := ingesttest.Decode(t, XML(), ingesttest.MustRead("testdata/sdn.xml"))
	want := []string{
		"90001 name registered TURQUOISE LANTERN & SONS",
		"90001 tag registered DPRK3",
		"90001 tag registered CYBER2",
		"90001 name alias TURQUOISE LAMP",
		"90001 address registered 12 Harbour Lane, Dandong, Liaoning 118000, China",
		"90001 email registered office@turquoise-lantern.net",
		"90001 payment registered 0x08723392ed15743cc38513c4925f5e6be5c17243",
		"90001 website registered www.turquoise-lantern.net",
		"90001 phone registered +8618233039691",
		"90001 document registered registration:CN:102773970",
		"90002 name registered Ines OTTER",
		"90002 tag registered DPRK3",
		"90002 name alias Ines HERON",
		"90002 document registered passport:KP:563999368",
		"90003 name registered QUIET ENTRY",
		"90003 tag registered CUBA",
	}
	if d := cmp.Diff(want, said(got.Records)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got.Final != "" || len(got.Errors)+len(got.Notes) > 0 {
		t.Errorf("final %q, errors %v, notes %v", got.Final, got.Errors, got.Notes)
	}
	if at := []int64{got.Records[0].Line, got.Records[1].Line}; at[0] != 7 || at[1] <= at[0] {
		t.Errorf("lines %v", at)
	}
}

// TestPartsAgree checks that an entry says the same in both publications.
func TestPartsAgree(t *testing.T) {
	csv := said(ingesttest.Decode(t, CSV(), ingesttest.MustRead("testdata/sdn.csv")).Records)
	for _, s := range said(ingesttest.Decode(t, XML(), ingesttest.MustRead("testdata/sdn.xml")).Records) {
		if strings.Contains(s, "payment") || strings.Contains(s, "document") || strings.Contains(s, "phone") {
			if !strings.Contains(strings.Join(csv, "\n"), s) {
				t.Errorf("only the XML says %s", s)
			}
		}
	}
}

func TestXMLRejects(t *testing.T) {
	got := ingesttest.Decode(t, XML(), ingesttest.MustRead("testdata/sdn-corrupt.xml"))
	if len(got.Records) != 2 || len(got.Errors) != 1 || got.Errors[0].Error() != "line 16, uid: not a number of an entry" {
		t.Errorf("%d records, errors %v", len(got.Records), got.Errors)
	}
	if raw := got.Errors[0].Raw; !strings.HasPrefix(strings.TrimSpace(raw), "<sdnEntry>") || !strings.HasSuffix(raw, "</sdnEntry>") {
		t.Errorf("the entry's text is %q", raw)
	}
	if d := cmp.Diff([]string{"the list says it has 5 entries, and 3 were read"}, got.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestXMLEnds(t *testing.T) {
	good := string(ingesttest.MustRead("testdata/sdn.xml").Data)
	second := strings.Index(good, "<uid>90002")
	tests := []struct {
		name, text string
		records    int
		final      string
	}{
		{"cut in an entry", good[:second], 1, "cut short"},
		{"cut after an entry", good[:strings.LastIndex(good, "</sdnList>")], 3, "cut short"},
		{"a tag too many", strings.Replace(good, "<uid>90002", "</uid><uid>90002", 1), 1, "not sound XML"},
		{"advanced", `<?xml version="1.0"?><Sanctions xmlns="https://x/ADVANCED_XML"><DateOfIssue/></Sanctions>`, 0, "classic sdn.xml"},
		{"another root", "<rss></rss>", 0, "root element"},
		{"nothing", "", 0, "no XML element"},
		{"an encoding nobody reads", `<?xml version="1.0" encoding="ebcdic-us"?><sdnList></sdnList>`, 0, "encoding"},
		{"an entry too long", strings.Replace(good, "<uid>90002", "<uid>"+strings.Repeat("9", 70_000), 1), 1, "longer than"},
		{"too deep", strings.Replace(good, "<uid>90002", strings.Repeat("<a>", 40), 1), 1, "deeper than 32"},
		{"an entity", strings.Replace(good, "<uid>90002", "<uid>&bomb;", 1), 1, "not sound XML"},
	}
	for _, tc := range tests {
		got := ingesttest.Decode(t, XML(), ingesttest.File{Name: tc.name, Data: []byte(tc.text)})
		if len(got.Records) != tc.records || !strings.Contains(got.Final, tc.final) || got.Final == "" {
			t.Errorf("%s: %d records, final %q; want %d, %q", tc.name, len(got.Records), got.Final, tc.records, tc.final)
		}
	}
}

func TestXMLEncodings(t *testing.T) {
	const list = `<sdnList><sdnEntry><uid>1</uid><lastName>` + "JOS\xe9 ‘X’ \x92" + `</lastName></sdnEntry></sdnList>`
	for _, decl := range []string{"", `<?xml version="1.0" encoding="utf-8"?>`, `<?xml version="1.0" encoding="ISO-8859-1"?>`, `<?xml version="1.0" encoding="utf-16"?>`} {
		got := said(ingesttest.Decode(t, XML(), ingesttest.File{Name: "x", Data: []byte(decl + list)}).Records)
		if d := cmp.Diff([]string{"1 name registered JOSé ‘X’ ’"}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", decl, d)
		}
	}
}

func TestAdvancedIsMetWithAnError(t *testing.T) {
	head := []byte(`<?xml version="1.0" encoding="utf-8"?><Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML">`)
	if !XML().Match("SDN_ADVANCED.XML", head) {
		t.Error("Match does not take the advanced list, so its error is never seen")
	}
	if _, err := XML().NewDecoder(bytes.NewReader(head), ingest.Input{}); err != errAdvanced {
		t.Errorf("NewDecoder gives %v", err)
	}
	if _, err := XML().NewDecoder(iotestErr{}, ingest.Input{}); err == nil {
		t.Error("a broken reader is not noticed")
	}
}

// iotestErr is a reader that never works.
type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }
