package cluster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
)

// clusterOf returns a cluster of accounts that are named by single letters.
func clusterOf(id, accounts string) graph.Cluster {
	c := graph.Cluster{ID: id}
	for _, a := range accounts {
		c.Members = append(c.Members, graph.Member{Account: graph.AccountID{Platform: "p", Native: string(a)}})
	}
	return c
}

// A cluster survives while three quarters of what either has is the same; a gap ends the interval, what is beyond it does not count.
func TestSurvivals(t *testing.T) {
	rung := func(r float64, clusters ...graph.Cluster) Rung { return Rung{r, graph.Run{Clusters: clusters}} }
	rungs := []Rung{
		rung(.25, clusterOf("x", "abcdef")),
		rung(.5, clusterOf("x", "abcd"), clusterOf("y", "ef")),
		rung(1, clusterOf("x", "abcd"), clusterOf("y", "efg")),
		rung(2, clusterOf("x", "abc"), clusterOf("y", "e"), clusterOf("z", "fg")),
		rung(4, clusterOf("x", "ab"), clusterOf("y", "efg")),
	}
	want := []Survival{{"x", .5, 2}, {"y", 1, 1}} // ef is 2 of 3
	if diff := cmp.Diff(want, survivals(rungs, 2)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
