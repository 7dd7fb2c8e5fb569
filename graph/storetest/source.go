package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samehand/graph"
	"samehand/graph/ident"
)

// canonical is what Load must return for these sources and their tables, made with package graph alone.
func canonical(sources []graph.Source, tables ...*graph.Table) *graph.Table {
	var b graph.Builder
	for _, s := range sources {
		b.Source(s)
	}
	for i, t := range tables {
		for j := range t.Rows {
			o := t.Observation(j)
			o.Ref.Source = sources[i].ID
			b.Observe(o)
		}
	}
	c := b.Table()
	c.Canonical()
	return c
}

// compareTables fails the test when two tables differ in any way.
func compareTables(t *testing.T, want, got *graph.Table) {
	t.Helper()
	exact := cmp.Comparer(func(a, b ident.ID) bool { return a == b })
	if d := cmp.Diff(want.Sources, got.Sources, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("Sources (-want +got):\n%s", d)
	}
	for _, x := range []struct {
		name      string
		want, got any
	}{
		{"Accounts", want.Accounts, got.Accounts}, {"Identifiers", want.Identifiers, got.Identifiers},
		{"Relations", want.Relations, got.Relations}, {"Raws", want.Raws, got.Raws}, {"Rows", want.Rows, got.Rows},
	} {
		if !cmp.Equal(x.want, x.got, exact, cmpopts.EquateEmpty()) {
			t.Errorf("%s differ; the first rows: want %+v, got %+v", x.name, head(want.Rows), head(got.Rows))
		}
	}
}

func head(rows []graph.Row) []graph.Row { return rows[:min(3, len(rows))] }

func checkEmpty(t *testing.T, s graph.Store) {
	if list, err := s.Sources(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("Sources of an empty store: %v, %v", list, err)
	}
	compareTables(t, canonical(nil), load(t, s))
}

func checkRoundTrip(t *testing.T, s graph.Store) {
	src, table := Source("source-1", 1000), Table(1, 1000)
	want := canonical([]graph.Source{src}, table)
	ingest(t, s, src, table)
	compareTables(t, want, load(t, s))
	list, err := s.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]graph.Source{src}, list); d != "" {
		t.Errorf("Sources (-want +got):\n%s", d)
	}
}

// checkOrder takes the same rows in as one table, and as several in another
// order that share accounts; both must load the same.
func checkOrder(t *testing.T, s graph.Store) {
	whole := Table(2, 3000)
	src := Source("source-1", 3000)
	want := canonical([]graph.Source{src}, whole)
	ingest(t, s, src, part(whole, 2, 3), part(whole, 0, 3), &graph.Table{Raws: []string{""}}, part(whole, 1, 3))
	compareTables(t, want, load(t, s))
}

// part returns every n-th row of a table, from row k, last row first.
func part(whole *graph.Table, k, n int) *graph.Table {
	var b graph.Builder
	for i := len(whole.Rows) - 1; i >= 0; i-- {
		if i%n == k {
			b.Observe(whole.Observation(i))
		}
	}
	return b.Table()
}

// checkSources takes in three sources, two of which say the same, in an order that is not that of their IDs.
func checkSources(t *testing.T, s graph.Store) {
	sources := []graph.Source{Source("source-a", 500), Source("source-b", 700), Source("source-c", 500)}
	tables := []*graph.Table{Table(3, 500), Table(4, 700), Table(3, 500)}
	want := canonical(sources, tables...)
	for _, i := range []int{2, 0, 1} {
		ingest(t, s, sources[i], tables[i])
	}
	compareTables(t, want, load(t, s))
}

func checkUncommitted(t *testing.T, s graph.Store) {
	w, err := s.Begin(t.Context(), Source("source-1", 10))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if err := w.Append(t.Context(), Table(1, 10)); err != nil {
		t.Fatal(err)
	}
	compareTables(t, canonical(nil), load(t, s))
	if list, err := s.Sources(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("a source is listed before it is committed: %v, %v", list, err)
	}
}

