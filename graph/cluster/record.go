package cluster

import (
	"cmp"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// heldValues lists the shared values of each person, of all classes.
type heldValues struct {
	offsets []uint32
	values  []uint32
}

func newHeldValues(m *linkage.Model) heldValues {
	h := heldValues{offsets: make([]uint32, m.Persons.Len()+1)}
	for _, v := range m.Values {
		for _, x := range m.Holders(v) {
			h.offsets[x.Person+1]++
		}
	}
	for i := range m.Persons.Len() {
		h.offsets[i+1] += h.offsets[i]
	}
	h.values = make([]uint32, h.offsets[len(h.offsets)-1])
	next := slices.Clone(h.offsets)
	for i, v := range m.Values {
		for _, x := range m.Holders(v) {
			h.values[next[x.Person]] = uint32(i)
			next[x.Person]++
		}
	}
	return h
}

func (h heldValues) of(person uint32) []uint32 {
	return h.values[h.offsets[person]:h.offsets[person+1]]
}

// record describes a group as a cluster, without names of its own yet.
func (d *detection) record(g group) graph.Cluster {
	s := d.sum(g)
	c := graph.Cluster{
		Persons: len(g.persons), Names: s.names, Employers: s.employers, Homes: s.homes,
		Tags: d.tags(g), Evidence: d.evidence(g), Families: s.families,
	}
	for _, p := range g.points {
		c.Score += p / float64(len(g.points))
	}
	c.Score = math.Round(c.Score*1000) / 1000
	c.Flagged, c.Reasons = d.judge(s)
	for i, p := range g.persons {
		for _, a := range d.model.Persons.Accounts(p) {
			c.Members = append(c.Members, graph.Member{
				Account: d.t.Accounts[a], Flagged: c.Flagged && !s.passing[i],
				Points: math.Round(g.points[i]*1000) / 1000, Confidence: confidence(g.points[i]),
			})
		}
	}
	slices.SortFunc(c.Members, func(a, b graph.Member) int { return a.Account.Compare(b.Account) })
	return c
}

// confidence says how sure a membership is: the doubt halves with each 6 points, the least that makes a member. So a
// member with one value just good enough has .5, one with a purse and a line has about .9. It is a
// scale to sort by, not a probability: nobody has measured how often members are right.
func confidence(points float64) float64 {
	return math.Round((1-math.Exp2(-points/6))*1000) / 1000
}

// tags lists the labels on a group's accounts.
func (d *detection) tags(g group) []string {
	var tags []string
	for _, p := range g.persons {
		for _, a := range d.model.Persons.Accounts(p) {
			for _, r := range d.model.Rows(a) {
				if id := d.t.Identifiers[r.Identifier]; id.Kind() == ident.Tag {
					tags = append(tags, id.Key())
				}
			}
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// evidence lists the values that two or more of a group share, also those that tie nobody together.
func (d *detection) evidence(g group) []graph.Evidence {
	var values []uint32
	for _, p := range g.persons {
		values = append(values, d.held.of(p)...)
	}
	slices.Sort(values)
	best := map[uint32]linkage.Link{}
	for _, l := range g.links {
		if b, ok := best[l.Value]; !ok || l.Points > b.Points {
			best[l.Value] = l
		}
	}
	var out []graph.Evidence
	for lo := 0; lo < len(values); {
		hi := lo + 1
		for hi < len(values) && values[hi] == values[lo] {
			hi++
		}
		if hi-lo > 1 {
			l, ok := best[values[lo]]
			out = append(out, d.oneEvidence(g, values[lo], l, ok))
		}
		lo = hi
	}
	slices.SortStableFunc(out, func(a, b graph.Evidence) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Inside, a.Inside), a.Identifier.Compare(b.Identifier))
	})
	return out
}

// oneEvidence describes one value; l is the link that makes most of it, if there is one.
func (d *detection) oneEvidence(g group, value uint32, l linkage.Link, linked bool) graph.Evidence {
	m := d.model
	v := m.Values[value]
	e := graph.Evidence{
		Identifier: d.t.Identifiers[v.Identifier], Class: string(v.Class), Holders: len(m.Holders(v)),
		Points: math.Round(float64(l.Points)*1000) / 1000,
	}
	var inside []linkage.Holder
	for _, p := range g.persons {
		h, ok := m.Holder(v, p)
		if !ok {
			continue
		}
		inside = append(inside, h)
		for _, t := range m.Touches(h) {
			e.Accounts = append(e.Accounts, d.t.Accounts[t.Account])
		}
		if h.First != 0 && (e.First == 0 || h.First < e.First) {
			e.First = h.First
		}
		e.Last = max(e.Last, h.Last)
	}
	slices.SortFunc(e.Accounts, graph.AccountID.Compare)
	e.Inside = len(inside)
	a, b := inside[0], inside[1]
	if linked {
		a, _ = m.Holder(v, l.A)
		b, _ = m.Holder(v, l.B)
	}
	e.Family, e.Note = m.FamilyOf(v, a, b), m.Note(v, a, b)
	return e
}
