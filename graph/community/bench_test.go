package community_test

import (
	"os"
	"path/filepath"
	"testing"

	"samehand/graph/graphtest"
)

// benchGraphs lists the graphs that engines are measured on, smallest first.
func benchGraphs() []struct {
	name string
	make func() (graphtest.EdgeList, error)
} {
	return []struct {
		name string
		make func() (graphtest.EdgeList, error)
	}{
		{"lfr_1k", graphtest.NewLFR(1_000, 1).Graph},
		{"lfr_10k", graphtest.NewLFR(10_000, 1).Graph},
		{"lfr_100k", graphtest.NewLFR(100_000, 1).Graph},
		{"lfr_1m", graphtest.NewLFR(1_000_000, 1).Graph},
		{"identity_1m", graphtest.NewIdentity(1_000_000, 1).Graph},
	}
}

// TestWriteBenchGraphs writes the graphs of the benchmarks as text, NAME.txt, into the folder of SAMEHAND_BENCH_DIR, so
// that other programs can be measured on them. Files that are there already are left as they are.
func TestWriteBenchGraphs(t *testing.T) {
	folder := os.Getenv("SAMEHAND_BENCH_DIR")
	if folder == "" {
		t.Skip("SAMEHAND_BENCH_DIR is unset: no graphs are written")
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
