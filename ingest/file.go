package ingest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// HeadBytes is how much of a file's beginning a [Format] is shown.
const HeadBytes = 64 << 10

// File is an export on disk, ready to be read. Standard input is copied to a temporary file first.
type File struct {
	Name   string // as it was given; "-" for standard input
	SHA256 string // of the bytes as they were found, in hex; [Run] fills it in, for a file that is of a format
	Bytes  int64  // their number

	f       *os.File
	remove  []string // temporary files
	limits  Limits
	modTime time.Time
}

// LimitError says that a file is larger than was allowed, or unpacks to more. Nothing of such a file is kept.
type LimitError struct {
	What   string // what was too large
	Limit  int64  // in bytes, or as a ratio
	Advice string // what to do about it when the file is what one expects; "" to raise the limit, where that can be done
}

func (e *LimitError) Error() string {
	advice := e.Advice
	if advice == "" {
		advice = "raise the limit"
	}
	return fmt.Sprintf("%s is over the limit of %d; if the file is what you expect, %s", e.What, e.Limit, advice)
}

// OpenFile opens the file of that name, or copies stdin when the name is "-".
// It fails for what is not a regular file. Close it after use.
func OpenFile(ctx context.Context, name string, stdin io.Reader, l Limits) (*File, error) {
	l = l.WithDefaults()
	file := &File{Name: name, limits: l}
	var err error
	if name == "-" {
		err = file.copyIn(ctx, stdin)
	} else {
		err = file.open(name)
	}
	if err == nil && file.Bytes > l.FileBytes {
		err = &LimitError{What: "the file", Limit: l.FileBytes}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func (f *File) open(name string) error {
	// A named pipe would block in open; what is not a regular file is not an export.
	st, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !st.Mode().IsRegular() {
		return &os.PathError{Op: "read", Path: name, Err: errors.New("not a regular file; pipe it in and give - as the name")}
	}
	f.f, err = os.Open(name)
	f.modTime, f.Bytes = st.ModTime(), st.Size()
	return err
}

// copyIn makes a bounded temporary copy of a stream, since a file is read twice (to hash it, to read it).
func (f *File) copyIn(ctx context.Context, r io.Reader) error {
	tmp, err := f.temp()
	if err != nil {
		return err
	}
	f.f = tmp
	n, err := io.Copy(tmp, io.LimitReader(&contextReader{ctx, r}, f.limits.FileBytes+1))
	if err == nil && n > f.limits.FileBytes {
		err = &LimitError{What: "standard input", Limit: f.limits.FileBytes}
	}
	f.Bytes = n
	return err
}

func (f *File) temp() (*os.File, error) {
	tmp, err := os.CreateTemp("", "samehand-*.tmp") // 0600
	if err != nil {
		return nil, err
	}
	// Where an open file can be removed, it is gone even if this process is killed.
	if os.Remove(tmp.Name()) != nil {
		f.remove = append(f.remove, tmp.Name())
	}
	return tmp, nil
}

// hash reads the whole file, wherever else it is read.
func (f *File) hash(ctx context.Context) error {
	h := sha256.New()
	all := io.NewSectionReader(contextReaderAt{ctx, f.f}, 0, math.MaxInt64)
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, struct{ io.Reader }{all}, make([]byte, 1<<20))
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if n > f.limits.FileBytes {
		return &LimitError{What: "the file", Limit: f.limits.FileBytes}
	}
	f.SHA256, f.Bytes = hex.EncodeToString(h.Sum(nil)), n
	return nil
}

// unchanged fails when the file on disk is no longer the one that was hashed.
func (f *File) unchanged() error {
	if f.modTime.IsZero() {
		return nil
	}
	st, err := f.f.Stat()
	if err != nil {
		return err
	}
	if st.Size() != f.Bytes || !st.ModTime().Equal(f.modTime) {
		return fmt.Errorf("%s was changed while it was being read; ingest it again when nobody writes to it", f.Name)
	}
	return nil
}

// Close closes the file and removes temporary copies.
func (f *File) Close() error {
	var err error
	if f.f != nil {
		err = f.f.Close()
	}
	for _, name := range f.remove {
		err = errors.Join(err, os.Remove(name))
	}
	f.remove = nil
	return err
}

// content is a file's text: unpacked, without byte order mark, as UTF-8 where the file said what it was.
type content struct {
	*bufio.Reader
	name   string // without the ending of the compression
	packed bool
	count  *countReader // bytes of the file as found that were consumed
	close  func()
}

// content begins to read the file from its start.
func (f *File) content(ctx context.Context) (*content, error) {
	if _, err := f.f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	count := &countReader{r: &contextReader{ctx, f.f}}
	raw := bufio.NewReaderSize(count, 256<<10)
	c := &content{name: f.Name, count: count, close: func() {}}
	magic, _ := raw.Peek(6)
	r, err := f.unpack(c, raw, magic)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	c.Reader = bufio.NewReaderSize(r, max(HeadBytes, 256<<10))
	c.decode()
	return c, nil
}

// unpack undoes the compression that the first bytes announce.
func (f *File) unpack(c *content, raw *bufio.Reader, magic []byte) (io.Reader, error) {
	var r io.Reader
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(raw)
		if err != nil {
			return nil, fmt.Errorf("not a sound gzip file: %w", err)
		}
		r, c.name = z, strings.TrimSuffix(c.name, ".gz")
	case bytes.HasPrefix(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
		if err != nil {
			return nil, fmt.Errorf("not a sound zstd file: %w", err)
		}
		r, c.name, c.close = z, strings.TrimSuffix(c.name, ".zst"), z.Close
	case bytes.HasPrefix(magic, []byte("BZh")), bytes.HasPrefix(magic, []byte("\xfd7zXZ\x00")), bytes.HasPrefix(magic, []byte("7z\xbc\xaf\x27\x1c")):
		return nil, errors.New("packed in a way that is not read; unpack it, or pack it with gzip or zstd")
	default:
		return &boundReader{r: raw, limit: f.limits.FileBytes}, nil
	}
	c.packed = true
	return &boundReader{r: r, limit: f.limits.FileBytes, packed: c.count, ratio: f.limits.Ratio}, nil
}

// decode strips a byte order mark and turns UTF-16 into UTF-8. Other encodings are left to the decoders.
func (c *content) decode() {
	head, _ := c.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		c.Discard(3)
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		d := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		c.Reader = bufio.NewReaderSize(transform.NewReader(c.Reader, d), 256<<10)
	}
}

