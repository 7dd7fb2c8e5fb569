package tabular

import "strings"

// A quote that nobody meant swallows the rows up to the next one, and the row that comes out may be sound:
// it has as many cells as it should. So rows that span lines are looked at a second time.

// maxLines is the most lines that one row may span: an address has five, and a note that somebody pasted some dozens.
const maxLines = 1000

// sureLines is how many lines in the middle of a row must all have a row's number of separators for blanks
// behind these not to count: "Halden, OH, USA" is prose, and three such lines of three columns each are rows.
const sureLines = 3

// joinsRows reports whether the quotes of a row over several lines join what are rows by themselves: whether a
// line in its middle has the separators of a row, or both its first line and its last one do. raw is its text, which the spans are of.
func (c *CSVReader) joinsRows(raw string) bool {
	if c.fields < 2 {
		return false // any line of a table with one column looks like a row
	}
	var first, last, middle, wide int
	spans := c.spans
	for start, number := 0, 0; ; number++ {
		end, next := cutLine(raw, start)
		var cells, all int
		cells, all, spans = c.cellsOf(raw, start, end, spans)
		switch {
		case number == 0:
			first = cells
		case next == len(raw) && end == next:
			last = cells
		default:
			if cells == c.fields {
				return true
			}
			if middle++; all == c.fields {
				wide++
			}
		}
		if end == next {
			break
		}
		start = next
	}
	if c.fields > 2 && middle >= sureLines && wide == middle {
		return true
	}
	return first == c.fields && last == c.fields
}

// maxTitleLines is the most lines of a row of column names, which spreadsheets wrap.
const maxTitleLines = 32

// rowsInTitle reports whether a column's name over several lines has separators in it as rows have, with no blank behind.
// With the header to be read there is no number of cells to go by.
func (c *CSVReader) rowsInTitle() bool {
	for _, s := range c.columns {
		if !strings.ContainsAny(s, "\r\n") {
			continue
		}
		for i := range len(s) - 1 {
			if s[i] == c.comma && strings.IndexByte(" \r\n", s[i+1]) < 0 {
				return true
			}
		}
	}
	return false
}

// cellsOf counts the cells that a line of a row would have without the quotes of cells that go beyond the line. In such a cell, a separator
// with a blank behind it is punctuation and counts in all only, unless the header is written so. It returns the spans that the next line needs.
func (c *CSVReader) cellsOf(raw string, start, end int, spans []span) (cells, all int, rest []span) {
	cells, all = 1, 1
	for i := start; ; i++ {
		k := strings.IndexByte(raw[i:end], c.comma)
		if k < 0 {
			break
		}
		i += k
		for len(spans) > 0 && spans[0].end <= i {
			spans = spans[1:]
		}
		inside := len(spans) > 0 && spans[0].start <= i
		if inside && spans[0].start >= start && spans[0].end <= end {
			i = spans[0].end - 1 // a sound quoted cell
			continue
		}
		all++
		if !inside || c.airy || i+1 == len(raw) || raw[i+1] != ' ' {
			cells++
		}
	}
	return cells, all, spans
}

// cutLine returns the end of the line that begins at start, and where the next one begins; both are len(s) for the last.
func cutLine(s string, start int) (end, next int) {
	i := strings.IndexAny(s[start:], "\r\n")
	if i < 0 {
		return len(s), len(s)
	}
	end = start + i
	if strings.HasPrefix(s[end:], "\r\n") {
		return end, end + 2
	}
	return end, end + 1
}

// countLines counts the lines of a row's text, which has no line end behind it.
func countLines(s string) int {
	for n, start := 1, 0; ; n++ {
		end, next := cutLine(s, start)
		if end == next {
			return n
		}
		start = next
	}
}
