package observations

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

// secrets are values of the corrupt fixtures; nothing that is said about them may hold one.
var secrets = []string{"halden.example", "yesterday-77", "many-99", "Quarry", "Nuñez", "b16@", "b25@"}

func textFixtures() ingesttest.Fixtures {
	return ingesttest.Fixtures{
		Good: []ingesttest.File{
			ingesttest.MustRead("testdata/good.csv"), ingesttest.MustRead("testdata/excel.csv"), ingesttest.MustRead("testdata/good.jsonl"),
		},
		Corrupt: []ingesttest.File{ingesttest.MustRead("testdata/corrupt.csv"), ingesttest.MustRead("testdata/corrupt.jsonl")},
		Secrets: secrets,
	}
}

func TestContract(t *testing.T) { ingesttest.Run(t, Format(), textFixtures()) }

func FuzzDecode(f *testing.F) { ingesttest.Fuzz(f, Format(), textFixtures()) }

func at(s string) graph.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return graph.TimeOf(t)
}

func claim(platform, account string, k ident.Kind, value string, r graph.Relation, first, last graph.Time, n uint32) ingest.Claim {
	return ingest.Claim{Account: graph.AccountID{Platform: platform, Native: account}, Kind: k, Value: value, Relation: r,
		First: first, Last: last, Count: n, Field: "value"}
}

func TestGood(t *testing.T) {
	for file, want := range map[string][]ingest.Record{
		"good.csv": {
			{Line: 2, Claims: []ingest.Claim{claim("okta:acme", "u1001", ident.Email, "dana.reyes@quarrylane.example", "registered", at("2024-01-15T08:00:00Z"), at("2024-01-15T08:00:00Z"), 1)}},
			{Line: 3, Claims: []ingest.Claim{claim("okta:acme", "u1001", ident.IP, "203.0.113.77", "login", at("2024-01-16T09:12:44Z"), at("2024-03-01T17:05:10.25Z"), 41)}},
			{Line: 4, Claims: []ingest.Claim{claim("okta:acme", "u1001", ident.Device, "C02XK1ZZJGH5", "uses", at("2024-01-16T09:12:44Z"), at("2024-01-16T09:12:44Z"), 1)}},
			{Line: 5, Claims: []ingest.Claim{claim("payroll:acme", "E-77", ident.Payment, "aba:011000015 acct 4471902218", "payout", at("2024-02-01T05:00:00Z"), at("2024-05-01T04:00:00Z"), 4)}},
			{Line: 7, Claims: []ingest.Claim{claim("payroll:acme", "E-77", ident.Address, `18 Quarry Lane, Unit "B", Halden, OH 43001`, "registered", 0, 0, 1)}},
			{Line: 8, Claims: []ingest.Claim{claim("ats:acme", "app-9", ident.Name, "José Ñandú", "registered", at("2024-01-02T00:00:00Z"), at("2024-01-02T00:00:00Z"), 1)}},
			{Line: 9, Claims: []ingest.Claim{claim("github", "dreyes-dev", ident.Handle, "dreyes-dev", "co_author", 0, at("2024-04-01T00:00:00Z"), 12)}},
		},
		"excel.csv": {
			{Line: 3, Claims: []ingest.Claim{claim("jira:acme", "u1", ident.Phone, "+1 202 456 1111", "mfa", at("2024-05-01T10:00:00Z"), at("2024-05-02T10:00:00Z"), 3)}},
			{Line: 5, Claims: []ingest.Claim{claim("jira:acme", "u2", ident.Email, "mara@halden.example", "registered", 0, 0, 1)}},
		},
		"good.jsonl": {
			{Line: 1, Claims: []ingest.Claim{claim("okta:acme", "u1001", ident.Email, "dana.reyes@quarrylane.example", "registered", at("2024-01-15T08:00:00Z"), at("2024-01-15T08:00:00Z"), 1)}},
			{Line: 2, Claims: []ingest.Claim{claim("payroll:acme", "77000000000000000000021", ident.Payment, "aba:011000015 acct 4471902218", "payout", 0, 0, 1)}},
			{Line: 4, Claims: []ingest.Claim{claim("ats:acme", "app-9", ident.Name, "José Ñandú", "registered", at("2024-01-02T00:00:00Z"), at("2024-01-03T00:00:00Z"), 1)}},
		},
	} {
		got := ingesttest.Decode(t, Format(), ingesttest.MustRead("testdata/"+file))
		for i := range got.Records {
			got.Records[i].Raw = ""
		}
		if d := cmp.Diff(want, got.Records); d != "" {
			t.Errorf("%s (-want +got):\n%s", file, d)
		}
	}
}

