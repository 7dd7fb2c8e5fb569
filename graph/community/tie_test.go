package community_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// shaped returns graphs in which all nodes, or all of a kind, are alike, with all weights 1: every choice is a tie.
func shaped() map[string]*projection.Graph {
	edge := func(a, b int) projection.Edge { return projection.Edge{A: uint32(a), B: uint32(b), Weight: 1} }
	var complete, star, ring, bipartite, cube, pairs []projection.Edge
	for v := range 40 {
		for u := range v {
			complete = append(complete, edge(u, v))
		}
		star, ring = append(star, edge(0, v+1)), append(ring, edge(v, (v+1)%40))
		for u := range 30 {
			bipartite = append(bipartite, edge(v, 40+u))
		}
	}
	for v := range 64 {
		for bit := 1; bit < 64; bit <<= 1 {
			if v&bit == 0 {
				cube = append(cube, edge(v, v|bit))
			}
		}
		if v%2 == 1 {
			pairs = append(pairs, edge(v-1, v))
		}
	}
	return map[string]*projection.Graph{
		"complete": projection.MustNew(40, complete), "star": projection.MustNew(41, star), "ring": projection.MustNew(40, ring),
		"bipartite": projection.MustNew(70, bipartite), "cube": projection.MustNew(64, cube), "pairs": projection.MustNew(64, pairs),
		"grid": grid(12, 12), "line": grid(1, 50), "nothing": projection.MustNew(20, nil),
	}
}

// Where all is alike: what is found hangs together, cannot be made better by a step, and is the same each time.
func TestShapes(t *testing.T) {
	for name, g := range shaped() {
		for _, s := range []setting{
			{community.CPM, .05}, {community.CPM, .5}, {community.CPM, 1}, {community.CPM, 1.5}, {community.Modularity, 1}, {community.Modularity, 2},
		} {
			for seed := range uint64(3) {
				p := leiden(t, g, s.options(seed))
				if fault := gains(g, p, s); fault != "" || community.Disconnected(g, p) != 0 {
					t.Errorf("%s, %+v, seed %d: %d groups do not hang together; %s", name, s, seed, community.Disconnected(g, p), fault)
				}
				if again := leiden(t, g, s.options(seed)); !cmp.Equal(p, again) {
					t.Errorf("%s, %+v, seed %d: another answer the second time: %s", name, s, seed, differ(p, again))
				}
			}
		}
	}
}

// What is clear even so: numbers of groups by hand.
func TestShapesByHand(t *testing.T) {
	graphs := shaped()
	for _, c := range []struct {
		graph      string
		objective  community.Objective
		resolution float64
		groups     int
	}{
		{"complete", community.CPM, .5, 1},   // every pair is worth 1 - .5
		{"complete", community.CPM, 1, 40},   // no pair is worth anything: alone
		{"complete", community.CPM, 1.5, 40}, // every pair costs
		{"complete", community.Modularity, 1, 1},
		{"star", community.CPM, .5, 40}, // the middle and one leaf: a second adds 1, and its two pairs cost 1
		{"star", community.CPM, .6, 40},
		{"star", community.CPM, .001, 1}, // a leaf adds 1, and costs at most 40 pairs of .001
		{"pairs", community.CPM, .5, 32},
		{"pairs", community.CPM, 1.5, 64},
		{"pairs", community.Modularity, 1, 32},
		{"nothing", community.CPM, .001, 20},
		{"nothing", community.Modularity, .001, 20},
		{"bipartite", community.CPM, .001, 1},
		{"line", community.CPM, .9, 25}, // two and two: three are tied by 2, and cost 3 pairs of .9
	} {
		p := leiden(t, graphs[c.graph], setting{c.objective, c.resolution}.options(0))
		if p.Groups != c.groups {
			t.Errorf("%s, %s %g: %d groups, want %d", c.graph, c.objective, c.resolution, p.Groups, c.groups)
		}
	}
}

