package community_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/evaluate"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// begin returns a state of a graph, and what a full run found.
func begin(t interface{ Fatal(...any) }, g *projection.Graph, o community.Options) (*community.State, community.Partition) {
	p, err := community.Leiden{}.Partition(context.Background(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := community.NewState(g, p, o)
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// Whatever changes: what comes out is a partition whose communities hang together, worth at least what the old one is
// worth in the changed graph, and the nodes said to have moved are those that have.
func TestStateProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 40).Draw(rt, "n")
		r := rand.New(rand.NewPCG(7, rapid.Uint64().Draw(rt, "seed")))
		o := community.Defaults()
		o.Objective = rapid.SampledFrom([]community.Objective{community.CPM, community.Modularity}).Draw(rt, "objective")
		o.Resolution = rapid.SampledFrom([]float64{.1, .5, 1}).Draw(rt, "resolution")
		g := projection.MustNew(n, random(r, n, 2*n))
		s, old := begin(rt, g, o)
		for range 4 {
			changes := someChanges(r, g.Len(), 1+r.IntN(8))
			if r.IntN(3) == 0 {
				var err error
				if g, err = g.Grow(g.Len() + 1); err != nil {
					rt.Fatal(err)
				}
				changes = append(changes, projection.Edge{A: uint32(g.Len() - 1), B: uint32(r.IntN(g.Len() - 1)), Weight: 2})
				old = community.NewPartition(append(slices.Clone(old.Of), uint32(old.Groups)))
			}
			var err error
			if g, err = g.Patched(changes); err != nil {
				rt.Fatal(err)
			}
			if _, err := s.Update(context.Background(), g, changes); err != nil {
				rt.Fatal(err)
			}
			p := s.Partition()
			if diff := cmp.Diff(community.NewPartition(p.Of), p); diff != "" {
				rt.Fatalf("not canonical:\n%s", diff)
			}
			if c := community.Disconnected(g, p); c != 0 {
				rt.Fatalf("%d communities do not hang together", c)
			}
			was, is := community.Quality(g, old, o.Objective, o.Resolution), community.Quality(g, p, o.Objective, o.Resolution)
			if is < was-1e-9*(1+max(was, -was)) {
				rt.Fatalf("an update made %v of %v", is, was)
			}
			old = p
		}
	})
}

// someChanges draws new weights for some pairs, each once.
func someChanges(r *rand.Rand, n, m int) []projection.Edge {
	seen := map[[2]uint32]bool{}
	var out []projection.Edge
	for range m {
		a, b := uint32(r.IntN(n)), uint32(r.IntN(n))
		if pair := [2]uint32{min(a, b), max(a, b)}; a != b && !seen[pair] {
			seen[pair] = true
			out = append(out, projection.Edge{A: a, B: b, Weight: float64(r.IntN(4))})
		}
	}
	return out
}

// Two groups that come to share enough become one, and fall apart again when that is taken away.
func TestStateMergesAndSplits(t *testing.T) {
	g := cliques(8, 5)
	o := community.Defaults()
	s, p := begin(t, g, o)
	if p.Groups != 8 {
		t.Fatalf("%d groups", p.Groups)
	}
	var ties, none []projection.Edge
	for a := uint32(0); a < 5; a++ {
		for b := uint32(20); b < 25; b++ {
			ties = append(ties, projection.Edge{A: a, B: b, Weight: 2})
			none = append(none, projection.Edge{A: b, B: a})
		}
	}
	for i, test := range []struct {
		changes []projection.Edge
		groups  int
		moved   int
	}{{ties, 7, 5}, {none, 8, 5}} {
		var err error
		if g, err = g.Patched(test.changes); err != nil {
			t.Fatal(err)
		}
		moved, err := s.Update(t.Context(), g, test.changes)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Partition(); got.Groups != test.groups || len(moved) != test.moved {
			t.Errorf("step %d: %d groups, want %d; moved %v", i, got.Groups, test.groups, moved)
		}
	}
}

