package main

import (
	"context"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/explain"
)

// account writes what the case knows of an account, and the cluster it is in.
func (d *page) account(ctx context.Context, s graph.Reader, run graph.Run, want graph.AccountID) error {
	id, err := d.load(ctx, s, want)
	if err != nil {
		return err
	}
	d.line("Account %s", explain.Visible(accountText(id)))
	c, in := clusterOf(run, id)
	switch {
	case run.ID == "":
		d.line("Nothing has been detected yet in this case; run: samehand detect")
	case !in:
		d.line("In no cluster of the last detection.")
		d.setApart(explain.ApartFromClusters(run, id))
	default:
		if err := d.standing(ctx, s, run, c, id); err != nil {
			return err
		}
		d.setApart(explain.ApartFromClusters(run, id))
		if _, err := d.load(ctx, s, id); err != nil { // explaining the cluster loaded its other accounts
			return err
		}
	}
	d.known()
	return nil
}

// load loads the account's observations; when there are none, it looks whether the name is meant differently.
func (d *page) load(ctx context.Context, s graph.Reader, want graph.AccountID) (graph.AccountID, error) {
	var err error
	d.t, err = s.Load(ctx, graph.Filter{Accounts: []graph.AccountID{want}})
	if err != nil || len(d.t.Accounts) > 0 {
		return want, err
	}
	all, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return want, err
	}
	id, err := findAccount(all.Accounts, want)
	if err != nil {
		return want, err
	}
	d.t, err = s.Load(ctx, graph.Filter{Accounts: []graph.AccountID{id}})
	return id, err
}

// clusterOf returns the cluster that an account is in.
func clusterOf(run graph.Run, id graph.AccountID) (graph.Cluster, bool) {
	for _, c := range run.Clusters {
		if slices.ContainsFunc(c.Members, func(m graph.Member) bool { return m.Account == id }) {
			return c, true
		}
	}
	return graph.Cluster{}, false
}

// setApart says from which clusters an account is set apart, and as what.
func (d *page) setApart(list []explain.ApartFrom) {
	for _, x := range list {
		d.more(fmt.Sprintf("It is set apart from cluster %s as a %s: %s It is no member of it.", explain.Visible(x.Cluster), x.Standing, x.Reason))
	}
}

// standing writes the place of an account in its cluster.
func (d *page) standing(ctx context.Context, s graph.Reader, run graph.Run, c graph.Cluster, id graph.AccountID) error {
	x, err := d.explain(ctx, s, run, c)
	if err != nil {
		return err
	}
	d.line("In cluster %s (%s), which is a lead, not a verdict: samehand show %s", explain.Visible(c.ID), x.Headline, explain.Visible(c.ID))
	for _, m := range x.Explained {
		if m.Account == id {
			d.more(m.Words.String())
		}
	}
	return nil
}

// known lists every identifier of the loaded account with the lines that say so.
func (d *page) known() {
	d.title("What the case knows of it")
	for e := range d.t.Edges() {
		id := d.t.Identifiers[e.Identifier]
		u := explain.Use{Relation: d.t.Relations[e.Relation], First: e.First, Last: e.Last, Count: e.Count}
		for _, row := range d.t.Rows[e.Lo:e.Hi] {
			u.Citations = append(u.Citations, explain.Citation{Source: int(row.Source), Line: row.Line})
		}
		mark := ""
		if m := id.Mark().String(); m != "" {
			mark = " (" + m + ": does not link, or links weakly)"
		}
		d.item(explain.KindWords(id.Kind()) + " “" + explain.Shown(id.Key()) + "”" + mark)
		d.line("      %s, %s: %s", explain.RelationWords(u.Relation), explain.Period(u.First, u.Last), d.citations(u.Citations))
	}
}
