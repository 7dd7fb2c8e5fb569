package tabular

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"samehand/ingest"
)

// CSVReader reads CSV. Rows without quotes, which are nearly all, are cut at
// the separators out of one string; others go through a state machine.
type CSVReader struct {
	buffer
	comma   byte
	columns []string
	header  string // the text of the line of column names
	airy    bool   // it has blanks behind separators
	below   bool   // there is something below it
	fields  int    // cells of each row; -1 while the header is looked for
	at      int64  // line of pos, from 1
	row     Row
	spans   []span

	start, first int   // the last row began at start and its first line had so many bytes
	skip         bool  // pos is inside of a line that is too long
	final        error // what ended it

	latin, blank, multi, repeated int64
}

// NewCSV begins to read CSV from r and reads its header.
func NewCSV(r io.Reader, l ingest.Limits, o Options) (*CSVReader, error) {
	if o.Separator == 0 {
		b, ok := r.(*bufio.Reader)
		if !ok {
			b = bufio.NewReaderSize(r, headBytes)
		}
		head, err := b.Peek(headBytes)
		if err != nil && err != io.EOF && len(head) == 0 {
			return nil, fmt.Errorf("read the header: %w", err)
		}
		r, o.Separator = b, Separator(head)
	}
	c := &CSVReader{buffer: newBuffer(r, l), comma: o.Separator, fields: -1, at: 1}
	c.crEnds = true
	if err := c.readHeader(o.Header); err != nil {
		return nil, err
	}
	return c, nil
}

// readHeader reads up to the row of column names, which begins at the given line or after it.
func (c *CSVReader) readHeader(line int64) error {
	for {
		r, err := c.Next()
		if re, ok := err.(*ingest.RecordError); ok {
			if re.Line < line {
				continue
			}
			return fmt.Errorf("the header cannot be read: %w", re)
		}
		if err == io.EOF {
			return fmt.Errorf("there is no line of column names")
		}
		if err != nil {
			return fmt.Errorf("read the header: %w", err)
		}
		if r.Line < line || (r.Line == 1 && isSep(r.Raw)) {
			c.Resync() // a quote in a title must not hide the header
			continue
		}
		c.columns, c.header = names(r.Cells), r.Raw
		c.fields = len(c.columns)
		c.airy = strings.Contains(c.header, string(rune(c.comma))+" ")
		if r.Lines > maxTitleLines || (r.Lines > 1 && c.rowsInTitle()) {
			return fmt.Errorf("the header cannot be read: line %d: %s", r.Line, strayQuote)
		}
		c.below = false
		c.latin, c.blank, c.multi = 0, 0, 0
		return nil
	}
}

// isSep tells the line that some spreadsheets put first to name the separator.
func isSep(raw string) bool { return len(raw) == 5 && strings.HasPrefix(raw, "sep=") }

// names copies the cells of a header, without blanks around them; a column without a name is called by its number.
func names(cells []string) []string {
	out := make([]string, len(cells))
	for i, s := range cells {
		if out[i] = strings.Clone(strings.TrimSpace(s)); out[i] == "" {
			out[i] = fmt.Sprintf("#%d", i+1)
		}
	}
	return out
}

// Columns implements [Reader].
func (c *CSVReader) Columns() []string { return c.columns }

// Separator returns the byte between cells.
func (c *CSVReader) Separator() byte { return c.comma }

// Close implements [Reader]; there is nothing to close.
func (c *CSVReader) Close() error { return nil }

// Notes implements [Reader].
func (c *CSVReader) Notes() []string {
	var notes []string
	if !c.below && c.final == io.EOF {
		notes = append(notes, "no rows below the header")
	}
	if c.latin > 0 {
		notes = append(notes, plural(c.latin, "record was", "records were")+" not UTF-8 and read as Windows-1252")
	}
	if c.blank > 0 {
		notes = append(notes, plural(c.blank, "row", "rows")+" with nothing but empty cells skipped")
	}
	if c.repeated > 0 {
		notes = append(notes, plural(c.repeated, "line", "lines")+" that repeat the column names skipped: files were joined")
	}
	if c.multi > 0 {
		notes = append(notes, plural(c.multi, "record spans", "records span")+" more than one line, by line breaks in quotes")
	}
	return notes
}

