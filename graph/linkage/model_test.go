package linkage_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

func evidence(t *testing.T, table *graph.Table) *linkage.Model {
	t.Helper()
	m, err := linkage.Evidence(table, findPersons(t, table), linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// two returns a world of two persons, who do what each of the functions says.
func two(t *testing.T, each ...func(a graphtest.Account)) *graph.Table {
	w := graphtest.New(t)
	for i, do := range each {
		do(w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprint(i), graphtest.Name(i)))
	}
	return w.Table()
}

// What one value is worth to two persons, factor by factor. Ten is the most.
func TestPoints(t *testing.T) {
	type does = func(a graphtest.Account)
	home, door := graphtest.Address(1), graphtest.Address(2)
	bank := func(a graphtest.Account) { a.Payout(graphtest.Bank(1), 1, 90) }
	see := func(k ident.Kind, rel graph.Relation, v string) does {
		return func(a graphtest.Account) { a.See(k, rel, v, 1, 90, 1) }
	}
	login := func(from, to int) does { return func(a graphtest.Account) { a.Login(graphtest.IP(1), from, to, 50) } }
	both := func(fs ...does) does {
		return func(a graphtest.Account) {
			for _, f := range fs {
				f(a)
			}
		}
	}
	lives := func(a graphtest.Account) { a.Home(home) }
	for _, test := range []struct {
		name string
		a, b does
		want float64
		note string
	}{
		{"a purse", bank, bank, 10, ""},
		{"a purse of one home", both(bank, lives), both(bank, lives), 1, "one home"},
		{"money over one account", bank, see(ident.Payment, graph.Transfer, graphtest.Bank(1)), 4, ""},
		{"an account with a part hidden", see(ident.Payment, graph.Payout, "****1234"), see(ident.Payment, graph.Payout, "****1234"), 2.5, "hidden"},
		{"a mailbox", see(ident.Email, graph.Registered, "x@gmail.com"), see(ident.Email, graph.Recovery, "x@gmail.com"), 10, ""},
		{"a mailbox in a commit", see(ident.Email, graph.Registered, "x@gmail.com"), see(ident.Email, "commit", "x@gmail.com"), 2, ""},
		{"one's mailbox is the other's referee", see(ident.Email, graph.Registered, "x@gmail.com"), see(ident.Email, graph.Referee, "x@gmail.com"), 5, ""},
		{"a common referee", see(ident.Email, graph.Referee, "x@gmail.com"), see(ident.Email, graph.Referee, "x@gmail.com"), 4, ""},
		{"a recruiter", see(ident.Email, graph.Recruiter, "x@gmail.com"), see(ident.Email, graph.Recruiter, "x@gmail.com"), 0, ""},
		{"an employer", see(ident.Employer, graph.EmployedBy, "Acme Inc"), see(ident.Employer, graph.EmployedBy, "Acme"), 0, ""},
		{"a phone", see(ident.Phone, graph.MFA, graphtest.Phone(1)), see(ident.Phone, graph.Registered, graphtest.Phone(1)), 9, ""},
		{"a phone that got a new owner", func(a graphtest.Account) { a.See(ident.Phone, graph.MFA, graphtest.Phone(1), 1, 40, 9) },
			func(a graphtest.Account) { a.See(ident.Phone, graph.MFA, graphtest.Phone(1), 60, 90, 9) }, .9, "same time"},
		{"a phone registered on different days", func(a graphtest.Account) { a.Phone(graphtest.Phone(1), 1).Device("serial:OWNDEVICE1", 1, 90) },
			func(a graphtest.Account) { a.Phone(graphtest.Phone(1), 80) }, 9, ""},
		{"a device", func(a graphtest.Account) { a.Device("serial:SHARED0001", 1, 90) }, func(a graphtest.Account) { a.Device("serial:SHARED0001", 50, 90) }, 10, ""},
		{"a device handed on", func(a graphtest.Account) { a.Device("serial:SHARED0001", 1, 40) }, func(a graphtest.Account) { a.Device("serial:SHARED0001", 50, 90) }, 1, "same time"},
		{"a handle", see(ident.Handle, graph.Uses, "telegram:somebody"), see(ident.Handle, graph.Uses, "telegram:somebody"), 8, ""},
		{"a CV", see(ident.Document, graph.Uses, strings.Repeat("ab12", 16)), see(ident.Document, graph.Uses, strings.Repeat("ab12", 16)), 6, ""},
		{"an address where both are registered", lives, lives, 0, "ties nobody"},
		{"an address where one lives and the other gets parcels", lives, func(a graphtest.Account) { a.ShipTo(home, 5) }, 10, ""},
		{"a delivery address of both", func(a graphtest.Account) { a.ShipTo(door, 5) }, func(a graphtest.Account) { a.ShipTo(door, 9) }, 10, ""},
		{"both get parcels at home", both(lives, func(a graphtest.Account) { a.ShipTo(home, 5) }), both(lives, func(a graphtest.Account) { a.ShipTo(home, 5) }), 0, ""},
		{"a line of two, homes not known", login(1, 90), login(1, 90), 3.5, "couple"},
		{"a line of two who live together", both(login(1, 90), lives), both(login(1, 90), lives), .5, "one home"},
		{"a line for a week", both(login(1, 90), lives), both(login(83, 200), func(a graphtest.Account) { a.Home(door) }), 2.5, "shortly"},
		{"a line and a guest", both(login(1, 90), lives), both(login(1, 2), func(a graphtest.Account) { a.Login(graphtest.IP(2), 1, 90, 900).Home(door) }), 0, "at base"},
		{"a line without times", func(a graphtest.Account) { a.Login(graphtest.IP(1), 0, 0, 5).Home(door) }, func(a graphtest.Account) { a.Login(graphtest.IP(1), 0, 0, 5).Home(home) }, 2.5, "not known"},
		{"a private line", func(a graphtest.Account) { a.Login("10.0.0.1", 1, 90, 9) }, func(a graphtest.Account) { a.Login("10.0.0.1", 1, 90, 9) }, 0, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := evidence(t, two(t, test.a, test.b))
			got := 0.0
			for _, l := range m.Links {
				got += float64(l.Points)
			}
			if math.Abs(got-test.want) > .01 {
				t.Errorf("%v points, want %v", got, test.want)
			}
			notes := ""
			for _, v := range m.Values {
				notes += m.Note(v, m.Holders(v)[0], m.Holders(v)[1]) + "\n"
			}
			if !strings.Contains(notes, test.note) || test.note == "" && test.want >= 5 && test.want == got && strings.TrimSpace(notes) != "" {
				t.Errorf("notes %q, want %q", notes, test.note)
			}
		})
	}
}