// A day's changes leave what they do not affect as it was, are nearly as good as a run over everything, and do not depend on the threads.
func TestStateKeepsClose(t *testing.T) {
	list, err := graphtest.NewLFR(5000, 11).Graph()
	if err != nil {
		t.Fatal(err)
	}
	lfr := listed(t, list)
	for _, objective := range []community.Objective{community.CPM, community.Modularity} {
		o := community.Defaults()
		o.Objective = objective
		if objective == community.CPM {
			o.Resolution = .05
		}
		var first []uint32
		for _, o.Threads = range []int{1, 3} {
			g := lfr
			s, p := begin(t, g, o)
			r := rand.New(rand.NewPCG(3, 9))
			for range 5 {
				changes := someChanges(r, g.Len(), 10)
				if g, err = g.Patched(changes); err != nil {
					t.Fatal(err)
				}
				if _, err := s.Update(t.Context(), g, changes); err != nil {
					t.Fatal(err)
				}
			}
			got := s.Partition()
			if first == nil {
				first = got.Of
			}
			if !slices.Equal(first, got.Of) {
				t.Errorf("%s: %d threads find something else", objective, o.Threads)
			}
			full, err := community.Leiden{}.Partition(t.Context(), g, o)
			if err != nil {
				t.Fatal(err)
			}
			scores, err := evaluate.Compare(p.Of, got.Of)
			if err != nil {
				t.Fatal(err)
			}
			h, most := community.Quality(g, got, objective, o.Resolution), community.Quality(g, full, objective, o.Resolution)
			if scores.ARI < .99 || h < most*.999 {
				t.Errorf("%s: ARI to the partition before %.4f, worth %.2f, a full run %.2f", objective, scores.ARI, h, most)
			}
		}
	}
}

func TestStateRefuses(t *testing.T) {
	g := cliques(3, 4)
	o := community.Defaults()
	s, p := begin(t, g, o)
	if _, err := s.Update(t.Context(), cliques(2, 4), nil); err == nil {
		t.Error("a graph with fewer nodes is taken")
	}
	if _, err := s.Update(t.Context(), g, []projection.Edge{{A: 99, B: 1}}); err == nil {
		t.Error("a change of a node that is not there is taken")
	}
	if _, err := community.NewState(g, community.Partition{Of: []uint32{0}, Groups: 1}, o); err == nil {
		t.Error("a partition of something else is taken")
	}
	o.Resolution = -1
	if _, err := community.NewState(g, p, o); err == nil {
		t.Error("a negative resolution is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	changes := []projection.Edge{{A: 0, B: 11, Weight: 90}}
	h, err := g.Patched(changes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Update(ctx, h, changes); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled update says %v", err)
	}
	if got := s.Partition(); len(got.Of) != g.Len() {
		t.Errorf("a cancelled update leaves %d nodes", len(got.Of))
	}
}

// Two that both want to be alone, when the sizes of nodes are so far apart that one is lost in rounding: only one leaves.
func TestStateRounding(t *testing.T) {
	const n = 200
	for k := range 50 {
		weights := slices.Repeat([]float32{1}, n)
		weights[0], weights[1] = 1e9, .1*(1+.01*float32(k))
		b := projection.NewBuilder()
		if err := b.Add(0, 1, 1e35); err != nil {
			t.Fatal(err)
		}
		g, err := b.Build(t.Context(), n, projection.BuildOptions{NodeWeights: weights})
		if err != nil {
			t.Fatal(err)
		}
		s, p := begin(t, g, community.Defaults())
		if p.Groups != n-1 {
			t.Fatalf("%d groups", p.Groups)
		}
		gone := []projection.Edge{{A: 0, B: 1}}
		if g, err = g.Patched(gone); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Update(t.Context(), g, gone); err != nil {
			t.Fatal(err)
		}
		if p := s.Partition(); p.Groups != n {
			t.Errorf("weight %g: %d groups of %d nodes without an edge", weights[1], p.Groups, n)
		}
	}
}

// On a long path nothing says where to cut. Borders that wander by a millionth of the value an iteration come to an end.
func TestIterationsEnd(t *testing.T) {
	var es []projection.Edge
	for v := range uint32(20000) {
		es = append(es, projection.Edge{A: v, B: v + 1, Weight: 1})
	}
	o := community.Defaults()
	o.Objective = community.Modularity
	last := 0
	o.Progress = func(p community.Progress) { last = p.Iteration }
	if _, err := (community.Leiden{}).Partition(t.Context(), projection.MustNew(20001, es), o); err != nil {
		t.Fatal(err)
	}
	if last > 30 {
		t.Errorf("%d iterations", last)
	}
}
