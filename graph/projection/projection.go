// Package projection turns weighed evidence into a graph of persons: whom it ties to whom, and how strongly.
//
// The two-mode graph of persons and values is projected on persons (Newman 2001, doi:10.1103/PhysRevE.64.016132), with
// weights that discount values many have; see [Persons].
//
// [Graph] keeps any undirected weighted graph as flat arrays of 8 bytes an arc and 4 a node, and is a graph of gonum's
// as well, without a copy. A [Builder] makes one of a stream of edges, in parallel and within 48 bytes an edge, and the
// graph is the same whatever the order of the edges. Rows and iterators run in the order of the node numbers: an
// algorithm that takes nodes as they come gives the same answer each time. (gonum's own simple graphs iterate over
// maps, and ties then fall differently from run to run.) [FromGonum] turns any graph of gonum's into one.
package projection

import (
	"context"
	"fmt"
)

// Edge is an edge between two nodes; in which order they stand means nothing. A = B is a loop.
type Edge struct {
	A, B   uint32
	Weight float64 // kept as a float32; 0 is no edge
}

// New builds a graph of n nodes from a list of edges, as a [Builder] does. The error says what is wrong with which edge.
func New(n int, edges []Edge) (*Graph, error) {
	b := NewBuilder()
	for _, e := range edges {
		if err := b.Add(e.A, e.B, e.Weight); err != nil {
			return nil, fmt.Errorf("graph: %w", err)
		}
	}
	return b.Build(context.Background(), n, BuildOptions{})
}

// MustNew is [New] for edges that are known to be good, as in tests. It panics when they are not.
func MustNew(n int, edges []Edge) *Graph {
	g, err := New(n, edges)
	if err != nil {
		panic(err)
	}
	return g
}
