package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"samehand/graph"
)

// segment is one line of the manifest: a file in edges/.
type segment struct {
	Name   string // of the file
	Source string // ID
	Rows   int64
	Bytes  int64
	SHA256 string // of the file, in hex
}

const sourceColumns = `id, name, format, sha256, bytes, options, ingested, records, accepted, rejected, silent,
	value_count, kept, values_rejected, placeholders, notes`

// querier is a *sql.DB or a *sql.Tx.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Sources lists the committed sources, sorted by ID.
func (s *Store) Sources(ctx context.Context) ([]graph.Source, error) {
	list, err := readSources(ctx, s.db)
	if err != nil {
		return nil, dbError(s.path(dbName), "cannot list the sources", err)
	}
	return list, nil
}

func readSources(ctx context.Context, q querier) ([]graph.Source, error) {
	return collect(ctx, q, "SELECT "+sourceColumns+" FROM sources ORDER BY id", nil, func(rows *sql.Rows) (x graph.Source, err error) {
		var ingested, notes string
		err = rows.Scan(&x.ID, &x.Name, &x.Format, &x.SHA256, &x.Bytes, &x.Options, &ingested, &x.Records, &x.Accepted, &x.Rejected,
			&x.Silent, &x.Values, &x.Kept, &x.ValuesRejected, &x.Placeholders, &notes)
		if err != nil {
			return x, err
		}
		if x.Ingested, err = parseTime(ingested); err != nil {
			return x, err
		}
		return x, fromJSON(notes, &x.Notes)
	})
}

// collect runs a query and scans each of its rows.
func collect[T any](ctx context.Context, q querier, query string, args []any, scan func(*sql.Rows) (T, error)) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		x, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// insertSource writes the source and its part of the manifest.
func insertSource(ctx context.Context, tx *sql.Tx, x graph.Source, segs []segment, rejects string, rejected int64) error {
	notes, err := toJSON(x.Notes)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sources ("+sourceColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		x.ID, x.Name, x.Format, x.SHA256, x.Bytes, x.Options, formatTime(x.Ingested), x.Records, x.Accepted, x.Rejected,
		x.Silent, x.Values, x.Kept, x.ValuesRejected, x.Placeholders, notes)
	if err != nil {
		return err
	}
	for _, g := range segs {
		_, err := tx.ExecContext(ctx, "INSERT INTO manifest (name, source_id, row_count, bytes, sha256) VALUES (?,?,?,?,?)",
			g.Name, x.ID, g.Rows, g.Bytes, g.SHA256)
		if err != nil {
			return err
		}
	}
	if rejects == "" {
		return nil
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO reject_files (name, source_id, row_count) VALUES (?,?,?)", rejects, x.ID, rejected)
	return err
}

// readManifest lists the segments of the committed sources, by source and name.
func readManifest(ctx context.Context, q querier) ([]segment, error) {
	return collect(ctx, q, "SELECT name, source_id, row_count, bytes, sha256 FROM manifest ORDER BY source_id, name", nil,
		func(rows *sql.Rows) (g segment, err error) {
			err = rows.Scan(&g.Name, &g.Source, &g.Rows, &g.Bytes, &g.SHA256)
			return g, errors.Join(err, checkName(segmentFile, g.Name))
		})
}

// readRejectFiles lists the rejects files of the committed sources.
func readRejectFiles(ctx context.Context, q querier) ([]string, error) {
	return collect(ctx, q, "SELECT name FROM reject_files ORDER BY name", nil, func(rows *sql.Rows) (name string, err error) {
		err = rows.Scan(&name)
		return name, errors.Join(err, checkName(rejectsFile, name))
	})
}

// Drop withdraws a source and removes its files. Readers that are under way
// may still see it. A file that cannot be removed now (on Windows, while somebody reads it) is removed when the case is next opened for writing.
func (s *Store) Drop(ctx context.Context, sourceID string) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	// Nobody may begin the source anew before its files are gone.
	s.mu.Lock()
	defer s.mu.Unlock()
	stem := fileStem(sourceID)
	var files []string
	err := inTx(ctx, s.db, func(tx *sql.Tx) error {
		var err error
		if files, err = s.sourceFiles(ctx, tx, sourceID); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, "DELETE FROM sources WHERE id = ?", sourceID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("the source: %w; `samehand sources` lists what is in the case", graph.ErrNotFound))
		}
		_ = s.mark(stem) // a drop makes room on a full disk: it must go on without
		return nil
	})
	if err != nil {
		return dbError(s.path(dbName), "cannot withdraw the source", err) // a mark on a source that is listed does nothing, and goes with the next sweep
	}
	_ = s.removeFiles(stem, files) // withdrawn all the same: the next sweep takes what is left
	return nil
}

// removeFiles removes the files of a source, and then the mark that they are to be removed.
func (s *Store) removeFiles(stem string, files []string) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, remove(f))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return s.unmark(stem)
}

// sourceFiles lists the paths of the files of a source.
func (s *Store) sourceFiles(ctx context.Context, q querier, id string) ([]string, error) {
	const query = "SELECT ?, name FROM manifest WHERE source_id = ? UNION ALL SELECT ?, name FROM reject_files WHERE source_id = ?"
	return collect(ctx, q, query, []any{edgesName, id, rejectsName, id}, func(rows *sql.Rows) (string, error) {
		var dir, name string
		err := rows.Scan(&dir, &name)
		ours := segmentFile
		if dir == rejectsName {
			ours = rejectsFile
		}
		return s.path(dir, name), errors.Join(err, checkName(ours, name))
	})
}

// formatTime and parseTime keep a time to the nanosecond; the zero time is "".
func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}
