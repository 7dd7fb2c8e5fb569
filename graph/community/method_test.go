package community_test

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// label divides a graph by label propagation, or ends the test.
func label(t rapid.TB, g *projection.Graph, o community.Options) community.Partition {
	p, err := community.Labels{}.Partition(context.Background(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Labels finds cliques that are chained by weak ties, in any order, on any number of threads.
func TestLabelsFindCliques(t *testing.T) {
	for seed := range uint64(5) {
		o := community.Defaults()
		o.Seed = seed
		p := label(t, cliques(40, 6), o)
		for v, c := range p.Of {
			if c != uint32(v)/6 {
				t.Fatalf("seed %d: node %d is in group %d", seed, v, c)
			}
		}
	}
}

// No node has more weight to another label than to its own, where labels are communities that hang together; and each
// component has one of its own, so that labels are never coarser than components.
func TestLabelsProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawGraph(rt, "graph", 60)
		g, o := d.build(rt), community.Defaults()
		o.Seed = rapid.Uint64Range(0, 3).Draw(rt, "seed")
		p := label(rt, g, o)
		if diff := cmp.Diff(community.NewPartition(p.Of), p); diff != "" || len(p.Of) != d.nodes {
			rt.Fatalf("not numbered by smallest node:\n%s", diff)
		}
		if n := community.Disconnected(g, p); n != 0 {
			rt.Fatalf("%d groups do not hang together", n)
		}
		for v, c := range p.Of {
			to := map[uint32]float64{}
			for _, a := range g.Arcs(uint32(v)) {
				to[p.Of[a.To]] += float64(a.Weight)
			}
			for d, w := range to {
				if w > to[c] && len(p.Members()[c]) > 1 {
					rt.Fatalf("node %d has %v to group %d, and %v to its own", v, w, d, to[c])
				}
			}
			if len(g.Arcs(uint32(v))) > 0 && len(to) == 1 && to[c] == 0 {
				rt.Fatalf("node %d is alone, and all its ties are to one group", v)
			}
		}
		rand.New(rand.NewPCG(5, 6)).Shuffle(len(d.edges), func(i, j int) { d.edges[i], d.edges[j] = d.edges[j], d.edges[i] })
		if diff := cmp.Diff(p, label(rt, d.build(rt), o)); diff != "" {
			rt.Fatalf("another order of the edges (-want +got):\n%s", diff)
		}
	})
}

// A node that held two groups of one label together goes to a third, and leaves them apart: they get labels of their own.
func TestLabelsLeftApart(t *testing.T) {
	es := []projection.Edge{
		{A: 0, B: 1, Weight: 3}, {A: 0, B: 2, Weight: 3}, // the node, and one of either group
		{A: 1, B: 3, Weight: 2}, {A: 1, B: 4, Weight: 2}, {A: 2, B: 5, Weight: 2}, {A: 2, B: 6, Weight: 2},
	}
	for v := uint32(7); v < 11; v++ { // the third group: by itself each weighs less with the node than 1 and 2 do
		es = append(es, projection.Edge{A: 0, B: v, Weight: 2})
		for u := uint32(7); u < v; u++ {
			es = append(es, projection.Edge{A: u, B: v, Weight: 10})
		}
	}
	want := []uint32{0, 1, 2, 1, 1, 2, 2, 0, 0, 0, 0}
	if diff := cmp.Diff(want, label(t, projection.MustNew(11, es), community.Defaults()).Of); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Components are what hangs together, and no more: whatever the weights, the options and the order of the edges.
func TestComponentsProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawGraph(rt, "graph", 60)
		g := d.build(rt)
		p, err := community.Components{}.Partition(context.Background(), g, community.Defaults())
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(community.NewPartition(p.Of), p); diff != "" || len(p.Of) != d.nodes {
			rt.Fatalf("not numbered by smallest node:\n%s", diff)
		}
		if n := community.Disconnected(g, p); n != 0 {
			rt.Fatalf("%d groups do not hang together", n)
		}
		for _, e := range d.edges {
			if p.Of[e.A] != p.Of[e.B] {
				rt.Fatalf("nodes %d and %d are tied, and in two groups", e.A, e.B)
			}
		}
	})
}

// Threads change nothing for the other methods either.
func TestMethodThreads(t *testing.T) {
	g := busy(t)
	for _, m := range []community.Method{community.Labels{}, community.Components{}} {
		o := community.Defaults()
		o.Threads = 1
		want, err := m.Partition(t.Context(), g, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, o.Threads = range []int{2, 3, 8} {
			if got, err := m.Partition(t.Context(), g, o); err != nil || !cmp.Equal(want, got) {
				t.Errorf("%s, %d threads: %v, %s", m.Name(), o.Threads, err, differ(want, got))
			}
		}
	}
}
