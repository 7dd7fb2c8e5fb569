package simulate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// firm is an employer, or an agency that pays people who work elsewhere.
type firm struct {
	name, tenant, domain string
	signins              bool // exports sign-ins
	masked               bool // exports masked account numbers
	offices              []val
	seat                 Place
	phone                string
}

// public is what a whole world shares: employers, agencies, and the lines and places that many pass through. Everything in
// it is made of the seed and a number, so it is the same for each block.
type public struct {
	seed   uint64
	people int
	firms  []firm
	agents []firm
}

// maxFirms bounds the employers of a world; real corpora of many employers are consortia of this order [I].
const maxFirms = 2000

// newPublic makes the public of a world. There is an employer for every 50 people, 40 at least; sizes fall off as 1/sqrt(rank).
func newPublic(seed uint64, people int) *public {
	p := &public{seed: seed, people: people}
	for i := range min(max(people/50, 40), maxFirms) {
		p.firms = append(p.firms, p.firm(i, "firm"))
	}
	for i := range min(max(people/1500, 4), 60) { // agencies of 20 to 800 workers [I]
		p.agents = append(p.agents, p.firm(maxFirms+i, "agency"))
	}
	return p
}

var (
	firmHeads = strings.Fields(`Acorn Alto Amber Apex Arbor Aster Atlas Aurora Beacon Birch Blue Bright Cedar Cobalt Copper Coral Crest Delta Echo Ember Fable Fern Flint Forge Garnet Glade Granite
		Harbor Helio Indigo Iron Jade Juniper Keystone Lark Lattice Lumen Maple Meridian Mint Nimbus North Nova Onyx Opal Orbit Pebble Pine Prism Quartz Quill Raven Ridge River Saffron Sage Silver Slate
		Solar Sparrow Spruce Sterling Stone Summit Tern Tidal Timber Umber Vale Vertex Violet Willow Yonder Zephyr`)
	firmTails = strings.Fields(`Analytics Apps Bank Biotech Capital Cloud Commerce Data Dynamics Energy Finance Foods Freight Games Health Insurance Labs Logistics Media Mobility Motors Networks
		Payments Pharma Power Robotics Security Software Studios Systems Telecom Travel Works`)
)

// firm makes the employer or agency of a number.
func (p *public) firm(i int, kind string) firm {
	r := rand.New(rand.NewPCG(p.seed, mix(uint64(i), number(kind))))
	n := i % maxFirms
	h, t := firmHeads[n%len(firmHeads)], firmTails[(n/len(firmHeads)+n*7)%len(firmTails)]
	f := firm{name: h + " " + t}
	if kind == "agency" {
		f.name += " Staffing"
	}
	f.tenant = strings.ToLower(strings.ReplaceAll(f.name, " ", "-"))
	if n >= len(firmHeads)*2 { // the list begins again
		f.name, f.tenant = fmt.Sprintf("%s %d", f.name, n), fmt.Sprintf("%s-%d", f.tenant, n)
	}
	f.domain = f.tenant + "-works.net"
	f.signins, f.masked = r.Float64() < shareSignins, r.Float64() < shareMasked
	if i == 0 { // the largest exports all, so that the smallest world has sign-ins of a large office
		f.signins, f.masked = true, false
	}
	if r.Float64() < shareOffice || i == 0 {
		for k := range 1 + r.IntN(3) {
			f.offices = append(f.offices, p.line(hubOffice, i*4+k).as(natureOffice))
		}
	}
	f.seat = placeAt(p.seed, uint64(i))
	f.phone = phoneText(p.seed, uint64(i))
	return f
}

// The zones of lines that everybody shares: each begins at its slot.
const (
	hubOffice  = 0
	hubCarrier = 20_000
	hubCowork  = 40_000
	hubCampus  = 50_000
	hubCafe    = 60_000
	hubExit    = 100_000
)

// line returns a line that many share.
func (p *public) line(zone, i int) val {
	return val{lineText(p.seed, uint64(zone+i)), natureTransit}
}

// carrier draws a mobile carrier's address: a few hundred of the data are behind each.
func (p *public) carrier(r *rand.Rand) val {
	return p.line(hubCarrier, skew(r, min(p.people/400+3, 19_000)))
}

// exit draws a VPN exit. Most are held by few, a few by many.
func (p *public) exit(r *rand.Rand) val { return p.line(hubExit, skew(r, p.people/10+12)) }

// cowork, campus and cafe draw lines that people visit.
func (p *public) cowork(r *rand.Rand) val {
	return p.line(hubCowork, skew(r, min(p.people/2500+2, 9000)))
}
func (p *public) campus(r *rand.Rand) val {
	return p.line(hubCampus, skew(r, min(p.people/5000+1, 9000)))
}
func (p *public) cafe(r *rand.Rand) val {
	return p.line(hubCafe, skew(r, min(p.people/600+5, 9000)))
}

// skew draws a number below n, small ones more often.
func skew(r *rand.Rand, n int) int {
	x := r.Float64()
	return int(x * x * float64(n))
}

// employer draws an employer, large ones more often.
func (p *public) employer(r *rand.Rand) *firm { return &p.firms[skew(r, len(p.firms))] }

// agency draws an agency.
func (p *public) agency(r *rand.Rand) *firm { return &p.agents[skew(r, len(p.agents))] }

// The zones of places that everybody shares.
const (
	placeShop     = 10_000 // mailbox shops
	placeBuilding = 20_000
)

// shop draws a mailbox shop.
func (p *public) shop(r *rand.Rand) Place {
	return placeAt(p.seed, uint64(placeShop+skew(r, min(p.people/1500+1, 9000))))
}

// referee draws a referee of many: a teacher, a manager of a large team, a boot camp.
func (p *public) referee(r *rand.Rand) val {
	i := skew(r, p.people/300+3)
	return val{fmt.Sprintf("%s.%s.%d@%s", pick(r, []string{"office", "team", "alumni"}), "reference", i, mailDomains[i%len(mailDomains)]), naturePublic}
}

// template draws the file of a CV template that somebody sends as it came.
func (p *public) template(r *rand.Rand) val {
	return val{"sha256:" + hexText(p.seed, uint64(10_000+skew(r, p.people/250+3)), 64), naturePublic}
}

// deposit draws an exchange's deposit address: thousands are paid there.
func (p *public) deposit(r *rand.Rand) val {
	return val{"0x" + hexText(p.seed, uint64(20_000+skew(r, 3)), 40), naturePublic}
}

// markets are the platforms where people sell work. They have no tenant: a marketplace employs nobody.
var markets = []string{"market", "marketplace", "freelance"}

// sponsorBanks are the eight first digits of the banks that fintechs use: all their customers have the same.
var sponsorBanks = []string{"02607701", "09120114"}
