package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"samehand/graph/explain"
)

// page is what the template prints: the model with pictures and anchors.
type page struct {
	Model
	Views    []view
	Flagged  int
	Glossary []term
}

// view is a cluster on the page.
type view struct {
	Cluster
	N        int
	Anchor   string // "c1"
	Picture  columns
	Limit    int // nodes that all pictures of a page may draw
	Drawn    int // nodes drawn; 0 when the page has no room for a picture
	Dropped  int // nodes left out of a picture that is drawn
	Legend   []legendEntry
	Strip    timeline
	Groups   []siteGroup
	Holds    []LookAlike // innocent explanations that may hold
	Ruled    []LookAlike // those that were set aside
	Facts    []string    // one line on who, where and how sure
	Evidence []item
	Others   []item // discounted

	picture picture
}

// person is the accounts of one person in the table of members.
type person struct {
	ID         string
	Standing   string
	Site       string
	Names      []string
	Employers  []job
	Homes      []string
	Points     float64
	Confidence float64 // the highest of its accounts, which the detection gives one
	Certainty  string
	Stability  float64
	Steadiness string
	Aside      string // why its accounts are shown and not flagged; "" for others
	Sum        string // how its points add up
	Accounts   []Member
}

// siteGroup is the persons of one site in the table of members.
type siteGroup struct {
	Site   *Site // nil for those without a site
	Title  bool  // there are sites, so that each group says which it is
	People []person
}

// item is a piece of evidence on the page.
type item struct {
	Evidence
	N      int
	Anchor string // "c1-e1"
	Shape  string // polygon in a box of 16 by 16
}

// pageOf prepares a model for the template. Clusters get their pictures in order, as long as there are nodes left.
func pageOf(m Model) page {
	p := page{Model: m, Glossary: glossary()}
	left := PageNodes
	for i, c := range m.Clusters {
		v := viewOf(c, i+1)
		if c.Flagged {
			p.Flagged++
		}
		const tooFew = 60 // nodes of which a picture of a part is worth drawing
		need := len(c.Members) + len(c.Evidence)
		if need <= left || left >= tooFew {
			v.picture = pictureOf(c, left)
			v.Drawn = len(v.picture.accounts) + len(v.picture.values)
			v.Dropped = v.picture.Dropped
			v.Picture = columnsOf(c, v.picture)
			left -= v.Drawn
		}
		p.Views = append(p.Views, v)
	}
	return p
}

func viewOf(c Cluster, n int) view {
	anchor := "c" + strconv.Itoa(n)
	return view{
		Cluster: c, N: n, Anchor: anchor, Limit: PageNodes, Legend: legendOf(c.Evidence), Strip: timelineOf(c), Groups: bySite(c),
		Holds: lookAlikesThat(c, true), Ruled: lookAlikesThat(c, false), Facts: facts(c),
		Evidence: items(c.Evidence, anchor+"-e"), Others: items(c.Discounted, anchor+"-d"),
	}
}

// bySite puts the persons of a cluster to its sites, those without one last. Who names a site that the cluster does not
// have is among the last.
func bySite(c Cluster) []siteGroup {
	all := people(c)
	var out []siteGroup
	for i := range c.Sites {
		g := siteGroup{Site: &c.Sites[i], Title: true}
		g.People, all = split(all, func(p person) bool { return p.Site == c.Sites[i].ID })
		if len(g.People) > 0 {
			out = append(out, g)
		}
	}
	if len(all) > 0 {
		out = append(out, siteGroup{Title: len(out) > 0, People: all})
	}
	return out
}

// split parts persons in two, each in their order.
func split(ps []person, chosen func(person) bool) (in, out []person) {
	for _, p := range ps {
		if chosen(p) {
			in = append(in, p)
		} else {
			out = append(out, p)
		}
	}
	return in, out
}

func lookAlikesThat(c Cluster, hold bool) []LookAlike {
	var out []LookAlike
	for _, l := range c.Considered {
		if l.Holds == hold {
			out = append(out, l)
		}
	}
	return out
}

// facts are what a list of clusters says of one beside its headline.
func facts(c Cluster) []string {
	var out []string
	add := func(n int, one, many string) {
		if n > 0 {
			out = append(out, number(n)+" "+map[bool]string{true: one, false: many}[n == 1])
		}
	}
	add(len(c.Sites), "site", "sites")
	add(len(c.Candidates), "candidate for who may run it", "candidates for who may run it")
	add(len(c.Apart), "person set apart", "persons set apart")
	add(len(c.Patterns), "named pattern", "named patterns")
	if words := explain.Steadiness(c.Stability); words != "" {
		out = append(out, "membership "+words)
	}
	return out
}

func items(es []Evidence, anchor string) []item {
	var out []item
	for i, e := range es {
		out = append(out, item{Evidence: e, N: i + 1, Anchor: anchor + strconv.Itoa(i+1), Shape: polygon(e.Value.kind, 8, 8, 6.5)})
	}
	return out
}

