package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// maxHops is how many steps money is followed: from the purse over at most two others to where it ends. Published cases
// have one to three; with more, everything reaches everything.
const maxHops = 3

// maxReached is how many payments are looked at from one purse. It bounds the work: what reaches more is a market.
const maxReached = 500

// fanIn is T4: wages of several persons end on one account.
func fanIn() Typology {
	return Typology{
		ID: "T4", Name: "wages of several purses run together",
		Question:   "Do wages that are paid into several accounts end on one?",
		Needs:      []Need{Payouts, Transfers, Names},
		Settings:   []string{"typology.fan-in-purses", "typology.fan-in-many-purses", "typology.fan-in-delay", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"exchange's wallet", "bill-payment processor", "savings of one person or household"},
		Limits:     "the data have neither amounts nor the direction of a transfer: which share of the wages arrives is not known",
		find:       findFanIns,
	}
}

// flow is the payments and accounts of a group between which money moved.
type flow struct {
	*scene
	paid  map[uint32][]use // purse -> who is paid into it
	moved map[uint32][]use // payment -> who moved money over it
	of    map[uint32][]use // account -> the payments it moved money over
}

// newFlow gathers payments that nothing innocent explains.
func newFlow(s *scene) flow {
	f := flow{s, map[uint32][]use{}, map[uint32][]use{}, map[uint32][]use{}}
	for id, us := range s.values {
		if id.Kind() != ident.Payment || !s.plain(us[0].identifier) {
			continue
		}
		for _, u := range us {
			switch u.relation {
			case graph.Payout:
				f.paid[u.identifier] = append(f.paid[u.identifier], u)
			case graph.Transfer:
				f.moved[u.identifier] = append(f.moved[u.identifier], u)
				f.of[u.account] = append(f.of[u.account], u)
			}
		}
	}
	return f
}

// source is a purse whose money reaches a payment.
type source struct {
	purse uint32
	timed bool // the first transfer is known to have come soon after pay
}

// findFanIns follows the money out of each purse, and looks at where it arrives from many.
func findFanIns(s *scene) []hit {
	f := newFlow(s)
	if len(f.moved) == 0 {
		return nil
	}
	reached := map[uint32][]source{}
	for id, us := range s.values { // in a fixed order
		if id.Kind() != ident.Payment || len(f.paid[us[0].identifier]) == 0 {
			continue
		}
		purse := us[0].identifier
		for _, r := range f.follow(purse) {
			reached[r.purse] = append(reached[r.purse], source{purse, r.timed})
		}
	}
	var hits []hit
	for id, us := range s.values {
		if id.Kind() != ident.Payment {
			continue
		}
		if h, ok := f.judge(us[0].identifier, reached[us[0].identifier]); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// follow returns the payments that money out of a purse can have reached, nearest first.
func (f flow) follow(purse uint32) []source {
	seen := map[uint32]bool{purse: true}
	var reached []source
	front := []source{}
	step := func(account uint32, timed func(u use) (bool, bool)) {
		for _, u := range f.of[account] {
			soon, known := timed(u)
			if seen[u.identifier] || known && !soon {
				continue
			}
			seen[u.identifier] = true
			front = append(front, source{u.identifier, soon})
		}
	}
	for _, p := range append(slices.Clone(f.paid[purse]), f.moved[purse]...) {
		step(p.account, func(u use) (bool, bool) { return f.soon(f.paid[purse], u) })
	}
	for hop := 1; len(front) > 0 && len(reached) < maxReached; hop++ {
		reached = append(reached, front...)
		at := front
		front = nil
		for _, n := range at {
			if hop == maxHops {
				break
			}
			for _, m := range f.moved[n.purse] {
				step(m.account, func(use) (bool, bool) { return n.timed, false })
			}
		}
	}
	return reached
}

// soon reports whether a transfer came while the purse was paid into or shortly after, and whether that is known.
func (f flow) soon(paid []use, moved use) (soon, known bool) {
	for _, p := range paid {
		if p.first == 0 || moved.first == 0 {
			continue
		}
		known = true
		if moved.last >= p.first && moved.first <= p.last+span(f.options.FanInDelay) {
			return true, true
		}
	}
	return false, known
}

// judge says whether a payment gathers the money of many purses.
func (f flow) judge(to uint32, from []source) (hit, bool) {
	o := f.options
	if len(from) < o.FanInPurses {
		return hit{}, false
	}
	var us []use
	timed := 0
	h := hit{identifiers: []uint32{to}}
	for _, s := range from {
		us = append(us, f.paid[s.purse]...)
		h.identifiers = append(h.identifiers, s.purse)
		if s.timed {
			timed++
		}
	}
	ps := persons(us)
	names := len(f.named(ps))
	if names < o.FanInPurses || f.household(ps) { // one person may have as many accounts as they like
		return hit{}, false
	}
	h.strength = low
	switch {
	case timed >= o.FanInManyPurses:
		h.strength = high
	case timed >= o.FanInPurses:
		h.strength = medium
	}
	h.size, h.accounts = len(from), append(accounts(us), accounts(f.moved[to])...)
	h.reason = fmt.Sprintf("money from %s of %s reaches one account in at most %d steps", count(len(from), "purse"), count(names, "different name"), maxHops)
	if timed > 0 {
		h.reason += fmt.Sprintf(", from %d of them within %s of pay", timed, count(days(span(o.FanInDelay)), "day"))
	}
	return h, true
}
