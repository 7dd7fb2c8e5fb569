package explain

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

func TestWhatIf(t *testing.T) {
	phone := id(t, ident.Phone, ident.Ordinary, "+14155550100")
	flagged, listed := graph.Cluster{Flagged: true, Persons: 45}, graph.Cluster{Persons: 45}
	stacked := graph.Cluster{Flagged: true, Considered: []graph.LookAlike{{Name: "over-employment"}}}
	for _, c := range []struct {
		c    graph.Cluster
		d    graph.WhatIf
		want string
	}{
		{flagged, graph.WhatIf{Pieces: []int{31, 14}, Flagged: true}, " it falls into a group of 31 persons and a group of 14 persons; at least one of them would still be flagged."},
		{flagged, graph.WhatIf{Pieces: []int{31, 12}, Lost: 2}, " it falls into a group of 31 persons and a group of 12 persons; 2 persons would be in none of them, and nothing would be flagged."},
		{flagged, graph.WhatIf{Pieces: []int{44}, Lost: 1, Flagged: true}, " it shrinks to 44 persons; 1 person would not be in it, and it would still be flagged."},
		{flagged, graph.WhatIf{Pieces: []int{45}}, " all 45 persons stay together, and nothing would be flagged."},
		{flagged, graph.WhatIf{Lost: 45}, " nothing of it is left as a cluster."},
		{listed, graph.WhatIf{Pieces: []int{40}, Lost: 5}, " it shrinks to 40 persons; 5 persons would not be in it."},
		{listed, graph.WhatIf{Pieces: []int{45}, Flagged: true}, " all 45 persons stay together, and it would be flagged: what speaks against a flag hangs on this value."},
		{stacked, graph.WhatIf{Pieces: []int{3}, Lost: 1}, " it shrinks to 3 persons; 1 person would not be in it."},
	} {
		c.d.Identifier = phone
		if got, want := WhatIf(c.c, c.d).String(), "Without the phone number “+14155550100”"+c.want; got != want {
			t.Errorf("%+v:\n got %s\nwant %s", c.d, got, want)
		}
	}
}

// What the run found takes the place of our own guess, and says so in each value and among what would change the cluster.
func TestDropped(t *testing.T) {
	c, table, hubs := trio(t)
	c.Stability, c.Dropped = .9, []graph.WhatIf{{Identifier: c.Evidence[0].Identifier, Family: graph.Contact, Pieces: []int{2}, Lost: 1}}
	x := NewIndex(table, hubs).Cluster(c)
	if !slices.Equal(x.Values[0].Without, []int{2, 1}) || !slices.Equal(x.Values[1].Without, []int{3}) {
		t.Errorf("without: %v, %v", x.Values[0].Without, x.Values[1].Without)
	}
	if got := x.Refute[0].String(); got != "Without the phone number “+14155550100” it shrinks to 2 persons; 1 person would not be in it, and nothing would be flagged." {
		t.Error(got)
	}
	if strings.Contains(x.Refute[1].String(), "Without the IP address") {
		t.Errorf("it still says what it guessed: %s", x.Refute[1])
	}
	c.Dropped = nil
	if x := NewIndex(table, hubs).Cluster(c); !slices.Equal(x.Values[0].Without, []int{3}) {
		t.Errorf("nothing hangs on any value, but: %v", x.Values[0].Without)
	}
	c.Persons = 2 // of a couple the run does not ask
	if x := NewIndex(table, hubs).Cluster(c); !slices.Equal(x.Values[0].Without, []int{2, 1}) {
		t.Errorf("of a couple: %v", x.Values[0].Without)
	}
}

