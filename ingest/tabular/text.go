package tabular

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// plain reports whether b is ASCII without quotes and NUL bytes, eight bytes at
// a time: each word is tested for bytes with the high bit, equal to zero, and
// equal to a quote (x-1 borrows into the high bit only where x is zero).
func plain(b []byte) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	var hit uint64
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		q := w ^ ones*'"'
		hit |= w | (w-ones)&^w | (q-ones)&^q
	}
	if hit&highs != 0 {
		return false
	}
	for ; i < len(b); i++ {
		if b[i] == 0 || b[i] == '"' || b[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// toUTF8 returns b as a string: as it is when it is UTF-8, else read as Windows-1252, which has a character for
// each byte but five, and these become U+FFFD.
func toUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	s.Grow(len(b) + len(b)/4)
	for _, c := range b {
		s.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return s.String()
}
