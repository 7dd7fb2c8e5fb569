package cluster_test

import (
	"fmt"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// story is a small world; n persons of it are to be flagged (as members), and clusters are to be there.
type story struct {
	name     string
	build    func(w *graphtest.World)
	flagged  int    // accounts flagged
	clusters int    // -1: any number
	reason   string // a reason the first cluster must give, in part
}

// worker adds a person with a job at an employer of their own, a home and a line of their own.
func worker(w *graphtest.World, i int) graphtest.Account {
	return w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprintf("user%d", i), graphtest.Name(i))
}

func home(i int) string { return graphtest.Address(100 + i) }
func line(i int) string { return graphtest.IP(100 + 7*i) }

var stories = []story{
	{"a small farm: line, door and purse", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5+i, 200, 100).ShipTo(home(50), 3)
			pay := w.Account(fmt.Sprintf("adp:employer%d", i), "x", graphtest.Name(i)).Home(home(i))
			if i < 2 {
				pay.Payout(graphtest.Bank(1), 10, 200)
			}
		}
	}, 8, 1, "families of evidence"},
	{"a household: everything of the same, and one home", func(w *graphtest.World) {
		for i := range 5 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(50)).ShipTo(home(50), 3).Payout(graphtest.Bank(1), 5, 200).
				Phone(graphtest.Phone(1), 4).Device("serial:FAMILYPC01", 10, 200)
		}
	}, 0, 1, "household"},
	{"a household in two spellings", func(w *graphtest.World) {
		for i := range 4 {
			h := "12 North Walnut Street, Springfield, IL 62701"
			if i%2 == 0 {
				h = "12 N. Walnutt St Springfield IL 62701-1234"
			}
			worker(w, i).Login(line(50), 5, 200, 100).Home(h).ShipTo(h, 3).Device("serial:FAMILYPC01", 10, 200)
		}
	}, 0, 1, "household"},
	{"a household whose home nobody knows", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Device("serial:FAMILYPC01", 10, 200).ShipTo(home(50), 3)
		}
	}, 0, 1, "they could live in one home"},
	{"flat-mates registered with their parents", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).ShipTo(home(50), 3)
		}
	}, 0, 1, "registered elsewhere"},
	{"a family business in two houses", func(w *graphtest.World) {
		for i := range 6 {
			worker(w, i).Login(line(50+i%2), 5, 200, 100).Home(home(50+i%2)).Payout(graphtest.Bank(1), 5, 200).
				Device(fmt.Sprintf("serial:SHOPPC%02d", i/3), 10, 200)
		}
	}, 0, 1, "they could live in 2 homes"},
	{"spouses with a joint account", func(w *graphtest.World) {
		for i := range 2 {
			worker(w, i).Login(line(50), 5, 200, 100).Payout(graphtest.Bank(1), 5, 200).Phone(graphtest.Phone(1), 4)
		}
	}, 0, -1, ""},
	{"a line recycled after a month", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5+80*i, 40+80*i, 100).Home(home(i))
		}
	}, 0, 0, ""},
	{"a line handed over within hours", func(w *graphtest.World) {
		for i := range 3 {
			worker(w, i).Login(line(50), 5+40*i, 44+40*i, 100).Home(home(i))
		}
	}, 0, 0, ""},
	{"a laptop handed on once", func(w *graphtest.World) {
		worker(w, 0).Login(line(0), 5, 200, 100).Home(home(0)).Device("serial:LOANER0001", 5, 100)
		worker(w, 1).Login(line(1), 5, 200, 100).Home(home(1)).Device("serial:LOANER0001", 110, 200)
	}, 0, 0, ""},
	{"an agency: one office, door and phone, clients everywhere", func(w *graphtest.World) {
		for i := range 12 {
			worker(w, i).Login(line(50), 5, 200, 200).Login(line(i), 5, 200, 50).ShipTo(home(50), 3)
			w.Account("adp:agency", fmt.Sprint(i), graphtest.Name(i)).Home(home(i)).Employer("Agency Inc", 5, 200).
				Email(fmt.Sprintf("staff%d@gmail.com", i)).Phone(graphtest.Phone(1), 5)
		}
	}, 0, -1, ""},
	{"a tax preparer: one machine, account and phone on many clients", func(w *graphtest.World) {
		for i := range 8 {
			worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Email(fmt.Sprintf("client%d@gmail.com", i))
			w.Account("taxes", fmt.Sprint(i), graphtest.Name(i)).Email(fmt.Sprintf("client%d@gmail.com", i)).
				Device("serial:TAXDESK001", 60, 90).Payout(graphtest.Bank(1), 60, 90).Phone(graphtest.Phone(1), 60)
		}
	}, 0, -1, ""},
	{"the same with too few clients to call it a service", func(w *graphtest.World) {
		for i := range 3 {
			worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Email(fmt.Sprintf("client%d@gmail.com", i))
			w.Account("taxes", fmt.Sprint(i), graphtest.Name(i)).Email(fmt.Sprintf("client%d@gmail.com", i)).
				Device("serial:TAXDESK001", 60, 90).Payout(graphtest.Bank(1), 60, 90)
		}
	}, 0, 1, "tied by one account each"},
	{"a guardian paid for five wards", func(w *graphtest.World) {
		for i := range 5 {
			worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Payout(graphtest.Bank(1), 5, 200).
				See(ident.Phone, graph.Registered, graphtest.Phone(1), 5, 5, 1)
		}
	}, 0, 1, "who is paid is not who works"},
	{"ghost employees", func(w *graphtest.World) {
		for i := range 4 {
			w.Account("adp:bigco", fmt.Sprintf("g%d", i), graphtest.Name(i)).Payout(graphtest.Bank(1), 5, 200)
		}
		for i := range 5 {
			w.Account("okta:bigco", fmt.Sprint(i), graphtest.Name(50+i)).Login(line(i), 5, 200, 100)
			w.Account("adp:bigco", fmt.Sprint(i), graphtest.Name(50+i)).Payout(graphtest.Bank(10+i), 5, 200)
		}
	}, 4, 1, "never sign in"},
	{"five names and homes with one machine, purse and number", func(w *graphtest.World) {
		for i := range 5 {
			worker(w, i).Login(line(i), 5, 200, 100).Home(home(i)).Payout(graphtest.Bank(1), 5, 200).Phone(graphtest.Phone(1), 4).
				Device("serial:PASSEDON01", 5+10*i, 200)
		}
	}, 5, -1, ""},
	{"a family of five with one machine, purse and number", func(w *graphtest.World) {
		for i := range 5 {
			worker(w, i).Login(line(1), 5, 200, 100).Home(home(1)).Payout(graphtest.Bank(1), 5, 200).Phone(graphtest.Phone(1), 4).
				Device("serial:PASSEDON01", 5+10*i, 200)
		}
	}, 0, -1, ""},
	{"wards of a guardian, at employers where others sign in", func(w *graphtest.World) {
		for i := range 4 {
			w.Account(fmt.Sprintf("payroll:firm%d", i), fmt.Sprint(i), graphtest.Name(i)).Home(home(i)).Payout(graphtest.Bank(1), 5, 200)
			for j := range 3 {
				n := 50 + 10*i + j
				w.Account(fmt.Sprintf("okta:firm%d", i), fmt.Sprint(n), graphtest.Name(n)).Login(line(n), 5, 200, 100)
			}
		}
	}, 0, -1, ""},
	{"a payroll card of people without accounts", func(w *graphtest.World) {
		for i := range 4 {
			w.Account("adp:bigco", fmt.Sprintf("g%d", i), graphtest.Name(i)).Payout(graphtest.Bank(1), 5, 200)
		}
	}, 0, 0, ""},
	{"a planted number: the framed one is shown, not flagged", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Device("serial:FARMPC0001", 5, 200).Home(home(i)).Phone(graphtest.Phone(1), 5)
		}
		worker(w, 9).Login(line(9), 5, 200, 100).Home(home(9)).Phone(graphtest.Phone(1), 5)
	}, 4, 1, "shown and not counted"},
	{"the host's family lives where the parcels go", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).ShipTo(home(50), 3).Payout(graphtest.Bank(1), 5, 200).See(ident.Phone, graph.ShipTo, graphtest.Phone(1), 5, 5, 1)
		}
		worker(w, 8).Login(line(50), 5, 200, 100).Home(home(50)).Phone(graphtest.Phone(1), 5)
		worker(w, 9).Login(line(50), 5, 200, 100).Home(home(50))
	}, 5, 1, "shown and not counted"},
	{"somebody who lives alone where the parcels go, and may be the host or not", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).ShipTo(home(50), 3).Payout(graphtest.Bank(1), 5, 200)
		}
		worker(w, 8).Login(line(50), 5, 200, 100).Home(home(50))
	}, 4, 1, "families of evidence"},
	{"a host who is called about parcels", func(w *graphtest.World) {
		for i := range 4 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).ShipTo(home(50), 3).Payout(graphtest.Bank(1), 5, 200).See(ident.Phone, graph.ShipTo, graphtest.Phone(1), 3, 3, 1)
		}
		worker(w, 8).Login(line(50), 5, 200, 100).Home(home(50)).Phone(graphtest.Phone(1), 5)
	}, 5, 1, "families of evidence"},
	{"an account broker: opened on one line, worked on elsewhere, paid to two purses", func(w *graphtest.World) {
		for i := range 8 {
			w.Account("freelance", fmt.Sprintf("acc%d", i), graphtest.Name(i)).Login(line(50), 10*i, 10*i+2, 5).Login(line(60+i), 10*i+4, 200, 100).
				Home(home(i)).Payout(graphtest.Bank(i%2), 10*i+20, 200)
		}
	}, 8, 1, "families of evidence"},
	{"friends who opened accounts at one place and go on using it", func(w *graphtest.World) {
		for i := range 8 {
			w.Account("freelance", fmt.Sprintf("acc%d", i), graphtest.Name(i)).Login(line(50), 10*i, 10*i+2, 5).Login(line(50), 150+5*i, 151+5*i, 2).
				Login(line(60+i), 10*i+4, 200, 100).Home(home(i))
		}
	}, 0, -1, ""},
	{"a recruiter and a referee service", func(w *graphtest.World) {
		for i := range 6 {
			worker(w, i).Login(line(i), 5, 200, 100).Home(home(i)).
				See(ident.Email, graph.Recruiter, "recruiter@staffing-example.com", 5, 5, 1).
				See(ident.Phone, graph.Recruiter, graphtest.Phone(1), 5, 5, 1).
				See(ident.Email, graph.Referee, "referee@staffing-example.com", 5, 5, 1)
		}
	}, 0, 0, ""},
	{"placeholders, role mailboxes, private lines and common tags", func(w *graphtest.World) {
		for i := range 6 {
			worker(w, i).Login("192.168.1.10", 5, 200, 100).Login(line(i), 5, 200, 100).Home(home(i)).
				See(ident.Phone, graph.Registered, "(312) 555-0100", 5, 5, 1).See(ident.Email, graph.Registered, "noreply@employer.com", 5, 5, 1).
				See(ident.Device, graph.Login, "To be filled by O.E.M.", 5, 100, 10).See(ident.Payment, graph.Payout, "026073150", 5, 100, 1).
				See(ident.Tag, graph.Registered, "contractor", 5, 5, 1)
		}
	}, 0, 0, ""},
	{"an identity document of persona and victim", func(w *graphtest.World) {
		worker(w, 0).Login(line(0), 5, 200, 100).Home(home(0)).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		w.Account("okta:other", "thief", graphtest.Name(0)).Login(line(1), 5, 200, 100).Home(home(0)).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
	}, 0, 0, ""},
	{"one document on three names", func(w *graphtest.World) {
		for i := range 3 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		}
	}, 3, 1, "families of evidence"},
	{"sanctioned entities without times", func(w *graphtest.World) {
		for i := range 2 {
			w.Account("ofac", fmt.Sprintf("a%d", i), graphtest.Name(i)).See(ident.Email, graph.Registered, "front@shell-example.com", 0, 0, 1)
			w.Account("ofac", fmt.Sprintf("b%d", i), graphtest.Name(10+i)).See(ident.Phone, graph.Registered, graphtest.Phone(1), 0, 0, 1)
			w.Account("ofac", fmt.Sprintf("c%d", i), graphtest.Name(20+i)).See(ident.Payment, graph.Registered, "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe", 0, 0, 1)
			w.Account("ofac", fmt.Sprintf("d%d", i), graphtest.Name(30+i)).See(ident.Website, graph.Registered, "https://shell-example.org", 0, 0, 1)
		}
		for i := range 8 { // a registered agent's address
			w.Account("ofac", fmt.Sprintf("e%d", i), graphtest.Name(40+i)).Home("1209 Orange St, Wilmington, DE 19801")
		}
	}, 0, 4, "different full names: 2"},
}

