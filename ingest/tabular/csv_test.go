package tabular

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/ingest"
)

// got is a row or a rejected row, for comparison.
type got struct {
	Line, Lines int64
	Cells       []string
	Reason      string
}

// all reads a table to its end.
func all(t testing.TB, r Reader) (rows []got, final error) {
	t.Helper()
	for {
		row, err := r.Next()
		var re *ingest.RecordError
		switch {
		case err == nil:
			rows = append(rows, got{Line: row.Line, Lines: int64(row.Lines), Cells: slices.Clone(row.Cells)})
		case errors.As(err, &re):
			rows = append(rows, got{Line: re.Line, Reason: re.Reason})
		case err == io.EOF:
			return rows, nil
		default:
			return rows, err
		}
	}
}

func readCSV(t testing.TB, text string, l ingest.Limits, o Options) (*CSVReader, []got) {
	t.Helper()
	c, err := NewCSV(strings.NewReader(text), l, o)
	if err != nil {
		t.Fatalf("NewCSV(%q): %v", text, err)
	}
	rows, err := all(t, c)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return c, rows
}

func TestCSV(t *testing.T) {
	const more = "a quote that is not closed"
	for name, c := range map[string]struct {
		in   string
		opt  Options
		want []got
	}{
		"plain":          {in: "a,b\n1,2\n3,4", want: []got{{2, 1, []string{"1", "2"}, ""}, {3, 1, []string{"3", "4"}, ""}}},
		"cr":             {in: "a,b\r1,2\r3,\"4\"\r5,\"x\ry\"\r", want: []got{{2, 1, []string{"1", "2"}, ""}, {3, 1, []string{"3", "4"}, ""}, {4, 2, []string{"5", "x\ry"}, ""}}},
		"mixed ends":     {in: "a,b\r\n1,2\r3,4\n5,\"6\"\r\r\n7,8", want: []got{{2, 1, []string{"1", "2"}, ""}, {3, 1, []string{"3", "4"}, ""}, {4, 1, []string{"5", "6"}, ""}, {6, 1, []string{"7", "8"}, ""}}},
		"crlf":           {in: "a,b\r\n1,2\r\n", want: []got{{2, 1, []string{"1", "2"}, ""}}},
		"empty lines":    {in: "\n\na,b\n\n1,2\n\r\n", want: []got{{5, 1, []string{"1", "2"}, ""}}},
		"empty cells":    {in: "a,b\n,\n,2\n", want: []got{{3, 1, []string{"", "2"}, ""}}},
		"quoted":         {in: "a,b\n\"x,\"\"y\"\"\",2\n", want: []got{{2, 1, []string{`x,"y"`, "2"}, ""}}},
		"quoted crlf":    {in: "a,b\r\n\"x\r\ny\",2\r\n3,4", want: []got{{2, 2, []string{"x\ny", "2"}, ""}, {4, 1, []string{"3", "4"}, ""}}},
		"too few":        {in: "a,b\n1\n3,4\n", want: []got{{Line: 2, Reason: "1 cell, but the header has 2"}, {3, 1, []string{"3", "4"}, ""}}},
		"too many":       {in: "a,b\n1,2,3\n", want: []got{{Line: 2, Reason: "3 cells, but the header has 2"}}},
		"bare quote":     {in: "a,b\n1,x\"y\n3,4\n", want: []got{{Line: 2, Reason: bareQuote}, {3, 1, []string{"3", "4"}, ""}}},
		"text after":     {in: "a,b\n\"1\"x,2\n3,4\n", want: []got{{Line: 2, Reason: afterQuote}, {3, 1, []string{"3", "4"}, ""}}},
		"open":           {in: "a,b\n\"1,2\n3,4\n", want: []got{{Line: 2, Reason: more}, {3, 1, []string{"3", "4"}, ""}}},
		"open, miscount": {in: "a,b\n\"1,2\n3,4\",5,6\n", want: []got{{Line: 2, Reason: more}, {Line: 3, Reason: bareQuote}}},
		"nul":            {in: "a,b\n1,\x00\n\"3\x00\",4\n5,6\n", want: []got{{Line: 2, Reason: "a NUL byte"}, {Line: 3, Reason: "a NUL byte"}, {4, 1, []string{"5", "6"}, ""}}},
		"latin":          {in: "a,b\nJos\xe9,\"\x80 5\"\n", want: []got{{2, 1, []string{"José", "€ 5"}, ""}}},
		"semicolon":      {in: "a;b\n1,5;2\n", want: []got{{2, 1, []string{"1,5", "2"}, ""}}},
		"tab":            {in: "a\tb\n1\t2\n", want: []got{{2, 1, []string{"1", "2"}, ""}}},
		"sep=":           {in: "sep=|\r\na|b\r\n1|2\r\n", want: []got{{3, 1, []string{"1", "2"}, ""}}},
		"given":          {in: "a,x|b\n1|2\n", opt: Options{Separator: '|'}, want: []got{{2, 1, []string{"1", "2"}, ""}}},
		"joined":         {in: "a,b\n1,2\na,b\n3,4\n", want: []got{{2, 1, []string{"1", "2"}, ""}, {4, 1, []string{"3", "4"}, ""}}},
		"open title":     {in: "Report \"of\" May\n\"made\na,b\n1,2\n\"3\",4\n", opt: Options{Header: 3}, want: []got{{4, 1, []string{"1", "2"}, ""}, {5, 1, []string{"3", "4"}, ""}}},
		"title lines":    {in: "Report of May\n\"not, a\" header\nmade \"today\"\na,b\n1,2\n", opt: Options{Header: 4}, want: []got{{5, 1, []string{"1", "2"}, ""}}},
	} {
		if _, rows := readCSV(t, c.in, ingest.Limits{}, c.opt); !cmp.Equal(c.want, rows) {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(c.want, rows))
		}
	}
}

