package linkage

import (
	"fmt"
	"slices"

	"samehand/graph/ident"
)

// findServices finds the values whose holders have nothing to do with each other but for it: what a tax preparer, a
// repair shop or a helpdesk leaves on its customers' accounts. A tie corroborates another only when it lies on other
// accounts of the two persons; a holder with no other accounts speaks neither way. Lines are judged by how they are used, not here.
func (m *Model) findServices() {
	var candidates []int
	for i, v := range m.Values {
		if m.CanBeService(v) {
			candidates = append(candidates, i)
		}
	}
	if len(candidates) == 0 {
		return
	}
	held := m.valuesOf()
	var services []int
	for _, i := range candidates {
		v, alone, others := m.Values[i], 0, 0
		for _, h := range m.Holders(v) {
			if m.Kind(v) != ident.Address && len(m.Touches(h)) == len(m.Persons.Accounts(h.Person)) {
				continue // has no other account that could say anything
			}
			others++
			if !m.wages(v, h) && m.onlyBy(v, h, held) {
				alone++
			}
		}
		if alone >= min(m.Options.ServiceMin, len(m.Holders(v))) && float64(alone) >= m.Options.ServiceShare*float64(others) {
			services = append(services, i)
			m.Values[i].Reason = fmt.Sprintf("%d of the %d persons who have it have nothing else in common with the others on their other accounts", alone, len(m.Holders(v)))
		}
	}
	for _, i := range services { // after all are judged, so that their order does not matter
		m.Values[i].Class = ClassService
	}
}

// wages reports whether a person is paid there by an employer: no tax preparer, exchange or marketplace pays wages into one account.
func (m *Model) wages(v Value, h Holder) bool {
	return m.Kind(v) == ident.Payment && slices.ContainsFunc(m.Touches(h), func(t Touch) bool { return len(m.AccountEmployers(t.Account)) > 0 })
}

// valuesOf lists the shared values of each person.
func (m *Model) valuesOf() lists {
	var ps []pair
	for i, v := range m.Values {
		if v.Class.Mute() {
			continue
		}
		for _, h := range m.Holders(v) {
			ps = append(ps, pair{h.Person, uint32(i)})
		}
	}
	return newLists(m.Persons.Len(), ps)
}

// onlyBy reports whether none of a person's other accounts than those that touch v shares anything with other accounts of v's other
// holders.
func (m *Model) onlyBy(v Value, h Holder, held lists) bool {
	for _, w := range held.at(h.Person) {
		if _, ok := m.Backs(v, m.Values[w], h, func(uint32) bool { return true }); ok {
			return false
		}
	}
	return true
}

// elsewhere reports whether a person has one value through an account that does not touch the other.
func (m *Model) elsewhere(one, other Holder) bool {
	ts := m.Touches(other)
	for _, t := range m.Touches(one) {
		if !slices.ContainsFunc(ts, func(u Touch) bool { return u.Account == t.Account }) {
			return true
		}
	}
	return false
}
