package projection

import "slices"

// Components returns the connected components, each sorted, by their smallest node, and each node's component.
func (g *Graph) Components() (parts [][]uint32, of []uint32) { return g.ComponentsAbove(0) }

// ComponentsAbove is [Graph.Components] over the edges of at least floor.
func (g *Graph) ComponentsAbove(floor float32) (parts [][]uint32, of []uint32) {
	const none = ^uint32(0)
	of = make([]uint32, g.Len())
	for i := range of {
		of[i] = none
	}
	flat, stack := make([]uint32, 0, g.Len()), []uint32(nil)
	for start := range of {
		if of[start] != none {
			continue
		}
		n, lo := uint32(len(parts)), len(flat)
		of[start], stack = n, append(stack[:0], uint32(start))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			flat = append(flat, v)
			for _, a := range g.Arcs(v) {
				if a.Weight >= floor && of[a.To] == none {
					of[a.To], stack = n, append(stack, a.To)
				}
			}
		}
		slices.Sort(flat[lo:])
		parts = append(parts, flat[lo:len(flat):len(flat)])
	}
	return parts, of
}

// Sub returns the graph of some nodes, renumbered in their order, and the edges of at least floor between them. The nodes must be sorted.
func (g *Graph) Sub(members []uint32, floor float32) *Graph {
	sub := &Graph{offsets: make([]int, 1, len(members)+1)}
	for _, v := range members {
		for _, a := range g.Arcs(v) {
			if i, ok := slices.BinarySearch(members, a.To); ok && a.Weight >= floor {
				sub.arcs = append(sub.arcs, Arc{uint32(i), a.Weight})
			}
		}
		sub.offsets = append(sub.offsets, len(sub.arcs))
	}
	return sub
}
