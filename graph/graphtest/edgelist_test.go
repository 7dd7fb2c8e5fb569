package graphtest_test

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/graphtest"
)

func source(seed uint64) rand.Source { return rand.NewPCG(seed, seed) }

func TestEdgeListCheck(t *testing.T) {
	for name, c := range map[string]struct {
		list graphtest.EdgeList
		want string // a part of the error, "" when there is none
	}{
		"nothing":          {},
		"lonely nodes":     {list: graphtest.EdgeList{Nodes: 3}},
		"good":             {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 0, B: 1, Weight: 1}, {A: 0, B: 2, Weight: .5}}}},
		"loop":             {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 1, Weight: 1}}}, want: "loop"},
		"backwards":        {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 2, B: 1, Weight: 1}}}, want: "wrong way"},
		"no such node":     {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 2, B: 3, Weight: 1}}}, want: "3 nodes"},
		"weight 0":         {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 2}}}, want: "weighs"},
		"weight not exact": {list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 2, Weight: .1}}}, want: "1/1024"},
		"weight not a number": {
			list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 2, Weight: float32(math.NaN())}}}, want: "weighs",
		},
		"twice": {
			list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 2, Weight: 1}, {A: 1, B: 2, Weight: 1}}}, want: "twice",
		},
		"unsorted": {
			list: graphtest.EdgeList{Nodes: 3, Edges: []graphtest.Edge{{A: 1, B: 2, Weight: 1}, {A: 0, B: 2, Weight: 1}}}, want: "order",
		},
		"groups of other nodes": {list: graphtest.EdgeList{Nodes: 3, Group: []uint32{0}}, want: "1 groups"},
	} {
		err := c.list.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestEdgeListText(t *testing.T) {
	l := graphtest.EdgeList{Nodes: 4, Edges: []graphtest.Edge{
		{A: 0, B: 1, Weight: 1}, {A: 0, B: 3, Weight: 635. / 1024}, {A: 2, B: 3, Weight: 10.5},
	}}
	var b bytes.Buffer
	if err := l.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("0 1 1\n0 3 0.6201171875\n2 3 10.5\n", b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

// fullDisk takes nothing.
type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestEdgeListTextFails(t *testing.T) {
	small, err := graphtest.NewLFR(1_000, 1).Graph()
	if err != nil {
		t.Fatal(err)
	}
	large := graphtest.EdgeList{Nodes: small.Nodes} // more than is held back before it is written
	for range 30 {
		large.Edges = append(large.Edges, small.Edges...)
	}
	for name, l := range map[string]graphtest.EdgeList{"small": small, "large": large} {
		if err := l.WriteText(fullDisk{}); !errors.Is(err, errFull) {
			t.Errorf("%s: error %v, want %v", name, err, errFull)
		}
	}
}

func TestGroups(t *testing.T) {
	l := graphtest.EdgeList{Nodes: 4, Group: []uint32{1, 0, 1, 2}}
	if diff := cmp.Diff([][]uint32{{1}, {0, 2}, {3}}, l.Groups()); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if g := (graphtest.EdgeList{Nodes: 4}).Groups(); g != nil {
		t.Errorf("groups %v where none were planted", g)
	}
}
