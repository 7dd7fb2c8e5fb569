package casestore

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
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
	bare        bool // raw values are left out

	columns sync.Pool // of *rowColumns: what one segment was read into serves for the next
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
	n := 0
	for _, f := range files {
		n += len(f.accounts)
	}
	ids, entries := make([]graph.AccountID, 0, n), make([]entry, 0, n)
	for _, f := range files {
		for i, a := range f.accounts {
			ids, entries = append(ids, a), append(entries, entry{f, i})
		}
	}
	order := sortAccounts(ids, nil)
	l.table.Accounts = make([]graph.AccountID, 0, distinct(ids, order))
	var names block // of their own, since those of the segments have each account several times
	rows, last := 0, rowSpan{}
	segments := 0 // how many have the account
	for _, n := range order {
		e, a := entries[n], ids[n]
		if k := len(l.table.Accounts); k == 0 || l.table.Accounts[k-1] != a {
			if segments > 1 {
				shared = append(shared, last)
			}
			l.table.Accounts = append(l.table.Accounts, graph.AccountID{Platform: a.Platform, Native: names.keepString(a.Native)})
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
	for _, f := range files {
		f.accounts = nil // what is still needed are their numbers and places
	}
	l.table.Rows = make([]graph.Row, rows)
	l.identifiers, l.relations = newInterner(rows*2/3), map[string]uint16{}
	if l.bare {
		rows = 0
	}
	l.raws = newInterner(rows / 4)
	l.raws.add(hashText(0, nil), 0, nil) // "" is number 0
	return shared
}

// distinct counts what is different in a list that is sorted by order.
func distinct(ids []graph.AccountID, order []uint32) int {
	n := min(1, len(order))
	for i := 1; i < len(order); i++ {
		if ids[order[i]] != ids[order[i-1]] {
			n++
		}
	}
	return n
}

// relation returns the number of a relation. The caller holds the lock.
func (l *loader) relation(name string) (uint16, error) {
	if n, ok := l.relations[name]; ok {
		return n, nil
	}
	if len(l.table.Relations) >= maxRelations {
		return 0, fmt.Errorf("more than %d relations: the case is too big to be loaded", maxRelations)
	}
	n := uint16(len(l.table.Relations))
	l.relations[name], l.table.Relations = n, append(l.table.Relations, graph.Relation(name))
	return n, nil
}

// finish brings the table into canonical form.
func (l *loader) finish(shared []rowSpan) *graph.Table {
	l.identifiers.slots, l.raws.slots = nil, nil // not needed any more, and big
	sortRelations(&l.table)
	l.sortShared(shared)
	l.renumber()
	t := l.table // not a pointer into the loader, which would keep all of it
	return &t
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
func (l *loader) sortShared(spans []rowSpan) {
	const batch = 4096 // accounts
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for part := range slices.Chunk(spans, batch) {
		g.Go(func() error {
			for _, p := range part {
				slices.SortFunc(l.table.Rows[p.lo:p.hi], l.compareRows)
			}
			return nil
		})
	}
	g.Wait() // no error to return
}

// compareRows is [graph.Table.CompareRows] for rows of one account, before the
// identifiers have their last numbers. Relations and sources are numbered in their order already.
func (l *loader) compareRows(a, b graph.Row) int {
	if a.Identifier != b.Identifier {
		x, y := l.identifiers.tags[a.Identifier]>>8, l.identifiers.tags[b.Identifier]>>8 // kinds
		if x != y {
			return cmp.Compare(x, y)
		}
		if c := strings.Compare(l.identifiers.texts[a.Identifier], l.identifiers.texts[b.Identifier]); c != 0 {
			return c
		}
	}
	if c := cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(a.Count, b.Count)); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Line, b.Line), strings.Compare(l.raws.texts[a.Raw], l.raws.texts[b.Raw]))
}

// renumber numbers identifiers and raw values by their first row.
func (l *loader) renumber() {
	t := &l.table
	// A number plus one; 0 means not seen yet.
	identifiers, raws := make([]uint32, len(l.identifiers.texts)), make([]uint32, len(l.raws.texts))
	t.Identifiers, t.Raws = make([]ident.ID, 0, len(identifiers)), make([]string, 1, len(raws))
	raws[0] = 1
	for i := range t.Rows {
		r := &t.Rows[i]
		if identifiers[r.Identifier] == 0 {
			k, m := untag(l.identifiers.tags[r.Identifier])
			id, _ := ident.Restore(k, m, l.identifiers.texts[r.Identifier]) // the parts were checked when they were read
			t.Identifiers = append(t.Identifiers, id)
			identifiers[r.Identifier] = uint32(len(t.Identifiers))
		}
		if raws[r.Raw] == 0 {
			t.Raws = append(t.Raws, l.raws.texts[r.Raw])
			raws[r.Raw] = uint32(len(t.Raws))
		}
		r.Identifier, r.Raw = identifiers[r.Identifier]-1, raws[r.Raw]-1
	}
}

// tagOf and untag put kind and mark into one number.
func tagOf(k ident.Kind, m ident.Mark) uint16     { return uint16(k)<<8 | uint16(m) }
func untag(t uint16) (k ident.Kind, m ident.Mark) { return ident.Kind(t >> 8), ident.Mark(t & 0xff) }
