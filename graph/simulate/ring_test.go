package simulate

import (
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// tied returns, for each kind, in how many values two or more members of one ring meet; values that the public shares are left out.
func (m *made) tied() map[string]map[ident.Kind]int {
	type place struct {
		id   ident.ID
		ring string
	}
	holders := map[place]map[string]bool{}
	for _, r := range m.rows {
		a := m.who(r)
		hub := r.nature == "public" || r.nature == "transit" || r.nature == "office" || r.nature == "counter" || r.nature == "slip"
		if a.Ring == "" || a.Role == roleVictim || a.Role == roleBystander || hub || r.id.Mark() != ident.Ordinary || r.id.Kind() == ident.Name || r.id.Kind() == ident.Employer {
			continue
		}
		k := place{r.id, a.Ring}
		if holders[k] == nil {
			holders[k] = map[string]bool{}
		}
		holders[k][a.Person] = true
	}
	out := map[string]map[ident.Kind]int{}
	for k, persons := range holders {
		if len(persons) < 2 {
			continue
		}
		if out[k.ring] == nil {
			out[k.ring] = map[ident.Kind]int{}
		}
		out[k.ring][k.id.Kind()]++
	}
	return out
}

// tenants counts the employers of each person of a role.
func (m *made) tenants(role string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, a := range m.truth.Accounts {
		if _, tenant, ok := strings.Cut(a.Platform, ":"); ok && a.Role == role && !strings.HasPrefix(a.Platform, "ats") {
			if out[a.Person] == nil {
				out[a.Person] = map[string]bool{}
			}
			out[a.Person][tenant] = true
		}
	}
	return out
}

// TestFarms checks that farms are mostly small, sign in from one line, and share further values in two or three personas each.
func TestFarms(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "farm", People: 4000, Seed: 21})
	tied, money, contact := m.tied(), 0, 0
	for _, g := range m.truth.Rings {
		if g.Persons < 3 || g.Persons > 20 || g.Sites != 1 {
			t.Errorf("%d persons at %d sites", g.Persons, g.Sites)
		}
		if tied[g.Ring][ident.IP] == 0 || tied[g.Ring][ident.Address] == 0 {
			t.Errorf("%s has no line or no door in common", g.Ring)
		}
		money += tied[g.Ring][ident.Payment]
		contact += tied[g.Ring][ident.Email] + tied[g.Ring][ident.Phone]
	}
	if money < len(m.truth.Rings)/3 || contact < len(m.truth.Rings)/3 {
		t.Errorf("%d purses and %d contacts are shared in %d rings", money, contact, len(m.truth.Rings))
	}
	farm, all := 0, 0
	for _, r := range m.rows {
		if a := m.who(r); a.Site != "" && r.id.Kind() == ident.IP {
			if all += r.count; r.nature == "farm" {
				farm += r.count
			}
		}
	}
	if share := float64(farm) / float64(all); share < .3 || share > .7 {
		t.Errorf("%.2f of the sign-ins are from the farm, want .7 of those that are there: a sixth never are, a third are sent on", share)
	}
}

// TestMultihost checks that rings of several hosts have several sites, and values that tie them.
func TestMultihost(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "multihost", Seed: 5})
	site := map[string]string{}
	for _, a := range m.truth.Accounts {
		if a.Site != "" {
			site[a.Person] = a.Site
		}
	}
	for _, g := range m.truth.Rings {
		if g.Sites < 2 {
			t.Errorf("%s has %d sites", g.Ring, g.Sites)
		}
	}
	across := 0
	for _, persons := range m.holders(func(r madeRow, a truthAccount) bool { return a.Site != "" && r.nature == "ring" }) {
		sites := map[string]bool{}
		for p := range persons {
			sites[site[p]] = true
		}
		if len(sites) > 1 {
			across++
		}
	}
	if across < 5 {
		t.Errorf("%d values tie sites to one another", across)
	}
}

// TestCompartmented checks that nothing but lines and doors is shared.
func TestCompartmented(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "compartmented", Seed: 5})
	for ring, kinds := range m.tied() {
		for k, n := range kinds {
			if k != ident.IP && k != ident.Address {
				t.Errorf("%s shares %d values of kind %s", ring, n, k)
			}
		}
	}
}

// TestLender checks that lenders are one person with many employers, several at once.
func TestLender(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "lender", Seed: 5})
	lenders := m.tenants(roleLender)
	if len(lenders) != len(m.truth.Rings) {
		t.Errorf("%d lenders in %d rings", len(lenders), len(m.truth.Rings))
	}
	for p, tenants := range lenders {
		if len(tenants) < 6 {
			t.Errorf("%s has %d employers", p, len(tenants))
		}
	}
	for p, tenants := range m.tenants(roleBenign) {
		if len(tenants) > 5 {
			t.Errorf("%s is innocent and has %d employers", p, len(tenants))
		}
	}
}

