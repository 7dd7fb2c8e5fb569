package explain

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// EscapeJSON writes the characters of encoded JSON that are [Hidden], and DEL, as \u escapes: whoever parses it gets the
// same texts, and whoever looks at it on a terminal sees them. Outside its strings JSON has only ASCII, which stays.
func EscapeJSON(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/64)
	for i := 0; i < len(data); {
		if c := data[i]; c < utf8.RuneSelf {
			if c == 0x7F {
				out = append(out, `\u007f`...)
			} else {
				out = append(out, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case !Hidden(r):
			out = append(out, data[i:i+n]...)
		case r > 0xFFFF:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += n
	}
	return out
}

// formulas are the beginnings that a spreadsheet may take for a formula (the full-width forms too, which some turn into
// the usual ones), or for its own mark of a text.
const formulas = "=+-@\t\r\n＝＋－＠'"

// Formula reports whether a spreadsheet might not take a cell as the text it is: it begins, after spaces or not, with
// = + - @, their full-width forms, a tab, a line break or an apostrophe. An apostrophe in front of the cell guards it.
func Formula(cell string) bool {
	rest := strings.TrimLeft(cell, " ")
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && strings.ContainsRune(formulas, r)
}
