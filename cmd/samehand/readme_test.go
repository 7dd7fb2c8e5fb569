package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadmeObservations: the rows that the README shows are read, all of them.
func TestReadmeObservations(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	_, rest, found := strings.Cut(string(readme), "```csv\n")
	example, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("the README shows no observations")
	}
	file := filepath.Join(writeTree(t, map[string]string{"readme.csv": example}), "readme.csv")
	rows := csvRows(t, ok(t, filepath.Join(t.TempDir(), "case"), "ingest", file, "--format", "csv"))
	if n := number(t, rows[0]["observations"]); n != strings.Count(example, "\n")-1 {
		t.Errorf("%d observations of %d rows", n, strings.Count(example, "\n")-1)
	}
}

// TestReadmeCommunities: the commands that the README shows for any graph run as they are written, in a folder with the
// program in it, and print what it says.
func TestReadmeCommunities(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	_, rest, found := strings.Cut(string(readme), "## Communities of any graph\n")
	_, rest, opened := strings.Cut(rest, "```sh\n")
	commands, rest, closed := strings.Cut(rest, "```\n")
	_, rest, printed := strings.Cut(rest, "```\n")
	want, _, _ := strings.Cut(rest, "```\n")
	if !found || !opened || !closed || !printed {
		t.Fatal("the README has no such example")
	}
	dir := t.TempDir()
	program, err := exec.LookPath("samehand") // this test binary, see TestMain
	must(t, err)
	must(t, os.Symlink(program, filepath.Join(dir, "samehand")))
	for line := range strings.Lines(commands) {
		shell(t, dir, strings.Replace(line, "--ladder", "--ladder > ladder.txt", 1))
	}
	got, err := os.ReadFile(filepath.Join(dir, "ladder.txt"))
	must(t, err)
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error("(-want +got)\n" + diff)
	}
	labels, err := os.ReadFile(filepath.Join(dir, "found.csv"))
	must(t, err)
	if want := "node,community\nann,0\nbob,0\ncid,0\ndan,1\neve,1\nfay,1\ngus,1\n"; string(labels) != want {
		t.Errorf("%q, want %q", labels, want)
	}
}
