package linkage

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// addresses says of each address in which home it is, so that its text is taken apart once.
type addresses struct {
	of    []uint32 // identifier -> its home plus one, in the order in which they are met; 0 for none
	homes []home
}

// home is what tells one home from another: see [ident.ID.Home].
type home struct{ number, unit, post string }

func newAddresses(t *graph.Table, s sorts) addresses {
	a := addresses{of: make([]uint32, len(t.Identifiers))}
	numbers := map[home]uint32{}
	for i, id := range t.Identifiers {
		if s.of[i] != linking|sort(ident.Address) {
			continue
		}
		number, rest, ok := strings.Cut(id.Home(), "|")
		if !ok {
			continue
		}
		unit, post, _ := strings.Cut(rest, "|")
		h := home{number, unit, post}
		n, met := numbers[h]
		if !met {
			a.homes = append(a.homes, h)
			n = uint32(len(a.homes))
			numbers[h] = n
		}
		a.of[i] = n
	}
	return a
}

// units counts the units of each street address in the case.
func (a addresses) units(t *graph.Table, s sorts) map[string]int {
	type unit struct{ street, unit string }
	seen, n := map[unit]bool{}, map[string]int{}
	for i, k := range s.of {
		if k.kind() != ident.Address || a.of[i] != 0 && a.homes[a.of[i]-1].unit == "" {
			continue
		}
		u := unit{t.Identifiers[i].Street(), t.Identifiers[i].Unit()}
		if u.street != "" && u.unit != "" && !seen[u] {
			seen[u] = true
			n[u.street]++
		}
	}
	return n
}

// houses numbers the houses of the homes, and lists the units of each, sorted. A home without a unit is none.
func (a addresses) houses() (of []uint32, units [][]uint32) {
	type house struct{ number, post string }
	of = make([]uint32, len(a.homes))
	numbers := make(map[house]uint32, len(a.homes))
	for i, h := range a.homes {
		at := house{h.number, h.post}
		n, met := numbers[at]
		if !met {
			n = uint32(len(units))
			numbers[at], units = n, append(units, nil)
		}
		if of[i] = n; h.unit != "" {
			units[n] = append(units[n], uint32(i))
		}
	}
	for _, us := range units {
		slices.SortFunc(us, func(x, y uint32) int { return compareUnits(a.homes[x].unit, a.homes[y].unit) })
	}
	return of, units
}

// compareUnits compares two units as if "|" stood behind them: as they stand in [ident.ID.Home]. They have none in them.
func compareUnits(x, y string) int {
	n := min(len(x), len(y))
	switch c := strings.Compare(x[:n], y[:n]); {
	case c != 0 || len(x) == len(y):
		return c
	case n == len(x):
		return cmp.Compare('|', y[n])
	}
	return cmp.Compare(x[n], '|')
}

// newHomes lists the homes where accounts are registered, and the doors that their equipment went to, as numbers that are equal when the homes are: house number,
// unit and postcode. A house of several units named without the unit can be any of them; when there are unitMin or more, it is no known home.
func newHomes(t *graph.Table, a addresses, unitMin int) (homes, doors lists, places homePlaces) {
	house, units := a.houses()
	number := numbering{of: make([]uint32, len(a.homes))}
	lives, goes := []pair(nil), []pair(nil)
	for _, r := range t.Rows {
		h := a.of[r.Identifier]
		if h == 0 {
			continue
		}
		h--
		ps := &lives
		if rel := t.Relations[r.Relation]; rel == graph.ShipTo {
			ps = &goes
		} else if rel != graph.Registered {
			continue
		}
		switch us := units[house[h]]; {
		case a.homes[h].unit != "" || len(us) == 0:
			*ps = append(*ps, pair{r.Account, number.give(h)})
		case len(us) < unitMin:
			for _, k := range us {
				*ps = append(*ps, pair{r.Account, number.give(k)})
			}
		}
	}
	return newLists(len(t.Accounts), lives), newLists(len(t.Accounts), goes), newHomePlaces(t, a, number, house)
}

// numbering numbers things in the order in which they are met.
type numbering struct {
	of []uint32 // number plus one; 0 for what was not met
	n  uint32
}

// give returns the number of i, which is new when it was not met.
func (x *numbering) give(i uint32) uint32 {
	if x.of[i] == 0 {
		x.n++
		x.of[i] = x.n
	}
	return x.of[i] - 1
}

// homePlaces says of each home in which house it is, and which home it may be with a slip of the keyboard in its number.
type homePlaces struct {
	house  []uint32 // homes that differ by the unit only are in one
	likely []uint32 // the first home that is the same but for a slip in the house number: good enough to forgive, not to accuse
}

// newHomePlaces looks at the spellings of each home that has a number; house is the house of each home of a.
func newHomePlaces(t *graph.Table, a addresses, number numbering, house []uint32) homePlaces {
	p := homePlaces{house: make([]uint32, number.n), likely: make([]uint32, number.n)}
	houses, met := numbering{of: make([]uint32, len(a.homes))}, make([]bool, number.n)
	type street struct{ rest, unit, post string }
	at, streets := make(map[street]int, number.n), [][]uint32(nil) // homes of each street
	for i, n := range a.of {
		if n == 0 || number.of[n-1] == 0 || met[number.of[n-1]-1] {
			continue
		}
		key, h := a.homes[n-1], number.of[n-1]-1
		met[h], p.likely[h] = true, h
		p.house[h] = houses.give(house[n-1])
		where := street{withoutNumber(t.Identifiers[i].Street(), key.number), key.unit, key.post}
		s, known := at[where]
		if !known {
			s = len(streets)
			at[where], streets = s, append(streets, nil)
		}
		for _, other := range streets[s] {
			if ident.NumberSlip(a.homes[other].number, key.number) {
				p.likely[h] = p.likely[number.of[other]-1]
				break
			}
		}
		if len(streets[s]) < mostSpellings {
			streets[s] = append(streets[s], n-1)
		}
	}
	return p
}

// withoutNumber returns a street without the house number.
func withoutNumber(street, number string) string {
	words := strings.Fields(street)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == number }), " ")
}

// newLines returns for each identifier the one that stands for it: itself, but for IPv6 the first of the same /64, and for an
// address the first that differs from it by a slip of the keyboard only.
func newLines(t *graph.Table, s sorts, a addresses) []uint32 {
	of, first, places := make([]uint32, len(t.Identifiers)), map[string]uint32{}, make([][]uint32, len(a.homes))
	for i, k := range s.of {
		of[i] = uint32(i)
		switch {
		case a.of[i] != 0:
			of[i] = firstPlace(t.Identifiers, &places[a.of[i]-1], uint32(i))
		case k.kind() == ident.IP && strings.Contains(t.Identifiers[i].Key(), ":"):
			line := t.Identifiers[i].Line()
			if f, ok := first[line]; ok {
				of[i] = f
			} else {
				first[line] = uint32(i)
			}
		}
	}
	return of
}

// mostSpellings bounds the spellings of one house number and postcode that are compared.
const mostSpellings = 50

// firstPlace returns the first known address of a home that is the same place as address i, and adds i when it is the first.
func firstPlace(ids []ident.ID, known *[]uint32, i uint32) uint32 {
	for _, f := range *known {
		if ident.SamePlace(ids[f], ids[i]) {
			return f
		}
	}
	if len(*known) < mostSpellings {
		*known = append(*known, i)
	}
	return i
}
