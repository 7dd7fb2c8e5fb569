package cluster

import (
	"cmp"
	"context"
	"slices"

	"samehand/graph"
	"samehand/graph/projection"
)

// run writes down what was found.
func (d *detection) run(ctx context.Context, groups []group) (graph.Run, error) {
	if !d.plain() {
		groups = append(groups, d.stacks(groups)...)
	}
	r := graph.Run{
		Started: d.o.Started.UTC(), Method: d.o.Method, Options: d.o.Map(), Hubs: d.hubs(),
		Counts: graph.RunCounts{
			Accounts: len(d.t.Accounts), Identifiers: len(d.t.Identifiers), Rows: len(d.t.Rows),
			Persons: d.model.Persons.Len(), Clusters: len(groups),
		},
	}
	for _, s := range d.t.Sources {
		r.Sources = append(r.Sources, s.ID)
	}
	slices.Sort(r.Sources)
	r.ID = runID(r.Sources, r.Options)
	for range projection.Pairs(d.model.Links) {
		r.Counts.Pairs++
	}
	if !d.plain() {
		var err error
		if d.view, err = d.newView(); err != nil {
			return r, err
		}
		r.Missing = d.view.Missing()
	}
	findings := make([]finding, len(groups))
	for i, g := range groups {
		err := ctx.Err()
		if err != nil {
			return r, err
		}
		if findings[i], err = d.find(g); err != nil {
			return r, err
		}
	}
	d.name(findings)
	r.Alarms = d.alarms(groups, findings)
	for _, f := range findings {
		r.Clusters = append(r.Clusters, f.cluster)
	}
	for _, c := range r.Clusters {
		r.Counts.Members += len(c.Members)
		for _, m := range c.Members {
			if m.Flagged {
				r.Counts.FlaggedMembers++
			}
		}
		if c.Flagged {
			r.Counts.Flagged++
		}
	}
	slices.SortFunc(r.Clusters, func(a, b graph.Cluster) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return r, nil
}

// hubs lists the values that were downgraded.
func (d *detection) hubs() []graph.HubValue {
	var hs []graph.HubValue
	for _, v := range d.model.Values {
		if v.Class.Hub() {
			hs = append(hs, graph.HubValue{
				Identifier: d.t.Identifiers[v.Identifier], Class: string(v.Class), Holders: len(d.model.Holders(v)), Reason: v.Reason,
			})
		}
	}
	slices.SortStableFunc(hs, func(a, b graph.HubValue) int {
		return cmp.Or(cmp.Compare(b.Holders, a.Holders), a.Identifier.Compare(b.Identifier))
	})
	return hs
}
