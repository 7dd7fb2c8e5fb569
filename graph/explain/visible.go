package explain

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ShownRunes is how many characters of a value [Shown] shows: three lines of a page. Longer values are hostile or broken.
const ShownRunes = 240

// Visible returns s with every character that does not print (controls, terminal escapes, direction overrides,
// invisible spaces and joiners, bytes that are not UTF-8) replaced by its number, as in ⟨U+202E⟩ or ⟨0xFF⟩.
// What it returns is printable UTF-8 on one line; its only white space is the plain space.
func Visible(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "⟨0x%02X⟩", s[i])
		case Hidden(r):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String()
}

// Shown is [Visible] cut after [ShownRunes] characters, saying how long the value is and its SHA-256, so that a cut
// value can still be told from another.
func Shown(s string) string {
	cut, n := len(s), 0
	for i := range s {
		if n == ShownRunes {
			cut = i
			break
		}
		n++
	}
	if cut == len(s) {
		return Visible(s)
	}
	return fmt.Sprintf("%s… [%d bytes, SHA-256 %x]", Visible(s[:cut]), len(s), sha256.Sum256([]byte(s)))
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Hidden reports whether r prints as nothing, or changes how its neighbours print. Beside what Unicode calls not
// printable, these are the letters and marks that are blank by design: Hangul fillers, the blank Braille cell, the combining grapheme joiner, variation selectors.
func Hidden(r rune) bool {
	switch {
	case !unicode.IsPrint(r):
		return true
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x2800, r == 0x3164, r == 0xFFA0:
		return true
	}
	return r >= 0x180B && r <= 0x180F || r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}
