package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// A value that somebody puts on an innocent's account comes on top of what is there: the innocent goes on being paid into their own
// account, called on their own number, and working on their own machine. A persona has what its hand gave it, and nothing else.

// extra reports whether a person has a value on top of one of their own of the same sort: at the same employer at the same time where
// accounts have one, such as a purse or a machine; otherwise on any account, such as a number. Lines and doors are extra to who lives elsewhere.
func (d *detection) extra(g group, v linkage.Value, h linkage.Holder) bool {
	if d.model.Kind(v) != ident.IP && d.brief(h) {
		return true
	}
	switch d.model.Kind(v) {
	case ident.IP:
		return v.Class != linkage.ClassOpening && !d.lives(v, h)
	case ident.Payment:
		return d.besides(v, h, func(rel graph.Relation) bool { return rel == graph.Payout })
	case ident.Device:
		return d.besides(v, h, func(rel graph.Relation) bool { return rel == graph.Uses || rel == graph.MFA || rel == graph.Login })
	case ident.Address:
		return d.besides(v, h, func(rel graph.Relation) bool { return rel == graph.ShipTo })
	case ident.Phone, ident.Handle:
		return d.another(g, v, h, 1)
	case ident.Email:
		return d.another(g, v, h, 2) // an address at work is on the accounts of that work only
	}
	return false
}

// brief reports whether a person had a value only for some weeks, on accounts that were there for much longer and went on without it. What is
// dated once may be held ever after, and is not brief.
func (d *detection) brief(h linkage.Holder) bool {
	for _, t := range d.model.Touches(h) {
		first, last := graph.Time(0), graph.Time(0)
		for _, r := range d.model.Rows(t.Account) {
			if r.First != 0 && (first == 0 || r.First < first) {
				first = r.First
			}
			last = max(last, r.First, r.Last)
		}
		held := t.Last - t.First
		if held <= 0 || held > graph.Time(d.o.Brief.Microseconds()) || last-first < 4*held || last-t.Last < week {
			return false
		}
	}
	return true
}

// forever is a time after all others.
const forever = graph.Time(1<<63 - 1)

// lives reports whether a person lives on a line: is at base there, not for a large part on lines of their own at the same time, nor for some
// weeks only of a life that is mostly spent on those.
func (d *detection) lives(v linkage.Value, h linkage.Holder) bool {
	return d.model.AtBase(h) && d.model.OwnLine(h.Person, h.First, h.Last) < d.o.OwnLine &&
		!(d.brief(h) && (d.model.OwnLine(h.Person, 1, forever) >= d.model.Options.HomeShare || d.longerElsewhere(v, h)))
}

// longerElsewhere reports whether somebody lives on another line that others live on too, for several times as long.
func (d *detection) longerElsewhere(v linkage.Value, h linkage.Holder) bool {
	return slices.ContainsFunc(d.held.of(h.Person), func(i uint32) bool {
		w := d.model.Values[i]
		x, ok := d.model.Holder(w, h.Person)
		return ok && w.Identifier != v.Identifier && d.model.IsLine(w) && w.Class == linkage.ClassOwn && d.model.AtBase(x) && x.Last-x.First >= 4*(h.Last-h.First)
	})
}

// livesElsewhere reports whether a person signs in to a good part from lines that nobody else has, or lives on a line on which no other
// member of a group is: with a family that has nothing to do with it.
func (d *detection) livesElsewhere(g group, person uint32) bool {
	return d.model.OwnLine(person, 1, forever) >= d.o.OwnLine || slices.ContainsFunc(d.held.of(person), func(i uint32) bool {
		v := d.model.Values[i]
		h, ok := d.model.Holder(v, person)
		return ok && d.model.IsLine(v) && d.model.AtBase(h) && len(d.inside(g, v)) == 1
	})
}

// besides reports whether at each employer through whose accounts a person has a value they have another of that kind, in a relation
// of the same sort, at the same time.
func (d *detection) besides(v linkage.Value, h linkage.Holder, sort func(graph.Relation) bool) bool {
	kind := d.model.Kind(v)
	for _, t := range d.model.Touches(h) {
		if !slices.ContainsFunc(d.colleagues(h.Person, t.Account), func(a uint32) bool {
			return slices.ContainsFunc(d.model.Rows(a), func(r graph.Row) bool {
				return d.t.Identifiers[r.Identifier].Kind() == kind && !d.model.Is(v, r.Identifier) && sort(d.t.Relations[r.Relation]) && together(r, t)
			})
		}) {
			return false
		}
	}
	return true
}

// colleagues returns the accounts of a person at the employer of one of them, that one included.
func (d *detection) colleagues(person, account uint32) []uint32 {
	tenant := d.t.Accounts[account].Tenant()
	var out []uint32
	for _, a := range d.model.Persons.Accounts(person) {
		if a == account || tenant != "" && d.t.Accounts[a].Tenant() == tenant {
			out = append(out, a)
		}
	}
	return out
}

// together reports whether a row and a touch were at the same time, as far as is known.
func together(r graph.Row, t linkage.Touch) bool {
	return r.First == 0 || t.First == 0 || r.First <= t.Last && t.First <= max(r.First, r.Last)
}

// another reports whether a person has another value of the kind of v as their own with at least so many employers, or with none of them, which nobody
// else in the group has.
func (d *detection) another(g group, v linkage.Value, h linkage.Holder, systems int) bool {
	kind, on := d.model.Kind(v), map[uint32][]string{}
	for _, a := range d.model.Persons.Accounts(h.Person) {
		for _, r := range d.model.Rows(a) {
			id := d.t.Identifiers[r.Identifier]
			if id.Kind() == kind && !d.model.Is(v, r.Identifier) && linkage.RoleOf(id, d.t.Relations[r.Relation]).Has(linkage.Own) && d.t.Relations[r.Relation] != graph.ShipTo {
				line := d.model.LineOf(r.Identifier)
				if tenant := d.t.Accounts[a].Tenant(); !slices.Contains(on[line], tenant) {
					on[line] = append(on[line], tenant)
				}
			}
		}
	}
	for line, where := range on {
		if len(where) >= systems && !d.sharedInside(g, h.Person, line) {
			return true
		}
	}
	return false
}

// sharedInside reports whether another member of a group has an identifier, by the number that stands for it.
func (d *detection) sharedInside(g group, person, identifier uint32) bool {
	return slices.ContainsFunc(d.held.of(person), func(i uint32) bool {
		v := d.model.Values[i]
		return v.Identifier == identifier && len(d.inside(g, v)) > 1
	})
}
