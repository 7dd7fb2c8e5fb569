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
	clueResident = 2.5  // lives where equipment for others is sent
	clueOpens    = 4.0  // stays on the line where accounts of others were opened
	cluePhone    = 3.0  // is called about parcels for others
	clueWorks    = 3.0  // works, and is paid into the purse of people who do not
	cluePurse    = 2.0  // had the purse before others were paid into it
	clueRecovery = 2.0  // can get into the accounts of others
	clueFirst    = 1.0  // was registered at the home before all others
	clueOnly     = 3.0  // signs in from the line and hardly from elsewhere: personas are worked from servers, too
	clueEarliest = 1.5  // was on the line before all others
	clueLongest  = 2.0  // was on the line longer than all others
	clueReferee  = 1.0  // vouches for others
	clueAway     = -1.5 // lives there, and signs in from elsewhere as well
	clueMost     = 3.0  // is taken off at most for the habits of personas, a point for each bit
	clueAside    = -2.0 // is set aside: nothing but line and door ties them
	clueExit     = -2.0 // signs in through servers that other members use as well: that is how a persona is run
	clueEnough   = 3.0  // from which somebody is a candidate
	onlyShare    = .9   // share of somebody's sign-ins that is hardly elsewhere
	mostNamed    = 5    // candidates that are named, beside those who cannot be told apart from the last
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
		d.siteClues(s, persons, of)
	}
	d.personaClues(f.group, of)
	home := d.hosts(f.group)
	for i, p := range f.group.persons {
		if f.passing != nil && f.passing[i] && by[p] != nil && !home[i] && !d.settled(p) {
			by[p].add(clueAside, "but is set aside as somebody who may be there without their doing")
		}
	}
	var out []candidate
	for _, p := range persons {
		if c := by[p]; c != nil && c.score >= clueEnough {
			out = append(out, *c)
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return out[:named(out)]
}

// named returns how many of the candidates, the best first, are named: the first few, and who cannot be told apart from the last of them, up
// to [graph.MostCandidates] in all.
func named(list []candidate) int {
	n := min(len(list), mostNamed)
	if n == 0 {
		return 0
	}
	last := list[n-1].score
	for n < min(len(list), graph.MostCandidates) && last-list[n].score < graph.ClearLead {
		n++
	}
	return n
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
			func(h linkage.Holder) bool {
				return d.has(v, h, graph.Registered, graph.Recovery, graph.MFA) || d.settled(h.Person)
			},
			func(h linkage.Holder) bool { return d.has(v, h, graph.ShipTo) && !d.has(v, h, graph.Registered) })
		d.recovery(v, hs, g, of)
	case ident.Email:
		d.recovery(v, hs, g, of)
		d.serve(hs, g, of, clueReferee, "vouches for %d others",
			func(h linkage.Holder) bool { return h.Role&linkage.Own != 0 }, func(h linkage.Holder) bool { return h.Role&linkage.Vouch != 0 })
	case ident.Payment:
		d.purse(v, hs, of)
	case ident.IP:
		d.opener(v, hs, of)
	}
}

