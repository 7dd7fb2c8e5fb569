package evaluate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/evaluate"
)

// id is an account; its platform is made up.
func id(name string) graph.AccountID { return graph.AccountID{Platform: "okta:acme", Native: name} }

// worldText is a truth: rings "name kind", groups "name kind", accounts "account person role ring site group framed", "-" for none.
func worldText(rings, groups, accounts string) string {
	object := func(line string, keys ...string) string {
		var parts []string
		for i, f := range strings.Fields(line) {
			value := fmt.Sprintf("%q", strings.TrimPrefix(f, "-"))
			if keys[i] == "framed" {
				value = "true"
			}
			parts = append(parts, fmt.Sprintf("%q:%s", keys[i], value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	list := func(text string, keys ...string) string {
		var all []string
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" {
				all = append(all, object(line, keys...))
			}
		}
		return "[" + strings.Join(all, ",\n") + "]"
	}
	return `{"version":1,"rings":` + list(rings, "ring", "kind") + `,"groups":` + list(groups, "group", "kind") +
		`,"accounts":` + strings.ReplaceAll(list(accounts, "account", "person", "role", "ring", "site", "group", "framed"), `{"account"`, `{"platform":"okta:acme","account"`) + "}"
}

// clusterOf makes a cluster of accounts, flagged; a name in brackets is a member that is not flagged itself.
func clusterOf(name, accounts string) graph.Cluster {
	c := graph.Cluster{ID: name, Flagged: true}
	for _, n := range strings.Fields(accounts) {
		plain := strings.Trim(n, "()")
		c.Members = append(c.Members, graph.Member{Account: id(plain), Flagged: plain == n})
	}
	return c
}

// A farm of three with a facilitator and a victim, a broker's ring of two that is torn, a household.
const (
	handRings    = "r1 farm\nr2 broker\nr3 farm"
	handGroups   = "g1 household\ng2 office"
	handAccounts = `
f  host    facilitator r1 s1
a1 alice   persona     r1 s1
a2 alice   persona     r1 s1
b  bob     persona     r1 s2
c  carol   lender      r1
v  alice2  victim      r1
y  yuri    bystander   r1
k  kim     persona     r2
l  lou     persona     r2
m  max     persona     r3
h1 hugo    benign      -  -  g1
h2 hugo    benign      -  -  g1
i  ines    benign      -  -  g1
j  jo      benign      -  -  g2  framed
z  zoe     benign
`
)

func TestRingsByHand(t *testing.T) {
	truth := readTruth(t, worldText(handRings, handGroups, handAccounts))
	farm := clusterOf("c1", "f a1 a2 b (j) stranger")
	farm.Candidates = []graph.Candidate{{Accounts: []graph.AccountID{id("f")}}, {Accounts: []graph.AccountID{id("y")}}}
	farm.Apart = []graph.Apart{{Account: id("v"), Role: graph.RoleVictim}, {Account: id("y"), Role: graph.RoleFacilitator}, {Account: id("h1")}}
	for i, role := range []string{graph.RoleFacilitator, graph.RolePersona, graph.RolePersona, graph.RoleLender} {
		farm.Members[i].Role, farm.Members[i].Site = role, "s1"
	}
	house := clusterOf("c2", "h1 h2 i k")
	house.Candidates = []graph.Candidate{{Accounts: []graph.AccountID{id("stranger"), id("i")}}}
	shared := clusterOf("c3", "z l")
	shared.Flagged = false
	got := evaluate.Rings(truth, []graph.Cluster{farm, house, shared}, nil)

	want := evaluate.RingScores{
		Accounts: 15, Strangers: 1, People: 13, Innocents: 6, Framed: 1, FramedOf: 1, Largest: evaluate.Size{Accounts: 5, Persons: 4},
		All: evaluate.Scope{
			Clusters: 3, Accounts: 11, Largest: evaluate.Size{Accounts: 5, Persons: 4},
			// the farm has 10 pairs of members, and the other ring 1; 4 of 5 and of the household 6 less one's own
			Pairs: evaluate.Pairs{Truth: 10 + 1, Found: 10 + 5 + 1, Both: 6}, Pairwise: evaluate.Rates{Precision: 6. / 16, Recall: 6. / 11, F1: 12. / 27},
			// in the farm 4 of 5 and one of 5; in the house h1 and h2 are one in 3, i and k 1 in 4; l and z 1 in 2
			BCubed:     evaluate.Rates{Precision: (4*.8 + .2 + 2./3 + 2./4 + 2./2) / 11, Recall: (4*.8 + .2 + 1 + .5*2) / 8},
			FirstWrong: 1, False: 1, Innocents: 4, FramedCaught: 1, FramedPeople: 1,
			ByRole:  []evaluate.RoleCount{{True: evaluate.Benign, Count: 4}},
			ByGroup: []evaluate.GroupCount{{Kind: "", Count: 1}, {Kind: "household", Count: 2}, {Kind: "office", Count: 1}},
		},
		Flagged: evaluate.Scope{
			Clusters: 2, Accounts: 8, Largest: evaluate.Size{Accounts: 4, Persons: 3},
			Pairs: evaluate.Pairs{Truth: 11, Found: 6 + 5, Both: 6}, Pairwise: evaluate.Rates{Precision: 6. / 11, Recall: 6. / 11, F1: 6. / 11},
			BCubed:    evaluate.Rates{Precision: (4 + 2./3 + 2./4) / 8, Recall: (4*.8 + .2 + 1 + .5*2) / 8},
			Recovered: 1, Led: 1, FirstRight: 1, FirstWrong: 1, False: 1, Innocents: 2,
			ByRole:  []evaluate.RoleCount{{True: evaluate.Benign, Count: 2}},
			ByGroup: []evaluate.GroupCount{{Kind: "household", Count: 2}},
		},
		Rings: []evaluate.RingScore{
			{
				Ring: evaluate.Ring{Name: "r1", Kind: "farm", Linkable: -1}, Size: evaluate.Size{Accounts: 5, Persons: 4}, Led: true,
				All: evaluate.Best{Cluster: "c1", Share: .8, Purity: .8}, Flagged: evaluate.Best{Cluster: "c1", Share: .8, Purity: 1, Recovered: true, First: true},
			},
			{
				Ring: evaluate.Ring{Name: "r2", Kind: "broker", Linkable: -1}, Size: evaluate.Size{Accounts: 2, Persons: 2},
				All: evaluate.Best{Cluster: "c3", Share: .5, Purity: .5}, Flagged: evaluate.Best{Cluster: "c2", Share: .5, Purity: .25},
			},
			{Ring: evaluate.Ring{Name: "r3", Kind: "farm", Linkable: -1}, Size: evaluate.Size{Accounts: 1, Persons: 1}},
		},
		FalseFlags: []evaluate.FalseFlag{{Cluster: "c2", Size: evaluate.Size{Accounts: 4, Persons: 3}, Ring: "r2", Members: 1, Kinds: []evaluate.GroupCount{{Kind: "household", Count: 2}}}},
		Mistaken: []evaluate.Mistaken{
			{Cluster: "c2", Ring: "r2", Purity: .25, Accounts: []graph.AccountID{id("h1"), id("h2")}, Role: evaluate.Benign, Kind: "household"},
			{Cluster: "c2", Ring: "r2", Purity: .25, Accounts: []graph.AccountID{id("i")}, Role: evaluate.Benign, Kind: "household"},
		},
		Roles: []evaluate.RoleCount{
			{True: evaluate.Persona, Found: graph.RoleLender, Count: 1}, {True: evaluate.Persona, Found: "none", Count: 1},
			{True: evaluate.Persona, Found: "not found", Count: 2}, {True: evaluate.Persona, Found: graph.RolePersona, Count: 2},
			{True: evaluate.Facilitator, Found: graph.RoleFacilitator, Count: 1}, {True: evaluate.Lender, Found: "not found", Count: 1},
			{True: evaluate.Victim, Found: graph.RoleVictim, Count: 1}, {True: evaluate.Bystander, Found: graph.RoleFacilitator, Count: 1},
			{True: evaluate.Benign, Found: "none", Count: 3},
		},
		// f, a1, a2 at one place, b at another; found at one
		Sites: evaluate.Rates{Precision: (3*.75 + .25) / 4, Recall: 1}, SiteItems: 4,
	}
	for _, r := range []*evaluate.Rates{&want.All.BCubed, &want.Flagged.BCubed, &want.Sites} {
		r.F1 = 2 * r.Precision * r.Recall / (r.Precision + r.Recall)
	}
	if diff := cmp.Diff(want, got, close9); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	kinds := evaluate.ByKind(got.Rings)
	wantKinds := []evaluate.KindScore{{Kind: "broker", Rings: 1, Share: .5}, {Kind: "farm", Rings: 2, Flagged: 1, Led: 1, First: 1, Share: .4}}
	if diff := cmp.Diff(wantKinds, kinds, close9); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

// Who is flagged in a cluster that is otherwise a ring's is named; who is only shown there has the role that is shown.
func TestRingsMistaken(t *testing.T) {
	truth := readTruth(t, worldText(handRings, handGroups, handAccounts))
	farm := clusterOf("c1", "f a1 a2 b c v j (y) (z)")
	farm.Members[7].Role = graph.RoleBystander
	got := evaluate.Rings(truth, []graph.Cluster{farm}, nil)
	want := []evaluate.Mistaken{
		{Cluster: "c1", Ring: "r1", Purity: 5. / 7, Accounts: []graph.AccountID{id("j")}, Role: evaluate.Benign, Kind: "office", Framed: true},
		{Cluster: "c1", Ring: "r1", Purity: 5. / 7, Accounts: []graph.AccountID{id("v")}, Role: evaluate.Victim},
	}
	if diff := cmp.Diff(want, got.Mistaken, close9); diff != "" || len(got.FalseFlags) > 0 {
		t.Errorf("false flags %v, mistaken (-want +got):\n%s", got.FalseFlags, diff)
	}
	if shown := (evaluate.RoleCount{True: evaluate.Bystander, Found: graph.RoleBystander, Count: 1}); !slices.Contains(got.Roles, shown) {
		t.Errorf("no %v in %v", shown, got.Roles)
	}
}

// Accounts that the case does not have are not asked for.
func TestRingsKnown(t *testing.T) {
	truth := readTruth(t, worldText(handRings, handGroups, handAccounts))
	known := []graph.AccountID{id("a1"), id("a2"), id("b"), id("else"), id("h1"), id("k")}
	got := evaluate.Rings(truth, []graph.Cluster{clusterOf("c", "a1 b f")}, known)
	if got.Accounts != 5 || got.Missing != 10 || got.People != 4 || got.Flagged.Accounts != 2 || len(got.Rings) != 2 || got.Rings[0].Flagged.Share != 2./3 || got.Rings[0].Led {
		t.Errorf("%+v", got)
	}
}

// Nothing found is nothing wrong, and no ring.
func TestRingsNothing(t *testing.T) {
	truth := readTruth(t, worldText("", "", "a p benign"))
	got := evaluate.Rings(truth, nil, nil)
	if got.Flagged.Pairwise != (evaluate.Rates{Precision: 1, Recall: 1, F1: 1}) || got.Flagged.Innocents != 0 || got.Innocents != 1 || len(got.Rings) != 0 {
		t.Errorf("%+v", got)
	}
}

// drawn is a world and clusters of it, from a few people.
func drawn(t *rapid.T) (*evaluate.Truth, []graph.Cluster) {
	var accounts strings.Builder
	clusters := []graph.Cluster{{ID: "c0"}, {ID: "c1"}, {ID: "c2"}}
	for i := range clusters {
		clusters[i].Flagged = rapid.Bool().Draw(t, "flagged")
	}
	for p := range rapid.IntRange(1, 12).Draw(t, "people") {
		ring := rapid.SampledFrom([]string{"-", "-", "r1", "r2"}).Draw(t, "ring")
		role := "benign"
		if ring != "-" {
			role = rapid.SampledFrom([]string{"persona", "facilitator", "lender", "victim", "bystander"}).Draw(t, "role")
		}
		for a := range rapid.IntRange(1, 3).Draw(t, "accounts") {
			name := fmt.Sprintf("x%d-%d", p, a)
			fmt.Fprintf(&accounts, "%s p%d %s %s\n", name, p, role, ring)
			if c := rapid.IntRange(0, 3).Draw(t, "cluster"); c < 3 {
				m := graph.Member{Account: id(name), Flagged: clusters[c].Flagged && rapid.Bool().Draw(t, "member flagged")}
				clusters[c].Members = append(clusters[c].Members, m)
			}
		}
	}
	truth, err := evaluate.ReadTruth(strings.NewReader(worldText("r1 a\nr2 b", "", accounts.String())))
	if err != nil {
		t.Fatal(err)
	}
	return truth, clusters
}

// byPairs takes the scores of a scope from their definitions, account by account and pair by pair; in has each account's cluster.
func byPairs(truth *evaluate.Truth, in map[graph.AccountID]string) (pairs evaluate.Pairs, bCubed evaluate.Rates, innocents int) {
	one := func(b bool) float64 { return map[bool]float64{true: 1}[b] }
	counted, members, people := 0., 0., map[uint32]bool{}
	for i, a := range truth.Accounts {
		right, inCluster, found, inRing := 1., 1., 1., 1.
		lonely := true // with nobody else
		for j, b := range truth.Accounts {
			same := a.Member() && b.Member() && a.Ring == b.Ring
			together := in[a.Account] != "" && in[a.Account] == in[b.Account]
			lonely = lonely && !(together && a.Person != b.Person)
			if i == j || a.Person == b.Person && !a.Member() {
				continue
			}
			right, inCluster = right+one(same && together), inCluster+one(together)
			found, inRing = found+one(same && together), inRing+one(same)
			if i < j {
				pairs.Truth += uint64(one(same))
				pairs.Found += uint64(one(together))
				pairs.Both += uint64(one(same && together))
			}
		}
		if in[a.Account] != "" && (a.Member() || !lonely) {
			bCubed.Precision += right / inCluster
			counted++
		}
		if a.Member() {
			bCubed.Recall += found / inRing
			members++
		} else if in[a.Account] != "" {
			people[a.Person] = true
		}
	}
	mean := func(sum, n float64) float64 {
		if n == 0 {
			return 1
		}
		return sum / n
	}
	return pairs, evaluate.Rates{Precision: mean(bCubed.Precision, counted), Recall: mean(bCubed.Recall, members)}, len(people)
}

// The scores are those of their definitions.
func TestRingsBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		truth, clusters := drawn(t)
		got := evaluate.Rings(truth, clusters, nil)
		for scope, flagged := range map[*evaluate.Scope]bool{&got.All: false, &got.Flagged: true} {
			in := map[graph.AccountID]string{}
			for _, c := range clusters {
				for _, m := range c.Members {
					if !flagged || c.Flagged && m.Flagged {
						in[m.Account] = c.ID
					}
				}
			}
			pairs, bCubed, innocents := byPairs(truth, in)
			if diff := cmp.Diff(pairs, scope.Pairs); diff != "" {
				t.Fatalf("pairs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(bCubed, scope.BCubed, close9, cmpopts.IgnoreFields(evaluate.Rates{}, "F1")); diff != "" {
				t.Fatalf("B-cubed (-want +got):\n%s", diff)
			}
			if innocents != scope.Innocents {
				t.Fatalf("%d innocents, want %d", scope.Innocents, innocents)
			}
		}
	})
}

// What flags nothing is flagged by the persons in it.
func TestFlagAll(t *testing.T) {
	truth := readTruth(t, worldText(handRings, handGroups, handAccounts))
	clusters := []graph.Cluster{clusterOf("c1", "(f) (a1) (b)"), clusterOf("c2", "h1 h2 i"), clusterOf("c3", "a1 a2 i stranger")}
	evaluate.FlagAll(truth, clusters, 3)
	for i, want := range []bool{true, false, false} {
		c := clusters[i]
		if c.Flagged != want || slices.ContainsFunc(c.Members, func(m graph.Member) bool { return m.Flagged != want }) {
			t.Errorf("%s: flagged %v, want %v: %+v", c.ID, c.Flagged, want, c.Members)
		}
	}
}

// The order of clusters and of their members changes nothing; counts add up.
func TestRingsInvariant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		truth, clusters := drawn(t)
		got := evaluate.Rings(truth, clusters, nil)
		turned := slices.Clone(clusters)
		slices.Reverse(turned)
		for i := range turned {
			turned[i].Members = slices.Clone(turned[i].Members)
			slices.Reverse(turned[i].Members)
		}
		if diff := cmp.Diff(got, evaluate.Rings(truth, turned, nil)); diff != "" {
			t.Fatalf("another order:\n%s", diff)
		}
		for _, s := range []evaluate.Scope{got.All, got.Flagged} {
			roles, groups := 0, 0
			for _, c := range s.ByRole {
				roles += c.Count
			}
			for _, c := range s.ByGroup {
				groups += c.Count
			}
			if roles != s.Innocents || groups != s.Innocents || s.Recovered > len(got.Rings) || s.FirstRight > s.Led || s.Led > s.Recovered || s.False > s.Clusters {
				t.Fatalf("%+v", s)
			}
		}
		if len(got.FalseFlags) != got.Flagged.False || got.Flagged.Innocents > got.All.Innocents {
			t.Fatalf("%d false flags, %+v", len(got.FalseFlags), got.Flagged)
		}
	})
}

// BenchmarkRings scores a million accounts of which all are in clusters, as plain components have them.
func BenchmarkRings(b *testing.B) {
	truth, err := evaluate.ReadTruth(&manyAccounts{n: 1_000_000})
	if err != nil {
		b.Fatal(err)
	}
	one := graph.Cluster{ID: "c", Flagged: true}
	for _, a := range truth.Accounts {
		one.Members = append(one.Members, graph.Member{Account: a.Account, Flagged: true})
	}
	b.ReportAllocs()
	for b.Loop() {
		if s := evaluate.Rings(truth, []graph.Cluster{one}, nil); s.Flagged.Innocents != truth.People {
			b.Fatal(s.Flagged.Innocents)
		}
	}
}
