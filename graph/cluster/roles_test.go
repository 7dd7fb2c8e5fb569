package cluster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// memberOf returns what a run says of an account by its own name, as flagged, shown or "".
func memberOf(r graph.Run, native string) string {
	for _, c := range r.Clusters {
		for _, m := range c.Members {
			switch {
			case m.Account.Native != native:
			case m.Flagged:
				return "flagged"
			default:
				return "shown"
			}
		}
	}
	return ""
}

// Beside a farm stands somebody who has something of it. Who has a life of their own, and may have it without their doing, is not
// flagged; who has nothing else is.
func TestPassing(t *testing.T) {
	const somebody = 20
	for _, test := range []struct {
		name string
		do   func(w *graphtest.World, a graphtest.Account) // what somebody does; the account is at an employer of their own
		want bool                                          // flagged
	}{
		{"a number put on a profile", func(_ *graphtest.World, a graphtest.Account) {
			number(a.Login(line(20), 5, 300, 100).Home(home(20)))
		}, false},
		{"a purse for three weeks, beside their own", func(_ *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(20), 5, 300).Payout(graphtest.Bank(1), 50, 70)
		}, false},
		{"a purse for three weeks, and none of their own", func(_ *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(1), 50, 70)
		}, false},
		{"a purse beside their own", func(_ *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(20), 5, 300).Payout(graphtest.Bank(1), 5, 300)
		}, false},
		{"a purse and a machine, beside their own", func(_ *graphtest.World, a graphtest.Account) {
			machine(a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(20), 5, 300).Payout(graphtest.Bank(1), 5, 300).Device("serial:OWN0000020", 5, 300))
		}, false},
		{"the purse, and no other", func(_ *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(1), 5, 300)
		}, true},
		{"the purse and the machine, and no other", func(_ *graphtest.World, a graphtest.Account) {
			machine(a.Login(line(20), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(1), 5, 300))
		}, true},
		{"the line, the purse and the number: a persona", func(_ *graphtest.World, a graphtest.Account) {
			number(a.Login(line(50), 5, 300, 100).Home(home(20)).Payout(graphtest.Bank(1), 5, 300))
		}, true},
		{"two accounts with the number, beside a life on another", func(w *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Email("own@mailbox-example.org")
			for _, market := range []string{"freelance", "marketplace"} {
				number(w.Account(market, "somebody's", graphtest.Name(somebody)).Email("own@mailbox-example.org"))
			}
		}, true},
		{"one account with the number, beside a life on another", func(w *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Email("own@mailbox-example.org")
			number(w.Account("freelance", "somebody's", graphtest.Name(somebody)).Email("own@mailbox-example.org"))
		}, false},
		{"one account with the machine, beside a life on others", func(w *graphtest.World, a graphtest.Account) {
			a.Login(line(20), 5, 300, 100).Home(home(20)).Email("own@mailbox-example.org")
			machine(w.Account("freelance", "somebody's", graphtest.Name(somebody)).Email("own@mailbox-example.org"))
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := graphtest.New(t)
			farm(w, 5, func(i int, a graphtest.Account) {
				a.Home(home(i))
				if i < 4 {
					machine(a)
				}
				if i > 0 {
					purse(a)
				}
				if i == 2 {
					number(a)
				}
			})
			test.do(w, worker(w, somebody))
			run := detect(t, w.Table())
			if memberOf(run, "user1") != "flagged" {
				t.Error("the farm itself is not flagged")
			}
			if got := memberOf(run, fmt.Sprint("user", somebody)); (got == "flagged") != test.want {
				t.Errorf("they are %q", got)
			}
			if t.Failed() {
				tell(t, run)
			}
		})
	}
}

// clued is a thing that speaks for somebody as the one who runs a ring, or against: a ring of six, and what user9 does beside it.
type clued struct {
	name string
	do   func(w *graphtest.World, ring []graphtest.Account)
	says string // what the first candidate's reasons say of user9; "" when user9 is to be no candidate
}

