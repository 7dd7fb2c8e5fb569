package cluster

import (
	"cmp"
	"maps"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// summary is what the decision to flag a group looks at.
type summary struct {
	persons, names, employers, homes int
	families                         []graph.Family // that count, sorted
	sorts                            int            // independent sorts of evidence that count: families, but mailbox, phone and handle are three
	beyond                           int            // of these, other than lines and doors
	outsiders                        int            // registered at a home of their own, where no other member lives or has equipment sent
	mostOutside                      bool           // they are most of those whose home is known
	oneHome, twoHomes, oneEmployer   bool
	hardly                           bool // something a household does not explain
	ghosts                           bool // a purse of people who are paid and never sign in
	moneyOnly                        bool // money and contacts are all there is, and most have work of their own
	oneAccount                       bool // most are tied by one account beside a life of their own
	site                             bool // a line and a door are all that ties them, and they are few
	unknownHome                      bool // few live on one line, and nothing says that their homes differ
}

// sum looks at a group.
func (d *detection) sum(g group) summary {
	s := summary{persons: len(g.persons), names: d.names(g.persons)}
	homes, sizes := d.distinct(g.persons, d.model.Homes)
	s.homes = homes
	known := 0
	for _, n := range sizes {
		known += n
	}
	s.families = d.families(g)
	s.sorts, s.beyond = d.sorts(g)
	s.outsiders = d.outside(g.persons)
	s.mostOutside = s.outsiders >= d.o.Homes && float64(s.outsiders) >= d.o.OneHome*float64(known)
	s.oneHome, s.twoHomes = d.households(sizes)
	if s.outsiders >= d.o.Homes && s.beyond >= d.o.Families { // strangers to the home are tied by more than the home
		s.oneHome, s.twoHomes = false, false
	}
	s.employers, s.oneEmployer = d.employers(g)
	s.hardly = d.hardly(g, d.oneLine(g))
	s.ghosts = d.ghosts(g)
	s.moneyOnly = d.moneyOnly(g, s.families)
	few := len(g.persons) < d.o.Site
	s.site = few && !s.mostOutside && !slices.ContainsFunc(s.families, func(f graph.Family) bool { return f != graph.Network && f != graph.Place })
	s.unknownHome = few && 2*known < len(g.persons) && d.oneLine(g)
	return s
}

// oneLine reports whether nearly all persons of a group are at base on one line.
func (d *detection) oneLine(g group) bool {
	most := 0
	for _, i := range d.sharedValues(g) {
		v, n := d.model.Values[i], 0
		if !d.model.IsLine(v) {
			continue
		}
		for _, h := range d.inside(g, v) {
			if d.model.AtBase(h) {
				n++
			}
		}
		most = max(most, n)
	}
	return float64(most) >= d.o.TwoHomes*float64(len(g.persons))
}

// distinct counts what is different among the persons: persons with one of the numbers in common count as one, those
// without a number not at all. It returns also how many persons each has, most first.
func (d *detection) distinct(persons []uint32, of func(uint32) []uint32) (int, []int) {
	var sets linkage.Sets
	first, place := map[uint32]int{}, make([]int, 0, len(persons)) // number -> the set it was met in first
	for _, p := range persons {
		numbers := of(p)
		if len(numbers) == 0 {
			continue
		}
		one := sets.Add()
		for _, x := range numbers {
			if other, ok := first[x]; ok {
				sets.Join(other, one)
			} else {
				first[x] = one
			}
		}
		place = append(place, one)
	}
	count := map[int]int{}
	for _, i := range place {
		count[sets.Find(i)]++
	}
	sizes := slices.SortedFunc(maps.Values(count), func(a, b int) int { return cmp.Compare(b, a) })
	return len(sizes), sizes
}

// manyNames is more names than any rule asks for, so that slips of the keyboard need not be looked for among them.
const manyNames = 100

// names counts the full names of persons; names that differ by a slip of the keyboard count once.
func (d *detection) names(persons []uint32) int {
	n, _ := d.distinct(persons, d.model.Names)
	if n < 2 || n > manyNames {
		return n
	}
	number := map[uint32][]uint32{} // person -> the persons of like names before
	for i, p := range persons {
		if len(d.model.Names(p)) == 0 {
			continue
		}
		number[p] = []uint32{p}
		for _, q := range persons[:i] {
			if d.model.SameName(p, q) {
				number[p] = append(number[p], q)
			}
		}
	}
	n, _ = d.distinct(persons, func(p uint32) []uint32 { return number[p] })
	return n
}

// households reports whether the members with a known home mostly live in one, or nearly all in two where two or more live.
func (d *detection) households(sizes []int) (one, two bool) {
	known, shared := 0, 0
	for i, n := range sizes {
		known += n
		if i < 2 && n > 1 {
			shared += n
		}
	}
	if known < 2 {
		return false, false
	}
	return sizes[0] > 1 && float64(sizes[0]) >= d.o.OneHome*float64(known), float64(shared) >= d.o.TwoHomes*float64(known)
}

// employers counts the employers, and reports whether there is one that all persons have and through whose accounts alone they are tied.
func (d *detection) employers(g group) (int, bool) {
	n := map[uint32]int{}
	for _, p := range g.persons {
		for _, e := range d.model.Employers(p) {
			n[e]++
		}
	}
	all := false
	for e, k := range n {
		all = all || k == len(g.persons) && d.tiedAt(g, e)
	}
	return len(n), all
}

// tiedAt reports whether the accounts that tie a group are those at one employer, or at none.
func (d *detection) tiedAt(g group, employer uint32) bool {
	for _, t := range d.tiesOf(g) {
		for _, a := range t.accounts {
			if es := d.model.AccountEmployers(a); len(es) > 0 && !slices.Contains(es, employer) {
				return false
			}
		}
	}
	return true
}

// outside counts the persons who are registered where no other of them is, and no equipment of another is sent.
func (d *detection) outside(persons []uint32) int {
	lives, sent := map[uint32]int{}, map[uint32][]uint32{}
	for _, p := range persons {
		for _, h := range d.model.Homes(p) {
			lives[h]++
		}
		for _, h := range d.model.Doors(p) {
			sent[h] = append(sent[h], p)
		}
	}
	n := 0
	for _, p := range persons {
		homes := d.model.Homes(p)
		if len(homes) > 0 && !slices.ContainsFunc(homes, func(h uint32) bool {
			return lives[h] > 1 || slices.ContainsFunc(sent[h], func(q uint32) bool { return q != p })
		}) {
			n++
		}
	}
	return n
}

// sorts counts the independent sorts of evidence that count, and those among them that are neither line nor door.
func (d *detection) sorts(g group) (all, beyond int) {
	type sort struct {
		kin  linkage.Kin
		kind ident.Kind
	}
	var met []sort
	for _, l := range g.links {
		if !d.counts(l) {
			continue
		}
		s := sort{kin: l.Kin}
		if l.Kin.Family() == graph.Contact {
			s.kind = d.model.Kind(d.model.Values[l.Value])
		}
		if slices.Contains(met, s) {
			continue
		}
		met = append(met, s)
		if f := l.Kin.Family(); f != graph.Network && f != graph.Place {
			beyond++
		}
	}
	return len(met), beyond
}

// counts reports whether a link is strong enough for its family to count: between people who are not of one name.
func (d *detection) counts(l linkage.Link) bool {
	if float64(l.Points) < d.o.FamilyNeed {
		return false
	}
	return !d.model.SameName(l.A, l.B)
}

// families lists the families that count, sorted.
func (d *detection) families(g group) []graph.Family {
	var fs []graph.Family
	for _, l := range g.links {
		if f := l.Kin.Family(); d.counts(l) && !slices.Contains(fs, f) {
			fs = append(fs, f)
		}
	}
	slices.Sort(fs)
	return fs
}

// hardly reports whether something ties people of different names that no household explains: a document, a mailbox or a handle.
// Unless all live on one line, where there may be one computer and one purse, a device and one purse of several names do so, too.
func (d *detection) hardly(g group, together bool) bool {
	purses := map[uint32][]uint32{}
	for _, l := range g.links {
		if !d.counts(l) {
			continue
		}
		v := d.model.Values[l.Value]
		if d.model.Unhomely(v, l.Kin) && !(together && l.Kin.Family() == graph.DeviceFamily) {
			return true
		}
		if l.Kin.Family() == graph.Money && !together {
			purses[l.Value] = append(purses[l.Value], l.A, l.B)
		}
	}
	for _, ps := range purses { // one is enough, whichever
		slices.Sort(ps)
		if d.names(slices.Compact(ps)) >= d.o.Names {
			return true
		}
	}
	return false
}

// ghosts reports whether a purse of people who never sign in holds enough names of the group, and most of it.
func (d *detection) ghosts(g group) bool {
	purses := map[uint32][]uint32{}
	for _, l := range g.links {
		if d.model.Values[l.Value].Class == linkage.ClassPaper {
			purses[l.Value] = append(purses[l.Value], l.A, l.B)
		}
	}
	for _, ps := range purses { // one is enough, whichever
		slices.Sort(ps)
		ps = slices.Compact(ps)
		if d.names(ps) >= d.o.Names && 2*len(ps) > len(g.persons) {
			return true
		}
	}
	return false
}

// moneyOnly reports whether nothing but money and contacts ties the group, and each value is nearly everybody's: one bundle, such as
// the account, number and mailbox of a guardian, a relative or an agent. Rings that share no line or machine share several values,
// each by a few.
func (d *detection) moneyOnly(g group, fs []graph.Family) bool {
	if len(fs) == 0 || slices.ContainsFunc(fs, func(f graph.Family) bool {
		return f == graph.Network || f == graph.DeviceFamily || f == graph.Place || f == graph.Papers
	}) {
		return false
	}
	for _, l := range g.links {
		if v := d.model.Values[l.Value]; d.counts(l) && float64(len(d.inside(g, v))) < d.o.Bundle*float64(len(g.persons)) {
			return false
		}
	}
	return true
}
