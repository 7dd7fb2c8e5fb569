package simulate

import (
	"testing"

	"samehand/graph"
	"samehand/graph/ident"
)

// have returns how many values of a kind, in a relation, somebody's rows have; relation "" is any.
func have(rows []madeRow, k ident.Kind, rel graph.Relation) map[ident.ID]bool {
	out := map[ident.ID]bool{}
	for _, r := range rows {
		if r.id.Kind() == k && (rel == "" || r.relation == rel) && r.id.Mark() == ident.Ordinary && r.nature != "slip" {
			out[r.id] = true
		}
	}
	return out
}

// employers returns at how many employers somebody has an account.
func employers(rows []madeRow) map[string]bool {
	out := map[string]bool{}
	for _, r := range rows {
		if s := r.account.System(); s == "okta" || s == "payroll" {
			out[r.account.Tenant()] = true
		}
	}
	return out
}

// TestLookalikesOfHomesAndWork holds each of the look-alikes to how many there are, to whom they have, and to what these share at most: the
// largest over several worlds, as fields may be empty in one.
func TestLookalikesOfHomesAndWork(t *testing.T) {
	var worlds []*made
	for seed := range uint64(4) {
		worlds = append(worlds, makeScene(t, SceneOptions{Scenario: "confounders", Seed: 40 + seed}))
	}
	for _, c := range []struct {
		group          string
		groups, people int
		kind           ident.Kind
		rel            graph.Relation
		shared         int
	}{
		{"student-flat", 1, 4, ident.IP, graph.Login, 3},
		{"student-flat", 1, 4, ident.Address, graph.ShipTo, 2},
		{"over-employed-flat", 1, 3, ident.IP, graph.Login, 2},
		{"over-employed-house", 1, 5, ident.IP, graph.Login, 4},
		{"over-employed-household", 1, 0, ident.IP, graph.Login, 2},
		{"couple-two-clients", 2, 2, ident.IP, graph.Login, 2},
		{"couple-two-clients", 2, 2, ident.Payment, graph.Payout, 2},
		{"landlord-line", 1, 5, ident.IP, graph.Login, 4},
		{"neighbour-line", 3, 2, ident.IP, graph.Login, 2},
		{"grown-child", 3, 3, ident.Payment, graph.Payout, 2},
		{"consultancy-homes-unknown", 1, 6, ident.Payment, graph.Payout, 4},
		{"consultancy-homes-unknown", 1, 6, ident.Address, graph.ShipTo, 2},
		{"family-business-home-unknown", 1, 5, ident.Payment, graph.Payout, 4},
		{"bookkeeper", 1, 4, ident.Payment, graph.Payout, 3},
		{"bookkeeper", 1, 4, ident.Phone, graph.Registered, 3},
		{"bookkeeper", 1, 4, ident.Email, graph.Recovery, 3},
		{"coworking-house", 1, 5, ident.IP, graph.Login, 3},
		{"coworking-house", 1, 5, ident.Address, graph.ShipTo, 3},
	} {
		best := 0
		for _, m := range worlds {
			groups := m.inGroups(c.group)
			if len(groups) != c.groups {
				t.Errorf("%d groups of kind %s, want %d", len(groups), c.group, c.groups)
			}
			for _, people := range groups {
				if c.people > 0 && len(people) != c.people {
					t.Errorf("%s has %d people, want %d", c.group, len(people), c.people)
				}
				best = max(best, most(people, c.kind, c.rel))
			}
		}
		if best < c.shared {
			t.Errorf("%s: %d of the people have one %s (%s), want %d", c.group, best, c.kind, c.rel, c.shared)
		}
	}
}

// TestRegisteredElsewhere checks that some of those who live together are registered elsewhere, students above all, and that those in flats of their own are.
func TestRegisteredElsewhere(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "confounders", People: 12_000, Seed: 3})
	share := func(kind string) float64 {
		lone, all := 0, 0
		for _, people := range m.inGroups(kind) {
			homes := map[ident.ID]int{}
			for _, rows := range people {
				for id := range have(rows, ident.Address, graph.Registered) {
					homes[id]++
				}
			}
			for _, rows := range people {
				best, known := 0, false
				for id := range have(rows, ident.Address, graph.Registered) {
					best, known = max(best, homes[id]), true
				}
				if known {
					all++
				}
				if known && best == 1 {
					lone++
				}
			}
		}
		return float64(lone) / float64(max(all, 1))
	}
	for kind, want := range map[string][2]float64{
		"household": {.01, .25}, "flat": {.1, .45}, "shared-house": {.08, .4}, "student-flat": {.6, 1},
		"landlord-line": {1, 1}, "neighbour-line": {1, 1}, "coworking-house": {1, 1},
	} {
		if got := share(kind); got < want[0] || got > want[1] {
			t.Errorf("%s: %.2f are registered where no other of them is, want %.2f to %.2f", kind, got, want[0], want[1])
		}
	}
}

// TestSeveralJobs checks that people with several jobs live with others, and that couples have the same clients.
func TestSeveralJobs(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "confounders", People: 6000, Seed: 5})
	for _, kind := range []string{"over-employed-flat", "over-employed-house", "over-employed-household"} {
		for id, people := range m.inGroups(kind) {
			busy := 0
			for _, rows := range people {
				if len(employers(rows)) > 1 {
					busy++
				}
			}
			if busy == 0 {
				t.Errorf("%s %s: nobody has two jobs", kind, id)
			}
		}
	}
	for id, people := range m.inGroups("couple-two-clients") {
		at := map[string]int{}
		for _, rows := range people {
			for e := range employers(rows) {
				at[e]++
			}
		}
		both := 0
		for _, n := range at {
			if n == 2 {
				both++
			}
		}
		if both < 2 {
			t.Errorf("couple %s has %d clients in common", id, both)
		}
	}
	for id, people := range m.inGroups("coworking-house") {
		at, own := map[string]int{}, 0
		for _, rows := range people {
			for e := range employers(rows) {
				at[e]++
			}
			if len(have(rows, ident.IP, graph.Login)) > 1 {
				own++
			}
		}
		if len(at) < 5 || own < 2 {
			t.Errorf("coworking house %s has %d employers, %d people with lines of their own", id, len(at), own)
		}
	}
}

// TestHomesUnknown checks that of consultancies and family firms some homes are not in the data at all.
func TestHomesUnknown(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "confounders", People: 6000, Seed: 5})
	for kind, least := range map[string]int{"consultancy-homes-unknown": 3, "family-business-home-unknown": 2} {
		for id, people := range m.inGroups(kind) {
			unknown := 0
			for _, rows := range people {
				if len(have(rows, ident.Address, graph.Registered)) == 0 {
					unknown++
				}
			}
			if unknown < least || unknown == len(people) {
				t.Errorf("%s %s: of %d of %d no home is known", kind, id, unknown, len(people))
			}
		}
	}
}

// TestBusyBystanders checks that some of those who live where a farm is have two jobs, and most do not.
func TestBusyBystanders(t *testing.T) {
	busy, all := 0, 0
	for seed := range uint64(5) {
		m := makeScene(t, SceneOptions{Scenario: "farm", Seed: 60 + seed})
		for _, tenants := range m.tenants(roleBystander) {
			if all++; len(tenants) > 1 {
				busy++
			}
		}
	}
	if all < 10 || busy == 0 || busy > all*3/4 {
		t.Errorf("%d of %d bystanders have had two jobs", busy, all)
	}
}
