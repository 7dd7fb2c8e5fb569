package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"pgregory.net/rapid"

	"samehand/graph/explain"
)

func TestVisibleControls(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"one\ttwo\n":             "one\ttwo\n",
		"a\x1b[31m\u202eb\u200b": "a⟨U+001B⟩[31m\u202eb\u200b",
		"a\r\nb\u009bc\x7f":      "a⟨U+000D⟩\nb⟨U+009B⟩c⟨U+007F⟩",
		"a\xff\x9b\ufffd":        "a⟨0xFF⟩⟨0x9B⟩\ufffd",
	} {
		if got := visibleControls(in); got != want {
			t.Errorf("visibleControls(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestVisibleControlsAlways: whatever goes in, what comes out is UTF-8 without controls but tabs and line feeds, and coming out again it stays as it is.
func TestVisibleControlsAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := visibleControls(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text"))
		if !utf8.ValidString(out) {
			t.Fatalf("%q: not UTF-8", out)
		}
		for _, r := range out {
			if unicode.IsControl(r) && r != '\t' && r != '\n' {
				t.Fatalf("%q: holds %U", out, r)
			}
		}
		if again := visibleControls(out); again != out {
			t.Fatalf("%q changes: %q", out, again)
		}
	})
}

func TestErrorLines(t *testing.T) {
	forged := &fs.PathError{Op: "open", Path: "a.csv\nerror: forged", Err: fs.ErrNotExist}
	const forgedText = "open a.csv\nerror: forged: file does not exist"
	two := errors.Join(errors.New("one"), errors.New("two"))
	for _, c := range []struct {
		name string
		err  error
		want []string
	}{
		{"plain", errors.New("one"), []string{"one"}},
		{"a path with a line break", forged, []string{forgedText}},
		{"joined", two, []string{"one", "two"}},
		{"joined, one of them with a line break", errors.Join(forged, two), []string{forgedText, "one", "two"}},
		{"wrapped", fmt.Errorf("a\nb: %w; c", two), []string{"a\nb: one", "two; c"}},
		{"the text is not that of the error below", &caseError{"no\ncase", two}, []string{"no\ncase"}},
		{"two in a sentence", fmt.Errorf("%w and %w", forged, two), []string{forgedText + " and one", "two"}},
		{"a usage error", usagef(&cobra.Command{Use: "x"}, "%w", two), []string{"one", "two"}},
	} {
		if diff := cmp.Diff(c.want, errorLines(c.err)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestDefuse(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"ada":           "ada",
		"=1+1":          "'=1+1",
		"+15550100":     "'+15550100",
		"-x":            "'-x",
		"@handle":       "'@handle",
		"\tx":           "'\tx",
		"\rx":           "'\rx",
		"'=1":           "''=1",
		"  =1":          "'  =1",
		"＝1":            "'＝1",
		"\n=1":          "'\n=1",
		"   ":           "   ",
		"o'brien":       "o'brien",
		"a=b":           "a=b",
		"ada@example.c": "ada@example.c",
	} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestDefuseIsUndone: one apostrophe off the front of a text that has one gives every text back, and no formula is left.
func TestDefuseIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom([]rune("=+-@\t\r\n＝＋－＠' a1"))).Draw(t, "text")
		out := defuse(in)
		if back := strings.TrimPrefix(out, "'"); back != in {
			t.Fatalf("%q became %q, and back %q", in, out, back)
		}
		if explain.Formula(out) && out[0] != '\'' {
			t.Fatalf("%q still begins a formula", out)
		}
	})
}
