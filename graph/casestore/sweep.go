package casestore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"samehand/graph"
)

// fileStem returns the part of a file name that stands for a source. IDs that
// would not be the same name on every system (capitals, "con", "../x") are hashed.
func fileStem(sourceID string) string {
	if safeStem.MatchString(sourceID) {
		return sourceID
	}
	h := sha256.Sum256([]byte(sourceID))
	return "x" + hex.EncodeToString(h[:16])
}

// Five characters at least: the names that Windows keeps for devices have four at most.
var safeStem = regexp.MustCompile(`^[0-9a-z][0-9a-z_-]{4,63}$`)

// What a file of ours is called, and which part of it is the stem. Others in these folders are left alone.
var (
	segmentFile = regexp.MustCompile(`^([0-9a-z][0-9a-z_-]*)-[0-9]+\.parquet$`)
	rejectsFile = regexp.MustCompile(`^([0-9a-z][0-9a-z_-]*)\.csv$`)
	pendingFile = regexp.MustCompile(`^([0-9a-z][0-9a-z_-]*)\.pending$`)
)

const (
	// tmpSuffix marks a file that is being written, so that `edges/*.parquet` never matches half a file.
	tmpSuffix = ".tmp"
	// pendingSuffix marks a source (by an empty file in edges/) whose files are
	// being named or removed. Only with it a finished file that the manifest does not list is surely a leftover: without
	// it the file may belong to a newer case.db, in whose place an older one was put. The mark is kept outside of case.db
	// because a copy of case.db must not bring it back.
	pendingSuffix = ".pending"
)

// checkName fails when a name from the database is not one that we would give: a case may come from somebody else, and
// what is joined to a path and removed must not lead out of it.
func checkName(ours *regexp.Regexp, name string) error {
	if ours.MatchString(name) {
		return nil
	}
	return fmt.Errorf("it lists a file under a name that samehand does not give; do not use a case that you do not trust: %w", graph.ErrDamaged)
}

// mark says that the files of a source are about to be named or removed. It needs no room for content: the file is empty.
func (s *Store) mark(stem string) error {
	f, err := os.OpenFile(s.path(edgesName, stem+pendingSuffix), os.O_WRONLY|os.O_CREATE, 0o600)
	if err == nil {
		err = errors.Join(f.Close(), syncDir(s.path(edgesName)))
	}
	if err != nil {
		return fmt.Errorf("case %s: cannot mark the source as under way: %w", s.dir, err)
	}
	return nil
}

// unmark takes the mark away. The files that had to go must be gone for good before.
func (s *Store) unmark(stem string) error {
	if err := errors.Join(syncDir(s.path(edgesName)), syncDir(s.path(rejectsName))); err != nil {
		return fmt.Errorf("case %s: cannot sync the folders: %w", s.dir, err)
	}
	return remove(s.path(edgesName, stem+pendingSuffix))
}

// remove removes a file that may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("case: cannot remove a file: %w", err)
	}
	return nil
}

// sweeper knows which files are part of the case.
type sweeper struct {
	s       *Store
	listed  map[string]bool // names of segments and rejects files in the manifest
	stems   map[string]bool // of the committed sources
	pending map[string]bool // stems with a mark
	moved   int             // files put into quarantine
	back    int             // files taken out of it
}

// sweep brings the folders in line with the manifest: what was not finished
// is removed, what is finished and not listed goes into quarantine, and what is listed and in quarantine comes back.
func (s *Store) sweep(ctx context.Context) error {
	w, err := s.newSweeper(ctx)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		dir  string
		ours *regexp.Regexp
	}{{edgesName, segmentFile}, {rejectsName, rejectsFile}} {
		if err := errors.Join(w.bringBack(f.dir, f.ours), w.folder(f.dir, f.ours)); err != nil {
			return err
		}
	}
	for stem := range w.pending { // the order does not show
		if err := s.unmark(stem); err != nil {
			return err
		}
	}
	s.notices = append(s.notices, w.notices()...)
	return nil
}

// newSweeper reads what is listed and what is marked.
func (s *Store) newSweeper(ctx context.Context) (*sweeper, error) {
	w := &sweeper{s: s, listed: map[string]bool{}, stems: map[string]bool{}, pending: map[string]bool{}}
	segs, err := readManifest(ctx, s.db)
	var rejects, ids []string
	if err == nil {
		rejects, err = readRejectFiles(ctx, s.db)
	}
	if err == nil {
		ids, err = collect(ctx, s.db, "SELECT id FROM sources", nil, func(rows *sql.Rows) (id string, err error) { return id, rows.Scan(&id) })
	}
	if err != nil {
		return nil, dbError(s.path(dbName), "cannot read the manifest", err)
	}
	for _, g := range segs {
		w.listed[g.Name] = true
	}
	for _, name := range rejects {
		w.listed[name] = true
	}
	for _, id := range ids {
		w.stems[fileStem(id)] = true
	}
	list, err := os.ReadDir(s.path(edgesName))
	if err != nil {
		return nil, fmt.Errorf("case: cannot look for leftovers: %w", err)
	}
	for _, e := range list {
		if m := pendingFile.FindStringSubmatch(e.Name()); m != nil && e.Type().IsRegular() {
			w.pending[m[1]] = true
		}
	}
	return w, nil
}

// folder goes through the files of one folder that look like ours and are not listed.
func (w *sweeper) folder(dir string, ours *regexp.Regexp) error {
	list, err := os.ReadDir(w.s.path(dir))
	if err != nil {
		return fmt.Errorf("case: cannot look for leftovers: %w", err)
	}
	for _, e := range list {
		name, unfinished := strings.CutSuffix(e.Name(), tmpSuffix)
		m := ours.FindStringSubmatch(name)
		switch {
		case e.IsDir() || m == nil:
		case unfinished:
			err = remove(w.s.path(dir, e.Name()))
		case w.listed[name]:
		case w.pending[m[1]] && !w.stems[m[1]]:
			err = remove(w.s.path(dir, name))
		default:
			err = w.s.quarantine(dir, name)
			w.moved++
		}
		if err != nil {
			return err
		}
	}
	return nil
}
