package simulate

import (
	"cmp"
	"slices"

	"samehand/graph/ident"
)

// adversaries adds what those do who know how they are looked for. The rows of the rings are there by then, and each
// adversary draws from a stream of its own: a world with one differs from the world without only in what the adversary changed.
func (b *block) adversaries() {
	b.apart("rings", func() {
		for _, g := range b.rings {
			for _, a := range g.members {
				b.settle(a)
			}
		}
	})
	b.apart("camouflage", b.camouflage)
	b.apart("rotate", b.rotateRings)
	b.apart("frame", b.frame)
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

// cover gives one persona an innocent life. What was known of it stays, but for its sign-ins: some are from the new lines now.
func (b *block) cover(a *actor) {
	known := make([]int, len(a.accounts))
	for i := range a.accounts {
		acc := &a.accounts[i]
		acc.claims = slices.DeleteFunc(acc.claims, func(c claim) bool { return c.sheet == sheetSignins })
		known[i] = len(acc.claims)
	}
	b.innocence(a)
	for i := range a.seats {
		b.signIns(a, a.seats[i].okta, a.seats[i].from, a.seats[i].to, signinsJob)
	}
	b.marketSignIns(a)
	for i := range a.accounts {
		for k := range a.accounts[i].claims {
			if i >= len(known) || k >= known[i] {
				a.accounts[i].claims[k].added = true
			}
		}
	}
}

// innocence adds lines and values that are a persona's alone.
func (b *block) innocence(a *actor) {
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

// frame plants values of rings on accounts of innocents.
func (b *block) frame() {
	n := b.o.Frame*(b.number+1)/b.blocks - b.o.Frame*b.number/b.blocks
	for tries := 0; n > 0 && tries < 100*b.o.Frame+100; tries++ {
		a, g := b.anybody(), b.rings[b.r.IntN(len(b.rings))]
		if a.framed || a.seats[0].okta < 0 || a.seats[0].to < 200 {
			continue
		}
		if b.plant(a, g) {
			a.framed = true
			n--
		}
	}
}

// families says to which family of evidence a kind belongs; kinds that are not here are not planted.
var families = map[ident.Kind]string{
	kindIP: "network", kindPayment: "money", kindDevice: "device", kindAddress: "place", kindPhone: "contact", kindEmail: "contact", kindHandle: "contact",
}

// plant puts values of one or two families of a ring on one account of an innocent, or on two.
func (b *block) plant(a *actor, g *ring) bool {
	want := max(b.o.FrameFamilies, 1)
	var chosen []claim
	have := map[string]bool{}
	options := b.plantings(g)
	for _, c := range options {
		if f := families[c.kind]; !have[f] && len(chosen) < want {
			have[f] = true
			chosen = append(chosen, c)
		}
	}
	if len(chosen) < want {
		return false
	}
	s := a.seats[0]
	for _, c := range chosen {
		on := s.okta
		if s.payroll >= 0 && c.kind != kindIP && b.r.IntN(2) == 0 {
			on = s.payroll
		}
		b.put(a, on, c)
	}
	return true
}

// put notes a value that is planted on an account; it is added when the account is settled.
func (b *block) put(a *actor, on int, c claim) {
	from := max(a.seats[0].from, 0) + 10 + b.r.IntN(100)
	days := 1 + b.r.IntN(30)
	at := clock(a.number, on, from)
	c.val.nature, c.sheet, c.added = naturePlanted, sheetDirectory, true
	c.from, c.to, c.count = int64(from)*secondsOf+at, int64(from+days)*secondsOf+at, 1
	switch c.kind {
	case kindIP:
		c.sheet, c.count = sheetSignins, 2+b.r.IntN(days+1)
	case kindPayment:
		c.sheet, c.relation = sheetPayroll, relPayout
	case kindDevice:
		c.sheet = sheetDevices
	case kindAddress:
		c.sheet, c.relation = sheetShipments, relShipTo
	default:
		c.relation = relRecovery
	}
	a.planted = append(a.planted, planting{on, c})
}

// plantings lists what a ring's members have that could be planted, in a drawn order: what several have comes first.
func (b *block) plantings(g *ring) []claim {
	holders := map[claimKey]*actor{}
	shared := map[claimKey]bool{}
	var all []claim
	for _, a := range g.members {
		for _, acc := range a.accounts {
			for _, c := range acc.claims {
				k, ok := c.link()
				if !ok || families[c.kind] == "" || c.val.nature == natureWork || c.relation == relReferee {
					continue
				}
				if who, met := holders[k]; !met {
					holders[k] = a
					all = append(all, c)
				} else if who != a {
					shared[k] = true
				}
			}
		}
	}
	b.r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, func(x, y claim) int {
		p, _ := x.link()
		q, _ := y.link()
		return cmp.Compare(toInt(shared[q]), toInt(shared[p]))
	})
	return all
}

func toInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
