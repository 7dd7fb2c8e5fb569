package explain

import (
	"cmp"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// Shared is a value that somebody shares with somebody, taken apart to the factor.
type Shared struct {
	Identifier ident.ID
	Family     graph.Family      // "" for a value that the model does not weigh
	Class      string            // what sort of shared value it is: "own", a class of hub, or what rules it out
	Holders    int               // persons in the whole case that have it; 0 when not known
	With       []graph.AccountID // those it is shared with, each by the first account of the person
	Best       graph.AccountID   // the one of them with whom it is worth most
	Points     float64           // for the pair that makes most of it; 0 when it counts nothing
	Factors    []linkage.Factor  // of that pair; nil for a value that the model does not weigh
	Echo       float64           // what Points are multiplied by because several inside have it; 1 for a pair
	Part       float64           // what then counts of it: 1 for the best of its family, a part for the others, 0 when nothing does
	Adds       float64           // Points × Echo × Part
	Why        string            // why it counts nothing, as a sentence; "" when it counts
	Overlap    Overlap           // whether the two had it at the same time
	Days       int               // for how long, in whole days, when Overlap is [Together] or [Assumed]
	Uses       []Use             // where that is written: of those who share it here, by account
	Until      []Use             // the last activity of accounts that gave the value once, where it is taken as still held until then
	Backing    []Use             // where it is written why the value is not explained away, see Backed
	Backed     string            // what keeps it from being a service's, or makes it a purse of ghosts or a broker's line, as a sentence; "" when nothing had to be shown

	value  uint32 // number among the model's values; meaningless when Factors is nil
	kin    linkage.Kin
	firm   bool // it can carry a membership
	echoed int  // persons inside whom it ties
	rows   []uint32
}

// noFactor explains a value that counts nothing by the factors that take it away.
func (w *Weighed) nothing(v linkage.Value, l linkage.Ledger) string {
	if v.Class.Mute() {
		return AsSentence(v.Reason)
	}
	for _, f := range l.Factors {
		if f.By == 0 {
			return AsSentence(f.Why)
		}
	}
	why := "too little is left of it to count"
	for _, f := range l.Factors[1:] {
		if f.By < 1 && f.Why != "" {
			why += "; " + f.Why
		}
	}
	return AsSentence(why)
}

// sharedBy explains what value number vi is worth to me and those of others who have it, others being persons in
// order. It returns false when none of them has it.
func (w *Weighed) sharedBy(vi, me uint32, others func(uint32) bool) (Shared, bool) {
	v := w.m.Values[vi]
	mine, ok := w.m.Holder(v, me)
	if !ok {
		return Shared{}, false
	}
	s := Shared{Identifier: w.t.Identifiers[v.Identifier], Class: string(v.Class), Holders: len(w.m.Holders(v)), Echo: 1, value: vi}
	s.rows = w.m.Sightings(v, mine)
	var best linkage.Ledger
	var with linkage.Holder
	n := 0
	for _, h := range w.m.Holders(v) {
		if h.Person == me || !others(h.Person) {
			continue
		}
		if n++; n == 1 || !v.Class.Mute() {
			l := w.m.Ledger(v, mine, h)
			if l.Kept {
				s.echoed++
				s.firm = s.firm || w.m.Firm(linkage.Link{Value: vi, Kin: l.Kin})
			}
			if n == 1 || l.Kept && (!best.Kept || l.Points > best.Points) || !best.Kept && l.Points > best.Points {
				best, with = l, h
			}
		}
		s.With = append(s.With, w.first(h.Person))
		s.rows = append(s.rows, w.m.Sightings(v, h)...)
	}
	if n == 0 {
		return Shared{}, false
	}
	s.Family, s.kin, s.Factors = best.Kin.Family(), best.Kin, best.Factors
	if best.Kept {
		s.Points = best.Points
	} else {
		s.Why = w.nothing(v, best)
	}
	s.Overlap, s.Days = w.together(v, mine, with)
	s.Best = w.first(with.Person)
	slices.Sort(s.rows)
	s.Uses = w.uses(s.rows)
	until := w.until(s.Identifier.Kind(), s.Uses)
	s.Until, s.rows = w.usesOf(until), append(s.rows, until...)
	return s, true
}

// until returns the rows that say when the accounts were seen last of which it is assumed that they held the value on.
func (w *Weighed) until(kind ident.Kind, us []Use) []uint32 {
	var out []uint32
	for _, u := range us {
		a, ok := w.words.number(u.Account)
		if u.Held == 0 || !ok || !linkage.WeighsTime(kind) {
			continue
		}
		_, last, _ := w.ends(uint32(a), func(graph.Row) bool { return true })
		out = append(out, last)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// together compares when two holders had a value, as the model takes it: of what was given once it assumes that it was held on.
func (w *Weighed) together(v linkage.Value, a, b linkage.Holder) (Overlap, int) {
	long, known := linkage.Together(a, b)
	switch {
	case !known:
		return Unknown, 0
	case long < 0:
		return InTurn, 0
	}
	const perDay = graph.Time(24 * 3600 * 1e6)
	o, days := Together, int(long/perDay)
	for _, h := range []linkage.Holder{a, b} {
		if w.assumed(v, h) {
			o = Assumed
		}
	}
	return o, days
}

// assumed reports whether the model takes a holder to have had a value for longer than the rows say.
func (w *Weighed) assumed(v linkage.Value, h linkage.Holder) bool {
	last := graph.Time(0)
	for _, i := range w.m.Sightings(v, h) {
		last = max(last, w.t.Rows[i].Last, w.t.Rows[i].First)
	}
	return h.Last > last
}

// share sets what each value adds: of each family the best in full and repeat of the others; all of it times all.
func share(list []Shared, repeat, all float64) (total float64) {
	best := map[linkage.Kin]int{}
	for i, s := range list {
		if b, ok := best[s.kin]; s.Points > 0 && (!ok || s.Points*s.Echo > list[b].Points*list[b].Echo) {
			best[s.kin] = i
		}
	}
	for i := range list {
		s := &list[i]
		if s.Points == 0 {
			continue
		}
		if s.Part = repeat; best[s.kin] == i {
			s.Part = 1
		}
		s.Part *= all
		s.Adds = s.Points * s.Echo * s.Part
		total += s.Adds
	}
	return total
}

// sortShared puts what adds most first.
func sortShared(list []Shared) {
	slices.SortStableFunc(list, func(a, b Shared) int {
		return cmp.Or(cmp.Compare(b.Adds, a.Adds), cmp.Compare(b.Points, a.Points), a.Identifier.Compare(b.Identifier), cmp.Compare(a.value, b.value))
	})
}

// split parts the values that count from those that do not.
func split(list []Shared) (counting, nothing []Shared) {
	for _, s := range list {
		if s.Points > 0 {
			counting = append(counting, s)
		} else {
			nothing = append(nothing, s)
		}
	}
	return counting, nothing
}

// unweighed explains what a person shares with others that the model does not weigh at all: names, employers, homes,
// stand-ins for missing values.
func (w *Weighed) unweighed(me uint32, others []uint32) []Shared {
	weighed := map[uint32]bool{}
	for _, vi := range w.valuesOf(me) {
		v := w.m.Values[vi]
		weighed[v.Identifier] = true
		for _, also := range v.Also {
			weighed[also] = true
		}
	}
	rows := map[uint32][]uint32{}
	for _, i := range w.rowsOf(w.m.Persons.Accounts(me), func(r graph.Row) bool {
		return !weighed[w.m.LineOf(r.Identifier)] && w.t.Identifiers[r.Identifier].Kind() != ident.Tag
	}) {
		id := w.t.Rows[i].Identifier
		rows[id] = append(rows[id], i)
	}
	with := map[uint32][]graph.AccountID{}
	for _, p := range others {
		last := map[uint32]bool{}
		for _, i := range w.rowsOf(w.m.Persons.Accounts(p), func(r graph.Row) bool { return rows[r.Identifier] != nil }) {
			id := w.t.Rows[i].Identifier
			rows[id] = append(rows[id], i)
			if !last[id] {
				last[id], with[id] = true, append(with[id], w.first(p))
			}
		}
	}
	var out []Shared
	for id, by := range with {
		out = append(out, w.ruledOut(id, by, rows[id]))
	}
	slices.SortFunc(out, func(a, b Shared) int { return a.Identifier.Compare(b.Identifier) })
	return out
}

// ruledOut says why a value that is shared was not weighed.
func (w *Weighed) ruledOut(id uint32, with []graph.AccountID, rows []uint32) Shared {
	slices.Sort(rows)
	v := Value{Identifier: w.t.Identifiers[id], Uses: w.uses(rows)}
	w.words.whyNot(&v)
	if v.Class == "unweighed" && v.Identifier.Kind() == ident.IP {
		v.Reason = "They had it at different times, with silence between: an IP address goes to other customers, and is weighed by period."
	}
	return Shared{
		Identifier: v.Identifier, Class: v.Class, Holders: v.Holders, With: with, Why: v.Reason, Uses: v.Uses, Echo: 1, rows: rows,
	}
}

// Tied returns how many persons inside the value ties the one it is explained for to.
func (s Shared) Tied() int { return s.echoed }
