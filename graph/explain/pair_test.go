package explain_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

func worker(w *graphtest.World, i int) graphtest.Account {
	return w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprintf("user%d", i), graphtest.Name(i))
}

func account(i int) graph.AccountID {
	return graph.AccountID{Platform: fmt.Sprintf("okta:employer%d", i), Native: fmt.Sprintf("user%d", i)}
}

// Every pair of persons: the values add up to what the model weighs the pair with, whoever is named first.
func TestPairsAddUp(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	d := detect(t, w.Table())
	links := map[[2]uint32][]linkage.Link{}
	for _, l := range d.model.Links {
		k := [2]uint32{l.A, l.B}
		links[k] = append(links[k], l)
	}
	n := 0
	for k, ls := range links {
		if n++; n > 400 {
			break
		}
		a, b := d.table.Accounts[d.model.Persons.Accounts(k[0])[0]], d.table.Accounts[d.model.Persons.Accounts(k[1])[0]]
		p, err := d.why.Pair(a, b)
		if err != nil {
			t.Fatal(err)
		}
		back, err := d.why.Pair(b, a)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, s := range p.Counting {
			sum += s.Adds
			if len(s.Uses) == 0 || s.Echo != 1 || len(s.With) != 1 {
				t.Errorf("%+v", s)
			}
		}
		want := d.model.Weight(ls)
		if p.OnePerson || math.Abs(p.Total-want) > 1e-9 || math.Abs(sum-want) > 1e-9 || math.Abs(back.Total-want) > 1e-9 {
			t.Errorf("total %v, sum %v, back %v, weight %v", p.Total, sum, back.Total, want)
		}
	}
}

// What counts nothing says why.
func TestNothingSaysWhy(t *testing.T) {
	home := graphtest.Address(1)
	for _, c := range []struct {
		name string
		each func(w *graphtest.World, a graphtest.Account, i int)
		says string
	}{
		{"a home", func(w *graphtest.World, a graphtest.Account, i int) { a.Home(home) }, "ties nobody together"},
		{"a recruiter", func(w *graphtest.World, a graphtest.Account, i int) {
			a.See(ident.Email, graph.Recruiter, "ria.recruits@gmail.com", 1, 1, 1)
		}, "handled the applications"},
		{"an employer", func(w *graphtest.World, a graphtest.Account, i int) { a.Employer("Acme Tools", 1, 9) }, "never a tie"},
		{"a stand-in", func(w *graphtest.World, a graphtest.Account, i int) { a.Email("noreply@acme-tools.net") }, "ties nobody"},
		{"a line that went to another customer", func(w *graphtest.World, a graphtest.Account, i int) { a.Login(graphtest.IP(1), 1+i*100, 40+i*100, 90) }, "goes to other customers"},
	} {
		w := graphtest.New(t)
		for i := range 2 {
			c.each(w, worker(w, i), i)
		}
		p, err := detect(t, w.Table()).why.Pair(account(0), account(1))
		if err != nil || len(p.Counting) != 0 || len(p.Nothing) != 1 || !strings.Contains(p.Nothing[0].Why, c.says) || p.Total != 0 {
			t.Errorf("%s: %v, %+v", c.name, err, p.Nothing)
		}
	}
}

// A hub says what sort of hub it is, and a discounted value by what.
func TestFactorsSayWhy(t *testing.T) {
	w := graphtest.New(t)
	for i := range 12 {
		worker(w, i).Login(graphtest.IP(500), 10, 90, 5).Login(graphtest.IP(i), 1, 200, 300).Home(graphtest.Address(i))
	}
	p, err := detect(t, w.Table()).why.Pair(account(0), account(1))
	if err != nil || len(p.Nothing) != 1 || p.Nothing[0].Class != "transit" || !strings.Contains(p.Nothing[0].Why, "at their base") {
		t.Fatalf("%v, %+v", err, p.Nothing)
	}
	w = graphtest.New(t)
	worker(w, 0).Device("serial:SHARED0001", 1, 40)
	worker(w, 1).Device("serial:SHARED0001", 50, 90)
	if p, err = detect(t, w.Table()).why.Pair(account(0), account(1)); err != nil || len(p.Counting) != 1 {
		t.Fatalf("%v, %+v", err, p)
	}
	s := p.Counting[0]
	i := slices.IndexFunc(s.Factors, func(f linkage.Factor) bool { return f.Name == linkage.FactorTime })
	if s.Points != 1 || s.Overlap != explain.InTurn || s.Factors[i].By != .1 || !strings.Contains(s.Factors[i].Why, "not have it at the same time") {
		t.Errorf("%+v", s)
	}
}

func TestOnePerson(t *testing.T) {
	w := graphtest.New(t)
	worker(w, 0).Email("me@gmail.com")
	w.Account("github", "me", graphtest.Name(0)).Email("me@gmail.com").Phone(graphtest.Phone(1), 3)
	w.Account("upwork", "me", graphtest.Name(0)).Phone(graphtest.Phone(1), 3)
	p, err := detect(t, w.Table()).why.Pair(account(0), graph.AccountID{Platform: "upwork", Native: "me"})
	if err != nil || !p.OnePerson || len(p.Merges) != 2 {
		t.Fatalf("%v, %+v", err, p)
	}
	for i, m := range p.Merges {
		if len(m.Uses) != 2 || !m.Identifier.Valid() || i > 0 && m.A != p.Merges[0].B && m.B != p.Merges[0].B && m.A != p.Merges[0].A && m.B != p.Merges[0].A {
			t.Errorf("%+v", m)
		}
	}
}

