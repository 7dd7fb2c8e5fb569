package observations

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// decoder implements [ingest.Decoder]. It allocates one string a CSV row: the row's text, which the claim is cut out of.
type decoder struct {
	rows  tabular.Reader
	csv   *tabular.CSVReader // rows, when they are CSV: saves a call through the interface
	grows bool               // JSON lines: columns appear as rows are read
	seen  int                // columns resolved so far
	cols  [len(columns)]int  // where each column is; -1 when it is not there
	row   *tabular.Row
	rec   ingest.Record
	claim [1]ingest.Claim

	platforms map[string]string // as written -> as read
	relations map[string]relation
	platform  [2]string // the last one, as written and as read
	relation  relation  // the last one

	noZone, noRelation int64
}

// relation is a relation as it was written and as it is read.
type relation struct {
	raw  string
	read graph.Relation
}

// resolve finds the columns by their names. A name that comes twice is an error.
func (d *decoder) resolve() error {
	names := d.rows.Columns()
	for i, want := range columns {
		if d.grows && d.seen > 0 && d.cols[i] >= 0 {
			continue // the first spelling of a key counts
		}
		at, err := tabular.Find(names, want)
		if err != nil && !d.grows {
			return err
		}
		d.cols[i] = at
	}
	d.seen = len(names)
	return nil
}

// Close closes what the table holds open; a decoder that was read to its end is closed already.
func (d *decoder) Close() error { return d.rows.Close() }

