package explain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

func id(t *testing.T, k ident.Kind, m ident.Mark, key string) ident.ID {
	t.Helper()
	v, err := ident.Restore(k, m, key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func at(day int) graph.Time {
	if day < 0 {
		return 0
	}
	return graph.TimeOf(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day))
}

// seen is one row of a test's table: who, what, how, from and to (days of 2024, -1 not known), line.
type seen struct {
	who      graph.AccountID
	what     ident.ID
	how      graph.Relation
	from, to int
	line     int64
}

func tableOf(rows ...seen) *graph.Table {
	var b graph.Builder
	b.Source(graph.Source{ID: "s1", Name: "logins.csv", SHA256: "aa"})
	for _, r := range rows {
		b.Observe(graph.Observation{Account: r.who, Identifier: r.what, Relation: r.how, First: at(r.from), Last: at(r.to), Count: 1,
			Ref: graph.Ref{Source: "s1", File: "logins.csv", Line: r.line}})
	}
	t := b.Table()
	t.Canonical()
	return t
}

var (
	ann  = graph.AccountID{Platform: "okta:acme", Native: "ann"}
	ann2 = graph.AccountID{Platform: "payroll:acme", Native: "1"}
	bob  = graph.AccountID{Platform: "okta:borealis", Native: "bob"}
	cam  = graph.AccountID{Platform: "github", Native: "cam"}
)

// trio is a cluster of three persons and four accounts: a line holds ann and bob together, a phone bob and cam.
func trio(t *testing.T) (graph.Cluster, *graph.Table, []graph.HubValue) {
	line, phone, vpn := id(t, ident.IP, ident.Ordinary, "198.51.100.1"), id(t, ident.Phone, ident.Ordinary, "+14155550100"), id(t, ident.IP, ident.Ordinary, "203.0.113.9")
	oem := id(t, ident.Device, ident.Placeholder, "serial:none")
	home := id(t, ident.Address, ident.Ordinary, "1 elm street")
	table := tableOf(
		seen{ann, line, graph.Login, 0, 50, 1}, seen{ann, line, graph.Login, 60, 80, 2}, seen{bob, line, graph.Login, 40, 90, 3}, seen{cam, line, graph.Login, 300, 310, 4},
		seen{bob, phone, graph.Recovery, 5, -1, 5}, seen{cam, phone, graph.Recovery, 9, -1, 6},
		seen{ann, vpn, graph.Login, 1, 2, 7}, seen{cam, vpn, graph.Login, 1, 2, 8},
		seen{ann, oem, graph.Login, -1, -1, 9}, seen{bob, oem, graph.Login, -1, -1, 10},
		seen{ann, home, graph.Registered, 0, -1, 11}, seen{bob, home, graph.Registered, 0, -1, 12},
		seen{ann, id(t, ident.Name, ident.Ordinary, "Ann Bell"), graph.Registered, 0, -1, 13},
		seen{ann2, id(t, ident.Employer, ident.Ordinary, "acme inc"), graph.EmployedBy, 0, 99, 14},
	)
	c := graph.Cluster{ID: "c1", Score: 9, Flagged: true, Reasons: []string{"Three names."}, Families: []graph.Family{graph.Contact, graph.Network}, Persons: 3, Names: 3, Employers: 2, Homes: 1,
		Members: []graph.Member{
			{Account: cam, Person: "p3", Points: 11.25, Confidence: .5, Role: "persona"}, {Account: bob, Person: "p2", Flagged: true, Points: 9, Confidence: .85, Role: "identity_victim"},
			{Account: ann2, Person: "p1", Flagged: true, Points: 8, Confidence: .7}, {Account: ann, Person: "p1", Flagged: true, Points: 8, Confidence: .97, Role: "facilitator"},
		},
		Evidence: []graph.Evidence{
			{Identifier: phone, Family: graph.Contact, Class: "own", Points: 9, Holders: 2, Inside: 2, Accounts: []graph.AccountID{bob, cam}, First: at(5), Last: at(9)},
			{Identifier: line, Family: graph.Network, Class: "own", Points: 7.5, Holders: 5, Inside: 2, Accounts: []graph.AccountID{bob, ann}, First: at(0), Last: at(90)},
		}}
	return c, table, []graph.HubValue{{Identifier: vpn, Class: "transit", Holders: 90, Reason: "90 persons pass through it"}}
}

func explained(t *testing.T) Cluster {
	c, table, hubs := trio(t)
	return NewIndex(table, hubs).Cluster(c)
}

func TestValues(t *testing.T) {
	c := explained(t)
	var got []string
	for _, v := range append(slices.Clone(c.Values), c.Discounted...) {
		var lines []string
		for _, u := range v.Uses {
			for _, cite := range u.Citations {
				lines = append(lines, fmt.Sprint(u.Account.Native, ":", cite.Line))
			}
		}
		got = append(got, fmt.Sprintf("%s %s %.1f inside %d accounts %d overlap %d %v without %v", v.Identifier.Kind(), v.Class, v.Points, v.Inside, v.Accounts, v.Overlap, lines, v.Without))
	}
	want := []string{
		"phone own 9.0 inside 2 accounts 2 overlap 3 [cam:6 bob:5] without [2 1]",
		"ip own 7.5 inside 2 accounts 2 overlap 1 [ann:1 ann:2 bob:3] without [2 1]", // cam's later use of the line is another lease
		"ip transit 0.0 inside 2 accounts 2 overlap 1 [cam:8 ann:7] without []",
		"device placeholder 0.0 inside 2 accounts 2 overlap 0 [ann:9 bob:10] without []",
		"address own 0.0 inside 2 accounts 2 overlap 3 [ann:11 bob:12] without []",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWords(t *testing.T) {
	c := explained(t)
	for name, pair := range map[string][2]string{
		"headline": {c.Headline, "4 accounts, 3 persons, 3 names, 2 employers, tied by contact and network"},
		"value": {c.Values[1].Words.String(), "The IP address “198.51.100.1” was seen with 2 accounts of 2 persons of this cluster, 2024-01-01 to 2024-03-31. " +
			"In the whole case 5 persons had it in this period. The periods in which they were seen with it overlap. It counts 7.5 points for a pair of its holders."},
		"hub": {c.Discounted[0].Words.String(), "The IP address “203.0.113.9” was seen with 2 accounts of 2 persons of this cluster, 2024-01-02 to 2024-01-03. " +
			"In the whole case 90 persons had it in this period. The periods in which they were seen with it overlap. It is discounted. 90 persons pass through it."},
		"member": {c.Explained[1].Words.String(), "The account “okta:borealis/bob” shares 2 counting values with the rest (contact and network). " +
			"The strongest is the phone number “+14155550100”, shared with 1 other person of the cluster, at 9.0 points. Confidence that it belongs to the group: strong."},
		"through the person": {c.Explained[3].Words.String(), "The account “payroll:acme/1” in the name of “Ann Bell” shares none of the values that count itself; it is here because its person has other accounts that do."},
		"refute":             {c.Refute[0].String(), "Without the phone number “+14155550100” it falls into a group of 2 persons and 1 single person."},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s:\n got %s\nwant %s", name, pair[0], pair[1])
		}
	}
}

// A cluster of one person is that person's accounts, and rests on what put them together.
func TestOnePerson(t *testing.T) {
	c, table, hubs := trio(t)
	for i := range c.Members {
		c.Members[i].Person = "p1"
	}
	x := NewIndex(table, hubs).Cluster(c)
	if got := x.Explained[0].Words.String(); !strings.Contains(got, "is one of those that were put to this person; seen 2024-01-02 to 2024-11-06.") {
		t.Error(got)
	}
	if !slices.ContainsFunc(x.Against, func(s Sentence) bool {
		return strings.Contains(s.String(), "only if the accounts were rightly put together")
	}) {
		t.Errorf("%v", x.Against)
	}
}

func TestDoubts(t *testing.T) {
	c := explained(t)
	var all []string
	for _, s := range append(slices.Clone(c.Against), c.Refute...) {
		all = append(all, s.String())
	}
	text := strings.Join(all, "\n")
	if strings.Contains(text, "neither way") || strings.Contains(text, "discounted") {
		t.Errorf("what is discounted does not speak against a cluster:\n%s", text)
	}
	for _, want := range []string{
		"All homes that are known are one home", "No registered home is known for 1 of 4 accounts", "At the same time only if what was given once is taken as still held: 1 of 2 counting values",
		"Also held by persons outside the cluster: 1 of 2 counting values",
		"If all of the contact evidence has an innocent explanation, a group of 2 persons and 1 single person are left",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("it is not said: %s\n%s", want, text)
		}
	}
	if got := c.Unnamed.String(); !strings.HasPrefix(got, "No full name is known of 2 of 3 persons: two of them may be one") {
		t.Error(got)
	}
	if len(c.RuleOut) != 2 || c.RuleOut[0].Family != graph.Network || c.RuleOut[1].Family != graph.Contact {
		t.Errorf("to rule out: %v", c.RuleOut)
	}
}

// What is not flagged says why not before anything else, and has no why.
func TestNotFlagged(t *testing.T) {
	c, table, hubs := trio(t)
	c.Flagged, c.Reasons = false, []string{"They live together"}
	x := NewIndex(table, hubs).Cluster(c)
	if x.Why != nil || !slices.Equal(x.WhyNot, []string{"They live together."}) {
		t.Errorf("why %q, why not %q", x.Why, x.WhyNot)
	}
}

func TestMembers(t *testing.T) {
	c := explained(t)
	var got []string
	for _, m := range c.Explained {
		var names, homes, employers []string
		for _, n := range m.Names {
			names = append(names, n.Shown())
		}
		for _, h := range m.Homes {
			homes = append(homes, h.Key())
		}
		for _, e := range m.Employers {
			employers = append(employers, e.Name)
		}
		got = append(got, fmt.Sprint(m.Account.Native, "; ", m.Standing, "; ", m.Certainty, "; ", names, homes, employers, len(m.Ties), "; ", Period(m.First, m.Last)))
	}
	want := []string{
		"cam; shown, not flagged; candidate: persona; weak; [] [] [] 1; 2024-01-02 to 2024-11-06",
		"bob; possible identity victim; strong; [] [1 elm street] [borealis] 2; 2024-01-01 to 2024-03-31",
		"ann; candidate: facilitator; very strong; [Ann Bell] [1 elm street] [acme] 1; 2024-01-01 to 2024-03-21",
		"1; ; moderate; [Ann Bell] [1 elm street] [acme acme inc] 0; 2024-01-01 to 2024-04-09",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOverlap(t *testing.T) {
	dev := id(t, ident.Device, ident.Ordinary, "serial:1")
	line := id(t, ident.IP, ident.Ordinary, "198.51.100.1")
	for _, c := range []struct {
		name string
		rows []seen
		want Overlap
	}{
		{"one after the other", []seen{{ann, dev, graph.Login, 0, 5, 1}, {bob, dev, graph.Login, 9, 12, 2}}, InTurn},
		{"so near that the run forgives it", []seen{{ann, dev, graph.Login, 0, 5, 1}, {bob, dev, graph.Login, 6, 9, 2}}, Unknown},
		{"at once", []seen{{ann, dev, graph.Login, 0, 6, 1}, {bob, dev, graph.Login, 6, 9, 2}}, Together},
		{"within another", []seen{{ann, dev, graph.Login, 0, 90, 1}, {bob, dev, graph.Login, 6, 7, 2}, {cam, dev, graph.Login, 8, 9, 3}}, Together},
		{"one not known", []seen{{ann, dev, graph.Login, 0, 5, 1}, {bob, dev, graph.Login, -1, -1, 2}}, Unknown},
		{"single sights of use", []seen{{ann, dev, graph.Login, 0, 0, 1}, {bob, dev, graph.Login, 6, 6, 2}}, InTurn},
		{"given once each", []seen{{ann, dev, graph.Registered, 0, 0, 1}, {bob, dev, graph.Registered, 6, 6, 2}}, InTurn},
		{"given once, held on by assumption", []seen{{ann, dev, graph.MFA, 0, -1, 1}, {bob, dev, graph.MFA, 6, -1, 2}, {ann, line, graph.Login, 3, 50, 3}}, Assumed},
		{"days of two accounts are no period", []seen{{ann, dev, graph.MFA, 0, -1, 1}, {ann2, dev, graph.MFA, 9, -1, 2}, {bob, dev, graph.MFA, 5, -1, 3}}, Assumed},
		{"held on, and the next even later", []seen{{ann, dev, graph.MFA, 0, -1, 1}, {bob, dev, graph.MFA, 60, -1, 2}, {ann, line, graph.Login, 3, 50, 3}}, InTurn},
		{"also at once in the lines", []seen{{ann, dev, graph.MFA, 0, -1, 1}, {ann, dev, graph.Login, 2, 9, 4}, {bob, dev, graph.Login, 6, 8, 2}, {ann, line, graph.Login, 3, 50, 3}}, Together},
		{"one person twice", []seen{{ann, dev, graph.Login, 0, 5, 1}, {ann2, dev, graph.Login, 2, 9, 2}}, Unknown},
	} {
		cl := graph.Cluster{Members: []graph.Member{{Account: ann, Person: "p1"}, {Account: ann2, Person: "p1"}, {Account: bob, Person: "p2"}, {Account: cam, Person: "p3"}},
			Evidence: []graph.Evidence{{Identifier: dev, Family: graph.DeviceFamily, Points: 5}}}
		if got := NewIndex(tableOf(c.rows...), nil).Cluster(cl).Values[0].Overlap; got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestWhyNot(t *testing.T) {
	for _, c := range []struct {
		id          ident.ID
		how         graph.Relation
		class, says string
	}{
		{id(t, ident.Employer, ident.Ordinary, "acme"), graph.EmployedBy, "employer", "never a tie"},
		{id(t, ident.Name, ident.Ordinary, "ann bell"), graph.Registered, "name", "not the same person"},
		{id(t, ident.Email, ident.Ordinary, "jobs@acme.example"), graph.Recruiter, "recruiter", "handled the applications"},
		{id(t, ident.IP, ident.Reserved, "10.0.0.1"), graph.Login, "reserved", "no single line"},
		{id(t, ident.Address, ident.Ordinary, "1 elm street"), graph.Registered, "own", "household"},
		{id(t, ident.Email, ident.Ordinary, "x@y.example"), graph.Registered, "unweighed", "after the detection"},
	} {
		cl := graph.Cluster{Members: []graph.Member{{Account: ann, Person: "p1"}, {Account: bob, Person: "p2"}}}
		x := NewIndex(tableOf(seen{ann, c.id, c.how, 0, 1, 1}, seen{bob, c.id, c.how, 0, 1, 2}), nil).Cluster(cl)
		if len(x.Discounted) != 1 || x.Discounted[0].Class != c.class || !strings.Contains(x.Discounted[0].Reason, c.says) {
			t.Errorf("%v: %+v, want %s", c.id.Kind(), x.Discounted, c.class)
		}
	}
}

func TestEmpty(t *testing.T) {
	var b graph.Builder
	x := NewIndex(b.Table(), nil).Cluster(graph.Cluster{Members: []graph.Member{{Account: ann}, {Account: bob}}})
	if len(x.Missing) != 2 || len(x.Values) != 0 || len(x.Explained) != 2 {
		t.Errorf("%+v", x)
	}
	if got := x.Refute[len(x.Refute)-1].String(); got != "There is nothing that counts to be refuted." {
		t.Error(got)
	}
}

func TestGroupWords(t *testing.T) {
	for _, c := range []struct {
		in   []int
		want string
	}{
		{[]int{1, 1}, "2 single persons"}, {[]int{1}, "1 single person"}, {[]int{5, 3, 1}, "a group of 5 persons, a group of 3 persons and 1 single person"},
		{[]int{9, 8, 7, 6, 5, 4, 3, 2}, "a group of 9 persons, a group of 8 persons, a group of 7 persons, a group of 6 persons, a group of 5 persons, a group of 4 persons and 2 smaller groups"},
	} {
		if got := groupWords(c.in); got != c.want {
			t.Errorf("%v: %q, want %q", c.in, got, c.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain ascii": "plain ascii", "Zoë Ångström 山田": "Zoë Ångström 山田", "\x1b[31m": "⟨U+001B⟩[31m", "a\u202eb": "a⟨U+202E⟩b", "a\tb\n": "a⟨U+0009⟩b⟨U+000A⟩",
		"\xff": "⟨0xFF⟩", "a\u00a0b": "a⟨U+00A0⟩b", "a\u200bb": "a⟨U+200B⟩b", "\u3164": "⟨U+3164⟩", "x\ufe0f": "x⟨U+FE0F⟩", "\x00": "⟨U+0000⟩", "\U000E0041": "⟨U+E0041⟩", "": "",
	} {
		if got := Visible(in); got != want {
			t.Errorf("Visible(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestVisiblePrints(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(r, "s")
		v := Visible(s)
		for _, c := range v {
			if Hidden(c) {
				r.Fatalf("%U is left in %q", c, v)
			}
		}
		if Visible(v) != v {
			r.Fatalf("%q changes when it is shown again", v)
		}
	})
}

func TestShownIsBounded(t *testing.T) {
	long := strings.Repeat("\u202e", 100_000)
	if got := Shown(long); len(got) > 13*ShownRunes || !strings.Contains(got, "300000 bytes, SHA-256 ") {
		t.Errorf("%d bytes: %q", len(got), got[len(got)-120:])
	}
	edge := strings.Repeat("é", ShownRunes)
	if Shown(edge) != edge || Shown(edge+"x") == edge+"x" {
		t.Error("values are cut at the wrong length")
	}
	if Shown(long+"a") == Shown(long+"b") {
		t.Error("two cut values look the same")
	}
}

// No word of this package accuses, whatever the cluster.
func TestNobodyIsAccused(t *testing.T) {
	c := explained(t)
	var all []string
	for _, s := range slices.Concat(c.Against, c.Refute) {
		all = append(all, s.String())
	}
	for _, d := range innocent {
		all = append(all, d.Text)
	}
	for _, cl := range classes {
		all = append(all, cl.words)
	}
	for _, m := range c.Explained {
		all = append(all, m.Words.String(), m.Standing)
	}
	if found := regexp.MustCompile(`(?i)guilt|criminal|culprit|perpetrator|fraud|suspect|offender`).FindString(strings.Join(all, "\n")); found != "" {
		t.Errorf("it says %q", found)
	}
}

// Explaining does not depend on the order of members and evidence.
func TestOrderDoesNotMatter(t *testing.T) {
	c, table, hubs := trio(t)
	want := NewIndex(table, hubs).Cluster(c)
	slices.Reverse(c.Members)
	slices.Reverse(c.Evidence)
	got := NewIndex(table, hubs).Cluster(c)
	got.Cluster, want.Cluster = graph.Cluster{}, graph.Cluster{}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b ident.ID) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

// What was weighed together with a value is cited with it, says which it was, and is not listed as something that does not count.
func TestAlso(t *testing.T) {
	line, next := id(t, ident.IP, ident.Ordinary, "198.51.100.1"), id(t, ident.IP, ident.Ordinary, "198.51.100.2")
	table := tableOf(seen{ann, line, graph.Login, 0, 20, 1}, seen{bob, line, graph.Login, 5, 20, 2}, seen{ann, next, graph.Login, 30, 60, 3}, seen{bob, next, graph.Login, 31, 50, 4})
	cl := graph.Cluster{Members: []graph.Member{{Account: ann, Person: "p1"}, {Account: bob, Person: "p2"}}, Evidence: []graph.Evidence{
		{Identifier: line, Family: graph.Network, Class: "own", Points: 5, Holders: 2, Inside: 2, Accounts: []graph.AccountID{bob, ann}, First: at(0), Last: at(60), Also: []ident.ID{next}}}}
	x := NewIndex(table, nil).Cluster(cl)
	if len(x.Values) != 1 || len(x.Discounted) != 0 {
		t.Fatalf("%d values, discounted %+v", len(x.Values), x.Discounted)
	}
	var got []string
	for _, u := range x.Values[0].Uses {
		got = append(got, fmt.Sprintf("%s %q line %d raw %q", u.Account.Native, u.As.Key(), u.Citations[0].Line, u.Citations[0].Raw))
	}
	want := []string{`ann "" line 1 raw ""`, `ann "198.51.100.2" line 3 raw "198.51.100.2"`, `bob "" line 2 raw ""`, `bob "198.51.100.2" line 4 raw "198.51.100.2"`}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if v := x.Values[0]; v.Accounts != 2 || v.Inside != 2 || v.Overlap != Together || !strings.Contains(v.Words.String(), "as one with other addresses that the line had: 1.") {
		t.Errorf("%+v", v)
	}
}

// Why a value that could tie people was not weighed.
func TestUnweighedWhy(t *testing.T) {
	line, home := id(t, ident.IP, ident.Ordinary, "198.51.100.1"), id(t, ident.Address, ident.Ordinary, "1 elm street")
	use := func(a graph.AccountID, r graph.Relation) Use { return Use{Account: a, Relation: r} }
	for want, v := range map[string]Value{
		"at different times": {Identifier: line, Uses: []Use{use(ann, graph.Login), use(bob, graph.Login)}},
		"under another of":   {Identifier: line, Overlap: Together, Uses: []Use{use(ann, graph.Login), use(bob, graph.Login)}},
		"Fewer than two":     {Identifier: line, Uses: []Use{use(ann, graph.Login), use(bob, graph.Recruiter)}},
		"another spelling":   {Identifier: home, Uses: []Use{use(ann, graph.ShipTo), use(bob, graph.Registered)}},
	} {
		if got := unweighedWhy(v); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Where few full names are known it is said; where three are, or all, it is not.
func TestUnnamed(t *testing.T) {
	for _, c := range []struct {
		persons, named int
		said           bool
	}{{1, 0, false}, {2, 0, true}, {1, 1, false}, {2, 1, false}, {2, 2, false}, {3, 2, true}, {3, 3, false}, {6, 2, true}, {6, 3, false}, {6, 0, true}} {
		var rows []seen
		var cl graph.Cluster
		for i := range c.persons {
			a := graph.AccountID{Platform: "okta:acme", Native: string(rune('a' + i))}
			cl.Members = append(cl.Members, graph.Member{Account: a, Person: a.Native})
			name := []string{"Zed", "Ann Bell"}[one(i < c.named)] // of one word, or in full
			rows = append(rows, seen{a, id(t, ident.Name, ident.Ordinary, name), graph.Registered, 0, -1, int64(i + 1)})
		}
		if got := NewIndex(tableOf(rows...), nil).Cluster(cl).Unnamed; len(got) > 0 != c.said {
			t.Errorf("%d persons, %d named: %q", c.persons, c.named, got)
		}
	}
}
