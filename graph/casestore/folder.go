package casestore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"samehand/graph"
)

// The names inside a case.
const (
	dbName         = "case.db"
	lockName       = "lock"
	edgesName      = "edges"
	rejectsName    = "rejects"
	quarantineName = "quarantine"
)

// folderNames are the folders inside a case.
var folderNames = []string{edgesName, rejectsName, quarantineName}

// fileNames are the files at the top of a case, with those that SQLite keeps beside its own.
var fileNames = []string{dbName, dbName + "-wal", dbName + "-shm", dbName + "-journal", lockName}

// RejectsPath returns the path of the file that the case in the folder dir
// keeps for what was rejected of a source. A source of which nothing was rejected has no such file.
func RejectsPath(dir, sourceID string) string {
	return filepath.Join(dir, rejectsName, fileStem(sourceID)+".csv")
}

// checkFolder makes sure that dir holds a case, or makes an empty folder for one.
func checkFolder(dir string, o Options) error {
	if st, err := os.Stat(dir); err == nil && !st.IsDir() {
		return fmt.Errorf("%s is a file, not a case folder; choose a folder", dir)
	}
	_, err := os.Lstat(filepath.Join(dir, dbName))
	switch {
	case err == nil:
		return checkKinds(dir)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("case %s: cannot look into the folder: %w", dir, err)
	case o.ReadOnly || !o.Create:
		return fmt.Errorf("case %s: there is no case here; ingest a file into it first: %w", dir, graph.ErrNotFound)
	}
	// A case is swept when it is opened: never take over folders that somebody else has filled.
	for _, name := range folderNames {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return fmt.Errorf("case %s: it holds %q but no %s, and may be something else; choose another folder: %w", dir, name, dbName, fs.ErrExist)
		}
	}
	if err := checkKinds(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("case %s: cannot make the folder: %w", dir, err)
	}
	return syncDir(filepath.Dir(dir))
}

// checkKinds refuses a case whose parts are not files and folders of its own:
// through a link, a case from somebody else could have files written and removed elsewhere. The folder of the case itself may be a link.
func checkKinds(dir string) error {
	for _, name := range fileNames {
		if err := checkKind(dir, name, 0); err != nil {
			return err
		}
	}
	for _, name := range folderNames {
		if err := checkKind(dir, name, fs.ModeDir); err != nil {
			return err
		}
	}
	return nil
}

// checkKind fails when a name in the case is there and not of the type want.
func checkKind(dir, name string, want fs.FileMode) error {
	st, err := os.Lstat(filepath.Join(dir, name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("case %s: cannot look at %s: %w", dir, name, err)
	case st.Mode().Type() == want:
		return nil
	case st.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("case %s: %s is a symbolic link, and may lead out of the case; if you trust it, put in its place what it points to", dir, name)
	}
	return fmt.Errorf("case %s: %s is not what it is in a case (a file or a folder of its own); choose another folder", dir, name)
}

// checkFresh makes sure that there are no finished files beside a database
// that holds nothing, not even tables: such a database did not list them, so that it is not the one they were written with.
func checkFresh(path string) error {
	for _, f := range []struct {
		dir  string
		ours *regexp.Regexp
	}{{edgesName, segmentFile}, {rejectsName, rejectsFile}} {
		list, err := os.ReadDir(filepath.Join(filepath.Dir(path), f.dir))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: cannot look beside it: %w", path, err)
		}
		for _, e := range list {
			if f.ours.MatchString(strings.TrimSuffix(e.Name(), tmpSuffix)) {
				return fmt.Errorf("%s: it is empty, though there are files of sources in %s; put a copy of it back, or ingest the files into a new case: %w", path, f.dir, graph.ErrDamaged)
			}
		}
	}
	return nil
}
