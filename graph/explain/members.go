package explain

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// traits is what the accounts of one person, or one account, say of themselves.
type traits struct {
	names     []Name
	homes     []ident.ID
	employers []Employer
}

// members explains the members, persons with most points first.
func (w *work) members(values []Value) []Member {
	own := make([]traits, len(w.c.Members))
	person := make([]traits, len(w.names))
	for i, m := range w.c.Members {
		own[i] = w.traitsOf(m.Account)
		p := &person[w.persons[m.Account]]
		p.add(own[i])
	}
	ties := w.ties(values)
	out := make([]Member, len(w.c.Members))
	for i, m := range w.c.Members {
		out[i] = w.member(m, own[i], person[w.persons[m.Account]], ties[i])
		out[i].Words = w.memberWords(out[i], values)
	}
	most := make([]float64, len(w.names))
	for _, m := range out {
		most[w.persons[m.Account]] = max(most[w.persons[m.Account]], m.Points)
	}
	slices.SortStableFunc(out, func(a, b Member) int {
		p, q := w.persons[a.Account], w.persons[b.Account]
		return cmp.Or(cmp.Compare(most[q], most[p]), cmp.Compare(p, q), a.Account.Compare(b.Account))
	})
	return out
}

func (w *work) member(m graph.Member, own, person traits, ties []Tie) Member {
	out := Member{Member: m, Names: own.names, Employers: own.employers, Homes: own.homes, Ties: ties}
	if len(out.Names) == 0 {
		out.Names = person.names
	}
	if len(out.Employers) == 0 {
		out.Employers = person.employers
	}
	if len(out.Homes) == 0 {
		out.Homes = person.homes
	}
	if math.IsNaN(out.Confidence) {
		out.Confidence = 0
	}
	out.Standing, out.Certainty = Standing(m.Role), Certainty(out.Confidence)
	for _, e := range w.edgesOf(m.Account) {
		out.First, out.Last = widen(out.First, out.Last, w.edges[e].First, w.edges[e].Last)
	}
	return out
}

// traitsOf reads names, registered homes and employers of an account.
func (w *work) traitsOf(a graph.AccountID) traits {
	var tr traits
	if t := a.Tenant(); t != "" {
		tr.employers = append(tr.employers, Employer{Name: t, Tenant: true})
	}
	for _, n := range w.edgesOf(a) {
		e := w.edges[n]
		id := w.t.Identifiers[e.Identifier]
		switch {
		case !id.Mark().Links():
		case id.Kind() == ident.Name:
			tr.names = append(tr.names, Name{id, w.written(e)})
		case id.Kind() == ident.Employer:
			tr.employers = append(tr.employers, Employer{Name: id.Key()})
		case id.Kind() == ident.Address && w.t.Relations[e.Relation] == graph.Registered:
			tr.homes = append(tr.homes, id)
		}
	}
	var sorted traits
	sorted.add(tr)
	return sorted
}

// add joins two sets of traits, sorted and without repeats.
func (tr *traits) add(o traits) {
	names := slices.Concat(tr.names, o.names)
	slices.SortStableFunc(names, func(a, b Name) int { return a.ID.Compare(b.ID) })
	tr.names = slices.CompactFunc(names, func(a, b Name) bool { return a.ID == b.ID })
	tr.homes = union(tr.homes, o.homes, ident.ID.Compare)
	tr.employers = union(tr.employers, o.employers, func(a, b Employer) int {
		c := strings.Compare(a.Name, b.Name)
		if c == 0 && a.Tenant != b.Tenant {
			return map[bool]int{true: -1, false: 1}[a.Tenant]
		}
		return c
	})
}

// written returns the most frequent spelling of an edge's value; of several, the first in order.
func (w *work) written(e graph.Edge) string {
	n := map[uint32]int{}
	best := w.t.Rows[e.Lo].Raw
	for _, r := range w.t.Rows[e.Lo:e.Hi] {
		n[r.Raw]++
		if n[r.Raw] > n[best] || n[r.Raw] == n[best] && w.t.Raws[r.Raw] < w.t.Raws[best] {
			best = r.Raw
		}
	}
	return w.t.Raws[best]
}

func union[T comparable](a, b []T, compare func(T, T) int) []T {
	out := slices.Concat(a, b)
	slices.SortFunc(out, compare)
	return slices.Compact(out)
}

// ties returns, for each member, the counting values its account has, strongest first.
func (w *work) ties(values []Value) [][]Tie {
	at := make(map[graph.AccountID]int, len(w.c.Members))
	for i, m := range w.c.Members {
		at[m.Account] = i
	}
	out := make([][]Tie, len(w.c.Members))
	for n, v := range values { // values are sorted by points, so ties are
		for i, u := range v.Uses {
			if i > 0 && v.Uses[i-1].Account == u.Account {
				continue
			}
			out[at[u.Account]] = append(out[at[u.Account]], Tie{Value: n, Points: v.Points, Others: max(0, v.Inside-1)})
		}
	}
	return out
}

// memberWords puts a member's ties in words.
func (w *work) memberWords(m Member, values []Value) Sentence {
	s := say("The account ").account(m.Account)
	if len(m.Names) > 0 {
		s = append(s.say(" in the name of "), Part{Text: m.Names[0].Shown(), Value: true})
		if n := len(m.Names) - 1; n > 0 {
			s = s.say(" and ", Count(n, "other name"))
		}
	}
	if len(w.names) == 1 {
		return s.say(" is one of those that were put to this person; seen ", Period(m.First, m.Last), ".")
	}
	if len(m.Ties) == 0 {
		return s.say(" shares none of the values that count itself; it is here because its person has other accounts that do.")
	}
	var families []string
	for _, t := range m.Ties {
		f := Visible(string(values[t.Value].Family))
		if !slices.Contains(families, f) {
			families = append(families, f)
		}
	}
	slices.Sort(families)
	top := m.Ties[0]
	s = s.say(" shares ", Count(len(m.Ties), "counting value"), " with the rest (", list(families), "). The strongest is the ").
		identifier(values[top.Value].Identifier).say(", shared with ", Count(top.Others, "other person"), " of the cluster, at ", Points(top.Points), " points.")
	return s.say(" Confidence that it belongs to the group: ", m.Certainty, ".")
}
