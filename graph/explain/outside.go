package explain

import (
	"cmp"
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// partnersShown is how many persons an account in no cluster is compared with by name; the others are counted.
const partnersShown = 10

// outside explains an account in no cluster: with whom it shares what, and what it would add up to if all of them were
// taken together.
func (w *Weighed) outside(m *Membership, me uint32) {
	w.add(m, me, func(uint32) bool { return true })
	m.Agrees = true // the run says nothing of it
	for i := range m.Nothing {
		w.ownOnly(&m.Nothing[i], me)
	}
	m.Nothing = append(m.Nothing, w.unweighed(me, w.apartFrom(m.Apart))...)
	of := map[uint32][]linkage.Link{}
	for _, l := range w.m.Links {
		switch me {
		case l.A:
			of[l.B] = append(of[l.B], l)
		case l.B:
			of[l.A] = append(of[l.A], l)
		}
	}
	type partner struct {
		person uint32
		points float64
	}
	var all []partner
	for p, links := range of {
		all = append(all, partner{p, w.m.Weight(links)})
	}
	slices.SortFunc(all, func(a, b partner) int {
		return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(a.person, b.person))
	})
	shown := min(partnersShown, len(all))
	m.More = len(all) - shown
	for _, x := range all[:shown] {
		p := Partner{Account: w.first(x.person), Points: x.points}
		if c := w.clusterOf(x.person); c != nil {
			p.Cluster = c.ID
		}
		p.Counting = w.step(me, x.person).Counting
		m.Partners = append(m.Partners, p)
	}
	for _, s := range slices.Concat(m.Counting, m.Nothing) {
		m.rows = append(m.rows, s.rows...)
	}
	m.rows = append(m.rows, w.context(me)...)
}

// apartFrom lists the persons of the clusters that somebody is set apart from, sorted: a name and a home, which weigh
// nothing, are what a victim shares with a member.
func (w *Weighed) apartFrom(list []ApartFrom) []uint32 {
	var persons []uint32
	for _, a := range list {
		c := slices.IndexFunc(w.run.Clusters, func(c graph.Cluster) bool { return c.ID == a.Cluster })
		persons = append(persons, w.inside(int32(c))...)
	}
	slices.Sort(persons)
	return slices.Compact(persons)
}

// ownOnly leaves of the lines of a value that counts nothing only those of the person itself: a hub's other holders are
// many, and strangers. Who they are stays in With.
func (w *Weighed) ownOnly(s *Shared, me uint32) {
	s.rows = slices.DeleteFunc(s.rows, func(i uint32) bool { return w.m.Persons.Of[w.t.Rows[i].Account] != me })
	s.Uses = w.uses(s.rows)
}
