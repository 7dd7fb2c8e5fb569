package edgelist

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
)

// blockBytes is how much text goes to a worker at a time, and how long a line may be.
const blockBytes = 1 << 20

// block is some whole lines.
type block struct {
	number    int
	text      []byte
	separator Separator
	endless   bool // there is no text: it stands for one line that is longer than a block
}

// blocks cuts a text into blocks.
type blocks struct {
	r         io.Reader
	size      int
	separator Separator // Detect until it is known
	begun     bool      // a line with two fields was seen
	number    int
	rest      []byte // the beginning of a line whose end is in the next block
	skip      bool   // in a line that is too long
	done      bool
}

// errMatrix is what a file in another format of edges fails with: its first line would be taken for an edge.
var errMatrix = errors.New("this is a Matrix Market file; take its head off, up to and with the line of the sizes")

// next returns the next block, in a buffer of the size of a block, and io.EOF after the last.
func (b *blocks) next(ctx context.Context, buffer []byte) (*block, error) {
	for !b.done {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		buffer = append(buffer[:0], b.rest...)
		b.rest = b.rest[:0]
		var err error
		if buffer, err = b.fill(buffer); err != nil {
			return nil, err
		}
		if b.skip {
			i := bytes.IndexByte(buffer, '\n')
			if i < 0 {
				continue
			}
			b.skip, b.rest = false, append(b.rest, buffer[i+1:]...)
			if !b.done {
				continue
			}
			buffer, b.rest = append(buffer[:0], b.rest...), nil
		}
		return b.cut(buffer)
	}
	return nil, io.EOF
}

// fill reads until the buffer is full or the text ends. (io.ReadFull cannot tell the end from a file that breaks off.)
func (b *blocks) fill(buffer []byte) ([]byte, error) {
	for idle := 0; len(buffer) < b.size; idle++ {
		n, err := b.r.Read(buffer[len(buffer):b.size])
		buffer = buffer[:len(buffer)+n]
		switch {
		case err == io.EOF:
			b.done = true
			return buffer, nil
		case err != nil:
			return nil, err
		case n > 0:
			idle = 0
		case idle > 100: // as often as bufio asks
			return nil, io.ErrNoProgress
		}
	}
	return buffer, nil
}

// cut keeps the unfinished line at the end of the buffer for later.
func (b *blocks) cut(buffer []byte) (*block, error) {
	out := &block{number: b.number}
	b.number++
	if !b.done {
		end := bytes.LastIndexByte(buffer, '\n') + 1
		if end == 0 {
			b.skip, out.endless = true, true
			return out, nil
		}
		b.rest = append(b.rest, buffer[end:]...)
		buffer = buffer[:end]
	}
	if out.number == 0 && bytes.HasPrefix(buffer, []byte("%%MatrixMarket")) {
		return nil, errMatrix
	}
	if !b.begun {
		if err := b.begin(buffer); err != nil {
			return nil, err
		}
	}
	out.text, out.separator = buffer, b.separator
	return out, nil
}

// begin looks for the first line with two fields, tells the separator by it, and blanks it out when it names columns.
func (b *blocks) begin(text []byte) error {
	for len(text) > 0 {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		s := b.separator
		if s == Detect {
			s = separatorOf(line)
		}
		if !hasContent(line) || s == Detect { // a line with one name looks the same with any separator
			continue
		}
		if b.separator == Detect && s == Tab {
			var err error
			if s, err = tabOrBlank(line); err != nil {
				return err
			}
		}
		b.begun, b.separator = true, s
		if isHeader(line, s) {
			copy(line, bytes.Repeat([]byte{' '}, len(line)))
		}
		return nil
	}
	return nil
}

// hasContent reports whether a line is neither empty nor a comment.
func hasContent(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\r' {
			return c != '#' && c != '%'
		}
	}
	return false
}

// separatorOf tells the separator by a line; [Detect] when it holds none.
func separatorOf(line []byte) Separator {
	line = bytes.TrimSpace(line)
	for _, s := range []Separator{Comma, Semicolon, Tab, Blank} {
		quoted := false
		for _, c := range line {
			switch {
			case c == '"':
				quoted = !quoted
			case c == byte(s) && !quoted:
				return s
			}
		}
	}
	return Detect
}

// errTabs is what a file fails with whose lines can be read in two ways.
var errTabs = errors.New("the first line has a tab and blanks, and could be read in two ways; say which of them stands between fields (separator tab or blank)")

// tabOrBlank tells which of them stands between the fields of a line that has a tab.
func tabOrBlank(line []byte) (Separator, error) {
	var tab, blank fields
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if !blank.isEdge(line, Blank) {
		return Tab, nil
	}
	if !tab.isEdge(line, Tab) {
		return Blank, nil
	}
	if !slices.EqualFunc(tab.field[:tab.n], blank.field[:blank.n], bytes.Equal) {
		return Detect, errTabs
	}
	return Tab, nil
}

// isEdge splits a line and reports whether that makes an edge, or names columns.
func (f *fields) isEdge(line []byte, s Separator) bool {
	if f.split(line, s) != "" || f.n < 2 {
		return false
	}
	if f.n == 2 || isHeader(line, s) {
		return true
	}
	_, reason := weight(f.field[2])
	return reason == ""
}

// headers are the names of the first two columns by which a line is known to name columns.
var headers = [][2]string{{"source", "target"}, {"src", "dst"}, {"from", "to"}, {"u", "v"}, {"node1", "node2"}}

// isHeader reports whether a line names the columns.
func isHeader(line []byte, s Separator) bool {
	var f fields
	if f.split(bytes.TrimSuffix(line, []byte{'\r'}), s) != "" || f.n < 2 {
		return false
	}
	name := func(i int) string { return strings.ToLower(string(f.field[i])) }
	if f.n == 3 && !slices.Contains([]string{"weight", "w", "value"}, name(2)) {
		return false
	}
	return slices.Contains(headers, [2]string{name(0), name(1)})
}
