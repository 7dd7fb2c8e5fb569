// Package ingesttest checks that an [ingest.Format] keeps the rules that the pipeline relies on.
//
// A format's test file calls [Run] with fixtures of its own, and [Fuzz] from a fuzz target:
//
//	func TestFormat(t *testing.T) {
//		ingesttest.Run(t, okta.Format(), ingesttest.Fixtures{
//			Good:    []ingesttest.File{ingesttest.MustRead("testdata/good.json")},
//			Corrupt: []ingesttest.File{ingesttest.MustRead("testdata/corrupt.json")},
//			Secrets: []string{"mallory@corp.example"},
//		})
//	}
//
// The rules:
//
//   - the name is lower-case words joined by "-", what it is about is one line;
//   - Match knows its own files and no others, and answers for any head;
//   - Next gives every good record, ends in io.EOF, and stays there;
//   - lines never go back, and begin at 1;
//   - a claim is complete: account, kind, value, relation, field, and a last time that is not before the first;
//   - strings of a record stay valid when the next one is read;
//   - a record error has a line and a reason, and no reason holds a value;
//   - the same bytes give the same records, however they are cut into reads;
//   - an error of the reader is not taken for the end of the file;
//   - truncated, garbled, empty, endless input ends, in bounded memory, without a panic.
package ingesttest

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
)

// File is a fixture: the bytes as a decoder gets them (decompressed, UTF-8 or Windows-1252, without a byte order mark).
type File struct {
	Name   string
	Data   []byte
	Tenant string // see [ingest.Input]
}

// MustRead returns the file at path as a fixture named by its last element, and panics when there is none. It is for tests with fixed paths.
func MustRead(path string) File {
	b, err := os.ReadFile(path)
	if err != nil {
		panic(fmt.Sprintf("ingesttest: %v", err))
	}
	return File{Name: filepath.Base(path), Data: b}
}

// Fixtures is what a format is tried with.
type Fixtures struct {
	Good    []File   // at least one; every record of them is good, and each file has at least one claim
	Corrupt []File   // at least one; each has records that are rejected and records that are good
	Secrets []string // values in the fixtures that no error, fault or note may hold
	// Final says that corruption ends the file: the corrupt fixtures end in an error that is not a
	// record error, and need have no good record. For binary files.
	Final bool
	// AtOnly says that the format reads through Input.At and not through the reader, so tests of odd readers make no sense.
	AtOnly bool
	// NoMatch says that Match is not tried (a format that is only ever chosen by name).
	NoMatch bool
}

// Run tries the format with the fixtures.
func Run(t *testing.T, f ingest.Format, fx Fixtures) {
	t.Helper()
	if len(fx.Good) == 0 || len(fx.Corrupt) == 0 {
		t.Fatal("ingesttest: a format needs a good and a corrupt fixture")
	}
	t.Run("name", func(t *testing.T) { testName(t, f) })
	if !fx.NoMatch {
		t.Run("match", func(t *testing.T) { testMatch(t, f, fx) })
	}
	for _, file := range fx.Good {
		t.Run("good/"+file.Name, func(t *testing.T) { testGood(t, f, fx, file) })
		t.Run("garbled/"+file.Name, func(t *testing.T) { testGarbled(t, f, fx, file) })
		if !fx.AtOnly {
			t.Run("readers/"+file.Name, func(t *testing.T) { testReaders(t, f, file) })
			t.Run("endless/"+file.Name, func(t *testing.T) { testEndless(t, f, file) })
		}
	}
	for _, file := range fx.Corrupt {
		t.Run("corrupt/"+file.Name, func(t *testing.T) { testCorrupt(t, f, fx, file) })
	}
	t.Run("empty", func(t *testing.T) {
		for _, s := range []string{"", "\n", "\r\n\r\n", " ", "\x00", "{}", "[]", "null"} {
			drain(t, f, File{Name: "empty", Data: []byte(s)})
		}
	})
}

// Fuzz adds the fixtures as seeds and runs the rules that hold for any input.
func Fuzz(f *testing.F, format ingest.Format, fx Fixtures) {
	for _, file := range slices.Concat(fx.Good, fx.Corrupt) {
		f.Add(file.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := File{Name: "fuzz", Data: data}
		a, b := drain(t, format, file), drain(t, format, file)
		if d := cmp.Diff(a, b); d != "" {
			t.Errorf("the same bytes give other records the second time:\n%s", d)
		}
	})
}

var nameRE = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func testName(t *testing.T, f ingest.Format) {
	if !nameRE.MatchString(f.Name()) {
		t.Errorf("Name() = %q: want lower-case words joined by -", f.Name())
	}
	if a := f.About(); strings.TrimSpace(a) == "" || strings.ContainsAny(a, "\n\r") {
		t.Errorf("About() = %q: want one line", a)
	}
}

