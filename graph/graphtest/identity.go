package graphtest

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Identity are the numbers of a graph of accounts tied by the values they share, with all that makes real ones hard:
// people with several accounts, rings of many values, households, offices, and hubs (carrier NAT, VPN exits, coworking)
// whose cliques hold most of the edges, and a few accounts that almost everybody met (mail-forwarders, mailbox shops).
// Every weight is 10 points * log2(N/d) / log2(N/2) for a value of d holders among N accounts, times a factor for how the
// value is used, so that 1 point a pair (CPM with resolution 1) tells the same hand from the same building.
type Identity struct {
	Accounts int
	Rings    int     // groups of 3 to 68 accounts run by one hand, with several values each
	Offices  float64 // share of accounts that have a workplace of 5 to 200
	Hubs     int     // values of 20 to 200 holders who have nothing else in common
	Services int     // accounts tied weakly to thousands of others
	Reach    int     // neighbours of the largest service; those of the others fall as a power law
	Seed     uint64
}

// NewIdentity returns the numbers that are used for benchmarks: a million accounts have about 17 million edges.
func NewIdentity(accounts int, seed uint64) Identity {
	return Identity{
		Accounts: accounts, Rings: accounts / 200, Offices: .25, Hubs: accounts / 400,
		Services: 24, Reach: accounts / 20, Seed: seed,
	}
}

// The factors of how a value is used: of kind, time, employer and home, multiplied.
const (
	ownFactor     = 1.0  // device, payout account, own mailbox
	phoneFactor   = .9   // a number may have been somebody else's
	ringFactor    = .7   // a line of somebody whose home is unknown
	homeFactor    = .1   // line and address of a household
	officeFactor  = .07  // a line at work, used through accounts of one employer: .7 * .1
	serviceFactor = .2   // a mailbox that forwards for many
	strayFactor   = .1   // a guest on a line, once
	restShare     = .25  // of every value of a pair after its best
	resolution    = 1024 // weights are multiples of 1/resolution
)

// hubFactors are the ways a hub is used, by how often they occur: lines used at different times, exits of VPNs used at
// different times, lines used at one time through accounts of different employers, and now and then a rented server that
// counts in full.
var hubFactors = []struct{ upTo, factor float64 }{{.5, .07}, {.85, .05}, {.98, .12}, {1, .5}}

// Validate says what makes no sense.
func (p Identity) Validate() error {
	if p.Accounts < 1000 || p.Accounts > math.MaxInt32 {
		return fmt.Errorf("identity graph of %d accounts: must be 1,000 to 2^31-1", p.Accounts)
	}
	if p.Rings < 0 || p.Rings > p.Accounts/100 || p.Hubs < 0 || p.Services < 0 {
		return fmt.Errorf("identity graph of %d rings, %d hubs, %d services: none may be below 0, rings at most a hundredth of the accounts", p.Rings, p.Hubs, p.Services)
	}
	if !(p.Offices >= 0 && p.Offices <= 1) || p.Reach < 1 || p.Reach > p.Accounts/2 {
		return fmt.Errorf("identity graph with offices %g, reach %d: a share, and 1 to half of the accounts", p.Offices, p.Reach)
	}
	return nil
}

// Graph makes the graph; Group is the hand that runs each account. Every account has an edge. The same numbers give the
// same graph; node numbers are shuffled. A million accounts take a few seconds and 1 GB.
func (p Identity) Graph() (EdgeList, error) {
	if err := p.Validate(); err != nil {
		return EdgeList{}, err
	}
	b := &identityBuilder{p: p, rnd: rand.New(rand.NewPCG(p.Seed, 0x1d)), group: make([]uint32, p.Accounts)} // any second word will do
	b.order, b.travel = shuffled(b.rnd, p.Accounts), shuffled(b.rnd, p.Accounts)
	b.hands()
	b.households()
	b.offices()
	b.hubs()
	b.services()
	b.strays()
	return EdgeList{Nodes: p.Accounts, Edges: sumValues(sortEdges(p.Accounts, b.edges)), Group: b.group}, nil
}

// identityBuilder collects an edge for each pair of holders of each value.
type identityBuilder struct {
	p      Identity
	rnd    *rand.Rand
	order  []uint32 // accounts in random order; those of one hand are neighbours in it
	travel []uint32 // accounts in another random order; the first are seen in many places
	group  []uint32
	edges  []Edge
}

// shuffled returns the numbers 0..n-1 in random order.
func shuffled(rnd *rand.Rand, n int) []uint32 {
	out := make([]uint32, n)
	for i, v := range rnd.Perm(n) {
		out[i] = uint32(v)
	}
	return out
}

// points returns the weight of a pair for a value of d holders.
func (p Identity) points(d int, factor float64) float32 {
	n := float64(p.Accounts)
	w := 10 * math.Log2(n/float64(d)) / math.Log2(n/2) * factor
	return float32(max(1, math.Round(w*resolution)) / resolution)
}