func TestStories(t *testing.T) {
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			w := graphtest.New(t)
			s.build(w)
			r := detect(t, w.Table())
			n := 0
			for _, as := range flagged(r) {
				n += len(as)
			}
			if n != s.flagged {
				t.Errorf("%d accounts flagged, want %d", n, s.flagged)
			}
			if s.clusters >= 0 && len(r.Clusters) != s.clusters {
				t.Errorf("%d clusters, want %d", len(r.Clusters), s.clusters)
			}
			if s.reason != "" && (len(r.Clusters) == 0 || !strings.Contains(strings.Join(r.Clusters[0].Reasons, "\n"), s.reason)) {
				t.Errorf("no reason says %q", s.reason)
			}
			if t.Failed() {
				tell(t, r)
			}
		})
	}
}

// tell logs what was found; the people in it are made up.
func tell(t *testing.T, r graph.Run) {
	t.Helper()
	for _, c := range r.Clusters {
		t.Logf("%s score %.2f flagged %v families %v: %q", c.ID, c.Score, c.Flagged, c.Families, c.Reasons)
		for _, e := range c.Evidence {
			t.Logf("   %s %s %.2f %d of %d %s", e.Identifier.Key(), e.Class, e.Points, e.Inside, e.Holders, e.Note)
		}
		for _, m := range c.Members {
			t.Logf("   %s/%s %s %.2f %v", m.Account.Platform, m.Account.Native, m.Person, m.Points, m.Flagged)
		}
	}
	for _, h := range r.Hubs {
		t.Logf("hub %s %s %d: %s", h.Identifier.Key(), h.Class, h.Holders, h.Reason)
	}
}
