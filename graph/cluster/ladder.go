package cluster

import (
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/community"
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
		d.o = at
		groups, err := d.groups(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("ladder: %w", err)
		}
		rungs = append(rungs, Rung{at.Community.Resolution, d.run(groups)})
	}
	return rungs, survivals(rungs, base), nil
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
