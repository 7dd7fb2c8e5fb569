package linkage

import "samehand/graph/ident"

// Tie says that two persons have some value in common.
type Tie struct{ A, B uint32 }

// Ties returns ties that connect all persons who share a value that may link at all, with no regard to what it is worth. Holders of one
// value are chained, not paired, so there are no more ties than rows. Values with more than limit persons are left out, and
// addresses where nobody had equipment sent: two people registered at one address are no tie at all.
func (m *Model) Ties(limit int) []Tie {
	var ties []Tie
	es := gather(m.facts, m.Persons.Of, m.shared)
	for g := range runs(es, func(a, b entry) bool { return a.identifier == b.identifier }) {
		persons, roles := []uint32(nil), Role(0)
		for h := range runs(g, func(a, b entry) bool { return a.person == b.person }) {
			persons = append(persons, h[0].person)
			for _, e := range h {
				roles |= e.role
			}
		}
		door := m.t.Identifiers[g[0].identifier].Kind() != ident.Address || roles.has(Door)
		if len(persons) > limit || !door {
			continue
		}
		for i, q := range persons[1:] {
			ties = append(ties, Tie{persons[i], q})
		}
	}
	return ties
}