var clueds = []clued{
	{"lives where the parcels go", func(w *graphtest.World, ring []graphtest.Account) {
		worker(w, 9).Login(line(50), 20, 200, 100).Home(home(50))
	}, "lives where equipment of 6 others is sent"},
	{"is called about the parcels", func(w *graphtest.World, ring []graphtest.Account) {
		for _, a := range ring {
			a.See(ident.Phone, graph.ShipTo, graphtest.Phone(9), 20, 20, 1)
		}
		purse(worker(w, 9).Login(line(50), 20, 200, 100).Home(home(9)).Phone(graphtest.Phone(9), 5))
	}, "is called about parcels of 6 others"},
	{"was paid first", func(w *graphtest.World, _ []graphtest.Account) {
		worker(w, 9).Login(line(50), 20, 200, 100).Home(home(9)).Payout(graphtest.Bank(1), 1, 200)
	}, "was paid into a purse before the 6 others were"},
	{"gets back into the accounts", func(w *graphtest.World, ring []graphtest.Account) {
		for _, a := range ring {
			a.See(ident.Email, graph.Recovery, "boss@mailbox-example.org", 20, 20, 1)
		}
		purse(worker(w, 9).Login(line(50), 20, 200, 100).Home(home(9)).Email("boss@mailbox-example.org"))
	}, "get back into their accounts"},
	{"was there first, and longest", func(w *graphtest.World, _ []graphtest.Account) {
		purse(worker(w, 9).Login(line(50), 1, 290, 100).Home(home(9)))
	}, "was on the line before all others"},
	{"is as the others", func(w *graphtest.World, _ []graphtest.Account) {
		worker(w, 9).Login(line(50), 20, 200, 100).Login(line(9), 20, 200, 70).Home(home(9)).ShipTo(home(50), 20).Payout(graphtest.Bank(1), 20, 200)
	}, ""},
}

func TestCandidates(t *testing.T) {
	for _, c := range clueds {
		t.Run(c.name, func(t *testing.T) {
			w := graphtest.New(t)
			var ring []graphtest.Account
			for i := range 6 {
				ring = append(ring, worker(w, i).Login(line(50), 20, 200, 100).Login(line(70), 20, 200, 30).Home(home(i)).ShipTo(home(50), 20).Payout(graphtest.Bank(1), 20, 200))
			}
			c.do(w, ring)
			run := detect(t, w.Table())
			found := onlyCluster(t, run)
			i := slices.IndexFunc(found.Candidates, func(x graph.Candidate) bool { return x.Accounts[0].Native == "user9" })
			switch {
			case c.says == "" && len(found.Candidates) > 0:
				t.Errorf("candidates %+v", found.Candidates)
			case c.says != "" && (i != 0 || !strings.Contains(strings.Join(found.Candidates[0].Reasons, "\n"), c.says)):
				t.Errorf("candidate %d: %+v", i, found.Candidates)
				tell(t, run)
			}
		})
	}
}

// Nobody is set apart who has nothing to do with it; the victim of a name only is not known. A name without the home, or the home without the name, is nobody's.
func TestVictims(t *testing.T) {
	for name, test := range map[string]struct {
		named, housed bool
		want          string
	}{"name and home": {true, true, graph.RoleVictim}, "name only": {true, false, ""}, "home only": {false, true, ""}} {
		w := graphtest.New(t)
		farm(w, 4, func(i int, a graphtest.Account) { machine(a.Home(home(i))); purse(a) })
		who, where := graphtest.Name(77), home(77)
		if test.named {
			who = graphtest.Name(2)
		}
		if test.housed {
			where = home(2)
		}
		w.Account("okta:elsewhere", "owner", who).Login(line(90), 5, 200, 100).Home(where)
		got := ""
		c := onlyCluster(t, detect(t, w.Table()))
		for _, a := range c.Apart {
			if a.Account.Native == "owner" {
				got = a.Role
			}
		}
		if got != test.want {
			t.Errorf("%s: set apart as %q, want %q", name, got, test.want)
		}
		for _, m := range c.Members {
			if m.Account.Native == "owner" {
				t.Errorf("%s: the owner is a member", name)
			}
		}
	}
}