// people gathers members by person, in the order of the members.
func people(c Cluster) []person {
	var out []person
	at := map[string]int{}
	for _, m := range c.Members {
		i, ok := at[m.Person]
		if !ok || m.Person == "" {
			i = len(out)
			out = append(out, person{ID: m.Person})
			at[m.Person] = i
		}
		p := &out[i]
		p.Standing, p.Site, p.Points = cmp.Or(p.Standing, m.Standing), cmp.Or(p.Site, m.Site), max(p.Points, m.Points)
		p.Names, p.Homes = addNew(p.Names, shownOf(m.Names)), addNew(p.Homes, shownOf(m.Homes))
		p.Aside, p.Sum = cmp.Or(p.Aside, m.Aside), cmp.Or(p.Sum, m.Sum)
		if m.Confidence > p.Confidence || p.Certainty == "" {
			p.Confidence, p.Certainty = m.Confidence, m.Certainty
		}
		if m.Stability > p.Stability {
			p.Stability, p.Steadiness = m.Stability, m.Steadiness
		}
		for _, j := range m.jobs {
			if !slices.Contains(p.Employers, j) {
				p.Employers = append(p.Employers, j)
			}
		}
		p.Accounts = append(p.Accounts, m)
	}
	return out
}

func addNew(have, more []string) []string {
	for _, s := range more {
		found := false
		for _, h := range have {
			found = found || h == s
		}
		if !found {
			have = append(have, s)
		}
	}
	return have
}

// The moving picture reads these from a block of JSON in the page.
type (
	graphData struct {
		Kinds  []graphKind `json:"kinds"`
		Graphs []graphView `json:"graphs"`
	}
	graphKind struct {
		Kind    string    `json:"kind"`
		Corners []float64 `json:"corners"`
	}
	graphView struct {
		Anchor string      `json:"anchor"`
		Nodes  []graphNode `json:"nodes"`
		Links  [][3]any    `json:"links"` // account, value, points
		Same   [][2]int    `json:"same"`  // accounts of one person
	}
	graphNode struct {
		Kind   string   `json:"kind"` // "account" or a kind of value
		Label  string   `json:"label"`
		Title  string   `json:"title"`
		Facts  []string `json:"facts"`
		X      float64  `json:"x"`
		Y      float64  `json:"y"`
		Side   string   `json:"side"`   // of an account's label
		Aside  bool     `json:"aside"`  // shown, not flagged
		Anchor string   `json:"anchor"` // of the evidence; "" for accounts
	}
)

// graphJSON writes the moving pictures as JSON that cannot end the script block it stands in.
func graphJSON(p page) ([]byte, error) {
	d := graphData{Graphs: []graphView{}}
	for _, s := range shapes {
		d.Kinds = append(d.Kinds, graphKind{s.kind.String(), s.corners})
	}
	for _, v := range p.Views {
		if v.Drawn > 0 {
			d.Graphs = append(d.Graphs, graphOf(v))
		}
	}
	out, err := json.Marshal(d) // writes <, > and & as escapes
	return explain.EscapeJSON(out), err
}

func graphOf(v view) graphView {
	g := graphView{Anchor: v.Anchor, Nodes: []graphNode{}, Links: [][3]any{}, Same: [][2]int{}}
	as, vs := ring(v.picture)
	for i, a := range v.picture.accounts {
		m := v.Members[a.member]
		n := graphNode{Kind: "account", Label: clip(a.label, 28), Title: m.Account.Shown, X: as[i].x, Y: as[i].y, Facts: memberFacts(m), Side: "right", Aside: m.Aside != ""}
		if as[i].x < 0 {
			n.Side = "left"
		}
		g.Nodes = append(g.Nodes, n)
		if i > 0 && v.picture.accounts[i-1].person == a.person {
			g.Same = append(g.Same, [2]int{i - 1, i})
		}
	}
	for i, pv := range v.picture.values {
		e := v.Cluster.Evidence[pv.evidence]
		g.Nodes = append(g.Nodes, graphNode{Kind: pv.kind.String(), Label: clip(pv.label, 24), Title: valueWords(e), X: vs[i].x, Y: vs[i].y,
			Facts: evidenceFacts(e), Anchor: v.Evidence[pv.evidence].Anchor})
	}
	for _, l := range v.picture.links {
		g.Links = append(g.Links, [3]any{l.account, l.value, v.Cluster.Evidence[v.picture.values[l.value].evidence].Points})
	}
	return g
}

func memberFacts(m Member) []string {
	var out []string
	for _, n := range m.Names {
		out = append(out, "Name: "+n.Shown)
	}
	for _, j := range m.jobs {
		out = append(out, strings.ToUpper(j.Sort[:1])+j.Sort[1:]+": "+j.Name)
	}
	if m.Standing != "" {
		out = append(out, "Standing: "+m.Standing)
	}
	if m.Aside != "" {
		out = append(out, "Why: "+m.Aside)
	}
	if m.Site != "" {
		out = append(out, "Site: "+m.Site)
	}
	out = append(out, fmt.Sprintf("Confidence: %s (%.2f)", m.Certainty, m.Confidence))
	if m.Steadiness != "" {
		out = append(out, fmt.Sprintf("Stability: %s (%.2f)", m.Steadiness, m.Stability))
	}
	return append(out, "Active: "+span(m.First, m.Last))
}

func evidenceFacts(e Evidence) []string {
	out := []string{fmt.Sprintf("Shared by %d persons here, %d in the case", e.Inside, max(e.Holders, e.Inside)), "Seen " + span(e.First, e.Last) + heldWords(e.HeldUntil),
		explain.Points(e.Points) + " points, " + e.Family.Words}
	if e.Reason != "" {
		out = append(out, "Counts only in part. "+e.Reason)
	}
	return out
}
