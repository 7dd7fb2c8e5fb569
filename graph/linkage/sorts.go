package linkage

import (
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// sorts says of each identifier of a table what it is, in one byte, and of each sort and relation what role it gives. Passes over all
// rows ask it instead of the identifiers themselves, which lie far apart in memory and take most of such a pass.
type sorts struct {
	of        []sort // by identifier
	roles     []Role // by sort, then relation
	relations int
	acts      []act // by relation
}

// act is what a row of a relation says that an account does.
type act uint8

// The acts.
const (
	signed act = 1 << iota // signs in, or proves who it is
	paid                   // is paid
)

// actOf returns the act of a relation; 0 when it says neither.
func actOf(rel graph.Relation) act {
	switch rel {
	case graph.Login, graph.MFA:
		return signed
	case graph.Payout:
		return paid
	}
	return 0
}

// sort is the kind of an identifier, and whether it links at all.
type sort uint8

// linking is the bit of a sort that says that its identifiers may link; the other bits are the kind.
const linking sort = 1 << 7

// kind returns the kind of the identifiers of a sort.
func (s sort) kind() ident.Kind { return ident.Kind(s &^ linking) }

// links reports whether identifiers of a sort may link.
func (s sort) links() bool { return s&linking != 0 }

// newSorts reads the identifiers once.
func newSorts(t *graph.Table) sorts {
	s := sorts{of: make([]sort, len(t.Identifiers)), roles: make([]Role, (int(linking)*2)*len(t.Relations)), relations: len(t.Relations)}
	for i, id := range t.Identifiers {
		k := sort(id.Kind())
		if id.Mark().Links() {
			k |= linking
		}
		s.of[i] = k
	}
	for _, rel := range t.Relations {
		s.acts = append(s.acts, actOf(rel))
	}
	for _, k := range ident.Kinds() {
		for r, rel := range t.Relations {
			s.roles[int(sort(k)|linking)*s.relations+r] = kindRole(k, rel)
		}
	}
	return s
}

// How much of a name an identifier is.
const (
	noName  int8 = iota
	oneWord      // of somebody who has one name, or a first name, or a nickname
	fullName
)

// nameLengths says which identifiers are names that may link, and how much of one: each is read once, however many rows have it.
func (s sorts) nameLengths(t *graph.Table) []int8 {
	of := make([]int8, len(s.of))
	for i, k := range s.of {
		switch {
		case k != linking|sort(ident.Name):
		case t.Identifiers[i].FullName():
			of[i] = fullName
		case t.Identifiers[i].OneWordName():
			of[i] = oneWord
		}
	}
	return of
}

// role is [roleOf] for an identifier and a relation by their numbers.
func (s sorts) role(identifier uint32, relation uint16) Role {
	return s.roles[int(s.of[identifier])*s.relations+int(relation)]
}

// signIn reports whether a row says that a line was used.
func (s sorts) signIn(r graph.Row) bool {
	return s.of[r.Identifier].kind() == ident.IP && s.role(r.Identifier, r.Relation) != 0
}

// bucket sorts items by a number below n that key gives, and leaves items of one number in their order. It looks at each item
// twice, however many there are: a sort that compares takes longer the more there are.
func bucket[T any](items []T, n int, key func(*T) uint32) []T {
	next := make([]uint32, n+1) // where the next item of each number goes
	sorted, last := true, uint32(0)
	for i := range items {
		k := key(&items[i])
		next[k+1]++
		sorted, last = sorted && k >= last, k
	}
	if sorted {
		return items
	}
	for i := range n {
		next[i+1] += next[i]
	}
	out := make([]T, len(items))
	for i := range items {
		k := key(&items[i])
		out[next[k]] = items[i]
		next[k]++
	}
	return out
}

// sortRuns sorts, by less, the pieces of items whose neighbours are of one key, where they are not sorted yet.
func sortRuns[T any](items []T, same func(a, b *T) bool, order func(a, b T) int) {
	for lo := 0; lo < len(items); {
		hi, sorted := lo+1, true
		for hi < len(items) && same(&items[lo], &items[hi]) {
			sorted = sorted && order(items[hi-1], items[hi]) <= 0
			hi++
		}
		if !sorted {
			slices.SortStableFunc(items[lo:hi], order)
		}
		lo = hi
	}
}
