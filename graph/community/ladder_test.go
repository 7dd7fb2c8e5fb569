package community_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// halves are a clique of four, a looser group of six, and one edge between them.
func halves(t testing.TB) *projection.Graph {
	var list [][3]float64
	for a := range 4 {
		for b := range a {
			list = append(list, [3]float64{float64(b), float64(a), 1})
		}
	}
	for i := range 6 { // each tied to the next two
		list = append(list, [3]float64{float64(4 + i), float64(4 + (i+1)%6), 1}, [3]float64{float64(4 + i), float64(4 + (i+2)%6), 1})
	}
	return built(t, 10, edgesOf(append(list, [3]float64{3, 4, 1})...), nil)
}

// ladder is [community.Ladder], which must not fail.
func ladder(t rapid.TB, g *projection.Graph, m community.Method, o community.Options, factors ...float64) []community.Rung {
	t.Helper()
	rungs, err := community.Ladder(context.Background(), g, m, o, factors)
	if err != nil {
		t.Fatal(err)
	}
	return rungs
}

// at returns options with that resolution.
func at(resolution float64) community.Options {
	o := community.Defaults()
	o.Resolution = resolution
	return o
}

// The rungs come from the lowest up, each with what it is.
func TestLadder(t *testing.T) {
	g := halves(t)
	rungs := ladder(t, g, community.Leiden{}, at(.5), 4, 1, .02)
	type row struct {
		Factor, Resolution, Value       float64
		Groups, Shared, Largest, Nodes0 int
	}
	var got []row
	for _, r := range rungs {
		got = append(got, row{r.Factor, r.Resolution, r.Value, r.Partition.Groups, r.Shared, r.Largest, r.Partition.Sizes()[0]})
	}
	want := []row{
		{.02, .01, 19 - .01*45, 1, 1, 10, 10}, // 6 edges, 12, and the one between; 45 pairs
		{1, .5, 18 - .5*(6+15), 2, 2, 6, 4},
		{4, 2, 0, 10, 0, 1, 1}, // no edge is worth it
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got)\n" + diff)
	}
}

// Louvain goes by modularity, and so do its values; methods that know no resolution find the same on each rung.
func TestLadderMethods(t *testing.T) {
	g := halves(t)
	for _, m := range community.Methods() {
		for _, r := range ladder(t, g, m, at(1), .5, 1) {
			if want := community.Quality(g, r.Partition, community.Usual(m), r.Resolution); r.Value != want {
				t.Errorf("%s: value %v, want %v", m.Name(), r.Value, want)
			}
		}
	}
	if community.Usual(community.Louvain{}) != community.Modularity || community.Usual(community.Leiden{}) != community.CPM {
		t.Error("another objective is usual")
	}
	o := at(1)
	o.Objective = community.Modularity
	r := ladder(t, g, community.Leiden{}, o, 1)[0]
	if want := community.Quality(g, r.Partition, community.Modularity, 1); r.Value != want || r.Partition.Groups != 2 {
		t.Errorf("value %v, want %v, of %d groups", r.Value, want, r.Partition.Groups)
	}
}

func TestLadderFails(t *testing.T) {
	g := halves(t)
	for _, c := range []struct {
		o       community.Options
		factors []float64
		say     string
	}{
		{at(1), nil, "no factors"},
		{at(1), []float64{1, 0}, "factor 0 must be a number above 0"},
		{at(1), []float64{1, -2}, "factor -2 must be"},
		{at(1), []float64{1, math.NaN()}, "factor NaN must be"},
		{at(1), []float64{math.Inf(1)}, "factor +Inf must be"},
		{at(1), []float64{2, 1, 2}, "factor 2 is there twice"},
		{at(1e6), []float64{1, 2}, "factor 2: option community.resolution is 2e+06"},
		{at(1e-300), []float64{1e-300, 1}, "factor 1e-300: option community.resolution is 0"},
		{at(0), []float64{1}, "option community.resolution is 0"},
	} {
		rungs, err := community.Ladder(t.Context(), g, community.Leiden{}, c.o, c.factors)
		if err == nil || rungs != nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%v of %g: %v", c.factors, c.o.Resolution, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := community.Ladder(ctx, g, community.Leiden{}, at(1), []float64{1}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A context that ends between rungs ends the ladder, and nothing is returned.
func TestLadderStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	o, runs := at(1), 0
	o.Progress = func(p community.Progress) {
		if p.Iteration == 1 && p.Level == 0 {
			if runs++; runs == 2 {
				cancel()
			}
		}
	}
	rungs, err := community.Ladder(ctx, busy(t), community.Leiden{}, o, []float64{.1, .2, .3})
	if !errors.Is(err, context.Canceled) || rungs != nil || runs != 2 {
		t.Errorf("%d rungs, %d runs: %v", len(rungs), runs, err)
	}
}

// rungsOf makes a ladder of labels, with the resolutions 1, 2, 4 and so on and the factors that follow from the middle.
func rungsOf(middle int, labels ...[]uint32) (out []community.Rung) {
	for i, l := range labels {
		r := community.Rung{Factor: math.Ldexp(1, i-middle), Resolution: math.Ldexp(1, i)}
		r.Partition = community.NewPartition(l)
		out = append(out, r)
	}
	return out
}

func TestSurvival(t *testing.T) {
	one := []uint32{0, 0, 0, 0, 0, 0, 0, 0}
	two := []uint32{0, 0, 0, 0, 1, 1, 1, 1}
	most := []uint32{0, 0, 0, 2, 1, 1, 1, 1}  // one of four has left: 3/4
	half := []uint32{0, 0, 2, 2, 1, 1, 1, 1}  // two have
	moved := []uint32{0, 0, 0, 1, 1, 1, 1, 1} // 3 of 4, and 4 of 5
	apart := []uint32{0, 1, 2, 3, 4, 5, 6, 7}
	base := community.NewPartition(two)
	for _, c := range []struct {
		name  string
		rungs []community.Rung
		share float64
		want  []community.Interval
	}{
		{"everywhere", rungsOf(1, two, two, two), .75, []community.Interval{{Lo: 1, Hi: 4}, {Lo: 1, Hi: 4}}},
		{"nowhere else", rungsOf(1, one, two, apart), .75, []community.Interval{{Lo: 2, Hi: 2}, {Lo: 2, Hi: 2}}},
		{"but for a node", rungsOf(1, moved, two, most), .75, []community.Interval{{Lo: 1, Hi: 4}, {Lo: 1, Hi: 4}}},
		{"to the node", rungsOf(1, moved, two, most), 1, []community.Interval{{Lo: 2, Hi: 2}, {Lo: 2, Hi: 4}}},
		{"one is torn", rungsOf(0, two, half, two), .75, []community.Interval{{Lo: 1, Hi: 1}, {Lo: 1, Hi: 4}}},
		{"it comes back", rungsOf(3, two, one, two, two), .75, []community.Interval{{Lo: 4, Hi: 8}, {Lo: 4, Hi: 8}}},
		{"not there itself", rungsOf(1, two, half, two), .75, []community.Interval{{}, {Lo: 1, Hi: 4}}},
		{"one rung", rungsOf(0, two), .75, []community.Interval{{Lo: 1, Hi: 1}, {Lo: 1, Hi: 1}}},
		{"no rung", nil, .75, nil},
		{"other nodes", rungsOf(0, two, []uint32{0}), .75, nil},
	} {
		if diff := cmp.Diff(c.want, community.Survival(c.rungs, base, c.share)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.name, diff)
		}
	}
	if got := community.Survival(rungsOf(0, nil), community.Partition{}, .75); got == nil || len(got) != 0 {
		t.Errorf("no nodes: %v", got)
	}
}

