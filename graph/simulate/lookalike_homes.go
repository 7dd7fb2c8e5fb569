package simulate

import "fmt"

// lookalikesAtHome makes innocent people whom line, door or purse of a home tie together although the register does not
// show them as one household, and people with several jobs who do not live alone. Once for each 2,000 people. [I]
func (b *block) lookalikesAtHome() {
	b.studentFlat()
	b.busySharers("over-employed-flat", "flat-mates, one of whom has two or three jobs at once", 3)
	b.busySharers("over-employed-house", "people who share a house; one of them has two or three jobs at once", 5)
	b.busyHousehold()
	for range 2 {
		b.coupleWithClients()
	}
	b.landlord()
	for range 3 {
		b.neighbour()
		b.grownChild()
	}
}

// registeredElsewhere has some of those who share a home be registered elsewhere.
func (b *block) registeredElsewhere() {
	shares := map[string]float64{"flat": shareElsewhereFlat, "shared-house": shareElsewhereFlat, "household": shareElsewhereHome}
	share := map[string]float64{"": 0}
	for _, g := range b.groups {
		share[g.id] = shares[g.kind]
	}
	for _, a := range b.people {
		if share[a.group] > 0 && b.r.Float64() < share[a.group] {
			b.registerElsewhere(a)
		}
	}
}

// registerElsewhere registers an actor at the parents' home, or one from before. Line and parcels stay where they live.
func (b *block) registerElsewhere(a *actor) {
	lives := a.home
	if a.home = b.newHome(); a.shipTo == nil {
		a.shipTo = &lives
	}
}

// studentFlat adds flat-mates most of whom are registered with their parents.
func (b *block) studentFlat() {
	id := b.group("student-flat", "flat-mates most of whom are registered with their parents; line and parcels are the flat's")
	for i, a := range b.sharers(id, 4, false) {
		if i%2 == 1 || b.r.Float64() < .4 {
			b.registerElsewhere(a)
		}
	}
}

// moreJobs gives an actor jobs at once until there are two, or three.
func (b *block) moreJobs(a *actor) {
	for n := 2 + b.r.IntN(2); len(a.seats) < n; {
		s := b.hire(a, nil, b.r.IntN(150)-150, daysSeen)
		b.ensure(a, s, true, false)
	}
	for i := range a.seats {
		a.seats[i].to = daysSeen
	}
}

// busySharers adds people who share the rent, one of whom is over-employed.
func (b *block) busySharers(kind, note string, size int) {
	all := b.sharers(b.group(kind, note), size, false)
	b.moreJobs(all[b.r.IntN(size)])
}

// busyHousehold adds a household in which somebody is over-employed.
func (b *block) busyHousehold() {
	all := b.family(b.group("over-employed-household", "people who live together; one of them has two or three jobs at once"), 2+b.r.IntN(2))
	b.moreJobs(all[b.r.IntN(len(all))])
}

// coupleWithClients adds a couple who both work for the same two clients.
func (b *block) coupleWithClients() {
	id := b.group("couple-two-clients", "a couple who both work for the same two clients")
	one, two := b.born(roleBenign), b.born(roleBenign)
	b.live(one)
	b.liveWith(two, one)
	if b.r.Float64() < shareSurname {
		two.last = one.last
	}
	if b.r.Float64() < shareJoint {
		one.bank.nature, two.bank = natureFamily, one.bank.as(natureFamily)
	}
	clients := []*firm{b.public.employer(b.r), b.public.employer(b.r)}
	for clients[1] == clients[0] {
		clients[1] = b.public.employer(b.r)
	}
	for _, a := range []*actor{one, two} {
		a.group = id
		for _, f := range clients {
			b.hire(a, f, b.r.IntN(300)-300, daysSeen)
		}
		b.habits(a)
	}
}

// landlord adds tenants in flats of one house who all use the landlord's line.
func (b *block) landlord() {
	id := b.group("landlord-line", "a landlord and tenants in different flats of one house, all on the landlord's line")
	place := placeAt(b.seed, b.slot(slotPlace))
	var all []*actor
	for range 5 {
		a := b.resident(id, all)
		all = append(all, a)
	}
	for i, a := range all { // in the flats of their own that liveWith does not know of
		a.home = dwelling{place, natureOwn}
		a.home.place.Unit = fmt.Sprintf("Apt %d", i+1)
		b.habits(a)
	}
}

// neighbour adds two people next door to one another, one of whom uses the other's line: from some day on, or always.
func (b *block) neighbour() {
	id := b.group("neighbour-line", "two people in neighbouring flats, one of whom uses the other's line")
	one, two := b.born(roleBenign), b.born(roleBenign)
	place, unit := placeAt(b.seed, b.slot(slotPlace)), 1+b.r.IntN(8)
	for i, a := range []*actor{one, two} {
		a.group, a.home = id, dwelling{place, natureOwn}
		a.home.place.Unit = fmt.Sprintf("Apt %d", unit+i)
		b.work(a)
	}
	b.live(one)
	since := -2000
	if b.r.Float64() < .5 {
		since = 60 + b.r.IntN(180)
		two.stays = append(two.stays, stay{line: b.newLine(), from: -2000, to: since, weight: 1})
	}
	for i := range one.stays {
		s := &one.stays[i]
		s.line.nature = natureHome
		if s.to > since {
			shared := *s
			shared.from = max(shared.from, since)
			two.stays = append(two.stays, shared)
		}
	}
	b.habits(one)
	b.habits(two)
}

// grownChild adds parents and a child who has a home of their own, and is paid into the parents' account.
func (b *block) grownChild() {
	id := b.group("grown-child", "parents, and a child in a home of their own who is paid into their account and at times gives their number")
	parents := b.family(id, 2)
	a, of := b.born(roleBenign), parents[b.r.IntN(2)]
	if a.group = id; b.r.Float64() < shareSurname {
		a.last = of.last
	}
	of.bank.nature, a.bank = natureFamily, of.bank.as(natureFamily)
	if b.r.Float64() < .5 {
		a.phone = of.phone.as(natureFamily)
	}
	b.work(a)
	b.ensure(a, &a.seats[0], true, false)
	b.live(a)
	if b.r.Float64() < .5 { // on visits
		day := b.r.IntN(daysSeen - 20)
		a.stays = append(a.stays, stay{line: b.homeOf(of, day).as(natureGuest), from: day, to: day + 2 + b.r.IntN(6), weight: 2})
	}
	b.habits(a)
}
