package report

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// world is a made-up case: a farm of nine personas, a chain of four paid in coins, and a household. Everybody in it is invented.
type world struct {
	t   testing.TB
	b   graph.Builder
	run graph.Run
	seq int64 // next line of a source
	n   int   // counts observations, to spread lines over sources
}

var worldSources = []graph.Source{
	{ID: "src-3", Name: "exports/okta-signins.json", Format: "okta", SHA256: "9f2c1b7a5e0d4c3f8a6b1e2d7c4f9a0b3e5d8c1f6a9b2e4d7c0f3a6b9e1d4c7f", Bytes: 48_211_904, Options: `{"tenant":"acme"}`, Records: 61_204, Accepted: 61_198, Rejected: 6, Values: 244_816, Kept: 244_790},
	{ID: "src-1", Name: "exports/payroll.csv", Format: "nacha", SHA256: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809", Bytes: 1_204_113, Options: `{}`, Records: 8_120, Accepted: 8_120, Values: 16_240, Kept: 16_201, Notes: []string{"column \"Dept\" is not known and was left out"}},
	{ID: "src-2", Name: "exports/shipments.csv", Format: "shipments", SHA256: "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00", Bytes: 88_120, Options: `{}`, Records: 702, Accepted: 701, Rejected: 1, Values: 2_100, Kept: 2_096},
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, seq: 10}
	for _, s := range worldSources {
		s.Ingested = time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
		w.b.Source(s)
	}
	w.run = graph.Run{
		ID: "run-7f3a", Started: time.Date(2025, 3, 2, 10, 30, 0, 0, time.UTC), Method: "louvain", Sources: []string{"src-1", "src-2", "src-3"},
		Options: map[string]string{"gamma": "1", "seed": "1", "min-points": "6", "min-names": "3"},
		Counts:  graph.RunCounts{Accounts: 20_412, Identifiers: 88_120, Rows: 261_400, Persons: 11_903, Pairs: 5_210, Clusters: 3, Flagged: 2, Members: 23, FlaggedMembers: 20},
	}
	return w
}

func day2024(n int) graph.Time {
	if n < 0 {
		return 0
	}
	return graph.TimeOf(time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC).AddDate(0, 0, n))
}

