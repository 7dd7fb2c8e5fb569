package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// exportOf returns a small export with n records.
func exportOf(n int) string {
	var b strings.Builder
	b.WriteString("platform,account,kind,value,relation,first_seen,last_seen,count\n")
	for i := range n {
		fmt.Fprintf(&b, "ats,app-%d,email,person%d@quarrylane.example,registered,2025-01-02T00:00:00Z,,1\n", i, i)
	}
	return b.String()
}

// writeTree writes files below a new folder and returns it.
func writeTree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		must(t, os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestExpand(t *testing.T) {
	dir := writeTree(t, map[string]string{
		"b.csv": "", "a.csv": "", "sub/z.csv": "", "sub/.hidden": "", ".git/config": "", "old.case/case.db": "", "old.case/edges/x.parquet": "",
		"c.csv": "",
	})
	must(t, os.Symlink(filepath.Join(dir, "a.csv"), filepath.Join(dir, "link.csv")))
	got, err := expand([]string{filepath.Join(dir, "c.csv"), dir, "-", filepath.Join(dir, "missing")})
	must(t, err)
	want := []namedFile{
		{filepath.Join(dir, "c.csv"), false},
		{filepath.Join(dir, "a.csv"), true},
		{filepath.Join(dir, "b.csv"), true},
		{filepath.Join(dir, "c.csv"), true},
		{filepath.Join(dir, "sub", "z.csv"), true},
		{"-", false},
		{filepath.Join(dir, "missing"), false},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(namedFile{})); diff != "" {
		t.Error(diff)
	}
}

// cancellingReader calls cancel when it is first read.
type cancellingReader struct {
	io.Reader
	cancel context.CancelFunc
}

func (r *cancellingReader) Read(p []byte) (int, error) {
	r.cancel()
	return r.Reader.Read(p)
}

// TestInterrupted: an interrupt in the middle of a file takes that file back, and says what stays.
func TestInterrupted(t *testing.T) {
	dir := writeTree(t, map[string]string{"a.csv": exportOf(3)})
	store := filepath.Join(t.TempDir(), "case")
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"before anything is in", []string{"-"}, "interrupted; the case is as it was before"},
		{"after the first of two", []string{filepath.Join(dir, "a.csv"), "-"}, "interrupted; 1 of 2 files are in the case, nothing of the others"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			var w testWorld
			world := w.world()
			world.stdin = &cancellingReader{strings.NewReader(exportOf(9)), cancel}
			code := run(ctx, append([]string{"--case", store, "ingest"}, c.args...), world)
			if code != exitError || !strings.Contains(w.stderr.String(), c.says) {
				t.Errorf("exit code %d, says %q", code, w.stderr.String())
			}
		})
	}
	if got := ok(t, store, "sources", "--format", "csv"); strings.Count(got, "\n") != 2 {
		t.Errorf("the case holds:\n%s", got)
	}
}

// TestInterruptedDetect: nothing is kept of a detection that is interrupted.
func TestInterruptedDetect(t *testing.T) {
	dir := writeTree(t, map[string]string{"a.csv": exportOf(3)})
	store := filepath.Join(dir, "case")
	ok(t, store, "ingest", filepath.Join(dir, "a.csv"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var w testWorld
	if code := run(ctx, []string{"--case", store, "detect"}, w.world()); code != exitError {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(w.stderr.String(), "interrupted") {
		t.Errorf("says %q", w.stderr.String())
	}
	if got := ok(t, store, "info"); !strings.Contains(got, "none yet") {
		t.Errorf("a run was kept:\n%s", got)
	}
}

// brokenPipe is a reader that went away.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, fmt.Errorf("write: %w", syscall.EPIPE) }

func TestBrokenPipeIsQuiet(t *testing.T) {
	dir := smallCase(t)
	for _, args := range [][]string{{"clusters"}, {"members", "--format", "csv"}, {"show", "c-loud"}, {"info"}, {"report", "-o", "-"}} {
		var w testWorld
		world := w.world()
		world.stdout = brokenPipe{}
		if code := run(context.Background(), append([]string{"--case", dir}, args...), world); code != exitDone || w.stderr.Len() > 0 {
			t.Errorf("%v: exit code %d, says %q", args, code, w.stderr.String())
		}
	}
}

// TestFullDisk: any other failure to write is an error.
func TestFullDisk(t *testing.T) {
	dir := smallCase(t)
	for _, args := range [][]string{{"clusters"}, {"show", "c-loud"}, {"report", "-o", "-"}} {
		var w testWorld
		world := w.world()
		world.stdout = &failingWriter{}
		if code := run(context.Background(), append([]string{"--case", dir}, args...), world); code != exitError {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
}

// TestUnwritableCase: a case that must not be written is read all the same.
func TestUnwritableCase(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("permissions say nothing to root")
	}
	dir := smallCase(t)
	must(t, os.Chmod(dir, 0o500))
	t.Cleanup(func() { os.Chmod(dir, 0o700) })
	ok(t, dir, "clusters")
	if got := fails(t, dir, "detect"); !strings.Contains(got, "permission denied") {
		t.Errorf("detect says %q", got)
	}
}

// TestProgressOnTerminal: bars are shown to a person only, and data stays apart from them.
func TestProgressOnTerminal(t *testing.T) {
	dir := writeTree(t, map[string]string{"a.csv": exportOf(3)})
	var w testWorld
	world := w.world()
	world.terminal = func(out io.Writer) bool { return out == io.Writer(&w.stderr) }
	code := run(context.Background(), []string{"--case", filepath.Join(dir, "case"), "ingest", "--format", "csv", filepath.Join(dir, "a.csv")}, world)
	if code != exitDone || strings.Contains(w.stdout.String(), "\x1b") {
		t.Errorf("exit code %d, data %q", code, w.stdout.String())
	}
	if code := run(context.Background(), []string{"--case", filepath.Join(dir, "case"), "detect"}, world); code != exitDone {
		t.Errorf("detect: exit code %d: %s", code, w.stderr.String())
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "r.json")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	must(t, writeFile(name, false, text("one")))
	if err := writeFile(name, false, text("two")); err == nil {
		t.Error("a file was overwritten")
	}
	if err := writeFile(name, true, func(io.Writer) error { return errFull }); err == nil {
		t.Error("a failed write is no error")
	}
	read := func() string { b, err := os.ReadFile(name); must(t, err); return string(b) }
	if got := read(); got != "one" {
		t.Errorf("a failed write left %q", got)
	}
	must(t, writeFile(name, true, text("two")))
	if got := read(); got != "two" {
		t.Errorf("--force left %q", got)
	}
	entries, err := os.ReadDir(dir)
	must(t, err)
	if len(entries) != 1 {
		t.Errorf("temporary files are left: %v", entries)
	}
	st, err := os.Stat(name)
	must(t, err)
	if st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v; a report is personal", st.Mode())
	}
}
