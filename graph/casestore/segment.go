package casestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	pzstd "github.com/parquet-go/parquet-go/compress/zstd"

	"samehand/graph"
)

// segmentRow is a row of a segment: what other programs see.
type segmentRow struct {
	Platform   string `parquet:"platform,dict"`
	Account    string `parquet:"account,plain"`
	Kind       string `parquet:"kind,dict"` // by name: "email"
	Identifier string `parquet:"identifier,plain"`
	Mark       string `parquet:"mark,dict"`          // "" for an ordinary value
	Raw        string `parquet:"raw,optional,plain"` // NULL when it was written as the identifier
	Relation   string `parquet:"relation,dict"`
	FirstSeen  int64  `parquet:"first_seen,optional,timestamp(microsecond)"` // UTC; NULL when not known
	LastSeen   int64  `parquet:"last_seen,optional,timestamp(microsecond)"`
	Count      int64  `parquet:"count"`
	Source     string `parquet:"source,dict"` // the source's ID, as in case.db
	Line       int64  `parquet:"line"`
}

const groupRows = 128 << 10

// writeSegment sorts the table and writes it to a new file, which is synced.
func writeSegment(ctx context.Context, path, source string, t *graph.Table) (segment, error) {
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

// encodeSegment writes the table's rows, account by account.
func encodeSegment(ctx context.Context, out io.Writer, source string, t *graph.Table) error {
	// The tables of a source may come without Sources; the order needs one.
	t.Sources = []graph.Source{{ID: source}}
	for i := range t.Rows {
		t.Rows[i].Source = 0
	}
	w := parquet.NewGenericWriter[segmentRow](out,
		parquet.Compression(&pzstd.Codec{Level: zstd.SpeedFastest}),
		parquet.MaxRowsPerRowGroup(groupRows),
	)
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
