package simulate

import "samehand/graph/ident"

// adversaries adds what those do who know how they are looked for.
func (b *block) adversaries() {
	b.camouflage()
	b.frame()
}

// camouflage gives a share of the personas an innocent life: a line of their own that is used most, a place among benign
// people, further values that are theirs alone.
func (b *block) camouflage() {
	if b.o.Camouflage == 0 {
		return
	}
	for _, g := range b.rings {
		for _, a := range g.members {
			if a.role != rolePersona || b.r.Float64() >= b.o.Camouflage {
				continue
			}
			b.cover(a)
		}
	}
}

// cover gives one persona an innocent life.
func (b *block) cover(a *actor) {
	a.stays = append(a.stays, stay{line: b.newLine().as(natureCover), from: -2000, to: daysSeen, weight: 1})
	if b.r.Float64() < .5 {
		a.stays = append(a.stays, stay{line: b.public.exit(b.r), from: -2000, to: daysSeen, weight: .3})
	}
	l := b.public.cowork(b.r)
	for _, s := range a.seats {
		if len(s.firm.offices) > 0 {
			l = pick(b.r, s.firm.offices)
		}
	}
	a.stays = append(a.stays, stay{line: l, from: -2000, to: daysSeen, weight: .3})
	on := a.open(pick(b.r, markets), "f-"+codeText(b.seed, b.slot(slotCode)))
	a.say(on, sheetMarket, kindName, relRegistered, val{a.name(), natureStolen}, 10)
	a.say(on, sheetMarket, kindEmail, relRegistered, b.newMail(a.first, a.last, true).as(natureCover), 10)
	a.sayFor(on, sheetMarket, kindPayment, relPayout, b.newBank().as(natureCover), 20, daysSeen)
	a.sayFor(on, sheetMarket, kindDevice, relUses, b.newPrint().as(natureCover), 10, daysSeen)
	for i := range a.seats {
		if s := &a.seats[i]; s.payroll >= 0 {
			a.say(s.payroll, sheetPayroll, kindPhone, relRegistered, b.newPhone().as(natureCover), max(s.from, 0)+20)
			a.say(s.payroll, sheetPayroll, kindPayment, relPayout, b.newBank().as(natureCover), max(s.from, 0)+40)
		}
	}
}

// planting is a value that somebody puts on an innocent person's account.
type planting struct {
	family string
	sheet  sheet
	kind   ident.Kind
	v      val
	home   *dwelling
}

// frame plants values of rings on accounts of innocents.
func (b *block) frame() {
	n := b.o.Frame*(b.number+1)/b.blocks - b.o.Frame*b.number/b.blocks
	for tries := 0; n > 0 && tries < 100*b.o.Frame+100; tries++ {
		a := b.anybody()
		if a.framed || len(a.seats) == 0 || a.seats[0].okta < 0 || a.seats[0].to < 200 {
			continue
		}
		g := b.rings[b.r.IntN(len(b.rings))]
		if b.plant(a, g) {
			a.framed = true
			n--
		}
	}
}

// plant puts values of one or two families of a ring on one account of an innocent, or on two.
func (b *block) plant(a *actor, g *ring) bool {
	from := b.r.IntN(len(g.members))
	planted := map[string]bool{}
	want := max(b.o.FrameFamilies, 1)
	options := b.plantings(g, from)
	if distinctFamilies(options) < want {
		return false
	}
	b.r.Shuffle(len(options), func(i, j int) { options[i], options[j] = options[j], options[i] })
	for _, p := range options {
		if len(planted) == want {
			break
		}
		if planted[p.family] {
			continue
		}
		planted[p.family] = true
		on := a.seats[0].okta
		if a.seats[0].payroll >= 0 && b.r.IntN(2) == 0 && p.kind != kindIP {
			on = a.seats[0].payroll
		}
		b.put(a, on, p)
	}
	return true
}

func distinctFamilies(ps []planting) int {
	seen := map[string]bool{}
	for _, p := range ps {
		seen[p.family] = true
	}
	return len(seen)
}

// put adds the rows of a planted value.
func (b *block) put(a *actor, on int, p planting) {
	day := max(a.seats[0].from, 0) + 10 + b.r.IntN(100)
	switch {
	case p.kind == kindIP:
		b.addLine(a, on, p.v.as(naturePlanted), int64(day)*secondsOf+14*3600, int64(day+20)*secondsOf+20*3600, 6+b.r.IntN(10))
	case p.home != nil:
		b.sayHome(a, on, p.sheet, relShipTo, dwelling{p.home.place, naturePlanted}, day, day)
	case p.kind == kindPayment:
		a.sayFor(on, p.sheet, p.kind, relPayout, p.v.as(naturePlanted), day, day+30)
	case p.kind == kindDevice:
		a.sayFor(on, p.sheet, p.kind, relUses, p.v.as(naturePlanted), day, day+30)
	default:
		a.say(on, p.sheet, p.kind, relRecovery, p.v.as(naturePlanted), day)
	}
}

// plantings lists what a ring's members have that could be planted.
func (b *block) plantings(g *ring, from int) []planting {
	var out []planting
	for i := range g.members {
		a := g.members[(from+i)%len(g.members)]
		for _, s := range a.stays {
			if (s.line.nature == natureFarm || s.line.nature == natureRing) && len(out) < 40 {
				out = append(out, planting{family: "network", sheet: sheetSignins, kind: kindIP, v: s.line})
			}
		}
		if a.bank.text != "" {
			out = append(out, planting{family: "money", sheet: sheetPayroll, kind: kindPayment, v: a.bank})
		}
		if a.shipTo != nil {
			out = append(out, planting{family: "place", sheet: sheetShipments, kind: kindAddress, home: a.shipTo})
		}
		if a.mfa.text != "" {
			out = append(out, planting{family: "device", sheet: sheetDevices, kind: kindDevice, v: a.mfa})
		}
		if a.recoveryMail.nature == natureRing {
			out = append(out, planting{family: "contact", sheet: sheetDirectory, kind: kindEmail, v: a.recoveryMail})
		}
		if a.phone.text != "" {
			out = append(out, planting{family: "contact", sheet: sheetDirectory, kind: kindPhone, v: a.phone})
		}
	}
	return out
}
