package casestore_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/storetest"
)

// TestLinks opens cases of which a part is a link to somewhere else: nothing there may be removed, read or written.
func TestLinks(t *testing.T) {
	for _, name := range []string{"edges", "rejects", "quarantine", "lock", "case.db", "case.db-wal"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "case")
			s := open(t, dir)
			put(t, s, "source-1")
			closeStore(t, s)
			part, outside := filepath.Join(dir, name), filepath.Join(dir, "..", "outside")
			if err := os.Rename(part, outside); err != nil { // not there yet
				if err := os.Mkdir(outside, 0o700); err != nil {
					t.Fatal(err)
				}
			}
			stray := filepath.Join(outside, "other-1.parquet.tmp")
			if st, err := os.Stat(outside); err == nil && st.IsDir() {
				if err := os.WriteFile(stray, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			} else {
				stray = outside
			}
			if err := os.Symlink(outside, part); err != nil {
				t.Skipf("cannot make links here: %v", err)
			}
			for _, o := range []casestore.Options{{}, {Create: true}, {ReadOnly: true}} {
				s, err := casestore.Open(t.Context(), dir, o)
				if err == nil {
					s.Close()
				}
				if err == nil || !strings.Contains(err.Error(), name+" is a symbolic link") {
					t.Errorf("%+v: %v; want an error that names the link", o, err)
				}
			}
			if _, err := os.Stat(stray); err != nil {
				t.Errorf("a file outside of the case is gone: %v", err)
			}
		})
	}
}

// TestLinkToCase makes sure that the folder of a case itself may be a link, as people have them.
func TestLinkToCase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	put(t, s, "source-1")
	closeStore(t, s)
	link := filepath.Join(dir, "..", "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skipf("cannot make links here: %v", err)
	}
	put(t, open(t, link), "source-2")
}

// TestLinkedSegment puts a link in the place of a segment, to the same bytes.
func TestLinkedSegment(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	put(t, s, "source-1")
	segment, outside := filepath.Join(dir, "edges", "source-1-1.parquet"), filepath.Join(dir, "..", "outside")
	if err := os.Rename(segment, outside); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, segment); err != nil {
		t.Skipf("cannot make links here: %v", err)
	}
	if _, err := s.Load(t.Context(), graph.Filter{}); !errors.Is(err, graph.ErrDamaged) {
		t.Errorf("Load: %v, want ErrDamaged", err)
	}
}

// TestNotAFolder names a file, or has a file where a folder should be.
func TestNotAFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, o := range []casestore.Options{{}, {Create: true}, {ReadOnly: true}} {
		if _, err := casestore.Open(t.Context(), file, o); err == nil || !strings.Contains(err.Error(), "is a file, not a case folder") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	dir := filepath.Join(t.TempDir(), "case")
	closeStore(t, open(t, dir))
	edges := filepath.Join(dir, "edges")
	if err := errors.Join(os.Remove(edges), os.WriteFile(edges, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	openFails(t, dir)
}

func TestRejectsPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	for _, id := range []string{"source-1", "../../Source 2"} {
		putWithReject(t, s, id)
		path := casestore.RejectsPath(dir, id)
		if _, err := os.Stat(path); err != nil || filepath.Dir(path) != filepath.Join(dir, "rejects") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestManyRelations takes in as many relations as rows can tell apart, and one more.
func TestManyRelations(t *testing.T) {
	for _, c := range []struct {
		relations int
		ok        bool
	}{{1 << 16, true}, {1<<16 + 1, false}} {
		s := open(t, filepath.Join(t.TempDir(), "case"))
		src := storetest.Source("source-1", 10)
		w, err := s.Begin(t.Context(), src)
		if err != nil {
			t.Fatal(err)
		}
		x := storetest.Table(1, 10)
		for i := len(x.Relations); i < c.relations; i++ {
			x.Relations = append(x.Relations, graph.Relation("r"+string(rune('0'+i%10))+strings.Repeat("x", i%7)))
		}
		err = errors.Join(w.Append(t.Context(), x), w.Commit(t.Context(), src))
		if (err == nil) != c.ok || !c.ok && !strings.Contains(err.Error(), "65,536 relations") {
			t.Errorf("%d relations: %v", c.relations, err)
		}
	}
}
