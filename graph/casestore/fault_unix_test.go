//go:build unix

package casestore_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

// TestFull lets writes fail as on a full disk, in a child whose files may not
// grow beyond a limit: in a segment, in the rejects file, and in the database.
func TestFull(t *testing.T) {
	out, err := child(t.Context(), "full", filepath.Join(t.TempDir(), "case")).Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// fullChild is the child of TestFull. Argument: the case.
func fullChild() error {
	signal.Ignore(syscall.SIGXFSZ) // so that a write fails with EFBIG
	ctx, dir := context.Background(), os.Args[len(os.Args)-1]
	s, err := casestore.Open(ctx, dir, casestore.Options{Create: true})
	if err != nil {
		return err
	}
	defer s.Close()
	table := func(n int) *graph.Table { return storetest.Table(1, n) }
	rejects := []graph.Reject{{Line: 1, Raw: strings.Repeat("x", 4096)}}
	cases := []struct {
		name    string
		limit   uint64
		rows    int
		rejects int
	}{
		{"segment", 16 << 10, 20000, 0},
		{"rejects", 16 << 10, 10, 100},
		{"database", 8 << 10, 10, 0},
	}
	for _, c := range cases {
		src := storetest.Source("source-1", int64(c.rows))
		err := limited(c.limit, func() error {
			w, err := s.Begin(ctx, src)
			if err != nil {
				return fmt.Errorf("Begin: %w", err)
			}
			err = w.Append(ctx, table(c.rows))
			for range c.rejects {
				err = errors.Join(err, w.Reject(ctx, rejects))
			}
			return errors.Join(err, w.Commit(ctx, src))
		})
		if err == nil {
			return fmt.Errorf("%s: the commit did not fail", c.name)
		}
		fmt.Printf("%s: %v\n", c.name, err)
		if err := nothingThere(ctx, s, dir); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if err := ingestOne(ctx, s, 1); err != nil {
		return fmt.Errorf("with room on the disk again: %w", err)
	}
	x, err := s.Load(ctx, graph.Filter{})
	if err != nil || len(x.Rows) != killRows(1) {
		return fmt.Errorf("with room on the disk again: %d rows, %w", len(x.Rows), err)
	}
	return nil
}

// limited calls f while no file of this process may grow beyond n bytes.
func limited(n uint64, f func() error) error {
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: old.Max}); err != nil {
		return err
	}
	return errors.Join(f(), syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old))
}

// nothingThere fails when there is a source, a row or a file.
func nothingThere(ctx context.Context, s graph.Store, dir string) error {
	x, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	edges, err1 := os.ReadDir(filepath.Join(dir, "edges"))
	rejects, err2 := os.ReadDir(filepath.Join(dir, "rejects"))
	if n := len(x.Sources) + len(x.Rows) + len(edges) + len(rejects); n > 0 || err1 != nil || err2 != nil {
		return fmt.Errorf("%d sources, %d rows, %d and %d files are left: %w", len(x.Sources), len(x.Rows), len(edges), len(rejects), errors.Join(err1, err2))
	}
	return nil
}

// nobody is a user that may not write a folder of ours, when we are root.
const nobody = 65534

// TestReadOnlyFolder reads a case in a folder that cannot be written. Root can
// write everywhere, so that as root the test is done by a child that is somebody else.
func TestReadOnlyFolder(t *testing.T) {
	dir, err := os.MkdirTemp("", "casestore") // t.TempDir is in a folder that nobody else can enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		chmodAll(t, dir, 0o700, 0o600)
		os.RemoveAll(dir)
	})
	s := open(t, filepath.Join(dir, "case"))
	if err := errors.Join(ingestOne(t.Context(), s, 1), s.SaveRun(t.Context(), storetest.Run0("run-1", s2026)), s.Close()); err != nil {
		t.Fatal(err)
	}
	c := child(t.Context(), "readonly", filepath.Join(dir, "case"))
	if os.Getuid() == 0 {
		c.Path = copyBinary(t, dir)
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		c.Dir = dir
		chownAll(t, dir)
	}
	chmodAll(t, filepath.Join(dir, "case"), 0o500, 0o400)
	if out, err := c.Output(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			t.Skipf("cannot run a child as another user: %v", err)
		}
		t.Fatalf("%v\n%s", err, out)
	}
}

// readOnlyChild is the child of TestReadOnlyFolder. Argument: the case.
func readOnlyChild() error {
	ctx, dir := context.Background(), os.Args[len(os.Args)-1]
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("the folder can be written after all: %w", err)
	}
	_, err := casestore.Open(ctx, dir, casestore.Options{})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "copy the case to where you can write") {
		return fmt.Errorf("opened for writing: %w", err)
	}
	s, err := casestore.Open(ctx, dir, casestore.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	x, err := s.Load(ctx, graph.Filter{})
	if err != nil || len(x.Rows) != killRows(1) {
		return fmt.Errorf("Load: %w", err)
	}
	if r, err := s.LastRun(ctx); err != nil || r.ID != "run-1" {
		return fmt.Errorf("LastRun: %w", err)
	}
	if err := s.Drop(ctx, killID(1)); !errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("Drop: %w", err)
	}
	return nil
}

// copyBinary copies the test binary to where everybody can run it.
func copyBinary(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "test")
	if err := errors.Join(os.WriteFile(path, b, 0o755), os.Chmod(path, 0o755), os.Chmod(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	return path
}

func chownAll(t *testing.T, dir string) {
	t.Helper()
	walk(t, dir, func(path string, _ bool) error { return os.Chown(path, nobody, nobody) })
}

func chmodAll(t *testing.T, dir string, folder, file fs.FileMode) {
	t.Helper()
	walk(t, dir, func(path string, isDir bool) error {
		if isDir {
			return os.Chmod(path, folder)
		}
		return os.Chmod(path, file)
	})
}

func walk(t *testing.T, dir string, f func(path string, isDir bool) error) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return f(path, d.IsDir())
	})
	if err != nil {
		t.Fatal(err)
	}
}
