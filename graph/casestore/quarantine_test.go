package casestore_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

// putWithReject takes in a small source with a rejects file.
func putWithReject(t *testing.T, s graph.Store, id string) {
	t.Helper()
	src := storetest.Source(id, 100)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(w.Append(t.Context(), storetest.Table(1, 100)), w.Reject(t.Context(), []graph.Reject{{Line: 1}}), w.Commit(t.Context(), src))
	if err != nil {
		t.Fatal(err)
	}
}

// files lists the files of a case without the database, sorted.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	for _, sub := range []string{"edges", "quarantine", "rejects"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		for _, e := range entries {
			list = append(list, sub+"/"+e.Name())
		}
	}
	return list
}

func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Errorf("the case has %q, want %q", got, want)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func closeStore(t *testing.T, s *casestore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOlderDatabase puts an older case.db in the place of the newest one, and
// then the newest one back: no observation may be lost, and somebody must be told.
func TestOlderDatabase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	db, older, newer := filepath.Join(dir, "case.db"), filepath.Join(dir, "..", "older"), filepath.Join(dir, "..", "newer")
	s := open(t, dir)
	put(t, s, "source-1")
	closeStore(t, s)
	copyFile(t, db, older)
	s = open(t, dir)
	putWithReject(t, s, "source-2")
	closeStore(t, s)
	copyFile(t, db, newer)

	copyFile(t, older, db)
	s = open(t, dir)
	wantFiles(t, dir, "edges/source-1-1.parquet", "quarantine/source-2-1.parquet", "quarantine/source-2.csv")
	if n := s.Notices(); len(n) != 1 || !strings.Contains(n[0], filepath.Join(dir, "quarantine")) || !strings.Contains(n[0], ": 2.") || strings.Contains(n[0], "\n") {
		t.Errorf("the notices are %q; want one line with the folder and the number of files", n)
	}
	if st, err := os.Stat(filepath.Join(dir, "quarantine")); err != nil || runtime.GOOS != "windows" && st.Mode().Perm() != 0o700 {
		t.Errorf("the quarantine: %v, %v", st.Mode(), err)
	}
	putWithReject(t, s, "source-2") // the way back without the newer case.db
	closeStore(t, s)
	s = open(t, dir)
	if n := s.Notices(); n != nil {
		t.Errorf("told again: %q", n)
	}
	closeStore(t, s)

	copyFile(t, older, db) // the names in the quarantine are taken now
	closeStore(t, open(t, dir))
	wantFiles(t, dir, "edges/source-1-1.parquet", "quarantine/source-2-1.parquet", "quarantine/source-2-1.parquet.2",
		"quarantine/source-2.csv", "quarantine/source-2.csv.2")

	copyFile(t, newer, db)
	s = open(t, dir)
	if n := s.Notices(); len(n) != 1 || !strings.Contains(n[0], "put back: 2") {
		t.Errorf("the notices are %q", n)
	}
	if x, err := s.Load(t.Context(), graph.Filter{}); err != nil || len(x.Rows) != 200 {
		t.Errorf("Load with the newer case.db put back: %v", err)
	}
	wantFiles(t, dir, "edges/source-1-1.parquet", "edges/source-2-1.parquet", "quarantine/source-2-1.parquet.2", "quarantine/source-2.csv.2", "rejects/source-2.csv")
}

// TestEmptied opens cases whose database lists nothing any more, and not even has tables.
func TestEmptied(t *testing.T) {
	for name, empty := range map[string]func(t *testing.T, db string){
		"no bytes": func(t *testing.T, db string) {
			if err := os.Truncate(db, 0); err != nil {
				t.Fatal(err)
			}
		},
		"no tables": func(t *testing.T, db string) {
			if err := os.Remove(db); err != nil {
				t.Fatal(err)
			}
			execSQL(t, db, "PRAGMA journal_mode=WAL")
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			s := open(t, dir)
			putWithReject(t, s, "source-1")
			closeStore(t, s)
			before := files(t, dir)
			empty(t, filepath.Join(dir, "case.db"))
			for _, o := range []casestore.Options{{}, {Create: true}, {ReadOnly: true}} {
				_, err := casestore.Open(t.Context(), dir, o)
				if !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), "case.db") || !strings.Contains(err.Error(), "put a copy of it back") {
					t.Errorf("%+v: %v; want ErrDamaged, the file, and what to do", o, err)
				}
			}
			wantFiles(t, dir, before...)
		})
	}
}

// TestUnborn opens a case whose maker was killed before it had tables: nothing is lost.
func TestUnborn(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "case.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true}); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("for reading: %v, want ErrNotFound", err)
	}
	put(t, open(t, dir), "source-1")
}

// TestPending opens cases as a killed commit, a killed withdrawal, and a commit killed just after the end leave them.
func TestPending(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	putWithReject(t, s, "source-1")
	wantFiles(t, dir, "edges/source-1-1.parquet", "rejects/source-1.csv")
	closeStore(t, s)
	for _, name := range []string{
		"edges/source-1.pending", // committed all the same
		"edges/source-2.pending", "edges/source-2-1.parquet", "edges/source-2-17.parquet", "edges/source-2-3.parquet.tmp", "rejects/source-2.csv",
		"edges/source-2-2-1.parquet", // of a source-2-2, not of source-2
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, dir)
	wantFiles(t, dir, "edges/source-1-1.parquet", "quarantine/source-2-2-1.parquet", "rejects/source-1.csv")
	if n := s.Notices(); len(n) != 1 || !strings.Contains(n[0], ": 1.") {
		t.Errorf("the notices are %q", n)
	}
	if err := s.Drop(t.Context(), "source-1"); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, "quarantine/source-2-2-1.parquet")
	if err := s.Drop(t.Context(), "source-1"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Drop again: %v, want ErrNotFound", err)
	}
	wantFiles(t, dir, "quarantine/source-2-2-1.parquet") // and no mark
}

// TestAbortLeavesNoMark takes back a source after its files had names: case.db has lost the table that the commit needs.
func TestAbortLeavesNoMark(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	src := storetest.Source("source-1", 100)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Append(t.Context(), storetest.Table(1, 100)); err != nil {
		t.Fatal(err)
	}
	execSQL(t, filepath.Join(dir, "case.db"), "DROP TABLE manifest")
	if err := w.Commit(t.Context(), src); err == nil {
		t.Fatal("a commit without a manifest did not fail")
	}
	wantFiles(t, dir)
}

// TestNamesThatLeadOut withdraws a source of a case whose database names files outside of it.
func TestNamesThatLeadOut(t *testing.T) {
	for name, statement := range map[string]string{
		"segment": "UPDATE manifest SET name = '../../precious.parquet'",
		"rejects": "UPDATE reject_files SET name = '../../precious.parquet'",
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			precious := filepath.Join(dir, "..", "precious.parquet")
			if err := os.WriteFile(precious, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(t, dir)
			putWithReject(t, s, "source-1")
			execSQL(t, filepath.Join(dir, "case.db"), statement)
			if err := s.Drop(t.Context(), "source-1"); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("Drop: %v, want ErrDamaged", err)
			}
			closeStore(t, s)
			if _, err := casestore.Open(t.Context(), dir, casestore.Options{}); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("Open: %v, want ErrDamaged", err)
			}
			if _, err := os.Stat(precious); err != nil {
				t.Error(err)
			}
		})
	}
}
