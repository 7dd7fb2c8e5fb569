package simulate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// households makes 25 homes of two to four people with jobs. Most share a surname, many a purse, some a number.
// The last four are flats of people who only share the rent, and with it line and door.
func (b *builder) households() {
	r := b.source("households")
	for n := range 25 {
		size := 2
		if x := r.Float64(); x > .93 {
			size = 4
		} else if x > .78 {
			size = 3
		}
		kind := "household"
		if n >= 21 {
			kind, size = "flat", 3
		}
		g := b.group(fmt.Sprintf("household-%d", n+1), kind, false, "people who live together")
		b.household(r, g, kind, size)
	}
}

func (b *builder) household(r *rand.Rand, g, kind string, size int) {
	home, line := b.place(r), b.ip(r)
	last := ""
	if kind == "household" && r.Float64() < .75 {
		last = pick(r, lastNames)
	}
	joint, plan := r.Float64() < .7, r.Float64() < .4
	var first *Person
	for i := range size {
		p := b.person(r, last)
		p.Group, p.Role, p.Home = g, "resident", home
		p.Lines = []Presence{{IP: line, Weight: 1}}
		if kind == "household" && i == 1 && joint {
			p.Bank = first.Bank
		}
		if kind == "household" && i > 0 && plan {
			p.Phone = first.Phone // the one number that the family gives
		}
		if i == 0 {
			first = p
		}
		employer := r.IntN(len(b.w.Employers))
		from, to := b.tenure(r)
		b.hire(r, p, employer, from, to)
	}
}

// office makes forty people of one employer who work at its office half of the time.
func (b *builder) office() {
	r := b.source("office")
	g := b.group("office", "office", false, "people of one employer who share its office's address")
	for range 40 {
		p := b.person(r, "")
		p.Group, p.Home = g, b.place(r)
		p.Lines = []Presence{{IP: b.w.Employers[officeOf].Office, Weight: .5}, {IP: b.ip(r), Weight: .5}}
		from, to := b.tenure(r)
		b.hire(r, p, officeOf, from, to)
	}
}

// single makes somebody who lives alone and has one job.
func (b *builder) single(r *rand.Rand, employer int) *Person {
	p := b.person(r, "")
	p.Home = b.place(r)
	p.Lines = []Presence{{IP: b.ip(r), Weight: 1}}
	from, to := b.tenure(r)
	b.hire(r, p, employer, from, to)
	return p
}

// oddities makes the people whom a careless method takes for one hand.
func (b *builder) oddities() {
	r := b.source("oddities")
	b.victim(r)
	b.overEmployed(r)
	b.reassigned(r)
	b.recycled(r)
	b.movers(r)
	b.namesakes(r)
}

// victim makes the real owner of a persona's name and home: at another employer, with everything of their own.
func (b *builder) victim(r *rand.Rand) {
	persona := &b.w.People[slices.IndexFunc(b.w.People, func(p Person) bool { return p.Role == "persona" })]
	b.group("identity-victim", "identity-victim", false, "the owner of the name and home that a persona uses")
	p := b.person(r, "")
	p.Group, p.Role = "identity-victim", "identity-victim"
	p.First, p.Last, p.Home = persona.First, persona.Last, persona.Home
	b.contacts(r, p)
	p.Lines = []Presence{{IP: b.ip(r), Weight: 1}}
	b.hire(r, p, 6, b.w.From, b.w.To).Payroll = true
}

// overEmployed makes two people who hold two jobs at once, each from one home with one machine for each.
func (b *builder) overEmployed(r *rand.Rand) {
	for n := range 2 {
		g := b.group(fmt.Sprintf("over-employed-%d", n+1), "over-employed", false, "one person with two jobs")
		p := b.single(r, n)
		p.Group = g
		b.hire(r, p, n+3, b.day(20), b.w.To)
		for i := range p.Jobs {
			p.Jobs[i].Payroll = true
		}
	}
}

// reassigned makes a laptop that a leaver hands back and a newcomer gets.
func (b *builder) reassigned(r *rand.Rand) {
	g := b.group("reassigned-laptop", "reassigned", false, "two people who had one laptop after another")
	a, c := b.single(r, 2), b.single(r, 2)
	a.Group, c.Group = g, g
	a.Jobs[0].From, a.Jobs[0].To = b.w.From, b.day(80)
	c.Jobs[0].From, c.Jobs[0].To = b.day(94), b.w.To
	c.Jobs[0].Serial = a.Jobs[0].Serial
}

