package main

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "ada@example.com", "ada@example.com"},
		{"other scripts", "Čapek 김철수 Ólafur", "Čapek 김철수 Ólafur"},
		{"combining mark", "e\u0301", "e\u0301"},
		{"backslash stays", `a\b`, `a\b`},
		{"colour", "\x1b[31mred", `\x1b[31mred`},
		{"title of the window", "\x1b]0;x\a", `\x1b]0;x\x07`},
		{"C1 control", "a\u009bb", `a\x9bb`},
		{"line breaks", "a\r\nb\tc", `a\x0d\x0ab\x09c`},
		{"right-to-left override", "a\u202egpj.exe", `a\u202egpj.exe`},
		{"isolate", "\u2066x\u2069", `\u2066x\u2069`},
		{"zero width", "a\u200bb\u200dc\ufeff", `a\u200bb\u200dc\ufeff`},
		{"soft hyphen", "a\u00adb", `a\xadb`},
		{"hangul filler", "\u3164", `\u3164`},
		{"variation selector", "a\ufe0f", `a\ufe0f`},
		{"tag character", "a\U000e0041", `a\U000e0041`},
		{"no-break space", "a\u00a0b", `a\xa0b`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"not UTF-8", "a\xffb", `a\xffb`},
		{"NUL", "a\x00b", `a\x00b`},
		{"delete", "a\x7f", `a\x7f`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := printable(c.in); got != c.want {
				t.Errorf("printable(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
	if got := printableLines("a\nb\x1b"); got != "a\nb\\x1b" {
		t.Errorf("printableLines keeps line breaks and nothing else: %q", got)
	}
}

// TestPrintableAlways: whatever goes in, what comes out has nothing in it that a terminal acts on, and coming out again it stays as it is.
func TestPrintableAlways(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		out := printable(in)
		if !utf8.ValidString(out) {
			t.Fatalf("printable(%q) is not UTF-8", in)
		}
		for _, r := range out {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("printable(%q) holds %U", in, r)
			}
		}
		if again := printable(out); again != out {
			t.Fatalf("printable(%q) changes: %q", out, again)
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
		"'=1":           "'=1",
		"a=b":           "a=b",
		"ada@example.c": "ada@example.c",
	} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) = %q, want %q", in, got, want)
		}
		if strings.IndexAny(defuse(in), "=+-@\t\r") == 0 {
			t.Errorf("defuse(%q) still begins a formula", in)
		}
	}
}
