package explain

import (
	"fmt"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// Membership says what ties an account to its cluster, to the last factor; of an account in no cluster, what it shares
// with whom, and why that is not enough.
type Membership struct {
	Place
	Counting []Shared // values that count, most first; what they add is Points
	Nothing  []Shared // values shared that count nothing: weighed ones by kind and key, then the others
	Points   float64  // what ties the person to the others, by the rule of clusters
	Need     float64  // what it takes to be a member
	Soft     bool     // the values would add up to more, but nothing firm is among them, so that Points is 0
	// TakenIn says that what ties the account would not do by itself: it is a member because the others are flagged, and it is tied to these, see
	// [Weighed.Member]. What flags the others is not cited here.
	TakenIn bool
	Agrees  bool // Points is what the run says; when false, the case or the program has changed since
	// Leaves are the smallest sets of counting values without which Points would fall below Need, as numbers of Counting;
	// nil for an account in no cluster, and when there are too many values to try.
	Leaves [][]int
	// Relies are the other persons whose presence keeps the member, by the cited evidence alone; Beyond is what some of them need for
	// that beside what they share with the member.
	Relies  []Reliance
	Beyond  []Shared
	Merges  []Merge // how the accounts of the person were put together
	Jobs    []Job   // where the person is flagged for the number of its jobs, by when they begin; nil for most
	Context []Claim // what is on record of the person: names, homes and employers
	// Partners are, for an account in no cluster, the persons it shares most with.
	Partners []Partner
	More     int // further persons that it shares something that counts with

	rows []uint32 // that are cited, in any order, with repeats
}

// Reliance is somebody whom a membership rests on, with what is on record of them.
type Reliance struct {
	Place
	Context []Claim // names, homes and employers, and what its accounts were put to one person by
}

// Partner is somebody with whom an account in no cluster shares something that counts.
type Partner struct {
	Account  graph.AccountID // the first of the person
	Cluster  string          // "" when it is in none
	Points   float64         // of the pair
	Counting []Shared        // most first
}

// Rows returns the numbers of the table's rows that are cited, sorted, each once: the values that count with what backs
// them, those that count nothing, what was put to one person and why, the jobs, and the names, homes and employers of those concerned.
func (m Membership) Rows() []uint32 {
	out := slices.Clone(m.rows)
	slices.Sort(out)
	return slices.Compact(out)
}

// Member explains an account. It fails with an [*UnknownError] when the case does not hold it.
func (w *Weighed) Member(id graph.AccountID) (Membership, error) {
	account, me, ok := w.account(id)
	if !ok {
		return Membership{}, fmt.Errorf("why: %w", &UnknownError{id})
	}
	m := Membership{Place: w.place(account), Need: w.rule.Need}
	for _, x := range w.m.Persons.Merges {
		if w.m.Persons.Of[x.A] == me {
			m.Merges = append(m.Merges, w.merge(x))
		}
	}
	m.Context = w.claims(w.context(me))
	if c := w.clusterOf(me); c != nil && stacked(*c) && m.Member.Flagged {
		m.Jobs = w.words.jobsOf(m.Person, m.Accounts)
	}
	if c := w.cluster[me]; c >= 0 {
		w.belongs(&m, me, w.inside(c))
	} else {
		w.outside(&m, me)
	}
	return m, nil
}

// belongs explains a member of a cluster of these persons.
func (w *Weighed) belongs(m *Membership, me uint32, persons []uint32) {
	in := func(p uint32) bool { _, ok := slices.BinarySearch(persons, p); return ok }
	w.add(m, me, in)
	others := slices.DeleteFunc(slices.Clone(persons), func(p uint32) bool { return p == me })
	m.Nothing = append(m.Nothing, w.unweighed(me, others)...)
	m.Agrees = math.Abs(m.Points-m.Member.Points) < .001 // the run keeps thousandths
	m.Leaves = w.leaves(m.Counting)
	kept, values := w.support(me, persons)
	part := w.hangs(me, kept, values)
	if m.TakenIn = len(part) < 2 || m.Points < m.Need; !m.TakenIn {
		kept = part
	}
	cited := []uint32{me}
	for _, p := range kept {
		if p != me {
			cited = append(cited, p)
			m.Relies = append(m.Relies, Reliance{Place: w.place(w.m.Persons.Accounts(p)[0]), Context: w.claims(w.context(p))})
		}
	}
	w.beyond(m, me, kept, values)
	for _, list := range [][]Shared{m.Counting, m.Beyond} {
		for i := range list {
			w.back(&list[i], persons, m.Counting)
		}
	}
	for _, s := range slices.Concat(m.Counting, m.Nothing, m.Beyond) {
		m.rows = append(m.rows, s.rows...)
	}
	for _, j := range m.Jobs {
		m.rows = append(m.rows, j.rows...)
	}
	for _, p := range cited {
		m.rows = append(m.rows, w.context(p)...)
	}
}

// add fills in what a person shares with those that in takes, and how it adds up: each value once, at the points of its
// best pair, more when more of them have it; of each family the best in full and a part of the others; nothing at all
// when nothing firm is among it. It is the sum that package cluster keeps members by.
func (w *Weighed) add(m *Membership, me uint32, in func(uint32) bool) {
	var all []Shared
	firm := false
	for _, vi := range w.valuesOf(me) {
		s, ok := w.sharedBy(vi, me, in)
		if !ok {
			continue
		}
		if s.Points > 0 {
			s.Echo = min(w.rule.EchoMax, 1+w.rule.Echo*float64(s.echoed))
		}
		firm = firm || s.firm
		all = append(all, s)
	}
	m.Points = share(all, w.m.Options.Repeat, 1)
	if !firm && m.Points > 0 {
		m.Points, m.Soft = 0, true
	}
	m.Counting, m.Nothing = split(all)
	sortShared(m.Counting)
	sortShared(m.Nothing)
}

// sumOf returns what the values would add up to without some of them (bits of out, by number).
func (w *Weighed) sumOf(list []Shared, out func(int) bool) float64 {
	var left []Shared
	firm := false
	for i, s := range list {
		if !out(i) {
			left, firm = append(left, s), firm || s.firm
		}
	}
	if !firm {
		return 0
	}
	return share(left, w.m.Options.Repeat, 1)
}

// leaveTries bounds how many sets of values are tried: beyond it nobody would read them.
const leaveTries = 20_000

// leaves finds the smallest sets of values without which what is left is less than a member needs. It returns nil when
// they would have to be sought among too many.
func (w *Weighed) leaves(list []Shared) [][]int {
	if w.rule.Need <= 0 {
		return nil
	}
	tries := 0
	for size := 1; size <= len(list); size++ {
		var found [][]int
		set := make([]int, size)
		var choose func(from, n int) bool
		choose = func(from, n int) bool {
			if n == size {
				tries++
				if w.sumOf(list, func(i int) bool { return slices.Contains(set, i) }) < w.rule.Need {
					found = append(found, slices.Clone(set))
				}
				return tries < leaveTries
			}
			for i := from; i < len(list); i++ {
				if set[n] = i; !choose(i+1, n+1) {
					return false
				}
			}
			return true
		}
		if !choose(0, 0) {
			return nil
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// context returns the rows that say what a person is on record with: names, homes and employers, and what its accounts
// were put together by.
func (w *Weighed) context(person uint32) []uint32 {
	rows := w.rowsOf(w.m.Persons.Accounts(person), func(r graph.Row) bool {
		switch w.t.Identifiers[r.Identifier].Kind() {
		case ident.Name, ident.Employer:
			return true
		case ident.Address:
			return w.t.Relations[r.Relation] == graph.Registered
		}
		return false
	})
	for _, m := range w.m.Persons.Merges {
		if w.m.Persons.Of[m.A] == person {
			rows = append(rows, w.merge(m).rows...)
		}
	}
	if len(w.m.Names(person)) == 0 {
		rows = append(rows, w.namesakes(person)...)
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// claimsShown is how many persons may have a value for it to say whose an account without a name is; see
// linkage.Options.PersonValueMax, which counts accounts.
const claimsShown = 12

// namesakes returns the rows of values that would put a person without a name to another one, and of the names of those: that
// several have it, under several names, is why it is nobody's.
func (w *Weighed) namesakes(person uint32) []uint32 {
	var rows []uint32
	for _, i := range w.valuesOf(person) {
		v := w.m.Values[i]
		hs := w.m.Holders(v)
		switch w.m.Kind(v) {
		case ident.Email, ident.Handle, ident.Phone, ident.Payment, ident.Device:
		default:
			continue
		}
		if len(hs) > claimsShown {
			continue
		}
		for _, h := range hs {
			rows = append(rows, w.m.Sightings(v, h)...)
			rows = append(rows, w.rowsOf(w.m.Persons.Accounts(h.Person), func(r graph.Row) bool {
				return w.t.Identifiers[r.Identifier].Kind() == ident.Name
			})...)
		}
	}
	return rows
}