func testMatch(t *testing.T, f ingest.Format, fx Fixtures) {
	for _, file := range fx.Good {
		if !f.Match(file.Name, file.head()) {
			t.Errorf("Match does not know %s", file.Name)
		}
		if !f.Match("", file.head()) {
			t.Errorf("Match knows %s by its name only", file.Name)
		}
	}
	for _, h := range Heads() {
		if h.Format != f.Name() && f.Match(h.Name, []byte(h.Head)) {
			t.Errorf("Match takes %s for its own", h.Name)
		}
		for n := range h.Head { // any answer will do, as long as it comes
			f.Match(h.Name, []byte(h.Head[:n]))
		}
	}
	for _, file := range fx.Good {
		for _, bad := range garbled(file.head()) {
			f.Match(file.Name, bad)
		}
	}
}

// head is what Match is shown of the file.
func (f File) head() []byte { return f.Data[:min(len(f.Data), 64<<10)] }

// testGood checks that a good file is read without a complaint, and the same twice.
func testGood(t *testing.T, f ingest.Format, fx Fixtures, file File) {
	got := drain(t, f, file)
	if got.Final != "" || len(got.Errors) > 0 {
		t.Errorf("a good fixture gives errors: %v %v", got.Final, got.Errors)
	}
	claims := 0
	for _, r := range got.Records {
		claims += len(r.Claims)
		if len(r.Faults) > 0 {
			t.Errorf("line %d: a good fixture gives faults: %v", r.Line, r.Faults)
		}
	}
	if claims == 0 {
		t.Error("a good fixture gives no claim")
	}
	if d := cmp.Diff(got, drain(t, f, file)); d != "" {
		t.Errorf("the same bytes give other records the second time:\n%s", d)
	}
	checkSecrets(t, got, fx.Secrets)
}

// testReaders checks that the records do not depend on how the bytes arrive, and that a failing reader is noticed.
func testReaders(t *testing.T, f ingest.Format, file File) {
	want := drain(t, f, file)
	for name, wrap := range readers {
		if d := cmp.Diff(want, read(t, f, file, wrap(bytes.NewReader(file.Data)))); d != "" {
			t.Errorf("%s: other records:\n%s", name, d)
		}
	}
	crlf := file
	crlf.Data = bytes.ReplaceAll(bytes.ReplaceAll(file.Data, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	if got := drain(t, f, crlf); len(got.Records) != len(want.Records) || len(got.Errors) > 0 || got.Final != "" {
		t.Errorf("with CRLF: %d records, %d errors, final %q; want %d records", len(got.Records), len(got.Errors), got.Final, len(want.Records))
	}
	for _, n := range []int{0, 1, len(file.Data) / 2, len(file.Data) - 1, len(file.Data)} {
		broken := io.MultiReader(bytes.NewReader(file.Data[:n]), iotest.ErrReader(errBroken))
		cut := file
		cut.Data = file.Data[:n]
		if got := read(t, f, cut, broken); got.Final == "" {
			t.Errorf("the reader fails after %d bytes, and the decoder takes it for the end of the file", n)
		}
	}
}

var readers = map[string]func(io.Reader) io.Reader{
	"one byte a read":      iotest.OneByteReader,
	"half reads":           iotest.HalfReader,
	"data with the error":  iotest.DataErrReader,
	"a reader and no more": func(r io.Reader) io.Reader { return struct{ io.Reader }{r} },
}

// testCorrupt checks that bad records are told with a line and a reason, and that good ones are kept.
func testCorrupt(t *testing.T, f ingest.Format, fx Fixtures, file File) {
	got := drain(t, f, file)
	checkSecrets(t, got, fx.Secrets)
	if fx.Final {
		if got.Final == "" && len(got.Errors) == 0 {
			t.Error("a corrupt fixture gives no error")
		}
		return
	}
	if got.Final != "" {
		t.Errorf("a corrupt fixture stops the reading: %s", got.Final)
	}
	faults := 0
	for _, r := range got.Records {
		faults += len(r.Faults)
	}
	if len(got.Errors)+faults == 0 || len(got.Records) == 0 {
		t.Errorf("a corrupt fixture gives %d record errors, %d faults and %d records; want some errors and some records",
			len(got.Errors), faults, len(got.Records))
	}
}

// checkSecrets checks that nothing the decoder says holds a value.
func checkSecrets(t *testing.T, got Result, secrets []string) {
	t.Helper()
	said := slices.Concat(got.Notes, []string{got.Final})
	for _, e := range got.Errors {
		said = append(said, e.Field, e.Reason)
	}
	for _, r := range got.Records {
		for _, fault := range r.Faults {
			said = append(said, fault.Field, fault.Reason)
		}
	}
	for _, s := range said {
		for i, secret := range secrets {
			if secret != "" && strings.Contains(strings.ToLower(s), strings.ToLower(secret)) {
				t.Errorf("an error, fault or note holds secret %d of the fixtures", i)
			}
		}
	}
}
