package ofac

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

// fixtures are the CSV parts. The entries are invented; only the shape is the list's.
var fixtures = ingesttest.Fixtures{
	Good:    []ingesttest.File{ingesttest.MustRead("testdata/sdn.csv")}, // the other parts: TestWhatThePartsSay
	Corrupt: []ingesttest.File{ingesttest.MustRead("testdata/sdn-corrupt.csv")},
	Secrets: []string{"turquoise", "otter", "0x08723392", "563999368", "submarine", "STRAY", "cut-remarks"},
}

func TestCSV(t *testing.T) { ingesttest.Run(t, CSV(), fixtures) }

func FuzzCSV(f *testing.F) { ingesttest.Fuzz(f, CSV(), fixtures) }

// said writes claims as "account kind relation value".
func said(recs []ingest.Record) []string {
	var out []string
	for _, r := range recs {
		for _, c := range r.Claims {
			out = append(out, fmt.Sprintf("%s %v %s %s", c.Account.Native, c.Kind, c.Relation, c.Value))
		}
	}
	return out
}

func TestWhatThePartsSay(t *testing.T) {
	tests := map[string][]string{
		"testdata/sdn.csv": {
			"90001 name registered TURQUOISE LANTERN TRADING CO.",
			"90001 tag registered DPRK3",
			"90001 tag registered CYBER2",
			"90001 email registered office@turquoise-lantern.net",
			"90001 email registered sales@turquoise-lantern.net",
			"90001 website registered www.turquoise-lantern.net",
			"90001 phone registered +8618233039691",
			"90001 payment registered 0x08723392ed15743cc38513c4925f5e6be5c17243",
			"90001 payment registered 0x08723392ed15743cc38513c4925f5e6be5c17243",
			"90001 document registered registration:CN:102773970",
			"90002 name registered OTTER, Ines",
			"90002 tag registered DPRK3",
			"90002 document registered passport:KP:563999368",
			"90002 document registered passport D9004878",
			"90002 name alias LITTLE HERON",
			"90003 name registered SEA-0- LARK",
			"90003 tag registered SDGT",
			"90004 name registered QUIET ENTRY",
			"90004 tag registered CUBA",
			"90005 name registered NIÑO MUÑOZ, José",
			"90005 tag registered SDNT",
			"90005 document registered national id:CO:6068999",
			"90005 phone registered +982166153220",
		},
		"testdata/add.csv": {
			"90001 address registered 12 Harbour Lane, Dandong 118000, China",
			"90005 address registered Calle 5 No. 8, Oficina 2, Cali, Colombia",
		},
		"testdata/alt.csv": {
			"90001 name alias TURQUOISE LAMP TRADING",
			"90002 name alias HERON, Ines",
			"90002 name alias OTTER-LAKE, Ines",
		},
		"testdata/sdn_comments.csv": {
			"90006 payment registered 1P3ZfGFLezzYGg9k5SVzQmnjyh7nrUmF2y",
			"90006 name alias THE REST",
			"90006 email registered last@cut-remarks.net",
			"90007 website registered www.rest-of-it.net",
		},
	}
	for name, want := range tests {
		file := ingesttest.MustRead(name)
		if !CSV().Match("", file.Data) {
			t.Errorf("Match does not know %s", name)
		}
		res := ingesttest.Decode(t, CSV(), file)
		if res.Final != "" || len(res.Errors) > 0 {
			t.Errorf("%s: %s %v", name, res.Final, res.Errors)
		}
		got := said(res.Records)
		if name == "testdata/sdn.csv" { // its last row is the one that is cut
			for _, s := range got[len(want):] {
				if strings.Contains(s, "payment") {
					t.Errorf("a wallet that the cut goes through was read: %s", s)
				}
			}
			if !strings.Contains(got[len(want)+2], "first@cut-remarks.net") {
				t.Errorf("what stands before the cut was not read: %q", got[len(want)+2])
			}
			got = got[:len(want)]
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestRejectedRows(t *testing.T) {
	got := ingesttest.Decode(t, CSV(), ingesttest.MustRead("testdata/sdn-corrupt.csv"))
	var reasons []string
	for _, e := range got.Errors {
		reasons = append(reasons, e.Error())
	}
	want := []string{
		"line 2: text after the closing quote of a field",
		"line 3: 4 columns, but rows of SDN have 12",
		"line 4, ent_num: not a number of an entry",
		"line 5: text after the closing quote of a field",
		"line 11: not a row of SDN",
	}
	if d := cmp.Diff(want, reasons); d != "" {
		t.Errorf("rejects (-want +got):\n%s", d)
	}
	if len(got.Records) != 6 {
		t.Errorf("%d records are kept, want 6", len(got.Records))
	}
	wantNotes := []string{
		"rows with remarks that are cut: 1; the feature that the cut goes through was not read, the rest is in SDN_COMMENTS.CSV",
		"rows that are not UTF-8 and were read as Windows-1252: 1",
		"the end mark (0x1A) is missing: the file may have been cut short",
	}
	if d := cmp.Diff(wantNotes, got.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestPartOf(t *testing.T) {
	tests := map[string]string{
		"36,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n": "SDN",
		"36,25,-0- ,\"Havana\",\"Cuba\",-0- \r\n":                            "ADD",
		"36,12,\"aka\",\"AERO\",-0- \r\n":                                    "ALT",
		"17016,\"tive Date; Tax ID No. 7 (Russia).\"\n":                      "SDN_COMMENTS",
		"36,25,street,Havana,Cuba,none\n":                                    "", // six bare columns of numbers and words are anybody's
		"1,\"a\"\n2,\"b\"\n":                                                 "",
		"ent_num,SDN_Name\n":                                                 "",
		"":                                                                   "",
		"\x1a":                                                               "",
	}
	for head, want := range tests {
		got := ""
		if p := partOf([]byte(head)); p != nil {
			got = p.name
		}
		if got != want {
			t.Errorf("partOf(%q) = %q, want %q", head, got, want)
		}
	}
}

func TestNullIsTheWholeField(t *testing.T) {
	for _, tc := range []struct {
		line string
		want string
	}{
		{`-0- `, ""}, {`-0-`, ""}, {`"-0- "`, "-0-"}, {`"A-0- B"`, "A-0- B"}, {`"a ""b"" c"`, `a "b" c`}, {`" x "`, "x"},
	} {
		row, fault := split(nil, tc.line)
		if fault != "" || len(row) != 1 || row[0].value() != tc.want {
			t.Errorf("split(%s) = %v, %q; want the value %q", tc.line, row, fault, tc.want)
		}
	}
}

func TestSplitFaults(t *testing.T) {
	for _, line := range []string{`"a`, `"a"b`, `a"b`, `"a""`, `1,"a" ,2`} {
		if row, fault := split(nil, line); fault == "" {
			t.Errorf("split(%s) = %v, want a fault", line, row)
		}
	}
}

func TestDocument(t *testing.T) {
	for _, tc := range [][3]string{
		{"passport", "1084010 (Egypt)", "passport:EG:1084010"},
		{"passport", "563120368 (Korea, North) issued 22 Mar 2013 expires 22 Mar 2018", "passport:KP:563120368"},
		{"passport", "G22168109 expires 26 Apr 2017", "passport G22168109"},
		{"registration", "3811964 (Delaware) (United States)", "registration:US:3811964"},
		{"tax id", "# 890115794-3 (Colombia)", "tax id:CO:890115794-3"},
		{"tax id", "7 (Atlantis)", "tax id 7"},
		{"tax id", "(Russia)", ""},
		{"tax id", "7)", "tax id 7-"},
		{"passport", "issued in Sarajevo", ""},
		{"passport", "Booklet: A5199819 (Pakistan)", "passport:PK:A5199819"},
		{"national id", "12/YAKANA(N)006981 (Burma)", "national id:MM:12/YAKANA-N-006981"},
	} {
		if got := document(tc[0], tc[1]); got != tc[2] {
			t.Errorf("document(%q, %q) = %q, want %q", tc[0], tc[1], got, tc[2])
		}
	}
}

// TestDocumentsAreRead checks that what document writes is what ident reads, for every sort and country.
func TestDocumentsAreRead(t *testing.T) {
	for _, f := range features {
		if f.kind != ident.Document {
			continue
		}
		if _, err := ident.Parse(ident.Document, document(f.paper, "A1234567 (Korea, North)")); err != nil {
			t.Errorf("%s: %v", f.label, err)
		}
	}
	for name, code := range countries {
		id, err := ident.Parse(ident.Document, document("passport", "A1234567 ("+name+")"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if want := "id:passport:" + code + ":A1234567"; id.Key() != want {
			t.Errorf("%s: the key does not have the country %s", name, code)
		}
	}
}

func TestInternational(t *testing.T) {
	for raw, want := range map[string]string{
		"982188526300": "+982188526300", "(98)(21)(66153220)": "+982166153220", "+31 010-4951863": "+310104951863", "53 212 5078868": "+532125078868",
		"03889402": "03889402", "09 738 27777": "09 738 27777", "009613679153": "009613679153", "call us": "call us", "": "",
	} {
		if got := international(raw); got != want {
			t.Errorf("international(%q) = %q, want %q", raw, got, want)
		}
	}
}

// shared returns the path of a file that other people made, and skips the test where there is none.
func shared(t *testing.T, name string) string {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: the real list is not there to be read")
	}
	return filepath.Join(dir, name)
}

// TestRealList reads the real list and compares what is found with a plain count of the labels in its text.
func TestRealList(t *testing.T) {
	b, err := os.ReadFile(shared(t, "ofac-sdn/sdn_2023-05-19.csv"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := CSV().NewDecoder(strings.NewReader(string(b)), ingest.Input{})
	if err != nil {
		t.Fatal(err)
	}
	var accepted, rejected int
	found := map[string]int{}
	for {
		r, err := d.Next()
		if err == io.EOF {
			break
		}
		if re, ok := err.(*ingest.RecordError); ok {
			rejected++
			t.Log(re)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		accepted++
		for _, c := range r.Claims {
			found[c.Field]++
		}
	}
	// 12,538 rows of text and the end mark, which has no line end.
	if rows := strings.Count(string(b), "\n"); rows != accepted+rejected || rejected > 0 {
		t.Errorf("%d rows, %d accepted, %d rejected", rows, accepted, rejected)
	}
	// The gaps: 7 wallets that the cut at 1,000 characters goes through or comes right before; passports that are
	// "Diplomatic Passport" (21), stand in the middle of a sentence, or have no number.
	for label, gap := range map[string]int{"Email Address": 0, "Digital Currency Address -": 7, "Phone Number": 0, "Website": 0, "Passport": 26, "Tax ID No.": 0} {
		text := strings.Count(string(b), label)
		if got := found["Remarks: "+label]; got != text-gap {
			t.Errorf("%s: %d found, %d in the text, want a gap of %d", label, got, text, gap)
		}
	}
	t.Log(accepted, rejected, found, d.(ingest.Noter).Notes())
}

// TestRealParts reads the other real parts: every row is read.
func TestRealParts(t *testing.T) {
	for name, rows := range map[string]int{"add_2025-12.csv": 24244, "alt_2025-12.csv": 20107, "sdn_comments_2025-12.csv": 28} {
		f, err := os.Open(shared(t, "ofac-sdn/"+name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		d, err := CSV().NewDecoder(f, ingest.Input{})
		if err != nil {
			t.Fatal(err)
		}
		accepted, claims := 0, 0
		for {
			r, err := d.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			accepted++
			claims += len(r.Claims)
		}
		if accepted != rows {
			t.Errorf("%s: %d records, want %d", name, accepted, rows)
		}
		t.Log(name, accepted, claims, d.(ingest.Noter).Notes())
	}
}
