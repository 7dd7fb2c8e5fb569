package okta

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"samehand/ingest"
)

// form is how the events of a file are put together.
type form int

const (
	noForm  form = iota
	lines        // one a line
	array        // [ ... ]
	wrapper      // { "events": [ ... ] ... }
	values       // one after another, over several lines
)

// wrapperHead is the beginning of an object that wraps an array of events.
var wrapperHead = regexp.MustCompile(`^\{\s*"(?:events|logs|records|items|value|data|results)"\s*:\s*\[`)

// formOf tells the form of a file by its beginning.
func formOf(head []byte) form {
	head = bytes.TrimLeft(head, " \t\r\n")
	first, _, _ := bytes.Cut(head, []byte{'\n'})
	switch {
	case bytes.HasPrefix(head, []byte{'['}):
		return array
	case wrapperHead.Match(head):
		return wrapper
	case string(bytes.TrimSpace(first)) == "{":
		return values
	case bytes.HasPrefix(head, []byte{'{'}):
		return lines
	}
	return noForm
}

// elements cuts a file into the texts of its events.
type elements struct {
	r     *bufio.Reader
	form  form
	limit int    // bytes of one element
	line  int64  // line of the next byte, from 1
	buf   []byte // the element that is being read
	open  bool   // inside of the array
	first bool   // nothing of the file was used yet
	latin int64  // elements that were not UTF-8
}

// rawBytes is how much is shown of an element that is too long.
const rawBytes = 4 << 10

// next returns the text of the next element and the line it begins at. It fails with a [*ingest.RecordError] for an
// element that cannot be one, with io.EOF at the end, and with another error when nothing more can be read.
func (e *elements) next() (text string, line int64, err error) {
	var long bool
	if e.form == lines {
		line, long, err = e.nextLine()
	} else {
		line, long, err = e.nextValue()
	}
	if err != nil {
		return "", line, err
	}
	if !utf8.Valid(e.buf) {
		e.latin++
	}
	reject := func(reason string) error {
		return &ingest.RecordError{Line: line, Reason: reason, Raw: utf8Of(e.buf[:min(len(e.buf), rawBytes)])}
	}
	switch {
	case long:
		return "", line, reject(fmt.Sprintf("longer than %d bytes", e.limit))
	case bytes.IndexByte(e.buf, 0) >= 0:
		return "", line, reject("a NUL byte")
	case e.buf[0] != '{':
		return "", line, reject("not a JSON object")
	}
	return utf8Of(e.buf), line, nil
}

// nextLine reads the next line that is not blank into buf.
func (e *elements) nextLine() (line int64, long bool, err error) {
	for {
		e.buf, long = e.buf[:0], false
		line = e.line
		for {
			piece, err := e.r.ReadSlice('\n')
			long = e.keep(piece) || long
			if err == bufio.ErrBufferFull {
				continue
			}
			if err == io.EOF && len(e.buf) > 0 {
				break
			}
			if err != nil {
				return line, false, e.broken(err)
			}
			e.line++
			break
		}
		if e.buf = bytes.TrimSpace(e.buf); len(e.buf) > 0 {
			return line, long, nil
		}
	}
}

// keep appends to buf what there is room for and reports whether something did not fit.
func (e *elements) keep(piece []byte) bool {
	room := e.limit + 2 - len(e.buf)
	e.buf = append(e.buf, piece[:min(len(piece), max(0, room))]...)
	return len(piece) > room
}

// broken returns an error of reading with its place; io.EOF stays as it is.
func (e *elements) broken(err error) error {
	if err == io.EOF {
		return err
	}
	return fmt.Errorf("line %d: %w", e.line, err)
}

// damaged returns the error of a file that cannot be read further.
func (e *elements) damaged(what string) error {
	return fmt.Errorf("line %d: %s", e.line, what)
}

// cutShort is what is said of a file that ends too early.
const cutShort = "the file ends in the middle of the events: it was cut short; export it again"

