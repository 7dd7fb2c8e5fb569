package linkage

import (
	"cmp"
	"slices"
	"time"

	"samehand/graph"
)

// leases splits the uses of one IP where it was silent for longer than gap, because a provider may have given it to
// somebody else. Pieces that have a person in common stay together: the line came back to them, so it was theirs (a
// holiday, a weekend without sign-ins). Uses without a time are a piece of their own, unless a person is in it that
// has times. It sets each entry's lease, numbered from 0 by time, and returns how many there are.
//
// Addresses move to other customers: Padmanabhan et al. (IMC 2016, doi:10.1145/2987443.2987461).
func leases(es []entry, gap time.Duration) int {
	order := make([]int, len(es))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(es[a].span.first, es[b].span.first) })
	pieces, last := int32(0), graph.Time(0)
	for n, i := range order {
		s := es[i].span
		if n > 0 && (last == 0) != (s.first == 0) || last != 0 && s.first-last > graph.Time(gap.Microseconds()) {
			pieces++
		}
		last = max(last, s.last)
		es[i].lease = pieces
	}
	if pieces == 0 {
		return 1
	}
	u := newUnion(int(pieces) + 1)
	for i := 1; i < len(es); i++ {
		if es[i].person == es[i-1].person {
			u.join(uint32(es[i].lease), uint32(es[i-1].lease))
		}
	}
	of, n := u.number()
	for i := range es {
		es[i].lease = int32(of[es[i].lease])
	}
	return n
}

// addLeases makes a value of each lease of one IP.
func (m *Model) addLeases(es []entry) {
	opened, era := m.opening(es)
	n := leases(es, m.Options.LeaseGap)
	if n == 1 || opened > 0 {
		m.addValue(es, 0)
		v := &m.Values[len(m.Values)-1]
		v.opened, v.era = opened, era
		return
	}
	slices.SortStableFunc(es, func(a, b entry) int { return cmp.Compare(a.lease, b.lease) })
	for g := range runs(es, func(a, b entry) bool { return a.lease == b.lease }) {
		m.addValue(g, int(g[0].lease)+1)
	}
}

// opening counts the accounts that were opened on a line and then left it, if that is what the line is for: at least OpeningMin, and most
// of those that used it. There one after the other is the evidence, not a recycled line: somebody opens accounts, and others work on
// them (an account broker). Accounts at an employer are not opened by who uses them. It is 0 for any other line. It returns also from when
// to when they were opened.
func (m *Model) opening(es []entry) (opened int, era span) {
	all := 0
	for g := range runs(es, func(a, b entry) bool { return a.account == b.account }) {
		all++
		var stay span
		for _, e := range g {
			stay = stay.widen(e.span)
		}
		a := g[0].account
		born := m.spans[a].first
		if len(m.AccountEmployers(a)) == 0 && stay.known() && stay.first-born <= graph.Time(m.Options.OpeningDelay.Microseconds()) &&
			stay.last-stay.first < graph.Time(m.Options.OpeningStay.Microseconds()) && m.firstHere(a, stay) && m.movedOn(a, stay.last) {
			opened++
			era = era.widen(stay)
		}
	}
	if opened < m.Options.OpeningMin || float64(opened) < m.Options.OpeningShare*float64(all) {
		return 0, span{}
	}
	return opened, era
}

// firstHere reports whether an account signed in nowhere before a stay.
func (m *Model) firstHere(account uint32, stay span) bool {
	return !slices.ContainsFunc(m.of(account), func(r graph.Row) bool {
		s := rowSpan(r)
		return m.sorts.signIn(r) && s.known() && s.first < stay.first
	})
}

// movedOn reports whether an account signs in, a day or more after a time, from wherever.
func (m *Model) movedOn(account uint32, after graph.Time) bool {
	return slices.ContainsFunc(m.of(account), func(r graph.Row) bool {
		return m.sorts.signIn(r) && rowSpan(r).last-after >= microsPerDay
	})
}
