package simulate

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// kindOf is a kind of identifier.
type kindOf = ident.Kind

// Short names of kinds and relations.
const (
	kindName     = ident.Name
	kindEmail    = ident.Email
	kindPhone    = ident.Phone
	kindIP       = ident.IP
	kindPayment  = ident.Payment
	kindDevice   = ident.Device
	kindAddress  = ident.Address
	kindDocument = ident.Document
	kindHandle   = ident.Handle
	kindEmployer = ident.Employer

	relRegistered = graph.Registered
	relRecovery   = graph.Recovery
	relLogin      = graph.Login
	relMFA        = graph.MFA
	relUses       = graph.Uses
	relPayout     = graph.Payout
	relTransfer   = graph.Transfer
	relEmployed   = graph.EmployedBy
	relShipTo     = graph.ShipTo
	relReferee    = graph.Referee
	relRecruiter  = graph.Recruiter
)

// settle makes the claims of an actor's seats and lines. What a story said of the accounts before is kept.
func (b *block) settle(a *actor) {
	if a.settled {
		return
	}
	a.settled = true
	for i := range a.seats {
		s := &a.seats[i]
		b.settleDirectory(a, s)
		b.settlePayroll(a, s)
		if s.ats >= 0 {
			b.application(a, s.ats, s.firm, s.from-20-b.r.IntN(30))
		}
		b.settleParcel(a, s)
		b.signIns(a, s.okta, s.from, s.to, signinsJob)
	}
	for _, f := range a.files {
		b.application(a, f.on, f.firm, f.day)
	}
	b.marketSignIns(a)
	for _, p := range a.planted {
		a.accounts[p.on].claims = append(a.accounts[p.on].claims, p.claim)
	}
}

// marketSignIns makes the windows of an actor's accounts on marketplaces.
func (b *block) marketSignIns(a *actor) {
	for on := range a.accounts {
		if slices.Contains(markets, a.accounts[on].id.Platform) {
			b.signIns(a, on, a.accounts[on].since, daysSeen, signinsMarket)
		}
	}
}

// keeps draws whether a field of a profile is filled in.
func (b *block) keeps() bool { return b.r.Float64() >= shareMissing }

// settleDirectory says what the employer's directory and device management know.
func (b *block) settleDirectory(a *actor, s *seat) {
	if s.okta < 0 {
		return
	}
	from, to := s.from, min(s.to, daysSeen)
	if b.keeps() {
		a.sayFor(s.okta, sheetDirectory, kindName, relRegistered, val{a.name(), natureOwn}, from, to)
	}
	a.sayFor(s.okta, sheetDirectory, kindEmail, relRegistered, val{s.login, natureWork}, from, to)
	if b.keeps() {
		a.sayFor(s.okta, sheetDevices, kindDevice, relUses, s.serial, max(from, -400), to)
	}
	a.say(s.okta, sheetDevices, kindDevice, relMFA, a.mfa, max(from, 0))
	if b.r.Float64() < sharePrint {
		a.sayFor(s.okta, sheetDevices, kindDevice, relUses, a.print, max(from, 0), max(to, 1))
	}
	a.say(s.okta, sheetDirectory, kindEmail, relRecovery, a.recoveryMail, from)
	a.say(s.okta, sheetDirectory, kindPhone, relRecovery, a.recoveryPhone, from)
	if s.payer != s.firm {
		a.sayFor(s.okta, sheetDirectory, kindEmployer, relEmployed, val{s.payer.name, natureCounter}, from, to)
	}
}

