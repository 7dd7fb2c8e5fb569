package explain_test

import (
	"context"
	"math"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/explain"
	"samehand/graph/graphtest"
	"samehand/graph/linkage"
)

// detected is a table with what was found in it.
type detected struct {
	table *graph.Table
	run   graph.Run
	model *linkage.Model
	why   *explain.Weighed
}

func detect(t testing.TB, table *graph.Table) detected {
	t.Helper()
	o := cluster.Defaults()
	run, err := cluster.Detect(context.Background(), table, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := linkage.FindPersons(table, o.Linkage)
	if err != nil {
		t.Fatal(err)
	}
	m, err := linkage.Evidence(table, p, o.Linkage)
	if err != nil {
		t.Fatal(err)
	}
	r := explain.Rule{Need: o.Need, Echo: o.Echo, EchoMax: o.EchoMax, Hold: o.Hold, JoinOne: o.JoinOne, JoinMany: o.JoinMany}
	return detected{table, run, m, explain.NewWeighed(m, run, r)}
}

func worlds(t *testing.T) map[string]*graph.Table {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	return map[string]*graph.Table{"demo": w.Table()}
}

// Of every member of every cluster, flagged or not, what its values add is what the run says.
func TestSumsAreTheRuns(t *testing.T) {
	for name, table := range worlds(t) {
		d := detect(t, table)
		for _, c := range d.run.Clusters {
			for _, member := range c.Members {
				m, err := d.why.Member(member.Account)
				if err != nil {
					t.Fatal(err)
				}
				sum := 0.0
				for _, s := range m.Counting {
					sum += s.Adds
				}
				if !m.Agrees || !m.Soft && math.Abs(sum-member.Points) > .001 {
					t.Errorf("%s: %v: %v, run %v", name, member.Account, sum, member.Points)
				}
			}
		}
	}
}