// head returns the first bytes for detection. An error is one of reading, not the end of a short file.
func (c *content) head() ([]byte, error) {
	b, err := c.Peek(HeadBytes)
	if err == io.EOF || (err != nil && len(b) > 0) { // what follows an early fault will be met again by the decoder
		err = nil
	}
	return b, err
}

// input gives the decoder what it may know, with a temporary copy where the file is packed and, by its head, of a sort
// that is read by random access: Parquet, or the zip that a workbook is.
func (f *File) input(ctx context.Context, c *content, tenant string, head []byte) (Input, error) {
	in := Input{Name: c.name, Tenant: tenant, Limits: f.limits, At: contextReaderAt{ctx, f.f}, Size: f.Bytes}
	if !c.packed {
		return in, nil
	}
	in.At, in.Size = nil, 0
	if !bytes.HasPrefix(head, []byte("PAR1")) && !bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return in, nil
	}
	tmp, err := f.temp()
	if err != nil {
		return in, err
	}
	old := c.close
	c.close = func() { tmp.Close(); old() }
	in.At = contextReaderAt{ctx, tmp}
	in.Size, err = io.Copy(tmp, c.Reader)
	c.Reader = bufio.NewReaderSize(io.NewSectionReader(tmp, 0, in.Size), HeadBytes)
	return in, err
}

// contextReader ends a long read when the context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// contextReaderAt is contextReader for random access.
type contextReaderAt struct {
	ctx context.Context
	r   io.ReaderAt
}

func (c contextReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.ReadAt(p, off)
}

// countReader counts what was read.
type countReader struct {
	r io.Reader
	n int64
}

func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// boundReader fails with a [LimitError] when more comes out than was allowed.
type boundReader struct {
	r      io.Reader
	n      int64
	limit  int64
	packed *countReader // nil when nothing is unpacked
	ratio  int64
}

// ratioFrom is how much may be unpacked before its ratio to the packed size is looked at: small files pack oddly.
const ratioFrom = 64 << 20

func (b *boundReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	if b.n > b.limit {
		return 0, &LimitError{What: "the file, unpacked,", Limit: b.limit}
	}
	if b.packed != nil && b.n > ratioFrom && b.n/max(1, b.packed.n) > b.ratio {
		return 0, &LimitError{What: "the ratio of unpacked to packed size", Limit: b.ratio, Advice: "unpack it first"}
	}
	return n, err
}
