package cluster

import (
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/community"
)

// Ladder lists multiples of the resolution: half and double, and again. What survives all of them does not hang on the number.
func Ladder() []float64 { return []float64{.25, .5, 1, 2, 4} }

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

// survivals follows each cluster of one rung up and down.
func survivals(rungs []Rung, base int) []Survival {
	var list []Survival
	of := make([]map[graph.AccountID]int, len(rungs))
	for i, r := range rungs {
		of[i] = map[graph.AccountID]int{}
		for c, cl := range r.Run.Clusters {
			for _, m := range cl.Members {
				of[i][m.Account] = c
			}
		}
	}
	for _, c := range rungs[base].Run.Clusters {
		lo, hi := base, base
		for lo > 0 && survives(c, rungs[lo-1].Run, of[lo-1]) {
			lo--
		}
		for hi < len(rungs)-1 && survives(c, rungs[hi+1].Run, of[hi+1]) {
			hi++
		}
		list = append(list, Survival{c.ID, rungs[lo].Resolution, rungs[hi].Resolution})
	}
	return list
}

// survives reports whether a run has a cluster that is the same as c.
func survives(c graph.Cluster, r graph.Run, of map[graph.AccountID]int) bool {
	common := map[int]int{}
	for _, m := range c.Members {
		if other, ok := of[m.Account]; ok {
			common[other]++
		}
	}
	for other, n := range common {
		if all := len(c.Members) + len(r.Clusters[other].Members) - n; float64(n) >= community.Lasting*float64(all) {
			return true
		}
	}
	return false
}