// Notes implements [ingest.Noter].
func (d *decoder) Notes() []string {
	notes := d.rows.Notes()
	var unknown []string
	for i, name := range d.rows.Columns() {
		known := false
		for _, at := range d.cols {
			known = known || at == i
		}
		if !known {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		notes = append(notes, "columns that were not read: "+tabular.Names(unknown))
	}
	if d.noZone > 0 {
		notes = append(notes, fmt.Sprintf("times without a zone were taken as UTC: %d", d.noZone))
	}
	if d.noRelation > 0 {
		notes = append(notes, fmt.Sprintf("records without a relation were read as uses: %d", d.noRelation))
	}
	return notes
}

// Next implements [ingest.Decoder].
func (d *decoder) Next() (*ingest.Record, error) {
	var row *tabular.Row
	var err error
	if d.csv != nil {
		row, err = d.csv.Next()
	} else {
		row, err = d.rows.Next()
	}
	if err != nil {
		return nil, err
	}
	if d.grows && len(d.rows.Columns()) != d.seen {
		if err := d.resolve(); err != nil {
			return nil, err
		}
	}
	if field, reason := d.read(row); reason != "" {
		return nil, d.reject(row, field, reason)
	}
	d.rec.Line, d.rec.Raw = row.Line, row.Raw
	return &d.rec, nil
}

// reject rejects the row; of one that spans lines only the first, since its quote may be a stray one.
func (d *decoder) reject(row *tabular.Row, field, reason string) error {
	e := &ingest.RecordError{Line: row.Line, Field: field, Reason: reason, Raw: row.Raw}
	if d.csv != nil && row.Lines > 1 {
		e.Raw = d.csv.Resync()
		e.Reason += " (in a record that a quote joins over several lines)"
	}
	return e
}

// read fills the claim from the row. It returns the column and what is wrong with it.
func (d *decoder) read(row *tabular.Row) (field, reason string) {
	d.row = row
	c := &d.claim[0]
	c.Field = columns[colValue]
	if c.Account.Platform, reason = d.readPlatform(d.cell(colPlatform)); reason != "" {
		return columns[colPlatform], reason
	}
	if c.Account.Native, reason = tabular.ParseAccount(d.cell(colAccount)); reason != "" {
		return columns[colAccount], reason
	}
	if c.Kind = readKind(d.cell(colKind)); c.Kind == 0 {
		return columns[colKind], "not a kind; the kinds are " + kindList
	}
	if c.Value = d.cell(colValue); blank(c.Value) {
		return columns[colValue], "empty"
	}
	if d.csv == nil || row.Lines > 1 {
		if reason = d.broken(c); reason != "" {
			return columns[colValue], reason
		}
	}
	if c.Relation, reason = d.readRelation(d.cell(colRelation)); reason != "" {
		return columns[colRelation], reason
	}
	if field, reason = d.readTimes(c); reason != "" {
		return field, reason
	}
	if c.Count, reason = readCount(d.cell(colCount)); reason != "" {
		return columns[colCount], reason
	}
	return "", ""
}

// broken says what is wrong with a value that may have line breaks in it: only an address or a name is written over
// lines, and not over lines that are observations themselves.
func (d *decoder) broken(c *ingest.Claim) (reason string) {
	if c.Kind != ident.Address && c.Kind != ident.Name && strings.ContainsAny(c.Value, "\r\n") {
		return "a line break"
	}
	if d.csv == nil {
		return ""
	}
	for i, line := range strings.FieldsFunc(d.row.Raw, func(r rune) bool { return r == '\r' || r == '\n' }) {
		cells := strings.Split(line, string(rune(d.csv.Separator())))
		if i == 0 || d.cols[colKind] >= len(cells) || d.cols[colPlatform] >= len(cells) {
			continue
		}
		_, noPlatform := tabular.ParsePlatform(cells[d.cols[colPlatform]])
		if noPlatform == "" && readKind(cells[d.cols[colKind]]) != 0 {
			return "a line in it that is an observation by itself"
		}
	}
	return ""
}

// cell returns the row's text in one of our columns, "" when it has none.
func (d *decoder) cell(col int) string {
	if at := d.cols[col]; uint(at) < uint(len(d.row.Cells)) {
		return d.row.Cells[at]
	}
	return ""
}

// readTimes reads both times.
func (d *decoder) readTimes(c *ingest.Claim) (field, reason string) {
	var local bool
	first, last := d.cell(colFirst), d.cell(colLast)
	if c.First, local, reason = tabular.ParseTime(first); reason != "" {
		return columns[colFirst], reason
	}
	if local {
		d.noZone++
	}
	if last == "" || last == first {
		c.Last = c.First
		return "", ""
	}
	if c.Last, local, reason = tabular.ParseTime(last); reason != "" {
		return columns[colLast], reason
	}
	if local {
		d.noZone++
	}
	if c.Last == 0 {
		c.Last = c.First
	}
	if c.Last < c.First {
		return columns[colLast], "before first_seen"
	}
	return "", ""
}

// cached bounds the caches of platforms, which are few in any honest file.
const cached = 4096

// readPlatform returns the platform in lower case.
func (d *decoder) readPlatform(s string) (string, string) {
	if s == d.platform[0] && s != "" {
		return d.platform[1], ""
	}
	p, ok := d.platforms[s]
	if !ok {
		var reason string
		if p, reason = tabular.ParsePlatform(s); reason != "" {
			return "", reason
		}
		if len(d.platforms) >= cached {
			return strings.Clone(p), ""
		}
		s, p = strings.Clone(s), strings.Clone(p)
		d.platforms[s] = p
	}
	d.platform = [2]string{s, p}
	return p, ""
}

// blank reports whether s holds nothing but white space.
func blank(s string) bool {
	return s == "" || ((s[0] <= ' ' || s[0] >= 0x80) && strings.TrimSpace(s) == "")
}

// maxRelations bounds how many different relations a file may have: a table of observations holds 65,536.
const maxRelations = 256

// readRelation returns the relation in lower case.
func (d *decoder) readRelation(s string) (graph.Relation, string) {
	if s == d.relation.raw && s != "" {
		return d.relation.read, ""
	}
	r, ok := d.relations[s]
	if !ok {
		word, reason := tabular.ParseRelation(s)
		if reason != "" {
			return "", reason
		}
		if blank(s) {
			d.noRelation++
			return word, ""
		}
		if len(d.relations) >= maxRelations {
			return "", fmt.Sprintf("more than %d different relations in the file", maxRelations)
		}
		r = relation{strings.Clone(s), graph.Relation(strings.Clone(string(word)))}
		d.relations[r.raw] = r
	}
	d.relation = r
	return r.read, ""
}

func readCount(s string) (uint32, string) {
	if s == "" || s == "1" {
		return 1, ""
	}
	s = strings.TrimSpace(s)
	if s == "" {
		return 1, ""
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n == 0 {
		return 0, "not a whole number from 1 to 4294967295"
	}
	return uint32(n), ""
}

// kindList names the kinds for errors.
var kindList = func() string {
	var names []string
	for _, k := range ident.Kinds() {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}()

// readKind returns the kind of that name, 0 when there is none. The switch is
// the list in package ident, for speed; what it does not know is looked up there.
func readKind(s string) ident.Kind {
	switch s {
	case "email":
		return ident.Email
	case "phone":
		return ident.Phone
	case "ip":
		return ident.IP
	case "payment":
		return ident.Payment
	case "employer":
		return ident.Employer
	case "device":
		return ident.Device
	case "address":
		return ident.Address
	case "name":
		return ident.Name
	case "document":
		return ident.Document
	case "website":
		return ident.Website
	case "handle":
		return ident.Handle
	case "tag":
		return ident.Tag
	}
	k, err := ident.ParseKind(strings.TrimSpace(s))
	if err != nil {
		return 0
	}
	return k
}

var (
	_ ingest.Decoder = (*decoder)(nil)
	_ ingest.Noter   = (*decoder)(nil)
	_ io.Closer      = (*decoder)(nil)
)
