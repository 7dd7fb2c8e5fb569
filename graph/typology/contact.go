package typology

import (
	"fmt"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// sharedContact is T6: one phone, mailbox or handle of several names.
func sharedContact() Typology {
	return Typology{
		ID: "T6", Name: "contact re-used under other names",
		Question:   "Is one phone, mailbox or handle given by people of quite different names?",
		Needs:      []Need{Contacts, Names},
		Settings:   []string{"typology.contact-persons", "typology.contact-many-persons", "typology.name-distance", "typology.workers", "typology.one-home", "typology.two-homes", "typology.home-ties"},
		LookAlikes: []string{"recruiter's or helpdesk's contact", "guardian or tax preparer", "couple or family", "name change on marriage", "desk phone of one employer"},
		find:       findContacts,
	}
}

// findContacts looks at every contact of people's own.
func findContacts(s *scene) []hit {
	var hits []hit
	for id, us := range s.values {
		switch id.Kind() {
		case ident.Phone, ident.Email, ident.Handle:
		default:
			continue
		}
		if us[0].person == us[len(us)-1].person || !s.plain(us[0].identifier) || isRemoteTool(id) {
			continue
		}
		own := of(us, graph.Registered, graph.Recovery, graph.MFA, graph.Login, graph.Uses)
		own = slices.DeleteFunc(own, func(u use) bool { return !s.earns(u.account) })
		if h, ok := s.contact(own); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// contact judges who gives one contact as their own.
func (s *scene) contact(us []use) (hit, bool) {
	o := s.options
	ps, as := persons(us), accounts(us)
	n := len(s.strangers(ps))
	desk := len(s.employersOf(as)) == 1 && !slices.ContainsFunc(as, s.applicant)
	if n < 2 || desk || s.household(ps) || s.served(us) {
		return hit{}, false
	}
	strength := low
	switch {
	case n >= o.ContactManyPersons:
		strength = high
	case n >= o.ContactPersons:
		strength = medium
	}
	return hit{
		strength: strength, size: n, accounts: as, identifiers: []uint32{us[0].identifier},
		reason: fmt.Sprintf("%s with quite different names give one contact as their own", count(n, "person")),
	}, true
}

// applicant reports whether an account is an applicant's.
func (s *scene) applicant(account uint32) bool {
	if s.Table.Accounts[account].Applicant() {
		return true
	}
	return slices.ContainsFunc(s.Facts.Rows(account), func(r graph.Row) bool { return s.Table.Relations[r.Relation] == graph.Recruiter })
}

// strangers returns those of the persons whose names are quite different from those of all the others: no word in common,
// as spouses and people who changed their name have, and more letters to change than the threshold.
func (s *scene) strangers(ps []uint32) []uint32 {
	var kept []uint32
	for _, p := range s.named(ps) {
		if len(kept) > maxCompared || !slices.ContainsFunc(kept, func(q uint32) bool { return s.alike(p, q) }) {
			kept = append(kept, p)
		}
	}
	return kept
}

// alike reports whether a name of one person is like one of the other.
func (s *scene) alike(p, q uint32) bool {
	for _, x := range s.Facts.Names(p) {
		for _, y := range s.Facts.Names(q) {
			if likeNames(s.Table.Identifiers[x].Key(), s.Table.Identifiers[y].Key(), s.options.NameDistance) {
				return true
			}
		}
	}
	return false
}

// maxCompared is how many different names of a group a further one is compared with; what comes after counts as another
// name. It bounds the pairs.
const maxCompared = 300

// likeNames reports whether two names share a word, or need at most that share of their letters changed.
func likeNames(a, b string, distance float64) bool {
	words := strings.Fields(b)
	for _, w := range strings.Fields(a) {
		if len(w) > 1 && slices.Contains(words, w) {
			return true
		}
	}
	x, y := []rune(a), []rune(b)
	return float64(edits(x, y)) <= distance*float64(max(len(x), len(y)))
}

// edits counts the letters to add, leave out or replace to make b of a (Levenshtein 1966).
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