// Two homes of one ring are two sites, told by the lines that people live on, or, without lines, by the doors; whom nothing places has none.
func TestSites(t *testing.T) {
	w := graphtest.New(t)
	for i := range 9 {
		a := worker(w, i).Home(home(i)).Payout(graphtest.Bank(1), 20, 200)
		machine(a)
		switch i / 3 {
		case 0:
			a.Login(line(50), 20, 200, 100)
		case 1:
			a.Login(line(60), 20, 200, 100).ShipTo(home(60), 20)
		case 2:
			a.ShipTo(home(70), 20)
		}
	}
	last := worker(w, 9).Home(home(9)).Login(line(90), 20, 200, 100).Payout(graphtest.Bank(1), 20, 200)
	machine(last)
	c := onlyCluster(t, detect(t, w.Table()))
	got := map[string][]string{}
	for _, m := range c.Members {
		got[m.Site] = append(got[m.Site], m.Account.Native)
	}
	want := map[string][]string{"s1": {"user0", "user1", "user2"}, "s2": {"user3", "user4", "user5"}, "s3": {"user6", "user7", "user8"}, "": {"user9"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(c.Sites) != 3 || len(c.Sites[1].Identifiers) != 2 {
		t.Errorf("%+v", c.Sites)
	}
}

// Who stays without a value does not hang on it: a pair of one value goes when it is left out, and members of many values stay.
func TestStability(t *testing.T) {
	stable := func(values int) float64 {
		w := graphtest.New(t)
		crew(w, 5, func(i int, a graphtest.Account) {
			machine(a)
			for v := range values {
				a.Payout(graphtest.Bank(1+v), 5, 200).Device(fmt.Sprintf("serial:MORE%05d", v), 5, 200)
			}
		})
		return detect(t, w.Table()).Clusters[0].Stability
	}
	few, many := stable(0), stable(4)
	if few <= .3 || few >= .95 || many < .99 {
		t.Errorf("one value: %v, nine: %v", few, many)
	}
	o := cluster.Defaults()
	o.LeaveOut = 0
	w := graphtest.New(t)
	crew(w, 3, func(_ int, a graphtest.Account) { machine(a) })
	if c := detectWith(t, w, o).Clusters[0]; c.Stability != 1 {
		t.Errorf("nothing is left out, and it is found %v of the times", c.Stability)
	}
}

// Who lives at a site of a flagged cluster, and is no member, is a bystander: shown apart, with no flag.
func TestBystanders(t *testing.T) {
	w := graphtest.New(t)
	farm(w, 5, func(i int, a graphtest.Account) { machine(a.Home(home(i))); purse(a) })
	purse(worker(w, 7).Login(line(50), 1, 200, 100).Home(home(50))) // the host
	worker(w, 8).Login(line(8), 5, 200, 100).Home(home(50))
	run := detect(t, w.Table())
	c := onlyCluster(t, run)
	i := slices.IndexFunc(c.Apart, func(a graph.Apart) bool { return a.Account.Native == "user8" })
	if memberOf(run, "user8") == "flagged" || memberOf(run, "user7") != "flagged" || memberOf(run, "user8") == "" && (i < 0 || c.Apart[i].Role != graph.RoleBystander) {
		t.Errorf("user8 is %q, set apart %+v", memberOf(run, "user8"), c.Apart)
	}
}

// Somebody with five jobs at once is flagged by themselves in a household that is not, and nobody else of it.
func TestStackedInAHousehold(t *testing.T) {
	w := graphtest.New(t)
	for i := range 3 {
		jobs := 1
		if i == 0 {
			jobs = 5
		}
		for j := range jobs {
			a := w.Account(fmt.Sprintf("okta:firm%d-%d", i, j), fmt.Sprint("p", i), graphtest.Name(i)).Login(line(50), 5, 200, 50).Home(home(50)).Email(fmt.Sprintf("p%d@mailbox-example.org", i))
			machine(a)
		}
	}
	run := detect(t, w.Table())
	if memberOf(run, "p0") != "flagged" || memberOf(run, "p1") == "flagged" || memberOf(run, "p2") == "flagged" {
		t.Errorf("flagged: %q, %q, %q", memberOf(run, "p0"), memberOf(run, "p1"), memberOf(run, "p2"))
		tell(t, run)
	}
}
