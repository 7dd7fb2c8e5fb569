package ofac

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"samehand/ingest"
)

// lineReader gives the lines of a file.
type lineReader struct {
	r     *bufio.Reader
	limit int   // bytes of a line
	at    int64 // number of the last line, from 1
	latin int64 // lines that were not UTF-8
	buf   []byte
}

// rawBytes is how much is shown of a line that is too long.
const rawBytes = 4 << 10

// next returns the next line without its end. It fails with a [*ingest.RecordError] for a line that is too long or
// has a NUL byte, and with io.EOF at the end.
func (l *lineReader) next() (string, error) {
	line, long, err := l.read()
	if err != nil {
		return "", err
	}
	l.at++
	line = bytes.TrimSuffix(line, []byte{'\r'})
	switch {
	case long || len(line) > l.limit:
		return "", &ingest.RecordError{Line: l.at, Reason: fmt.Sprintf("longer than %d bytes", l.limit), Raw: utf8Of(line[:min(len(line), rawBytes)])}
	case bytes.IndexByte(line, 0) >= 0:
		return "", &ingest.RecordError{Line: l.at, Reason: "a NUL byte", Raw: utf8Of(line[:min(len(line), rawBytes)])}
	}
	if !utf8.Valid(line) {
		l.latin++
	}
	return utf8Of(line), nil
}

// read returns the next line, or the beginning of one that is longer than the limit, of which the rest is dropped.
func (l *lineReader) read() (line []byte, long bool, err error) {
	l.buf = l.buf[:0]
	for {
		piece, err := l.r.ReadSlice('\n')
		if room := l.limit + 2 - len(l.buf); len(piece) > room {
			piece, long = piece[:max(0, room)], true
		}
		l.buf = append(l.buf, piece...)
		switch {
		case err == nil, err == io.EOF && len(l.buf) > 0:
			line := bytes.TrimSuffix(l.buf, []byte{'\n'})
			return line, long, nil
		case err != bufio.ErrBufferFull && err != io.EOF:
			return nil, false, fmt.Errorf("line %d: %w", l.at+1, err)
		case err == io.EOF:
			return nil, false, err
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

// field is one field of a row.
type field struct {
	text   string
	quoted bool
}

// null reports whether the field is the list's mark for "nothing".
func (f field) null() bool { return !f.quoted && strings.TrimSpace(f.text) == "-0-" }

// value returns the field's text without blanks around it, "" for a null.
func (f field) value() string {
	if f.null() {
		return ""
	}
	return strings.TrimSpace(f.text)
}

// split cuts a line into fields, appended to row, and says what is wrong with it.
func split(row []field, line string) (_ []field, fault string) {
	for {
		var f field
		if strings.HasPrefix(line, `"`) {
			f.quoted = true
			if f.text, line, fault = unquote(line[1:]); fault != "" {
				return row, fault
			}
		} else if i := strings.IndexByte(line, ','); i >= 0 {
			f.text, line = line[:i], line[i:]
		} else {
			f.text, line = line, ""
		}
		if !f.quoted && strings.Contains(f.text, `"`) {
			return row, "a quote inside of a field that is not quoted"
		}
		row = append(row, f)
		if line == "" {
			return row, ""
		}
		if line[0] != ',' {
			return row, "text after the closing quote of a field"
		}
		line = line[1:]
	}
}

// unquote returns the text up to the closing quote and what comes after it.
func unquote(s string) (text, rest, fault string) {
	for i := 0; ; {
		k := strings.IndexByte(s[i:], '"')
		if k < 0 {
			return "", "", "a quote that is not closed"
		}
		i += k + 1
		if !strings.HasPrefix(s[i:], `"`) {
			return strings.ReplaceAll(s[:i-1], `""`, `"`), s[i:], ""
		}
		i++
	}
}

// digits reports whether s has ASCII digits only, and at least one.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
