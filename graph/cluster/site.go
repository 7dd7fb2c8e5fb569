package cluster

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// site is a home, or the like, that is the main place of members of a group.
type site struct {
	persons []uint32 // sorted
	values  []uint32 // lines and doors, sorted
}

// sites finds the places of a group: a person belongs where their longest base line is, or, without one, where their
// parcels went. A door belongs to the line of most of its recipients. The largest is first.
func (d *detection) sites(g group) []site {
	lines, doors := d.places(g)
	of := map[uint32]uint32{} // person -> line
	for _, p := range g.persons {
		if v, ok := d.mainLine(p, lines); ok {
			of[p] = v
		}
	}
	at := map[uint32]*site{} // by line, or by door when it has no line
	add := func(key, person uint32) {
		if at[key] == nil {
			at[key] = &site{values: []uint32{key}}
		}
		at[key].persons = append(at[key].persons, person)
	}
	for _, p := range g.persons {
		if v, ok := of[p]; ok {
			add(v, p)
		}
	}
	for _, v := range doors {
		d.addDoor(g, v, of, at, add)
	}
	var out []site
	for _, s := range at {
		slices.Sort(s.persons)
		slices.Sort(s.values)
		if s.values = slices.Compact(s.values); len(s.persons) > 1 {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b site) int {
		return cmp.Or(cmp.Compare(len(b.persons), len(a.persons)), cmp.Compare(a.persons[0], b.persons[0]))
	})
	return out
}

// places lists the values of a group that can be places: lines that somebody lives on, and doors.
func (d *detection) places(g group) (lines, doors []uint32) {
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		switch d.model.Kind(v) {
		case ident.IP:
			if v.Class == linkage.ClassOwn || v.Class == linkage.ClassVisited {
				lines = append(lines, i)
			}
		case ident.Address:
			if !v.Class.Mute() {
				doors = append(doors, i)
			}
		}
	}
	return lines, doors
}

// mainLine returns the line on which a person stayed longest while it was their base.
func (d *detection) mainLine(person uint32, lines []uint32) (uint32, bool) {
	best, longest := uint32(0), graph.Time(-1)
	for _, i := range lines {
		h, ok := d.model.Holder(d.model.Values[i], person)
		if ok && d.model.AtBase(h) && h.Last-h.First > longest {
			best, longest = i, h.Last-h.First
		}
	}
	return best, longest >= 0
}

// addDoor puts those whose parcels went to a door, and who have no line, where most of its other recipients are.
func (d *detection) addDoor(g group, door uint32, of map[uint32]uint32, at map[uint32]*site, add func(key, person uint32)) {
	hs := slices.DeleteFunc(d.inside(g, d.model.Values[door]), func(h linkage.Holder) bool { return h.Role&linkage.Door == 0 })
	votes, key, most := map[uint32]int{}, door, 0
	for _, h := range hs { // in the order of persons, so that ties fall the same way
		if v, ok := of[h.Person]; ok {
			if votes[v]++; votes[v] > most {
				key, most = v, votes[v]
			}
		}
	}
	if most > 0 {
		at[key].values = append(at[key].values, door)
	}
	for _, h := range hs {
		if _, ok := of[h.Person]; !ok {
			of[h.Person] = key
			add(key, h.Person)
		}
	}
}

// siteOf names the site of a person; "" for none.
func siteOf(sites []site, person uint32) string {
	for i, s := range sites {
		if _, ok := slices.BinarySearch(s.persons, person); ok {
			return siteName(i)
		}
	}
	return ""
}

func siteName(i int) string { return fmt.Sprintf("s%d", i+1) }

// writeSite describes the i-th site of a cluster.
func (d *detection) writeSite(i int, s site) graph.Site {
	out := graph.Site{ID: siteName(i), Persons: len(s.persons)}
	for _, v := range s.values {
		out.Identifiers = append(out.Identifiers, d.t.Identifiers[d.model.Values[v].Identifier])
	}
	slices.SortFunc(out.Identifiers, ident.ID.Compare)
	out.Identifiers = slices.Compact(out.Identifiers)
	return out
}
