package community_test

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"samehand/graph/community"
	"samehand/graph/evaluate"
	"samehand/graph/projection"
)

// updateBenchChanges is how many edges are new in an update: a day of a large case.
const updateBenchChanges = 1000

// BenchmarkUpdate measures how long it takes to bring a partition up to date when 1,000 edges between any nodes are new:
// patching the graph, and [community.State.Update]. It prints the milliseconds of both and of the update alone, the
// nodes that moved, the ARI of the partition to the one before, and by how much of it a run over everything is worth more.
func BenchmarkUpdate(b *testing.B) {
	for _, c := range benchGraphs() {
		settings := []community.Options{{Objective: community.CPM, Resolution: 1}}
		if c.objective == community.Modularity { // the planted ones: groups of 20 to 1,000 are denser inside than .05, or a little sparser
			settings = []community.Options{{Objective: community.CPM, Resolution: .05}, {Objective: community.Modularity, Resolution: 1}}
		}
		for _, o := range settings {
			b.Run(c.name+"/"+string(o.Objective), func(b *testing.B) {
				switch {
				case c.nodes < 100_000:
					b.Skip("1,000 edges are too much of so small a graph")
				case c.nodes > 100_000 && os.Getenv(largeVariable) == "":
					b.Skipf("%s is unset: no graph of %d nodes", largeVariable, c.nodes)
				}
				o.MaxNodes = c.nodes
				benchUpdate(b, c.build(b), o)
			})
		}
	}
}

func benchUpdate(b *testing.B, g *projection.Graph, o community.Options) {
	r := rand.New(rand.NewPCG(1, 2))
	s, old := begin(b, g, o)
	moved, took, updates := 0, time.Duration(0), 0
	var first, p community.Partition
	var patched *projection.Graph
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		changes := newEdges(r, g)
		b.StartTimer()
		var err error
		if patched, err = g.Patched(changes); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		list, err := s.Update(context.Background(), patched, changes)
		if err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
		moved += len(list)
		updates++
		b.StopTimer()
		g = patched
		if p = s.Partition(); updates == 1 {
			first = p
		}
		b.StartTimer()
	}
	b.StopTimer()
	full, err := community.Leiden{}.Partition(context.Background(), g, o)
	if err != nil {
		b.Fatal(err)
	}
	scores, err := evaluate.Compare(old.Of, first.Of)
	if err != nil {
		b.Fatal(err)
	}
	most := community.Quality(g, full, o.Objective, o.Resolution)
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(updates), "ms/update-and-patch")
	b.ReportMetric(took.Seconds()*1000/float64(updates), "ms/update")
	b.ReportMetric(float64(moved)/float64(updates), "moved")
	b.ReportMetric(scores.ARI, "ARI-to-before")
	b.ReportMetric(100*(most-community.Quality(g, p, o.Objective, o.Resolution))/most, "%-below-full")
}

// newEdges draws edges between any two nodes that have none.
func newEdges(r *rand.Rand, g *projection.Graph) []projection.Edge {
	var out []projection.Edge
	for len(out) < updateBenchChanges {
		a, b := uint32(r.IntN(g.Len())), uint32(r.IntN(g.Len()))
		if a != b && !g.HasEdgeBetween(int64(a), int64(b)) {
			out = append(out, projection.Edge{A: a, B: b, Weight: 1})
		}
	}
	return out
}
