package typology

import (
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// oneHome reports whether most of the persons with a known home are registered in one building, or nearly all in two, and
// at least two in each. A dormitory's rooms are one building. Persons whose home is not known say nothing.
func (s *scene) oneHome(persons []uint32) bool {
	in, known := map[uint32]int{}, 0
	for _, p := range persons {
		bs := s.buildings(p)
		if len(bs) > 0 {
			known++
		}
		for _, b := range bs {
			in[b]++
		}
	}
	most, next := 0, 0
	for _, n := range in { // the two largest do not depend on the order
		if n > most {
			most, next = n, most
		} else if n > next {
			next = n
		}
	}
	if most < 2 {
		return false
	}
	all := float64(known)
	return float64(most) >= s.options.OneHome*all || next >= 2 && float64(most+next) >= s.options.TwoHomes*all
}

// buildings returns the buildings, by number, where a person is registered: house number and postcode, whatever the unit.
func (s *scene) buildings(person uint32) []uint32 {
	if bs, ok := s.living[person]; ok {
		return bs
	}
	var bs []uint32
	for _, a := range s.accountsOf(person) {
		for _, r := range s.Facts.Rows(a) {
			id := s.Table.Identifiers[r.Identifier]
			if id.Kind() != ident.Address || s.Table.Relations[r.Relation] != graph.Registered {
				continue
			}
			parts := strings.Split(id.Home(), "|")
			if len(parts) != 3 {
				continue
			}
			key := [2]string{parts[0], parts[2]}
			b, ok := s.houses[key]
			if !ok {
				b = uint32(len(s.houses))
				s.houses[key] = b
			}
			bs = append(bs, b)
		}
	}
	slices.Sort(bs)
	bs = slices.Compact(bs)
	s.living[person] = bs
	return bs
}

// differentHomes reports whether two persons are known to be registered at different homes.
func (s *scene) differentHomes(a, b uint32) bool {
	x, y := s.Facts.Homes(a), s.Facts.Homes(b)
	return len(x) > 0 && len(y) > 0 && !meet(x, y)
}

// household reports whether a household explains what the persons share: most are registered at one home or two, unless
// they hold more jobs at once than they are persons and share several sorts of things beyond a home with people of no kinship. A
// home that hosts dozens of personas is where half of them are registered, too.
func (s *scene) household(persons []uint32) bool {
	if !s.oneHome(persons) {
		return false
	}
	jobs := 0
	for _, p := range persons {
		js, _ := s.jobs(p)
		jobs += max(1, atOnce(js, s.stay(s.options.JobsTogether)))
	}
	return jobs <= len(persons) || s.sorts(persons) < s.options.HomeTies
}

// sorts counts the kinds of which two of the persons, who are no kin, share a value that nothing innocent explains: lines
// and addresses aside, which everybody of a home has.
func (s *scene) sorts(persons []uint32) int {
	var found []ident.Kind
	for _, v := range s.group.Values {
		k := s.kind(v.Identifier)
		switch k {
		case ident.Device, ident.Payment, ident.Document, ident.Phone, ident.Email, ident.Handle:
		default:
			continue
		}
		if slices.Contains(found, k) || v.Class != classOwn && v.Class != "" {
			continue
		}
		var have []uint32
		for _, h := range v.Holders {
			if _, in := slices.BinarySearch(persons, h.Person); in {
				have = append(have, h.Person)
			}
		}
		for _, p := range have[:max(0, len(have)-1)] {
			if !s.kin(p, have[len(have)-1]) {
				found = append(found, k)
				break
			}
		}
	}
	return len(found)
}

// kin reports whether two persons have a family name in common, or one whose name is not known.
func (s *scene) kin(p, q uint32) bool {
	names, others := s.Facts.Names(p), s.Facts.Names(q)
	if len(names) == 0 || len(others) == 0 {
		return true
	}
	for _, x := range names {
		for _, y := range others {
			if f := s.Table.Identifiers[x].Family(); f != "" && f == s.Table.Identifiers[y].Family() {
				return true
			}
		}
	}
	return false
}

// meet reports whether two sorted lists have a number in common.
func meet(a, b []uint32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// signsIn reports whether sign-ins of an account are on record.
func (s *scene) signsIn(account uint32) bool {
	return slices.ContainsFunc(s.Facts.Rows(account), func(r graph.Row) bool {
		rel := s.Table.Relations[r.Relation]
		return rel == graph.Login || rel == graph.MFA
	})
}

// served reports whether a service, a guardian or a payee explains that persons share a value: most of them sign in on
// other accounts than those that have it, and nothing that is seen on those ties two of them. A tie counts only where it
// lies on other accounts: what a tax preparer leaves on a client's tax account is one thing, not four.
func (s *scene) served(us []use) bool {
	ps, touched := persons(us), accounts(us)
	own := 0
	for _, p := range ps {
		if s.elsewhere(p, touched) {
			own++
		}
	}
	return float64(own) >= s.options.Workers*float64(len(ps)) && !s.tied(ps, touched, us[0].identifier)
}

// elsewhere reports whether a person signs in on an account that is not one of those.
func (s *scene) elsewhere(person uint32, touched []uint32) bool {
	return slices.ContainsFunc(s.accountsOf(person), func(a uint32) bool {
		_, in := slices.BinarySearch(touched, a)
		return !in && s.signsIn(a)
	})
}

// tied reports whether two of the persons share, on other accounts than those touched, a line that is their base, a device,
// a paper or a door that nothing explains. Persons who have no other account may share it on that one.
func (s *scene) tied(ps, touched []uint32, not uint32) bool {
	for _, v := range s.group.Values {
		if v.Identifier == not || v.Class != classOwn && v.Class != "" {
			continue
		}
		k := s.kind(v.Identifier)
		if k != ident.IP && k != ident.Device && k != ident.Document && k != ident.Address {
			continue
		}
		n := 0
		for _, h := range v.Holders {
			_, in := slices.BinarySearch(ps, h.Person)
			if in && (h.Base || k != ident.IP) && s.sent(v.Identifier, h) && (s.beyond(h.Accounts, touched) || !s.elsewhere(h.Person, touched)) {
				n++
			}
		}
		if n >= 2 {
			return true
		}
	}
	return false
}

// sent is false for an address where a holder is only registered: that ties nobody.
func (s *scene) sent(identifier uint32, h Holder) bool {
	if s.kind(identifier) != ident.Address {
		return true
	}
	return slices.ContainsFunc(h.Accounts, func(a uint32) bool {
		return slices.ContainsFunc(s.Facts.Rows(a), func(r graph.Row) bool {
			return r.Identifier == identifier && s.Table.Relations[r.Relation] == graph.ShipTo
		})
	})
}

// beyond reports whether one of the accounts is not among those touched.
func (s *scene) beyond(accounts, touched []uint32) bool {
	return slices.ContainsFunc(accounts, func(a uint32) bool {
		_, in := slices.BinarySearch(touched, a)
		return !in
	})
}

// earns reports whether an account can be one that somebody works or applies with: it has an employer, is on a marketplace
// or signs in. An account of benefits or of a tax office is none, and a guardian may be paid on many. Where the case knows
// no employers at all, every account can.
func (s *scene) earns(account uint32) bool {
	return !s.has[Employers] || len(s.Facts.AccountEmployers(account)) > 0 || isMarket(s.Table.Accounts[account].System()) || s.signsIn(account)
}
