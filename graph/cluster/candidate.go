package cluster

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// What speaks for somebody as the one who hosts, receives or is paid for others, strongest first. The scale is arbitrary; a single
// weak clue names nobody. Centrality is no clue: it points at personas.
const (
	clueResident = 4.0  // lives where equipment for others is sent
	cluePhone    = 3.0  // is called about parcels for others
	cluePurse    = 2.0  // had the purse before others were paid into it
	clueRecovery = 2.0  // can get into the accounts of others
	clueReferee  = 1.0  // vouches for others
	clueEarliest = 1.0  // was on the line before all others
	clueLongest  = 1.0  // was on the line longer than all others
	clueExit     = -2.0 // signs in through servers that other members use as well: that is how a persona is run
	clueEnough   = 3.0  // from which somebody is a candidate
	mostNamed    = 5    // candidates that are named
)

// candidate is a person who may run a cluster.
type candidate struct {
	person uint32
	score  float64
	clues  []clue
}

// clue is one thing that speaks for or against a candidate.
type clue struct {
	points float64
	text   string
}

func (c *candidate) add(points float64, text string) {
	c.score += points
	c.clues = append(c.clues, clue{points, text})
}

// reasons returns what speaks for and against a candidate, the strongest first.
func (c *candidate) reasons() []string {
	slices.SortStableFunc(c.clues, func(a, b clue) int { return cmp.Compare(b.points, a.points) })
	out := make([]string, len(c.clues))
	for i, x := range c.clues {
		out[i] = x.text
	}
	return out
}

