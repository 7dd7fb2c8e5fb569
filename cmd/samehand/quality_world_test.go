package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/evaluate"
	"samehand/graph/simulate"
	"samehand/ingest"
	"samehand/ingest/formats"
)

// qualityWorld is a generated world, and what the detection made of it.
type qualityWorld struct {
	simulate.SceneOptions
	scores  evaluate.RingScores
	rows    int
	seconds float64 // from the files to the clusters, on the clock
	err     error
}

// String names the world as samehand simulate makes it.
func (w *qualityWorld) String() string {
	s := fmt.Sprintf("%s --people %d --seed %d", w.Scenario, w.People, w.Seed)
	if w.Rotate != "" {
		s += " --rotate " + w.Rotate
	}
	if w.Camouflage > 0 {
		s += fmt.Sprintf(" --camouflage %g", w.Camouflage)
	}
	if w.Frame > 0 {
		s += fmt.Sprintf(" --frame %d --frame-families %d", w.Frame, max(1, w.FrameFamilies))
	}
	return s
}

// run makes the world in a folder of its own, reads its observations as a user would, detects, and scores.
func (w *qualityWorld) run(ctx context.Context, o cluster.Options) error {
	dir, err := os.MkdirTemp("", "samehand-quality-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := w.write(dir); err != nil {
		return fmt.Errorf("make the world: %w", err)
	}
	start := time.Now()
	t, err := readWorld(ctx, dir)
	if err != nil {
		return fmt.Errorf("read the world: %w", err)
	}
	run, err := cluster.Detect(ctx, t, o)
	if err != nil {
		return err
	}
	w.rows, w.seconds = len(t.Rows), time.Since(start).Seconds()
	file, err := os.Open(filepath.Join(dir, "truth.json"))
	if err != nil {
		return err
	}
	defer file.Close()
	truth, err := evaluate.ReadTruth(file)
	if err != nil {
		return fmt.Errorf("read the truth: %w", err)
	}
	w.scores = evaluate.Rings(truth, run.Clusters, t.Accounts)
	return nil
}

func (w *qualityWorld) write(dir string) error {
	_, err := simulate.WriteScene(w.SceneOptions, func(name string) (io.WriteCloser, error) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		return os.Create(path)
	})
	return err
}

// readWorld reads the observations of a world; edges.csv belongs to the truth.
func readWorld(ctx context.Context, dir string) (*graph.Table, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var memory memoryWriter
	for _, name := range files {
		if filepath.Base(name) == "edges.csv" {
			continue
		}
		if err := memory.read(ctx, name); err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
	}
	t := memory.b.Table()
	t.Canonical()
	return t, nil
}

// memoryWriter is a [graph.Writer] that keeps everything in one table.
type memoryWriter struct{ b graph.Builder }

func (m *memoryWriter) read(ctx context.Context, name string) error {
	f, err := ingest.OpenFile(ctx, name, strings.NewReader(""), ingest.Limits{})
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = ingest.Run(ctx, m, f, ingest.Options{Formats: formats.All(), Now: func() time.Time { return testTime }})
	return err
}

func (m *memoryWriter) Begin(_ context.Context, s graph.Source) (graph.SourceWriter, error) {
	return &memorySource{m, m.b.Source(s)}, nil
}

// memorySource takes in one source.
type memorySource struct {
	m      *memoryWriter
	source uint32
}

func (s *memorySource) Append(_ context.Context, t *graph.Table) error {
	b := &s.m.b
	accounts, identifiers := make([]uint32, len(t.Accounts)), make([]uint32, len(t.Identifiers))
	relations, raws := make([]uint16, len(t.Relations)), make([]uint32, len(t.Raws))
	for i, a := range t.Accounts {
		accounts[i] = b.Account(a)
	}
	for i, id := range t.Identifiers {
		identifiers[i] = b.Identifier(id)
	}
	for i, r := range t.Relations {
		relations[i] = b.Relation(r)
	}
	for i, r := range t.Raws {
		raws[i] = b.Raw(r)
	}
	for _, r := range t.Rows {
		r.Source, r.Account, r.Identifier = s.source, accounts[r.Account], identifiers[r.Identifier]
		r.Relation, r.Raw = relations[r.Relation], raws[r.Raw]
		b.Add(r)
	}
	return nil
}

func (*memorySource) Reject(context.Context, []graph.Reject) error { return nil }
func (*memorySource) Commit(context.Context, graph.Source) error   { return nil }
func (*memorySource) Abort() error                                 { return nil }

// aloneAbove is from how many people a world has the machine to itself: it takes gigabytes.
const aloneAbove = 60_000

// runWorlds runs worlds side by side, on all cores, and calls done after each.
func runWorlds(ctx context.Context, worlds []*qualityWorld, o cluster.Options, done func(*qualityWorld)) {
	var mu sync.Mutex
	one := func(w *qualityWorld) {
		w.err = w.run(ctx, o)
		mu.Lock()
		defer mu.Unlock()
		done(w)
	}
	todo := make(chan *qualityWorld)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for w := range todo {
				one(w)
			}
		})
	}
	for _, w := range worlds {
		if w.People < aloneAbove {
			todo <- w
		}
	}
	close(todo)
	workers.Wait()
	for _, w := range worlds {
		if w.People >= aloneAbove {
			one(w)
		}
	}
}

// TestQualityWorldLikeCommands: what the harness says of a world is what the commands say of it.
func TestQualityWorldLikeCommands(t *testing.T) {
	w := &qualityWorld{SceneOptions: simulate.SceneOptions{Scenario: "farm", People: simulate.MinPeople, Seed: 1}}
	must(t, w.run(t.Context(), cluster.Defaults()))
	dir := t.TempDir()
	must(t, w.write(dir))
	store := filepath.Join(dir, "case")
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	must(t, err)
	ok(t, store, append([]string{"ingest"}, slices.DeleteFunc(files, func(f string) bool { return filepath.Base(f) == "edges.csv" })...)...)
	ok(t, store, "detect")
	got := map[string]string{}
	for _, r := range csvRows(t, ok(t, store, "evaluate", "--truth", filepath.Join(dir, "truth.json"), "--format", "csv")) {
		got[r["measure"]] = r["flagged"]
	}
	s := w.scores
	for name, want := range map[string]int{
		"accounts compared": s.Accounts, "people": s.People, "rings": len(s.Rings), "rings recovered": s.Flagged.Recovered,
		"pairs found": int(s.Flagged.Pairs.Found), "pairs in both": int(s.Flagged.Pairs.Both), "innocents in clusters": s.Flagged.Innocents,
	} {
		if got[name] != fmt.Sprint(want) {
			t.Errorf("%s: %s by the commands, %d by the harness", name, got[name], want)
		}
	}
}
