package casestore_test

import (
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

// s2026 is a moment for clocks and runs.
var s2026 = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) graph.Store { return open(t, filepath.Join(t.TempDir(), "case")) })
}

// open opens the case, makes it when there is none, and closes it when the test ends.
func open(t testing.TB, dir string) *casestore.Store {
	t.Helper()
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true, Now: func() time.Time { return s2026 }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// put takes in a small source as one segment.
func put(t testing.TB, s graph.Store, id string) {
	t.Helper()
	src := storetest.Source(id, 100)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Append(t.Context(), storetest.Table(1, 100)), w.Commit(t.Context(), src)); err != nil {
		t.Fatal(err)
	}
}

func TestOpenNothing(t *testing.T) {
	for _, o := range []casestore.Options{{}, {ReadOnly: true}, {ReadOnly: true, Create: true}} {
		dir := filepath.Join(t.TempDir(), "case")
		if _, err := casestore.Open(t.Context(), dir, o); !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%+v: %v, want ErrNotFound", o, err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%+v: the folder was made", o)
		}
	}
}

// TestOpenAgain makes sure that a case outlives its store, wherever it is.
func TestOpenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a case?mode=ro #1 100%", "deeper")
	s := open(t, dir)
	put(t, s, "source-1")
	if err := errors.Join(s.SaveRun(t.Context(), storetest.Run0("run-1", s2026)), s.Close()); err != nil {
		t.Fatal(err)
	}
	for _, o := range []casestore.Options{{}, {ReadOnly: true}} {
		s, err := casestore.Open(t.Context(), dir, o)
		if err != nil {
			t.Fatal(err)
		}
		x, err := s.Load(t.Context(), graph.Filter{})
		if err != nil || len(x.Rows) != 100 {
			t.Errorf("%+v: Load: %v", o, err)
		}
		if r, err := s.LastRun(t.Context()); err != nil || r.ID != "run-1" {
			t.Errorf("%+v: LastRun: %v", o, err)
		}
		s.Close()
	}
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	src := storetest.Source("source-1", 100)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(w.Append(t.Context(), storetest.Table(1, 100)), w.Reject(t.Context(), []graph.Reject{{}}), w.Commit(t.Context(), src))
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		} else {
			files++
		}
		if st.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", filepath.Base(path), st.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil || files < 4 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestLocked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	_, err := casestore.Open(t.Context(), dir, casestore.Options{})
	if !errors.Is(err, graph.ErrLocked) {
		t.Fatalf("a second writer: %v, want ErrLocked", err)
	}
	if runtime.GOOS != "windows" { // there the lock keeps others from reading the file
		for _, want := range []string{fmt.Sprintf("process %d", os.Getpid()), "2026-01-02T03:04:05Z", "can be looked at"} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%q does not say %q", err, want)
			}
		}
	}
	r, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a reader beside the writer: %v", err)
	}
	defer r.Close()
	put(t, s, "source-1")
	if x, err := r.Load(t.Context(), graph.Filter{}); err != nil || len(x.Rows) != 100 {
		t.Errorf("a reader does not see what was committed after it came: %v", err)
	}
	if _, err := r.Begin(t.Context(), storetest.Source("source-2", 0)); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Begin by a reader: %v", err)
	}
	if err := r.SaveRun(t.Context(), storetest.Run0("r", s2026)); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("SaveRun by a reader: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir) // the lock is free again
}

// TestSameSourceAtOnce begins a source twice: the second must wait until the first is taken back.
func TestSameSourceAtOnce(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "case"))
	src := storetest.Source("source-1", 0)
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Begin(t.Context(), src); !errors.Is(err, graph.ErrExists) {
		t.Errorf("Begin of a source under way: %v, want ErrExists", err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	put(t, s, "source-1")
}

// TestNewerVersion makes sure that a case of a newer version is neither read nor changed.
func TestNewerVersion(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	put(t, s, "source-1")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	execSQL(t, filepath.Join(dir, "case.db"), "PRAGMA user_version = 999")
	stray := filepath.Join(dir, "edges", "later-1.parquet") // the newer version may know what it is
	if err := os.WriteFile(stray, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, o := range []casestore.Options{{ReadOnly: true}, {}, {Create: true}} {
		_, err := casestore.Open(t.Context(), dir, o)
		if !errors.Is(err, graph.ErrNewer) || !strings.Contains(err.Error(), "999") {
			t.Errorf("%+v: %v, want ErrNewer and the version", o, err)
		}
	}
	if _, err := os.Stat(stray); err != nil {
		t.Errorf("a case of a newer version was swept: %v", err)
	}
}

// execSQL runs a statement on a database that nobody has open.
func execSQL(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// openFails makes sure that a folder cannot be opened as a case in any way.
func openFails(t *testing.T, dir string) {
	t.Helper()
	for _, o := range []casestore.Options{{Create: true}, {}, {ReadOnly: true}} {
		if s, err := casestore.Open(t.Context(), dir, o); err == nil {
			s.Close()
			t.Errorf("%+v: opened what is not a case", o)
		}
	}
}

// TestDamaged damages a segment in several ways; each must be found and named.
func TestDamaged(t *testing.T) {
	damages := map[string]func(path string, b []byte) error{
		"a bit":     func(path string, b []byte) error { b[len(b)/2] ^= 4; return os.WriteFile(path, b, 0o600) },
		"cut short": func(path string, b []byte) error { return os.WriteFile(path, b[:len(b)/2], 0o600) },
		"longer":    func(path string, b []byte) error { return os.WriteFile(path, append(b, 0), 0o600) },
		"empty":     func(path string, b []byte) error { return os.WriteFile(path, nil, 0o600) },
		"missing":   func(path string, b []byte) error { return os.Remove(path) },
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			s := open(t, dir)
			put(t, s, "source-a")
			put(t, s, "source-b")
			path := filepath.Join(dir, "edges", "source-b-1.parquet")
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, b); err != nil {
				t.Fatal(err)
			}
			_, err = s.Load(t.Context(), graph.Filter{})
			if !errors.Is(err, graph.ErrDamaged) || !strings.Contains(err.Error(), "source-b-1.parquet") || !strings.Contains(err.Error(), "drop") {
				t.Errorf("Load: %v; want ErrDamaged, the segment, and what to do", err)
			}
			if err := s.Drop(t.Context(), "source-b"); err != nil {
				t.Fatal(err)
			}
			if x, err := s.Load(t.Context(), graph.Filter{}); err != nil || len(x.Rows) != 100 {
				t.Errorf("Load without the source: %v", err)
			}
		})
	}
}

