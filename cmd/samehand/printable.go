package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable returns s so that a terminal can do nothing with it but show it: control and escape characters, line
// breaks, bidirectional controls, zero-width characters, other invisible ones and bytes that are
// not UTF-8 become visible escapes (\x1b, \u202e). A backslash stays a backslash: this is for eyes, not for reading back.
func printable(s string) string { return escape(s, "") }

// printableLines is printable, but keeps line breaks.
func printableLines(s string) string { return escape(s, "\n") }

func escape(s, keep string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case visible(r) || strings.ContainsRune(keep, r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += n
	}
	return b.String()
}

// isPlain reports whether s is printable ASCII, as most of what is shown is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// visible reports whether a rune takes up room of its own and does nothing else. Combining marks are let through, as names are written with them.
func visible(r rune) bool {
	if unicode.Is(unicode.Variation_Selector, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
		return false
	}
	return unicode.IsGraphic(r) && (r == ' ' || !unicode.Is(unicode.Zs, r))
}

// defuse returns s so that a spreadsheet shows it instead of working it out as a formula: a text
// that begins with = + - @, a tab or a carriage return gets an apostrophe in front. JSON output is exact.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
