package projection_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/projection"
)

// flat is everything there is to know of a graph.
type flat struct {
	Offsets        []uint32
	Arcs           []projection.Arc
	Loops, Weights []float32
	Edges          int
}

func flatten(g *projection.Graph) flat {
	offsets, arcs := g.Rows()
	return flat{offsets, slices.Clip(arcs), g.Loops(), g.NodeWeights(), g.Edges()}
}

// oddWeights are weights whose sums depend on the order in which they are added, ties, and the extremes.
var oddWeights = []float64{1, 1, 2, .1, 1e-3, 1. / 3, 16777217, 1e-30, 3e30, math.SmallestNonzeroFloat32, 1e-60, 0}

// oddEdges draws edges with loops, parallel edges and odd weights.
func oddEdges(t *rapid.T, n int) []projection.Edge {
	node := rapid.Custom(func(t *rapid.T) uint32 { return uint32(rapid.IntRange(0, n-1).Draw(t, "node")) })
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) projection.Edge {
		return projection.Edge{A: node.Draw(t, "a"), B: node.Draw(t, "b"), Weight: rapid.SampledFrom(oddWeights).Draw(t, "w")}
	})).Draw(t, "edges")
}

// build builds by a number of threads, from as many shards.
func build(t interface{ Fatal(...any) }, n int, es []projection.Edge, threads, shards int) *projection.Graph {
	b := projection.NewBuilder()
	to := []func(a, b uint32, w float64) error{b.Add}
	for len(to) < shards {
		to = append(to, b.Shard().Add)
	}
	for i, e := range es {
		if err := to[i%shards](e.A, e.B, e.Weight); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build(context.Background(), n, projection.BuildOptions{Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The graph is the same whatever the order and direction of the edges, the threads and the shards; both ends of an
// edge agree to the bit; rows are sorted; nothing is lost.
func TestBuildIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		es := oddEdges(t, n)
		want := build(t, n, es, 1, 1)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for i := range es {
			if r.IntN(2) == 0 {
				es[i].A, es[i].B = es[i].B, es[i].A
			}
		}
		r.Shuffle(len(es), func(i, j int) { es[i], es[j] = es[j], es[i] })
		got := build(t, n, es, rapid.IntRange(1, 5).Draw(t, "threads"), rapid.IntRange(1, 4).Draw(t, "shards"))
		if diff := cmp.Diff(flatten(want), flatten(got)); diff != "" {
			t.Fatalf("the graph depends on how it was built:\n%s", diff)
		}
		checkInvariants(t, got)
		checkSums(t, got, es)
	})
}

// checkInvariants fails when the graph breaks a rule of its documentation.
func checkInvariants(t *rapid.T, g *projection.Graph) {
	arcs := 0
	for v := range uint32(g.Len()) {
		row := g.Arcs(v)
		arcs += len(row)
		for i, a := range row {
			if i > 0 && row[i-1].To >= a.To || a.To == v {
				t.Fatalf("row of %d: not sorted, or a loop: %v", v, row)
			}
			if !(a.Weight > 0 && a.Weight <= math.MaxFloat32) {
				t.Fatalf("%d-%d weighs %v", v, a.To, a.Weight)
			}
			if w, ok := g.Weight(int64(a.To), int64(v)); !ok || math.Float32bits(float32(w)) != math.Float32bits(a.Weight) {
				t.Fatalf("%d-%d weighs %v one way and %v the other", v, a.To, a.Weight, w)
			}
		}
	}
	if arcs != 2*g.Edges() {
		t.Fatalf("%d arcs, %d edges", arcs, g.Edges())
	}
}

// checkSums fails when a weight is not the sum of those of its edges, to what a float32 can hold.
func checkSums(t *rapid.T, g *projection.Graph, es []projection.Edge) {
	sums := map[[2]uint32]float64{}
	for _, e := range es {
		if e.Weight > 0 {
			sums[[2]uint32{min(e.A, e.B), max(e.A, e.B)}] += max(float64(float32(e.Weight)), math.SmallestNonzeroFloat32)
		}
	}
	loops := 0
	for pair, want := range sums {
		got := float64(g.Loop(pair[0]))
		if pair[0] != pair[1] {
			got, _ = g.Weight(int64(pair[0]), int64(pair[1]))
		} else {
			loops++
		}
		if math.Abs(got-want) > 1e-6*want {
			t.Fatalf("%v weighs %v, want %v", pair, got, want)
		}
	}
	if len(sums) != g.Edges()+loops {
		t.Fatalf("%d edges and %d loops of %d pairs", g.Edges(), loops, len(sums))
	}
}

func TestBuildTable(t *testing.T) {
	type edges = []projection.Edge
	for _, test := range []struct {
		name  string
		n     int
		edges edges
		want  flat
	}{
		{"nothing", 0, nil, flat{Offsets: []uint32{0}}},
		{"isolated nodes", 3, nil, flat{Offsets: []uint32{0, 0, 0, 0}}},
		{"an edge and a node alone between", 3, edges{{2, 0, .1}}, flat{Offsets: []uint32{0, 1, 1, 2}, Arcs: []projection.Arc{{To: 2, Weight: .1}, {To: 0, Weight: .1}}, Edges: 1}},
		{"parallel, both ways", 2, edges{{0, 1, 1}, {1, 0, 2}, {0, 1, .5}}, flat{Offsets: []uint32{0, 1, 2}, Arcs: []projection.Arc{{1, 3.5}, {0, 3.5}}, Edges: 1}},
		{"loops only", 2, edges{{1, 1, 1}, {1, 1, 2}}, flat{Offsets: []uint32{0, 0, 0}, Loops: []float32{0, 3}}},
		{"weight 0", 2, edges{{0, 1, 0}, {1, 0, math.Copysign(0, -1)}}, flat{Offsets: []uint32{0, 0, 0}}},
		{"the largest", 2, edges{{0, 1, math.MaxFloat32}}, flat{Offsets: []uint32{0, 1, 2}, Arcs: []projection.Arc{{1, math.MaxFloat32}, {0, math.MaxFloat32}}, Edges: 1}},
		{"small beside large is not lost in the sum", 2, edges{{0, 1, 1 << 24}, {0, 1, 1}, {0, 1, 1}}, flat{Offsets: []uint32{0, 1, 2}, Arcs: []projection.Arc{{1, 1<<24 + 2}, {0, 1<<24 + 2}}, Edges: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := flatten(build(t, test.n, test.edges, 2, 1))
			if len(got.Arcs) == 0 {
				got.Arcs = nil
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	b := projection.NewBuilder()
	for at, test := range []struct {
		weight float64
		want   string
	}{
		{1, ""}, {math.NaN(), "edge 1: the weight is not a number"}, {0, ""}, {-1e-99, "edge 3: the weight is negative"},
		{math.Inf(1), "edge 4: the weight is larger"}, {math.Inf(-1), "edge 5: the weight is negative"}, {1e39, "edge 6: the weight is larger"}, {2, ""},
	} {
		err := b.Add(0, 1, test.weight)
		if (err == nil) != (test.want == "") || err != nil && !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("edge %d of weight %v: %v, want %q", at, test.weight, err, test.want)
		}
	}
	g, err := b.Build(t.Context(), 2, projection.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if w, _ := g.Weight(0, 1); w != 3 {
		t.Errorf("what is refused counts: %v", w)
	}
	if _, err := projection.New(2, []projection.Edge{{0, 1, 1}, {0, 1, math.NaN()}}); err == nil || !strings.Contains(err.Error(), "edge 1: ") {
		t.Errorf("New: %v", err)
	}
}

func TestBuildRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	one := []projection.Edge{{0, 1, 1}}
	heavy := []projection.Edge{{2, 1, 3e38}, {1, 2, 3e38}}
	for _, test := range []struct {
		name  string
		ctx   context.Context
		n     int
		edges []projection.Edge
		o     projection.BuildOptions
		limit uint64
		want  string
		is    error
	}{
		{name: "node out of range", n: 1, edges: []projection.Edge{{0, 0, 1}, {0, 1, 1}}, want: "edge 1 names node 1, and there are 1 nodes"},
		{name: "no node at all", n: 0, edges: []projection.Edge{{0, 0, 1}}, want: "edge 0 names node 0, and there are 0 nodes"},
		{name: "the largest number", n: 9, edges: []projection.Edge{{math.MaxUint32, 0, 1}}, want: "names node 4294967295"},
		{name: "sum", n: 3, edges: heavy, want: "parallel edges between nodes 1 and 2 weigh more"},
		{name: "loop sum", n: 3, edges: []projection.Edge{{2, 2, 3e38}, {2, 2, 3e38}}, want: "parallel edges between nodes 2 and 2 weigh more"},
		{name: "too few nodes", n: -1, want: "-1 nodes", is: projection.ErrTooLarge},
		{name: "too many nodes", n: 1<<31 + 1, want: "nodes", is: projection.ErrTooLarge},
		{name: "too many arcs", n: 2, edges: slices.Repeat(one, 4), limit: 7, want: "4 edges, and at most 3 are possible", is: projection.ErrTooLarge},
		{name: "cancelled", ctx: cancelled, n: 2, edges: one, is: context.Canceled},
		{name: "cancelled, nothing to do", ctx: cancelled, is: context.Canceled},
		{name: "node weights", n: 2, o: projection.BuildOptions{NodeWeights: []float32{1}}, want: "1 weights for 2 nodes"},
		{name: "negative node weight", n: 2, o: projection.BuildOptions{NodeWeights: []float32{1, -1}}, want: "the weight of node 1"},
		{name: "odd node weight", n: 1, o: projection.BuildOptions{NodeWeights: []float32{float32(math.NaN())}}, want: "the weight of node 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := projection.NewBuilder()
			if test.limit > 0 {
				b.Limit(test.limit)
			}
			for _, e := range test.edges {
				if err := b.Add(e.A, e.B, e.Weight); err != nil {
					t.Fatal(err)
				}
			}
			ctx := test.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			g, err := b.Build(ctx, test.n, test.o)
			if err == nil || g != nil || !strings.Contains(err.Error(), test.want) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %v, %v; want %q", g, err, test.want)
			}
		})
	}
}

func TestNodeWeights(t *testing.T) {
	b := projection.NewBuilder()
	if err := b.Add(0, 1, 1); err != nil {
		t.Fatal(err)
	}
	g, err := b.Build(t.Context(), 2, projection.BuildOptions{NodeWeights: []float32{3, 0}})
	if err != nil {
		t.Fatal(err)
	}
	if g.NodeWeight(0) != 3 || g.NodeWeight(1) != 0 || projection.MustNew(1, nil).NodeWeight(0) != 1 {
		t.Error("weights of nodes")
	}
	if g, err = b.Build(t.Context(), 2, projection.BuildOptions{}); err != nil || g.Edges() != 0 {
		t.Errorf("a builder is not empty after it built: %d edges, %v", g.Edges(), err)
	}
}

func TestDropped(t *testing.T) {
	b := projection.NewBuilder()
	for _, add := range []func(a, b uint32, w float64) error{b.Add, b.Shard().Add, b.Add} {
		if err := add(0, 1, 0); err != nil {
			t.Fatal(err)
		}
	}
	if b.Dropped() != 3 {
		t.Errorf("%d dropped", b.Dropped())
	}
}

// Renumbering before building is building with the other numbers.
func TestRenumber(t *testing.T) {
	b := projection.NewBuilder()
	s := b.Shard()
	for _, e := range []projection.Edge{{4_000_000_000, 7, 1}, {7, 9, 0}, {9, 4_000_000_000, 2}} {
		if err := s.Add(e.A, e.B, e.Weight); err != nil {
			t.Fatal(err)
		}
	}
	var ends [][2]uint32
	for a, b := range s.Ends() {
		ends = append(ends, [2]uint32{a, b})
	}
	if diff := cmp.Diff([][2]uint32{{4_000_000_000, 7}, {9, 4_000_000_000}}, ends); diff != "" {
		t.Errorf("ends (-want +got):\n%s", diff)
	}
	number := map[uint32]uint32{7: 0, 9: 1, 4_000_000_000: 2}
	s.Renumber(func(v uint32) uint32 { return number[v] })
	got, err := b.Build(t.Context(), 3, projection.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(flatten(projection.MustNew(3, []projection.Edge{{0, 2, 1}, {1, 2, 2}})), flatten(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Many chunks, many blocks of rows, a hub, from shards that are filled at the same time.
func TestBuildLarge(t *testing.T) {
	const n, m = 20000, 150000
	es := make([]projection.Edge, m)
	r := rand.New(rand.NewPCG(7, 8))
	for i := range es {
		es[i] = projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: r.Float64()}
		if i%3 == 0 {
			es[i].A = 5
		}
	}
	want := build(t, n, es, 1, 1)
	b := projection.NewBuilder()
	err := projection.InParallel(t.Context(), 4, 10, func(i int) error {
		s := b.Shard()
		for _, e := range es[i*m/10 : (i+1)*m/10] {
			if err := s.Add(e.A, e.B, e.Weight); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Build(t.Context(), n, projection.BuildOptions{Threads: 4})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(flatten(want), flatten(got)); diff != "" {
		t.Errorf("(-want +got):\n%.2000s", diff)
	}
	if most := int64(8*2*got.Edges()*9/8 + 4*(n+1) + 4*n); got.Bytes() > most {
		t.Errorf("%d bytes at rest, and %d are the most", got.Bytes(), most)
	}
}

// The error is that of the first task that fails, and no more are begun than must be.
func TestInParallel(t *testing.T) {
	for _, threads := range []int{0, 1, 3, 16} {
		err := projection.InParallel(t.Context(), threads, 100, func(i int) error {
			if i >= 10 {
				return fmt.Errorf("task %d", i)
			}
			return nil
		})
		if err == nil || err.Error() != "task 10" {
			t.Errorf("%d threads: %v", threads, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	err := projection.InParallel(ctx, 1, 100, func(i int) error {
		if done++; i == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || done != 6 {
		t.Errorf("%d tasks after it was cancelled: %v", done, err)
	}
}

// randomEdges are the edges of the benchmarks: no structure, so that no two arcs lie near each other.
func randomEdges(n, m int) []projection.Edge {
	r := rand.New(rand.NewPCG(1, 2))
	es := make([]projection.Edge, m)
	for i := range es {
		es[i] = projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: float64(1 + r.IntN(8))}
	}
	return es
}

// fill returns a builder that holds edges.
func fill(b *testing.B, es []projection.Edge) *projection.Builder {
	builder := projection.NewBuilder()
	for _, e := range es {
		if err := builder.Add(e.A, e.B, e.Weight); err != nil {
			b.Fatal(err)
		}
	}
	return builder
}

// BenchmarkBuild builds a graph of a million nodes and nine million edges; B/edge is what is at rest, peak-B/edge what the
// builder and the building took at once.
func BenchmarkBuild(b *testing.B) {
	const n, m = 1_000_000, 9_000_000
	es := randomEdges(n, m)
	var g *projection.Graph
	var before, after runtime.MemStats
	for b.Loop() {
		b.StopTimer()
		g = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		builder := fill(b, es)
		b.StartTimer()
		var err error
		if g, err = builder.Build(b.Context(), n, projection.BuildOptions{}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		runtime.ReadMemStats(&after)
		b.StartTimer()
	}
	b.ReportMetric(float64(g.Bytes())/m, "B/edge")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/m, "peak-B/edge")
	b.ReportMetric(m*float64(b.N)/b.Elapsed().Seconds(), "edges/s")
}

// BenchmarkPatched changes a thousand edges of the same graph.
func BenchmarkPatched(b *testing.B) {
	const n, m = 1_000_000, 9_000_000
	es := randomEdges(n, m)
	g, err := fill(b, es).Build(b.Context(), n, projection.BuildOptions{})
	if err != nil {
		b.Fatal(err)
	}
	changes := slices.Clone(es[:1000])
	es = nil
	runtime.GC()
	for b.Loop() {
		if _, err := g.Patched(changes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkComponents finds the components of the same graph.
func BenchmarkComponents(b *testing.B) {
	const n, m = 1_000_000, 9_000_000
	g, err := fill(b, randomEdges(n, m)).Build(b.Context(), n, projection.BuildOptions{})
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	for b.Loop() {
		g.Components()
	}
}
