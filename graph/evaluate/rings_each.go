package evaluate

import (
	"cmp"
	"slices"
	"strconv"

	"samehand/graph"
)

// rings sets what became of each ring, and what is falsely flagged.
func (s *ringScorer) rings(all, flagged []item) {
	bestAll, bestFlagged := s.best(all), s.best(flagged)
	sizes := s.ringPersons()
	for r := 1; r < len(s.t.Rings); r++ {
		if s.members[r] == 0 {
			continue
		}
		score := RingScore{
			Ring: s.t.Rings[r], Size: Size{s.members[r], sizes[r]}, Led: s.led[r],
			All: bestAll[r].Best, Flagged: bestFlagged[r].Best,
		}
		if score.Size.more(s.out.Largest) {
			s.out.Largest = score.Size
		}
		s.out.All.count(score.Led, score.All)
		s.out.Flagged.count(score.Led, score.Flagged)
		s.out.Rings = append(s.out.Rings, score)
	}
	runsOf(flagged, sameCluster, func(run []item) {
		f := s.falseFlag(run)
		if 2*f.Members < len(run) {
			s.out.FalseFlags = append(s.out.FalseFlags, f)
		}
		s.mistaken(run, f)
	})
	slices.SortFunc(s.out.FalseFlags, func(a, b FalseFlag) int { return cmp.Compare(a.Cluster, b.Cluster) })
	slices.SortFunc(s.out.Mistaken, func(a, b Mistaken) int {
		return cmp.Or(cmp.Compare(a.Cluster, b.Cluster), a.Accounts[0].Compare(b.Accounts[0]))
	})
	s.sites(bestFlagged)
}

// count takes the best cluster of one ring into account.
func (s *Scope) count(led bool, b Best) {
	switch {
	case !b.Recovered:
		return
	case led:
		s.Led++
	}
	s.Recovered++
	if b.First {
		s.FirstRight++
	}
}

// ringPersons returns how many persons are members of each ring.
func (s *ringScorer) ringPersons() []int {
	type membership struct{ ring, person uint32 }
	var all []membership
	for i, a := range s.t.Accounts {
		if s.scored[i] && a.Member() {
			all = append(all, membership{a.Ring, a.Person})
		}
	}
	slices.SortFunc(all, func(a, b membership) int {
		return cmp.Or(cmp.Compare(a.ring, b.ring), cmp.Compare(a.person, b.person))
	})
	sizes := make([]int, len(s.t.Rings))
	for _, m := range slices.Compact(all) {
		sizes[m.ring]++
	}
	return sizes
}

// bestOf is the best cluster of a ring, with the items it is made of.
type bestOf struct {
	Best
	accounts int
	run      []item
}

// best finds, for each ring, the cluster that has most of it; of two, the one that is more of it; of two such, the one whose ID
// is first.
func (s *ringScorer) best(items []item) []bestOf {
	out := make([]bestOf, len(s.t.Rings))
	runsOf(items, sameCluster, func(run []item) {
		c := &s.clusters[run[0].cluster]
		runsOf(run, sameRing, func(part []item) {
			r, n := part[0].ring, len(part)
			if r == 0 {
				return
			}
			share, purity := float64(n)/float64(s.members[r]), float64(n)/float64(len(run))
			old := &out[r]
			if cmp.Or(cmp.Compare(n, old.accounts), cmp.Compare(purity, old.Purity), cmp.Compare(old.Cluster, c.ID)) <= 0 {
				return
			}
			recovered := share >= ringShare && purity >= ringPurity
			*old = bestOf{Best{c.ID, share, purity, recovered, recovered && s.leads(*c, r)}, n, run}
		})
	})
	return out
}

// leads reports whether the first candidate of a cluster is the facilitator of a ring.
func (s *ringScorer) leads(c graph.Cluster, ring uint32) bool {
	return slices.ContainsFunc(s.first(c), func(i int) bool { return s.hostOf[s.t.Accounts[i].Person] == ring })
}

// falseFlag describes the flagged accounts of a cluster.
func (s *ringScorer) falseFlag(run []item) FalseFlag {
	f := FalseFlag{Cluster: s.clusters[run[0].cluster].ID, Size: Size{len(run), persons(run)}}
	most, kinds := 0, map[string]int{}
	runsOf(run, sameRing, func(part []item) {
		if r := part[0].ring; r != 0 {
			f.Members += len(part)
			if len(part) > most {
				most, f.Ring = len(part), s.t.Rings[r].Name
			}
			return
		}
		runsOf(part, samePerson, func(own []item) {
			kind := ""
			for _, it := range own {
				a := s.t.Accounts[it.account]
				if kind = cmp.Or(kind, s.t.Groups[a.Group].Kind); kind == "" && (a.Role == Victim || a.Role == Bystander) {
					kind = a.Role.String()
				}
			}
			kinds[kind]++
		})
	})
	f.Kinds = sortedKinds(kinds)
	return f
}

