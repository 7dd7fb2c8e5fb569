package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// remoteHand is T10: the machine stays where it is, and whoever uses it is somewhere else.
func remoteHand() Typology {
	return Typology{
		ID: "T10", Name: "hand far from the machine",
		Question:   "Does a machine stay on one line while the accounts it was given for sign in from others?",
		Needs:      []Need{Lines, MachineLines},
		Settings:   []string{"typology.remote-days", "typology.remote-share"},
		LookAlikes: []string{"travel", "VPN of the employer", "sign-ins by telephone"},
		Limits:     "neither the distance between lines nor the delay of keystrokes is in the data",
		find:       findRemoteHands,
	}
}

// presence is the days on which a line was seen, from 1970.
type presence struct {
	identifier uint32
	from, to   int64
}

// findRemoteHands looks at each person by themselves, and is surer when several have their machines on one line.
func findRemoteHands(s *scene) []hit {
	var hits []hit
	machines := map[uint32]int{} // line -> persons whose machine is there and whose hand is not
	for _, p := range s.group.Persons {
		if h, ok := s.remote(p); ok {
			for _, line := range h.identifiers {
				machines[line]++
			}
			hits = append(hits, h)
		}
	}
	for i := range hits {
		for _, line := range hits[i].identifiers {
			switch n := machines[line]; {
			case n >= 3:
				hits[i].strength = high
			case n == 2:
				hits[i].strength = max(hits[i].strength, medium)
			}
		}
	}
	return hits
}

// remote judges one person: on how many of the days with sign-ins none of them came from where the machine was.
func (s *scene) remote(person uint32) (hit, bool) {
	var machine, hand []presence
	var as []uint32
	for _, a := range s.accountsOf(person) {
		for _, r := range s.Facts.Rows(a) {
			id, rel := s.Table.Identifiers[r.Identifier], s.Table.Relations[r.Relation]
			if id.Kind() != ident.IP || !id.Mark().Links() || r.First == 0 && r.Last == 0 {
				continue
			}
			first, last := widen(0, 0, &r)
			p := presence{s.line(r.Identifier), dayOf(first), dayOf(last)}
			switch rel {
			case graph.Uses:
				machine = append(machine, p)
			case graph.Login:
				hand = append(hand, p)
			default:
				continue
			}
			if len(as) == 0 || as[len(as)-1] != a {
				as = append(as, a)
			}
		}
	}
	active, away, line := s.away(machine, hand)
	if active < s.options.RemoteDays || float64(away) < s.options.RemoteShare*float64(active) {
		return hit{}, false
	}
	reason := fmt.Sprintf("on %d of %s the account of a machine that stays on one line signs in from other lines only", away, count(active, "day"))
	return hit{strength: low, size: active, reason: reason, accounts: as, identifiers: []uint32{line}}, true
}

// away counts the days on which both the machine's line and sign-ins are known, and those of them without a sign-in from
// that line or an office's. Line is where the machine mostly is. A machine that moves about is no machine of a farm.
func (s *scene) away(machine, hand []presence) (active, away int, line uint32) {
	if len(machine) == 0 || len(hand) == 0 {
		return 0, 0, 0
	}
	at := map[uint32]int64{}
	var all int64
	for _, m := range machine {
		at[m.identifier] += m.to - m.from + 1
		all += m.to - m.from + 1
	}
	line = machine[0].identifier
	for _, m := range machine {
		if n := at[m.identifier]; n > at[line] || n == at[line] && m.identifier < line {
			line = m.identifier
		}
	}
	if float64(at[line]) < s.options.RemoteShare*float64(all) {
		return 0, 0, 0
	}
	machine = slices.DeleteFunc(slices.Clone(machine), func(m presence) bool { return m.identifier != line })
	here := slices.DeleteFunc(slices.Clone(hand), func(h presence) bool { return h.identifier != line && s.class[h.identifier] != "office" })
	start := machine[0].from
	for _, m := range machine {
		start = min(start, m.from)
	}
	on, signed, home := calendar(start, machine), calendar(start, hand), calendar(start, here)
	for d := range on {
		if on[d] && signed[d] {
			active++
			if !home[d] {
				away++
			}
		}
	}
	return active, away, line
}

// maxDays is how many days of one person are looked at; ten years.
const maxDays = 3660

// calendar marks the days, from start on, that are in one of the presences.
func calendar(start int64, ps []presence) []bool {
	var changes [maxDays + 1]int32
	for _, p := range ps {
		from, to := max(p.from-start, 0), min(p.to-start, maxDays-1)
		if from <= to {
			changes[from]++
			changes[to+1]--
		}
	}
	days, n := make([]bool, maxDays), int32(0)
	for d := range days {
		n += changes[d]
		days[d] = n > 0
	}
	return days
}

// dayOf returns the day of a time, from 1970.
func dayOf(t graph.Time) int64 {
	d := int64(t / span(day))
	if t%span(day) < 0 {
		d--
	}
	return d
}