// 400 graphs full of ties of 5 to 34 nodes: the same answer for any number of threads and order of edges.
func TestLeidenTiesAreStable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 400 {
		size := 5 + n%30
		es := random(r, size, 2*size)
		s := setting{community.CPM, .5}
		if n%2 == 1 {
			s = setting{community.Modularity, 1}
		}
		o := s.options(uint64(n % 3))
		want := leiden(t, projection.MustNew(size, es), o)
		for _, o.Threads = range []int{1, 2, 8} {
			r.Shuffle(len(es), func(i, j int) { es[i], es[j] = es[j], es[i] })
			if diff := cmp.Diff(want, leiden(t, projection.MustNew(size, es), o)); diff != "" {
				t.Fatalf("graph %d, %d threads (-want +got):\n%s", n, o.Threads, diff)
			}
		}
	}
}

// ringOfCliques returns n cliques of k nodes in a ring, each tied to the next by one edge; all weights 1.
func ringOfCliques(n, k int) *projection.Graph {
	var es []projection.Edge
	for c := range n {
		for i := range k {
			for j := range i {
				es = append(es, projection.Edge{A: uint32(c*k + i), B: uint32(c*k + j), Weight: 1})
			}
		}
		es = append(es, projection.Edge{A: uint32(c * k), B: uint32((c+1)%n*k + 1), Weight: 1})
	}
	return projection.MustNew(n*k, es)
}

// CPM finds the cliques of a ring however long it is. Modularity makes one group of two or more when there are many:
// it has a resolution limit (Fortunato and Barthelemy 2007, doi:10.1073/pnas.0605965104: from k(k-1)+2 cliques on, 22 here).
func TestResolutionLimit(t *testing.T) {
	const k = 5
	for _, n := range []int{3, 10, 22, 100, 1000} {
		g, planted := ringOfCliques(n, k), make([]uint32, n*k)
		for v := range planted {
			planted[v] = uint32(v / k)
		}
		want := community.NewPartition(planted)
		for _, resolution := range []float64{.1, .5} { // two cliques are tied by 1, which 25 pairs of .04 cost
			p := leiden(t, g, setting{community.CPM, resolution}.options(uint64(n%2)))
			if !cmp.Equal(want, p) {
				t.Errorf("ring of %d cliques, CPM %g: %s", n, resolution, differ(want, p))
			}
		}
		p := leiden(t, g, setting{community.Modularity, 1}.options(0))
		if exact := cmp.Equal(want, p); n < 20 && !exact || n >= 30 && p.Groups >= n {
			t.Errorf("ring of %d cliques, modularity: %d groups", n, p.Groups)
		}
		if q := community.Quality(g, want, community.Modularity, 1); community.Quality(g, p, community.Modularity, 1) < q-1e-12 {
			t.Errorf("ring of %d cliques, modularity: worse than the cliques, %v", n, q)
		}
	}
}

// Any number of isolated nodes changes nothing for the others, under CPM, and they stay alone.
func TestIsolatedNodes(t *testing.T) {
	for _, more := range []int{0, 1, 100, 5000} {
		t.Run(fmt.Sprint(more), func(t *testing.T) {
			const n, k = 12, 6
			var es []projection.Edge
			small := ringOfCliques(n, k)
			for v := range uint32(n * k) {
				for _, a := range small.Arcs(v) {
					if a.To < v {
						es = append(es, projection.Edge{A: a.To, B: v, Weight: 1})
					}
				}
			}
			for _, o := range []community.Objective{community.CPM, community.Modularity} {
				p := leiden(t, projection.MustNew(n*k+more, es), setting{o, .5}.options(0))
				for v, c := range p.Of {
					if want := v / k; v >= n*k && int(c) != p.Groups-(n*k+more-v) || o == community.CPM && v < n*k && int(c) != want {
						t.Fatalf("%s: node %d is in group %d of %d", o, v, c, p.Groups)
					}
				}
			}
		})
	}
}
