package ingesttest

import (
	"bytes"
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"samehand/ingest"
)

// errBroken is what a broken reader says.
var errBroken = errors.New("ingesttest: the reader is broken")

// Result is everything a decoder gave.
type Result struct {
	Records []ingest.Record
	Errors  []ingest.RecordError
	Notes   []string
	Final   string // the error that ended it, "" for io.EOF
}

// Decode reads the whole file and returns what the decoder gave, failing the test where a rule is broken.
func Decode(t testing.TB, f ingest.Format, file File) Result {
	t.Helper()
	return drain(t, f, file)
}

// drain reads all of a file, which is also there for random access.
func drain(t testing.TB, f ingest.Format, file File) Result {
	t.Helper()
	return read(t, f, file, bytes.NewReader(file.Data))
}

// read reads all of r; file gives the rest of the input.
func read(t testing.TB, f ingest.Format, file File, r io.Reader) Result {
	t.Helper()
	in := ingest.Input{Name: file.Name, Tenant: file.Tenant, Limits: testLimits, At: bytes.NewReader(file.Data), Size: int64(len(file.Data))}
	return readAll(t, f, r, in, len(file.Data))
}

// testLimits are small, so that fixtures can go beyond them.
var testLimits = ingest.Limits{RecordBytes: 64 << 10, FileBytes: 1 << 30, Ratio: 1000, Depth: 32}

// readAll decodes r to its end and checks the rules that hold for any input. A
// file of n bytes cannot have more than n+1 records, so a decoder that does not end is noticed.
func readAll(t testing.TB, f ingest.Format, r io.Reader, in ingest.Input, n int) (out Result) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("the decoder panics: %v\n%s", p, debug.Stack())
		}
	}()
	d, err := f.NewDecoder(r, in)
	if err != nil {
		return Result{Final: checkFinal(t, err)}
	}
	if c, ok := d.(io.Closer); ok {
		defer c.Close()
	}
	var kept []ingest.Record // shallow: its strings are the decoder's own
	line := int64(1)
	for range n + 2 {
		rec, err := d.Next()
		if err == nil {
			checkRecord(t, rec, &line)
			out.Records = append(out.Records, clone(rec))
			kept = append(kept, ingest.Record{Line: rec.Line, Raw: rec.Raw, Claims: slices.Clone(rec.Claims), Faults: slices.Clone(rec.Faults)})
			continue
		}
		if re, ok := errors.AsType[*ingest.RecordError](err); ok {
			checkRecordError(t, re, &line)
			out.Errors = append(out.Errors, *re)
			continue
		}
		out.Final = checkFinal(t, err)
		checkStays(t, d, err)
		checkStrings(t, out.Records, kept)
		if c, ok := d.(ingest.Noter); ok {
			out.Notes = slices.Clone(c.Notes())
		}
		return out
	}
	t.Errorf("the decoder gave more than %d records for %d bytes and does not end", n+1, n)
	return out
}

// checkFinal returns the text of the error that ended a file, "" for io.EOF.
func checkFinal(t testing.TB, err error) string {
	t.Helper()
	if err == io.EOF {
		return ""
	}
	if strings.TrimSpace(err.Error()) == "" {
		t.Error("the final error says nothing")
	}
	return err.Error()
}

// checkStays checks that a decoder that has ended stays where it is.
func checkStays(t testing.TB, d ingest.Decoder, end error) {
	t.Helper()
	for range 3 {
		rec, err := d.Next()
		if end == io.EOF && err != io.EOF {
			t.Errorf("after io.EOF, Next gives %v, %v", rec, err)
		}
		if end != io.EOF && (err == nil || err == io.EOF) {
			t.Errorf("after a final error, Next gives %v", err)
		}
	}
}

// checkRecord checks one record; line is the line of the one before and becomes its line.
func checkRecord(t testing.TB, r *ingest.Record, line *int64) {
	t.Helper()
	if r.Line < *line {
		t.Errorf("record at line %d comes after line %d", r.Line, *line)
	}
	*line = max(*line, r.Line)
	if int64(len(r.Raw)) > 4*testLimits.RecordBytes {
		t.Errorf("line %d: Raw has %d bytes, the limit of a record is %d", r.Line, len(r.Raw), testLimits.RecordBytes)
	}
	for _, c := range r.Claims {
		if fault := claimFault(c); fault != "" {
			t.Errorf("line %d, %s: %s", r.Line, c.Field, fault)
		}
	}
	for _, f := range r.Faults {
		if f.Field == "" || f.Reason == "" {
			t.Errorf("line %d: a fault needs a field and a reason, has %+v", r.Line, f)
		}
	}
}

// claimFault says what is wrong with a claim, "" when nothing is.
func claimFault(c ingest.Claim) string {
	switch {
	case !c.Account.Valid():
		return "a claim without an account"
	case c.Account.Platform != strings.ToLower(c.Account.Platform):
		return "a platform that is not lower case"
	case !c.Kind.Valid():
		return "a claim without a kind"
	case strings.TrimSpace(c.Value) == "":
		return "a claim without a value"
	case c.Relation == "" || string(c.Relation) != strings.ToLower(string(c.Relation)):
		return "a relation that is empty or not lower case"
	case c.First != 0 && c.Last != 0 && c.Last < c.First:
		return "a last time before the first"
	case c.First < 0 || c.Last < 0:
		return "a time before 1970"
	case c.Field == "":
		return "a claim without a field"
	case strings.ContainsRune(c.Value+c.Account.Native, 0):
		return "a NUL in an account or a value"
	case strings.ToValidUTF8(c.Value+c.Account.Native+c.Account.Platform, "") != c.Value+c.Account.Native+c.Account.Platform:
		return "an account or a value that is not UTF-8"
	}
	return ""
}

// checkRecordError checks one rejected record.
func checkRecordError(t testing.TB, e *ingest.RecordError, line *int64) {
	t.Helper()
	if e.Line < *line {
		t.Errorf("record error at line %d comes after line %d", e.Line, *line)
	}
	*line = max(*line, e.Line)
	if e.Reason == "" {
		t.Errorf("line %d: a record error without a reason", e.Line)
	}
	if int64(len(e.Raw)) > 4*testLimits.RecordBytes {
		t.Errorf("line %d: Raw has %d bytes, the limit of a record is %d", e.Line, len(e.Raw), testLimits.RecordBytes)
	}
}

// checkStrings checks that the strings of records were not changed by later records.
func checkStrings(t testing.TB, want, kept []ingest.Record) {
	t.Helper()
	for i, k := range kept {
		w := want[i]
		if k.Raw != w.Raw || !slices.Equal(k.Claims, w.Claims) || !slices.Equal(k.Faults, w.Faults) {
			t.Errorf("line %d: strings of the record changed when later records were read", w.Line)
			return
		}
	}
}

// clone copies a record with all its strings.
func clone(r *ingest.Record) ingest.Record {
	c := ingest.Record{Line: r.Line, Raw: strings.Clone(r.Raw), Claims: slices.Clone(r.Claims), Faults: slices.Clone(r.Faults)}
	for i := range c.Claims {
		cl := &c.Claims[i]
		cl.Account.Platform, cl.Account.Native = strings.Clone(cl.Account.Platform), strings.Clone(cl.Account.Native)
		cl.Value, cl.Field = strings.Clone(cl.Value), strings.Clone(cl.Field)
	}
	return c
}
