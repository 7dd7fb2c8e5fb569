package projection

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// IsPatched reports whether some rows are kept apart from the arrays; see [Graph.Patched].
func (g *Graph) IsPatched() bool { return g.patch != nil }

// patched returns the row of a node in a graph that has a patch.
func (g *Graph) patched(node uint32) []Arc {
	if row, ok := g.patch[node]; ok {
		return row
	}
	return g.arcs[g.offsets[node]:g.offsets[node+1]]
}

// half is a change as seen from one of the ends, or a loop.
type half struct {
	from, to uint32
	weight   float32 // the new one
	at       int     // in the changes
}

// Patched returns a graph in which some pairs of nodes have another weight: the Weight of a change is the new weight of
// that pair, and 0 takes the edge away. It shares the arrays of g, which stays as it is, and keeps only the rows of the
// nodes that are named by a change, so that it takes time in proportion to those rows, and to the rows that g keeps apart
// already. After many patches, [Graph.Compact] makes one of them. When loops change, the weights of all loops are copied.
//
// It fails when a change names a node that is not there (see [Graph.Grow]), has a weight that an edge cannot have, or
// when two changes give a pair two weights. Naming a pair twice with one weight is no fault.
func (g *Graph) Patched(changes []Edge) (*Graph, error) {
	halves, loops, err := g.halves(changes)
	if err != nil {
		return nil, fmt.Errorf("patch the graph: %w", err)
	}
	out := *g
	if len(loops) > 0 {
		out.setLoops(loops)
	}
	if len(halves) == 0 {
		return &out, nil
	}
	if out.patch = maps.Clone(g.patch); out.patch == nil {
		out.patch = make(map[uint32][]Arc, len(halves))
	}
	size := len(halves)
	for i, h := range halves {
		if i == 0 || halves[i-1].from != h.from {
			size += len(g.Arcs(h.from))
		}
	}
	arena := make([]Arc, 0, size) // one for all rows; each is cut to its length
	for i := 0; i < len(halves); {
		n := i + 1
		for n < len(halves) && halves[n].from == halves[i].from {
			n++
		}
		lo, node := len(arena), halves[i].from
		arena = mergeChanges(arena, g.Arcs(node), halves[i:n])
		out.patch[node] = arena[lo:len(arena):len(arena)]
		i = n
	}
	out.edges += edgesAdded(g, halves)
	if uint64(out.edges) > mostArcs/2 {
		return nil, fmt.Errorf("patch the graph: %w: %d edges, and at most %d are possible", ErrTooLarge, out.edges, mostArcs/2)
	}
	return &out, nil
}

// halves checks changes and returns both directions of each, sorted and none twice, and the loops.
func (g *Graph) halves(changes []Edge) (list, loops []half, err error) {
	list = make([]half, 0, 2*len(changes))
	for i, c := range changes {
		w := float32(c.Weight)
		switch {
		case int64(max(c.A, c.B)) >= int64(g.Len()):
			return nil, nil, fmt.Errorf("change %d names node %d, and there are %d nodes", i, max(c.A, c.B), g.Len())
		case CheckWeight(c.Weight) != nil:
			return nil, nil, fmt.Errorf("change %d: %w", i, CheckWeight(c.Weight))
		case w == 0 && c.Weight > 0:
			w = math.SmallestNonzeroFloat32
		}
		if c.A == c.B {
			loops = append(loops, half{c.A, c.B, w, i})
			continue
		}
		list = append(list, half{c.A, c.B, w, i}, half{c.B, c.A, w, i})
	}
	if loops, err = oneWeight(loops); err != nil {
		return nil, nil, err
	}
	list, err = oneWeight(list)
	return list, loops, err
}

// oneWeight sorts halves and leaves one of each pair.
func oneWeight(list []half) ([]half, error) {
	slices.SortFunc(list, func(a, b half) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.at, b.at))
	})
	out := list[:0]
	for _, h := range list {
		if n := len(out); n == 0 || out[n-1].from != h.from || out[n-1].to != h.to {
			out = append(out, h)
		} else if out[n-1].weight != h.weight {
			return nil, fmt.Errorf("changes %d and %d: %w", out[n-1].at, h.at, errors.New("the same pair of nodes, and two weights"))
		}
	}
	return out, nil
}

// setLoops gives loops new weights, in a copy.
func (g *Graph) setLoops(loops []half) {
	old := g.loops
	g.loops = make([]float32, g.Len())
	copy(g.loops, old)
	for _, h := range loops {
		g.loops[h.from] = h.weight
	}
	if !slices.ContainsFunc(g.loops, func(w float32) bool { return w > 0 }) {
		g.loops = nil
	}
}

// mergeChanges appends a row with its changes to out. Both are sorted by the other end.
func mergeChanges(out, row []Arc, changes []half) []Arc {
	for _, c := range changes {
		i, there := slices.BinarySearchFunc(row, c.to, func(a Arc, to uint32) int { return cmp.Compare(a.To, to) })
		out = append(out, row[:i]...)
		if row = row[i:]; there {
			row = row[1:]
		}
		if c.weight > 0 {
			out = append(out, Arc{c.to, c.weight})
		}
	}
	return append(out, row...)
}

// edgesAdded returns how many edges more there are after the changes.
func edgesAdded(g *Graph, halves []half) int {
	n := 0
	for _, h := range halves {
		if h.from > h.to {
			continue
		}
		_, there := g.find(int64(h.from), int64(h.to))
		switch {
		case there && h.weight == 0:
			n--
		case !there && h.weight > 0:
			n++
		}
	}
	return n
}

// Compact returns the same graph with all rows in its arrays; the graph itself when they are there already.
func (g *Graph) Compact() *Graph {
	if g.patch == nil {
		return g
	}
	out := *g
	out.patch = nil
	out.offsets, out.arcs = make([]uint32, len(g.offsets)), make([]Arc, 0, 2*g.edges)
	for v := range g.Len() {
		out.arcs = append(out.arcs, g.Arcs(uint32(v))...)
		out.offsets[v+1] = uint32(len(out.arcs))
	}
	return &out
}

// Grow returns a graph of n nodes, those that are new without edges and of weight 1. It shares the arcs of g, and
// copies what is kept for each node. It fails when n is less than there are, or more than a graph can have.
func (g *Graph) Grow(n int) (*Graph, error) {
	if n < g.Len() {
		return nil, fmt.Errorf("grow the graph: it has %d nodes, and is to have %d", g.Len(), n)
	}
	if int64(n) > mostNodes {
		return nil, fmt.Errorf("grow the graph: %w: %d nodes, and at most %d are possible", ErrTooLarge, n, int64(mostNodes))
	}
	out := *g
	out.offsets = make([]uint32, n+1)
	for v := copy(out.offsets, g.offsets); v <= n; v++ {
		out.offsets[v] = uint32(len(g.arcs))
	}
	if g.loops != nil {
		out.loops = append(make([]float32, 0, n), g.loops...)[:n]
	}
	if g.weights != nil {
		out.weights = append(make([]float32, 0, n), g.weights...)
		for len(out.weights) < n {
			out.weights = append(out.weights, 1)
		}
	}
	return &out, nil
}
