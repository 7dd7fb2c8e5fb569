package community

import (
	"math"

	"samehand/graph/projection"
)

// Scale returns a resolution for CPM by the graph alone, for one of which nothing else is known. It is a quarter of the
// geometric mean of the density of the graph, which is its weight over all pairs of nodes, and of the density of a clique,
// which is the mean weight of an edge:
//
//	1/4 Σ_e w_e / sqrt( Σ_{u<v} n_u n_v · Σ_e n_u n_v )
//
// where e are the edges, loops left out, and n the weights of the nodes: pairs count as CPM counts them. The mean says that
// a community is as many times denser than the graph as it is sparser than a clique; one of that density, if none of its
// edges led out, would have sqrt(k n) of the n nodes that have k edges each. A quarter, because half of the edges may well
// lead out, and because CPM keeps a community in one piece only if its two halves, wherever it is cut, are tied
// more densely than the resolution: those are given half the density of the whole.
//
// It is as many times larger as weights are, and 0 for a graph without edges, for which any resolution does the same.
// Sums are taken in the order of the nodes. O(nodes + edges).
//
// It is where to begin, not what is right: what is known of the graph, or a [Ladder], says more.
func Scale(g *projection.Graph) float64 {
	weight, size, squares, tied := 0., 0., 0., 0.
	for v := range uint32(g.Len()) {
		n := float64(g.NodeWeight(v))
		size += n
		squares += n * n
		for _, a := range g.Arcs(v) {
			if a.To > v {
				weight += float64(a.Weight)
				tied += n * float64(g.NodeWeight(a.To))
			}
		}
	}
	pairs := (size*size - squares) / 2
	if weight == 0 || pairs <= 0 || tied <= 0 {
		return 0
	}
	return weight / math.Sqrt(pairs) / math.Sqrt(tied) / 4
}
