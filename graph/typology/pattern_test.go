package typology

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

var compareIDs = cmp.Options{cmp.Comparer(func(a, b ident.ID) bool { return a == b }), cmpopts.EquateEmpty()}

// ring adds a farm that shows many patterns at once.
func ring(c *cast) {
	for i := range 9 {
		a := c.persona(21*i, i%6, graphtest.IP(1), 10+i, 150)
		a.ShipTo("77 Hollow Rd, Springfield, IL 62701", 9+i).Payout(graphtest.Bank(i/4), 20, 150)
		a.Device(fmt.Sprintf("serial:FARM%04d", i/3), 10, 150).Phone(graphtest.Phone(i/3), 5)
		a.See(ident.Email, graph.Referee, fmt.Sprintf("farm%d@gmail.com", (i+1)%3), 5, 5, 1).Email(fmt.Sprintf("farm%d@gmail.com", i))
	}
}

// One pattern for each typology: the strongest place is told, the others counted, and all of them named.
func TestPatternsTogether(t *testing.T) {
	c := newCast(t)
	ring(c)
	var got []string
	for _, p := range c.patterns() {
		got = append(got, p.ID+" "+p.Strength)
		if !slices.IsSortedFunc(p.Accounts, graph.AccountID.Compare) || !slices.IsSortedFunc(p.Identifiers, ident.ID.Compare) {
			t.Errorf("%s: accounts or identifiers are not sorted", p.ID)
		}
		if len(p.Accounts) == 0 || len(p.Identifiers) == 0 {
			t.Errorf("%s: no account or no identifier", p.ID)
		}
	}
	if d := cmp.Diff([]string{"T1 high", "T2 high", "T3 high", "T5 medium", "T6 medium", "T8 high"}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	p := c.find("T3")
	if want := "4 persons with different names and 4 employers are paid into one account; it shows in 1 place more"; p.Reason != want {
		t.Errorf("reason %q, want %q", p.Reason, want)
	}
	if len(p.Accounts) != 8 || len(p.Identifiers) != 2 {
		t.Errorf("%d accounts and %d identifiers, want 8 and 2", len(p.Accounts), len(p.Identifiers))
	}
}

// The order of the rows, and of the values of a group, does not matter.
func TestPatternsOrder(t *testing.T) {
	c := newCast(t)
	ring(c)
	want := c.patterns()
	for seed := uint64(1); seed <= 5; seed++ {
		v, g := c.view(seed)
		if d := cmp.Diff(want, v.Patterns(g, Defaults()), compareIDs); d != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, d)
		}
	}
}

// A consistent renaming of all people changes nothing.
func TestPatternsRenamed(t *testing.T) {
	c := newCast(t)
	ring(c)
	want := c.patterns()
	c.Rename(func(name string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return 'a' + (r-'a'+7)%26
			case r >= 'A' && r <= 'Z':
				return 'A' + (r-'A'+7)%26
			}
			return r
		}, name)
	})
	if d := cmp.Diff(want, c.patterns(), compareIDs); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// No reason holds a value.
func TestReasonsHoldNoValues(t *testing.T) {
	c := newCast(t)
	ring(c)
	v, g := c.view(0)
	words := regexp.MustCompile(`[^a-z0-9]+`)
	for _, p := range v.Patterns(g, Defaults()) {
		for _, id := range v.Table.Identifiers {
			for _, w := range words.Split(strings.ToLower(id.Key()), -1) {
				if len(w) > 3 && slices.Contains(words.Split(strings.ToLower(p.Reason), -1), w) && id.Kind() != ident.Employer {
					t.Errorf("%s: the reason holds a part of a %s", p.ID, id.Kind())
				}
			}
		}
	}
}

// An empty group, one person, and a group without values show nothing, and nothing breaks.
func TestPatternsOfLittle(t *testing.T) {
	c := newCast(t)
	ring(c)
	v, g := c.view(0)
	if ps := v.Patterns(Group{}, Defaults()); ps != nil {
		t.Errorf("nobody shows %v", ps)
	}
	one := Group{Persons: g.Persons[:1], Accounts: g.Accounts[:1]}
	one.Persons = []uint32{v.Person[one.Accounts[0]]}
	if ps := v.Patterns(one, Defaults()); ps != nil {
		t.Errorf("one person shows %v", ps)
	}
	empty, err := NewView(Input{Table: &graph.Table{}, Facts: &known{}})
	if err != nil {
		t.Fatal(err)
	}
	if ps := empty.Patterns(Group{}, Defaults()); ps != nil {
		t.Errorf("an empty case shows %v", ps)
	}
}

// draw adds accounts that do anything, with a few values so that they meet.
func draw(rt *rapid.T, c *cast) {
	relations := graph.Relations()
	n := rapid.IntRange(1, 30).Draw(rt, "accounts")
	for i := range n {
		platform := rapid.SampledFrom([]string{"okta:a", "okta:b", "ats:a", "upwork", "payroll:c"}).Draw(rt, "platform")
		name := rapid.SampledFrom([]string{"", graphtest.Name(0), graphtest.Name(21), graphtest.Name(42), graphtest.Name(i)}).Draw(rt, "name")
		a := c.Account(platform, fmt.Sprint(i), name)
		for range rapid.IntRange(0, 8).Draw(rt, "rows") {
			k := rapid.IntRange(0, 2).Draw(rt, "value")
			value := rapid.SampledFrom([]struct {
				kind  ident.Kind
				value string
			}{
				{ident.IP, graphtest.IP(k)}, {ident.Device, fmt.Sprintf("serial:X%05d", k)}, {ident.Payment, graphtest.Bank(k)},
				{ident.Phone, graphtest.Phone(k)}, {ident.Email, fmt.Sprintf("m%d@gmail.com", k)}, {ident.Address, graphtest.Address(k)},
				{ident.Document, fmt.Sprintf("sha256:%064x", k+1)}, {ident.Handle, fmt.Sprintf("anydesk:%d", 1000+k)}, {ident.Employer, fmt.Sprintf("Firm %d", k)},
			}).Draw(rt, "kind")
			from := rapid.IntRange(-400, 400).Draw(rt, "from")
			a.See(value.kind, rapid.SampledFrom(relations).Draw(rt, "relation"), value.value, from, from+rapid.IntRange(0, 200).Draw(rt, "days"), 5)
		}
	}
}

// Whatever the data: no panic, the same answer for every order of the rows, and accounts of the group only.
func TestPatternsOfAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newCast(t)
		draw(rt, c)
		v, g := c.view(0)
		ps := v.Patterns(g, Defaults())
		w, h := c.view(7)
		if d := cmp.Diff(ps, w.Patterns(h, Defaults()), compareIDs); d != "" {
			rt.Fatalf("another order of the rows (-want +got):\n%s", d)
		}
		for _, p := range ps {
			for _, a := range p.Accounts {
				if _, ok := slices.BinarySearchFunc(v.Table.Accounts, a, graph.AccountID.Compare); !ok {
					rt.Fatalf("%s names an account that is not there", p.ID)
				}
			}
			if !slices.Contains([]string{"low", "medium", "high"}, p.Strength) || p.Reason == "" {
				rt.Fatalf("%s: strength %q, reason %q", p.ID, p.Strength, p.Reason)
			}
		}
	})
}