func TestCSVHeader(t *testing.T) {
	c, _ := readCSV(t, " Name ,,\"e,mail\"\n1,2,3\n", ingest.Limits{}, Options{})
	if d := cmp.Diff([]string{"Name", "#2", "e,mail"}, c.Columns()); d != "" {
		t.Error(d)
	}
	for _, in := range []string{"", "\n\n", "\"a,b\n1,2\n", "a\x00,b\n",
		"id,name,\"notes\n1,Ann,x\"\n", "id,name,\"notes\n1,Ann,x\n2,Bob,y\n3,Eve\",z\n"} {
		if _, err := NewCSV(strings.NewReader(in), ingest.Limits{}, Options{}); err == nil {
			t.Errorf("NewCSV(%q) gives no error", in)
		}
	}
}

func TestCSVLimits(t *testing.T) {
	long := strings.Repeat("x", 100)
	in := "a,b\n1,2\n" + long + ",3\n4,5\n\"" + long + "\n\",6\n7,8\n\"" + strings.Repeat("y\n", 60) + "\",9\n10,11\n" + long
	_, rows := readCSV(t, in, ingest.Limits{RecordBytes: 50}, Options{})
	var good, bad []int64
	for _, r := range rows {
		if r.Reason == "" {
			good = append(good, r.Line)
		} else {
			bad = append(bad, r.Line)
		}
	}
	if !slices.Contains(good, 2) || !slices.Contains(good, 4) || !slices.Contains(good, 7) || !slices.Contains(good, 69) {
		t.Errorf("good lines %v", good)
	}
	if !slices.Contains(bad, 3) || !slices.Contains(bad, 5) || !slices.Contains(bad, 8) || bad[len(bad)-1] != 70 {
		t.Errorf("bad lines %v", bad)
	}
}

func TestCSVReadError(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("a,b\n1,2\n3,"), iotest.ErrReader(io.ErrClosedPipe))
	c, err := NewCSV(broken, ingest.Limits{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := all(t, c)
	if len(rows) != 1 || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("%v, %v: want the one whole row, then the reader's error", rows, err)
	}
	if _, again := c.Next(); again != err {
		t.Errorf("the second time: %v", again)
	}
}

func TestSeparator(t *testing.T) {
	for head, want := range map[string]byte{
		"": ',', "a": ',', "a,b;c,d": ',', "a;b;c,d": ';', "a\tb": '\t', "a|b|c": '|', "\"a;b;c\",d": ',', "sep=;\n": ';', "\r\n\na;b": ';',
	} {
		if s := Separator([]byte(head)); s != want {
			t.Errorf("Separator(%q) = %q, want %q", head, s, want)
		}
	}
}

