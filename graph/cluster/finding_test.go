package cluster_test

import (
	"fmt"
	"slices"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// hosted makes a farm of four personas in the home of a host who is called about the parcels and had the purse first, with
// a flat-mate of the host, and the one whose name and home a persona uses. A second home belongs to it by the purse.
func hosted(t *testing.T) *graphtest.World {
	w := graphtest.New(t)
	worker(w, 9).Login(line(50), 1, 200, 100).Home(home(50)).Phone(graphtest.Phone(9), 1).Payout(graphtest.Bank(1), 1, 200)
	worker(w, 8).Login(line(50), 30, 200, 100).Login(line(8), 30, 200, 120).Home(home(50))
	for i := range 4 {
		worker(w, i).Login(line(50), 20+i, 190, 100).Home(home(i)).ShipTo(home(50), 20).
			See(ident.Phone, graph.ShipTo, graphtest.Phone(9), 20, 20, 1).Payout(graphtest.Bank(1), 30+i, 200)
	}
	for i := 4; i < 7; i++ {
		worker(w, i).Login(line(60), 20+i, 190, 100).Home(home(i)).ShipTo(home(60), 20).Payout(graphtest.Bank(1), 40+i, 200)
	}
	w.Account("okta:elsewhere", "victim", graphtest.Name(0)).Login(line(90), 5, 200, 100).Home(home(0)).Phone(graphtest.Phone(90), 5)
	return w
}

func onlyCluster(t *testing.T, run graph.Run) graph.Cluster {
	t.Helper()
	i := slices.IndexFunc(run.Clusters, func(c graph.Cluster) bool { return c.Flagged })
	if i < 0 {
		tell(t, run)
		t.Fatal("nothing is flagged")
	}
	return run.Clusters[i]
}

// The host is named first, the sites are told apart, and the flat-mate and the victim are set apart.
func TestRolesSitesAndThoseSetApart(t *testing.T) {
	c := onlyCluster(t, detect(t, hosted(t).Table()))
	if len(c.Candidates) == 0 || c.Candidates[0].Accounts[0].Native != "user9" {
		t.Errorf("candidates: %+v", c.Candidates)
	}
	sites, roles := map[string]string{}, map[string]string{}
	for _, m := range c.Members {
		sites[m.Account.Native], roles[m.Account.Native] = m.Site, m.Role
	}
	for i := range 4 {
		if u := fmt.Sprintf("user%d", i); sites[u] != "s1" || roles[u] != graph.RolePersona {
			t.Errorf("%s is a %q at %q", u, roles[u], sites[u])
		}
	}
	if sites["user5"] != "s2" || roles["user9"] != graph.RoleFacilitator || len(c.Sites) != 2 || c.Sites[1].Persons != 3 {
		t.Errorf("sites %+v; the other home is at %q, the host is a %q", c.Sites, sites["user5"], roles["user9"])
	}
	apart := map[string]string{}
	for _, a := range c.Apart {
		apart[a.Account.Native] = a.Role
	}
	if apart["victim"] != graph.RoleVictim {
		t.Errorf("the victim is not set apart: %v", apart)
	}
	if r := roles["user8"]; r != graph.RoleBystander && apart["user8"] != graph.RoleBystander {
		t.Errorf("the flat-mate is a %q, set apart %v", r, apart)
	}
}

// Without the purse the two homes fall apart, and that is said; members who hang on it alone are less stable.
func TestWhatIfAndStability(t *testing.T) {
	c := onlyCluster(t, detect(t, hosted(t).Table()))
	i := slices.IndexFunc(c.Dropped, func(w graph.WhatIf) bool { return w.Family == graph.Money })
	if i < 0 {
		t.Fatalf("the purse is not told: %+v", c.Dropped)
	}
	if w := c.Dropped[i]; len(w.Pieces)+w.Lost < 2 {
		t.Errorf("without the purse: %+v", w)
	}
	if c.Stability <= 0 || c.Stability > 1 {
		t.Errorf("stability %v", c.Stability)
	}
	for _, m := range c.Members {
		if m.Stability < 0 || m.Stability > 1 {
			t.Errorf("%+v", m)
		}
	}
	if c.Lowest > 1 || c.Highest < 1 {
		t.Errorf("found from %v to %v times the resolution", c.Lowest, c.Highest)
	}
	o := cluster.Defaults()
	o.Replicates = 0
	if c := onlyCluster(t, detectWith(t, hosted(t), o)); c.Stability != 0 {
		t.Errorf("stability %v without replicates", c.Stability)
	}
}

// A ring in which nobody stands out has no candidate: nobody is named for want of a better one.
func TestNobodyIsACandidate(t *testing.T) {
	w := graphtest.New(t)
	for i := range 4 {
		worker(w, i).Login(line(i), 5, 200, 100).Home(home(i)).Device("serial:RINGPC0001", 5, 200).Payout(graphtest.Bank(1), 5, 200)
	}
	if c := onlyCluster(t, detect(t, w.Table())); len(c.Candidates) != 0 {
		t.Errorf("candidates: %+v", c.Candidates)
	}
}

// One name that works at five employers at once is flagged by itself; at three it is not, nor when the jobs follow each other,
// and applications are no jobs.
func TestStackedJobs(t *testing.T) {
	for name, test := range map[string]struct {
		jobs, apart int
		applies     bool
		flagged     bool
	}{
		"five at once": {5, 0, false, true}, "three at once": {3, 0, false, false}, "six in a row": {6, 50, false, false}, "twenty applications": {3, 0, true, false},
	} {
		w := graphtest.New(t)
		for i := range test.jobs {
			w.Account(fmt.Sprintf("okta:employer%d", i), "me", graphtest.Name(1)).Login(line(1), 5+i*test.apart, 65+i*test.apart, 60).
				Email("me@mailbox-example.org").Home(home(1))
		}
		for i := range 20 {
			if test.applies {
				w.Account(fmt.Sprintf("ats:firm%d", i), "cand", graphtest.Name(1)).Email("me@mailbox-example.org")
			}
		}
		run := detect(t, w.Table())
		if got := run.Counts.Flagged == 1; got != test.flagged {
			t.Errorf("%s: flagged %v", name, got)
		}
		for _, c := range run.Clusters {
			if c.Flagged && (c.Persons != 1 || c.Members[0].Role != graph.RoleLender || !c.Members[0].Flagged || len(c.Reasons) != 1) {
				t.Errorf("%s: %+v", name, c.Members)
			}
		}
	}
}

// Whom nothing but the order of the accounts puts first is not called the facilitator.
func TestTiedCandidatesHaveNoRole(t *testing.T) {
	w := graphtest.New(t)
	for i := range 6 {
		a := worker(w, i).Login(line(50), 5, 200, 100).Home(home(i))
		machine(a)
		purse(a)
	}
	c := onlyCluster(t, detect(t, w.Table()))
	if len(c.Candidates) < 2 || c.Candidates[0].Score-c.Candidates[1].Score >= graph.ClearLead {
		t.Fatalf("the first candidate stands out: %+v", c.Candidates)
	}
	for _, m := range c.Members {
		if m.Role != graph.RolePersona {
			t.Errorf("%s is a %q", m.Account.Native, m.Role)
		}
	}
}
