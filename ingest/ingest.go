// Package ingest reads exports into the identity graph.
//
// A [Format] recognises a file and makes a [Decoder] for it; the decoder turns
// records into claims of raw text; [Run] reads the claims as identifiers, counts and rejects,
// and hands tables of observations to a [graph.Writer]. Formats do no I/O of
// their own, know nothing of stores, and never parse an identifier: each distinct raw value is parsed once, in one place.
//
// Every record is accepted or rejected, and the counts add up. Reads are bounded ([Limits]).
package ingest

import (
	"fmt"
	"io"

	"samehand/graph"
	"samehand/graph/ident"
)

// Format is one sort of file that can be read.
type Format interface {
	// Name is what --as takes and what a source is stored with: lower case, words joined by "-".
	Name() string
	// About says in one line what the format is and where such files come from.
	About() string
	// Match reports whether a file that begins with head (decompressed, UTF-8, at most 64 KiB, without a byte
	// order mark) is of this format. The name is a hint only. It must not match files of other formats.
	Match(name string, head []byte) bool
	// NewDecoder returns a decoder that reads from r. It fails when the file cannot be of this format at all.
	NewDecoder(r io.Reader, in Input) (Decoder, error)
}

// Decoder gives the records of one file in order.
//
// Next returns io.EOF after the last record. A [*RecordError] means that this record could not be read, and the next
// one may be; any other error is final, and what came before stays good. The record and its slices are used again by the next
// call, its strings are not: they stay valid. A decoder that holds on to something is an io.Closer and is closed after use.
type Decoder interface {
	Next() (*Record, error)
}

// Noter is implemented by decoders that have something to say about the file when they are done (unknown columns, times without a zone).
type Noter interface {
	Notes() []string // sorted or in file order; no values from the file beside column names
}

// Record is one record of a file: a row, a line, an element of an array.
type Record struct {
	Line   int64   // where it begins, from 1; the row number for files without lines
	Raw    string  // its text, for the rejects file; decoders need not cut it
	Claims []Claim // what it says; may be empty
	Faults []Fault // values that the decoder itself could not read (a malformed time, say), with the reason
}

// Claim is one raw statement of a record: this account had this to do with that value.
type Claim struct {
	Account     graph.AccountID
	Kind        ident.Kind
	Value       string // as written; must not be blank
	Relation    graph.Relation
	First, Last graph.Time // zero when not known
	Count       uint32     // 0 means 1
	Field       string     // the column or path it was read from, for the rejects file
}

// Fault is one value of a record that could not be read.
type Fault struct {
	Field  string
	Reason string // never holds the value
}

// RecordError says that one record could not be read.
type RecordError struct {
	Line   int64
	Field  string // "" when the whole record is meant
	Reason string // never holds the value
	Raw    string // the record's text, as far as it was read
}

func (e *RecordError) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
	}
	return fmt.Sprintf("line %d, %s: %s", e.Line, e.Field, e.Reason)
}

// Input is what a decoder may know beside the bytes.
type Input struct {
	Name   string // of the file, without .gz or .zst; "-" for standard input
	Tenant string // the employer whose export this is, for formats that do not say it; may be ""
	Limits Limits
	// At and Size give random access to the file, for formats that need it (Parquet, XLSX). For a compressed file of
	// such a format, and for standard input, they are a bounded temporary copy; for other compressed files At is nil.
	At   io.ReaderAt
	Size int64
}

// Limits bounds what is read. A zero field means its default.
type Limits struct {
	RecordBytes int64 // one record; default 1 MiB
	FileBytes   int64 // one file, decompressed; default 64 GiB
	Ratio       int64 // decompressed to compressed size, once 64 MiB are decompressed; default 1000
	Depth       int   // nesting of JSON and XML; default 64
}

// WithDefaults returns l with defaults in place of zeros.
func (l Limits) WithDefaults() Limits {
	def := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		}
	}
	def(&l.RecordBytes, 1<<20)
	def(&l.FileBytes, 64<<30)
	def(&l.Ratio, 1000)
	if l.Depth == 0 {
		l.Depth = 64
	}
	return l
}
