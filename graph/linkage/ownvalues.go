package linkage

import (
	"iter"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// personKinds are the kinds of value that one person keeps to themselves, the most telling first.
var personKinds = []ident.Kind{ident.Email, ident.Handle, ident.Phone, ident.Payment, ident.Device}

// holding says that an account has a value of its own.
type holding struct {
	value, account uint32
	span           span
}

// ownValues are the accounts' own values, of the kinds that persons are found by, and lines. Both lists are by kind.
type ownValues struct {
	byKind    [][]holding // sorted by value, then account; one each
	byAccount []lists     // account -> values
}

func newOwnValues(f *facts) ownValues {
	v := ownValues{byKind: make([][]holding, linking), byAccount: make([]lists, linking)}
	for k, n := range f.countOwn() {
		v.byKind[k] = make([]holding, 0, n)
	}
	for _, r := range f.t.Rows {
		if k, ok := f.ownKind(r); ok {
			v.byKind[k] = append(v.byKind[k], holding{f.lines[r.Identifier], r.Account, rowSpan(r)})
		}
	}
	v.byKind[ident.IP] = oneEach(v.byKind[ident.IP], len(f.lines))
	for _, k := range personKinds {
		hs := oneEach(v.byKind[k], len(f.lines))
		v.byKind[k] = hs
		ps := make([]pair, len(hs))
		for i, h := range hs {
			ps[i] = pair{h.account, h.value}
		}
		v.byAccount[k] = newLists(len(f.t.Accounts), ps)
	}
	return v
}

// countOwn counts the rows that give an account a value of its own, by kind.
func (f *facts) countOwn() []int {
	n := make([]int, linking)
	for _, r := range f.t.Rows {
		if k, ok := f.ownKind(r); ok {
			n[k]++
		}
	}
	return n
}

// ownKind returns the kind of value that a row gives an account as its own, if it does and persons are found by such values.
func (f *facts) ownKind(r graph.Row) (ident.Kind, bool) {
	k := f.sorts.of[r.Identifier].kind()
	return k, f.sorts.role(r.Identifier, r.Relation) == Own && (k == ident.IP || slices.Contains(personKinds, k)) && !f.disowned(r.Identifier)
}

// oneEach sorts holdings by value, then account, and makes one of those with both the same.
// They come by account, and their values are numbers below n.
func oneEach(hs []holding, n int) []holding {
	hs = bucket(hs, n, func(h *holding) uint32 { return h.value })
	out := hs[:0]
	for g := range runs(hs, func(a, b holding) bool { return a.value == b.value && a.account == b.account }) {
		one := g[0]
		for _, h := range g[1:] {
			one.span = one.span.widen(h.span)
		}
		out = append(out, one)
	}
	return out
}

// of returns the values of one of [personKinds] that an account has, sorted.
func (v ownValues) of(account uint32, k ident.Kind) []uint32 {
	return v.byAccount[k].at(account)
}

// holders yields the holders of each value of a kind that two or more accounts have, by value.
func (v ownValues) holders(k ident.Kind) iter.Seq[[]holding] {
	return func(yield func([]holding) bool) {
		for g := range runs(v.byKind[k], func(a, b holding) bool { return a.value == b.value }) {
			if len(g) > 1 && !yield(g) {
				return
			}
		}
	}
}

// pairs yields each two holders of each value of a kind that no more than limit accounts have, by value.
func (v ownValues) pairs(k ident.Kind, limit int) iter.Seq2[holding, holding] {
	return func(yield func(x, y holding) bool) {
		for h := range v.holders(k) {
			if len(h) > limit {
				continue
			}
			for i, x := range h {
				for _, y := range h[i+1:] {
					if !yield(x, y) {
						return
					}
				}
			}
		}
	}
}

// runs yields the longest pieces of s whose neighbours are the same.
func runs[T any](s []T, same func(a, b T) bool) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for lo := 0; lo < len(s); {
			hi := lo + 1
			for hi < len(s) && same(s[hi-1], s[hi]) {
				hi++
			}
			if !yield(s[lo:hi]) {
				return
			}
			lo = hi
		}
	}
}