// candidates ranks the persons who may run a cluster: members, and who lives at its sites. None, when nothing speaks for
// anybody.
func (d *detection) candidates(f finding) []candidate {
	persons := slices.Concat(f.group.persons, d.neighbours(f))
	slices.Sort(persons)
	persons = slices.Compact(persons)
	by := map[uint32]*candidate{}
	of := func(p uint32) *candidate {
		if by[p] == nil {
			by[p] = &candidate{person: p}
		}
		return by[p]
	}
	for _, i := range d.valuesAmong(f.group, persons) {
		v := d.model.Values[i]
		if v.Class.Mute() {
			continue
		}
		d.clues(v, d.holdersIn(persons, v), f.group, of)
	}
	for _, s := range f.sites {
		d.lineClues(s, persons, of)
	}
	d.exitClues(f.group, of)
	var out []candidate
	for _, p := range persons {
		if c := by[p]; c != nil && c.score >= clueEnough {
			out = append(out, *c)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out[:min(len(out), mostNamed)]
}

// valuesAmong lists the shared values that the group, or others beside it, have.
func (d *detection) valuesAmong(g group, persons []uint32) []uint32 {
	return d.sharedValues(group{persons: persons, links: g.links})
}

// clues adds what one value says about its holders.
func (d *detection) clues(v linkage.Value, hs []linkage.Holder, g group, of func(uint32) *candidate) {
	switch d.model.Kind(v) {
	case ident.Address:
		d.serve(hs, g, of, clueResident, "lives where equipment of %d others is sent",
			func(h linkage.Holder) bool { return h.Role&linkage.Lives != 0 }, func(h linkage.Holder) bool { return h.Role&linkage.Door != 0 })
	case ident.Phone:
		d.serve(hs, g, of, cluePhone, "is called about parcels of %d others",
			func(h linkage.Holder) bool { return d.has(v, h, graph.Registered, graph.MFA) },
			func(h linkage.Holder) bool { return d.has(v, h, graph.ShipTo) && !d.has(v, h, graph.Registered) })
		d.recovery(v, hs, g, of)
	case ident.Email:
		d.recovery(v, hs, g, of)
		d.serve(hs, g, of, clueReferee, "vouches for %d others",
			func(h linkage.Holder) bool { return h.Role&linkage.Own != 0 }, func(h linkage.Holder) bool { return h.Role&linkage.Vouch != 0 })
	case ident.Payment:
		d.purse(hs, of)
	}
}

// recovery adds who can get into the accounts of others.
func (d *detection) recovery(v linkage.Value, hs []linkage.Holder, g group, of func(uint32) *candidate) {
	d.serve(hs, g, of, clueRecovery, "has the mailbox or number by which %d others get back into their accounts",
		func(h linkage.Holder) bool { return d.has(v, h, graph.Registered) },
		func(h linkage.Holder) bool { return d.has(v, h, graph.Recovery) && !d.has(v, h, graph.Registered) })
}

// serve adds a clue for the holders who are givers, when two or more members beside them are takers; more takers count a little more.
func (d *detection) serve(hs []linkage.Holder, g group, of func(uint32) *candidate, points float64, text string, gives, takes func(linkage.Holder) bool) {
	for _, h := range hs {
		if !gives(h) {
			continue
		}
		n := 0
		for _, o := range hs {
			_, member := slices.BinarySearch(g.persons, o.Person)
			if o.Person != h.Person && member && takes(o) {
				n++
			}
		}
		if n > 1 {
			of(h.Person).add(points+min(1, .1*float64(n)), fmt.Sprintf(text, n))
		}
	}
}

// has reports whether one of the relations ties a holder to a value.
func (d *detection) has(v linkage.Value, h linkage.Holder, rels ...graph.Relation) bool {
	for _, t := range d.model.Touches(h) {
		for _, r := range d.model.Rows(t.Account) {
			if r.Identifier == v.Identifier && slices.Contains(rels, d.t.Relations[r.Relation]) {
				return true
			}
		}
	}
	return false
}

// purse adds who had a purse well before all others.
func (d *detection) purse(hs []linkage.Holder, of func(uint32) *candidate) {
	hs = slices.Clone(hs)
	slices.SortStableFunc(hs, func(a, b linkage.Holder) int { return cmp.Compare(a.First, b.First) })
	if len(hs) < 3 || hs[0].First == 0 || hs[1].First-hs[0].First < week {
		return
	}
	of(hs[0].Person).add(cluePurse, fmt.Sprintf("was paid into a purse before the %d others were", len(hs)-1))
}

const week = graph.Time(7 * 24 * 3600 * 1e6)

// lineClues adds who was on a site's line before all others, and for longest, by a week at least.
func (d *detection) lineClues(s site, persons []uint32, of func(uint32) *candidate) {
	for _, i := range s.values {
		v := d.model.Values[i]
		if !d.model.IsLine(v) {
			continue
		}
		hs := slices.DeleteFunc(slices.Clone(d.holdersIn(persons, v)), func(h linkage.Holder) bool { return h.First == 0 || !d.model.AtBase(h) })
		if len(hs) < 2 {
			continue
		}
		slices.SortStableFunc(hs, func(a, b linkage.Holder) int { return cmp.Compare(a.First, b.First) })
		if hs[1].First-hs[0].First >= week {
			of(hs[0].Person).add(clueEarliest, "was on the line before all others")
		}
		slices.SortStableFunc(hs, func(a, b linkage.Holder) int { return cmp.Compare(b.Last-b.First, a.Last-a.First) })
		if hs[0].Last-hs[0].First-(hs[1].Last-hs[1].First) >= week {
			of(hs[0].Person).add(clueLongest, "was on the line longer than all others")
		}
	}
}

// exitClues subtracts from those who sign in through servers that other members use as well.
func (d *detection) exitClues(g group, of func(uint32) *candidate) {
	exits := map[uint32]int{}
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		if v.Class != linkage.ClassEgress {
			continue
		}
		for _, h := range d.inside(g, v) {
			exits[h.Person]++
		}
	}
	for _, p := range g.persons {
		if n := exits[p]; n > 0 {
			of(p).add(clueExit, "but signs in through servers that other members use as well, as those do who are run from afar")
		}
	}
}
