package cluster_test

import (
	"slices"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// The evidence says under which other addresses a line was weighed, sorted, and none that only others had.
func TestEvidenceOfSeveralAddresses(t *testing.T) {
	w := graphtest.New(t)
	for p := range 4 {
		a := worker(w, p).Home(home(p)).Payout(graphtest.Bank(1), 5, 200).Device("serial:SHARED0001", 5, 200)
		for i := range 6 { // the line gets a new address every three weeks
			a.Login(graphtest.IP(10+i), 1+21*i, 21*(i+1), 21)
		}
	}
	c := onlyCluster(t, detect(t, w.Table()))
	i := slices.IndexFunc(c.Evidence, func(e graph.Evidence) bool { return e.Identifier.Kind() == ident.IP })
	if i < 0 {
		t.Fatal("no line in the evidence")
	}
	e := c.Evidence[i]
	if len(e.Also) != 5 || !slices.IsSortedFunc(e.Also, ident.ID.Compare) || slices.Contains(e.Also, e.Identifier) {
		t.Errorf("further addresses: %d of %d", len(e.Also), len(c.Evidence))
	}
	for _, e := range c.Evidence {
		if e.Identifier.Kind() != ident.IP && e.Also != nil {
			t.Errorf("a %v was weighed together with others", e.Identifier.Kind())
		}
	}
}
