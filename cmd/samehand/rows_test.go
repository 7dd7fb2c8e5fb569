package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func exampleRows() *rows {
	r := &rows{columns: []string{"name", "n", "share", "flagged", "tags"}}
	r.add("ada", 3, 0.5, true, []string{"x", "y"})
	r.add("=cmd\x1b[1m", int64(1200), 2.0/3, false, []string(nil))
	r.add("a \"quoted\", <b>name</b>", -1, 0.0, false, []string{"-z"})
	return r
}

func TestRowsWrite(t *testing.T) {
	for format, want := range map[string]string{
		formatTable: `
name                        n  share  flagged  tags
ada                         3   0.50  true     x; y
=cmd⟨U+001B⟩[1m          1200   0.67  false
a "quoted", <b>name</b>    -1   0.00  false    -z
`,
		formatCSV: `
name,n,share,flagged,tags
ada,3,0.5,true,x; y
'=cmd` + "\x1b" + `[1m,1200,0.666667,false,
"a ""quoted"", <b>name</b>",-1,0,false,'-z
`,
		formatJSON: `
[
  {"name":"ada","n":3,"share":0.5,"flagged":true,"tags":["x","y"]},
  {"name":"=cmd\u001b[1m","n":1200,"share":0.6666666666666666,"flagged":false,"tags":[]},
  {"name":"a \"quoted\", <b>name</b>","n":-1,"share":0,"flagged":false,"tags":["-z"]}
]
`,
		formatJSONL: `
{"name":"ada","n":3,"share":0.5,"flagged":true,"tags":["x","y"]}
{"name":"=cmd\u001b[1m","n":1200,"share":0.6666666666666666,"flagged":false,"tags":[]}
{"name":"a \"quoted\", <b>name</b>","n":-1,"share":0,"flagged":false,"tags":["-z"]}
`,
	} {
		t.Run(format, func(t *testing.T) {
			var b bytes.Buffer
			if err := exampleRows().write(&b, format, false); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimPrefix(want, "\n"), b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRowsEmpty(t *testing.T) {
	for format, want := range map[string]string{
		formatTable: "", formatCSV: "a,b\n", formatJSON: "[]\n", formatJSONL: "",
	} {
		var b bytes.Buffer
		if err := (&rows{columns: []string{"a", "b"}}).write(&b, format, false); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s: %q, want %q", format, b.String(), want)
		}
	}
	if err := exampleRows().write(&bytes.Buffer{}, "yaml", false); err == nil {
		t.Error("an unknown format is no error")
	}
}

func TestRowsColour(t *testing.T) {
	var b bytes.Buffer
	if err := exampleRows().write(&b, formatTable, true); err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(b.String(), "\n")
	if !strings.Contains(head, "\x1b[1m") {
		t.Errorf("the header is not bold: %q", head)
	}
	if strings.Contains(body, "\x1b") {
		t.Errorf("an escape from a value came through: %q", body)
	}
}

// TestRowsReadBack: csv and json give every text back, csv with the apostrophe of defused ones.
func TestRowsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "texts")
		r := &rows{columns: []string{"text", "n"}}
		for i, s := range texts {
			r.add(s, i)
		}
		var c, j bytes.Buffer
		if err := errors.Join(r.write(&c, formatCSV, false), r.write(&j, formatJSON, false)); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&c).ReadAll()
		if err != nil {
			t.Fatalf("csv: %v", err)
		}
		var objects []struct {
			Text string
			N    int
		}
		if err := json.Unmarshal(j.Bytes(), &objects); err != nil {
			t.Fatalf("json: %v", err)
		}
		if len(records) != len(texts)+1 || len(objects) != len(texts) {
			t.Fatalf("%d csv records, %d objects for %d rows", len(records), len(objects), len(texts))
		}
		for i, s := range texts {
			// encoding/csv reads \r\n inside a cell as \n.
			if want := strings.ReplaceAll(defuse(s), "\r\n", "\n"); records[i+1][0] != want {
				t.Fatalf("csv gives %q for %q", records[i+1][0], s)
			}
			if objects[i].Text != s || objects[i].N != i {
				t.Fatalf("json gives %+v for %q", objects[i], s)
			}
		}
	})
}

// failingWriter fails after n bytes.
type failingWriter struct{ n int }

var errFull = errors.New("full")

func (w *failingWriter) Write(p []byte) (int, error) {
	if len(p) > w.n {
		return 0, errFull
	}
	w.n -= len(p)
	return len(p), nil
}

func TestRowsWriteError(t *testing.T) {
	for _, format := range rowFormats() {
		if err := exampleRows().write(&failingWriter{}, format, false); !errors.Is(err, errFull) {
			t.Errorf("%s: %v, want the writer's error", format, err)
		}
	}
}

func TestExactFloat(t *testing.T) {
	for f, want := range map[float64]string{0: "0", 0.1 + 0.2: "0.3", 1e7: "10000000", 1.0 / 3: "0.333333", -2.5: "-2.5"} {
		if got := exactFloat(f); got != want {
			t.Errorf("exactFloat(%v) = %s, want %s", f, got, want)
		}
	}
}
