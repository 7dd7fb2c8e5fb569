package evaluate

import (
	"cmp"
	"slices"

	"samehand/graph"
)

// scope scores clusters by the accounts in them.
func (s *ringScorer) scope(items []item) Scope {
	out := Scope{Accounts: len(items)}
	b := bCubedSums{in: make([]int, len(s.members))}
	runsOf(items, sameCluster, func(run []item) {
		out.Clusters++
		if size := (Size{len(run), persons(run)}); size.more(out.Largest) {
			out.Largest = size
		}
		neutral, inRings := s.tally(run, &out, &b)
		out.Pairs.Found += choose2(uint64(len(run))) - neutral
		if 2*inRings < len(run) {
			out.False++
		}
		if s.firstIsInnocent(run) {
			out.FirstWrong++
		}
	})
	for _, n := range s.members {
		out.Pairs.Truth += choose2(uint64(n))
	}
	out.Pairwise, out.BCubed = out.Pairs.rates(), b.rates(s.members)
	s.countInnocents(items, &out)
	return out
}

// tally adds what the accounts of one cluster say; it returns the pairs that are neither right nor wrong, and how many
// of the accounts are members of rings.
func (s *ringScorer) tally(run []item, out *Scope, b *bCubedSums) (neutral uint64, inRings int) {
	runsOf(run, sameRing, func(part []item) {
		if ring := part[0].ring; ring != 0 {
			inRings += len(part)
			out.Pairs.Both += choose2(uint64(len(part)))
			b.add(len(part), len(run), ring, s.members[ring])
			return
		}
		runsOf(part, samePerson, func(own []item) {
			neutral += choose2(uint64(len(own)))
			b.addInnocent(len(own), len(run))
		})
	})
	return neutral, inRings
}

// more reports whether s is larger than o.
func (s Size) more(o Size) bool {
	return cmp.Or(cmp.Compare(s.Accounts, o.Accounts), cmp.Compare(s.Persons, o.Persons)) > 0
}

// bCubedSums adds up what each account has to say of precision and recall.
type bCubedSums struct {
	precision, recall float64
	found             int   // accounts that say something of precision
	in                []int // by ring, members in clusters
}

// add adds the n accounts of a ring of this size that are in one cluster.
func (b *bCubedSums) add(n, cluster int, ring uint32, size int) {
	b.precision += float64(n) * float64(n) / float64(cluster)
	b.recall += float64(n) * float64(n) / float64(size)
	b.found += n
	b.in[ring] += n
}

// addInnocent adds the n accounts of one innocent person in one cluster. Alone there, they say nothing.
func (b *bCubedSums) addInnocent(n, cluster int) {
	if n == cluster {
		return
	}
	b.precision += float64(n) / float64(cluster-n+1)
	b.found += n
}

// rates returns the means. A member that is in no cluster was found with itself.
func (b *bCubedSums) rates(members []int) Rates {
	total, recall := 0, b.recall
	for ring, n := range members {
		total += n
		if n > 0 {
			recall += float64(n-b.in[ring]) / float64(n)
		}
	}
	r := Rates{1, 1, 1}
	if b.found > 0 {
		r.Precision = b.precision / float64(b.found)
	}
	if total > 0 {
		r.Recall = recall / float64(total)
	}
	r.F1 = 2 * r.Precision * r.Recall / (r.Precision + r.Recall) // an account shares its group with itself: both are above 0
	return r
}

// countInnocents counts the innocent persons among the items, by role and by the kind of group they are in.
func (s *ringScorer) countInnocents(items []item, out *Scope) {
	caught := make([]item, 0, len(items))
	for _, it := range items {
		if s.innocent[it.person] {
			caught = append(caught, it)
		}
		if s.t.Accounts[it.account].Framed {
			out.FramedCaught++
		}
	}
	slices.SortFunc(caught, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.account, b.account))
	})
	roles := make([]int, len(roleNames))
	kinds := map[string]int{}
	runsOf(caught, samePerson, func(own []item) {
		out.Innocents++
		if s.framed[own[0].person] {
			out.FramedPeople++
		}
		role, kind := Benign, ""
		for _, it := range own {
			a := s.t.Accounts[it.account]
			role, kind = min(role, a.Role), cmp.Or(kind, s.t.Groups[a.Group].Kind)
		}
		roles[role]++
		kinds[kind]++
	})
	for role, n := range roles {
		if n > 0 {
			out.ByRole = append(out.ByRole, RoleCount{True: Role(role), Count: n})
		}
	}
	out.ByGroup = sortedKinds(kinds)
}

// sortedKinds lists counts by kind.
func sortedKinds(counts map[string]int) []GroupCount {
	var out []GroupCount
	for kind, n := range counts {
		out = append(out, GroupCount{kind, n})
	}
	slices.SortFunc(out, func(a, b GroupCount) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

// first returns the places in the truth of the accounts of a cluster's first candidate; none when it names nobody, or nobody that is known.
func (s *ringScorer) first(c graph.Cluster) []int {
	var at []int
	if len(c.Candidates) > 0 {
		for _, id := range c.Candidates[0].Accounts {
			if i, ok := s.t.find(id); ok {
				at = append(at, i)
			}
		}
	}
	return at
}

// firstIsInnocent reports whether the first candidate of a cluster is nobody in any ring.
func (s *ringScorer) firstIsInnocent(run []item) bool {
	at := s.first(s.clusters[run[0].cluster])
	return len(at) > 0 && !slices.ContainsFunc(at, func(i int) bool { return !s.innocent[s.t.Accounts[i].Person] })
}
