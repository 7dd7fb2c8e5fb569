// Package table reads any table by a mapping: a short YAML file that a person writes, or corrects after [Guess] wrote it.
//
// The table may be CSV, JSON lines, XLSX or Parquet (see package tabular). A mapping looks like this:
//
//	version: 1
//	platform: payroll:acme           # where the accounts live: a system, or system:tenant
//	platform_column: company         # a column that holds it; with platform too, "platform:cell"
//	account: employee_id             # the column, or [several, columns], that name the account; joined by "/"
//	first_seen: {column: start_date, layout: us-date}
//	last_seen: {column: end_date, layout: us-date}
//	skip:                            # rows that say nothing, by what a column holds (case does not matter)
//	  - {column: voided, values: ["true", "1"]}
//	values:                          # what each row says of its account
//	  - columns: [routing_number, account_number]
//	    join: ":"                    # between the columns' cells; a blank if not given. Empty cells are left out
//	    zeros: 9                     # width to which the first cell is filled with zeros at its left: spreadsheets eat them
//	    kind: payment                # as in observations
//	    relation: payout             # as in observations; uses if not given
//	    prefix: "paypal:"            # put before the value
//	    split: ";"                   # a cell holds several values, with this between them
//	    first_seen: {column: paid_at, layout: rfc3339}
//	    last_seen: {column: paid_at, layout: rfc3339}
//	ignore: [gender]                 # columns that are known and not read; others are noted
//	sheet: Employees                 # of XLSX; the first if not given
//	header: 3                        # the line of the column names; the first that is not empty if not given
//	separator: ";"                   # of CSV; found out if not given
//
// Only version, account, values and one of platform and platform_column must be there. Keys that are not known are
// errors, so that a slip of the pen is not taken for silence. Column names may be written in any case. In JSON lines, nested values are named by their path (shipTo.name).
//
// A layout is rfc3339, date (2006-01-02), us-date (1/2/2006), eu-date (2/1/2006 or 2.1.2006), unix, unix-ms (seconds
// and milliseconds since 1970), excel (days since 1900), or a layout of Go's package time. Dates may be followed by a
// time of day. Times without a zone are taken as UTC, which is noted. A time is between 1971 and 2200.
//
// A row without an account is rejected, and so is a CSV row with a line break in a value that is neither an address nor a name and is not split
// there: a stray quote may have joined rows. A time that cannot be read is a fault, and the row's values are kept without it.
package table

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"samehand/ingest"
	"samehand/ingest/tabular"
)

// Name is the name of the format.
const Name = "table"

// Version is the version of mappings that is read and written.
const Version = 1

// Mapping says what the columns of a table mean. The zero Mapping is not valid; [ParseMapping] makes valid ones.
type Mapping struct {
	Version        int      `yaml:"version" json:"version"`
	Sheet          string   `yaml:"sheet" json:"sheet,omitempty"`
	Header         int64    `yaml:"header" json:"header,omitempty"`
	Separator      string   `yaml:"separator" json:"separator,omitempty"`
	Platform       string   `yaml:"platform" json:"platform,omitempty"`
	PlatformColumn string   `yaml:"platform_column" json:"platform_column,omitempty"`
	Account        List     `yaml:"account" json:"account"`
	First          *Moment  `yaml:"first_seen" json:"first_seen,omitempty"`
	Last           *Moment  `yaml:"last_seen" json:"last_seen,omitempty"`
	Skip           []Skip   `yaml:"skip" json:"skip,omitempty"`
	Values         []Value  `yaml:"values" json:"values"`
	Ignore         []string `yaml:"ignore" json:"ignore,omitempty"`

	lines map[string]int // of the mapping's file, by path as in "values[2].kind"; nil when it came from no file
}

// Moment is a column of times.
type Moment struct {
	Column string `yaml:"column" json:"column"`
	Layout string `yaml:"layout" json:"layout,omitempty"` // "" means rfc3339
}

// Skip passes over the rows in which a column holds one of the values.
type Skip struct {
	Column string   `yaml:"column" json:"column"`
	Values []string `yaml:"values" json:"values"`
}

// Value is one thing that each row says of its account.
type Value struct {
	Columns  List    `yaml:"columns" json:"columns"`
	Join     *string `yaml:"join" json:"join,omitempty"` // nil means a blank
	Zeros    int     `yaml:"zeros" json:"zeros,omitempty"`
	Kind     string  `yaml:"kind" json:"kind"`
	Relation string  `yaml:"relation" json:"relation,omitempty"` // "" means uses
	Prefix   string  `yaml:"prefix" json:"prefix,omitempty"`
	Split    string  `yaml:"split" json:"split,omitempty"`
	First    *Moment `yaml:"first_seen" json:"first_seen,omitempty"` // nil means that of the mapping
	Last     *Moment `yaml:"last_seen" json:"last_seen,omitempty"`
}

