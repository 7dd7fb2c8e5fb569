package tabular

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// span is where a cell lies in the text of its row.
type span struct {
	start, end int
	escaped    bool // has doubled quotes or \r\n in it
}

// What is wrong with a row with quotes.
const (
	needMore   = "more"
	openQuote  = "a quote that is not closed"
	strayQuote = "a quote that would join whole rows to one cell; taken for a stray one"
	bareQuote  = "a quote inside of a cell that is not quoted"
	afterQuote = "text after the closing quote of a cell"
)

// quoted reads a row with quotes, which may span lines.
func (c *CSVReader) quoted() (*Row, error) {
	size, fault := c.scan(c.buf[c.pos:c.end], c.err == io.EOF)
	for fault == needMore {
		switch err := c.more(); {
		case err == errTooLong:
			c.start = c.pos
			return nil, c.reject(openQuote)
		case err != nil && err != io.EOF:
			return nil, c.stop(err)
		}
		c.start = c.pos // the window may have moved
		size, fault = c.scan(c.buf[c.pos:c.end], c.err == io.EOF)
	}
	switch {
	case fault != "":
		return nil, c.reject(fault)
	case size > c.limit+1:
		return nil, c.reject(openQuote)
	case bytes.IndexByte(c.buf[c.pos:c.pos+size], 0) >= 0:
		return nil, c.reject("a NUL byte")
	}
	return c.assemble(size)
}

// assemble makes the row out of the spans of the last scan.
func (c *CSVReader) assemble(size int) (*Row, error) {
	text := trimEnd(c.buf[c.pos : c.pos+size])
	raw, latin := "", !utf8.Valid(text)
	if latin {
		raw = toUTF8(text)
		c.scan([]byte(raw), true) // the spans were of other bytes
	} else {
		raw = c.string(len(text))
	}
	lines := countLines(raw)
	if lines > 1 && c.fields >= 0 && (lines > maxLines || c.joinsRows(raw)) {
		return nil, c.reject(strayQuote)
	}
	cells := c.row.Cells[:0]
	for _, s := range c.spans {
		cells = append(cells, s.cut(raw))
	}
	c.row = Row{Line: c.at, Lines: lines, Raw: raw, Cells: cells}
	row, err := c.counted()
	if err != nil && lines > 1 {
		return nil, c.reject(openQuote)
	}
	if latin {
		c.latin++
	}
	if lines > 1 {
		c.multi++
	}
	c.pos += size
	c.at += int64(lines)
	return row, err
}

// cut takes the cell out of the row's text.
func (s span) cut(raw string) string {
	cell := raw[s.start:s.end]
	if s.escaped {
		cell = strings.ReplaceAll(strings.ReplaceAll(cell, `""`, `"`), "\r\n", "\n")
	}
	return cell
}

// scan finds the cells of the row at the beginning of data and returns its
// size with the end of its line, and what is wrong with it. last says that nothing comes after data.
func (c *CSVReader) scan(data []byte, last bool) (size int, fault string) {
	c.spans = c.spans[:0]
	for i := 0; ; {
		var done bool
		if i < len(data) && data[i] == '"' {
			i, done, fault = c.scanQuoted(data, i+1, last)
		} else {
			i, done, fault = c.scanBare(data, i, last)
		}
		if done || fault != "" {
			return i, fault
		}
	}
}

// scanBare finds the end of a cell without quotes that begins at i, and returns where the next begins, or that the row is done.
func (c *CSVReader) scanBare(data []byte, i int, last bool) (next int, done bool, fault string) {
	j := i
	for j < len(data) && data[j] != c.comma && data[j] != '\n' && data[j] != '\r' {
		if data[j] == '"' {
			return j, false, bareQuote
		}
		j++
	}
	if j < len(data) && data[j] == c.comma {
		c.spans = append(c.spans, span{start: i, end: j})
		return j + 1, false, ""
	}
	next, fault = rowEnd(data, j, last)
	if fault == "" {
		c.spans = append(c.spans, span{start: i, end: j})
	}
	return next, fault == "", fault
}

// rowEnd returns where the next row begins when this one ends at i, which is at a \n, a \r, or the end of data.
func rowEnd(data []byte, i int, last bool) (next int, fault string) {
	switch rest := data[i:]; {
	case len(rest) == 0 && last:
		return i, ""
	case len(rest) == 0 || (len(rest) == 1 && rest[0] == '\r' && !last):
		return i, needMore
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return i + 2, ""
	}
	return i + 1, ""
}

// scanQuoted is scanBare for a cell whose opening quote is just before i.
func (c *CSVReader) scanQuoted(data []byte, i int, last bool) (next int, done bool, fault string) {
	s := span{start: i}
	for {
		k := bytes.IndexByte(data[i:], '"')
		if k < 0 {
			if last {
				return i, false, openQuote
			}
			return i, false, needMore
		}
		s.escaped = s.escaped || bytes.Contains(data[i:i+k], []byte("\r\n"))
		i += k + 1
		if i < len(data) && data[i] == '"' {
			s.escaped = true
			i++
			continue
		}
		s.end = i - 1
		c.spans = append(c.spans, s)
		return c.afterQuote(data, i, last)
	}
}

// afterQuote looks at what comes behind a closing quote.
func (c *CSVReader) afterQuote(data []byte, i int, last bool) (next int, done bool, fault string) {
	switch {
	case i == len(data) || data[i] == '\n' || data[i] == '\r':
		next, fault = rowEnd(data, i, last)
		return next, fault == "", fault
	case data[i] == c.comma:
		return i + 1, false, ""
	}
	return i, false, afterQuote
}

var _ Reader = (*CSVReader)(nil)
