// Package observations reads samehand's own input: one observation a row, as CSV, JSON lines or Parquet.
//
// The columns, in any order, names in any case:
//
//	platform    required  where the account lives: a system ("github") or system:tenant ("okta:acme"); read in lower case
//	account     required  the account's name or number there
//	kind        required  what sort of value it is: email, phone, ip, payment, employer, device, address, name, document, website, handle, tag
//	value       required  the value as it was found
//	relation              what the account has to do with it: registered, recovery, login, mfa, uses, payout, transfer,
//	                      employed_by, ship_to, referee, recruiter, or another word of a-z, 0-9, _ and - (at most
//	                      64 bytes; such a word weighs little). Empty means uses, which is noted
//	first_seen            when it was first and last seen: RFC 3339, with a T or a blank between date and time.
//	last_seen             A time without a zone is taken as UTC, which is noted. Empty means not known; an empty last_seen
//	                      means the same as first_seen. From 1971 to 2200
//	count                 how often it was seen, from 1 to 4294967295; empty means 1
//
// Unknown columns are not read and are noted. A row with a fault is rejected with
// the column and the reason; the rows around it are kept.
//
// A value may have line breaks in it when it is an address or a name; a CSV row over several lines of which one is an observation by itself is
// rejected, and read line by line.
//
// CSV has a header line. The separator is a comma, a semicolon or a tab (or a bar), whichever the
// header has most of. What package tabular says of quotes, encodings and limits holds here.
//
// A JSON line is an object with the columns as keys. Parquet columns may be text, numbers, or timestamps. Every Parquet
// file matches, since its schema stands at its end; one without the columns is refused when it is opened. Parquet in a
// further compression is not read.
package observations

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/valyala/fastjson"

	"samehand/ingest"
	"samehand/ingest/tabular"
)

// Name is the name of the format.
const Name = "observations"

// format implements [ingest.Format].
type format struct{}

// Format returns the format.
func Format() ingest.Format { return format{} }

// Name implements [ingest.Format].
func (format) Name() string { return Name }

// About implements [ingest.Format].
func (format) About() string {
	return "samehand's own rows: platform,account,kind,value,relation,first_seen,last_seen,count as CSV, JSON lines or Parquet"
}

// columns are the columns in the order of the constants below; the first four are required.
var columns = [...]string{"platform", "account", "kind", "value", "relation", "first_seen", "last_seen", "count"}

const (
	colPlatform = iota
	colAccount
	colKind
	colValue
	colRelation
	colFirst
	colLast
	colCount
	required = colRelation
)

// Match implements [ingest.Format].
func (format) Match(_ string, head []byte) bool {
	switch tabular.Sniff(head) {
	case tabular.Parquet:
		return true
	case tabular.JSONLines:
		return matchJSON(head)
	case tabular.CSV:
		c, err := tabular.NewCSV(bytes.NewReader(head), ingest.Limits{}, tabular.Options{})
		return err == nil && len(missing(c.Columns())) == 0
	}
	return false
}

// matchLines is how many lines are looked at to tell JSON lines; the first may be damaged.
const matchLines = 8

// matchJSON reports whether one of the first lines is an object with the required keys.
func matchJSON(head []byte) bool {
	var p fastjson.Parser
	for range matchLines {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		// of a line that is not JSON, the value is nil
		if v, err := p.ParseBytes(line); err == nil && v.Type() == fastjson.TypeObject {
			o := v.GetObject()
			var keys []string
			o.Visit(func(k []byte, _ *fastjson.Value) { keys = append(keys, string(k)) })
			return len(missing(keys)) == 0
		}
		head = rest
	}
	return false
}

// missing lists the required columns that are not among the names.
func missing(names []string) []string {
	var out []string
	for _, want := range columns[:required] {
		found := false
		for _, n := range names {
			found = found || strings.EqualFold(strings.TrimSpace(n), want)
		}
		if !found {
			out = append(out, want)
		}
	}
	return out
}

// NewDecoder implements [ingest.Format].
func (format) NewDecoder(r io.Reader, in ingest.Input) (ingest.Decoder, error) {
	rows, err := tabular.Open(r, in, tabular.Options{})
	if err != nil {
		return nil, err
	}
	d := &decoder{rows: rows, platforms: map[string]string{}, relations: map[string]relation{}}
	d.csv, _ = rows.(*tabular.CSVReader)
	d.rec.Claims = d.claim[:]
	if _, grows := rows.(*tabular.JSONLinesReader); grows {
		d.grows = true
	} else if m := missing(rows.Columns()); len(m) > 0 {
		rows.Close()
		return nil, fmt.Errorf("no column %s; the columns are %s", strings.Join(m, ", "), strings.Join(columns[:], ", "))
	}
	if err := d.resolve(); err != nil {
		rows.Close()
		return nil, err
	}
	return d, nil
}