// Two accounts of one employer explain what they share.
func TestPointsOneEmployer(t *testing.T) {
	w := graphtest.New(t)
	for i := range 2 {
		w.Account("okta:acme", fmt.Sprint(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90)
	}
	if m := evidence(t, w.Table()); len(m.Links) != 1 || m.Links[0].Points != 1 {
		t.Errorf("%+v", m.Links)
	}
}

// A value of two is worth the same in a case of any size; one that more have is worth less, and less so in a large case.
func TestRarity(t *testing.T) {
	points := func(others, holders int) float64 {
		w := graphtest.New(t)
		for i := range others {
			w.Account("x", fmt.Sprint(i), graphtest.Name(100+i)).Device(fmt.Sprintf("serial:OWN%07d", i), 1, 90)
		}
		for i := range holders {
			w.Account(fmt.Sprintf("y:%d", i), "a", graphtest.Name(i)).Payout(graphtest.Bank(1), 1, 90)
		}
		return float64(evidence(t, w.Table()).Links[0].Points)
	}
	if a, b := points(0, 2), points(5000, 2); a != 10 || b != 10 {
		t.Errorf("a value of two is worth %v and %v", a, b)
	}
	if a, b, c := points(0, 3), points(0, 8), points(5000, 8); !(10 > a && a > b && c > b) {
		t.Errorf("three %v, eight %v, eight of many %v", a, b, c)
	}
}

// classOf returns the class of the value that most of n persons have, and why. Each has an employer of their own.
func classOf(t *testing.T, n int, do func(i int, a graphtest.Account)) (linkage.Class, string) {
	t.Helper()
	w := graphtest.New(t)
	for i := range n {
		do(i, w.Account(fmt.Sprintf("okta:employer%d", i), "a", graphtest.Name(i)))
	}
	m := evidence(t, w.Table())
	best := linkage.Value{}
	for _, v := range m.Values {
		if len(m.Holders(v)) > 1 && (best.Class == "" || len(m.Holders(v)) > len(m.Holders(best))) {
			best = v
		}
	}
	return best.Class, best.Reason
}

func TestClasses(t *testing.T) {
	line, own := graphtest.IP(1), func(i int) string { return graphtest.IP(100 + i) }
	for _, test := range []struct {
		name string
		n    int
		do   func(i int, a graphtest.Account)
		want linkage.Class
	}{
		{"people live there", 9, func(_ int, a graphtest.Account) { a.Login(line, 1, 90, 90) }, linkage.ClassOwn},
		{"eight live there, two pass", 10, func(i int, a graphtest.Account) {
			a.Login(line, 1, 90, 90)
			if i < 2 {
				a.Login(own(i), 1, 90, 900)
			}
		}, linkage.ClassOwn},
		{"few live there", 10, func(i int, a graphtest.Account) {
			a.Login(line, 1, 90, 90)
			if i > 3 {
				a.Login(own(i), 1, 90, 900)
			}
		}, linkage.ClassTransit},
		{"nobody lives there", 3, func(i int, a graphtest.Account) { a.Login(line, 1, 90, 9).Login(own(i), 1, 90, 900) }, linkage.ClassEgress},
		{"one lives there", 3, func(i int, a graphtest.Account) {
			a.Login(line, 1, 90, 9)
			if i > 0 {
				a.Login(own(i), 1, 90, 900)
			}
		}, linkage.ClassVisited},
		{"short stays are visits", 3, func(i int, a graphtest.Account) { a.Login(line, 1, 3, 90).Login(own(i), 10, 90, 1) }, linkage.ClassEgress},
		{"one payroll", 6, func(i int, a graphtest.Account) { a.Login(line, 1, 90, 90).Employer("Agency LLC", 1, 90) }, linkage.ClassOffice},
		{"one payroll, long ago", 6, func(i int, a graphtest.Account) { a.Login(line, 100, 190, 90).Employer("Agency LLC", 1, 90) }, linkage.ClassOwn},
		{"a purse of people of several employers", 5, func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(1), 1, 90) }, linkage.ClassOwn},
		{"a house of many units", 5, func(i int, a graphtest.Account) {
			a.Home(fmt.Sprintf("9 Tower Rd Apt %d, Springfield, IL 62701", 1+i)).ShipTo("9 Tower Rd, Springfield, IL 62701", 3)
		}, linkage.ClassMultiUnit},
		{"a house of two flats", 2, func(i int, a graphtest.Account) {
			a.Home(fmt.Sprintf("9 Tower Rd Apt %d, Springfield, IL 62701", 1+i)).ShipTo("9 Tower Rd, Springfield, IL 62701", 3)
		}, linkage.ClassOwn},
		{"more than the cap", 201, func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(1), 1, 90) }, linkage.ClassCrowd},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, reason := classOf(t, test.n, test.do)
			if got != test.want {
				t.Errorf("class %q (%s), want %q", got, reason, test.want)
			}
			if (got == linkage.ClassOwn) != (reason == "") {
				t.Errorf("class %q with reason %q", got, reason)
			}
		})
	}
}

