package community_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	gonum "gonum.org/v1/gonum/graph/community"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// setting is what the tests vary most.
type setting struct {
	objective  community.Objective
	resolution float64
}

// options returns the options of a run until nothing is gained.
func (s setting) options(seed uint64) community.Options {
	return community.Options{Objective: s.objective, Resolution: s.resolution, Seed: seed, MaxNodes: 2}
}

// leiden divides a graph, or ends the test.
func leiden(t testing.TB, g *projection.Graph, o community.Options) community.Partition {
	t.Helper()
	p, err := community.Leiden{}.Partition(t.Context(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// bestOf divides a graph without a seed and with seeds 1 to n, and returns the best division and what it is worth.
func bestOf(t testing.TB, g *projection.Graph, s setting, n int) (community.Partition, float64) {
	t.Helper()
	best, value := community.Partition{}, math.Inf(-1)
	for seed := range uint64(n + 1) {
		p := leiden(t, g, s.options(seed))
		if q := community.Quality(g, p, s.objective, s.resolution); q > value {
			best, value = p, q
		}
	}
	return best, value
}

// median returns the middle of numbers, which it sorts.
func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// missed is what a run without a seed may miss of the best modularity known. Measured: .0016 on dolphins, nothing on the others.
const missed = .002

// On the graphs of the literature: the best of 60 seeds is the best that is known (on dolphins one seed in twelve finds
// it, on the others most do); a run without a seed comes near; half of the runs are no worse than half of gonum's.
func TestLeidenClassics(t *testing.T) {
	s := setting{community.Modularity, 1}
	for _, k := range graphtest.Classics() {
		g := knownGraph(k)
		plain := leiden(t, g, s.options(0))
		q := community.Quality(g, plain, s.objective, 1)
		_, top := bestOf(t, g, s, 60)
		var ours, theirs []float64
		for seed := range uint64(21) {
			ours = append(ours, community.Quality(g, leiden(t, g, s.options(seed)), s.objective, 1))
			theirs = append(theirs, gonum.Q(g, gonum.Modularize(g, 1, rand.NewPCG(seed, 1)).Communities(), 1))
		}
		us, them := median(ours), median(theirs)
		t.Logf("%s: %.5f without a seed, best %.5f, middle %.5f; gonum's middle %.5f", k.Name, q, top, us, them)
		if q < k.Modularity-missed {
			t.Errorf("%s: %.5f without a seed, the best known is %.4f", k.Name, q, k.Modularity)
		}
		if math.Abs(top-k.Modularity) > 5e-5 {
			t.Errorf("%s: the best of 60 seeds is %.5f, the best known is %.4f", k.Name, top, k.Modularity)
		}
		if us < them-.002 {
			t.Errorf("%s: half of the runs are below %.5f, of gonum's below %.5f", k.Name, us, them)
		}
		if want := modularity(g, plain); !nearly(q, want) {
			t.Errorf("%s: modularity %v, gonum says %v", k.Name, q, want)
		}
	}
}

// small is a graph small enough to try everything on: the weights between all nodes, loops on the diagonal.
type small struct {
	weight [][]float64
	nodes  []float32 // their weights
}

// drawSmall draws a graph of n nodes: weights are multiples of 1/1024, so that sums are exact.
func drawSmall(r *rand.Rand, n int) small {
	s := small{nodes: make([]float32, n)}
	density, most := .2+.7*r.Float64(), 1+r.IntN(4096)
	for v := range n {
		s.weight = append(s.weight, make([]float64, n))
		s.nodes[v] = float32(r.IntN(5))
	}
	if r.IntN(2) == 0 {
		s.nodes = slices.Repeat([]float32{1}, n)
	}
	for a := range n {
		for b := range a {
			if r.Float64() < density {
				s.weight[a][b] = float64(1+r.IntN(most)) / 1024
				s.weight[b][a] = s.weight[a][b]
			}
		}
		if r.IntN(8) == 0 {
			s.weight[a][a] = float64(1+r.IntN(most)) / 1024
		}
	}
	return s
}

// graph returns it as the engine takes it.
func (s small) graph(t testing.TB) *projection.Graph {
	t.Helper()
	b := projection.NewBuilder()
	for x, row := range s.weight {
		for y, w := range row[:x+1] {
			if err := b.Add(uint32(x), uint32(y), w); err != nil {
				t.Fatal(err)
			}
		}
	}
	g, err := b.Build(t.Context(), len(s.nodes), projection.BuildOptions{NodeWeights: s.nodes})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// mean returns the mean weight of a pair of nodes, a resolution that divides.
func (s small) mean() float64 {
	sum, n := 0.0, len(s.nodes)
	for x, row := range s.weight {
		for _, w := range row[:x] {
			sum += w
		}
	}
	return max(.001, sum/float64(n*(n-1)/2))
}

// worth returns what each pair of nodes is worth together, in weight, by the definitions of the objectives.
func (s small) worth(o setting) [][]float64 {
	n := len(s.nodes)
	size, pay := make([]float64, n), o.resolution
	for v, w := range s.nodes {
		size[v] = float64(w)
	}
	if o.objective == community.Modularity {
		volume := 0.0
		for v, row := range s.weight {
			size[v] = row[v] // once more: a loop has two ends here
			for _, w := range row {
				size[v] += w
			}
			volume += size[v]
		}
		pay /= max(volume, 1e-300)
	}
	out := make([][]float64, n)
	for x := range out {
		out[x] = make([]float64, n)
		for y := range n {
			out[x][y] = s.weight[x][y] - pay*size[x]*size[y]
		}
	}
	return out
}

// valueOf adds up what the pairs are worth that a partition puts together.
func valueOf(worth [][]float64, of []uint32) float64 {
	sum := 0.0
	for x, row := range worth {
		for y := range x {
			if of[x] == of[y] {
				sum += row[y]
			}
		}
	}
	return sum
}

// optimum tries all partitions, as strings in which each new label is one more than the largest before it.
func optimum(worth [][]float64) (best float64) {
	n := len(worth)
	of := make([]int, n)
	var try func(v, groups int, value float64)
	try = func(v, groups int, value float64) {
		if v == n {
			best = max(best, value)
			return
		}
		for c := range groups + 1 {
			of[v] = c
			more := 0.0
			for u := range v {
				if of[u] == c {
					more += worth[v][u]
				}
			}
			try(v+1, max(groups, c+1), value+more)
		}
	}
	try(0, 0, 0)
	return best
}

// rounding is the share of a sum that is nothing but rounding: weights between communities are kept in 24 bits.
const rounding = 1e-6

// scale returns a number that rounding is a share of.
func scale(worth [][]float64) float64 {
	sum := 0.0
	for _, row := range worth {
		for _, w := range row {
			sum += math.Abs(w)
		}
	}
	return sum
}

// All partitions of graphs of up to 10 nodes: no division is above the best; most are the best, and nearly always that of
// one of six orders is; none can be made better by moving one node, or by making one group of two.
func TestAgainstAllPartitions(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	cases, plain, seeded := 0, 0, 0
	for i := range 400 {
		n := 2 + r.IntN(7)
		if i%40 == 0 && !testing.Short() {
			n = 9 + i/40%2 // 21,147 and 115,975 partitions
		}
		s := drawSmall(r, n)
		g := s.graph(t)
		for _, o := range []setting{
			{community.CPM, s.mean() / 2}, {community.CPM, s.mean()}, {community.CPM, 2 * s.mean()},
			{community.Modularity, .5}, {community.Modularity, 1}, {community.Modularity, 2},
		} {
			worth := s.worth(o)
			most, within := optimum(worth), rounding*scale(worth)
			best := math.Inf(-1)
			cases++
			for seed := range uint64(6) {
				p := leiden(t, g, o.options(seed))
				value := valueOf(worth, p.Of)
				if value > most+within {
					t.Fatalf("graph %d, %+v: %v is above the best, %v", i, o, value, most)
				}
				if fault := improvable(worth, p, within); fault != "" {
					t.Errorf("graph %d of %d nodes, %+v, seed %d: %s", i, n, o, seed, fault)
				}
				if seed == 0 && value >= most-within {
					plain++
				}
				best = max(best, value)
			}
			if best >= most-within {
				seeded++
			}
		}
	}
	one, six := float64(plain)/float64(cases), float64(seeded)/float64(cases)
	t.Logf("%d cases: %.4f have the best without a seed, %.4f with the best of six orders", cases, one, six)
	if one < .94 || six < .975 { // measured: .9596 and .9875
		t.Errorf("of %d cases %.4f have the best without a seed, %.4f with the best of six orders", cases, one, six)
	}
}

// improvable says which node or group could go elsewhere for more, "" if none.
func improvable(worth [][]float64, p community.Partition, within float64) string {
	n := len(p.Of)
	all := valueOf(worth, p.Of)
	for v := range n {
		for c := range p.Groups + 1 { // one more: an empty one
			of := slices.Clone(p.Of)
			of[v] = uint32(c)
			if valueOf(worth, of) > all+within {
				return "a node gains by moving"
			}
		}
	}
	for c := range p.Groups {
		for d := range c {
			of := slices.Clone(p.Of)
			for v := range of {
				if of[v] == uint32(c) {
					of[v] = uint32(d)
				}
			}
			if valueOf(worth, of) > all+within {
				return "two groups gain by being one"
			}
		}
	}
	return ""
}
