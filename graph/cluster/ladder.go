package cluster

import (
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/community"
	"samehand/graph/projection"
)

// Rung is a detection at one resolution.
type Rung struct {
	Resolution float64
	Run        graph.Run
}

// Survival is where a cluster is found: at all rungs from Low to High, and not at the next ones.
type Survival struct {
	Cluster   string // its ID in the run at the options' own resolution
	Low, High float64
}

// Climb detects at several multiples of the options' resolution, sorted, of which 1 must be one, and finds for each
// cluster at 1 how far up and down it survives. Persons and evidence are found once. It fails like [Detect], and
// when a multiple is not above 0.
func Climb(ctx context.Context, t *graph.Table, o Options, multiples []float64) ([]Rung, []Survival, error) {
	multiples = slices.Compact(slices.Sorted(slices.Values(multiples)))
	base := slices.Index(multiples, 1)
	if base < 0 {
		return nil, nil, fmt.Errorf("ladder: 1, the resolution itself, is not among the multiples")
	}
	var rungs []Rung
	var d *detection
	for _, m := range multiples {
		at := o
		at.Community.Resolution *= m
		if err := at.Validate(); err != nil {
			return nil, nil, fmt.Errorf("ladder: %w", err)
		}
		if d == nil {
			var err error
			if d, err = weigh(ctx, t, at); err != nil {
				return nil, nil, fmt.Errorf("ladder: %w", err)
			}
		}
		d.o, d.climbing = at, true
		groups, err := d.groups(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("ladder: %w", err)
		}
		run, err := d.run(ctx, groups)
		if err != nil {
			return nil, nil, fmt.Errorf("ladder: %w", err)
		}
		rungs = append(rungs, Rung{at.Community.Resolution, run})
	}
	list := survivals(rungs, base)
	at := rungs[base]
	for i, s := range list {
		if c := &at.Run.Clusters[i]; c.Persons > 2 && !d.plain() {
			c.Lowest, c.Highest = s.Low/at.Resolution, s.High/at.Resolution
		}
	}
	return rungs, list, nil
}

// survivals follows each cluster of one rung up and down, as [community.Survival] follows groups: an account that is in no
// cluster is a group of its own.
func survivals(rungs []Rung, base int) []Survival {
	number := map[graph.AccountID]uint32{}
	for _, r := range rungs {
		for _, c := range r.Run.Clusters {
			for _, m := range c.Members {
				if _, ok := number[m.Account]; !ok {
					number[m.Account] = uint32(len(number))
				}
			}
		}
	}
	ladder := make([]community.Rung, len(rungs))
	for i, r := range rungs {
		of := make([]uint32, len(number))
		for v := range of {
			of[v] = uint32(len(r.Run.Clusters) + v)
		}
		for c, cluster := range r.Run.Clusters {
			for _, m := range cluster.Members {
				of[number[m.Account]] = uint32(c)
			}
		}
		ladder[i] = community.Rung{
			Factor: r.Resolution / rungs[base].Resolution, Resolution: r.Resolution, Partition: community.NewPartition(of),
		}
	}
	groups := ladder[base].Partition
	found := community.Survival(ladder, groups, community.Lasting)
	var list []Survival
	for _, c := range rungs[base].Run.Clusters {
		in := found[groups.Of[number[c.Members[0].Account]]]
		list = append(list, Survival{c.ID, in.Lo, in.Hi})
	}
	return list
}

// multiples are the resolutions at which clusters are looked for once more, as multiples of the options' own: what is
// there at all of them does not hang on the choice.
func multiples() []float64 { return []float64{.25, .5, 1, 2, 4} }

// survive finds at which multiples of the resolution each group is found, and sets it. Only what hangs together with a group of three or
// more is looked at again: at another resolution the rest is what it was, or a couple.
func (d *detection) survive(ctx context.Context, g *projection.Graph, method community.Method, groups []group) error {
	nodes := around(g, groups)
	if len(nodes) == 0 || d.o.Community.Objective == community.Modularity {
		return nil
	}
	sub, n := g.Sub(nodes, 0), g.Len()
	var rungs []community.Rung
	for _, m := range multiples() {
		o := d.o.Community
		o.Resolution *= m
		found := groups
		if m != 1 {
			p, err := method.Partition(ctx, sub, o)
			if err != nil {
				return err
			}
			of := alone(n)
			for i, v := range nodes {
				of[v] = uint32(n) + p.Of[i]
			}
			if found, err = d.finish(ctx, of); err != nil {
				return err
			}
		}
		rungs = append(rungs, community.Rung{Factor: m, Resolution: m, Partition: partitionOf(n, found)})
	}
	base := partitionOf(n, groups)
	found := community.Survival(rungs, base, community.Lasting)
	for i := range groups {
		if len(groups[i].persons) > 2 {
			groups[i].lasts = found[base.Of[groups[i].persons[0]]]
		}
	}
	return nil
}

// around lists the nodes that hang together with a group of three or more, sorted.
func around(g *projection.Graph, groups []group) []uint32 {
	parts, part := g.Components()
	near := make([]bool, len(parts))
	for _, gr := range groups {
		if len(gr.persons) > 2 {
			for _, p := range gr.persons { // stage 2 joins parts
				near[part[p]] = true
			}
		}
	}
	var nodes []uint32
	for v, p := range part {
		if near[p] {
			nodes = append(nodes, uint32(v))
		}
	}
	return nodes
}

// alone labels each of n nodes as a group of its own.
func alone(n int) []uint32 {
	of := make([]uint32, n)
	for v := range of {
		of[v] = uint32(v)
	}
	return of
}

// partitionOf makes a partition of persons, in which those in no group are alone.
func partitionOf(n int, groups []group) community.Partition {
	of := alone(n)
	for i, g := range groups {
		for _, p := range g.persons {
			of[p] = uint32(n + i)
		}
	}
	return community.NewPartition(of)
}
