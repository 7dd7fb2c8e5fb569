package graphtest_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/graphtest"
)

// made makes a graph and checks that it is one.
func made(t *testing.T, p interface {
	Graph() (graphtest.EdgeList, error)
}) graphtest.EdgeList {
	t.Helper()
	l, err := p.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestIdentity(t *testing.T) {
	p := graphtest.NewIdentity(50_000, 1)
	l := made(t, p)
	if l.Nodes != p.Accounts {
		t.Fatalf("%d nodes, want %d", l.Nodes, p.Accounts)
	}
	degrees := l.Degrees()
	slices.Sort(degrees)
	if degrees[0] == 0 {
		t.Error("an account without an edge: a list of edges would not name it")
	}
	if per := len(l.Edges) / l.Nodes; per < 12 || per > 22 { // a million accounts have 17 an account
		t.Errorf("%d edges an account, want 12 to 22", per)
	}
	if middle, most := degrees[len(degrees)/2], degrees[len(degrees)-1]; most < 100*middle {
		t.Errorf("the largest degree is %d, the middle one %d: no heavy tail", most, middle)
	}
	if reach := degrees[len(degrees)-1]; reach < p.Reach*9/10 {
		t.Errorf("the largest degree is %d, want about %d", reach, p.Reach)
	}
}

// TestIdentityWeights holds what makes 1 point a pair a good resolution: one hand is tied by more, strangers by less.
func TestIdentityWeights(t *testing.T) {
	l := made(t, graphtest.NewIdentity(50_000, 1))
	var own, ownStrong, strange, strangeStrong float64
	for _, e := range l.Edges {
		strong := 0.0
		if e.Weight > 1 {
			strong = 1
		}
		if l.Group[e.A] == l.Group[e.B] {
			own++
			ownStrong += strong
		} else {
			strange++
			strangeStrong += strong
		}
	}
	if ownStrong < .9*own {
		t.Errorf("%.0f of %.0f pairs of one hand weigh above 1 point, want 9 in 10", ownStrong, own)
	}
	if strangeStrong > .2*strange {
		t.Errorf("%.0f of %.0f pairs of strangers weigh above 1 point, want at most 2 in 10", strangeStrong, strange)
	}
	if strange < 10*own {
		t.Errorf("%.0f pairs of strangers and %.0f of one hand: hubs should hold most edges", strange, own)
	}
}

func TestIdentityGroups(t *testing.T) {
	p := graphtest.NewIdentity(10_000, 1)
	sizes := map[int]int{}
	nodes := 0
	for _, g := range made(t, p).Groups() {
		sizes[len(g)]++
		nodes += len(g)
	}
	if nodes != p.Accounts {
		t.Errorf("groups hold %d accounts of %d", nodes, p.Accounts)
	}
	large := 0
	for size, n := range sizes {
		if size > 68 || size == 0 {
			t.Errorf("%d groups of %d accounts, want 1 to 68", n, size)
		}
		if size > 5 {
			large += n
		}
	}
	if large == 0 || large > p.Rings || sizes[1] == 0 {
		t.Errorf("%d rings of more than five accounts and %d people with one, want 1 to %d and some", large, sizes[1], p.Rings)
	}
}

func TestIdentitySeed(t *testing.T) {
	a, b := made(t, graphtest.NewIdentity(3_000, 1)), made(t, graphtest.NewIdentity(3_000, 1))
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("one seed, two graphs:\n%s", diff)
	}
	if c := made(t, graphtest.NewIdentity(3_000, 2)); cmp.Equal(a.Edges, c.Edges) {
		t.Error("two seeds, one graph")
	}
}

// TestIdentityParts holds that each part may be left out, and that every account has an edge all the same.
func TestIdentityParts(t *testing.T) {
	full := made(t, graphtest.NewIdentity(3_000, 1))
	for name, change := range map[string]func(*graphtest.Identity){
		"rings":    func(p *graphtest.Identity) { p.Rings = 0 },
		"offices":  func(p *graphtest.Identity) { p.Offices = 0 },
		"hubs":     func(p *graphtest.Identity) { p.Hubs = 0 },
		"services": func(p *graphtest.Identity) { p.Services = 0 },
	} {
		p := graphtest.NewIdentity(3_000, 1)
		change(&p)
		l := made(t, p)
		if len(l.Edges) == len(full.Edges) {
			t.Errorf("without %s there are as many edges as with", name)
		}
		if slices.Min(l.Degrees()) == 0 {
			t.Errorf("without %s an account has no edge", name)
		}
	}
}

func TestIdentityValidate(t *testing.T) {
	for name, change := range map[string]func(*graphtest.Identity){
		"few accounts":      func(p *graphtest.Identity) { p.Accounts = 10 },
		"many accounts":     func(p *graphtest.Identity) { p.Accounts = 1 << 33 },
		"negative rings":    func(p *graphtest.Identity) { p.Rings = -1 },
		"too many rings":    func(p *graphtest.Identity) { p.Rings = p.Accounts },
		"negative hubs":     func(p *graphtest.Identity) { p.Hubs = -1 },
		"negative services": func(p *graphtest.Identity) { p.Services = -1 },
		"share above 1":     func(p *graphtest.Identity) { p.Offices = 1.5 },
		"no reach":          func(p *graphtest.Identity) { p.Reach = 0 },
		"reach above all":   func(p *graphtest.Identity) { p.Reach = p.Accounts },
	} {
		p := graphtest.NewIdentity(10_000, 1)
		change(&p)
		if _, err := p.Graph(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
