package cluster_test

import (
	"reflect"
	"strings"
	"testing"

	"samehand/graph/cluster"
	"samehand/graph/graphtest"
)

// The demo's farm and ring do not hang on the resolution; the run at 1 is the one that Detect finds.
func TestClimb(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	o := cluster.Defaults()
	rungs, survivals, err := cluster.Climb(t.Context(), d.Table(), o, []float64{.25, .5, 1, 2, 4})
	if err != nil {
		t.Fatal(err)
	}
	run, err := cluster.Detect(t.Context(), d.Table(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(run, rungs[2].Run) || rungs[2].Resolution != o.Community.Resolution {
		t.Errorf("the middle rung, at %g, is not the run", rungs[2].Resolution)
	}
	if len(survivals) != len(run.Clusters) || len(run.Clusters) == 0 {
		t.Fatalf("%d survivals of %d clusters", len(survivals), len(run.Clusters))
	}
	for i, s := range survivals {
		if s.Cluster != run.Clusters[i].ID || s.Low > 1 || s.High < 1 {
			t.Errorf("survival %d: %+v, of cluster %s", i, s, run.Clusters[i].ID)
		}
		if run.Clusters[i].Flagged && (s.Low != .25 || s.High != 4) {
			t.Errorf("a flagged cluster of the demo survives from %g to %g only", s.Low, s.High)
		}
	}
}

func TestClimbRefuses(t *testing.T) {
	table := graphtest.New(t).Table()
	for want, multiples := range map[string][]float64{"1, the resolution itself": {.5, 2}, "community.resolution": {-1, 1}} {
		if _, _, err := cluster.Climb(t.Context(), table, cluster.Defaults(), multiples); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", multiples, err, want)
		}
	}
}
