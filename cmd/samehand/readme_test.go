package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/typology"
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

// TestReadmeCommands: the commands that the README shows run as they are written, one after the other, in a folder with the
// program in it. What builds the program is left out.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole program many times")
	}
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	dir := t.TempDir()
	program, err := exec.LookPath("samehand") // this test binary, see TestMain
	must(t, err)
	must(t, os.Symlink(program, filepath.Join(dir, "samehand")))
	ran, rest, more := 0, string(readme), true
	for {
		if _, rest, more = strings.Cut(rest, "```sh\n"); !more {
			break
		}
		var block string
		block, rest, _ = strings.Cut(rest, "```\n")
		for line := range strings.Lines(block) {
			if strings.HasPrefix(line, "go ") || strings.HasPrefix(line, "export ") {
				continue // export: the shell has that case already
			}
			shell(t, dir, line)
			ran++
		}
	}
	if ran < 20 {
		t.Errorf("%d commands; the README shows more", ran)
	}
}

// TestReadmeExplanations: the README names every innocent explanation that is looked for, and says how many patterns there are.
func TestReadmeExplanations(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	must(t, err)
	dir := filepath.Join(t.TempDir(), "demo")
	var w testWorld
	if code := w.run("demo", dir); code != exitDone {
		t.Fatalf("exit code %d: %s", code, w.stderr.String())
	}
	var doc struct {
		Clusters []struct {
			Considered []struct{ Name string }
		}
	}
	must(t, json.Unmarshal([]byte(ok(t, filepath.Join(dir, "case"), "report", "--format", "json", "-o", "-")), &doc))
	n := 0
	for _, c := range doc.Clusters {
		for _, l := range c.Considered {
			if n++; !strings.Contains(string(readme), "| "+l.Name+" |") {
				t.Errorf("the README does not name the explanation %q", l.Name)
			}
		}
	}
	if n == 0 {
		t.Error("no explanation in the report")
	}
	if len(typology.All()) != 16 || !strings.Contains(string(readme), "lists sixteen named patterns") {
		t.Errorf("%d named patterns; the README says sixteen", len(typology.All()))
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
