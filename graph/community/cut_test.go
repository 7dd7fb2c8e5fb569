package community_test

import (
	"context"
	"math"
	"math/bits"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/projection"
)

func allNodes(n int) []uint32 {
	out := make([]uint32, n)
	for v := range out {
		out[v] = uint32(v)
	}
	return out
}

// edgesOf makes edges of triples.
func edgesOf(list ...[3]float64) []projection.Edge {
	var es []projection.Edge
	for _, x := range list {
		es = append(es, projection.Edge{A: uint32(x[0]), B: uint32(x[1]), Weight: x[2]})
	}
	return es
}

// stoerWagner is the example of the paper, figure 1, nodes numbered from 0.
var stoerWagner = edgesOf([3]float64{0, 1, 2}, [3]float64{0, 4, 3}, [3]float64{1, 2, 3}, [3]float64{1, 4, 2}, [3]float64{1, 5, 2}, [3]float64{2, 3, 4},
	[3]float64{2, 6, 2}, [3]float64{3, 6, 2}, [3]float64{3, 7, 2}, [3]float64{4, 5, 3}, [3]float64{5, 6, 1}, [3]float64{6, 7, 3})

func TestWeakestCut(t *testing.T) {
	twoTriangles := edgesOf([3]float64{0, 1, 5}, [3]float64{1, 2, 5}, [3]float64{0, 2, 5}, [3]float64{2, 3, 1}, [3]float64{3, 4, 5}, [3]float64{4, 5, 5}, [3]float64{3, 5, 5})
	twoSquares := edgesOf( // each a clique of weight 4, tied by three edges of 1: no bridge, no single node
		[3]float64{0, 1, 4}, [3]float64{0, 2, 4}, [3]float64{0, 3, 4}, [3]float64{1, 2, 4}, [3]float64{1, 3, 4}, [3]float64{2, 3, 4},
		[3]float64{4, 5, 4}, [3]float64{4, 6, 4}, [3]float64{4, 7, 4}, [3]float64{5, 6, 4}, [3]float64{5, 7, 4}, [3]float64{6, 7, 4},
		[3]float64{0, 4, 1}, [3]float64{1, 5, 1}, [3]float64{2, 6, 1})
	for _, test := range []struct {
		name  string
		n     int
		edges []projection.Edge
		nodes []uint32 // nil for all
		exact int
		want  community.Cut
	}{
		{"nobody", 0, nil, nil, 9, community.Cut{Exact: true}},
		{"one", 1, edgesOf([3]float64{0, 0, 7}), nil, 9, community.Cut{Exact: true}},
		{"two", 2, edgesOf([3]float64{0, 1, 7}), nil, 0, community.Cut{Weight: 7, Side: []uint32{0}, Exact: true}},
		{"two that are not tied", 2, nil, nil, 0, community.Cut{Side: []uint32{0}, Exact: true}},
		{"three pieces", 7, edgesOf([3]float64{0, 1, 1}, [3]float64{2, 3, 1}, [3]float64{3, 4, 1}), nil, 0, community.Cut{Side: []uint32{2, 3, 4}, Exact: true}},
		{"a star", 4, edgesOf([3]float64{0, 1, 3}, [3]float64{0, 2, 2}, [3]float64{0, 3, 2}), nil, 0, community.Cut{Weight: 2, Side: []uint32{2}, Exact: true}},
		{"a chain breaks in the middle", 6, edgesOf([3]float64{0, 1, 1}, [3]float64{1, 2, 1}, [3]float64{2, 3, 1}, [3]float64{3, 4, 1}, [3]float64{4, 5, 1}), nil, 0, community.Cut{Weight: 1, Side: []uint32{0, 1, 2}, Exact: true}},
		{"two triangles", 6, twoTriangles, nil, 9, community.Cut{Weight: 1, Side: []uint32{0, 1, 2}, Exact: true}},
		{"two triangles, bound", 6, twoTriangles, nil, 5, community.Cut{Weight: 1, Side: []uint32{0, 1, 2}}},
		{"a triangle of the two", 6, twoTriangles, []uint32{0, 1, 2}, 9, community.Cut{Weight: 10, Side: []uint32{0}, Exact: true}},
		{"some nodes", 6, twoTriangles, []uint32{1, 2, 3}, 9, community.Cut{Weight: 1, Side: []uint32{3}, Exact: true}},
		{"two squares", 8, twoSquares, nil, 8, community.Cut{Weight: 3, Side: []uint32{0, 1, 2, 3}, Exact: true}},
		{"two squares, bound", 8, twoSquares, nil, 7, community.Cut{Weight: 12, Side: []uint32{3}}},
		{"Stoer and Wagner", 8, stoerWagner, nil, 8, community.Cut{Weight: 4, Side: []uint32{0, 1, 4, 5}, Exact: true}},
	} {
		g := projection.MustNew(test.n, test.edges)
		if test.nodes == nil {
			test.nodes = allNodes(test.n)
		}
		got, err := community.WeakestCut(t.Context(), g, test.nodes, test.exact)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// lightest tries every way to divide up to some twenty nodes.
func lightest(n int, edges []projection.Edge) float64 {
	best := math.Inf(1)
	for side := uint32(1); side < 1<<(n-1); side++ { // the last node is always on the other side
		sum := 0.
		for _, e := range edges {
			if side>>e.A&1 != side>>e.B&1 {
				sum += e.Weight
			}
		}
		best = min(best, sum)
	}
	return best
}

func weightOf(side []uint32, edges []projection.Edge) float64 {
	sum := 0.
	for _, e := range edges {
		if slices.Contains(side, e.A) != slices.Contains(side, e.B) {
			sum += e.Weight
		}
	}
	return sum
}

func TestWeakestCutIsLightest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, _ := someGraph(t, 11, true)
		n := g.Len()
		if n < 2 {
			return
		}
		want := lightest(n, es)
		for _, exact := range []int{n, 0} {
			got, err := community.WeakestCut(context.Background(), g, allNodes(n), exact)
			if err != nil {
				t.Fatal(err)
			}
			if !nearly(got.Weight, weightOf(got.Side, es)) || len(got.Side) == 0 || 2*len(got.Side) > n || !slices.IsSorted(got.Side) {
				t.Fatalf("cut %+v of weight %v", got, weightOf(got.Side, es))
			}
			if 2*len(got.Side) == n && got.Side[0] != 0 {
				t.Fatalf("of equal sides, %v is not that of the smallest node", got.Side)
			}
			if got.Weight < want-1e-9 || got.Exact && !nearly(got.Weight, want) || exact == n && !got.Exact {
				t.Fatalf("cut %+v, the lightest weighs %v", got, want)
			}
		}
	})
}

