package evaluate

import (
	"cmp"
	"slices"

	"samehand/graph"
)

// RingScores compare clusters with the truth about rings. A ring's members are its personas, facilitators and lenders;
// everybody else is innocent, also the victims and bystanders of a ring.
type RingScores struct {
	Accounts  int // that are scored: those of the truth that the case has
	Missing   int // accounts of the truth that the case does not have
	Strangers int // accounts in clusters that the truth does not name; they are left out
	People    int // persons of the scored accounts
	Innocents int // of these, those who are in no ring
	Framed    int // scored accounts of innocents with values of a ring planted on them
	FramedOf  int // people who have such an account
	Largest   Size

	All     Scope // every cluster and all of its members
	Flagged Scope // flagged clusters, and those of their members who are flagged themselves

	Rings      []RingScore // of every ring with a scored member, as the truth lists them
	FalseFlags []FalseFlag // by cluster
	Mistaken   []Mistaken  // by cluster, then by the first account
	Roles      []RoleCount // by true role, then by the role found
	Sites      Rates       // B-cubed of the sites in rings that are flagged and recovered
	SiteItems  int         // accounts that have one, by the truth or as found
}

// Size is how large a cluster or ring is.
type Size struct{ Accounts, Persons int }

// Scope scores clusters, either all or what is flagged of them.
type Scope struct {
	Clusters int  // with a scored account
	Accounts int  // scored accounts in them
	Largest  Size // of the cluster with the most accounts; persons by the truth

	// Pairs are pairs of accounts: right in one ring, wrong across. A pair inside one innocent person is neither: it is
	// in no count but All, which is not set. Over nothing found precision is 1, over no ring recall is: no merit.
	Pairs    Pairs
	Pairwise Rates
	// BCubed takes its precision over the accounts in clusters, but those together with nobody but themselves, and its
	// recall over the members of rings. Other accounts of one innocent person are left out of that person's cluster.
	BCubed Rates

	Recovered    int // rings of which one cluster has half the accounts or more, and consists of them by nine tenths or more
	Led          int // of these, those that have a facilitator
	FirstRight   int // of these, those whose cluster names that person as the first candidate
	FirstWrong   int // clusters whose first candidate is nobody in any ring
	False        int // clusters of whose accounts less than half are members of rings
	Innocents    int // innocents in clusters
	FramedCaught int // framed accounts in clusters
	FramedPeople int // innocents in clusters who have a framed account, there or elsewhere

	ByRole  []RoleCount  // Innocents by role; a person with several has the first of victim, bystander, benign
	ByGroup []GroupCount // Innocents by the kind of their group, "" for none; by kind
}

// RoleCount counts the accounts, or persons, that are in one role and were found in another.
type RoleCount struct {
	True  Role
	Found string // "" where only the true role counts
	Count int
}

// GroupCount counts persons by the kind of the group they are in.
type GroupCount struct {
	Kind  string
	Count int
}

// RingScore says what became of one ring.
type RingScore struct {
	Ring
	Size              // its members among the scored accounts
	Led          bool // one of them is its facilitator
	All, Flagged Best
}

// Best is the cluster that has most of a ring.
type Best struct {
	Cluster   string  // its ID; "" when no cluster has any of it
	Share     float64 // of the ring's accounts, that it has
	Purity    float64 // of its accounts, that are the ring's
	Recovered bool
	First     bool // recovered, and its first candidate is the ring's facilitator
}

// FalseFlag is a flagged cluster most of which is innocent.
type FalseFlag struct {
	Cluster string
	Size                 // flagged accounts, and their persons
	Ring    string       // the ring that has most of its members, "" when none has any
	Members int          // accounts in it that belong to rings
	Kinds   []GroupCount // its innocents, by the kind of their group, or by their role in a ring's story; "" for people in neither
}

// Mistaken is an innocent person who is flagged, in a cluster that is false or in one that is a ring's.
type Mistaken struct {
	Cluster  string
	Ring     string            // the ring that has most of the cluster, "" when none has any
	Purity   float64           // of the cluster's flagged accounts, that belong to rings
	Accounts []graph.AccountID // the person's, that are flagged in the cluster
	Role     Role              // the first of them: victim, bystander, benign
	Kind     string            // of the person's group of look-alikes, "" for none
	Framed   bool              // one of the accounts has values of a ring planted on it
}

const (
	ringShare  = .5 // of a ring in one cluster from which it counts as recovered: who has half of it finds the rest
	ringPurity = .9 // of that cluster: with more strangers in it, following it up accuses them
)

