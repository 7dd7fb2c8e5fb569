package tabular

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/valyala/fastjson"

	"samehand/ingest"
)

// JSONLinesReader reads one JSON object a line.
type JSONLinesReader struct {
	buffer
	depth   int
	at      int64 // line of pos, from 1
	parser  fastjson.Parser
	columns []string
	index   map[string]int // of columns
	row     Row
	skip    bool
	final   error

	text  []byte // the cells of the row, one after another
	cells []cell
	path  []byte
	fault string // what is wrong with the row

	latin, repeated int64
}

// cell is where the text of a column lies; end is 0 where the row does not have it.
type cell struct{ start, end int }

// maxColumns bounds how many different keys a file may have, so that a hostile one cannot fill the memory.
const maxColumns = 4096

// NewJSONLines begins to read JSON lines from r.
func NewJSONLines(r io.Reader, l ingest.Limits) *JSONLinesReader {
	return &JSONLinesReader{buffer: newBuffer(r, l), depth: l.WithDefaults().Depth, at: 1, index: map[string]int{}}
}

// Columns implements [Reader]: the keys met so far.
func (j *JSONLinesReader) Columns() []string { return j.columns }

// Close implements [Reader]; there is nothing to close.
func (j *JSONLinesReader) Close() error { return nil }

// Notes implements [Reader].
func (j *JSONLinesReader) Notes() []string {
	var notes []string
	if j.latin > 0 {
		notes = append(notes, plural(j.latin, "record was", "records were")+" not UTF-8 and read as Windows-1252")
	}
	if j.repeated > 0 {
		notes = append(notes, plural(j.repeated, "record repeats", "records repeat")+" a key with the same value")
	}
	return notes
}

// Next implements [Reader].
func (j *JSONLinesReader) Next() (*Row, error) {
	if j.final != nil {
		return nil, j.final
	}
	if j.skip {
		j.skip = false
		if err := j.skipLine(); err != nil {
			return nil, j.stop(err)
		}
	}
	for {
		n, err := j.line()
		if err == errTooLong {
			j.skip = true
			e := &ingest.RecordError{Line: j.at, Reason: fmt.Sprintf("longer than %d bytes", j.limit), Raw: j.beginning()}
			j.at++
			return nil, e
		}
		if err != nil {
			return nil, j.stop(err)
		}
		line := bytes.TrimSpace(j.buf[j.pos : j.pos+n])
		j.pos += n
		j.at++
		if len(line) > 0 {
			return j.read(line)
		}
	}
}

// stop makes err final.
func (j *JSONLinesReader) stop(err error) error {
	if err != io.EOF {
		err = fmt.Errorf("line %d: %w", j.at, err)
	}
	j.final = err
	return err
}

// read reads the object in a line.
func (j *JSONLinesReader) read(line []byte) (*Row, error) {
	raw := toUTF8(line)
	latin := !utf8.Valid(line)
	if reason := j.parse(raw, line); reason != "" {
		return nil, &ingest.RecordError{Line: j.at - 1, Reason: reason, Raw: raw}
	}
	if latin {
		j.latin++
	}
	text := string(j.text)
	cells := j.row.Cells[:0]
	for _, c := range j.cells {
		cells = append(cells, text[c.start:c.end])
	}
	j.row = Row{Line: j.at - 1, Lines: 1, Raw: raw, Cells: cells}
	return &j.row, nil
}

// parse puts the values of the object into text and cells. It returns what is wrong with it.
func (j *JSONLinesReader) parse(raw string, line []byte) string {
	if bytes.IndexByte(line, 0) >= 0 {
		return "a NUL byte"
	}
	if TooDeep(raw, j.depth) {
		return fmt.Sprintf("nested deeper than %d", j.depth)
	}
	if fastjson.Validate(raw) != nil { // its error quotes the text
		return "not sound JSON"
	}
	v, err := j.parser.Parse(raw)
	if err != nil {
		return "not sound JSON"
	}
	if v.Type() != fastjson.TypeObject {
		return "not a JSON object"
	}
	j.text, j.fault = j.text[:0], ""
	clear(j.cells)
	j.path = j.path[:0]
	before := j.repeated
	j.walk(v)
	j.repeated = min(j.repeated, before+1)
	if j.fault != "" {
		j.repeated = before
	}
	return j.fault
}

// TooDeep reports whether brackets outside of strings are nested deeper than depth.
func TooDeep(s string, depth int) bool {
	open, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case '{', '[':
			if !quoted {
				if open++; open > depth {
					return true
				}
			}
		case '}', ']':
			if !quoted {
				open--
			}
		}
	}
	return false
}

// walk adds v, whose path is j.path, to the row.
func (j *JSONLinesReader) walk(v *fastjson.Value) {
	switch v.Type() {
	case fastjson.TypeObject:
		o, _ := v.Object()
		o.Visit(func(key []byte, v *fastjson.Value) { j.step(key, v) })
	case fastjson.TypeArray:
		a, _ := v.Array()
		for i, v := range a {
			j.step(strconv.AppendInt(nil, int64(i), 10), v)
		}
	case fastjson.TypeNull:
	case fastjson.TypeString:
		s, _ := v.StringBytes()
		j.add(s)
	default:
		start := len(j.text)
		j.text = v.MarshalTo(j.text)
		j.set(start)
	}
}

// step walks v under one more element of the path.
func (j *JSONLinesReader) step(key []byte, v *fastjson.Value) {
	n := len(j.path)
	if n > 0 {
		j.path = append(j.path, '.')
	}
	j.path = append(j.path, key...)
	j.walk(v)
	j.path = j.path[:n]
}

// add adds a text as the value of the path.
func (j *JSONLinesReader) add(s []byte) {
	if bytes.IndexByte(s, 0) >= 0 {
		j.fault = "a NUL byte"
		return
	}
	start := len(j.text)
	if utf8.Valid(s) {
		j.text = append(j.text, s...)
	} else { // half a surrogate pair, written as an escape
		j.text = append(j.text, bytes.ToValidUTF8(s, []byte("\uFFFD"))...)
	}
	j.set(start)
}

// set makes text[start:] the value of the path. A key may come twice only with the same value.
func (j *JSONLinesReader) set(start int) {
	i, ok := j.index[string(j.path)]
	if !ok {
		if len(j.columns) == maxColumns {
			j.fault = fmt.Sprintf("more than %d different keys in the file", maxColumns)
			return
		}
		i = len(j.columns)
		name := string(bytes.ToValidUTF8(j.path, []byte("\uFFFD")))
		j.index[string(j.path)], j.columns = i, append(j.columns, name)
	}
	for len(j.cells) <= i {
		j.cells = append(j.cells, cell{})
	}
	if old := j.cells[i]; old.end > 0 {
		j.repeated++
		if string(j.text[old.start:old.end]) != string(j.text[start:]) {
			j.fault = "a key that comes twice with different values"
		}
		return
	}
	j.cells[i] = cell{start, len(j.text)}
}

var _ Reader = (*JSONLinesReader)(nil)
