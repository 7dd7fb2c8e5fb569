package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"samehand/graph"
)

// Options says how a case is opened. The zero Options opens an existing case for reading and writing.
type Options struct {
	ReadOnly bool             // take no lock, write nothing; works on read-only media
	Create   bool             // make the case when there is none; not with ReadOnly
	Now      func() time.Time // the clock, for the note in the lock file; nil means time.Now
}

// Store is an open case. Its methods may be called from several goroutines.
type Store struct {
	dir      string
	db       *sql.DB
	lock     *fileLock // nil when opened for reading only
	readOnly bool
	version  int      // of case.db: less than schemaVersion only when it is open for reading only
	notices  []string // what Open did that a person must know of

	mu      sync.Mutex
	writing map[string]bool // IDs of the sources that are being taken in
}

var _ graph.Store = (*Store)(nil)

// Open opens the case in the folder dir. It fails with [graph.ErrNotFound]
// when there is none (and o.Create is not set), with [graph.ErrLocked] when another process has it
// open for writing, with [graph.ErrNewer] when a newer samehand wrote it, and with [graph.ErrDamaged] when its database cannot be read or was emptied.
// Opened for writing, it removes what a killed process left behind. A finished file that case.db does not list and that no
// killed process left is moved into the folder quarantine, and [Store.Notices] says so.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := checkFolder(dir, o); err != nil {
		return nil, err
	}
	s := &Store{dir: dir, readOnly: o.ReadOnly, writing: map[string]bool{}}
	if err := s.open(ctx, o); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// open takes the lock, opens the database and sweeps, as far as o allows.
func (s *Store) open(ctx context.Context, o Options) (err error) {
	if o.ReadOnly {
		s.db, s.version, err = openReader(ctx, s.path(dbName))
		return err
	}
	if s.lock, err = acquireLock(s.path(lockName), o.Now()); err != nil {
		return err
	}
	if s.db, err = openWriter(ctx, s.path(dbName)); err != nil {
		return err
	}
	s.version = schemaVersion
	for _, name := range []string{edgesName, rejectsName} {
		if err := os.MkdirAll(s.path(name), 0o700); err != nil {
			return fmt.Errorf("case %s: cannot make the folder %s: %w", s.dir, name, err)
		}
	}
	if err := syncDir(s.dir); err != nil {
		return fmt.Errorf("case %s: cannot sync the folder: %w", s.dir, err)
	}
	return s.sweep(ctx)
}

// Close closes the case and gives up the lock; closing it again does nothing.
// Sources that are not committed or taken back by then are lost.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var errs []error
	if s.db != nil {
		errs = append(errs, s.db.Close()) // may be closed again
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	s.lock = nil
	return errors.Join(errs...)
}

// path returns the path of a name inside the case.
func (s *Store) path(name ...string) string {
	return filepath.Join(append([]string{s.dir}, name...)...)
}

// mayWrite fails when the case was opened for reading only.
func (s *Store) mayWrite() error {
	if s.readOnly {
		return fmt.Errorf("case %s: it was opened for reading only: %w", s.dir, fs.ErrPermission)
	}
	return nil
}
