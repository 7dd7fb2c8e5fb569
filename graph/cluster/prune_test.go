package cluster

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/linkage"
)

// toy is a detection whose links are given, over values that are all a device each, a line each, and so on by family.
func toy(t *testing.T, persons int, links ...linkage.Link) *detection {
	t.Helper()
	sets, values := make([]uint32, persons), 0
	for i := range sets {
		sets[i] = uint32(i)
	}
	for _, l := range links {
		values = max(values, int(l.Value)+1)
	}
	table := &graph.Table{Accounts: make([]graph.AccountID, persons)}
	p := linkage.NewPersons(sets)
	m, err := linkage.Evidence(table, p, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	m.Links, m.Values = links, make([]linkage.Value, values)
	return &detection{t: table, o: Defaults(), model: m}
}

// Numbers of families, as in linkage.Families.
const (
	network linkage.Kin = iota
	device
	money
	contact
	place
	papers
	vouching
)

func link(a, b, value uint32, kin linkage.Kin, points float32) linkage.Link {
	return linkage.Link{A: a, B: b, Value: value, Kin: kin, Points: points}
}

func personsOf(gs []group) [][]uint32 {
	var out [][]uint32
	for _, g := range gs {
		out = append(out, g.persons)
	}
	return out
}

func TestPrune(t *testing.T) {
	for _, test := range []struct {
		name    string
		persons int
		links   []linkage.Link
		want    [][]uint32
	}{
		{"a device of two", 2, []linkage.Link{link(0, 1, 0, device, 10)}, [][]uint32{{0, 1}}},
		{"too little", 2, []linkage.Link{link(0, 1, 0, device, 4)}, nil},
		{"more holders inside make more of it", 3, []linkage.Link{link(0, 1, 0, device, 4.5), link(0, 2, 0, device, 4.5), link(1, 2, 0, device, 4.5)}, [][]uint32{{0, 1, 2}}},
		{"the weakest goes", 3, []linkage.Link{link(0, 1, 0, device, 10), link(1, 2, 1, network, 3)}, [][]uint32{{0, 1}}},
		{"and takes the next along", 3, []linkage.Link{link(0, 1, 0, contact, 3), link(0, 2, 1, contact, 4), link(1, 2, 2, contact, 4)}, nil},
		{"nothing hard", 2, []linkage.Link{link(0, 1, 0, vouching, 9)}, nil},
		{"soft beside hard", 2, []linkage.Link{link(0, 1, 0, vouching, 4), link(0, 1, 1, contact, 2)}, [][]uint32{{0, 1}}},
		{"it falls apart", 4, []linkage.Link{link(0, 1, 0, device, 10), link(1, 2, 1, network, .5), link(2, 3, 2, money, 10)}, [][]uint32{{0, 1}, {2, 3}}},
		{"two values of a family are not two families", 2, []linkage.Link{link(0, 1, 0, network, 4), link(0, 1, 1, network, 4)}, [][]uint32{{0, 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := toy(t, test.persons, test.links...)
			g := group{links: test.links}
			for i := range test.persons {
				g.persons = append(g.persons, uint32(i))
			}
			got, err := d.prune(g)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, personsOf(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, g := range got {
				for i, p := range g.points {
					if p < d.o.Need {
						t.Errorf("person %d stays with %v points", g.persons[i], p)
					}
				}
			}
		})
	}
}

func TestJoin(t *testing.T) {
	for _, test := range []struct {
		name  string
		links []linkage.Link
		of    []uint32
		want  []uint32
	}{
		{"one purse", []linkage.Link{link(1, 2, 0, money, 8)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 0, 0}},
		{"one line never", []linkage.Link{link(1, 2, 0, network, 10)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 1}},
		{"one door never", []linkage.Link{link(1, 2, 0, place, 10)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 1}},
		{"two lines never", []linkage.Link{link(1, 2, 0, network, 10), link(1, 3, 1, network, 10)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 1}},
		{"a line and a number", []linkage.Link{link(1, 2, 0, network, 5), link(1, 3, 1, contact, 4)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 0, 0}},
		{"each value once, however many pairs", []linkage.Link{link(0, 2, 0, contact, 3), link(0, 3, 0, contact, 3), link(1, 2, 0, contact, 3), link(1, 3, 1, network, 2)},
			[]uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 1}},
		{"soft ones never", []linkage.Link{link(1, 2, 0, vouching, 5), link(1, 3, 1, vouching, 5)}, []uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 1}},
		{"a chain", []linkage.Link{link(0, 1, 0, device, 9), link(1, 2, 1, money, 8), link(2, 3, 2, papers, 10)}, []uint32{0, 1, 2, 3}, []uint32{0, 0, 0, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := toy(t, len(test.of), test.links...)
			got := d.join(test.of)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// More points never mean less confidence, and nothing is certain.
func TestConfidence(t *testing.T) {
	last := -1.0
	for p := 0.0; p < 60; p += .5 {
		c := confidence(p)
		if c < last || c < 0 || c > 1 {
			t.Errorf("%v points: %v after %v", p, c, last)
		}
		last = c
	}
	if confidence(0) != 0 || confidence(6) != .5 {
		t.Error(confidence(0), confidence(6))
	}
}

// Each thing that speaks against a group is enough to leave it unflagged, and is said.
func TestJudge(t *testing.T) {
	d := &detection{o: Defaults()}
	good := summary{persons: 5, names: 5, employers: 4, homes: 5, families: []graph.Family{graph.Money, graph.Network}, units: 5, tied: 5, sorts: 2, beyond: 1}
	ok, why, considered := d.decide(good, 0, func() summary { return good })
	if !ok || len(why) < 3 {
		t.Fatalf("not flagged: %q", why)
	}
	for _, l := range considered {
		if l.Holds || l.Name == "" || l.Reason == "" {
			t.Errorf("of a flagged group: %+v", l)
		}
	}
	for name, spoil := range map[string]func(*summary){
		"names":       func(s *summary) { s.names = 2 },
		"sorts":       func(s *summary) { s.sorts = 1 },
		"one home":    func(s *summary) { s.oneHome = true },
		"employer":    func(s *summary) { s.oneEmployer = true },
		"units":       func(s *summary) { s.units = 2 },
		"money only":  func(s *summary) { s.moneyOnly = true },
		"one account": func(s *summary) { s.oneAccount = true },
		"site":        func(s *summary) { s.site = true },
	} {
		s := good
		spoil(&s)
		ok, why, considered := d.decide(s, 0, func() summary { return s })
		if ok || len(why) != 1 {
			t.Errorf("%s: flagged %v, %q", name, ok, why)
		}
		if !slices.ContainsFunc(considered, func(l graph.LookAlike) bool { return l.Holds && l.Reason == why[0] }) {
			t.Errorf("%s: the explanation that holds is not among those considered: %+v", name, considered)
		}
	}
	ghosts := summary{persons: 4, names: 4, employers: 1, homes: 0, families: []graph.Family{graph.Money}, oneEmployer: true, ghosts: true}
	ok, why, considered = d.decide(ghosts, 0, func() summary { return ghosts })
	if !ok || !slices.Contains(why, graph.ReasonGhosts) {
		t.Errorf("ghosts are not flagged: %q", why)
	}
	for _, l := range considered { // what would hold is not said to be ruled out by the data
		if slices.Contains([]string{"chance", "chance meetings", "household", "one employer"}, l.Name) != strings.Contains(l.Reason, "does not explain that they are paid") || l.Holds {
			t.Errorf("of ghosts: %+v", l)
		}
	}
	few := good
	few.persons, few.names = 2, 2
	if ok, why, _ := d.decide(good, good.persons-few.persons, func() summary { return few }); ok || len(why) != 2 {
		t.Errorf("flagged by members who may be in it without their doing: %q", why)
	}
	d.o.Method = "components"
	if ok, _, _ := d.decide(good, 0, func() summary { return good }); ok {
		t.Error("a method that weighs nothing flags")
	}
}

// None and one are said as a person says them.
func TestMembersOfWords(t *testing.T) {
	for homes, want := range []string{"no members have", "members of one home only have", "members of only 2 homes have"} {
		if got := membersOf(homes); got != want {
			t.Errorf("%d: %s", homes, got)
		}
	}
}
