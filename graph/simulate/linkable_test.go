package simulate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// ringOf makes a ring of members with an account each.
func ringOf(n int) *ring {
	g := &ring{id: "r001"}
	for i := range n {
		a := &actor{number: i + 1, role: rolePersona, first: "Alex", last: "Doe"}
		a.open("payroll:x", staffNumber(i))
		g.join(a)
	}
	return g
}

// both gives some of a ring one value.
func (g *ring) both(k kindOf, rel string, v val, members ...int) {
	for _, i := range members {
		a := g.members[i]
		switch rel {
		case "recruiter":
			a.say(0, sheetApplicants, k, relRecruiter, v, 1)
		case "employer":
			a.say(0, sheetPayroll, kindEmployer, relEmployed, v, 1)
		default:
			a.say(0, sheetPayroll, k, relRegistered, v, 1)
		}
	}
}

func TestLinkable(t *testing.T) {
	town := func(i int) val { return val{placeText(i), natureOwn} }
	for name, c := range map[string]struct {
		members int
		share   func(g *ring)
		want    float64
	}{
		"nobody":        {0, func(*ring) {}, 0},
		"one person":    {1, func(*ring) {}, 1},
		"nothing":       {4, func(*ring) {}, 0},
		"own values":    {3, func(g *ring) { g.both(kindPhone, "", val{"6145550201", natureOwn}, 0) }, 0},
		"two of four":   {4, func(g *ring) { g.both(kindPhone, "", val{"6145550201", natureRing}, 0, 2) }, .5},
		"two pairs":     {4, func(g *ring) { g.pairs() }, .5},
		"a chain":       {4, func(g *ring) { g.pairs(); g.both(kindDevice, "", val{"fp:aa", natureRing}, 1, 2) }, 1},
		"all but one":   {3, func(g *ring) { g.both(kindAddress, "", val{"1 Elm St", natureFarm}, 0, 1) }, .67},
		"a recruiter":   {3, func(g *ring) { g.both(kindEmail, "recruiter", val{"talent.a@x.net", natureRing}, 0, 1, 2) }, 0},
		"an exit":       {3, func(g *ring) { g.both(kindIP, "", val{"24.1.1.2", natureTransit}, 0, 1, 2) }, 0},
		"an office":     {3, func(g *ring) { g.both(kindIP, "", val{"24.1.1.2", natureOffice}, 0, 1, 2) }, 0},
		"a placeholder": {3, func(g *ring) { g.both(kindPhone, "", val{"614-555-0100", naturePlaceholder}, 0, 1, 2) }, 0},
		"two masked":    {3, func(g *ring) { g.both(kindPayment, "", masked(val{"123456789:1000001234", natureRing}), 0, 1) }, 0},
		"three masked":  {4, func(g *ring) { g.both(kindPayment, "", masked(val{"123456789:1000001234", natureRing}), 0, 1, 3) }, .75},
		"masked thrice": {3, func(g *ring) { g.both(kindPayment, "", masked(val{"123456789:1000001234", natureRing}), 0, 0, 1) }, 0},
		"a slip":        {3, func(g *ring) { g.both(kindAddress, "", val{"1 Em St", natureSlip}, 0, 1, 2) }, 0},
		"a shop":        {3, func(g *ring) { g.both(kindAddress, "", val{"5 Oak Rd", natureCounter}, 0, 1, 2) }, 0},
		"a template":    {3, func(g *ring) { g.both(kindDocument, "", val{"sha256:ab", naturePublic}, 0, 1, 2) }, 0},
		"one name":      {3, func(g *ring) { g.both(kindName, "", val{"Alex Doe", natureStolen}, 0, 1, 2) }, 0},
		"one employer":  {3, func(g *ring) { g.both(kindEmployer, "employer", val{"Acorn", natureRing}, 0, 1, 2) }, 0},
		"one town": {3, func(g *ring) {
			for i := range 3 {
				g.both(kindAddress, "", town(i), i)
			}
		}, 0},
	} {
		g := ringOf(c.members)
		if c.share(g); g.linkable() != c.want {
			t.Errorf("%s: %v is linkable, want %v", name, g.linkable(), c.want)
		}
	}
}

