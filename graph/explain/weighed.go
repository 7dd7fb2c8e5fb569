package explain

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// Rule holds the numbers of a run that decide who is a member, as package cluster has them.
type Rule struct {
	Need              float64 // points that must tie a member to the rest
	Echo              float64 // what each further holder inside adds to a value
	EchoMax           float64 // what a value is multiplied by at most for it
	Hold              float64 // points of a pair below which it does not hold a cluster together
	JoinOne, JoinMany float64 // points of one value, or of values of two families, that join two groups
}

// Weighed is a case as it is weighed, beside what a run found in it: what it takes to explain single accounts to the
// last factor. The model must be made of the same table and options as the run; where it was not (sources were added
// since), sums do not come out, and it is said.
type Weighed struct {
	m       *linkage.Model
	t       *graph.Table
	run     graph.Run
	rule    Rule
	words   *work
	cluster []int32          // person -> number in run.Clusters, -1 for none
	member  map[uint32]int32 // account of a cluster -> number among its members
	offsets []uint32         // the values of person p are held[offsets[p]:offsets[p+1]]
	held    []uint32
}

// NewWeighed puts a model and a run side by side. It keeps both and changes neither.
func NewWeighed(m *linkage.Model, run graph.Run, rule Rule) *Weighed {
	w := &Weighed{m: m, t: m.Table(), run: run, rule: rule, member: map[uint32]int32{}}
	x := &Index{t: w.t, hubs: make(map[ident.ID]graph.HubValue, len(run.Hubs))}
	for _, h := range run.Hubs {
		x.hubs[h.Identifier] = h
	}
	w.words = &work{Index: x}
	w.indexValues()
	w.cluster = make([]int32, m.Persons.Len())
	for i := range w.cluster {
		w.cluster[i] = -1
	}
	for c, cl := range run.Clusters {
		for i, member := range cl.Members {
			if a, ok := x.number(member.Account); ok {
				w.cluster[m.Persons.Of[a]], w.member[uint32(a)] = int32(c), int32(i)
			}
		}
	}
	return w
}

// Source returns the name of a source of the table, by its number in a [Citation]; "" when it is not known.
func (w *Weighed) Source(n int) string {
	if n < 0 || n >= len(w.t.Sources) {
		return ""
	}
	return w.t.Sources[n].Name
}

// account returns the number of an account and of its person.
func (w *Weighed) account(id graph.AccountID) (account, person uint32, ok bool) {
	a, ok := w.words.number(id)
	if !ok {
		return 0, 0, false
	}
	return uint32(a), w.m.Persons.Of[a], true
}

// first returns the account that a person is called by: the first in order.
func (w *Weighed) first(person uint32) graph.AccountID {
	return w.t.Accounts[w.m.Persons.Accounts(person)[0]]
}

// accounts lists the accounts of a person, sorted.
func (w *Weighed) accounts(person uint32) []graph.AccountID {
	var out []graph.AccountID
	for _, a := range w.m.Persons.Accounts(person) {
		out = append(out, w.t.Accounts[a])
	}
	return out
}

// clusterOf returns the cluster of a person; nil when it is in none.
func (w *Weighed) clusterOf(person uint32) *graph.Cluster {
	if c := w.cluster[person]; c >= 0 {
		return &w.run.Clusters[c]
	}
	return nil
}

// personName returns what the run calls the person of an account; "" when the account is in no cluster.
func (w *Weighed) personName(account uint32) string {
	i, ok := w.member[account]
	if !ok {
		return ""
	}
	return w.run.Clusters[w.cluster[w.m.Persons.Of[account]]].Members[i].Person
}

// inside lists the persons of a cluster, sorted.
func (w *Weighed) inside(c int32) []uint32 {
	var ps []uint32
	for p, of := range w.cluster {
		if of == c {
			ps = append(ps, uint32(p))
		}
	}
	return ps
}

// links lists the model's links between some persons (sorted), in the order of the model.
func (w *Weighed) links(persons []uint32) []linkage.Link {
	var out []linkage.Link
	for _, a := range persons {
		lo, _ := slices.BinarySearchFunc(w.m.Links, a, func(l linkage.Link, a uint32) int { return cmp.Compare(l.A, a) })
		for _, l := range w.m.Links[lo:] {
			if l.A != a {
				break
			}
			if _, ok := slices.BinarySearch(persons, l.B); ok {
				out = append(out, l)
			}
		}
	}
	return out
}

// indexValues lists the shared values of each person, in two flat arrays.
func (w *Weighed) indexValues() {
	w.offsets = make([]uint32, w.m.Persons.Len()+1)
	for _, v := range w.m.Values {
		for _, h := range w.m.Holders(v) {
			w.offsets[h.Person+1]++
		}
	}
	for i := range w.m.Persons.Len() {
		w.offsets[i+1] += w.offsets[i]
	}
	w.held = make([]uint32, w.offsets[len(w.offsets)-1])
	next := slices.Clone(w.offsets)
	for i, v := range w.m.Values {
		for _, h := range w.m.Holders(v) {
			w.held[next[h.Person]] = uint32(i)
			next[h.Person]++
		}
	}
}

