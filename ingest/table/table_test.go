package table

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

func mustParse(t testing.TB, text string) Mapping {
	t.Helper()
	m, err := ParseMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func staff(t testing.TB) Mapping {
	return mustParse(t, string(ingesttest.MustRead("testdata/staff.map.yaml").Data))
}

// sound is corrupt.csv without its bad rows.
const sound = "Employee ID;Name;Mail;Started;Seen;Routing;Account;Company;Void\n" +
	"E-1;Dana Reyes;dana@quarrymail.net;01/15/2024;2024-03-01 10:00:00;11000015;4471902218;Halden;no\n" +
	"E-2;\"Marin; Ines\";\"ines@quarrymail.net,i2@quarrymail.net\";01/15/2024;;;;Halden;yes\n"

var secrets = []string{"quarrymail", "Dana", "Mara", "44719", "31/31", "Halden", "E-3"}

func fixtures(t testing.TB) ingesttest.Fixtures {
	return ingesttest.Fixtures{
		Good:    []ingesttest.File{{Name: "staff.csv", Data: []byte(sound)}},
		Corrupt: []ingesttest.File{ingesttest.MustRead("testdata/corrupt.csv")},
		Secrets: secrets,
	}
}

func TestContract(t *testing.T) { ingesttest.Run(t, staff(t).Format(), fixtures(t)) }

func FuzzDecode(f *testing.F) { ingesttest.Fuzz(f, staff(f).Format(), fixtures(f)) }

func day(s string) graph.Time {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		panic(err)
	}
	return graph.TimeOf(t)
}