func checkAbort(t *testing.T, s graph.Store) {
	src := Source("source-1", 10)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(w.Append(t.Context(), Table(1, 10)), w.Reject(t.Context(), []graph.Reject{{Line: 1, Reason: "bad"}}))
	if err := errors.Join(err, w.Abort()); err != nil {
		t.Fatal(err)
	}
	if err := w.Append(t.Context(), Table(1, 10)); err == nil {
		t.Error("Append after Abort did not fail")
	}
	if err := w.Commit(t.Context(), src); err == nil {
		t.Error("Commit after Abort did not fail")
	}
	compareTables(t, canonical(nil), load(t, s))
	want := canonical([]graph.Source{src}, Table(2, 20))
	ingest(t, s, src, Table(2, 20))
	compareTables(t, want, load(t, s))
}

func checkCancelled(t *testing.T, s graph.Store) {
	src := Source("source-1", 10)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(t.Context(), Table(1, 10)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Commit(ctx, src); !errors.Is(err, context.Canceled) {
		t.Errorf("Commit with a cancelled context: %v, want context.Canceled", err)
	}
	if err := w.Abort(); err != nil {
		t.Errorf("Abort after a failed Commit: %v", err)
	}
	compareTables(t, canonical(nil), load(t, s))
	ingest(t, s, src, Table(1, 10))
	if n := len(load(t, s).Rows); n != 10 {
		t.Errorf("after a failed commit, the source came in with %d rows, want 10", n)
	}
}

func checkExists(t *testing.T, s graph.Store) {
	src := Source("source-1", 10)
	ingest(t, s, src, Table(1, 10))
	if _, err := s.Begin(t.Context(), src); !errors.Is(err, graph.ErrExists) {
		t.Errorf("Begin of a source that is there: %v, want ErrExists", err)
	}
	if n := len(load(t, s).Rows); n != 10 {
		t.Errorf("%d rows, want 10", n)
	}
}

func checkDrop(t *testing.T, s graph.Store) {
	a, b := Source("source-a", 100), Source("source-b", 100)
	ingest(t, s, a, Table(1, 100))
	ingest(t, s, b, Table(2, 100))
	if err := s.Drop(t.Context(), "source-x"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Drop of a source that is not there: %v, want ErrNotFound", err)
	}
	if err := s.Drop(t.Context(), "source-a"); err != nil {
		t.Fatalf("Drop: %v", err)
	}
	compareTables(t, canonical([]graph.Source{b}, Table(2, 100)), load(t, s))
	if err := s.Drop(t.Context(), "source-a"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Drop again: %v, want ErrNotFound", err)
	}
	ingest(t, s, a, Table(3, 100))
	compareTables(t, canonical([]graph.Source{a, b}, Table(3, 100), Table(2, 100)), load(t, s))
}

// checkFilter loads some accounts, one that is not there, and none.
func checkFilter(t *testing.T, s graph.Store) {
	src := Source("source-1", 5000)
	whole := Table(5, 5000)
	full := canonical([]graph.Source{src}, whole)
	wanted := []graph.AccountID{full.Accounts[7], {Platform: "nowhere", Native: "x"}, full.Accounts[0], full.Accounts[len(full.Accounts)-1], full.Accounts[7]}
	ingest(t, s, src, part(whole, 0, 2), part(whole, 1, 2))
	got, err := s.Load(t.Context(), graph.Filter{Accounts: wanted})
	if err != nil {
		t.Fatal(err)
	}
	compareTables(t, only([]graph.Source{src}, full, wanted), got)
	got, err = s.Load(t.Context(), graph.Filter{Accounts: []graph.AccountID{}})
	if err != nil {
		t.Fatal(err)
	}
	compareTables(t, only([]graph.Source{src}, full, nil), got)
}

// checkBare loads without raw values, everything and some accounts.
func checkBare(t *testing.T, s graph.Store) {
	src := Source("source-1", 5000)
	whole := Table(5, 5000)
	full := canonical([]graph.Source{src}, whole)
	ingest(t, s, src, part(whole, 0, 2), part(whole, 1, 2))
	for _, accounts := range [][]graph.AccountID{nil, {full.Accounts[7], full.Accounts[0]}} {
		want := full
		if accounts != nil {
			want = only([]graph.Source{src}, full, accounts)
		}
		got, err := s.Load(t.Context(), graph.Filter{Accounts: accounts, Bare: true})
		if err != nil {
			t.Fatal(err)
		}
		compareTables(t, bare([]graph.Source{src}, want), got)
	}
}

// bare returns the canonical table without raw values.
func bare(sources []graph.Source, full *graph.Table) *graph.Table {
	var b graph.Builder
	for i := range full.Rows {
		o := full.Observation(i)
		o.Raw = ""
		b.Observe(o)
	}
	return canonical(sources, b.Table())
}

// only returns the canonical table of the rows of some accounts.
func only(sources []graph.Source, full *graph.Table, accounts []graph.AccountID) *graph.Table {
	var b graph.Builder
	for i := range full.Rows {
		if o := full.Observation(i); slices.Contains(accounts, o.Account) {
			b.Observe(o)
		}
	}
	return canonical(sources, b.Table())
}

// hostile are texts that a careless store would change, cut, or take for something else.
var hostile = []string{
	"'", `"`, `''`, `\`, `%s`, `';DROP TABLE sources;--`, "a\tb\nc\rd", "\x01\x02\x1b[31m\x7f", "=1+1", "null", "NULL", "0", " ", " lead and trail ",
	"\u202egnirts", "Zoë", "Zoe\u0308", "名前", "🦊", "\ufeffbom", "\ufffd", "a\u2028b", "../../etc/passwd", "con", "-", strings.Repeat("k", 4096), strings.Repeat("🦊", 1024),
}

func checkHostile(t *testing.T, s graph.Store) {
	var b graph.Builder
	for i, h := range hostile {
		for _, g := range []string{h, hostile[(i+1)%len(hostile)]} {
			b.Observe(graph.Observation{
				Account: graph.AccountID{Platform: h, Native: g}, Identifier: mustRestore(ident.Handle, ident.Ordinary, g), Raw: h,
				Relation: graph.Relation(h), First: -1, Last: 1 << 60, Count: ^uint32(0), Ref: graph.Ref{Line: int64(i + 1)},
			})
		}
	}
	table := b.Table()
	src := Source("source-1", 1)
	src.Name, src.Format, src.Options, src.Notes = hostile[5], hostile[7], hostile[6], hostile
	want := canonical([]graph.Source{src}, table)
	ingest(t, s, src, table)
	compareTables(t, want, load(t, s))

	// IDs that differ by case only, or would be paths, are sources of their own.
	for _, id := range []string{"SOURCE-1", "../up", "con", "a/b", "a b", `a"b`} {
		ingest(t, s, Source(id, 5), Table(1, 5))
	}
	list, err := s.Sources(t.Context())
	if err != nil || len(list) != 7 {
		t.Errorf("%d sources, %v; want 7", len(list), err)
	}
	if n := len(load(t, s).Rows); n != len(want.Rows)+6*5 {
		t.Errorf("%d rows, want %d", n, len(want.Rows)+6*5)
	}
}

func checkRejects(t *testing.T, s graph.Store) {
	src := Source("source-1", 0)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	rs := []graph.Reject{{Line: 1, Field: "email", Reason: "no @", Raw: "=cmd()"}, {Line: 2, Reason: "too long", Raw: strings.Repeat("x", 1<<20)}}
	if err := errors.Join(w.Reject(t.Context(), rs), w.Reject(t.Context(), nil), w.Commit(t.Context(), src), w.Abort()); err != nil {
		t.Fatalf("a source of rejects only: %v", err)
	}
	if list, err := s.Sources(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("%d sources, %v; want 1", len(list), err)
	}
	compareTables(t, canonical([]graph.Source{src}, &graph.Table{}), load(t, s))
}
