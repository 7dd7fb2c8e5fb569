// Package projection turns weighed evidence into a graph of persons: whom it ties to whom, and how strongly.
//
// The two-mode graph of persons and values is projected on persons (Newman 2001, doi:10.1103/PhysRevE.64.016132), with
// weights that discount values many have. [Graph] keeps it as flat arrays and is a graph of gonum's as well. Its
// iterators run in the order of the node numbers, and its weights are multiples of 1/1024, whose sums are exact: an
// algorithm that takes nodes as they come gives the same answer each time. (gonum's own simple graphs iterate over
// maps, and ties then fall differently from run to run.)
package projection

import (
	"cmp"
	"math"
	"slices"

	"samehand/graph/linkage"
)

// Graph is an undirected weighted graph of nodes 0..Len()-1 in compressed sparse rows, both directions of an edge
// stored. It has no loops and no parallel edges, and every weight is above 0. It is not changed once it is built, so any
// number of goroutines may read it.
type Graph struct {
	offsets []int
	arcs    []Arc
}

// Arc is an edge as seen from one of its ends. 8 bytes.
type Arc struct {
	To     uint32
	Weight float32
}

// Edge is an edge between two nodes.
type Edge struct {
	A, B   uint32
	Weight float64 // rounded to 1/1024, at least that
}

// New builds a graph of n nodes. Edges may come in any order and direction; weights of parallel edges are added up, loops are dropped.
func New(n int, edges []Edge) *Graph {
	es := make([]Edge, 0, len(edges))
	for _, e := range edges {
		if e.A > e.B {
			e.A, e.B = e.B, e.A
		}
		if e.A != e.B && e.Weight > 0 {
			e.Weight = max(1, math.Round(e.Weight*1024)) / 1024
			es = append(es, e)
		}
	}
	slices.SortFunc(es, func(a, b Edge) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	es = addParallel(es)
	g := &Graph{offsets: make([]int, n+1), arcs: make([]Arc, 2*len(es))}
	for _, e := range es {
		g.offsets[e.A+1]++
		g.offsets[e.B+1]++
	}
	for i := range n {
		g.offsets[i+1] += g.offsets[i]
	}
	next := slices.Clone(g.offsets)
	put := func(from, to uint32, w float64) {
		g.arcs[next[from]] = Arc{to, float32(w)}
		next[from]++
	}
	for _, e := range es { // arcs to smaller nodes first, so that each row ends up sorted
		put(e.B, e.A, e.Weight)
	}
	for _, e := range es {
		put(e.A, e.B, e.Weight)
	}
	return g
}

// addParallel makes one edge of neighbours with the same ends.
func addParallel(es []Edge) []Edge {
	out := es[:0]
	for _, e := range es {
		if n := len(out); n > 0 && out[n-1].A == e.A && out[n-1].B == e.B {
			out[n-1].Weight += e.Weight
			continue
		}
		out = append(out, e)
	}
	return out
}

// Len returns the number of nodes.
func (g *Graph) Len() int { return len(g.offsets) - 1 }

// Edges returns the number of edges.
func (g *Graph) Edges() int { return len(g.arcs) / 2 }

// Arcs returns the edges of a node, by the other end. The caller must not change them.
func (g *Graph) Arcs(node uint32) []Arc { return g.arcs[g.offsets[node]:g.offsets[node+1]] }

// Persons builds the graph of persons from the model's links. The weight of a pair is the best value of each family in
// full and a share of the others; a pair with soft evidence only keeps little. Pairs below floor points are left out.
func Persons(m *linkage.Model, floor float64) *Graph {
	var es []Edge
	for pair := range Pairs(m.Links) {
		if w := linkage.Weight(pair, m.Options); w >= floor && w > 0 {
			es = append(es, Edge{pair[0].A, pair[0].B, w})
		}
	}
	return New(m.Persons.Len(), es)
}

// Pairs yields the links of each pair of persons, from links sorted by pair.
func Pairs(links []linkage.Link) func(yield func([]linkage.Link) bool) {
	return func(yield func([]linkage.Link) bool) {
		for lo := 0; lo < len(links); {
			hi := lo + 1
			for hi < len(links) && links[hi].A == links[lo].A && links[hi].B == links[lo].B {
				hi++
			}
			if !yield(links[lo:hi]) {
				return
			}
			lo = hi
		}
	}
}
