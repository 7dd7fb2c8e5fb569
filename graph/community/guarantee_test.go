package community_test

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// sizes returns how much each node counts for an objective, and what a pair of nodes of size 1 pays.
func sizes(g *projection.Graph, s setting) (size []float64, pay float64) {
	size, pay = make([]float64, g.Len()), s.resolution
	volume := 0.0
	for v := range size {
		size[v] = float64(g.NodeWeight(uint32(v)))
		if s.objective == community.Modularity {
			size[v] = 2 * float64(g.Loop(uint32(v)))
			for _, a := range g.Arcs(uint32(v)) {
				size[v] += float64(a.Weight)
			}
			volume += size[v]
		}
	}
	if s.objective == community.Modularity {
		pay /= max(volume, 1e-300)
	}
	return size, pay
}

// pair is two groups, the smaller number first.
type pair struct{ a, b uint32 }

// gains says which node gains by going to another group or by being alone, or which two groups gain by being one;
// "" when none does. For CPM the latter is that groups are sparser between each other than the resolution.
func gains(g *projection.Graph, p community.Partition, s setting) string {
	size, pay := sizes(g, s)
	total := make([]float64, p.Groups)
	for v, c := range p.Of {
		total[c] += size[v]
	}
	between := map[pair]float64{}
	for v, c := range p.Of {
		to := map[uint32]float64{}
		for _, a := range g.Arcs(uint32(v)) {
			d := p.Of[a.To]
			to[d] += float64(a.Weight)
			if c < d {
				between[pair{c, d}] += float64(a.Weight)
			}
		}
		cost := pay * size[v]
		stay := to[c] - cost*(total[c]-size[v])
		within := rounding * (to[c] + cost*total[c])
		if stay < -within {
			return fmt.Sprintf("node %d gains %g by being alone", v, -stay)
		}
		for d, w := range to {
			if there := w - cost*total[d]; d != c && there > stay+within+rounding*w {
				return fmt.Sprintf("node %d gains %g by going to group %d", v, there-stay, d)
			}
		}
	}
	for k, w := range between {
		if w > pay*total[k.a]*total[k.b]+rounding*w {
			return fmt.Sprintf("groups %d and %d gain %g by being one", k.a, k.b, w-pay*total[k.a]*total[k.b])
		}
	}
	return ""
}

// What runs until nothing is gained promise, on graphs of all kinds: all groups hang together, no node and no two groups gain by a change.
func TestLeidenGuarantees(t *testing.T) {
	lfr, err := graphtest.NewLFR(1000, 5).Graph()
	if err != nil {
		t.Fatal(err)
	}
	identity, err := graphtest.NewIdentity(2000, 5).Graph()
	if err != nil {
		t.Fatal(err)
	}
	graphs := map[string]*projection.Graph{
		"lfr": listed(t, lfr), "identity": listed(t, identity), "random": projection.MustNew(500, random(rand.New(rand.NewPCG(9, 9)), 500, 4000)),
		"grid": grid(20, 30), "cliques": cliques(30, 5),
	}
	for _, k := range graphtest.Classics() {
		graphs[k.Name] = knownGraph(k)
	}
	for name, g := range graphs {
		for _, s := range []setting{
			{community.CPM, .01}, {community.CPM, .1}, {community.CPM, .3}, {community.CPM, 1}, {community.CPM, 4},
			{community.Modularity, .3}, {community.Modularity, 1}, {community.Modularity, 5},
		} {
			for seed := range uint64(2) {
				p := leiden(t, g, s.options(seed))
				if n := community.Disconnected(g, p); n != 0 {
					t.Errorf("%s, %+v, seed %d: %d groups do not hang together", name, s, seed, n)
				}
				if fault := gains(g, p, s); fault != "" {
					t.Errorf("%s, %+v, seed %d: %s", name, s, seed, fault)
				}
			}
		}
	}
}

// listed builds the graph of a list of edges.
func listed(t testing.TB, l graphtest.EdgeList) *projection.Graph {
	t.Helper()
	b := projection.NewBuilder()
	for _, e := range l.Edges {
		if err := b.Add(e.A, e.B, float64(e.Weight)); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build(t.Context(), l.Nodes, projection.BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// grid returns rows of nodes, each tied to its neighbours left, right, above and below.
func grid(rows, columns int) *projection.Graph {
	var es []projection.Edge
	for v := range rows * columns {
		if v%columns > 0 {
			es = append(es, projection.Edge{A: uint32(v - 1), B: uint32(v), Weight: 1})
		}
		if v >= columns {
			es = append(es, projection.Edge{A: uint32(v - columns), B: uint32(v), Weight: 1})
		}
	}
	return projection.MustNew(rows*columns, es)
}

// Each group can be put together from its nodes, two sets at a time, that are tied by what it costs at least: it is
// gamma-connected (Traag et al. 2019, supplementary definition 3), which is more than to hang together.
func TestGroupsAreWellConnected(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(rt, "n")
		r := rand.New(rand.NewPCG(2, rapid.Uint64().Draw(rt, "graph")))
		g := projection.MustNew(n, random(r, n, n*rapid.IntRange(1, 4).Draw(rt, "density")))
		s := setting{community.CPM, rapid.SampledFrom([]float64{.05, .1, .25, .5, 1}).Draw(rt, "resolution")}
		o := s.options(rapid.Uint64Range(0, 3).Draw(rt, "seed"))
		o.Iterations = rapid.IntRange(0, 2).Draw(rt, "iterations")
		p, err := community.Leiden{}.Partition(context.Background(), g, o)
		if err != nil {
			rt.Fatal(err)
		}
		for c, members := range p.Members() {
			if len(members) <= 10 && !wellConnected(g, members, s.resolution) {
				rt.Fatalf("group %d of %d nodes is not well connected", c, len(members))
			}
		}
	})
}

// wellConnected reports whether nodes of weight 1 are gamma-connected. It tries all ways: 3^n steps.
func wellConnected(g *projection.Graph, members []uint32, gamma float64) bool {
	inside := make([]float64, 1<<len(members)) // weight among the nodes of a set
	at := map[uint32]int{}
	for i, v := range members {
		at[v] = i
	}
	for set := 1; set < len(inside); set++ {
		low := bits.TrailingZeros(uint(set))
		inside[set] = inside[set&(set-1)]
		for _, a := range g.Arcs(members[low]) {
			if i, ok := at[a.To]; ok && set>>i&1 == 1 {
				inside[set] += float64(a.Weight)
			}
		}
	}
	good := make([]bool, len(inside))
	for set := 1; set < len(good); set++ {
		size := bits.OnesCount(uint(set))
		good[set] = size == 1
		for part := (set - 1) & set; part > 0 && !good[set]; part = (part - 1) & set {
			k := bits.OnesCount(uint(part))
			cut := inside[set] - inside[part] - inside[set^part]
			good[set] = good[part] && good[set^part] && cut >= gamma*float64(k*(size-k))-1e-9
		}
	}
	return good[len(good)-1]
}
