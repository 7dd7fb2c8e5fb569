package cluster

import (
	"slices"

	"samehand/graph"
)

// excuseChain is the name of the explanation that two things which are explained each by itself hang together by one value.
const excuseChain = "two explained things"

// holdBack takes the flag off a group that one value holds together, when of the parts that it leaves two are of several persons and none would be
// flagged: a bookkeeper's clients and a family firm make no ring because somebody of each is paid at the same exchange. A group whose habits speak
// for themselves is not taken apart.
func (d *detection) holdBack(g group, v *outcome) error {
	if !v.flagged || v.all.ghosts {
		return nil
	}
	look := graph.LookAlike{Name: excuseChain, Reason: "no single value holds two parts together that would each be explained"}
	if v.all.habits >= d.o.HabitsAlone {
		look.Reason = d.habitsInWords(v.all)
	} else if chain, err := d.chain(g); err != nil {
		return err
	} else if chain {
		const why = "one value holds two parts together, of which none would be flagged by itself: each may be something that is explained, and the value chance"
		look.Holds, look.Reason = true, why
		v.flagged, v.reasons = false, []string{why}
	}
	v.considered = append(slices.Clip(v.considered), look)
	return nil
}

// chain reports whether leaving out one value leaves two parts at least of as many persons as a flag needs names, or of two when the value is an
// exchange's or the like, and none that would be flagged.
func (d *detection) chain(g group) (bool, error) {
	all := d.tied(g)
	for _, v := range d.mostLinked(g) {
		if float64(len(d.inside(g, d.model.Values[v]))) >= everybody*float64(len(g.persons)) {
			continue // what nearly all have is what it is about
		}
		pieces, err := d.pruneTied(all.without(g, func(x uint32) bool { return x == v }))
		if err != nil {
			return false, err
		}
		large, least := 0, d.o.Names
		if !d.ownPurse(v) { // whoever is paid at one exchange are strangers: two couples are two things as well
			least = 2
		}
		for _, p := range pieces {
			if len(p.persons) >= least {
				large++
			}
		}
		if large > 1 && !slices.ContainsFunc(pieces, d.flags) {
			return true, nil
		}
	}
	return false, nil
}
