package cluster

import (
	"cmp"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
	"samehand/graph/projection"
)

// Once a group is flagged, less is needed to belong to it than it took to find it: a value that would be chance between two strangers is hardly
// chance between a stranger and one of ten who are run by one hand. What may be put on somebody, or is a hub, remains what it is.

// absorb joins flagged groups that anything but lines ties together, and adds to flagged groups those whom values of two sorts, or one sort where
// habits do not speak against it, tie to them: single persons, and groups that are neither flagged themselves nor explained as a firm is. Groups come and go by their smallest person.
func (d *detection) absorb(groups []group) []group {
	for range absorbRounds {
		next, changed := d.absorbRound(groups)
		if !changed {
			return next
		}
		groups = next
	}
	return groups
}

// absorbRounds bounds how far a chain is followed: what was added may tie the next.
const absorbRounds = 3

// nobody is the place of a person who is in no group.
const nobody = -1

// absorbRound looks once at all that is tied to flagged groups.
func (d *detection) absorbRound(groups []group) ([]group, bool) {
	place, counted, flagged := d.standings(groups)
	offers := d.offers(groups, place, counted, flagged)
	sets := linkage.NewSets(len(groups))
	single := map[uint32]int{} // person in no group -> the group that takes them in
	changed := false
	for _, f := range offers {
		switch {
		case f.with != nobody && sets.Find(f.group) != sets.Find(f.with):
			sets.Join(f.group, f.with)
			changed = true
		case f.with == nobody:
			if _, taken := single[f.person]; !taken {
				single[f.person], changed = f.group, true
			}
		}
	}
	if !changed {
		return groups, false
	}
	return d.regroup(groups, place, &sets, single), true
}

// standings says in which group each person is, whether they count in it, and which groups are flagged, and keeps what was decided about each.
func (d *detection) standings(groups []group) (place []int, counted []bool, flagged []bool) {
	place, counted = slices.Repeat([]int{nobody}, d.model.Persons.Len()), make([]bool, d.model.Persons.Len())
	flagged = make([]bool, len(groups))
	for n, g := range groups {
		v := outcome{}
		if len(g.persons) >= d.o.Names {
			v = d.weighUp(g)
			groups[n].judged = &v
		}
		flagged[n] = v.flagged
		for i, p := range g.persons {
			place[p], counted[p] = n, v.flagged && !v.passing[i]
		}
	}
	return place, counted, flagged
}

// offer is that a flagged group takes in a person, or is joined with another group.
type offer struct {
	group  int
	with   int // nobody when it is one person
	person uint32
	bits   float64
}

// tieTo is what a link of a flagged group's counted member leads to.
type tieTo struct {
	group  int
	with   int
	person uint32
	link   linkage.Link
}

// offers lists what is tied well enough to a flagged group, the best first.
func (d *detection) offers(groups []group, place []int, counted, flagged []bool) []offer {
	var ties []tieTo
	for _, l := range d.model.Links {
		if l.Kin.Family() == graph.Network || float64(l.Points) < d.o.Hold {
			continue
		}
		for _, e := range [2][2]uint32{{l.A, l.B}, {l.B, l.A}} {
			in, out := e[0], e[1]
			if counted[in] && place[out] != place[in] && !d.model.SameName(in, out) {
				ties = append(ties, tieTo{place[in], place[out], out, l})
			}
		}
	}
	key := func(t tieTo) uint32 { // groups are looked at as a whole
		if t.with == nobody {
			return t.person
		}
		return 0
	}
	slices.SortStableFunc(ties, func(a, b tieTo) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.with, b.with), cmp.Compare(key(a), key(b)))
	})
	var out []offer
	for lo := 0; lo < len(ties); {
		hi := lo + 1
		for hi < len(ties) && ties[hi].group == ties[lo].group && ties[hi].with == ties[lo].with && key(ties[hi]) == key(ties[lo]) {
			hi++
		}
		if f, ok := d.offer(groups, ties[lo:hi], flagged); ok {
			out = append(out, f)
		}
		lo = hi
	}
	slices.SortStableFunc(out, func(a, b offer) int { return cmp.Compare(b.bits, a.bits) })
	return out
}

// offer says whether the ties between a flagged group and a person, or another group, are enough.
func (d *detection) offer(groups []group, ties []tieTo, flagged []bool) (offer, bool) {
	f := offer{group: ties[0].group, with: ties[0].with, person: ties[0].person}
	worth, strands := strandsWorth(ties)
	if f.with != nobody && flagged[f.with] {
		f.bits = worth
		return f, worth >= d.o.TakeInFlagged && strands > 1
	}
	g := group{persons: []uint32{f.person}}
	if f.with != nobody {
		if g = groups[f.with]; explained(g) {
			return f, false
		}
	}
	habits := d.posing(g)
	f.bits = worth + habits
	return f, f.bits >= d.o.TakeIn && (strands > 1 || habits >= 0)
}

// notOfMembers names the explanations that keep a group from being taken in: a firm and its payees do some of what personas do.
var notOfMembers = []string{"firm", "one employer", "payees of one account"}

// explained reports whether a group has an innocent explanation of its own that hardly fits a part of a ring.
func explained(g group) bool {
	return g.judged != nil && slices.ContainsFunc(g.judged.considered, func(l graph.LookAlike) bool {
		return l.Holds && slices.Contains(notOfMembers, l.Name)
	})
}

// strandsWorth adds up the best of each thing that ties, and counts the things.
func strandsWorth(ties []tieTo) (float64, int) {
	best := map[strand]float64{}
	for _, t := range ties {
		s := strandOf(t.link)
		best[s] = max(best[s], float64(t.link.Points))
	}
	sum := 0.0
	for _, p := range best { // multiples of 1/256: the order does not matter
		sum += p
	}
	return math.Round(sum*256) / 256, len(best)
}

// regroup makes the groups of what was joined and taken in, each with all the links inside.
func (d *detection) regroup(groups []group, place []int, sets *linkage.Sets, single map[uint32]int) []group {
	of := slices.Clone(place)
	for p, n := range single {
		of[p] = n
	}
	persons := make([][]uint32, len(groups))
	grown := make([]bool, len(groups))
	for p, n := range of {
		if n == nobody {
			continue
		}
		first := sets.Find(n)
		persons[first] = append(persons[first], uint32(p))
		if of[p] = first; first != place[p] {
			grown[first] = true
		}
	}
	links := make([][]linkage.Link, len(groups))
	for pair := range projection.Pairs(d.model.Links) {
		if n := of[pair[0].A]; n != nobody && n == of[pair[0].B] && grown[n] {
			links[n] = append(links[n], pair...)
		}
	}
	var out []group
	for n, ps := range persons {
		switch {
		case len(ps) == 0:
		case !grown[n]:
			out = append(out, groups[n])
		default:
			g := group{persons: ps, links: links[n], points: make([]float64, len(ps))}
			t := d.tied(g)
			for i := range ps {
				g.points[i] = t.points(i)
			}
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b group) int { return cmp.Compare(a.persons[0], b.persons[0]) })
	return out
}
