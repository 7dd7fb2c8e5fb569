package simulate

import (
	"fmt"
)

// makeLender makes one real person who lends their own name: a dozen jobs in one name, several at once.
func (b *block) makeLender(id string) {
	g := b.newRing(id, "lender", "one real person whose name others work under, at many employers at once")
	a := b.born(roleLender)
	g.join(a)
	start := -60 + b.r.IntN(60)
	for range 8 + b.r.IntN(7) {
		end := start + b.between(60, 400, 200, .4)
		s := b.hire(a, nil, start, min(end, daysSeen))
		b.ensure(a, s, true, b.r.Float64() < .5)
		if start += 8 + b.r.IntN(25); start > daysSeen-40 {
			break
		}
	}
	b.live(a)
	for i := range a.stays {
		a.stays[i].line.nature, a.stays[i].weight = natureLent, .5
	}
	b.masks(a, b.newServer(), b.newServer())
	b.profile(a)
	a.phone.nature, a.bank.nature = natureLent, natureLent
	for i := range a.seats { // one purse in three is another's account, opened for the scheme
		if b.r.IntN(3) == 0 {
			a.seats[i].pay = b.newFintech()
		}
	}
}

// makeBroker makes a broker of accounts: opened from one line and machine, handed on within two weeks, paid into few purses.
func (b *block) makeBroker(id string) {
	g := b.newRing(id, "broker", "marketplace accounts opened by one broker and handed on; paid into few purses")
	who := b.born(roleFacilitator)
	g.join(who)
	b.live(who)
	machine := b.newPrint()
	who.print = machine.as(natureRing)
	b.profile(who)
	on := b.sellWork(who) // the broker's own, from which the machine is known
	who.sayFor(on, sheetMarket, kindDevice, relUses, who.print, who.accounts[on].since, daysSeen)
	if b.r.Float64() < .5 {
		b.work(who)
	}
	var purses []val
	for range 3 + b.r.IntN(4) {
		purses = append(purses, b.newFintech().as(natureRing))
	}
	purses[0] = who.bank.as(natureRing)
	n := b.between(15, 70, 30, .5)
	for i := range n {
		b.proxy(g, who, machine, purses[b.r.IntN(len(purses))], i*300/n+b.r.IntN(8))
	}
}

// proxy adds one identity that a broker trades, with two or three accounts.
func (b *block) proxy(g *ring, who *actor, machine, purse val, day int) {
	a := b.persona(g, nil)
	a.noParcel = true
	b.profile(a)
	if a.paper.text == "" {
		a.paper = b.newPaper().as(natureStolen)
	}
	opens := stay{line: b.homeOf(who, day).as(natureFarm), from: day, to: day + 2 + b.r.IntN(10), weight: 1}
	a.stays = append(a.stays, opens)
	work := b.newServer()
	a.stays = append(a.stays, stay{line: work, from: opens.to + 1, to: daysSeen, weight: 1})
	if b.r.Float64() < .5 {
		a.stays = append(a.stays, stay{line: b.public.exit(b.r), from: opens.to + 1, to: daysSeen, weight: .5})
	}
	if b.r.Float64() < .4 {
		purse = b.newFintech()
	}
	if b.r.Float64() < .75 {
		a.print = machine.as(natureRing)
	}
	a.bank = purse
	for k := range min(1+b.reuse(), len(markets)) {
		on := a.open(markets[(k+a.number)%len(markets)], "f-"+codeText(b.seed, b.slot(slotCode)))
		a.say(on, sheetMarket, kindName, relRegistered, val{a.name(), natureStolen}, day)
		a.say(on, sheetMarket, kindEmail, relRegistered, a.email, day)
		a.say(on, sheetMarket, kindDocument, relRegistered, a.paper, day)
		a.sayFor(on, sheetMarket, kindDevice, relUses, a.print, day, opens.to)
		a.sayFor(on, sheetMarket, kindPayment, relPayout, a.bank, day+5, daysSeen)
		b.sayHome(a, on, sheetMarket, relRegistered, a.home, day, day)
	}
}

// homeOf returns the line that somebody lives on at a day.
func (b *block) homeOf(a *actor, day int) val {
	best := a.stays[0].line
	for _, s := range a.stays {
		if s.from <= day && s.to >= day {
			return s.line
		}
		if s.from <= day {
			best = s.line
		}
	}
	return best
}

