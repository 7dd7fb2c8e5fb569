package tabular

import (
	"bytes"
	"errors"
	"io"

	"samehand/ingest"
)

// buffer holds a window of the input: buf[pos:end] was read and not yet used.
type buffer struct {
	r        io.Reader
	buf      []byte
	pos, end int
	err      error // why no more can be read; io.EOF at the end
	limit    int   // bytes of one record

	crEnds bool // a lone \r ends a line, as in files of old Macs and some of Excel
	cr, lf int  // there is no such byte in buf[pos:cr] and buf[pos:lf]

	moved  int64  // where in the input buf begins
	text   string // a copy of the input from textAt on, which lines are cut out of
	textAt int64
}

// bufferBytes is the size of the window; it grows to the limit of a record when a record needs it.
const bufferBytes = 256 << 10

func newBuffer(r io.Reader, l ingest.Limits) buffer {
	l = l.WithDefaults()
	return buffer{r: r, buf: make([]byte, bufferBytes), limit: int(min(l.RecordBytes, 1<<30))}
}

// errTooLong says that a record goes beyond the limit.
var errTooLong = errors.New("too long")

// more reads more into the window. It fails with errTooLong when the window holds a record's limit already, or with what ended the input.
func (b *buffer) more() error {
	if b.err != nil {
		return b.err
	}
	if b.end-b.pos > b.limit {
		return errTooLong
	}
	if b.pos > 0 {
		copy(b.buf, b.buf[b.pos:b.end])
		b.cr, b.lf = max(b.cr-b.pos, 0), max(b.lf-b.pos, 0)
		b.moved += int64(b.pos)
		b.pos, b.end = 0, b.end-b.pos
	}
	if b.end == len(b.buf) {
		b.buf = append(b.buf, make([]byte, len(b.buf))...)
	}
	for range 100 { // a reader may give nothing now and then, but not for ever
		n, err := b.r.Read(b.buf[b.end:])
		b.end += n
		b.err = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	b.err = io.ErrNoProgress
	return b.err
}

// lineEnd returns where the window's first line ends: the index of its \n or lone \r, or end. Where it looked is
// remembered, so that a file with but one of the two is not searched to its end for the other with every line.
func (b *buffer) lineEnd() int {
	b.lf = b.seek(b.lf, '\n')
	if !b.crEnds {
		return b.lf
	}
	if b.cr = b.seek(b.cr, '\r'); b.cr+1 == b.lf && b.lf < b.end {
		return b.lf
	}
	return min(b.cr, b.lf)
}

// seek looks for c in the window, from at on.
func (b *buffer) seek(at int, c byte) int {
	at = max(at, b.pos)
	if i := bytes.IndexByte(b.buf[at:b.end], c); i >= 0 {
		return at + i
	}
	return b.end
}

// line returns how many bytes the next line has, with its end. At the end of the input it returns io.EOF.
// The last line may have no end. A line that was cut off by an error is not returned.
func (b *buffer) line() (int, error) {
	for {
		// a \r at the end of the window may be the first half of \r\n
		if at := b.lineEnd(); at < b.end && (b.buf[at] == '\n' || at+1 < b.end) {
			if n := at + 1 - b.pos; n <= b.limit+1 {
				return n, nil
			}
			return 0, errTooLong
		}
		seen := b.end - b.pos
		switch err := b.more(); {
		case err == io.EOF && seen > b.limit+1:
			return 0, errTooLong
		case err == io.EOF && seen > b.limit && b.buf[b.end-1] != '\r':
			return 0, errTooLong
		case err == io.EOF && seen > 0:
			return seen, nil
		case err != nil:
			return 0, err
		}
	}
}

// skipLine drops the rest of the line that pos is in, however long it is.
func (b *buffer) skipLine() error {
	for {
		at := b.lineEnd()
		if at < b.end && (b.buf[at] == '\n' || at+1 < b.end) {
			b.pos = at + 1
			return nil
		}
		b.pos = at // at end, or at a \r before it
		if err := b.more(); err == io.EOF {
			b.pos = b.end
			return nil
		} else if err != nil {
			return err
		}
	}
}

// textBytes is how much of the window is copied at once for the lines in it: a hundred lines or so. One of them that is kept
// keeps all of it.
const textBytes = 16 << 10

// string returns the next n bytes as a string. The strings of many lines are one piece of memory: to ask for one for each
// line costs more than to find the line.
func (b *buffer) string(n int) string {
	at := b.moved + int64(b.pos) - b.textAt
	if at < 0 || at+int64(n) > int64(len(b.text)) {
		b.text = string(b.buf[b.pos:min(b.end, b.pos+max(n, textBytes))])
		b.textAt += at
		at = 0
	}
	return b.text[at : at+int64(n)]
}

// beginning returns a bounded piece of what is in the window, for the rejects file.
func (b *buffer) beginning() string {
	return toUTF8(b.buf[b.pos:min(b.end, b.pos+rawBytes)])
}

// rawBytes is how much is shown of a record that was not read to its end.
const rawBytes = 4 << 10