// TestBroker checks that a broker's accounts are opened on few lines, and used elsewhere two weeks later.
func TestBroker(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "broker", Seed: 5})
	begin, there := map[graph.AccountID]time.Time{}, map[graph.AccountID]time.Time{}
	for _, r := range m.rows {
		if m.who(r).Role != rolePersona || r.id.Kind() != ident.IP {
			continue
		}
		if at, ok := begin[r.account]; !ok || r.first.Before(at) {
			begin[r.account] = r.first
		}
		if r.nature == "farm" && r.last.After(there[r.account]) {
			there[r.account] = r.last
		}
	}
	late, opened := 0, 0
	for a, last := range there {
		if opened++; last.Sub(begin[a]) > 15*24*time.Hour {
			late++
		}
	}
	if opened < 20 || late > 0 {
		t.Errorf("%d accounts are opened at the broker's, %d of them stay", opened, late)
	}
	for _, g := range m.truth.Rings {
		if n := m.tied()[g.Ring]; n[ident.Payment] < 2 || n[ident.Device] < 1 {
			t.Errorf("%s shares %v", g.Ring, n)
		}
	}
}

// TestCrypto checks that developers are paid in wallets, get no parcels, and are tied by values of several kinds.
func TestCrypto(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "crypto", Seed: 5})
	wallets := 0
	for _, r := range m.rows {
		if m.who(r).Role != rolePersona {
			continue
		}
		if r.file == "shipments.csv" {
			t.Error("a developer gets a parcel")
		}
		if r.id.Kind() == ident.Payment && strings.HasPrefix(r.id.Key(), "evm:") {
			wallets++
		}
	}
	kinds := map[ident.Kind]bool{}
	for _, of := range m.tied() {
		for k := range of {
			kinds[k] = true
		}
	}
	if wallets < 40 || len(kinds) < 5 {
		t.Errorf("%d wallets, ties of %d kinds", wallets, len(kinds))
	}
}

// TestGhosts checks that ghosts are paid where others sign in, and never sign in.
func TestGhosts(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "ghosts", Seed: 5})
	works := map[string]int{}
	for _, a := range m.truth.Accounts {
		if tenant, ok := strings.CutPrefix(a.Platform, "okta:"); ok {
			works[tenant]++
		}
	}
	for _, a := range m.truth.Accounts {
		if a.Role != rolePersona {
			continue
		}
		tenant, ok := strings.CutPrefix(a.Platform, "payroll:")
		if !ok || works[tenant] < 5 {
			t.Errorf("a ghost has an account on %s, where %d others sign in", a.Platform, works[tenant])
		}
	}
}

// TestMergeTrap checks that both halves of a trap and a household share one exit.
func TestMergeTrap(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "merge-trap", Seed: 5})
	if len(m.truth.Rings) != 6 {
		t.Fatalf("%d rings", len(m.truth.Rings))
	}
	shared := map[string]bool{}
	for _, r := range m.rows {
		if r.nature != "transit" || m.who(r).Role != rolePersona {
			continue
		}
		shared[r.id.Key()+" "+m.who(r).Ring] = true
	}
	both := 0
	for k := range shared {
		if half, ok := strings.CutSuffix(k, "a"); ok && shared[half+"b"] {
			both++
		}
	}
	if both < 3 {
		t.Errorf("%d exits are used by both halves of a trap, want one for each of three", both)
	}
}

// TestVictims checks that victims have name, and mostly home, of a persona of their ring, and accounts of their own.
func TestVictims(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "mix", People: 6000, Seed: 5})
	names := map[string]map[string]bool{}
	for _, r := range m.rows {
		if a := m.who(r); a.Role == rolePersona && r.id.Kind() == ident.Name {
			if names[a.Ring] == nil {
				names[a.Ring] = map[string]bool{}
			}
			names[a.Ring][r.id.Key()] = true
		}
	}
	victims, known := map[string]bool{}, map[string]bool{}
	for _, r := range m.rows {
		a := m.who(r)
		if a.Role != roleVictim {
			continue
		}
		victims[a.Person] = true
		if r.id.Kind() == ident.Name && names[a.Ring][r.id.Key()] {
			known[a.Person] = true
		}
		if r.nature == "ring" || r.nature == "farm" {
			t.Errorf("a victim has a value of the ring: %s", r.id.Kind())
		}
	}
	if len(victims) < 10 || len(known)*10 < len(victims)*8 {
		t.Errorf("%d victims, %d of them have a persona's name", len(victims), len(known))
	}
}

// TestRecycledLines checks that strangers get a farm's lines after the farm, with a gap.
func TestRecycledLines(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "recycled-ips", Seed: 2})
	farm := map[ident.ID][]madeRow{}
	for _, r := range m.rows {
		if r.nature == "farm" && r.id.Kind() == ident.IP {
			farm[r.id] = append(farm[r.id], r)
		}
	}
	n := 0
	for _, r := range m.rows {
		if r.nature != "recycled" || len(farm[r.id]) == 0 {
			continue
		}
		n++
		for _, f := range farm[r.id] {
			if r.first.Sub(f.last) < 24*time.Hour && f.first.Sub(r.last) < 24*time.Hour {
				t.Errorf("a stranger has the line from %v to %v, the farm from %v to %v", r.first, r.last, f.first, f.last)
			}
		}
	}
	if n < 10 {
		t.Errorf("%d recycled lines", n)
	}
}
