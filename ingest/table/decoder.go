package table

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// decoder implements [ingest.Decoder].
type decoder struct {
	m       *Mapping
	rows    tabular.Reader
	row     *tabular.Row
	grows   bool           // JSON lines: columns appear as rows are read
	seen    int            // columns that were looked at so far
	index   map[string]int // of the columns that the mapping names, by the name it gives; -1 when not there
	layouts map[string]layout
	values  []value
	rec     ingest.Record

	noZone, skipped int64
}

// value is a [Value] made ready.
type value struct {
	Value
	kind        ident.Kind
	relation    graph.Relation
	join        string
	field       string // for the rejects file
	first, last *Moment
	own         bool // it has times of its own
}

// newDecoder makes a valid mapping ready for the rows. It fails when columns that it names are not there.
func newDecoder(m *Mapping, rows tabular.Reader) (*decoder, error) {
	d := &decoder{m: m, rows: rows, index: map[string]int{}, layouts: map[string]layout{}}
	_, d.grows = rows.(*tabular.JSONLinesReader)
	for _, v := range m.Values {
		k, _ := ident.ParseKind(v.Kind) // valid, as Validate found
		r, _ := tabular.ParseRelation(v.Relation)
		p := value{Value: v, kind: k, relation: r, join: " ", field: strings.Join(v.Columns, "+"), first: m.First, last: m.Last}
		if v.Join != nil {
			p.join = *v.Join
		}
		if v.First != nil || v.Last != nil {
			p.first, p.last, p.own = v.First, v.Last, true
		}
		d.values = append(d.values, p)
		d.addLayouts(v.First, v.Last)
	}
	d.addLayouts(m.First, m.Last)
	return d, d.resolve()
}

func (d *decoder) addLayouts(ms ...*Moment) {
	for _, m := range ms {
		if m != nil {
			d.layouts[m.Layout], _ = layoutOf(cmp.Or(m.Layout, "rfc3339"))
		}
	}
}

// resolve looks for the columns that the mapping names.
func (d *decoder) resolve() error {
	columns := d.rows.Columns()
	var errs []error
	for _, u := range d.m.uses() {
		if at, ok := d.index[u.name]; d.grows && ok && at >= 0 {
			continue // the first spelling of a key counts
		}
		at, err := tabular.Find(columns, u.name)
		switch {
		case d.grows:
		case err != nil:
			errs = append(errs, d.m.fault(u.path, err.Error()))
		case at < 0: // what is there is not shown: in a table without a header it would be values
			reason := fmt.Sprintf("the table has no column %q; samehand map shows those it has", u.name)
			if err := tabular.NoHeader(columns); err != nil {
				reason = fmt.Sprintf("the table has no column %q: %v", u.name, err)
			}
			errs = append(errs, d.m.fault(u.path, reason))
		}
		d.index[u.name] = at
	}
	d.seen = len(columns)
	return errors.Join(errs...)
}

// Close closes what the table holds open; a decoder that was read to its end is closed already.
func (d *decoder) Close() error { return d.rows.Close() }

// Notes implements [ingest.Noter].
func (d *decoder) Notes() []string {
	notes := d.rows.Notes()
	if d.skipped > 0 {
		notes = append(notes, fmt.Sprintf("rows skipped as the mapping says: %d", d.skipped))
	}
	if un := d.m.unread(d.rows.Columns()); len(un) > 0 {
		notes = append(notes, "columns that were not read: "+tabular.Names(un))
	}
	var never []string
	for _, u := range d.m.uses() {
		if d.index[u.name] < 0 {
			never = append(never, u.name)
		}
	}
	if len(never) > 0 {
		notes = append(notes, "columns of the mapping that no record had: "+tabular.Names(never))
	}
	if d.noZone > 0 {
		notes = append(notes, fmt.Sprintf("times without a zone were taken as UTC: %d", d.noZone))
	}
	return notes
}

// Next implements [ingest.Decoder].
func (d *decoder) Next() (*ingest.Record, error) {
	row, err := d.rows.Next()
	if err != nil {
		return nil, err
	}
	if d.grows && len(d.rows.Columns()) != d.seen {
		if err := d.resolve(); err != nil {
			return nil, err
		}
	}
	d.row = row
	d.rec = ingest.Record{Line: row.Line, Raw: row.Raw, Claims: d.rec.Claims[:0], Faults: d.rec.Faults[:0]}
	if d.skip() {
		d.skipped++
		return &d.rec, nil
	}
	account, field, reason := d.account()
	if reason != "" {
		return nil, d.reject(field, reason)
	}
	if field := d.broken(); field != "" {
		return nil, d.reject(field, "a line break")
	}
	first, last := d.times(d.m.First, d.m.Last)
	for i := range d.values {
		d.claim(&d.values[i], account, first, last)
	}
	return &d.rec, nil
}

