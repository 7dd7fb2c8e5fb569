package linkage

import (
	"slices"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

const microsPerDay = graph.Time(24 * 3600 * 1e6)

// dayOf returns the day of a time, counted from 1970.
func dayOf(t graph.Time) int64 {
	d := int64(t / microsPerDay)
	if t%microsPerDay < 0 {
		d--
	}
	return d
}

// diary counts the sign-ins of one person by day. A row that spans several days is spread evenly over them.
type diary struct {
	start int64     // first day
	sums  []float64 // sums[i] is the number of sign-ins before day start+i
	all   float64   // sign-ins with and without a time
}

// read fills the diary with the sign-ins of the accounts of one person. It uses the memory of whoever's it was before.
func (d *diary) read(f *facts, accounts []uint32) {
	d.all, d.sums = 0, d.sums[:0]
	lo, hi := int64(1)<<62, int64(-1)<<62
	each := func(use func(r graph.Row, s span)) {
		for _, a := range accounts {
			for _, r := range f.of(a) {
				if f.sorts.signIn(r) {
					use(r, rowSpan(r))
				}
			}
		}
	}
	each(func(r graph.Row, s span) {
		d.all += float64(r.Count)
		if s.known() {
			lo, hi = min(lo, dayOf(s.first)), max(hi, dayOf(s.last))
		}
	})
	if lo > hi {
		return
	}
	d.start, d.sums = lo, slices.Grow(d.sums, int(min(hi-lo, 1<<16)+3))[:min(hi-lo, 1<<16)+3]
	clear(d.sums)
	each(func(r graph.Row, s span) {
		if s.known() {
			from, to := d.index(s.first), d.index(s.last)+1
			rate := float64(r.Count) / float64(to-from)
			d.sums[from+1] += rate
			d.sums[to+1] -= rate
		}
	})
	rate, sum := 0.0, 0.0
	for i, change := range d.sums {
		rate += change
		sum += rate
		d.sums[i] = sum
	}
}

// index returns the place of a time's day; times far from the first day, which only a broken clock gives, count as the last.
func (d *diary) index(t graph.Time) int {
	return int(min(max(dayOf(t)-d.start, 0), int64(len(d.sums)-3)))
}

// total returns the number of sign-ins on the days of s; of all, when s is not known.
func (d *diary) total(s span) float64 {
	if !s.known() || len(d.sums) == 0 {
		return d.all
	}
	return d.sums[d.index(s.last)+1] - d.sums[d.index(s.first)]
}

// setHomes sets the home-ness of every holder of a line: the share of the person's sign-ins of that time that were on
// it, less when the stay was short. Holders before from are left as they are.
func (m *Model) setHomes(from int) {
	type line struct{ person, holder uint32 }
	var lines []line
	for _, v := range m.Values {
		if m.Kind(v) != ident.IP {
			continue
		}
		for i := max(v.lo, uint32(from)); i < v.hi; i++ {
			lines = append(lines, line{m.holders[i].Person, i})
		}
	}
	lines = bucket(lines, m.Persons.Len(), func(l *line) uint32 { return l.person }) // which leaves them by holder
	need := m.stay(m.Options.HomeDwell)
	var d diary
	for g := range runs(lines, func(a, b line) bool { return a.person == b.person }) {
		d.read(m.facts, m.Persons.Accounts(g[0].person))
		for _, l := range g {
			h := &m.holders[l.holder]
			if total := d.total(h.span()); total > 0 {
				h.Home = min(1, float64(h.Count)/total)
				h.share = min(1, float64(h.Count)/d.total(span{h.First - need, h.Last + need}))
			}
			if h.First != 0 && need > 0 {
				h.Home *= min(1, float64(h.Last-h.First)/float64(need))
			}
		}
	}
}

// signIns returns the time that all sign-ins of the case cover.
func signIns(f *facts) span {
	var all span
	for _, r := range f.t.Rows {
		if f.sorts.signIn(r) {
			all = all.widen(rowSpan(r))
		}
	}
	return all
}

// stay returns a length of time that the case can show: a stay of a week cannot be seen in a log of three days.
// It is never more than half of the time that the sign-ins cover, nor less than a day because of that.
func (m *Model) stay(want time.Duration) graph.Time {
	return min(graph.Time(want.Microseconds()), max(microsPerDay, (m.covered.last-m.covered.first)/2))
}

// AtBase reports whether a line is the holder's base. Rounding errors must not decide it.
func (m *Model) AtBase(h Holder) bool { return h.Home+1e-9 >= m.Options.HomeShare }

// OwnLine returns the share of a person's sign-ins between two times that are on lines which nobody else
// has while they have it: who had an address before or after them is a stranger.
func (m *Model) OwnLine(person uint32, first, last graph.Time) float64 {
	own, all := 0.0, 0.0
	shared := m.linesOf.at(person)
	for _, a := range m.Persons.Accounts(person) {
		for _, r := range m.of(a) {
			s := rowSpan(r)
			if !m.sorts.signIn(r) || !s.known() || s.last < first || s.first > last {
				continue
			}
			in := float64(r.Count)
			if long := s.last - s.first; long > 0 { // of a row that goes beyond, the part that does not
				in *= float64(min(s.last, last)-max(s.first, first)) / float64(long)
			}
			all += in
			if !contains(shared, m.lines[r.Identifier]) {
				own += in
			}
		}
	}
	if all == 0 {
		return 0
	}
	return own / all
}

// linesWith lists the lines of each person that others were on too, in the lease that the person was on.
func (m *Model) linesWith() lists {
	var ps []pair
	for _, v := range m.Values {
		if m.Kind(v) != ident.IP {
			continue
		}
		for _, h := range m.Holders(v) {
			ps = append(ps, pair{h.Person, v.Identifier})
			for _, also := range v.Also {
				ps = append(ps, pair{h.Person, also})
			}
		}
	}
	return newLists(m.Persons.Len(), ps)
}
