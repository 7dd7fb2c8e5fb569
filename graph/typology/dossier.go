package typology

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// cloneDossier is T7: one file or page stands for several persons.
func cloneDossier() Typology {
	return Typology{
		ID: "T7", Name: "one CV, photo or portfolio of several names",
		Question:   "Do people of different names show one and the same file or page as theirs?",
		Needs:      []Need{Files, Names},
		Settings:   []string{"typology.dossier-persons", "typology.dossier-many-persons", "typology.dossier-template", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"template", "stock photo", "text of a former employer", "family business"},
		Limits:     "only files that are equal by their hash are seen, not those that are nearly so",
		find:       findDossiers,
	}
}

// findDossiers looks at every file and page.
func findDossiers(s *scene) []hit {
	everybody := map[uint32]int{}
	for _, v := range s.group.Values {
		everybody[v.Identifier] = v.Persons
	}
	var hits []hit
	for id, us := range s.values {
		if k := id.Kind(); k != ident.Document && k != ident.Website || !isFile(id) || us[0].person == us[len(us)-1].person {
			continue
		}
		if everybody[us[0].identifier] > s.options.DossierTemplate || !s.plain(us[0].identifier) {
			continue
		}
		us = slices.DeleteFunc(slices.Clone(us), func(u use) bool { return u.relation == graph.Referee })
		if h, ok := s.dossier(us); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// dossier judges who shows one file.
func (s *scene) dossier(us []use) (hit, bool) {
	o := s.options
	ps := persons(us)
	n := len(s.named(ps))
	if n < 2 || s.household(ps) {
		return hit{}, false
	}
	tied := s.sharedBeside(ps, us[0].identifier)
	strength := low
	switch {
	case n < o.DossierPersons && !tied: // two may have found one template
		return hit{}, false
	case n >= o.DossierManyPersons && tied:
		strength = high
	case n >= o.DossierPersons && tied:
		strength = medium
	}
	reason := fmt.Sprintf("%s with different names show one and the same file or page", count(n, "person"))
	if tied {
		reason += ", and two of them share more than that"
	}
	return hit{strength: strength, size: n, reason: reason, accounts: accounts(us), identifiers: []uint32{us[0].identifier}}, true
}

// sharedBeside reports whether two of the persons share another value of their own that nothing explains: money, device,
// contact, door, or a line that is their base.
func (s *scene) sharedBeside(ps []uint32, not uint32) bool {
	for _, v := range s.group.Values {
		k := s.kind(v.Identifier)
		if v.Identifier == not || v.Class != classOwn && v.Class != "" || k == ident.Website || k == ident.Document && isFile(s.Table.Identifiers[v.Identifier]) {
			continue
		}
		n := 0
		for _, h := range v.Holders {
			if _, in := slices.BinarySearch(ps, h.Person); in && (k != ident.IP || h.Base) {
				n++
			}
		}
		if n >= 2 {
			return true
		}
	}
	return false
}
