package community

import (
	"math"

	"samehand/graph/projection"
)

// Scale returns a resolution for CPM by the graph alone, for one of which nothing else is known: the geometric mean of its
// density, which is the weight over all pairs of nodes, and of the mean weight of an edge, which is the density of a
// clique. A community is then as many times denser than the graph as it is sparser than a clique. It is
//
//	Σ_e w_e / sqrt( Σ_{u<v} n_u n_v · Σ_e n_u n_v )
//
// where e are the edges, loops left out, and n the weights of the nodes: pairs count as CPM counts them. It is as many
// times larger as weights are, and 0 for a graph without edges, for which any resolution does the same. O(nodes + edges).
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
	return weight / math.Sqrt(pairs) / math.Sqrt(tied)
}
