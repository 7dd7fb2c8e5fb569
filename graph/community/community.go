// Package community divides a projection into groups of nodes that are tied more to each other than to the rest.
//
// A [Method] takes the projection and returns a [Partition]; [Methods] lists them. All are deterministic: the same
// graph and options give the same partition, whatever GOMAXPROCS. [Leiden] is the default, and our own: gonum's Louvain
// looks at whole communities again for each node, and would take hours for a million of them. [State] brings what was
// found up to date when edges change, [Ladder] and [Survival] tell what hangs on the resolution, [Quality] and [Measures]
// what a partition and each of its groups are worth.
//
// # How the engine works
//
// A level is a graph in flat arrays (8 bytes an arc) whose nodes have sizes; CPM and modularity differ in the sizes only,
// so that one kernel serves both. Nodes are taken from a bit set in the order of their numbers, in batches. All nodes of a
// batch are looked at in parallel while nothing moves; then one goroutine moves them in order, in a few steps a node, and
// puts off each move that another of the batch has overtaken, so that every move gains. The number of threads has no say
// in that, and none in what is found. Refinement is parallel by community, aggregation by span of new nodes; what
// spans yield is put together in order. Weights of a node to its neighbours' communities are added up in an array for
// each thread, with a list of what was touched: labels are gathered for sixteen rows ahead, and no branch depends on them.
//
// # Measured
//
// On 2026-11-22, on two shared cores of an AMD EPYC (family 26) with Go 1.26.8, python-igraph 1.0.0 and NetworKit 11.3 on
// the same files in the same run: the shortest of five runs (identity: of two) of the algorithm alone, one iteration, two
// threads but for igraph, which has one. Q and H are what one function says of each partition; no community of any side
// was in pieces. Other guests of the machine slowed it by up to a half now and then; ratios move by a tenth or two.
//
//	graph, objective                    samehand          igraph                    PLM               ParallelLeiden
//	LFR 10k / 90k, modularity            .012 s Q .67800    .024 s   2.1x Q .67799   .007 s  .6x        .013 s 1.1x
//	LFR 100k / 894k, modularity          .105 s Q .69648    .597 s   5.7x Q .69649   .188 s 1.8x        .219 s 2.1x
//	LFR 1M / 9.0M, modularity           1.82 s  Q .70084  12.8 s     7.0x Q .70083  4.25 s 2.3-2.7x    3.91 s 2.2x
//	  again, the last run               1.94 s           14.4 s     7.5x           5.87 s 3.0x
//	identity 1M / 17.5M, CPM            3.30 s  H 11399622 50.8 s   15x   H 11399624      -                 -
//
// The rows are of two such runs. The target of 8x igraph at 1M was missed; the shortest times seen, not in one run, were
// 1.40 s for ours, 11.1 s for igraph and 3.7 s for PLM. A rebuild of GVE-Leiden took 1.8 s at 1M with Q .70084, .09 s at
// 100k. gonum's Louvain takes 297 times as long as two iterations at 10k (the target was 400), 3,336 times at 100k (588 s).
// What was tried without gain: a small hash table in place of the array of sums (slower), sums in float32 (5 %, and not
// exact), huge pages, numbering communities anew between rounds, looking communities up ahead of committing.
//
// 1,000 new edges between any nodes of the graph of 1M / 9.0M, with the patch of the graph: 9.2 ms under CPM at .05, 6.1 ms
// under modularity; ARI to the partition before above .999, worth as much as a run over everything (within .001 %).
//
// At rest a graph takes 8.2 bytes an arc, 16.4 an edge. A whole `samehand communities` took 442 MB at 1M / 9.0M, 49 bytes an
// edge, and 974 MB on the identity graph, 56: two buffers that levels take turns with are as large as the graph. `make
// bench-community` prints all of this again, BenchmarkUpdate what is said of updates.
package community

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"samehand/graph/projection"
)

// Options are the options of all methods; which of them a method heeds, it says.
type Options struct {
	Objective  Objective // what is made as large as can be; "" is what is usual for the method: CPM for Leiden, modularity for Louvain
	Resolution float64   // the weight that a pair of nodes must have to be worth being together (CPM), or a factor of what chance would tie (modularity); more gives smaller groups
	Seed       uint64    // of the order in which nodes are looked at; 0 is the order of their numbers
	Iterations int       // of Leiden; 0 is until nothing is gained, and from the tenth on, until little is
	Threads    int       // 0 is GOMAXPROCS; they change nothing but the time
	MaxNodes   int       // nodes of a component above which its weakest edges are left out until it falls into smaller ones; see [Louvain]

	// Progress is called as the work goes on, when it is not nil; always by one goroutine.
	Progress func(Progress)
}