// Rings scores clusters, each account being in one at most. known are the accounts that the case has, sorted; nil when it
// has all that the truth names. O(n log n) in accounts.
func Rings(t *Truth, clusters []graph.Cluster, known []graph.AccountID) RingScores {
	s := newRingScorer(t, clusters, known)
	all, flagged := s.place(false), s.place(true)
	s.out.All, s.out.Flagged = s.scope(all), s.scope(flagged)
	s.rings(all, flagged)
	s.roles()
	return s.out
}

// ringScorer is what scoring works with. The slices by account go along Truth.Accounts.
type ringScorer struct {
	t        *Truth
	clusters []graph.Cluster
	scored   []bool
	innocent []bool   // by person
	members  []int    // of each ring, scored accounts
	hostOf   []uint32 // by person, the ring that it is the facilitator of; 0 for none
	led      []bool   // by ring
	framed   []bool   // by person: has an account with planted values
	out      RingScores
}

func newRingScorer(t *Truth, clusters []graph.Cluster, known []graph.AccountID) *ringScorer {
	s := &ringScorer{
		t: t, scored: make([]bool, len(t.Accounts)), innocent: slices.Repeat([]bool{true}, t.People),
		members: make([]int, len(t.Rings)), hostOf: make([]uint32, t.People), led: make([]bool, len(t.Rings)), framed: make([]bool, t.People),
	}
	s.clusters = slices.Clone(clusters) // sums over them do not depend on their order
	slices.SortStableFunc(s.clusters, func(a, b graph.Cluster) int { return cmp.Compare(a.ID, b.ID) })
	seen := make([]bool, t.People)
	next := 0
	for i, a := range t.Accounts {
		for known != nil && next < len(known) && known[next].Compare(a.Account) < 0 {
			next++
		}
		s.scored[i] = known == nil || next < len(known) && known[next] == a.Account
		if !s.scored[i] {
			s.out.Missing++
			continue
		}
		s.out.Accounts++
		seen[a.Person] = true
		if a.Framed {
			s.out.Framed++
			s.framed[a.Person] = true
		}
		if a.Member() {
			s.members[a.Ring]++
			s.innocent[a.Person] = false
			if a.Role == Facilitator {
				s.hostOf[a.Person], s.led[a.Ring] = a.Ring, true
			}
		}
	}
	for p, is := range seen {
		if is {
			s.out.People++
			if s.innocent[p] {
				s.out.Innocents++
			}
			if s.framed[p] {
				s.out.FramedOf++
			}
		}
	}
	return s
}

// item is a scored account in a cluster.
type item struct {
	cluster uint32 // number
	ring    uint32 // that it is a member of; 0 for none
	person  uint32
	account uint32 // in Truth.Accounts
}

// place lists the scored accounts in clusters, by cluster, ring, person and account.
func (s *ringScorer) place(flagged bool) []item {
	var items []item
	s.out.Strangers = 0
	for n, c := range s.clusters {
		for _, m := range c.Members {
			i, ok := s.t.find(m.Account)
			if !ok {
				s.out.Strangers++
				continue
			}
			if !s.scored[i] || flagged && !(c.Flagged && m.Flagged) {
				continue
			}
			a := s.t.Accounts[i]
			it := item{cluster: uint32(n), person: a.Person, account: uint32(i)}
			if a.Member() {
				it.ring = a.Ring
			}
			items = append(items, it)
		}
	}
	slices.SortFunc(items, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.ring, b.ring), cmp.Compare(a.person, b.person), cmp.Compare(a.account, b.account))
	})
	return items
}

// runsOf yields the longest runs of items that are the same by some measure.
func runsOf(items []item, same func(a, b item) bool, each func(run []item)) {
	for len(items) > 0 {
		n := 1
		for n < len(items) && same(items[0], items[n]) {
			n++
		}
		each(items[:n])
		items = items[n:]
	}
}

func sameCluster(a, b item) bool { return a.cluster == b.cluster }
func sameRing(a, b item) bool    { return a.ring == b.ring }
func samePerson(a, b item) bool  { return a.person == b.person }

// persons counts the persons of items of one cluster.
func persons(items []item) int {
	n := 0
	runsOf(items, sameRing, func(part []item) {
		runsOf(part, samePerson, func([]item) { n++ })
	})
	return n
}

// FlagAll flags every cluster with accounts of at least that many persons of the truth, and all of its members, and no
// other. It makes what finds groups and flags nothing comparable: counting persons by the truth is in its favour.
func FlagAll(t *Truth, clusters []graph.Cluster, persons int) {
	for i := range clusters {
		c, of := &clusters[i], map[uint32]bool{}
		for _, m := range c.Members {
			if at, ok := t.find(m.Account); ok {
				of[t.Accounts[at].Person] = true
			}
		}
		c.Flagged = len(of) >= persons
		for j := range c.Members {
			c.Members[j].Flagged = c.Flagged
		}
	}
}
