package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestExamples runs every example of every help in a shell, one help's after the other, each in a folder of its own where
// the demo has been run and SAMEHAND_CASE is its case, as it tells a newcomer to set it. Beside it is a staff.csv, a table of one's own.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole program many times")
	}
	var w testWorld
	root := newRoot(&app{world: w.world()})
	made := t.TempDir()
	shell(t, made, "samehand demo")
	must(t, os.WriteFile(filepath.Join(made, "staff.csv"), []byte("Employee ID,Work Email\nE-1,ada@quarrylane.example\n"), 0o600))
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			walk(sub)
		}
		if c.Example == "" {
			return
		}
		t.Run(strings.ReplaceAll(c.CommandPath(), " ", "_"), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "newcomer")
			must(t, os.CopyFS(dir, os.DirFS(made)))
			for line := range strings.Lines(c.Example) {
				if line = strings.TrimSpace(line); line != "" {
					shell(t, dir, line)
				}
			}
		})
	}
	walk(root)
}

// shell runs a line in a shell and fails the test unless it succeeds.
func shell(t *testing.T, dir, line string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), scriptNow+"="+testTime.Format("2006-01-02T15:04:05Z07:00"), "SAMEHAND_CASE=samehand-demo/case")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s\n%v\n%s", line, err, out)
	}
}
