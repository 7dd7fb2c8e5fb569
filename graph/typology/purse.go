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
		Settings:   []string{"typology.purse-persons", "typology.purse-many-persons", "typology.purse-workers", "typology.one-home"},
		LookAlikes: []string{"joint account of a couple or family", "payroll card programme of one employer", "guardian or payee", "tax preparer or other service", "exchange's or sponsor bank's account"},
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
		paid := of(us, graph.Payout)
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
	if n < 2 || s.household(ps) {
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
	if !ghosts && s.ward(paid, ps) {
		return hit{}, false
	}
	reason := fmt.Sprintf("%s with different names and %s are paid into one account", count(n, "person"), count(employers, "employer"))
	if ghosts {
		reason += ", and most of them never sign in where others of that employer do"
	}
	return hit{strength: strength, size: n, reason: reason, accounts: as}, true
}

// ward reports whether the account can be a guardian's: most of those paid into it have work on other accounts and are
// paid for that elsewhere, and nothing but money and contacts ties two of them.
func (s *scene) ward(paid []use, ps []uint32) bool {
	own := 0
	for _, p := range ps {
		if s.ownWork(p, paid) {
			own++
		}
	}
	return float64(own) >= s.options.PurseWorkers*float64(len(ps)) && !s.tied(ps)
}

// ownWork reports whether a person signs in on an account that is not paid into this purse, and has another purse.
func (s *scene) ownWork(person uint32, paid []use) bool {
	works, purse := false, false
	for _, a := range s.accountsOf(person) {
		if slices.ContainsFunc(paid, func(u use) bool { return u.account == a }) {
			continue
		}
		works = works || s.signsIn(a)
		for _, r := range s.Facts.Rows(a) {
			purse = purse || s.Table.Relations[r.Relation] == graph.Payout && r.Identifier != paid[0].identifier
		}
	}
	return works && purse
}

// tied reports whether two of the persons share a line that is their base, a device, a paper or a door that nothing explains.
func (s *scene) tied(ps []uint32) bool {
	for _, v := range s.group.Values {
		if v.Class != classOwn && v.Class != "" {
			continue
		}
		line := false
		switch s.kind(v.Identifier) {
		case ident.IP:
			line = true
		case ident.Device, ident.Document, ident.Address:
		default:
			continue
		}
		n := 0
		for _, h := range v.Holders {
			if _, ok := slices.BinarySearch(ps, h.Person); ok && (h.Base || !line) {
				n++
			}
		}
		if n >= 2 {
			return true
		}
	}
	return false
}
