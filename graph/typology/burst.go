package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// applicationBurst is T16: one line, machine or contact applies in many names.
func applicationBurst() Typology {
	return Typology{
		ID: "T16", Name: "applications in many names",
		Question:   "Do applications under several names come from one line, machine or contact, many to one employer or many on one day?",
		Needs:      []Need{Applications, Names},
		Settings:   []string{"typology.burst-names", "typology.burst-day", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"one job-seeker with an application robot", "recruiter's or agency's line", "university or job centre"},
		Limits:     "the sequence of calls to the applicants' system is not in the data",
		find:       findBursts,
	}
}

// findBursts looks at what applicants share.
func findBursts(s *scene) []hit {
	applicants := map[uint32]bool{}
	for _, a := range s.group.Accounts {
		if s.applicant(a) {
			applicants[a] = true
		}
	}
	if len(applicants) == 0 {
		return nil
	}
	var hits []hit
	for id, us := range s.values {
		switch id.Kind() {
		case ident.IP, ident.Device, ident.Phone, ident.Email, ident.Handle, ident.Payment:
		default:
			continue
		}
		if us[0].person == us[len(us)-1].person || !s.plain(us[0].identifier) {
			continue
		}
		mine := slices.DeleteFunc(slices.Clone(us), func(u use) bool { return !applicants[u.account] || u.relation == graph.Referee })
		if h, ok := s.burst(mine); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// burst judges the applications that share one value.
func (s *scene) burst(us []use) (hit, bool) {
	o := s.options
	ps, as := persons(us), accounts(us)
	names := len(s.named(ps))
	if names < 2 || s.household(ps) { // one job-seeker may apply everywhere, a couple may share a line
		return hit{}, false
	}
	system, perDay := s.mostNames(as), s.mostOnOneDay(as)
	h := hit{size: len(as), accounts: as, identifiers: []uint32{us[0].identifier}}
	switch {
	case perDay >= o.BurstDay:
		h.strength = high
		h.reason = fmt.Sprintf("%d applications under %s that share one value were made on one day", perDay, count(names, "name"))
	case system >= o.BurstNames:
		h.strength = medium
		h.reason = fmt.Sprintf("%s that share one value apply to one employer", count(system, "name"))
	default:
		return hit{}, false
	}
	return h, true
}

// mostNames returns how many different names apply on one platform, on the one where they are most.
func (s *scene) mostNames(as []uint32) int {
	most := 0
	for lo := 0; lo < len(as); { // accounts are sorted by platform
		hi := lo + 1
		for hi < len(as) && s.Table.Accounts[as[hi]].Platform == s.Table.Accounts[as[lo]].Platform {
			hi++
		}
		most = max(most, len(s.named(distinct(as[lo:hi], func(a uint32) uint32 { return s.Person[a] }))))
		lo = hi
	}
	return most
}

// mostOnOneDay returns how many of the accounts are first seen on one day, on the day when they are most.
func (s *scene) mostOnOneDay(as []uint32) int {
	on, most := map[int64]int{}, 0
	for _, a := range as {
		first, last := graph.Time(0), graph.Time(0)
		rows := s.Facts.Rows(a)
		for i := range rows {
			first, last = widen(first, last, &rows[i])
		}
		if first == 0 {
			continue
		}
		d := dayOf(first)
		on[d]++
		most = max(most, on[d])
	}
	return most
}
