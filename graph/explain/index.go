package explain

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// Index makes the observations of a table findable by account, and the hubs of a run by value, so that many clusters can be explained.
type Index struct {
	t     *graph.Table
	edges []graph.Edge // of the table, in order
	start []int        // edges of account a are edges[start[a]:start[a+1]]
	hubs  map[ident.ID]graph.HubValue
}

// NewIndex indexes a canonical table (see [graph.Table]) and the hubs of a run. It keeps the table and does not change it.
func NewIndex(t *graph.Table, hubs []graph.HubValue) *Index {
	x := &Index{t: t, start: make([]int, len(t.Accounts)+1), hubs: make(map[ident.ID]graph.HubValue, len(hubs))}
	for e := range t.Edges() {
		x.edges = append(x.edges, e)
		x.start[e.Account+1]++
	}
	for a := range t.Accounts {
		x.start[a+1] += x.start[a]
	}
	for _, h := range hubs {
		x.hubs[h.Identifier] = h
	}
	return x
}

// Cluster explains one cluster. What it returns depends on what the cluster says, not on the order it says it in.
func (x *Index) Cluster(c graph.Cluster) Cluster {
	w := x.workOn(c)
	out := Cluster{Cluster: c, Headline: Headline(c)}
	if c.Flagged {
		out.Why = c.Reasons
	}
	out.Values, out.Discounted = w.evidence(), nil
	w.takeApart(out.Values)
	w.dropped(out.Values)
	out.Discounted = append(w.weak(&out.Values), w.unweighed()...)
	slices.SortFunc(out.Discounted, func(a, b Value) int {
		return cmp.Or(a.Identifier.Compare(b.Identifier), cmp.Compare(a.First, b.First))
	})
	for i := range out.Values {
		out.Values[i].Words = w.describe(out.Values[i])
	}
	for i := range out.Discounted {
		out.Discounted[i].Words = w.describe(out.Discounted[i])
	}
	out.Explained = w.members(out.Values)
	for i := range out.Explained {
		w.standing(&out.Explained[i], out)
	}
	for _, m := range out.Explained {
		out.First, out.Last = widen(out.First, out.Last, m.First, m.Last)
	}
	for _, m := range w.c.Members {
		if _, ok := w.number(m.Account); !ok {
			out.Missing = append(out.Missing, m.Account)
		}
	}
	out.Unnamed = w.unnamed(out)
	out.Against, out.RuleOut, out.Refute = w.against(out), ruleOut(out), w.refute(out)
	out.Holding, out.Steady, out.WhyNot = w.holding(out), steady(c), whyNot(c)
	out.Jobs = w.stackedJobs()
	out.Ranked, out.Leading, out.Around = w.ranked(), w.leading(), w.around()
	return out
}

// work is what is at hand while one cluster is explained.
type work struct {
	*Index
	c       graph.Cluster           // members sorted by account
	persons map[graph.AccountID]int // number of the person of each member
	names   []string                // of the persons, by number
	have    map[ident.ID][]held     // what the members' accounts have, each in the order of accounts
}

// held is one edge of a member.
type held struct {
	member int // counts in c.Members
	edge   int // counts in edges
}

func (x *Index) workOn(c graph.Cluster) *work {
	w := &work{Index: x, c: c, persons: map[graph.AccountID]int{}, have: map[ident.ID][]held{}}
	w.c.Members = slices.Clone(c.Members)
	slices.SortFunc(w.c.Members, func(a, b graph.Member) int { return a.Account.Compare(b.Account) })
	numbers := map[string]int{}
	for i, m := range w.c.Members {
		n, ok := numbers[m.Person]
		if !ok || m.Person == "" { // a member without a person is one of its own
			n = len(w.names)
			w.names, numbers[m.Person] = append(w.names, m.Person), n
		}
		w.persons[m.Account] = n
		for _, e := range w.edgesOf(m.Account) {
			id := x.t.Identifiers[x.edges[e].Identifier]
			w.have[id] = append(w.have[id], held{i, e})
		}
	}
	return w
}

// number returns the table's number of an account.
func (x *Index) number(a graph.AccountID) (int, bool) {
	return slices.BinarySearchFunc(x.t.Accounts, a, graph.AccountID.Compare)
}

