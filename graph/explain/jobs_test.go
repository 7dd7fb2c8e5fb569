package explain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/graphtest"
)

// Of one person by many jobs at once, the jobs are listed with their times and lines: by the cluster and by each member.
func TestJobs(t *testing.T) {
	w := graphtest.New(t)
	for i := range 6 {
		a := w.Account(fmt.Sprintf("okta:employer%d", i), "me", graphtest.Name(1)).Email("me@mailbox-example.org").Home(graphtest.Address(1))
		a.Login(graphtest.IP(1), 30-i, 95-i, 60)
	}
	w.Account("payroll:employer5", "77", graphtest.Name(1)).Email("me@mailbox-example.org").Payout(graphtest.Bank(1), 20, 99)
	w.Account("ats:firm", "cand", graphtest.Name(1)).Email("me@mailbox-example.org").Login(graphtest.IP(1), 1, 2, 3)
	w.Account("upwork", "me", graphtest.Name(1)).Email("me@mailbox-example.org").Employer("Acme Tools", 1, 9).Login(graphtest.IP(1), 40, 50, 3)
	d := detect(t, w.Table())
	if len(d.run.Clusters) != 1 || !d.run.Clusters[0].Flagged {
		t.Fatalf("%+v", d.run.Clusters)
	}
	x := explain.NewIndex(d.table, nil).Cluster(d.run.Clusters[0])
	m, err := d.why.Member(graph.AccountID{Platform: "okta:employer0", Native: "me"})
	if err != nil {
		t.Fatal(err)
	}
	for _, jobs := range [][]explain.Job{x.Jobs, m.Jobs} {
		var got []string
		for _, j := range jobs {
			uses := ""
			for _, u := range j.Uses {
				uses += fmt.Sprintf(" %s %s %d", u.Account.Platform, u.Relation, u.Count)
				if len(u.Citations) == 0 {
					t.Errorf("nothing is cited for %s", j.Employer)
				}
			}
			got = append(got, j.Employer+uses)
		}
		want := []string{
			"employer5 okta:employer5 login 60 payroll:employer5 payout 1", "employer4 okta:employer4 login 60", "employer3 okta:employer3 login 60",
			"employer2 okta:employer2 login 60", "employer1 okta:employer1 login 60", "employer0 okta:employer0 login 60", "acme tools upwork login 3",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q\nwant %q", got, want)
		}
	}
	if slices.ContainsFunc(x.Against, func(s explain.Sentence) bool { return strings.Contains(s.String(), "only one name") }) {
		t.Errorf("one name speaks against a person: %v", x.Against)
	}
}

// Nobody has jobs listed who is not flagged for them.
func TestNoJobs(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	d := detect(t, w.Table())
	for _, c := range d.run.Clusters {
		m, err := d.why.Member(c.Members[0].Account)
		if x := explain.NewIndex(d.table, nil).Cluster(c); err != nil || len(x.Jobs)+len(m.Jobs) > 0 {
			t.Errorf("%s: %v, %d and %d jobs", c.ID, err, len(x.Jobs), len(m.Jobs))
		}
	}
}
