package simulate

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Demo returns a world of about 250 people at seven employers over half a year: one laptop farm and one ring that shares
// purses but no line, among people who share lines, homes, machines and purses innocently. Only the two should be flagged.
func Demo(seed uint64) World {
	b := newBuilder(seed)
	b.farm()
	b.paymentRing()
	b.households()
	b.office()
	b.oddities()
	b.ordinary(250)
	b.coworking()
	b.mailboxShop()
	b.exits()
	b.applications()
	return b.w
}

// officeOf is the employer that has an office; the others' people work from wherever they are.
const officeOf = 4

func newBuilder(seed uint64) *builder {
	b := &builder{
		seed: seed, names: map[string]bool{}, logins: map[string]bool{}, numbers: map[string]bool{}, streets: map[string]bool{},
		w: World{
			Seed: seed,
			From: time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 7, 7, 0, 0, 0, 0, time.UTC),
			Employers: []Employer{
				{Name: "Acme Tooling", Tenant: "acme", Domain: "acme-tooling.net"},
				{Name: "Globex Freight", Tenant: "globex", Domain: "globexfreight.net"},
				{Name: "Initech Systems", Tenant: "initech", Domain: "initech-systems.net"},
				{Name: "Larkspur Health", Tenant: "larkspur", Domain: "larkspurhealth.org"},
				{Name: "Stonebridge Mutual", Tenant: "stonebridge", Domain: "stonebridge-mutual.com"},
				{Name: "Veridian Games", Tenant: "veridian", Domain: "veridiangames.net"},
				{Name: "Quantia Labs", Tenant: "quantia", Domain: "quantialabs.net"},
			},
		},
	}
	b.w.Employers[officeOf].Office = b.ip(b.source("office line"))
	b.seats = make([]int, len(b.w.Employers))
	// Room for everybody, so that pointers to people stay good while a world is built.
	b.w.People = make([]Person, 0, 1024)
	return b
}

// group adds a group and returns its name.
func (b *builder) group(name, kind string, flag bool, note string) string {
	b.w.Groups = append(b.w.Groups, Group{name, kind, flag, note})
	return name
}

// farm makes a home where a facilitator keeps the laptops of nine personas at six employers.
//
// What they share is chosen as in the cases: the line and the door nearly all, purse and security keys two or three each, and
// three personas nothing beside line and door. Their registered homes are those of the people whose names they use.
func (b *builder) farm() {
	r := b.source("farm")
	g := b.group("farm", "farm", true, "nine personas at six employers whose laptops stand in one home")
	host := b.person(r, "")
	host.Group, host.Role, host.Home = g, "facilitator", b.place(r)
	line := b.ip(r)
	host.Lines = []Presence{{IP: line, Weight: 1}}
	b.hire(r, host, 6, b.w.From, b.w.To).Payroll = true
	b.bystander(r, host, line)
	exit, foreign := b.ip(r), b.ip(r) // rented servers of their own; the public exit comes later
	purse := b.bank(r)
	keys := []string{b.code(r, "YK", 8), b.code(r, "YK", 8)}
	for i := range 9 {
		p := b.person(r, "")
		p.Group, p.Role, p.Home = g, "persona", b.place(r)
		drop := host.Home
		p.ShipTo, p.ShipPhone = &drop, host.Phone
		dedicated := i >= 6
		p.NoParcel = i == 5 // works on the employer's remote desktop
		switch {
		case dedicated: // device, purse and number of their own
			p.ShipPhone = ""
		case i < 3:
			p.Bank = purse
		}
		if i < 2 || i == 3 {
			p.Token = keys[0]
		} else if i == 4 || i == 5 {
			p.Token = keys[1]
		}
		b.personaLines(r, p, line, exit, foreign, i)
		from, to := b.day(3*i), b.day(b.days()-7*r.IntN(6))
		j := b.hire(r, p, i%6, from, to)
		j.Payroll, j.Applied = true, i%2 == 0
		if i == 1 { // and one of them at two employers at once
			b.hire(r, p, 3, b.day(40), b.w.To).Payroll = true
		}
	}
}

// bystander makes somebody who lives with the facilitator, has a job of their own and knows of nothing.
func (b *builder) bystander(r *rand.Rand, host *Person, line string) {
	g := b.group("farm-household", "bystander", false, "somebody who lives where the farm is and is no part of it")
	p := b.person(r, host.Last)
	p.Group, p.Role, p.Home = g, "bystander", host.Home
	p.Lines = []Presence{{IP: b.w.Employers[officeOf].Office, Weight: .6}, {IP: line, Weight: .4}}
	b.hire(r, p, officeOf, b.w.From, b.w.To).Payroll = true
}

// personaLines gives a persona of the farm its lines: seven sign-ins in ten from the farm, two from rented servers, some from elsewhere.
// Every third laptop is sent on after some weeks, and is then on servers only.
func (b *builder) personaLines(r *rand.Rand, p *Person, line, exit, foreign string, i int) {
	var moved time.Time
	if i%3 == 2 {
		moved = b.day(90 + r.IntN(60))
	}
	p.Lines = []Presence{
		{IP: line, Weight: .70, To: moved},
		{IP: exit, Weight: .08},
		{IP: b.ip(r), Weight: .07}, // a proxy in somebody's home
	}
	if i%4 == 0 {
		p.Lines = append(p.Lines, Presence{IP: foreign, Weight: .03})
	}
}

// paymentRing makes six personas at five employers without a line in common. Each value is shared by two or three of them.
func (b *builder) paymentRing() {
	r := b.source("payment ring")
	g := b.group("payment-ring", "payment-ring", true, "six personas at five employers who are paid into two purses; no line in common")
	purse, wallet := b.bank(r), b.wallet(r)
	phone, key := b.phone(r), b.code(r, "YK", 8)
	backup := mailbox(r, "Robin", "Vane")
	referee := mailbox(r, "Casey", "Thorn")
	cv := file(fmt.Sprintf("one career in two names %d", b.seed))
	for i := range 6 {
		p := b.person(r, "")
		p.Group, p.Role, p.Home = g, "persona", b.place(r)
		p.Lines = []Presence{{IP: b.ip(r), Weight: .9}, {IP: b.ip(r), Weight: .1}}
		if i < 3 {
			p.Bank = purse
		} else {
			p.Wallet, p.Bank = wallet, Bank{}
		}
		switch i {
		case 0, 3:
			p.RecoveryPhone = phone
		case 1, 4:
			p.RecoveryEmail = backup
		case 2, 5:
			p.Token = key
		}
		if i == 0 || i == 4 || i == 5 {
			p.Referee = referee
		}
		if i == 1 || i == 3 || i == 5 {
			p.CV = cv
		}
		j := b.hire(r, p, (2+i)%5, b.day(5*i), b.w.To)
		j.Payroll, j.Applied = true, true
	}
}
