package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
	"samehand/graph/projection"
)

// units says which members of a group could be one household, as a number for each place in the group: the number of the first of
// them. Evidence inside a household says nothing; a ring needs several.
//
// Members are of one household when they are registered at one home; when they live on one line in one house, whatever the unit (a
// dormitory, a landlord's line); and a member whose home is not known counts to those with whom they share a line, or whose
// home their equipment goes to, unless they are odd, as who is no ordinary resident: an unknown home is not another home.
//
// With strict, living together is no explanation, and each is by themselves; only who is in the data more than once counts once.
func (d *detection) units(g group, strict bool, odd func(uint32) bool) []int {
	sets := linkage.NewSets(len(g.persons))
	homes := map[uint32]int{} // home -> first member
	for i, p := range g.persons {
		if strict {
			break
		}
		for _, x := range d.model.Homes(p) {
			h := d.model.LikelyHome(x)
			if f, ok := homes[h]; ok {
				sets.Join(f, i)
			} else {
				homes[h] = i
			}
		}
	}
	d.joinNames(g, &sets)
	for _, v := range d.sharedValues(g) {
		if !strict && d.model.IsLine(d.model.Values[v]) {
			d.joinLine(g, d.model.Values[v], &sets, odd)
		}
	}
	if !strict {
		d.joinDoors(g, homes, &sets, odd)
	}
	of := make([]int, len(g.persons))
	for i := range of {
		of[i] = sets.Find(i)
	}
	return of
}

// joinNames joins the members of one full name, and those of two names who have a mailbox, a document, a purse and the like all in
// common: somebody who is in the data more than once, perhaps with a name that was changed or badly misspelt. Nobody changes it twice:
// three names that have all that in common are three names of a ring.
func (d *detection) joinNames(g group, sets *linkage.Sets) {
	named, persons := linkage.NewSets(len(g.persons)), linkage.NewSets(len(g.persons))
	for pair := range projection.Pairs(g.links) {
		i, _ := slices.BinarySearch(g.persons, pair[0].A)
		j, _ := slices.BinarySearch(g.persons, pair[0].B)
		switch {
		case d.model.SameName(pair[0].A, pair[0].B):
			sets.Join(i, j)
			named.Join(i, j)
			persons.Join(i, j)
		case d.onePerson(pair):
			persons.Join(i, j)
		}
	}
	names := map[int]int{} // person, as the first of the places -> names
	for i := range g.persons {
		if named.Find(i) == i {
			names[persons.Find(i)]++
		}
	}
	for i := range g.persons {
		if first := persons.Find(i); names[first] <= 2 {
			sets.Join(first, i)
		}
	}
}

// onePerson reports whether the links of a pair say that the two are one person, whatever their names: SamePerson sorts of things that
// people keep to themselves, or two when one is a mailbox that both are registered with.
func (d *detection) onePerson(links []linkage.Link) bool {
	var buf [8]ident.Kind // most pairs need no more
	kinds := buf[:0]
	for _, l := range links {
		if k := d.model.Kind(d.model.Values[l.Value]); l.Kin.Private() && float64(l.Points) >= d.o.FamilyNeed && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return len(kinds) >= d.o.SamePerson || len(kinds) > 1 && slices.ContainsFunc(links, d.oneMailbox)
}

// oneMailbox reports whether a link is a mailbox that both are registered with, and not only a way back into an account.
func (d *detection) oneMailbox(l linkage.Link) bool {
	v := d.model.Values[l.Value]
	if d.model.Kind(v) != ident.Email {
		return false
	}
	a, _ := d.model.Holder(v, l.A)
	b, _ := d.model.Holder(v, l.B)
	return d.has(v, a, graph.Registered) && d.has(v, b, graph.Registered)
}

// joinLine joins the members who live on a line and in one house, and those of unknown homes with the first who lives on it.
func (d *detection) joinLine(g group, v linkage.Value, sets *linkage.Sets, odd func(uint32) bool) {
	houses, known, unknown := map[uint32]int{}, -1, -1
	for _, h := range d.inside(g, v) {
		if !d.model.AtBase(h) {
			continue
		}
		i, _ := slices.BinarySearch(g.persons, h.Person)
		homes := d.model.Homes(h.Person)
		for _, x := range homes {
			if f, ok := houses[d.model.House(x)]; ok {
				sets.Join(f, i)
			} else {
				houses[d.model.House(x)] = i
			}
		}
		switch {
		case len(homes) > 0:
			if known < 0 {
				known = i
			}
		case odd(h.Person):
		case unknown < 0:
			unknown = i
		default:
			sets.Join(unknown, i)
		}
	}
	if known >= 0 && unknown >= 0 {
		sets.Join(known, unknown)
	}
}

// joinDoors joins the members of unknown homes with those who live where their equipment goes, or have theirs sent there and no known home either.
func (d *detection) joinDoors(g group, homes map[uint32]int, sets *linkage.Sets, odd func(uint32) bool) {
	for i, p := range g.persons {
		if len(d.model.Homes(p)) > 0 || odd(p) {
			continue
		}
		for _, h := range d.model.Doors(p) {
			if f, ok := homes[d.model.LikelyHome(h)]; ok {
				sets.Join(f, i)
			} else {
				homes[d.model.LikelyHome(h)] = i
			}
		}
	}
}
