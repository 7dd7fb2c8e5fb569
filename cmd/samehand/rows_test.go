package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"
)

func exampleRows() *rows {
	r := &rows{columns: []string{"name", "n", "share", "flagged", "tags"}}
	r.add("ada", 3, 0.5, true, []string{"x", "y"})
	r.add("=cmd\x1b[1m", int64(1200), 2.0/3, false, []string(nil))
	r.add("a \"quoted\", <b>name</b>", -1, 0.0, false, []string{"-z"})
	r.add("none", 0, noFigure{}, false, []string{})
	return r
}

func TestRowsWrite(t *testing.T) {
	for format, want := range map[string]string{
		formatTable: `
name                        n  share  flagged  tags
ada                         3   0.50  true     x; y
=cmd⟨U+001B⟩[1m          1200   0.67  false
a "quoted", <b>name</b>    -1   0.00  false    -z
none                        0      -  false
`,
		formatCSV: `
name,n,share,flagged,tags
ada,3,0.5,true,x; y
'=cmd⟨U+001B⟩[1m,1200,0.666667,false,
"a ""quoted"", <b>name</b>",-1,0,false,'-z
none,0,,false,
`,
		formatJSON: `
[
  {"name":"ada","n":3,"share":0.5,"flagged":true,"tags":["x","y"]},
  {"name":"=cmd\u001b[1m","n":1200,"share":0.6666666666666666,"flagged":false,"tags":[]},
  {"name":"a \"quoted\", <b>name</b>","n":-1,"share":0,"flagged":false,"tags":["-z"]},
  {"name":"none","n":0,"share":null,"flagged":false,"tags":[]}
]
`,
		formatJSONL: `
{"name":"ada","n":3,"share":0.5,"flagged":true,"tags":["x","y"]}
{"name":"=cmd\u001b[1m","n":1200,"share":0.6666666666666666,"flagged":false,"tags":[]}
{"name":"a \"quoted\", <b>name</b>","n":-1,"share":0,"flagged":false,"tags":["-z"]}
{"name":"none","n":0,"share":null,"flagged":false,"tags":[]}
`,
	} {
		t.Run(format, func(t *testing.T) {
			var b bytes.Buffer
			if err := exampleRows().write(&b, format, look{}); err != nil {
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
		if err := (&rows{columns: []string{"a", "b"}}).write(&b, format, look{}); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s: %q, want %q", format, b.String(), want)
		}
	}
	if err := exampleRows().write(&bytes.Buffer{}, "yaml", look{}); err == nil {
		t.Error("an unknown format is no error")
	}
}

func TestRowsColour(t *testing.T) {
	var b bytes.Buffer
	if err := exampleRows().write(&b, formatTable, look{true, true}); err != nil {
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

// hostile is a text with everything that steers a terminal or deceives the eye, and a tab and a line feed.
const hostile = "a\x1b[2J\u009b31m\x7f\u202e\u200b\r\tb\nc"

// TestRowsHostile: json has nothing raw, csv nothing that steers; on a terminal nothing is hidden in any of them.
func TestRowsHostile(t *testing.T) {
	r := &rows{columns: []string{"text"}}
	r.add(hostile)
	shown := "a⟨U+001B⟩[2J⟨U+009B⟩31m⟨U+007F⟩⟨U+202E⟩⟨U+200B⟩⟨U+000D⟩⟨U+0009⟩b⟨U+000A⟩c\n"
	object := `{"text":"a\u001b[2J\u009b31m\u007f\u202e\u200b\r\tb\nc"}`
	for _, c := range []struct {
		format   string
		terminal bool
		want     string
	}{
		{formatTable, false, "text\n" + shown},
		{formatCSV, true, "text\n" + shown},
		{formatCSV, false, "text\n\"a⟨U+001B⟩[2J⟨U+009B⟩31m⟨U+007F⟩\u202e\u200b⟨U+000D⟩\tb\nc\"\n"},
		{formatJSONL, false, object + "\n"},
		{formatJSONL, true, object + "\n"},
		{formatJSON, false, "[\n  " + object + "\n]\n"},
	} {
		var b bytes.Buffer
		if err := r.write(&b, c.format, look{terminal: c.terminal}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, b.String()); diff != "" {
			t.Errorf("%s, terminal %v: %s", c.format, c.terminal, diff)
		}
	}
}

// TestRowsCut: on a terminal, and only in tables, a long cell is cut, by the columns it takes.
func TestRowsCut(t *testing.T) {
	for _, long := range []string{strings.Repeat("x", 1000), strings.Repeat("漢", 1000), strings.Repeat("\x1b", 1000)} {
		r := &rows{columns: []string{"text", "sum"}}
		r.add(long, strings.Repeat("f", 64))
		for _, format := range rowFormats() {
			for _, terminal := range []bool{true, false} {
				var b bytes.Buffer
				if err := r.write(&b, format, look{terminal: terminal}); err != nil {
					t.Fatal(err)
				}
				if cut := strings.Contains(b.String(), "…"); cut != (terminal && format == formatTable) {
					t.Errorf("%s, terminal %v: cut %v", format, terminal, cut)
				}
				if !strings.Contains(b.String(), strings.Repeat("f", 64)) {
					t.Errorf("%s: a SHA-256 is cut", format)
				}
				for line := range strings.Lines(b.String()) {
					if w := text.StringWidth(line); terminal && format == formatTable && w > 2*cellWidth+3 {
						t.Errorf("a line of %d columns", w)
					}
				}
			}
		}
	}
}

// TestRowsWhole: our own words are not cut.
func TestRowsWhole(t *testing.T) {
	r := &rows{columns: []string{"text"}, whole: true}
	r.add(strings.Repeat("x", 1000))
	var b bytes.Buffer
	if err := r.write(&b, formatTable, look{terminal: true}); err != nil || strings.Contains(b.String(), "…") {
		t.Errorf("cut: %q, %v", b.String(), err)
	}
}

// TestRowsReadBack: json gives every text back, csv too but for the apostrophe of defused ones and visible controls.
func TestRowsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "texts")
		r := &rows{columns: []string{"text", "n"}}
		for i, s := range texts {
			r.add(s, i)
		}
		var c, j bytes.Buffer
		if err := errors.Join(r.write(&c, formatCSV, look{}), r.write(&j, formatJSON, look{})); err != nil {
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
			if want := defuse(visibleControls(s)); records[i+1][0] != want {
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
		if err := exampleRows().write(&failingWriter{}, format, look{}); !errors.Is(err, errFull) {
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
