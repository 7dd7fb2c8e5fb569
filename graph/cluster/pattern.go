package cluster

import (
	"slices"

	"samehand/graph/typology"
)

// newView reads the case for the named patterns.
func (d *detection) newView() (*typology.View, error) {
	return typology.NewView(typology.Input{Table: d.t, Person: d.model.Persons.Of, Facts: d.model})
}

// patternGroup describes a group as the typologies want it: the values that it shares within, or with others.
func (d *detection) patternGroup(g group) typology.Group {
	out := typology.Group{Persons: g.persons}
	var values []uint32
	for _, p := range g.persons {
		out.Accounts = append(out.Accounts, d.model.Persons.Accounts(p)...)
		values = append(values, d.held.of(p)...)
	}
	slices.Sort(out.Accounts)
	slices.Sort(values)
	for _, i := range slices.Compact(values) {
		v := d.model.Values[i]
		value := typology.Value{Identifier: v.Identifier, Class: string(v.Class), Persons: len(d.model.Holders(v))}
		for _, h := range d.inside(g, v) {
			holder := typology.Holder{Person: h.Person, First: h.First, Last: h.Last, Base: d.model.IsLine(v) && d.model.AtBase(h)}
			for _, t := range d.model.Touches(h) {
				holder.Accounts = append(holder.Accounts, t.Account)
			}
			value.Holders = append(value.Holders, holder)
		}
		out.Values = append(out.Values, value)
	}
	return out
}
