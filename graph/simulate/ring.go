package simulate

import (
	"fmt"
	"math"
	"slices"
)

// ring is people run by one hand.
type ring struct {
	id, kind, note string
	members        []*actor // personas, facilitators and lenders
	hosts          []*host
}

// host is a home where laptops stand.
type host struct {
	site  string
	who   *actor // whose home it is; always there, but not always in the data
	home  dwelling
	stays []stay // its line, or lines one after another
}

// newRing adds a ring.
func (b *block) newRing(id, kind, note string) *ring {
	g := &ring{id: id, kind: kind, note: note}
	b.rings = append(b.rings, g)
	return g
}

// lognormal draws from a lognormal distribution by its median.
func (b *block) lognormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*b.r.NormFloat64())
}

// between draws a size by its median, within bounds.
func (b *block) between(least, most int, median, sigma float64) int {
	return min(max(int(math.Round(b.lognormal(median, sigma))), least), most)
}

// join makes an actor a member of a ring.
func (g *ring) join(a *actor) {
	a.ring = g.id
	g.members = append(g.members, a)
}

// newHost adds a host to a ring: a facilitator with a home, with a job of their own or not, and at times somebody who lives
// there. The home's line is drawn as any other, or is a new one every so many days.
func (b *block) newHost(g *ring, days int) *host {
	h := &host{site: fmt.Sprintf("%ss%d", g.id, len(g.hosts)+1)}
	g.hosts = append(g.hosts, h)
	if b.r.Float64() < shareHostWorks || g.kind == "farm" && len(g.hosts) == 1 && b.r.Float64() < .5 {
		h.who = b.born(roleFacilitator)
		g.join(h.who)
		b.work(h.who)
		b.profile(h.who)
	} else {
		h.who = &actor{role: roleFacilitator, phone: b.newPhone(), bank: b.newBank(), home: b.newHome()}
	}
	switch {
	case days > 0:
		b.leases(h.who, days, 0)
	case b.r.Float64() < shareStatic:
		h.who.stays = []stay{{line: b.newLine(), from: -2000, to: daysSeen, weight: 1}}
	default: // of a line that changes every day, most days would not be shown
		b.leases(h.who, 40+b.r.IntN(80), 0)
	}
	for i := range h.who.stays {
		h.who.stays[i].line.nature = natureFarm
	}
	h.home, h.stays = h.who.home, slices.Clone(h.who.stays)
	if b.r.Float64() < shareBystander {
		b.bystander(g, h)
	}
	return h
}

// bystander adds somebody who lives where a farm is: half of them are hardly ever elsewhere.
func (b *block) bystander(g *ring, h *host) *actor {
	a := b.born(roleBystander)
	a.ring, a.home = g.id, h.home
	if b.r.Float64() < shareSurname && h.who.number > 0 {
		a.last = h.who.last
	}
	b.work(a)
	a.stays = append(a.stays, h.stays...)
	for i := range a.stays {
		a.stays[i].line.nature = natureHome
	}
	if b.r.Float64() < .5 {
		b.habits(a)
	} else {
		b.profile(a)
	}
	return a
}

// persona adds a persona under a stolen or invented name. Its owner may be in the data.
func (b *block) persona(g *ring, h *host) *actor {
	a := b.born(rolePersona)
	g.join(a)
	if h != nil {
		a.site = h.site
	}
	a.paper.nature = natureStolen
	switch x := b.r.Float64(); {
	case x < shareStolenHome:
		if a.home.nature == natureOwn {
			a.home.nature = natureStolen
		}
		if b.r.Float64() < shareVictim {
			b.victim(g, a)
		}
	case x < shareStolenHome+shareFarmHome && h != nil:
		a.home = dwelling{h.home.place, natureFarm}
	}
	return a
}

// victim adds the true owner of a persona's name, home and document, with a life of their own.
func (b *block) victim(g *ring, a *actor) {
	v := b.born(roleVictim)
	v.ring, v.first, v.last, v.home = g.id, a.first, a.last, dwelling{a.home.place, natureOwn}
	v.email = b.newMail(v.first, v.last, false)
	v.paper = a.paper.as(natureOwn)
	b.work(v)
	b.live(v)
	b.habits(v)
}

// personaJobs gives a persona jobs one after another, two at once at times.
func (b *block) personaJobs(a *actor) {
	start := -150 + b.r.IntN(330)
	for range b.between(1, 7, 2, .6) {
		end := start + b.between(40, 500, 180, .5)
		if start > daysSeen-30 {
			break
		}
		if end > 25 {
			s := b.hire(a, nil, start, min(end, daysSeen))
			b.ensure(a, s, b.r.Float64() < .6, b.r.Float64() < .5)
		}
		start += b.between(20, 300, 120, .6)
	}
	if len(a.seats) == 0 {
		b.hire(a, nil, 30+b.r.IntN(60), daysSeen)
	}
	for range b.between(0, 4, 1, .8) { // a few of the many companies that a persona applies to are in the data
		b.apply(a)
	}
}

