package projection_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph/testgraph"
	"pgregory.net/rapid"

	gonum "gonum.org/v1/gonum/graph"

	"samehand/graph/graphtest"
	"samehand/graph/linkage"
	"samehand/graph/projection"
)

func TestNew(t *testing.T) {
	g := projection.MustNew(4, []projection.Edge{{A: 2, B: 0, Weight: 1.5}, {A: 0, B: 1, Weight: 2}, {A: 0, B: 2, Weight: .25}, {A: 3, B: 3, Weight: 9}, {A: 1, B: 2, Weight: 0}, {A: 3, B: 2, Weight: 1e-60}})
	want := [][]projection.Arc{
		{{To: 1, Weight: 2}, {To: 2, Weight: 1.75}}, // parallel edges add up
		{{To: 0, Weight: 2}},
		{{To: 0, Weight: 1.75}, {To: 3, Weight: math.SmallestNonzeroFloat32}}, // an edge stays one, however weak
		{{To: 2, Weight: math.SmallestNonzeroFloat32}},                        // a loop is kept elsewhere, and an edge without weight is none
	}
	for v := range want {
		if diff := cmp.Diff(want[v], g.Arcs(uint32(v))); diff != "" {
			t.Errorf("arcs of %d (-want +got):\n%s", v, diff)
		}
	}
	if g.Len() != 4 || g.Edges() != 3 || g.Loop(3) != 9 || g.Loop(2) != 0 {
		t.Errorf("%d nodes, %d edges, loops %v", g.Len(), g.Edges(), g.Loops())
	}
}

func TestNewEmpty(t *testing.T) {
	g := projection.MustNew(0, nil)
	parts, of := g.Components()
	if g.Len() != 0 || g.Edges() != 0 || len(parts) != 0 || len(of) != 0 || g.Nodes().Next() {
		t.Error("an empty graph has something in it")
	}
}

// edges draws edges with many equal weights.
func edges(t *rapid.T, n int) []projection.Edge {
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) projection.Edge {
		return projection.Edge{
			A: uint32(rapid.IntRange(0, n-1).Draw(t, "a")), B: uint32(rapid.IntRange(0, n-1).Draw(t, "b")),
			Weight: float64(rapid.IntRange(1, 3).Draw(t, "w")),
		}
	})).Draw(t, "edges")
}

// The order of the edges changes nothing, and both directions of an edge agree.
func TestNewOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		es := edges(t, n)
		g := projection.MustNew(n, es)
		shuffled := slices.Clone(es)
		rand.New(rand.NewPCG(1, uint64(len(es)))).Shuffle(len(es), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		h := projection.MustNew(n, shuffled)
		for v := range uint32(n) {
			if diff := cmp.Diff(g.Arcs(v), h.Arcs(v)); diff != "" {
				t.Fatalf("arcs of %d depend on the order:\n%s", v, diff)
			}
			for i, a := range g.Arcs(v) {
				if i > 0 && g.Arcs(v)[i-1].To >= a.To {
					t.Fatalf("arcs of %d are not sorted", v)
				}
				if w, ok := g.Weight(int64(a.To), int64(v)); !ok || float32(w) != a.Weight {
					t.Fatalf("%d-%d weighs %v one way and %v the other", v, a.To, a.Weight, w)
				}
			}
		}
	})
}

func TestComponents(t *testing.T) {
	g := projection.MustNew(6, []projection.Edge{{A: 4, B: 1, Weight: 1}, {A: 1, B: 5, Weight: .5}, {A: 2, B: 3, Weight: 2}})
	for _, test := range []struct {
		floor float32
		want  [][]uint32
	}{
		{0, [][]uint32{{0}, {1, 4, 5}, {2, 3}}},
		{1, [][]uint32{{0}, {1, 4}, {2, 3}, {5}}},
		{3, [][]uint32{{0}, {1}, {2}, {3}, {4}, {5}}},
	} {
		parts, of := g.ComponentsAbove(test.floor)
		if diff := cmp.Diff(test.want, parts); diff != "" {
			t.Errorf("floor %v (-want +got):\n%s", test.floor, diff)
		}
		for n, part := range parts {
			for _, v := range part {
				if of[v] != uint32(n) {
					t.Errorf("floor %v: node %d is in %d and listed in %d", test.floor, v, of[v], n)
				}
			}
		}
	}
}

func TestSub(t *testing.T) {
	g := projection.MustNew(5, []projection.Edge{{A: 1, B: 3, Weight: 1}, {A: 3, B: 4, Weight: 2}, {A: 1, B: 4, Weight: .5}, {A: 0, B: 1, Weight: 9}})
	s := g.Sub([]uint32{1, 3, 4}, 1)
	if s.Len() != 3 || s.Edges() != 2 || !s.HasEdgeBetween(0, 1) || !s.HasEdgeBetween(1, 2) || s.HasEdgeBetween(0, 2) {
		t.Errorf("%d nodes, %d edges: %v %v %v", s.Len(), s.Edges(), s.Arcs(0), s.Arcs(1), s.Arcs(2))
	}
}

