package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// accountBroker is T15: accounts are opened in one place and then used from others for good.
func accountBroker() Typology {
	return Typology{
		ID: "T15", Name: "accounts opened for others",
		Question:   "Are many accounts opened on one line or machine and soon after used from elsewhere for good?",
		Needs:      []Need{SignIns},
		Settings:   []string{"typology.broker-accounts", "typology.broker-share", "typology.broker-days", "typology.broker-birth", "typology.broker-many-accounts"},
		LookAlikes: []string{"agency or assistant who keeps managing the accounts", "school, library or event where people sign up", "directory of one employer"},
		Limits:     "checks of identity papers are seen only where they come as sign-ins or registrations from the line",
		find:       findBrokers,
	}
}

// findBrokers looks at every line and device, of whatever class but an office's: that nobody stays is what it is about.
func findBrokers(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		if k := id.Kind(); k != ident.IP && k != ident.Device || len(us) < s.options.BrokerAccounts || s.class[us[0].identifier] == "office" {
			continue
		}
		if h, ok := s.broker(us); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// opening are the classes of lines and devices that a broker may have to themselves; strangers meet on others.
var opening = []string{"", classOwn, "opening", "egress", "visited"}

// broker judges the accounts that were born on a line or device.
func (s *scene) broker(us []use) (hit, bool) {
	o := s.options
	var opened, gone []uint32
	for lo := 0; lo < len(us); {
		hi := lo + 1
		for hi < len(us) && us[hi].account == us[lo].account {
			hi++
		}
		if born, left := s.handOff(us[lo].account, us[lo:hi]); born {
			opened = append(opened, us[lo].account)
			if left {
				gone = append(gone, us[lo].account)
			}
		}
		lo = hi
	}
	if len(opened) < o.BrokerAccounts || float64(len(gone)) < o.BrokerShare*float64(len(opened)) {
		return hit{}, false
	}
	tied := s.onePurse(gone) || s.sharedBeside(distinct(gone, func(a uint32) uint32 { return s.Person[a] }), us[0].identifier)
	strength := low
	switch {
	case !tied && !slices.Contains(opening, s.class[us[0].identifier]): // people sign up at schools and libraries, too
		return hit{}, false
	case tied && (len(gone) >= o.BrokerManyAccounts || s.onePurse(gone)):
		strength = high
	case tied:
		strength = medium
	}
	reason := fmt.Sprintf("%s were first used in one place, and %d of them were used only elsewhere after at most %s", count(len(opened), "account"), len(gone), count(days(span(o.BrokerDays)), "day"))
	return hit{strength: strength, size: len(opened), reason: reason, accounts: opened, identifiers: []uint32{us[0].identifier}}, true
}

// handOff reports whether an account without an employer was first used on a value, and whether it left it for good soon
// after: it is used later, and there no more.
func (s *scene) handOff(account uint32, here []use) (born, left bool) {
	if len(s.Facts.AccountEmployers(account)) > 0 && !isMarket(s.Table.Accounts[account].System()) {
		return false, false
	}
	first, last := graph.Time(0), graph.Time(0)
	for _, u := range here {
		for i := range u.rows {
			first, last = widen(first, last, &u.rows[i])
		}
	}
	birth, later := graph.Time(0), graph.Time(0)
	rows := s.Facts.Rows(account)
	for i := range rows {
		from, to := widen(0, 0, &rows[i])
		if from != 0 && (birth == 0 || from < birth) {
			birth = from
		}
		rel := s.Table.Relations[rows[i].Relation]
		if s.line(rows[i].Identifier) != here[0].identifier && s.elsewhereUse(here[0].identifier, rows[i].Identifier, rel) {
			later = max(later, to)
		}
	}
	o := s.options
	born = first != 0 && first-birth <= span(o.BrokerBirth)
	return born, born && last-first <= span(o.BrokerDays) && later-last > span(o.BrokerDays)
}

// elsewhereUse reports whether a row shows an account in use in another place than a line, or on another machine than a
// device. Sign-ins often do not say on which machine: one from any line after a device was last seen is without it.
func (s *scene) elsewhereUse(here, there uint32, rel graph.Relation) bool {
	if rel != graph.Login && rel != graph.Uses && rel != graph.MFA {
		return false
	}
	k := s.kind(there)
	return k == s.kind(here) || k == ident.IP && rel == graph.Login
}

// onePurse reports whether three of the accounts are paid into one purse.
func (s *scene) onePurse(as []uint32) bool {
	paid := map[uint32]int{}
	for _, a := range as {
		purse, any := uint32(0), false
		for _, r := range s.Facts.Rows(a) {
			if s.Table.Relations[r.Relation] != graph.Payout || any && r.Identifier == purse {
				continue
			}
			purse, any = r.Identifier, true
			if paid[purse]++; paid[purse] >= 3 {
				return true
			}
		}
	}
	return false
}
