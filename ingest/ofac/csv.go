package ofac

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
)

// CSV returns the format of the CSV parts of the list.
func CSV() ingest.Format { return csvFormat{} }

type csvFormat struct{}

// Name implements [ingest.Format].
func (csvFormat) Name() string { return "ofac-sdn" }

// About implements [ingest.Format].
func (csvFormat) About() string {
	return "OFAC's list of Specially Designated Nationals as CSV: SDN.CSV, ADD.CSV, ALT.CSV and SDN_COMMENTS.CSV, each a file of its own"
}

// Match implements [ingest.Format]: most of the first rows have the shape of one part.
func (csvFormat) Match(_ string, head []byte) bool { return partOf(head) != nil }

// NewDecoder fails when the first rows have the shape of no part.
func (csvFormat) NewDecoder(r io.Reader, in ingest.Input) (ingest.Decoder, error) {
	l := in.Limits.WithDefaults()
	b := bufio.NewReaderSize(r, ingest.HeadBytes)
	head, err := b.Peek(ingest.HeadBytes)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, fmt.Errorf("read the beginning: %w", err)
	}
	p := partOf(head)
	if p == nil {
		return nil, errors.New("the first rows look like no part of the list: want SDN.CSV, ADD.CSV, ALT.CSV or SDN_COMMENTS.CSV as OFAC publishes them, without a header")
	}
	return &csvDecoder{lines: lineReader{r: b, limit: int(l.RecordBytes)}, part: p}, nil
}

// part is one of the files that make up the list.
type part struct {
	name    string
	columns int
	shape   func(row []field) bool // tells its rows from those of other files
	read    func(d *csvDecoder, row []field)
}

var parts = [...]part{
	{"SDN", 12, isSDN, (*csvDecoder).readSDN},
	{"ADD", 6, isADD, (*csvDecoder).readADD},
	{"ALT", 5, isALT, (*csvDecoder).readALT},
	{"SDN_COMMENTS", 2, isComment, (*csvDecoder).readComment},
}

func isSDN(row []field) bool {
	switch row[2].text {
	case "individual", "entity", "vessel", "aircraft":
		return true
	}
	return row[2].null()
}

func isADD(row []field) bool {
	if !digits(row[1].text) {
		return false
	}
	for _, f := range row[2:] {
		if !f.quoted && !f.null() {
			return false
		}
	}
	return true
}

func isALT(row []field) bool {
	return digits(row[1].text) && (row[2].text == "aka" || row[2].text == "fka" || row[2].text == "nka")
}

func isComment(row []field) bool {
	return row[1].quoted && strings.Contains(row[1].text, "; ") && strings.ContainsFunc(row[1].text, func(r rune) bool { return r == '.' })
}

// sampleRows is how many rows are looked at to tell the part: a few damaged ones must not hide it.
const sampleRows = 20

// partOf returns the part whose shape most of the first rows of head have, or nil.
func partOf(head []byte) *part {
	var votes [len(parts)]int
	rows := 0
	for len(head) > 0 && rows < sampleRows {
		line, rest, _ := bytes.Cut(head, []byte{'\n'})
		head = rest
		if line = bytes.TrimRight(line, "\r\x1a"); len(line) == 0 {
			continue
		}
		rows++
		row, fault := split(nil, string(line))
		if fault != "" || !digits(row[0].text) {
			continue
		}
		for i := range parts {
			if parts[i].columns == len(row) && parts[i].shape(row) {
				votes[i]++
			}
		}
	}
	for i := range parts {
		if votes[i]*2 > rows {
			return &parts[i]
		}
	}
	return nil
}

// csvDecoder reads one part.
type csvDecoder struct {
	lines lineReader
	part  *part
	row   []field
	rec   ingest.Record
	final error

	marked bool  // the last line was the end mark
	cut    int64 // remarks that are cut
}

// Next implements [ingest.Decoder].
func (d *csvDecoder) Next() (*ingest.Record, error) {
	for d.final == nil {
		text, err := d.lines.next()
		if e, ok := err.(*ingest.RecordError); ok {
			d.marked = false
			return nil, e
		}
		if err != nil {
			d.final = err
			break
		}
		if text == "" {
			continue
		}
		if d.marked = text == "\x1a"; d.marked {
			continue
		}
		return d.record(text)
	}
	return nil, d.final
}

// record reads one row.
func (d *csvDecoder) record(text string) (*ingest.Record, error) {
	reject := func(field, reason string) (*ingest.Record, error) {
		return nil, &ingest.RecordError{Line: d.lines.at, Field: field, Reason: reason, Raw: text}
	}
	var fault string
	if d.row, fault = split(d.row[:0], text); fault != "" {
		return reject("", fault)
	}
	if n := len(d.row); n != d.part.columns {
		return reject("", fmt.Sprintf("%d columns, but rows of %s have %d", n, d.part.name, d.part.columns))
	}
	if !digits(d.row[0].text) {
		return reject("ent_num", "not a number of an entry")
	}
	if !d.part.shape(d.row) && d.part.columns != 2 { // a comment may be any text
		return reject("", "not a row of "+d.part.name)
	}
	d.rec = ingest.Record{Line: d.lines.at, Raw: text, Claims: d.rec.Claims[:0]}
	d.part.read(d, d.row)
	return &d.rec, nil
}

// entry returns the collector of claims about the entry of the row.
func (d *csvDecoder) entry(number string) *entry {
	return &entry{account: account(number), claims: &d.rec.Claims}
}

func (d *csvDecoder) readSDN(row []field) {
	e := d.entry(row[0].text)
	e.claim(ident.Name, row[1].value(), graph.Registered, "SDN_Name")
	for p := range strings.SplitSeq(row[3].value(), "] [") {
		e.claim(ident.Tag, strings.Trim(p, "[] "), graph.Registered, "Program")
	}
	if d.remarks(e, row[11].value(), "Remarks") {
		d.cut++
	}
}

// remarks reads the features of a text, without the last one when the text is cut, and reports whether it is.
func (d *csvDecoder) remarks(e *entry, text, field string) bool {
	cut := len(text) > 0 && !strings.HasSuffix(strings.TrimSpace(text), ".") && !strings.HasSuffix(strings.TrimSpace(text), ";")
	if cut {
		text = text[:strings.LastIndexByte(text, ';')+1]
	}
	e.remarks(text, field)
	return cut
}

func (d *csvDecoder) readADD(row []field) {
	d.entry(row[0].text).address("Address", row[2].value(), row[3].value(), row[4].value())
}

func (d *csvDecoder) readALT(row []field) {
	d.entry(row[0].text).claim(ident.Name, row[3].value(), alias, "alt_name")
}

func (d *csvDecoder) readComment(row []field) {
	d.cut++
	d.remarks(d.entry(row[0].text), row[1].value(), "text")
}

// Notes implements [ingest.Noter].
func (d *csvDecoder) Notes() []string {
	var notes []string
	if d.cut > 0 && d.part.columns == 2 {
		notes = append(notes, fmt.Sprintf("rows that continue remarks of SDN.CSV: %d; features that the cut goes through were not read", d.cut))
	} else if d.cut > 0 {
		notes = append(notes, fmt.Sprintf("rows with remarks that are cut: %d; the feature that the cut goes through was not read, the rest is in SDN_COMMENTS.CSV", d.cut))
	}
	if d.lines.latin > 0 {
		notes = append(notes, fmt.Sprintf("rows that are not UTF-8 and were read as Windows-1252: %d", d.lines.latin))
	}
	if !d.marked {
		notes = append(notes, "the end mark (0x1A) is missing: the file may have been cut short")
	}
	return notes
}
