package simulate

import "fmt"

// taxPreparer has somebody do the taxes of forty people: machine, account and number of the preparer are on the clients' accounts.
func (b *block) taxPreparer() {
	id := b.group("tax-preparer", "forty clients of a tax preparer, whose machine, account, number and line are on their tax accounts")
	machine, bank, phone, office := b.newPrint().as(natureService), b.newBank().as(natureService), b.newPhone().as(natureService), b.newServer().as(natureService)
	for range 40 {
		a := b.anybody()
		a.group = id
		day := 20 + b.r.IntN(80) // before the middle of April
		for _, portal := range []string{"efile", "statetax"}[:1+b.r.IntN(2)] {
			on := a.open(portal, portal[:1]+"-"+a.id())
			a.say(on, sheetServices, kindName, relRegistered, val{a.name(), natureOwn}, day)
			b.sayHome(a, on, sheetServices, relRegistered, a.home, day, day)
			a.say(on, sheetServices, kindDevice, relUses, machine, day)
			a.say(on, sheetServices, kindPayment, relPayout, bank, day+10)
			a.say(on, sheetServices, kindPhone, relRegistered, phone, day)
			b.addLine(a, on, office, int64(day)*secondsOf+15*3600, int64(day)*secondsOf+16*3600, 1+b.r.IntN(3))
			if b.r.Float64() < .5 {
				a.say(on, sheetServices, kindEmail, relRegistered, a.email, day)
			}
		}
	}
}

// guardian has somebody be paid for five wards, who have jobs or not.
func (b *block) guardian() {
	id := b.group("guardian", "a guardian who is paid for five wards and gives the own number for them")
	who := b.ordinary()
	who.group = id
	bank, phone := who.bank.as(natureService), who.phone.as(natureService)
	for i := range 5 {
		a := b.born(roleBenign)
		a.group = id
		on := a.open("benefits", fmt.Sprintf("B%s", a.id()))
		day := b.r.IntN(100)
		a.say(on, sheetServices, kindName, relRegistered, val{a.name(), natureOwn}, day)
		b.sayHome(a, on, sheetServices, relRegistered, a.home, day, day)
		a.say(on, sheetServices, kindPhone, relRegistered, phone, day)
		a.say(on, sheetServices, kindEmail, relRecovery, who.email.as(natureService), day)
		a.sayFor(on, sheetServices, kindPayment, relPayout, bank, day, daysSeen)
		if i < 3 { // three of them work, and are paid to the guardian there, too
			b.work(a)
			b.live(a)
			a.seats[0].pay = bank
			b.profile(a)
		}
	}
}

// repairShop has a dozen laptops pass through a shop: its line and its bench machine are on accounts of different employers.
func (b *block) repairShop() {
	id := b.group("repair-shop", "customers of a repair shop, whose line and bench machine are on their accounts for a day")
	line, bench := b.newServer().as(natureService), b.newSerial().as(natureService)
	for range 12 {
		a := b.anybody()
		a.group = id
		on := a.seats[0].okta
		if on < 0 {
			on = a.open(pick(b.r, markets), "f-"+codeText(b.seed, b.slot(slotCode)))
			a.say(on, sheetMarket, kindName, relRegistered, val{a.name(), natureOwn}, 1)
		}
		day := max(a.seats[0].from, 0) + 5 + b.r.IntN(20)
		a.say(on, sheetDevices, kindDevice, relUses, bench, day)
		b.addLine(a, on, line, int64(day)*secondsOf+14*3600, int64(day)*secondsOf+18*3600, 1+b.r.IntN(3))
	}
}

// kiosksStaff adds shift workers of one employer who share a machine by design.
func (b *block) kiosksStaff() {
	id := b.group("kiosk", "shift workers of one employer at one machine")
	f, machine := &b.public.firms[0], b.newSerial().as(natureWork)
	for range 9 {
		a := b.born(roleBenign)
		a.group = id
		from, to := b.term()
		s := b.hire(a, f, from, to)
		s.serial = machine
		b.live(a)
		b.habits(a)
	}
}

// library has visitors of a library use one machine for their accounts on marketplaces.
func (b *block) library() {
	id := b.group("library", "visitors of a library who use one machine there")
	print, line := b.newPrint().as(natureCounter), b.public.cafe(b.r)
	for range 6 {
		a := b.anybody()
		a.group = id
		on := a.open(pick(b.r, markets), "f-"+codeText(b.seed, b.slot(slotCode)))
		day := b.r.IntN(300)
		a.say(on, sheetMarket, kindName, relRegistered, val{a.name(), natureOwn}, day)
		a.say(on, sheetMarket, kindEmail, relRegistered, a.email, day)
		a.sayFor(on, sheetMarket, kindDevice, relUses, print, day, day+20)
		a.sayFor(on, sheetMarket, kindPayment, relPayout, a.bank, day, daysSeen)
		b.addLine(a, on, line, int64(day)*secondsOf+14*3600, int64(day+20)*secondsOf+18*3600, 5)
	}
}

// reassigned has laptops go from a leaver to a newcomer of one employer.
func (b *block) reassigned() {
	n := max(2, int(shareReassigned*float64(b.size)/4))
	for range n {
		f := b.public.employer(b.r)
		id := b.group("reassigned", "two people who had one laptop one after the other")
		end := 60 + b.r.IntN(200)
		one, two := b.born(roleBenign), b.born(roleBenign)
		s := b.hire(one, f, -300, end)
		machine := s.serial
		s = b.hire(two, f, end+5+b.r.IntN(20), daysSeen)
		s.serial = machine.as(natureReassigned)
		for _, a := range []*actor{one, two} {
			a.group = id
			b.live(a)
			b.habits(a)
		}
	}
}

// namesakes adds people of one name who have nothing else in common.
func (b *block) namesakes() {
	id := b.group("namesakes", "two people of one name")
	one, two := b.ordinary(), b.ordinary()
	two.first, two.last = one.first, one.last
	one.group, two.group = id, id
}

// couple adds a couple at one employer.
func (b *block) couple() {
	all := b.household(2)
	f := all[0].seats[0].firm
	s := b.hire(all[1], f, 0, daysSeen)
	s.pay = all[0].bank.as(natureFamily)
}
