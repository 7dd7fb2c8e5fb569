package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"samehand/graph/explain"
)

// The values of --format.
const (
	formatTable = "table"
	formatCSV   = "csv"
	formatJSON  = "json"
	formatJSONL = "jsonl"
)

// rowFormats lists the values of --format.
func rowFormats() []string { return []string{formatTable, formatCSV, formatJSON, formatJSONL} }

// figure is a cell with a number of any size that may be given back to the program: tables show four digits that count,
// whatever the size, and everything else has all of them.
type figure float64

// noFigure is a cell where a number would be of nothing: "-" in tables, empty in csv, null in json.
type noFigure struct{}

// rows is what a command prints: columns, and cells below them. A cell is a string, bool, int, int64, float64, figure,
// noFigure or []string.
type rows struct {
	columns []string
	cells   [][]any
	whole   bool // the cells are mostly our own words: they are not cut on a terminal
}

// add appends a row; it has a cell for each column.
func (r *rows) add(cells ...any) { r.cells = append(r.cells, cells) }

// look is who looks at rows: nobody, so that they go to a file or a program, or a person at a terminal, in colour or not.
type look struct{ terminal, colour bool }

// write prints the rows in the named format. Colour is used in tables only.
func (r *rows) write(w io.Writer, format string, l look) error {
	b := bufio.NewWriter(w)
	var err error
	switch format {
	case formatTable:
		err = r.writeTable(b, l)
	case formatCSV:
		err = r.writeCSV(b, l)
	case formatJSON:
		err = r.writeJSON(b)
	case formatJSONL:
		err = r.writeJSONL(b)
	default:
		err = fmt.Errorf("unknown format %q", format)
	}
	if err != nil {
		return err
	}
	return b.Flush()
}

// cellWidth is the widest that a cell of a table is on a terminal, in columns: a SHA-256 fits, and one hostile name does
// not push every other row off the screen. Files, csv, json and show have all of it.
const cellWidth = 64

// writeTable prints aligned columns without lines; numbers are aligned to the right. On a terminal, long cells are cut, see [rows.whole].
func (r *rows) writeTable(w io.Writer, l look) error {
	if len(r.cells) == 0 {
		return nil
	}
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	if l.colour {
		style.Color.Header = text.Colors{text.Bold}
	}
	t.SetStyle(style)
	header := make(table.Row, len(r.columns))
	configs := make([]table.ColumnConfig, len(r.columns))
	for i, c := range r.columns {
		header[i] = c
		configs[i] = table.ColumnConfig{Number: i + 1, Align: r.align(i), AlignHeader: r.align(i)}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, cells := range r.cells {
		row := make(table.Row, len(cells))
		for i, c := range cells {
			shown := explain.Visible(cellText(c, tableFloat, 4))
			if c == (noFigure{}) {
				shown = "-"
			}
			if l.terminal && !r.whole {
				shown = text.Snip(shown, cellWidth, "…")
			}
			row[i] = shown
		}
		t.AppendRow(row)
	}
	for line := range strings.Lines(t.Render()) {
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// align returns right for a column of numbers.
func (r *rows) align(column int) text.Align {
	switch r.cells[0][column].(type) {
	case int, int64, float64, figure:
		return text.AlignRight
	}
	return text.AlignLeft
}

// writeCSV prints a header and the rows. In texts, what would steer a terminal is made visible (on a terminal everything
// that does not print), and those that a spreadsheet would take for a formula are defused, see [defuse].
func (r *rows) writeCSV(w io.Writer, l look) error {
	show := visibleControls
	if l.terminal {
		show = explain.Visible
	}
	out := csv.NewWriter(w)
	if err := out.Write(r.columns); err != nil {
		return err
	}
	record := make([]string, len(r.columns))
	for _, cells := range r.cells {
		for i, c := range cells {
			record[i] = cellText(c, exactFloat, -1)
			switch c.(type) {
			case string, []string:
				record[i] = defuse(show(record[i]))
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeJSON prints an array of objects, one a line.
func (r *rows) writeJSON(w io.Writer) error {
	sep := "[\n"
	for i := range r.cells {
		line, err := r.object(i)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, sep+"  "+string(line)); err != nil {
			return err
		}
		sep = ",\n"
	}
	end := "\n]\n"
	if len(r.cells) == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// writeJSONL prints an object a line.
func (r *rows) writeJSONL(w io.Writer) error {
	for i := range r.cells {
		line, err := r.object(i)
		if err != nil {
			return err
		}
		if _, err := w.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return nil
}

// object returns row i as a JSON object whose members are in the order of the columns. What does not print is escaped,
// see [explain.EscapeJSON].
func (r *rows) object(i int) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for n, c := range r.columns {
		b.WriteString(map[bool]string{true: "{", false: ","}[n == 0])
		if err := enc.Encode(c); err != nil {
			return nil, err
		}
		b.Truncate(b.Len() - 1) // the line break that Encode adds
		b.WriteByte(':')
		if err := enc.Encode(jsonCell(r.cells[i][n])); err != nil {
			return nil, fmt.Errorf("column %s: %w", c, err)
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteByte('}')
	return explain.EscapeJSON(b.Bytes()), nil
}

// jsonCell returns the cell with an empty list in place of none, so that a column has one type, and null for no figure.
func jsonCell(c any) any {
	switch c := c.(type) {
	case []string:
		if c == nil {
			return []string{}
		}
	case noFigure:
		return nil
	}
	return c
}

// cellText returns a cell as text, a figure with that many digits (-1 for all).
func cellText(c any, float func(float64) string, figures int) string {
	switch c := c.(type) {
	case string:
		return c
	case noFigure:
		return ""
	case []string:
		return strings.Join(c, "; ")
	case float64:
		return float(c)
	case figure:
		return strconv.FormatFloat(float64(c), 'g', figures, 64)
	default:
		return fmt.Sprint(c)
	}
}

// tableFloat rounds to two places: nothing that is counted here is known better.
func tableFloat(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// exactFloat rounds to six places at most, and writes no more than are needed.
func exactFloat(f float64) string {
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}