func TestClassOnePayer(t *testing.T) {
	w := graphtest.New(t)
	for i := range 5 {
		a := w.Account("adp:acme", fmt.Sprint(i), graphtest.Name(i)).Payout(graphtest.Bank(1), 1, 90)
		a.See(ident.IP, graph.Login, graphtest.IP(i+1), 1, 90, 9)
	}
	m := evidence(t, w.Table())
	if m.Values[0].Class != linkage.ClassOnePayer || len(m.Links) != 0 {
		t.Errorf("%+v %v", m.Values, m.Links)
	}
}

// An IP that was silent and then in other hands is two values; one that its people came back to is one.
func TestLeases(t *testing.T) {
	w := graphtest.New(t)
	ip := graphtest.IP(1)
	for i := range 4 {
		w.Account(fmt.Sprintf("okta:employer%d", i), "a", graphtest.Name(i)).Login(ip, 1+100*(i/2), 50+100*(i/2), 50)
	}
	m := evidence(t, w.Table())
	var leases []int
	for _, v := range m.Values {
		leases = append(leases, v.Lease, len(m.Holders(v)))
	}
	if diff := cmp.Diff([]int{1, 2, 2, 2}, leases); diff != "" {
		t.Errorf("leases and holders (-want +got):\n%s", diff)
	}
	w.Account("okta:employer9", "back", graphtest.Name(9)).Login(ip, 20, 30, 5).Login(ip, 120, 130, 5)
	if m = evidence(t, w.Table()); len(m.Values) != 1 || len(m.Holders(m.Values[0])) != 5 {
		t.Errorf("%+v", m.Values)
	}
}

