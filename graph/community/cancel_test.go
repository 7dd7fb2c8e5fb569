package community_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// busy returns a graph that keeps three threads busy on a few levels.
func busy(t *testing.T) *projection.Graph {
	t.Helper()
	l, err := graphtest.NewLFR(6000, 6).Graph()
	if err != nil {
		t.Fatal(err)
	}
	if 2*len(l.Edges) < 3<<15 {
		t.Fatalf("%d edges are too few for three threads", len(l.Edges))
	}
	return listed(t, l)
}

// A context that is cancelled while Leiden works ends it, wherever it is, with that error and nothing left running.
func TestCancelled(t *testing.T) {
	defer goleak.VerifyNone(t)
	g, calls := busy(t), 0
	o := community.Options{Objective: community.Modularity, Resolution: 1, Threads: 3, MaxNodes: 2}
	o.Progress = func(community.Progress) { calls++ }
	want := leiden(t, g, o)
	for at := range calls {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		o.Progress = func(community.Progress) {
			if n++; n == at+1 {
				cancel()
			}
			if n > at+1 {
				t.Errorf("cancelled at report %d, and there is report %d", at+1, n)
			}
		}
		p, err := community.Leiden{}.Partition(ctx, g, o)
		cancel()
		switch {
		case err == nil && at == calls-1: // it was done but for going down the levels again
			if !cmp.Equal(want, p) {
				t.Errorf("cancelled at the last report: %s", differ(want, p))
			}
		case !errors.Is(err, context.Canceled):
			t.Errorf("cancelled at report %d of %d: %v", at+1, calls, err)
		case p.Of != nil || p.Groups != 0:
			t.Errorf("cancelled at report %d: a partition of %d groups comes with the error", at+1, p.Groups)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, m := range community.Methods() {
		if _, err := m.Partition(ctx, g, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled before it began: %v", m.Name(), err)
		}
	}
}

// Progress comes from one goroutine (the race detector sees to it: calls are counted without a lock), level after level
// and iteration after iteration, with numbers that fit the graph; and it changes nothing.
func TestProgress(t *testing.T) {
	defer goleak.VerifyNone(t)
	g := busy(t)
	o := community.Options{Objective: community.CPM, Resolution: .05, Threads: 3, MaxNodes: 2}
	quiet := leiden(t, g, o)
	var all []community.Progress
	o.Progress = func(p community.Progress) { all = append(all, p) }
	if p := leiden(t, g, o); !cmp.Equal(quiet, p) {
		t.Errorf("with reports of progress: %s", differ(quiet, p))
	}
	if len(all) == 0 || all[0].Iteration != 1 || all[0].Level != 0 || all[0].Moves == 0 {
		t.Fatalf("progress begins with %+v", all[:min(1, len(all))])
	}
	for i, p := range all {
		switch {
		case p.Communities < 1 || p.Communities > p.Nodes || p.Moves < 0 || p.Nodes > g.Len():
			t.Errorf("report %d makes no sense: %+v", i, p)
		case p.Level == 0 && p.Nodes != g.Len():
			t.Errorf("report %d: %d nodes of %d", i, p.Nodes, g.Len())
		case i == 0:
		case p.Level == 0 && p.Iteration != all[i-1].Iteration+1:
			t.Errorf("report %d: iteration %d after %d", i, p.Iteration, all[i-1].Iteration)
		case p.Level > 0 && (p.Level != all[i-1].Level+1 || p.Iteration != all[i-1].Iteration || p.Nodes >= all[i-1].Nodes || p.Nodes < all[i-1].Communities):
			t.Errorf("report %d: %+v after %+v", i, p, all[i-1])
		}
	}
}

// Iterations bound the reports.
func TestIterations(t *testing.T) {
	g := busy(t)
	for _, n := range []int{1, 2, 3} {
		last := 0
		o := community.Options{Objective: community.Modularity, Resolution: 1, Iterations: n, MaxNodes: 2}
		o.Progress = func(p community.Progress) { last = p.Iteration }
		if leiden(t, g, o); last > n || last < 1 {
			t.Errorf("%d iterations of %d", last, n)
		}
	}
}
