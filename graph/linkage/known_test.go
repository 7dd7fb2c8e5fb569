package linkage_test

import (
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// says returns lists that say one class of every value of a kind.
func says(k ident.Kind, c linkage.Class) linkage.Known {
	return func(id ident.ID) (linkage.Class, string, bool) {
		return c, "it is so", id.Kind() == k && c != ""
	}
}

// TestKnown weighs values with and without lists: a list only ever makes them worth less.
func TestKnown(t *testing.T) {
	type does = func(a graphtest.Account)
	mail := func(a graphtest.Account) { a.See(ident.Email, graph.Registered, "buildbot7@gmail.com", 1, 90, 1) }
	line := func(a graphtest.Account) { a.Login(graphtest.IP(1), 1, 90, 50) }
	door := func(a graphtest.Account) { a.ShipTo(graphtest.Address(2), 5) }
	bank := func(a graphtest.Account) { a.Payout(graphtest.Bank(1), 1, 90) }
	for _, c := range []struct {
		does   does
		kind   ident.Kind
		class  linkage.Class
		want   linkage.Class
		points float64
	}{
		{mail, ident.Email, "", linkage.ClassOwn, 10}, {mail, ident.Email, linkage.ClassBot, linkage.ClassBot, 0},
		{line, ident.IP, "", linkage.ClassOwn, 3.5}, {line, ident.IP, linkage.ClassAnonymiser, linkage.ClassAnonymiser, 0},
		{line, ident.IP, linkage.ClassHosting, linkage.ClassEgress, 1.75},
		{door, ident.Address, "", linkage.ClassOwn, 10}, {door, ident.Address, linkage.ClassMailboxShop, linkage.ClassMailboxShop, 0},
		{bank, ident.Payment, "", linkage.ClassOwn, 10}, {bank, ident.Payment, linkage.ClassExchange, linkage.ClassExchange, 0},
		{bank, ident.Payment, linkage.ClassSponsor, linkage.ClassSponsor, 0},
	} {
		o := linkage.Defaults()
		o.Known = says(c.kind, c.class)
		table := two(t, c.does, c.does)
		p, err := linkage.FindPersons(table, o)
		if err != nil {
			t.Fatal(err)
		}
		m, err := linkage.Evidence(table, p, o)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Values) != 1 || m.Values[0].Class != c.want {
			t.Errorf("%v, %q: %+v", c.kind, c.class, m.Values)
			continue
		}
		got := 0.0
		for _, l := range m.Links {
			got += float64(l.Points)
		}
		if got != c.points {
			t.Errorf("%v, %q: %g points, want %g", c.kind, c.class, got, c.points)
		}
		if (m.Values[0].Reason == "by a list: it is so") != (c.class != "") {
			t.Errorf("%v, %q: reason %q", c.kind, c.class, m.Values[0].Reason)
		}
	}
}

// TestKnownPersons: a mailbox that a list says is a program's puts no accounts to one person.
func TestKnownPersons(t *testing.T) {
	w := graphtest.New(t)
	for _, platform := range []string{"okta:acme", "github"} {
		w.Account(platform, "x", graphtest.Name(1)).Email("buildbot7@gmail.com")
	}
	table := w.Table()
	for _, c := range []struct {
		class linkage.Class
		want  int
	}{{"", 1}, {linkage.ClassBot, 2}, {linkage.ClassHosting, 1}} {
		o := linkage.Defaults()
		o.Known = says(ident.Email, c.class)
		p, err := linkage.FindPersons(table, o)
		if err != nil || p.Len() != c.want {
			t.Errorf("%q: %d persons, %v; want %d", c.class, p.Len(), err, c.want)
		}
	}
}

