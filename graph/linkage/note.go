package linkage

import (
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// Note says why a value is worth less to two of its holders than it could be; "" when it counts in full.
func (m *Model) Note(v Value, a, b Holder) string {
	if v.Class.Mute() {
		return v.Reason
	}
	var notes []string
	add := func(on bool, note string) {
		if on && note != "" {
			notes = append(notes, note)
		}
	}
	k := m.Kind(v)
	add(v.Class != ClassOwn && v.Class != ClassPaper, v.Reason)
	add(k == ident.Address && m.door(v, a, b) == 0, "an address where both are registered ties nobody together")
	add(k == ident.IP && v.Class == ClassOwn && !(m.AtBase(a) && m.AtBase(b)), "one of the two is not at base there")
	add(k == ident.IP && v.Class == ClassOwn && v.D == 2, "a line with just two residents is mostly a couple's")
	add(m.time(v, a, b) < 1, m.timeNote(v, a, b))
	add(v.Class != ClassPaper && m.throughOne(a, b), "both have it through accounts of one employer")
	h := m.home(v, a, b)
	add(h < 1 && m.sameHome(a, b), "both are registered at one home")
	add(h < 1 && !m.sameHome(a, b), "the home of one is not known")
	add(m.guessed(v), "a part of the value is hidden")
	_, kin := m.kind(v, a, b)
	add(kin.stolen() && m.SameName(a.Person, b.Person), "the two have one name: a stolen identity and its owner share home and papers")
	return strings.Join(notes, "; ")
}

func (m *Model) timeNote(v Value, a, b Holder) string {
	x, y := a.span(), b.span()
	switch {
	case !x.known() || !y.known():
		return "when it was used is not known"
	case x.overlap(y) < -graph.Time(m.Options.Tolerance.Microseconds()):
		return "the two did not have it at the same time"
	}
	return "the two had it at the same time only shortly"
}
