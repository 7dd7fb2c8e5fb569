package simulate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// block is a piece of a world that is made by itself, of the seed and its number alone: about 2,000 people who know each
// other, or do not. Blocks have nothing in common but the public. So a world of any size is made in the memory of one.
type block struct {
	*scene
	number, first, size int // first is how many people come before it
	r                   *rand.Rand
	people              []*actor
	groups              []groupNote
	rings               []*ring
	used                [slotKinds]uint64
	released            []lease // addresses that a provider took back
	left                []vacancy
	buildings           []Place
	jobs                int
	movers              string // their group
	units               int
}

// groupNote describes a group of the truth.
type groupNote struct{ id, kind, note string }

// lease is an address that was given back on a day.
type lease struct {
	line val
	free int
}

// vacancy is a home that somebody left.
type vacancy struct {
	home dwelling
	line val
	free int
}

// slot gives out the next slot of a sort.
func (b *block) slot(k slotted) uint64 {
	n := hubZone[k] + uint64(b.first)*perPerson[k] + b.used[k]
	b.used[k]++
	return n
}

// overdrawn reports whether the block has more people than its own, or gave out slots of the next block.
func (b *block) overdrawn() bool {
	if len(b.people) > b.size || b.jobs > b.size*jobsPerPerson {
		return true
	}
	for k, n := range b.used {
		if n > uint64(b.size)*perPerson[k] {
			return true
		}
	}
	return false
}

// The values that nobody else has.

func (b *block) newPhone() val { return val{phoneText(b.seed, b.slot(slotPhone)), natureOwn} }
func (b *block) newPaper() val { return val{paperText(b.seed, b.slot(slotPaper)), natureOwn} }
func (b *block) newSerial() val {
	return val{"serial:" + codeText(b.seed, b.slot(slotCode)), natureOwn}
}
func (b *block) newKey() val { return val{"serial:YK" + codeText(b.seed, b.slot(slotCode)), natureOwn} }
func (b *block) newFile() val {
	return val{"sha256:" + hexText(b.seed, b.slot(slotOther), 64), natureOwn}
}
func (b *block) newPhoto() val {
	return val{"phash:" + hexText(b.seed, b.slot(slotOther), 16), natureOwn}
}
func (b *block) newPrint() val { return val{"fp:" + hexText(b.seed, b.slot(slotOther), 32), natureOwn} }
func (b *block) newWallet() val {
	return val{"0x" + hexText(b.seed, b.slot(slotOther), 40), natureOwn}
}
func (b *block) newServer() val { return val{lineText(b.seed, b.slot(slotLine)), natureOwn} }

// newLine draws a home line: IPv4, or the upper half of an IPv6 address, which ends in "::".
func (b *block) newLine() val {
	if b.r.Float64() < shareV6 {
		n := mix(b.seed, b.slot(slotLine))
		return val{fmt.Sprintf("2600:%x:%x:%x::", 0x1700+n%0x600, n>>16&0xffff, n>>32&0xffff), natureOwn}
	}
	return b.newServer()
}

// newBank draws an account at a bank, or at a fintech whose bank has many customers.
func (b *block) newBank() val {
	if b.r.Float64() < shareFintech {
		return b.newFintech()
	}
	return val{bankText(b.seed, b.slot(slotBank), pick(b.r, routings[:10])), natureOwn}
}

func (b *block) newFintech() val {
	return val{bankText(b.seed, b.slot(slotBank), pick(b.r, sponsorBanks)), natureOwn}
}

// newHome draws a house, or a unit in a house of many.
func (b *block) newHome() dwelling {
	if b.r.Float64() >= shareBuilding {
		return dwelling{placeAt(b.seed, b.slot(slotPlace)), natureOwn}
	}
	if len(b.buildings) == 0 || b.r.Float64() < .08 { // about a dozen of the data live in each building [I]
		b.buildings = append(b.buildings, placeAt(b.seed, b.slot(slotPlace)))
	}
	p := b.buildings[len(b.buildings)-1]
	b.units++
	p.Unit = fmt.Sprintf("Apt %d", b.units)
	if b.r.Float64() < shareNoUnit {
		p.Unit = ""
		return dwelling{p, natureCounter}
	}
	return dwelling{p, natureOwn}
}

// mailShares are the shares of the providers; rings use the second more (public lists: .35 to .40 instead of .15). [D]
var mailShares = []struct {
	domain       string
	benign, ring float64
}{
	{"mailbox-larch.net", .75, .50}, {"quillpost.net", .15, .40}, {"fernmail.org", .04, .04}, {"pier9mail.com", .03, .03}, {"", .03, .03},
}

