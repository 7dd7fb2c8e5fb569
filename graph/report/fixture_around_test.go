package report

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// setAside are the look-alikes that the detection considered and set aside.
func setAside(holds ...graph.LookAlike) []graph.LookAlike {
	return append([]graph.LookAlike{
		{Name: "chance", Reason: "two families of evidence or more tie them together"},
		{Name: "household", Reason: "they are registered at different homes"},
		{Name: "one employer", Reason: "they are with several employers, none of which has all of them"},
	}, holds...)
}

// around adds what the detection says of the farm beside its members: candidates, sites, those set apart, patterns, what-ifs.
func (w *world) around(c *graph.Cluster) {
	line, door := w.id(ident.IP, "198.51.100.23"), w.id(ident.Address, "4418 juniper court, unit 2, springfield, il 62704, us")
	phone := w.id(ident.Phone, "+14155550132")
	host := []graph.AccountID{c.Members[0].Account, c.Members[1].Account}
	neighbour := graph.AccountID{Platform: "okta:eastgate", Native: "rhale@eastgate.example"}
	victim := graph.AccountID{Platform: "payroll:fennel", Native: "E-7001"}
	w.sees(neighbour, w.id(ident.Name, "Robin Hale"), graph.Registered, 0, -1, 1)
	w.sees(neighbour, door, graph.Registered, 0, -1, 1)
	w.sees(victim, w.id(ident.Name, "Blair Weston"), graph.Registered, 0, -1, 1)
	for i := range c.Members {
		c.Members[i].Stability = []float64{.95, .9, .85, .8}[i%4]
		if i > 9 {
			c.Members[i].Site = "site-2"
		}
	}
	c.Candidates = []graph.Candidate{
		{Person: "p-041", Accounts: host, Score: 8.4, Reasons: []string{"lives where equipment of 6 others is sent", "is called about parcels of 5 others"}},
		{Person: "p-900", Accounts: []graph.AccountID{neighbour}, Score: 4.6, Reasons: []string{"lives where equipment of 6 others is sent"}},
	}
	c.Sites = []graph.Site{
		{ID: "site-1", Identifiers: []ident.ID{line, door}, Persons: 6},
		{ID: "site-2", Identifiers: []ident.ID{w.id(ident.IP, "198.51.100.99")}, Persons: 3},
	}
	c.Apart = []graph.Apart{
		{Account: neighbour, Person: "p-900", Role: graph.RoleBystander, Reason: "lives where members have their equipment or their line, and not enough ties them to the rest"},
		{Account: victim, Person: "p-901", Role: graph.RoleVictim, Reason: "has the full name and the registered home of a member, and no evidence ties them to the rest: this may be whose identity was taken"},
	}
	c.Considered = setAside()
	c.Patterns = []graph.Pattern{
		{ID: "T1", Name: "laptop farm on one line", Strength: "high", Reason: "9 persons of 6 employers have one line as their base at the same time, for 130 days", Accounts: host, Identifiers: []ident.ID{line}},
		{ID: "T6", Name: "contact re-used under other names", Strength: "low", Reason: "2 persons with quite different names give one contact as their own", Accounts: host[:1], Identifiers: []ident.ID{phone}},
	}
	c.Lowest, c.Highest, c.Stability = .25, 4, .88
	c.Dropped = []graph.WhatIf{
		{Identifier: line, Family: graph.Network, Pieces: []int{5, 3}, Lost: 1, Flagged: true},
		{Identifier: phone, Family: graph.Contact, Pieces: []int{8}, Lost: 1, Flagged: true},
	}
	w.run.Alarms = []string{"the largest cluster holds 9 % of all persons in the case: look at what ties it before anything else"}
	w.run.Missing = []graph.Missing{
		{Pattern: "T4", Name: "wages of several purses run together", Lacks: "the case has no transfers (payments that money was moved over)"},
		{Pattern: "T11", Name: "remote control of several machines", Lacks: "the case has no remote tools"},
	}
}
