package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestVisibleLines(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		"one\ntwo\n":          "one\ntwo\n",
		"a\x1b[31m\nb\u202ec": "a⟨U+001B⟩[31m\nb⟨U+202E⟩c",
		"a\r\nb":              "a⟨U+000D⟩\nb",
		"a\xff":               "a⟨0xFF⟩",
	} {
		if got := visibleLines(in); got != want {
			t.Errorf("visibleLines(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestVisibleLinesAlways: whatever goes in, what comes out has nothing in it that a terminal acts on but line breaks, and coming out again it stays as it is.
func TestVisibleLinesAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		out := visibleLines(in)
		if !utf8.ValidString(out) {
			t.Fatalf("%q: not UTF-8", in)
		}
		for _, r := range out {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("%q: holds %U", in, r)
			}
		}
		if again := visibleLines(out); again != out {
			t.Fatalf("%q changes: %q", out, again)
		}
	})
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
		in := rapid.StringOf(rapid.RuneFrom([]rune(defused+" a1"))).Draw(t, "text")
		out := defuse(in)
		if back := strings.TrimPrefix(out, "'"); back != in {
			t.Fatalf("%q became %q, and back %q", in, out, back)
		}
		if first := strings.TrimLeft(out, " "); first != "" && !strings.HasPrefix(out, "'") && strings.ContainsAny(first[:1], "=+-@\t\r\n") {
			t.Fatalf("%q still begins a formula", out)
		}
	})
}
