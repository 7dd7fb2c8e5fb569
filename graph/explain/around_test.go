package explain

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/ident"
)

var (
	neighbour = graph.AccountID{Platform: "okta:acme", Native: "nell"}
	namesake  = graph.AccountID{Platform: "payroll:acme", Native: "77"}
	namesake2 = graph.AccountID{Platform: "ats:acme", Native: "77"}
)

// surrounded is the trio with candidates and people set apart.
func surrounded(t *testing.T) (graph.Cluster, *Index) {
	c, table, hubs := trio(t)
	var b graph.Builder
	for i := range table.Rows {
		b.Observe(table.Observation(i))
	}
	for i, a := range []graph.AccountID{neighbour, namesake} {
		name := []string{"Nell Orme", "Ann Bell"}[i]
		b.Observe(graph.Observation{Account: a, Identifier: id(t, ident.Name, ident.Ordinary, name), Relation: graph.Registered, Count: 1, Ref: graph.Ref{Source: "s", File: "f", Line: int64(90 + i)}})
	}
	all := b.Table()
	all.Canonical()
	c.Candidates = []graph.Candidate{
		{Person: "p2", Accounts: []graph.AccountID{bob}, Score: 6, Reasons: []string{"lives there"}},
		{Person: "p9", Accounts: []graph.AccountID{neighbour}, Score: 4},
		{Person: "p3", Accounts: []graph.AccountID{cam}, Score: 3},
		{Person: "p7", Accounts: []graph.AccountID{{Platform: "x", Native: "gone"}}, Score: 3},
	}
	c.Apart = []graph.Apart{
		{Account: neighbour, Person: "p9", Role: graph.RoleBystander, Reason: "lives there"},
		{Account: namesake, Person: "p8", Role: graph.RoleVictim, Reason: "has the name and the home of a member"},
		{Account: namesake2, Person: "p8", Role: graph.RoleVictim, Reason: "has the name and the home of a member"},
	}
	return c, NewIndex(all, hubs)
}

