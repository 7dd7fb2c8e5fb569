package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// succession is T14: one persona goes, another comes with the same things.
func succession() Typology {
	return Typology{
		ID: "T14", Name: "one persona follows another",
		Question:   "When somebody is gone for good, does another name soon turn up with the same purse, device or contact?",
		Needs:      []Need{SignIns, Names},
		Settings:   []string{"typology.succession-gap", "typology.succession-quiet", "typology.succession-many"},
		LookAlikes: []string{"somebody hired again", "member of the household hired", "laptop given to the next employee", "phone number or address that went to another customer"},
		Limits:     "who was dismissed, and when, is not in the data: somebody counts as gone who is not seen again",
		find:       findSuccessions,
	}
}

// maxSuccessors is how many persons who share one value are compared with each other: what more have is no heirloom.
const maxSuccessors = 50

// handover is what goes from one person to the next.
type handover struct {
	from, to  uint32
	shared    []uint32
	selectors int // values that do not go to a stranger
}

// findSuccessions looks at every pair of persons who share a value, one of whom comes after the other.
func findSuccessions(s *scene) []hit {
	var hs []handover
	for id, us := range s.values {
		if us[0].person == us[len(us)-1].person || !s.plain(us[0].identifier) || !heirloom(id) {
			continue
		}
		ps := persons(us)
		if len(ps) > maxSuccessors {
			continue
		}
		for _, p := range ps {
			for _, q := range ps {
				if p != q && s.succeeds(p, q) {
					hs = addHandover(hs, p, q, us[0].identifier, s.selector(id, us, p, q))
				}
			}
		}
	}
	var hits []hit
	for _, h := range hs {
		if h.selectors > 0 || len(h.shared) > 1 {
			hits = append(hits, s.handedOver(h))
		}
	}
	for i := range hits {
		if len(hits) >= s.options.SuccessionMany {
			hits[i].strength = high
		}
	}
	return hits
}

// handedOver describes one succession.
func (s *scene) handedOver(h handover) hit {
	strength := low
	if len(h.shared) > 1 {
		strength = medium
	}
	gap := count(days(s.workFirst(h.to)-s.workLast(h.from)), "day")
	return hit{
		strength: strength, size: len(h.shared), accounts: slices.Concat(s.accountsOf(h.from), s.accountsOf(h.to)), identifiers: h.shared,
		reason: fmt.Sprintf("a person of another name is first seen %s after one is last seen, with %s in common", gap, count(len(h.shared), "value")),
	}
}

// addHandover adds one value to what goes from p to q.
func addHandover(hs []handover, p, q, identifier uint32, selector bool) []handover {
	i := slices.IndexFunc(hs, func(h handover) bool { return h.from == p && h.to == q })
	if i < 0 {
		hs, i = append(hs, handover{from: p, to: q}), len(hs)
	}
	hs[i].shared = append(hs[i].shared, identifier)
	if selector {
		hs[i].selectors++
	}
	return hs
}

// heirloom reports whether a persona can leave a value to the next.
func heirloom(id ident.ID) bool {
	switch id.Kind() {
	case ident.Payment, ident.Device, ident.Phone, ident.Email, ident.Handle, ident.IP, ident.Address:
		return true
	case ident.Document:
		return !isFile(id)
	}
	return false
}

// selector reports whether a value does not go to a stranger: not a line, a door or a number, which providers and
// landlords give to the next, nor a machine of one employer.
func (s *scene) selector(id ident.ID, us []use, p, q uint32) bool {
	switch id.Kind() {
	case ident.IP, ident.Address, ident.Phone:
		return false
	case ident.Device:
		us = slices.DeleteFunc(slices.Clone(us), func(u use) bool { return u.person != p && u.person != q })
		return len(s.employersOf(accounts(us))) > 1
	}
	return true
}

// succeeds reports whether q is first seen after p is last seen, soon, both within the time that the case covers, under
// another name and from another home.
func (s *scene) succeeds(p, q uint32) bool {
	last, first := s.workLast(p), s.workFirst(q)
	if last == 0 || first == 0 {
		return false
	}
	o := s.options
	quiet := s.stay(o.SuccessionQuiet)
	if first <= last || first-last > span(o.SuccessionGap) || s.last-last < quiet || first-s.first < quiet {
		return false
	}
	if len(s.named([]uint32{p, q})) < 2 {
		return false
	}
	return !meet(s.Facts.Homes(p), s.Facts.Homes(q))
}

// workFirst returns when a person is first seen at work, 0 when that is not known.
func (s *scene) workFirst(person uint32) graph.Time {
	first, _ := s.workTime(person)
	return first
}

// workLast returns when a person is last seen at work, 0 when that is not known.
func (s *scene) workLast(person uint32) graph.Time {
	_, last := s.workTime(person)
	return last
}

// workTime returns from when to when any account of a person signs in or is paid.
func (s *scene) workTime(person uint32) (first, last graph.Time) {
	if t, ok := s.times[person]; ok {
		return t[0], t[1]
	}
	for _, a := range s.accountsOf(person) {
		from, to := s.worked(a)
		if from != 0 && (first == 0 || from < first) {
			first = from
		}
		last = max(last, to)
	}
	s.times[person] = [2]graph.Time{first, last}
	return first, last
}
