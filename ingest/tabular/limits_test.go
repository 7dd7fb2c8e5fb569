package tabular

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"samehand/ingest"
)

// drain reads to the end and returns what ended it, nil for the end of the file.
func drain(r Reader) (rows int, err error) {
	for {
		if _, err = r.Next(); err == nil {
			rows++
		} else if !errors.As(err, new(*ingest.RecordError)) {
			break
		}
	}
	if err == io.EOF {
		err = nil
	}
	return rows, err
}

// limited opens and drains data, and wants a LimitError before much memory was asked for.
func limited(t *testing.T, data []byte) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := Open(bytes.NewReader(data), input(data), Options{})
	if err == nil {
		_, err = drain(r)
		r.Close()
	}
	runtime.ReadMemStats(&after)
	if !errors.As(err, new(*ingest.LimitError)) {
		t.Errorf("error %v, want a LimitError", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
		t.Errorf("%d MiB were allocated", used>>20)
	}
}

type textRow struct {
	S string `parquet:"s,plain"`
}

// lie changes what the footer says of the sizes of the pages, so that only the pages tell the truth.
func lie(t *testing.T, data []byte) []byte {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	m := f.Metadata().RowGroups[0]
	data = bytes.Clone(data)
	for _, n := range []int64{m.Columns[0].MetaData.TotalUncompressedSize, m.TotalByteSize} {
		was := binary.AppendVarint(nil, n)
		is := bytes.Repeat([]byte{0x80}, len(was))
		is[len(is)-1] = 0 // zero, in as many bytes
		data = bytes.ReplaceAll(data, was, is)
	}
	return data
}

