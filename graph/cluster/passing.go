package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// ties says through what a person is tied to the rest of a group.
type ties struct {
	accounts []uint32 // sorted, without repeats
	families []graph.Family
}

// tiesOf gathers what ties each person of a group, by more than a crumb.
func (d *detection) tiesOf(g group) []ties {
	out := make([]ties, len(g.persons))
	note := func(person uint32, l linkage.Link) {
		i, _ := slices.BinarySearch(g.persons, person)
		if f := l.Kin.Family(); !slices.Contains(out[i].families, f) {
			out[i].families = append(out[i].families, f)
		}
		h, _ := d.model.Holder(d.model.Values[l.Value], person)
		for _, t := range d.model.Touches(h) {
			if n, ok := slices.BinarySearch(out[i].accounts, t.Account); !ok {
				out[i].accounts = slices.Insert(out[i].accounts, n, t.Account)
			}
		}
	}
	for _, l := range g.links {
		if float64(l.Points) >= d.o.Hold {
			note(l.A, l)
			note(l.B, l)
		}
	}
	return out
}

// passing finds the members whom one family of evidence ties, beside a life of their own: what ties them may be a
// service's, or planted. They are shown, and neither flagged nor counted when the group is judged. It returns also how
// many are tied through one account only while others of their accounts sign in.
func (d *detection) passing(g group) (passing []bool, oneAccount int) {
	passing = make([]bool, len(g.persons))
	for i, t := range d.tiesOf(g) {
		p := g.persons[i]
		one := len(t.accounts) == 1 && d.elsewhere(p, t.accounts[0])
		if one {
			oneAccount++
		}
		passing[i] = len(t.families) == 1 && (one || plantable(t.families[0]) && d.ownLine(g, p))
	}
	return passing, oneAccount
}

// plantable reports whether others can put a value of the family on somebody without their doing: a number or mailbox
// in a profile, a parcel, a visit. Nobody is paid into a stranger's purse for long, or works on a stranger's device.
func plantable(f graph.Family) bool {
	return f != graph.Money && f != graph.DeviceFamily && f != graph.Papers
}

// elsewhere reports whether a person signs in through another account.
func (d *detection) elsewhere(person, account uint32) bool {
	return slices.ContainsFunc(d.model.Persons.Accounts(person), func(a uint32) bool { return a != account && d.model.SignsIn(a) })
}

// ownLine reports whether a person mostly signs in from lines that nobody else of the group uses.
func (d *detection) ownLine(g group, person uint32) bool {
	all, shared := d.model.SignIns(person), uint64(0)
	for _, i := range d.held.of(person) {
		v := d.model.Values[i]
		if !d.model.IsLine(v) {
			continue
		}
		if len(d.inside(g, v)) > 1 {
			h, _ := d.model.Holder(v, person)
			shared += h.Count
		}
	}
	return all > 0 && 2*shared < all
}

// core returns a group without its passing members.
func core(g group, passing []bool) group {
	var c group
	for i, p := range g.persons {
		if !passing[i] {
			c.persons, c.points = append(c.persons, p), append(c.points, g.points[i])
		}
	}
	for _, l := range g.links {
		_, a := slices.BinarySearch(c.persons, l.A)
		_, b := slices.BinarySearch(c.persons, l.B)
		if a && b {
			c.links = append(c.links, l)
		}
	}
	return c
}
