//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSignals: a process that waits for standard input ends cleanly at the first SIGINT or SIGTERM.
func TestSignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.Command("samehand", "ingest", "-") // this test binary, see TestMain
			cmd.Dir, cmd.Env = dir, append(os.Environ(), scriptNow+"=", "SAMEHAND_CASE=", "TMPDIR="+dir)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			in, err := cmd.StdinPipe()
			must(t, err)
			must(t, cmd.Start())
			kill := time.AfterFunc(20*time.Second, func() { cmd.Process.Kill() })
			defer kill.Stop()
			// More than a pipe holds: when it is written, the process is reading, and so listens for signals.
			_, err = io.WriteString(in, exportOf(20_000))
			must(t, err)
			must(t, cmd.Process.Signal(sig))
			err = cmd.Wait()
			if cmd.ProcessState.ExitCode() != exitError || !strings.Contains(stderr.String(), "interrupted; the case is as it was before") {
				t.Errorf("%v, says %q", err, stderr.String())
			}
			left, err := filepath.Glob(filepath.Join(dir, "*"))
			must(t, err)
			if len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
