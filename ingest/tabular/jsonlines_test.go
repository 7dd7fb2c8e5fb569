package tabular

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
)

func TestJSONLines(t *testing.T) {
	in := strings.Join([]string{
		`{"id":12345678901234567890123,"shipTo":{"name":"Ana","tags":["a",{"b":true}]},"none":null,"n":1.50}`,
		``,
		`  {"new":"x","id":"\u00e9\ud83d\ude00"}  `,
		`{"half":"\ud83d"}`,
		`{"id":1,"id":1}`,
		`{"id":1,"id":2}`,
		`[1]`,
		`{"id":`,
		`{"id":01}`,
	}, "\r\n")
	j := NewJSONLines(strings.NewReader(in), ingest.Limits{})
	rows, err := all(t, j)
	if err != nil {
		t.Fatal(err)
	}
	want := []got{
		{1, 1, []string{"12345678901234567890123", "Ana", "a", "true", "1.50"}, ""},
		{3, 1, []string{"é😀", "", "", "", "", "x"}, ""},
		{4, 1, []string{"", "", "", "", "", "", `\ud83d`}, ""},
		{5, 1, []string{"1", "", "", "", "", "", ""}, ""},
		{Line: 6, Reason: "a key that comes twice with different values"},
		{Line: 7, Reason: "not a JSON object"},
		{Line: 8, Reason: "not sound JSON"},
		{Line: 9, Reason: "not sound JSON"},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"id", "shipTo.name", "shipTo.tags.0", "shipTo.tags.1.b", "n", "new", "half"}, j.Columns()); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"1 record repeats a key with the same value"}, j.Notes()); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestJSONLinesLimits(t *testing.T) {
	in := `{"a":"` + strings.Repeat("x", 100) + `"}` + "\n" + `{"a":1}` + "\n" + `{"a":[[[[1]]]]}` + "\n" + `{"a":"[[[[[[{{{{"}`
	rows, err := all(t, NewJSONLines(strings.NewReader(in), ingest.Limits{RecordBytes: 60, Depth: 4}))
	if err != nil || len(rows) != 4 || rows[0].Reason != "longer than 60 bytes" || rows[1].Reason != "" ||
		rows[2].Reason != "nested deeper than 4" || rows[3].Reason != "" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// A hostile file with ever new keys is cut short, not kept in memory.
func TestJSONLinesColumnsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range maxColumns + 10 {
		b.WriteString(`{"k` + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + `":1}` + "\n")
	}
	j := NewJSONLines(strings.NewReader(b.String()), ingest.Limits{})
	rows, err := all(t, j)
	if err != nil || len(j.Columns()) != maxColumns || rows[len(rows)-1].Reason == "" {
		t.Errorf("%d columns, %v, %+v", len(j.Columns()), err, rows[len(rows)-1])
	}
}

func TestFind(t *testing.T) {
	cols := []string{"A", "b", "B"}
	if i, err := Find(cols, " a "); i != 0 || err != nil {
		t.Error(i, err)
	}
	if i, err := Find(cols, "c"); i != -1 || err != nil {
		t.Error(i, err)
	}
	if i, err := Find(cols, "b"); i != -1 || err == nil {
		t.Error(i, err)
	}
}

func TestNames(t *testing.T) {
	if s := Names([]string{"a", "b\x1b[31m"}); s != `"a", "b\x1b[31m"` {
		t.Error(s)
	}
	if s := Names(make([]string, 50)); !strings.HasSuffix(s, "and 10 more") {
		t.Error(s)
	}
}

func TestSniff(t *testing.T) {
	for head, want := range map[string]Kind{
		"": Unknown, "a,b\n": CSV, "{\"a\":1}": JSONLines, " \n{}": JSONLines, "[1]": Unknown, "<a>": Unknown, "PAR1xx": Parquet,
		"PK\x03\x04....[Content_Types].xml": XLSX, "PK\x03\x04..readme": Unknown, "\x89PNG\r\n\x1a\n\x00": CSV, "a\x00b": Unknown, "%PDF-1.4": Unknown,
	} {
		if k := Sniff([]byte(head)); k != want {
			t.Errorf("Sniff(%q) = %v, want %v", head, k, want)
		}
	}
}

func TestOpenRefusesOtherJSON(t *testing.T) {
	for in, want := range map[string]string{" [{\"a\":1}]": "a JSON array", "{\n  \"value\": [\n": "one JSON document"} {
		if _, err := Open(strings.NewReader(in), ingest.Input{}, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v", in, err)
		}
	}
}
