package cluster

import (
	"fmt"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// What published cases say of personas beside what they share, as shares of personas of whom it can be told, and what is known of people at large. The
// case at hand says how many other people do the same: where all of them do, it says nothing.
//
// The machine of a persona stands in one home while its hand is elsewhere: among the sign-ins from there are others, from exits,
// rented servers and proxies in other homes, all the while (a third of them). Whoever lives there has few of these. A persona is employed by three
// firms in the middle, often by two at once, has applied to many more, and has its equipment sent where it is not registered.
type habit struct {
	name    string // what those do who have it, a phrase that can follow "3 of 4 "
	persona float64
	people  float64
	has     func(d *detection, person uint32) tell
}

// twoJobs is the name of a habit that a reason of its own speaks of, too.
const twoJobs = "hold two jobs or more at once"

// habitAway is the place of the habit of signing in from elsewhere among habits.
const habitAway = 0

// tell says whether somebody has a habit.
type tell int8

const (
	unknown tell = iota // the data cannot tell
	no
	yes
)

// habits lists them.
func habits() []habit {
	return []habit{
		{"sign in from exits, servers and other lines of their own all the while", .8, .12, (*detection).away},
		{twoJobs, .35, .02, (*detection).busyOne},
		{"have applied to two or more employers that they do not work for", .5, .05, (*detection).applicant},
	}
}

// habitPrior is how many people more are counted as doing what people at large do, beside those of the case: a small case would show any share by chance.
const (
	habitPrior  = 20.0
	habitMost   = 3.0 // bits that one habit is worth at most: none may decide alone
	personaBits = 2.0 // from which somebody does as a persona does
	twoHabits   = 4.0 // more than one habit is worth: from which habits stand for a second sort of evidence
	habitReal   = .25 // share of a ring's people in the data who really live or work there
)

// manners says of everybody which habits they have, and how many of those do of whom it is known.
type manners struct {
	tells       [][]tell  // by habit, then person
	known, have []float64 // by habit
}

// manner looks at everybody once.
func (d *detection) manner() *manners {
	if d.ways == nil {
		m := &manners{}
		for _, h := range habits() {
			ts, known, have := make([]tell, d.model.Persons.Len()), habitPrior, habitPrior*h.people
			for p := range ts {
				if ts[p] = h.has(d, uint32(p)); ts[p] != unknown {
					known++
				}
				if ts[p] == yes {
					have++
				}
			}
			m.tells, m.known, m.have = append(m.tells, ts), append(m.known, known), append(m.have, have)
		}
		d.ways = m
	}
	return d.ways
}

// count returns of how many of a group it is known whether they have a habit, and how many do.
func (m *manners) count(habit int, g group) (known, have int) {
	for _, p := range g.persons {
		if m.tells[habit][p] != unknown {
			known++
		}
		if m.tells[habit][p] == yes {
			have++
		}
	}
	return known, have
}

// others returns the share of those outside a group of whom it is known who have a habit.
func (m *manners) others(habit int, g group) float64 {
	known, have := m.count(habit, g)
	return (m.have[habit] - float64(have)) / (m.known[habit] - float64(known))
}

// settled reports whether somebody who lives on a line that others live on too is hardly anywhere else.
func (d *detection) settled(person uint32) bool { return d.manner().tells[habitAway][person] == no }

// bits says how much more likely the habits of each member of a group are with a persona than with any other person of the case, as the logarithm to the base two: 3 is
// eight times as likely. The group itself is left out of what others do.
func (d *detection) bits(g group) []float64 {
	m, out := d.manner(), make([]float64, len(g.persons))
	for n, h := range habits() {
		rate := m.others(n, g)
		if rate >= h.persona { // where others do it as often, it says nothing
			continue
		}
		for i, p := range g.persons {
			switch m.tells[n][p] {
			case yes:
				out[i] += min(habitMost, math.Log2(h.persona/rate))
			case no:
				out[i] += max(-habitMost, math.Log2((1-h.persona)/(1-rate)))
			}
		}
	}
	return out
}

// away tells whether somebody who lives on a line that others live on too signs in from exits, servers and lines that nobody else has for more than
// a crumb of the same time. Offices, and homes of others, are where people go. Who is there about as much as on a line of their own lives elsewhere, and that is another thing.
func (d *detection) away(person uint32) tell {
	var time span
	others := map[uint32]bool{} // lines that are neither exits nor the person's alone
	for _, i := range d.held.of(person) {
		v := d.model.Values[i]
		if !d.model.IsLine(v) {
			continue
		}
		switch v.Class {
		case linkage.ClassTransit, linkage.ClassEgress, linkage.ClassAnonymiser:
			continue
		}
		others[v.Identifier] = true
		for _, also := range v.Also {
			others[also] = true
		}
		h, _ := d.model.Holder(v, person)
		if v.Class != linkage.ClassOwn || h.First == 0 || !d.model.AtBase(h) {
			continue
		}
		if time.first == 0 || h.First < time.first {
			time.first = h.First
		}
		time.last = max(time.last, h.Last)
	}
	if time.first == 0 {
		return unknown
	}
	elsewhere, all := 0.0, 0.0
	var lines []uint32
	for _, a := range d.model.Persons.Accounts(person) {
		for _, r := range d.model.Rows(a) {
			if d.t.Identifiers[r.Identifier].Kind() == ident.IP && d.t.Relations[r.Relation] == graph.Login {
				n := float64(r.Count) * within(r, time)
				line := d.model.LineOf(r.Identifier)
				if all += n; others[line] || r.Last-r.First < week || n == 0 {
					continue
				}
				if elsewhere += n; !slices.Contains(lines, line) {
					lines = append(lines, line)
				}
			}
		}
	}
	switch {
	case all == 0 || d.model.OwnLine(person, time.first, time.last) >= d.o.OwnLine:
		return unknown
	case elsewhere <= (1-onlyShare)*all:
		return no
	case len(lines) < 2: // it may be their home
		return unknown
	}
	return yes
}

// within returns which part of a row's time is in a span; all of it for a row that is dated once.
func within(r graph.Row, s span) float64 {
	first, last := r.First, max(r.First, r.Last)
	switch {
	case first == 0 || last < s.first || first > s.last:
		return 0
	case last == first:
		return 1
	}
	return float64(min(last, s.last)-max(first, s.first)) / float64(last-first)
}

// busyOne tells whether somebody who works holds two jobs or more at once.
func (d *detection) busyOne(person uint32) tell {
	switch n := d.model.Seats(person); {
	case n == 0:
		return unknown
	case n == 1:
		return no
	}
	return yes
}

// applicant tells whether somebody has applied to two employers or more that they do not work for. It is not known of who has applied nowhere: few
// exports have applications.
func (d *detection) applicant(person uint32) tell {
	works := d.model.Employers(person)
	var asked []uint32
	applies := false
	for _, a := range d.model.Persons.Accounts(person) {
		if d.t.Accounts[a].Applicant() {
			applies = true
			for _, e := range d.model.AccountEmployers(a) {
				if !slices.Contains(works, e) && !slices.Contains(asked, e) {
					asked = append(asked, e)
				}
			}
		}
	}
	switch {
	case len(asked) > 1:
		return yes
	case applies:
		return no
	}
	return unknown
}

// posing adds up the habits of a group, in bits: how much more likely they are if it is personas, with some who really live or work there among them, than if
// it is anybody.
func (d *detection) posing(g group) float64 {
	sum := 0.0
	for _, b := range d.bits(g) {
		sum += math.Log2(1-habitReal+habitReal*math.Exp2(-b)) + b
	}
	return sum
}

// residing reports whether at least half of a group, and most of those who live on lines that others live on too, are hardly anywhere else.
func (d *detection) residing(g group) bool {
	n, known := 0, 0
	for _, p := range g.persons {
		switch d.manner().tells[habitAway][p] {
		case no:
			n++
			known++
		case yes:
			known++
		}
	}
	return n > 1 && 2*n >= len(g.persons) && float64(n) >= d.o.OneHome*float64(known)
}

// habitsInWords says how much the habits of a group speak for personas.
func (d *detection) habitsInWords(s summary) string {
	return fmt.Sprintf("their habits are %.0f times as likely with personas as with others of this case", math.Exp2(min(s.habits, 20)))
}

// habitReasons says which habits of a group speak for personas, and how many others of the case have them.
func (d *detection) habitReasons(g group) []string {
	m, out := d.manner(), []string(nil)
	for n, h := range habits() {
		known, have := m.count(n, g)
		others := m.others(n, g)
		if have > 1 && float64(have)/float64(known) > 2*others {
			out = append(out, fmt.Sprintf("%d of the %d of whom it is known %s; of others in this case, about %.0f in 100 do", have, known, h.name, math.Ceil(100*others)))
		}
	}
	return out
}

// hosts says which members of a group, by place, are registered where equipment of others of it is sent.
func (d *detection) hosts(g group) []bool {
	sent := map[uint32][]uint32{}
	for _, p := range g.persons {
		for _, h := range d.model.Doors(p) {
			sent[h] = append(sent[h], p)
		}
	}
	at := make([]bool, len(g.persons))
	for i, p := range g.persons {
		at[i] = slices.ContainsFunc(d.model.Homes(p), func(h uint32) bool {
			return slices.ContainsFunc(sent[h], func(q uint32) bool { return q != p })
		})
	}
	return at
}