// Between factors that are as near to 1 the lower one is where it begins.
func TestSurvivalMiddle(t *testing.T) {
	two, one := []uint32{0, 0, 1, 1}, []uint32{0, 0, 0, 0}
	rungs := rungsOf(1, one, one, two)
	rungs = []community.Rung{rungs[0], rungs[2]} // factors 1/2 and 2
	want := []community.Interval{{}, {}}
	if diff := cmp.Diff(want, community.Survival(rungs, community.NewPartition(two), .75)); diff != "" {
		t.Error("(-want +got)\n" + diff)
	}
}

// The interval of a group that is on the ladder holds its own resolution, and is no shorter by a lower share.
func TestSurvivalProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(rt, "nodes")
		labels := rapid.SliceOfN(rapid.SliceOfN(rapid.Uint32Range(0, 5), n, n), 1, 5).Draw(rt, "labels")
		middle := rapid.IntRange(0, len(labels)-1).Draw(rt, "middle")
		rungs, base := rungsOf(middle, labels...), community.NewPartition(labels[middle])
		strict := community.Survival(rungs, base, 1)
		loose := community.Survival(rungs, base, community.Lasting)
		own := rungs[middle].Resolution
		for c := range strict {
			s, l := strict[c], loose[c]
			if !(l.Lo <= s.Lo && s.Lo <= own && own <= s.Hi && s.Hi <= l.Hi) {
				rt.Fatalf("group %d: %v and %v, resolution %g", c, s, l, own)
			}
		}
	})
}

// Up the ladder of the karate club partitions are worth less and fall apart, whatever the number of threads and the order
// of the factors.
func TestLadderKarate(t *testing.T) {
	g := listed(t, graphtest.Karate().Graph)
	o := at(community.Scale(g))
	rungs := ladder(t, g, community.Leiden{}, o, .25, .5, 1, 2, 4)
	for i, r := range rungs {
		t.Logf("resolution %.4f: %d groups, %d shared, largest %d, value %.2f", r.Resolution, r.Partition.Groups, r.Shared, r.Largest, r.Value)
		if i > 0 && (r.Value >= rungs[i-1].Value || r.Partition.Groups < rungs[i-1].Partition.Groups) {
			t.Errorf("resolution %g: worth more, or fewer groups, than one below", r.Resolution)
		}
	}
	o.Threads = 3
	if diff := cmp.Diff(rungs, ladder(t, g, community.Leiden{}, o, 4, 2, 1, .5, .25)); diff != "" {
		t.Error("in another order (-want +got)\n" + diff)
	}
}

// A rung does not depend on which others there are.
func TestLadderRungsAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		g := drawGraph(rt, "graph", 12).build(rt)
		f := rapid.SampledFrom([]float64{.25, .5, 1, 3}).Draw(rt, "factor")
		all := ladder(rt, g, community.Leiden{}, at(.4), .25, .5, 1, 3)
		one := ladder(rt, g, community.Leiden{}, at(.4), f)[0]
		for _, r := range all {
			if r.Factor == f {
				if diff := cmp.Diff(one, r); diff != "" {
					rt.Fatal(diff)
				}
			}
		}
	})
}
