package community

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/projection"
)

// refined refines a graph of nodes of weight 1 that are all in one community, and returns the part of each.
func refined(g *projection.Graph, gamma float64) []uint32 {
	l, _ := newLevel(1, g, CPM, gamma)
	part, _ := newEngine(1, g.Len(), gamma, nil).refine(l, make([]uint32, g.Len()), []float64{float64(g.Len())})
	return NewPartition(part).Of
}

// Only nodes and parts that are tied well to the rest of their community are put together; by hand.
func TestRefineByHand(t *testing.T) {
	edge := func(a, b uint32, w float64) projection.Edge { return projection.Edge{A: a, B: b, Weight: w} }
	path := []projection.Edge{edge(0, 1, 1), edge(1, 2, 1), edge(2, 3, 1)}
	triangles := []projection.Edge{edge(0, 1, 1), edge(1, 2, 1), edge(0, 2, 1), edge(3, 4, 1), edge(4, 5, 1), edge(3, 5, 1), edge(2, 3, .1)}
	for _, c := range []struct {
		name  string
		n     int
		edges []projection.Edge
		gamma float64
		want  []uint32
	}{
		// An end is tied by 1, and three others cost .9: well enough to join. 2 gains .7 with 3, and .4 with 0 and 1.
		{"path, .3", 4, path, .3, []uint32{0, 0, 1, 1}},
		// Three others cost 1.2: too much for an end, to join or to be joined. The inner two are tied by 2.
		{"path, .4", 4, path, .4, []uint32{0, 1, 1, 2}},
		// 0 and 1 are tied to 2 by 2, and 2 times 4 others cost 1.6: well, so 2 joins. The three are tied by .1, and cost 1.8.
		{"triangles, .2", 6, triangles, .2, []uint32{0, 0, 0, 1, 1, 1}},
		// 2 times 4 others cost 2.4, and so 0 and 1 are tied too weakly for 2 to join.
		{"triangles, .3", 6, triangles, .3, []uint32{0, 0, 1, 2, 2, 3}},
		{"triangles, 1", 6, triangles, 1, []uint32{0, 1, 2, 3, 4, 5}},
		{"apart", 4, []projection.Edge{edge(0, 1, 1), edge(2, 3, 1)}, .2, []uint32{0, 0, 1, 1}},
	} {
		if diff := cmp.Diff(c.want, refined(projection.MustNew(c.n, c.edges), c.gamma)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// Whatever communities there are: each part is in one of them, hangs together, and gains by being together; parts are
// numbered by community. The number of threads changes nothing.
func TestRefineProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for i := range 200 {
		n, k := 2+r.IntN(60), 1+r.IntN(6)
		var es []projection.Edge
		for range n * (1 + r.IntN(5)) {
			es = append(es, projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: float64(1 + r.IntN(3))})
		}
		g, gamma := projection.MustNew(n, es), []float64{.05, .2, .5, 1}[r.IntN(4)]
		l, _ := newLevel(1, g, CPM, gamma)
		labels := make([]uint32, n)
		for v := range labels {
			labels[v] = uint32(r.IntN(k))
		}
		p := NewPartition(labels)
		of, total := p.Of, make([]float64, p.Groups)
		for _, c := range of {
			total[c]++
		}
		part, up := newEngine(1, n, gamma, nil).refine(l, of, total)
		parts := Partition{Of: part, Groups: len(up)}
		if Disconnected(g, parts) != 0 {
			t.Fatalf("graph %d: parts do not hang together", i)
		}
		for p, c := range up {
			if p > 0 && c < up[p-1] {
				t.Fatalf("graph %d: part %d is of community %d, and the one before of %d", i, p, c, up[p-1])
			}
		}
		inside, size := make([]float64, len(up)), make([]float64, len(up))
		for v, p := range part {
			if up[p] != of[v] {
				t.Fatalf("graph %d: node %d is of community %d, its part of %d", i, v, of[v], up[p])
			}
			size[p]++
			for _, a := range l.row(uint32(v)) {
				if part[a.To] == p {
					inside[p] += float64(a.Weight) / 2
				}
			}
		}
		for p := range up {
			if cost := gamma * size[p] * (size[p] - 1) / 2; size[p] > 1 && !(inside[p] > cost) {
				t.Fatalf("graph %d: a part of %v is tied by %v, and costs %v", i, size[p], inside[p], cost)
			}
		}
		again, _ := newEngine(3, n, gamma, nil).refine(l, of, total)
		if !cmp.Equal(part, again) {
			t.Fatalf("graph %d: other parts with three threads", i)
		}
	}
}

// A level above keeps the weight between what it puts together and the rest, and the sizes.
func TestAggregate(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	for i := range 50 {
		n := 2 + r.IntN(700)
		var es []projection.Edge
		for range 4 * n {
			es = append(es, projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: float64(1+r.IntN(64)) / 16})
		}
		l, _ := newLevel(1, projection.MustNew(n, es), CPM, 1)
		labels := make([]uint32, n)
		for v := range labels {
			labels[v] = uint32(r.IntN(n/2 + 1))
		}
		p := NewPartition(labels)
		want := make(map[[2]uint32]float64)
		for v, c := range p.Of {
			for _, a := range l.row(uint32(v)) {
				if d := p.Of[a.To]; d != c {
					want[[2]uint32{c, d}] += float64(a.Weight)
				}
			}
		}
		for _, threads := range []crew{1, 3} {
			up := newEngine(threads, n, 1, nil).aggregate(l, p.Of, p.Groups)
			got, nodes := make(map[[2]uint32]float64), 0.0
			for c := range uint32(up.Len()) {
				nodes += up.size[c]
				for _, a := range up.row(c) {
					got[[2]uint32{c, a.To}] += float64(a.Weight)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" || math.Abs(nodes-float64(n)) > 0 || up.Len() != p.Groups {
				t.Fatalf("graph %d: %d nodes of sizes that add up to %v of %d (-want +got):\n%s", i, up.Len(), nodes, n, diff)
			}
		}
	}
}
