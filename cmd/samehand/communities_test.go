package main

import (
	"context"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"samehand/graph/community"
)

func TestCommunitiesInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "labels.csv")
	w := testWorld{stdin: "1 2\n"}
	if code := run(ctx, []string{"communities", "-", "-o", out}, w.world()); code != exitError {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(w.stderr.String(), "interrupted; nothing was written") || w.stdout.Len() != 0 {
		t.Errorf("standard error %q", w.stderr.String())
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("it left a file behind")
	}
}

// Before the eyes of a person names show what does not print; for a program they are what they are.
func TestCommunitiesShowsNames(t *testing.T) {
	for terminal, want := range map[bool]string{true: "a⟨U+202E⟩b,0\n", false: "a\u202eb,0\n"} {
		w := testWorld{stdin: "a\u202eb =1\n"}
		world := w.world()
		world.terminal = func(to io.Writer) bool { return terminal && to == io.Writer(&w.stdout) }
		if code := run(t.Context(), []string{"communities", "-", "--method", "components"}, world); code != exitDone {
			t.Fatalf("exit code %d: %s", code, w.stderr.String())
		}
		if got := w.stdout.String(); !strings.HasSuffix(got, want) || !strings.Contains(got, "'=1,0\n") {
			t.Errorf("terminal %v: %q", terminal, got)
		}
	}
}

// The statistics are one line of JSON, and what they say of the graph does not depend on the order or the threads.
func TestCommunitiesStats(t *testing.T) {
	stats := func(stdin string, args ...string) communitiesStats {
		t.Helper()
		w := testWorld{stdin: stdin}
		if code := w.run(append([]string{"communities", "-", "--stats", "--resolution", ".5"}, args...)...); code != exitDone {
			t.Fatalf("exit code %d: %s", code, w.stderr.String())
		}
		var s communitiesStats
		if err := json.Unmarshal(w.stderr.Bytes(), &s); err != nil {
			t.Fatalf("%v: %q", err, w.stderr.String())
		}
		return s
	}
	one := stats("1 2\n2 3\n3 1\n4 5\n5 5\n6\n", "--threads", "1")
	two := stats("6\n5 5\n5 4\n1 3\n3 2\n2 1\n", "--threads", "2")
	if one.Hash != two.Hash || one.Value != two.Value || one.Nodes != 6 || one.Edges != 4 || one.Lines != 6 || one.Communities != 3 || one.Disconnected != 0 {
		t.Errorf("%+v\n%+v", one, two)
	}
	if one.Objective != "cpm" || one.Threads != 1 || stats("1 2\n", "--method", "louvain").Objective != "modularity" {
		t.Errorf("%+v", one)
	}
	if other := stats("1 2\n2 3\n3 1\n4 5\n5 5\n6\n", "--method", "components", "--max-reject", "0"); other.Hash != one.Hash {
		t.Errorf("the same communities, hashes %s and %s", other.Hash, one.Hash)
	}
	if known := runtime.GOOS == "linux" || runtime.GOOS == "darwin"; known != (one.PeakMemory > 1<<20) {
		t.Errorf("peak memory %d", one.PeakMemory)
	}
}

func TestPartitionHash(t *testing.T) {
	seen := map[string]bool{}
	for _, of := range [][]uint32{nil, {0}, {0, 0}, {0, 1}, {0, 1, 1}, {0, 1, 0}, {0, 256}} {
		seen[partitionHash(community.Partition{Of: of})] = true
	}
	if len(seen) != 7 {
		t.Errorf("%d hashes of 7 divisions", len(seen))
	}
}

func TestFinite(t *testing.T) {
	for in, want := range map[float64]float64{1.5: 1.5, math.Inf(1): 0, math.Inf(-1): 0, 0: 0} {
		if got := finite(in); got != want {
			t.Errorf("%v: %v", in, got)
		}
	}
	if finite(math.NaN()) != 0 {
		t.Error("not a number")
	}
}
