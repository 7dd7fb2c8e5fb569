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
		LookAlikes: []string{"somebody hired again", "member of the household hired", "laptop given to the next employee", "next tenant of a flat", "phone number or address that went to another customer"},
		Limits:     "who was dismissed, and when, is not in the data: somebody counts as gone who is not seen again",
		find:       findSuccessions,
	}
}

// maxSuccessors is how many persons who share one value are compared with each other: what more have is no heirloom.
const maxSuccessors = 50

// handover is what goes from one person to the next.
type handover struct {
	from, to uint32
	shared   []uint32
	sorts    []string // of them: a line and a door are one, which the next tenant has both
	telling  bool     // one of them does not go to a stranger
}

// findSuccessions looks at every pair of persons who share a value, one of whom comes after the other.
func findSuccessions(s *scene) []hit {
	at := map[[2]uint32]int{}
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
			if !s.gone(p) {
				continue
			}
			for _, q := range ps {
				if p == q || !s.succeeds(p, q) {
					continue
				}
				i, ok := at[[2]uint32{p, q}]
				if !ok {
					i, hs = len(hs), append(hs, handover{from: p, to: q})
					at[[2]uint32{p, q}] = i
				}
				hs[i].shared = append(hs[i].shared, us[0].identifier)
				if sort := sortOf(id); !slices.Contains(hs[i].sorts, sort) {
					hs[i].sorts = append(hs[i].sorts, sort)
				}
				hs[i].telling = hs[i].telling || s.selector(id, us, p, q)
			}
		}
	}
	return s.handedOver(hs)
}

// handedOver describes the successions that are more than a value which goes to strangers.
func (s *scene) handedOver(hs []handover) []hit {
	hs = slices.DeleteFunc(hs, func(h handover) bool { return !h.telling && len(h.sorts) < 2 })
	var hits []hit
	for _, h := range hs {
		strength := low
		switch {
		case len(hs) >= s.options.SuccessionMany:
			strength = high
		case len(h.sorts) > 1:
			strength = medium
		}
		gap := count(days(s.workFirst(h.to)-s.workLast(h.from)), "day")
		hits = append(hits, hit{
			strength: strength, size: len(h.shared), accounts: slices.Concat(s.accountsOf(h.from), s.accountsOf(h.to)), identifiers: h.shared,
			reason: fmt.Sprintf("a person of another name is first seen %s after one is last seen, with %s in common", gap, count(len(h.shared), "value")),
		})
	}
	return hits
}

// sortOf tells values that come together from those that do not.
func sortOf(id ident.ID) string {
	switch id.Kind() {
	case ident.IP, ident.Address:
		return "place"
	}
	return id.Kind().String()
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

// gone reports whether a person is not seen for long before the data end.
func (s *scene) gone(person uint32) bool {
	last := s.workLast(person)
	return last != 0 && s.last-last >= s.stay(s.options.SuccessionQuiet)
}

// succeeds reports whether q is first seen soon after p, who is gone, is last seen; long after the data begin, under
// another name and from another home.
func (s *scene) succeeds(p, q uint32) bool {
	last, first := s.workLast(p), s.workFirst(q)
	if last == 0 || first == 0 {
		return false
	}
	if first <= last || first-last > span(s.options.SuccessionGap) || first-s.first < s.stay(s.options.SuccessionQuiet) {
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
