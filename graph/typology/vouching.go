package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// maxOwners is how many persons of a group may have a contact that still is one referee's.
const maxOwners = 10

// maxSteps bounds the search for a circle; a group whose references are so many has one long before.
const maxSteps = 100_000

// maxCycle is how many persons a ring of vouching has at most; longer ones occur by chance among colleagues.
const maxCycle = 4

// vouchingRing is T8: people vouch for each other and have nobody else who does.
func vouchingRing() Typology {
	return Typology{
		ID: "T8", Name: "closed ring of referees",
		Question:   "Do people vouch for each other in a circle, with hardly anybody from outside?",
		Needs:      []Need{Referees, Names},
		Settings:   []string{"typology.vouching-inside", "typology.vouching-persons"},
		LookAlikes: []string{"former colleagues, who have other referees as well", "recruiter's or manager's contact"},
		Limits:     "reviews and payments between clients and workers of marketplaces are not in the data",
		find:       findVouching,
	}
}

// reference says that somebody gives a contact as a referee.
type reference struct {
	use
	by []uint32 // persons of the group, other than the one vouched for, whose own contact it is; nil: somebody outside
}

// findVouching looks at who vouches for whom.
func findVouching(s *scene) []hit {
	var refs []reference
	for id, us := range s.values {
		if k := id.Kind(); k != ident.Phone && k != ident.Email && k != ident.Handle || !s.plain(us[0].identifier) {
			continue
		}
		own := persons(of(us, graph.Registered, graph.Recovery, graph.MFA, graph.Login, graph.Uses))
		if len(own) > maxOwners {
			continue
		}
		for _, u := range of(us, graph.Referee) {
			others := slices.DeleteFunc(slices.Clone(own), func(p uint32) bool { return p == u.person })
			refs = append(refs, reference{u, others})
		}
	}
	if h, ok := s.vouching(refs); ok {
		return []hit{h}
	}
	return nil
}

// vouching judges the references of a group.
func (s *scene) vouching(refs []reference) (hit, bool) {
	var inside []reference
	edges := map[uint32][]uint32{} // who is vouched for -> who vouches
	for _, r := range refs {
		if len(r.by) > 0 {
			inside = append(inside, r)
			edges[r.person] = append(edges[r.person], r.by...)
		}
	}
	if len(inside) == 0 {
		return hit{}, false
	}
	h := hit{strength: low}
	all := []uint32{}
	for _, r := range inside {
		all = append(append(all, r.person), r.by...)
		h.accounts, h.identifiers = append(h.accounts, r.account), append(h.identifiers, r.identifier)
	}
	all = distinct(all, func(p uint32) uint32 { return p })
	names := len(s.named(all))
	// Only those in it count: everybody else in the group may have the best of referees.
	refs = slices.DeleteFunc(refs, func(r reference) bool { _, in := slices.BinarySearch(all, r.person); return !in })
	closed := float64(len(inside)) >= s.options.VouchingInside*float64(len(refs))
	cycle, large := cycleIn(all, edges), names >= s.options.VouchingPersons
	switch {
	case !closed || names < 2 || !large && cycle == 0:
		return hit{}, false
	case cycle > 2 && large:
		h.strength = high
	case cycle > 2 || large:
		h.strength = medium
	}
	h.size = names
	h.reason = fmt.Sprintf("%d of %s of %s are by one another", len(inside), count(len(refs), "reference"), count(names, "person"))
	if cycle > 0 {
		h.reason += fmt.Sprintf(", %d of whom vouch for each other in a circle", cycle)
	}
	return h, true
}

// cycleIn returns the number of persons in the longest circle of at most [maxCycle], 0 when there is none.
func cycleIn(all []uint32, edges map[uint32][]uint32) int {
	longest, steps := 0, 0
	var walk func(start, at uint32, path []uint32)
	walk = func(start, at uint32, path []uint32) {
		for _, next := range edges[at] {
			switch {
			case next == start && len(path) > 1:
				longest = max(longest, len(path))
			case next > start && len(path) < maxCycle && !slices.Contains(path, next): // a circle is found from its lowest number
				walk(start, next, append(path, next))
			}
			if steps++; longest == maxCycle || steps > maxSteps {
				return
			}
		}
	}
	for _, p := range all {
		walk(p, p, []uint32{p})
		if longest == maxCycle {
			break
		}
	}
	return longest
}
