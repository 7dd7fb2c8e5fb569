package projection

import (
	"slices"

	gonum "gonum.org/v1/gonum/graph"
)

// Graph is a graph of gonum's, so that its algorithms run on it as it is.
var (
	_ gonum.WeightedUndirected = (*Graph)(nil)
	_ gonum.NodeSlicer         = (*nodes)(nil)
)

// Node is a node as gonum wants it.
type Node uint32

// ID returns the number of the node.
func (n Node) ID() int64 { return int64(n) }

type weightedEdge struct {
	from, to Node
	weight   float64
}

func (e weightedEdge) From() gonum.Node         { return e.from }
func (e weightedEdge) To() gonum.Node           { return e.to }
func (e weightedEdge) Weight() float64          { return e.weight }
func (e weightedEdge) ReversedEdge() gonum.Edge { return weightedEdge{e.to, e.from, e.weight} }

// has reports whether a node number is one of the graph's.
func (g *Graph) has(id int64) bool { return id >= 0 && id < int64(g.Len()) }

// Node returns the node with that ID, nil when there is none.
func (g *Graph) Node(id int64) gonum.Node {
	if !g.has(id) {
		return nil
	}
	return Node(id)
}

// Nodes returns all nodes in order.
func (g *Graph) Nodes() gonum.Nodes {
	if g.Len() == 0 {
		return gonum.Empty
	}
	return &nodes{n: g.Len(), at: -1}
}

// From returns the neighbours of a node in order; none when the node is not there.
func (g *Graph) From(id int64) gonum.Nodes {
	if !g.has(id) {
		return gonum.Empty
	}
	arcs := g.Arcs(uint32(id))
	if len(arcs) == 0 {
		return gonum.Empty
	}
	return &nodes{n: len(arcs), at: -1, arcs: arcs, some: true}
}

// find returns the weight of the edge between two nodes; false when there is none.
func (g *Graph) find(x, y int64) (float64, bool) {
	if !g.has(x) || !g.has(y) {
		return 0, false
	}
	arcs := g.Arcs(uint32(x))
	i, ok := slices.BinarySearchFunc(arcs, uint32(y), func(a Arc, to uint32) int { return int(int64(a.To) - int64(to)) })
	if !ok {
		return 0, false
	}
	return float64(arcs[i].Weight), true
}

// HasEdgeBetween reports whether two nodes are neighbours.
func (g *Graph) HasEdgeBetween(x, y int64) bool {
	_, ok := g.find(x, y)
	return ok
}

// WeightedEdge returns the edge between two nodes, nil when there is none.
func (g *Graph) WeightedEdge(u, v int64) gonum.WeightedEdge {
	w, ok := g.find(u, v)
	if !ok {
		return nil
	}
	return weightedEdge{Node(u), Node(v), w}
}

// WeightedEdgeBetween is [Graph.WeightedEdge].
func (g *Graph) WeightedEdgeBetween(x, y int64) gonum.WeightedEdge { return g.WeightedEdge(x, y) }

// Edge returns the edge between two nodes, nil when there is none.
func (g *Graph) Edge(u, v int64) gonum.Edge {
	if e := g.WeightedEdge(u, v); e != nil {
		return e
	}
	return nil // not a nil *edge in an interface
}

// EdgeBetween is [Graph.Edge].
func (g *Graph) EdgeBetween(x, y int64) gonum.Edge { return g.Edge(x, y) }

// Weight returns the weight between two nodes: of a node with itself 0 and true, without an edge 0 and false.
func (g *Graph) Weight(x, y int64) (float64, bool) {
	if x == y {
		return 0, g.has(x)
	}
	return g.find(x, y)
}

// nodes iterates over all nodes of a graph, or over the ends of arcs.
type nodes struct {
	n, at int
	arcs  []Arc
	some  bool // only the ends of arcs
}

// Next moves on and reports whether there is a node.
func (it *nodes) Next() bool {
	if it.at < it.n {
		it.at++
	}
	return it.at < it.n
}

// Len returns how many nodes are left.
func (it *nodes) Len() int { return max(0, it.n-it.at-1) }

// Reset goes back to the beginning.
func (it *nodes) Reset() { it.at = -1 }

// Node returns the current node, nil before the first and after the last.
func (it *nodes) Node() gonum.Node {
	if it.at < 0 || it.at >= it.n {
		return nil
	}
	if it.some {
		return Node(it.arcs[it.at].To)
	}
	return Node(it.at)
}

// NodeSlice returns the nodes that are left, and leaves none.
func (it *nodes) NodeSlice() []gonum.Node {
	out := make([]gonum.Node, 0, it.Len())
	for it.Next() {
		out = append(out, it.Node())
	}
	return out
}
