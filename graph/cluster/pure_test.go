package cluster

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/linkage"
)

func TestAlike(t *testing.T) {
	for _, test := range []struct {
		a, b []uint32
		want float64
	}{
		{[]uint32{1, 2, 3}, []uint32{1, 2, 3}, 1},
		{[]uint32{1, 2, 3, 4}, []uint32{1, 2, 3}, .75},
		{[]uint32{1, 2}, []uint32{2, 3}, 1. / 3},
		{[]uint32{1}, []uint32{2}, 0},
	} {
		if got := alike(test.a, test.b); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%v and %v: %v, want %v", test.a, test.b, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 9), 1, 8, rapid.ID[uint32])
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		slices.Sort(a)
		slices.Sort(b)
		if x := alike(a, b); x != alike(b, a) || x < 0 || x > 1 || (x == 1) != slices.Equal(a, b) {
			t.Errorf("%v and %v: %v", a, b, x)
		}
	})
}

// A replicate leaves out the share that it should, each another one, and nothing or nearly all at the ends.
func TestLeftOut(t *testing.T) {
	const values, replicates = 500, 20
	for _, share := range []float64{0, .1, .37, .9} {
		n, same := 0, 0
		for v := range uint64(values) {
			all := true
			for r := range uint64(replicates) {
				out := leftOut(v*0x9e3779b9, r, share)
				if out {
					n++
				}
				all = all && out == leftOut(v*0x9e3779b9, 0, share)
			}
			if all {
				same++
			}
		}
		if got := float64(n) / (values * replicates); math.Abs(got-share) > .02 || share > 0 && share < .5 && same > values/2 {
			t.Errorf("share %v: %v left out, %d values alike in all replicates", share, got, same)
		}
	}
}

// Strands: all lines are one, all doors are one, and every other value is one of its own.
func TestStrandOf(t *testing.T) {
	if strandOf(link(0, 1, 3, network, 5)) != strandOf(link(0, 1, 4, network, 5)) || strandOf(link(0, 1, 3, place, 5)) != strandOf(link(0, 2, 9, place, 5)) {
		t.Error("two lines, or two doors, are two strands")
	}
	if strandOf(link(0, 1, 3, money, 5)) == strandOf(link(0, 1, 4, money, 5)) || strandOf(link(0, 1, 3, network, 5)) == strandOf(link(0, 1, 3, place, 5)) {
		t.Error("two purses, or a line and a door, are one strand")
	}
}

// Only links between units are left, whoever the units are.
func TestBetween(t *testing.T) {
	links := []linkage.Link{link(0, 1, 0, device, 9), link(0, 2, 1, money, 9), link(1, 3, 2, money, 9), link(2, 3, 3, network, 9)}
	d := toy(t, 4, links...)
	g := group{persons: []uint32{0, 1, 2, 3}, links: links}
	for _, test := range []struct {
		units []int
		want  int
	}{{[]int{0, 1, 2, 3}, 4}, {[]int{0, 0, 2, 2}, 2}, {[]int{0, 0, 0, 0}, 0}} {
		out := d.between(g, test.units)
		if len(out.links) != test.want || len(out.persons) != 4 {
			t.Errorf("units %v: %d links, want %d", test.units, len(out.links), test.want)
		}
		n, largest := sizesOf(test.units)
		if n < 1 || largest < 1 || n+largest > 5 {
			t.Errorf("units %v: %d, the largest of %d", test.units, n, largest)
		}
	}
}

// Whose time is first by a margin, and nobody when it is close or not known.
func TestFirst(t *testing.T) {
	at := func(h linkage.Holder) graph.Time { return h.First }
	hold := func(times ...graph.Time) []linkage.Holder {
		var hs []linkage.Holder
		for i, x := range times {
			hs = append(hs, linkage.Holder{Person: uint32(i), First: x})
		}
		return hs
	}
	for _, test := range []struct {
		times []graph.Time
		who   uint32
		ok    bool
	}{
		{[]graph.Time{5 * week, week, 3 * week}, 1, true},
		{[]graph.Time{week, week + 1, 9 * week}, 0, false},
		{[]graph.Time{0, 3 * week, 5 * week}, 1, true}, // not known is not first
		{[]graph.Time{3 * week, 0}, 0, false},          // nobody to be before
		{nil, 0, false},
	} {
		if who, ok := first(hold(test.times...), at, week); ok != test.ok || ok && who != test.who {
			t.Errorf("%v: %d %v", test.times, who, ok)
		}
	}
}

// A group without those who pass has the links and points of the others, and no other.
func TestCore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "persons")
		g, passing := group{}, make([]bool, n)
		for i := range n {
			g.persons, g.points = append(g.persons, uint32(10+i)), append(g.points, float64(i))
			passing[i] = rapid.Bool().Draw(t, "passes")
		}
		want := 0
		for a := range n {
			for b := a + 1; b < n; b++ {
				g.links = append(g.links, link(uint32(10+a), uint32(10+b), 0, device, 9))
				if !passing[a] && !passing[b] {
					want++
				}
			}
		}
		c := core(g, passing)
		if len(c.links) != want || len(c.persons) != len(c.points) {
			t.Errorf("%d links, want %d", len(c.links), want)
		}
		for i, p := range c.persons {
			if passing[p-10] || c.points[i] != float64(p-10) {
				t.Errorf("person %d with %v points", p, c.points[i])
			}
		}
	})
}

// The list of candidates is not cut between those who cannot be told apart, unless there are many.
func TestNamed(t *testing.T) {
	for name, test := range map[string]struct {
		scores []float64
		want   int
	}{
		"nobody": {nil, 0}, "few": {[]float64{9, 4}, 2}, "a clear cut": {[]float64{9, 8, 7, 6, 5, 4, 3}, 5},
		"equals": {[]float64{9, 4, 4, 4, 4, 4, 4, 3.5, 3}, 8}, "many equals": {slices.Repeat([]float64{4}, 50), graph.MostCandidates},
	} {
		var list []candidate
		for _, s := range test.scores {
			list = append(list, candidate{score: s})
		}
		if got := named(list); got != test.want {
			t.Errorf("%s: %d are named, want %d", name, got, test.want)
		}
	}
}