func TestDecode(t *testing.T) {
	got := ingesttest.Decode(t, staff(t).Format(), ingesttest.MustRead("testdata/corrupt.csv"))
	for i := range got.Records {
		got.Records[i].Raw = ""
	}
	claim := func(account string, k ident.Kind, value string, r graph.Relation, field string, first, last graph.Time) ingest.Claim {
		return ingest.Claim{Account: graph.AccountID{Platform: "payroll:halden", Native: account}, Kind: k, Value: value, Relation: r,
			First: first, Last: last, Count: 1, Field: field}
	}
	jan15, seen, feb20 := day("2024-01-15"), day("2024-03-01")+graph.Time(10*time.Hour/time.Microsecond), day("2024-02-20")
	want := []ingest.Record{
		{Line: 2, Claims: []ingest.Claim{
			claim("E-1", ident.Name, "Dana Reyes", "registered", "Name", jan15, jan15),
			claim("E-1", ident.Email, "dana@quarrymail.net", "registered", "Mail", jan15, seen),
			claim("E-1", ident.Payment, "011000015:4471902218", "payout", "Routing+Account", jan15, jan15)}},
		{Line: 4, Claims: []ingest.Claim{
			claim("E-3", ident.Name, "Ines Marin", "registered", "Name", 0, 0),
			claim("E-3", ident.Email, "ines@quarrymail.net", "registered", "Mail", 0, 0),
			claim("E-3", ident.Payment, "011000015:4471902220", "payout", "Routing+Account", 0, 0)},
			Faults: []ingest.Fault{{Field: "Started", Reason: `not a date of the layout "1/2/2006"`}}},
		{Line: 7, Claims: []ingest.Claim{
			claim("E-6", ident.Name, "Hugo Quint", "registered", "Name", feb20, feb20),
			claim("E-6", ident.Email, "hugo@quarrymail.net", "registered", "Mail", feb20, feb20),
			claim("E-6", ident.Email, "h2@quarrymail.net", "registered", "Mail", feb20, feb20),
			claim("E-6", ident.Payment, "011000015:4471902223", "payout", "Routing+Account", feb20, feb20)},
			Faults: []ingest.Fault{{Field: "seen", Reason: "before the time in Started"}}},
		{Line: 8},
		{Line: 10},
	}
	for i := range got.Records {
		if len(got.Records[i].Claims) == 0 {
			got.Records[i].Claims = nil
		}
		if len(got.Records[i].Faults) == 0 {
			got.Records[i].Faults = nil
		}
	}
	if d := cmp.Diff(want, got.Records); d != "" {
		t.Errorf("records (-want +got):\n%s", d)
	}
	type reject struct {
		Line          int64
		Field, Reason string
	}
	var rejects []reject
	for _, e := range got.Errors {
		rejects = append(rejects, reject{e.Line, e.Field, e.Reason})
	}
	if d := cmp.Diff([]reject{
		{3, "Employee ID", "empty"}, {5, "", "text after the closing quote of a cell"}, {6, "", "a quote inside of a cell that is not quoted"},
		{9, "", "2 cells, but the header has 9"}, {11, "company", "empty"},
	}, rejects); d != "" {
		t.Errorf("rejects (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"rows skipped as the mapping says: 1", "times without a zone were taken as UTC: 6"}, got.Notes); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestNotesNameUnreadColumns(t *testing.T) {
	m := mustParse(t, "version: 1\nplatform: x\naccount: [id, part]\nvalues: [{columns: mail, kind: email}]\nignore: [Colour]\n")
	got := ingesttest.Decode(t, m.Format(), ingesttest.File{Data: []byte("id,part,mail,colour,size,\n1,a,x@quarrymail.net,red,9,\n")})
	if d := cmp.Diff([]string{`columns that were not read: "size", "#6"`}, got.Notes); d != "" {
		t.Error(d)
	}
	want := ingest.Claim{Account: graph.AccountID{Platform: "x", Native: "1/a"}, Kind: ident.Email, Value: "x@quarrymail.net", Relation: graph.Uses, Count: 1, Field: "mail"}
	if d := cmp.Diff([]ingest.Claim{want}, got.Records[0].Claims); d != "" {
		t.Error(d)
	}
}

// Columns of JSON lines appear as they come; those that never do are told at the end.
func TestJSONLines(t *testing.T) {
	m := mustParse(t, "version: 1\nplatform: shop\naccount: order.id\nvalues:\n  - {columns: shipTo.phone, kind: phone, relation: ship_to}\n  - {columns: shipTo.fax, kind: phone}\n")
	in := `{"order":{"id":12345678901234567890}}` + "\n" + `{"order":{"id":2},"shipTo":{"phone":"+1 212 664 7665"}}` + "\n" + `{"shipTo":{"phone":"1"}}` + "\n"
	got := ingesttest.Decode(t, m.Format(), ingesttest.File{Data: []byte(in)})
	if len(got.Records) != 2 || len(got.Records[0].Claims) != 0 || len(got.Records[1].Claims) != 1 || len(got.Errors) != 1 || got.Errors[0].Field != "order.id" {
		t.Fatalf("%+v", got)
	}
	if d := cmp.Diff([]string{`columns of the mapping that no record had: "shipTo.fax"`}, got.Notes); d != "" {
		t.Error(d)
	}
}

func TestXLSXAndParquet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, v := range map[string]any{"A1": "id", "B1": "mail", "C1": "since", "A2": 7, "B2": "x@quarrymail.net", "C2": time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var book, columns bytes.Buffer
	if err := f.Write(&book); err != nil {
		t.Fatal(err)
	}
	type row struct {
		ID    int64     `parquet:"id"`
		Mail  string    `parquet:"mail"`
		Since time.Time `parquet:"since,timestamp(microsecond)"`
	}
	if err := parquet.Write(&columns, []row{{7, "x@quarrymail.net", time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)}}); err != nil {
		t.Fatal(err)
	}
	m := mustParse(t, "version: 1\nplatform: x\naccount: id\nfirst_seen: {column: since}\nvalues: [{columns: mail, kind: email}]\n")
	for name, data := range map[string][]byte{"book.xlsx": book.Bytes(), "rows.parquet": columns.Bytes()} {
		got := ingesttest.Decode(t, m.Format(), ingesttest.File{Name: name, Data: data})
		want := []ingest.Claim{{Account: graph.AccountID{Platform: "x", Native: "7"}, Kind: ident.Email, Value: "x@quarrymail.net", Relation: graph.Uses,
			First: day("2024-01-15"), Last: day("2024-01-15"), Count: 1, Field: "mail"}}
		if len(got.Records) != 1 || cmp.Diff(want, got.Records[0].Claims) != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A stray quote costs the rows that it stands in, whatever column it is in; addresses, names and what is not read may have line breaks.
func TestStrayQuotesAndLineBreaks(t *testing.T) {
	m := mustParse(t, "version: 1\nplatform: x\naccount: id\nvalues:\n  - {columns: address, kind: address}\n  - {columns: mail, kind: email}\n")
	split := mustParse(t, "version: 1\nplatform: x\naccount: id\nvalues:\n  - {columns: mail, kind: email, split: \"\\n\"}\n")
	for name, c := range map[string]struct {
		m         Mapping
		text      string
		good, bad []int64
	}{
		"in a column that is not read": {m, "id,address,mail,note\n1,,a@h.example,\"x\n2,,b@h.example,y\n3,,c@h.example,z\"\n4,,d@h.example,\n", []int64{3, 5}, []int64{2, 4}},
		"in an address":                {m, "id,address,mail\n1,\"High St,a@h.example\n2,Low St,b@h.example\n3,Old St\",c@h.example\n", []int64{3}, []int64{2, 4}},
		"an address and a note":        {m, "id,address,mail,note\n1,\"12 High St\nHalden, OH\",a@h.example,\"x\ny\"\n4,,d@h.example,\n", []int64{2, 5}, nil},
		"an e-mail":                    {m, "id,address,mail,note\n1,,\"a@h.example\nb@h.example\",x\n4,,d@h.example,\n", []int64{4}, []int64{2, 3}},
		"e-mails that are split":       {split, "id,address,mail,note\n1,,\"a@h.example\nb@h.example\",x\n4,,d@h.example,\n", []int64{2, 4}, nil},
		"carriage returns":             {m, "id,address,mail\r1,High St,a@h.example\r2,Low St,b@h.example", []int64{2, 3}, nil},
	} {
		got := ingesttest.Decode(t, c.m.Format(), ingesttest.File{Name: "x.csv", Data: []byte(c.text)})
		var good, bad []int64
		for _, r := range got.Records {
			good = append(good, r.Line)
		}
		for _, e := range got.Errors {
			bad = append(bad, e.Line)
		}
		if !cmp.Equal(c.good, good) || !cmp.Equal(c.bad, bad) {
			t.Errorf("%s: good %v, want %v; bad %v, want %v", name, good, c.good, bad, c.bad)
		}
	}
}

// A table without column names is refused, and none of its values is shown.
func TestNoColumnNames(t *testing.T) {
	const text = "jane@halden.example,Jane Sample,+12024561111\nbob@halden.example,Bob Sample,+12024561112\n"
	_, guessErr := Guess(strings.NewReader(text), inputOf(text))
	m := mustParse(t, "version: 1\nplatform: x\naccount: id\nvalues:\n  - {columns: mail, kind: email}\n")
	_, decodeErr := m.Format().NewDecoder(strings.NewReader(text), inputOf(text))
	for _, err := range []error{guessErr, decodeErr} {
		if err == nil || !strings.Contains(err.Error(), "no line of column names") || strings.Contains(err.Error(), "ane") {
			t.Errorf("got %v", err)
		}
	}
	lines := `{"id":"1","mail":"a@h.example","jane@halden.example":"x"}` + "\n"
	out, err := Guess(strings.NewReader(lines), inputOf(lines))
	if err != nil || strings.Contains(string(out), "jane") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestMissingColumnsNameTheLine(t *testing.T) {
	_, err := staff(t).Format().NewDecoder(strings.NewReader("Employee ID;Name;Mail;Started;Seen;Void\n"), ingest.Input{})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		`line 4 of the mapping, platform_column: the table has no column "company"`,
		`line 19 of the mapping, values[2].columns[0]: the table has no column "Routing"`,
		`line 19 of the mapping, values[2].columns[1]: the table has no column "Account"`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %v\nlacks %s", err, want)
		}
	}
	var e *Error
	if !errors.As(err, &e) || e.Line != 4 {
		t.Errorf("not an Error with a line: %v", err)
	}
	_, err = staff(t).Format().NewDecoder(strings.NewReader("Company;company;Employee ID;Name;Mail;Started;Seen;Void;Routing;Account\n"), ingest.Input{})
	if err == nil || !strings.Contains(err.Error(), `two columns called "company"`) {
		t.Errorf("error %v", err)
	}
}

func TestFingerprint(t *testing.T) {
	of := func(text string) string {
		return mustParse(t, text).Format().(ingest.Fingerprinter).Fingerprint()
	}
	a := of("version: 1\nplatform: x\naccount: id\nvalues: [{columns: mail, kind: email}]\n")
	b := of("# a comment\nvalues:\n  - kind: email\n    columns: [mail]\naccount: [id]\nplatform: x\nversion: 1\n")
	c := of("version: 1\nplatform: x\naccount: id\nvalues: [{columns: mail, kind: phone}]\n")
	if a != b || a == c {
		t.Errorf("fingerprints %s %s %s: want the first two to be the same", a, b, c)
	}
}

// The device graph of somebody else: read when it is there.
func TestGuessSharedData(t *testing.T) {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set")
	}
	f := ingesttest.MustRead(dir + "/neptune-identity-graph/nodes.csv")
	got, err := Guess(bytes.NewReader(f.Data), ingest.Input{Name: f.Name})
	if err != nil {
		t.Fatal(err)
	}
	res := ingesttest.Decode(t, mustParse(t, string(got)).Format(), f)
	kinds := map[ident.Kind]int{}
	for _, r := range res.Records {
		for _, c := range r.Claims {
			kinds[c.Kind]++
		}
	}
	if len(res.Errors) > 0 || kinds[ident.Email] < 600 || kinds[ident.IP] != 171 {
		t.Errorf("claims by kind %v, errors %d\n%s", kinds, len(res.Errors), got)
	}
}
