package casestore_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/storetest"
)

// TestManyPages takes in more rows than a row group has, of accounts whose
// names differ only behind what a page's bounds keep of them, from two sources that share accounts. It loads
// everything, and some accounts.
func TestManyPages(t *testing.T) {
	const rows = 330_000
	sources := []graph.Source{storetest.Source("source-a", rows/2), storetest.Source("source-b", rows/2)}
	var all graph.Builder
	for _, src := range sources {
		all.Source(src)
	}
	parts := make([]graph.Builder, 2)
	rng := rand.New(rand.NewPCG(5, 5))
	for i := range rows {
		o := observation(t, rng, i)
		parts[i%2].Observe(o)
		o.Ref.Source = sources[i%2].ID
		all.Observe(o)
	}
	want := all.Table()
	want.Canonical()

	s := open(t, filepath.Join(t.TempDir(), "case"))
	for i := range sources {
		putTable(t, s, sources[i], parts[i].Table())
	}
	got, err := s.Load(t.Context(), graph.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	sameTables(t, want, got)

	var f graph.Filter
	for i := 0; i < len(want.Accounts); i += 1 + len(want.Accounts)/40 {
		f.Accounts = append(f.Accounts, want.Accounts[i])
	}
	some, err := s.Load(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(some.Accounts, f.Accounts) {
		t.Errorf("%d accounts, want %d", len(some.Accounts), len(f.Accounts))
	}
	n := 0
	for i := range want.Rows {
		o := want.Observation(i)
		if _, ok := slices.BinarySearchFunc(f.Accounts, o.Account, graph.AccountID.Compare); !ok {
			continue
		}
		if n >= len(some.Rows) || some.Observation(n) != o {
			t.Fatalf("row %d of the chosen accounts differs", n)
		}
		n++
	}
	if n != len(some.Rows) {
		t.Errorf("%d rows of the chosen accounts, want %d", len(some.Rows), n)
	}
}

// observation returns a made-up observation with repeats in all of its parts.
func observation(t *testing.T, rng *rand.Rand, line int) graph.Observation {
	t.Helper()
	v := rng.IntN(20_000) // kind and mark follow from it
	id, err := ident.Restore(ident.Kind(1+v%8), ident.Mark(v%2), fmt.Sprintf("the same beginning for all %d", v/3))
	if err != nil {
		t.Fatal(err)
	}
	raw := ""
	if line%5 == 0 {
		raw = fmt.Sprintf("Raw %d", rng.IntN(1000))
	}
	return graph.Observation{
		Account:    graph.AccountID{Platform: fmt.Sprintf("platform%d", rng.IntN(3)), Native: fmt.Sprintf("an-account-with-a-long-name-%d", rng.IntN(30_000))},
		Identifier: id, Raw: raw, Relation: graph.Relations()[rng.IntN(3)], First: graph.Time(rng.IntN(3)), Last: 5, Count: 1,
		Ref: graph.Ref{Line: int64(line)},
	}
}

// putTable takes in a table as a source.
func putTable(t testing.TB, s graph.Store, src graph.Source, x *graph.Table) {
	t.Helper()
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(t.Context(), x); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(t.Context(), src); err != nil {
		t.Fatal(err)
	}
}

// sameTables compares all but the sources.
func sameTables(t *testing.T, want, got *graph.Table) {
	t.Helper()
	if !slices.Equal(want.Accounts, got.Accounts) || !slices.Equal(want.Relations, got.Relations) || !slices.Equal(want.Raws, got.Raws) {
		t.Error("accounts, relations or raw values differ")
	}
	if !slices.Equal(want.Identifiers, got.Identifiers) {
		t.Error("identifiers differ")
	}
	if !slices.Equal(want.Rows, got.Rows) {
		t.Error("rows differ")
	}
}