// valuesOf lists the values that a person has and others too, by number.
func (w *Weighed) valuesOf(person uint32) []uint32 {
	return w.held[w.offsets[person]:w.offsets[person+1]]
}

// Uses puts rows of the table (numbers, each once) in the form in which they are cited.
func (w *Weighed) Uses(rows []uint32) []Use { return w.uses(rows) }

// uses puts rows (numbers, each once) of one value in the form in which they are cited: by account, then by relation.
func (w *Weighed) uses(rows []uint32) []Use {
	return w.gather(rows, func(graph.Row) ident.ID { return ident.ID{} })
}

// usesOf is [Weighed.uses] for rows of several values: each use says of which it is.
func (w *Weighed) usesOf(rows []uint32) []Use {
	return w.gather(rows, func(r graph.Row) ident.ID { return w.t.Identifiers[r.Identifier] })
}

// gather puts rows in the form in which they are cited, apart by account, relation and what of says.
func (w *Weighed) gather(rows []uint32, of func(graph.Row) ident.ID) []Use {
	type key struct {
		account  uint32
		relation uint16
		of       ident.ID
	}
	at := map[key]int{}
	var out []Use
	prev := map[key]graph.Row{}
	for _, i := range rows {
		r := w.t.Rows[i]
		k := key{r.Account, r.Relation, of(r)}
		n, ok := at[k]
		if !ok {
			n, at[k] = len(out), len(out)
			out = append(out, Use{Account: w.t.Accounts[r.Account], Person: w.personName(r.Account), Relation: w.t.Relations[r.Relation], Of: k.of})
		}
		u := &out[n]
		u.First, u.Last = widen(u.First, u.Last, r.First, r.Last)
		if _, held := linkage.Held(r, w.t.Identifiers[r.Identifier].Kind(), u.Relation, w.seenLast(r.Account)); held > max(r.First, r.Last) {
			u.Held = max(u.Held, held)
		}
		// the same claim in two sources counts once, as in graph.Edge
		if p := prev[k]; !ok || r.Identifier != p.Identifier || r.First != p.First || r.Last != p.Last || r.Count != p.Count {
			u.Count += uint64(r.Count)
		}
		u.Citations, prev[k] = append(u.Citations, w.words.cite(r)), r
	}
	for i := range out {
		if out[i].Held <= out[i].Last {
			out[i].Held = 0
		}
		slices.SortFunc(out[i].Citations, w.words.compareCitations)
	}
	slices.SortStableFunc(out, func(a, b Use) int {
		return cmp.Or(a.Account.Compare(b.Account), strings.Compare(string(a.Relation), string(b.Relation)), a.Of.Compare(b.Of))
	})
	return out
}

// seenLast returns the last activity of an account; zero when it is not known.
func (w *Weighed) seenLast(account uint32) graph.Time {
	var first, last graph.Time
	lo, hi := w.m.RowNumbers(account)
	for _, r := range w.t.Rows[lo:hi] {
		first, last = widen(first, last, r.First, r.Last)
	}
	return last
}

// rowsOf returns the rows of some accounts that choose takes.
func (w *Weighed) rowsOf(accounts []uint32, choose func(graph.Row) bool) []uint32 {
	var out []uint32
	for _, a := range accounts {
		lo, hi := w.m.RowNumbers(a)
		for i := lo; i < hi; i++ {
			if choose(w.t.Rows[i]) {
				out = append(out, i)
			}
		}
	}
	return out
}

// Claim is what is on record of an account beside what it shares: a name, a home, an employer.
type Claim struct {
	Account    graph.AccountID
	Identifier ident.ID
	Relation   graph.Relation
	Citations  []Citation // every line that says so, by source and line
}

// claims puts rows (numbers, sorted) in the form of claims, by account, identifier and relation.
func (w *Weighed) claims(rows []uint32) []Claim {
	var out []Claim
	last := graph.Row{}
	for n, i := range rows {
		r := w.t.Rows[i]
		if n == 0 || r.Account != last.Account || r.Identifier != last.Identifier || r.Relation != last.Relation {
			out = append(out, Claim{Account: w.t.Accounts[r.Account], Identifier: w.t.Identifiers[r.Identifier], Relation: w.t.Relations[r.Relation]})
		}
		c := &out[len(out)-1]
		c.Citations, last = append(c.Citations, w.words.cite(r)), r
	}
	for i := range out {
		slices.SortFunc(out[i].Citations, w.words.compareCitations)
		out[i].Citations = slices.CompactFunc(out[i].Citations, func(a, b Citation) bool { return a.Source == b.Source && a.Line == b.Line })
	}
	return out
}