// Next implements [Reader]. It skips rows of empty cells, and lines that are the header again, as in files that were joined.
func (c *CSVReader) Next() (*Row, error) {
	for {
		row, err := c.next()
		switch {
		case err != nil:
			c.below = c.below || c.final == nil
			return nil, err
		case blankRow(row.Cells):
			c.blank++
		case row.Raw == c.header:
			c.repeated++
		default:
			c.below = true
			return row, nil
		}
	}
}

func blankRow(cells []string) bool {
	for _, s := range cells {
		if s != "" {
			return false
		}
	}
	return true
}

// next reads one row, which may be blank.
func (c *CSVReader) next() (*Row, error) {
	if c.final != nil {
		return nil, c.final
	}
	if c.skip {
		c.skip = false
		if err := c.skipLine(); err != nil {
			return nil, c.stop(err)
		}
	}
	for {
		n, err := c.line()
		if err == errTooLong {
			c.skip = true
			e := &ingest.RecordError{Line: c.at, Reason: fmt.Sprintf("longer than %d bytes", c.limit), Raw: c.beginning()}
			c.at++
			return nil, e
		}
		if err != nil {
			return nil, c.stop(err)
		}
		line := trimEnd(c.buf[c.pos : c.pos+n])
		if len(line) == 0 { // encoding/csv takes an empty line for no row at all
			c.pos += n
			c.at++
			continue
		}
		c.start, c.first = c.pos, n
		if plain(line) {
			return c.split(c.string(len(line)), n)
		}
		return c.odd(line, n)
	}
}

// stop makes err final.
func (c *CSVReader) stop(err error) error {
	if err != io.EOF {
		err = fmt.Errorf("line %d: %w", c.at, err)
	}
	c.final = err
	return err
}

// trimEnd cuts the end of a line off: \n, \r\n, or \r.
func trimEnd(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'})
}

// split cuts a line without quotes into cells; n bytes are used up.
func (c *CSVReader) split(line string, n int) (*Row, error) {
	cells := c.row.Cells[:0]
	for rest := line; ; {
		i := strings.IndexByte(rest, c.comma)
		if i < 0 {
			cells = append(cells, rest)
			break
		}
		cells = append(cells, rest[:i])
		rest = rest[i+1:]
	}
	c.row = Row{Line: c.at, Lines: 1, Raw: line, Cells: cells}
	c.pos += n
	c.at++
	return c.counted()
}

// counted returns the row, unless it has the wrong number of cells.
func (c *CSVReader) counted() (*Row, error) {
	if c.fields >= 0 && len(c.row.Cells) != c.fields {
		return nil, &ingest.RecordError{Line: c.row.Line, Raw: c.row.Raw,
			Reason: fmt.Sprintf("%s, but the header has %d", plural(int64(len(c.row.Cells)), "cell", "cells"), c.fields)}
	}
	return &c.row, nil
}

// odd reads a row that begins with a line of n bytes that has quotes, NUL bytes or letters beyond ASCII.
func (c *CSVReader) odd(line []byte, n int) (*Row, error) {
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, c.reject("a NUL byte")
	}
	if bytes.IndexByte(line, '"') >= 0 {
		return c.quoted()
	}
	if utf8.Valid(line) {
		return c.split(c.string(len(line)), n)
	}
	c.latin++
	return c.split(toUTF8(line), n)
}

// reject gives up the first line of the row and goes on after it.
func (c *CSVReader) reject(reason string) error {
	line := trimEnd(c.buf[c.start : c.start+c.first])
	e := &ingest.RecordError{Line: c.at, Reason: reason, Raw: toUTF8(line[:min(len(line), rawBytes)])}
	c.pos = c.start + c.first
	c.at++
	return e
}

// Resync goes back to the second line of the row that Next returned last, and returns the text of the first. A
// caller does so when a row that spans lines makes no sense: the quote that holds it together may be a stray one.
func (c *CSVReader) Resync() (first string) {
	end, _ := cutLine(c.row.Raw, 0)
	if c.row.Lines > 1 {
		c.pos, c.at = c.start+c.first, c.row.Line+1
		c.cr, c.lf = c.pos, c.pos
		c.row.Lines = 1
		c.multi--
	}
	return c.row.Raw[:end]
}
