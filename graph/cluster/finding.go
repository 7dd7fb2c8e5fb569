package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// finding is a group and what is said of it. Persons go by number until all findings are there; then they get names.
type finding struct {
	group      group
	cluster    graph.Cluster
	passing    []bool // by place in the group
	sites      []site
	candidates []candidate
	apart      []outsider
}

// find describes a group in full.
func (d *detection) find(g group) (finding, error) {
	f := finding{group: g}
	var err error
	f.cluster, f.passing, err = d.record(g)
	if err != nil || d.plain() {
		return f, err
	}
	f.cluster.Lowest, f.cluster.Highest = g.lasts.Lo, g.lasts.Hi
	if f.cluster.Flagged { // where an innocent explanation holds, a pattern's name would only accuse
		f.cluster.Patterns = d.view.Patterns(d.patternGroup(g), d.o.Typology)
	}
	f.sites = d.sites(g)
	f.cluster.Stability = d.stability(g, &f.cluster)
	if !f.cluster.Flagged && len(g.persons) < whatIfLeast {
		return f, nil
	}
	f.cluster.Dropped, err = d.whatIf(g)
	if err != nil || !f.cluster.Flagged {
		return f, err
	}
	f.candidates = d.candidates(f)
	f.apart = d.outsiders(f)
	return f, nil
}

// mentioned lists the persons that the findings name, sorted.
func mentioned(fs []finding) []uint32 {
	var ps []uint32
	for _, f := range fs {
		ps = append(ps, f.group.persons...)
		for _, c := range f.candidates {
			ps = append(ps, c.person)
		}
		for _, o := range f.apart {
			ps = append(ps, o.person)
		}
	}
	slices.Sort(ps)
	return slices.Compact(ps)
}

// name gives the clusters, and the persons that they mention, their names, from the accounts they consist of.
func (d *detection) name(fs []finding) {
	ids := make([][32]byte, len(fs))
	for i, f := range fs {
		accounts := make([]graph.AccountID, len(f.cluster.Members))
		for j, m := range f.cluster.Members {
			accounts[j] = m.Account
		}
		ids[i] = accountsDigest(accounts)
	}
	persons := mentioned(fs)
	digests := make([][32]byte, len(persons))
	for i, p := range persons {
		digests[i] = accountsDigest(d.accounts(p)[:1])
	}
	names, list := map[uint32]string{}, shorten("p", digests)
	for i, p := range persons {
		names[p] = list[i]
	}
	for i, id := range shorten("c", ids) {
		fs[i].cluster.ID = id
		d.sign(&fs[i], names)
	}
}

// sign writes the names of persons, sites and roles into a cluster.
func (d *detection) sign(f *finding, names map[uint32]string) {
	c := &f.cluster
	for i, s := range f.sites {
		c.Sites = append(c.Sites, d.writeSite(i, s))
	}
	roles := d.roles(f)
	for j := range c.Members {
		m := &c.Members[j]
		a, _ := slices.BinarySearchFunc(d.t.Accounts, m.Account, graph.AccountID.Compare)
		p := d.model.Persons.Of[a]
		m.Person, m.Site, m.Role = names[p], siteOf(f.sites, p), roles[p]
	}
	for _, x := range f.candidates {
		c.Candidates = append(c.Candidates, graph.Candidate{Person: names[x.person], Accounts: d.accounts(x.person), Score: thousandths(x.score), Reasons: x.reasons()})
	}
	for _, o := range f.apart {
		for _, a := range d.accounts(o.person) {
			c.Apart = append(c.Apart, graph.Apart{Account: a, Person: names[o.person], Role: o.role, Reason: o.reason})
		}
	}
	slices.SortFunc(c.Apart, func(a, b graph.Apart) int { return a.Account.Compare(b.Account) })
}

// roles says what the flagged members of a flagged cluster look like. The first candidate is the facilitator, and so is the first
// of each further site, if they stand out from the next; who is there without their doing is a bystander.
func (d *detection) roles(f *finding) map[uint32]string {
	roles := map[uint32]string{}
	if !f.cluster.Flagged {
		return roles
	}
	for i, p := range f.group.persons {
		switch {
		case d.stacked(p):
			roles[p] = graph.RoleLender
		case f.passing[i]:
			roles[p] = graph.RoleBystander
		default:
			roles[p] = graph.RolePersona
		}
	}
	taken := map[string]bool{}
	for i, x := range f.candidates {
		s := siteOf(f.sites, x.person)
		if i > 0 && (s == "" || taken[s]) {
			continue
		}
		taken[s] = true
		if r, ok := roles[x.person]; ok && r != graph.RoleLender && f.standsOut(i, s) {
			roles[x.person] = graph.RoleFacilitator
		}
	}
	return roles
}

// standsOut reports whether no later candidate of the same site, or of any when there is none, comes as near that the two cannot be told apart: whom the order
// of accounts alone puts first is called nothing.
func (f *finding) standsOut(i int, site string) bool {
	for _, x := range f.candidates[i+1:] {
		if f.candidates[i].score-x.score < graph.ClearLead && (site == "" || siteOf(f.sites, x.person) == site) {
			return false
		}
	}
	return true
}

// accounts returns the accounts of a person, sorted.
func (d *detection) accounts(person uint32) []graph.AccountID {
	as := d.model.Persons.Accounts(person)
	out := make([]graph.AccountID, len(as))
	for i, a := range as {
		out[i] = d.t.Accounts[a]
	}
	return out
}

// holdersIn returns the holders of a value that are in a set of persons, sorted.
func (d *detection) holdersIn(persons []uint32, v linkage.Value) []linkage.Holder {
	return d.inside(group{persons: persons}, v)
}
