package ingest_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"go.uber.org/goleak"
	"golang.org/x/text/encoding/unicode"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/observations"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// pairs is a small format of its own, so that these tests are about reading and counting: "#pairs", then lines of
// "account kind value [kind value]...". "!" is a record that cannot be read, "?" a value with a fault.
type pairs struct{ mark string }

func (p pairs) Name() string                  { return strings.TrimPrefix(p.mark, "#") }
func (p pairs) About() string                 { return "test lines" }
func (p pairs) Match(_ string, h []byte) bool { return bytes.HasPrefix(h, []byte(p.mark)) }
func (p pairs) NewDecoder(r io.Reader, _ ingest.Input) (ingest.Decoder, error) {
	d := &pairsDecoder{s: bufio.NewReader(r)}
	_, err := d.s.ReadString('\n')
	if err == io.EOF {
		err = nil
	}
	d.line = 1
	return d, err
}

type pairsDecoder struct {
	s    *bufio.Reader
	line int64
}

func (d *pairsDecoder) Notes() []string { return []string{"read by a test"} }

func (d *pairsDecoder) Next() (*ingest.Record, error) {
	text, err := d.s.ReadString('\n')
	if err != nil {
		return nil, err
	}
	d.line++
	text = strings.TrimSuffix(text, "\n")
	if strings.HasPrefix(text, "!") {
		return nil, &ingest.RecordError{Line: d.line, Reason: "cannot be read", Raw: text}
	}
	r := &ingest.Record{Line: d.line, Raw: text}
	f := strings.Fields(text)
	for i := 1; i+1 < len(f); i += 2 {
		if f[i] == "?" {
			r.Faults = append(r.Faults, ingest.Fault{Field: f[i+1], Reason: "not a time"})
			continue
		}
		k, err := ident.ParseKind(f[i])
		if err != nil {
			return nil, err
		}
		r.Claims = append(r.Claims, ingest.Claim{Account: graph.AccountID{Platform: "test", Native: f[0]}, Kind: k, Value: f[i+1], Relation: graph.Login, Field: f[i]})
	}
	return r, nil
}

var clock = func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }

func options() ingest.Options {
	return ingest.Options{Formats: []ingest.Format{pairs{"#pairs"}, pairs{"#other"}}, Now: clock}
}