// reject is a rejected record without its text.
type reject struct {
	Line          int64
	Field, Reason string
}

func rejects(got ingesttest.Result) []reject {
	var out []reject
	for _, e := range got.Errors {
		out = append(out, reject{e.Line, e.Field, e.Reason})
	}
	return out
}

func lines(got ingesttest.Result) []int64 {
	var out []int64
	for _, r := range got.Records {
		out = append(out, r.Line)
	}
	return out
}

func TestCorruptCSV(t *testing.T) {
	got := ingesttest.Decode(t, Format(), ingesttest.MustRead("testdata/corrupt.csv"))
	want := []reject{
		{3, "platform", "empty"}, {4, "account", "empty"},
		{5, "kind", "not a kind; the kinds are " + kindList}, {6, "value", "empty"},
		{7, "relation", "not a word of letters, digits, _ and -"},
		{8, "first_seen", "not an RFC 3339 time (2024-05-31T09:30:00Z)"},
		{9, "last_seen", "before first_seen"}, {10, "first_seen", "before 1971"}, {11, "last_seen", "after 2200"},
		{12, "count", "not a whole number from 1 to 4294967295"}, {13, "count", "not a whole number from 1 to 4294967295"},
		{14, "count", "not a whole number from 1 to 4294967295"},
		{15, "", "3 cells, but the header has 9"},
		{16, "", "a quote inside of a cell that is not quoted"},
		{17, "", "text after the closing quote of a cell"},
		{20, "", "a NUL byte"}, {23, "account", "a control character"},
		{27, "", "a quote that is not closed"},
	}
	if d := cmp.Diff(want, rejects(got)); d != "" {
		t.Errorf("rejects (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int64{2, 18, 19, 21, 22, 24, 26}, lines(got)); d != "" {
		t.Errorf("lines of good records (-want +got):\n%s", d)
	}
	if v := got.Records[3].Claims[0].Value; v != "José – Nuñez" {
		t.Errorf("Windows-1252 is read as %q", v)
	}
	notes := []string{
		"2 records were not UTF-8 and read as Windows-1252",
		"1 record spans more than one line, by line breaks in quotes",
		`columns that were not read: "colour"`,
		"times without a zone were taken as UTC: 1",
		"records without a relation were read as uses: 1",
	}
	if d := cmp.Diff(notes, got.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestCorruptJSON(t *testing.T) {
	got := ingesttest.Decode(t, Format(), ingesttest.MustRead("testdata/corrupt.jsonl"))
	want := []reject{
		{2, "", "not sound JSON"}, {3, "", "not a JSON object"}, {4, "", "not sound JSON"},
		{5, "", "a key that comes twice with different values"}, {7, "", "a NUL byte"}, {9, "", "nested deeper than 32"},
		{10, "count", "not a whole number from 1 to 4294967295"}, {12, "platform", "empty"},
	}
	if d := cmp.Diff(want, rejects(got)); d != "" {
		t.Errorf("rejects (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int64{1, 6, 8, 11}, lines(got)); d != "" {
		t.Errorf("lines of good records (-want +got):\n%s", d)
	}
	if v := got.Records[3].Claims[0].Value; v != "José" {
		t.Errorf("Windows-1252 is read as %q", v)
	}
}

// A quote that joins rows to one that makes no sense costs its own row only.
func TestStrayQuotesLoseOneRow(t *testing.T) {
	header := "platform,account,kind,value\n"
	for name, c := range map[string]struct {
		body string
		good []int64
	}{
		"never closed":              {"a,1,email,\"x\na,2,email,y@h.example\na,3,email,z@h.example\n", []int64{3, 4}},
		"closed by the next":        {"a,1,email,\"x\na,2,email,\"y@h.example\na,3,email,z@h.example\n", []int64{4}},
		"closed by a sound one":     {"a,1,email,\"x\na,2,email,\"y@h.example\"\na,3,email,z@h.example\n", []int64{3, 4}},
		"count fits, account not":   {"a,\"1,email,x\na,2\",email,y@h.example\na,3,email,z@h.example\n", []int64{4}},
		"count does not fit":        {"\"a,1,email,x\na,2,email,y@h.example\n\"a\",3,email,z@h.example\n", []int64{3, 4}},
		"in the last row":           {"a,1,email,x@h.example\na,2,email,\"y@h.example", []int64{2}},
		"a quoted break is no loss": {"a,1,address,\"1 High St\nHalden\"\na,2,email,y@h.example\n", []int64{2, 4}},
	} {
		got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(header + c.body)})
		if d := cmp.Diff(c.good, lines(got)); d != "" {
			t.Errorf("%s: lines of good records (-want +got):\n%s", name, d)
		}
		if rows := strings.Count(strings.TrimSpace(c.body), "\n") + 1; name != "a quoted break is no loss" && len(got.Records)+len(got.Errors) != rows {
			t.Errorf("%s: %d records and %d rejects of %d rows", name, len(got.Records), len(got.Errors), rows)
		}
	}
}

// Values with line breaks in them are addresses and names; a stray quote makes others.
func TestLineBreaksInValues(t *testing.T) {
	header := "platform,account,kind,value,relation,note\n"
	for name, c := range map[string]struct {
		body string
		good []int64
		bad  []reject
	}{
		"an address": {"a,1,address,\"12 High St, Flat 4\nHalden, OH\",uses,\n", []int64{2}, nil},
		"a name":     {"a,1,name,\"Dana\nReyes\",uses,\n", []int64{2}, nil},
		"a note":     {"a,1,phone,+12024561111,uses,\"called\ntwice\"\n", []int64{2}, nil},
		"an e-mail": {"a,1,email,\"x\ny@h.example\",uses,\na,2,name,Ann,uses,\n", []int64{4}, []reject{
			{2, "value", "a line break (in a record that a quote joins over several lines)"}, {3, "", "a quote inside of a cell that is not quoted"}}},
		"rows in a note": {"a,1,name,Ann,uses,\"x\na,2,name,Bob,uses\ny\"\na,4,name,Zoe,uses,\n", []int64{5}, []reject{
			{2, "value", "a line in it that is an observation by itself (in a record that a quote joins over several lines)"},
			{3, "", "5 cells, but the header has 6"}, {4, "", "a quote inside of a cell that is not quoted"}}},
	} {
		got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(header + c.body)})
		if !cmp.Equal(c.good, lines(got)) || !cmp.Equal(c.bad, rejects(got)) {
			t.Errorf("%s: good %v\n%s", name, lines(got), cmp.Diff(c.bad, rejects(got)))
		}
	}
	got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(`{"platform":"a","account":"1","kind":"email","value":"x\ny@h.example"}` + "\n")})
	if d := cmp.Diff([]reject{{1, "value", "a line break"}}, rejects(got)); d != "" {
		t.Error(d)
	}
}

