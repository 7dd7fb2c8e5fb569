package linkage_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// seatsOf returns how many jobs at once, and how many at all, somebody has who does this.
func seatsOf(t *testing.T, do func(w *graphtest.World, account func(platform string) graphtest.Account)) (seats, jobs int) {
	t.Helper()
	m := evidence(t, build(t, func(w *graphtest.World) {
		do(w, func(platform string) graphtest.Account {
			return w.Account(platform, "me", "Ada Example").Email("ada@mailbox-example.org")
		})
	}))
	if m.Persons.Len() != 1 {
		t.Fatalf("%d persons", m.Persons.Len())
	}
	return m.Seats(0), len(m.Jobs(0))
}

// How many jobs somebody holds at one time: sign-ins and pay are not added up, jobs that follow each other may overlap by some weeks, and
// applications are none.
func TestSeats(t *testing.T) {
	type as = func(platform string) graphtest.Account
	for _, test := range []struct {
		name        string
		do          func(w *graphtest.World, account as)
		seats, jobs int
	}{
		{"none", func(_ *graphtest.World, a as) { a("github") }, 0, 0},
		{"one", func(_ *graphtest.World, a as) { a("okta:one").Login(graphtest.IP(1), 1, 200, 50) }, 1, 1},
		{"three side by side", func(_ *graphtest.World, a as) {
			for i := range 3 {
				a(fmt.Sprintf("okta:e%d", i)).Login(graphtest.IP(1), 10*i, 200, 50)
			}
		}, 3, 3},
		{"three in a row", func(_ *graphtest.World, a as) {
			for i := range 3 {
				a(fmt.Sprintf("okta:e%d", i)).Login(graphtest.IP(1), 100*i, 100*i+99, 50)
			}
		}, 1, 3},
		{"three in a row, with three weeks of both", func(_ *graphtest.World, a as) {
			for i := range 3 {
				a(fmt.Sprintf("okta:e%d", i)).Login(graphtest.IP(1), 100*i, 100*i+121, 50)
			}
		}, 1, 3},
		{"three in a row, with six weeks of both", func(_ *graphtest.World, a as) {
			for i := range 3 {
				a(fmt.Sprintf("okta:e%d", i)).Login(graphtest.IP(1), 100*i, 100*i+142, 50)
			}
		}, 2, 3},
		{"paid by an agency, signs in at its client", func(_ *graphtest.World, a as) {
			a("payroll:agency").Payout(graphtest.Bank(1), 1, 200)
			a("okta:client").Login(graphtest.IP(1), 1, 200, 50)
		}, 1, 2},
		{"paid and signs in at one", func(_ *graphtest.World, a as) {
			a("payroll:one").Payout(graphtest.Bank(1), 1, 200)
			a("okta:one").Login(graphtest.IP(1), 1, 200, 50)
		}, 1, 1},
		{"paid by two", func(_ *graphtest.World, a as) {
			a("payroll:one").Payout(graphtest.Bank(1), 1, 200)
			a("payroll:two").Payout(graphtest.Bank(1), 1, 200)
		}, 2, 2},
		{"a profile that nobody works on", func(_ *graphtest.World, a as) {
			a("okta:one").Login(graphtest.IP(1), 1, 200, 50)
			a("hr:two").Phone(graphtest.Phone(1), 1)
		}, 1, 1},
		{"a second factor is a sign-in", func(_ *graphtest.World, a as) {
			a("okta:one").Login(graphtest.IP(1), 1, 200, 50)
			a("okta:two").See(ident.Phone, graph.MFA, graphtest.Phone(1), 1, 200, 20)
		}, 2, 2},
		{"applications", func(_ *graphtest.World, a as) {
			a("okta:one").Login(graphtest.IP(1), 1, 200, 50)
			for i := range 5 {
				a(fmt.Sprintf("greenhouse:e%d", i)).Phone(graphtest.Phone(1), 50)
			}
		}, 1, 1},
		{"times not known", func(_ *graphtest.World, a as) {
			a("okta:one").Login(graphtest.IP(1), 0, 0, 50)
			a("okta:two").Login(graphtest.IP(1), 0, 0, 50)
		}, 0, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			if seats, jobs := seatsOf(t, test.do); seats != test.seats || jobs != test.jobs {
				t.Errorf("%d at once of %d, want %d of %d", seats, jobs, test.seats, test.jobs)
			}
		})
	}
}

// A job lasts from the first to the last that any account of the employer's says, payroll and directory together.
func TestJobs(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		w.Account("okta:one", "a", "Ada Example").Email("ada@mailbox-example.org").Login(graphtest.IP(1), 20, 90, 50)
		w.Account("payroll:one", "a", "Ada Example").Email("ada@mailbox-example.org").Payout(graphtest.Bank(1), 10, 120)
		w.Account("okta:two", "a", "Ada Example").Email("ada@mailbox-example.org").Login(graphtest.IP(1), 130, 150, 50)
	}))
	var got []linkage.Job
	for _, j := range m.Jobs(0) {
		got = append(got, linkage.Job{First: j.First, Last: j.Last})
	}
	want := []linkage.Job{{First: graphtest.Day(10), Last: graphtest.Day(120)}, {First: graphtest.Day(130), Last: graphtest.Day(150)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Who signs in from lines that nobody else has, and how much of it: rows that go beyond the time count for the part that does not.
func TestOwnLine(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		job(w, 0).Login(graphtest.IP(1), 0, 100, 60).Login(graphtest.IP(2), 50, 100, 40).Login(graphtest.IP(3), 0, 0, 500)
		job(w, 1).Login(graphtest.IP(1), 0, 100, 60)
		job(w, 2).Email("nobody@mailbox-example.org")
	}))
	for _, test := range []struct {
		person    uint32
		from, to  int
		low, high float64
	}{
		{0, 0, 100, .4, .4},        // 40 of 100; what has no time does not count
		{0, 0, 49, 0, 0},           // before
		{0, 50, 100, .56, .58},     // 40 beside half of 60
		{0, 75, 100, .56, .58},     // 20 beside a quarter of 60
		{1, 0, 100, 0, 0},          // no line of their own
		{2, 0, 100, 0, 0},          // no sign-in
		{0, 200, 300, 0, 0},        // at no such time
		{0, -20000, 20000, .4, .4}, // of all times
	} {
		got := m.OwnLine(test.person, graphtest.Day(test.from), graphtest.Day(test.to))
		if got < test.low-1e-9 || got > test.high+1e-9 {
			t.Errorf("person %d, days %d to %d: %v, want %v to %v", test.person, test.from, test.to, got, test.low, test.high)
		}
	}
}

