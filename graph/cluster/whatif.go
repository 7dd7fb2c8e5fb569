package cluster

import (
	"cmp"
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

const (
	whatIfLeast = 10 // persons of a cluster that is not flagged from which it is asked: there are thousands of couples, and nobody acts on them
	whatIfMost  = 50 // values that are left out one at a time, those with the most links first: the others hardly matter
	whatIfNamed = 10 // of which those are told that make a difference
)

// whatIf finds the values without any one of which a group of three or more would look otherwise: fall into pieces, lose members, or
// no longer be flagged. The most telling is first. Only values are left out, not what brought the members together in the first
// place, so what is left is found by pruning alone.
func (d *detection) whatIf(g group) ([]graph.WhatIf, error) {
	if len(g.persons) < 3 {
		return nil, nil
	}
	flagged := d.flags(g)
	var out []graph.WhatIf
	all := d.tied(g)
	for _, v := range d.mostLinked(g) {
		pieces, err := d.pruneTied(all.without(g, func(x uint32) bool { return x == v }))
		if err != nil {
			return nil, err
		}
		w := graph.WhatIf{Identifier: d.t.Identifiers[d.model.Values[v].Identifier], Family: d.familyOf(g, v), Lost: len(g.persons)}
		for _, p := range pieces {
			w.Pieces = append(w.Pieces, len(p.persons))
			w.Lost -= len(p.persons)
			w.Flagged = w.Flagged || d.flags(p)
		}
		slices.SortFunc(w.Pieces, func(a, b int) int { return b - a })
		if len(w.Pieces) != 1 || w.Lost > 0 || w.Flagged != flagged {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b graph.WhatIf) int {
		return cmp.Or(cmp.Compare(largestPiece(a), largestPiece(b)), a.Identifier.Compare(b.Identifier))
	})
	return out[:min(len(out), whatIfNamed)], nil
}

func largestPiece(w graph.WhatIf) int {
	if len(w.Pieces) == 0 {
		return 0
	}
	return w.Pieces[0]
}

// flags reports whether a group is flagged. With fewer names than a flag needs nothing else matters.
func (d *detection) flags(g group) bool {
	return len(g.persons) >= d.o.Names && d.names(g.persons) >= d.o.Names && d.weighUp(g).flagged
}

// familyOf returns the family that a value's best link in a group belongs to.
func (d *detection) familyOf(g group, value uint32) graph.Family {
	var best linkage.Link
	for _, l := range g.links {
		if l.Value == value && l.Points > best.Points {
			best = l
		}
	}
	return best.Kin.Family()
}

// mostLinked lists the values that tie a group, those with the most links first, up to a limit.
func (d *detection) mostLinked(g group) []uint32 {
	n := map[uint32]int{}
	for _, l := range g.links {
		n[l.Value]++
	}
	vs := linkedValues(g.links)
	slices.SortStableFunc(vs, func(a, b uint32) int { return cmp.Compare(n[b], n[a]) })
	return vs[:min(len(vs), whatIfMost)]
}