// settlePayroll says what the payroll knows.
func (b *block) settlePayroll(a *actor, s *seat) {
	if s.payroll < 0 {
		return
	}
	from, to := s.from, min(s.to, daysSeen)
	a.sayFor(s.payroll, sheetPayroll, kindName, relRegistered, val{a.name(), natureOwn}, from, to)
	if s.okta >= 0 && b.r.Float64() < .9 || s.okta < 0 && b.r.Float64() < .5 {
		a.sayFor(s.payroll, sheetPayroll, kindEmail, relRegistered, val{s.login, natureWork}, from, to)
	} else {
		a.sayFor(s.payroll, sheetPayroll, kindEmail, relRegistered, a.email, from, to)
	}
	if b.keeps() {
		a.sayFor(s.payroll, sheetPayroll, kindPhone, relRegistered, b.filled(a.phone), from, to)
	}
	if !a.nowhere && b.keeps() {
		b.sayHome(a, s.payroll, sheetPayroll, relRegistered, a.home, from, to)
	}
	pay := s.pay
	if pay.text == "" {
		pay = a.bank
	}
	if s.payer.masked && len(pay.text) > 10 && pay.text[9] == ':' {
		a.sayFor(s.payroll, sheetPayroll, kindPayment, relPayout, masked(pay), from, to)
		a.lastClaim(s.payroll).key = pay.text
	} else {
		a.sayFor(s.payroll, sheetPayroll, kindPayment, relPayout, pay, from, to)
	}
	if b.r.Float64() < .3 {
		a.say(s.payroll, sheetPayroll, kindDocument, relRegistered, a.paper, from)
	}
}

// maskMark is written instead of what is masked.
const maskMark = "****"

// masked returns an account number of which four digits are shown.
func masked(pay val) val {
	return val{pay.text[:10] + maskMark + pay.text[len(pay.text)-4:], naturePlaceholder}
}

// filled returns a telephone number, or what somebody typed instead of one.
func (b *block) filled(v val) val {
	if b.r.Float64() < shareOdd {
		return val{pick(b.r, oddNumbers), naturePlaceholder}
	}
	return v
}

// oddNumbers are typed to get past a field.
var oddNumbers = []string{"614-555-0100", "000-000-0000", "123-456-7890", "999-999-9999"}

// application says what an applicant's file holds.
func (b *block) application(a *actor, on int, f *firm, day int) {
	a.say(on, sheetApplicants, kindName, relRegistered, val{a.name(), natureOwn}, day)
	a.say(on, sheetApplicants, kindEmail, relRegistered, a.email, day)
	if b.keeps() {
		a.say(on, sheetApplicants, kindPhone, relRegistered, b.filled(a.phone), day)
	}
	if !a.nowhere && b.keeps() {
		b.sayHome(a, on, sheetApplicants, relRegistered, a.home, day, day)
	}
	a.say(on, sheetApplicants, kindDocument, relUses, a.cv, day)
	a.say(on, sheetApplicants, kindDocument, relUses, a.photo, day)
	a.say(on, sheetApplicants, kindEmail, relReferee, a.referee, day)
	a.say(on, sheetApplicants, kindHandle, relRegistered, a.handle, day)
	if b.r.Float64() < .4 {
		a.say(on, sheetApplicants, kindEmail, relRecruiter, val{"talent." + string('a'+rune(b.r.IntN(3))) + "@" + f.domain, naturePublic}, day)
	}
}

// settleParcel says where a laptop went.
func (b *block) settleParcel(a *actor, s *seat) {
	if a.noParcel || s.okta < 0 || !a.parcel && b.r.Float64() >= shareParcel {
		return
	}
	to, phone := a.home, a.phone
	if a.shipTo != nil {
		to = *a.shipTo
	}
	if a.shipPhone.text != "" {
		phone = a.shipPhone
	}
	day := max(s.from, -400) - 2 - b.r.IntN(5)
	b.sayHome(a, s.okta, sheetShipments, relShipTo, to, day, day)
	if b.keeps() {
		a.say(s.okta, sheetShipments, kindPhone, relShipTo, b.filled(phone), day)
	}
}

// sayHome adds an address, as somebody spells it, now and then with a slip.
func (b *block) sayHome(a *actor, on int, s sheet, rel graph.Relation, d dwelling, from, to int) {
	p, n := d.place, d.nature
	if b.r.Float64() < shareSlipPlace {
		p, n = b.slipPlace(p), natureSlip
	}
	a.sayFor(on, s, kindAddress, rel, val{b.written(p), n}, from, to)
	a.lastClaim(on).key = d.key()
}

// written returns an address as somebody spells it.
func (b *block) written(p Place) string {
	return p.spell(b.r) + ", " + p.City + ", " + p.State + " " + p.Zip
}

