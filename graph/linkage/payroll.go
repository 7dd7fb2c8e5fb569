package linkage

import (
	"cmp"
	"fmt"
	"slices"
)

// payroll says what a person has to do with an employer: is paid by it, signs in at it.
type payroll struct {
	person, employer uint32
	paid, works      bool
}

// newPayrolls reads who is paid where, and who signs in where, by employer, then person.
func (m *Model) newPayrolls() []payroll {
	var ps []payroll
	for a, p := range m.Persons.Of {
		es := m.AccountEmployers(uint32(a))
		if len(es) == 0 {
			continue
		}
		var acts act
		for _, r := range m.of(uint32(a)) {
			acts |= m.sorts.acts[r.Relation]
		}
		for _, e := range es {
			ps = append(ps, payroll{p, e, acts&paid != 0, acts&signed != 0})
		}
	}
	slices.SortStableFunc(ps, comparePayrolls)
	out := ps[:0]
	for g := range runs(ps, func(a, b payroll) bool { return comparePayrolls(a, b) == 0 }) {
		one := g[0]
		for _, p := range g[1:] {
			one.paid, one.works = one.paid || p.paid, one.works || p.works
		}
		out = append(out, one)
	}
	return out
}

func comparePayrolls(a, b payroll) int {
	return cmp.Or(cmp.Compare(a.employer, b.employer), cmp.Compare(a.person, b.person))
}

// at returns what all persons have to do with an employer.
func (m *Model) at(employer uint32) []payroll {
	find := func(e uint32) int {
		i, _ := slices.BinarySearchFunc(m.payrolls, e, func(p payroll, e uint32) int { return order(p.employer, e) })
		return i
	}
	return m.payrolls[find(employer):find(employer+1)]
}

// Works reports whether a person signs in at an employer: has a job that is worked at, not only paid.
func (m *Model) Works(person uint32) bool {
	return slices.ContainsFunc(m.Employers(person), func(e uint32) bool { return m.worksAt(person, e) })
}

// worksAt reports whether a person signs in at one employer.
func (m *Model) worksAt(person, employer uint32) bool {
	ps := m.at(employer)
	i, ok := slices.BinarySearchFunc(ps, person, func(p payroll, q uint32) int { return order(p.person, q) })
	return ok && ps[i].works
}

// ghost reports whether an employer, where others sign in, pays a person who does not. Since a payroll lists
// people who have no account to sign in with, too, it means nothing about one person.
func (m *Model) ghost(person, employer uint32) bool {
	ps := m.at(employer)
	i, ok := slices.BinarySearchFunc(ps, person, func(p payroll, q uint32) int { return order(p.person, q) })
	return ok && ps[i].paid && !ps[i].works && m.workers(employer) >= m.Options.PaperWorkers
}

// workers counts who signs in at an employer. It is remembered.
func (m *Model) workers(employer uint32) int {
	n, ok := m.signers[employer]
	if !ok {
		for _, p := range m.at(employer) {
			if p.works {
				n++
			}
		}
		m.signers[employer] = n
	}
	return n
}

// judgePayment tells a purse of ghost employees and a payroll card from a purse.
func (m *Model) judgePayment(v *Value) {
	hs := m.Holders(*v)
	if len(hs) < m.Options.PayerMin {
		return
	}
	unseen, payers := map[uint32]int{}, map[uint32]int{}
	for _, h := range hs {
		for _, e := range m.employersOf(h) {
			payers[e]++
			if m.ghost(h.Person, e) {
				unseen[e]++
			}
		}
	}
	ghosts, one := 0, 0 // of the employer that has most: a guardian's wards are paid by several
	for e, n := range payers {
		ghosts, one = max(ghosts, unseen[e]), max(one, n)
	}
	switch n := float64(len(hs)); {
	case float64(ghosts) >= m.Options.PaperShare*n && len(hs) <= m.Options.Cap:
		v.Class = ClassPaper
		v.Reason = fmt.Sprintf("%d of the %d persons paid there never sign in at the employer who pays them, where others do", ghosts, len(hs))
	case float64(one) >= m.Options.PayerShare*n:
		v.Class, v.Reason = ClassOnePayer, fmt.Sprintf("%d of the %d persons paid there have one employer", one, len(hs))
	}
}

// paidByEmployers counts the holders of a payment through accounts at an employer.
func (m *Model) paidByEmployers(v Value) int {
	n := 0
	for _, h := range m.Holders(v) {
		if m.wages(v, h) {
			n++
		}
	}
	return n
}

// employersOf returns the employers of the accounts through which a person has a value, sorted, without repeats.
func (m *Model) employersOf(h Holder) []uint32 {
	ts := m.Touches(h)
	if len(ts) == 1 && !m.applies[ts[0].Account] {
		return m.AccountEmployers(ts[0].Account)
	}
	var es []uint32
	for _, t := range ts {
		if !m.applies[t.Account] {
			es = append(es, m.AccountEmployers(t.Account)...)
		}
	}
	slices.Sort(es)
	return slices.Compact(es)
}

// agency says why a number or an address is an agency's; "" when it is not: most who have it are paid by one employer where none of
// them signs in, nor anybody else. Its people work at its clients, and give its number and its address.
func (m *Model) agency(hs []Holder) string {
	if len(hs) < m.Options.OfficeMin {
		return ""
	}
	paid := map[uint32]int{}
	for _, h := range hs {
		for _, e := range m.Employers(h.Person) {
			ps := m.at(e)
			i, ok := slices.BinarySearchFunc(ps, h.Person, func(p payroll, q uint32) int { return order(p.person, q) })
			if ok && ps[i].paid && m.workers(e) == 0 {
				paid[e]++
			}
		}
	}
	most := 0
	for _, n := range paid { // a maximum does not depend on the order
		most = max(most, n)
	}
	if float64(most) < m.Options.OfficeRecord*float64(len(hs)) {
		return ""
	}
	return fmt.Sprintf("%d of the %d persons who have it are paid by one employer where nobody signs in: an agency's", most, len(hs))
}
