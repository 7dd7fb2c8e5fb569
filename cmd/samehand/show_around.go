package main

import (
	"fmt"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/explain"
)

// alarms writes what whoever reads any cluster of the run must know first.
func (d *page) alarms(run graph.Run) {
	for _, a := range run.Alarms {
		fmt.Fprint(d.w, wrap("ALARM: ", "  ", explain.AsSentence(a)))
	}
}

// reasons writes why a cluster is, or is not, flagged. Where it is not, innocent explanations that may hold come first.
func (d *page) reasons(x explain.Cluster) {
	var list []string
	for _, l := range x.Considered {
		if l.Holds {
			list = append(list, "An innocent explanation may hold, "+explain.Shown(l.Name)+": "+explain.AsSentence(l.Reason))
		}
	}
	for _, r := range x.Why {
		list = append(list, explain.AsSentence(r))
	}
	list = append(list, x.WhyNot...)
	if len(list) == 0 {
		return
	}
	d.title(map[bool]string{true: "Why it is flagged", false: "Why it is not flagged"}[x.Flagged])
	for _, text := range list {
		d.item(text)
	}
}

// candidates writes who may host or run a flagged cluster.
func (d *page) candidates(x explain.Cluster) {
	if len(x.Leading) == 0 {
		return
	}
	d.title("Who may host or run it")
	for i, c := range x.Ranked {
		d.item(fmt.Sprintf("Candidate %d: %s, person %s, %s clue points; %s", i+1, nameList(c.Names), explain.Shown(c.Person), explain.Points(c.Score), c.Standing))
		for _, r := range c.Reasons {
			d.more(explain.AsSentence(r))
		}
		d.more(accountList(c.Accounts))
	}
	d.item(x.Leading.String())
}

// jobs writes the jobs of those who are flagged for the number of them, person by person.
func (d *page) jobs(x explain.Cluster) {
	for i, j := range x.Jobs {
		if i == 0 || j.Person != x.Jobs[i-1].Person {
			d.title("Jobs of person " + explain.Visible(j.Person) + ", by when they begin: sign-ins and payments")
		}
		d.job(j)
	}
}

// job writes one job with where it is written.
func (d *page) job(j explain.Job) {
	d.item(fmt.Sprintf("At “%s”, %s", explain.Shown(j.Employer), explain.Period(j.First, j.Last)))
	for _, u := range j.Uses {
		d.use(u)
	}
}

// sites writes where the machines of several members are.
func (d *page) sites(x explain.Cluster) {
	if len(x.Sites) == 0 {
		return
	}
	d.title("Sites")
	for _, s := range x.Sites {
		var at []string
		for _, id := range s.Identifiers {
			at = append(at, explain.KindWords(id.Kind())+" “"+explain.Shown(id.Key())+"”")
		}
		d.item(fmt.Sprintf("%s: main place of %d of %d persons: %s", explain.Shown(s.ID), s.Persons, x.Persons, strings.Join(at, ", ")))
	}
}

// bySite returns the members site by site, those without one last, otherwise as they were.
func bySite(x explain.Cluster) []explain.Member {
	place := func(m explain.Member) int {
		if i := slices.IndexFunc(x.Sites, func(s graph.Site) bool { return s.ID == m.Site }); i >= 0 {
			return i
		}
		return len(x.Sites)
	}
	out := slices.Clone(x.Explained)
	slices.SortStableFunc(out, func(a, b explain.Member) int { return place(a) - place(b) })
	return out
}

// personLine says of a person what holds for all of their accounts.
func personLine(m explain.Member) string {
	parts := []string{"  Person " + explain.Visible(m.Person)}
	if m.Standing != "" {
		parts = append(parts, m.Standing)
	}
	if m.Site != "" {
		parts = append(parts, "site "+explain.Shown(m.Site))
	}
	if words := explain.Steadiness(m.Stability); words != "" {
		parts = append(parts, fmt.Sprintf("%s (%.2f)", words, m.Stability))
	}
	return strings.Join(parts, ", ")
}

// apart writes who is set apart and no member.
func (d *page) apart(x explain.Cluster) {
	if len(x.Around) == 0 {
		return
	}
	d.title("Set apart: not members, and being named here says nothing against anybody")
	for _, o := range x.Around {
		d.item(fmt.Sprintf("%s: %s, person %s: %s", o.Standing, nameList(o.Names), explain.Shown(o.Person), accountList(o.Accounts)))
		d.more(o.Reason)
	}
}

// patterns writes the named patterns that members show.
func (d *page) patterns(x explain.Cluster) {
	if len(x.Patterns) == 0 {
		return
	}
	d.title("Named patterns: a description, not a charge")
	for _, p := range x.Patterns {
		d.item(fmt.Sprintf("%s %s, %s: %s", explain.Shown(p.ID), explain.Shown(p.Name), explain.Shown(p.Strength), explain.AsSentence(p.Reason)))
	}
}

// considered writes which innocent explanations were set aside: by name, or, when all is asked for, with why.
func (d *page) considered(x explain.Cluster) {
	var names []string
	for _, l := range x.Considered {
		if !l.Holds {
			names = append(names, explain.Shown(l.Name))
		}
	}
	if len(names) == 0 {
		return
	}
	d.title("Innocent explanations that were considered and set aside")
	if !d.all {
		d.item(strings.Join(names, "; ") + " (--all says why)")
		return
	}
	for _, l := range x.Considered {
		if !l.Holds {
			d.item(explain.Shown(l.Name) + ": " + explain.AsSentence(l.Reason))
		}
	}
}

// nameList writes names, quoted.
func nameList(names []explain.Name) string {
	if len(names) == 0 {
		return "no name"
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = "“" + n.Shown() + "”"
	}
	return strings.Join(out, ", ")
}

// accountList writes accounts as they are given on the command line.
func accountList(as []graph.AccountID) string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = explain.Shown(a.Platform) + "/" + explain.Shown(a.Native)
	}
	return strings.Join(out, ", ")
}
