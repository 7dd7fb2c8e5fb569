package tabular

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"samehand/ingest"
)

// sample has a column of each sort that is read.
type sample struct {
	Name    string           `parquet:"name,dict"`
	Note    *string          `parquet:"note,optional"`
	N32     int32            `parquet:"n32"`
	N64     int64            `parquet:"n64"`
	U64     uint64           `parquet:"u64"`
	F       float64          `parquet:"f"`
	OK      bool             `parquet:"ok"`
	Milli   time.Time        `parquet:"milli,timestamp(millisecond)"`
	Micro   time.Time        `parquet:"micro,timestamp(microsecond)"`
	Nano    time.Time        `parquet:"nano,timestamp(nanosecond)"`
	Day     int32            `parquet:"day,date"`
	Money   int64            `parquet:"money,decimal(2:18)"`
	ID      [16]byte         `parquet:"id,uuid"`
	Old     deprecated.Int96 `parquet:"old"`
	Address struct {
		City string `parquet:"city"`
	} `parquet:"address"`
	Tags []string `parquet:"tags"`
}

// writeParquet writes rows in groups of so many.
func writeParquet[T any](t testing.TB, rows []T, group int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b)
	for len(rows) > 0 {
		n := min(group, len(rows))
		if _, err := w.Write(rows[:n]); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func input(data []byte) ingest.Input {
	return ingest.Input{At: bytes.NewReader(data), Size: int64(len(data))}
}

func open(t testing.TB, data []byte, in ingest.Input, o Options) Reader {
	t.Helper()
	r, err := Open(bytes.NewReader(data), in, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestParquet(t *testing.T) {
	when := time.Date(2024, 5, 31, 9, 30, 0, 123_456_789, time.UTC)
	note := "a,\"b\""
	one := sample{
		Name: "José", Note: &note, N32: -7, N64: 1 << 60, U64: 1 << 63, F: 1.5, OK: true, Milli: when, Micro: when, Nano: when, Day: 19874, Money: -5,
		ID: [16]byte{0x11, 0x22, 15: 0xff}, Old: deprecated.Int96{1_000_000_000, 0, 2440589}, Tags: []string{"x", "y"},
	}
	one.Address.City = "Halden"
	data := writeParquet(t, []sample{one, {Name: "nul\x00"}, {Name: string([]byte{0xff})}}, 2)
	r := open(t, data, input(data), Options{})
	rows, err := all(t, r)
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	want := map[string]string{
		"name": "José", "note": note, "n32": "-7", "n64": "1152921504606846976", "u64": "9223372036854775808", "f": "1.5", "ok": "true",
		"milli": "2024-05-31T09:30:00.123Z", "micro": "2024-05-31T09:30:00.123456Z", "nano": "2024-05-31T09:30:00.123456789Z",
		"day": "2024-05-31", "money": "-0.05", "id": "11220000-0000-0000-0000-0000000000ff", "old": "1970-01-02T00:00:01Z", "address.city": "Halden",
	}
	have := map[string]string{}
	for i, c := range r.Columns() {
		have[c] = rows[0].Cells[i]
	}
	if d := cmp.Diff(want, have); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if rows[1].Reason != "a NUL byte" || rows[1].Line != 2 || rows[2].Cells[0] != "ff" || rows[2].Line != 3 {
		t.Errorf("%+v", rows[1:])
	}
	if d := cmp.Diff([]string{"1 column holds a list and is not read"}, r.Notes()); d != "" {
		t.Error(d)
	}
}

func TestParquetManyRows(t *testing.T) {
	type row struct {
		N int64 `parquet:"n"`
	}
	in := make([]row, 1000)
	for i := range in {
		in[i].N = int64(i)
	}
	data := writeParquet(t, in, 300)
	rows, err := all(t, open(t, data, input(data), Options{}))
	if err != nil || len(rows) != 1000 || rows[999].Cells[0] != "999" || rows[999].Line != 1000 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestParquetLimits(t *testing.T) {
	type row struct {
		S string `parquet:"s"`
	}
	data := writeParquet(t, []row{{strings.Repeat("x", 2000)}, {"y"}}, 10)
	in := input(data)
	in.Limits.RecordBytes = 1000
	rows, err := all(t, open(t, data, in, Options{}))
	if err != nil || len(rows) != 2 || rows[0].Reason != "longer than 1000 bytes" || rows[1].Cells[0] != "y" {
		t.Errorf("%+v, %v", rows, err)
	}
	in.Limits = ingest.Limits{FileBytes: 1000}
	var limit *ingest.LimitError
	if _, err := Open(bytes.NewReader(data), in, Options{}); !errors.As(err, &limit) {
		t.Errorf("error %v, want a LimitError", err)
	}
}

// Damage anywhere ends in an error or in other cells, never in a panic and never before the rows the file says it has.
func TestParquetDamaged(t *testing.T) {
	type row struct {
		S string `parquet:"s"`
		N int64  `parquet:"n"`
	}
	var in []row
	for i := range 50 {
		in = append(in, row{strings.Repeat("s", i), int64(i)})
	}
	data := writeParquet(t, in, 20)
	for at := range data {
		for _, flip := range []byte{0xff} {
			bad := bytes.Clone(data)
			bad[at] ^= flip
			i := input(bad)
			i.Limits.FileBytes = 1 << 24
			r, err := newParquet(i)
			if err != nil {
				continue
			}
			for err == nil {
				if _, err = r.Next(); errors.As(err, new(*ingest.RecordError)) {
					err = nil
				}
			}
			r.Close()
		}
	}
	for _, cut := range []int{0, 4, 8, len(data) / 2, len(data) - 1} {
		if _, err := newParquet(input(data[:cut])); err == nil {
			t.Errorf("cut after %d bytes: no error", cut)
		}
	}
}

func TestWriteDecimal(t *testing.T) {
	for want, c := range map[string]struct {
		n     int64
		scale int
	}{"0": {0, 0}, "0.00": {0, 2}, "12.34": {1234, 2}, "-12.34": {-1234, 2}, "0.001": {1, 3}, "-1": {-1, 0}} {
		if got := string(writeDecimal(nil, parquet.Int64Value(c.n), c.scale)); got != want {
			t.Errorf("writeDecimal(%d, %d) = %q, want %q", c.n, c.scale, got, want)
		}
	}
	if got := string(writeDecimal(nil, parquet.FixedLenByteArrayValue([]byte{0xff, 0x85}), 2)); got != "-1.23" {
		t.Errorf("two's complement: %q", got)
	}
}
