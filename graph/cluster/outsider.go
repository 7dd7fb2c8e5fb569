package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// outsider is a person who has to do with a cluster and is no member.
type outsider struct {
	person uint32
	role   string
	reason string
}

// neighbours lists the persons outside a group who live where its equipment is sent, or on the line of one of its sites.
func (d *detection) neighbours(f finding) []uint32 {
	var out []uint32
	for _, s := range f.sites {
		for _, i := range s.values {
			v := d.model.Values[i]
			for _, h := range d.model.Holders(v) {
				_, member := slices.BinarySearch(f.group.persons, h.Person)
				lives := h.Role&linkage.Lives != 0 || d.model.IsLine(v) && d.model.AtBase(h)
				if !member && lives {
					out = append(out, h.Person)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// outsiders finds those who are to be set apart from a flagged cluster: who has the name and the home of a member and
// nothing else in common with it is likely the one whose identity was taken; who lives at its sites is a bystander as far as the data show.
func (d *detection) outsiders(f finding) []outsider {
	var out []outsider
	for _, p := range d.victims(f.group) {
		out = append(out, outsider{p, graph.RoleVictim,
			"has the full name and the registered home of a member, and too little ties them to the rest: this may be whose identity was taken"})
	}
	for _, p := range d.neighbours(f) {
		if !slices.ContainsFunc(out, func(o outsider) bool { return o.person == p }) {
			out = append(out, outsider{p, graph.RoleBystander,
				"lives where members have their equipment or their line, and not enough ties them to the rest"})
		}
	}
	return out
}

// victims lists the persons outside a group who have the full name and a registered home of a member, sorted.
func (d *detection) victims(g group) []uint32 {
	var out []uint32
	for _, p := range g.persons {
		for _, h := range d.model.Homes(p) {
			for _, q := range d.residents().of(h) {
				_, member := slices.BinarySearch(g.persons, q)
				if !member && d.model.SameName(p, q) {
					out = append(out, q)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// residents returns who is registered at each home; it is made once.
func (d *detection) residents() *registered {
	if d.registered == nil {
		d.registered = newRegistered(d.model)
	}
	return d.registered
}

// registered lists the persons registered at each home.
type registered struct {
	offsets []uint32
	persons []uint32
}

func newRegistered(m *linkage.Model) *registered {
	n := 0
	for p := range m.Persons.Len() {
		for _, h := range m.Homes(uint32(p)) {
			n = max(n, int(h)+1)
		}
	}
	r := &registered{offsets: make([]uint32, n+1)}
	for p := range m.Persons.Len() {
		for _, h := range m.Homes(uint32(p)) {
			r.offsets[h+1]++
		}
	}
	for i := range n {
		r.offsets[i+1] += r.offsets[i]
	}
	r.persons = make([]uint32, r.offsets[n])
	next := slices.Clone(r.offsets)
	for p := range m.Persons.Len() {
		for _, h := range m.Homes(uint32(p)) {
			r.persons[next[h]] = uint32(p)
			next[h]++
		}
	}
	return r
}

// of returns the persons registered at a home, sorted.
func (r *registered) of(home uint32) []uint32 { return r.persons[r.offsets[home]:r.offsets[home+1]] }
