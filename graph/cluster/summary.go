package cluster

import (
	"cmp"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// summary is what the decision to flag a group looks at.
type summary struct {
	persons, names, employers, homes int
	families                         []graph.Family // that count, sorted
	unhomely                         int            // sorts of evidence that people who live together do not share as a matter of course
	units                            int            // households that the members could be; see [detection.units]
	tied                             int            // units that more than one value ties to the others
	sorts                            int            // independent sorts of evidence between these: families, but mailbox, phone and handle are three
	beyond                           int            // of these, other than lines and doors
	habits                           float64        // bits that speak for personas, see [detection.posing]
	posing                           bool           // they do as personas do, see [habit], and not as people who live together
	busy                             bool           // several hold more than one job at once, as few people do
	mostOutside                      bool           // most of those whose home is known are registered at a home of their own, where nobody else is and nothing of others is sent
	oneHome                          bool           // most could live in one home, and line and door are most of what ties the others to it
	oneEmployer                      bool
	ghosts                           bool // a purse of people who are paid and never sign in
	firm                             bool // one purse, and one number, mailbox or line, is everybody's, and most do not live elsewhere
	residents                        bool // most of them live on shared lines and are hardly anywhere else, and not at homes of their own
	flat                             bool // few people on one line, who share nothing that people who live together do not
	workplace                        bool // line, door and contacts are all, and half of those who sign in live elsewhere; see [detection.workplace]
	moneyOnly                        bool // values of money and contacts that all have are all there is
	oneAccount                       bool // most are tied by one account beside a life of their own
	pairs                            bool // as few names as a flag needs, of whom no value has more than two, and their habits are not those of personas
	site                             bool // lines and doors are all that ties them, and most do not live elsewhere
}

// sum looks at a group.
func (d *detection) sum(g group, habits float64) summary {
	s := summary{persons: len(g.persons), names: d.names(g.persons)}
	homes, sizes := d.distinct(g.persons, d.model.Homes)
	s.homes = homes
	known := 0
	for _, n := range sizes {
		known += n
	}
	s.busy, s.habits, s.posing = d.busy(g.persons), habits, habits >= d.o.Habits
	bits := d.bits(g)
	odd := d.odd(g, s, bits)
	units := d.units(g, false, odd)
	s.unhomely = d.unhomely(d.between(g, units))
	unhomely := s.unhomely >= d.o.Families
	if unhomely {
		units = d.units(g, true, odd)
	}
	between := d.between(g, units)
	largest := 0
	s.units, largest = sizesOf(units)
	s.families = d.families(between)
	s.sorts, s.beyond = d.sorts(between)
	if s.busy {
		s.sorts++
	}
	if s.posing {
		s.sorts++
	}
	outsiders := d.outside(g.persons)
	s.mostOutside = outsiders >= d.o.Homes && float64(outsiders) >= d.o.OneHome*float64(known)
	s.oneHome = largest > 1 && float64(largest) >= d.o.OneHome*float64(len(g.persons)) && s.beyond < d.o.Families && !s.busy && !s.posing
	s.employers, s.oneEmployer = d.employers(g)
	s.ghosts = d.ghosts(g)
	s.moneyOnly = d.moneyOnly(g, s.families)
	some, all := d.bundle(g, s.names)
	s.firm = !s.mostOutside && (some && !unhomely || all)
	places := !slices.ContainsFunc(s.families, func(f graph.Family) bool { return f != graph.Network && f != graph.Place })
	s.residents = !s.posing && (!s.mostOutside || places && s.habits < 0 && s.names <= d.o.Site) && d.residing(g)
	s.pairs = s.names <= d.o.Names && habits < personaBits && d.onlyPairs(g)
	s.tied = d.corroborated(between, units, s.posing)
	s.flat = d.flat(g, s)
	s.workplace = d.workplace(g, bits) && !slices.ContainsFunc(s.families, func(f graph.Family) bool {
		return f != graph.Network && f != graph.Place && f != graph.Contact
	})
	s.site = !s.mostOutside && !s.busy && !s.posing && places
	return s
}

// odd tells who of a group, with its bits, is no ordinary resident of the home that they use: who does as personas do, where others of the group do so too.
func (d *detection) odd(g group, s summary, bits []float64) func(person uint32) bool {
	return func(p uint32) bool {
		i, _ := slices.BinarySearch(g.persons, p)
		return s.busy && d.model.Seats(p) > 1 || s.posing && bits[i] > 0
	}
}

// busy reports whether more of the persons than chance would have it hold two jobs or more at once. One or two people in a hundred do;
// personas under one hand are made for it (published cases have 1 to 13 employers for an identity, 4 or 5 in the middle).
func (d *detection) busy(persons []uint32) bool {
	n := 0
	for _, p := range persons {
		if d.model.Seats(p) > 1 {
			n++
		}
	}
	return n >= d.o.Busy && float64(n) >= d.o.BusyShare*float64(len(persons))
}

// unhomely counts the sorts of evidence in a group that people who live together do not share as a matter of course: a second factor, a
// document, a mailbox, a handle, a referee, an applicant's papers.
func (d *detection) unhomely(g group) int {
	type sort struct {
		kin  linkage.Kin
		kind ident.Kind
	}
	var met []sort
	for _, l := range g.links {
		v := d.model.Values[l.Value]
		s := sort{l.Kin, d.model.Kind(v)}
		if d.counts(l) && !slices.Contains(met, s) && (!l.Kin.Hard() || d.model.Unhomely(v, l.Kin) && d.secondFactor(v, l)) {
			met = append(met, s)
		}
	}
	return len(met)
}

// secondFactor reports whether a device is one that both use to prove who they are; a value that is no device is as good.
func (d *detection) secondFactor(v linkage.Value, l linkage.Link) bool {
	if d.model.Kind(v) != ident.Device {
		return true
	}
	a, _ := d.model.Holder(v, l.A)
	b, _ := d.model.Holder(v, l.B)
	return d.has(v, a, graph.MFA) && d.has(v, b, graph.MFA)
}

// sizesOf counts the units, and the members of the largest.
func sizesOf(units []int) (n, largest int) {
	count := map[int]int{}
	for _, u := range units {
		count[u]++
		largest = max(largest, count[u])
	}
	return len(count), largest
}

// between returns a group with the links between its units only.
func (d *detection) between(g group, units []int) group {
	out := group{persons: g.persons, links: make([]linkage.Link, 0, len(g.links))}
	unit := func(p uint32) int { i, _ := slices.BinarySearch(g.persons, p); return units[i] }
	for _, l := range g.links {
		if unit(l.A) != unit(l.B) {
			out.links = append(out.links, l)
		}
	}
	return out
}

// distinct counts what is different among the persons: persons with one of the numbers in common count as one, those
// without a number not at all. It returns also how many persons each has, most first.
func (d *detection) distinct(persons []uint32, of func(uint32) []uint32) (int, []int) {
	sets := linkage.NewSets(len(persons))
	first := make(map[uint32]int, len(persons)) // number -> the person it was met in first
	for i, p := range persons {
		for _, x := range of(p) {
			if other, ok := first[x]; ok {
				sets.Join(other, i)
			} else {
				first[x] = i
			}
		}
	}
	count, n := make([]int, len(persons)), 0
	for i, p := range persons {
		if len(of(p)) > 0 {
			count[sets.Find(i)]++
		}
	}
	for _, size := range count {
		if size > 0 {
			count[n] = size
			n++
		}
	}
	sizes := count[:n]
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	return n, sizes
}

// names counts the full names of persons, or the names of one word of those who have no full one, whichever are more: who is called by one word may be
// anybody of the others. A person with several counts once, with all who have one of them.
func (d *detection) names(persons []uint32) int {
	full, _ := d.distinct(persons, d.model.Names)
	if !slices.ContainsFunc(persons, func(p uint32) bool { return len(d.model.Names(p)) == 0 && len(d.model.Called(p)) > 0 }) {
		return full
	}
	short, _ := d.distinct(persons, func(p uint32) []uint32 {
		if len(d.model.Names(p)) > 0 {
			return nil
		}
		return d.model.Called(p)
	})
	return max(full, short)
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

// counts reports whether a link is strong enough for its family to count: between people of two names. A person without a name may be
// either of them.
func (d *detection) counts(l linkage.Link) bool {
	return float64(l.Points) >= d.o.FamilyNeed && d.model.OtherName(l.A, l.B)
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
	names := float64(d.names(g.persons)) // some are in the data more than once
	for _, l := range g.links {
		if !d.counts(l) {
			continue
		}
		var have []uint32
		for _, h := range d.inside(g, d.model.Values[l.Value]) {
			have = append(have, h.Person)
		}
		if float64(d.names(have)) < d.o.Bundle*names {
			return false
		}
	}
	return true
}

// bundle reports whether some of what a firm has in common most of a group have: one purse, and nearly all one phone or mailbox; or nearly
// all one purse, and most one line or door; and whether they have all of it. People are counted by their names, because some are in
// the data more than once.
func (d *detection) bundle(g group, names int) (some, all bool) {
	money, contact, place := 0.0, 0.0, 0.0
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		var have []uint32
		for _, h := range d.inside(g, v) {
			if !d.model.IsLine(v) || d.model.AtBase(h) {
				have = append(have, h.Person)
			}
		}
		share := float64(d.names(have)) / float64(max(1, names))
		switch d.model.Kind(v) {
		case ident.Payment:
			money = max(money, share)
		case ident.Phone, ident.Email:
			contact = max(contact, share)
		case ident.IP, ident.Address:
			place = max(place, share)
		}
	}
	nearly := d.o.Bundle
	if names >= d.o.Site { // of so many, one more may be missing in the data
		nearly = min(nearly, d.o.OneHome)
	}
	return money >= .5 && contact >= nearly || money >= d.o.Bundle && place >= .5 || money >= everybody, money >= .5 && contact >= d.o.Bundle && place >= .5
}

// everybody is the share of people that is all of them but for one who is missing in the data of many.
const everybody = .9

// flat reports whether a few people live on one line, and share nothing that people who live together do not share.
func (d *detection) flat(g group, s summary) bool {
	elsewhere := s.mostOutside && s.homes > d.o.Homes && s.beyond > 0 // each has a home of their own, and they share more than line and door
	return s.names < d.o.Site && !elsewhere && !s.busy && !s.posing && s.unhomely == 0 && d.oneLine(g)
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
	return float64(most) >= d.o.Bundle*float64(len(g.persons))
}

// onlyPairs reports whether no value but exits, which many have, is held by more than two names of a group.
func (d *detection) onlyPairs(g group) bool {
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		if v.Class == linkage.ClassEgress || v.Class.Mute() {
			continue
		}
		var have []uint32
		for _, h := range d.inside(g, v) {
			have = append(have, h.Person)
		}
		if d.names(have) > 2 {
			return false
		}
	}
	return true
}

