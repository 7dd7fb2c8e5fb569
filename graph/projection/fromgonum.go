package projection

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	gonum "gonum.org/v1/gonum/graph"
)

// FromGonum makes a graph of one of gonum's. Its nodes are numbered in the order of their IDs, which are returned:
// ids[v] is the ID of node v. Edges of weight 0 are no edges, and those from a node to itself become loops, as with a
// [Builder]. It fails when a weight is negative or not finite, when a neighbour is not among the nodes, or when g is nil.
// A nil *Graph cannot come back without an error.
func FromGonum(g gonum.WeightedUndirected) (*Graph, []int64, error) {
	if g == nil {
		return nil, nil, errors.New("graph of gonum's: there is none")
	}
	ids := nodeIDs(g.Nodes())
	slices.Sort(ids)
	if n := len(ids); len(slices.Compact(slices.Clone(ids))) != n {
		return nil, nil, errors.New("graph of gonum's: two nodes have the same ID")
	}
	if uint64(len(ids)) > math.MaxUint32 {
		return nil, nil, fmt.Errorf("graph of gonum's: %w: %d nodes", ErrTooLarge, len(ids))
	}
	b := NewBuilder()
	for v, id := range ids {
		if err := addRow(b, g, ids, v); err != nil {
			return nil, nil, fmt.Errorf("graph of gonum's: node %d: %w", id, err)
		}
	}
	out, err := b.Build(context.Background(), len(ids), BuildOptions{})
	return out, ids, err
}

// nodeIDs returns the IDs of nodes, none when the iterator is nil.
func nodeIDs(it gonum.Nodes) []int64 {
	if it == nil {
		return nil
	}
	ids := make([]int64, 0, max(0, it.Len())) // Len may be negative when it is not known
	for it.Next() {
		ids = append(ids, it.Node().ID())
	}
	return ids
}

// addRow adds the edges of node v to itself and to those after it.
func addRow(b *Builder, g gonum.WeightedUndirected, ids []int64, v int) error {
	for _, id := range nodeIDs(g.From(ids[v])) {
		to, ok := slices.BinarySearch(ids, id)
		if !ok {
			return fmt.Errorf("its neighbour %d is not among the nodes", id)
		}
		if to < v {
			continue
		}
		e := g.WeightedEdge(ids[v], id)
		if e == nil {
			return fmt.Errorf("there is no edge to its neighbour %d", id)
		}
		w := e.Weight()
		if err := CheckWeight(w); err != nil {
			return fmt.Errorf("edge to node %d: %w", id, err)
		}
		if err := b.Add(uint32(v), uint32(to), w); err != nil {
			return err
		}
	}
	return nil
}
