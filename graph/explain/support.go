package explain

import (
	"cmp"
	"slices"

	"samehand/graph/linkage"
)

// knot is a part of a cluster: some persons, and what some values tie them by.
type knot struct {
	persons []uint32 // sorted
	ties    map[uint32][]knotTie
}

// knotTie is a link as one of its ends sees it.
type knotTie struct {
	value, other uint32
	kin          linkage.Kin
	points       float64
	firm         bool
}

// knot gathers what the chosen values tie among persons (sorted).
func (w *Weighed) knot(links []linkage.Link, persons []uint32, values map[uint32]bool) knot {
	k := knot{persons: persons, ties: map[uint32][]knotTie{}}
	in := func(p uint32) bool { _, ok := slices.BinarySearch(persons, p); return ok }
	for _, l := range links {
		if !values[l.Value] || !in(l.A) || !in(l.B) {
			continue
		}
		firm := w.m.Firm(l)
		k.ties[l.A] = append(k.ties[l.A], knotTie{l.Value, l.B, l.Kin, float64(l.Points), firm})
		k.ties[l.B] = append(k.ties[l.B], knotTie{l.Value, l.A, l.Kin, float64(l.Points), firm})
	}
	for _, ts := range k.ties {
		slices.SortFunc(ts, func(a, b knotTie) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.other, b.other)) })
	}
	return k
}

// points returns what ties one person of the knot to those who are not out, by the rule of clusters, see [Weighed.add].
func (k knot) points(person uint32, out map[uint32]bool, o linkage.Options, r Rule) float64 {
	var list []Shared
	firm := false
	for lo, ts := 0, k.ties[person]; lo < len(ts); {
		s, hi := Shared{kin: ts[lo].kin}, lo
		for ; hi < len(ts) && ts[hi].value == ts[lo].value; hi++ {
			if out[ts[hi].other] {
				continue
			}
			s.echoed++
			firm = firm || ts[hi].firm
			if ts[hi].points > s.Points {
				s.Points, s.kin = ts[hi].points, ts[hi].kin
			}
		}
		if s.Echo = min(r.EchoMax, 1+r.Echo*float64(s.echoed)); s.echoed > 0 {
			list = append(list, s)
		}
		lo = hi
	}
	if !firm {
		return 0
	}
	return share(list, o.Repeat, 1)
}

// keep returns the persons of the knot who tie each other well enough to be members. Taking somebody out never gives
// anybody points, so the order in which they go does not matter.
func (w *Weighed) keep(k knot) []uint32 {
	out := map[uint32]bool{}
	for changed := true; changed; {
		changed = false
		for _, p := range k.persons {
			if !out[p] && k.points(p, out, w.m.Options, w.rule) < w.rule.Need {
				out[p], changed = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(k.persons), func(p uint32) bool { return out[p] })
}

// support finds out whose presence, and which values, keep a member: its own values and whoever shares them; where those
// others would not stay by that alone, their values too, and so on until it holds. It returns the persons who then
// stay (the member among them) and the values. Where not even the whole cluster holds by the rule, which is so when the case has changed
// since the run, that is what it returns.
func (w *Weighed) support(me uint32, persons []uint32) (kept []uint32, values map[uint32]bool) {
	links := w.links(persons)
	group, values := []uint32{me}, map[uint32]bool{}
	for {
		before := len(group) + len(values)
		for _, l := range links { // the values that count of those who are in
			_, a := slices.BinarySearch(group, l.A)
			_, b := slices.BinarySearch(group, l.B)
			values[l.Value] = values[l.Value] || a || b
		}
		for v, on := range values {
			if !on {
				delete(values, v)
			}
		}
		var more []uint32
		for _, l := range links {
			if values[l.Value] {
				more = append(more, l.A, l.B)
			}
		}
		slices.Sort(more)
		group = slices.Compact(more)
		kept = w.keep(w.knot(links, group, values))
		if _, ok := slices.BinarySearch(kept, me); ok || len(group)+len(values) <= before {
			break
		}
	}
	if len(kept) == 0 {
		kept = group
	}
	return kept, values
}

// hangs returns those of some persons (sorted) who hang together with a person over some values, as well as groups are held together before anybody is
// taken in because others are flagged: by a value that three or more have and that would make each of them a member, or as groups are joined. It
// is the person alone when nothing does.
func (w *Weighed) hangs(me uint32, persons []uint32, values map[uint32]bool) []uint32 {
	var sets linkage.Sets
	at := map[uint32]int{}
	for _, p := range persons {
		at[p] = sets.Add()
	}
	links := slices.DeleteFunc(w.links(persons), func(l linkage.Link) bool { return !values[l.Value] })
	holders := map[uint32][]uint32{} // of each value, those whom it ties well
	for lo, hi := 0, 0; lo < len(links); lo = hi {
		for hi = lo; hi < len(links) && links[hi].A == links[lo].A && links[hi].B == links[lo].B; hi++ {
			l := links[hi]
			if w.m.Firm(l) && float64(l.Points)*w.rule.EchoMax >= w.rule.Need {
				holders[l.Value] = append(holders[l.Value], l.A, l.B)
			}
		}
		if _, ok := w.m.Joins(links[lo:hi], w.rule.JoinOne, w.rule.JoinMany); ok {
			sets.Join(at[links[lo].A], at[links[lo].B])
		}
	}
	for _, ps := range holders {
		slices.Sort(ps)
		if ps = slices.Compact(ps); len(ps) > 2 {
			for _, p := range ps[1:] {
				sets.Join(at[ps[0]], at[p])
			}
		}
	}
	mine, ok := at[me]
	if !ok {
		return []uint32{me}
	}
	return slices.DeleteFunc(slices.Clone(persons), func(p uint32) bool { return sets.Find(at[p]) != sets.Find(mine) })
}

// beyond cites what those whom a member relies on need beside what they share with the member.
func (w *Weighed) beyond(m *Membership, me uint32, kept []uint32, values map[uint32]bool) {
	own := map[uint32]bool{}
	for _, s := range m.Counting {
		own[s.value] = true
	}
	in := func(p uint32) bool { _, ok := slices.BinarySearch(kept, p); return ok }
	var vs []uint32
	for v, on := range values {
		if on && !own[v] {
			vs = append(vs, v)
		}
	}
	slices.Sort(vs)
	for _, v := range vs {
		for _, h := range w.m.Holders(w.m.Values[v]) {
			if h.Person == me || !in(h.Person) {
				continue
			}
			if s, ok := w.sharedBy(v, h.Person, func(p uint32) bool { return p != me && in(p) }); ok && s.Points > 0 {
				m.Beyond = append(m.Beyond, s)
				break
			}
		}
	}
	sortShared(m.Beyond)
}