// corroborated counts the units that two values at least tie to other units: all lines count as one, and so do all doors, and values of
// money and contact that are the same people's; several jobs at once count as another. Who hangs on one value may be there by chance,
// by a value that was planted, or one that strangers have in common for a reason that nobody thought of.
func (d *detection) corroborated(between group, units []int, posing bool) int {
	strands, n := make([][]strand, len(between.persons)), 0 // by unit: a unit is the place of one of its persons
	unit := func(p uint32) int { i, _ := slices.BinarySearch(between.persons, p); return units[i] }
	add := func(p uint32, s strand) {
		if u := unit(p); !slices.Contains(strands[u], s) {
			strands[u] = append(strands[u], s)
		}
	}
	bundle := d.bundles(between)
	for _, l := range between.links {
		if d.counts(l) {
			s := strandOf(l)
			if b, ok := bundle[l.Value]; ok {
				s = strand{family: "bundle", value: b}
			}
			add(l.A, s)
			add(l.B, s)
		}
	}
	for _, p := range between.persons {
		if d.model.Seats(p) > 1 && len(strands[unit(p)]) > 0 {
			add(p, strand{family: "jobs"})
		}
		if posing && len(strands[unit(p)]) > 0 {
			add(p, strand{family: "habits"})
		}
	}
	for _, list := range strands {
		if len(list) > 1 {
			n++
		}
	}
	return n
}

