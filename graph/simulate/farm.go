package simulate

// house puts personas into a host's home: laptops go there, and most sign in from there.
func (b *block) house(g *ring, h *host, n int) []*actor {
	var out []*actor
	for range n {
		a := b.persona(g, h)
		b.personaJobs(a)
		out = append(out, a)
	}
	return out
}

// settleIn gives the personas of a ring their doors and lines. Servers are what the operators of several personas share.
func (b *block) settleIn(g *ring, personas []*actor, door, line float64) {
	hosts := map[string]*host{}
	for _, h := range g.hosts {
		hosts[h.site] = h
	}
	b.r.Shuffle(len(personas), func(i, j int) { personas[i], personas[j] = personas[j], personas[i] })
	var server, abroad val
	for i, a := range personas {
		if i%4 == 0 || a.dedicated { // an operator runs about four personas
			server, abroad = b.newServer(), b.newServer()
		}
		b.settleOne(a, hosts[a.site], door, line)
		b.masks(a, server, abroad)
	}
}

// settleOne gives one persona its door and its line at the farm.
func (b *block) settleOne(a *actor, h *host, door, line float64) {
	laptop := h != nil && b.r.Float64() >= shareNoLaptop
	if !laptop {
		a.noParcel = true
		a.site = ""
		return
	}
	if b.r.Float64() < door {
		a.parcel = true
		a.shipTo = &dwelling{h.home.place, natureFarm}
		if b.r.Float64() < .5 && !a.dedicated {
			a.shipPhone = h.who.phone.as(natureFarm)
		}
	}
	if b.r.Float64() >= line {
		return
	}
	gone := daysSeen
	if b.r.Float64() < shareReshipped && len(a.seats) > 0 {
		gone = max(a.seats[0].from, 0) + 14 + b.r.IntN(42)
	}
	for _, s := range h.stays {
		if s.to = min(s.to, gone); s.to >= s.from {
			s.weight = weightFarm
			a.stays = append(a.stays, s)
		}
	}
}

// masks gives a persona the lines that it hides behind: exits, servers, proxies in homes, and now and then the line abroad.
func (b *block) masks(a *actor, server, abroad val) {
	all := func(v val, weight float64, burst bool) {
		a.stays = append(a.stays, stay{line: v, from: -2000, to: daysSeen, weight: weight, burst: burst})
	}
	if b.r.Float64() < .6 {
		all(b.public.exit(b.r), weightExit*.6, false)
		all(b.public.exit(b.r), weightExit*.4, false)
	} else {
		all(server.as(natureRing), weightExit, false)
	}
	if b.r.Float64() < .5 {
		all(b.newServer(), weightProxy*2, false)
	}
	if b.r.Float64() < .4 {
		all(abroad.as(natureRing), weightLeak*2.5, true)
	}
}

// succeed adds personas that follow others: hired within 45 days after, with a value of the one before.
func (b *block) succeed(g *ring, personas []*actor) []*actor {
	out := personas
	for _, old := range personas {
		last := 0
		for _, s := range old.seats {
			last = max(last, s.to)
		}
		if last > daysSeen-80 || b.r.Float64() >= shareSuccession {
			continue
		}
		var h *host
		for _, x := range g.hosts {
			if x.site == old.site {
				h = x
			}
		}
		a := b.persona(g, h)
		b.hire(a, nil, last+5+b.r.IntN(40), daysSeen)
		switch b.r.IntN(3) {
		case 0:
			old.phone.nature = natureRing
			a.phone = old.phone
		case 1:
			old.bank.nature = natureRing
			a.bank = old.bank
		default:
			old.recoveryMail = b.newRecovery().as(natureRing)
			a.recoveryMail = old.recoveryMail
		}
		out = append(out, a)
	}
	return out
}

// makeFarm makes a small farm: one home, three to twelve personas.
func (b *block) makeFarm(id string) {
	g := b.newRing(id, "farm", "laptops of several personas in one home")
	h := b.newHost(g, 0)
	b.finishFarm(g, b.house(g, h, b.between(3, 12, 6, .5)))
}

// finishFarm gives a ring of farms all it shares.
func (b *block) finishFarm(g *ring, personas []*actor) {
	b.shareValues(g, personas)
	personas = b.succeed(g, personas)
	b.settleIn(g, personas, reuseDoor, reuseLine)
}

// makeMultihost makes a ring of several farms, with shells: small companies that some personas are paid through.
func (b *block) makeMultihost(id string) {
	g := b.newRing(id, "multihost", "several homes with laptops, and front companies that some of the wages pass through")
	var all []*actor
	for range b.between(2, 6, 3, .4) {
		h := b.newHost(g, 0)
		all = append(all, b.house(g, h, b.between(3, 13, 5, .5))...)
	}
	b.shareValues(g, all)
	b.shells(g, all)
	all = b.succeed(g, all)
	b.settleIn(g, all, reuseDoor, reuseLine)
}

// shells makes one or two front companies. They are paid for some personas, and vouch for others.
func (b *block) shells(g *ring, personas []*actor) {
	for range 1 + b.r.IntN(2) {
		name := pick(b.r, firmHeads) + " " + pick(b.r, nameHeads) + " Consulting"
		bank, office := b.newBank(), b.newRecovery()
		for _, a := range personas {
			if x := b.r.Float64(); x < .15 && len(a.seats) > 0 {
				a.seats[0].pay = bank.as(natureRing)
			} else if x < .3 {
				a.referee = office.as(natureRing)
			}
			if b.r.Float64() < .2 && len(a.seats) > 0 && a.seats[0].payroll >= 0 {
				a.say(a.seats[0].payroll, sheetPayroll, kindEmployer, relEmployed, val{name, natureRing}, a.seats[0].from)
			}
		}
	}
}

// makeHome68 makes one home with about 68 personas, those who follow others counted.
func (b *block) makeHome68(id string) {
	g := b.newRing(id, "home68", "one home with the laptops of about 68 personas")
	h := b.newHost(g, 0)
	b.finishFarm(g, b.house(g, h, 45+b.r.IntN(16)))
}

// makeCompartmented makes a farm whose personas have nothing in common but line and door, and some not even both.
func (b *block) makeCompartmented(id string) {
	g := b.newRing(id, "compartmented", "personas with device, purse and contacts of their own: only line and door tie them")
	h := b.newHost(g, 0)
	personas := b.house(g, h, b.between(4, 10, 6, .4))
	for _, a := range personas {
		b.profile(a)
		a.bank, a.dedicated = b.newFintech(), true
	}
	b.settleIn(g, personas, .8, .9)
}
