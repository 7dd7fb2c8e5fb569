package cluster

import (
	"slices"

	"samehand/graph"
	"samehand/graph/linkage"
)

// ties says through what a person is tied to the rest of a group.
type ties struct {
	seen     []seen
	accounts []uint32 // sorted, without repeats
	families []graph.Family
	strands  []strand
	base     bool // lives on a line that others live on, too: that cannot be put on somebody
	real     bool // something that ties is not on top of the person's own
	lasting  bool // something that ties was held for long, or is no more known of it
	wages    bool // is paid wages into a purse of others, and no other wages of that employer
	paper    bool // is paid into a purse of people who never sign in
	resident bool // lives where equipment of others is sent
}

// seen is a value in a family through which a person is tied. More links of it, to others who have it too, say no more of the person.
type seen struct {
	value uint32
	kin   linkage.Kin
}

// strand is what counts as one thing that ties: a value, but all lines are one, and all doors: a home has several of each.
type strand struct {
	family graph.Family
	value  uint32 // 0 for lines and doors
}

// strandOf returns the strand that a link belongs to.
func strandOf(l linkage.Link) strand {
	s := strand{l.Kin.Family(), l.Value}
	if s.family == graph.Network || s.family == graph.Place {
		s.value = 0
	}
	return s
}

// tiesOf gathers what ties each person of a group, by more than a crumb.
func (d *detection) tiesOf(g group) []ties {
	out := make([]ties, len(g.persons))
	for _, l := range g.links {
		if float64(l.Points) >= d.o.Hold {
			for _, p := range []uint32{l.A, l.B} {
				i, _ := slices.BinarySearch(g.persons, p)
				if s := (seen{l.Value, l.Kin}); !slices.Contains(out[i].seen, s) {
					out[i].seen = append(out[i].seen, s)
					d.addTie(g, &out[i], p, l)
				}
			}
		}
	}
	return out
}

// addTie adds one link to what ties a person.
func (d *detection) addTie(g group, t *ties, person uint32, l linkage.Link) {
	f := l.Kin.Family()
	if !slices.Contains(t.families, f) {
		t.families = append(t.families, f)
	}
	s := strandOf(l)
	if !slices.Contains(t.strands, s) {
		t.strands = append(t.strands, s)
	}
	v := d.model.Values[l.Value]
	h, _ := d.model.Holder(v, person)
	t.base = t.base || v.Class == linkage.ClassOpening && !d.works(h) || v.Class == linkage.ClassOwn && d.model.IsLine(v) && d.lives(v, h)
	t.wages = t.wages || f == graph.Money && d.wages(h) && !d.brief(h) && !d.extra(g, v, h)
	t.lasting = t.lasting || v.Class == linkage.ClassOpening || !d.brief(h)
	t.real = t.real || !d.extra(g, v, h)
	t.paper = t.paper || v.Class == linkage.ClassPaper && !d.brief(h)
	t.resident = t.resident || f == graph.Place && h.Role&linkage.Lives != 0
	for _, touch := range d.model.Touches(h) {
		if n, ok := slices.BinarySearch(t.accounts, touch.Account); !ok {
			t.accounts = slices.Insert(t.accounts, n, touch.Account)
		}
	}
}

// theirs reports whether what ties is a thing of the person's own for long, where others cannot put it: a line that they live on, a door, or
// what several of their accounts have.
func (t ties) theirs() bool {
	return t.real && t.lasting && (t.base || len(t.accounts) > 1 || t.families[0] == graph.Place)
}

// oneThing reports whether one thing is all that ties, and one that others can put on somebody, or that they had for some weeks only.
func (t ties) oneThing() bool {
	if len(t.strands) != 1 || t.base || t.worked() {
		return false
	}
	return plantable(t.families[0]) && !(t.real && len(t.accounts) > 1) || !t.lasting
}

// worked reports whether it is one machine, and several accounts were used on it: who only has a machine for a moment uses one.
func (t ties) worked() bool {
	return len(t.strands) == 1 && t.families[0] == graph.DeviceFamily && len(t.accounts) > 1
}

// passing finds the members who may be there without their doing. They are shown, and neither flagged nor counted when
// the group is judged:
//
//   - one family of evidence ties them through one account, beside a life of their own on others, and it may be put on them: a service, or planted;
//   - one value that others can put on them is all there is: a number in one profile, a line, or
//     anything that they had for some weeks only, but for a machine that several of their accounts were used on;
//   - all that ties them comes on top of what they have of their own, and they do not live on the cluster's lines: planted;
//   - they are at home where the lines and doors of the cluster are, and nothing else ties them: the host's family. See [detection.hostsFamily].
//
// It returns also how many are tied through one account only while others of their accounts sign in.
func (d *detection) passing(g group) (passing []bool, oneAccount int) {
	passing = make([]bool, len(g.persons))
	all, bits := d.tiesOf(g), d.bits(g)
	for i, t := range all {
		one := d.elsewhere(g.persons[i], t.accounts)
		if one {
			oneAccount++
		}
		passing[i] = !t.paper && !t.wages && bits[i] < twoHabits && (one && len(t.families) == 1 && !t.theirs() || t.oneThing() || !t.worked() && d.onTop(g, g.persons[i], t))
	}
	for _, i := range d.hostsFamily(g, all, bits) {
		passing[i] = true
	}
	return passing, oneAccount
}

