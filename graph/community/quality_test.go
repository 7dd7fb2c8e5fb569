package community_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph"
	gonum "gonum.org/v1/gonum/graph/community"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// knownGraph builds a graph of the literature.
func knownGraph(k graphtest.Known) *projection.Graph {
	var es []projection.Edge
	for _, e := range k.Graph.Edges {
		es = append(es, projection.Edge{A: e.A, B: e.B, Weight: float64(e.Weight)})
	}
	return projection.MustNew(k.Graph.Nodes, es)
}

func karateClub() *projection.Graph { return knownGraph(graphtest.Karate()) }

// groupsOf makes a partition of n nodes from lists of nodes.
func groupsOf(n int, groups ...[]uint32) community.Partition {
	labels := make([]uint32, n)
	for i, g := range groups {
		for _, v := range g {
			labels[v] = uint32(i)
		}
	}
	return community.NewPartition(labels)
}

// karateBest is the division of the club of most modularity (Brandes and others 2008, doi:10.1109/TKDE.2007.190689).
func karateBest() community.Partition {
	return groupsOf(34,
		[]uint32{0, 1, 2, 3, 7, 11, 12, 13, 17, 19, 21}, []uint32{4, 5, 6, 10, 16},
		[]uint32{8, 9, 14, 15, 18, 20, 22, 26, 29, 30, 32, 33}, []uint32{23, 24, 25, 27, 28, 31})
}

