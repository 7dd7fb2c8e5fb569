package cluster

import (
	"cmp"
	"math"
	"slices"
	"strings"

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

// record describes a group as a cluster, without names of its own yet, and says which members are passing, by place in the group.
// Numbers and evidence are of all members; whether it is flagged is decided by those who are more than passing.
func (d *detection) record(g group) (graph.Cluster, []bool, error) {
	v := d.weighUp(g)
	if err := d.holdBack(g, &v); err != nil {
		return graph.Cluster{}, nil, err
	}
	c := graph.Cluster{
		Persons: v.all.persons, Names: v.all.names, Employers: v.all.employers, Homes: v.all.homes, Families: v.all.families,
		Tags: d.tags(g), Evidence: d.evidence(g), Flagged: v.flagged, Reasons: v.reasons, Considered: v.considered,
	}
	for _, p := range g.points {
		c.Score += p / float64(len(g.points))
	}
	c.Score = thousandths(c.Score)
	for i, p := range g.persons {
		for _, a := range d.model.Persons.Accounts(p) {
			c.Members = append(c.Members, graph.Member{
				Account: d.t.Accounts[a], Flagged: c.Flagged && !v.passing[i],
				Points: thousandths(g.points[i]), Confidence: confidence(g.points[i]),
			})
		}
	}
	slices.SortFunc(c.Members, func(a, b graph.Member) int { return a.Account.Compare(b.Account) })
	d.flagStacks(g, &c)
	return c, v.passing, nil
}

// outcome is what was decided about a group.
type outcome struct {
	all        summary
	passing    []bool // by place in the group
	flagged    bool
	reasons    []string
	considered []graph.LookAlike
}

// weighUp decides whether a group is flagged.
func (d *detection) weighUp(g group) outcome {
	if g.judged != nil {
		return *g.judged
	}
	v := outcome{}
	var oneAccount int
	v.passing, oneAccount = d.passing(g)
	inner := core(g, v.passing)
	habits := d.posing(inner)
	v.all = d.sum(g, habits)
	v.all.oneAccount = float64(oneAccount) >= d.o.OneAccount*float64(len(g.persons)) && d.oneThing(g)
	n := 0
	for _, p := range v.passing {
		if p {
			n++
		}
	}
	v.flagged, v.reasons, v.considered = d.decide(v.all, n, func() summary { return d.sum(inner, habits) })
	if v.flagged && habits >= d.o.Habits {
		habits := d.habitReasons(inner)
		if slices.ContainsFunc(habits, func(r string) bool { return strings.Contains(r, twoJobs) }) {
			v.reasons = slices.DeleteFunc(v.reasons, func(r string) bool { return r == reasonBusy })
		}
		v.reasons = append(v.reasons, habits...)
	}
	return v
}

// oneThing reports whether what ties a group is nearly all values that most members have: a service's customers have the service in
// common, and not each another value with somebody else.
func (d *detection) oneThing(g group) bool {
	wide := map[uint32]bool{}
	for _, i := range linkedValues(g.links) {
		wide[i] = float64(len(d.inside(g, d.model.Values[i]))) >= d.o.OneAccount*float64(len(g.persons))
	}
	of, all := 0, 0
	for _, l := range g.links {
		if d.counts(l) {
			all++
			if wide[l.Value] {
				of++
			}
		}
	}
	return float64(of) >= d.o.Bundle*float64(all)
}

// thousandths rounds to what is worth reading.
func thousandths(x float64) float64 { return math.Round(x*1000) / 1000 }

// confidence says how sure a membership is: the doubt halves with each 6 points, the least that makes a member. So a
// member with one value just good enough has .5, one with a purse and a line has about .9. It is a
// scale to sort by, not a probability: nobody has measured how often members are right. It ends at .99: data alone make nobody certain.
func confidence(points float64) float64 {
	return min(.99, thousandths(1-math.Exp2(-points/6)))
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

// sharedValues lists the values that two or more of a group have, by number.
func (d *detection) sharedValues(g group) []uint32 {
	var values []uint32
	for _, p := range g.persons {
		values = append(values, d.held.of(p)...)
	}
	slices.Sort(values)
	out := values[:0]
	for lo := 0; lo < len(values); {
		hi := lo + 1
		for hi < len(values) && values[hi] == values[lo] {
			hi++
		}
		if v := values[lo]; hi-lo > 1 {
			out = append(out, v)
		}
		lo = hi
	}
	return out
}

// inside returns the holders of a value who are in a group.
func (d *detection) inside(g group, v linkage.Value) []linkage.Holder {
	all := d.model.Holders(v)
	in := make([]linkage.Holder, 0, min(len(all), len(g.persons)))
	if len(all) <= len(g.persons) {
		for _, h := range all {
			if _, ok := slices.BinarySearch(g.persons, h.Person); ok {
				in = append(in, h)
			}
		}
		return in
	}
	for _, p := range g.persons {
		if h, ok := d.model.Holder(v, p); ok {
			in = append(in, h)
		}
	}
	return in
}

// evidence lists the values that two or more of a group share, also those that tie nobody together.
func (d *detection) evidence(g group) []graph.Evidence {
	best := map[uint32]linkage.Link{}
	for _, l := range g.links {
		if b, ok := best[l.Value]; !ok || l.Points > b.Points {
			best[l.Value] = l
		}
	}
	var out []graph.Evidence
	for _, v := range d.sharedValues(g) {
		l, ok := best[v]
		out = append(out, d.oneEvidence(g, v, l, ok))
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
		Points: thousandths(float64(l.Points)),
	}
	inside := d.inside(g, v)
	for _, h := range inside {
		e.Also = append(e.Also, d.otherwise(v, h)...)
		for _, t := range m.Touches(h) {
			e.Accounts = append(e.Accounts, d.t.Accounts[t.Account])
		}
		if h.First != 0 && (e.First == 0 || h.First < e.First) {
			e.First = h.First
		}
		e.Last = max(e.Last, h.Last)
	}
	e.Inside = len(inside)
	slices.SortFunc(e.Accounts, graph.AccountID.Compare)
	slices.SortFunc(e.Also, ident.ID.Compare)
	e.Also = slices.Compact(e.Also)
	a, b := inside[0], inside[1] // without a link, any two will do
	if linked {
		a, _ = m.Holder(v, l.A)
		b, _ = m.Holder(v, l.B)
	}
	e.Family, e.Note = m.FamilyOf(v, a, b), m.Note(v, a, b)
	return e
}

// otherwise lists the other addresses of a line, or the other spellings of an address, by which a holder has a value. Values of
// other kinds have one key each.
func (d *detection) otherwise(v linkage.Value, h linkage.Holder) []ident.ID {
	if k := d.model.Kind(v); k != ident.IP && k != ident.Address {
		return nil
	}
	var out []ident.ID
	for _, i := range d.model.Sightings(v, h) {
		if n := d.t.Rows[i].Identifier; n != v.Identifier && !slices.Contains(out, d.t.Identifiers[n]) {
			out = append(out, d.t.Identifiers[n])
		}
	}
	return out
}