// Where the run does not say which value, or names no more of them, nothing is said in its place.
func TestDroppedIsNotKnown(t *testing.T) {
	c, table, hubs := trio(t)
	c.Stability = .9
	for range droppedMost {
		c.Dropped = append(c.Dropped, graph.WhatIf{Identifier: id(t, ident.Email, ident.Ordinary, "elsewhere@mail.example"), Pieces: []int{2}, Lost: 1})
	}
	x := NewIndex(table, hubs).Cluster(c)
	if x.Values[0].Without != nil {
		t.Errorf("without: %v", x.Values[0].Without)
	}
	if !strings.Contains(x.Refute[droppedMost].String(), "names the 10 most telling") {
		t.Errorf("it is not said that there may be more: %s", x.Refute[droppedMost])
	}
	twice := c.Evidence[0]
	twice.First, twice.Last = at(200), at(210)
	c.Evidence, c.Dropped = append(c.Evidence, twice), []graph.WhatIf{{Identifier: twice.Identifier, Pieces: []int{2}, Lost: 1}}
	for _, v := range NewIndex(table, hubs).Cluster(c).Values {
		if v.Identifier == twice.Identifier && v.Without != nil {
			t.Errorf("which of two periods it is, nobody said: %v", v.Without)
		}
	}
}

func TestSteady(t *testing.T) {
	for _, c := range []struct {
		c    graph.Cluster
		want string
	}{
		{graph.Cluster{}, ""},
		{graph.Cluster{Lowest: .25, Highest: 4}, "It is found at resolutions from 0.25 to 4 times that of this detection."},
		{graph.Cluster{Lowest: 1, Highest: 1}, "It is found at the resolution of this detection and at no other that was looked at: it hangs on that setting."},
		{graph.Cluster{Stability: .918}, "When shared values are left out at random, a member stays in 92 of 100 tries on average: highly stable."},
	} {
		var got []string
		for _, s := range steady(c.c) {
			got = append(got, s.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%+v: %q, want %q", c.c, text, c.want)
		}
	}
}

func TestShaky(t *testing.T) {
	keeps, ends := graph.WhatIf{Pieces: []int{5}, Lost: 1, Flagged: true}, graph.WhatIf{Pieces: []int{6}}
	for _, c := range []struct {
		c    graph.Cluster
		want string
	}{
		{graph.Cluster{Flagged: true, Stability: .9, Lowest: .5, Highest: 2, Dropped: []graph.WhatIf{keeps}}, ""},
		{graph.Cluster{Flagged: true, Dropped: []graph.WhatIf{keeps, ends}}, "The flag hangs on 1 single value: without it nothing would be flagged."},
		{graph.Cluster{Flagged: true, Dropped: []graph.WhatIf{ends, ends}}, "The flag hangs on 2 single values: without any one of them nothing would be flagged."},
		{graph.Cluster{Dropped: []graph.WhatIf{ends}}, ""},
		{graph.Cluster{Flagged: true, Dropped: []graph.WhatIf{ends}, Considered: []graph.LookAlike{{Name: "over-employment"}}}, ""},
		{graph.Cluster{Stability: .47}, "Who is in it is unstable: when shared values are left out at random, a member stays in 47 of 100 tries on average."},
		{graph.Cluster{Lowest: 1, Highest: 1}, "It is found at one resolution only."},
	} {
		var got []string
		for _, s := range shaky(c.c) {
			got = append(got, s.String())
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%+v: %q, want %q", c.c, text, c.want)
		}
	}
}

// The words for stability never get better when it gets worse, and 0, which was not looked at, has none.
func TestSteadiness(t *testing.T) {
	order := []string{"unstable", "doubtful", "stable", "highly stable"}
	rapid.Check(t, func(r *rapid.T) {
		a, b := rapid.Float64Range(.001, 1).Draw(r, "a"), rapid.Float64Range(.001, 1).Draw(r, "b")
		if i, j := slices.Index(order, Steadiness(min(a, b))), slices.Index(order, Steadiness(max(a, b))); i < 0 || i > j {
			r.Fatalf("%v is %q, %v is %q", min(a, b), Steadiness(min(a, b)), max(a, b), Steadiness(max(a, b)))
		}
	})
	for _, none := range []float64{0, -1, math.NaN()} {
		if got := Steadiness(none); got != "" {
			t.Errorf("Steadiness(%v) = %q", none, got)
		}
	}
}
