package linkage_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// build makes a table of what is done with an empty world.
func build(t *testing.T, do func(w *graphtest.World)) *graph.Table {
	t.Helper()
	w := graphtest.New(t)
	do(w)
	return w.Table()
}

// job returns an account of a person at an employer of their own.
func job(w *graphtest.World, i int) graphtest.Account {
	return w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprint(i), graphtest.Name(i))
}

// widest returns the value of a kind that most persons have.
func widest(t *testing.T, m *linkage.Model, k ident.Kind) linkage.Value {
	t.Helper()
	best, found := linkage.Value{}, false
	for _, v := range m.Values {
		if m.Kind(v) == k && (!found || len(m.Holders(v)) > len(m.Holders(best))) {
			best, found = v, true
		}
	}
	if !found {
		t.Fatalf("nobody shares any %v", k)
	}
	return best
}

// most returns the points of the pair that has most.
func most(m *linkage.Model) float64 {
	sum, best := map[[2]uint32]float64{}, 0.0
	for _, l := range m.Links {
		sum[[2]uint32{l.A, l.B}] += float64(l.Points)
		best = max(best, sum[[2]uint32{l.A, l.B}])
	}
	return best
}

// A home whose address changes every three weeks is one line to those who move along with it. Strangers who meet on two addresses one after
// the other are brought together by them only when both mostly live there.
func TestRenumbering(t *testing.T) {
	moves := func(w *graphtest.World, person, from, each int) {
		a := job(w, person)
		for i := range 6 {
			a.Login(graphtest.IP(from+i), 1+each*i, each*(i+1), each)
		}
	}
	for _, test := range []struct {
		name string
		do   func(w *graphtest.World)
		also int     // further addresses of the line of most
		line float64 // points of the pair on it
	}{
		{"two move along", func(w *graphtest.World) { moves(w, 0, 1, 21); moves(w, 1, 1, 21) }, 5, 3.5},
		{"each moves alone", func(w *graphtest.World) { moves(w, 0, 1, 21); moves(w, 1, 50, 21) }, -1, 0},
		{"they meet once", func(w *graphtest.World) {
			moves(w, 0, 1, 21)
			job(w, 1).Login(graphtest.IP(3), 43, 63, 21).Login(graphtest.IP(90), 64, 126, 63)
		}, 0, 3.5},
		{"one visits twice, from a line of their own", func(w *graphtest.World) {
			moves(w, 0, 1, 21)
			job(w, 1).Login(graphtest.IP(3), 43, 63, 5).Login(graphtest.IP(5), 85, 105, 5).Login(graphtest.IP(90), 1, 126, 400)
		}, 0, 1.4},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := evidence(t, build(t, test.do))
			also := -1
			for _, v := range m.Values {
				also = max(also, len(v.Also))
			}
			if also != test.also || math.Abs(most(m)-test.line) > .01 {
				t.Errorf("%d further addresses, want %d; %v points, want %v", also, test.also, most(m), test.line)
			}
		})
	}
}

// What is known of a line of several addresses is what is known of each: rows, days and counts.
func TestRenumberedLineKeepsItsRows(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		for p := range 3 {
			for i := range 4 {
				job(w, p).Login(graphtest.IP(1+i), 1+30*i, 30*(i+1), 10)
			}
		}
	}))
	if len(m.Values) != 1 || len(m.Values[0].Also) != 3 {
		t.Fatalf("%+v", m.Values)
	}
	v := m.Values[0]
	for _, h := range m.Holders(v) {
		if len(m.Sightings(v, h)) != 4 || h.Count != 40 || h.First != graphtest.Day(1) || h.Last != graphtest.Day(120) || !m.AtBase(h) {
			t.Errorf("%d rows, %+v", len(m.Sightings(v, h)), h)
		}
	}
	for i := range m.Table().Identifiers {
		if is := m.Is(v, uint32(i)); is != (m.Table().Identifiers[i].Kind() == ident.IP) {
			t.Errorf("%v is of the line: %v", m.Table().Identifiers[i].Kind(), is)
		}
	}
}