// Progress says how far a method has come.
type Progress struct {
	Iteration   int // from 1
	Level       int // 0 is the graph itself, 1 that of its communities' parts, and so on
	Nodes       int // of that level
	Communities int // they are in now
	Moves       int // that it took
}

// Defaults returns the options that are right unless there is a reason. Ten thousand nodes take Louvain seconds, a
// hundred thousand took it nine minutes.
func Defaults() Options { return Options{Resolution: 1, MaxNodes: 10000} }

// mostThreads bounds the memory that threads take.
const mostThreads = 1024

// Validate names every option that makes no sense.
func (o Options) Validate() error {
	var faults []error
	if o.Objective != "" && o.Objective != CPM && o.Objective != Modularity {
		faults = append(faults, fmt.Errorf("option community.objective is unknown; it may be %s or %s", CPM, Modularity))
	}
	if !(o.Resolution > 0 && o.Resolution <= 1e6) {
		faults = append(faults, fmt.Errorf("option community.resolution is %g, must be above 0 and at most 1e6", o.Resolution))
	}
	if o.Iterations < 0 {
		faults = append(faults, fmt.Errorf("option community.iterations is %d, must be at least 0", o.Iterations))
	}
	if o.Threads < 0 || o.Threads > mostThreads {
		faults = append(faults, fmt.Errorf("option community.threads is %d, must be 0 to %d", o.Threads, mostThreads))
	}
	if o.MaxNodes < 2 {
		faults = append(faults, fmt.Errorf("option community.max-nodes is %d, must be at least 2", o.MaxNodes))
	}
	return errors.Join(faults...)
}

// objective returns the objective, usual when none is set.
func (o Options) objective(usual Objective) Objective {
	if o.Objective == "" {
		return usual
	}
	return o.Objective
}

// Usual returns the objective by which a method goes when the options name none: modularity for [Louvain], CPM otherwise.
func Usual(m Method) Objective {
	if m.Name() == (Louvain{}).Name() {
		return Modularity
	}
	return CPM
}

// Knows reports whether a method can go by an objective, "" being its usual one.
func Knows(m Method, o Objective) bool { return o == "" || o == Usual(m) || m != (Louvain{}) }

// Partition puts every node of a graph to one group. Groups are numbered by their smallest node.
type Partition struct {
	Of     []uint32 // group of each node
	Groups int      // how many there are
}

// Members lists the nodes of each group, sorted.
func (p Partition) Members() [][]uint32 {
	out := make([][]uint32, p.Groups)
	for v, c := range p.Of {
		out[c] = append(out[c], uint32(v))
	}
	return out
}

// NewPartition numbers groups, given by any labels, by their smallest node.
func NewPartition(labels []uint32) Partition {
	if len(labels) > 0 && int(slices.Max(labels)) < 2*len(labels) {
		return newPartition(labels)
	}
	p, number := Partition{Of: make([]uint32, len(labels))}, map[uint32]uint32{}
	for v, l := range labels {
		n, ok := number[l]
		if !ok {
			n = uint32(len(number))
			number[l] = n
		}
		p.Of[v] = n
	}
	p.Groups = len(number)
	return p
}

// newPartition is [NewPartition] for labels that are small enough to be places of an array.
func newPartition(labels []uint32) Partition {
	p := Partition{Of: make([]uint32, len(labels))}
	number := make([]uint32, 2*len(labels)) // +1; 0 is not met yet
	for v, l := range labels {
		if number[l] == 0 {
			p.Groups++
			number[l] = uint32(p.Groups)
		}
		p.Of[v] = number[l] - 1
	}
	return p
}

// Method finds groups.
type Method interface {
	// Name returns the name by which the method is chosen.
	Name() string
	// Partition divides the graph. It fails when ctx is done or the options make no sense.
	Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error)
}

// Methods lists the methods, the default first.
func Methods() []Method { return []Method{Leiden{}, Louvain{}, Components{}, Labels{}} }

// Find returns the method of that name; the error lists the names.
func Find(name string) (Method, error) {
	var names []string
	for _, m := range Methods() {
		if m.Name() == name {
			return m, nil
		}
		names = append(names, m.Name())
	}
	slices.SortFunc(names, cmp.Compare)
	return nil, fmt.Errorf("unknown method; the methods are %v", names)
}

// Components takes connected components for groups: whatever hangs together, however loosely. It is for comparison.
type Components struct{}

// Name returns "components".
func (Components) Name() string { return "components" }

// Partition returns the connected components.
func (Components) Partition(ctx context.Context, g *projection.Graph, o Options) (Partition, error) {
	if err := errors.Join(o.Validate(), ctx.Err()); err != nil {
		return Partition{}, fmt.Errorf("components: %w", err)
	}
	parts, of := g.Components()
	return Partition{Of: of, Groups: len(parts)}, nil
}
