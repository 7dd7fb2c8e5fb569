package typology

import (
	"fmt"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// deliveryAddress is T2: equipment of several persons goes to one door that is no home of theirs.
func deliveryAddress() Typology {
	return Typology{
		ID: "T2", Name: "shared delivery address",
		Question: "Does the equipment of several people go to one door that is not where they are registered?",
		Needs:    []Need{Deliveries, Names},
		Settings: []string{"typology.door-persons", "typology.door-many-persons", "typology.door-one-employer", "typology.farm-many-employers"},
		LookAlikes: []string{
			"mailbox shop or forwarder", "house of many units, without the unit", "office of their employer", "family: it is the home of theirs",
		},
		Limits: "whether the address was changed shortly before dispatch is not looked at: the data do not say what it was before",
		find:   findDoors,
	}
}

// findDoors looks at every address equipment was sent to.
func findDoors(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		if id.Kind() != ident.Address || !s.plain(us[0].identifier) {
			continue
		}
		sent := slices.DeleteFunc(of(us, graph.ShipTo), func(u use) bool { return s.livesAt(u.person, id) })
		if h, ok := s.door(sent); ok {
			h.identifiers = []uint32{us[0].identifier}
			hits = append(hits, h)
		}
	}
	return hits
}

// door judges deliveries to one address, of persons who are not registered there.
func (s *scene) door(sent []use) (hit, bool) {
	o := s.options
	ps, as := persons(sent), accounts(sent)
	names, employers := len(s.named(ps)), len(s.employersOf(as))
	if names < o.DoorPersons || s.household(ps) || employers <= 1 && names > o.DoorOneEmployer {
		return hit{}, false
	}
	homes := 0
	for _, p := range ps {
		if len(s.Facts.Homes(p)) > 0 {
			homes++
		}
	}
	strength := medium
	switch {
	case employers <= 1, 2*homes < len(ps): // an office may be small, and an unknown home may be this one
		strength = low
	case names >= o.DoorManyPersons && employers >= o.FarmManyEmployers:
		strength = high
	}
	reason := fmt.Sprintf("equipment of %s with different names and %s went to one address", count(names, "person"), count(employers, "employer"))
	if homes > 0 {
		reason += fmt.Sprintf("; %d of them are registered elsewhere", homes)
	}
	return hit{strength: strength, size: names, reason: reason, accounts: as}, true
}

// livesAt reports whether a person is registered at an address, whatever the spelling of street and town; a missing unit
// is not another one.
func (s *scene) livesAt(person uint32, address ident.ID) bool {
	for _, a := range s.accountsOf(person) {
		for _, r := range s.Facts.Rows(a) {
			id := s.Table.Identifiers[r.Identifier]
			if id.Kind() == ident.Address && s.Table.Relations[r.Relation] == graph.Registered && sameDoor(id, address) {
				return true
			}
		}
	}
	return false
}

// sameDoor reports whether two addresses can be one home.
func sameDoor(a, b ident.ID) bool {
	if a == b {
		return true
	}
	x, y := strings.Split(a.Home(), "|"), strings.Split(b.Home(), "|")
	if len(x) != 3 || len(y) != 3 {
		return false
	}
	return x[0] == y[0] && x[2] == y[2] && (x[1] == y[1] || x[1] == "" || y[1] == "")
}
