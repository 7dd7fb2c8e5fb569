package explain

import (
	"fmt"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// Pair says what two accounts have to do with each other.
type Pair struct {
	A, B      Place
	OnePerson bool     // both are put to one person
	Merges    []Merge  // by what, from A to B; empty when they are not
	Counting  []Shared // what they share that counts, most first
	Nothing   []Shared // what they share that counts nothing, by kind and key
	Total     float64  // points of the pair: the sum of what the counting values add
	SoftOnly  bool     // nothing hard is among it, and so little of it counts
	Path      []Step   // from A to B inside their cluster, when nothing ties them directly; empty when there is none
}

// Place is an account with the person and the cluster it is put to.
type Place struct {
	Account  graph.AccountID
	Person   string            // as the run calls it; "" when it is in no cluster
	Accounts []graph.AccountID // all accounts of the person, sorted
	Cluster  string            // ID; "" when it is in none
	Headline string            // of the cluster
	Member   graph.Member      // of the cluster; zero when it is in none
	Flagged  bool              // the cluster is
	Apart    []ApartFrom       // clusters that it is set apart from, in the order of the run; empty for most
}

// ApartFrom says from which cluster an account is set apart: it is no member of it, and named so that nobody takes it for one.
type ApartFrom struct {
	Cluster  string // ID
	Role     string // [graph.RoleVictim], [graph.RoleBystander] or [graph.RoleLender]
	Standing string // the role in words
	Reason   string // a sentence
}

// ApartFromClusters lists the clusters of a run that an account is set apart from, in their order.
func ApartFromClusters(run graph.Run, id graph.AccountID) []ApartFrom {
	var out []ApartFrom
	for _, c := range run.Clusters {
		for _, o := range c.Apart {
			if o.Account == id {
				out = append(out, ApartFrom{c.ID, o.Role, Standing(o.Role), AsSentence(o.Reason)})
			}
		}
	}
	return out
}

// Merge is one step by which two accounts were put to one person.
type Merge struct {
	A, B       graph.AccountID
	Reason     string   // a phrase without values
	Identifier ident.ID // what both have; zero when it is not one value
	Uses       []Use    // where that is written

	rows []uint32
}

// Step is a pair on the way from one account to another.
type Step struct {
	From, To graph.AccountID // what their persons are called by, but for the two who were asked about
	Points   float64         // of the pair, all values together
	Counting []Shared        // most first
}

// UnknownError says which account the case does not hold. Its text does not name it.
type UnknownError struct{ Account graph.AccountID }

func (e *UnknownError) Error() string { return "the case holds nothing on this account" }

// Pair explains two accounts. It fails with an [*UnknownError] when the case does not hold one of them.
func (w *Weighed) Pair(a, b graph.AccountID) (Pair, error) {
	na, pa, ok := w.account(a)
	if !ok {
		return Pair{}, fmt.Errorf("why: %w", &UnknownError{a})
	}
	nb, pb, ok := w.account(b)
	if !ok {
		return Pair{}, fmt.Errorf("why: %w", &UnknownError{b})
	}
	p := Pair{A: w.place(na), B: w.place(nb), OnePerson: pa == pb}
	if p.OnePerson {
		p.Merges = w.merges(na, nb)
		return p, nil
	}
	all := w.between(pa, pb)
	p.SoftOnly = !slices.ContainsFunc(all, func(s Shared) bool { return s.Points > 0 && s.firm })
	factor := 1.0
	if p.SoftOnly {
		factor = w.m.Options.SoftOnly
	}
	p.Total = share(all, w.m.Options.Repeat, factor)
	p.Counting, p.Nothing = split(all)
	sortShared(p.Counting)
	sortShared(p.Nothing)
	p.Nothing = append(p.Nothing, w.unweighed(pa, []uint32{pb})...)
	if c := w.cluster[pa]; len(p.Counting) == 0 && c >= 0 && c == w.cluster[pb] {
		p.Path = w.path(pa, pb, w.inside(c))
		if n := len(p.Path); n > 0 {
			p.Path[0].From, p.Path[n-1].To = a, b
		}
	}
	return p, nil
}

// between explains every value that two persons share.
func (w *Weighed) between(a, b uint32) []Shared {
	var out []Shared
	for _, vi := range w.valuesOf(a) {
		if s, ok := w.sharedBy(vi, a, func(p uint32) bool { return p == b }); ok {
			out = append(out, s)
		}
	}
	return out
}

// place says where an account is.
func (w *Weighed) place(account uint32) Place {
	person := w.m.Persons.Of[account]
	p := Place{Account: w.t.Accounts[account], Person: w.personName(account), Accounts: w.accounts(person), Apart: ApartFromClusters(w.run, w.t.Accounts[account])}
	if c := w.clusterOf(person); c != nil {
		p.Cluster, p.Headline, p.Flagged = c.ID, Headline(*c), c.Flagged
		if i, ok := w.member[account]; ok {
			p.Member = c.Members[i]
		}
	}
	return p
}

// merges returns the merges that lead from one account to another of the same person. The merges of a person are a tree,
// so there is one way.
func (w *Weighed) merges(from, to uint32) []Merge {
	next := map[uint32][]linkage.Merge{}
	person := w.m.Persons.Of[from]
	for _, m := range w.m.Persons.Merges {
		if w.m.Persons.Of[m.A] == person {
			next[m.A], next[m.B] = append(next[m.A], m), append(next[m.B], m)
		}
	}
	back := map[uint32]linkage.Merge{}
	for queue := []uint32{from}; len(queue) > 0; queue = queue[1:] {
		for _, m := range next[queue[0]] {
			other := m.A + m.B - queue[0]
			if _, seen := back[other]; !seen && other != from {
				back[other], queue = m, append(queue, other)
			}
		}
	}
	var out []Merge
	for at := to; at != from; {
		m, ok := back[at]
		if !ok { // a caller that knows put them together, see linkage.NewPersons
			return nil
		}
		out = append(out, w.merge(m))
		at = m.A + m.B - at
	}
	slices.Reverse(out)
	return out
}

// merge cites what two accounts were put together by; where that is not one value, the values that agree and so let it be.
func (w *Weighed) merge(m linkage.Merge) Merge {
	out := Merge{A: w.t.Accounts[m.A], B: w.t.Accounts[m.B], Reason: m.Reason}
	var lines []uint32
	if m.Identifier != linkage.NoIdentifier {
		out.Identifier = w.t.Identifiers[m.Identifier]
		lines = append(lines, w.m.LineOf(m.Identifier))
	} else {
		lines = w.agree(m.A, m.B)
	}
	out.rows = w.rowsOf([]uint32{m.A, m.B}, func(r graph.Row) bool { return slices.Contains(lines, w.m.LineOf(r.Identifier)) })
	slices.Sort(out.rows)
	if out.Uses = w.uses(out.rows); !out.Identifier.Valid() {
		out.Uses = w.usesOf(out.rows)
	}
	return out
}

// agree lists the e-mail addresses, phones and payments that two accounts both have, by identifier number.
func (w *Weighed) agree(a, b uint32) []uint32 {
	has := map[uint32]bool{}
	lo, hi := w.m.RowNumbers(a)
	for _, r := range w.t.Rows[lo:hi] {
		switch w.t.Identifiers[r.Identifier].Kind() {
		case ident.Email, ident.Phone, ident.Payment:
			has[r.Identifier] = true
		}
	}
	var out []uint32
	lo, hi = w.m.RowNumbers(b)
	for _, r := range w.t.Rows[lo:hi] {
		if has[r.Identifier] && !slices.Contains(out, r.Identifier) {
			out = append(out, r.Identifier)
		}
	}
	return out
}

// path finds the shortest way from a to b over pairs that hold a cluster together, among some persons; of several the one
// whose weakest pair is strongest, then the one with the most points, then the one over earlier persons.
func (w *Weighed) path(a, b uint32, persons []uint32) []Step {
	type edge struct {
		to     uint32
		points float64
	}
	next := map[uint32][]edge{}
	links := w.links(persons)
	for lo := 0; lo < len(links); {
		hi := lo + 1
		for hi < len(links) && links[hi].A == links[lo].A && links[hi].B == links[lo].B {
			hi++
		}
		if p := w.m.Weight(links[lo:hi]); p >= w.rule.Hold {
			x, y := links[lo].A, links[lo].B
			next[x], next[y] = append(next[x], edge{y, p}), append(next[y], edge{x, p})
		}
		lo = hi
	}
	type state struct {
		weakest, sum float64
		back         uint32
	}
	reached := map[uint32]state{a: {weakest: math.Inf(1)}}
	for layer := []uint32{a}; len(layer) > 0; {
		if _, ok := reached[b]; ok {
			break
		}
		found := map[uint32]state{}
		for _, x := range layer { // in order, so that of equals the earliest stays
			for _, e := range next[x] {
				if _, ok := reached[e.to]; ok {
					continue
				}
				s := state{min(reached[x].weakest, e.points), reached[x].sum + e.points, x}
				if f, ok := found[e.to]; !ok || s.weakest > f.weakest || s.weakest == f.weakest && s.sum > f.sum {
					found[e.to] = s
				}
			}
		}
		layer = layer[:0]
		for p, s := range found {
			reached[p], layer = s, append(layer, p)
		}
		slices.Sort(layer)
	}
	if _, ok := reached[b]; !ok || a == b {
		return nil
	}
	var steps []Step
	for at := b; at != a; at = reached[at].back {
		steps = append(steps, w.step(reached[at].back, at))
	}
	slices.Reverse(steps)
	return steps
}

// step explains one pair on the way.
func (w *Weighed) step(a, b uint32) Step {
	all := w.between(a, b)
	factor := 1.0
	if !slices.ContainsFunc(all, func(s Shared) bool { return s.Points > 0 && s.firm }) {
		factor = w.m.Options.SoftOnly
	}
	s := Step{From: w.first(a), To: w.first(b), Points: share(all, w.m.Options.Repeat, factor)}
	s.Counting, _ = split(all)
	sortShared(s.Counting)
	return s
}
