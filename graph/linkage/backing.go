package linkage

import (
	"slices"

	"samehand/graph/ident"
)

// Backs reports whether value q keeps v from being taken for a service's in the eyes of one of its holders: the person has q,
// on another account than v, in common with another holder of v that in takes, who has it on another account too. It names the first of those.
// To a door anything else that two have in common will do, on whatever account: the customers of a mailbox shop have nothing.
func (m *Model) Backs(v, q Value, h Holder, in func(person uint32) bool) (other uint32, ok bool) {
	if q.Identifier == v.Identifier || q.Class.Mute() {
		return 0, false
	}
	mine, has := m.Holder(q, h.Person)
	door := m.Kind(v) == ident.Address
	if !has || !door && !m.elsewhere(mine, h) {
		return 0, false
	}
	for _, x := range m.Holders(q) {
		if x.Person == h.Person || !in(x.Person) {
			continue
		}
		theirs, both := m.Holder(v, x.Person)
		if !both || !door && !m.elsewhere(x, theirs) {
			continue
		}
		if p, _ := m.points(q, mine, x); p >= m.Options.ServiceTie {
			return x.Person, true
		}
	}
	return 0, false
}

// CanBeService reports whether a value has enough holders, and is of a kind and class, to be looked at as a service's.
func (m *Model) CanBeService(v Value) bool {
	least := m.Options.ServiceMin
	switch m.Kind(v) {
	case ident.Address:
		least = m.Options.ServiceDoor
	case ident.Payment: // that no wages are paid into; an exchange's deposit address has few holders in a case
		least--
	}
	return !m.IsLine(v) && !v.Class.Mute() && v.Class != ClassPaper && len(m.Holders(v)) >= least
}

// AtWork returns rows of the table that show that others sign in where the holders of a value are paid: of each of their
// employers, the first sign-in of as many persons as it takes for not signing in to say something. That is what a purse of
// ghost employees is told by, see [ClassPaper].
func (m *Model) AtWork(v Value) []uint32 {
	var employers []uint32
	for _, h := range m.Holders(v) {
		employers = append(employers, m.Employers(h.Person)...)
	}
	slices.Sort(employers)
	var out []uint32
	for _, e := range slices.Compact(employers) {
		n := 0
		for _, p := range m.at(e) {
			if _, holder := m.Holder(v, p.person); !p.works || holder || n == m.Options.PaperWorkers {
				continue
			}
			if row, ok := m.signInAt(p.person, e); ok {
				n, out = n+1, append(out, row)
			}
		}
	}
	return out
}

// signInAt returns the first row that says that a person signs in at an employer.
func (m *Model) signInAt(person, employer uint32) (uint32, bool) {
	for _, a := range m.Persons.Accounts(person) {
		if !slices.Contains(m.AccountEmployers(a), employer) {
			continue
		}
		for i := m.rows[a]; i < m.rows[a+1]; i++ {
			if m.sorts.acts[m.t.Rows[i].Relation] == signed {
				return i, true
			}
		}
	}
	return 0, false
}
