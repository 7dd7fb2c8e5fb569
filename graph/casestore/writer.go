package casestore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"

	"samehand/graph"
)

// Begin starts to take in a source; see [graph.Writer].
func (s *Store) Begin(ctx context.Context, src graph.Source) (graph.SourceWriter, error) {
	if err := s.mayWrite(); err != nil {
		return nil, err
	}
	if src.ID == "" {
		return nil, errors.New("case: a source needs an ID")
	}
	// A source must not be committed or withdrawn between the look and the claim: its files would have two owners.
	s.mu.Lock()
	defer s.mu.Unlock()
	var n int
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM sources WHERE id = ?", src.ID).Scan(&n); err != nil {
		return nil, dbError(s.path(dbName), "cannot look for the source", err)
	}
	if n > 0 || s.writing[src.ID] {
		return nil, fmt.Errorf("%s: %w", s.dir, graph.ErrExists)
	}
	s.writing[src.ID] = true
	wctx, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	return &sourceWriter{s: s, id: src.ID, name: src.Name, stem: fileStem(src.ID), ctx: wctx, cancel: cancel}, nil
}

// errAborted ends a segment that is being written when the source is taken back.
var errAborted = errors.New("the source was taken back")

// sourceWriter implements [graph.SourceWriter]. One table at a time is sorted
// and written in the background while the caller fills the next one.
type sourceWriter struct {
	s      *Store
	id     string
	name   string
	stem   string
	ctx    context.Context // ends when the source is taken back
	cancel context.CancelCauseFunc

	inFlight chan result // nil when nothing is being written
	segments []segment   // written and synced under their temporary names
	files    []string    // temporary names in edges/ of all segments begun
	rejects  *rejectsWriter
	err      error // the first failure; nothing goes on after it
	done     bool
	marked   bool // as under way, beside its files
	keep     bool // the files must stay, because they may turn out to be listed
}

// result is what became of a segment in flight.
type result struct {
	seg segment
	err error
}

// Append hands the table to the background; the error of the table before it is returned here, or by Commit.
func (w *sourceWriter) Append(ctx context.Context, t *graph.Table) error {
	if err := w.wait(ctx); err != nil {
		return err
	}
	if len(t.Rows) == 0 {
		return nil
	}
	name := w.stem + "-" + strconv.Itoa(len(w.files)+1) + ".parquet"
	path := w.s.path(edgesName, name+tmpSuffix)
	w.files = append(w.files, path)
	w.inFlight = make(chan result, 1)
	go func(out chan<- result) {
		seg, err := writeSegment(w.ctx, path, w.id, t)
		seg.Name = name
		out <- result{seg, err}
	}(w.inFlight)
	return nil
}

// wait waits for the segment in flight, and returns the first error of this source.
func (w *sourceWriter) wait(ctx context.Context) error {
	if w.done && w.err == nil {
		return errors.New("case: the source is committed or taken back already")
	}
	if w.inFlight != nil {
		select {
		case r := <-w.inFlight:
			w.inFlight = nil
			w.segments = append(w.segments, r.seg)
			w.err = errors.Join(w.err, r.err)
		case <-ctx.Done():
			return context.Cause(ctx) // the segment goes on; Abort ends it
		}
	}
	return errors.Join(w.err, ctx.Err())
}

// Reject writes to the source's rejects file, which is made with the first reject.
func (w *sourceWriter) Reject(ctx context.Context, rs []graph.Reject) error {
	if w.done {
		return errors.New("case: the source is committed or taken back already")
	}
	if w.err != nil || len(rs) == 0 {
		return w.err
	}
	if w.rejects == nil {
		if w.rejects, w.err = newRejectsWriter(w.s.path(rejectsName, w.stem+".csv"+tmpSuffix), w.name); w.err != nil {
			return w.err
		}
	}
	w.err = w.rejects.write(rs)
	return w.err
}