// Accounts of which only an ending is shown are one account when more persons have it than chance gives: that depends on how many such
// accounts there are.
func TestMaskedBeyondChance(t *testing.T) {
	const bank, ending = "021000021 ****", 1234
	paid := func(holders, others int) *linkage.Model {
		return evidence(t, build(t, func(w *graphtest.World) {
			for i := range holders {
				job(w, i).Payout(fmt.Sprintf("%s%04d", bank, ending), 1, 90)
			}
			for i := range others {
				w.Account("payroll:x", fmt.Sprint(i), graphtest.Name(500+i)).Payout(fmt.Sprintf("%s%04d", bank, (ending+1+i)%10000), 1, 90)
			}
		}))
	}
	for _, test := range []struct {
		name            string
		holders, others int
		full            bool
	}{
		{"two may be chance", 2, 0, false}, {"three of three are not", 3, 0, true}, {"three of thousands may be", 3, 9000, false}, {"nine of thousands are not", 9, 9000, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := paid(test.holders, test.others)
			v := widest(t, m, ident.Payment)
			h := m.Holders(v)
			l := m.Ledger(v, h[0], h[1])
			if full := l.Points > 5; full != test.full || strings.Contains(m.Note(v, h[0], h[1]), "hidden") == test.full {
				t.Errorf("%v points, note %q", l.Points, m.Note(v, h[0], h[1]))
			}
		})
	}
}

// Where accounts are opened one after the other, and then leave for good, is a broker's line. Each condition alone, when it fails, makes
// it an ordinary one.
func TestOpening(t *testing.T) {
	type account struct {
		platform      string
		from, to      int // on the line
		then          int // first day elsewhere; 0: nowhere
		before, again int // a day on which it signs in elsewhere before, and on the line again; 0: never
		born          int // day of its profile; 0: none
	}
	broker := func(i int) account { return account{platform: "freelance", from: 20 * i, to: 20*i + 3, then: 20*i + 6} }
	for _, test := range []struct {
		name   string
		n      int
		change func(a *account)
		want   bool
	}{
		{"a broker's", 5, func(*account) {}, true},
		{"too few", 3, func(*account) {}, false},
		{"at employers", 5, func(a *account) { a.platform = fmt.Sprintf("okta:employer%d", a.from) }, false},
		{"they stay", 5, func(a *account) { a.to = a.from + 18; a.then = a.from + 19 }, false},
		{"they sign in nowhere afterwards", 5, func(a *account) { a.then = 0 }, false},
		{"they signed in elsewhere before", 5, func(a *account) { a.before = a.from - 1 }, false},
		{"the profile is filled in days before", 5, func(a *account) { a.born = a.from - 5 }, true},
		{"they were there long before", 5, func(a *account) { a.born = a.from - 40 }, false},
		{"they come back", 5, func(a *account) { a.again = a.from + 100 }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := evidence(t, build(t, func(w *graphtest.World) {
				for i := range test.n {
					a := broker(i)
					a.from, a.to, a.then = a.from+50, a.to+50, a.then+50
					test.change(&a)
					x := w.Account(a.platform, fmt.Sprint(i), graphtest.Name(i)).Login(graphtest.IP(1), a.from, a.to, 5)
					for _, elsewhere := range []int{a.before, a.then} {
						if elsewhere > 0 {
							x.Login(graphtest.IP(100+i), elsewhere, elsewhere, 5)
						}
					}
					if a.again > 0 {
						x.Login(graphtest.IP(1), a.again, a.again+1, 5)
					}
					if a.born > 0 {
						x.Phone(graphtest.Phone(i), a.born)
					}
				}
			}))
			opening := false
			for _, v := range m.Values {
				opening = opening || v.Class == linkage.ClassOpening
			}
			if opening != test.want {
				t.Errorf("opening line: %v; %+v", opening, m.Values)
			}
		})
	}
}

// A line where most of its accounts are not opened is none, however many are.
func TestOpeningShare(t *testing.T) {
	for regulars, want := range map[int]bool{2: true, 8: false} {
		m := evidence(t, build(t, func(w *graphtest.World) {
			for i := range 5 {
				w.Account("freelance", fmt.Sprint(i), graphtest.Name(i)).Login(graphtest.IP(1), 20*i, 20*i+3, 5).Login(graphtest.IP(100+i), 20*i+6, 300, 50)
			}
			for i := range regulars {
				w.Account("freelance", fmt.Sprint(50+i), graphtest.Name(50+i)).Login(graphtest.IP(1), 1, 300, 100)
			}
		}))
		if got := widest(t, m, ident.IP).Class == linkage.ClassOpening; got != want {
			t.Errorf("%d regulars: opening line %v", regulars, got)
		}
	}
}

