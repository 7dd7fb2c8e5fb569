package casestore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
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

// What a file of ours is called. Others in these folders are left alone.
var (
	segmentFile = regexp.MustCompile(`^[0-9a-z][0-9a-z_-]*-[0-9]+\.parquet(\.tmp)?$`)
	rejectsFile = regexp.MustCompile(`^[0-9a-z][0-9a-z_-]*\.csv(\.tmp)?$`)
)

// tmpSuffix marks a file that is being written, so that `edges/*.parquet` never matches half a file.
const tmpSuffix = ".tmp"

// sweep removes the files that belong to no committed source.
func (s *Store) sweep(ctx context.Context) error {
	segs, err := readManifest(ctx, s.db)
	if err != nil {
		return dbError(s.path(dbName), "cannot read the manifest", err)
	}
	rejects, err := readRejectFiles(ctx, s.db)
	if err != nil {
		return dbError(s.path(dbName), "cannot read the manifest", err)
	}
	keep := map[string]bool{}
	for _, g := range segs {
		keep[g.Name] = true
	}
	for _, name := range rejects {
		keep[name] = true
	}
	return errors.Join(
		s.sweepFolder(edgesName, segmentFile, keep),
		s.sweepFolder(rejectsName, rejectsFile, keep),
	)
}

// sweepFolder removes the files of one folder that look like ours and are not in keep.
func (s *Store) sweepFolder(dir string, ours *regexp.Regexp, keep map[string]bool) error {
	list, err := os.ReadDir(s.path(dir))
	if err != nil {
		return fmt.Errorf("case: cannot look for leftovers: %w", err)
	}
	for _, e := range list {
		if e.IsDir() || keep[e.Name()] || !ours.MatchString(e.Name()) {
			continue
		}
		if err := os.Remove(s.path(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("case: cannot remove what a killed process left behind: %w", err)
		}
	}
	return nil
}