func open(t *testing.T) *casestore.Store {
	t.Helper()
	s, err := casestore.Open(t.Context(), filepath.Join(t.TempDir(), "case"), casestore.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, s graph.Store, path string, o ingest.Options, l ingest.Limits) (graph.Source, error) {
	t.Helper()
	f, err := ingest.OpenFile(t.Context(), path, strings.NewReader(""), l)
	if err != nil {
		return graph.Source{}, err
	}
	defer f.Close()
	return ingest.Run(t.Context(), s, f, o)
}

const goodPairs = "#pairs\n" +
	"ann email ann@mailbox-one.net ip 9.9.9.9\n" +
	"bob ip 9.9.9.9\n" +
	"!broken\n" +
	"cyd ip not-an-ip\n" +
	"dee ? when ip 8.8.4.4\n" +
	"eve\n" +
	"fay email noreply@mailbox-one.net\n"

func TestCountsAddUp(t *testing.T) {
	s := open(t)
	src, err := read(t, s, write(t, "a.txt", []byte(goodPairs)), options(), ingest.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := graph.Source{
		Format: "pairs", Options: "{}", Ingested: clock(), Bytes: int64(len(goodPairs)),
		Records: 7, Accepted: 5, Rejected: 2, Silent: 1, Values: 7, Kept: 5, ValuesRejected: 2, Placeholders: 1,
		Notes: []string{"read by a test"},
	}
	if diff := cmp.Diff(want, src, cmpopts.IgnoreFields(graph.Source{}, "ID", "Name", "SHA256")); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	tb, err := s.Load(t.Context(), graph.Filter{})
	if err != nil || len(tb.Rows) != 5 {
		t.Fatalf("loaded %d rows, %v; want 5", len(tb.Rows), err)
	}
	stored, err := s.Sources(t.Context())
	if err != nil || len(stored) != 1 {
		t.Fatalf("%d sources, %v", len(stored), err)
	}
	if diff := cmp.Diff(src, stored[0]); diff != "" {
		t.Errorf("stored source (-returned +stored):\n%s", diff)
	}
}

func TestTheSameFileAgainAddsNothing(t *testing.T) {
	s := open(t)
	path := write(t, "a.txt", []byte(goodPairs))
	if _, err := read(t, s, path, options(), ingest.Limits{}); err != nil {
		t.Fatal(err)
	}
	if _, err := read(t, s, path, options(), ingest.Limits{}); !errors.Is(err, graph.ErrExists) {
		t.Errorf("second time: %v, want ErrExists", err)
	}
	o := options()
	o.Region = "DE"
	if _, err := read(t, s, path, o, ingest.Limits{}); err != nil {
		t.Errorf("read in another way: %v", err)
	}
}

// The same text, packed or encoded in any of the ways that are handled, gives the same rows.
func TestPackingAndEncodingDoNotMatter(t *testing.T) {
	var gz bytes.Buffer
	z := gzip.NewWriter(&gz)
	io.WriteString(z, goodPairs)
	z.Close()
	enc, _ := zstd.NewWriter(nil)
	defer enc.Close()
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(goodPairs)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(goodPairs)
	for name, data := range map[string][]byte{
		"plain": []byte(goodPairs), "a.gz": gz.Bytes(), "a.zst": enc.EncodeAll([]byte(goodPairs), nil),
		"bom": append([]byte("\xef\xbb\xbf"), goodPairs...), "utf16le": []byte(le), "utf16be": []byte(be),
	} {
		t.Run(name, func(t *testing.T) {
			src, err := read(t, open(t), write(t, name, data), options(), ingest.Limits{})
			if err != nil || src.Records != 7 || src.Kept != 5 {
				t.Errorf("%d records, %d kept, %v", src.Records, src.Kept, err)
			}
		})
	}
}

// A packed Parquet file is read by way of a temporary copy, which is gone afterwards.
func TestPackedParquet(t *testing.T) {
	type row struct {
		Platform string `parquet:"platform"`
		Account  string `parquet:"account"`
		Kind     string `parquet:"kind"`
		Value    string `parquet:"value"`
	}
	var file, gz bytes.Buffer
	w := parquet.NewGenericWriter[row](&file)
	if _, err := w.Write([]row{{"okta:acme", "ann", "ip", "9.9.9.9"}, {"okta:acme", "bob", "email", "bob@mailbox-one.net"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(&gz)
	z.Write(file.Bytes())
	z.Close()
	o := options()
	o.Formats = append(o.Formats, observations.Format())
	t.Setenv("TMPDIR", t.TempDir())
	for name, data := range map[string][]byte{"a.parquet": file.Bytes(), "a.parquet.gz": gz.Bytes()} {
		src, err := read(t, open(t), write(t, name, data), o, ingest.Limits{})
		if err != nil || src.Kept != 2 {
			t.Errorf("%s: %d kept, %v", name, src.Kept, err)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) != 0 {
		t.Errorf("%d temporary files left, %v", len(left), err)
	}
}

// What was read of a file that ends early is kept, and the end is reported.
func TestTruncatedFileKeepsTheGoodRecords(t *testing.T) {
	var text strings.Builder
	text.WriteString("#pairs\n")
	for i := range 20000 {
		fmt.Fprintf(&text, "user%d ip 9.%d.%d.9\n", i, i/250, i%250)
	}
	var gz bytes.Buffer
	z := gzip.NewWriter(&gz)
	io.WriteString(z, text.String())
	z.Close()
	s := open(t)
	src, err := read(t, s, write(t, "a.gz", gz.Bytes()[:gz.Len()/2]), options(), ingest.Limits{})
	var early *ingest.IncompleteError
	if !errors.As(err, &early) || early.Line < 2 {
		t.Fatalf("error %v, want an IncompleteError with a line", err)
	}
	tb, err := s.Load(t.Context(), graph.Filter{})
	if err != nil || int64(len(tb.Rows)) != src.Kept || src.Kept == 0 {
		t.Errorf("%d rows in the case, %d kept, %v", len(tb.Rows), src.Kept, err)
	}
	if len(src.Notes) == 0 || !strings.Contains(src.Notes[0], "could not be read beyond line") {
		t.Errorf("notes: %q", src.Notes)
	}
}

// A bomb leaves nothing behind.
func TestBombIsRefused(t *testing.T) {
	var gz bytes.Buffer
	z := gzip.NewWriter(&gz)
	io.WriteString(z, "#pairs\n")
	line := []byte(strings.Repeat("bob ip 9.9.9.9\n", 4096))
	for range 3000 { // 180 MB
		z.Write(line)
	}
	z.Close()
	s := open(t)
	path := write(t, "bomb.gz", gz.Bytes())
	advice := map[string]string{"ratio": "unpack it first", "size": "raise the limit"} // there is no option for the ratio
	for name, l := range map[string]ingest.Limits{"ratio": {Ratio: 100}, "size": {FileBytes: 1 << 20}} {
		_, err := read(t, s, path, options(), l)
		var limit *ingest.LimitError
		if !errors.As(err, &limit) || !strings.HasSuffix(err.Error(), "if the file is what you expect, "+advice[name]) {
			t.Errorf("%s: %v, want a LimitError", name, err)
		}
		if srcs, err := s.Sources(t.Context()); err != nil || len(srcs) != 0 {
			t.Errorf("%s: %d sources left, %v", name, len(srcs), err)
		}
	}
}

func TestNoFormatOrTwoIsAnErrorThatNamesThem(t *testing.T) {
	s := open(t)
	_, err := read(t, s, write(t, "a.txt", []byte("what is this\n")), options(), ingest.Limits{})
	var none *ingest.DetectError
	if !errors.As(err, &none) || len(none.Matches) != 0 || !strings.Contains(err.Error(), "pairs, other") {
		t.Errorf("no match: %v", err)
	}
	o := options()
	o.Formats = append(o.Formats, pairs{"#pair"})
	_, err = read(t, s, write(t, "b.txt", []byte(goodPairs)), o, ingest.Limits{})
	if !errors.As(err, &none) || !strings.Contains(err.Error(), "pairs, pair;") {
		t.Errorf("two matches: %v", err)
	}
	o.As = "other"
	if src, err := read(t, s, write(t, "c.txt", []byte(goodPairs)), o, ingest.Limits{}); err != nil || src.Format != "other" {
		t.Errorf("--as: format %q, %v", src.Format, err)
	}
	o.As = "nonsense"
	if _, err := read(t, s, write(t, "d.txt", []byte(goodPairs)), o, ingest.Limits{}); err == nil || !strings.Contains(err.Error(), "pairs, other") {
		t.Errorf("unknown --as: %v", err)
	}
}

func TestOnlyRegularFilesAreRead(t *testing.T) {
	for name, path := range map[string]string{"folder": t.TempDir(), "device": os.DevNull, "nothing": filepath.Join(t.TempDir(), "absent")} {
		if _, err := ingest.OpenFile(t.Context(), path, nil, ingest.Limits{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestStandardInput(t *testing.T) {
	f, err := ingest.OpenFile(t.Context(), "-", strings.NewReader(goodPairs), ingest.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src, err := ingest.Run(t.Context(), open(t), f, options())
	if err != nil || src.Name != "-" || src.Kept != 5 {
		t.Errorf("%+v, %v", src, err)
	}
	if _, err := ingest.OpenFile(t.Context(), "-", strings.NewReader(goodPairs), ingest.Limits{FileBytes: 10}); err == nil {
		t.Error("endless standard input is not bounded")
	}
}

// Cancelling leaves the case as it was.
func TestCancelLeavesNothing(t *testing.T) {
	s := open(t)
	path := write(t, "a.txt", []byte(goodPairs))
	f, err := ingest.OpenFile(t.Context(), path, nil, ingest.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithCancel(t.Context())
	o := options()
	o.Progress = func(ingest.Progress) { cancel() }
	if _, err := ingest.Run(ctx, s, f, o); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
	if srcs, err := s.Sources(t.Context()); err != nil || len(srcs) != 0 {
		t.Errorf("%d sources left, %v", len(srcs), err)
	}
	if _, err := read(t, s, path, options(), ingest.Limits{}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// Small segments give the same table as one large one.
func TestSegmentSizeDoesNotMatter(t *testing.T) {
	var text strings.Builder
	text.WriteString("#pairs\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "user%d ip 9.9.%d.%d email User%d@Mailbox-one.net\n", i*7919%1000, i%100, i%50, i%300)
	}
	path := write(t, "a.txt", []byte(text.String()))
	var tables []*graph.Table
	for _, n := range []int{0, 1500} {
		s := open(t)
		o := options()
		o.SegmentRows = n
		if _, err := read(t, s, path, o, ingest.Limits{}); err != nil {
			t.Fatal(err)
		}
		tb, err := s.Load(t.Context(), graph.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, tb)
	}
	same := cmp.Comparer(func(a, b ident.ID) bool { return a == b })
	if diff := cmp.Diff(tables[0], tables[1], same); diff != "" {
		t.Errorf("tables differ (-one +many):\n%s", diff[:min(len(diff), 2000)])
	}
	if len(tables[0].Rows) != 10000 {
		t.Errorf("%d rows, want 10000", len(tables[0].Rows))
	}
}
