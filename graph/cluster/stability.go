package cluster

import (
	"math"
	"slices"

	"github.com/zeebo/xxh3"

	"samehand/graph"
	"samehand/graph/linkage"
)

// stability says for each member how often it stays in the cluster when shared values are left out at random, each with
// the probability that a bootstrap sample of values leaves it out (Efron 1979, doi:10.1214/aos/1176344552; for clusters
// Hennig 2007, doi:10.1016/j.csda.2006.11.025). It sets Member.Stability and returns the mean. Which values a replicate leaves out
// depends on the values only, so neither the order of rows nor the rest of the case changes it.
func (d *detection) stability(g group, c *graph.Cluster) float64 {
	if d.o.Replicates == 0 {
		return 0
	}
	stays := make([]int, len(g.persons))
	digests, all := d.digests(g), d.tied(g)
	for r := range d.o.Replicates {
		for _, p := range d.largest(all.without(g, func(v uint32) bool { return leftOut(digests[v], uint64(r), d.o.LeaveOut) })) {
			i, _ := slices.BinarySearch(g.persons, p)
			stays[i]++
		}
	}
	of, sum := map[graph.AccountID]float64{}, 0.0
	for i, p := range g.persons {
		share := float64(stays[i]) / float64(d.o.Replicates)
		sum += share
		for _, a := range d.accounts(p) {
			of[a] = thousandths(share)
		}
	}
	for i := range c.Members {
		c.Members[i].Stability = of[c.Members[i].Account]
	}
	return thousandths(sum / float64(len(g.persons)))
}

// digests returns a number for each value of a group that depends on what the value is.
func (d *detection) digests(g group) map[uint32]uint64 {
	out := map[uint32]uint64{}
	for _, l := range g.links {
		if _, ok := out[l.Value]; !ok {
			v := d.model.Values[l.Value]
			id := d.t.Identifiers[v.Identifier]
			out[l.Value] = xxh3.HashStringSeed(id.Key(), uint64(v.Lease)<<32|uint64(len(id.Kind().String())))
		}
	}
	return out
}

// leftOut reports whether a replicate leaves a value out.
func leftOut(digest, replicate uint64, share float64) bool {
	x := digest + (replicate+1)*0x9e3779b97f4a7c15 // the finisher of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11)/math.Exp2(53) < share
}

// largest returns the persons of the largest piece that a group, which t ties, leaves when it is pruned; of equals the first.
func (d *detection) largest(g group, t *tied) []uint32 {
	var best []uint32
	for _, p := range d.pieces(g, t) {
		if len(p.persons) > len(best) {
			best = p.persons
		}
	}
	return best
}

// pieces prunes a group. It cannot fail: the group has been pruned before, with more links.
func (d *detection) pieces(g group, t *tied) []group {
	ps, err := d.pruneTied(g, t)
	if err != nil {
		return nil
	}
	return ps
}

// linkedValues lists the values that tie a group, by number.
func linkedValues(links []linkage.Link) []uint32 {
	vs := make([]uint32, len(links))
	for i, l := range links {
		vs[i] = l.Value
	}
	slices.Sort(vs)
	return slices.Compact(vs)
}