func nearly(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

func TestQualityKarate(t *testing.T) {
	g, best, alone := karateClub(), karateBest(), make([]uint32, 34)
	for v := range alone {
		alone[v] = uint32(v)
	}
	if g.Edges() != 78 {
		t.Fatalf("%d edges; the club has 78", g.Edges())
	}
	one, each := community.NewPartition(make([]uint32, 34)), community.NewPartition(alone)
	for _, test := range []struct {
		name       string
		p          community.Partition
		o          community.Objective
		resolution float64
		want       float64
	}{
		{"the split of the club", community.NewPartition(graphtest.Karate().Graph.Group), community.Modularity, 1, 0.35823471400394479},
		{"published optimum", best, community.Modularity, 1, 0.41978961209730437},
		{"one group", one, community.Modularity, 1, 0},
		{"one group, half", one, community.Modularity, .5, .5},
		{"all alone", each, community.Modularity, 1, -1212. / (156 * 156)}, // the squares of the degrees add up to 1212
		{"cpm", best, community.CPM, .1, 57 - .1*(55+10+66+15)},            // 23 + 6 + 21 + 7 edges inside
		{"cpm, one group", one, community.CPM, .1, 78 - .1*34*33/2},
		{"cpm, all alone", each, community.CPM, .1, 0},
	} {
		if got := community.Quality(g, test.p, test.o, test.resolution); !nearly(got, test.want) {
			t.Errorf("%s: %.17g, want %.17g", test.name, got, test.want)
		}
	}
}

// On the graphs of the literature, gonum's Louvain is scored as gonum scores it, and does not beat the published optimum.
func TestQualityKnownGraphs(t *testing.T) {
	for _, k := range graphtest.Classics() {
		g := knownGraph(k)
		r := gonum.Modularize(g, 1, rand.NewPCG(1, 1))
		labels := make([]uint32, g.Len())
		for c, group := range r.Communities() {
			for _, n := range group {
				labels[n.ID()] = uint32(c)
			}
		}
		p := community.NewPartition(labels)
		got, want := community.Quality(g, p, community.Modularity, 1), gonum.Q(g, r.Communities(), 1)
		if !nearly(got, want) || got > k.Modularity+5e-5 || got < k.Modularity-.02 {
			t.Errorf("%s: %v, gonum says %v, the best is %v", k.Name, got, want, k.Modularity)
		}
		ms, err := community.Measures(t.Context(), g, p, g.Len())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ms {
			if !m.Weakest.Exact || m.Weakest.Weight == 0 {
				t.Errorf("%s: a group of Louvain's does not hang together: %+v", k.Name, m)
			}
		}
		if bound, err := community.Measures(t.Context(), g, p, 0); err != nil || len(bound) != len(ms) || slices.ContainsFunc(bound, func(m community.Measure) bool { return m.Weakest.Weight < ms[m.Group].Weakest.Weight }) {
			t.Errorf("%s: bounds below what is exact, %v", k.Name, err)
		}
	}
}

// weigh builds a graph with loops and node weights.
func weigh(t *testing.T, n int, edges []projection.Edge, weights []float32) *projection.Graph {
	t.Helper()
	b := projection.NewBuilder()
	for _, e := range edges {
		if err := b.Add(e.A, e.B, e.Weight); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build(context.Background(), n, projection.BuildOptions{NodeWeights: weights})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Two groups {0,1} and {2}: a loop of 3 on 0, an edge of 2 inside, an edge of 1 between, a loop of 4 on 2. m = 10.
func TestQualityLoopsAndNodeWeights(t *testing.T) {
	es := []projection.Edge{{A: 0, B: 0, Weight: 3}, {A: 0, B: 1, Weight: 2}, {A: 1, B: 2, Weight: 1}, {A: 2, B: 2, Weight: 4}}
	p := community.NewPartition([]uint32{0, 0, 2})
	g := weigh(t, 3, es, []float32{2, 3, 5})
	q := 5./10 - math.Pow(11./20, 2) + 4./10 - math.Pow(9./20, 2) // degrees 8 + 3, and 9
	if got := community.Quality(g, p, community.Modularity, 1); !nearly(got, q) {
		t.Errorf("modularity %v, want %v", got, q)
	}
	h := 5 - .25*2*3 + 4. // the pairs of a group: 2 times 3, and none
	if got := community.Quality(g, p, community.CPM, .25); !nearly(got, h) {
		t.Errorf("cpm %v, want %v", got, h)
	}
	ms, err := community.Measures(t.Context(), g, p, 10)
	if err != nil {
		t.Fatal(err)
	}
	want := []community.Measure{
		{Group: 0, Nodes: 2, NodeWeight: 5, Inside: 5, Outside: 1, Conductance: 1. / 9, Density: 2. / 6, Weakest: community.Cut{Weight: 2, Side: []uint32{0}, Exact: true}},
		{Group: 1, Nodes: 1, NodeWeight: 5, Inside: 4, Outside: 1, Conductance: 1. / 9, Weakest: community.Cut{Exact: true}},
	}
	if diff := cmp.Diff(want, ms); diff != "" {
		t.Errorf("measures (-want +got):\n%s", diff)
	}
}

func TestQualityOfNothing(t *testing.T) {
	g := projection.MustNew(0, nil)
	for _, o := range []community.Objective{community.CPM, community.Modularity} {
		if q := community.Quality(g, community.Partition{}, o, 1); q != 0 {
			t.Errorf("%s of no graph is %v", o, q)
		}
	}
	ms, err := community.Measures(t.Context(), g, community.Partition{}, 10)
	if len(ms) != 0 || err != nil || community.Disconnected(g, community.Partition{}) != 0 {
		t.Errorf("measures of no graph: %v, %v", ms, err)
	}
	three := projection.MustNew(3, nil)
	if q := community.Quality(three, community.NewPartition([]uint32{0, 0, 1}), community.Modularity, 1); q != 0 {
		t.Errorf("modularity without edges is %v", q)
	}
}

func TestNotAPartition(t *testing.T) {
	g := karateClub()
	for name, p := range map[string]community.Partition{
		"too short":       {Of: make([]uint32, 3), Groups: 1},
		"too long":        {Of: make([]uint32, 35), Groups: 1},
		"too few groups":  {Of: slices.Repeat([]uint32{1}, 34), Groups: 1},
		"no groups":       {Of: make([]uint32, 34)},
		"too many groups": {Of: make([]uint32, 34), Groups: 1 << 40},
		"negative number": {Of: make([]uint32, 34), Groups: -1},
	} {
		if q := community.Quality(g, p, community.CPM, 1); !math.IsNaN(q) {
			t.Errorf("%s: quality %v", name, q)
		}
		if n := community.Disconnected(g, p); n != -1 {
			t.Errorf("%s: %d disconnected", name, n)
		}
		if _, err := community.Measures(t.Context(), g, p, 10); err == nil {
			t.Errorf("%s: measured", name)
		}
	}
	if q := community.Quality(g, karateBest(), "fame", 1); !math.IsNaN(q) {
		t.Errorf("an unknown objective gives %v", q)
	}
}

// someGraph draws a graph and a partition of it, with some equal weights.
func someGraph(t *rapid.T, most int, loops bool) (*projection.Graph, []projection.Edge, community.Partition) {
	n := rapid.IntRange(1, most).Draw(t, "n")
	var es []projection.Edge
	for range rapid.IntRange(0, 3*n).Draw(t, "m") {
		e := projection.Edge{A: uint32(rapid.IntRange(0, n-1).Draw(t, "a")), B: uint32(rapid.IntRange(0, n-1).Draw(t, "b")), Weight: float64(rapid.IntRange(1, 3).Draw(t, "w"))}
		if loops || e.A != e.B {
			es = append(es, e)
		}
	}
	labels := make([]uint32, n)
	for v := range labels {
		labels[v] = uint32(rapid.IntRange(0, 3).Draw(t, "group"))
	}
	return projection.MustNew(n, es), es, community.NewPartition(labels)
}

func gonumGroups(p community.Partition) [][]graph.Node {
	out := make([][]graph.Node, p.Groups)
	for v, c := range p.Of {
		out[c] = append(out[c], projection.Node(v))
	}
	return out
}

func TestQualityAgreesWithGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, p := someGraph(t, 30, false)
		r := rapid.Float64Range(.1, 3).Draw(t, "resolution")
		want := gonum.Q(g, gonumGroups(p), r)
		if len(es) == 0 {
			want = 0 // gonum gives NaN
		}
		if got := community.Quality(g, p, community.Modularity, r); !nearly(got, want) {
			t.Fatalf("modularity %v, gonum says %v", got, want)
		}
	})
}