// agree compares the reader with encoding/csv: the same rows at the same lines up to the first
// fault, which both must find at the same line. Behind a fault the two go on differently, by design.
func agree(t testing.TB, text string) {
	c, err := NewCSV(strings.NewReader("h\n"+text), ingest.Limits{}, Options{Separator: ','})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	c.fields, c.header = -1, ""
	std := csv.NewReader(strings.NewReader("h\n" + text))
	std.FieldsPerRecord = -1
	std.Read()
	for {
		want, wantErr := std.Read()
		for wantErr == nil && blankRow(want) {
			want, wantErr = std.Read()
		}
		row, err := c.Next()
		if wantErr == io.EOF {
			if err != io.EOF {
				t.Fatalf("%q: encoding/csv is at the end, we give %v, %v", text, row, err)
			}
			return
		}
		var pe *csv.ParseError
		if errors.As(wantErr, &pe) {
			var re *ingest.RecordError
			if !errors.As(err, &re) || re.Line != int64(pe.StartLine) {
				t.Fatalf("%q: encoding/csv gives %v, we give %v, %v", text, wantErr, row, err)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: encoding/csv gives %q, we give %v", text, want, err)
		}
		line, _ := std.FieldPos(0)
		if row.Line != int64(line) || !slices.Equal(row.Cells, want) {
			t.Fatalf("%q: encoding/csv gives line %d %q, we give line %d %q", text, line, want, row.Line, row.Cells)
		}
	}
}

// alike reports whether the text is one that both readers are meant to take alike: to encoding/csv a lone \r is a letter.
func alike(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsRune(s, 0) && !strings.Contains(strings.ReplaceAll(s, "\r\n", "\n"), "\r")
}

func TestCSVAgreesWithEncodingCSV(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b c", ",", ",", "\n", "\n", "\r\n", "\r", `"`, `"`, `""`, "é", " "}), 0, 24)
		if s := strings.Join(parts.Draw(rt, "parts"), ""); alike(s) {
			agree(t, s)
		}
	})
}

func FuzzCSVAgreesWithEncodingCSV(f *testing.F) {
	for _, s := range []string{"", "a,b\n", "\"a\",\"b\"\r\n", "\"a\n\"\"b\",c\n", "a\"b\n", "\"a\"b\n", "\"a", "\r", "a\r", "\"a\"\r", "\"a\"\r\r\n", "a,b\n\n\r\n,\n\"\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if alike(s) {
			agree(t, s)
		}
	})
}

// Every line of a file is in a row, in a reject, or empty: nothing is lost without a word.
func TestCSVAccountsForEveryLine(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", ",", ",", "\n", "\n", "\r", "\r\n", `"`, `""`, "\xe9", "\x00"}), 0, 40)
		text := "h1,h2\n" + strings.Join(parts.Draw(rt, "parts"), "")
		c, rows := readCSV(t, text, ingest.Limits{}, Options{Separator: ','})
		covered := map[int64]bool{}
		for _, r := range rows {
			for i := range max(1, r.Lines) {
				if covered[r.Line+i] {
					rt.Fatalf("%q: line %d is told twice", text, r.Line+i)
				}
				covered[r.Line+i] = true
			}
		}
		n := int64(len(covered)) + c.blank
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		for i, l := range strings.Split(text, "\n") {
			if l == "" || i == 0 {
				if !covered[int64(i+1)] {
					n++
				}
			}
		}
		if want := int64(strings.Count(text, "\n") + 1); n < want {
			rt.Fatalf("%q: %d of %d lines accounted for: %s", text, n, want, fmt.Sprint(rows))
		}
	})
}

func TestPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.OneOf(rapid.ByteRange(1, 0x7f), rapid.Byte()), 0, 40).Draw(t, "bytes")
		want := true
		for _, c := range b {
			want = want && c != 0 && c != '"' && c < 0x80
		}
		if plain(b) != want {
			t.Fatalf("plain(%q) = %v", b, !want)
		}
	})
	for i := range 256 { // each byte at each place of a word
		for at := range 17 {
			b := []byte("abcdefghijklmnopq")
			b[at] = byte(i)
			if want := i != 0 && i != '"' && i < 0x80; plain(b) != want {
				t.Errorf("plain(%q) = %v", b, !want)
			}
		}
	}
}
