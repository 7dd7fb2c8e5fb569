package casestore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strconv"
)

// Notices returns what Open did that a person must know of, in sentences; nil when there is nothing.
func (s *Store) Notices() []string { return s.notices }

// quarantine moves a finished file that case.db does not list to where no
// program takes it for part of the case. A file of that name that is there already stays; the new one gets a number.
func (s *Store) quarantine(dir, name string) error {
	if err := os.MkdirAll(s.path(quarantineName), 0o700); err != nil {
		return fmt.Errorf("case %s: cannot make the folder %s: %w", s.dir, quarantineName, err)
	}
	to := s.path(quarantineName, name)
	for n := 2; ; n++ {
		_, err := os.Lstat(to)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return fmt.Errorf("case: cannot look into the quarantine: %w", err)
		}
		to = s.path(quarantineName, name+"."+strconv.Itoa(n))
	}
	if err := os.Rename(s.path(dir, name), to); err != nil {
		return fmt.Errorf("case: cannot put a file that %s does not list into quarantine: %w", dbName, err)
	}
	return nil
}

// bringBack takes files that are listed and missing out of the quarantine: the
// case.db that they belong to was put back. That they are what was written is checked when they are loaded.
func (w *sweeper) bringBack(dir string, ours *regexp.Regexp) error {
	list, err := os.ReadDir(w.s.path(quarantineName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("case: cannot look into the quarantine: %w", err)
	}
	for _, e := range list {
		if !e.Type().IsRegular() || !w.listed[e.Name()] || !ours.MatchString(e.Name()) {
			continue
		}
		to := w.s.path(dir, e.Name())
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Rename(w.s.path(quarantineName, e.Name()), to); err != nil {
			return fmt.Errorf("case: cannot take a file out of quarantine: %w", err)
		}
		w.back++
	}
	return nil
}

// notices says what was moved.
func (w *sweeper) notices() []string {
	var list []string
	if w.moved > 0 {
		list = append(list, fmt.Sprintf("%s: files in %s and %s that %s does not list: %d. They are not part of the case, and were moved to %s. "+
			"If an older copy of %s was put back, put the newer one back, or ingest again what is missing; remove them when nobody needs them",
			w.s.dir, edgesName, rejectsName, dbName, w.moved, w.s.path(quarantineName), dbName))
	}
	if w.back > 0 {
		list = append(list, fmt.Sprintf("%s: files that %s lists were found in %s and put back: %d", w.s.dir, dbName, w.s.path(quarantineName), w.back))
	}
	return list
}