func TestParquetPageLargerThanFooterSays(t *testing.T) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[textRow](&b, parquet.Compression(&parquet.Zstd), parquet.SkipPageBounds("s"), parquet.DataPageStatistics(false), parquet.PageBufferSize(1<<28))
	if _, err := w.Write([]textRow{{strings.Repeat("z", pageBytes+1)}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := lie(t, b.Bytes())
	if len(data) > 1<<20 {
		t.Fatalf("a bomb of %d bytes", len(data))
	}
	limited(t, data)
}

func TestParquetDictionaryBomb(t *testing.T) {
	type row struct {
		S string `parquet:"s,dict,zstd"`
	}
	rows := make([]row, 1000)
	for i := range rows {
		rows[i].S = "x@" + strings.Repeat("b", 500_000)
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.SkipPageBounds("s"), parquet.DataPageStatistics(false))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	limited(t, b.Bytes())
}

func TestParquetPageHeader(t *testing.T) {
	page := func(unpacked, packed, values int32) *format.PageHeader {
		h := &format.PageHeader{Type: format.DataPage, UncompressedPageSize: unpacked, CompressedPageSize: packed}
		h.DataPageHeader.V.NumValues = values
		return h
	}
	for name, c := range map[string]struct {
		h         *format.PageHeader
		ok, limit bool
	}{
		"good":            {page(100, 50, 10), true, false},
		"negative size":   {page(-1, 50, 10), false, false},
		"negative packed": {page(100, -1, 10), false, false},
		"negative values": {page(100, 50, -1), false, false},
		"large":           {page(1<<30, 50, 10), false, true},
		"large packed":    {page(100, 1<<30, 10), false, true},
		"many values":     {page(100, 50, 1<<30), false, true},
	} {
		p := pageChecker{size: 1000, limits: ingest.Limits{}.WithDefaults()}
		_, err := p.header(c.h)
		if (err == nil) != c.ok || errors.As(err, new(*ingest.LimitError)) != c.limit {
			t.Errorf("%s: error %v", name, err)
		}
	}
	p := pageChecker{size: 1000, limits: ingest.Limits{}.WithDefaults()}
	for i := 1; ; i++ { // many pages that are small enough, of a small file
		if _, err := p.header(page(1<<20, 50, 10)); err != nil {
			if i != 65 || !errors.As(err, new(*ingest.LimitError)) {
				t.Errorf("page %d: error %v", i, err)
			}
			break
		}
	}
}

func TestUnpackNoMoreThanSaid(t *testing.T) {
	text := []byte(strings.Repeat("the same again ", 1000))
	for _, codec := range []parquetCodec{&parquet.Snappy, &parquet.Gzip, &parquet.Zstd, &parquet.Brotli} {
		packed, err := codec.Encode(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		var u unpacker
		for size, ok := range map[int]bool{len(text): true, len(text) + 1: true, len(text) - 1: false, 0: false} {
			got, err := u.unpack(codec.CompressionCodec(), packed, size)
			if (err == nil) != ok || (ok && !bytes.Equal(got, text)) {
				t.Errorf("%v, size %d: %d bytes, error %v", codec.CompressionCodec(), size, len(got), err)
			}
		}
		u.close()
	}
	if _, err := new(unpacker).unpack(format.Lz4Raw, text, 10); err == nil || !strings.Contains(err.Error(), "not read") {
		t.Errorf("error %v", err)
	}
}

// A packing that is not read is told before anything is added.
func TestParquetPackings(t *testing.T) {
	for want, codec := range map[error]parquet.WriterOption{nil: parquet.Compression(&parquet.Brotli), errPacked: parquet.Compression(&parquet.Lz4Raw)} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[struct{ S string }](&b, codec)
		if _, err := w.Write([]struct{ S string }{{"x"}, {"y"}}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		r, err := newParquet(input(b.Bytes()))
		if !errors.Is(err, want) {
			t.Errorf("error %v, want %v", err, want)
		}
		if err == nil {
			if n, err := drain(r); n != 2 || err != nil {
				t.Errorf("%d rows, %v", n, err)
			}
		}
	}
}

type parquetCodec interface {
	Encode(dst, src []byte) ([]byte, error)
	CompressionCodec() format.CompressionCodec
}

// uvarints writes numbers as Parquet does.
func uvarints(ns ...uint64) (b []byte) {
	for _, n := range ns {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func TestCheckContent(t *testing.T) {
	run := func(n uint64) []byte { return append([]byte{1}, append(uvarints(n<<1), 0)...) } // of one bit
	for name, c := range map[string]struct {
		e     format.Encoding
		b     []byte
		limit bool
	}{
		"plain":           {format.Plain, []byte("x"), false},
		"a run":           {format.RLEDictionary, run(pageValues), false},
		"a long run":      {format.RLEDictionary, run(pageValues + 1), true},
		"long runs":       {format.RLEDictionary, append(run(pageValues), run(100)[1:]...), true},
		"a very long run": {format.RLEDictionary, run(1 << 62), true},
		//lint:ignore SA1019 older writers name the encoding so
		"packed, of no bits":     {format.PlainDictionary, append([]byte{0}, uvarints(1<<40|1)...), true},
		"yes or no":              {format.RLE, append(make([]byte, 4), run(1 << 40)[1:]...), true},
		"deltas":                 {format.DeltaBinaryPacked, uvarints(128, 4, 1<<30, 0), true},
		"few deltas":             {format.DeltaBinaryPacked, uvarints(128, 4, 1, 0), false},
		"lengths":                {format.DeltaLengthByteArray, uvarints(128, 4, 1<<30, 0), true},
		"prefixes":               {format.DeltaByteArray, uvarints(128, 4, 1<<30, 0), true},
		"suffixes":               {format.DeltaByteArray, append(uvarints(128, 4, 1, 0), uvarints(128, 4, 1<<30, 0)...), true},
		"prefixes that add up":   {format.DeltaByteArray, append(uvarints(128, 4, 2, 0, 200<<20<<1, 0, 0, 0, 0), uvarints(128, 4, 2, 0, 0, 0, 0, 0, 0)...), true},
		"prefixes that add to 0": {format.DeltaByteArray, append(uvarints(128, 4, 2, 0, 0, 0, 0, 0, 0), uvarints(128, 4, 2, 0, 0, 0, 0, 0, 0)...), false},
	} {
		err := checkContent(c.e, c.b)
		if errors.As(err, new(*ingest.LimitError)) != c.limit || (!c.limit && err != nil) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzCheckContent(f *testing.F) {
	f.Add(int32(format.DeltaByteArray), uvarints(128, 4, 200, 0, 0, 0, 0, 0, 0))
	f.Add(int32(format.RLEDictionary), []byte{1, 2, 0})
	f.Fuzz(func(_ *testing.T, e int32, b []byte) {
		_ = checkContent(format.Encoding(e), b)
		_, _ = skipDeltas(b)
		_ = checkRuns(b, 3)
	})
}

// sheet puts text into the sheet of a workbook.
func sheet(t *testing.T, rows string) []byte {
	return rezip(t, employees(t), func(name string, part []byte) []byte {
		if name != "xl/worksheets/sheet1.xml" {
			return part
		}
		return []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
	})
}

func TestXLSXLimits(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	cell := `<c t="inlineStr"><is><t>x</t></is></c>`
	for name, rows := range map[string]string{
		"empty rows":             strings.Repeat("<row></row>", xlsxRows+1),
		"many cells":             "<row>" + strings.Repeat("<c/>", xlsxColumns+1) + "</row>",
		"a ratio":                "<row>" + cell + "</row>" + strings.Repeat(" ", 70<<20),
		"cells far to the right": strings.Repeat(`<row><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>`, 5000),
	} {
		t.Run(name, func(t *testing.T) {
			data := sheet(t, rows)
			in := input(data)
			r, err := Open(bytes.NewReader(data), in, Options{})
			if err == nil {
				_, err = drain(r)
				r.Close()
			}
			if !errors.As(err, new(*ingest.LimitError)) {
				t.Errorf("error %v, want a LimitError", err)
			}
			none(t)
		})
	}
}

// none wants the directory of temporary files to be empty.
func none(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("%d temporary files were left, %v", len(left), err)
	}
}

// A zip may say of a part that it is small.
func TestXLSXPartLargerThanItSays(t *testing.T) {
	data := sheet(t, strings.Repeat("<row></row>", 10_000))
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			continue
		}
		was := binary.LittleEndian.AppendUint32(nil, uint32(part.UncompressedSize64))
		data = bytes.ReplaceAll(data, was, []byte{100, 0, 0, 0})
	}
	_, err = Open(bytes.NewReader(data), input(data), Options{})
	if !errors.Is(err, zip.ErrFormat) {
		t.Errorf("error %v, want %v", err, zip.ErrFormat)
	}
}

// cancelAt fails with the error of a context after so many reads.
type cancelAt struct {
	r    io.ReaderAt
	left int
}

func (c *cancelAt) ReadAt(p []byte, off int64) (int, error) {
	if c.left--; c.left < 0 {
		return 0, context.Canceled
	}
	return c.r.ReadAt(p, off)
}

// However far reading has come: the error of the context ends it, is not taken for damage, and nothing is left behind.
func TestCancelled(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	rows := make([]textRow, 2000)
	for i := range rows {
		rows[i].S = strings.Repeat("s", i%50)
	}
	for name, data := range map[string][]byte{
		"xlsx":    sheet(t, strings.Repeat(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`, 10_000)),
		"parquet": writeParquet(t, rows, 300),
	} {
		for reads := 0; ; reads++ {
			in := input(data)
			in.At = &cancelAt{in.At, reads}
			r, err := Open(bytes.NewReader(data), in, Options{})
			if err == nil {
				_, err = drain(r)
				r.Close()
			}
			none(t)
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("%s, after %d reads: error %v", name, reads, err)
			}
		}
	}
}