// Two members who share nothing themselves are connected over the strongest pairs.
func TestPath(t *testing.T) {
	w := graphtest.New(t)
	for i := range 4 {
		a := worker(w, i).Home(graphtest.Address(i))
		for j := max(0, i-1); j <= min(i, 2); j++ { // a chain of purses and devices
			a.Payout(graphtest.Bank(j), 1, 90).Device(fmt.Sprintf("serial:CHAIN%04d", j), 1, 90)
		}
	}
	d := detect(t, w.Table())
	if len(d.run.Clusters) != 1 || d.run.Clusters[0].Persons != 4 {
		t.Skipf("the chain is not one cluster any more: %d", len(d.run.Clusters))
	}
	p, err := d.why.Pair(account(0), account(3))
	if err != nil || len(p.Counting) != 0 || len(p.Path) != 3 {
		t.Fatalf("%v, path %+v", err, p.Path)
	}
	for i, s := range p.Path {
		if s.From != account(i) || s.To != account(i+1) || s.Points != 20 || len(s.Counting) != 2 {
			t.Errorf("%+v", s)
		}
	}
	if p, err = d.why.Pair(account(0), account(1)); err != nil || len(p.Path) != 0 {
		t.Errorf("a path is given for two who share something: %v", p.Path)
	}
}

func TestOutside(t *testing.T) {
	w := graphtest.New(t)
	worker(w, 0).Device("serial:SHARED0001", 1, 40)
	worker(w, 1).Device("serial:SHARED0001", 50, 90)
	worker(w, 2)
	d := detect(t, w.Table())
	m, err := d.why.Member(account(0))
	if err != nil || m.Cluster != "" || m.Points != 1.25 || m.Need != 6 || len(m.Partners) != 1 || m.Partners[0].Account != account(1) || m.Partners[0].Points != 1 {
		t.Errorf("%v, %+v", err, m)
	}
	if m, err = d.why.Member(account(2)); err != nil || len(m.Counting)+len(m.Nothing)+len(m.Partners) != 0 || len(m.Context) != 1 {
		t.Errorf("%v, %+v", err, m)
	}
}

// Who is set apart is told so, and what they share with the members although it weighs nothing: a name and a home.
func TestSetApart(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	d := detect(t, w.Table())
	outsiders := 0
	for _, c := range d.run.Clusters {
		for _, o := range c.Apart {
			outsiders++
			m, err := d.why.Member(o.Account)
			if err != nil || len(m.Apart) != 1 || m.Apart[0].Cluster != c.ID || m.Apart[0].Role != o.Role || m.Apart[0].Reason != explain.AsSentence(o.Reason) {
				t.Errorf("%v, set apart from %+v, want %s", err, m.Apart, c.ID)
			}
			for _, s := range m.Nothing {
				if len(s.With) == 0 {
					t.Errorf("a %v is shared with nobody", s.Identifier.Kind())
				}
			}
			if o.Role == graph.RoleVictim && !slices.ContainsFunc(m.Nothing, func(s explain.Shared) bool { return s.Class == "name" }) {
				t.Errorf("a victim does not share the name: %+v", m.Nothing)
			}
		}
	}
	if m, err := d.why.Member(d.run.Clusters[0].Members[0].Account); outsiders == 0 || err != nil || len(m.Apart) != 0 {
		t.Errorf("%d are set apart, %v, a member from %v", outsiders, err, m.Apart)
	}
}

func TestUnknown(t *testing.T) {
	w := graphtest.New(t)
	worker(w, 0).Email("me@gmail.com")
	d := detect(t, w.Table())
	var u *explain.UnknownError
	if _, err := d.why.Member(account(7)); !errors.As(err, &u) || u.Account != account(7) || strings.Contains(err.Error(), "user7") {
		t.Errorf("%v", err)
	}
	for _, pair := range [][2]int{{0, 7}, {7, 0}} {
		if _, err := d.why.Pair(account(pair[0]), account(pair[1])); !errors.As(err, &u) {
			t.Errorf("%v", err)
		}
	}
}

// Without any of the sets that it says would have to go, less than what is needed is left; and no smaller set does it.
func TestLeaves(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	d := detect(t, w.Table())
	for _, c := range d.run.Clusters {
		for _, member := range c.Members {
			m, err := d.why.Member(member.Account)
			if err != nil {
				t.Fatal(err)
			}
			for _, set := range m.Leaves {
				if len(set) != len(m.Leaves[0]) || len(set) > len(m.Counting) {
					t.Errorf("sets of unequal size: %v", m.Leaves)
				}
			}
			if m.Need > 0 && m.Points >= m.Need && len(m.Leaves) == 0 && len(m.Counting) < 12 {
				t.Errorf("%v: nothing would have to go", member.Account)
			}
			if m.Points < m.Need && c.Persons > 1 {
				t.Errorf("%v has %v points and is a member", member.Account, m.Points)
			}
		}
	}
}
