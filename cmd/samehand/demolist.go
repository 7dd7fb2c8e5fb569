package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"samehand/graph/casestore"
)

// demoListName is the file in a demo's folder that lists what the demo wrote.
const demoListName = ".samehand-demo.json"

// demoList lists the files that a demo wrote, so that the next one removes these and nothing else.
type demoList struct {
	Note  string            `json:"note"`
	Files map[string]string `json:"files"` // SHA-256 in hex, by path below the folder, with slashes
}

// add lists a file.
func (l *demoList) add(name string, text []byte) {
	if l.Files == nil {
		l.Files = map[string]string{}
	}
	sum := sha256.Sum256(text)
	l.Files[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
}

// save writes the list.
func (l *demoList) save(name string) error {
	l.Note = "What samehand demo wrote here. The next demo removes these files and the case beside them, if nothing was changed."
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	return writeBytes(name, append(text, '\n'))
}

// readDemoList reads the list of a folder. A folder that is not there or is empty has an empty list; any other without a list is an error.
func readDemoList(dir string) (demoList, error) {
	var l demoList
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return l, nil
	}
	if err != nil {
		return l, err
	}
	text, err := os.ReadFile(filepath.Join(dir, demoListName))
	if errors.Is(err, fs.ErrNotExist) {
		return l, fmt.Errorf("%s holds files that no demo made; give another folder: samehand demo DIR", dir)
	}
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return l, fmt.Errorf("%s was changed, so it cannot be told what a demo made; give another folder: samehand demo DIR", filepath.Join(dir, demoListName))
	}
	return l, nil
}

// clear removes what an earlier demo made in the folder. It looks at everything first, and removes
// nothing when a file was changed or the case holds more than the demo's exports.
func (d *demoFolder) clear(ctx context.Context) error {
	old, err := readDemoList(d.dir)
	if err != nil || len(old.Files) == 0 {
		return err
	}
	var there []string
	for _, name := range slices.Sorted(maps.Keys(old.Files)) {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("%s names a file outside of its folder; give another folder: samehand demo DIR", d.path(demoListName))
		}
		path := d.path(filepath.FromSlash(name))
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if sum := sha256.Sum256(text); hex.EncodeToString(sum[:]) != old.Files[name] {
			return fmt.Errorf("%s was changed since the demo wrote it; move it away, or give another folder: samehand demo DIR", path)
		}
		there = append(there, path)
	}
	if err := d.checkCase(ctx, old); err != nil {
		return err
	}
	d.say("replacing the demo in %s", d.dir)
	for _, path := range there {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return os.RemoveAll(d.path("case"))
}

// checkCase fails when the case in the folder holds anything that an earlier demo did not put there, or is in use.
func (d *demoFolder) checkCase(ctx context.Context, old demoList) error {
	dir := d.path("case")
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !caseFile(e.Name()) {
			return fmt.Errorf("%s is no part of a case; move it away, or give another folder: samehand demo DIR", filepath.Join(dir, e.Name()))
		}
	}
	inside := *d.app
	inside.casePath = dir
	s, err := inside.openCase(ctx, casestore.Options{})
	if err != nil {
		return err
	}
	sources, err := s.Sources(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	made := slices.Collect(maps.Values(old.Files))
	for _, src := range sources {
		if !slices.Contains(made, src.SHA256) {
			return fmt.Errorf("the case in %s holds %s, which the demo did not put there; give another folder: samehand demo DIR", dir, src.Name)
		}
	}
	return nil
}