func TestRanked(t *testing.T) {
	c, x := surrounded(t)
	var got []string
	for _, r := range x.Cluster(c).Ranked {
		var names []string
		for _, n := range r.Names {
			names = append(names, n.Shown())
		}
		got = append(got, r.Person+"; "+r.Standing+"; "+strings.Join(names, ", "))
	}
	want := []string{
		"p2; a member of the cluster; ",
		"p9; not a member of the cluster; set apart as a possible bystander, whom the data cannot tell from the host; Nell Orme",
		"p3; in the cluster, shown and not flagged: set aside as a possible bystander, whom the data cannot tell from the host; ",
		"p7; not a member of the cluster; ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLeading(t *testing.T) {
	candidates := func(scores ...float64) []graph.Candidate {
		var out []graph.Candidate
		for _, s := range scores {
			out = append(out, graph.Candidate{Person: "p", Score: s})
		}
		return out
	}
	looked := []graph.LookAlike{{Name: "chance"}}
	for _, c := range []struct {
		name string
		c    graph.Cluster
		want string
	}{
		{"not flagged: nobody is named", graph.Cluster{Considered: looked}, ""},
		{"a run from before", graph.Cluster{Flagged: true}, "did not look"},
		{"none", graph.Cluster{Flagged: true, Considered: looked}, "Nothing in the data points at anybody."},
		{"one", graph.Cluster{Flagged: true, Candidates: candidates(4)}, "Nobody else has clues enough"},
		{"clear", graph.Cluster{Flagged: true, Candidates: candidates(8, 4.5, 4)}, "The next best is 3.5 clue points behind."},
		{"near", graph.Cluster{Flagged: true, Candidates: candidates(8, 7.5, 7, 3)}, "The first 2 candidates cannot be told apart"},
		{"as many as are named", graph.Cluster{Flagged: true, Candidates: candidates(slices.Repeat([]float64{4}, graph.MostCandidates)...)}, "These 12 candidates, and perhaps more, cannot be told apart"},
		{"equal", graph.Cluster{Flagged: true, Candidates: candidates(4, 4, 4)}, "The first 3 candidates cannot be told apart"},
	} {
		got := NewIndex(tableOf(), nil).Cluster(c.c).Leading.String()
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Those set apart are gathered by person, possible victims first, whatever the order they come in.
func TestAround(t *testing.T) {
	c, x := surrounded(t)
	for range 2 {
		got := x.Cluster(c).Around
		if len(got) != 2 || got[0].Standing != "possible identity victim" || len(got[0].Accounts) != 2 || got[0].Accounts[0] != namesake2 ||
			got[0].Names[0].Shown() != "Ann Bell" || got[0].Reason != "Has the name and the home of a member." || got[1].Role != graph.RoleBystander {
			t.Errorf("%+v", got)
		}
		c.Apart[0], c.Apart[2] = c.Apart[2], c.Apart[0]
	}
}

// Whoever is set apart is no member: they do not appear among the members, nor in a headline's count.
func TestApartIsNoMember(t *testing.T) {
	c, x := surrounded(t)
	got := x.Cluster(c)
	if got.Headline != explained(t).Headline || len(got.Explained) != 4 {
		t.Errorf("%s; %d members", got.Headline, len(got.Explained))
	}
	for _, m := range got.Explained {
		if m.Account == neighbour || m.Account == namesake {
			t.Errorf("%v is among the members", m.Account)
		}
	}
}

func TestAccounts(t *testing.T) {
	if got := Accounts(); got == nil || len(got) != 0 {
		t.Errorf("no clusters: %v, want an empty list, since nil means all accounts", got)
	}
	c, _ := surrounded(t)
	got := Accounts(c, c)
	want := []graph.AccountID{namesake2, neighbour, namesake, {Platform: "x", Native: "gone"}}
	for _, a := range want {
		n := 0
		for _, b := range got {
			n += one(a == b)
		}
		if n != 1 {
			t.Errorf("%v is there %d times", a, n)
		}
	}
	if len(got) != 8 {
		t.Errorf("%d accounts, want 8: %v", len(got), got)
	}
}

// A reason that stands with an innocent explanation is not said twice.
func TestWhyNotSaysItOnce(t *testing.T) {
	c := graph.Cluster{Reasons: []string{"they live together", "two names"}, Considered: []graph.LookAlike{{Name: "household", Holds: true, Reason: "they live together"}, {Name: "chance", Reason: "two names"}}}
	if diff := cmp.Diff([]string{"Two names."}, whyNot(c)); diff != "" {
		t.Error(diff)
	}
	if c.Flagged = true; whyNot(c) != nil {
		t.Error("a flagged cluster says why it is not")
	}
}

func TestStanding(t *testing.T) {
	for role, want := range map[string]string{
		"": "", graph.RolePersona: "candidate: persona", graph.RoleFacilitator: "candidate: facilitator", graph.RoleLender: "candidate: identity lender",
		graph.RoleVictim: "possible identity victim", graph.RoleBystander: "possible bystander", "site_owner": "candidate: site owner",
		"identity_victim": "possible identity victim", "possible broker": "possible broker", "\x1b[2J": "candidate: ⟨U+001B⟩[2J",
	} {
		if got := Standing(role); got != want {
			t.Errorf("Standing(%q) = %q, want %q", role, got, want)
		}
	}
}

// What counts towards no flag, because it is shared within homes only, say, is called shared and not a tie.
func TestHeadlineWithoutFamilies(t *testing.T) {
	c := graph.Cluster{Persons: 2, Members: make([]graph.Member, 2), Evidence: []graph.Evidence{
		{Family: graph.Place, Points: 5}, {Family: graph.Network, Points: 4}, {Family: graph.Place, Points: 1}, {Family: graph.Money}}}
	if got, want := Headline(c), "2 accounts, sharing address and network"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c.Evidence = nil
	if got, want := Headline(c), "2 accounts, tied by nothing that counts as a family of evidence"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	c.Families = []graph.Family{graph.Contact, graph.Money}
	if got, want := Headline(c), "2 accounts, tied by contact and money"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A headline says what a cluster is flagged for where that is not what its members share.
func TestHeadlineOfOtherFlags(t *testing.T) {
	stack := graph.Cluster{
		Flagged: true, Persons: 1, Names: 1, Employers: 8, Considered: []graph.LookAlike{{Name: graph.OverEmployment}},
		Members: []graph.Member{{Account: ann, Person: "p1", Flagged: true}, {Account: bob, Person: "p1", Flagged: true}},
	}
	two := stack
	two.Persons, two.Members = 2, []graph.Member{{Account: ann, Person: "p1", Flagged: true}, {Account: bob, Person: "p2"}}
	two.Evidence = []graph.Evidence{{Family: graph.Contact, Points: 3}}
	both := two
	both.Members = []graph.Member{{Account: ann, Person: "p1", Flagged: true}, {Account: bob, Person: "p2", Flagged: true}}
	ghosts := graph.Cluster{Flagged: true, Names: 4, Reasons: []string{"Four names.", graph.ReasonGhosts}, Members: make([]graph.Member, 4)}
	paid := ghosts
	paid.Families = []graph.Family{graph.Money}
	quiet := paid
	quiet.Flagged = false
	for _, x := range []struct {
		c    graph.Cluster
		want string
	}{
		{stack, "2 accounts, 1 person, 1 name, 8 employers, flagged for one person with more jobs at once than one can work at"},
		{two, "2 accounts, 1 name, 8 employers, sharing contact, flagged for one person with more jobs at once than one can work at"},
		{both, "2 accounts, 1 name, 8 employers, sharing contact, flagged for 2 persons with more jobs at once than one can work at"},
		{ghosts, "4 accounts, 4 names, flagged for a purse of people who are paid and mostly never sign in"},
		{paid, "4 accounts, 4 names, tied by money, flagged for a purse of people who are paid and mostly never sign in"},
		{quiet, "4 accounts, 4 names, tied by money"},
	} {
		if got := Headline(x.c); got != x.want {
			t.Errorf("%s\nwant %s", got, x.want)
		}
	}
	if got := NewIndex(tableOf(), nil).Cluster(stack).Refute; len(got) != 1 || !strings.Contains(got[0].String(), "not held at the same time") {
		t.Errorf("what would refute the jobs of one person: %v", got)
	}
}
