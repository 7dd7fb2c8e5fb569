package community_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph"
	gonum "gonum.org/v1/gonum/graph/community"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// cliques returns n cliques of k nodes each, chained by one weak edge.
func cliques(n, k int) *projection.Graph {
	var es []projection.Edge
	for c := range n {
		for i := range k {
			for j := range i {
				es = append(es, projection.Edge{A: uint32(c*k + i), B: uint32(c*k + j), Weight: 4})
			}
		}
		if c > 0 {
			es = append(es, projection.Edge{A: uint32(c * k), B: uint32(c*k - 1), Weight: 1})
		}
	}
	return projection.MustNew(n*k, es)
}

func TestLouvainFindsCliques(t *testing.T) {
	p, err := community.Louvain{}.Partition(t.Context(), cliques(5, 6), community.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if p.Groups != 5 {
		t.Fatalf("%d groups", p.Groups)
	}
	for v, c := range p.Of {
		if c != uint32(v/6) {
			t.Errorf("node %d is in group %d", v, c)
		}
	}
}

// random returns a graph whose weights are mostly equal, so that nearly every choice is a tie.
func random(r *rand.Rand, n, m int) []projection.Edge {
	es := make([]projection.Edge, m)
	for i := range es {
		es[i] = projection.Edge{A: uint32(r.IntN(n)), B: uint32(r.IntN(n)), Weight: 1}
	}
	return es
}

// Ties fall the same way each time, whatever the order of the edges and the number of processors: 400 graphs full of ties.
func TestTiesAreStable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for n := range 400 {
		size := 5 + n%30
		es := random(r, size, 2*size)
		want, err := community.Louvain{}.Partition(t.Context(), projection.MustNew(size, es), community.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		for _, procs := range []int{1, 2, 8} {
			runtime.GOMAXPROCS(procs)
			r.Shuffle(len(es), func(i, j int) { es[i], es[j] = es[j], es[i] })
			got, err := community.Louvain{}.Partition(t.Context(), projection.MustNew(size, es), community.Defaults())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("graph %d, GOMAXPROCS=%d (-want +got):\n%s", n, procs, diff)
			}
		}
	}
}

// What every method must keep: groups numbered by their smallest node, none across components, all nodes in one.
func TestMethods(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(rt, "n")
		g := projection.MustNew(n, random(rand.New(rand.NewPCG(1, rapid.Uint64().Draw(rt, "seed"))), n, 2*n))
		_, component := g.Components()
		o := community.Defaults()
		o.MaxNodes = rapid.IntRange(2, 30).Draw(rt, "max")
		for _, m := range community.Methods() {
			p, err := m.Partition(context.Background(), g, o)
			if err != nil {
				rt.Fatalf("%s: %v", m.Name(), err)
			}
			if diff := cmp.Diff(community.NewPartition(p.Of), p); diff != "" || len(p.Of) != n {
				rt.Fatalf("%s: not numbered by smallest node:\n%s", m.Name(), diff)
			}
			for c, members := range p.Members() {
				for _, v := range members {
					if component[v] != component[members[0]] {
						rt.Fatalf("%s: group %d is in two components", m.Name(), c)
					}
				}
			}
		}
	})
}

// A component above the limit is cut where it is weakest, and no group is larger than the limit.
func TestLouvainLimit(t *testing.T) {
	o := community.Defaults()
	o.MaxNodes = 6
	p, err := community.Louvain{}.Partition(t.Context(), cliques(5, 6), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Groups != 5 {
		t.Errorf("%d groups", p.Groups)
	}
	o.MaxNodes = 5 // not even a clique fits: everybody is alone
	p, err = community.Louvain{}.Partition(t.Context(), cliques(2, 6), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Groups != 12 {
		t.Errorf("%d groups", p.Groups)
	}
}

// modularity is what gonum says a partition's is.
func modularity(g *projection.Graph, p community.Partition) float64 {
	var groups [][]graph.Node
	for _, ms := range p.Members() {
		var ns []graph.Node
		for _, v := range ms {
			ns = append(ns, projection.Node(v))
		}
		groups = append(groups, ns)
	}
	return gonum.Q(g, groups, 1)
}

// The groups are at least as good as one group and as each alone.
func TestLouvainModularity(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		g := projection.MustNew(20, random(r, 20, 40))
		p, err := community.Louvain{}.Partition(t.Context(), g, community.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		if got, alone := modularity(g, p), gonum.Q(g, nil, 1); got < alone || got < 0 {
			t.Errorf("modularity %v, alone %v", got, alone)
		}
	}
}

func TestNothing(t *testing.T) {
	for _, m := range community.Methods() {
		if p, err := m.Partition(t.Context(), projection.MustNew(0, nil), community.Defaults()); err != nil || p.Groups != 0 {
			t.Errorf("%s: %d groups, %v", m.Name(), p.Groups, err)
		}
	}
}

// Zachary's karate club (1977): the best modularity is .4198, in four groups.
func TestKarate(t *testing.T) {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: no data that other people made to test with")
	}
	f, err := os.Open(filepath.Join(dir, "community", "karate.edges.csv"))
	if err != nil {
		t.Skipf("no such data here: %v", err)
	}
	defer f.Close()
	var es []projection.Edge
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var a, b uint32
		if n, _ := fmt.Sscanf(lines.Text(), "%d,%d", &a, &b); n == 2 {
			es = append(es, projection.Edge{A: a, B: b, Weight: 1})
		}
	}
	g := projection.MustNew(34, es)
	p, err := community.Louvain{}.Partition(t.Context(), g, community.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if q := modularity(g, p); q < .40 || q > .4198 {
		t.Errorf("modularity %.4f in %d groups", q, p.Groups)
	}
}

func TestFind(t *testing.T) {
	for _, m := range community.Methods() {
		if got, err := community.Find(m.Name()); err != nil || got.Name() != m.Name() {
			t.Errorf("%s: %v, %v", m.Name(), got, err)
		}
	}
	if _, err := community.Find("magic"); err == nil || !strings.Contains(err.Error(), "louvain") {
		t.Errorf("the error does not list the methods: %v", err)
	}
}

func TestPartitionFails(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, m := range community.Methods() {
		if _, err := m.Partition(ctx, cliques(1, 3), community.Defaults()); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", m.Name(), err)
		}
		_, err := m.Partition(t.Context(), cliques(1, 3), community.Options{})
		if err == nil || !strings.Contains(err.Error(), "resolution") || !strings.Contains(err.Error(), "max-nodes") {
			t.Errorf("%s does not name every fault: %v", m.Name(), err)
		}
	}
}