// pairs gives the first two one number, and the next two another.
func (g *ring) pairs() {
	g.both(kindPhone, "", val{"6145550201", natureRing}, 0, 1)
	g.both(kindPhone, "", val{"6145550202", natureRing}, 2, 3)
}

// placeText returns different houses in one street of one town.
func placeText(i int) string { return strings.Repeat("1", i+1) + " Elm St, Millhaven, OH 44601" }

// TestLinkableLines checks that a line ties those who have it at nearly one time, and not somebody who gets it months later.
func TestLinkableLines(t *testing.T) {
	for _, c := range []struct {
		days [][2]int // of each member, from and to
		want float64
	}{
		{[][2]int{{0, 50}, {40, 90}}, 1},
		{[][2]int{{0, 50}, {70, 90}}, 1},
		{[][2]int{{0, 50}, {120, 190}}, 0},
		{[][2]int{{120, 190}, {0, 50}}, 0},
		{[][2]int{{0, 200}, {10, 20}, {150, 160}}, 1},
		{[][2]int{{0, 20}, {30, 60}, {150, 160}}, .67},
	} {
		g := ringOf(len(c.days))
		for i, d := range c.days {
			g.members[i].sayFor(0, sheetSignins, kindIP, relLogin, val{"24.1.1.2", natureFarm}, d[0], d[1])
		}
		if got := g.linkable(); got != c.want {
			t.Errorf("%v: %v is linkable, want %v", c.days, got, c.want)
		}
	}
}

// TestLinkableDoesNotDependOnOrder checks that the order of members and the values of others change nothing, and that one
// value more never makes less linkable.
func TestLinkableDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 9).Draw(rt, "members")
		pairs := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, n-1), 2, 2), 0, 12).Draw(rt, "pairs")
		order := rapid.Permutation(seq(n)).Draw(rt, "order")
		one, other := ringOf(n), ringOf(n)
		before := 0.0
		for i, p := range pairs {
			v := val{"fp:" + hexText(1, uint64(i), 32), natureRing}
			one.both(kindDevice, "", v, p...)
			other.both(kindDevice, "", v, order[p[0]], order[p[1]])
			if now := one.linkable(); now < before {
				rt.Fatalf("one value more: %v after %v", now, before)
			}
			before = one.linkable()
		}
		if one.linkable() != other.linkable() {
			rt.Fatalf("%v, in another order %v", one.linkable(), other.linkable())
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// TestFacilitatorIsInTheRows checks that a ring has a facilitator only when a row speaks of an account of theirs.
func TestFacilitatorIsInTheRows(t *testing.T) {
	for name, c := range map[string]struct {
		change func(g *ring)
		want   bool
	}{
		"personas only":   {func(*ring) {}, false},
		"with a row":      {func(g *ring) { g.members[0].role = roleFacilitator; g.pairs() }, true},
		"without a row":   {func(g *ring) { g.members[0].role = roleFacilitator; g.members[0].accounts[0].claims = nil }, false},
		"without account": {func(g *ring) { g.members[0].role = roleFacilitator; g.members[0].accounts = nil }, false},
	} {
		g := ringOf(4)
		c.change(g)
		truth := truthParts{}
		truth.add(&block{rings: []*ring{g}})
		if truth.rings[0].Facilitator != c.want {
			t.Errorf("%s: facilitator %v, want %v", name, truth.rings[0].Facilitator, c.want)
		}
	}
	for _, s := range []string{"farm", "ghosts", "broker", "multihost"} {
		m := makeScene(t, SceneOptions{Scenario: s, Seed: 13})
		led := map[string]bool{}
		for _, r := range m.rows {
			if a := m.who(r); a.Role == roleFacilitator {
				led[a.Ring] = true
			}
		}
		for _, g := range m.truth.Rings {
			if led[g.Ring] != g.Facilitator {
				t.Errorf("%s: %s has a facilitator in the rows: %v, in the truth: %v", s, g.Ring, led[g.Ring], g.Facilitator)
			}
		}
	}
}
