package community

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"samehand/graph/projection"
)

// Rung is what a method finds at one resolution of a ladder.
type Rung struct {
	Factor     float64 // of the resolution that the ladder is built around
	Resolution float64 // that times the factor
	Partition  Partition
	Value      float64 // of the objective at that resolution: values of different rungs do not compare, see [Quality]
	Shared     int     // groups of two nodes or more
	Largest    int     // nodes in the largest group; 0 without nodes
}

// Ladder runs a method at several multiples of o.Resolution, and returns what it finds, the lowest resolution first. Runs
// go up one after the other, each from the start, so that a rung is what m.Partition returns for its resolution, whatever
// the other factors. The graph has no resolution of its own: a group that is there at several of them is less of an
// accident of the one that was chosen; see [Survival].
//
// It fails when there are no factors, a factor is not above 0 and finite or is there twice, the options make no sense at
// one of the resolutions, and when ctx is done; and before anything is run where that can be told.
func Ladder(ctx context.Context, g *projection.Graph, m Method, o Options, factors []float64) ([]Rung, error) {
	factors = slices.Sorted(slices.Values(factors))
	if err := ladderFault(o, factors); err != nil {
		return nil, fmt.Errorf("ladder: %w", err)
	}
	rungs, middle := make([]Rung, 0, len(factors)), o.Resolution
	for _, f := range factors {
		o.Resolution = middle * f
		p, err := m.Partition(ctx, g, o)
		if err != nil {
			return nil, fmt.Errorf("ladder, resolution %g: %w", o.Resolution, err)
		}
		r := Rung{Factor: f, Resolution: o.Resolution, Partition: p, Value: Quality(g, p, o.objective(Usual(m)), o.Resolution)}
		for _, n := range p.Sizes() {
			r.Largest = max(r.Largest, n)
			if n > 1 {
				r.Shared++
			}
		}
		rungs = append(rungs, r)
	}
	return rungs, nil
}

// ladderFault says what is wrong with factors, which are sorted, or with the options at one of them.
func ladderFault(o Options, factors []float64) error {
	if len(factors) == 0 {
		return errors.New("no factors of the resolution are given")
	}
	var faults []error
	middle := o.Resolution
	for i, f := range factors {
		o.Resolution = middle * f
		if !(f > 0 && f <= math.MaxFloat64) {
			faults = append(faults, fmt.Errorf("factor %g must be a number above 0", f))
		} else if i > 0 && f == factors[i-1] {
			faults = append(faults, fmt.Errorf("factor %g is there twice", f))
		} else if err := o.Validate(); err != nil {
			faults = append(faults, fmt.Errorf("factor %g: %w", f, err))
		}
	}
	return errors.Join(faults...)
}

// Sizes returns the number of nodes of each group.
func (p Partition) Sizes() []int {
	sizes := make([]int, p.Groups)
	for _, c := range p.Of {
		sizes[c]++
	}
	return sizes
}

// Lasting is the share of [Survival] that is right unless there is a reason: three quarters, from which on C. Hennig
// ("Cluster-wise assessment of cluster stability", 2007, doi:10.1016/j.csda.2006.11.025) takes a cluster for a stable one.
// A group of three may gain a node then, one of four may lose one, and one of two has to stay as it is. With any share
// above a half there is at most one group that can be meant.
const Lasting = .75

// Interval is a range of resolutions, the ends included. The zero value is none.
type Interval struct{ Lo, Hi float64 }

// Survival returns, for each group of base, from which resolution to which it is there. Rungs are as [Ladder] returns
// them. A group is there at a rung when some group of the rung is the same but for a few nodes: those in both are at least
// the given share of those in either (the Jaccard index). The interval goes from the rung whose factor is nearest to 1 (the
// lower of two) down and up for as long as the group is there. What is between the rungs or beyond them was not looked
// at. A group that is not even there at that rung, as one that base has from elsewhere may be, has the zero Interval.
//
// It is nil when there are no rungs, and when base and the rungs are not partitions of the same nodes. O(nodes) a rung.
func Survival(rungs []Rung, base Partition, share float64) []Interval {
	for _, r := range rungs {
		if len(r.Partition.Of) != len(base.Of) {
			return nil
		}
	}
	if len(rungs) == 0 {
		return nil
	}
	at, members, there := middle(rungs), base.Members(), make([][]bool, len(rungs))
	for i, r := range rungs {
		there[i] = thereAt(members, r.Partition, share)
	}
	out := make([]Interval, base.Groups)
	for c := range out {
		if !there[at][c] {
			continue
		}
		lo, hi := at, at
		for lo > 0 && there[lo-1][c] {
			lo--
		}
		for hi+1 < len(rungs) && there[hi+1][c] {
			hi++
		}
		out[c] = Interval{rungs[lo].Resolution, rungs[hi].Resolution}
	}
	return out
}

// middle returns the rung whose factor is nearest to 1 by ratio, the first of two that are as near.
func middle(rungs []Rung) int {
	at, least := 0, math.Inf(1)
	for i, r := range rungs {
		if d := math.Abs(math.Log(r.Factor)); d < least {
			at, least = i, d
		}
	}
	return at
}

// thereAt reports of each group, given by its members, whether it is there in a partition.
func thereAt(groups [][]uint32, p Partition, share float64) []bool {
	there, sizes, both := make([]bool, len(groups)), p.Sizes(), make([]int, p.Groups)
	for c, members := range groups {
		for _, v := range members {
			d := p.Of[v]
			both[d]++
			if n := both[d]; float64(n) >= share*float64(len(members)+sizes[d]-n) {
				there[c] = true // n only grows, and with it the share
			}
		}
		for _, v := range members {
			both[p.Of[v]] = 0
		}
	}
	return there
}
