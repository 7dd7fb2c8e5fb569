package linkage

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

// A row's role is the same by the numbers of its identifier and relation as by what they stand for, whatever kind, mark and relation.
func TestSortsGiveRoles(t *testing.T) {
	relations := []graph.Relation{
		graph.Registered, graph.Recovery, graph.Login, graph.MFA, graph.Uses, graph.Payout, graph.ShipTo, graph.Transfer,
		graph.Referee, graph.Recruiter, graph.EmployedBy, "unheard of",
	}
	table := &graph.Table{Relations: relations}
	for _, k := range ident.Kinds() {
		for m := ident.Ordinary; m <= ident.Shared; m++ {
			id, err := ident.Restore(k, m, "x")
			if err != nil {
				t.Fatal(err)
			}
			table.Identifiers = append(table.Identifiers, id)
		}
	}
	s := newSorts(table)
	for i, id := range table.Identifiers {
		if got := s.of[i]; got.kind() != id.Kind() || got.links() != id.Mark().Links() {
			t.Errorf("%s, %s: kind %s, links %t", id.Kind(), id.Mark(), got.kind(), got.links())
		}
		for r, rel := range relations {
			if got, want := s.role(uint32(i), uint16(r)), roleOf(id, rel); got != want {
				t.Errorf("%s, %s, %s: role %d, want %d", id.Kind(), id.Mark(), rel, got, want)
			}
			row := graph.Row{Identifier: uint32(i), Relation: uint16(r)}
			if got, want := s.signIn(row), signIn(table, row); got != want {
				t.Errorf("%s, %s, %s: sign-in %t, want %t", id.Kind(), id.Mark(), rel, got, want)
			}
		}
	}
}

// A bucket sort is a stable sort by number.
func TestBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint32Range(1, 20).Draw(t, "n")
		pairs := rapid.SliceOf(rapid.Custom(func(t *rapid.T) pair {
			return pair{rapid.Uint32Range(0, n-1).Draw(t, "key"), rapid.Uint32().Draw(t, "item")}
		})).Draw(t, "pairs")
		want := slices.Clone(pairs)
		slices.SortStableFunc(want, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
		got := bucket(pairs, int(n), func(p *pair) uint32 { return p.key })
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		slices.SortFunc(want, comparePairs)
		sortRuns(got, func(a, b *pair) bool { return a.key == b.key }, comparePairs)
		if !slices.Equal(got, want) {
			t.Fatalf("with runs sorted: got %v, want %v", got, want)
		}
	})
}

// Lists hold what the pairs say, each item once, sorted.
func TestListsHoldEachOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 6
		var pairs []pair
		want := make([]map[uint32]bool, n)
		for range rapid.IntRange(0, 40).Draw(t, "pairs") {
			p := pair{rapid.Uint32Range(0, n-1).Draw(t, "key"), rapid.Uint32Range(0, 9).Draw(t, "item")}
			pairs = append(pairs, p)
			if want[p.key] == nil {
				want[p.key] = map[uint32]bool{}
			}
			want[p.key][p.item] = true
		}
		l := newLists(n, pairs)
		for k := range uint32(n) {
			var items []uint32
			for x := range uint32(10) {
				if want[k][x] {
					items = append(items, x)
				}
			}
			if got := l.at(k); !slices.Equal(got, items) {
				t.Fatalf("list %d: got %v, want %v", k, got, items)
			}
		}
	})
}

// signIn is [sorts.signIn] off the identifiers themselves.
func signIn(t *graph.Table, r graph.Row) bool {
	id := t.Identifiers[r.Identifier]
	return id.Kind() == ident.IP && roleOf(id, t.Relations[r.Relation]) != 0
}