// newMail draws a mailbox that nobody else has.
func (b *block) newMail(first, last string, ring bool) val {
	first, last = strings.ToLower(first), strings.ToLower(last)
	x, domain := b.r.Float64(), ""
	for _, m := range mailShares {
		share := m.benign
		if ring {
			share = m.ring
		}
		if domain = m.domain; x < share {
			break
		}
		x -= share
	}
	if domain == "" {
		domain = last + "-" + first + ".org"
	}
	tail := strconv.FormatUint(b.slot(slotOther)%1_000_000_000, 36)
	if b.r.IntN(2) == 0 {
		tail = fmt.Sprint(b.slot(slotOther))
	}
	local := [...]string{
		first + "." + last + "." + tail, first + last + tail, first[:1] + last + "_" + tail, last + "." + first[:1] + tail, first + "_" + last + tail,
	}[b.r.IntN(5)]
	return val{local + "@" + domain, natureOwn}
}

// newHandle draws the name of an account on a code host.
func (b *block) newHandle(a *actor) val {
	return val{fmt.Sprintf("github:%s%s%d", strings.ToLower(a.first[:1]), strings.ToLower(a.last), b.slot(slotOther)), natureOwn}
}

// born adds somebody with a name, a mailbox, a number, an account and a home of their own.
func (b *block) born(role string) *actor {
	a := &actor{number: b.first + len(b.people) + 1, role: role, first: firstName(b.r), last: lastName(b.r)}
	a.email = b.newMail(a.first, a.last, role == rolePersona)
	a.phone, a.bank, a.home = b.newPhone(), b.newBank(), b.newHome()
	if b.r.Float64() < shareDocument {
		a.paper = b.newPaper()
	}
	b.people = append(b.people, a)
	return a
}

// group adds a group and returns its id.
func (b *block) group(kind, note string) string {
	id := fmt.Sprintf("g%03d", b.number*1000+len(b.groups)+1)
	b.groups = append(b.groups, groupNote{id, kind, note})
	return id
}

// hire gives an actor a seat. The employer may be nil: one is drawn that the actor does not work for yet.
func (b *block) hire(a *actor, f *firm, from, to int) *seat {
	for tries := 0; f == nil || tries < 20 && a.worksFor(f); tries++ {
		f = b.public.employer(b.r)
	}
	n := b.nextJob()
	s := seat{number: n, firm: f, payer: f, from: from, to: to, okta: -1, payroll: -1, ats: -1, serial: b.newSerial().as(natureWork)}
	s.login = fmt.Sprintf("%s.%s.%s@%s", strings.ToLower(a.first), strings.ToLower(a.last), strconv.FormatInt(int64(n), 36), f.domain)
	if f.signins {
		s.okta = a.open("okta:"+f.tenant, s.login)
	}
	if !f.signins || b.r.Float64() < sharePayroll {
		s.payroll = a.open(payrollOf(f), staffNumber(n))
	}
	if b.r.Float64() < shareApplied {
		s.ats = b.openFile(a, f)
	}
	a.seats = append(a.seats, s)
	return &a.seats[len(a.seats)-1]
}

// worksFor reports whether an actor has a seat there.
func (a *actor) worksFor(f *firm) bool {
	for _, s := range a.seats {
		if s.firm == f {
			return true
		}
	}
	return false
}

// ensure opens the accounts of a seat that a story cannot do without.
func (b *block) ensure(a *actor, s *seat, payroll, ats bool) {
	if payroll && s.payroll < 0 {
		s.payroll = a.open(payrollOf(s.payer), staffNumber(s.number))
	}
	if ats && s.ats < 0 {
		s.ats = b.openFile(a, s.firm)
	}
}

// jobsPerPerson is how many jobs and applications a block has numbers for, for each of its people.
const jobsPerPerson = 6

// nextJob numbers jobs and applications.
func (b *block) nextJob() int {
	b.jobs++
	return b.first*jobsPerPerson + b.jobs
}

func payrollOf(f *firm) string { return "payroll:" + f.tenant }
func staffNumber(n int) string { return fmt.Sprintf("E%06d", n) }

// openFile gives an actor an applicant's file at an employer.
func (b *block) openFile(a *actor, f *firm) int {
	return a.open("ats:"+f.tenant, fmt.Sprintf("cand-%d", 3*b.nextJob()+1))
}

// apply has an actor apply at some employer on a day, whatever comes of it.
func (b *block) apply(a *actor) {
	f := b.public.employer(b.r)
	a.files = append(a.files, application{b.openFile(a, f), f, b.r.IntN(daysSeen)})
}

// term draws when a job begins and ends: most began before the data do and go on.
func (b *block) term() (from, to int) {
	from, to = -b.r.IntN(1200), daysSeen
	switch x := b.r.Float64(); {
	case x < .18:
		from = b.r.IntN(daysSeen * 3 / 4)
	case x < .30:
		to = 30 + b.r.IntN(daysSeen-30)
	}
	return from, to
}