// share ties every two holders of a value.
func (b *identityBuilder) share(holders []uint32, factor float64) {
	w := b.p.points(len(holders), factor)
	for i, x := range holders {
		for _, y := range holders[i+1:] {
			b.edges = append(b.edges, Edge{x, y, w})
		}
	}
}

// some returns each of a group with that chance, in a new slice.
func (b *identityBuilder) some(of []uint32, chance float64) []uint32 {
	var out []uint32
	for _, v := range of {
		if b.rnd.Float64() < chance {
			out = append(out, v)
		}
	}
	return out
}

// hands gives the first accounts to rings, whose sizes fall as a power law, and the rest to people with one to five.
// A ring has a line, two values and one more for every four accounts, each held by some of it; a person's accounts share a
// mailbox, and mostly a device and a phone.
func (b *identityBuilder) hands() {
	hand := uint32(0)
	rest := b.order
	take := func(n int) []uint32 {
		mine := rest[:min(n, len(rest))]
		rest = rest[len(mine):]
		for _, v := range mine {
			b.group[v] = hand
		}
		hand++
		return mine
	}
	for range b.p.Rings {
		ring := take(roundOff(b.rnd, powerLaw(b.rnd.Float64(), 3, 68, 2.2)))
		b.share(b.some(ring, .8), ringFactor)
		for range 2 + len(ring)/4 {
			b.share(b.some(ring, .6), ownFactor)
		}
	}
	for len(rest) > 0 {
		n := 1
		for n < 5 && b.rnd.Float64() < .4 {
			n++
		}
		mine := take(n)
		b.share(mine, ownFactor)
		b.share(b.some(mine, .7), ownFactor)
		b.share(b.some(mine, .7), phoneFactor)
	}
}

// households gives every two to eight accounts in a row a line and an address.
func (b *identityBuilder) households() {
	for rest := b.order; len(rest) > 0; {
		n := min(2+b.rnd.IntN(7), len(rest))
		b.share(rest[:n], homeFactor)
		b.share(b.some(rest[:n], .7), homeFactor)
		rest = rest[n:]
	}
}

// offices puts accounts drawn at random to workplaces of 5 to 200.
func (b *identityBuilder) offices() {
	for left := int(b.p.Offices * float64(b.p.Accounts)); left > 0; {
		n := roundOff(b.rnd, powerLaw(b.rnd.Float64(), 5, 200, 2))
		b.share(b.draw(n), officeFactor)
		left -= n
	}
}

// hubs ties accounts drawn at random, some much more often than others.
func (b *identityBuilder) hubs() {
	for range b.p.Hubs {
		n := roundOff(b.rnd, powerLaw(b.rnd.Float64(), 20, 200, 1.5))
		use, factor := b.rnd.Float64(), 0.0
		for _, f := range hubFactors {
			if factor = f.factor; use < f.upTo {
				break
			}
		}
		b.share(b.draw(n), factor)
	}
}

// draw draws up to n different accounts: half of the draws are of any account, half of those that travel. The square of
// a number drawn evenly prefers the first of them, so that few accounts have many values and most have none or one.
func (b *identityBuilder) draw(n int) []uint32 {
	seen := make(map[uint32]bool, n)
	var out []uint32
	for range n {
		u := b.rnd.Float64()
		if b.rnd.IntN(2) == 0 {
			u *= u
		}
		if v := b.travel[int(u*float64(b.p.Accounts))]; !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// services ties some accounts weakly to thousands drawn at random.
func (b *identityBuilder) services() {
	for i := range b.p.Services {
		reach := int(float64(b.p.Reach) / math.Sqrt(float64(i+1)))
		w := b.p.points(max(reach, 2), serviceFactor)
		from := b.order[b.rnd.IntN(len(b.order))]
		for range reach {
			b.edges = append(b.edges, Edge{from, uint32(b.rnd.IntN(b.p.Accounts)), w})
		}
	}
}

// strays ties every account without an edge to another, so that a list of edges names them all.
func (b *identityBuilder) strays() {
	tied := make([]bool, b.p.Accounts)
	for _, e := range b.edges {
		if e.A != e.B {
			tied[e.A], tied[e.B] = true, true
		}
	}
	for v, ok := range tied {
		if !ok {
			b.share([]uint32{uint32(v), uint32((v + 1 + b.rnd.IntN(b.p.Accounts-1)) % b.p.Accounts)}, strayFactor)
		}
	}
}

// sumValues makes one edge of all the values of a pair: the best in full and a share of the others. Loops are dropped.
// The edges are sorted; the order of those with the same ends does not matter.
func sumValues(edges []Edge) []Edge {
	out := edges[:0]
	for i := 0; i < len(edges); {
		e, best, sum := edges[i], float64(0), float64(0)
		for ; i < len(edges) && edges[i].A == e.A && edges[i].B == e.B; i++ {
			w := float64(edges[i].Weight)
			best, sum = max(best, w), sum+w
		}
		if e.A == e.B {
			continue
		}
		w := math.Round((best + restShare*(sum-best)) * resolution)
		e.Weight = float32(w / resolution)
		out = append(out, e)
	}
	return out
}
