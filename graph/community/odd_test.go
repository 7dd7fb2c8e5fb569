package community_test

import (
	"context"
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// built builds a graph whose edges are taken, with node weights, nil for 1 each.
func built(t testing.TB, n int, es []projection.Edge, weights []float32) *projection.Graph {
	t.Helper()
	return drawn{nodes: n, edges: es, weights: weights}.build(t)
}

// twoTriangles are nodes 0-2 and 3-5, tied to each other by one edge, of these weights.
func twoTriangles(inside, between float64) []projection.Edge {
	return []projection.Edge{
		{A: 0, B: 1, Weight: inside}, {A: 1, B: 2, Weight: inside}, {A: 0, B: 2, Weight: inside},
		{A: 3, B: 4, Weight: inside}, {A: 4, B: 5, Weight: inside}, {A: 3, B: 5, Weight: inside}, {A: 2, B: 3, Weight: between},
	}
}

// Weights that are none are errors where the graph is built, so that no method ever meets them.
func TestNoSuchWeights(t *testing.T) {
	for name, w := range map[string]float64{"negative": -1, "not a number": math.NaN(), "infinite": math.Inf(1), "minus infinite": math.Inf(-1), "too large": 1e39} {
		if err := projection.NewBuilder().Add(0, 1, w); err == nil {
			t.Errorf("an edge of a weight that is %s was taken", name)
		}
		if _, err := projection.NewBuilder().Build(t.Context(), 1, projection.BuildOptions{NodeWeights: []float32{float32(w)}}); err == nil {
			t.Errorf("a node of a weight that is %s was taken", name)
		}
	}
	if _, err := projection.NewBuilder().Build(t.Context(), 1<<31+1, projection.BuildOptions{}); !errors.Is(err, projection.ErrTooLarge) {
		t.Errorf("2^31+1 nodes: %v", err)
	}
}

// An edge of weight 0 ties nobody: it is dropped, and the graph is the same without.
func TestWeightZero(t *testing.T) {
	es := twoTriangles(1, 0)
	for _, s := range []setting{{community.CPM, .01}, {community.Modularity, .01}} {
		if p := leiden(t, built(t, 6, es, nil), s.options(0)); p.Groups != 2 {
			t.Errorf("%+v: %d groups of two components", s, p.Groups)
		}
	}
}

// Loops say nothing of who belongs together: CPM does not heed them. For modularity they are ties like others, that
// make a node's group weigh more: a large one keeps a node from joining.
func TestLoops(t *testing.T) {
	es, pair := twoTriangles(1, .2), []projection.Edge{{A: 0, B: 1, Weight: 1}, {A: 2, B: 3, Weight: 1}, {A: 1, B: 2, Weight: .9}}
	for _, w := range []float64{1e-3, 1, 1e6} {
		var loops []projection.Edge
		for v := range uint32(6) {
			loops = append(loops, projection.Edge{A: v, B: v, Weight: w * float64(v)})
		}
		for _, resolution := range []float64{.01, .1, .5, 2} {
			o := setting{community.CPM, resolution}.options(0)
			want, got := leiden(t, built(t, 6, es, nil), o), leiden(t, built(t, 6, append(loops, es...), nil), o)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("CPM %g, loops of %g (-without +with):\n%s", resolution, w, diff)
			}
		}
	}
	s := setting{community.Modularity, 1}
	if p := leiden(t, built(t, 4, pair, nil), s.options(0)); p.Groups != 2 {
		t.Errorf("two pairs are %d groups", p.Groups)
	}
	pair = append(pair, projection.Edge{A: 0, B: 0, Weight: 100}, projection.Edge{A: 1, B: 1, Weight: 100})
	// 0 and 1 together would win 1, and lose 202 times 201 by 410.
	if p := leiden(t, built(t, 4, pair, nil), s.options(0)); p.Of[0] == p.Of[1] {
		t.Errorf("nodes with large loops are together: %v", p.Of)
	}
}

// Parallel edges are one edge of their sum.
func TestParallelEdges(t *testing.T) {
	var twice []projection.Edge
	for _, e := range twoTriangles(1, .25) {
		twice = append(twice, projection.Edge{A: e.A, B: e.B, Weight: e.Weight / 4}, projection.Edge{A: e.B, B: e.A, Weight: e.Weight / 4 * 3})
	}
	for _, s := range []setting{{community.CPM, .1}, {community.CPM, .01}, {community.CPM, .7}, {community.Modularity, 1}} {
		want, got := leiden(t, built(t, 6, twoTriangles(1, .25), nil), s.options(0)), leiden(t, built(t, 6, twice, nil), s.options(0))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%+v (-one +parallel):\n%s", s, diff)
		}
	}
}