// An address that a stranger had before or after is somebody's own all the same.
func TestOwnLineRecycled(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		job(w, 0).Login(graphtest.IP(1), 0, 100, 50).Login(graphtest.IP(2), 0, 100, 50)
		job(w, 1).Login(graphtest.IP(1), 0, 100, 50)
		job(w, 2).Login(graphtest.IP(2), 200, 300, 50)
	}))
	if got := m.OwnLine(0, graphtest.Day(0), graphtest.Day(100)); got != .5 {
		t.Errorf("%v, want half", got)
	}
}

// Which homes are one for the asking: one that may have a slip in its number is likely another, flats of a house are in one house, and doors are numbered as homes.
func TestHomes(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		for i, home := range []string{
			"1234 Walnut St, Springfield, IL 62701",       // 0
			"1324 Walnut Street, Springfield, IL 62701",   // 1: a slip of it
			"1235 Walnut St, Springfield, IL 62701",       // 2: next door
			"1342 Elm St, Springfield, IL 62701",          // 3: another street
			"9 Tower Rd Apt 1, Springfield, IL 62701",     // 4
			"9 Tower Rd Apt 2, Springfield, IL 62701",     // 5
			"9 Tower Rd, Springfield, IL 62701",           // 6: either
			"1234 Walnutt St, Springfield, IL 62701-1234", // 7: home 0
		} {
			job(w, i).Home(home)
		}
		job(w, 8).ShipTo("1234 Walnut St, Springfield, IL 62701", 3)
		job(w, 9).Home("Springfield, IL")
	}))
	home := func(i int) uint32 {
		t.Helper()
		if n := len(m.Homes(person(m, i))); n != 1 {
			t.Fatalf("person %d has %d homes", i, n)
		}
		return m.Homes(person(m, i))[0]
	}
	if m.LikelyHome(home(0)) != m.LikelyHome(home(1)) || home(0) == home(1) {
		t.Error("a slip in the number is not likely the same home, or is the same")
	}
	if m.LikelyHome(home(0)) == m.LikelyHome(home(2)) || m.LikelyHome(home(1)) == m.LikelyHome(home(2)) {
		t.Error("the house next door is likely the same")
	}
	if m.House(home(4)) != m.House(home(5)) || home(4) == home(5) || m.House(home(0)) == m.House(home(2)) {
		t.Error("flats are not in one house, or houses are one")
	}
	if diff := cmp.Diff([]uint32{min(home(4), home(5)), max(home(4), home(5))}, m.Homes(person(m, 6))); diff != "" {
		t.Errorf("a house of two flats without the unit (-want +got):\n%s", diff)
	}
	if home(7) != home(0) || len(m.Homes(person(m, 9))) != 0 {
		t.Error("another spelling is another home, or a town is one")
	}
	if diff := cmp.Diff([]uint32{home(0)}, m.Doors(person(m, 8))); diff != "" {
		t.Errorf("doors (-want +got):\n%s", diff)
	}
	// A slip in the street makes one value of two addresses; a slip in the number ties nobody.
	v := widest(t, m, ident.Address)
	if len(m.Holders(v)) != 3 {
		t.Errorf("%d have the address in its spellings, want 3", len(m.Holders(v)))
	}
	if m.LikelyHome(home(3)) != home(3) {
		t.Error("a slip is forgiven across streets")
	}
}

// person returns the number of the person with that employer.
func person(m *linkage.Model, i int) uint32 {
	for a, id := range m.Table().Accounts {
		if id.Platform == fmt.Sprintf("okta:employer%d", i) {
			return m.Persons.Of[a]
		}
	}
	return linkage.NoIdentifier
}

// What people of one home share as a matter of course, and what they do not.
func TestUnhomely(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		for i := range 3 { // of two names, they would be one person
			job(w, i).Login(graphtest.IP(1), 1, 90, 50).Payout(graphtest.Bank(1), 1, 90).Phone(graphtest.Phone(1), 1).Device("serial:SHARED0001", 1, 90).Email("x@mailbox-example.org").
				ShipTo(graphtest.Address(1), 5).See(ident.Handle, graph.Uses, "telegram:somebody", 1, 90, 1).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		}
	}))
	got := map[string]bool{}
	for _, l := range m.Links {
		got[m.Kind(m.Values[l.Value]).String()] = m.Unhomely(m.Values[l.Value], l.Kin)
	}
	want := map[string]bool{"ip": false, "payment": false, "phone": false, "address": false, "device": true, "email": true, "handle": true, "document": true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