// By the definitions, pair by pair.
func TestQualityAgreesWithDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, p := someGraph(t, 20, true)
		r := rapid.Float64Range(.1, 3).Draw(t, "resolution")
		degree, m, inside, pairs := make([]float64, g.Len()), 0., 0., 0.
		for _, e := range es {
			degree[e.A] += e.Weight
			degree[e.B] += e.Weight // of a loop, the same again
			m += e.Weight
			if p.Of[e.A] == p.Of[e.B] {
				inside += e.Weight
			}
		}
		null := 0.
		for u := range degree {
			for v := range degree {
				if p.Of[u] == p.Of[v] {
					null += degree[u] * degree[v]
				}
				if u < v && p.Of[u] == p.Of[v] {
					pairs++
				}
			}
		}
		if got, want := community.Quality(g, p, community.CPM, r), inside-r*pairs; !nearly(got, want) {
			t.Fatalf("cpm %v, want %v", got, want)
		}
		want := 0.
		if m > 0 {
			want = inside/m - r*null/(4*m*m)
		}
		if got := community.Quality(g, p, community.Modularity, r); !nearly(got, want) {
			t.Fatalf("modularity %v, want %v", got, want)
		}
	})
}

// Disconnected counts the groups that the graph without the edges between groups does not hold together.
func TestDisconnected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, p := someGraph(t, 20, true)
		var inner []projection.Edge
		for _, e := range es {
			if p.Of[e.A] == p.Of[e.B] {
				inner = append(inner, e)
			}
		}
		parts, _ := projection.MustNew(g.Len(), inner).Components()
		count, want := make([]int, p.Groups), 0
		for _, part := range parts {
			if count[p.Of[part[0]]]++; count[p.Of[part[0]]] == 2 {
				want++
			}
		}
		if got := community.Disconnected(g, p); got != want {
			t.Fatalf("%d disconnected, want %d", got, want)
		}
	})
}

func TestMeasuresKarate(t *testing.T) {
	ms, err := community.Measures(t.Context(), karateClub(), karateBest(), 100)
	if err != nil {
		t.Fatal(err)
	}
	// The five 4, 5, 6, 10 and 16 are tied to the others by the four edges of 0 alone.
	want := community.Measure{Group: 1, Nodes: 5, NodeWeight: 5, Inside: 6, Outside: 4, Conductance: 4. / 16, Density: .6, Weakest: community.Cut{Weight: 2, Side: []uint32{4}, Exact: true}}
	if diff := cmp.Diff(want, ms[1]); diff != "" {
		t.Errorf("the five (-want +got):\n%s", diff)
	}
}

// The measures add up to the whole, whatever the partition, and what follows from the definitions holds.
func TestMeasuresAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, p := someGraph(t, 20, true)
		ms, err := community.Measures(context.Background(), g, p, 20)
		if err != nil {
			t.Fatal(err)
		}
		nodes, weight, sum := 0, 0., 0.
		for _, e := range es {
			sum += e.Weight
		}
		apart := 0
		for c, m := range ms {
			if m.Group != c || m.Conductance < 0 || m.Conductance > 1 || m.Conductance == 0 != (m.Outside == 0) {
				t.Fatalf("group %d: %+v", c, m)
			}
			if m.Weakest.Weight == 0 && len(m.Weakest.Side) > 0 {
				apart++
			}
			nodes, weight = nodes+m.Nodes, weight+m.Inside+m.Outside/2
		}
		if nodes != g.Len() || !nearly(weight, sum) {
			t.Fatalf("%d nodes of %d, weight %v of %v", nodes, g.Len(), weight, sum)
		}
		if got := community.Disconnected(g, p); got != apart {
			t.Fatalf("%d groups are cut for nothing, %d do not hang together", apart, got)
		}
	})
}

func TestMeasuresStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := community.Measures(ctx, karateClub(), karateBest(), 100); err == nil {
		t.Error("measured although it should stop")
	}
}

func BenchmarkQuality(b *testing.B) {
	const n, m = 100_000, 900_000
	r, es, labels := rand.New(rand.NewPCG(1, 1)), make([]projection.Edge, m), make([]uint32, n)
	for i := range es {
		es[i] = projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: 1}
	}
	for v := range labels {
		labels[v] = uint32(r.IntN(n / 50))
	}
	g, p := projection.MustNew(n, es), community.NewPartition(labels)
	b.ReportAllocs()
	for b.Loop() {
		community.Quality(g, p, community.CPM, 1)
	}
	b.ReportMetric(float64(b.N)*m/b.Elapsed().Seconds(), "edges/s")
}