// onTop reports whether all that ties a person comes on top of what they have of their own, is two values at most, and the person has one job
// at most and lines of their own: somebody who lives and works elsewhere, on whom a value or two were put.
func (d *detection) onTop(g group, person uint32, t ties) bool {
	return len(t.strands) > 0 && len(t.strands) <= d.o.Planted && !t.base && !t.real &&
		d.model.Seats(person) < 2 && d.livesElsewhere(g, person)
}

// hostsFamily lists the members, by place, who live where the parcels go and do not do as personas do (see [detection.often]), or sign in from the cluster's lines and
// hardly from elsewhere, which personas do not, while their home is not known to be elsewhere, and are tied by lines and doors only. One of them may
// be the host; the others live with the host, and the data do not tell them apart. So all are shown, may be named as candidates, and are not counted.
func (d *detection) hostsFamily(g group, all []ties, bits []float64) []int {
	only := d.onlyThere(g)
	var home []int
	for i, t := range all {
		p := g.persons[i]
		there := only[p] || d.settled(p)
		lives := there && len(d.model.Homes(p)) == 0 || t.resident && (there || bits[i] <= 0 && !d.often(p, t))
		if lives && len(t.families) > 0 && !slices.ContainsFunc(t.families, func(f graph.Family) bool { return f != graph.Network && f != graph.Place }) {
			home = append(home, i)
		}
	}
	return home
}

// often reports whether somebody has worked for several employers from a cluster's lines and is as often elsewhere: the host's family hardly does, and personas
// who register the farm's address as their home do.
func (d *detection) often(person uint32, t ties) bool {
	return slices.Contains(t.families, graph.Network) && len(d.model.Employers(person)) > 1
}

// onlyThere returns the persons of a group who sign in from its lines and hardly from elsewhere.
func (d *detection) onlyThere(g group) map[uint32]bool {
	there := map[uint32]uint64{}
	for _, i := range d.sharedValues(g) {
		v := d.model.Values[i]
		if !d.model.IsLine(v) || v.Class == linkage.ClassEgress || v.Class.Mute() {
			continue
		}
		for _, h := range d.inside(g, v) {
			if d.model.AtBase(h) {
				there[h.Person] += h.Count
			}
		}
	}
	only := map[uint32]bool{}
	for p, n := range there {
		only[p] = float64(n) >= onlyShare*float64(d.signIns(p))
	}
	return only
}

// works reports whether a person has a value through an account at an employer.
func (d *detection) works(h linkage.Holder) bool {
	return slices.ContainsFunc(d.model.Touches(h), func(t linkage.Touch) bool { return len(d.model.AccountEmployers(t.Account)) > 0 })
}

// wages reports whether a purse is paid into by an employer: on a payroll, which nobody signs in to.
func (d *detection) wages(h linkage.Holder) bool {
	return slices.ContainsFunc(d.model.Touches(h), func(t linkage.Touch) bool {
		return len(d.model.AccountEmployers(t.Account)) > 0 && !d.model.SignsIn(t.Account)
	})
}

// plantable reports whether others can put a value of the family on somebody without their doing. Nobody is paid into
// a stranger's purse for long, works on a stranger's device, or has an employer's equipment sent to a stranger's door.
func plantable(f graph.Family) bool {
	return f != graph.Money && f != graph.DeviceFamily && f != graph.Papers && f != graph.Place
}

// elsewhere reports whether a person leads a life of their own on accounts that nothing here touches: signs in through
// another one, while only one is touched, or none at which they work. What is at the employer of a touched account is the same job.
func (d *detection) elsewhere(person uint32, touched []uint32) bool {
	if len(touched) != 1 && slices.ContainsFunc(touched, d.worksOn) {
		return false
	}
	return slices.ContainsFunc(d.model.Persons.Accounts(person), func(a uint32) bool {
		if _, here := slices.BinarySearch(touched, a); here || !d.model.SignsIn(a) {
			return false
		}
		tenant := d.t.Accounts[a].Tenant()
		return tenant == "" || !slices.ContainsFunc(touched, func(b uint32) bool { return d.t.Accounts[b].Tenant() == tenant })
	})
}

// worksOn reports whether an account is one at an employer that signs in.
func (d *detection) worksOn(account uint32) bool {
	return len(d.model.AccountEmployers(account)) > 0 && d.model.SignsIn(account)
}

// core returns a group without its passing members.
func core(g group, passing []bool) group {
	var c group
	for i, p := range g.persons {
		if !passing[i] {
			c.persons, c.points = append(c.persons, p), append(c.points, g.points[i])
		}
	}
	c.links = make([]linkage.Link, 0, len(g.links))
	for _, l := range g.links {
		_, a := slices.BinarySearch(c.persons, l.A)
		_, b := slices.BinarySearch(c.persons, l.B)
		if a && b {
			c.links = append(c.links, l)
		}
	}
	return c
}