// mistaken lists the innocents among the flagged accounts of a cluster that f describes.
func (s *ringScorer) mistaken(run []item, f FalseFlag) {
	runsOf(run, sameRing, func(part []item) {
		runsOf(part, samePerson, func(own []item) {
			if !s.innocent[own[0].person] {
				return
			}
			m := Mistaken{Cluster: f.Cluster, Ring: f.Ring, Purity: float64(f.Members) / float64(f.Accounts), Role: Benign}
			for _, it := range own {
				a := s.t.Accounts[it.account]
				m.Accounts = append(m.Accounts, a.Account)
				m.Role, m.Kind, m.Framed = min(m.Role, a.Role), cmp.Or(m.Kind, s.t.Groups[a.Group].Kind), m.Framed || a.Framed
			}
			s.out.Mistaken = append(s.out.Mistaken, m)
		})
	})
}

// sites scores the sites inside the rings that are flagged and recovered, over the members that have a site by the truth
// or as found; who has none is at a place of their own.
func (s *ringScorer) sites(best []bestOf) {
	truth, found := map[uint32]string{}, map[uint32]string{} // by account
	label := func(r int, site string) string {
		if site == "" {
			return Alone
		}
		return strconv.Itoa(r) + " " + site
	}
	for r, b := range best {
		if !b.Recovered {
			continue
		}
		for _, m := range s.clusters[b.run[0].cluster].Members {
			i, ok := s.t.find(m.Account)
			if !ok || !s.scored[i] || !m.Flagged {
				continue
			}
			if a := s.t.Accounts[i]; a.Member() && a.Ring == uint32(r) && (a.Site != 0 || m.Site != "") {
				truth[uint32(i)], found[uint32(i)] = label(r, s.t.Sites[a.Site]), label(r, m.Site)
			}
		}
	}
	c := Match(truth, found, cmp.Compare[uint32])
	s.out.SiteItems = len(c.Truth)
	if scores, err := Compare(c.Truth, c.Found); err == nil { // it fails for lists of two lengths, which these are not
		s.out.Sites = scores.BCubed
	}
}

// noRole is what [RoleCount.Found] is for accounts that were put in a flagged cluster, or near one, without a role, and
// notFound for accounts of a ring's people that were not.
const (
	noRole   = "none"
	notFound = "not found"
)

// roles compares the roles of accounts in and near flagged clusters, and of all accounts of the people of a ring, with the truth.
func (s *ringScorer) roles() {
	found := make([]string, len(s.t.Accounts))
	put := func(id graph.AccountID, role string) {
		if i, ok := s.t.find(id); ok && s.scored[i] {
			found[i] = cmp.Or(role, noRole)
		}
	}
	for _, c := range s.clusters {
		if !c.Flagged {
			continue
		}
		for _, a := range c.Apart {
			put(a.Account, a.Role)
		}
		for _, m := range c.Members { // after Apart: a member of one cluster may be apart from another
			if m.Flagged || m.Role != "" { // who is shown and not flagged has a role, too: a bystander
				put(m.Account, m.Role)
			}
		}
	}
	type key struct {
		role  Role
		found string
	}
	counts := map[key]int{}
	for i, a := range s.t.Accounts {
		if s.scored[i] && (found[i] != "" || a.Ring != 0) {
			counts[key{a.Role, cmp.Or(found[i], notFound)}]++
		}
	}
	for k, n := range counts {
		s.out.Roles = append(s.out.Roles, RoleCount{k.role, k.found, n})
	}
	slices.SortFunc(s.out.Roles, func(a, b RoleCount) int {
		return cmp.Or(cmp.Compare(a.True, b.True), cmp.Compare(a.Found, b.Found))
	})
}

// KindScore sums up the rings of one kind.
type KindScore struct {
	Kind         string
	Rings        int
	All, Flagged int     // recovered
	Led, First   int     // flagged and recovered that have a facilitator; of these, named first
	Share        float64 // mean of the share of a ring's accounts in its best flagged cluster
	// Linkable is the mean share of a ring's persons that the data tie together, over the Known rings of which the truth says it.
	Linkable float64
	Known    int
}

// ByKind sums up rings by kind, sorted.
func ByKind(rings []RingScore) []KindScore {
	var out []KindScore
	for _, r := range rings {
		i, ok := slices.BinarySearchFunc(out, r.Kind, func(k KindScore, kind string) int { return cmp.Compare(k.Kind, kind) })
		if !ok {
			out = slices.Insert(out, i, KindScore{Kind: r.Kind})
		}
		out[i].add(r)
	}
	for i := range out {
		k := &out[i]
		k.Share /= float64(k.Rings)
		k.Linkable /= max(1, float64(k.Known))
	}
	return out
}

// add adds a ring; shares are sums until they are divided.
func (k *KindScore) add(r RingScore) {
	one := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	k.Rings++
	k.All += one(r.All.Recovered)
	k.Flagged += one(r.Flagged.Recovered)
	k.Led += one(r.Flagged.Recovered && r.Led)
	k.First += one(r.Flagged.First)
	k.Share += r.Flagged.Share
	if r.Linkable >= 0 {
		k.Known++
		k.Linkable += r.Linkable
	}
}
