package seeds_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
	"samehand/graph/seeds"
)

func model(t testing.TB, table *graph.Table) *linkage.Model {
	t.Helper()
	p, err := linkage.FindPersons(table, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	m, err := linkage.Evidence(table, p, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func parse(t testing.TB, k ident.Kind, text string) ident.ID {
	t.Helper()
	id, err := ident.Parse(k, text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func propagate(t testing.TB, m *linkage.Model, list ...seeds.Seed) seeds.Result {
	t.Helper()
	r, err := seeds.Propagate(m, list, seeds.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// worker adds the account of a person of their own.
func worker(w *graphtest.World, i int) graphtest.Account {
	return w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprintf("user%d", i), graphtest.Name(i))
}

// chain makes n persons of whom each shares a device with the next.
func chain(t testing.TB, n int) *graphtest.World {
	w := graphtest.New(t)
	for i := range n {
		a := worker(w, i)
		if i > 0 {
			a.Device(fmt.Sprintf("serial:CHAIN%04d", i-1), 10, 90)
		}
		if i < n-1 {
			a.Device(fmt.Sprintf("serial:CHAIN%04d", i), 10, 90)
		}
	}
	return w
}

// brief writes what was reached in short: account, score, hops.
func brief(r seeds.Result) string {
	var out []string
	for _, x := range r.Reached {
		out = append(out, fmt.Sprintf("%s %.4g %d", x.Account.Native, x.Score, x.Hops))
	}
	return strings.Join(out, ", ")
}

func account(i int) graph.AccountID {
	return graph.AccountID{Platform: fmt.Sprintf("okta:employer%d", i), Native: fmt.Sprintf("user%d", i)}
}

// Four hops are one too many, and each halves.
func TestThreeHops(t *testing.T) {
	r := propagate(t, model(t, chain(t, 6).Table()), seeds.Seed{Account: account(0), Line: 2})
	if got, want := brief(r), "user0 1 0, user1 0.5 1, user2 0.25 2, user3 0.125 3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	last := r.Reached[3]
	for i, s := range last.Path {
		if s.From != account(i) || s.To != account(i+1) || s.Points != 10 || s.Factor != .5 || s.Family != graph.DeviceFamily || len(s.Rows) != 2 {
			t.Errorf("step %d: %+v", i, s)
		}
	}
	if r.Standings[0] != (seeds.Standing{Accounts: 1}) {
		t.Errorf("%+v", r.Standings[0])
	}
}

// Nothing goes through a hub: a line that many pass through, a service's machine.
func TestHubsCarryNothing(t *testing.T) {
	w := graphtest.New(t)
	for i := range 12 { // a VPN exit of people who live elsewhere
		worker(w, i).Login(graphtest.IP(500), 10, 90, 5).Login(graphtest.IP(i), 1, 200, 300).Home(graphtest.Address(i))
	}
	m := model(t, w.Table())
	if got := brief(propagate(t, m, seeds.Seed{Account: account(0)})); got != "user0 1 0" {
		t.Errorf("through an exit: %s", got)
	}
	r := propagate(t, m, seeds.Seed{Identifier: parse(t, ident.IP, graphtest.IP(500))})
	if len(r.Reached) != 0 || r.Standings[0].Accounts != 0 || !strings.Contains(r.Standings[0].Refused, "transit") {
		t.Errorf("from an exit: %s, %+v", brief(r), r.Standings[0])
	}
	r = propagate(t, m, seeds.Seed{Identifier: parse(t, ident.IP, graphtest.IP(3))}) // somebody's own line
	if got := brief(r); got != "user3 0.5 1" {
		t.Errorf("from a home line: %s, %+v", got, r.Standings[0])
	}
}

// A value starts from all who have it; what is worth less carries less.
func TestValues(t *testing.T) {
	w := graphtest.New(t)
	purse := graphtest.Bank(1)
	worker(w, 0).Payout(purse, 1, 90).Email("a@gmail.com")
	worker(w, 1).Payout(purse, 1, 90)
	worker(w, 2).See(ident.Payment, graph.Transfer, purse, 5, 5, 1)
	worker(w, 3).See(ident.Email, graph.Recruiter, "a@gmail.com", 1, 1, 1)
	worker(w, 4).Email("alone@gmail.com")
	m := model(t, w.Table())
	for _, c := range []struct {
		name    string
		id      ident.ID
		want    string
		refused string
		n       int
	}{
		{"a purse", parse(t, ident.Payment, purse), "user0 0.4707 1, user1 0.4707 1, user2 0.1883 1", "", 3},
		{"a mailbox of one", parse(t, ident.Email, "alone@gmail.com"), "user4 0.5 1", "", 1},
		{"a recruiter's mailbox is not the applicant's", parse(t, ident.Email, "a@gmail.com"), "user0 0.5 1, user1 0.2354 2, user2 0.09414 2", "", 1},
		{"nobody's", parse(t, ident.Email, "nobody-has@gmail.com"), "", "", 0},
		{"a stand-in", parse(t, ident.Email, "noreply@gmail.com"), "", "placeholder", 0},
		{"a name", parse(t, ident.Name, graphtest.Name(1)), "", "name", 0},
	} {
		r := propagate(t, m, seeds.Seed{Identifier: c.id, Line: 7})
		if got := brief(r); got != c.want || r.Standings[0].Accounts != c.n || !strings.Contains(r.Standings[0].Refused, c.refused) || c.refused == "" && r.Standings[0].Refused != "" {
			t.Errorf("%s: %s, %+v", c.name, got, r.Standings[0])
		}
		for _, x := range r.Reached {
			if x.Path[0].From.Valid() || x.Path[0].Identifier != c.id {
				t.Errorf("%s: the path does not begin at the value", c.name)
			}
		}
	}
}

// An IPv6 address is found by its network, as everywhere.
func TestNetwork(t *testing.T) {
	w := graphtest.New(t)
	worker(w, 0).Login("2600:1700:aaaa:bbbb::1", 1, 90, 50)
	r := propagate(t, model(t, w.Table()), seeds.Seed{Identifier: parse(t, ident.IP, "2600:1700:aaaa:bbbb::99")})
	if got := brief(r); got != "user0 0.5 1" {
		t.Error(got)
	}
}

// The accounts of one person are one: no hop from one to the other.
func TestPersonsAreFree(t *testing.T) {
	w := graphtest.New(t)
	a := worker(w, 0)
	a.Email("me@gmail.com")
	other := w.Account("github", "me", graphtest.Name(0)).Email("me@gmail.com").Device("serial:SHARED0001", 1, 90)
	worker(w, 1).Device("serial:SHARED0001", 1, 90)
	r := propagate(t, model(t, w.Table()), seeds.Seed{Account: a.ID()})
	if got, want := brief(r), "me 1 0, user0 1 0, user1 0.5 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if s := r.Reached[2].Path[0]; s.From != other.ID() {
		t.Errorf("the step is from %v", s.From)
	}
}

// Of equal paths the one from the earlier seed is named; a better path wins over a shorter one.
func TestTies(t *testing.T) {
	w := graphtest.New(t)
	for i := range 3 {
		worker(w, i).Device("serial:SHARED0001", 1, 90)
	}
	m := model(t, w.Table())
	one, two := seeds.Seed{Account: account(0)}, seeds.Seed{Account: account(2)}
	if r := propagate(t, m, one, two); r.Reached[2].Seed != 0 || r.Reached[2].Account != account(1) {
		t.Errorf("%+v", r.Reached[2])
	}
	if r := propagate(t, m, two, one); r.Reached[2].Seed != 0 || r.Reached[2].Path[0].From != account(2) {
		t.Errorf("%+v", r.Reached[2])
	}
	w = graphtest.New(t) // weak and direct, or strong and over somebody
	worker(w, 0).See(ident.Email, "commit", "x@gmail.com", 1, 1, 1).Device("serial:SHARED0001", 1, 90)
	worker(w, 1).Device("serial:SHARED0001", 1, 90).Device("serial:SHARED0002", 1, 90)
	worker(w, 2).Email("x@gmail.com").Device("serial:SHARED0002", 1, 90)
	r := propagate(t, model(t, w.Table()), one)
	if got, want := brief(r), "user0 1 0, user1 0.5 1, user2 0.25 2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLabels(t *testing.T) {
	w := chain(t, 3)
	w.Account("okta:employer0", "user0", "").See(ident.Tag, graph.Uses, "dprk3", 0, 0, 1)
	m := model(t, w.Table())
	tagged := seeds.Tagged(m.Table(), func(l string) bool { return strings.HasPrefix(l, "DPRK") })
	if len(tagged) != 1 || tagged[0].Account != account(0) || tagged[0].Tag != "DPRK3" || tagged[0].Source == "" {
		t.Fatalf("%+v", tagged)
	}
	want := brief(propagate(t, m, tagged...))
	r := propagate(t, m, seeds.Seed{Identifier: parse(t, ident.Tag, "dprk3")})
	if got := brief(r); got != want || want != "user0 1 0, user1 0.5 1, user2 0.25 2" || r.Standings[0].Accounts != 1 {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestNotInTheCase(t *testing.T) {
	r := propagate(t, model(t, chain(t, 3).Table()), seeds.Seed{Account: graph.AccountID{Platform: "okta:x", Native: "nobody"}})
	if len(r.Reached) != 0 || r.Standings[0] != (seeds.Standing{}) {
		t.Errorf("%+v", r)
	}
}

func TestOptions(t *testing.T) {
	if _, err := seeds.Propagate(model(t, chain(t, 2).Table()), nil, seeds.Options{}); err == nil {
		t.Error("options without numbers pass")
	}
	o := seeds.Defaults()
	for _, s := range o.Settings() {
		if s.Why == "" || s.Unit == "" || s.Group == "" {
			t.Errorf("%s says too little", s.Name)
		}
	}
	o.Hops = 1
	r, err := seeds.Propagate(model(t, chain(t, 4).Table()), []seeds.Seed{{Account: account(0)}}, o)
	if err != nil || brief(r) != "user0 1 0, user1 0.5 1" {
		t.Errorf("%s, %v", brief(r), err)
	}
}

// On any world: scores are the product of the steps, paths hang together and cross no hub, and no way of three steps that a plain
// search finds is better.
func TestBestPaths(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := model(t, anyWorld(t, r))
		table := m.Table()
		n := rapid.IntRange(1, 3).Draw(r, "seeds")
		var list []seeds.Seed
		for range n {
			list = append(list, seeds.Seed{Account: rapid.SampledFrom(table.Accounts).Draw(r, "seed")})
		}
		got := propagate(t, m, list...)
		best := search(m, list)
		seen := map[graph.AccountID]bool{}
		for _, x := range got.Reached {
			if seen[x.Account] || x.Score <= 0 || x.Score > 1 || x.Hops > 3 || len(x.Path) != x.Hops {
				r.Fatalf("%+v", x)
			}
			seen[x.Account] = true
			checkPath(r, m, list, x)
			if p := person(m, x.Account); math.Abs(best[p]-x.Score) > 1e-12 {
				r.Fatalf("score %v, the search finds %v", x.Score, best[p])
			}
		}
		for p, score := range best {
			if score >= seeds.Defaults().Least*1.001 && !seen[table.Accounts[m.Persons.Accounts(p)[0]]] {
				r.Fatalf("a person with %v is not reached", score)
			}
		}
		if diff := cmp.Diff(brief(got), brief(propagate(t, m, list...))); diff != "" {
			r.Fatal(diff)
		}
		slices.Reverse(list)
		if diff := cmp.Diff(brief(got), brief(propagate(t, m, list...))); diff != "" {
			r.Fatalf("the order of seeds changes scores: %s", diff)
		}
	})
}

func person(m *linkage.Model, a graph.AccountID) uint32 {
	i, _ := slices.BinarySearchFunc(m.Table().Accounts, a, graph.AccountID.Compare)
	return m.Persons.Of[i]
}

func checkPath(r *rapid.T, m *linkage.Model, list []seeds.Seed, x seeds.Reached) {
	at, score := person(m, list[x.Seed].Account), 1.0
	for _, s := range x.Path {
		if person(m, s.From) != at {
			r.Fatalf("a step begins elsewhere: %+v", x)
		}
		at, score = person(m, s.To), score*s.Factor
		for _, row := range s.Rows {
			// a line may have had several addresses
			if id := m.Table().Identifiers[m.Table().Rows[row].Identifier]; id != s.Identifier && (id.Kind() != ident.IP || s.Identifier.Kind() != ident.IP) {
				r.Fatal("a row of another value is cited")
			}
		}
	}
	if at != person(m, x.Account) || score != x.Score {
		r.Fatalf("the path gives %v, the score is %v", score, x.Score)
	}
}

// search tries all walks of three steps.
func search(m *linkage.Model, list []seeds.Seed) map[uint32]float64 {
	best := map[uint32]float64{}
	var visit func(p uint32, score float64, hops int)
	visit = func(p uint32, score float64, hops int) {
		best[p] = max(best[p], score)
		if hops == 3 {
			return
		}
		for _, l := range m.Links {
			if (l.A == p || l.B == p) && !m.Values[l.Value].Class.Hub() {
				f := min(1, m.Weight([]linkage.Link{l})/10) / 2
				if score*f >= seeds.Defaults().Least {
					visit(l.A+l.B-p, score*f, hops+1)
				}
			}
		}
	}
	for _, s := range list {
		visit(person(m, s.Account), 1, 0)
	}
	return best
}

func anyWorld(t testing.TB, r *rapid.T) *graph.Table {
	w := graphtest.New(t)
	for i := range rapid.IntRange(2, 10).Draw(r, "accounts") {
		a := worker(w, i)
		for range rapid.IntRange(1, 4).Draw(r, "rows") {
			n := rapid.IntRange(1, 6).Draw(r, "value")
			switch rapid.IntRange(0, 4).Draw(r, "kind") {
			case 0:
				a.Device(fmt.Sprintf("serial:SHARED%04d", n), 1, 90)
			case 1:
				a.Login(graphtest.IP(n), 1, 90, 30)
			case 2:
				a.Payout(graphtest.Bank(n), 1, 90)
			case 3:
				a.See(ident.Email, graph.Referee, fmt.Sprintf("ref%d@gmail.com", n), 1, 1, 1)
			case 4:
				a.Phone(graphtest.Phone(n), rapid.IntRange(1, 90).Draw(r, "day"))
			}
		}
	}
	return w.Table()
}