// Rows with lone carriage returns between them are rows, and what looks like a value is not shown as the name of a column.
func TestCarriageReturnsAndColumnNames(t *testing.T) {
	text := "platform,account,kind,value,jane@halden.example\ra,1,name,Ann,\ra,2,name,Bob,\r"
	got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(text)})
	if d := cmp.Diff([]int64{2, 3}, lines(got)); d != "" || !Format().Match("x.csv", []byte(text)) {
		t.Errorf("good lines: %s", d)
	}
	if d := cmp.Diff([]string{"columns that were not read: 1 column whose name looks like a value", "records without a relation were read as uses: 2"}, got.Notes); d != "" {
		t.Error(d)
	}
}

func TestNewDecoderRefuses(t *testing.T) {
	for input, want := range map[string]string{
		"":                                   "not a table",
		"a,b,c\n":                            "no column platform, account, kind, value",
		"platform,account\n":                 "no column kind, value",
		"PAR1 and no more":                   "not a sound Parquet file",
		"<xml/>":                             "not a table",
		"platform,account,kind,value,kind\n": `two columns called "kind"`,
	} {
		_, err := Format().NewDecoder(strings.NewReader(input), ingest.Input{At: bytes.NewReader([]byte(input)), Size: int64(len(input))})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", input, err, want)
		}
	}
}

// Packed Parquet cannot be read as a stream, and says so.
func TestParquetNeedsRandomAccess(t *testing.T) {
	_, err := Format().NewDecoder(strings.NewReader("PAR1...."), ingest.Input{})
	if err == nil || !strings.Contains(err.Error(), "unpack it first") {
		t.Errorf("error %v", err)
	}
}

func TestReadKindKnowsAllKinds(t *testing.T) {
	for _, k := range ident.Kinds() {
		for _, s := range []string{k.String(), strings.ToUpper(k.String()), " " + k.String() + " "} {
			if got := readKind(s); got != k {
				t.Errorf("readKind(%q) = %v", s, got)
			}
		}
	}
	if k := readKind("shoe"); k != 0 {
		t.Errorf("readKind(shoe) = %v", k)
	}
}

