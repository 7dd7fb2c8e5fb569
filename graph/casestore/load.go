package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"samehand/graph"
)

// Load returns the observations of all committed sources; see [graph.Reader].
// It fails with [graph.ErrDamaged], naming the segment, when a file is missing
// or is not what was written. Beside the table it needs some 30 MB for each of at most four processors.
func (s *Store) Load(ctx context.Context, f graph.Filter) (*graph.Table, error) {
	for {
		sources, segs, err := s.snapshot(ctx)
		if err != nil {
			return nil, err
		}
		t, err := s.load(ctx, sources, segs, f)
		if err == nil || !errors.Is(err, graph.ErrDamaged) {
			return t, err
		}
		// A source may have been withdrawn after it was listed. Then the list has changed, and is worth another try.
		if _, now, again := s.snapshot(ctx); again != nil || slices.Equal(segs, now) {
			return nil, err
		}
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

// load reads the segments twice: first the accounts alone, to know which row
// goes where in the table; then the rest, straight to its place. The segments are sorted like the table, so that only the
// rows of accounts that come in several segments are left to sort.
func (s *Store) load(ctx context.Context, sources []graph.Source, segs []segment, f graph.Filter) (*graph.Table, error) {
	files := make([]*segmentReader, len(segs))
	numbers := sourceNumbers(sources)
	for i, g := range segs {
		files[i] = &segmentReader{path: s.path(edgesName, g.Name), seg: g, source: numbers[g.Source]}
	}
	wanted := newAccountSet(f.Accounts)
	err := s.each(ctx, files, func(r *segmentReader) error { return r.readAccounts(ctx, wanted) })
	if err != nil {
		return nil, err
	}
	l := loader{bare: f.Bare}
	shared := l.place(files)
	l.table.Sources = sources
	err = s.each(ctx, files, func(r *segmentReader) error { return r.readRows(ctx, &l) })
	if err != nil {
		return nil, err
	}
	return l.finish(shared), ctx.Err()
}

// each calls f for the segments, on at most four processors, and names the segment that it fails for.
func (s *Store) each(ctx context.Context, files []*segmentReader, f func(*segmentReader) error) error {
	var g errgroup.Group
	g.SetLimit(min(4, runtime.GOMAXPROCS(0)))
	for _, r := range files {
		g.Go(func() error {
			err := ctx.Err()
			if err == nil {
				err = f(r)
			}
			if err == nil || ctx.Err() != nil {
				return err
			}
			return fmt.Errorf("%s: %w: %w; drop its source (%s) and ingest the file again, or restore the segment from a backup", r.path, graph.ErrDamaged, err, cell(r.seg.Source))
		})
	}
	return g.Wait()
}

// sourceNumbers returns the place of each source in the list.
func sourceNumbers(sources []graph.Source) map[string]uint32 {
	m := make(map[string]uint32, len(sources))
	for i, x := range sources {
		m[x.ID] = uint32(i)
	}
	return m
}

// accountSet is the accounts of a filter; nil holds all accounts.
type accountSet struct {
	natives []string // sorted
	has     map[graph.AccountID]bool
}

func newAccountSet(accounts []graph.AccountID) *accountSet {
	if accounts == nil {
		return nil
	}
	s := &accountSet{has: make(map[graph.AccountID]bool, len(accounts))}
	for _, a := range accounts {
		s.natives = append(s.natives, a.Native)
		s.has[a] = true
	}
	slices.Sort(s.natives)
	return s
}
