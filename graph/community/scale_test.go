package community_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/evaluate"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

func TestScale(t *testing.T) {
	clique := edgesOf([3]float64{0, 1, 1}, [3]float64{0, 2, 1}, [3]float64{1, 2, 1})
	for _, c := range []struct {
		name    string
		nodes   int
		edges   []projection.Edge
		weights []float32
		want    float64
	}{
		{"a clique", 3, clique, nil, .25},
		{"and three who are alone", 6, clique, nil, 3 / math.Sqrt(15*3) / 4},
		{"one edge", 2, edgesOf([3]float64{0, 1, 6}), nil, 1.5},
		{"two edges of different weight", 3, edgesOf([3]float64{0, 1, 1}, [3]float64{1, 2, 3}), nil, 4 / math.Sqrt(3*2) / 4},
		{"a loop counts for nothing", 2, edgesOf([3]float64{0, 1, 6}, [3]float64{0, 0, 9}), nil, 1.5},
		{"nodes of weight 2", 3, clique, []float32{2, 2, 2}, .25 / 4},
		{"nodes of different weight", 3, edgesOf([3]float64{0, 1, 1}), []float32{1, 2, 3}, 1 / math.Sqrt(11*2) / 4},
		{"nodes of weight 0", 2, edgesOf([3]float64{0, 1, 1}), []float32{0, 0}, 0},
		{"only loops", 2, edgesOf([3]float64{0, 0, 1}), nil, 0},
		{"no edges", 5, nil, nil, 0},
		{"one node", 1, nil, nil, 0},
		{"nothing", 0, nil, nil, 0},
	} {
		if got := community.Scale(built(t, c.nodes, c.edges, c.weights)); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Scale is as many times larger as weights are, never more than the largest density there could be, and an option that
// is valid.
func TestScaleProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 12).Draw(rt, "nodes")
		node := rapid.IntRange(0, n-1)
		var edges, heavy []projection.Edge
		for range rapid.IntRange(0, 30).Draw(rt, "edges") {
			e := projection.Edge{A: uint32(node.Draw(rt, "a")), B: uint32(node.Draw(rt, "b")), Weight: float64(rapid.IntRange(1, 9).Draw(rt, "weight"))}
			edges = append(edges, e)
			e.Weight *= 64
			heavy = append(heavy, e)
		}
		g := built(t, n, edges, nil)
		got := community.Scale(g)
		if h := community.Scale(built(t, n, heavy, nil)); h != 64*got {
			rt.Fatalf("%v, with weights 64 times as large %v", got, h)
		}
		weight, ties := 0., 0
		for v := range uint32(n) {
			for _, a := range g.Arcs(v) {
				weight += float64(a.Weight) / 2
				ties++
			}
		}
		if ties == 0 {
			if got != 0 {
				rt.Fatalf("%v without an edge", got)
			}
			return
		}
		mean, density := weight/float64(ties/2), weight/float64(n*(n-1)/2)
		if 4*got > mean*(1+1e-12) || 4*got < density*(1-1e-12) {
			rt.Fatalf("4 times %v is not between the density %v and the mean weight %v", got, density, mean)
		}
	})
}

// The resolution of Scale finds planted communities of many sorts without being told of them. Measured, in this order:
// NMI 1, 1, .9940, .9460, 1, .9998, .9897.
func TestScaleFindsPlanted(t *testing.T) {
	for _, c := range []struct {
		name           string
		nodes          int
		degree, mixing float64
		least, most    int // sizes of communities
		nmi            float64
	}{
		{"the usual", 1000, 18, .3, 20, 60, .99},
		{"little mixed", 10_000, 18, .1, 20, 500, .99},
		{"mixed", 10_000, 18, .3, 20, 500, .985},
		{"much mixed", 10_000, 18, .5, 20, 500, .93},
		{"few edges, small ones", 1000, 8, .3, 10, 40, .99},
		{"many edges, all sizes", 10_000, 30, .3, 10, 400, .99},
		{"small ones of many", 10_000, 8, .3, 10, 40, .98},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := graphtest.NewLFR(c.nodes, 1)
			p.Degree, p.Mu, p.MinSize, p.MaxSize = c.degree, c.mixing, c.least, c.most
			if c.degree != 18 {
				p.MaxDegree = 50
			}
			l, err := p.Graph()
			if err != nil {
				t.Fatal(err)
			}
			g := listed(t, l)
			r := community.Scale(g)
			got, err := evaluate.Compare(l.Group, leiden(t, g, at(r)).Of)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("resolution %.4g: NMI %.4f, ARI %.4f, %d groups, %d true ones", r, got.NMI, got.ARI, got.Found.Shared, got.Truth.Shared)
			if got.NMI < c.nmi {
				t.Errorf("NMI %.4f, want %.3f", got.NMI, c.nmi)
			}
		})
	}
}
