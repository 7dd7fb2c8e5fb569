package simulate

// lookalikesAtWork makes innocent people whom work ties together although they live apart. Once for each 2,000 people. [I]
func (b *block) lookalikesAtWork() {
	b.consultancy(true)
	b.familyBusiness(true)
	b.bookkeeper()
	b.coworkingHouse()
}

// bookkeeper adds three freelancers with jobs and lines of their own, who are paid through one bookkeeper; the bookkeeper's
// number and mailbox are on their accounts.
func (b *block) bookkeeper() {
	id := b.group("bookkeeper", "three freelancers paid into the account of one bookkeeper, whose number and mailbox are on their accounts")
	who := b.born(roleBenign)
	who.group = id
	b.work(who)
	b.live(who)
	b.habits(who)
	bank, phone, mail := who.bank.as(natureService), who.phone.as(natureService), who.email.as(natureService)
	for range 3 {
		a := b.born(roleBenign)
		a.group = id
		b.work(a)
		b.ensure(a, &a.seats[0], true, false)
		b.live(a)
		a.bank, a.recoveryPhone = bank, phone // before the marketplace is told where to pay
		on := b.sellWork(a)
		a.say(on, sheetMarket, kindPhone, relRegistered, phone, a.accounts[on].since)
		a.say(on, sheetMarket, kindEmail, relRecovery, mail, a.accounts[on].since)
		b.habits(a)
		for i := range a.seats {
			a.seats[i].pay = bank
		}
	}
}

// coworkingHouse adds five freelancers of different employers who rent a small house to work in: one line, one door for
// parcels. They live elsewhere, each for themselves, and work from there, too.
func (b *block) coworkingHouse() {
	id := b.group("coworking-house", "five freelancers of different employers with one line and one door for parcels in a house where they work; they live elsewhere")
	line, door := b.newLine().as(natureFirm), dwelling{placeAt(b.seed, b.slot(slotPlace)), natureFirm}
	had := map[*firm]bool{}
	for range 5 {
		a := b.born(roleBenign)
		a.group = id
		f := b.public.employer(b.r)
		for had[f] {
			f = b.public.employer(b.r)
		}
		had[f] = true
		from, to := b.term()
		b.hire(a, f, from, to)
		b.live(a)
		a.stays = append(a.stays, stay{line: line, from: max(from, 0), to: daysSeen, weight: .7 + .8*b.r.Float64()})
		a.shipTo, a.parcel = &door, true
		b.transit(a)
		b.profile(a)
	}
}

// busyBystanders gives some of those who live where a farm is a second job at once.
func (b *block) busyBystanders() {
	for _, a := range b.people {
		if a.role == roleBystander && len(a.seats) == 1 && b.r.Float64() < shareBusyBystander {
			s := b.hire(a, nil, b.r.IntN(250)-50, daysSeen)
			b.ensure(a, s, true, false)
			a.seats[0].to = daysSeen
		}
	}
}