// A number or an address that most have who are paid by one employer where nobody signs in is an agency's; not when somebody does, nor when
// the employers are many.
func TestAgency(t *testing.T) {
	for _, test := range []struct {
		name          string
		payer         func(i int) string
		signsIn, want bool
	}{
		{"an agency", func(int) string { return "payroll:agency" }, false, true},
		{"colleagues who sign in", func(int) string { return "payroll:agency" }, true, false},
		{"many employers", func(i int) string { return fmt.Sprintf("payroll:firm%d", i) }, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := evidence(t, build(t, func(w *graphtest.World) {
				for i := range 5 {
					w.Account(test.payer(i), fmt.Sprint(i), graphtest.Name(i)).Payout(graphtest.Bank(i), 1, 90).Email(fmt.Sprintf("u%d@gmail.com", i))
					job(w, i).Login(graphtest.IP(i), 1, 90, 50).Email(fmt.Sprintf("u%d@gmail.com", i)).Phone(graphtest.Phone(1), 1).ShipTo(graphtest.Address(1), 3)
					if test.signsIn {
						w.Account("okta:agency", fmt.Sprint(i), graphtest.Name(i)).Login(graphtest.IP(i), 1, 90, 50).Email(fmt.Sprintf("u%d@gmail.com", i))
					}
				}
			}))
			for _, k := range []ident.Kind{ident.Phone, ident.Address} {
				if v := widest(t, m, k); (v.Class == linkage.ClassOffice) != test.want {
					t.Errorf("%v: %s %q", k, v.Class, v.Reason)
				}
			}
		})
	}
}