// A million rows on one IP make no pairs: memory stays near that of the rows.
func TestGiantHub(t *testing.T) {
	if testing.Short() {
		t.Skip("a million rows")
	}
	const rows = 1_000_000
	var b graph.Builder
	id, err := ident.Parse(ident.IP, graphtest.IP(1))
	if err != nil {
		t.Fatal(err)
	}
	ip, rel := b.Identifier(id), b.Relation(graph.Login)
	b.Source(graph.Source{ID: "s"})
	for i := range rows {
		b.Add(graph.Row{Account: b.Account(graph.AccountID{Platform: "p", Native: fmt.Sprintf("%07d", i)}), Identifier: ip, Relation: rel, Count: 1, First: graphtest.Day(1), Last: graphtest.Day(60)})
	}
	table := b.Table()
	table.Canonical()
	m := evidence(t, table)
	if len(m.Links) != 0 || len(m.Values) != 1 || m.Values[0].Class != linkage.ClassCrowd || len(m.Holders(m.Values[0])) != rows {
		t.Errorf("%d links, %d values", len(m.Links), len(m.Values))
	}
}

func TestSettings(t *testing.T) {
	o := linkage.Defaults()
	seen := map[string]bool{}
	for _, s := range o.Settings() {
		if seen[s.Name] || !strings.HasPrefix(s.Name, "linkage.") {
			t.Errorf("setting %q", s.Name)
		}
		seen[s.Name] = true
		text := s.String()
		if err := s.Set(text); err != nil || s.String() != text {
			t.Errorf("%s: %q comes back as %q, %v", s.Name, text, s, err)
		}
		if err := s.Set("nonsense"); err == nil || s.String() != text || strings.Contains(err.Error(), "strconv") {
			t.Errorf("%s takes nonsense, or says so in words of the code: %v", s.Name, err)
		}
	}
	if err := (linkage.Options{}).Validate(); err == nil || !strings.Contains(err.Error(), "linkage.cap") {
		t.Errorf("the zero options pass: %v", err)
	}
	o = linkage.Defaults()
	o.Phone, o.HomeShare = math.NaN(), 2
	if err := o.Validate(); err == nil || !strings.Contains(err.Error(), "linkage.phone") || !strings.Contains(err.Error(), "linkage.home-share") {
		t.Errorf("not every fault is named: %v", err)
	}
}

func TestEvidenceFails(t *testing.T) {
	table := two(t, func(graphtest.Account) {}, func(graphtest.Account) {})
	if _, err := linkage.Evidence(table, linkage.NewPersons(nil), linkage.Defaults()); err == nil {
		t.Error("persons of another table are taken")
	}
	if _, err := linkage.Evidence(table, linkage.NewPersons([]uint32{0, 1}), linkage.Options{}); err == nil {
		t.Error("the zero options are taken")
	}
	if _, err := linkage.FindPersons(table, linkage.Options{}); err == nil {
		t.Error("the zero options are taken")
	}
}
