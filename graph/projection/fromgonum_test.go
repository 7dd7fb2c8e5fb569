package projection_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/multi"
	"gonum.org/v1/gonum/graph/simple"
	"pgregory.net/rapid"

	"samehand/graph/projection"
)

// weighted is a graph of gonum's whose edges weigh what is said, loops and all.
type weighted struct {
	gonum.WeightedUndirected
	edges map[[2]int64]float64
	from  map[int64][]int64
	odd   bool // Nodes and From return nil when there is nothing
}

func newWeighted(edges map[[2]int64]float64, more ...int64) *weighted {
	g := &weighted{edges: edges, from: map[int64][]int64{}}
	for _, id := range more {
		g.from[id] = nil
	}
	for pair := range edges {
		g.from[pair[0]] = append(g.from[pair[0]], pair[1])
		if pair[0] != pair[1] {
			g.from[pair[1]] = append(g.from[pair[1]], pair[0])
		}
	}
	return g
}

func (g *weighted) Nodes() gonum.Nodes {
	if g.odd {
		return nil
	}
	u := simple.NewUndirectedGraph()
	for id := range g.from {
		u.AddNode(simple.Node(id))
	}
	return u.Nodes()
}

func (g *weighted) From(id int64) gonum.Nodes {
	u := simple.NewUndirectedGraph()
	for _, to := range g.from[id] {
		u.AddNode(simple.Node(to))
	}
	return u.Nodes()
}

func (g *weighted) WeightedEdge(u, v int64) gonum.WeightedEdge {
	w, ok := g.edges[[2]int64{u, v}]
	if !ok {
		if w, ok = g.edges[[2]int64{v, u}]; !ok {
			return nil
		}
	}
	return simple.WeightedEdge{F: simple.Node(u), T: simple.Node(v), W: w}
}

func TestFromGonum(t *testing.T) {
	for _, test := range []struct {
		name string
		g    gonum.WeightedUndirected
		ids  []int64
		want flat
		bad  string
	}{
		{name: "none", g: nil, bad: "there is none"},
		{name: "empty", g: simple.NewWeightedUndirectedGraph(0, 0), want: flat{Offsets: []uint32{0}}},
		{name: "nil iterator", g: &weighted{odd: true}, want: flat{Offsets: []uint32{0}}},
		{
			name: "any IDs, a loop, weight 0, a node alone",
			g:    newWeighted(map[[2]int64]float64{{-7, 1 << 40}: 1.5, {3, 3}: 2, {3, -7}: 0}, 12),
			ids:  []int64{-7, 3, 12, 1 << 40},
			want: flat{Offsets: []uint32{0, 1, 1, 1, 2}, Arcs: []projection.Arc{{To: 3, Weight: 1.5}, {To: 0, Weight: 1.5}}, Loops: []float32{0, 2, 0, 0}, Edges: 1},
		},
		{name: "negative", g: newWeighted(map[[2]int64]float64{{4, 5}: -1}), bad: "node 4: edge to node 5: the weight is negative"},
		{name: "not a number", g: newWeighted(map[[2]int64]float64{{5, 4}: math.NaN()}), bad: "node 4: edge to node 5: the weight is not a number"},
		{name: "too large", g: newWeighted(map[[2]int64]float64{{4, 4}: math.Inf(1)}), bad: "node 4: edge to node 4: the weight is larger"},
		{name: "neighbour that is no node", g: &weighted{from: map[int64][]int64{1: {2}}}, bad: "node 1: its neighbour 2 is not among the nodes"},
		{name: "no edge to a neighbour", g: &weighted{from: map[int64][]int64{1: {2}, 2: {1}}}, bad: "node 1: there is no edge to its neighbour 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g, ids, err := projection.FromGonum(test.g)
			if test.bad != "" {
				if err == nil || g != nil || !strings.Contains(err.Error(), test.bad) {
					t.Errorf("%v, want %q", err, test.bad)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := flatten(g)
			if len(got.Arcs) == 0 {
				got.Arcs = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" || len(ids) != len(test.ids) || len(ids) > 0 && !cmp.Equal(ids, test.ids) {
				t.Errorf("nodes %v (-want +got):\n%s", ids, diff)
			}
		})
	}
}

// Multigraphs of gonum's are summed by their own rule, a graph of ours comes back as it was, but for its loops.
func TestFromGonumRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "n")
		g := build(t, n, oddEdges(t, n), 1, 1)
		back, ids, err := projection.FromGonum(g)
		if err != nil {
			t.Fatal(err)
		}
		want := flatten(g)
		want.Loops = nil
		if diff := cmp.Diff(want, flatten(back), equalEmpty); diff != "" || len(ids) != n || ids[n-1] != int64(n-1) {
			t.Fatalf("nodes %v (-want +got):\n%s", ids, diff)
		}
	})
	m := multi.NewWeightedUndirectedGraph()
	for _, w := range []float64{1, 2} {
		m.SetWeightedLine(m.NewWeightedLine(multi.Node(8), multi.Node(2), w))
	}
	g, _, err := projection.FromGonum(m)
	if err != nil {
		t.Fatal(err)
	}
	if w, _ := g.Weight(0, 1); w != 3 {
		t.Errorf("parallel lines weigh %v", w)
	}
}