// opener adds who lives on a line where accounts of others were opened.
func (d *detection) opener(v linkage.Value, hs []linkage.Holder, of func(uint32) *candidate) {
	if v.Class != linkage.ClassOpening {
		return
	}
	for _, h := range hs {
		if d.model.AtBase(h) && h.Last-h.First >= graph.Time(d.model.Options.OpeningStay.Microseconds()) {
			of(h.Person).add(clueOpens, fmt.Sprintf("stays on the line where accounts of %d others were opened and left", len(hs)-1))
		}
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

// purse adds who had a purse well before all others, and who works of those paid into a purse of people who do not.
func (d *detection) purse(v linkage.Value, hs []linkage.Holder, of func(uint32) *candidate) {
	if len(hs) < 3 {
		return
	}
	if v.Class == linkage.ClassPaper {
		for _, h := range hs {
			if d.model.Works(h.Person) && !d.brief(h) {
				of(h.Person).add(clueWorks, fmt.Sprintf("works, and is paid into one purse with %d others, most of whom never sign in", len(hs)-1))
			}
		}
	}
	if p, ok := first(hs, func(h linkage.Holder) graph.Time { return h.First }, week); ok {
		of(p).add(cluePurse, fmt.Sprintf("was paid into a purse before the %d others were", len(hs)-1))
	}
}

const week = graph.Time(7 * 24 * 3600 * 1e6)

// first returns the person whose time is the smallest, by at least a margin; times of 0 are not known and do not count.
func first(hs []linkage.Holder, at func(linkage.Holder) graph.Time, margin graph.Time) (uint32, bool) {
	hs = slices.DeleteFunc(slices.Clone(hs), func(h linkage.Holder) bool { return at(h) == 0 })
	slices.SortStableFunc(hs, func(a, b linkage.Holder) int { return cmp.Compare(at(a), at(b)) })
	if len(hs) < 2 || at(hs[1])-at(hs[0]) < margin {
		return 0, false
	}
	return hs[0].Person, true
}

// siteClues adds who was registered at a home, and on its lines, before all others, by a week at least, who was on the lines for longest, and
// who is hardly anywhere else.
func (d *detection) siteClues(s site, persons []uint32, of func(uint32) *candidate) {
	stays := d.stays(s, persons)
	for _, i := range s.values {
		v := d.model.Values[i]
		if d.model.IsLine(v) {
			continue
		}
		lives := slices.DeleteFunc(d.holdersIn(persons, v), func(h linkage.Holder) bool { return h.Role&linkage.Lives == 0 })
		if p, ok := first(lives, func(h linkage.Holder) graph.Time { return h.First }, week); ok {
			of(p).add(clueFirst, "was registered at the home before all others")
		}
	}
	if p, ok := first(stays, func(h linkage.Holder) graph.Time { return h.First }, week); ok {
		of(p).add(clueEarliest, "was on the line before all others")
	}
	if p, ok := first(stays, func(h linkage.Holder) graph.Time { return 1<<62 - (h.Last - h.First) }, week); ok {
		of(p).add(clueLongest, "was on the line longer than all others")
	}
	for _, h := range stays {
		switch all := d.signIns(h.Person); {
		case all == 0 || len(stays) < 3:
		case float64(h.Count) >= onlyShare*float64(all):
			of(h.Person).add(clueOnly, "signs in from there and hardly from elsewhere")
			if len(d.model.Homes(h.Person)) == 0 {
				of(h.Person).add(clueResident, "is not known to have another home")
			}
		default:
			of(h.Person).add(clueAway, "but signs in from elsewhere, too, as personas do")
		}
	}
}

// stays sums up who was on the lines of a site: from when to when, and how often.
func (d *detection) stays(s site, persons []uint32) []linkage.Holder {
	by := map[uint32]linkage.Holder{}
	for _, i := range s.values {
		v := d.model.Values[i]
		if !d.model.IsLine(v) {
			continue
		}
		for _, h := range d.holdersIn(persons, v) {
			if h.First == 0 || !d.model.AtBase(h) {
				continue
			}
			x, ok := by[h.Person]
			if !ok {
				x = linkage.Holder{Person: h.Person, First: h.First}
			}
			x.First, x.Last, x.Count = min(x.First, h.First), max(x.Last, h.Last), x.Count+h.Count
			by[h.Person] = x
		}
	}
	out := make([]linkage.Holder, 0, len(by))
	for _, p := range persons {
		if h, ok := by[p]; ok {
			out = append(out, h)
		}
	}
	return out
}

// signIns counts the sign-ins of a person. It is remembered: a group's persons are looked at without each of its values, too.
func (d *detection) signIns(person uint32) uint64 {
	if n, ok := d.signed[person]; ok {
		return n
	}
	n := uint64(0)
	for _, a := range d.model.Persons.Accounts(person) {
		for _, r := range d.model.Rows(a) {
			if d.t.Relations[r.Relation] == graph.Login && d.t.Identifiers[r.Identifier].Kind() == ident.IP {
				n += uint64(r.Count)
			}
		}
	}
	if d.signed == nil {
		d.signed = map[uint32]uint64{}
	}
	d.signed[person] = n
	return n
}

// personaClues subtracts from those who look like personas: who sign in through servers that other members use as well, and who hold
// several jobs at once and the like.
func (d *detection) personaClues(g group, of func(uint32) *candidate) {
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
	bits := d.bits(g)
	for i, p := range g.persons {
		if exits[p] > 0 {
			of(p).add(clueExit, "but signs in through servers that other members use as well, as those do who are run from afar")
		}
		if bits[i] >= 1 {
			of(p).add(-min(clueMost, bits[i]), "but does as personas do: signs in from elsewhere all the while, holds several jobs at once, or has applied to many")
		}
	}
}
