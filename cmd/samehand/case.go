package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"samehand/graph"
	"samehand/graph/casestore"
)

// caseError is a case that cannot be used, with what to do about it.
type caseError struct {
	text string
	err  error
}

func (e *caseError) Error() string { return e.text }
func (e *caseError) Unwrap() error { return e.err }

// openCase opens the case as o says. Its errors say what to do next.
func (a *app) openCase(ctx context.Context, o casestore.Options) (*casestore.Store, error) {
	o.Now = a.now
	if o.Create {
		if err := strange(a.casePath); err != nil {
			return nil, err
		}
	}
	s, err := casestore.Open(ctx, a.casePath, o)
	if err != nil {
		return nil, a.explainCase(err)
	}
	for _, n := range s.Notices() {
		a.log.Warn(n)
	}
	return s, nil
}

// readCase opens the case for reading.
func (a *app) readCase(ctx context.Context) (*casestore.Store, error) {
	return a.openCase(ctx, casestore.Options{ReadOnly: true})
}

// strange refuses a folder that holds something else than a case: a case is not mixed with other files.
func strange(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 { // no folder yet, or one that opening will complain about
		return nil
	}
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return caseFile(e.Name()) }) {
		return nil
	}
	return &caseError{text: fmt.Sprintf("%s holds other files and is no case; give a new or an empty folder with --case", dir)}
}

// caseFile reports whether a case has a file or folder of that name at its top.
func caseFile(name string) bool {
	switch name {
	case "case.db", "case.db-wal", "case.db-shm", "case.db-journal", "edges", "rejects", "quarantine", "lock":
		return true
	}
	return false
}

// isCase reports whether a folder is a case.
func isCase(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "case.db"))
	return err == nil
}

// explainCase says what an error of opening or writing the case means for the person at the terminal.
func (a *app) explainCase(err error) error {
	text := ""
	switch {
	case errors.Is(err, graph.ErrNotFound):
		text = fmt.Sprintf("no case at %s; make one with: samehand ingest FILE, or try: samehand demo", a.casePath)
	case errors.Is(err, graph.ErrLocked):
		text = fmt.Sprintf("the case at %s is being written by another process; wait for it to end and try again", a.casePath)
	case errors.Is(err, graph.ErrNewer):
		text = fmt.Sprintf("%v; see: samehand version", err)
	case errors.Is(err, graph.ErrDamaged):
		text = err.Error() // says itself what to do
	case errors.Is(err, fs.ErrPermission):
		text = fmt.Sprintf("the case at %s cannot be opened: permission denied; mend its permissions, or choose another place with --case", a.casePath)
	default:
		return err
	}
	return &caseError{text, err}
}

// rejectsPath returns where the case keeps what could not be kept of a source.
func (a *app) rejectsPath(sourceID string) string {
	return casestore.RejectsPath(a.casePath, sourceID)
}

// lastRun returns the newest run in full, and warns when it was made from other sources than the case has now.
func (a *app) lastRun(ctx context.Context, s graph.Store) (graph.Run, error) {
	run, err := s.LastRun(ctx)
	if errors.Is(err, graph.ErrNoRun) {
		return run, &caseError{fmt.Sprintf("nothing has been detected yet in the case at %s; run: samehand detect", a.casePath), err}
	}
	if err != nil {
		return run, err
	}
	stale, err := isStale(ctx, s, run)
	if stale {
		a.log.Warn("sources were added or dropped since the last detection; what follows is from before. To bring it up to date: samehand detect")
	}
	return run, err
}

// readRun opens the case for reading, as [app.readCase], and loads its newest run, as [app.lastRun]. The caller closes the case.
func (a *app) readRun(ctx context.Context) (*casestore.Store, graph.Run, error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return nil, graph.Run{}, err
	}
	run, err := a.lastRun(ctx, s)
	if err != nil {
		return nil, graph.Run{}, errors.Join(err, s.Close())
	}
	return s, run, nil
}

// isStale reports whether a run was made from other sources than the store has now.
func isStale(ctx context.Context, s graph.Reader, run graph.Run) (bool, error) {
	sources, err := s.Sources(ctx)
	if err != nil {
		return false, err
	}
	ids := make([]string, len(sources))
	for i, src := range sources {
		ids[i] = src.ID
	}
	return !slices.Equal(ids, slices.Sorted(slices.Values(run.Sources))), nil
}

// pendingCase is a [graph.Writer] that opens the case, and makes it if need be, when the first source begins: a
// command line that never gets that far leaves no case behind.
type pendingCase struct {
	open  func(context.Context) (*casestore.Store, error)
	store *casestore.Store
}

// Begin opens the case if it is not open yet and begins the source in it. Errors of opening are [*caseError] or of [casestore.Open].
func (p *pendingCase) Begin(ctx context.Context, s graph.Source) (graph.SourceWriter, error) {
	if p.store == nil {
		store, err := p.open(ctx)
		if err != nil {
			return nil, &openError{err}
		}
		p.store = store
	}
	return p.store.Begin(ctx, s)
}

// Close closes the case if it was opened.
func (p *pendingCase) Close() error {
	if p.store == nil {
		return nil
	}
	return p.store.Close()
}

// openError is an error of opening the case: every file after this one would meet it too.
type openError struct{ err error }

func (e *openError) Error() string { return e.err.Error() }
func (e *openError) Unwrap() error { return e.err }
