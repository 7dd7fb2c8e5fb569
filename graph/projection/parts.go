package projection

import "slices"

// none is the number of no component.
const none = ^uint32(0)

// Components returns the connected components, each sorted, by their smallest node, and each node's component.
func (g *Graph) Components() (parts [][]uint32, of []uint32) { return g.ComponentsAbove(0) }

// ComponentsAbove is [Graph.Components] over the edges of at least floor.
func (g *Graph) ComponentsAbove(floor float32) (parts [][]uint32, of []uint32) {
	of = make([]uint32, g.Len())
	for i := range of {
		of[i] = none
	}
	sizes, stack := []uint32(nil), []uint32(nil)
	for start := range of {
		if of[start] == none {
			var size uint32
			size, stack = g.flood(uint32(start), uint32(len(sizes)), floor, of, stack[:0])
			sizes = append(sizes, size)
		}
	}
	flat, parts := make([]uint32, len(of)), make([][]uint32, len(sizes))
	lo := uint32(0)
	for i, size := range sizes {
		parts[i], lo = flat[lo:lo:lo+size], lo+size
	}
	for v, part := range of {
		parts[part] = append(parts[part], uint32(v))
	}
	return parts, of
}

// flood gives a number to everything that hangs together with a node, and returns how much that is. The stack is
// returned to be used again.
func (g *Graph) flood(start, number uint32, floor float32, of, stack []uint32) (size uint32, _ []uint32) {
	of[start], stack = number, append(stack, start)
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		size++
		for _, a := range g.Arcs(v) {
			if of[a.To] == none && a.Weight >= floor {
				of[a.To], stack = number, append(stack, a.To)
			}
		}
	}
	return size, stack
}

// Sub returns the graph of some nodes, renumbered in their order, and the edges and loops of at least floor between
// them. The nodes must be sorted; they keep their weights.
func (g *Graph) Sub(members []uint32, floor float32) *Graph {
	sub := &Graph{offsets: make([]uint32, 1, len(members)+1)}
	if g.loops != nil {
		sub.loops = make([]float32, len(members))
	}
	if g.weights != nil {
		sub.weights = make([]float32, len(members))
	}
	for n, v := range members {
		for _, a := range g.Arcs(v) {
			if i, ok := slices.BinarySearch(members, a.To); ok && a.Weight >= floor {
				sub.arcs = append(sub.arcs, Arc{uint32(i), a.Weight})
			}
		}
		sub.offsets = append(sub.offsets, uint32(len(sub.arcs)))
		if w := g.Loop(v); w >= floor && sub.loops != nil {
			sub.loops[n] = w
		}
		if sub.weights != nil {
			sub.weights[n] = g.weights[v]
		}
	}
	sub.edges = len(sub.arcs) / 2
	return sub
}