// An application is no employment: two who applied at one firm are no colleagues, and have no employer.
func TestApplicants(t *testing.T) {
	device := func(system string) *linkage.Model {
		return evidence(t, build(t, func(w *graphtest.World) {
			for i := range 2 {
				w.Account(system+":acme", fmt.Sprint(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90)
			}
		}))
	}
	if m := device("greenhouse"); most(m) != 10 || len(m.Employers(0)) != 0 {
		t.Errorf("applicants: %v points, employers %v", most(m), m.Employers(0))
	}
	if m := device("okta"); most(m) != 1 || len(m.Employers(0)) != 1 {
		t.Errorf("colleagues: %v points, employers %v", most(m), m.Employers(0))
	}
}

// One employer explains a value only when every account that has it is there.
func TestThroughOneEmployer(t *testing.T) {
	points := func(second bool) float64 {
		return most(evidence(t, build(t, func(w *graphtest.World) {
			for i := range 2 {
				mail := fmt.Sprintf("u%d@gmail.com", i)
				w.Account("okta:acme", fmt.Sprint(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90).Email(mail)
				if second {
					w.Account(fmt.Sprintf("okta:other%d", i), fmt.Sprint(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90).Email(mail)
				}
			}
		})))
	}
	if points(false) != 1 || points(true) != 10 {
		t.Errorf("at one employer %v, at others, too, %v", points(false), points(true))
	}
}

// An office is used by its people: one busy person makes none, and five of eight do; of a few who live there, as far as their sign-ins show, none do.
func TestOfficeNeedsItsPeople(t *testing.T) {
	line := func(people, acme, busy int) linkage.Class {
		return widest(t, evidence(t, build(t, func(w *graphtest.World) {
			for i := range people {
				platform := fmt.Sprintf("okta:employer%d", i)
				if i < acme {
					platform = "okta:acme"
				}
				n := 20
				if i == 0 {
					n = busy
				}
				w.Account(platform, fmt.Sprint(i), graphtest.Name(i)).Login(graphtest.IP(1), 1, 90, n)
			}
		})), ident.IP).Class
	}
	if c := line(8, 1, 1000); c == linkage.ClassOffice {
		t.Error("one busy person makes an office")
	}
	if c := line(8, 5, 60); c != linkage.ClassOffice {
		t.Errorf("five of eight and most uses: %s", c)
	}
	if c := line(5, 3, 60); c != linkage.ClassOwn {
		t.Errorf("three of five who live there: %s", c)
	}
}

// A door of a dozen strangers is a shop's; not when they have anything else in common, nor when they are few.
func TestMailboxShopDoor(t *testing.T) {
	door := func(n int, shared func(i int, a graphtest.Account)) linkage.Class {
		return widest(t, evidence(t, build(t, func(w *graphtest.World) {
			for i := range n {
				a := job(w, i).Login(graphtest.IP(10+i), 1, 90, 50).ShipTo(graphtest.Address(1), 3)
				shared(i, a)
			}
		})), ident.Address).Class
	}
	nothing := func(int, graphtest.Account) {}
	purses := func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(i/3), 1, 90) }
	if c := door(14, nothing); c != linkage.ClassService {
		t.Errorf("strangers: %s", c)
	}
	if c := door(14, purses); c == linkage.ClassService {
		t.Errorf("three to a purse: %s", c)
	}
	if c := door(10, nothing); c == linkage.ClassService {
		t.Errorf("few: %s", c)
	}
}

// No tax preparer pays wages: an account that employers pay into is no service's.
func TestWagesAreNoService(t *testing.T) {
	purse := func(system string) linkage.Class {
		return widest(t, evidence(t, build(t, func(w *graphtest.World) {
			for i := range 6 {
				platform := system
				if platform == "" {
					platform = fmt.Sprintf("payroll:employer%d", i)
				}
				mail := fmt.Sprintf("u%d@gmail.com", i)
				w.Account(platform, fmt.Sprint(i), graphtest.Name(i)).Payout(graphtest.Bank(1), 1, 90).Email(mail)
				w.Account("github", fmt.Sprint(i), graphtest.Name(i)).Login(graphtest.IP(10+i), 1, 90, 50).Email(mail)
			}
		})), ident.Payment).Class
	}
	if c := purse("taxes"); c != linkage.ClassService {
		t.Errorf("refunds: %s", c)
	}
	if c := purse(""); c != linkage.ClassOwn {
		t.Errorf("wages: %s", c)
	}
}

// What makes a purse one of ghost employees can be cited: sign-ins of others where its holders are paid.
func TestAtWork(t *testing.T) {
	m := evidence(t, build(t, func(w *graphtest.World) {
		for i := range 4 {
			w.Account("adp:bigco", fmt.Sprint("g", i), graphtest.Name(i)).Payout(graphtest.Bank(1), 1, 90)
		}
		for i := range 5 {
			w.Account("okta:bigco", fmt.Sprint(i), graphtest.Name(50+i)).Login(graphtest.IP(i), 1, 90, 50)
		}
	}))
	v := widest(t, m, ident.Payment)
	rows := m.AtWork(v)
	if v.Class != linkage.ClassPaper || len(rows) != m.Options.PaperWorkers {
		t.Fatalf("%s %q, %d rows", v.Class, v.Reason, len(rows))
	}
	for _, i := range rows {
		r := m.Table().Rows[i]
		if m.Table().Relations[r.Relation] != graph.Login || !m.Works(m.Persons.Of[r.Account]) {
			t.Errorf("row %d is no sign-in of somebody who works there", i)
		}
	}
	for p := range m.Persons.Len() {
		if paid := slices.ContainsFunc(m.Holders(v), func(h linkage.Holder) bool { return h.Person == uint32(p) }); paid == m.Works(uint32(p)) {
			t.Errorf("person %d is paid there: %v; works: %v", p, paid, m.Works(uint32(p)))
		}
	}
}

// Two seats in one directory at one time whose own values all differ are two people, even of one name; after each other, or with a
// value in common, they may be one.
func TestTwoSeatsOfOneName(t *testing.T) {
	persons := func(second func(a graphtest.Account)) int {
		return findPersons(t, build(t, func(w *graphtest.World) {
			w.Account("okta:acme", "a", "Ada Example").Login(graphtest.IP(1), 1, 90, 50).Email("ada@gmail.com").Phone(graphtest.Phone(1), 1)
			second(w.Account("okta:acme", "b", "Ada Example"))
			w.Account("github", "g", "Ada Example").Email("ada@gmail.com").Email("other@gmail.com").Phone(graphtest.Phone(1), 1)
		})).Len()
	}
	if n := persons(func(a graphtest.Account) {
		a.Login(graphtest.IP(1), 20, 80, 50).Email("other@gmail.com").Phone(graphtest.Phone(2), 20)
	}); n != 2 {
		t.Errorf("another mailbox and number at the same time: %d persons", n)
	}
	if n := persons(func(a graphtest.Account) {
		a.Login(graphtest.IP(1), 20, 80, 50).Email("other@gmail.com").Phone(graphtest.Phone(1), 20)
	}); n != 1 {
		t.Errorf("the same number: %d persons", n)
	}
	if n := persons(func(a graphtest.Account) {
		a.Login(graphtest.IP(1), 120, 180, 50).Email("other@gmail.com").Phone(graphtest.Phone(2), 120)
	}); n != 1 {
		t.Errorf("after the first: %d persons", n)
	}
}

// A stolen identity and its owner have one name, one home and the papers: none of that ties them, and their door does not either.
func TestStolenIdentity(t *testing.T) {
	table := func(name string) *graph.Table {
		return build(t, func(w *graphtest.World) {
			home := graphtest.Address(1)
			w.Account("okta:acme", "a", "Ada Example").Home(home).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
			w.Account("okta:bolt", "b", name).ShipTo(home, 5).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		})
	}
	if m := evidence(t, table("Ada Example")); len(m.Links) != 0 {
		t.Errorf("owner and thief are tied: %+v", m.Links)
	}
	if m := evidence(t, table("Bea Sample")); most(m) != 20 {
		t.Errorf("two names, one passport and door: %v points", most(m))
	}
}