// edgesOf returns which edges are the account's; none when the table does not have it.
func (x *Index) edgesOf(a graph.AccountID) []int {
	n, ok := x.number(a)
	if !ok {
		return nil
	}
	out := make([]int, 0, x.start[n+1]-x.start[n])
	for e := x.start[n]; e < x.start[n+1]; e++ {
		out = append(out, e)
	}
	return out
}

// seen returns the last activity of an account in the table; zero when it is not known.
func (x *Index) seen(a graph.AccountID) graph.Time {
	var first, last graph.Time
	for _, e := range x.edgesOf(a) {
		first, last = widen(first, last, x.edges[e].First, x.edges[e].Last)
	}
	return last
}

// uses returns what the chosen holders had to do with a value between from and to (both 0: ever), with every citation.
func (w *work) uses(value ident.ID, hs []held, from, to graph.Time) []Use {
	var out []Use
	for _, h := range hs {
		e, m := w.edges[h.edge], w.c.Members[h.member]
		u := Use{Account: m.Account, Person: m.Person, Relation: w.t.Relations[e.Relation]}
		if id := w.t.Identifiers[e.Identifier]; id != value {
			u.As = id
		}
		kind, seen := w.t.Identifiers[e.Identifier].Kind(), w.seen(m.Account)
		var prev graph.Row
		for _, r := range w.t.Rows[e.Lo:e.Hi] {
			if !within(r, from, to) {
				continue
			}
			u.First, u.Last = widen(u.First, u.Last, r.First, r.Last)
			if _, held := linkage.Held(r, kind, u.Relation, seen); held > max(r.First, r.Last) {
				u.Held = max(u.Held, held)
			}
			// the same claim in two sources counts once, as in graph.Edge
			if len(u.Citations) == 0 || r.First != prev.First || r.Last != prev.Last || r.Count != prev.Count {
				u.Count += uint64(r.Count)
			}
			c := w.cite(r)
			if c.Raw == "" {
				c.Raw = u.As.Key()
			}
			u.Citations, prev = append(u.Citations, c), r
		}
		if u.Held <= u.Last {
			u.Held = 0
		}
		if len(u.Citations) > 0 {
			slices.SortFunc(u.Citations, w.compareCitations)
			out = append(out, u)
		}
	}
	slices.SortStableFunc(out, func(a, b Use) int {
		return cmp.Or(a.Account.Compare(b.Account), strings.Compare(string(a.Relation), string(b.Relation)), a.As.Compare(b.As))
	})
	return out
}

// within reports whether a row speaks of the time between from and to; a row without a time may.
func within(r graph.Row, from, to graph.Time) bool {
	first, last := r.First, max(r.First, r.Last)
	if first == 0 {
		first = last
	}
	return last == 0 || (from == 0 || last >= from) && (to == 0 || first <= to)
}

func (w *work) cite(r graph.Row) Citation {
	c := Citation{Source: -1, Line: r.Line, First: r.First, Last: r.Last, Count: r.Count, Raw: w.t.Raws[r.Raw]}
	if int(r.Source) < len(w.t.Sources) {
		c.Source = int(r.Source)
	}
	return c
}

// compareCitations orders citations by the name, hash and ID of their source, then by line and by what they say.
func (w *work) compareCitations(a, b Citation) int {
	if min(a.Source, b.Source) < 0 && a.Source != b.Source {
		return cmp.Compare(a.Source, b.Source)
	}
	if a.Source != b.Source {
		p, q := w.t.Sources[a.Source], w.t.Sources[b.Source]
		if c := cmp.Or(strings.Compare(p.Name, q.Name), strings.Compare(p.SHA256, q.SHA256), strings.Compare(p.ID, q.ID)); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last),
		cmp.Compare(a.Count, b.Count), strings.Compare(a.Raw, b.Raw))
}

// widen returns the period that covers both; zero times are not known.
func widen(first, last, f, l graph.Time) (graph.Time, graph.Time) {
	if f == 0 {
		f = l
	}
	if f != 0 && (first == 0 || f < first) {
		first = f
	}
	return first, max(last, l, f)
}