func id(t testing.TB, k ident.Kind, m ident.Mark, key string) ident.ID {
	t.Helper()
	v, err := ident.Restore(k, m, key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (w *world) id(k ident.Kind, key string) ident.ID { return id(w.t, k, ident.Ordinary, key) }

// sees writes rows observations that an account had something to do with a value between two days of 2024 (-1: not known).
func (w *world) sees(a graph.AccountID, v ident.ID, r graph.Relation, from, to, rows int) {
	src := worldSources[w.n%len(worldSources)]
	w.n++
	for i := range rows {
		w.seq += 1 + int64(i%5)/4*3
		first, last := day2024(from), day2024(to)
		if rows > 1 && from >= 0 {
			first = day2024(from + (to-from)*i/rows)
			last = first
			if i == rows-1 {
				last = day2024(to)
			}
		}
		w.b.Observe(graph.Observation{Account: a, Identifier: v, Relation: r, First: first, Last: last, Count: uint32(1 + i%3),
			Ref: graph.Ref{Source: src.ID, File: src.Name, Line: w.seq}})
	}
}

// shares adds evidence to a cluster: accounts, each nine days after the one before, for length days (-1: one moment); from -1: times not known.
func (w *world) shares(c *graph.Cluster, e graph.Evidence, r graph.Relation, who []graph.AccountID, from, length, rows int) {
	persons := map[string]bool{}
	for i, a := range who {
		start, end := from, -1
		if from >= 0 {
			start = from + 9*i
			end = start + max(0, length)
		}
		w.sees(a, e.Identifier, r, start, end, rows)
		for _, m := range c.Members {
			if m.Account == a {
				persons[m.Person] = true
			}
		}
		if from >= 0 {
			if e.First == 0 || day2024(start) < e.First {
				e.First = day2024(start)
			}
			e.Last = max(e.Last, day2024(end))
		}
	}
	e.Accounts = slices.Clone(who)
	slices.SortFunc(e.Accounts, graph.AccountID.Compare)
	e.Inside = len(persons)
	e.Holders = max(e.Holders, e.Inside)
	c.Evidence = append(c.Evidence, e)
}

// farmNames are invented.
var farmNames = []string{"Avery Stone", "Blair Weston", "Casey Arbor", "Devon Marsh", "Emery Quill", "Finley Brook", "Gray Hollis", "Harper Lane", "Indigo Vale"}

var farmTenants = []string{"acme", "borealis", "cobalt", "dunmore", "eastgate", "fennel"}

// farm adds the nine.
func (w *world) farm() {
	c := graph.Cluster{
		ID: "c-farm", Score: 27.4, Flagged: true, Families: []graph.Family{graph.Place, graph.DeviceFamily, graph.Money, graph.Network},
		Persons: 9, Names: 9, Employers: 6, Homes: 8, Tags: []string{"case-118"},
		Reasons: []string{"Nine different full names are tied by four independent families of evidence.", "They are registered at eight different homes, so a household does not explain it.", "They work for six employers, so an office does not explain it."},
	}
	var okta, pay []graph.AccountID
	for i, name := range farmNames {
		tenant := farmTenants[i%len(farmTenants)]
		person := fmt.Sprintf("p-%03d", 41+i)
		a := graph.AccountID{Platform: "okta:" + tenant, Native: fmt.Sprintf("%s@%s.example", []string{"astone", "bweston", "carbor", "dmarsh", "equill", "fbrook", "ghollis", "hlane", "ivale"}[i], tenant)}
		okta = append(okta, a)
		role := ""
		if i == 0 {
			role = "facilitator"
		}
		m := graph.Member{Account: a, Person: person, Role: cmp.Or(role, "persona"), Site: "site-1", Flagged: true, Points: 41 - 2.6*float64(i), Confidence: .99 - .055*float64(i)}
		c.Members = append(c.Members, m)
		w.sees(a, w.id(ident.Name, name), graph.Registered, 0, -1, 1)
		w.sees(a, w.id(ident.Employer, tenant+" inc"), graph.EmployedBy, 4*i, 200+4*i, 1)
		if i > 0 {
			w.sees(a, w.id(ident.Address, fmt.Sprintf("%d elm street, springfield, il 6270%d, us", 100+7*i, i)), graph.Registered, 0, -1, 1)
		}
		if i%2 == 0 {
			p := graph.AccountID{Platform: "payroll:" + tenant, Native: fmt.Sprintf("E-10%d", 20+i)}
			pay = append(pay, p)
			m.Account, m.Role = p, ""
			c.Members = append(c.Members, m)
		}
	}
	w.farmEvidence(&c, okta, pay)
	w.around(&c)
	w.run.Clusters = append(w.run.Clusters, c)
}

func (w *world) farmEvidence(c *graph.Cluster, okta, pay []graph.AccountID) {
	line := w.id(ident.IP, "198.51.100.23")
	w.shares(c, graph.Evidence{Identifier: line, Family: graph.Network, Class: "own", Points: 8.1, Holders: 9}, graph.Login, okta, 20, 210, 24)
	w.shares(c, graph.Evidence{Identifier: w.id(ident.Address, "4418 juniper court, unit 2, springfield, il 62704, us"), Family: graph.Place, Class: "own", Points: 7.9}, graph.ShipTo, okta[:7], 12, 3, 1)
	w.shares(c, graph.Evidence{Identifier: w.id(ident.Payment, "us:071000013:000123456789"), Family: graph.Money, Class: "own", Points: 8.8}, graph.Payout, pay, 40, 170, 12)
	w.shares(c, graph.Evidence{Identifier: w.id(ident.Device, "serial:c02zk1a8lvdq"), Family: graph.DeviceFamily, Class: "own", Points: 9.2}, graph.Login, []graph.AccountID{okta[1], okta[3], okta[7]}, 60, 90, 8)
	w.shares(c, graph.Evidence{Identifier: w.id(ident.Phone, "+14155550132"), Family: graph.Contact, Class: "own", Points: 10}, graph.Recovery, okta[4:6], 25, -1, 1)
	w.shares(c, graph.Evidence{Identifier: w.id(ident.Email, "m.reference@mail.example"), Family: graph.Vouching, Class: "own", Points: .8, Note: "A referee two persons share is soft evidence: it counts one tenth where nothing else ties them."}, graph.Referee, []graph.AccountID{okta[2], okta[6], okta[8]}, -1, -1, 1)
	vpn := w.id(ident.IP, "203.0.113.80")
	w.shares(c, graph.Evidence{Identifier: vpn, Family: graph.Network, Class: "transit", Points: 0, Holders: 412, Note: "412 persons pass through it and few of them live there: a VPN exit."}, graph.Login, okta[2:8], 70, 60, 3)
	for _, a := range okta[:4] {
		w.sees(a, id(w.t, ident.Device, ident.Placeholder, "serial:to be filled by o.e.m."), graph.Login, 30, 60, 2)
	}
	w.run.Hubs = append(w.run.Hubs,
		graph.HubValue{Identifier: vpn, Class: "transit", Holders: 412, Reason: "412 persons pass through it and few of them live there: a VPN exit."},
		graph.HubValue{Identifier: w.id(ident.Address, "1209 orange plaza, wilmington, de 19801, us"), Class: "multiunit", Holders: 96, Reason: "Many units, none named: a mailbox shop or tower."})
}

// chain adds four developers paid in coins, tied in a row by values of different sorts.
func (w *world) chain() {
	c := graph.Cluster{ID: "c-chain", Score: 11.2, Flagged: true, Families: []graph.Family{graph.Contact, graph.Money}, Persons: 4, Names: 4, Employers: 0, Homes: 0,
		Reasons: []string{"Four different full names are tied by two independent families of evidence."}}
	var who []graph.AccountID
	for i, name := range []string{"Jules North", "Kit Sandor", "Lane Ortiz", "Moss Varga"} {
		a := graph.AccountID{Platform: "github", Native: []string{"jnorth-dev", "kitsandor", "laneo", "mossv"}[i]}
		who = append(who, a)
		c.Members = append(c.Members, graph.Member{Account: a, Person: fmt.Sprintf("p-%03d", 80+i), Flagged: true, Points: 12 - float64(i), Confidence: .8 - .12*float64(i)})
		w.sees(a, w.id(ident.Name, name), graph.Registered, -1, -1, 1)
	}
	c.Considered, c.Lowest, c.Highest, c.Stability = setAside(), 1, 1, .55
	purse := w.id(ident.Payment, "eth:0x52908400098527886e0f7030069857d2e4169ee7")
	c.Dropped = []graph.WhatIf{
		{Identifier: w.id(ident.Handle, "telegram:5500112233"), Family: graph.Contact, Lost: 4},
		{Identifier: purse, Family: graph.Money, Pieces: []int{3}, Lost: 1},
	}
	w.shares(&c, graph.Evidence{Identifier: purse, Family: graph.Money, Class: "own", Points: 10}, graph.Payout, who[:2], 100, 80, 4)
	w.shares(&c, graph.Evidence{Identifier: w.id(ident.Handle, "telegram:5500112233"), Family: graph.Contact, Class: "own", Points: 8}, graph.Registered, who[1:3], 90, -1, 1)
	w.shares(&c, graph.Evidence{Identifier: w.id(ident.Email, "shared.box@mail.example"), Family: graph.Contact, Class: "own", Points: 10}, graph.Recovery, who[2:], 95, -1, 1)
	w.run.Clusters = append(w.run.Clusters, c)
}

// household adds two people who live together; the run lists them and does not flag them.
func (w *world) household() {
	c := graph.Cluster{ID: "c-home", Score: 9.1, Families: []graph.Family{graph.Network}, Persons: 2, Names: 2, Employers: 2, Homes: 1,
		Reasons: []string{"Nearly all members live at one home.", "There are only two names."}, Stability: .8}
	c.Considered = setAside(graph.LookAlike{Name: "one household", Holds: true, Reason: "Nearly all members live at one home."})
	home := w.id(ident.Address, "12 alder row, springfield, il 62701, us")
	var who []graph.AccountID
	for i, name := range []string{"Nia Falk", "Oren Falk"} {
		a := graph.AccountID{Platform: "okta:" + farmTenants[i], Native: []string{"nfalk", "ofalk"}[i]}
		who = append(who, a)
		c.Members = append(c.Members, graph.Member{Account: a, Person: fmt.Sprintf("p-%03d", 90+i), Points: 9.1, Confidence: .55})
		w.sees(a, w.id(ident.Name, name), graph.Registered, 0, -1, 1)
		w.sees(a, home, graph.Registered, 0, -1, 1)
	}
	w.shares(&c, graph.Evidence{Identifier: w.id(ident.IP, "198.51.100.77"), Family: graph.Network, Class: "own", Points: 5}, graph.Login, who, 10, 150, 6)
	w.shares(&c, graph.Evidence{Identifier: w.id(ident.Device, "serial:pf2handed"), Family: graph.DeviceFamily, Class: "own", Points: .9, Note: "Handed on once, never shared at the same time."}, graph.Login, who[:1], 10, 20, 2)
	w.sees(who[1], w.id(ident.Device, "serial:pf2handed"), graph.Login, 60, 90, 2)
	e := &c.Evidence[len(c.Evidence)-1]
	e.Accounts, e.Inside, e.Holders, e.Last = who, 2, 2, day2024(90)
	w.run.Clusters = append(w.run.Clusters, c)
}

// made builds the whole case.
func made(t *testing.T) (graph.Run, *graph.Table) {
	t.Helper()
	w := newWorld(t)
	w.household()
	w.chain()
	w.farm()
	table := w.b.Table()
	table.Canonical()
	return w.run, table
}

// model builds the report of the whole case.
func model(t *testing.T) Model {
	t.Helper()
	run, table := made(t)
	m, err := Build(run, table, nil, Options{Case: "Juniper Court", Tool: "samehand test"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
