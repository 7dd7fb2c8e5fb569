// Package community divides a projection into groups of nodes that are tied more to each other than to the rest.
//
// A [Method] takes the projection and returns a [Partition]; [Methods] lists them. All are deterministic: the same
// graph and options give the same partition, whatever GOMAXPROCS.
package community

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"samehand/graph/projection"
)

// Options are the numbers of all methods.
type Options struct {
	Resolution float64 // of modularity (Reichardt and Bornholdt 2006); 1 is modularity as first defined, more gives smaller groups
	Seed       uint64  // of the order in which nodes are looked at
	MaxNodes   int     // nodes of a component above which its weakest edges are left out until it falls into smaller ones; see [Louvain]
}

// Defaults returns the options that are right unless there is a reason. Ten thousand nodes take Louvain seconds, a
// hundred thousand took it nine minutes.
func Defaults() Options { return Options{Resolution: 1, Seed: 1, MaxNodes: 10000} }

// Validate names every option that makes no sense.
func (o Options) Validate() error {
	var faults []error
	if !(o.Resolution > 0 && o.Resolution <= 1e6) {
		faults = append(faults, fmt.Errorf("option community.resolution is %g, must be above 0 and at most 1e6", o.Resolution))
	}
	if o.MaxNodes < 2 {
		faults = append(faults, fmt.Errorf("option community.max-nodes is %d, must be at least 2", o.MaxNodes))
	}
	return errors.Join(faults...)
}

// Partition puts every node of a graph to one group. Groups are numbered by their smallest node.
type Partition struct {
	Of     []uint32 // group of each node
	Groups int      // how many there are
}

// Members lists the nodes of each group, sorted.
func (p Partition) Members() [][]uint32 {
	out := make([][]uint32, p.Groups)
	for v, c := range p.Of {
		out[c] = append(out[c], uint32(v))
	}
	return out
}

// NewPartition numbers groups, given by any labels, by their smallest node.
func NewPartition(labels []uint32) Partition {
	p, number := Partition{Of: make([]uint32, len(labels))}, map[uint32]uint32{}
	for v, l := range labels {
		n, ok := number[l]
		if !ok {
			n = uint32(len(number))
			number[l] = n
		}
		p.Of[v] = n
	}
	p.Groups = len(number)
	return p
}

// Method finds groups.
type Method interface {
	// Name returns the name by which the method is chosen.
	Name() string
	// Partition divides the graph. It fails when ctx is done or the options make no sense.
	Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error)
}

// Methods lists the methods, the default first.
func Methods() []Method { return []Method{Louvain{}, Components{}} }

// Find returns the method of that name; the error lists the names.
func Find(name string) (Method, error) {
	var names []string
	for _, m := range Methods() {
		if m.Name() == name {
			return m, nil
		}
		names = append(names, m.Name())
	}
	slices.SortFunc(names, cmp.Compare)
	return nil, fmt.Errorf("unknown method; the methods are %v", names)
}

// Components takes connected components for groups: whatever hangs together, however loosely. It is for comparison.
type Components struct{}

// Name returns "components".
func (Components) Name() string { return "components" }

// Partition returns the connected components.
func (Components) Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error) {
	if err := errors.Join(o.Validate(), ctx.Err()); err != nil {
		return Partition{}, fmt.Errorf("components: %w", err)
	}
	parts, of := g.Components()
	return Partition{Of: of, Groups: len(parts)}, nil
}
