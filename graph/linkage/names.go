package linkage

import (
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// employerKey returns the form in which employers are compared: of a tenant, and of what an account says employs it.
func employerKey(tenant string) string {
	if id, err := ident.Parse(ident.Employer, tenant); err == nil {
		return id.Key()
	}
	return strings.ToLower(tenant)
}

// sameNames reports whether two lists of name identifiers, sorted, have a name in common, slips of the keyboard aside.
func (f *facts) sameNames(a, b []uint32) bool {
	if meet(a, b) {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if ident.SameName(f.t.Identifiers[x], f.t.Identifiers[y]) {
				return true
			}
		}
	}
	return false
}

// newHomes lists the homes where accounts are registered, and the doors that their equipment went to, as numbers that are equal when the homes are: house number,
// unit and postcode. A house of several units named without the unit can be any of them; when there are unitMin or more, it is no known home.
func newHomes(t *graph.Table, unitMin int) (homes, doors lists, places homePlaces) {
	type house struct{ number, post string }
	keys := make([]string, len(t.Identifiers)) // by identifier
	units := map[house][]string{}
	split := func(key string) (house, string) {
		p := strings.SplitN(key, "|", 3)
		return house{p[0], p[2]}, p[1]
	}
	for i, id := range t.Identifiers {
		if id.Kind() != ident.Address || !id.Mark().Links() {
			continue
		}
		if keys[i] = id.Home(); keys[i] != "" {
			if h, u := split(keys[i]); u != "" {
				units[h] = append(units[h], keys[i])
			}
		}
	}
	for h, us := range units {
		slices.Sort(us)
		units[h] = slices.Compact(us)
	}
	number, lives, goes := map[string]uint32{}, []pair(nil), []pair(nil)
	for _, r := range t.Rows {
		key := keys[r.Identifier]
		ps := &lives
		if rel := t.Relations[r.Relation]; rel == graph.ShipTo {
			ps = &goes
		} else if rel != graph.Registered {
			continue
		}
		if key == "" {
			continue
		}
		h, u := split(key)
		switch us := units[h]; {
		case u != "" || len(us) == 0:
			*ps = append(*ps, pair{r.Account, intern(number, key)})
		case len(us) < unitMin:
			for _, k := range us {
				*ps = append(*ps, pair{r.Account, intern(number, k)})
			}
		}
	}
	return newLists(len(t.Accounts), lives), newLists(len(t.Accounts), goes), newHomePlaces(t, keys, number)
}

// homePlaces says of each home in which house it is, and which home it may be with a slip of the keyboard in its number.
type homePlaces struct {
	house  []uint32 // homes that differ by the unit only are in one
	likely []uint32 // the first home that is the same but for a slip in the house number: good enough to forgive, not to accuse
}

// newHomePlaces looks at the spellings of each home: keys has the home of each identifier, number the number of each home.
func newHomePlaces(t *graph.Table, keys []string, number map[string]uint32) homePlaces {
	p := homePlaces{house: make([]uint32, len(number)), likely: make([]uint32, len(number))}
	houses, met := map[string]uint32{}, make([]bool, len(number))
	type street struct{ rest, unit, post string }
	streets := map[street][]string{} // house numbers
	for i, key := range keys {
		h, ok := number[key]
		if key == "" || !ok || met[h] {
			continue
		}
		met[h], p.likely[h] = true, h
		part := strings.SplitN(key, "|", 3)
		p.house[h] = intern(houses, part[0]+"|"+part[2])
		at := street{withoutNumber(t.Identifiers[i].Street(), part[0]), part[1], part[2]}
		for _, other := range streets[at] {
			if ident.NumberSlip(other, part[0]) {
				p.likely[h] = p.likely[number[other+"|"+part[1]+"|"+part[2]]]
				break
			}
		}
		if len(streets[at]) < mostSpellings {
			streets[at] = append(streets[at], part[0])
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
func newLines(t *graph.Table) []uint32 {
	of, first, places := make([]uint32, len(t.Identifiers)), map[string]uint32{}, map[string][]uint32{}
	for i, id := range t.Identifiers {
		of[i] = uint32(i)
		switch {
		case id.Kind() == ident.Address && id.Mark().Links():
			if home := id.Home(); home != "" {
				of[i] = firstPlace(t.Identifiers, places, home, uint32(i))
			}
		case id.Kind() == ident.IP && strings.Contains(id.Key(), ":"):
			line := id.Line()
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

// firstPlace returns the first address of a home that is the same place as address i, and remembers i when it is the first.
func firstPlace(ids []ident.ID, places map[string][]uint32, home string, i uint32) uint32 {
	known := places[home]
	for _, f := range known {
		if ident.SamePlace(ids[f], ids[i]) {
			return f
		}
	}
	if len(known) < mostSpellings {
		places[home] = append(known, i)
	}
	return i
}