// nextValue reads the next element of an array, or the next value, into buf.
func (e *elements) nextValue() (line int64, long bool, err error) {
	for {
		c, err := e.skipBlank(e.open)
		switch {
		case err == io.EOF && e.open:
			return e.line, false, e.damaged(cutShort)
		case err != nil:
			return e.line, false, e.broken(err)
		case c == ']' && e.open:
			e.open = false
			if err := e.leave(); err != nil {
				return e.line, false, err
			}
		case !e.open && e.form != values && (c != '[' && c != '{'):
			return e.line, false, e.damaged("text after the end of the events")
		case !e.open && c == '[' && e.form == array:
			e.open = true
		case !e.open && c == '{' && e.form == wrapper:
			if err := e.enter(); err != nil {
				return e.line, false, err
			}
		case c == ']', !e.open && e.form == array:
			return e.line, false, e.damaged("text after the end of the events")
		default:
			line = e.line
			e.buf = append(e.buf[:0], c)
			long, err = e.value(c)
			return line, long, err
		}
	}
}

// skipBlank returns the first byte that is not a blank, nor, inside of an array, a comma.
func (e *elements) skipBlank(inside bool) (byte, error) {
	for {
		c, err := e.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch {
		case c == '\n':
			e.line++
		case c == ' ', c == '\t', c == '\r', c == ',' && inside:
		default:
			return c, nil
		}
	}
}

// enter reads on from the brace of a wrapper to the bracket of its array. Only the first wrapper of a file is known to have one.
func (e *elements) enter() error {
	if !e.first {
		return e.damaged("text after the end of the events")
	}
	e.first = false
	for {
		c, err := e.r.ReadByte()
		if err != nil {
			return e.broken(err)
		}
		if c == '\n' {
			e.line++
		}
		if c == '[' {
			e.open = true
			return nil
		}
	}
}

// leave skips what a wrapper has after its array.
func (e *elements) leave() error {
	if e.form != wrapper {
		return nil
	}
	e.buf = e.buf[:0]
	_, err := e.scan(1, false)
	return err
}

// value reads the rest of the value that began with c.
func (e *elements) value(c byte) (long bool, err error) {
	switch c {
	case '{', '[':
		return e.scan(1, true)
	case '"':
		return e.str(true)
	}
	for { // a number or a word
		c, err := e.r.ReadByte()
		if err == io.EOF {
			return long, nil // what follows will say that the array does not end
		}
		if err != nil {
			return false, e.broken(err)
		}
		if strings.IndexByte(" \t\r\n,]", c) >= 0 {
			return long, e.r.UnreadByte()
		}
		long = e.keep([]byte{c}) || long
	}
}

// scan reads until depth brackets have been closed.
func (e *elements) scan(depth int, keep bool) (long bool, err error) {
	var one [1]byte
	for depth > 0 {
		c, err := e.r.ReadByte()
		if err == io.EOF {
			return false, e.damaged(cutShort)
		}
		if err != nil {
			return false, e.broken(err)
		}
		if one[0] = c; keep {
			long = e.keep(one[:]) || long
		}
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '\n':
			e.line++
		case '"':
			more, err := e.str(keep)
			if err != nil {
				return false, err
			}
			long = long || more
		}
	}
	return long, nil
}

// str reads a string up to its closing quote.
func (e *elements) str(keep bool) (long bool, err error) {
	var one [1]byte
	for escaped := false; ; {
		c, err := e.r.ReadByte()
		switch {
		case err == io.EOF:
			return false, e.damaged(cutShort)
		case err != nil:
			return false, e.broken(err)
		case c == '\n':
			return false, e.damaged("a text that is not closed on its line: the events after it cannot be told apart; export the file again")
		}
		if one[0] = c; keep {
			long = e.keep(one[:]) || long
		}
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			return long, nil
		}
	}
}

// utf8Of returns b as text: as it is when it is UTF-8, else read as Windows-1252.
func utf8Of(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(charmap.Windows1252.DecodeByte(c))
	}
	return s.String()
}