// One scale or another of all weights makes no difference: with CPM, when the resolution is scaled too.
func TestScaledWeights(t *testing.T) {
	for _, scale := range []float64{1, 1e6, 1e-6, 1e30, 1e-30, 0x1p-120} {
		g := built(t, 6, twoTriangles(scale, scale/4), nil)
		settings := []setting{{community.Modularity, 1}}
		if .1*scale <= 1e6 {
			settings = append(settings, setting{community.CPM, .1 * scale})
		}
		for _, s := range settings {
			p := leiden(t, g, s.options(0))
			if diff := cmp.Diff([]uint32{0, 0, 0, 1, 1, 1}, p.Of); diff != "" {
				t.Errorf("weights of %g, %+v (-want +got):\n%s", scale, s, diff)
			}
		}
	}
	huge := built(t, 6, twoTriangles(3e38, 3e38), nil) // sums are more than a float32 holds
	for _, s := range []setting{{community.CPM, 1e6}, {community.Modularity, 1}, {community.Modularity, 1e-9}} {
		if p := leiden(t, huge, s.options(0)); community.Disconnected(huge, p) != 0 || s.objective == community.CPM && p.Groups != 1 {
			t.Errorf("weights of 3e38, %+v: %v", s, p)
		}
	}
}

// A tie of 1e-30 counts for nothing beside one of 1, and holds where there is nothing else.
func TestMixedScales(t *testing.T) {
	es := []projection.Edge{{A: 0, B: 1, Weight: 1}, {A: 1, B: 2, Weight: 1e-30}, {A: 3, B: 4, Weight: 1e-30}, {A: 5, B: 6, Weight: 1e30}}
	for _, c := range []struct {
		s    setting
		want []uint32
	}{
		{setting{community.CPM, .5}, []uint32{0, 0, 1, 2, 3, 4, 4}},
		{setting{community.CPM, 1e-31}, []uint32{0, 0, 0, 1, 1, 2, 2}}, // 2 is tied to 1 by 1e-30, and costs two pairs of 1e-31
		{setting{community.CPM, 2}, []uint32{0, 1, 2, 3, 4, 5, 5}},
	} {
		if diff := cmp.Diff(c.want, leiden(t, built(t, 7, es, nil), c.s.options(0)).Of); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.s, diff)
		}
	}
}

// Nodes that weigh nothing cost nothing, and go where they have most ties; a heavy one is kept from what it is tied to too weakly.
func TestNodeWeights(t *testing.T) {
	star := []projection.Edge{{A: 0, B: 1, Weight: 1}, {A: 0, B: 2, Weight: 1}, {A: 0, B: 3, Weight: 1}, {A: 3, B: 4, Weight: 2}}
	for name, c := range map[string]struct{ weights, want []float32 }{
		"nothing":     {[]float32{0, 0, 0, 0, 0}, []float32{0, 0, 0, 0, 0}},
		"middle only": {[]float32{1, 0, 0, 0, 0}, []float32{0, 0, 0, 0, 0}},
		"heavy":       {[]float32{1, 100, 1e30, 1, 1}, []float32{0, 1, 2, 0, 0}}, // .3 a pair: 0, 3 and 4 are tied by 3, and cost .9
	} {
		p := leiden(t, built(t, 5, star, c.weights), setting{community.CPM, .3}.options(0))
		for v, g := range p.Of {
			if float32(g) != c.want[v] {
				t.Errorf("%s: groups %v, want %v", name, p.Of, c.want)
				break
			}
		}
	}
}

// A gain that is nothing but rounding is none, and does not keep the engine going for ever: here a node of weight 1 is tied
// to a heavy one by what that costs, to the last bits of a float64.
func TestGainsOfRounding(t *testing.T) {
	for _, c := range []struct{ weight, resolution float64 }{{178380, .7}, {336760, .7}, {693115, .7}, {732710, .7}} {
		tie := float64(float32(c.resolution * c.weight))
		if gain := tie - c.resolution*c.weight; gain <= 0 || gain > 1e-9 {
			t.Errorf("%v: the gain is %g, no rounding", c, gain)
		}
		g := built(t, 2, []projection.Edge{{A: 0, B: 1, Weight: tie}}, []float32{1, float32(c.weight)})
		for seed := range uint64(3) {
			if p := leiden(t, g, setting{community.CPM, c.resolution}.options(seed)); len(p.Of) != 2 {
				t.Errorf("%v: %v", c, p)
			}
		}
	}
}

func TestOneNode(t *testing.T) {
	loop := []projection.Edge{{A: 0, B: 0, Weight: 2}}
	for _, m := range community.Methods() {
		for _, g := range []*projection.Graph{projection.MustNew(1, nil), built(t, 1, loop, nil), built(t, 1, loop, []float32{0})} {
			p, err := m.Partition(t.Context(), g, community.Defaults())
			if err != nil || !cmp.Equal(p, community.Partition{Of: []uint32{0}, Groups: 1}) {
				t.Errorf("%s of one node: %v, %v", m.Name(), p, err)
			}
		}
	}
}

