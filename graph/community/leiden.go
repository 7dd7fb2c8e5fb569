package community

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"samehand/graph/projection"
)

// Leiden maximises CPM, or modularity, by the method of Traag, Waltman and van Eck (2019, doi:10.1038/s41598-019-41695-z):
// nodes move to the community where they gain most (an empty one too); communities are refined into parts that are tied
// well; the parts become the nodes of the next level; and so up, until nothing is left to put together. That is an
// iteration; the next one starts from what it found, until one gains nothing (from the tenth on, until one gains little).
// Every community hangs together.
//
// It is our own, for graphs of millions of nodes: flat arrays, one kernel for both objectives (a node has a size: its
// weight for CPM, its degree for modularity), and batches of nodes that are looked at in parallel and moved in order. Nodes
// are taken by number, and no random numbers are used unless Options.Seed asks for another order. The same graph gives
// the same partition, to the bit, for any number of threads.
//
// With CPM and resolution r, when nothing is gained any more, the mean pair in a community weighs at least r, and the mean
// pair between two communities at most r (Traag et al. 2011, doi:10.1103/PhysRevE.84.016114), however large the graph is.
// Modularity has no such scale; what it finds in one place depends on all the rest of the graph.
type Leiden struct{}

// Name returns "leiden".
func (Leiden) Name() string { return "leiden" }

// Partition divides the graph.
func (Leiden) Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error) {
	if err := o.Validate(); err != nil {
		return Partition{}, fmt.Errorf("leiden: %w", err)
	}
	of, err := leiden(ctx, g, o)
	if err != nil {
		return Partition{}, fmt.Errorf("leiden: %w", err)
	}
	return NewPartition(of), nil
}

// leiden divides the graph, and returns labels below the number of nodes.
func leiden(ctx context.Context, g *projection.Graph, o Options) ([]uint32, error) {
	e, base, old := setUp(g, o.objective(CPM), o)
	of, err := e.climb(ctx, base, identity(g.Len()), o.Iterations)
	return putBack(of, old), err
}

// setUp returns an engine, the lowest level, in another order when there is a seed, and the old numbers of its nodes then.
func setUp(g *projection.Graph, objective Objective, o Options) (e *engine, base *level, old []uint32) {
	threads := newCrew(g, o.threads())
	base, gamma := newLevel(threads, g, objective, o.Resolution)
	if o.Seed != 0 {
		base, old = base.shuffled(threads, o.Seed)
	}
	return newEngine(threads, g.Len(), gamma, o.Progress), base, old
}

// identity returns the partition in which every node is alone.
func identity(n int) []uint32 {
	of := make([]uint32, n)
	for v := range of {
		of[v] = uint32(v)
	}
	return of
}

// putBack returns labels by the old numbers of nodes; nil when those have not changed.
func putBack(of, old []uint32) []uint32 {
	if old == nil || of == nil {
		return of
	}
	back := make([]uint32, len(of))
	for i, v := range old {
		back[v] = of[i]
	}
	return back
}

// Iterations go on for as long as they gain anything; but when there were as many as patience, the next must each be
// worthwhile, as a share of what there is. Nearly all graphs are done before. On a long path, on which nothing says where
// to cut, borders would wander for as many iterations as there are nodes in hundreds, each for a millionth.
const (
	patience   = 10
	worthwhile = 1e-5
)

// climb iterates as often as is asked, or until nothing is gained.
func (e *engine) climb(ctx context.Context, base *level, of []uint32, iterations int) ([]uint32, error) {
	if iterations == 1 {
		next, _, err := e.iterate(ctx, base, of, 1)
		return next, err
	}
	value := e.value(base, of)
	for i := 1; ; i++ {
		next, moves, err := e.iterate(ctx, base, append([]uint32(nil), of...), i)
		if err != nil {
			return nil, err
		}
		now := e.value(base, next)
		more := now - value
		// Weights between communities are rounded, so that a gain may be none: it must not go round in circles.
		if moves == 0 || now <= value {
			return of, nil
		}
		of, value = next, now
		if i == iterations || iterations == 0 && i >= patience && more < worthwhile*math.Abs(now) {
			return of, nil
		}
	}
}

// threads returns how many threads the options ask for.
func (o Options) threads() int {
	if o.Threads == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return o.Threads
}
