package casestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	pzstd "github.com/parquet-go/parquet-go/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding"

	"samehand/graph"
)

// segmentRow is a row of a segment: what other programs see.
type segmentRow struct {
	Platform   string `parquet:"platform,dict"`
	Account    string `parquet:"account,delta"`
	Kind       string `parquet:"kind,dict"` // by name: "email"
	Identifier string `parquet:"identifier"`
	Mark       string `parquet:"mark,dict"`    // "" for an ordinary value
	Raw        string `parquet:"raw,optional"` // NULL when it was written as the identifier
	Relation   string `parquet:"relation,dict"`
	FirstSeen  int64  `parquet:"first_seen,optional,timestamp(microsecond)"` // UTC; NULL when not known
	LastSeen   int64  `parquet:"last_seen,optional,timestamp(microsecond)"`
	Count      int64  `parquet:"count,delta"`
	Source     string `parquet:"source,dict"`             // the source's ID, as in case.db
	Line       int64  `parquet:"line,delta,uncompressed"` // differences leave nothing to pack
}

const (
	// segmentVersion counts the ways in which segments were laid out. A change of it comes with a migration of case.db.
	segmentVersion = 1
	// groupRows bounds what a reader must hold of each column: some 3 MB of text.
	groupRows = 128 << 10
	// pageBytes is how much of a column is read to get at one account: 32,000 numbers.
	pageBytes = 256 << 10
)

// writeSegment sorts the table and writes it to a new file, which is synced.
func writeSegment(ctx context.Context, path, source string, t *graph.Table) (segment, error) {
	if err := checkTable(t); err != nil {
		return segment{}, fmt.Errorf("case: cannot store a table: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return segment{}, fmt.Errorf("case: cannot make a segment: %w", err)
	}
	h := sha256.New()
	n := &countWriter{w: io.MultiWriter(f, h)}
	err = encodeSegment(ctx, n, source, t)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return segment{}, fmt.Errorf("%s: cannot write: %w", path, err)
	}
	return segment{Source: source, Rows: int64(len(t.Rows)), Bytes: n.n, SHA256: hex.EncodeToString(h.Sum(nil))}, nil
}

type countWriter struct {
	w io.Writer
	n int64
}

func (c *countWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// writerOptions says how a segment is written. The fastest level of zstd is
// within 1 % of the default level here, for a third of the time. Text goes without a dictionary: to look up a million
// distinct values costs more than it saves, and lengths apart from the text pack better.
// Times that hardly repeat are beyond zstd, and take a third less as differences.
func writerOptions(source string, t *graph.Table) []parquet.WriterOption {
	var times encoding.Encoding = &parquet.Plain
	if scattered(t) {
		times = &parquet.DeltaBinaryPacked
	}
	return []parquet.WriterOption{
		parquet.DefaultEncodingFor(parquet.Int64, times),
		parquet.Compression(&pzstd.Codec{Level: zstd.SpeedFastest}),
		parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.DeltaLengthByteArray),
		parquet.PageBufferSize(pageBytes),
		parquet.MaxRowsPerRowGroup(groupRows),
		// Pages are looked for by the bounds of their accounts, which the index of the file has; nobody looks at the bounds in
		// the pages themselves, nor at those of other text, and to find them looks at each value once more.
		parquet.DataPageStatistics(false),
		parquet.SkipPageBounds("platform"), parquet.SkipPageBounds("kind"), parquet.SkipPageBounds("identifier"), parquet.SkipPageBounds("mark"),
		parquet.SkipPageBounds("raw"), parquet.SkipPageBounds("relation"), parquet.SkipPageBounds("source"),
		parquet.SortingWriterConfig(parquet.SortingColumns(parquet.Ascending("platform"), parquet.Ascending("account"))),
		parquet.KeyValueMetadata("samehand.schema", strconv.Itoa(segmentVersion)),
		parquet.KeyValueMetadata("samehand.source", source),
	}
}

// scattered reports whether the rows have more than some 19,000 different times, more than the days of many years: it
// counts the places they hash to, so that the order of the rows does not matter.
func scattered(t *graph.Table) bool {
	var seen [1 << 16]bool
	n := 0
	for _, r := range t.Rows {
		if p := &seen[uint64(r.First)*0x9E3779B97F4A7C15>>48]; !*p {
			*p = true
			n++
		}
	}
	return n > len(seen)/4
}

// allText reports whether everything in the table's dictionaries is UTF-8. They are gone through in the order they lie in
// memory: to look at the texts of each row takes three times as long.
func allText(t *graph.Table) bool {
	for _, a := range t.Accounts {
		if !utf8.ValidString(a.Platform) || !utf8.ValidString(a.Native) {
			return false
		}
	}
	for _, id := range t.Identifiers {
		if !utf8.ValidString(id.Key()) {
			return false
		}
	}
	for _, raw := range t.Raws {
		if !utf8.ValidString(raw) {
			return false
		}
	}
	return true
}

// encodeSegment writes the table's rows, account by account.
func encodeSegment(ctx context.Context, out io.Writer, source string, t *graph.Table) error {
	// The tables of a source may come without Sources; the order needs one.
	t.Sources = []graph.Source{{ID: source}}
	for i := range t.Rows {
		t.Rows[i].Source = 0
	}
	if !allText(t) {
		return errUTF8
	}
	w := parquet.NewGenericWriter[segmentRow](out, writerOptions(source, t)...)
	accounts := sortedAccounts(t)
	order, ends := rowsByAccount(t, accounts)
	g := groupSorter{t: t}
	buf := make([]segmentRow, 0, 1024)
	lo := uint32(0)
	for i, hi := range ends {
		a := t.Accounts[accounts[i]]
		for _, r := range g.sort(order[lo:hi]) {
			id := t.Identifiers[r.Identifier]
			buf = append(buf, segmentRow{
				Platform: a.Platform, Account: a.Native, Kind: id.Kind().String(), Identifier: id.Key(), Mark: id.Mark().String(),
				Raw: t.Raws[r.Raw], Relation: string(t.Relations[r.Relation]), FirstSeen: int64(r.First), LastSeen: int64(r.Last),
				Count: int64(r.Count), Source: source, Line: r.Line,
			})
			if len(buf) == cap(buf) {
				if _, err := w.Write(buf); err != nil {
					return err
				}
				buf = buf[:0]
				if err := context.Cause(ctx); err != nil {
					return err
				}
			}
		}
		lo = hi
	}
	if _, err := w.Write(buf); err != nil {
		return err
	}
	return w.Close()
}
