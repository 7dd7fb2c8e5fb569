package explain_test

import (
	"context"
	"math"
	"slices"
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
	r := explain.Rule{Need: o.Need, Echo: o.Echo, EchoMax: o.EchoMax, Hold: o.Hold}
	return detected{table, run, m, explain.NewWeighed(m, run, r)}
}

// only returns a table of the rows that keep takes, with numbers of its own.
func only(t *graph.Table, keep func(row uint32) bool) *graph.Table {
	var b graph.Builder
	for i := range t.Rows {
		if keep(uint32(i)) {
			b.Observe(t.Observation(i))
		}
	}
	out := b.Table()
	out.Canonical()
	return out
}

// clusterOf returns the cluster of an account.
func clusterOf(run graph.Run, a graph.AccountID) *graph.Cluster {
	for i, c := range run.Clusters {
		if slices.ContainsFunc(c.Members, func(m graph.Member) bool { return m.Account == a }) {
			return &run.Clusters[i]
		}
	}
	return nil
}

// flagged lists the first account of each person who is flagged, and so of each explanation that differs.
func (d detected) flagged() []graph.AccountID {
	var out []graph.AccountID
	seen := map[string]bool{}
	for _, c := range d.run.Clusters {
		for _, m := range c.Members {
			if m.Flagged && !seen[m.Person] {
				seen[m.Person], out = true, append(out, m.Account)
			}
		}
	}
	return out
}

// The test of an explanation: with the rows that it cites alone, the member is in a cluster with those whom it is said
// to rely on; without these rows, everything else as it is, it is in a cluster with none of them.
func TestCitedEvidenceIsTheEvidence(t *testing.T) {
	for name, table := range worlds(t) {
		t.Run(name, func(t *testing.T) {
			d := detect(t, table)
			all := d.flagged()
			if len(all) == 0 {
				t.Fatal("nobody is flagged")
			}
			for _, a := range all {
				d.check(t, a)
			}
			t.Logf("%d persons", len(all))
		})
	}
}

func (d detected) check(t *testing.T, a graph.AccountID) {
	m, err := d.why.Member(a)
	if err != nil {
		t.Fatal(err)
	}
	if !m.Agrees {
		t.Errorf("%v: %v points, the run says %v", a, m.Points, m.Member.Points)
	}
	cited := map[uint32]bool{}
	for _, i := range m.Rows() {
		cited[i] = true
	}
	if len(m.Relies) == 0 {
		t.Errorf("%v relies on nobody", a)
	}
	with := detect(t, only(d.table, func(i uint32) bool { return cited[i] })).run
	without := detect(t, only(d.table, func(i uint32) bool { return !cited[i] })).run
	mine := clusterOf(with, heldBy(m, d.table, cited))
	for _, r := range m.Relies {
		if !slices.ContainsFunc(r.Accounts, func(b graph.AccountID) bool { return mine != nil && clusterOf(with, b) == mine }) {
			t.Errorf("with the cited rows alone, %v is not with %v", a, r.Account)
		}
		for _, x := range m.Accounts {
			c := clusterOf(without, x)
			for _, y := range r.Accounts {
				if c != nil && clusterOf(without, y) == c {
					t.Errorf("without the cited rows, %v is still with %v", x, y)
				}
			}
		}
	}
}

// heldBy returns an account of the member of which rows are cited.
func heldBy(m explain.Membership, t *graph.Table, cited map[uint32]bool) graph.AccountID {
	for _, s := range m.Counting {
		for _, u := range s.Uses {
			if slices.Contains(m.Accounts, u.Account) {
				return u.Account
			}
		}
	}
	return m.Account
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