// slipPlace misspells an address: a letter of the street is lost, or the unit, or two digits are turned round.
func (b *block) slipPlace(p Place) Place {
	if p.Unit != "" && b.r.IntN(3) == 0 {
		p.Unit = ""
		return p
	}
	s := []byte(p.Street)
	if s[0] != s[1] && s[1] != ' ' && s[1] != '0' && b.r.IntN(3) == 0 {
		s[0], s[1] = s[1], s[0]
		p.Street = string(s)
		return p
	}
	i := 0
	for s[i] != ' ' {
		i++
	}
	i += 2 + b.r.IntN(2)
	p.Street = string(append(s[:i:i], s[i+1:]...))
	return p
}

// Sign-ins that are seen of an account on a day. [I]
const (
	signinsJob    = .33
	signinsMarket = .1
)

// signIns makes the windows of an account: for each line the actor had while the account was in use, how often it was used.
// A day of an account has rate sign-ins; lines of one time share it by their weights.
func (b *block) signIns(a *actor, on, from, to int, rate float64) {
	if on < 0 {
		return
	}
	from, to = max(from, 0), min(to, daysSeen)
	for i, s := range a.stays {
		lo, hi := max(from, s.from), min(to, s.to)
		if hi < lo || s.only > 0 && s.only != on+1 {
			continue
		}
		days := float64(hi - lo + 1)
		expect := days * rate * s.weight / b.weight(a, on, i, lo, hi)
		n := int(expect)
		if b.r.Float64() < expect-math.Floor(expect) {
			n++
		}
		if n > 0 {
			b.window(a, on, s, lo, hi, n)
		}
	}
}

// weight sums the weights of an actor's lines in the time of one of them.
func (b *block) weight(a *actor, on, one, lo, hi int) float64 {
	sum := 0.0
	for _, s := range a.stays {
		if l, h := max(lo, s.from), min(hi, s.to); h >= l && (s.only == 0 || s.only == on+1) {
			sum += s.weight * float64(h-l+1) / float64(hi-lo+1)
		}
	}
	return max(sum, a.stays[one].weight)
}

// window adds the sign-ins of one line: their first and last day are those of n draws.
func (b *block) window(a *actor, on int, s stay, lo, hi, n int) {
	span := hi - lo
	if s.burst || n == 1 {
		day := lo + b.r.IntN(span+1)
		at := int64(day)*secondsOf + 13*3600 + int64(b.r.IntN(10*3600))
		b.addLine(a, on, s.line, at, at+int64(b.r.IntN(3600))*int64(min(n-1, 1)), n)
		return
	}
	first := lo + int(float64(span+1)*(1-math.Pow(b.r.Float64(), 1/float64(n))))
	last := first + int(float64(hi-first+1)*math.Pow(b.r.Float64(), 1/float64(n-1)))
	from := int64(first)*secondsOf + 12*3600 + int64(b.r.IntN(5*3600))
	to := int64(min(last, hi))*secondsOf + 17*3600 + int64(b.r.IntN(5*3600))
	b.addLine(a, on, s.line, from, to, n)
}

// addLine adds sign-ins; of an IPv6 line each account has a lower half of its own.
func (b *block) addLine(a *actor, on int, l val, from, to int64, n int) {
	c := claim{sheet: sheetSignins, kind: kindIP, relation: relLogin, val: l, key: l.text, from: from, to: to, count: n}
	if k := len(l.text); l.text[k-1] == ':' {
		h := hexText(uint64(a.number), uint64(on), 12)
		c.val.text = l.text[:k-1] + h[:4] + ":" + h[4:8] + ":" + h[8:] + ":1"
	}
	a.accounts[on].claims = append(a.accounts[on].claims, c)
}

// noise writes a claim as somebody might: a number in one of the ways numbers are written, an address in capitals, a name with a slip.
func noise(r *rand.Rand, c *claim) {
	raw := c.val.text
	switch {
	case c.val.nature == naturePlaceholder:
		return
	case c.kind == kindPhone && r.Float64() < shareDialled:
		c.val.text = dial(r, raw)
	case c.kind == kindEmail && r.Float64() < shareCase:
		c.val.text = strings.ToUpper(raw)
	case c.kind == kindName && r.Float64() < shareSlipName:
		i := 1 + r.IntN(len(raw)-2)
		if raw[i] != ' ' && raw[i-1] != ' ' {
			c.val = val{raw[:i] + raw[i+1:], natureSlip}
		}
		return
	default:
		return
	}
	if c.key == "" {
		c.key = raw
	}
}