// List is a list of column names; in YAML, one name may stand without brackets.
type List []string

// Error is a fault of a mapping.
type Error struct {
	Line   int    // of the mapping's file; 0 when not known
	Path   string // as in values[2].kind
	Reason string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("mapping, %s: %s", e.Path, e.Reason)
	}
	return fmt.Sprintf("line %d of the mapping, %s: %s", e.Line, e.Path, e.Reason)
}

// fault makes an Error about the part of the mapping at path, or the nearest part around it that has a line.
func (m *Mapping) fault(path, reason string) *Error {
	for p := path; ; {
		if n := m.lines[p]; n > 0 {
			return &Error{n, path, reason}
		}
		cut := strings.LastIndexAny(p, ".[")
		if cut < 0 {
			return &Error{m.lines[""], path, reason}
		}
		p = p[:cut]
	}
}

// Format returns the format that reads tables by this mapping.
func (m Mapping) Format() ingest.Format { return &format{m} }

// format implements [ingest.Format] and [ingest.Fingerprinter].
type format struct{ m Mapping }

// Name implements [ingest.Format].
func (*format) Name() string { return Name }

// About implements [ingest.Format].
func (*format) About() string {
	return "any table (CSV, JSON lines, XLSX, Parquet) by a mapping of its columns; samehand map FILE proposes one"
}

// Fingerprint implements [ingest.Fingerprinter]: the same mapping, whatever its layout and comments, reads the same.
func (f *format) Fingerprint() string {
	b, _ := json.Marshal(f.m) // strings and numbers only: it cannot fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Match implements [ingest.Format]: it reports whether the columns of the account are there. XLSX and Parquet
// files do not show theirs in the head; only --as can tell them.
func (f *format) Match(_ string, head []byte) bool {
	var r tabular.Reader
	var err error
	switch tabular.Sniff(head) {
	case tabular.CSV:
		r, err = tabular.NewCSV(bytes.NewReader(head), ingest.Limits{}, f.m.options())
	case tabular.JSONLines:
		r = tabular.NewJSONLines(bytes.NewReader(head), ingest.Limits{})
		_, err = r.Next()
	default:
		return false
	}
	if err != nil {
		return false
	}
	for _, name := range f.m.Account {
		if at, err := tabular.Find(r.Columns(), name); err != nil || at < 0 {
			return false
		}
	}
	return true
}

// options returns how the table is opened.
func (m *Mapping) options() tabular.Options {
	o := tabular.Options{Sheet: m.Sheet, Header: m.Header}
	if m.Separator != "" {
		o.Separator = m.Separator[0]
	}
	return o
}

// NewDecoder implements [ingest.Format].
func (f *format) NewDecoder(r io.Reader, in ingest.Input) (ingest.Decoder, error) {
	m := f.m
	if err := m.Validate(); err != nil {
		return nil, err
	}
	rows, err := tabular.Open(r, in, m.options())
	if err != nil {
		return nil, err
	}
	d, err := newDecoder(&m, rows)
	if err != nil {
		rows.Close()
		return nil, err
	}
	return d, nil
}

// columnUse is a column that the mapping names, and where it does.
type columnUse struct{ path, name string }

// uses lists the columns that the mapping names, in its order; those of ignore are not among them.
func (m *Mapping) uses() []columnUse {
	var out []columnUse
	add := func(path string, names ...string) {
		for i, n := range names {
			p := path
			if len(names) > 1 {
				p = fmt.Sprintf("%s[%d]", path, i)
			}
			out = append(out, columnUse{p, n})
		}
	}
	moments := func(path string, first, last *Moment) {
		if first != nil {
			add(path+"first_seen.column", first.Column)
		}
		if last != nil {
			add(path+"last_seen.column", last.Column)
		}
	}
	if m.PlatformColumn != "" {
		add("platform_column", m.PlatformColumn)
	}
	add("account", m.Account...)
	moments("", m.First, m.Last)
	for i, s := range m.Skip {
		add(fmt.Sprintf("skip[%d].column", i), s.Column)
	}
	for i, v := range m.Values {
		path := fmt.Sprintf("values[%d].", i)
		add(path+"columns", v.Columns...)
		moments(path, v.First, v.Last)
	}
	return out
}

// unread lists the columns of a table that the mapping does not name.
func (m *Mapping) unread(columns []string) []string {
	named := slices.Clone(m.Ignore)
	for _, u := range m.uses() {
		named = append(named, u.name)
	}
	var out []string
	for _, c := range columns {
		if !slices.ContainsFunc(named, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), c) }) {
			out = append(out, c)
		}
	}
	return out
}
