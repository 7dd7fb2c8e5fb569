package casestore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
	"samehand/graph/storetest"
)

// downgrade takes back what the migrations after the first did, which leaves a case as version 1 made it.
const downgrade = `
ALTER TABLE runs DROP COLUMN alarms; ALTER TABLE runs DROP COLUMN missing;
ALTER TABLE clusters DROP COLUMN lowest; ALTER TABLE clusters DROP COLUMN highest; ALTER TABLE clusters DROP COLUMN stability;
ALTER TABLE clusters DROP COLUMN candidates; ALTER TABLE clusters DROP COLUMN sites; ALTER TABLE clusters DROP COLUMN apart;
ALTER TABLE clusters DROP COLUMN considered; ALTER TABLE clusters DROP COLUMN patterns; ALTER TABLE clusters DROP COLUMN dropped;
ALTER TABLE members DROP COLUMN stability;
ALTER TABLE evidence DROP COLUMN also;
PRAGMA user_version = 1;`

// version1 returns a run as a case of version 1 keeps it.
func version1(r graph.Run) graph.Run {
	r.Alarms, r.Missing = nil, nil
	for i := range r.Clusters {
		c := &r.Clusters[i]
		c.Candidates, c.Sites, c.Apart, c.Considered, c.Patterns, c.Dropped = nil, nil, nil, nil, nil, nil
		c.Lowest, c.Highest, c.Stability = 0, 0, 0
		for n := range c.Members {
			c.Members[n].Stability = 0
		}
		for n := range c.Evidence {
			c.Evidence[n].Also = nil
		}
	}
	return r
}

// caseWithRun returns the folder of a closed case with a source and a run in it.
func caseWithRun(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	put(t, s, "source-1")
	if err := errors.Join(s.SaveRun(t.Context(), storetest.Run0("run-1", s2026)), s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestOldVersion opens a case of version 1, first for reading, which must not change it, then for writing, which brings
// it to this version; both give the run that was in it.
func TestOldVersion(t *testing.T) {
	dir := caseWithRun(t)
	db := filepath.Join(dir, "case.db")
	execSQL(t, db, downgrade)
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	want := version1(storetest.Run0("run-1", s2026))
	for _, o := range []casestore.Options{{ReadOnly: true}, {}, {ReadOnly: true}} {
		s, err := casestore.Open(t.Context(), dir, o)
		if err != nil {
			t.Fatalf("%+v: %v", o, err)
		}
		got, err := s.LastRun(t.Context())
		if err != nil {
			t.Fatalf("%+v: %v", o, err)
		}
		if d := cmp.Diff(want, got, cmp.Comparer(func(a, b ident.ID) bool { return a == b }), cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%+v: (-want +got)\n%s", o, d)
		}
		if list, err := s.Runs(t.Context()); err != nil || len(list) != 1 {
			t.Errorf("%+v: %d runs, %v", o, len(list), err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(db)
		if err != nil {
			t.Fatal(err)
		}
		if o.ReadOnly && string(after) != string(before) {
			t.Errorf("%+v: the database was changed", o)
		}
		before = after
	}
	s := open(t, dir) // a run of this version beside the old one
	next := storetest.Run0("run-2", s2026.AddDate(0, 0, 1))
	if err := s.SaveRun(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	if got, err := s.LastRun(t.Context()); err != nil || len(got.Alarms) != len(next.Alarms) {
		t.Errorf("after the migration: %d alarms, %v", len(got.Alarms), err)
	}
}

// TestDamagedLists damages each list of a run in several ways: all are ErrDamaged, and none shows what was there.
func TestDamagedLists(t *testing.T) {
	dir := caseWithRun(t)
	columns := map[string][]string{
		"runs":     {"options", "sources", "alarms", "missing"},
		"clusters": {"reasons", "families", "tags", "candidates", "sites", "apart", "considered", "patterns", "dropped"},
		"evidence": {"accounts", "also"},
		"hubs":     {"kind", "mark"},
	}
	for table, list := range columns {
		for _, column := range list {
			for i, text := range damages(column) { // the name of the test is part of the folder's, and of errors
				t.Run(fmt.Sprint(column, " ", i), func(t *testing.T) { checkDamage(t, dir, table, column, text) })
			}
		}
	}
}

// damages returns what to put into a column.
func damages(column string) []string {
	switch column {
	case "kind":
		return []string{"'secret'"}
	case "mark":
		return []string{"-1", "256", "77"}
	case "accounts":
		return []string{"'[[\"secret\"]]'", "'[[\"a\",\"b\",\"secret\"]]'", "'['", "'null'"}
	case "candidates":
		return []string{"'[{\"accounts\":[[\"secret\"]]}]'", "'[{\"score\":\"secret\"}]'", "''"}
	case "apart":
		return []string{"'[{}]'", "'[{\"account\":[\"secret\"]}]'"}
	case "dropped":
		return []string{"'[{\"identifier\":[\"secret\",\"x\",0]}]'", "'[{\"identifier\":[\"phone\",\"secret\",256]}]'", "'[{\"identifier\":[\"phone\",\"secret\"]}]'", "'[{\"pieces\":[1.5]}]'"}
	case "options":
		return []string{"'[\"secret\"]'", "'{\"secret'"}
	}
	return []string{"'{\"secret\":1}'", "'[\"secret'", "'[1, {}]'", "''", "'null'"}
}

func checkDamage(t *testing.T, from, table, column, text string) {
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	execSQL(t, filepath.Join(dir, "case.db"), "UPDATE "+table+" SET "+column+" = "+text)
	s, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.LastRun(t.Context())
	if !errors.Is(err, graph.ErrDamaged) || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "case.db") {
		t.Errorf("%s: %v; want ErrDamaged, the file, and nothing of what is in it", text, err)
	}
}
