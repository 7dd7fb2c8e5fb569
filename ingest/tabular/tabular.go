// Package tabular reads tables: rows of named cells, with the line each row begins at and its text.
//
// It reads CSV (and its kin with semicolons, tabs or bars), JSON lines, XLSX and
// Parquet. Every cell is text. Rows that cannot be read are an
// [*ingest.RecordError] each, and the rows after them are read.
//
// CSV is read as encoding/csv reads it, with four differences. A row whose quotes
// are wrong costs its first line only: reading goes on at the line after it, so that one stray quote
// does not swallow the rows up to the next quote; quotes around lines that are
// rows by themselves are wrong too. A lone carriage return ends a line. A row with a NUL byte is
// rejected. A row that is not UTF-8 is read as Windows-1252.
//
// A JSON line is an object; what is nested in it is named by its path ("shipTo.name", "accounts.0.number").
// Numbers stay the text they were, so that an account number of 21 digits keeps all of them.
package tabular

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"samehand/ingest"
)

// Row is one row of a table. The struct and its slice are used again for the next row, the strings are not. They are cut
// out of the text of many rows: who keeps a few of them for long keeps copies.
type Row struct {
	Line  int64    // where it begins, from 1; the row number in XLSX and Parquet
	Lines int      // how many lines it spans; 1 but for CSV with line breaks in quotes
	Raw   string   // its text; for XLSX and Parquet, the cells written as CSV
	Cells []string // by column; "" where there is none. Never longer than Columns
}

// Reader gives the rows of a table in order. Next returns io.EOF after the last row, a
// [*ingest.RecordError] for a row that cannot be read, and any other error when nothing more can be read.
type Reader interface {
	// Columns names the columns, in order. With JSON lines it grows as rows are read.
	Columns() []string
	Next() (*Row, error)
	// Notes says what a reader of the results must know. No values.
	Notes() []string
	Close() error
}

// Options say how a table is read. The zero Options find out by themselves.
type Options struct {
	Separator byte   // of CSV; 0 means to look for the likeliest of comma, semicolon, tab and bar
	Header    int64  // the line (row, in XLSX) of the column names; 0 means the first that is not empty
	Sheet     string // of XLSX; "" means the first
}

// Kind is a way in which tables are written.
type Kind int

// The kinds. Unknown is what is no table at all.
const (
	Unknown Kind = iota
	CSV
	JSONLines
	XLSX
	Parquet
)

// Sniff tells the kind of a file by its first bytes. It answers CSV for all text that is nothing else.
func Sniff(head []byte) Kind {
	text := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return Parquet
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("xl/")) {
			return XLSX
		}
		return Unknown
	case len(text) == 0 || text[0] == '[' || text[0] == '<' || bytes.IndexByte(firstLine(text), 0) >= 0 || bytes.HasPrefix(text, []byte("%PDF")):
		return Unknown
	case text[0] == '{':
		return JSONLines
	}
	return CSV
}

// headBytes is how much of a file is looked at to tell its kind and separator.
const headBytes = 64 << 10

// asCSV is the advice where a limit of a sort of file is reached, which nobody can raise.
const asCSV = "write it as CSV first"

// errNoAt says that a format that is read here and there was given as a stream.
var errNoAt = errors.New("it is packed; unpack it first, this sort of file cannot be read as a stream")

// Open begins to read the table in r (or in in.At, for XLSX and Parquet). It fails when there is no table in it.
func Open(r io.Reader, in ingest.Input, o Options) (Reader, error) {
	b := bufio.NewReaderSize(r, headBytes)
	head, err := b.Peek(headBytes)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	switch text := bytes.TrimLeft(head, " \t\r\n"); {
	case bytes.HasPrefix(text, []byte("[")):
		return nil, errors.New("a JSON array; make one object a line of it, with jq -c '.[]' or another program")
	case bytes.HasPrefix(text, []byte("{")) && len(bytes.TrimRight(firstLine(text), " \t")) == 1:
		return nil, errors.New("one JSON document over many lines; make one object a line of what it lists, with jq -c '.value[]' or another program")
	}
	switch Sniff(head) {
	case CSV:
		return NewCSV(b, in.Limits, o)
	case JSONLines:
		return NewJSONLines(b, in.Limits), nil
	case XLSX:
		return newXLSX(in, o)
	case Parquet:
		return newParquet(in)
	}
	return nil, errors.New("not a table: want CSV with a line of column names, JSON lines, XLSX or Parquet")
}

// Separator returns the likeliest separator of the CSV that begins with head: the one of
// comma, semicolon, tab and bar that its first line has most of outside quotes; comma when it has none.
func Separator(head []byte) byte {
	line := firstLine(head)
	if len(line) == 5 && bytes.HasPrefix(line, []byte("sep=")) {
		return line[4]
	}
	var counts [256]int
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte(";\t|") {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// firstLine returns the first line of head that is not empty, without its end.
func firstLine(head []byte) []byte {
	for len(head) > 0 {
		end := bytes.IndexAny(head, "\r\n")
		if end < 0 {
			return head
		}
		if end > 0 {
			return head[:end]
		}
		head = head[1:]
	}
	return nil
}

// Find returns the number of the column of that name, or -1. Case and blanks around it do not matter.
// It fails when there are two.
func Find(columns []string, name string) (int, error) {
	at := -1
	for i, c := range columns {
		if !strings.EqualFold(c, strings.TrimSpace(name)) {
			continue
		}
		if at >= 0 {
			return -1, fmt.Errorf("there are two columns called %q", name)
		}
		at = i
	}
	return at, nil
}

// plural counts things: "1 record", "2 records".
func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
