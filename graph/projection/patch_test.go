package projection_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/projection"
)

// pairs is a graph as a map of its edges and loops.
type pairs map[[2]uint32]float64

func (p pairs) set(e projection.Edge) {
	key := [2]uint32{min(e.A, e.B), max(e.A, e.B)}
	if p[key] = e.Weight; e.Weight == 0 {
		delete(p, key)
	}
}

func (p pairs) edges() []projection.Edge {
	var es []projection.Edge
	for key, w := range p {
		es = append(es, projection.Edge{A: key[0], B: key[1], Weight: w})
	}
	return es
}

// onePerPair leaves out what names a pair again.
func onePerPair(es []projection.Edge) []projection.Edge {
	seen := map[[2]uint32]bool{}
	return slices.DeleteFunc(es, func(e projection.Edge) bool {
		key := [2]uint32{min(e.A, e.B), max(e.A, e.B)}
		again := seen[key]
		seen[key] = true
		return again
	})
}

// A graph that is patched, and patched again, is the graph that is built anew; those it was patched from stay as they are.
func TestPatchedIsRebuilt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 10).Draw(t, "n")
		have := pairs{}
		for _, e := range onePerPair(oddEdges(t, n)) {
			have.set(e)
		}
		g := build(t, n, have.edges(), 1, 1)
		for range rapid.IntRange(1, 4).Draw(t, "patches") {
			before, was := g, flatten(g.Compact())
			changes := onePerPair(oddEdges(t, n))
			var err error
			if g, err = g.Patched(changes); err != nil {
				t.Fatal(err)
			}
			for _, c := range changes {
				have.set(c)
			}
			want := flatten(build(t, n, have.edges(), 1, 1))
			checkInvariants(t, g)
			for name, got := range map[string]*projection.Graph{"patched": g, "compact": g.Compact()} {
				if diff := cmp.Diff(want, flatten(got), equalEmpty); diff != "" {
					t.Fatalf("%s (-want +got):\n%s", name, diff)
				}
			}
			if diff := cmp.Diff(was, flatten(before.Compact())); diff != "" {
				t.Fatalf("the graph that was patched changed:\n%s", diff)
			}
			if g.Compact().IsPatched() {
				t.Fatal("a compact graph has a patch")
			}
		}
	})
}

// equalEmpty takes no arcs for none.
var equalEmpty = cmp.Transformer("arcs", func(f []projection.Arc) []string {
	out := []string{}
	for _, a := range f {
		out = append(out, string(rune(a.To))+string(rune(math.Float32bits(a.Weight)>>16))+string(rune(math.Float32bits(a.Weight)&0xffff)))
	}
	return out
})

func TestPatchedRefuses(t *testing.T) {
	g := projection.MustNew(3, []projection.Edge{{A: 0, B: 1, Weight: 1}})
	for _, test := range []struct {
		name    string
		changes []projection.Edge
		want    string
	}{
		{"node out of range", []projection.Edge{{0, 1, 1}, {0, 3, 1}}, "change 1 names node 3, and there are 3 nodes"},
		{"not a number", []projection.Edge{{0, 1, math.NaN()}}, "change 0: the weight is not a number"},
		{"negative", []projection.Edge{{0, 1, -1}}, "change 0: the weight is negative"},
		{"too large", []projection.Edge{{0, 1, 1e39}}, "change 0: the weight is larger"},
		{"two weights", []projection.Edge{{0, 1, 1}, {2, 1, 1}, {1, 0, 2}}, "changes 0 and 2: the same pair"},
		{"two weights of a loop", []projection.Edge{{1, 1, 1}, {1, 1, 2}}, "changes 0 and 1: the same pair"},
	} {
		if got, err := g.Patched(test.changes); err == nil || got != nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

func TestPatchedTable(t *testing.T) {
	g := projection.MustNew(3, []projection.Edge{{0, 1, 1}, {2, 2, 5}})
	same, err := g.Patched(nil)
	if err != nil || same.IsPatched() || same.Edges() != 1 {
		t.Errorf("no change: %v, %v", same, err)
	}
	twice, err := g.Patched([]projection.Edge{{0, 2, .5}, {2, 0, .5}, {0, 1, 1e-60}, {1, 2, 0}, {2, 2, 0}})
	if err != nil {
		t.Fatal(err)
	}
	want := flat{Offsets: []uint32{0, 2, 3, 4}, Edges: 2, Arcs: []projection.Arc{
		{To: 1, Weight: math.SmallestNonzeroFloat32}, {To: 2, Weight: .5}, {To: 0, Weight: math.SmallestNonzeroFloat32}, {To: 0, Weight: .5},
	}}
	if diff := cmp.Diff(want, flatten(twice)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !twice.IsPatched() || g.Loop(2) != 5 || twice.Loop(2) != 0 || twice.Bytes() <= g.Bytes()-12 {
		t.Errorf("patched %v, loops %v and %v, %d bytes", twice.IsPatched(), g.Loop(2), twice.Loop(2), twice.Bytes())
	}
	if !twice.HasEdgeBetween(2, 0) || twice.From(0).Len() != 2 {
		t.Error("gonum's view does not see the patch")
	}
	if parts, _ := twice.Components(); len(parts) != 1 {
		t.Errorf("components do not see the patch: %v", parts)
	}
}

func TestGrow(t *testing.T) {
	b := projection.NewBuilder()
	for _, e := range []projection.Edge{{0, 1, 1}, {1, 1, 2}} {
		if err := b.Add(e.A, e.B, e.Weight); err != nil {
			t.Fatal(err)
		}
	}
	g, err := b.Build(t.Context(), 2, projection.BuildOptions{NodeWeights: []float32{7, 8}})
	if err != nil {
		t.Fatal(err)
	}
	if g, err = g.Patched([]projection.Edge{{0, 1, 3}}); err != nil {
		t.Fatal(err)
	}
	grown, err := g.Grow(4)
	if err != nil {
		t.Fatal(err)
	}
	if grown, err = grown.Patched([]projection.Edge{{3, 0, 4}}); err != nil {
		t.Fatal(err)
	}
	want := flat{
		Offsets: []uint32{0, 2, 3, 3, 4}, Loops: []float32{0, 2, 0, 0}, Weights: []float32{7, 8, 1, 1}, Edges: 2,
		Arcs: []projection.Arc{{To: 1, Weight: 3}, {To: 3, Weight: 4}, {To: 0, Weight: 3}, {To: 0, Weight: 4}},
	}
	if diff := cmp.Diff(want, flatten(grown)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if g.Len() != 2 || grown.Len() != 4 {
		t.Errorf("%d and %d nodes", g.Len(), grown.Len())
	}
	if _, err := g.Grow(1); err == nil {
		t.Error("a graph cannot shrink")
	}
	if _, err := g.Grow(1<<31 + 1); !errors.Is(err, projection.ErrTooLarge) {
		t.Errorf("too many nodes: %v", err)
	}
	var zero projection.Graph
	if g, err := zero.Grow(2); err != nil || g.Len() != 2 || zero.Len() != 0 || len(g.Arcs(1)) != 0 {
		t.Errorf("from the zero graph: %v", err)
	}
}
