// Package simulate makes worlds whose answer is known: people, the accounts they run, and the exports that an
// investigator would get of them.
//
// There are two makers. [Demo] returns a small [World] for people who try samehand out, written by [World.WriteExports].
// [WriteScene] makes worlds of any size to measure on: a scenario (see [Scenarios]) says which rings live among the
// innocent, who always are the same sorts. Both write through a function that opens files, so nothing here knows of a disk or
// a clock, and the same seed gives the same bytes.
//
// A scenario is made in blocks of about 2,000 people, each of the seed and its number alone, so that memory does not
// grow with the people; what all blocks share (employers, exits, carriers, shops, templates) is made of the seed and a
// number, too. A value that nobody else may have comes from a slot, see [space]. Inside a block rings are made first, then the innocent
// who look like one, then everybody else, then what happens among them; adversaries come last. Everybody's lines, jobs and
// values are then settled into rows. The numbers are in rates.go, each with its source.
//
// An adversary changes rows that are there and draws from a stream of its own (see rotate.go and adversary.go): a world with
// one is the world without it, the same people with the same jobs, but for what the adversary changed.
//
// The innocent who look like a ring are in every block, as groups of the truth: households, flats and shared houses (15 in
// 100 of the flat-mates and 5 of a household are registered elsewhere), a student flat, people with several jobs alone, in a flat,
// in a shared house and in a household, couples with the same two clients, parents who are paid for a grown child, a landlord's
// line in five flats, neighbours on one line, a dormitory, a church, buildings, guests, movers; a family business and a
// consultancy, each once with homes that are not in the data; a small agency, a payroll card, a bookkeeper, a guardian, a tax
// preparer, a repair shop, a library, a kiosk, a house where five freelancers work, reassigned laptops, namesakes. Those who live
// where a farm is are bystanders, and have no group; one in four of them has two jobs.
//
// What scenarios do not have: nothing in them speaks of nationality or the origin of names, which are drawn alike for all.
// Remote-control tools, prices, times of day and the like are left out, because there is no kind of identifier for them.
//
// What the groups look like (how many personas a host has, what they share, how they sign in) follows published
// cases of remote workers under stolen identities: about seven laptops at a home, several employers, a delivery address that
// is no registered home, a value shared by two or three personas each, and three in ten personas with a device, account and number of their own.
// Around them live people who share things innocently: households, flat-mates, an office, a coworking space, a VPN exit, a mailbox shop.
//
// Nobody in a world exists. Names, towns and domains are invented, telephone numbers have the exchange 555 (but not
// 555-01xx, which is read as "no number"), and IP addresses are drawn out of public space: whose they really are is of no
// account, and they must not be looked up.
package simulate

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"samehand/graph"
)

// World is a set of people and what they do between two days.
type World struct {
	Seed      uint64
	From, To  time.Time // midnight UTC; sign-ins happen from From to before To
	Employers []Employer
	People    []Person // in the order in which they were made
	Groups    []Group
}

// Employer is a company with an Okta org of its own.
type Employer struct {
	Name   string
	Tenant string // of its org; lower case
	Domain string // of its mail
	Office string // IP of the office that its people share; "" for none
}

// Place is a postal address.
type Place struct {
	Street, Unit, City, State, Zip string // Unit as in "Apt 4"; may be ""
}

// Bank is an account that wages go to.
type Bank struct{ Routing, Account string }

// Person is a claimed identity: somebody real, or a persona. The zero values of optional fields mean "has none".
type Person struct {
	ID          string // "p001"
	First, Last string
	Home        Place // where they are registered
	Email       string
	Phone       string // ten digits
	Bank        Bank
	Group       string // name of the group they belong to first; "" for none
	Role        string // "persona", "facilitator", "identity-victim", "resident", ...; "" for nobody special
	Jobs        []Job
	Lines       []Presence

	ShipTo        *Place // where laptops go; nil means home
	ShipPhone     string // on the parcel; "" means their own
	NoParcel      bool   // works on a machine of their own
	Wallet        string // where a contractor's fee goes
	Token         string // serial number of a security key
	RecoveryEmail string
	RecoveryPhone string
	Referee       string // e-mail address
	CV            string // SHA-256 of the file, in hex
	Odd           string // what the application form was filled with instead of a phone number
}

// Name returns the full name.
func (p *Person) Name() string { return p.First + " " + p.Last }

// Job is one seat at one employer.
type Job struct {
	Employer   int // in World.Employers
	From, To   time.Time
	Login      string
	EmployeeID string
	Serial     string // of the laptop
	Payroll    bool   // is in the payroll export
	Applied    bool   // is in the applicants' export
}

