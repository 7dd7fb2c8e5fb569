package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
