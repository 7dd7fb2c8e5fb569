package simulate

import "slices"

// live gives an actor a home line: one that stays, or one that the provider changes, now and then to a stranger's.
func (b *block) live(a *actor) {
	x := b.r.Float64()
	switch {
	case x < shareStatic:
		a.stays = append(a.stays, stay{line: b.newLine(), from: -2000, to: daysSeen, weight: 1})
	case x < shareStatic+shareWeeks:
		b.leases(a, 40+b.r.IntN(80), 0)
	default: // every day: some days out of each twelve weeks are shown, to keep the rows of one person few
		b.leases(a, 3+b.r.IntN(4), 84)
	}
}

// leases gives an actor home lines one after another, each for so many days; with a step, only the first of each step is seen.
func (b *block) leases(a *actor, days, step int) {
	for d := -b.r.IntN(days + 1); d < daysSeen; d += max(days, step) {
		l := b.lease(d)
		a.stays = append(a.stays, stay{line: l, from: d, to: d + days - 1, weight: 1})
		b.released = append(b.released, lease{l, d + days})
	}
}

// lease draws an address for somebody from a day on: a new one, or one that somebody gave back some days before.
func (b *block) lease(day int) val {
	if n := len(b.released); n > 0 && b.r.Float64() < shareReleased {
		i := b.r.IntN(n)
		if l := b.released[i]; l.free+2 < day {
			b.released[i] = b.released[n-1]
			b.released = b.released[:n-1]
			return l.line.as(natureRecycled)
		}
	}
	return b.newLine()
}

// habits gives an actor what people do beside their home: offices, carriers, exits, visits, a marketplace, applications.
func (b *block) habits(a *actor) {
	for _, s := range a.seats {
		if len(s.firm.offices) > 0 && b.r.Float64() < shareHybrid {
			a.stays = append(a.stays, stay{line: pick(b.r, s.firm.offices), from: s.from, to: s.to, weight: .3 + b.r.Float64(), only: 1 + s.okta})
		}
	}
	b.transit(a)
	b.profile(a)
	if b.r.Float64() < shareGigs {
		b.sellWork(a)
	}
	if b.r.Float64() < shareNewBank {
		b.changeBank(a, 100+b.r.IntN(300))
	}
	if b.r.Float64() < sharePaidCrypto && len(a.seats) > 0 {
		a.seats[0].pay = b.newWallet()
	}
	if b.r.Float64() < shareElsewhere {
		b.apply(a)
	}
	if b.r.Float64() < shareMailbox {
		b.mailbox(a)
	}
}

// transit gives an actor lines that many pass through.
func (b *block) transit(a *actor) {
	add := func(share, weight float64, l func() val) {
		if b.r.Float64() >= share {
			return
		}
		from := b.r.IntN(daysSeen)
		a.stays = append(a.stays, stay{line: l(), from: from, to: min(daysSeen, from+20+b.r.IntN(300)), weight: weight * (.4 + b.r.Float64())})
	}
	add(shareCarrier, .15, func() val { return b.public.carrier(b.r) })
	add(shareVPN, .25, func() val { return b.public.exit(b.r) })
	add(shareVPN/3, .25, func() val { return b.public.exit(b.r) })
	add(shareCowork, .4, func() val { return b.public.cowork(b.r) })
	add(shareCampus, .4, func() val { return b.public.campus(b.r) })
	add(shareCafe, .1, func() val { return b.public.cafe(b.r) })
}

// profile gives an actor a CV, a referee, an account on a code host, a recovery address.
func (b *block) profile(a *actor) {
	if a.cv.text == "" && b.r.Float64() < .8 {
		if a.cv = b.newFile(); b.r.Float64() < shareTemplate {
			a.cv = b.public.template(b.r)
		}
	}
	if a.referee.text == "" && b.r.Float64() < shareReferee {
		if a.referee = b.newMail(firstName(b.r), lastName(b.r), false); b.r.IntN(8) == 0 {
			a.referee = b.public.referee(b.r)
		}
	}
	if a.handle.text == "" && b.r.Float64() < shareHandle {
		a.handle = b.newHandle(a)
	}
	if a.recoveryMail.text == "" && b.r.Float64() < .2 {
		a.recoveryMail = a.email
	}
	if a.recoveryPhone.text == "" && b.r.Float64() < .15 {
		a.recoveryPhone = a.phone
	}
	if a.mfa.text == "" && b.r.Float64() < .12 {
		a.mfa = b.newKey()
	}
	if a.photo.text == "" && b.r.Float64() < .15 {
		a.photo = b.newPhoto()
	}
	if a.print.text == "" && b.r.Float64() < .25 {
		a.print = b.newPrint()
	}
}

