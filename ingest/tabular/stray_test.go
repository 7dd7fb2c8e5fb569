package tabular

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/ingest"
)

// linesOf lists where the good rows begin and where the rejected ones do.
func linesOf(rows []got) (good, bad []int64) {
	for _, r := range rows {
		if r.Reason == "" {
			good = append(good, r.Line)
		} else {
			bad = append(bad, r.Line)
		}
	}
	return good, bad
}

func TestStrayQuotes(t *testing.T) {
	many := "id,note,x\n1,\"" + strings.Repeat("word\n", maxLines) + "\",2\n"
	for name, c := range map[string]struct {
		in        string
		good, bad []int64
	}{
		"rows between":                {"id,name,x\n1,\"Evil,a\n2,Ann,b\n3,Twin\",c\n4,Bob,d\n", []int64{3, 5}, []int64{2, 4}},
		"no row between":              {"id,name,x\n1,\"Evil,a\n3,Twin\",c\n4,Bob,d\n", []int64{4}, []int64{2, 3}},
		"with a sound quoted cell":    {"id,name,x\n\"1,1\",\"Evil,a\n3,Twin\",c\n4,Bob,d\n", []int64{4}, []int64{2, 3}},
		"rows with blanks":            {"id,name,x\n1,\"Evil,a\n2, Ann, b\n3, Bob, c\n4, Eve, d\n5,Twin\",c\n", []int64{3, 4, 5}, []int64{2, 6}},
		"blanks as in the header":     {"id, name, x\n1,\"Evil, a\n2, Ann, b\n3, Twin\", c\n", []int64{3}, []int64{2, 4}},
		"two columns":                 {"id,name\n1,\"Evil\n2,Ann\n3,Twin\"\n", []int64{3}, []int64{2, 4}},
		"ends of carriage returns":    {"id,name,x\r1,\"Evil,a\r2,Ann,b\r3,Twin\",c\r4,Bob,d\r", []int64{3, 5}, []int64{2, 4}},
		"latin":                       {"id,name,x\n1,\"\xc9vil,a\n2,\xc9va,b\n3,Twin\",c\n", []int64{3}, []int64{2, 4}},
		"an address":                  {"id,address,x\n1,\"12 Main St, Apt 4\nHalden, OH, USA\nEarth\",2\n3,4,5\n", []int64{2, 5}, nil},
		"an address, two columns":     {"id,address\n1,\"12 Main St\nHalden, OH\"\n3,4\n", []int64{2, 4}, nil},
		"an address in front":         {"address,id,x\n\"12 Main St\nHalden\",2,3\n4,5,6\n", []int64{2, 4}, nil},
		"two cells over lines":        {"id,a,b\n1,\"x\ny\",\"z\r\nw\"\n4,5,6\n", []int64{2, 5}, nil},
		"a quoted comma, as a row":    {"id,note,x\n1,\"a\nb\",\"c,d\"\n4,5,6\n", []int64{2, 4}, nil},
		"one column":                  {"note\n\"a\nb\"\nc\n", []int64{2, 4}, nil},
		"more lines than a cell has":  {many, nil, nil},
		"column names may span lines": {"id,\"phone\nnumber\",x\n1,2,3\n", []int64{3}, nil},
	} {
		_, rows := readCSV(t, c.in, ingest.Limits{}, Options{Separator: ','})
		good, bad := linesOf(rows)
		if c.in == many {
			if len(good) != 0 || len(bad) != maxLines+1 {
				t.Errorf("%s: %d good, %d bad", name, len(good), len(bad))
			}
			continue
		}
		if !cmp.Equal(c.good, good) || !cmp.Equal(c.bad, bad) {
			t.Errorf("%s: good %v, want %v; bad %v, want %v", name, good, c.good, bad, c.bad)
		}
	}
}

