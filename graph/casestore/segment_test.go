package casestore_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/storetest"
)

// TestSegmentForOthers reads a segment as another program would: by the names and types of its columns.
func TestSegmentForOthers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s := open(t, dir)
	id := func(k ident.Kind, m ident.Mark, key string) ident.ID {
		x, err := ident.Restore(k, m, key)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	var b graph.Builder
	seen := graph.TimeOf(time.Date(2025, 1, 2, 3, 4, 5, 6000, time.UTC))
	b.Observe(graph.Observation{Account: graph.AccountID{Platform: "okta:acme", Native: "zoë"}, Identifier: id(ident.Phone, ident.Placeholder, "+12025550100"),
		Raw: "(202) 555-0100", Relation: graph.Recovery, Ref: graph.Ref{Line: 3}})
	b.Observe(graph.Observation{Account: graph.AccountID{Platform: "okta:acme", Native: "zoë"}, Identifier: id(ident.Email, ident.Ordinary, "zoe@example.org"),
		Relation: graph.Registered, First: seen, Last: seen + 1, Count: 7, Ref: graph.Ref{Line: 2}})
	putTable(t, s, storetest.Source("source-1", 2), b.Table())

	type row struct {
		Platform   string     `parquet:"platform"`
		Account    string     `parquet:"account"`
		Kind       string     `parquet:"kind"`
		Identifier string     `parquet:"identifier"`
		Mark       string     `parquet:"mark"`
		Raw        *string    `parquet:"raw,optional"`
		Relation   string     `parquet:"relation"`
		First      *time.Time `parquet:"first_seen,optional,timestamp(microsecond)"`
		Last       *time.Time `parquet:"last_seen,optional,timestamp(microsecond)"`
		Count      int64      `parquet:"count"`
		Source     string     `parquet:"source"`
		Line       int64      `parquet:"line"`
	}
	got, err := parquet.ReadFile[row](filepath.Join(dir, "edges", "source-1-1.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	raw, first, last := "(202) 555-0100", seen.Std(), (seen + 1).Std()
	want := []row{
		{"okta:acme", "zoë", "email", "zoe@example.org", "", nil, "registered", &first, &last, 7, "source-1", 2},
		{"okta:acme", "zoë", "phone", "+12025550100", "placeholder", &raw, "recovery", nil, nil, 1, "source-1", 3},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// TestSegmentFooter checks what the footer says about the file as a whole.
func TestSegmentFooter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	put(t, open(t, dir), "source-1")
	b, err := os.ReadFile(filepath.Join(dir, "edges", "source-1-1.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"samehand.schema": "1", "samehand.source": "source-1"} {
		if got, _ := f.Lookup(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	var sorted []string
	for _, c := range f.RowGroups()[0].SortingColumns() {
		sorted = append(sorted, c.Path()...)
	}
	if d := cmp.Diff([]string{"platform", "account"}, sorted); d != "" {
		t.Errorf("sorted by (-want +got):\n%s", d)
	}
}

// TestSegmentBytes makes sure that the order of the rows, and of what they refer to, does not show in the file.
func TestSegmentBytes(t *testing.T) {
	whole := storetest.Table(7, 5000)
	var backwards graph.Builder
	for i := len(whole.Rows) - 1; i >= 0; i-- {
		backwards.Observe(whole.Observation(i))
	}
	var files [][]byte
	for _, x := range []*graph.Table{whole, backwards.Table()} {
		dir := filepath.Join(t.TempDir(), "case")
		putTable(t, open(t, dir), storetest.Source("source-1", 5000), x)
		f, err := os.Open(filepath.Join(dir, "edges", "source-1-1.parquet"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same rows in another order made another file")
	}
}

// TestNotACase opens folders that hold something else.
func TestNotACase(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "edges", "mine-1.parquet")
	if err := os.MkdirAll(filepath.Dir(mine), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	openFails(t, dir)
	if _, err := os.Stat(mine); err != nil {
		t.Errorf("a file of somebody else was swept: %v", err)
	}
	other := t.TempDir()
	execSQL(t, filepath.Join(other, "case.db"), "CREATE TABLE legal_cases (n)")
	openFails(t, other)
}
