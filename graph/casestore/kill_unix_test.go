//go:build unix

package casestore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

// childEnv says what a copy of the test binary is to do instead of testing.
const childEnv = "CASESTORE_TEST_CHILD"

func TestMain(m *testing.M) {
	children := map[string]func() error{"ingest": ingestChild, "full": fullChild, "readonly": readOnlyChild}
	if f, ok := children[os.Getenv(childEnv)]; ok {
		if err := f(); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child returns a command that runs the test binary as a child.
func child(ctx context.Context, what string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], append([]string{"-test.run=^$"}, args...)...)
	c.Env = append(os.Environ(), childEnv+"="+what)
	c.Stderr = os.Stderr
	return c
}

// killRows is how many rows source n of the kill test has.
func killRows(n int) int { return 50 + n*37%400 }

// ingestChild takes in one source after another until it is killed, and says
// which are committed, and which it is about to withdraw. Arguments: the case, the number of the first source.
func ingestChild() error {
	args := os.Args[len(os.Args)-2:]
	var n int
	if _, err := fmt.Sscan(args[1], &n); err != nil {
		return err
	}
	ctx := context.Background()
	s, err := casestore.Open(ctx, args[0], casestore.Options{Create: true})
	if err != nil {
		return err
	}
	fmt.Println("open")
	for ; ; n++ {
		if err := ingestOne(ctx, s, n); err != nil {
			return err
		}
		fmt.Println("ack", n)
		if n%7 == 3 {
			fmt.Println("dropping", n)
			if err := s.Drop(ctx, killID(n)); err != nil {
				return err
			}
			fmt.Println("dropped", n)
		}
	}
}

func killID(n int) string { return fmt.Sprintf("source_%05d", n) }

// ingestOne takes in source n as two tables and two rejects.
func ingestOne(ctx context.Context, s graph.Store, n int) error {
	rows := killRows(n)
	src := storetest.Source(killID(n), int64(rows))
	w, err := s.Begin(ctx, src)
	if err != nil {
		return err
	}
	half := rows / 2
	return errors.Join(
		w.Append(ctx, storetest.Table(uint64(n), half)),
		w.Reject(ctx, []graph.Reject{{Line: 1, Reason: "bad"}, {Line: 2, Reason: "bad"}}),
		w.Append(ctx, storetest.Table(uint64(n)+1e6, rows-half)),
		w.Commit(ctx, src),
	)
}

// TestKill kills an ingest 50 times, each at another moment. What was
// acknowledged must be there in whole each time, and nothing of what was under way.
func TestKill(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 5
	}
	rng := rand.New(rand.NewPCG(42, 42))
	dir := filepath.Join(t.TempDir(), "case")
	k := killed{acked: map[int]bool{}, gone: map[int]bool{}, unsure: map[int]bool{}}
	commits := 0
	for round := range rounds {
		before := k.next
		k.run(t, dir, time.Duration(rng.IntN(40_000))*time.Microsecond)
		commits += k.next - before
		k.check(t, dir)
		if t.Failed() {
			t.Fatalf("after round %d", round)
		}
	}
	t.Logf("%d sources acknowledged over %d kills", commits, rounds)
}

// killed is what the killed children have told.
type killed struct {
	next   int          // number of the next source
	acked  map[int]bool // committed, for all we were told
	gone   map[int]bool // withdrawn
	unsure map[int]bool // under way when the child was killed: there or not, but not in part
}

// run runs a child, kills it some time after it has opened the case, and reads what it said.
func (k *killed) run(t *testing.T, dir string, after time.Duration) {
	t.Helper()
	c := child(t.Context(), "ingest", dir, fmt.Sprint(k.next))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child did not open the case: %s", lines.Text())
	}
	timer := time.AfterFunc(after, func() { c.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
		k.note(t, lines.Text())
	}
	if err := c.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended by itself: %v", err)
	}
	k.unsure[k.next] = true
	k.next++
}

// note takes down a line that a child has printed in full.
func (k *killed) note(t *testing.T, line string) {
	t.Helper()
	var word string
	var n int
	if _, err := fmt.Sscan(line, &word, &n); err != nil {
		t.Fatalf("the child said %q", line)
	}
	switch word {
	case "ack":
		k.acked[n], k.next = true, n+1
	case "dropping":
		delete(k.acked, n)
		k.unsure[n] = true
	case "dropped":
		delete(k.unsure, n)
		k.gone[n] = true
	default:
		t.Fatalf("the child said %q", line)
	}
}

// check opens the case, which must find nothing that it cannot explain, and compares it with what the children have told.
func (k *killed) check(t *testing.T, dir string) {
	t.Helper()
	s, err := casestore.Open(t.Context(), dir, casestore.Options{})
	if err != nil {
		t.Fatalf("the case does not open: %v", err)
	}
	defer s.Close()
	if n := s.Notices(); n != nil {
		t.Errorf("what a killed process left was taken for something else: %q", n)
	}
	x, err := s.Load(t.Context(), graph.Filter{})
	if err != nil {
		t.Fatalf("the case does not load: %v", err)
	}
	rows := make([]int, len(x.Sources))
	for _, r := range x.Rows {
		rows[r.Source]++
	}
	there := map[int]bool{}
	for i, src := range x.Sources {
		var n int
		fmt.Sscanf(src.ID, "source_%d", &n)
		there[n] = true
		if rows[i] != killRows(n) {
			t.Errorf("source %d has %d rows, want %d", n, rows[i], killRows(n))
		}
		if !k.acked[n] && !k.unsure[n] {
			t.Errorf("source %d is there, and should not be", n)
		}
	}
	for n := range k.acked {
		if !there[n] {
			t.Errorf("source %d was acknowledged, and is lost", n)
		}
	}
	checkNoLeftovers(t, dir, x.Sources)
}

// checkNoLeftovers makes sure that each file belongs to a source: two segments and a rejects file each; no marks, no quarantine.
func checkNoLeftovers(t *testing.T, dir string, sources []graph.Source) {
	t.Helper()
	var want []string
	for _, s := range sources {
		want = append(want, "edges/"+s.ID+"-1.parquet", "edges/"+s.ID+"-2.parquet", "rejects/"+s.ID+".csv")
	}
	var got []string
	for _, sub := range []string{"edges", "rejects"} {
		list, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			got = append(got, sub+"/"+e.Name())
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "quarantine")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is a quarantine: %v", err)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}