// Whatever quotes stray into a table, each row without one is read as it stands, and each with one is read or rejected at its line.
func TestStrayQuotesSwallowNoRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(2, 6).Draw(t, "columns")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		cell := rapid.StringOfN(rapid.SampledFrom([]rune("ab1é")), 0, 3, -1)
		var text strings.Builder
		text.WriteString(strings.Repeat("h,", columns-1) + "h" + end)
		clean := map[int64][]string{}
		n := rapid.IntRange(1, 12).Draw(t, "rows")
		for i := range n {
			cells := rapid.SliceOfN(cell, columns, columns).Draw(t, "cells")
			cells[0] = fmt.Sprintf("r%d", i) // no row is blank
			if line := int64(i + 2); rapid.IntRange(0, 2).Draw(t, "stray") > 0 {
				clean[line] = slices.Clone(cells)
			} else {
				for range rapid.IntRange(1, 3).Draw(t, "quotes") {
					k := rapid.IntRange(0, columns-1).Draw(t, "cell")
					at := rapid.SampledFrom([]int{0, len(cells[k])}).Draw(t, "at")
					cells[k] = cells[k][:at] + `"` + cells[k][at:]
				}
			}
			text.WriteString(strings.Join(cells, ",") + end)
		}
		c, err := NewCSV(strings.NewReader(text.String()), ingest.Limits{}, Options{Separator: ','})
		if err != nil {
			t.Fatal(err)
		}
		rows, _ := all(nopTB{}, c)
		told := map[int64]bool{}
		for _, r := range rows {
			for i := range max(r.Lines, 1) {
				told[r.Line+i] = true
			}
			if want, ok := clean[r.Line]; ok {
				if r.Reason != "" || r.Lines != 1 || !slices.Equal(r.Cells, want) {
					t.Fatalf("%q: line %d became %+v, want %q", text.String(), r.Line, r, want)
				}
				delete(clean, r.Line)
			}
		}
		if len(clean) > 0 || len(told) != n {
			t.Fatalf("%q: %d rows without quotes are lost, %d of %d lines told of: %+v", text.String(), len(clean), len(told), n, rows)
		}
	})
}

// nopTB lets all be used within a property.
type nopTB struct{ testing.TB }

func (nopTB) Helper() {}

// A file with one sort of line end reads the same with another, wherever the window's edges fall.
func TestLineEndsReadAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", ",", ",", "\n", "\n", `"`, `"x"`, `""`}), 0, 40).Draw(t, "parts")
		text := "h1,h2\n" + strings.Join(parts, "")
		read := func(end string) []got {
			in := strings.ReplaceAll(text, "\n", end)
			c, err := NewCSV(&dribble{in, rapid.IntRange(1, 5).Draw(t, "size")}, ingest.Limits{}, Options{Separator: ','})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := all(nopTB{}, c)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				for i, s := range r.Cells {
					r.Cells[i] = strings.ReplaceAll(s, "\r", "\n")
				}
			}
			return rows
		}
		want := read("\n")
		for _, end := range []string{"\r\n", "\r"} {
			if d := cmp.Diff(want, read(end)); d != "" {
				t.Fatalf("%q with %q (-\\n +it):\n%s", text, end, d)
			}
		}
	})
}

// dribble is a reader that gives a few bytes at a time.
type dribble struct {
	rest string
	n    int
}

func (d *dribble) Read(p []byte) (int, error) {
	n := copy(p, d.rest[:min(d.n, len(d.rest))])
	d.rest = d.rest[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// A row of carriage returns that is too long costs itself only.
func TestLongLinesWithCarriageReturns(t *testing.T) {
	_, rows := readCSV(t, "a,b\r1,2\r"+strings.Repeat("x", 600<<10)+"\r3,4\r\n5,6\r", ingest.Limits{RecordBytes: 50}, Options{})
	good, bad := linesOf(rows)
	if !slices.Equal(good, []int64{2, 4, 5}) || !slices.Equal(bad, []int64{3}) {
		t.Errorf("good %v, bad %v", good, bad)
	}
}

func TestNotesOfATableWithoutRows(t *testing.T) {
	for in, want := range map[string]bool{"a,b\n": true, "a,b": true, "a,b\n,\n": true, "a,b\n1,2\n": false, "a,b\n1\n": false} {
		c, _ := readCSV(t, in, ingest.Limits{}, Options{})
		if got := slices.Contains(c.Notes(), "no rows below the header"); got != want {
			t.Errorf("%q: notes %q", in, c.Notes())
		}
	}
}
