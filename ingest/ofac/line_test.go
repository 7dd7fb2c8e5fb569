package ofac

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/ingest"
)

// readLines reads all lines of a text; a rejected one is there as its error.
func readLines(text string, limit int) (out []string, l *lineReader, final error) {
	l = &lineReader{r: bufio.NewReaderSize(strings.NewReader(text), 16), limit: limit}
	for {
		s, err := l.next()
		if re, ok := errors.AsType[*ingest.RecordError](err); ok {
			out = append(out, re.Error())
			continue
		}
		if err != nil {
			return out, l, err
		}
		out = append(out, s)
	}
}

func TestLines(t *testing.T) {
	long := strings.Repeat("x", 41)
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"a", []string{"a"}},
		{"a\n", []string{"a"}},
		{"a\r\n\r\nb\r\n\x1a", []string{"a", "", "b", "\x1a"}},
		{"a\rb\n", []string{"a\rb"}},
		{"a\n" + long + "\nb\n", []string{"a", "line 2: longer than 40 bytes", "b"}},
		{long[:40] + "\r\n" + long[:40], []string{long[:40], long[:40]}},
		{"a\x00b\nc", []string{"line 1: a NUL byte", "c"}},
		{"Jos\xe9\n", []string{"José"}},
	} {
		got, _, err := readLines(tc.text, 40)
		if err != io.EOF {
			t.Errorf("%q: %v", tc.text, err)
		}
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", tc.text, d)
		}
	}
	if _, l, _ := readLines("a\nJos\xe9\nJosé\n", 40); l.latin != 1 || l.at != 3 {
		t.Errorf("%d lines, %d of them not UTF-8", l.at, l.latin)
	}
}

// write writes fields as the list does.
func write(row []field) string {
	var out []string
	for _, f := range row {
		if f.quoted {
			f.text = `"` + strings.ReplaceAll(f.text, `"`, `""`) + `"`
		}
		out = append(out, f.text)
	}
	return strings.Join(out, ",")
}

// TestSplitUndoesWrite checks that what is written as the list writes it is read again.
func TestSplitUndoesWrite(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune(`ab ",;-0é`)))
	rapid.Check(t, func(t *rapid.T) {
		var row []field
		for range rapid.IntRange(1, 13).Draw(t, "fields") {
			if rapid.Bool().Draw(t, "null") {
				row = append(row, field{text: "-0- "})
			} else {
				row = append(row, field{text: text.Draw(t, "text"), quoted: true})
			}
		}
		got, fault := split(nil, write(row))
		if fault != "" {
			t.Fatal(fault)
		}
		if d := cmp.Diff(row, got, cmp.AllowUnexported(field{})); d != "" {
			t.Fatal(d)
		}
	})
}

// TestMeterGivesUTF8 checks that any bytes come out as UTF-8, and UTF-8 as it was.
func TestMeterGivesUTF8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		if rapid.Bool().Draw(t, "sound") {
			in = []byte(strings.ToValidUTF8(string(in), "é"))
		}
		out, err := io.ReadAll(newMeter(strings.NewReader(string(in)), 1<<20))
		if err != nil || !utf8.Valid(out) {
			t.Fatalf("%q, %v", out, err)
		}
		if utf8.Valid(in) && string(in) != string(out) {
			t.Fatalf("%q became %q", in, out)
		}
	})
}

func TestMeterIsBounded(t *testing.T) {
	m := newMeter(strings.NewReader(strings.Repeat("x", 100)), 30)
	for range 2 {
		m.begin()
		if n, err := io.CopyN(io.Discard, m, 30); n != 30 || err != nil {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	if _, err := m.ReadByte(); err == nil {
		t.Error("a byte beyond the limit is given")
	}
	if _, err := m.ReadByte(); err == nil {
		t.Error("and another one")
	}
}
