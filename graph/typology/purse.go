package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// sharedPurse is T3: people of different names are paid into one account.
func sharedPurse() Typology {
	return Typology{
		ID: "T3", Name: "payments of several names into one account",
		Question:   "Are people of different names paid into one bank account or wallet?",
		Needs:      []Need{Payouts, Names},
		Settings:   []string{"typology.purse-persons", "typology.purse-many-persons", "typology.workers", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"joint account of a couple or family", "payroll card programme of one employer", "guardian or payee of benefits", "tax preparer or other service", "exchange's or sponsor bank's account"},
		Limits:     "the name on the account is not looked at: the data do not have it",
		find:       findPurses,
	}
}

// findPurses looks at every account or wallet that somebody is paid into.
func findPurses(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		class := s.class[us[0].identifier]
		if id.Kind() != ident.Payment || class != classPaper && !s.plain(us[0].identifier) {
			continue
		}
		paid := slices.DeleteFunc(of(us, graph.Payout), func(u use) bool { return !s.earns(u.account) })
		if h, ok := s.purse(paid, class == classPaper); ok {
			h.identifiers = []uint32{us[0].identifier}
			hits = append(hits, h)
		}
	}
	return hits
}

// purse judges who is paid into one account; ghosts says that most of them never sign in where others do.
func (s *scene) purse(paid []use, ghosts bool) (hit, bool) {
	o := s.options
	ps, as := persons(paid), accounts(paid)
	names, employers := s.named(ps), len(s.employersOf(as))
	n := len(names)
	if n < 2 || s.household(ps) && !(ghosts && s.apart(ps)) || !ghosts && s.served(paid) {
		return hit{}, false
	}
	strength := medium
	switch {
	case n < o.PursePersons: // a couple may not be registered at one home: never more than low
		if n > 2 || !s.differentHomes(names[0], names[1]) {
			return hit{}, false
		}
		strength = low
	case n >= o.PurseManyPersons, employers >= 2:
		strength = high
	}
	reason := fmt.Sprintf("%s with different names and %s are paid into one account", count(n, "person"), count(employers, "employer"))
	if ghosts {
		reason += ", and most of them never sign in where others of that employer do"
	}
	return hit{strength: strength, size: n, reason: reason, accounts: as}, true
}

// apart reports whether not all of the persons with a known home are registered in one building: who invents employees
// may register some of them at home, and a family does not have others.
func (s *scene) apart(ps []uint32) bool {
	var first []uint32
	for _, p := range ps {
		bs := s.buildings(p)
		if len(bs) > 0 && len(first) > 0 && !meet(first, bs) {
			return true
		}
		if len(first) == 0 {
			first = bs
		}
	}
	return false
}
