package community_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"samehand/graph/community"
	"samehand/graph/graphtest"
	"samehand/graph/projection"
)

// benchGraph is a graph that engines are measured on.
type benchGraph struct {
	name      string
	nodes     int
	make      func() (graphtest.EdgeList, error)
	objective community.Objective // with resolution 1
}

// benchGraphs lists them, smallest first.
func benchGraphs() []benchGraph {
	lfr := func(name string, nodes int) benchGraph {
		return benchGraph{name, nodes, graphtest.NewLFR(nodes, 1).Graph, community.Modularity}
	}
	return []benchGraph{
		lfr("lfr_1k", 1_000), lfr("lfr_10k", 10_000), lfr("lfr_100k", 100_000), lfr("lfr_1m", 1_000_000),
		{"identity_1m", 1_000_000, graphtest.NewIdentity(1_000_000, 1).Graph, community.CPM},
	}
}

// Environment variables that let benchmarks take longer.
const (
	largeVariable = "SAMEHAND_BENCH_LARGE" // set: graphs of a million nodes too, a minute and 2 GB
	gonumVariable = "SAMEHAND_BENCH_GONUM" // 100k: gonum on 100,000 nodes too, nine minutes
	dirVariable   = "SAMEHAND_BENCH_DIR"   // folder for the files of TestWriteBenchGraphs
)

// BenchmarkLeiden measures our engine: million edges a second of the graph, what the partition is worth and how many
// communities it has, and the most memory on the heap at one time, graph included, in bytes an edge. Making and building
// the graph is not timed. Run `make bench-community` for the large ones, and for other programs on the same graphs.
func BenchmarkLeiden(b *testing.B) {
	for _, c := range benchGraphs() {
		for _, iterations := range []int{1, 2} {
			b.Run(c.name+"/"+[]string{"", "once", "twice"}[iterations], func(b *testing.B) {
				if c.nodes > 100_000 && os.Getenv(largeVariable) == "" {
					b.Skipf("%s is unset: no graph of %d nodes", largeVariable, c.nodes)
				}
				g := c.build(b)
				o := community.Options{Objective: c.objective, Resolution: 1, Iterations: iterations, MaxNodes: c.nodes}
				report(b, g, community.Leiden{}, o)
			})
		}
	}
}

// BenchmarkGonum measures gonum's Louvain on the same graphs, whole, and how often longer it takes than our engine with two
// iterations.
func BenchmarkGonum(b *testing.B) {
	for _, c := range benchGraphs() {
		if c.objective != community.Modularity || c.nodes > 100_000 {
			continue // it has no other objective, and would take hours
		}
		b.Run(c.name, func(b *testing.B) {
			if c.nodes >= 100_000 && os.Getenv(gonumVariable) != "100k" {
				b.Skipf("%s is not 100k: nine minutes are saved", gonumVariable)
			}
			g := c.build(b)
			o := community.Options{Objective: c.objective, Resolution: 1, Iterations: 2, MaxNodes: c.nodes}
			ours := best(b, g, community.Leiden{}, o, 5)
			theirs := report(b, g, community.Louvain{}, o)
			b.ReportMetric(float64(theirs)/float64(ours), "x-leiden")
		})
	}
}

// build makes the graph.
func (c benchGraph) build(b *testing.B) *projection.Graph {
	b.Helper()
	l, err := c.make()
	if err != nil {
		b.Fatal(err)
	}
	return listed(b, l)
}

// report runs a method b.N times and prints its figures; it returns the time of a run.
func report(b *testing.B, g *projection.Graph, m community.Method, o community.Options) time.Duration {
	b.Helper()
	var p community.Partition
	runtime.GC()
	peak := watchHeap()
	b.ResetTimer()
	for range b.N {
		var err error
		if p, err = m.Partition(context.Background(), g, o); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	once := b.Elapsed() / time.Duration(b.N)
	edges := float64(g.Edges())
	b.ReportMetric(edges/1e6/once.Seconds(), "Medges/s")
	b.ReportMetric(float64(peak())/edges, "peak-B/edge")
	b.ReportMetric(community.Quality(g, p, o.Objective, o.Resolution), "objective")
	b.ReportMetric(float64(p.Groups), "communities")
	return once
}

// best returns the shortest time of some runs.
func best(b *testing.B, g *projection.Graph, m community.Method, o community.Options, runs int) time.Duration {
	b.Helper()
	shortest := time.Duration(1<<63 - 1)
	for range runs {
		start := time.Now()
		if _, err := m.Partition(context.Background(), g, o); err != nil {
			b.Fatal(err)
		}
		shortest = min(shortest, time.Since(start))
	}
	return shortest
}

// watchHeap looks every other millisecond how many bytes of objects there are, garbage not yet collected too, and
// returns a function that stops it and gives the most it saw.
func watchHeap() func() uint64 {
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		peak := uint64(0)
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-stop:
				most <- peak
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 { close(stop); return <-most }
}

// TestWriteBenchGraphs writes the graphs of the benchmarks as text, NAME.txt, into the folder of SAMEHAND_BENCH_DIR, so
// that other programs can be measured on them. Files that are there already are left as they are.
func TestWriteBenchGraphs(t *testing.T) {
	folder := os.Getenv(dirVariable)
	if folder == "" {
		t.Skipf("%s is unset: no graphs are written", dirVariable)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, g := range benchGraphs() {
		path := filepath.Join(folder, g.name+".txt")
		if _, err := os.Stat(path); err == nil {
			continue
		}
		l, err := g.make()
		if err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
		t.Logf("%s: %d nodes, %d edges", g.name, l.Nodes, len(l.Edges))
		if err := writeWhole(path, l); err != nil {
			t.Fatalf("%s: %v", g.name, err)
		}
	}
}

// writeWhole writes a file beside its place and moves it there, so that one that is there is whole.
func writeWhole(path string, l graphtest.EdgeList) error {
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	if err := l.WriteText(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}
