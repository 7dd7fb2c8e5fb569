package simulate

import (
	"fmt"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// The roles of the truth.
const (
	rolePersona     = "persona"
	roleFacilitator = "facilitator"
	roleLender      = "lender"
	roleVictim      = "victim"
	roleBystander   = "bystander"
	roleBenign      = "benign"
)

// actor is a claimed person of a scenario. Zero values mean "has none".
type actor struct {
	number            int // from 1, in the world
	first, last       string
	role              string
	ring, site, group string
	framed            bool

	home          dwelling
	nowhere       bool // gives no home
	email, phone  val
	bank          val
	paper         val // an identity document
	seats         []seat
	stays         []stay
	shipTo        *dwelling // nil: home
	shipPhone     val       // zero: the own one
	noParcel      bool
	parcel        bool // was sent a laptop for sure
	wallet        val
	handle        val
	print         val // fingerprint of the browser they use for everything
	mfa           val
	recoveryMail  val
	recoveryPhone val
	referee       val
	cv, photo     val
	dedicated     bool // a persona with everything of its own but line and door

	files    []application
	settled  bool // its claims are made
	planted  []planting
	accounts []account
}

// application is a file that an actor sent to an employer on a day.
type application struct {
	on   int // in actor.accounts
	firm *firm
	day  int
}

// planting is a claim that was planted on an account of somebody innocent.
type planting struct {
	on int // in actor.accounts
	claim
}

// dwelling is a home: a house and the unit in it.
type dwelling struct {
	place  Place
	nature nature
}

// seat is a job of an actor; days count from the beginning of the world and may lie before it.
type seat struct {
	number   int
	firm     *firm
	payer    *firm // who pays: the firm, or an agency
	from, to int
	login    string
	serial   val
	pay      val // zero: the actor's bank
	okta     int // in actor.accounts; -1: none in the data
	payroll  int
	ats      int
}

// stay is a line that an actor uses from one day to another.
type stay struct {
	line     val
	from, to int
	weight   float64 // how often, compared with the actor's other lines of the same time
	burst    bool    // an hour at a time
	only     int     // 0: all accounts; else the account of this number plus one
}

// account is one account of an actor, with what is known of it beside its seat.
type account struct {
	id     graph.AccountID
	since  int // marketplaces: the day it was opened
	claims []claim
}

// sheet is one of the files that a scenario writes.
type sheet uint8

// The sheets.
const (
	sheetSignins sheet = iota
	sheetDirectory
	sheetPayroll
	sheetApplicants
	sheetShipments
	sheetDevices
	sheetMarket
	sheetServices
	sheets
)

var sheetNames = [sheets]string{
	"signins.csv", "directory.csv", "payroll.csv", "applicants.csv", "shipments.csv", "devices.csv", "marketplace.csv", "services.csv",
}

// claim is a row to be: times are seconds from the beginning of the world; noTime means not known.
type claim struct {
	sheet    sheet
	kind     ident.Kind
	relation graph.Relation
	val      val
	key      string // what the value is, however it is written or misspelled; "" when it is its text
	from, to int64
	count    int
	added    bool // by an adversary
}

const (
	noTime    = int64(-1 << 62)
	secondsOf = int64(24 * 3600)
)

// name returns the full name.
func (a *actor) name() string { return a.first + " " + a.last }

// id returns the number of the truth: "p000123".
func (a *actor) id() string { return fmt.Sprintf("p%06d", a.number) }

// open gives an actor an account and returns its number among theirs.
func (a *actor) open(platform, native string) int {
	a.accounts = append(a.accounts, account{id: graph.AccountID{Platform: platform, Native: native}})
	return len(a.accounts) - 1
}

// say adds a claim to an account, seen once on a day.
func (a *actor) say(on int, s sheet, k ident.Kind, rel graph.Relation, v val, day int) {
	a.sayFor(on, s, k, rel, v, day, day)
}

// sayFor adds a claim that held from one day to another.
func (a *actor) sayFor(on int, s sheet, k ident.Kind, rel graph.Relation, v val, from, to int) {
	if v.text == "" || on < 0 {
		return
	}
	at := clock(a.number, on, len(a.accounts[on].claims))
	c := claim{sheet: s, kind: k, relation: rel, val: v, from: int64(from)*secondsOf + at, count: 1}
	c.to = c.from
	if to > from {
		c.to = int64(to)*secondsOf + at
	}
	a.accounts[on].claims = append(a.accounts[on].claims, c)
}

// lastClaim returns the claim that was added to an account last.
func (a *actor) lastClaim(on int) *claim {
	cs := a.accounts[on].claims
	return &cs[len(cs)-1]
}

// clock returns a second of the working day that always is the same for the numbers.
func clock(a, b, c int) int64 {
	return 13*3600 + int64(mix(uint64(a), uint64(b*64+c))%(9*3600))
}

// key returns the text that all spellings of a home have in common.
func (d dwelling) key() string {
	return strings.Join([]string{d.place.Street, d.place.Unit, d.place.City, d.place.State, d.place.Zip}, "|")
}
