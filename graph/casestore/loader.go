package casestore

import (
	"cmp"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"samehand/graph"
	"samehand/graph/ident"
)

// loader holds the table that segments are read into. Segments write to rows
// of their own; what they number together is behind the lock.
type loader struct {
	table graph.Table

	mu          sync.Mutex
	identifiers *interner // tag: kind and mark
	raws        *interner
	relations   map[string]uint16
}

// rowSpan is the rows [lo, hi) of the table.
type rowSpan struct{ lo, hi int }

// place lays out the table: it merges the accounts of the segments, sets the
// number and the place of each run of rows, and returns the rows of accounts that come in several segments.
func (l *loader) place(files []*segmentReader) (shared []rowSpan) {
	type entry struct {
		file    *segmentReader
		account int
	}
	var ids []graph.AccountID
	var entries []entry
	for _, f := range files {
		for i, a := range f.accounts {
			ids, entries = append(ids, a), append(entries, entry{f, i})
		}
	}
	rows, last := 0, rowSpan{}
	segments := 0 // how many have the account
	for _, n := range sortAccounts(ids, nil) {
		e, a := entries[n], ids[n]
		if k := len(l.table.Accounts); k == 0 || l.table.Accounts[k-1] != a {
			if segments > 1 {
				shared = append(shared, last)
			}
			l.table.Accounts = append(l.table.Accounts, a)
			last, segments = rowSpan{rows, rows}, 0
		}
		e.file.numbers[e.account], e.file.places[e.account] = uint32(len(l.table.Accounts)-1), rows
		rows += int(e.file.counts[e.account])
		last.hi = rows
		segments++
	}
	if segments > 1 {
		shared = append(shared, last)
	}
	l.table.Rows = make([]graph.Row, rows)
	l.identifiers, l.raws, l.relations = newInterner(rows/2), newInterner(rows/8), map[string]uint16{}
	l.raws.add(hashText(0, nil), 0, nil) // "" is number 0
	return shared
}

// relation returns the number of a relation. The caller holds the lock.
func (l *loader) relation(name string) (uint16, error) {
	if n, ok := l.relations[name]; ok {
		return n, nil
	}
	if len(l.table.Relations) > math.MaxUint16 {
		return 0, fmt.Errorf("more than %d relations: the case is too big to be loaded", math.MaxUint16)
	}
	n := uint16(len(l.table.Relations))
	l.relations[name], l.table.Relations = n, append(l.table.Relations, graph.Relation(name))
	return n, nil
}

// finish brings the table into canonical form.
func (l *loader) finish(shared []rowSpan) *graph.Table {
	t := &l.table
	t.Identifiers = make([]ident.ID, len(l.identifiers.texts))
	for i, text := range l.identifiers.texts {
		k, m := untag(l.identifiers.tags[i])
		t.Identifiers[i], _ = ident.Restore(k, m, text) // checked when it was read
	}
	t.Raws = l.raws.texts
	l.identifiers, l.raws = nil, nil
	sortRelations(t)
	sortShared(t, shared)
	renumber(t)
	return t
}

// sortRelations sorts the relations and renumbers the rows.
func sortRelations(t *graph.Table) {
	sorted := slices.Sorted(slices.Values(t.Relations))
	rank := make([]uint16, len(sorted))
	for i, r := range t.Relations {
		n, _ := slices.BinarySearch(sorted, r)
		rank[i] = uint16(n)
	}
	t.Relations = sorted
	for i := range t.Rows {
		t.Rows[i].Relation = rank[t.Rows[i].Relation]
	}
}

// sortShared sorts the rows of accounts that come in several segments, on all processors.
func sortShared(t *graph.Table, spans []rowSpan) {
	const batch = 4096 // accounts
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for part := range slices.Chunk(spans, batch) {
		g.Go(func() error {
			s := spanSorter{t: t}
			for _, p := range part {
				s.sort(t.Rows[p.lo:p.hi])
			}
			return nil
		})
	}
	g.Wait() // no error to return
}

// spanSorter sorts rows of one account in place.
type spanSorter struct{ t *graph.Table }

func (s *spanSorter) sort(rows []graph.Row) {
	slices.SortFunc(rows, func(a, b graph.Row) int {
		if a.Identifier != b.Identifier {
			x, y := s.t.Identifiers[a.Identifier], s.t.Identifiers[b.Identifier]
			if x.Kind() != y.Kind() {
				return cmp.Compare(x.Kind(), y.Kind())
			}
		}
		return s.t.CompareRows(a, b)
	})
}

// renumber numbers identifiers and raw values by their first row.
func renumber(t *graph.Table) {
	// A number plus one; 0 means not seen yet.
	identifiers, raws := make([]uint32, len(t.Identifiers)), make([]uint32, len(t.Raws))
	ids, rs := make([]ident.ID, 0, len(t.Identifiers)), make([]string, 1, len(t.Raws))
	raws[0] = 1
	for i := range t.Rows {
		r := &t.Rows[i]
		if identifiers[r.Identifier] == 0 {
			ids = append(ids, t.Identifiers[r.Identifier])
			identifiers[r.Identifier] = uint32(len(ids))
		}
		if raws[r.Raw] == 0 {
			rs = append(rs, t.Raws[r.Raw])
			raws[r.Raw] = uint32(len(rs))
		}
		r.Identifier, r.Raw = identifiers[r.Identifier]-1, raws[r.Raw]-1
	}
	t.Identifiers, t.Raws = ids, rs
}

// tagOf and untag put kind and mark into one number.
func tagOf(k ident.Kind, m ident.Mark) uint16     { return uint16(k)<<8 | uint16(m) }
func untag(t uint16) (k ident.Kind, m ident.Mark) { return ident.Kind(t >> 8), ident.Mark(t & 0xff) }
