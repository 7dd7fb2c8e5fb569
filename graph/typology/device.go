package typology

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// sharedDevice is T5: one device or authenticator serves several persons at the same time.
func sharedDevice() Typology {
	return Typology{
		ID: "T5", Name: "one device or authenticator of several persons",
		Question:   "Does one device or authenticator serve several people in turn, within a day?",
		Needs:      []Need{Devices, Names},
		Settings:   []string{"typology.device-gap", "typology.device-turns", "typology.device-together", "typology.device-persons", "typology.device-one-employer", "typology.workers", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"laptop that was given to somebody else", "helpdesk's authenticator", "kiosk of one employer", "tax preparer's or repair shop's machine", "couple or family"},
		Limits:     "where the data have only from when to when a device was used, turns within a day cannot be seen: the pattern is weaker then",
		find:       findDevices,
	}
}

// findDevices looks at every device that nothing explains.
func findDevices(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		if id.Kind() != ident.Device || us[0].person == us[len(us)-1].person || !s.plain(us[0].identifier) {
			continue
		}
		turns, windows := s.takingTurns(us), s.overlapping(us)
		if h, ok := s.device(us, turns, true); ok {
			hits = append(hits, h)
		} else if h, ok := s.device(us, windows, false); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// device judges the persons who had a device at the same time; turns says that each was seen between uses of another.
func (s *scene) device(us []use, ps []uint32, turns bool) (hit, bool) {
	o := s.options
	names := s.named(ps)
	n := len(names)
	if n < 2 || s.household(ps) || n == 2 && !s.differentHomes(names[0], names[1]) { // a couple's homes may not be known
		return hit{}, false
	}
	if s.served(us) { // a tax preparer's machine
		return hit{}, false
	}
	us = slices.DeleteFunc(slices.Clone(us), func(u use) bool { _, in := slices.BinarySearch(ps, u.person); return !in })
	strength := low
	switch one := len(s.employersOf(accounts(us))) <= 1; {
	case one && (n > o.DeviceOneEmployer || len(of(us, graph.MFA, graph.Registered, graph.Recovery)) == 0):
		return hit{}, false // a helpdesk's authenticator has many, a kiosk is signed in from
	case one:
	case turns && n >= o.DevicePersons:
		strength = high
	case turns, n >= o.DevicePersons:
		strength = medium
	}
	how := fmt.Sprintf("have one device for %s or more at the same time", count(days(s.stay(o.DeviceTogether)), "day"))
	if turns {
		how = fmt.Sprintf("use one device in turn, within %.0f hours of each other", o.DeviceGap.Hours())
	}
	return hit{
		strength: strength, size: n, reason: count(n, "person") + " with different names " + how,
		accounts: accounts(us), identifiers: []uint32{us[0].identifier},
	}, true
}

// moment is one use of a device.
type moment struct {
	first, last graph.Time
	person      uint32
}

// takingTurns returns the persons, sorted, who take turns with others on a device: at least so often in all, a use by
// one follows a use by another within the gap, and each of them both follows and is followed. Only uses of less than a
// day say when they were. A laptop that is given away changes hands once.
func (s *scene) takingTurns(us []use) []uint32 {
	var ms []moment
	for _, u := range us {
		for i := range u.rows {
			first, last := widen(0, 0, &u.rows[i])
			if first != 0 && last-first < span(day) && (u.relation == graph.Login || u.relation == graph.MFA || u.relation == graph.Uses) {
				ms = append(ms, moment{first, last, u.person})
			}
		}
	}
	slices.SortStableFunc(ms, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), cmp.Compare(a.person, b.person))
	})
	follows, followed := map[uint32]bool{}, map[uint32]bool{}
	turns := 0
	for i := 1; i < len(ms); i++ {
		a, b := ms[i-1], ms[i]
		if a.person == b.person || b.first-a.last > span(s.options.DeviceGap) {
			continue
		}
		turns++
		followed[a.person], follows[b.person] = true, true
	}
	if turns < s.options.DeviceTurns {
		return nil
	}
	return slices.DeleteFunc(persons(us), func(p uint32) bool { return !follows[p] || !followed[p] })
}

// overlapping returns the persons, sorted, who had a device at the same time as another for long enough, by uses that
// lasted a day or more, and by enrolments, which hold until the account is seen last.
func (s *scene) overlapping(us []use) []uint32 {
	least := s.stay(s.options.DeviceTogether)
	ms := s.windows(us, least)
	found := map[uint32]bool{}
	for i, a := range ms {
		for _, b := range ms[i+1:] {
			if a.last-b.first < least {
				break // those that follow begin later still
			}
			if a.person != b.person && b.last-b.first >= least {
				found[a.person], found[b.person] = true, true
			}
		}
	}
	return slices.DeleteFunc(persons(us), func(p uint32) bool { return !found[p] })
}

// windows returns for how long each person is known to have had a device, by when it begins; pieces that run into each
// other are one, and shorter ones than least are left out.
func (s *scene) windows(us []use, least graph.Time) []moment {
	var ms []moment
	for _, u := range us {
		for i := range u.rows {
			first, last := widen(0, 0, &u.rows[i])
			if first == 0 {
				continue
			}
			if first == last && (u.relation == graph.Registered || u.relation == graph.Recovery || u.relation == graph.MFA && len(u.rows) == 1) {
				last = max(last, s.seen(u.account))
			}
			if last-first >= span(day) {
				ms = append(ms, moment{first, last, u.person})
			}
		}
	}
	slices.SortStableFunc(ms, func(a, b moment) int { return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.first, b.first)) })
	joined := ms[:0]
	for _, m := range ms {
		if n := len(joined) - 1; n >= 0 && joined[n].person == m.person && m.first-joined[n].last <= span(day) {
			joined[n].last = max(joined[n].last, m.last)
			continue
		}
		joined = append(joined, m)
	}
	joined = slices.DeleteFunc(joined, func(m moment) bool { return m.last-m.first < least })
	slices.SortStableFunc(joined, func(a, b moment) int { return cmp.Compare(a.first, b.first) })
	return joined
}

// seen returns when an account was seen last, 0 when that is not known.
func (s *scene) seen(account uint32) graph.Time {
	first, last := graph.Time(0), graph.Time(0)
	rows := s.Facts.Rows(account)
	for i := range rows {
		first, last = widen(first, last, &rows[i])
	}
	return last
}
