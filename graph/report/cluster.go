package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

// builder turns what [explain] found into the model.
type builder struct {
	t     *graph.Table
	order []int // place in the model's sources of the table's source
	list  []Source
}

// sources lists the table's sources and remembers where each went.
func (b *builder) sources(run graph.Run) []Source {
	by := make([]int, len(b.t.Sources))
	for i := range by {
		by[i] = i
	}
	slices.SortStableFunc(by, func(i, j int) int {
		p, q := b.t.Sources[i], b.t.Sources[j]
		return cmp.Or(strings.Compare(p.Name, q.Name), strings.Compare(p.SHA256, q.SHA256), strings.Compare(p.ID, q.ID))
	})
	b.order, b.list = make([]int, len(by)), []Source{}
	for place, i := range by {
		b.order[i] = place
		b.list = append(b.list, sourceOf(b.t.Sources[i], run.Sources))
	}
	return b.list
}

func sourceOf(s graph.Source, inRun []string) Source {
	return Source{
		ID: explain.Shown(s.ID), Name: explain.Shown(s.Name), Format: explain.Shown(s.Format), SHA256: explain.Shown(s.SHA256),
		Bytes: s.Bytes, Ingested: graph.TimeOf(s.Ingested).String(), Options: explain.Shown(s.Options), Records: s.Records,
		Accepted: s.Accepted, Rejected: s.Rejected, Values: s.Values, Kept: s.Kept,
		InRun: slices.Contains(inRun, s.ID), Notes: shownAll(s.Notes),
	}
}

func (b *builder) cluster(c explain.Cluster) Cluster {
	out := Cluster{
		ID: explain.Shown(c.ID), Headline: c.Headline, Flagged: c.Flagged, Score: finite(c.Score), Accounts: len(c.Members),
		Persons: c.Persons, Names: c.Names, Employers: c.Employers, Homes: c.Homes, Tags: shownAll(c.Tags),
		First: c.First.String(), Last: c.Last.String(), Why: sentencesOf(c.Why), WhyNot: append([]string{}, c.WhyNot...),
		Against: against(c), Refute: texts(c.Refute), Holding: texts(c.Holding), Steady: texts(c.Steady), Leading: textOf(c.Leading),
		Candidates: candidates(c.Ranked), Sites: sites(c.Sites), Apart: outsiders(c.Around), Patterns: patterns(c.Patterns),
		Considered: lookAlikes(c.Considered), Dropped: whatIfs(c), Lowest: bounded(c.Lowest, math.MaxFloat64), Highest: bounded(c.Highest, math.MaxFloat64),
		Stability: bounded(c.Stability, 1),
		Families:  []Family{}, RuleOut: []Doubt{}, Members: []Member{}, Evidence: b.evidence(c.Values), Discounted: b.evidence(c.Discounted),
		times: timesOf(c.First, c.Last),
	}
	for _, f := range c.Families {
		out.Families = append(out.Families, familyOf(f))
	}
	for _, d := range c.RuleOut {
		out.RuleOut = append(out.RuleOut, Doubt{familyOf(d.Family), d.Text})
	}
	for _, m := range c.Explained {
		out.Members = append(out.Members, memberOf(m))
	}
	return out
}

func memberOf(m explain.Member) Member {
	out := Member{
		Account: accountOf(m.Account), Person: explain.Shown(m.Person), Role: explain.Shown(m.Role), Standing: m.Standing, Aside: m.Aside, Sum: m.Sum,
		Site: explain.Shown(m.Site), Flagged: m.Flagged, Points: finite(m.Points), Confidence: bounded(m.Confidence, 1),
		Certainty: m.Certainty, Stability: bounded(m.Stability, 1), Steadiness: explain.Steadiness(m.Stability), Names: names(m.Names), Employers: []string{}, Homes: values(m.Homes),
		First: m.First.String(), Last: m.Last.String(), Ties: []Tie{}, Words: textOf(m.Words),
	}
	for _, e := range m.Employers {
		if name := explain.Shown(e.Name); !slices.Contains(out.Employers, name) {
			out.Employers = append(out.Employers, name)
			out.jobs = append(out.jobs, job{map[bool]string{true: "tenant", false: "employer"}[e.Tenant], name})
		}
	}
	for _, t := range m.Ties {
		out.Ties = append(out.Ties, Tie{Evidence: t.Value, Points: finite(t.Points), Others: t.Others})
	}
	return out
}

