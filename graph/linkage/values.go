package linkage

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Value is an identifier that two or more persons have, or had: for a line, in one of its leases.
type Value struct {
	Identifier uint32   // its number; of a line with several addresses, the first
	Also       []uint32 // lines only: the other addresses that the line had, one after the other; sorted
	Lease      int      // number of the lease from 1, by time; 0 when there is only one, or it is no line
	Class      Class    // what sort of shared value it is
	Reason     string   // why it has that class; "" for [ClassOwn]
	NoWages    bool     // payments only: fewer than two holders are paid there by an employer
	D          int      // holders that count for its rarity: for lines, those at base
	era        span     // lines only: when those accounts were opened
	opened     int      // lines only: accounts that were opened on it and left it; 0 unless that is what it is for
	sure       bool     // masked values only: chance does not give so many holders
	handed     int      // how often it went from one holder to another who had it only later
	lo, hi     uint32   // its holders are Model.holders[lo:hi]
}

// Holder is a person who has a value.
type Holder struct {
	Person      uint32
	Role        Role
	First, Last graph.Time // when; 0 when not known
	Count       uint64     // how often
	share       float64    // lines only: of the person's sign-ins of that time and the week around
	Home        float64    // lines only: how much it is the person's base, 0 to 1
	lo, hi      uint32     // its touches are Model.touches[lo:hi]
}

func (h Holder) span() span { return span{h.First, h.Last} }

// Touch is an account through which a person has a value.
type Touch struct {
	Account uint32
	Role    Role
	Count   uint32
	First   graph.Time
	Last    graph.Time
}

// entry is a row that may link.
type entry struct {
	identifier uint32
	account    uint32
	person     uint32
	count      uint32
	lease      int32
	role       Role
	span       span
}

// gather collects the rows that may link, of identifiers that two or more persons have, by identifier, then person, then account.
func gather(f *facts, of []uint32, shared []bool) []entry {
	var es []entry
	for _, r := range f.t.Rows {
		if !shared[f.lines[r.Identifier]] {
			continue
		}
		role := f.sorts.role(r.Identifier, r.Relation)
		if role == 0 {
			continue
		}
		k, rel := f.sorts.of[r.Identifier].kind(), f.t.Relations[r.Relation]
		es = append(es, entry{f.lines[r.Identifier], r.Account, of[r.Account], r.Count, 0, role, f.held(r, k, rel)})
	}
	es = bucket(es, len(f.lines), func(e *entry) uint32 { return e.identifier }) // which leaves them by account
	sortRuns(es, func(a, b *entry) bool { return a.identifier == b.identifier }, func(a, b entry) int { return order(a.person, b.person) })
	return es
}

// sharedIdentifiers marks the identifiers that two or more persons have in a way that may link.
func sharedIdentifiers(f *facts, of []uint32) []bool {
	const nobody = ^uint32(0)
	first := make([]uint32, len(f.t.Identifiers))
	for i := range first {
		first[i] = nobody
	}
	shared := make([]bool, len(first))
	for _, r := range f.t.Rows {
		i := f.lines[r.Identifier]
		if shared[i] || f.sorts.role(i, r.Relation) == 0 {
			continue
		}
		p := of[r.Account]
		shared[i] = first[i] != nobody && first[i] != p
		first[i] = p
	}
	return shared
}

// held returns when a row says that the value was held, see [Held].
func (f *facts) held(r graph.Row, k ident.Kind, rel graph.Relation) span {
	first, last := Held(r, k, rel, f.spans[r.Account].last)
	return span{first, last}
}

// Held returns from when to when the model takes a value of kind k as held that a row says an account has in relation
// rel; zero times when it is not known. A profile is dated when it is filled in, once; what it says is taken to hold
// until the account is seen last, at seen, which no record says. Sign-ins say only what they say. Who puts the time in
// words must tell the two apart.
func Held(r graph.Row, k ident.Kind, rel graph.Relation, seen graph.Time) (first, last graph.Time) {
	s := rowSpan(r)
	profile := rel == graph.Registered || rel == graph.Recovery || rel == graph.MFA
	if profile && k != ident.IP && s.known() && s.first == s.last {
		s.last = max(s.last, seen)
	}
	return s.first, s.last
}

// WeighsTime reports whether a value of the kind is worth less to persons who did not have it at the same time. An
// e-mail address or an account does not go to a stranger.
func WeighsTime(k ident.Kind) bool { return k == ident.IP || k == ident.Device || k == ident.Phone }

// addValue makes a value with its holders of entries of one identifier and lease, sorted by person and account, if two or more persons have it.
func (m *Model) addValue(es []entry, lease int) {
	if es[0].person == es[len(es)-1].person {
		return
	}
	v := Value{Identifier: es[0].identifier, Lease: lease, Class: ClassOwn, lo: uint32(len(m.holders))}
	for g := range runs(es, func(a, b entry) bool { return a.person == b.person }) {
		m.addHolder(g)
	}
	v.hi = uint32(len(m.holders))
	v.D, v.handed = int(v.hi-v.lo), handedOn(m.Holders(v))
	m.Values = append(m.Values, v)
}

// addHolder makes a holder with its touches of entries of one person, sorted by account.
func (m *Model) addHolder(es []entry) {
	h := Holder{Person: es[0].person, lo: uint32(len(m.touches))}
	var s span
	for g := range runs(es, func(a, b entry) bool { return a.account == b.account }) {
		var t Touch
		var ts span
		for _, e := range g {
			t.Account, t.Role, ts = e.account, t.Role|e.role, ts.widen(e.span)
			t.Count = addCount(t.Count, e.count)
		}
		t.First, t.Last = ts.first, ts.last
		m.touches = append(m.touches, t)
		h.Role, s = h.Role|t.Role, s.widen(ts)
		h.Count += uint64(t.Count)
	}
	h.First, h.Last, h.hi = s.first, s.last, uint32(len(m.touches))
	m.holders = append(m.holders, h)
}

// addCount adds without wrapping around.
func addCount(a, b uint32) uint32 { return uint32(min(uint64(a)+uint64(b), 1<<32-1)) }
