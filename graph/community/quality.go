package community

import (
	"context"
	"fmt"
	"math"

	"samehand/graph/projection"
)

// Objective is what a method makes as large as it can; see [Quality].
type Objective string

// The objectives.
const (
	CPM        Objective = "cpm"        // the constant Potts model
	Modularity Objective = "modularity" // modularity with a resolution
)

// Quality returns what a partition is worth: the more, the better, for the same graph, objective and resolution only.
//
// [Modularity] is Q = Σ_c [ in_c/m - resolution (K_c/2m)² ], where in_c is the weight inside of group c, K_c the degrees of
// its nodes and m the weight of the graph (Newman and Girvan 2004, doi:10.1103/PhysRevE.69.026113; Reichardt and Bornholdt
// 2006, doi:10.1103/PhysRevE.74.016110). A loop of weight w adds w to in_c and m, and 2w to the degree, as in igraph. A
// graph without edges has 0.
//
// [CPM] is H = Σ_c [ in_c - resolution (N_c² - Σ_v n_v²)/2 ], where n_v is the weight of node v and N_c their sum over the
// group: with unit weights, the pairs of its nodes (Traag, Van Dooren and Nesterov 2011, doi:10.1103/PhysRevE.84.016114).
//
// Sums are taken in the order of the nodes, in float64. It is NaN for a partition that is not one of the graph's nodes,
// and for an objective that is not known. O(nodes + edges).
func Quality(g *projection.Graph, p Partition, o Objective, resolution float64) float64 {
	t, err := tally(g, p)
	if err != nil {
		return math.NaN()
	}
	switch o {
	case Modularity:
		return t.modularity(resolution)
	case CPM:
		return t.cpm(resolution)
	}
	return math.NaN()
}

// totals are sums over a group.
type totals struct {
	nodes   int
	inside  float64 // weight of edges inside, each once, loops too
	loops   float64 // of inside, the loops
	outside float64 // weight of edges to other groups
	weight  float64 // of the nodes
	squares float64 // of the node weights
	twice   float64 // weight of edges inside without loops, each twice
}

// volume returns the sum of the degrees.
func (t totals) volume() float64 { return 2*t.inside + t.outside }

// pairs returns the weight of the pairs of different nodes: their number, when nodes weigh 1.
func (t totals) pairs() float64 { return (t.weight*t.weight - t.squares) / 2 }

// tallies are the totals of each group.
type tallies []totals

// tally sums up the groups. It fails when p is not a partition of g's nodes.
func tally(g *projection.Graph, p Partition) (tallies, error) {
	if err := fits(g, p); err != nil {
		return nil, err
	}
	all := make(tallies, p.Groups)
	for v, c := range p.Of {
		t, v := &all[c], uint32(v)
		t.nodes++
		w := float64(g.NodeWeight(v))
		t.weight += w
		t.squares += w * w
		t.loops += float64(g.Loop(v))
		for _, a := range g.Arcs(v) {
			if p.Of[a.To] == c {
				t.twice += float64(a.Weight)
			} else {
				t.outside += float64(a.Weight)
			}
		}
	}
	for c := range all {
		all[c].inside = all[c].twice/2 + all[c].loops
	}
	return all, nil
}

// fits fails when p does not give each node of g one of its groups.
func fits(g *projection.Graph, p Partition) error {
	if len(p.Of) != g.Len() {
		return fmt.Errorf("the partition has %d nodes, the graph has %d", len(p.Of), g.Len())
	}
	if p.Groups > len(p.Of) {
		return fmt.Errorf("the partition has %d groups of %d nodes", p.Groups, len(p.Of))
	}
	for v, c := range p.Of {
		if int64(c) >= int64(p.Groups) {
			return fmt.Errorf("node %d is in group %d of a partition of %d groups", v, c, p.Groups)
		}
	}
	return nil
}

func (all tallies) volume() float64 {
	sum := 0.
	for _, t := range all {
		sum += t.volume()
	}
	return sum
}

func (all tallies) modularity(resolution float64) float64 {
	volume := all.volume() // 2m
	if volume == 0 {
		return 0
	}
	q := 0.
	for _, t := range all {
		share := t.volume() / volume
		q += 2*t.inside/volume - resolution*share*share
	}
	return q
}

func (all tallies) cpm(resolution float64) float64 {
	h := 0.
	for _, t := range all {
		h += t.inside - resolution*t.pairs()
	}
	return h
}

// Disconnected returns how many groups do not hang together by the edges inside them. A good method leaves none (Traag,
// Waltman and Van Eck 2019, doi:10.1038/s41598-019-41695-z). It is -1 for a partition that is not one of the graph's nodes.
func Disconnected(g *projection.Graph, p Partition) int {
	if fits(g, p) != nil {
		return -1
	}
	_, up := pieces(g.Arcs, p.Of)
	count, n := make([]int, p.Groups), 0
	for _, c := range up {
		if count[c]++; count[c] == 2 {
			n++
		}
	}
	return n
}

// Measure says how well one group holds together and how far it stands apart from the rest.
type Measure struct {
	Group      int     // its number
	Nodes      int     // 0 for a number that no node has
	NodeWeight float64 // sum of the weights of its nodes
	Inside     float64 // weight of the edges inside, each once, loops too
	Outside    float64 // weight of the edges to other groups: the weight of its cut from the rest
	// Conductance is Outside divided by the degrees of the group or of the rest, whichever are less: 0 for a group with no
	// edge to the outside, which a group of all nodes is too; 1 when nothing is inside (Kannan, Vempala and Vetta 2004,
	// doi:10.1145/990308.990313).
	Conductance float64
	// Density is the mean weight over the pairs of its nodes, loops left out: what CPM compares with the resolution.
	// 0 for a single node.
	Density float64
	Weakest Cut // where the group comes apart most easily
}

// Measures returns the measure of each group, by number. The weakest cuts of groups of up to exact nodes are exact; of
// larger ones they are upper bounds, see [Cut]. It fails for a partition that is not one of the graph's nodes, and when ctx
// is done.
func Measures(ctx context.Context, g *projection.Graph, p Partition, exact int) ([]Measure, error) {
	all, err := tally(g, p)
	if err != nil {
		return nil, fmt.Errorf("measures: %w", err)
	}
	volume := all.volume()
	out, cuts := make([]Measure, p.Groups), newCutter(g)
	for c, members := range p.Members() {
		t := all[c]
		m := Measure{Group: c, Nodes: t.nodes, NodeWeight: t.weight, Inside: t.inside, Outside: t.outside}
		if t.outside > 0 {
			m.Conductance = t.outside / min(t.volume(), volume-t.volume())
		}
		if pairs := t.pairs(); pairs > 0 {
			m.Density = (t.inside - t.loops) / pairs
		}
		if m.Weakest, err = cuts.weakest(ctx, members, exact); err != nil {
			return nil, fmt.Errorf("measures: %w", err)
		}
		out[c] = m
	}
	return out, nil
}
