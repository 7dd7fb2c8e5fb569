package typology

import (
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// oneHome reports whether most of the persons with a known home are registered at one, and at least two are. Persons
// whose home is not known say nothing.
func (s *scene) oneHome(persons []uint32) bool {
	count, known, most := map[uint32]int{}, 0, 0
	for _, p := range persons {
		homes := s.Facts.Homes(p)
		if len(homes) > 0 {
			known++
		}
		for _, h := range homes {
			count[h]++
			most = max(most, count[h])
		}
	}
	return most >= 2 && float64(most) >= s.options.OneHome*float64(known)
}

// differentHomes reports whether two persons are known to be registered at different homes.
func (s *scene) differentHomes(a, b uint32) bool {
	x, y := s.Facts.Homes(a), s.Facts.Homes(b)
	return len(x) > 0 && len(y) > 0 && !meet(x, y)
}

// household reports whether a household explains what the persons share: most are registered at one home, unless they
// hold more jobs than they are persons and share what belongs to no household of two or more sorts: a purse, a device, a
// paper of three of them. A home that hosts dozens of personas is where half of them are registered, too.
func (s *scene) household(persons []uint32) bool {
	if !s.oneHome(persons) {
		return false
	}
	jobs := 0
	for _, p := range persons {
		jobs += len(s.Facts.Employers(p))
	}
	return jobs <= len(persons) || s.sorts(persons, ident.Device, ident.Payment, ident.Document) < 2
}

// sorts counts the kinds of which three of the persons share one value that nothing innocent explains.
func (s *scene) sorts(persons []uint32, kinds ...ident.Kind) int {
	found := map[ident.Kind]bool{}
	for _, v := range s.group.Values {
		k := s.kind(v.Identifier)
		if !slices.Contains(kinds, k) || found[k] || v.Class != classOwn && v.Class != "" {
			continue
		}
		n := 0
		for _, h := range v.Holders {
			if _, ok := slices.BinarySearch(persons, h.Person); ok {
				n++
			}
		}
		found[k] = n >= 3
	}
	n := 0
	for _, yes := range found { // a count does not depend on the order
		if yes {
			n++
		}
	}
	return n
}

// meet reports whether two sorted lists have a number in common.
func meet(a, b []uint32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// signsIn reports whether sign-ins of an account are on record.
func (s *scene) signsIn(account uint32) bool {
	return slices.ContainsFunc(s.Facts.Rows(account), func(r graph.Row) bool {
		rel := s.Table.Relations[r.Relation]
		return rel == graph.Login || rel == graph.MFA
	})
}
