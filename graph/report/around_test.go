package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"samehand/graph"
	"samehand/graph/ident"
)

// parsed returns the page of a model as a document.
func parsed(t *testing.T, m Model) *html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(encoded(t, HTML{}, m)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// textOfNode returns all text below a node, words parted by one space.
func textOfNode(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(" " + d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// within returns the text of the elements of a class, one string each.
func within(doc *html.Node, element, class string) []string {
	var out []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == element && slices.Contains(strings.Fields(classOf(n)), class) {
			out = append(out, textOfNode(n))
		}
	}
	return out
}

// An alarm is the first thing on the page after its title; a run without one has none.
func TestAlarmsComeFirst(t *testing.T) {
	out := string(encoded(t, HTML{}, model(t)))
	alarm, lead := strings.Index(out, "holds 9 % of all persons"), strings.Index(out, Lead+"</p>")
	if alarm < 0 || alarm > lead {
		t.Errorf("the alarm stands at %d, the lead at %d", alarm, lead)
	}
	md := string(encoded(t, Markdown{}, model(t)))
	if i, j := strings.Index(md, "ALARM"), strings.Index(md, Lead); i < 0 || i > j {
		t.Errorf("Markdown: the alarm stands at %d, the lead at %d", i, j)
	}
	if got := within(parsed(t, empty(t)), "section", "alarm"); len(got) != 1 { // alarms are about the run
		t.Errorf("a run without clusters: %q", got)
	}
	run, table := made(t)
	run.Alarms, run.Missing = nil, nil
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := within(parsed(t, m), "section", "alarm"); len(got) != 0 || strings.Contains(string(encoded(t, Markdown{}, m)), "ALARM") {
		t.Errorf("an alarm out of nothing: %q", got)
	}
}

// What could not be looked for is said, also when nothing was found.
func TestNotAnalysedIsNotClean(t *testing.T) {
	for name, m := range map[string]Model{"case": model(t), "empty": empty(t)} {
		for _, e := range Encoders()[:2] {
			out := string(encoded(t, e, m))
			for _, want := range []string{"Not analysed is not clean", "wages of several purses run together", "the case has no remote tools"} {
				if !strings.Contains(out, want) {
					t.Errorf("%s, %s does not say %q", name, e.Name(), want)
				}
			}
		}
	}
}

// The sections of a cluster come in the order in which an investigator needs them.
func TestOrderOfSections(t *testing.T) {
	var got []string
	for n := range parsed(t, model(t)).Descendants() {
		if n.Type == html.ElementNode && n.Data == "h3" {
			got = append(got, textOfNode(n))
		}
	}
	want := []string{"Not looked for", "Why it is flagged", "What speaks against it", "Who may host or run it", "Where: sites", "Picture", "Members by site", "Set apart: not members",
		"Named patterns", "Innocent explanations", "What would change or refute it", "Shared values that count"}
	if !slices.Equal(got[:len(want)], want) {
		t.Errorf("got  %q\nwant %q", got[:len(want)], want)
	}
	if i := slices.Index(got, "Why it is not flagged"); i < 0 || got[i+1] != "What speaks against it" {
		t.Errorf("what is not flagged does not begin with why: %q", got)
	}
}

// Whoever is set apart is in the box that says so, and in no table or picture of members.
func TestApartIsNotAmongMembers(t *testing.T) {
	doc := parsed(t, model(t))
	boxes := within(doc, "section", "apart")
	if len(boxes) != 1 || !strings.Contains(boxes[0], "possible identity victim Blair Weston") || !strings.Contains(boxes[0], "possible bystander Robin Hale") ||
		!strings.Contains(boxes[0], "says nothing against anybody") {
		t.Errorf("set apart: %q", boxes)
	}
	for _, place := range slices.Concat(within(doc, "table", "members"), within(doc, "figure", "picture"), within(doc, "details", "sentences")) {
		if strings.Contains(place, "E-7001") || strings.Contains(place, "rhale") || strings.Contains(place, "Robin Hale") {
			t.Errorf("somebody set apart is among the members: %s", clip(place, 300))
		}
	}
	if out := string(encoded(t, CSV{}, model(t))); strings.Contains(out, "E-7001") || strings.Contains(out, "rhale") {
		t.Error("somebody set apart is among the evidence")
	}
}

// A person named as running a cluster is always called a candidate, and where nobody is, that is said.
func TestCandidates(t *testing.T) {
	boxes := within(parsed(t, model(t)), "section", "who")
	if len(boxes) != 2 || strings.Count(boxes[0], "candidate ") != 2 || !strings.Contains(boxes[0], "The next best is 3.8 clue points behind.") ||
		!strings.Contains(boxes[0], "not a member of the cluster; set apart as a possible bystander") {
		t.Errorf("candidates: %q", boxes)
	}
	if !strings.HasSuffix(boxes[1], "Nothing in the data points at anybody. Somebody may still run it; these data do not show who.") || strings.Contains(boxes[1], "candidate") {
		t.Errorf("where there is none: %q", boxes[1])
	}
}

// Members stand with their site, and persons of no site, or of one that the cluster does not have, are there too.
func TestBySite(t *testing.T) {
	c := Cluster{
		Sites:   []Site{{ID: "s1"}, {ID: "s2"}, {ID: "s3"}},
		Members: []Member{{Person: "a", Site: "s2"}, {Person: "b"}, {Person: "c", Site: "s1"}, {Person: "d", Site: "elsewhere"}, {Person: "a", Site: "s2"}},
	}
	var got []string
	for _, g := range bySite(c) {
		name := "none"
		if g.Site != nil {
			name = g.Site.ID
		}
		for _, p := range g.People {
			got = append(got, fmt.Sprint(name, " ", p.ID, " ", len(p.Accounts), " ", g.Title))
		}
	}
	if want := []string{"s1 c 1 true", "s2 a 2 true", "none b 1 true", "none d 1 true"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	c.Sites = nil
	if g := bySite(c); len(g) != 1 || g[0].Title || len(g[0].People) != 4 {
		t.Errorf("without sites: %+v", g)
	}
}

// A run of a version before, which looked for none of this, claims nothing about it.
func TestRunsFromBefore(t *testing.T) {
	run, table := made(t)
	run.Alarms, run.Missing = nil, nil
	for i := range run.Clusters {
		c := &run.Clusters[i]
		c.Candidates, c.Sites, c.Apart, c.Considered, c.Patterns, c.Dropped, c.Lowest, c.Highest, c.Stability = nil, nil, nil, nil, nil, nil, 0, 0, 0
		for j := range c.Members {
			c.Members[j].Stability, c.Members[j].Site = 0, ""
		}
	}
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders()[:2] {
		out, _, _ := strings.Cut(string(encoded(t, e, m)), "Words and numbers")
		out, _, _ = strings.Cut(out, "## Words")
		if !strings.Contains(out, "This detection did not look for who may host or run it.") {
			t.Errorf("%s does not say that nobody looked", e.Name())
		}
		for _, claim := range []string{"Nothing in the data points", "No line or door", "stable", "Set apart", "At no site", "Not looked for"} {
			if strings.Contains(out, claim) {
				t.Errorf("%s says %q of what nobody looked for", e.Name(), claim)
			}
		}
	}
}

// Zero identifiers, as a damaged case may hold them, and numbers that are none do not stop a report.
func TestOddFindings(t *testing.T) {
	run, table := made(t)
	nan := 0.0
	nan /= nan
	c := &run.Clusters[2]
	c.Sites[0].Identifiers = append(c.Sites[0].Identifiers, c.Sites[0].Identifiers[0])
	c.Dropped = append(c.Dropped, graph.WhatIf{Lost: -3})
	c.Patterns[0].Identifiers = nil
	c.Stability, c.Lowest, c.Members[0].Stability, c.Candidates[0].Score = nan, nan, nan, nan
	c.Sites[1].Persons = -1
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders() {
		out := encoded(t, e, m)
		if e.Name() != "html" && bytes.Contains(out, []byte("NaN")) {
			t.Errorf("%s writes a number that is none", e.Name())
		}
	}
	for _, cl := range m.Clusters {
		for _, d := range cl.Dropped {
			if d.Value.Kind == "" {
				t.Error("a what-if without a value is in the report")
			}
		}
	}
}

// Each row of the CSV says what the account's role, site and stability are.
func TestCSVTellsRoles(t *testing.T) {
	rows, err := csv.NewReader(bytes.NewReader(encoded(t, CSV{}, model(t)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	role, site, stability := slices.Index(csvColumns, "account_role"), slices.Index(csvColumns, "account_site"), slices.Index(csvColumns, "account_stability")
	seen := map[string]bool{}
	for _, row := range rows[1:] {
		seen[row[role]+" "+row[site]+" "+row[stability]] = true
	}
	for _, want := range []string{"facilitator site-1 0.95", "persona site-2 0.8", "  "} { // of the others nothing is known
		if !seen[want] {
			t.Errorf("no row of %q among %v", want, seen)
		}
	}
}

// Every new field, with markup in it, is text on the page, text in the other formats, and nowhere an element.
func TestFindingsAreText(t *testing.T) {
	run, table := made(t)
	mark := func(field string) string { return `"><b onclick=x>pwn-` + field + "\u202e</b>" }
	c := &run.Clusters[2]
	run.Alarms, run.Missing = []string{mark("alarm")}, []graph.Missing{{Pattern: mark("missing"), Name: mark("missing-name"), Lacks: mark("lacks")}}
	c.Candidates[0].Person, c.Candidates[0].Reasons = mark("candidate"), []string{mark("clue")}
	c.Candidates[0].Accounts = []graph.AccountID{{Platform: mark("candidate-platform"), Native: mark("candidate-account")}}
	c.Sites[0].ID = mark("site")
	c.Apart[0].Person, c.Apart[0].Role, c.Apart[0].Reason = mark("apart"), mark("apart-role"), mark("apart-reason")
	c.Apart[1].Account = graph.AccountID{Platform: mark("apart-platform"), Native: mark("apart-account")}
	c.Considered[0] = graph.LookAlike{Name: mark("look-alike"), Reason: mark("look-alike-reason")}
	c.Patterns[0].ID, c.Patterns[0].Name, c.Patterns[0].Strength, c.Patterns[0].Reason = mark("pattern"), mark("pattern-name"), mark("strength"), mark("pattern-reason")
	c.Dropped[0].Identifier = id(t, ident.Handle, ident.Ordinary, mark("dropped"))
	c.Members[0].Role = mark("role")
	home := &run.Clusters[0]
	home.Reasons = []string{mark("why-not")}
	home.Considered = []graph.LookAlike{{Name: mark("holds"), Holds: true, Reason: mark("holds-reason")}}
	fields := strings.Fields(`alarm missing missing-name lacks candidate clue candidate-platform candidate-account site apart apart-role apart-reason
 apart-platform apart-account look-alike look-alike-reason pattern pattern-name strength pattern-reason dropped role why-not holds holds-reason`)
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := parsed(t, m)
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			checkElement(t, n)
		}
	}
	for name, text := range map[string]string{"html": textOfNode(doc), "md": string(encoded(t, Markdown{}, m)), "json": string(encoded(t, JSON{}, m))} {
		for _, f := range fields {
			if !strings.Contains(text, "pwn-"+f+"⟨U+202E⟩") && !strings.Contains(text, `pwn-`+f+`\u202e`) {
				t.Errorf("%s: %s is not there as text", name, f)
			}
		}
		if strings.Contains(text, "\u202e") {
			t.Errorf("%s: a direction override got through", name)
		}
	}
}