// Nodes of a part keep their loops and weights.
func TestSubKeeps(t *testing.T) {
	b := projection.NewBuilder()
	for _, e := range []projection.Edge{{A: 0, B: 1, Weight: 1}, {A: 1, B: 1, Weight: 3}, {A: 2, B: 2, Weight: .5}} {
		if err := b.Add(e.A, e.B, e.Weight); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build(t.Context(), 3, projection.BuildOptions{NodeWeights: []float32{4, 5, 6}})
	if err != nil {
		t.Fatal(err)
	}
	s := g.Sub([]uint32{1, 2}, 1)
	if diff := cmp.Diff([]float32{3, 0}, s.Loops()); diff != "" {
		t.Errorf("loops (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]float32{5, 6}, s.NodeWeights()); diff != "" {
		t.Errorf("weights (-want +got):\n%s", diff)
	}
}

// The zero graph is empty, and a mistake in a test's graph is not passed over.
func TestZero(t *testing.T) {
	var g projection.Graph
	offsets, arcs := g.Rows()
	if g.Len() != 0 || g.Edges() != 0 || g.Nodes().Len() != 0 || g.Bytes() != 0 || len(offsets)+len(arcs) != 0 {
		t.Error("the zero graph has something in it")
	}
	defer func() {
		if recover() == nil {
			t.Error("MustNew takes what New does not")
		}
	}()
	projection.MustNew(1, []projection.Edge{{A: 0, B: 1, Weight: 1}})
}

// line is an edge as gonum's tests want it.
type line struct {
	from, to projection.Node
	weight   float64
}

func (l line) From() gonum.Node { return l.from }
func (l line) To() gonum.Node   { return l.to }
func (l line) Weight() float64  { return l.weight }

// conform makes of gonum's test cases what the graph can be: nodes from 0, no loops, no parallel edges, no directions, weights above 0.
func conform(nodes []gonum.Node, in []testgraph.WeightedLine, _, _ float64) (gonum.Graph, []gonum.Node, []testgraph.Edge, float64, float64, bool) {
	number := map[int64]uint32{}
	for _, n := range nodes {
		number[n.ID()] = 0
	}
	for _, e := range in {
		number[e.From().ID()], number[e.To().ID()] = 0, 0
	}
	ids := slices.Sorted(maps.Keys(number))
	var out []gonum.Node
	for i, id := range ids {
		number[id], out = uint32(i), append(out, projection.Node(i))
	}
	var es []projection.Edge
	var lines []testgraph.Edge
	for i, e := range in {
		a, b := number[e.From().ID()], number[e.To().ID()]
		again := slices.ContainsFunc(es, func(e projection.Edge) bool { return min(e.A, e.B) == min(a, b) && max(e.A, e.B) == max(a, b) })
		if a == b || again {
			continue
		}
		w := float64(1 + i%4)
		es = append(es, projection.Edge{A: a, B: b, Weight: w})
		lines = append(lines, line{projection.Node(a), projection.Node(b), w})
	}
	return projection.MustNew(len(ids), es), out, lines, 0, 0, true
}

// The graph keeps gonum's rules, by gonum's own tests.
func TestGonum(t *testing.T) {
	t.Run("nodes", func(t *testing.T) { testgraph.ReturnAllNodes(t, conform, true) })
	t.Run("node slice", func(t *testing.T) { testgraph.ReturnNodeSlice(t, conform, true) })
	t.Run("node existence", func(t *testing.T) { testgraph.NodeExistence(t, conform) })
	t.Run("edge existence", func(t *testing.T) { testgraph.EdgeExistence(t, conform, false) })
	t.Run("weights", func(t *testing.T) { testgraph.Weight(t, conform) })
	t.Run("adjacent", func(t *testing.T) { testgraph.ReturnAdjacentNodes(t, conform, true, false) })
}

// Iterators run in order, can be run again, and know how much is left.
func TestIterators(t *testing.T) {
	g := projection.MustNew(4, []projection.Edge{{A: 2, B: 0, Weight: 1}, {A: 2, B: 3, Weight: 1}, {A: 1, B: 2, Weight: 1}})
	for name, test := range map[string]struct {
		it   gonum.Nodes
		want []int64
	}{
		"nodes": {g.Nodes(), []int64{0, 1, 2, 3}}, "from": {g.From(2), []int64{0, 1, 3}}, "from nowhere": {g.From(9), nil},
	} {
		for range 2 {
			var got []int64
			left := test.it.Len()
			for test.it.Next() {
				got = append(got, test.it.Node().ID())
			}
			if diff := cmp.Diff(test.want, got); diff != "" || left != len(got) || test.it.Len() != 0 || test.it.Node() != nil {
				t.Errorf("%s: %d left, got %v:\n%s", name, left, got, diff)
			}
			test.it.Reset()
		}
	}
}

// Persons weighs a pair by the best of each family and a share of the rest.
func TestPersons(t *testing.T) {
	w := graphtest.New(t)
	for i := range 2 {
		w.Account("a", graphtest.Name(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90).Device("serial:SHARED0002", 1, 90).Payout(graphtest.Bank(1), 1, 90)
	}
	table := w.Table()
	p, err := linkage.FindPersons(table, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	m, err := linkage.Evidence(table, p, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	g, err := projection.Persons(m, .5)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := g.Weight(0, 1); got != 10+10+.25*10 {
		t.Errorf("the pair weighs %v", got)
	}
	if g, err := projection.Persons(m, 50); err != nil || g.Edges() != 0 {
		t.Error("an edge below the floor")
	}
}
