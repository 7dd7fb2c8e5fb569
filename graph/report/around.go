package report

import (
	"slices"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

func candidates(cs []explain.Candidate) []Candidate {
	out := []Candidate{}
	for _, c := range cs {
		out = append(out, Candidate{
			Person: explain.Shown(c.Person), Names: names(c.Names), Accounts: accounts(c.Accounts), Member: c.Member, Standing: c.Standing,
			Score: finite(c.Score), Reasons: sentencesOf(c.Reasons),
		})
	}
	return out
}

func sites(ss []graph.Site) []Site {
	out := []Site{}
	for _, s := range ss {
		out = append(out, Site{ID: explain.Shown(s.ID), Values: values(identified(s.Identifiers)), Persons: max(0, s.Persons)})
	}
	return out
}

func outsiders(os []explain.Outsider) []Outsider {
	out := []Outsider{}
	for _, o := range os {
		out = append(out, Outsider{
			Person: explain.Shown(o.Person), Role: explain.Shown(o.Role), Standing: o.Standing, Reason: o.Reason, Names: names(o.Names),
			Accounts: accounts(o.Accounts),
		})
	}
	return out
}

// lookAlikes lists the innocent explanations that were considered: those that hold first, otherwise in the order of the run.
func lookAlikes(ls []graph.LookAlike) []LookAlike {
	out := []LookAlike{}
	for _, holds := range []bool{true, false} {
		for _, l := range ls {
			if l.Holds == holds {
				out = append(out, LookAlike{explain.Shown(l.Name), holds, explain.AsSentence(l.Reason)})
			}
		}
	}
	return out
}

func patterns(ps []graph.Pattern) []Pattern {
	out := []Pattern{}
	for _, p := range ps {
		out = append(out, Pattern{
			ID: explain.Shown(p.ID), Name: explain.Shown(p.Name), Strength: explain.Shown(p.Strength), Reason: explain.AsSentence(p.Reason),
			Accounts: accounts(p.Accounts), Values: values(identified(p.Identifiers)),
		})
	}
	return out
}

func whatIfs(c explain.Cluster) []WhatIf {
	out := []WhatIf{}
	for _, d := range c.Dropped {
		if d.Identifier != (ident.ID{}) {
			out = append(out, WhatIf{
				Value: valueOf(d.Identifier), Family: familyOf(d.Family), Pieces: append([]int{}, d.Pieces...), Lost: max(0, d.Lost),
				Flagged: d.Flagged, Words: textOf(explain.WhatIf(c.Cluster, d)),
			})
		}
	}
	return out
}

// identified leaves out the zero identifier, which has no kind to be shown with.
func identified(ids []ident.ID) []ident.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id ident.ID) bool { return id == (ident.ID{}) })
}

func accounts(as []graph.AccountID) []Account {
	out := []Account{}
	for _, a := range as {
		out = append(out, accountOf(a))
	}
	return out
}

// sentencesOf makes sentences of what a run says in words.
func sentencesOf(ss []string) []string {
	out := []string{}
	for _, s := range ss {
		out = append(out, explain.AsSentence(s))
	}
	return out
}

// bounded returns f between 0 and most, and 0 for what is no number.
func bounded(f, most float64) float64 { return min(most, max(0, finite(f))) }
