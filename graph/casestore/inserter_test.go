package casestore

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// Rows come out as they went in, whether they fill a statement, several, or none.
func TestInserter(t *testing.T) {
	for _, rows := range []int{0, 1, insertRows - 1, insertRows, insertRows + 1, 3*insertRows + 7} {
		db, err := openDB(filepath.Join(t.TempDir(), "x.db"), nil)
		if err != nil {
			t.Fatal(err)
		}
		err = inTx(t.Context(), db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(t.Context(), "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)"); err != nil {
				return err
			}
			in := newInserter(tx, "t", "a, b")
			for i := range rows {
				if err := in.add(t.Context(), i, "x"); err != nil {
					return err
				}
			}
			return in.flush(t.Context())
		})
		if err != nil {
			t.Fatalf("%d rows: %v", rows, err)
		}
		got, err := collect(t.Context(), db, "SELECT a FROM t WHERE b = 'x' ORDER BY a", nil, func(r *sql.Rows) (n int, err error) { return n, r.Scan(&n) })
		if err != nil || len(got) != rows || !slices.IsSorted(got) {
			t.Errorf("%d rows: got %d, %v", rows, len(got), err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A row that the table refuses is an error of the batch that it is in.
func TestInserterFails(t *testing.T) {
	db, err := openDB(filepath.Join(t.TempDir(), "x.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, rows := range []int{2, insertRows} {
		err := inTx(t.Context(), db, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(t.Context(), "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY)"); err != nil {
				return err
			}
			in := newInserter(tx, "t", "a")
			for range rows {
				if err := in.add(t.Context(), 1); err != nil {
					return err
				}
			}
			return in.flush(t.Context())
		})
		if err == nil {
			t.Errorf("%d rows with one key went in", rows)
		}
	}
}
