package casestore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/parquet-go/parquet-go"

	"samehand/graph"
	"samehand/graph/ident"
)

// Load returns the observations of all committed sources; see [graph.Reader].
func (s *Store) Load(ctx context.Context, f graph.Filter) (*graph.Table, error) {
	// A source may be withdrawn between the list and the reading of its files: then the list has changed, and is read again.
	var before []segment
	for {
		sources, segs, err := s.snapshot(ctx)
		if err != nil {
			return nil, err
		}
		t, err := s.load(ctx, sources, segs, f)
		if err == nil || !errors.Is(err, graph.ErrDamaged) || slices.Equal(before, segs) {
			return t, err
		}
		before = segs
	}
}

// snapshot reads the sources and the manifest as they are at one moment.
func (s *Store) snapshot(ctx context.Context) (sources []graph.Source, segs []segment, err error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err == nil {
		defer tx.Rollback()
		sources, err = readSources(ctx, tx)
	}
	if err == nil {
		segs, err = readManifest(ctx, tx)
	}
	if err != nil {
		return nil, nil, dbError(s.path(dbName), "cannot read the manifest", err)
	}
	return sources, segs, nil
}

func (s *Store) load(ctx context.Context, sources []graph.Source, segs []segment, f graph.Filter) (*graph.Table, error) {
	var b graph.Builder
	for _, x := range sources {
		b.Source(x)
	}
	wanted := map[graph.AccountID]bool{}
	for _, a := range f.Accounts {
		wanted[a] = true
	}
	for _, g := range segs {
		if err := s.loadSegment(ctx, g, &b, func(a graph.AccountID) bool { return f.Accounts == nil || wanted[a] }); err != nil {
			return nil, fmt.Errorf("%s: %w: %w; drop its source and ingest the file again", s.path(edgesName, g.Name), graph.ErrDamaged, err)
		}
	}
	t := b.Table()
	t.Canonical()
	return t, nil
}

func (s *Store) loadSegment(ctx context.Context, g segment, b *graph.Builder, want func(graph.AccountID) bool) error {
	f, err := os.Open(s.path(edgesName, g.Name))
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != g.SHA256 {
		return errors.New("its checksum is not that of the manifest")
	}
	r := parquet.NewGenericReader[segmentRow](f)
	defer r.Close()
	buf := make([]segmentRow, 1024)
	for {
		n, err := r.Read(buf)
		for _, q := range buf[:n] {
			if !want(graph.AccountID{Platform: q.Platform, Native: q.Account}) {
				continue
			}
			k, err := ident.ParseKind(q.Kind)
			if err != nil {
				return err
			}
			var mark ident.Mark
			for mark = 0; mark.String() != q.Mark && mark < 10; mark++ {
			}
			id, err := ident.Restore(k, mark, q.Identifier)
			if err != nil {
				return err
			}
			b.Observe(graph.Observation{Account: graph.AccountID{Platform: q.Platform, Native: q.Account}, Identifier: id, Raw: q.Raw,
				Relation: graph.Relation(q.Relation), First: graph.Time(q.FirstSeen), Last: graph.Time(q.LastSeen), Count: uint32(q.Count),
				Ref: graph.Ref{Source: q.Source, Line: q.Line}})
		}
		if errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}
