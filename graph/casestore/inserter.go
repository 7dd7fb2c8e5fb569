package casestore

import (
	"context"
	"database/sql"
	"strings"
)

// insertRows is how many rows go in with one statement. Most of the time of a small insert is spent on the way to it and back, and SQLite copies
// each page that a statement of several rows changes to take it back if it fails: rows that come in no order of an index change one each, again with
// each statement. SQLite takes at most 32,766 values at once.
const insertRows = 500

// inserter writes rows to one table, many at a time. Nothing is sure to be written before flush.
type inserter struct {
	tx     *sql.Tx
	head   string // INSERT INTO table (columns) VALUES
	values string // one row's places: (?,?)
	full   *sql.Stmt
	args   []any
	rows   int
}

// newInserter begins to write to the columns of a table, named as in SQL.
func newInserter(tx *sql.Tx, table, columns string) *inserter {
	n := strings.Count(columns, ",") + 1
	return &inserter{tx: tx, head: "INSERT INTO " + table + " (" + columns + ") VALUES ", values: "(?" + strings.Repeat(",?", n-1) + ")"}
}

// add writes a row, with a value for each column.
func (i *inserter) add(ctx context.Context, values ...any) (err error) {
	i.args = append(i.args, values...)
	if i.rows++; i.rows < insertRows {
		return nil
	}
	if i.full == nil {
		if i.full, err = i.tx.PrepareContext(ctx, i.statement(insertRows)); err != nil { // closed with the transaction
			return err
		}
	}
	_, err = i.full.ExecContext(ctx, i.args...)
	i.args, i.rows = i.args[:0], 0
	return err
}

// flush writes the rows that are left.
func (i *inserter) flush(ctx context.Context) error {
	if i.rows == 0 {
		return nil
	}
	_, err := i.tx.ExecContext(ctx, i.statement(i.rows), i.args...)
	i.args, i.rows = i.args[:0], 0
	return err
}

func (i *inserter) statement(rows int) string {
	return i.head + i.values + strings.Repeat(","+i.values, rows-1)
}
