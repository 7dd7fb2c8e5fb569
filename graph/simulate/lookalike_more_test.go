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

// TestEveryBlockHasThem checks that each block of a world has each look-alike as often as it should.
func TestEveryBlockHasThem(t *testing.T) {
	s := newScene(SceneOptions{Scenario: "mix", People: 6000, Seed: 5})
	want := map[string]int{
		"student-flat": 1, "over-employed-flat": 1, "over-employed-house": 1, "over-employed-household": 1, "couple-two-clients": 2, "landlord-line": 1,
		"neighbour-line": 3, "grown-child": 3, "consultancy-homes-unknown": 1, "family-business-home-unknown": 1, "bookkeeper": 1, "coworking-house": 1,
	}
	for n := range s.blocks {
		b, got, people := s.block(n), map[string]int{}, map[string]int{}
		b.build()
		for _, a := range b.people {
			people[a.group]++
		}
		for _, g := range b.groups {
			if got[g.kind]++; want[g.kind] > 0 && people[g.id] == 0 {
				t.Errorf("block %d: nobody is in a group %s", n, g.kind)
			}
		}
		for kind, times := range want {
			if got[kind] != times {
				t.Errorf("block %d has %d groups of kind %s, want %d", n, got[kind], kind, times)
			}
		}
	}
}

// TestApart checks that what is made apart always is the same, and leaves what comes after it as it was.
func TestApart(t *testing.T) {
	s := newScene(SceneOptions{Scenario: "mix", People: MinPeople, Seed: 5})
	one, two := s.block(0), s.block(0)
	var first, again, other uint64
	one.apart("a part", func() { first = one.r.Uint64() })
	for range 7 {
		two.apart("another", func() { other = two.r.Uint64() })
	}
	two.apart("a part", func() { again = two.r.Uint64(); two.r.Uint64() })
	if first != again || first == other {
		t.Errorf("a part draws %d and %d, another %d", first, again, other)
	}
	if a, b := one.r.Uint64(), two.r.Uint64(); a != b || a == first {
		t.Errorf("after the parts, %d and %d are drawn", a, b)
	}
}

// TestRegisterElsewhere checks by hand what changes: the registered home, and not where parcels go.
func TestRegisterElsewhere(t *testing.T) {
	b := newScene(SceneOptions{Scenario: "mix", People: MinPeople, Seed: 5}).block(0)
	a, shop := b.born(roleBenign), dwelling{place: Place{Street: "1 Elm Street"}}
	lives := a.home
	b.registerElsewhere(a)
	if a.home.key() == lives.key() || a.shipTo == nil || a.shipTo.key() != lives.key() {
		t.Errorf("registered at %v, parcels to %v, lives at %v", a.home, a.shipTo, lives)
	}
	a = b.born(roleBenign)
	a.shipTo = &shop
	if b.registerElsewhere(a); a.shipTo.key() != shop.key() {
		t.Errorf("parcels go to %v and not to the shop", a.shipTo)
	}
}

// TestMoreJobs checks that somebody over-employed has two or three jobs that all go on.
func TestMoreJobs(t *testing.T) {
	b, sizes := newScene(SceneOptions{Scenario: "mix", People: MinPeople, Seed: 5}).block(0), map[int]int{}
	for range 60 {
		a := b.born(roleBenign)
		b.work(a)
		b.moreJobs(a)
		sizes[len(a.seats)]++
		at := map[*firm]bool{}
		for _, s := range a.seats {
			if at[s.firm] = true; s.to != daysSeen {
				t.Errorf("a job ends on day %d", s.to)
			}
		}
		if len(at) != len(a.seats) {
			t.Errorf("%d jobs at %d employers", len(a.seats), len(at))
		}
	}
	if sizes[2] == 0 || sizes[3] == 0 || sizes[2]+sizes[3] != 60 {
		t.Errorf("jobs: %v", sizes)
	}
}
