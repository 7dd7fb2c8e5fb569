package simulate

import (
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/ident"
)

// inGroups returns the rows of each group of a kind, by person.
func (m *made) inGroups(kind string) map[string]map[string][]madeRow {
	of := map[string]bool{}
	for _, g := range m.truth.Groups {
		if g.Kind == kind {
			of[g.Group] = true
		}
	}
	out := map[string]map[string][]madeRow{}
	for _, r := range m.rows {
		a := m.who(r)
		if !of[a.Group] {
			continue
		}
		if out[a.Group] == nil {
			out[a.Group] = map[string][]madeRow{}
		}
		out[a.Group][a.Person] = append(out[a.Group][a.Person], r)
	}
	return out
}

// most returns by how many of the people one value of a kind, in a relation, is had; relation "" is any.
func most(people map[string][]madeRow, k ident.Kind, rel graph.Relation) int {
	n, best := map[ident.ID]map[string]bool{}, 0
	for p, rows := range people {
		for _, r := range rows {
			if r.id.Kind() != k || rel != "" && r.relation != rel || r.id.Mark() != ident.Ordinary {
				continue
			}
			if n[r.id] == nil {
				n[r.id] = map[string]bool{}
			}
			n[r.id][p] = true
			best = max(best, len(n[r.id]))
		}
	}
	return best
}

// TestLookalikes holds each sort of look-alike to what it is said to share: at least so many of its people have one value.
func TestLookalikes(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "confounders", Seed: 31})
	for _, c := range []struct {
		group  string
		people int
		kind   ident.Kind
		rel    graph.Relation
		shared int
	}{
		{"tax-preparer", 40, ident.Device, graph.Uses, 40},
		{"tax-preparer", 40, ident.Payment, graph.Payout, 40},
		{"tax-preparer", 40, ident.Phone, graph.Registered, 40},
		{"tax-preparer", 40, ident.IP, graph.Login, 40},
		{"guardian", 6, ident.Payment, graph.Payout, 5},
		{"guardian", 6, ident.Phone, graph.Registered, 5},
		{"consultancy", 6, ident.Payment, graph.Payout, 2},
		{"consultancy", 6, ident.Address, graph.ShipTo, 1},
		{"family-business", 5, ident.Payment, graph.Payout, 4},
		{"small-agency", 12, ident.IP, graph.Login, 3},
		{"dormitory", 12, ident.IP, graph.Login, 4},
		{"church", 8, ident.Address, graph.Registered, 4},
		{"repair-shop", 12, ident.Device, graph.Uses, 12},
		{"repair-shop", 12, ident.IP, graph.Login, 12},
		{"kiosk", 9, ident.Device, graph.Uses, 5},
		{"library", 6, ident.Device, graph.Uses, 6},
		{"payroll-card", 7, ident.Payment, graph.Payout, 0},
	} {
		groups := m.inGroups(c.group)
		if len(groups) != 1 {
			t.Errorf("%d groups of kind %s", len(groups), c.group)
		}
		for _, people := range groups {
			if len(people) != c.people {
				t.Errorf("%s has %d people, want %d", c.group, len(people), c.people)
			}
			if n := most(people, c.kind, c.rel); n < c.shared {
				t.Errorf("%s: %d of the people have one %s (%s), want %d", c.group, n, c.kind, c.rel, c.shared)
			}
		}
	}
}

// TestHomesOfFamilies checks rates and sizes of households, and that shared houses have different surnames.
func TestHomesOfFamilies(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "confounders", People: 6000, Seed: 3})
	families := m.inGroups("household")
	people, sizes, joint, surname := 0, map[int]int{}, 0, 0
	for _, f := range families {
		people += len(f)
		sizes[len(f)]++
		if most(f, ident.Payment, graph.Payout) > 1 {
			joint++
		}
		last := map[string]int{}
		for _, rows := range f {
			for _, r := range rows {
				if r.id.Kind() == ident.Name {
					last[r.id.Key()[strings.LastIndexByte(r.id.Key(), ' ')+1:]]++
					break
				}
			}
		}
		if len(last) == 1 {
			surname++
		}
	}
	n := len(families)
	if share := float64(people) / 6000; share < shareCohabit*.9 || share > shareCohabit*1.4 {
		t.Errorf("%.3f of the people live with others, want about %.3f", share, shareCohabit)
	}
	if sizes[2] < n/2 || sizes[1] > 0 || joint < n/5 || joint > n*4/5 || surname < n/2 {
		t.Errorf("of %d households sizes are %v, %d have a joint account, %d one surname", n, sizes, joint, surname)
	}
	for _, house := range m.inGroups("shared-house") {
		if len(house) < 4 || len(house) > 7 {
			t.Errorf("%d people share a house", len(house))
		}
	}
}

// TestGroupsAreBenign checks that nobody of a ring is in a group.
func TestGroupsAreBenign(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "mix", Seed: 12})
	for _, a := range m.truth.Accounts {
		if a.Group != "" && a.Role != roleBenign {
			t.Errorf("a %s is in a group", a.Role)
		}
	}
}

// TestNothingGivesPersonasAway checks that the innocent have every kind of row, in every relation, that personas have.
func TestNothingGivesPersonasAway(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "mix", People: 6000, Seed: 2})
	type sort struct {
		system string
		kind   ident.Kind
		rel    graph.Relation
	}
	rows, benign := map[sort]int{}, map[sort]int{}
	for _, r := range m.rows {
		k := sort{r.account.System(), r.id.Kind(), r.relation}
		switch m.who(r).Role {
		case rolePersona:
			rows[k]++
		case roleBenign:
			benign[k]++
		}
	}
	for k, n := range rows {
		if n > 15 && benign[k] < n/2 && k.rel != graph.Transfer {
			t.Errorf("%d rows of personas are %v, %d of the innocent", n, k, benign[k])
		}
	}
}
