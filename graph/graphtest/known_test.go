package graphtest_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"

	"samehand/graph/graphtest"
)

// TestClassics holds the copied tables to the published counts of nodes, edges and triangles.
func TestClassics(t *testing.T) {
	counts := map[string][3]int{ // nodes, edges, largest degree
		"karate": {34, 78, 17}, "dolphins": {62, 159, 12}, "polbooks": {105, 441, 25}, "football": {115, 613, 12},
	}
	for _, k := range graphtest.Classics() {
		t.Run(k.Name, func(t *testing.T) {
			if err := k.Graph.Check(); err != nil {
				t.Fatal(err)
			}
			most := 0
			for _, d := range k.Graph.Degrees() {
				most = max(most, d)
			}
			if diff := cmp.Diff(counts[k.Name], [3]int{k.Graph.Nodes, len(k.Graph.Edges), most}); diff != "" {
				t.Errorf("nodes, edges and largest degree (-want +got):\n%s", diff)
			}
			if got := triangles(k.Graph); got != k.Triangles {
				t.Errorf("%d triangles, want %d", got, k.Triangles)
			}
			if w := k.Graph.Weight(); w != float64(len(k.Graph.Edges)) {
				t.Errorf("weights sum to %g, want 1 an edge", w)
			}
		})
	}
}

// TestClassicsModularity holds the tables to the published modularity, as gonum reckons it: the best of several orders of
// gonum's Louvain comes close to it and never above.
func TestClassicsModularity(t *testing.T) {
	for _, k := range graphtest.Classics() {
		g := toGonum(k.Graph)
		best := 0.0
		for seed := range uint64(30) {
			r := community.Modularize(g, 1, source(seed))
			best = max(best, community.Q(g, r.Communities(), 1))
		}
		if best > k.Modularity+.00006 { // published to four places
			t.Errorf("%s: a partition of modularity %.5f, but the best is said to be %.4f", k.Name, best, k.Modularity)
		}
		if best < k.Modularity-.01 {
			t.Errorf("%s: the best of 30 orders has modularity %.5f, published is %.4f", k.Name, best, k.Modularity)
		}
	}
}

// TestKarateSplit holds the split to its sizes and to its modularity, which the literature gives as .3582.
func TestKarateSplit(t *testing.T) {
	k := graphtest.Karate()
	groups := k.Graph.Groups()
	if len(groups) != 2 || len(groups[0]) != 17 || len(groups[1]) != 17 {
		t.Fatalf("groups %v, want two of 17", groups)
	}
	if q := modularity(k.Graph); math.Abs(q-.3582) > .00006 {
		t.Errorf("the split has modularity %.5f, want .3582", q)
	}
}

// modularity returns that of the planted groups, resolution 1 (Newman and Girvan 2004).
func modularity(l graphtest.EdgeList) float64 {
	total, inside := 2*l.Weight(), 0.0
	strength := map[uint32]float64{}
	for _, e := range l.Edges {
		strength[l.Group[e.A]] += float64(e.Weight)
		strength[l.Group[e.B]] += float64(e.Weight)
		if l.Group[e.A] == l.Group[e.B] {
			inside += 2 * float64(e.Weight)
		}
	}
	q := inside / total
	for _, s := range strength {
		q -= s / total * s / total
	}
	return q
}

// triangles counts three nodes tied to each other.
func triangles(l graphtest.EdgeList) int {
	near := map[[2]uint32]bool{}
	for _, e := range l.Edges {
		near[[2]uint32{e.A, e.B}] = true
	}
	n := 0
	for _, e := range l.Edges {
		for c := e.B + 1; int(c) < l.Nodes; c++ {
			if near[[2]uint32{e.A, c}] && near[[2]uint32{e.B, c}] {
				n++
			}
		}
	}
	return n
}

func toGonum(l graphtest.EdgeList) *simple.WeightedUndirectedGraph {
	g := simple.NewWeightedUndirectedGraph(0, 0)
	for _, e := range l.Edges {
		g.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(e.A), T: simple.Node(e.B), W: float64(e.Weight)})
	}
	return g
}
