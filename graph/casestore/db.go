package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"samehand/graph"
)

// writerPragmas hold for each connection of a writer. Every transaction of a
// case is a commit that somebody relies on, so all of them are synced in full. The cache, of 32 MB, holds the pages that a big run
// writes, so that the index by account is not written out and read again in the middle of it.
var writerPragmas = []string{"busy_timeout(10000)", "page_size(16384)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-32768)"}

// openWriter opens or makes case.db and brings it to the newest version.
func openWriter(ctx context.Context, path string) (*sql.DB, error) {
	// SQLite would make the file with the umask's mode, for all to read.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("case: cannot open the database for writing: %w", err)
	}
	st, err := f.Stat()
	if err == nil && st.Size() == 0 {
		err = checkFresh(path) // before SQLite throws away the log of an emptied database
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	db, err := openDB(path, url.Values{"_pragma": writerPragmas, "_txlock": {"immediate"}})
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// openReader opens case.db for reading, and returns its version. A database in WAL mode needs a place
// for its index even to be read; on read-only media there is none, and then nobody can be writing either, so
// the file is opened as one that does not change.
func openReader(ctx context.Context, path string) (*sql.DB, int, error) {
	db, v, err := tryReader(ctx, path, url.Values{"mode": {"ro"}})
	if err == nil || !cannotOpen(err) {
		return db, v, err
	}
	if st, stat := os.Stat(path + "-wal"); stat == nil && st.Size() > 0 {
		return nil, 0, fmt.Errorf("%s: the last writer was killed before it could tidy up, and the folder cannot be written; open the case once for writing, or copy it to where you can: %w", path, err)
	}
	return tryReader(ctx, path, url.Values{"mode": {"ro"}, "immutable": {"1"}})
}

// tryReader opens the database and reads its version, so that a database that cannot be read fails here.
func tryReader(ctx context.Context, path string, q url.Values) (*sql.DB, int, error) {
	q["_pragma"] = []string{"busy_timeout(10000)", "query_only(1)"}
	db, err := openDB(path, q)
	if err != nil {
		return nil, 0, err
	}
	v, err := checkVersion(ctx, db, path)
	if err == nil && v == 0 {
		err = fmt.Errorf("%s: it is empty; ingest a file into it first: %w", path, graph.ErrNotFound)
	}
	if err != nil {
		return nil, 0, errors.Join(err, db.Close())
	}
	return db, v, nil
}

// openDB returns a handle on the database; the file is touched with the first query.
func openDB(path string, q url.Values) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slash := filepath.ToSlash(abs)
	if !strings.HasPrefix(slash, "/") {
		slash = "/" + slash // file:///C:/...
	}
	u := url.URL{Scheme: "file", Path: slash, RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	db.SetMaxOpenConns(4) // readers beside a writer; more would only hold memory
	return db, nil
}

// inTx runs f in a transaction, which is committed when f returns nil.
func inTx(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		if rb := tx.Rollback(); rb != nil && !errors.Is(rb, sql.ErrTxDone) {
			err = errors.Join(err, rb)
		}
		return err
	}
	return tx.Commit()
}

// errorCode returns SQLite's primary result code in err, or 0.
func errorCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// syncFailed reports whether err comes from a sync to the disk.
func syncFailed(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code() == sqlite3.SQLITE_IOERR_FSYNC || e.Code() == sqlite3.SQLITE_IOERR_DIR_FSYNC || e.Code() == sqlite3.SQLITE_IOERR)
}

// noRoom reports whether err comes from a full disk: SQLite says so of the database
// and its log, and only that it could not be made bigger of the log's index, which readers need too.
func noRoom(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_FULL || e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE)
}

func cannotOpen(err error) bool {
	switch errorCode(err) {
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return true
	}
	return errors.Is(err, fs.ErrPermission)
}

// dbError says what could not be done with which database, and what to do about it.
func dbError(path, what string, err error) error {
	if noRoom(err) {
		return fmt.Errorf("%s: %s: the disk is full, and even to read the database or to withdraw a source takes some room: free 1 MB elsewhere on it and try again: %w", path, what, err)
	}
	switch errorCode(err) {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%s: %s; restore it from a backup, or ingest the files into a new case: %w: %w", path, what, graph.ErrDamaged, err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%s: %s: %w: %w", path, what, graph.ErrLocked, err)
	}
	return fmt.Errorf("%s: %s: %w", path, what, err)
}
