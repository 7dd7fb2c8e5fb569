package cluster

import (
	"cmp"
	"slices"

	"samehand/graph/linkage"
)

// joinRounds bounds how often groups are joined; each round at least halves what a chain of groups has left to do.
const joinRounds = 20

// bridge is the best link of one value between two groups.
type bridge struct {
	a, b uint32 // labels, a < b
	link linkage.Link
}

// join puts groups together that values tie together, each counted once however many pairs it makes: one value of their
// own that is worth nearly all it can be, or values of two families together. A line or a delivery address alone
// never joins: it is what neighbours have in common. The strongest are joined first. Labels are any numbers; so are the result's.
func (d *detection) join(of []uint32) []uint32 {
	of = slices.Clone(of)
	for range joinRounds {
		if !d.joinRound(of) {
			break
		}
	}
	return of
}

// joinRound joins each group with another, or with those that were joined with that one.
func (d *detection) joinRound(of []uint32) bool {
	type offer struct {
		a, b   uint32
		points float64
	}
	var offers []offer
	var links []linkage.Link
	for _, bs := range byPair(d.bridges(of)) {
		links = links[:0]
		for _, b := range bs {
			links = append(links, b.link)
		}
		if p, ok := d.model.Joins(links, d.o.JoinOne, d.o.JoinMany); ok {
			offers = append(offers, offer{bs[0].a, bs[0].b, p})
		}
	}
	slices.SortFunc(offers, func(x, y offer) int {
		return cmp.Or(cmp.Compare(y.points, x.points), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	to := map[uint32]uint32{}
	for _, f := range offers {
		_, ua := to[f.a]
		_, ub := to[f.b]
		switch { // who was joined in this round takes in others, and is not joined with another such: what that is worth is not known yet
		case !ua && !ub:
			to[f.a], to[f.b] = f.a, f.a
		case ua && !ub:
			to[f.b] = to[f.a]
		case ub && !ua:
			to[f.a] = to[f.b]
		}
	}
	for i, l := range of {
		if t, ok := to[l]; ok {
			of[i] = t
		}
	}
	return len(to) > 0
}

// bridges lists what each value is worth between each two groups, by pair of groups, then value.
func (d *detection) bridges(of []uint32) []bridge {
	var bs []bridge
	for _, l := range d.model.Links {
		a, b := of[l.A], of[l.B]
		if a != b && l.Points >= float32(d.o.Hold) {
			bs = append(bs, bridge{min(a, b), max(a, b), l})
		}
	}
	slices.SortFunc(bs, func(x, y bridge) int {
		if x.a != y.a || x.b != y.b { // as one number: most are told apart by it
			return cmp.Compare(uint64(x.a)<<32|uint64(x.b), uint64(y.a)<<32|uint64(y.b))
		}
		return cmp.Or(cmp.Compare(x.link.Value, y.link.Value), cmp.Compare(y.link.Points, x.link.Points), cmp.Compare(x.link.Kin, y.link.Kin))
	})
	return slices.CompactFunc(bs, func(x, y bridge) bool { return x.a == y.a && x.b == y.b && x.link.Value == y.link.Value })
}

// byPair cuts bridges where the pair of groups changes.
func byPair(bs []bridge) [][]bridge {
	var out [][]bridge
	for lo := 0; lo < len(bs); {
		hi := lo + 1
		for hi < len(bs) && bs[hi].a == bs[lo].a && bs[hi].b == bs[lo].b {
			hi++
		}
		out = append(out, bs[lo:hi])
		lo = hi
	}
	return out
}

// ownPurse reports whether a value is no payment that wages are not paid into, such as an exchange's deposit address: strangers who sell their work have one
// in common, and it takes more to join their groups. It is true of all other values.
func (d *detection) ownPurse(value uint32) bool { return !d.model.Values[value].NoWages }
