package graphtest_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/graphtest"
)

func TestLFR(t *testing.T) {
	for _, nodes := range []int{1_000, 10_000, 100_000} {
		p := graphtest.NewLFR(nodes, 7)
		l := made(t, p)
		if l.Nodes != nodes {
			t.Fatalf("%d nodes, want %d", l.Nodes, nodes)
		}
		degrees := l.Degrees()
		if most := slices.Max(degrees); most > p.MaxDegree+1 { // ties within and to others are rounded apart
			t.Errorf("%d nodes: a degree of %d, the most is %d", nodes, most, p.MaxDegree)
		}
		// The mean of so heavy a tail varies by some per cent in a small graph, and dropped stubs take a per cent.
		if mean := 2 * float64(len(l.Edges)) / float64(nodes); math.Abs(mean-p.Degree) > .06*p.Degree {
			t.Errorf("%d nodes: mean degree %.2f, want %g", nodes, mean, p.Degree)
		}
		if mu := mixing(l); math.Abs(mu-p.Mu) > .02 {
			t.Errorf("%d nodes: mixing %.3f, want %g", nodes, mu, p.Mu)
		}
		checkSizes(t, p, l)
		if q := modularity(l); q < .5 {
			t.Errorf("%d nodes: the planted communities have modularity %.3f; they are hardly there", nodes, q)
		}
	}
}

// TestLFRTail holds that degrees follow a power law: the share of nodes above twice a degree is that above it by 2^(1-tau).
func TestLFRTail(t *testing.T) {
	p := graphtest.NewLFR(100_000, 3)
	above := func(d int) (n float64) {
		for _, x := range made(t, p).Degrees() {
			if x > d {
				n++
			}
		}
		return n
	}
	got, want := above(40)/above(20), math.Pow(2, 1-p.Tau1)
	if math.Abs(got-want) > .15*want { // the tail is cut at 300, which takes some of it
		t.Errorf("nodes above 40 are %.3f of those above 20, want about %.3f", got, want)
	}
}

func TestLFRNumbersAreShuffled(t *testing.T) {
	l := made(t, graphtest.NewLFR(10_000, 1))
	same := 0
	for v := 1; v < l.Nodes; v++ {
		if l.Group[v] == l.Group[v-1] {
			same++
		}
	}
	if same > l.Nodes/20 { // by chance it is the mean share of a node's community, 2 %
		t.Errorf("%d of %d neighbouring numbers are of one community", same, l.Nodes)
	}
}

func TestLFRSeed(t *testing.T) {
	a, b, c := made(t, graphtest.NewLFR(2_000, 1)), made(t, graphtest.NewLFR(2_000, 1)), made(t, graphtest.NewLFR(2_000, 2))
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("one seed, two graphs:\n%s", diff)
	}
	if cmp.Equal(a.Edges, c.Edges) {
		t.Error("two seeds, one graph")
	}
}

// TestLFRProperties holds any numbers that are allowed to what is promised of every graph.
func TestLFRProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := graphtest.LFR{
			MinSize: rapid.IntRange(2, 30).Draw(t, "least size"),
			Degree:  rapid.Float64Range(1, 20).Draw(t, "degree"),
			Tau1:    rapid.Float64Range(1.1, 4).Draw(t, "tau1"),
			Tau2:    rapid.Float64Range(1.1, 4).Draw(t, "tau2"),
			Mu:      rapid.Float64Range(0, 1).Draw(t, "mu"),
			Seed:    rapid.Uint64().Draw(t, "seed"),
		}
		p.MaxSize = 2*p.MinSize + rapid.IntRange(0, 60).Draw(t, "more")
		p.Nodes = p.MaxSize + rapid.IntRange(0, 300).Draw(t, "nodes")
		p.MaxDegree = rapid.IntRange(min(20, p.Nodes-1), p.Nodes-1).Draw(t, "most")
		if p.Validate() != nil {
			t.Skip("numbers that make no sense")
		}
		l, err := p.Graph()
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
		checkSizes(t, p, l)
		if p.Mu == 0 && mixing(l) > 0 && slices.Max(l.Degrees()) < p.MinSize {
			t.Fatalf("mixing %g, want none", mixing(l))
		}
	})
}

func TestLFRValidate(t *testing.T) {
	if err := (graphtest.NewLFR(1_000, 1)).Validate(); err != nil {
		t.Errorf("the numbers of the benchmarks: %v", err)
	}
	for name, change := range map[string]func(*graphtest.LFR){
		"few nodes":        func(p *graphtest.LFR) { p.Nodes = 10 },
		"many nodes":       func(p *graphtest.LFR) { p.Nodes = 1 << 33 },
		"tiny communities": func(p *graphtest.LFR) { p.MinSize = 1 },
		"narrow sizes":     func(p *graphtest.LFR) { p.MaxSize = p.MinSize },
		"no degree":        func(p *graphtest.LFR) { p.Degree = 0 },
		"degree not a number": func(p *graphtest.LFR) {
			p.Degree = math.NaN()
		},
		"mean above most":  func(p *graphtest.LFR) { p.MaxDegree = 5 },
		"degree too large": func(p *graphtest.LFR) { p.MaxDegree = p.Nodes },
		"tau1":             func(p *graphtest.LFR) { p.Tau1 = 1 },
		"tau2":             func(p *graphtest.LFR) { p.Tau2 = math.NaN() },
		"mixing below 0":   func(p *graphtest.LFR) { p.Mu = -.1 },
		"mixing above 1":   func(p *graphtest.LFR) { p.Mu = 1.1 },
	} {
		p := graphtest.NewLFR(1_000, 1)
		change(&p)
		if _, err := p.Graph(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// mixing returns the share of edges that leave their community.
func mixing(l graphtest.EdgeList) float64 {
	out := 0
	for _, e := range l.Edges {
		if l.Group[e.A] != l.Group[e.B] {
			out++
		}
	}
	return float64(out) / float64(max(1, len(l.Edges)))
}

// checkSizes holds communities to the bounds that were asked for.
func checkSizes(t interface{ Errorf(string, ...any) }, p graphtest.LFR, l graphtest.EdgeList) {
	nodes := 0
	for _, g := range l.Groups() {
		nodes += len(g)
		if len(g) < p.MinSize || len(g) > p.MaxSize {
			t.Errorf("a community of %d, want %d to %d", len(g), p.MinSize, p.MaxSize)
		}
	}
	if nodes != p.Nodes {
		t.Errorf("communities hold %d nodes of %d", nodes, p.Nodes)
	}
}
