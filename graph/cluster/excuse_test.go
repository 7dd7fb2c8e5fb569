package cluster_test

import (
	"fmt"
	"slices"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// look is an innocent explanation, a world in which it holds, and a neighbour of that world, in which it does not, which is flagged.
type look struct {
	name      string
	holds     func(w *graphtest.World)
	neighbour func(w *graphtest.World)
}

// crew adds n people with jobs, homes and lines of their own, and what each has beside it.
func crew(w *graphtest.World, n int, also func(i int, a graphtest.Account)) {
	for i := range n {
		a := worker(w, i).Login(line(i), 5, 200, 100).Home(home(i))
		also(i, a)
	}
}

// farm adds n people with jobs and homes of their own who live on one line, and what each has beside it.
func farm(w *graphtest.World, n int, also func(i int, a graphtest.Account)) {
	for i := range n {
		a := worker(w, i).Login(line(50), 5+i, 200, 100).ShipTo(home(50), 3)
		also(i, a)
	}
}

func machine(a graphtest.Account) { a.Device("serial:SHARED0001", 5, 200) }
func purse(a graphtest.Account)   { a.Payout(graphtest.Bank(1), 5, 200) }
func number(a graphtest.Account)  { a.Phone(graphtest.Phone(1), 5) }

// inTurn gives each two of three people another thing.
func inTurn(i int, a graphtest.Account) {
	if i != 0 {
		machine(a)
	}
	if i != 1 {
		purse(a)
	}
	if i != 2 {
		number(a)
	}
}

// afar has somebody sign in from an exit that all use, and from a line of their own, as well.
func afar(i int, a graphtest.Account) graphtest.Account {
	return a.Login(line(80), 5, 200, 15).Login(line(90+i), 5, 200, 15)
}

var looks = []look{
	{"people who live there", func(w *graphtest.World) {
		farm(w, 7, func(i int, a graphtest.Account) {
			machine(a.Home(home(60 + i/3)))
			if i > 2 {
				purse(a)
			}
		})
	}, func(w *graphtest.World) {
		farm(w, 7, func(i int, a graphtest.Account) {
			machine(afar(i, a.Home(home(60+i/3))))
			if i > 2 {
				purse(a)
			}
		})
	}},
	{"two explained things", func(w *graphtest.World) {
		twoThings(w)
	}, func(w *graphtest.World) {
		twoThings(w)
		for _, i := range []int{1, 5} {
			worker(w, i).Device("serial:SHARED0002", 5, 200)
		}
	}},
	{"one person or a couple", func(w *graphtest.World) {
		crew(w, 2, func(_ int, a graphtest.Account) { machine(a); purse(a) })
	}, func(w *graphtest.World) {
		crew(w, 3, func(_ int, a graphtest.Account) { machine(a); purse(a) })
	}},
	{"chance", func(w *graphtest.World) {
		crew(w, 4, func(_ int, a graphtest.Account) { machine(a) })
	}, func(w *graphtest.World) {
		crew(w, 4, func(_ int, a graphtest.Account) { machine(a); purse(a) })
	}},
	{"chance meetings", func(w *graphtest.World) {
		crew(w, 4, func(i int, a graphtest.Account) {
			machine(a)
			if i < 2 {
				purse(a)
			}
		})
	}, func(w *graphtest.World) {
		crew(w, 4, func(i int, a graphtest.Account) {
			machine(a)
			if i < 3 {
				purse(a)
			}
		})
	}},
	{"pairs of acquaintances", func(w *graphtest.World) {
		crew(w, 3, inTurn)
	}, func(w *graphtest.World) {
		crew(w, 3, func(i int, a graphtest.Account) {
			inTurn(i, a)
			a.ShipTo(home(50), 5)
		})
	}},
	{"household", func(w *graphtest.World) {
		for i := range 4 {
			a := worker(w, i).Login(line(50), 5, 200, 100).Home(home(50 + i/2))
			machine(a)
			purse(a)
		}
	}, func(w *graphtest.World) {
		for i := range 4 {
			a := worker(w, i).Login(line(50), 5, 200, 100).Home(home(50 + i))
			machine(a)
			purse(a)
		}
	}},
	{"one home and its guests", func(w *graphtest.World) {
		farm(w, 7, func(i int, a graphtest.Account) { a.Home(home(50 + max(0, i-4))) })
	}, func(w *graphtest.World) {
		farm(w, 7, func(i int, a graphtest.Account) {
			machine(afar(i, a.Home(home(60+max(0, i-4)))))
			if i > 2 {
				purse(a)
			}
		})
	}},
	{"one employer", func(w *graphtest.World) {
		for i := range 3 {
			own := fmt.Sprintf("me%d@mailbox-example.org", i)
			w.Account("okta:acme", fmt.Sprint(i), graphtest.Name(i)).Login(line(i), 5, 200, 100).Home(home(i)).Email(own)
			a := w.Account("freelance", fmt.Sprint(i), graphtest.Name(i)).Email(own)
			machine(a)
			purse(a)
		}
	}, func(w *graphtest.World) {
		for i := range 3 {
			own := fmt.Sprintf("me%d@mailbox-example.org", i)
			w.Account("okta:acme", fmt.Sprint(i), graphtest.Name(i)).Login(line(i), 5, 200, 100).Home(home(i)).Email(own)
			purse(w.Account(fmt.Sprintf("payroll:second%d", i), fmt.Sprint(i), graphtest.Name(i)).Email(own))
			machine(w.Account(fmt.Sprintf("okta:second%d", i), fmt.Sprint(i), graphtest.Name(i)).Email(own).Login(line(i), 5, 200, 50))
		}
	}},
	{"firm", func(w *graphtest.World) {
		for i := range 5 {
			a := worker(w, i).Login(line(i), 5, 200, 100)
			machine(a)
			purse(a)
		}
	}, func(w *graphtest.World) {
		crew(w, 5, func(_ int, a graphtest.Account) { machine(a); purse(a) })
	}},
	{"payees of one account", func(w *graphtest.World) {
		crew(w, 5, func(_ int, a graphtest.Account) { purse(a); number(a) })
	}, func(w *graphtest.World) {
		crew(w, 6, func(i int, a graphtest.Account) {
			a.Payout(graphtest.Bank(i/3), 5, 200).Phone(graphtest.Phone(i%3), 5).Email(fmt.Sprintf("box%d@mailbox-example.org", (i+i/3)%3))
		})
	}},
	{"shared flat", func(w *graphtest.World) {
		farm(w, 6, func(i int, a graphtest.Account) {
			if i < 2 {
				a.Home(home(i))
			}
		})
	}, func(w *graphtest.World) {
		farm(w, 6, func(i int, a graphtest.Account) { a.Home(home(i)) })
	}},
	{"flat-mates registered elsewhere", func(w *graphtest.World) {
		farm(w, 3, func(i int, a graphtest.Account) { a.Home(home(i)); number(a) })
	}, func(w *graphtest.World) {
		farm(w, 3, func(i int, a graphtest.Account) {
			a.Home(home(i)).See(ident.Device, graph.MFA, "serial:TOKEN00001", 5, 200, 50)
		})
	}},
	{"shared workplace", func(w *graphtest.World) {
		farm(w, 6, func(i int, a graphtest.Account) { a.Home(home(i)).Login(line(i), 5, 200, 80) })
	}, func(w *graphtest.World) {
		farm(w, 6, func(i int, a graphtest.Account) { a.Home(home(i)).Login(line(i), 5, 200, 30) })
	}},
	{"service", func(w *graphtest.World) {
		for i := range 3 {
			own := fmt.Sprintf("client%d@mailbox-example.org", i)
			worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Email(own)
			a := w.Account("taxes", fmt.Sprint(i), graphtest.Name(i)).Email(own)
			machine(a)
			purse(a)
		}
	}, func(w *graphtest.World) {
		for i := range 3 {
			own := fmt.Sprintf("client%d@mailbox-example.org", i)
			a := worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Email(own)
			machine(a)
			purse(w.Account("taxes", fmt.Sprint(i), graphtest.Name(i)).Email(own))
		}
	}},
}

// twoThings makes two small firms, of one of whose people each has a machine together.
func twoThings(w *graphtest.World) {
	for i := range 8 {
		a := worker(w, i).Login(line(i), 5, 200, 100).Payout(graphtest.Bank(i/4), 5, 200)
		if i%4 < 2 {
			a.Phone(graphtest.Phone(i/4), 5)
		}
		if i%4 == 0 {
			machine(a)
		}
	}
}

// Each innocent explanation holds where it should, and a world next to it is flagged all the same. Every explanation that is considered has such a pair.
func TestLookAlikes(t *testing.T) {
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			for _, holds := range []bool{true, false} {
				w := graphtest.New(t)
				build := l.neighbour
				if holds {
					build = l.holds
				}
				build(w)
				run := detect(t, w.Table())
				if len(run.Clusters) == 0 {
					t.Fatalf("holds %v: no cluster", holds)
				}
				c := run.Clusters[0]
				i := slices.IndexFunc(c.Considered, func(x graph.LookAlike) bool { return x.Name == l.name })
				if i < 0 || c.Considered[i].Holds != holds || c.Flagged == holds {
					t.Errorf("should hold: %v; flagged: %v; %+v", holds, c.Flagged, c.Considered)
					tell(t, run)
				}
				for _, x := range c.Considered {
					if !slices.ContainsFunc(looks, func(l look) bool { return l.name == x.Name }) {
						t.Errorf("%q is considered and has no story", x.Name)
					}
				}
			}
		})
	}
}