// sellWork gives an actor an account on a marketplace, paid into their own bank or wallet.
func (b *block) sellWork(a *actor) int {
	on := a.open(pick(b.r, markets), "f-"+codeText(b.seed, b.slot(slotCode)))
	from := b.r.IntN(daysSeen - 30)
	a.accounts[on].since = from
	a.say(on, sheetMarket, kindName, relRegistered, val{a.name(), natureOwn}, from)
	a.say(on, sheetMarket, kindEmail, relRegistered, a.email, from)
	a.say(on, sheetMarket, kindHandle, relRegistered, a.handle, from)
	pay := a.bank
	switch {
	case a.wallet.text != "":
		pay = a.wallet
	case b.r.Float64() < .08:
		pay = b.public.deposit(b.r)
	}
	a.sayFor(on, sheetMarket, kindPayment, relPayout, pay, from+7, daysSeen)
	if b.r.Float64() < .5 {
		a.sayFor(on, sheetMarket, kindDevice, relUses, b.ownPrint(a), from, daysSeen)
	}
	a.say(on, sheetMarket, kindDocument, relRegistered, a.paper, from)
	if b.r.Float64() < .4 && !a.nowhere {
		b.sayHome(a, on, sheetMarket, relRegistered, a.home, from, from)
	}
	return on
}

// ownPrint returns the fingerprint of an actor's browser.
func (b *block) ownPrint(a *actor) val {
	if a.print.text == "" {
		a.print = b.newPrint()
	}
	return a.print
}

// mailbox has an actor's parcels go to a mailbox shop; one in five leaves the box out.
func (b *block) mailbox(a *actor) {
	shop := b.public.shop(b.r)
	shop.Unit = "PMB " + pick(b.r, []string{"1", "2", "3"}) + a.id()[4:]
	if b.r.IntN(5) == 0 {
		shop.Unit = ""
	}
	a.shipTo, a.parcel = &dwelling{shop, natureCounter}, true
}

// ordinary adds somebody who lives alone, or whose flat-mates are not in the data.
func (b *block) ordinary() *actor {
	a := b.born(roleBenign)
	b.work(a)
	b.live(a)
	b.habits(a)
	if b.r.Float64() < shareMoves {
		b.move(a)
	}
	if b.r.Float64() < sharePhoneReused && len(b.people) > 20 {
		b.reusedPhone(a)
	}
	return a
}

// work gives an actor a job, or two one after the other, or two at once.
func (b *block) work(a *actor) {
	from, to := b.term()
	s := b.hire(a, nil, from, to)
	switch x := b.r.Float64(); {
	case x < shareJobChange && from < 60:
		s.to = 60 + b.r.IntN(daysSeen-120)
		b.hire(a, nil, s.to+7+b.r.IntN(30), daysSeen)
	case x < shareJobChange+shareTwoJobs:
		b.hire(a, nil, 20+b.r.IntN(200), daysSeen)
	case x < shareJobChange+shareTwoJobs+shareAgency:
		s.payer = b.public.agency(b.r)
		if s.payroll >= 0 {
			a.accounts[s.payroll].id.Platform = "payroll:" + s.payer.tenant
		}
	}
}

// move has an actor change home and line in the middle: to a home that somebody in the data left, or to one that is new.
func (b *block) move(a *actor) {
	day := 40 + b.r.IntN(daysSeen-80)
	old := vacancy{home: a.home, free: day}
	for i := range a.stays {
		if s := &a.stays[i]; s.from < day && s.to >= day && !s.line.nature.public() {
			old.line, s.to = s.line, day-1
		}
	}
	if b.movers == "" {
		b.movers = b.group("mover", "people who moved in the year; their old homes, and at times the lines, went to strangers")
	}
	a.group = b.movers
	to := vacancy{home: b.newHome(), line: b.newLine()}
	if n := len(b.left); n > 0 && b.r.Float64() < shareMovesIn && b.left[n-1].free+5 < day {
		to, b.left = b.left[n-1], b.left[:n-1]
		to.home.nature = natureRecycled
		if b.r.Float64() < .5 || to.line.text == "" {
			to.line = b.newLine()
		} else {
			to.line = to.line.as(natureRecycled)
		}
	}
	a.home = to.home
	a.stays = append(a.stays, stay{line: to.line, from: day, to: daysSeen, weight: 1})
	b.left = append(b.left, old)
}

// reusedPhone gives an actor a number that somebody gave up long before.
func (b *block) reusedPhone(a *actor) {
	other := b.people[b.r.IntN(len(b.people)-1)]
	if other.role != roleBenign || other.group != "" || len(other.seats) == 0 || other.seats[0].to < 0 {
		return
	}
	other.seats[0].to = min(other.seats[0].to, 60+b.r.IntN(60))
	for i := range other.stays {
		other.stays[i].to = min(other.stays[i].to, other.seats[0].to)
	}
	for i := range a.seats {
		a.seats[i].from = max(a.seats[i].from, other.seats[0].to+30)
		a.seats[i].to = max(a.seats[i].to, a.seats[i].from+30)
	}
	a.phone = other.phone.as(natureRecycled)
}

// taken takes an address off the list of those that were given back.
func (b *block) taken(line val) {
	b.released = slices.DeleteFunc(b.released, func(l lease) bool { return l.line.text == line.text })
}