// makeCrypto makes developers who are paid in wallets: no laptops, and one value or another shared with the next.
func (b *block) makeCrypto(id string) {
	g := b.newRing(id, "crypto", "developers who are paid in wallets; a chain of values that two or three share each")
	var personas []*actor
	for range b.between(4, 14, 7, .4) {
		a := b.persona(g, nil)
		a.noParcel = true
		b.personaJobs(a)
		a.wallet, a.handle = b.newWallet(), b.newHandle(a)
		personas = append(personas, a)
	}
	main := b.newWallet()
	for i, a := range personas {
		b.profile(a)
		if i > 0 {
			b.chain(personas[i-1], a)
			if i > 1 && b.r.Float64() < .5 {
				b.chain(personas[b.r.IntN(i-1)], a)
			}
		}
	}
	server, abroad := b.newServer(), b.newServer()
	for i, a := range personas {
		if i%4 == 0 {
			server, abroad = b.newServer(), b.newServer()
		}
		b.masks(a, server, abroad)
		a.stays = append(a.stays, stay{line: b.newServer(), from: -2000, to: daysSeen, weight: .6})
		for k := range a.seats {
			a.seats[k].pay = a.wallet
		}
		on := b.sellWork(a)
		if b.r.Float64() < .6 { // on to the wallet where all comes together
			a.sayFor(on, sheetMarket, kindPayment, relTransfer, main.as(natureRing), 30, daysSeen)
		}
	}
}

// chain gives two personas one value in common.
func (b *block) chain(p, q *actor) {
	gives := []func(){
		func() { p.wallet.nature = natureRing; q.wallet = p.wallet },
		func() { p.handle.nature = natureRing; q.handle = p.handle },
		func() { p.recoveryMail = b.newRecovery().as(natureRing); q.recoveryMail = p.recoveryMail },
		func() { p.print = b.newPrint().as(natureRing); q.print = p.print },
		func() { p.cv = b.newFile().as(natureRing); q.cv = p.cv },
		func() { p.referee = b.newRecovery().as(natureRing); q.referee = p.referee },
		func() { p.phone.nature = natureRing; q.phone = p.phone },
	}
	pick(b.r, gives)()
}

// makeGhosts makes employees who do not exist, put on a payroll by somebody who works there.
func (b *block) makeGhosts(id string) {
	g := b.newRing(id, "ghosts", "employees on one payroll who never sign in, paid into the purses of somebody in payroll")
	f := &b.public.firms[b.r.IntN(min(len(b.public.firms), 12))]
	for tries := 0; !f.signins && tries < 50; tries++ {
		f = &b.public.firms[b.r.IntN(min(len(b.public.firms), 12))]
	}
	who := b.born(roleFacilitator)
	g.join(who)
	s := b.hire(who, f, -900, daysSeen)
	b.ensure(who, s, true, false)
	b.live(who)
	b.habits(who)
	purses := []val{who.bank.as(natureRing), b.newBank().as(natureRing)}
	for i := range b.between(4, 10, 6, .3) {
		a := b.born(rolePersona)
		g.join(a)
		from := b.r.IntN(200)
		n := b.nextJob()
		a.seats = append(a.seats, seat{number: n, firm: f, payer: f, from: from, to: daysSeen, okta: -1, ats: -1,
			payroll: a.open(payrollOf(f), staffNumber(n)), pay: purses[i%2]})
		a.noParcel = true
		if b.r.Float64() < .3 {
			a.home = dwelling{who.home.place, natureRing}
		}
		if b.r.Float64() < .5 {
			a.phone = who.phone.as(natureRing)
		}
	}
}

// makeTrap makes two farms and a household that sign in through one exit and get parcels at one mailbox shop.
func (b *block) makeTrap(id string) {
	exit := b.public.line(hubExit, 1+b.r.IntN(4))
	shop := placeAt(b.seed, uint64(placeShop))
	enter := func(a *actor, box string) {
		a.stays = append(a.stays, stay{line: exit, from: -2000, to: daysSeen, weight: .4})
		to := dwelling{shop, natureCounter}
		if to.place.Unit = "PMB " + box; b.r.IntN(3) == 0 {
			to.place.Unit = ""
		}
		a.shipTo, a.parcel = &to, true
	}
	for _, half := range []string{"a", "b"} {
		g := b.newRing(id+half, "merge-trap", "a farm that shares an exit and a mailbox shop with another farm and a household")
		h := b.newHost(g, 0)
		personas := b.house(g, h, b.between(4, 9, 6, .3))
		b.finishFarm(g, personas)
		for i, a := range personas {
			if i%2 == 0 {
				enter(a, id[1:]+half+fmt.Sprint(7*i))
			}
		}
	}
	for i, a := range b.household(3) {
		enter(a, id[1:]+"c"+fmt.Sprint(i))
	}
}

// makeRecycled makes a farm whose line changes every few weeks; what it gives back goes to strangers.
func (b *block) makeRecycled(id string) {
	g := b.newRing(id, "recycled-ips", "a farm whose provider changes its address; strangers get the old ones")
	h := b.newHost(g, 30+b.r.IntN(30))
	for _, s := range h.stays {
		if s.to+4 < daysSeen-40 {
			b.taken(s.line)
			a := b.ordinary()
			a.group = b.group("recycled-ip", "somebody who got an address that a farm had before")
			day := s.to + 3 + b.r.IntN(10)
			for i := range a.stays {
				a.stays[i].to = min(a.stays[i].to, day-1)
			}
			a.stays = append(a.stays, stay{line: s.line.as(natureRecycled), from: day, to: min(day+60, daysSeen), weight: 1})
		}
	}
	b.finishFarm(g, b.house(g, h, b.between(4, 9, 6, .3)))
}
