package explain

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// back cites what keeps a value of some persons of a cluster (sorted) from being explained away, where its class rests on
// more than who has it and when: without these rows the same value would be judged otherwise. Values that are cited anyway are looked at first.
func (w *Weighed) back(s *Shared, persons []uint32, cited []Shared) {
	v := w.m.Values[s.value]
	var rows []uint32
	switch {
	case v.Class == linkage.ClassPaper:
		rows = w.m.AtWork(v)
		s.Backed = "It is a purse of people who are paid and never sign in, where others do: the lines below show others who do."
	case v.Class == linkage.ClassOpening:
		rows = w.openings(v, persons)
		s.Backed = "It is a line where accounts are opened and left: the lines below are the first and the last that is seen of them."
	case v.Class != linkage.ClassService && w.m.CanBeService(v):
		n := 0
		rows, n = w.backers(v, persons, cited)
		if n == 0 {
			return
		}
		s.Backed = fmt.Sprintf("It is not taken for a service's: %d of those who have it here share something else too, on other accounts.", n)
	default:
		return
	}
	slices.Sort(rows)
	rows = slices.Compact(rows)
	s.Backing, s.rows = w.usesOf(rows), append(s.rows, rows...)
}

// backers returns the rows that say of each of the persons who have a value that it shares something else with another of
// them, on other accounts; and of how many that can be said.
func (w *Weighed) backers(v linkage.Value, persons []uint32, cited []Shared) (rows []uint32, n int) {
	in := func(p uint32) bool { _, ok := slices.BinarySearch(persons, p); return ok }
	for _, h := range w.m.Holders(v) {
		if !in(h.Person) {
			continue
		}
		var qs []uint32
		for _, s := range cited {
			qs = append(qs, s.value)
		}
		for _, i := range append(qs, w.valuesOf(h.Person)...) {
			q := w.m.Values[i]
			other, ok := w.m.Backs(v, q, h, in)
			if !ok {
				continue
			}
			n++
			for _, p := range []uint32{h.Person, other} {
				x, _ := w.m.Holder(q, p)
				rows = append(rows, w.m.Sightings(q, x)...)
			}
			break
		}
	}
	return rows, n
}

// openings returns, of the accounts through which persons have a value, the first row, and the first and the last sign-in.
func (w *Weighed) openings(v linkage.Value, persons []uint32) []uint32 {
	var rows []uint32
	for _, h := range w.m.Holders(v) {
		if _, in := slices.BinarySearch(persons, h.Person); !in {
			continue
		}
		for _, t := range w.m.Touches(h) {
			first, _, ok := w.ends(t.Account, func(graph.Row) bool { return true })
			in, out, signs := w.ends(t.Account, func(r graph.Row) bool { return w.t.Relations[r.Relation] == graph.Login })
			if ok {
				rows = append(rows, first)
			}
			if signs {
				rows = append(rows, in, out)
			}
		}
	}
	return rows
}

// ends returns the rows that say when an account was seen first and last in a way that of takes, of equal ones the first; false when it was not.
func (w *Weighed) ends(account uint32, of func(graph.Row) bool) (first, last uint32, ok bool) {
	begin := func(r graph.Row) graph.Time {
		if r.First == 0 {
			return r.Last
		}
		return r.First
	}
	lo, hi := w.m.RowNumbers(account)
	for i := lo; i < hi; i++ {
		r := w.t.Rows[i]
		switch {
		case !of(r):
		case !ok:
			first, last, ok = i, i, true
		default:
			if b := begin(r); b != 0 && (begin(w.t.Rows[first]) == 0 || b < begin(w.t.Rows[first])) {
				first = i
			}
			if max(r.First, r.Last) > max(w.t.Rows[last].First, w.t.Rows[last].Last) {
				last = i
			}
		}
	}
	return first, last, ok
}