// reuse draws how many personas a reused value ties.
func (b *block) reuse() int {
	switch x := b.r.Float64(); {
	case x < reuseTwo:
		return 2
	case x < reuseTwo+reuseThree:
		return 3
	}
	return 4 + b.r.IntN(2)
}

// spread draws who of the personas shares a value of a kind with others, and gives each few of them one.
func (b *block) spread(among []*actor, share float64, draw func() val, give func(a *actor, v val)) {
	var of []*actor
	for _, a := range among {
		if b.r.Float64() < share {
			of = append(of, a)
		}
	}
	b.r.Shuffle(len(of), func(i, j int) { of[i], of[j] = of[j], of[i] })
	if len(of) == 1 && len(among) > 1 { // it takes two
		i := slices.Index(among, of[0])
		of = append(of, among[(i+1+b.r.IntN(len(among)-1))%len(among)])
	}
	for len(of) > 0 {
		n := min(b.reuse(), len(of))
		if len(of) == n+1 {
			n++
		}
		v := draw()
		if v.nature = natureRing; len(among) == 1 {
			v.nature = natureOwn
		}
		for _, a := range of[:n] {
			give(a, v)
		}
		of = of[n:]
	}
}

// once returns a value the first time, and draws others after it.
func once(v val, draw func() val) func() val {
	first := v.text != ""
	return func() val {
		if first {
			first = false
			return v
		}
		return draw()
	}
}

// shareValues gives the personas of a ring what they have in common beside line and door. Three in ten have nothing of it.
func (b *block) shareValues(g *ring, personas []*actor) {
	var loose []*actor
	for _, a := range personas {
		if a.dedicated = b.r.Float64() < shareDedicated; !a.dedicated {
			loose = append(loose, a)
		}
	}
	purse := val{}
	if len(g.hosts) > 0 {
		purse = g.hosts[0].who.bank
	}
	b.spread(loose, reuseBank, once(purse, b.newBank), func(a *actor, v val) { a.bank = v })
	b.spread(loose, reuseWallet, b.newWallet, func(a *actor, v val) {
		if n := len(a.seats); n > 1 || b.r.IntN(3) == 0 { // of one job, the last
			a.seats[n-1].pay = v
		}
	})
	b.spread(loose, reusePhone, b.newPhone, func(a *actor, v val) { a.phone = v })
	b.spread(loose, reuseMail/2, b.newPhone, func(a *actor, v val) { a.recoveryPhone = v })
	b.spread(loose, reuseMail, b.newRecovery, func(a *actor, v val) { a.recoveryMail = v })
	b.spread(loose, reuseMFA, b.newKey, func(a *actor, v val) { a.mfa = v })
	b.spread(loose, reusePrint, b.newPrint, func(a *actor, v val) { a.print = v })
	b.spread(loose, reuseCV, b.newFile, func(a *actor, v val) { a.cv = v })
	b.spread(loose, reusePhoto, b.newPhoto, func(a *actor, v val) { a.photo = v })
	b.spread(loose, reuseReferee, b.newRecovery, func(a *actor, v val) { a.referee = v })
	for _, a := range personas {
		if b.r.Float64() < .15 && !a.dedicated && len(personas) > 2 {
			if by := pick(b.r, personas); by != a { // one persona vouches for another
				a.referee = by.email.as(natureRing)
			}
		}
		b.profile(a)
		b.payRoute(a)
		if b.r.Float64() < shareGigPersona {
			b.sellWork(a)
		}
	}
}

// payRoute draws where a persona is paid, if that is not shared.
func (b *block) payRoute(a *actor) {
	if a.bank.nature == natureRing {
		return
	}
	switch x := b.r.Float64(); {
	case x < payFintech:
		a.bank = b.newFintech()
	case x >= payFintech+payNeobank:
		a.bank = b.newWallet()
	}
	if b.r.Float64() < shareNewBankSoon {
		b.changeBank(a, 14+b.r.IntN(16))
	}
}

// changeBank has an actor be paid elsewhere for the first days of a job.
func (b *block) changeBank(a *actor, days int) {
	if len(a.seats) == 0 {
		return
	}
	if s := a.seats[b.r.IntN(len(a.seats))]; s.payroll >= 0 {
		a.sayFor(s.payroll, sheetPayroll, kindPayment, relPayout, b.newBank(), s.from, s.from+days)
	}
}

// newRecovery draws a mailbox that is used behind personas.
func (b *block) newRecovery() val { return b.newMail(firstName(b.r), lastName(b.r), true) }
