package community

import (
	"context"
	"fmt"

	"samehand/graph/projection"
)

// Labels is label propagation (Raghavan, Albert and Kumara 2007, doi:10.1103/PhysRevE.76.036106): a node takes the label
// to which it has most weight, and keeps its own in a tie, until none wants another. It knows no resolution, and chains
// through whatever is tied more than it is not. It is for comparison.
//
// It is the local moving of [Leiden] where being together costs nothing (Barber and Clark 2009,
// doi:10.1103/PhysRevE.80.026129), on the graph itself only. Of the options it heeds Seed and Threads.
type Labels struct{}

// Name returns "labels".
func (Labels) Name() string { return "labels" }

// Partition divides the graph.
func (Labels) Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error) {
	if err := o.Validate(); err != nil {
		return Partition{}, fmt.Errorf("labels: %w", err)
	}
	e, base, old := setUp(g, CPM, o)
	e.gamma = 0
	d := newDivision(base, identity(g.Len()))
	if _, err := e.move(ctx, base, d, newQueue(g.Len(), true)); err != nil {
		return Partition{}, fmt.Errorf("labels: %w", err)
	}
	split(base, d.of)
	return NewPartition(putBack(d.of, old)), nil
}
