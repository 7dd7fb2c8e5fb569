package graph

import (
	"context"
	"errors"
	"time"
)

// Source is one file as it was read, and what became of its records.
// Records = Accepted + Rejected. Values = Kept + ValuesRejected.
type Source struct {
	ID       string    // from the bytes of the file and how it was read; the same file read the same way has the same ID
	Name     string    // the file's name as it was given; "-" for standard input
	Format   string    // the format's name
	SHA256   string    // of the bytes as they were found (compressed, if they were), in hex
	Bytes    int64     // size of these bytes
	Options  string    // what the reading depended on: region, tenant, mapping; JSON
	Ingested time.Time // when, UTC

	Records        int64    // records read
	Accepted       int64    // records of which something was kept, or that were read well and say nothing to link
	Rejected       int64    // records of which nothing could be kept
	Silent         int64    // of Accepted: records that say nothing to link
	Values         int64    // values read out of accepted and rejected records
	Kept           int64    // values that became observations
	ValuesRejected int64    // values that could not be read; each has a line in the rejects file
	Placeholders   int64    // of Kept: values marked as not ordinary
	Notes          []string // what a reader of the results must know: unknown columns, times without a zone ...
}

// Reject is a record, or one value of a record, that could not be kept.
type Reject struct {
	Line   int64
	Field  string // the column or path; "" when the whole record is meant
	Reason string // never holds the value
	Raw    string // the record as it was read, cut to a bounded length
}

// Filter chooses what [Reader.Load] loads. The zero Filter chooses everything.
type Filter struct {
	Accounts []AccountID // when not nil, only rows of these accounts
	// Bare leaves out how values were written: Row.Raw is 0 everywhere. What is found does not depend on it, and a fifth of the memory does.
	Bare bool
}

// Reader gives what is in a store.
type Reader interface {
	// Sources lists the committed sources, sorted by ID.
	Sources(ctx context.Context) ([]Source, error)
	// Load returns the chosen observations of all committed sources as one canonical table.
	Load(ctx context.Context, f Filter) (*Table, error)
}

// Writer takes new sources.
type Writer interface {
	// Begin starts to take in one source. It fails with [ErrExists] when a
	// source with that ID is committed, and with [ErrLocked] when somebody else is writing.
	Begin(ctx context.Context, s Source) (SourceWriter, error)
}

// SourceWriter takes in one source: all of it or nothing.
type SourceWriter interface {
	// Append takes over a table, in any order; its rows' Source is ignored. The caller must not use the table again.
	Append(ctx context.Context, t *Table) error
	// Reject writes down what could not be kept.
	Reject(ctx context.Context, rs []Reject) error
	// Commit makes the source durable, with the counts in s. When it returns
	// nil, the source survives a crash; otherwise nothing of it is left.
	Commit(ctx context.Context, s Source) error
	// Abort takes everything back. After Commit it does nothing.
	Abort() error
}

// RunStore keeps the results of detection.
type RunStore interface {
	// SaveRun keeps a run; a run with the same ID is replaced.
	SaveRun(ctx context.Context, r Run) error
	// Runs lists the kept runs without their clusters, newest first.
	Runs(ctx context.Context) ([]Run, error)
	// LastRun returns the newest run in full, or [ErrNoRun].
	LastRun(ctx context.Context) (Run, error)
}

// Store is a place where an identity graph and what was found in it are kept.
type Store interface {
	Reader
	Writer
	RunStore
	// Drop withdraws a source: nothing it alone says is loaded any more. It fails with [ErrNotFound].
	Drop(ctx context.Context, sourceID string) error
	Close() error
}

// What a store's errors unwrap to.
var (
	ErrExists   = errors.New("source is already in the case")
	ErrLocked   = errors.New("the case is being written by another process")
	ErrNotFound = errors.New("not found")
	ErrNoRun    = errors.New("no detection has been run yet")
	ErrNewer    = errors.New("the case was written by a newer version")
	ErrDamaged  = errors.New("the case is damaged")
)
