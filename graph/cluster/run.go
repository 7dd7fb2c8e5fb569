package cluster

import (
	"cmp"
	"slices"

	"samehand/graph"
	"samehand/graph/projection"
)

// run writes down what was found.
func (d *detection) run(groups []group) graph.Run {
	d.held = newHeldValues(d.model)
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
	for _, g := range groups {
		r.Clusters = append(r.Clusters, d.record(g))
	}
	d.name(groups, r.Clusters)
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
	return r
}

// name gives the clusters and the persons in them their names, from the accounts they consist of.
func (d *detection) name(groups []group, clusters []graph.Cluster) {
	ids, persons := make([][32]byte, len(clusters)), [][32]byte(nil)
	for i, c := range clusters {
		accounts := make([]graph.AccountID, len(c.Members))
		for j, m := range c.Members {
			accounts[j] = m.Account
		}
		ids[i] = accountsDigest(accounts)
		for _, p := range groups[i].persons {
			persons = append(persons, accountsDigest([]graph.AccountID{d.t.Accounts[d.model.Persons.Accounts(p)[0]]}))
		}
	}
	names, next := shorten("p", persons), 0
	for i, id := range shorten("c", ids) {
		c := &clusters[i]
		c.ID = id
		of := map[uint32]string{}
		for _, p := range groups[i].persons {
			of[p], next = names[next], next+1
		}
		for j := range c.Members {
			a, _ := slices.BinarySearchFunc(d.t.Accounts, c.Members[j].Account, graph.AccountID.Compare)
			c.Members[j].Person = of[d.model.Persons.Of[a]]
		}
	}
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
