package cluster_test

import (
	"context"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
)

func detect(t *testing.T, table *graph.Table) graph.Run {
	t.Helper()
	r, err := cluster.Detect(context.Background(), table, cluster.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDemo(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	r := detect(t, d.Table())
	t.Logf("%+v", r.Counts)
	for _, c := range r.Clusters {
		t.Log(c.ID, c.Score, c.Flagged, c.Persons, c.Names, c.Homes, c.Families, c.Reasons)
		for _, e := range c.Evidence {
			t.Logf("   %s %s %.2f %d/%d %s", e.Identifier.Key(), e.Class, e.Points, e.Inside, e.Holders, e.Note)
		}
		for _, m := range c.Members {
			t.Logf("   %v %s %.2f %.2f %v", m.Account, m.Person, m.Points, m.Confidence, m.Flagged)
		}
	}
	for _, h := range r.Hubs {
		t.Logf("  hub %s %s %d %s", h.Identifier.Key(), h.Class, h.Holders, h.Reason)
	}
}
