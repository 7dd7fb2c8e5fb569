package linkage

import (
	"maps"
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
func newHomes(t *graph.Table, unitMin int) (homes, doors lists, buildings []uint32) {
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
	return newLists(len(t.Accounts), lives), newLists(len(t.Accounts), goes), houses(number)
}

// houses returns the house of each home, as numbers that are equal when house number and postcode are.
func houses(homes map[string]uint32) []uint32 {
	of, number := make([]uint32, len(homes)), map[string]uint32{}
	for _, key := range slices.Sorted(maps.Keys(homes)) {
		p := strings.SplitN(key, "|", 3)
		of[homes[key]] = intern(number, p[0]+"|"+p[2])
	}
	return of
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