// Presence is a line that a person signs in from.
type Presence struct {
	IP       string
	From, To time.Time // zero: always
	Weight   float64   // how often, compared with the person's other lines of the time
}

// Group is a set of people with something in common.
type Group struct {
	Name string
	Kind string // "farm", "payment-ring", "household", "flat", ...
	Flag bool   // one hand is behind it: it should be found
	Note string // what it is, in words
}

// builder makes a world. Each part draws from a source of its own, so that a change of one part leaves the others as they are.
type builder struct {
	w       World
	seed    uint64
	names   map[string]bool // full names that are taken
	logins  map[string]bool
	numbers map[string]bool // telephone numbers, account numbers, IPs, serials that are taken
	streets map[string]bool
	seats   []int // people hired so far, by employer
}

// source returns the random numbers of one part.
func (b *builder) source(part string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(part))
	return rand.New(rand.NewPCG(b.seed, h.Sum64()))
}

// day returns midnight of a day, counted from the beginning of the world.
func (b *builder) day(n int) time.Time { return b.w.From.AddDate(0, 0, n) }

// days returns how many days the world has.
func (b *builder) days() int { return int(b.w.To.Sub(b.w.From).Hours() / 24) }

// unique draws until something new comes.
func unique(taken map[string]bool, draw func() string) string {
	for {
		s := draw()
		if !taken[s] {
			taken[s] = true
			return s
		}
	}
}

// pick returns one of the choices.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// person makes somebody with a name, a mailbox, a number and an account of their own. Home and lines are for the caller.
func (b *builder) person(r *rand.Rand, last string) *Person {
	p := Person{ID: fmt.Sprintf("p%03d", len(b.w.People)+1)}
	unique(b.names, func() string {
		p.First, p.Last = pick(r, firstNames), cmp.Or(last, pick(r, lastNames))
		return p.Name()
	})
	b.contacts(r, &p)
	b.w.People = append(b.w.People, p)
	return &b.w.People[len(b.w.People)-1]
}

// contacts gives a person mailbox, number and account.
func (b *builder) contacts(r *rand.Rand, p *Person) {
	p.Email = unique(b.logins, func() string { return mailbox(r, p.First, p.Last) })
	p.Phone = b.phone(r)
	p.Bank = b.bank(r)
}

// hire gives a person a seat from one day to another.
func (b *builder) hire(r *rand.Rand, p *Person, employer int, from, to time.Time) *Job {
	e := &b.w.Employers[employer]
	base := strings.ToLower(p.First + "." + p.Last)
	n := 1
	login := unique(b.logins, func() string {
		s := base
		if n > 1 {
			s += fmt.Sprint(n)
		}
		n++
		return s + "@" + e.Domain
	})
	b.seats[employer]++
	p.Jobs = append(p.Jobs, Job{
		Employer: employer, From: from, To: to, Login: login,
		EmployeeID: fmt.Sprintf("%s%04d", strings.ToUpper(e.Tenant[:1]), 1000+7*b.seats[employer]),
		Serial:     b.serial(r),
		Payroll:    r.Float64() < .95,
		Applied:    r.Float64() < .55,
	})
	return &p.Jobs[len(p.Jobs)-1]
}

// smallest returns the employer with the fewest seats that is not in not.
func (b *builder) smallest(not ...int) int {
	best := -1
	for i := range b.seats {
		if !slices.Contains(not, i) && (best < 0 || b.seats[i] < b.seats[best]) {
			best = i
		}
	}
	return best
}

// tenure draws when a seat begins and ends: most run all the time, some begin or end within the world.
func (b *builder) tenure(r *rand.Rand) (from, to time.Time) {
	from, to = b.w.From, b.w.To
	switch x := r.Float64(); {
	case x < .2:
		from = b.day(7 + r.IntN(b.days()/2))
	case x < .3:
		to = b.day(b.days()/2 + r.IntN(b.days()/2-7))
	}
	return from, to
}

// Account returns the account of a job in the employer's Okta org.
func (w *World) Account(j Job) graph.AccountID {
	return graph.AccountID{Platform: "okta:" + w.Employers[j.Employer].Tenant, Native: j.Login}
}

// PayrollAccount returns the account of a job on the employer's payroll.
func (w *World) PayrollAccount(j Job) graph.AccountID {
	return graph.AccountID{Platform: "payroll:" + w.Employers[j.Employer].Tenant, Native: j.EmployeeID}
}

// ApplicantAccount returns the account of a job among the employer's applicants.
func (w *World) ApplicantAccount(j Job) graph.AccountID {
	return graph.AccountID{Platform: "ats:" + w.Employers[j.Employer].Tenant, Native: "cand-" + j.EmployeeID}
}
