package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// A simulation that is interrupted has no case to speak of, and leaves nothing behind.
func TestSimulateInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := t.TempDir()
	var w testWorld
	if code := run(ctx, []string{"simulate", "farm", "-o", filepath.Join(dir, "farm")}, w.world()); code != exitError {
		t.Errorf("exit code %d", code)
	}
	if got, want := w.stderr.String(), "error: interrupted; nothing was written\n"; !strings.HasSuffix(got, want) {
		t.Errorf("says %q, want %q", got, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