// Every option that makes no sense is named, all in one error, by every method.
func TestOptionFaults(t *testing.T) {
	bad := community.Options{Objective: "fame", Resolution: math.NaN(), Iterations: -1, Threads: -2, MaxNodes: 1}
	for _, m := range community.Methods() {
		_, err := m.Partition(t.Context(), projection.MustNew(2, nil), bad)
		if err == nil {
			t.Errorf("%s takes all that", m.Name())
			continue
		}
		for _, name := range []string{"objective", "resolution", "iterations", "threads", "max-nodes"} {
			if !strings.Contains(err.Error(), "community."+name+" ") {
				t.Errorf("%s: the error does not name %s: %v", m.Name(), name, err)
			}
		}
		if strings.Contains(err.Error(), "fame") {
			t.Errorf("%s: the error repeats what was given: %v", m.Name(), err)
		}
	}
	for _, resolution := range []float64{0, -1, math.Inf(1), 2e6} {
		o := community.Defaults()
		if o.Resolution = resolution; o.Validate() == nil {
			t.Errorf("resolution %g is taken", resolution)
		}
	}
}

// fuzzed makes a graph and options of bytes: pairs of nodes and weights from 1e-45 to 3e38, 0 and whole numbers among them.
func fuzzed(data []byte) (nodes int, es []projection.Edge, weights []float32, o community.Options) {
	var head [8]byte
	data = data[copy(head[:], data):]
	nodes = 1 + int(head[0])%100
	o = community.Options{
		Objective: []community.Objective{"", community.CPM, community.Modularity}[head[1]%3], Resolution: math.Ldexp(1, int(int8(head[2]))%20),
		Seed: uint64(head[3] % 4), Iterations: int(head[4] % 4), Threads: int(head[5] % 5), MaxNodes: 2 + int(head[6]),
	}
	weight := func(b byte) float64 {
		if b < 128 {
			return float64(b)
		}
		return math.Ldexp(1+float64(b%3)/3, 2*(int(b)-192)) // 2^-128 to 2^126
	}
	if head[7]%2 == 1 {
		weights = make([]float32, nodes)
		for v := range weights {
			if len(data) > v {
				weights[v] = float32(weight(data[v]))
			}
		}
	}
	for ; len(data) >= 4; data = data[4:] {
		x := binary.LittleEndian.Uint32(data)
		es = append(es, projection.Edge{A: x & 0xff % uint32(nodes), B: x >> 8 & 0xff % uint32(nodes), Weight: weight(byte(x >> 16))})
	}
	return nodes, es, weights, o
}

// Whatever the graph: no method panics or goes on for ever; groups are numbered by their smallest node and, but for
// Louvain's, hang together; what Leiden finds is no worse than all alone, and the same another time.
func FuzzMethods(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x0a\x02\x00\x00\x00\x02\x10\x00" + "\x00\x01\x01\x00\x01\x02\x01\x00\x02\x00\x01\x00\x02\x03\x01\x00"))
	f.Add([]byte("\x0a\x01\x02\x01\x01\x02\x10\x01" + "\xff\x00\xc0\x80" + "\x00\x01\xff\x00\x01\x02\xff\x00\x02\x00\xff\x00\x02\x03\x80\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		nodes, es, weights, o := fuzzed(data[:min(len(data), 4096)])
		b := projection.NewBuilder()
		for _, e := range es {
			if err := b.Add(e.A, e.B, e.Weight); err != nil {
				t.Fatal(err)
			}
		}
		g, err := b.Build(context.Background(), nodes, projection.BuildOptions{NodeWeights: weights})
		if err != nil {
			return // parallel edges that weigh too much together
		}
		for _, m := range []community.Method{community.Leiden{}, community.Labels{}, community.Components{}} {
			p, err := m.Partition(t.Context(), g, o)
			if err != nil {
				t.Fatalf("%s: %v", m.Name(), err)
			}
			if diff := cmp.Diff(community.NewPartition(p.Of), p); diff != "" || len(p.Of) != nodes || community.Disconnected(g, p) != 0 {
				t.Fatalf("%s: %d groups do not hang together, or are not numbered by their smallest node:\n%s", m.Name(), community.Disconnected(g, p), diff)
			}
			if m.Name() == "leiden" {
				checkFuzzed(t, g, p, o)
			}
		}
	})
}

// checkFuzzed looks at what Leiden found.
func checkFuzzed(t *testing.T, g *projection.Graph, p community.Partition, o community.Options) {
	if again := leiden(t, g, o); !cmp.Equal(p, again) {
		t.Fatalf("another answer the second time: %s", differ(p, again))
	}
	objective := o.Objective
	if objective == "" {
		objective = community.CPM
	}
	each := make([]uint32, g.Len())
	for v := range each {
		each[v] = uint32(v)
	}
	now, before := community.Quality(g, p, objective, o.Resolution), community.Quality(g, community.NewPartition(each), objective, o.Resolution)
	if !(now >= before-rounding*math.Abs(before)) { // NaN too
		t.Fatalf("%v is less than %v, all alone", now, before)
	}
}
