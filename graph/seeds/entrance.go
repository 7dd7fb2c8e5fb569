package seeds

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// entrance is a holder of a seed that is a value.
type entrance struct {
	seed    int
	person  uint32
	account uint32 // the first through which it has the value
	line    uint32 // number of the identifier, see linkage.Model.LineOf
	points  float64
	rows    []uint32
}

// labels starts from the accounts with a label that a seed names.
func (w *walk) labels(first map[uint32]mark) {
	byLabel := map[ident.ID][]int{}
	for i, s := range w.list {
		if s.Identifier.Kind() == ident.Tag {
			byLabel[s.Identifier] = append(byLabel[s.Identifier], i)
		}
	}
	if len(byLabel) == 0 {
		return
	}
	type pair struct {
		seed    int
		account uint32
	}
	counted := map[pair]bool{}
	for _, r := range w.t.Rows {
		for _, i := range byLabel[w.t.Identifiers[r.Identifier]] {
			if p := (pair{i, r.Account}); !counted[p] {
				counted[p] = true
				w.standings[i].Accounts++
				w.begin(first, w.m.Persons.Of[r.Account], i)
			}
		}
	}
}

// sought is a value that seeds name, as the case has it.
type sought struct {
	line  uint32
	seeds []int
}

// seek finds the values that seeds name among the identifiers of the case, by line. An IPv6 address is found by its network.
func (w *walk) seek() []sought {
	type key struct {
		kind ident.Kind
		text string
	}
	keyOf := func(id ident.ID) key {
		if id.Kind() == ident.IP {
			return key{ident.IP, id.Line()}
		}
		return key{id.Kind(), id.Key()}
	}
	wanted := map[key][]int{}
	for i, s := range w.list {
		if id := s.Identifier; id.Valid() && id.Kind() != ident.Tag {
			if why := neverLinks(id); why != "" {
				w.standings[i].Refused = why
				continue
			}
			wanted[keyOf(id)] = append(wanted[keyOf(id)], i)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	byLine := map[uint32][]int{}
	for n, id := range w.t.Identifiers {
		if list, ok := wanted[keyOf(id)]; ok {
			byLine[w.m.LineOf(uint32(n))] = list
		}
	}
	var out []sought
	for line, list := range byLine {
		out = append(out, sought{line, list})
	}
	slices.SortFunc(out, func(a, b sought) int { return cmp.Compare(a.line, b.line) })
	return out
}

// neverLinks says why a value cannot be a seed; "" when it can.
func neverLinks(id ident.ID) string {
	switch {
	case id.Kind() == ident.Name:
		return "a name, which many people bear"
	case id.Kind() == ident.Employer:
		return "an employer, which ties nobody together"
	case !id.Mark().Links():
		return "a value that links nothing: " + id.Mark().String()
	}
	return ""
}

// entrances finds the holders of the values that seeds name, hubs left out.
func (w *walk) entrances() []entrance {
	found := w.seek()
	if len(found) == 0 {
		return nil
	}
	rows := map[uint32][]uint32{} // line -> rows that may link
	for _, s := range found {
		rows[s.line] = nil
	}
	for i, r := range w.t.Rows {
		line := w.m.LineOf(r.Identifier)
		if list, ok := rows[line]; ok && linkage.Links(w.t.Identifiers[r.Identifier], w.t.Relations[r.Relation]) {
			rows[line] = append(list, uint32(i))
		}
	}
	values := map[uint32][]linkage.Value{} // line -> values that it is, or was, an address of
	for _, v := range w.m.Values {
		for _, line := range append([]uint32{v.Identifier}, v.Also...) {
			if _, ok := rows[line]; ok {
				values[line] = append(values[line], v)
			}
		}
	}
	var out []entrance
	for _, s := range found {
		held, refused := w.holders(s.line, values[s.line], rows[s.line])
		for _, i := range s.seeds {
			w.standings[i].Refused = refused
			accounts := map[uint32]bool{}
			for _, e := range held {
				e.seed = i
				out = append(out, e)
				for _, r := range e.rows {
					accounts[w.t.Rows[r].Account] = true
				}
			}
			w.standings[i].Accounts = len(accounts)
		}
	}
	return out
}

// holders lists the persons who have a value, of which these are the rows, and says why it is refused where it is a hub:
// of an IP address, in some of the periods in which it was somebody's.
func (w *walk) holders(line uint32, values []linkage.Value, rows []uint32) (out []entrance, refused string) {
	byPerson := map[uint32][]uint32{}
	for _, i := range rows {
		p := w.m.Persons.Of[w.t.Rows[i].Account]
		byPerson[p] = append(byPerson[p], i)
	}
	for _, v := range values {
		for _, h := range w.m.Holders(v) {
			mine := byPerson[h.Person]
			delete(byPerson, h.Person)
			if !v.Class.Hub() && len(mine) > 0 {
				points := w.m.Rarity(v.D) * w.worth(line, mine)
				if w.m.IsLine(v) && v.Class != linkage.ClassOpening && !w.m.AtBase(h) {
					points *= w.m.Options.Exit
				}
				out = append(out, entrance{person: h.Person, account: w.t.Rows[mine[0]].Account, line: line, points: points, rows: mine})
			}
		}
		if v.Class.Hub() {
			refused = fmt.Sprintf("a hub (%s): %s", v.Class, v.Reason)
		}
	}
	for p, mine := range byPerson { // who has it alone
		points := w.m.Rarity(1) * w.worth(line, mine)
		out = append(out, entrance{person: p, account: w.t.Rows[mine[0]].Account, line: line, points: points, rows: mine})
	}
	slices.SortFunc(out, func(a, b entrance) int { return cmp.Compare(a.person, b.person) })
	return out, refused
}

// worth says how much a person's relations to a value make it theirs, 0 to 1, by the model's own measure.
func (w *walk) worth(line uint32, rows []uint32) float64 {
	o, most := w.m.Options, 0.0
	for _, i := range rows {
		r := w.t.Rows[i]
		switch role := linkage.RoleOf(w.t.Identifiers[r.Identifier], w.t.Relations[r.Relation]); {
		case role.Has(linkage.Own), role.Has(linkage.Lives), role.Has(linkage.Door):
			most = 1
		case role.Has(linkage.Dossed):
			most = max(most, o.Dossier)
		case role.Has(linkage.Vouch):
			most = max(most, o.Vouched)
		case role.Has(linkage.Moved):
			most = max(most, o.Transfer)
		default:
			most = max(most, o.Loose)
		}
	}
	if w.t.Identifiers[line].Mark() == ident.Masked {
		most *= o.MaskedFactor
	}
	return most
}

// entry writes down the first step of a path from a value.
func (w *walk) entry(e entrance, x mark) Step {
	return Step{To: w.t.Accounts[e.account], Identifier: w.t.Identifiers[e.line], Points: x.points, Factor: x.factor, Rows: e.rows}
}
