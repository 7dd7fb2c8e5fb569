package typology

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// use is what all rows of one account, identifier and relation say together.
type use struct {
	identifier, account, person uint32
	relation                    graph.Relation
	first, last                 graph.Time // 0 when not known
	rows                        []graph.Row
}

// scene is one group made ready for all typologies: what its accounts use, by identifier, and what they are.
type scene struct {
	*View
	group   Group
	options Options
	uses    []use                    // of values that may link, by identifier, person, account, relation
	lines   map[string]uint32        // network of an IPv6 address -> the identifier that stands for its line in the group
	class   map[uint32]string        // identifier -> class, of values of one class only; lines have one for each lease
	owned   []uint32                 // the group's accounts, by person, then account
	name    map[uint32]uint32        // person -> the first person of the group with that name; those without a name are not in it
	living  map[uint32][]uint32      // person -> buildings, as far as it was asked for
	houses  map[[2]string]uint32     // house number and postcode -> building
	times   map[uint32][2]graph.Time // person -> from when to when they work, as far as it was asked for
}

// newScene reads the rows of the group's accounts.
func newScene(v *View, g Group, o Options) *scene {
	s := &scene{View: v, group: g, options: o, lines: map[string]uint32{}, living: map[uint32][]uint32{}, houses: map[[2]string]uint32{}, class: make(map[uint32]string, len(g.Values)), times: map[uint32][2]graph.Time{}}
	for _, value := range g.Values {
		s.line(value.Identifier) // so that the group's number of a line is the one that its class is known by
		if c, ok := s.class[value.Identifier]; ok && c != value.Class {
			s.class[value.Identifier] = "" // some leases are a hub's: each user must look at the lease
			continue
		}
		s.class[value.Identifier] = value.Class
	}
	s.compareNames()
	for _, a := range g.Accounts {
		s.addUses(a)
	}
	s.owned = slices.Clone(g.Accounts)
	slices.SortFunc(s.owned, func(a, b uint32) int { return cmp.Or(cmp.Compare(v.Person[a], v.Person[b]), cmp.Compare(a, b)) })
	slices.SortStableFunc(s.uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.identifier, b.identifier), cmp.Compare(a.person, b.person), cmp.Compare(a.account, b.account))
	})
	return s
}

// addUses gathers the rows of one account, which are sorted by identifier and relation.
func (s *scene) addUses(account uint32) {
	rows := s.Facts.Rows(account)
	for lo := 0; lo < len(rows); {
		hi := lo + 1
		for hi < len(rows) && rows[hi].Identifier == rows[lo].Identifier && rows[hi].Relation == rows[lo].Relation {
			hi++
		}
		u := use{identifier: s.line(rows[lo].Identifier), account: account, person: s.Person[account], relation: s.Table.Relations[rows[lo].Relation], rows: rows[lo:hi]}
		if s.Table.Identifiers[u.identifier].Mark().Links() && u.relation != graph.Recruiter {
			for i := range u.rows {
				u.first, u.last = widen(u.first, u.last, &u.rows[i])
			}
			s.uses = append(s.uses, u)
		}
		lo = hi
	}
}

// line returns the number that stands for an identifier: its own, but for an IPv6 address the first of its network that was
// met, since a home has a network of them.
func (s *scene) line(identifier uint32) uint32 {
	id := s.Table.Identifiers[identifier]
	if id.Kind() != ident.IP || !strings.Contains(id.Key(), ":") {
		return identifier
	}
	network := id.Line()
	first, ok := s.lines[network]
	if !ok {
		first = identifier
		s.lines[network] = first
	}
	return first
}

// widen returns the times from first to last with those of a row in them.
func widen(first, last graph.Time, r *graph.Row) (graph.Time, graph.Time) {
	for _, t := range [...]graph.Time{r.First, r.Last} {
		if t != 0 && (first == 0 || t < first) {
			first = t
		}
		last = max(last, t)
	}
	return first, last
}

// values yields the uses of one identifier after the other.
func (s *scene) values(yield func(id ident.ID, us []use) bool) {
	for lo := 0; lo < len(s.uses); {
		hi := lo + 1
		for hi < len(s.uses) && s.uses[hi].identifier == s.uses[lo].identifier {
			hi++
		}
		if !yield(s.Table.Identifiers[s.uses[lo].identifier], s.uses[lo:hi]) {
			return
		}
		lo = hi
	}
}

// of returns the uses with one of the relations.
func of(us []use, relations ...graph.Relation) []use {
	var kept []use
	for _, u := range us {
		if slices.Contains(relations, u.relation) {
			kept = append(kept, u)
		}
	}
	return kept
}

// persons returns who the uses are by, sorted, without repeats.
func persons(us []use) []uint32 {
	return distinct(us, func(u use) uint32 { return u.person })
}

// accounts returns the accounts the uses are of, sorted, without repeats.
func accounts(us []use) []uint32 {
	return distinct(us, func(u use) uint32 { return u.account })
}

func distinct[T any](list []T, number func(T) uint32) []uint32 {
	ns := make([]uint32, len(list))
	for i, x := range list {
		ns[i] = number(x)
	}
	slices.Sort(ns)
	return slices.Compact(ns)
}

// plain reports whether nothing innocent is known that explains why a value is shared.
func (s *scene) plain(identifier uint32) bool {
	c := s.class[identifier]
	return c == "" || c == classOwn
}

// employersOf returns the employers of accounts, sorted, without repeats.
func (s *scene) employersOf(accounts []uint32) []uint32 {
	var es []uint32
	for _, a := range accounts {
		es = append(es, s.Facts.AccountEmployers(a)...)
	}
	slices.Sort(es)
	return slices.Compact(es)
}

// accountsOf returns the accounts of a person in the group, sorted.
func (s *scene) accountsOf(person uint32) []uint32 {
	find := func(p uint32) int {
		i, _ := slices.BinarySearchFunc(s.owned, p, func(a, p uint32) int { return cmp.Compare(s.Person[a], p) })
		return i
	}
	return s.owned[find(person):find(person+1)]
}