// bundles puts the values of money and contact together that the same people have: the account, number and mailbox of a bookkeeper
// come as one. It returns the first value of each bundle, by value.
func (d *detection) bundles(g group) map[uint32]uint32 {
	type held struct {
		value   uint32
		persons []uint32
	}
	var first []held
	of := map[uint32]uint32{}
	for _, i := range linkedValues(g.links) {
		v := d.model.Values[i]
		switch d.model.Kind(v) {
		case ident.Payment, ident.Phone, ident.Email:
		default:
			continue
		}
		var persons []uint32
		for _, h := range d.inside(g, v) {
			persons = append(persons, h.Person)
		}
		at := slices.IndexFunc(first, func(f held) bool { return alike(f.persons, persons) >= d.o.Alike })
		if at < 0 {
			first, at = append(first, held{i, persons}), len(first)
		}
		of[i] = first[at].value
	}
	return of
}

// alike returns how much two sorted lists have in common: the Jaccard index.
func alike(a, b []uint32) float64 {
	both := 0
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// workplace reports whether at least half of those of a group who sign in live elsewhere: from a line of their own at the same time as
// from the ones they share, or not from these at all. They come to a place, or have an agency's address and number.
func (d *detection) workplace(g group, bits []float64) bool {
	lines := map[uint32][]span{}
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		if !d.model.IsLine(v) {
			continue
		}
		for _, h := range d.inside(g, v) {
			if h.First != 0 && d.model.AtBase(h) {
				lines[h.Person] = append(lines[h.Person], span{h.First, h.Last})
			}
		}
	}
	n, all := 0, 0
	for i, p := range g.persons {
		shared, here := lines[p]
		if d.signIns(p) == 0 {
			continue
		}
		if all++; bits[i] >= personaBits {
			continue // does not look like somebody who goes to work
		}
		if here && slices.ContainsFunc(shared, func(s span) bool { return d.model.OwnLine(p, s.first, s.last) >= d.o.OwnLine }) || !here && d.livesElsewhere(g, p) {
			n++
		}
	}
	return n > 0 && 2*n >= all
}

// span is a time from first to last.
type span struct{ first, last graph.Time }
