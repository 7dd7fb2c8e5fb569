package edgelist

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"

	"samehand/graph/projection"
)

// The reasons for which a line is rejected.
const (
	reasonEndless  = "the line is longer than 1 MiB"
	reasonFields   = "there are more than three fields; a line is two names and a weight"
	reasonEmpty    = "a name is empty"
	reasonLong     = "a name is longer than 1024 bytes"
	reasonOne      = "there is one field, with what may be another separator in it; put it in quotes if it is one name"
	reasonQuote    = "a quote is not closed on its line"
	reasonAfter    = "there is text after a closing quote"
	reasonNUL      = "there is a NUL byte in it; is this a text file?"
	reasonControl  = "a name has a control character in it"
	reasonEncoding = "a name is not UTF-8; convert the file"
	reasonWeight   = "the weight is not a number"
	reasonNoWeight = "the weight is empty"
)

// fields are the fields of a line.
type fields struct {
	field    [3][]byte
	n        int
	inQuotes bool   // the first
	scratch  []byte // what was in quotes, with quotes in it
}

// split splits a line without its end, and returns what is wrong with it, "" when nothing is.
func (f *fields) split(line []byte, s Separator) string {
	f.n, f.inQuotes = 0, false
	for rest, more := line, true; more; {
		if rest = trimLeft(rest, s); s == Blank && len(rest) == 0 && f.n > 0 {
			break
		}
		var field []byte
		var reason string
		if len(rest) > 0 && rest[0] == '"' {
			f.inQuotes = f.inQuotes || f.n == 0
			field, rest, more, reason = f.quoted(rest, s)
		} else {
			field, rest, more = plain(rest, s)
		}
		switch {
		case reason != "":
			return reason
		case f.n == len(f.field):
			return reasonFields
		}
		f.field[f.n] = field
		f.n++
	}
	return f.fault()
}

// fault says what is wrong with the fields by themselves.
func (f *fields) fault() string {
	for i, field := range f.field[:f.n] {
		switch {
		case i == 2 && len(field) == 0:
			return reasonNoWeight
		case len(field) == 0:
			return reasonEmpty
		case i < 2 && len(field) > MaxName:
			return reasonLong
		}
	}
	if f.n == 1 && !f.inQuotes && bytes.ContainsAny(f.field[0], ",; \t") {
		return reasonOne
	}
	return ""
}

// trimLeft takes spaces off the front, and tabs where they separate nothing else.
func trimLeft(b []byte, s Separator) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' && s != Tab) {
		b = b[1:]
	}
	return b
}

// separates reports whether a byte ends a field.
func separates(c byte, s Separator) bool { return c == byte(s) || c == '\t' && s == Blank }

// plain returns the field at the front, and whether there is one after it.
func plain(b []byte, s Separator) (field, rest []byte, more bool) {
	i := 0
	for i < len(b) && !separates(b[i], s) {
		i++
	}
	n := i
	for n > 0 && (b[n-1] == ' ' || b[n-1] == '\t') {
		n--
	}
	if i == len(b) {
		return b[:n], nil, false
	}
	return b[:n], b[i+1:], true
}

// quoted is plain for a field in quotes.
func (f *fields) quoted(b []byte, s Separator) (field, rest []byte, more bool, reason string) {
	from := len(f.scratch)
	for b = b[1:]; ; {
		i := bytes.IndexByte(b, '"')
		if i < 0 {
			return nil, nil, false, reasonQuote
		}
		if i+1 == len(b) || b[i+1] != '"' {
			f.scratch = append(f.scratch, b[:i]...)
			rest = b[i+1:]
			break
		}
		f.scratch = append(f.scratch, b[:i+1]...) // two quotes are one
		b = b[i+2:]
	}
	field = f.scratch[from:len(f.scratch):len(f.scratch)]
	if s == Blank && len(rest) > 0 && separates(rest[0], s) {
		return field, rest[1:], true, ""
	}
	switch rest = trimLeft(rest, s); {
	case len(rest) == 0:
		return field, nil, false, ""
	case separates(rest[0], s):
		return field, rest[1:], true, ""
	}
	return nil, nil, false, reasonAfter
}

// nameFault says why a text is no name, "" when it is one.
func nameFault(name []byte) string {
	ascii := true
	for _, c := range name {
		switch {
		case c == 0:
			return reasonNUL
		case c < ' ' && c != '\t' || c == 0x7f:
			return reasonControl
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	if ascii {
		return ""
	}
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRune(name[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return reasonEncoding
		case unicode.IsControl(r) && r != '\t':
			return reasonControl
		}
		i += n
	}
	return ""
}

// pow10 are powers that a float64 holds exactly.
var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// simpleWeight reads digits with or without a point, at most 15 of them: both numbers of the division are exact then,
// and its result is rounded once, as it is in strconv.
func simpleWeight(b []byte) (float64, bool) {
	n, digits, after, point := uint64(0), 0, 0, false
	for _, c := range b {
		switch {
		case c-'0' <= 9:
			n = 10*n + uint64(c-'0')
			digits++
			if point {
				after++
			}
		case c == '.' && !point:
			point = true
		default:
			return 0, false
		}
	}
	if digits == 0 || digits >= len(pow10) {
		return 0, false
	}
	return float64(n) / pow10[after], true
}

// weight reads a weight, and returns what is wrong with it, "" when nothing is.
func weight(b []byte) (float64, string) {
	if w, ok := simpleWeight(b); ok {
		return w, ""
	}
	for _, c := range b { // strconv takes more than is a number here: 0x1p-2, 1_000, inf
		if !bytes.Contains([]byte("0123456789+-.eE"), []byte{c}) {
			return 0, reasonWeight
		}
	}
	w, err := strconv.ParseFloat(string(b), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, reasonWeight
	}
	if err := projection.CheckWeight(w); err != nil {
		return 0, err.Error()
	}
	if w == 0 && bytes.ContainsAny(mantissa(b), "123456789") {
		w = math.SmallestNonzeroFloat32 // too small for a float64: still a tie
	}
	return w, ""
}

// mantissa returns a number without its exponent.
func mantissa(b []byte) []byte {
	if i := bytes.IndexAny(b, "eE"); i >= 0 {
		return b[:i]
	}
	return b
}