func (b *builder) evidence(vs []explain.Value) []Evidence {
	out := []Evidence{}
	for _, v := range vs {
		e := Evidence{
			Value: valueOf(v.Identifier), Family: familyOf(v.Family), Class: explain.Shown(v.Class), ClassWords: explain.ClassWords(v.Class),
			Points: finite(v.Points), Holders: v.Holders, Inside: v.Inside, Accounts: v.Accounts, First: v.First.String(), Last: v.Last.String(),
			HeldUntil: heldUntil(v.Last, v.Held), Overlap: overlapWords(v.Overlap), Reason: explain.Shown(v.Reason), Without: append([]int{}, v.Without...), Words: textOf(v.Words),
			Uses: []Use{}, times: timesOf(v.First, v.Last),
		}
		for _, u := range v.Uses {
			e.Uses = append(e.Uses, b.use(u))
		}
		out = append(out, e)
	}
	return out
}

func (b *builder) use(u explain.Use) Use {
	out := Use{
		Account: accountOf(u.Account), Person: explain.Shown(u.Person), Relation: explain.Shown(string(u.Relation)),
		RelationWords: explain.RelationWords(u.Relation), First: u.First.String(), Last: u.Last.String(), Count: u.Count,
		HeldUntil: heldUntil(u.Last, u.Held), Citations: []Citation{}, times: timesOf(u.First, u.Last),
	}
	if out.HeldUntil != "" {
		out.times.held = timesOf(u.Held, u.Held).last
	}
	for _, c := range u.Citations {
		cite := Citation{
			Source: -1, Line: c.Line, First: c.First.String(), Last: c.Last.String(), Count: c.Count,
			Raw: c.Raw, rawShown: explain.Shown(c.Raw),
		}
		if c.Source >= 0 {
			cite.Source = b.order[c.Source]
			cite.File, cite.SHA256 = b.list[cite.Source].Name, b.list[cite.Source].SHA256
		}
		out.Citations = append(out.Citations, cite)
	}
	return out
}

func overlapWords(o explain.Overlap) string {
	switch o {
	case explain.Together:
		return "together"
	case explain.InTurn:
		return "in turn"
	case explain.Assumed:
		return "assumed"
	}
	return ""
}

// heldUntil writes until when a value is taken as still held; "" when that is no later than last.
func heldUntil(last, held graph.Time) string {
	if held <= last {
		return ""
	}
	return held.String()
}

func timesOf(first, last graph.Time) times {
	const second = 1_000_000
	return times{first: int64(first) / second, last: int64(max(first, last)) / second}
}

func values(ids []ident.ID) []Value {
	out := []Value{}
	for _, id := range ids {
		out = append(out, valueOf(id))
	}
	return out
}

// names lists names, shown as they were written.
func names(ns []explain.Name) []Value {
	out := []Value{}
	for _, n := range ns {
		v := valueOf(n.ID)
		v.Shown = n.Shown()
		out = append(out, v)
	}
	return out
}

func shownAll(ss []string) []string {
	out := []string{}
	for _, s := range ss {
		out = append(out, explain.Shown(s))
	}
	return out
}

func texts(ss []explain.Sentence) []Text {
	out := []Text{}
	for _, s := range ss {
		out = append(out, textOf(s))
	}
	return out
}

// against lists what speaks against a cluster; that too few names are known comes first.
func against(c explain.Cluster) []Text {
	if len(c.Unnamed) == 0 {
		return texts(c.Against)
	}
	return append([]Text{textOf(c.Unnamed)}, texts(c.Against)...)
}

func textOf(s explain.Sentence) Text {
	out := Text{}
	for _, p := range s {
		out = append(out, Part{p.Text, p.Value})
	}
	return out
}
