package community

import (
	"context"
	"fmt"
	"math/rand/v2"

	"gonum.org/v1/gonum/graph/community"

	"samehand/graph/projection"
)

// Louvain maximises modularity by the method of Blondel et al. (2008, doi:10.1088/1742-5468/2008/10/P10008), as
// gonum implements it, on each connected component by itself: what happens in one has no bearing on another.
//
// It needs hours for graphs of a million nodes. A component of more than Options.MaxNodes nodes first loses
// its weakest edges, and then weaker ones, until what is left hangs together in pieces that are small enough.
type Louvain struct{}

// Name returns "louvain".
func (Louvain) Name() string { return "louvain" }

// Partition divides the graph. It heeds the resolution, the seed and MaxNodes.
func (Louvain) Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error) {
	if err := o.Validate(); err != nil {
		return Partition{}, fmt.Errorf("louvain: %w", err)
	}
	if !Knows(Louvain{}, o.Objective) {
		return Partition{}, fmt.Errorf("louvain: its objective is %s only; leiden has both", Modularity)
	}
	labels, next := make([]uint32, g.Len()), uint32(0)
	parts, _ := g.Components()
	for _, part := range parts {
		if err := ctx.Err(); err != nil {
			return Partition{}, fmt.Errorf("louvain: %w", err)
		}
		for _, piece := range smaller(g, part, o.MaxNodes) {
			groups, err := modularize(ctx, g, piece, o)
			if err != nil {
				return Partition{}, fmt.Errorf("louvain: %w", err)
			}
			for _, group := range groups {
				for _, v := range group {
					labels[v] = next
				}
				next++
			}
		}
	}
	return NewPartition(labels), nil
}

// piece is a set of nodes, and the weight from which their edges count.
type piece struct {
	members []uint32
	floor   float32
}

// smaller splits a component that is too large where it is weakest: at half a point, then at twice as much, and so on.
func smaller(g *projection.Graph, part []uint32, limit int) []piece {
	todo, done := []piece{{part, 0}}, []piece(nil)
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if len(p.members) <= limit {
			done = append(done, p)
			continue
		}
		floor := max(.5, 2*p.floor)
		sub := g.Sub(p.members, floor)
		parts, _ := sub.Components()
		for _, q := range parts {
			for i, v := range q {
				q[i] = p.members[v]
			}
			todo = append(todo, piece{q, floor})
		}
	}
	return done
}

// modularize divides one connected piece. When ctx is done, it does not wait: gonum knows no contexts, and ends by itself some time.
func modularize(ctx context.Context, g *projection.Graph, p piece, o Options) ([][]uint32, error) {
	if len(p.members) <= 2 { // two that are tied are one group
		return [][]uint32{p.members}, nil
	}
	done := make(chan community.ReducedGraph, 1)
	go func() {
		sub := g.Sub(p.members, p.floor)
		done <- community.Modularize(sub, o.Resolution, rand.NewPCG(o.Seed, uint64(p.members[0])))
	}()
	var r community.ReducedGraph
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r = <-done:
	}
	var groups [][]uint32
	for _, c := range r.Communities() {
		group := make([]uint32, len(c))
		for i, n := range c {
			group[i] = p.members[n.ID()]
		}
		groups = append(groups, group)
	}
	return groups, nil
}
