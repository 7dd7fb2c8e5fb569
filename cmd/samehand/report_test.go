package main

import (
	"slices"
	"testing"

	"samehand/graph"
)

// A report is on the flagged clusters unless there is none or something else is asked for.
func TestReportChooses(t *testing.T) {
	quiet, loud := graph.Cluster{ID: "quiet", Tags: []string{"X1"}, Members: make([]graph.Member, 4)}, graph.Cluster{ID: "loud", Flagged: true}
	for _, c := range []struct {
		f     reportFlags
		names []string
		all   []graph.Cluster
		want  []string
	}{
		{reportFlags{}, nil, []graph.Cluster{quiet, loud}, []string{"loud"}},
		{reportFlags{}, nil, []graph.Cluster{quiet}, []string{"quiet"}},
		{reportFlags{}, []string{"quiet"}, []graph.Cluster{quiet}, []string{"quiet"}},
		{reportFlags{}, []string{"quiet", "loud"}, []graph.Cluster{quiet, loud}, []string{"loud", "quiet"}},
		{reportFlags{all: true}, nil, []graph.Cluster{quiet, loud}, []string{"loud", "quiet"}},
		{reportFlags{clusterFlags: clusterFlags{flagged: true}}, nil, []graph.Cluster{quiet}, nil},
		{reportFlags{clusterFlags: clusterFlags{tag: "x"}}, nil, []graph.Cluster{quiet, loud}, []string{"quiet"}},
		{reportFlags{clusterFlags: clusterFlags{min: 2}}, nil, []graph.Cluster{quiet, loud}, []string{"quiet"}},
		{reportFlags{all: true, clusterFlags: clusterFlags{min: 2}}, nil, []graph.Cluster{quiet, loud}, []string{"quiet"}},
	} {
		var got []string
		for _, x := range c.f.chooseFor(c.names, c.all) {
			got = append(got, x.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v of %v: %v, want %v", c.f, c.names, got, c.want)
		}
	}
}
