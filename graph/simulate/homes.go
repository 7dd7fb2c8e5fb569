package simulate

import "fmt"

// household adds a family of workers: one home and line, most with one surname, many with one purse or number.
func (b *block) household(size int) []*actor {
	return b.family(b.group("household", "people who live together; some have a joint account or give one number"), size)
}

// family adds a household to a group.
func (b *block) family(id string, size int) []*actor {
	joint, plan, one := b.r.Float64() < shareJoint, b.r.Float64() < shareFamilyPlan, b.r.Float64() < shareSurname
	var all []*actor
	for i := range size {
		a := b.resident(id, all)
		if i > 0 {
			if one {
				a.last = all[0].last
			}
			if joint && i == 1 {
				all[0].bank.nature, a.bank = natureFamily, all[0].bank.as(natureFamily)
			}
			if plan {
				a.phone = all[0].phone.as(natureFamily)
			}
		}
		b.habits(a)
		all = append(all, a)
	}
	if b.r.Float64() < .25 { // one computer for what is not work
		p := b.newPrint().as(natureFamily)
		for _, a := range all {
			a.print = p
			b.sellWork(a)
		}
	}
	if b.r.Float64() < .10 { // moved together
		day := 50 + b.r.IntN(250)
		for _, a := range all[1:] {
			a.recoveryPhone = all[0].phone.as(natureFamily)
		}
		to := b.newLine().as(natureHome)
		for _, a := range all {
			for i := range a.stays {
				if a.stays[i].line.nature == natureHome {
					a.stays[i].to = min(a.stays[i].to, day-1)
				}
			}
			a.stays = append(a.stays, stay{line: to, from: day, to: daysSeen, weight: 1})
		}
	}
	return all
}

// resident adds somebody with a job to a group, who lives with the first of those that are there, if there are any.
func (b *block) resident(id string, there []*actor) *actor {
	a := b.born(roleBenign)
	a.group = id
	b.work(a)
	if len(there) == 0 {
		b.live(a)
	} else {
		b.liveWith(a, there[0])
	}
	return a
}

// liveWith gives an actor home and line of another.
func (b *block) liveWith(a, with *actor) {
	with.home.nature = natureHome
	a.home = with.home
	for i := range with.stays {
		if s := &with.stays[i]; !s.line.nature.public() && s.only == 0 {
			s.line.nature = natureHome
			a.stays = append(a.stays, *s)
		}
	}
}

// sharedHouse adds people who share the rent: line and door, and two of them a purse, because one has none of their own.
func (b *block) sharedHouse(size int) {
	id := b.group("shared-house", "people of different names who share a house, its line and its door; two of them are paid into one account")
	b.sharers(id, size, size > 4)
}

// flat adds flat-mates.
func (b *block) flat(size int) {
	b.sharers(b.group("flat", "flat-mates who share line and door"), size, false)
}

// sharers adds people who share the rent to a group; with purse, the third is paid into the second's account.
func (b *block) sharers(id string, size int, purse bool) []*actor {
	var all []*actor
	for range size {
		a := b.resident(id, all)
		b.habits(a)
		a.parcel = b.r.Float64() < .7
		all = append(all, a)
	}
	if purse {
		all[1].bank.nature, all[2].bank = natureFamily, all[1].bank.as(natureFamily)
		all[2].shipPhone = all[1].phone.as(natureFamily)
	}
	return all
}

// guests has somebody sign in from a friend's line for some days, now and again.
func (b *block) guests() {
	id := b.group("guest", "people who sign in from a friend's line on visits")
	for range max(1, int(shareGuest*float64(b.size)/2)) {
		a, with := b.anybody(), b.anybody()
		if a == with || len(with.stays) == 0 {
			continue
		}
		if a.group == "" {
			a.group = id
		}
		for range 1 + b.r.IntN(3) {
			day := b.r.IntN(daysSeen - 10)
			l := b.homeOf(with, day)
			a.stays = append(a.stays, stay{line: l.as(natureGuest), from: day, to: day + 1 + b.r.IntN(8), weight: 2})
		}
	}
}

// anybody draws one of the innocent people so far who have no part in a story.
func (b *block) anybody() *actor {
	for range 1000 {
		if a := b.people[b.r.IntN(len(b.people))]; a.role == roleBenign && a.group == "" && len(a.seats) > 0 && len(a.stays) > 0 {
			return a
		}
	}
	return b.ordinary()
}

// dormitory adds people in rooms of one house behind one line; some leave the room out.
func (b *block) dormitory() {
	id := b.group("dormitory", "people in rooms of one house, behind one line; some leave the room out of the address")
	place, line := placeAt(b.seed, b.slot(slotPlace)), b.newServer().as(natureTransit)
	for i := range 12 {
		a := b.born(roleBenign)
		a.group = id
		b.work(a)
		a.home = dwelling{place, natureCounter}
		if i%4 != 0 {
			a.home.place.Unit = fmt.Sprintf("Room %d", 101+i)
		}
		a.stays = append(a.stays, stay{line: line, from: -2000, to: daysSeen, weight: 1})
		b.habits(a)
	}
}

// church adds people without a home who give the address and the number of a church.
func (b *block) church() {
	id := b.group("church", "people without a home who give a church's address, and some its number; they work at different employers")
	home, phone := dwelling{placeAt(b.seed, b.slot(slotPlace)), natureService}, b.newPhone().as(natureService)
	for i := range 8 {
		a := b.born(roleBenign)
		a.group, a.home = id, home
		b.work(a)
		b.ensure(a, &a.seats[0], true, false)
		b.live(a)
		b.habits(a)
		if i%3 == 0 {
			a.phone = phone
		}
	}
}

// neighbours adds people in one house of many units, some of whom leave the unit out.
func (b *block) neighbours() {
	id := b.group("building", "people in different flats of one house; some leave the unit out of the address")
	place := placeAt(b.seed, b.slot(slotPlace))
	for i := range 9 {
		a := b.ordinary()
		a.group = id
		a.home = dwelling{place, natureCounter}
		if i%3 != 0 {
			a.home = dwelling{place, natureOwn}
			a.home.place.Unit = fmt.Sprintf("Apt %d", 3+2*i)
		}
	}
}