// A file with ever new relations must not fill the table of relations, which holds 65,536.
func TestRelationsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("platform,account,kind,value,relation\n")
	for i := range 400 {
		b.WriteString("a,1,email,x@h.example,r" + strings.Repeat("x", i%60) + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "\n")
	}
	got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(b.String())})
	if len(got.Records) != maxRelations || len(got.Errors) != 400-maxRelations {
		t.Errorf("%d records, %d errors", len(got.Records), len(got.Errors))
	}
}

// parquetRow is an observation as other programs write it to Parquet.
type parquetRow struct {
	Account   string     `parquet:"Account,dict"`
	Platform  string     `parquet:"platform,dict"`
	Kind      string     `parquet:"kind,dict"`
	Value     string     `parquet:"value"`
	Relation  *string    `parquet:"relation,optional"`
	FirstSeen time.Time  `parquet:"first_seen,timestamp(microsecond)"`
	LastSeen  *time.Time `parquet:"last_seen,optional,timestamp(millisecond)"`
	Count     int32      `parquet:"count"`
	Extra     float64    `parquet:"extra"`
}

func parquetFixture(t testing.TB, rows ...parquetRow) ingesttest.File {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	return ingesttest.File{Name: "observations.parquet", Data: b.Bytes()}
}

func TestParquet(t *testing.T) {
	first, last, login := at("2024-01-15T08:00:00Z").Std(), at("2024-03-01T08:00:00Z").Std(), "login"
	good := parquetFixture(t,
		parquetRow{"u1001", "okta:acme", "ip", "203.0.113.77", &login, first, &last, 41, 0},
		parquetRow{"u1002", "okta:acme", "email", "dana@halden.example", nil, first, nil, 1, 0})
	bad := parquetFixture(t,
		parquetRow{"u1001", "okta:acme", "ip", "203.0.113.77", &login, first, &last, 41, 0},
		parquetRow{"", "okta:acme", "ip", "203.0.113.78", &login, first, &last, 41, 0},
		parquetRow{"u3", "okta:acme", "ip", "203.0.113.79", &login, last, &first, -1, 0})
	got := ingesttest.Decode(t, Format(), good)
	want := []ingest.Record{
		{Line: 1, Raw: "u1001,okta:acme,ip,203.0.113.77,login,2024-01-15T08:00:00Z,2024-03-01T08:00:00Z,41,0",
			Claims: []ingest.Claim{claim("okta:acme", "u1001", ident.IP, "203.0.113.77", "login", at("2024-01-15T08:00:00Z"), at("2024-03-01T08:00:00Z"), 41)}},
		{Line: 2, Raw: "u1002,okta:acme,email,dana@halden.example,,2024-01-15T08:00:00Z,,1,0",
			Claims: []ingest.Claim{claim("okta:acme", "u1002", ident.Email, "dana@halden.example", "uses", at("2024-01-15T08:00:00Z"), at("2024-01-15T08:00:00Z"), 1)}},
	}
	if d := cmp.Diff(want, got.Records); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`columns that were not read: "extra"`, "records without a relation were read as uses: 1"}, got.Notes); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]reject{{2, "account", "empty"}, {3, "last_seen", "before first_seen"}}, rejects(ingesttest.Decode(t, Format(), bad))); d != "" {
		t.Error(d)
	}
	ingesttest.Run(t, Format(), ingesttest.Fixtures{Good: []ingesttest.File{good}, Corrupt: []ingesttest.File{bad}, AtOnly: true,
		Secrets: []string{"203.0.113", "u1001", "dana@"}})
}

// A row of JSON whose keys differ from another's in case only cannot take the file over.
func TestJSONKeysInOtherCase(t *testing.T) {
	got := ingesttest.Decode(t, Format(), ingesttest.File{Data: []byte(
		`{"Platform":"x","Account":"1","kind":"email","value":"a@h.example","relation":"login"}` + "\n" +
			`{"platform":"x","account":"2","kind":"email","value":"b@h.example","relation":"login"}` + "\n" +
			`{"Platform":"x","Account":"3","kind":"email","value":"c@h.example","relation":"login"}` + "\n")})
	if d := cmp.Diff([]int64{1, 3}, lines(got)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]reject{{2, "platform", "empty"}}, rejects(got)); d != "" {
		t.Error(d)
	}
}