// TestKnownTransit: what its use mutes, a list cannot make speak again.
func TestKnownTransit(t *testing.T) {
	w := graphtest.New(t)
	for i := range 8 { // each at home elsewhere, and now and then on the same line
		w.Account("okta:employer"+string(rune('a'+i)), "x", graphtest.Name(i)).Login(graphtest.IP(100+i), 1, 90, 50).Login(graphtest.IP(1), 30, 31, 2)
	}
	table := w.Table()
	for _, c := range []struct{ says, want linkage.Class }{
		{"", linkage.ClassTransit}, {linkage.ClassHosting, linkage.ClassTransit}, {linkage.ClassAnonymiser, linkage.ClassAnonymiser},
	} {
		o := linkage.Defaults()
		o.Known = says(ident.IP, c.says)
		m, err := linkage.Evidence(table, findPersons(t, table), o)
		if err != nil || len(m.Values) != 1 || m.Values[0].Class != c.want || len(m.Links) != 0 {
			t.Errorf("%q: %+v, %v", c.says, m.Values, err)
		}
	}
}

// TestKnownLine: of the addresses of one line, the sort that ties nobody together goes first, whatever their order.
func TestKnownLine(t *testing.T) {
	table := two(t, func(a graphtest.Account) { a.Login("2600:1700:1:2::1", 1, 90, 50) }, func(a graphtest.Account) { a.Login("2600:1700:1:2::2", 1, 90, 50) })
	for _, muted := range []string{"2600:1700:1:2::1", "2600:1700:1:2::2"} {
		o := linkage.Defaults()
		o.Known = func(id ident.ID) (linkage.Class, string, bool) {
			if id.Key() == muted {
				return linkage.ClassAnonymiser, "a VPN", true
			}
			return linkage.ClassHosting, "servers", id.Kind() == ident.IP
		}
		m, err := linkage.Evidence(table, findPersons(t, table), o)
		if err != nil || len(m.Values) != 1 || m.Values[0].Class != linkage.ClassAnonymiser {
			t.Errorf("%s: %+v, %v", muted, m.Values, err)
		}
	}
}

// TestKnownOf: what the lists of a run said can be read off its hubs, and nothing else is.
func TestKnownOf(t *testing.T) {
	a, b, c, d, e := parse(t, ident.IP, "8.8.8.1"), parse(t, ident.IP, "8.8.8.2"), parse(t, ident.IP, "8.8.8.3"), parse(t, ident.IP, "8.8.8.4"), parse(t, ident.IP, "8.8.8.5")
	known := linkage.KnownOf([]graph.HubValue{
		{Identifier: a, Class: "anonymiser", Reason: "by a list: a VPN's"}, {Identifier: b, Class: "egress", Reason: "by a list: a server's"},
		{Identifier: c, Class: "egress", Reason: "none of the 3 persons on it is at their base there"},
		{Identifier: d, Class: "office", Reason: "by a list: no such list"},
	})
	for _, x := range []struct {
		id     ident.ID
		class  linkage.Class
		reason string
	}{{a, linkage.ClassAnonymiser, "a VPN's"}, {b, linkage.ClassHosting, "a server's"}, {c, "", ""}, {d, "", ""}, {e, "", ""}} {
		if class, reason, ok := known(x.id); class != x.class || reason != x.reason || ok != (class != "") {
			t.Errorf("%s: %q, %q, %v", x.id.Key(), class, reason, ok)
		}
	}
	if linkage.KnownOf(nil) != nil {
		t.Error("no hubs, and yet something is known")
	}
}

func parse(t *testing.T, k ident.Kind, text string) ident.ID {
	t.Helper()
	id, err := ident.Parse(k, text)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestListClasses(t *testing.T) {
	if !slices.IsSorted(linkage.ListClasses()) {
		t.Error("not sorted")
	}
	for _, c := range linkage.ListClasses() {
		if c.Mute() == (c == linkage.ClassHosting) || c.Hub() == (c == linkage.ClassHosting) {
			t.Errorf("%s: mute %v, hub %v", c, c.Mute(), c.Hub())
		}
		if strings.ToLower(string(c)) != string(c) {
			t.Errorf("%s is not in lower case", c)
		}
	}
}
