package graphtest

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// LFR are the numbers of a graph with planted communities after Lancichinetti, Fortunato and Radicchi, "Benchmark graphs
// for testing community detection algorithms", Physical Review E 78, 046110 (2008), doi:10.1103/PhysRevE.78.046110.
// Degrees and sizes of communities follow power laws. It is like theirs but for two things: a stub that finds no partner
// is dropped instead of rewired until one is found (the mean degree falls by less than a per cent or so in sparse
// graphs), and what a node's community is too small for becomes ties to others.
type LFR struct {
	Nodes     int
	Degree    float64 // mean degree
	MaxDegree int
	Tau1      float64 // exponent of the degrees, above 1
	Tau2      float64 // exponent of the sizes of communities, above 1
	MinSize   int     // of a community
	MaxSize   int
	Mu        float64 // mixing: share of a node's edges that leave its community, 0 to 1
	Seed      uint64
}

// NewLFR returns the numbers that are used for benchmarks: mean degree 18 (so 9 edges a node), sizes from 20, mixing .3,
// exponents 2.5 and 1.5, and the largest degree and community as the number of nodes allows: at most 300 and 1000.
func NewLFR(nodes int, seed uint64) LFR {
	return LFR{
		Nodes: nodes, Degree: 18, MaxDegree: min(300, max(50, nodes/100)), Tau1: 2.5, Tau2: 1.5,
		MinSize: 20, MaxSize: min(1000, max(60, nodes/20)), Mu: .3, Seed: seed,
	}
}

// Validate says what makes no sense.
func (p LFR) Validate() error {
	switch {
	case p.Nodes < p.MaxSize || p.Nodes > math.MaxInt32:
		return fmt.Errorf("LFR of %d nodes: must be from the largest community, %d, to 2^31-1", p.Nodes, p.MaxSize)
	case p.MinSize < 2 || p.MaxSize < 2*p.MinSize:
		return fmt.Errorf("LFR communities of %d to %d: the least must be 2, the most twice the least", p.MinSize, p.MaxSize)
	case !(p.Degree >= 1) || float64(p.MaxDegree) < p.Degree || p.MaxDegree >= p.Nodes:
		return fmt.Errorf("LFR degrees of mean %g and at most %d make no sense for %d nodes", p.Degree, p.MaxDegree, p.Nodes)
	case !(p.Tau1 > 1) || !(p.Tau2 > 1) || !(p.Mu >= 0 && p.Mu <= 1):
		return fmt.Errorf("LFR exponents %g and %g must be above 1, mixing %g from 0 to 1", p.Tau1, p.Tau2, p.Mu)
	}
	return nil
}

// Graph makes the graph: all weights 1, communities as Group. The same numbers give the same graph. Node numbers are
// shuffled: they say nothing of communities or degrees. A million nodes take a few seconds.
func (p LFR) Graph() (EdgeList, error) {
	if err := p.Validate(); err != nil {
		return EdgeList{}, err
	}
	rnd := rand.New(rand.NewPCG(p.Seed, 0x1f5)) // any second word will do
	inner, outer := p.degrees(rnd)
	members := p.communities(rnd, inner)
	group := make([]uint32, p.Nodes)
	for c, vs := range members {
		for _, v := range vs {
			group[v] = uint32(c)
		}
	}
	var edges []Edge
	w := newWiring(p.MaxSize)
	for _, vs := range members {
		for _, v := range vs {
			if most := len(vs) - 1; inner[v] > most {
				outer[v] += inner[v] - most
				inner[v] = most
			}
		}
		edges = append(edges, w.within(rnd, vs, inner)...)
	}
	edges = append(edges, between(rnd, group, outer)...)
	return EdgeList{Nodes: p.Nodes, Edges: dropParallel(sortEdges(p.Nodes, edges)), Group: group}, nil
}

// degrees draws a degree for each node, as ties within its community and to others.
func (p LFR) degrees(rnd *rand.Rand) (inner, outer []int) {
	least := leastFor(p.Degree, float64(p.MaxDegree), p.Tau1)
	inner, outer = make([]int, p.Nodes), make([]int, p.Nodes)
	for v := range p.Nodes {
		d := roundOff(rnd, powerLaw(rnd.Float64(), least, float64(p.MaxDegree), p.Tau1))
		inner[v] = roundOff(rnd, (1-p.Mu)*float64(d))
		outer[v] = d - inner[v]
	}
	return inner, outer
}

// communities draws sizes until they hold all nodes, and puts each node at random into one that has room for its inner
// ties, those with most of them first.
func (p LFR) communities(rnd *rand.Rand, inner []int) [][]uint32 {
	sizes := p.sizes(rnd)
	order := make([]uint32, p.Nodes)
	for v := range order {
		order[v] = uint32(v)
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(inner[b], inner[a]) })
	members := make([][]uint32, len(sizes))
	var seats []uint32 // a community for each of its free places, of those opened so far
	opened := 0
	for _, v := range order {
		for opened < len(sizes) && (sizes[opened] > inner[v] || len(seats) == 0) {
			for range sizes[opened] {
				seats = append(seats, uint32(opened))
			}
			opened++
		}
		i, last := rnd.IntN(len(seats)), len(seats)-1
		members[seats[i]] = append(members[seats[i]], v)
		seats[i] = seats[last]
		seats = seats[:last]
	}
	return members
}

// sizes draws the sizes of communities, the largest first; they sum to the number of nodes.
func (p LFR) sizes(rnd *rand.Rand) []int {
	var sizes []int
	left := p.Nodes
	for left > 0 {
		s := roundOff(rnd, powerLaw(rnd.Float64(), float64(p.MinSize), float64(p.MaxSize), p.Tau2))
		if left-s < p.MinSize { // what is left would be too small: the last takes it all, or all but a smallest one
			s = left
			if left > p.MaxSize {
				s = left - p.MinSize
			}
		}
		sizes = append(sizes, s)
		left -= s
	}
	slices.SortFunc(sizes, func(a, b int) int { return cmp.Compare(b, a) })
	return sizes
}

// powerLaw maps u, even over [0, 1), to a number from lo to hi whose density falls as x^-tau.
func powerLaw(u, lo, hi, tau float64) float64 {
	e := 1 - tau
	a, b := math.Pow(lo, e), math.Pow(hi, e)
	return math.Pow(a+u*(b-a), 1/e)
}

// powerMean returns the mean of a power law cut at lo and hi.
func powerMean(lo, hi, tau float64) float64 {
	moment := func(e float64) float64 { // the integral of x^(e-1) from lo to hi
		if math.Abs(e) < 1e-9 {
			return math.Log(hi / lo)
		}
		return (math.Pow(hi, e) - math.Pow(lo, e)) / e
	}
	return moment(2-tau) / moment(1-tau)
}

// leastFor returns where a power law has to begin to have that mean.
func leastFor(mean, hi, tau float64) float64 {
	lo, up := 1e-3, mean
	for range 60 { // halvings: more than a float64 has bits
		mid := (lo + up) / 2
		if powerMean(mid, hi, tau) < mean {
			lo = mid
		} else {
			up = mid
		}
	}
	return (lo + up) / 2
}

// roundOff rounds down or up at random, so that the mean is kept.
func roundOff(rnd *rand.Rand, x float64) int { return int(x + rnd.Float64()) }
