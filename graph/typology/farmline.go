package typology

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// farmLine is T1: a home line is the base of persons of several employers at the same time.
func farmLine() Typology {
	return Typology{
		ID: "T1", Name: "laptop farm on one line",
		Question: "Is one line the base of people of several employers at the same time?",
		Needs:    []Need{Lines, Employers, Names},
		Settings: []string{
			"typology.farm-persons", "typology.farm-employers", "typology.farm-many-persons", "typology.farm-many-employers",
			"typology.farm-together", "typology.one-home", "typology.two-homes", "typology.home-ties",
		},
		LookAlikes: []string{"household or shared flat", "office of one employer", "coworking space", "carrier NAT or VPN exit", "address that went to another customer"},
		Limits:     "how far a registered home is from the line is not looked at: the data have no places of lines",
		find:       findFarmLines,
	}
}

// findFarmLines looks at every line and lease that nothing explains.
func findFarmLines(s *scene) []hit {
	var hits []hit
	for _, v := range s.group.Values {
		if s.kind(v.Identifier) != ident.IP || v.Class != classOwn && v.Class != "" {
			continue
		}
		residents, since := together(v.Holders, s.stay(s.options.FarmTogether))
		if h, ok := s.farm(residents, since); ok {
			h.identifiers = []uint32{v.Identifier}
			hits = append(hits, h)
		}
	}
	return hits
}

// farm judges the persons who have a line as their base at the same time, for so long.
func (s *scene) farm(residents []Holder, during graph.Time) (hit, bool) {
	o := s.options
	var as []uint32
	for _, h := range residents {
		as = append(as, h.Accounts...)
	}
	ps := distinct(residents, func(h Holder) uint32 { return h.Person })
	names, employers := len(s.named(ps)), len(s.employersOf(as))
	strength := 0
	switch {
	case names >= o.FarmManyPersons && employers >= o.FarmManyEmployers:
		strength = high
	case names >= o.FarmPersons && employers >= o.FarmEmployers:
		strength = medium
	}
	if strength == 0 || s.household(ps) {
		return hit{}, false
	}
	reason := fmt.Sprintf("%s of %s have one line as their base at the same time, for %s", count(names, "person"), count(employers, "employer"), count(days(during), "day"))
	return hit{strength: strength, size: names, reason: reason, accounts: as}, true
}

// together returns the largest set of holders, of those who have a line as their base, who all had it at the same time
// for at least so long, and for how long they did. Holders without times are in none.
func together(hs []Holder, least graph.Time) ([]Holder, graph.Time) {
	var based []Holder
	for _, h := range hs {
		if h.Base && h.First != 0 && h.Last-h.First >= least {
			based = append(based, h)
		}
	}
	slices.SortStableFunc(based, func(a, b Holder) int { return cmp.Compare(a.First, b.First) })
	var best []Holder
	for i := range based {
		at := based[i].First // everybody who is there now, and still is when the time is over
		var there []Holder
		for _, h := range based[:i+1] {
			if h.Last-at >= least {
				there = append(there, h)
			}
		}
		if len(there) > len(best) {
			best = there
		}
	}
	if best == nil {
		return nil, 0
	}
	from, to := best[0].First, best[0].Last
	for _, h := range best {
		from, to = max(from, h.First), min(to, h.Last)
	}
	return best, to - from
}
