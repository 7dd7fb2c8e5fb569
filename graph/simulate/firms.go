package simulate

// familyBusiness adds a family in two homes with a firm: its account, number and machine are theirs, and some have jobs
// beside it. The second home may not be in the data.
func (b *block) familyBusiness(unknown bool) {
	kind, note := "family-business", "a family of five in two homes whose firm's account, number, machine and line they all use"
	if unknown {
		kind, note = "family-business-home-unknown", "a family with a firm, as others; where two of the five live is not in the data"
	}
	id := b.group(kind, note)
	bank, phone, print := b.newBank().as(natureFirm), b.newPhone().as(natureFirm), b.newPrint().as(natureFirm)
	var all []*actor
	for i := range 5 {
		a := b.born(roleBenign)
		a.group, a.nowhere = id, unknown && i >= 3
		switch {
		case i == 0 || i == 3:
			b.live(a)
		case i < 3:
			b.liveWith(a, all[0])
		default:
			b.liveWith(a, all[3])
		}
		if i != 2 {
			a.last = cmpText(all, a.last)
		}
		a.bank, a.phone, a.print = bank, phone, print
		b.sellWork(a)
		if i%2 == 0 {
			b.work(a)
			a.seats[0].pay = b.newBank()
		}
		if i > 0 {
			a.stays = append(a.stays, stay{line: b.homeOf(all[0], 0).as(natureFirm), from: 0, to: daysSeen, weight: .5})
		}
		b.profile(a)
		all = append(all, a)
	}
}

// cmpText returns the last name of the first, or the other name when there is none.
func cmpText(all []*actor, other string) string {
	if len(all) > 0 {
		return all[0].last
	}
	return other
}

// consultancy adds six people in two houses who work for clients: paid into the firm's account, reached at its number. When it
// is scattered, those of the second house live each for themselves, and where is not in the data.
func (b *block) consultancy(scattered bool) {
	kind, note := "consultancy", "six consultants in two houses; clients pay the firm's account, call its number and ship to one of the houses"
	if scattered {
		kind, note = "consultancy-homes-unknown", "six consultants with the firm's account, number and door; where three of them live is not in the data"
	}
	id := b.group(kind, note)
	bank, phone := b.newBank().as(natureFirm), b.newPhone().as(natureFirm)
	var all []*actor
	for i := range 6 {
		a := b.born(roleBenign)
		a.group, a.nowhere = id, scattered && i >= 3
		if i == 0 || i == 3 || a.nowhere {
			b.live(a)
		} else {
			b.liveWith(a, all[i/3*3])
		}
		a.bank = bank
		if i%2 == 0 {
			a.phone = phone
		} else {
			a.shipPhone = phone
		}
		for range 1 + b.r.IntN(3) {
			from, to := b.term()
			s := b.hire(a, nil, from, to)
			b.ensure(a, s, true, false)
		}
		all = append(all, a)
		if i >= 3 {
			a.stays = append(a.stays, stay{line: b.homeOf(all[0], 0).as(natureFirm), from: 0, to: daysSeen, weight: .4})
		}
		a.shipTo, a.parcel = &dwelling{all[0].home.place, natureFirm}, true
		a.referee = all[0].email.as(natureFirm)
		b.profile(a)
		b.transit(a)
	}
}

// smallAgency adds a staffing agency of twelve: office line, delivery address and number are the agency's.
func (b *block) smallAgency() {
	id := b.group("small-agency", "an agency of twelve: office line, delivery address and number are the agency's, the clients differ")
	office := b.newServer().as(natureOffice)
	door, phone := dwelling{placeAt(b.seed, b.slot(slotPlace)), natureCounter}, b.newPhone().as(natureFirm)
	agency := b.public.agency(b.r)
	for range 12 {
		a := b.born(roleBenign)
		a.group = id
		from, to := b.term()
		s := b.hire(a, nil, from, to)
		s.payer = agency
		if s.payroll >= 0 {
			a.accounts[s.payroll].id.Platform = "payroll:" + agency.tenant
		}
		b.live(a)
		a.stays = append(a.stays, stay{line: office, from: from, to: to, weight: .8})
		a.shipTo, a.parcel, a.shipPhone = &door, true, phone
		b.transit(a)
		b.profile(a)
	}
}

// overEmployed adds genuine people with two to four jobs at once, each on the employer's machine, all from one home.
func (b *block) overEmployed() {
	for i := range 5 {
		a := b.born(roleBenign)
		a.group = b.group("over-employed", "one genuine person with two to four jobs at once, from one home")
		for k := range []int{4, 3, 2, 2, 2}[i] {
			s := b.hire(a, nil, -200+60*k+b.r.IntN(60), daysSeen)
			b.ensure(a, s, true, false)
		}
		b.live(a)
		b.habits(a)
	}
}

// payrollCard adds people of one employer who are paid onto the card programme's one account.
func (b *block) payrollCard() {
	id := b.group("payroll-card", "people of one employer who are paid through the account of a card programme")
	f, card := b.public.employer(b.r), b.newBank().as(natureService)
	for range 7 {
		a := b.born(roleBenign)
		a.group = id
		from, to := b.term()
		s := b.hire(a, f, from, to)
		s.pay = card
		b.ensure(a, s, true, false)
		b.live(a)
		b.habits(a)
	}
}
