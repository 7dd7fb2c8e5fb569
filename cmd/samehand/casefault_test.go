package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCaseIsAFile gives a file where a case is wanted.
func TestCaseIsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes.txt")
	must(t, os.WriteFile(file, []byte("hello"), 0o600))
	for _, args := range [][]string{{"sources"}, {"detect"}, {"sources", "drop", "x"}} {
		if got := fails(t, file, args...); !strings.Contains(got, file+" is a file, not a case folder") {
			t.Errorf("%v: %q", args, got)
		}
	}
}

// TestOlderCaseDB drops a source from a case of which somebody has put back an
// older database: what that does not list is kept, and the user is told in one line.
func TestOlderCaseDB(t *testing.T) {
	dir := smallCase(t)
	stray := filepath.Join(dir, "edges", "ffff000000000009-1.parquet")
	must(t, os.WriteFile(stray, []byte("of a newer case.db"), 0o600))
	var w testWorld
	if code := w.run("--case", dir, "sources", "drop", "aabb"); code != exitDone {
		t.Fatalf("exit code %d: %s", code, w.stderr.String())
	}
	quarantine := filepath.Join(dir, "quarantine")
	told := 0
	for line := range strings.Lines(w.stderr.String()) {
		if strings.Contains(line, quarantine) {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d lines name the quarantine, want 1: %s", told, w.stderr.String())
	}
	if b, err := os.ReadFile(filepath.Join(quarantine, filepath.Base(stray))); err != nil || string(b) != "of a newer case.db" {
		t.Errorf("the file is not what it was: %v", err)
	}
}

// TestEmptiedCaseDB drops from a case whose database was emptied: it is damage, and nothing is removed.
func TestEmptiedCaseDB(t *testing.T) {
	dir := smallCase(t)
	must(t, os.Truncate(filepath.Join(dir, "case.db"), 0))
	for _, args := range [][]string{{"sources"}, {"sources", "drop", "aabb"}} {
		if got := fails(t, dir, args...); !strings.Contains(got, "case.db") || !strings.Contains(got, "damaged") || strings.Count(got, "new case") != 1 {
			t.Errorf("%v: %q does not say once what to do", args, got)
		}
	}
	if list, err := os.ReadDir(filepath.Join(dir, "edges")); err != nil || len(list) != 2 {
		t.Errorf("%d segments are left, want 2; %v", len(list), err)
	}
}
