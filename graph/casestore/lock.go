package casestore

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"samehand/graph"
)

// fileLock is an open file that this process has locked. The system gives
// the lock back when the process ends, however it ends.
type fileLock struct{ f *os.File }

// errHeld means that another process has the lock.
var errHeld = errors.New("held by another process")

// acquireLock locks the file at path without waiting, and writes the process's ID into it, for others to read. On a full
// disk the lock is there without it: whoever wants to withdraw a source to make room must get in.
func acquireLock(path string, now time.Time) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%s: cannot open it for writing, so that the case cannot be changed here; copy the case to where you can write, or mend the permissions (it can be looked at where it is): %w", path, err)
	}
	if err := lockFile(f); err != nil {
		defer f.Close()
		if errors.Is(err, errHeld) {
			return nil, fmt.Errorf("%s: %w (%s); wait until it is done; the case can be looked at meanwhile", path, graph.ErrLocked, holder(f))
		}
		return nil, fmt.Errorf("%s: cannot lock: %w", path, err)
	}
	_ = f.Truncate(0)
	_, _ = f.WriteAt(fmt.Appendf(nil, "process %d, since %s\n", os.Getpid(), now.UTC().Format(time.RFC3339)), 0)
	return &fileLock{f}, nil
}

// holder says who holds the lock, as far as the file tells.
func holder(f *os.File) string {
	b, err := io.ReadAll(io.LimitReader(f, 80))
	line, _, _ := strings.Cut(string(b), "\n")
	var pid int
	var since string
	if _, scan := fmt.Sscanf(line, "process %d, since %s", &pid, &since); err != nil || scan != nil {
		return "which process is not known"
	}
	if _, err := time.Parse(time.RFC3339, since); err != nil {
		return fmt.Sprintf("process %d", pid)
	}
	return fmt.Sprintf("process %d, since %s", pid, since)
}

// release gives up the lock. The file stays: removing it would let two processes lock two files of one name.
func (l *fileLock) release() error {
	_ = l.f.Truncate(0) // the note is a courtesy
	return l.f.Close()
}