// reject rejects the row; of one that spans lines only the first, since its quote may be a stray one.
func (d *decoder) reject(field, reason string) error {
	e := &ingest.RecordError{Line: d.row.Line, Field: field, Reason: reason, Raw: d.row.Raw}
	if c, ok := d.rows.(*tabular.CSVReader); ok && d.row.Lines > 1 {
		e.Raw = c.Resync()
		e.Reason += " (in a record that a quote joins over several lines)"
	}
	return e
}

// broken returns the field of a value with a line break that has none by nature, "" when there is none. In CSV, a stray quote
// may have made it of several rows; in other tables a cell is what it is.
func (d *decoder) broken() (field string) {
	if _, ok := d.rows.(*tabular.CSVReader); !ok || d.row.Lines < 2 {
		return ""
	}
	for _, v := range d.values {
		if v.kind == ident.Address || v.kind == ident.Name || strings.ContainsAny(v.Split, "\r\n") {
			continue
		}
		for _, name := range v.Columns {
			if strings.ContainsAny(d.cell(name), "\r\n") {
				return v.field
			}
		}
	}
	return ""
}

// cell returns the row's text in a column, without blanks around it.
func (d *decoder) cell(name string) string {
	if at := d.index[name]; uint(at) < uint(len(d.row.Cells)) {
		return strings.TrimSpace(d.row.Cells[at])
	}
	return ""
}

// skip reports whether the mapping passes over the row.
func (d *decoder) skip() bool {
	for _, s := range d.m.Skip {
		c := d.cell(s.Column)
		for _, v := range s.Values {
			if strings.EqualFold(c, strings.TrimSpace(v)) {
				return true
			}
		}
	}
	return false
}

// account returns the row's account.
func (d *decoder) account() (a graph.AccountID, field, reason string) {
	platform := d.m.Platform
	if d.m.PlatformColumn != "" {
		c := d.cell(d.m.PlatformColumn)
		if c == "" {
			return a, d.m.PlatformColumn, "empty"
		}
		if platform != "" {
			platform += ":"
		}
		platform += c
	}
	if a.Platform, reason = tabular.ParsePlatform(platform); reason != "" {
		return a, d.m.PlatformColumn, reason
	}
	parts := make([]string, 0, 4)
	for _, name := range d.m.Account {
		c := d.cell(name)
		if c == "" {
			return a, name, "empty"
		}
		parts = append(parts, c)
	}
	a.Native, reason = tabular.ParseAccount(strings.Join(parts, "/"))
	return a, strings.Join(d.m.Account, "+"), reason
}

// times reads the times of two columns. What cannot be read is a fault, and not known.
func (d *decoder) times(first, last *Moment) (f, l graph.Time) {
	if first != nil {
		f = d.time(first)
	}
	if l = f; last != nil {
		if t := d.time(last); t != 0 {
			l = t
		}
	}
	if l < f {
		d.fault(last.Column, "before the time in "+first.Column)
		l = f
	}
	return f, l
}

// fault adds a fault of the row, once, however many values take their time from the column.
func (d *decoder) fault(field, reason string) {
	f := ingest.Fault{Field: field, Reason: reason}
	if !slices.Contains(d.rec.Faults, f) {
		d.rec.Faults = append(d.rec.Faults, f)
	}
}

func (d *decoder) time(m *Moment) graph.Time {
	c := d.cell(m.Column)
	if c == "" {
		return 0
	}
	t, local, reason := d.layouts[m.Layout](c)
	if reason != "" {
		d.fault(m.Column, reason)
	}
	if local {
		d.noZone++
	}
	return t
}

// claim adds what one value of the mapping says about the account.
func (d *decoder) claim(v *value, account graph.AccountID, first, last graph.Time) {
	text := d.text(v)
	if text == "" {
		return
	}
	if v.own {
		first, last = d.times(v.first, v.last)
	}
	c := ingest.Claim{Account: account, Kind: v.kind, Relation: v.relation, First: first, Last: last, Count: 1, Field: v.field}
	if v.Split == "" {
		c.Value = v.Prefix + text
		d.rec.Claims = append(d.rec.Claims, c)
		return
	}
	for part := range strings.SplitSeq(text, v.Split) {
		if part = strings.TrimSpace(part); part != "" {
			c.Value = v.Prefix + part
			d.rec.Claims = append(d.rec.Claims, c)
		}
	}
}

// text joins the cells of a value.
func (d *decoder) text(v *value) string {
	if len(v.Columns) == 1 && v.Zeros == 0 {
		return d.cell(v.Columns[0])
	}
	parts := make([]string, 0, 8)
	for i, name := range v.Columns {
		c := d.cell(name)
		if c == "" {
			continue
		}
		if pad := v.Zeros - len(c); i == 0 && pad > 0 {
			c = strings.Repeat("0", pad) + c
		}
		parts = append(parts, c)
	}
	return strings.Join(parts, v.join)
}

var (
	_ ingest.Decoder       = (*decoder)(nil)
	_ ingest.Noter         = (*decoder)(nil)
	_ ingest.Fingerprinter = (*format)(nil)
	_ io.Closer            = (*decoder)(nil)
)
