package linkage

import (
	"cmp"
	"slices"

	"samehand/graph/ident"
)

// mostTogether bounds the persons on one address who are looked at for what they do on the next: a home has fewer.
const mostTogether = 50

// joinLines makes one line of addresses that a home had one after the other. Providers give many homes a new address every few weeks,
// some every day (Padmanabhan et al., IMC 2016, doi:10.1145/2987443.2987461), and a short stay on each says little; but the same
// two persons who are mostly on one address, at the same time, and mostly on another, at another time, were not brought together by chance twice. It reports whether
// there were any; what is known of stays on lines is to be set again then.
func (m *Model) joinLines() bool {
	u := newUnion(len(m.Values))
	first, joined := map[Tie]uint32{}, false
	for i, v := range m.Values {
		if m.Kind(v) != ident.IP {
			continue
		}
		hs := m.mostlyOn(v)
		for x := range hs {
			for y := x + 1; y < len(hs); y++ {
				if hs[x].span().overlap(hs[y].span()) < 0 {
					continue
				}
				pair := Tie{hs[x].Person, hs[y].Person}
				if f, ok := first[pair]; ok {
					u.join(f, uint32(i))
					joined = true
				} else {
					first[pair] = uint32(i)
				}
			}
		}
	}
	if joined {
		m.mergeValues(u)
	}
	return joined
}

// mostlyOn lists the holders of a line who signed in mostly there while they had it and in the week around, however shortly: who has
// another line at that time, and is on this one for a day, is on a visit or an exit. It is nil when they are too many for a home.
func (m *Model) mostlyOn(v Value) []Holder {
	var hs []Holder
	for _, h := range m.Holders(v) {
		if h.First == 0 || h.share+1e-9 < m.Options.HomeShare {
			continue
		}
		if hs = append(hs, h); len(hs) > mostTogether {
			return nil
		}
	}
	return hs
}

// mergeValues makes one value of each set of values.
func (m *Model) mergeValues(u union) {
	order := make([]uint32, len(m.Values))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(u.find(a), u.find(b)) })
	old := m.Values
	m.Values = nil
	for g := range runs(order, func(a, b uint32) bool { return u.find(a) == u.find(b) }) {
		if len(g) == 1 {
			m.Values = append(m.Values, old[g[0]])
			continue
		}
		m.addMerged(old, g)
	}
	slices.SortStableFunc(m.Values, func(a, b Value) int {
		return cmp.Or(cmp.Compare(a.Identifier, b.Identifier), cmp.Compare(a.Lease, b.Lease))
	})
}

// addMerged adds one value made of several.
func (m *Model) addMerged(old []Value, group []uint32) {
	var es []entry
	var also []uint32
	for _, i := range group {
		v := old[i]
		also = append(also, v.Identifier)
		for _, h := range m.Holders(v) {
			for _, t := range m.Touches(h) {
				es = append(es, entry{
					identifier: old[group[0]].Identifier, account: t.Account, person: h.Person, count: t.Count, role: t.Role, span: span{t.First, t.Last},
				})
			}
		}
	}
	slices.SortStableFunc(es, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.account, b.account))
	})
	m.addValue(es, old[group[0]].Lease)
	slices.Sort(also)
	v := &m.Values[len(m.Values)-1]
	v.Also = slices.DeleteFunc(slices.Compact(also), func(x uint32) bool { return x == v.Identifier })
	v.opened, v.era = old[group[0]].opened, old[group[0]].era
}
