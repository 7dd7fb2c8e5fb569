package projection

// Graph is an undirected weighted graph of nodes 0..Len()-1 in compressed sparse rows, both directions of an edge
// stored. It has no parallel edges, and every weight is a finite number above 0. Loops are kept apart from the rows.
// It is not changed once it is built, so any number of goroutines may read it. The zero Graph has no nodes.
type Graph struct {
	offsets []uint32 // where the row of each node begins in arcs, and where the last ends
	arcs    []Arc    // by node, and by the other end within
	loops   []float32
	weights []float32
	patch   map[uint32][]Arc // rows that replace those in arcs; see Patched
	edges   int
}

// Arc is an edge as seen from one of its ends. 8 bytes.
type Arc struct {
	To     uint32
	Weight float32
}

// Len returns the number of nodes.
func (g *Graph) Len() int { return max(0, len(g.offsets)-1) }

// Edges returns the number of edges, loops not counted.
func (g *Graph) Edges() int { return g.edges }

// Arcs returns the edges of a node by the other end, without its loop. The caller must not change them.
func (g *Graph) Arcs(node uint32) []Arc {
	if g.patch != nil {
		return g.patched(node)
	}
	return g.arcs[g.offsets[node]:g.offsets[node+1]]
}

// Loop returns the weight of a node's loop, 0 when it has none. A loop of weight w between a and a counts once, as an
// edge of weight w inside whatever group a is in.
func (g *Graph) Loop(node uint32) float32 {
	if g.loops == nil {
		return 0
	}
	return g.loops[node]
}

// NodeWeight returns the weight of a node; 1 unless the graph was built with others.
func (g *Graph) NodeWeight(node uint32) float32 {
	if g.weights == nil {
		return 1
	}
	return g.weights[node]
}

// Rows returns the arrays of the graph: the arcs of node v are arcs[offsets[v]:offsets[v+1]]. There is one offset more
// than there are nodes; for the zero Graph there is none. The caller must not change them. For a graph that
// [Graph.IsPatched] they are those of [Graph.Compact], which takes time and memory at each call.
func (g *Graph) Rows() (offsets []uint32, arcs []Arc) {
	if g.patch != nil {
		g = g.Compact()
	}
	return g.offsets, g.arcs
}

// Loops returns the weight of each node's loop, nil when the graph has no loop. The caller must not change them.
func (g *Graph) Loops() []float32 { return g.loops }

// NodeWeights returns the weight of each node, nil when all are 1. The caller must not change them.
func (g *Graph) NodeWeights() []float32 { return g.weights }

// Bytes returns the memory that the graph takes, what it shares with the graph it was patched from included.
func (g *Graph) Bytes() int64 {
	const arcBytes, wordBytes, rowBytes = 8, 4, 40 // a row of a patch: its key, its slice, its share of the table
	n := int64(cap(g.arcs))*arcBytes + int64(cap(g.offsets)+cap(g.loops)+cap(g.weights))*wordBytes
	for _, row := range g.patch {
		n += rowBytes + int64(cap(row))*arcBytes
	}
	return n
}