// Commit makes the source durable: first its files, then their names, then one transaction that lists them.
func (w *sourceWriter) Commit(ctx context.Context, src graph.Source) error {
	err := w.wait(ctx)
	if err == nil && src.ID != w.id {
		err = errors.New("case: the source to commit is not the one that was begun")
	}
	if err == nil {
		err = w.publish()
	}
	if err == nil {
		err = w.list(ctx, src)
	}
	if err != nil {
		return errors.Join(err, w.Abort())
	}
	if w.marked {
		_ = remove(w.s.path(edgesName, w.stem+pendingSuffix)) // on a source that is listed it does nothing
	}
	w.end()
	return nil
}

// publish gives the files, which are synced, their names, and syncs the names. Until the manifest lists them, a mark says that they are leftovers.
func (w *sourceWriter) publish() error {
	if w.rejects != nil {
		if err := w.rejects.close(); err != nil {
			return err
		}
	}
	if err := w.mark(); err != nil {
		return err
	}
	if w.rejects != nil {
		if err := rename(w.s.path(rejectsName, w.stem+".csv")); err != nil {
			return err
		}
	}
	for _, g := range w.segments {
		if err := rename(w.s.path(edgesName, g.Name)); err != nil {
			return err
		}
	}
	if err := errors.Join(syncDir(w.s.path(edgesName)), syncDir(w.s.path(rejectsName))); err != nil {
		return fmt.Errorf("case %s: cannot sync the folders: %w", w.s.dir, err)
	}
	return nil
}

// mark marks the source as under way, if it has files.
func (w *sourceWriter) mark() error {
	if w.rejects == nil && len(w.segments) == 0 {
		return nil
	}
	w.marked = true // even if that fails: the file may be there
	return w.s.mark(w.stem)
}

// rename takes the temporary suffix off a file.
func rename(path string) error {
	if err := os.Rename(path+tmpSuffix, path); err != nil {
		return fmt.Errorf("case: cannot name a file that was written: %w", err)
	}
	return nil
}

// list commits the manifest. A context that ends now must not leave it open
// whether the source is in, so that it only counts before.
func (w *sourceWriter) list(ctx context.Context, src graph.Source) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	name, rows := "", int64(0)
	if w.rejects != nil {
		name, rows = w.stem+".csv", w.rejects.rows
	}
	err := inTx(ctx, w.s.db, func(tx *sql.Tx) error {
		return insertSource(ctx, tx, src, w.segments, name, rows)
	})
	if err != nil {
		// When a sync fails, what was to be synced may reach the disk all the same, and be found there after a crash.
		w.keep = syncFailed(err)
		return dbError(w.s.path(dbName), "cannot commit the source", err)
	}
	return nil
}

// Abort ends what is in flight and removes the files; those it must keep are left to the next sweep.
func (w *sourceWriter) Abort() error {
	if w.done {
		return nil
	}
	w.cancel(errAborted)
	if w.inFlight != nil {
		<-w.inFlight
		w.inFlight = nil
	}
	var errs []error
	if w.rejects != nil {
		w.rejects.f.Close() // may be closed already; it is removed anyway
		if !w.keep {
			errs = append(errs, removeFile(w.s.path(rejectsName, w.stem+".csv")))
		}
	}
	for _, f := range w.files {
		if w.keep {
			break
		}
		errs = append(errs, removeFile(f[:len(f)-len(tmpSuffix)]))
	}
	if err := errors.Join(errs...); err == nil && w.marked && !w.keep {
		errs = append(errs, w.s.unmark(w.stem))
	}
	w.end()
	return errors.Join(errs...)
}

// end lets the source be begun again.
func (w *sourceWriter) end() {
	w.cancel(nil)
	w.done = true
	w.s.mu.Lock()
	delete(w.s.writing, w.id)
	w.s.mu.Unlock()
}

// removeFile removes a file under its own and its temporary name.
func removeFile(path string) error {
	return errors.Join(remove(path), remove(path+tmpSuffix))
}