// recycled makes an address that a provider gives to a stranger some weeks later.
func (b *builder) recycled(r *rand.Rand) {
	g := b.group("recycled-address", "recycled", false, "two strangers who had one IP address after another")
	a, c := b.single(r, 0), b.single(r, 5)
	a.Group, c.Group = g, g
	ip := a.Lines[0].IP
	a.Lines = []Presence{{IP: ip, To: b.day(70), Weight: 1}, {IP: b.ip(r), From: b.day(70), Weight: 1}}
	c.Lines = []Presence{{IP: c.Lines[0].IP, To: b.day(105), Weight: 1}, {IP: ip, From: b.day(105), Weight: 1}}
	for _, p := range []*Person{a, c} {
		p.Jobs[0].From, p.Jobs[0].To = b.w.From, b.w.To
	}
}

// movers makes people whose provider renumbers them every few weeks.
func (b *builder) movers(r *rand.Rand) {
	for range 10 {
		p := b.single(r, b.smallest(officeOf))
		p.Lines = nil
		for d := 0; d < b.days(); {
			n := 14 + r.IntN(40)
			p.Lines = append(p.Lines, Presence{IP: b.ip(r), From: b.day(d), To: b.day(d + n), Weight: 1})
			d += n
		}
	}
}

// namesakes makes two people who happen to have one name.
func (b *builder) namesakes(r *rand.Rand) {
	g := b.group("namesakes", "namesakes", false, "two people of one name")
	a, c := b.single(r, 1), b.single(r, 5)
	a.Group, c.Group = g, g
	c.First, c.Last = a.First, a.Last
	b.contacts(r, c)
}

// ordinary fills the world up with people who live alone.
func (b *builder) ordinary(total int) {
	r := b.source("ordinary")
	for len(b.w.People) < total {
		b.single(r, b.smallest(officeOf))
	}
}

// benign returns the people who are in none of the rings and are not made to be odd, in a drawn order.
func (b *builder) benign(r *rand.Rand, groups ...string) []*Person {
	var out []*Person
	for i := range b.w.People {
		p := &b.w.People[i]
		if p.Group == "" || slices.Contains(groups, p.Group) {
			out = append(out, p)
		}
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// coworking puts eighteen people of several employers into one coworking space, two days in five.
func (b *builder) coworking() {
	r := b.source("coworking")
	g := b.group("coworking", "coworking", false, "people of several employers who sometimes sit in one coworking space")
	ip := b.ip(r)
	for _, p := range b.benign(r)[:18] {
		p.Group = g
		p.Lines = append(p.Lines, Presence{IP: ip, Weight: .5})
	}
}

// mailboxShop has parcels of a dozen people go to one shop, each with a box of their own; two leave the box out.
func (b *builder) mailboxShop() {
	r := b.source("mailbox shop")
	g := b.group("mailbox-shop", "mailbox-shop", false, "people who have their parcels sent to one mailbox shop")
	shop := b.place(r)
	for i, p := range b.benign(r)[:12] {
		p.Group = g
		box := shop
		box.Unit = fmt.Sprintf("PMB %d", 100+7*i+r.IntN(7))
		if i >= 10 {
			box.Unit = ""
		}
		p.ShipTo = &box
	}
}

// exits puts people of all employers, and the farm's personas, behind the exits of a VPN.
func (b *builder) exits() {
	r := b.source("exits")
	b.group("vpn-exit", "vpn", false, "people who sometimes sign in through one VPN exit")
	ip := b.ip(r)
	var others []*Person
	for i := range b.w.People {
		switch p := &b.w.People[i]; {
		case p.Group == "farm" && p.Role == "persona":
			p.Lines = append(p.Lines, Presence{IP: ip, Weight: .12})
		case p.Role != "persona":
			others = append(others, p)
		}
	}
	r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	for _, p := range others[:60] {
		p.Lines = append(p.Lines, Presence{IP: ip, Weight: .05 + .3*r.Float64()})
	}
}

// applications gives applicants referees, CVs and slips of the pen: referees of a former team, a template that many use,
// and forms filled with anything.
func (b *builder) applications() {
	r := b.source("applications")
	people := b.benign(r, "office")
	lead, template := mailbox(r, "Jordan", "Hale"), file("a template")
	for i, p := range people {
		switch {
		case i < 4:
			p.Referee, p.Jobs[0].Applied = lead, true
		case i < 16:
			p.CV, p.Jobs[0].Applied = template, true
		case i < 26:
			p.Odd = pick(r, []string{"555-0100", "N/A", "000-000-0000", "123-456-7890"})
		default:
			p.Referee, p.CV = mailbox(r, pick(r, firstNames), pick(r, lastNames)), file(p.ID)
		}
	}
}

// at reports whether the presence holds at a time.
func (p Presence) at(t time.Time) bool {
	return (p.From.IsZero() || !t.Before(p.From)) && (p.To.IsZero() || t.Before(p.To))
}