// Weights that are no sums of powers of two still give cuts that weigh what is said.
func TestWeakestCutOddWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 10).Draw(t, "n")
		var es []projection.Edge
		for a := range uint32(n) {
			for b := range a {
				if rapid.Bool().Draw(t, "edge") {
					es = append(es, projection.Edge{A: a, B: b, Weight: float64(float32(rapid.IntRange(1, 9).Draw(t, "w")) / 10)})
				}
			}
		}
		got, err := community.WeakestCut(context.Background(), projection.MustNew(n, es), allNodes(n), n)
		if err != nil || !nearly(got.Weight, lightest(n, es)) || !nearly(got.Weight, weightOf(got.Side, es)) {
			t.Fatalf("cut %+v, %v; the lightest weighs %v", got, err, lightest(n, es))
		}
	})
}

// The cut does not depend on the order in which edges came.
func TestWeakestCutOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, es, _ := someGraph(t, 30, false)
		h := projection.MustNew(g.Len(), rapid.Permutation(es).Draw(t, "order"))
		a, errA := community.WeakestCut(context.Background(), g, allNodes(g.Len()), 30)
		b, errB := community.WeakestCut(context.Background(), h, allNodes(g.Len()), 30)
		if diff := cmp.Diff(a, b); diff != "" || errA != nil || errB != nil {
			t.Fatalf("%v %v\n%s", errA, errB, diff)
		}
	})
}

// A hypercube of dimension d has no lighter cut than around a node: d, and all its edges look alike.
func TestWeakestCutHypercube(t *testing.T) {
	for d := 1; d <= 9; d++ {
		var es []projection.Edge
		for v := range uint32(1) << d {
			for i := range d {
				if u := v ^ 1<<i; u > v {
					es = append(es, projection.Edge{A: v, B: u, Weight: 1})
				}
			}
		}
		got, err := community.WeakestCut(t.Context(), projection.MustNew(1<<d, es), allNodes(1<<d), 1<<d)
		if err != nil || got.Weight != float64(d) || !got.Exact {
			t.Errorf("dimension %d: %+v, %v", d, got, err)
		}
		if bits.OnesCount(uint(len(got.Side))) != 1 {
			t.Errorf("dimension %d: a side of %d nodes is no smaller cube", d, len(got.Side))
		}
	}
}

func TestWeakestCutStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := community.WeakestCut(ctx, projection.MustNew(8, stoerWagner), allNodes(8), 8); err == nil {
		t.Error("cut although it should stop")
	}
}

func BenchmarkWeakestCut(b *testing.B) {
	for _, n := range []int{100, 1000, 5000} {
		b.Run(map[int]string{100: "100", 1000: "1000", 5000: "5000"}[n], func(b *testing.B) {
			var es []projection.Edge
			for v := range uint32(n) { // a ring with chords, eight edges a node
				for _, step := range []uint32{1, 2, 7, uint32(n / 3)} {
					es = append(es, projection.Edge{A: v, B: (v + step) % uint32(n), Weight: float64(1 + v%3)})
				}
			}
			g := projection.MustNew(n, es)
			for b.Loop() {
				if _, err := community.WeakestCut(context.Background(), g, allNodes(n), n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
