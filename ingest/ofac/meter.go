package ofac

import (
	"bufio"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// meter gives bytes to the XML decoder and fails when a record has too many of them. Bytes that are not UTF-8 come out
// as the UTF-8 of what they are in Windows-1252. It implements io.ByteReader, so that the decoder does not read ahead.
type meter struct {
	r     *bufio.Reader
	limit int64
	used  int64  // bytes since begin
	raw   []byte // the first of them
	queue []byte // rest of a character that was taken from Windows-1252
	last  byte   // the last byte given
	err   error  // why reading failed, other than the end of the file
}

func newMeter(r io.Reader, limit int64) *meter {
	return &meter{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// begin says that a new record begins here, or a byte before: the decoder has to see the < that ends a text.
func (m *meter) begin() {
	m.used, m.raw = 0, m.raw[:0]
	if m.last == '<' {
		m.raw = append(m.raw, m.last)
	}
}

// text returns the beginning of the record's text.
func (m *meter) text() string { return utf8Of(m.raw) }

// ReadByte implements [io.ByteReader].
func (m *meter) ReadByte() (byte, error) {
	if m.err != nil {
		return 0, m.err
	}
	c, err := m.next()
	if err != nil {
		if err != io.EOF {
			m.err = err
		}
		return 0, err
	}
	if m.used++; m.used > m.limit {
		m.err = fmt.Errorf("a record longer than %d bytes", m.limit)
		return 0, m.err
	}
	if m.last = c; len(m.raw) < rawBytes {
		m.raw = append(m.raw, c)
	}
	return c, nil
}

// next returns the next byte as UTF-8.
func (m *meter) next() (byte, error) {
	if len(m.queue) > 0 {
		c := m.queue[0]
		m.queue = m.queue[1:]
		return c, nil
	}
	c, err := m.r.ReadByte()
	if err != nil || c < utf8.RuneSelf {
		return c, err
	}
	b := [utf8.UTFMax]byte{c}
	n := 1
	if rest, _ := m.r.Peek(utf8.UTFMax - 1); len(rest) > 0 {
		n += copy(b[1:], rest)
	}
	size := 0
	if r, s := utf8.DecodeRune(b[:n]); r != utf8.RuneError || s > 1 {
		size = s
	}
	if size > 0 {
		m.r.Discard(size - 1)
		m.queue = append(m.queue[:0], b[1:size]...)
		return c, nil
	}
	out := utf8.AppendRune(nil, charmap.Windows1252.DecodeByte(c))
	m.queue = append(m.queue[:0], out[1:]...)
	return out[0], nil
}

// Read implements [io.Reader], for the decoder of an encoding.
func (m *meter) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := m.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}