// TestDamagedDatabase opens cases whose case.db is not one.
func TestDamagedDatabase(t *testing.T) {
	for name, content := range map[string]string{"text": strings.Repeat("not a database ", 1000), "html": "<html>" + strings.Repeat(" ", 4096)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "case.db"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, o := range []casestore.Options{{}, {ReadOnly: true}} {
			if _, err := casestore.Open(t.Context(), dir, o); !errors.Is(err, graph.ErrDamaged) {
				t.Errorf("%s, %+v: %v, want ErrDamaged", name, o, err)
			}
		}
	}
}

// TestSweep leaves behind what a killed process might, and some things that are not ours.
func TestSweep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	put(t, s, "source-1")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{ // whether it must stay
		"edges/source-1-1.parquet": true, "edges/source-2-1.parquet": false, "edges/source-2.pending": false, "edges/source-2-2.parquet.tmp": false, "edges/source-1-2.parquet.tmp": false,
		"edges/notes.txt": true, "edges/My Export.parquet": true, "rejects/source-2.csv": false, "rejects/source-2.csv.tmp": false, "rejects/README": true,
	}
	for name := range files {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	check := func(swept bool) {
		t.Helper()
		for name, stays := range files {
			if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != (stays || !swept) {
				t.Errorf("swept %v: %s: %v", swept, name, err)
			}
		}
	}
	r, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	check(false)
	r.Close()
	open(t, dir)
	check(true)
}

func TestRejectsFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	src := storetest.Source("source-1", 0)
	src.Name = "=evil.csv"
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		w.Reject(t.Context(), []graph.Reject{{Line: 2, Field: "+f", Reason: "no @", Raw: `=HYPERLINK("http://x")`}}),
		w.Reject(t.Context(), []graph.Reject{{Line: 30, Reason: "too long", Raw: strings.Repeat("é", 5000)}}),
		w.Reject(t.Context(), []graph.Reject{{Line: 31, Reason: "controls", Raw: "a\x1b[2Jb\r\n,\"c\"\xff"}}),
		w.Commit(t.Context(), src))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "rejects", "source-1.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"file", "line", "field", "reason", "raw"},
		{"'=evil.csv", "2", "'+f", "no @", `'=HYPERLINK("http://x")`},
		{"'=evil.csv", "30", "", "too long", strings.Repeat("é", 2048)},
		{"'=evil.csv", "31", "", "controls", "a\\x1b[2Jb\\r\n,\"c\"\uFFFD"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// TestUnfitTables hands over tables that could not be read again.
func TestUnfitTables(t *testing.T) {
	good := func() *graph.Table { return storetest.Table(1, 10) }
	for name, spoil := range map[string]func(*graph.Table){
		"account number":    func(x *graph.Table) { x.Rows[3].Account = 999 },
		"identifier number": func(x *graph.Table) { x.Rows[3].Identifier = 999 },
		"raw number":        func(x *graph.Table) { x.Rows[3].Raw = 999 },
		"relation number":   func(x *graph.Table) { x.Rows[3].Relation = 999 },
		"no account":        func(x *graph.Table) { x.Accounts[0] = graph.AccountID{} },
		"no identifier":     func(x *graph.Table) { clear(x.Identifiers[:1]) },
		"not UTF-8":         func(x *graph.Table) { x.Accounts[0].Native = "\xff" },
		"raw not UTF-8":     func(x *graph.Table) { x.Raws[len(x.Raws)-1] = "a\xc3" },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join(t.TempDir(), "case"))
			src := storetest.Source("source-1", 10)
			w, err := s.Begin(t.Context(), src)
			if err != nil {
				t.Fatal(err)
			}
			x := good()
			spoil(x)
			if err := errors.Join(w.Append(t.Context(), x), w.Append(t.Context(), good())); err == nil {
				t.Error("the next Append did not fail")
			}
			if err := w.Commit(t.Context(), src); err == nil {
				t.Error("Commit did not fail")
			}
			if list, err := s.Sources(t.Context()); err != nil || len(list) != 0 {
				t.Errorf("%d sources, %v", len(list), err)
			}
		})
	}
}
