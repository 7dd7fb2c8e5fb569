package tabular

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"samehand/ingest"
)

// parquetReader reads Parquet, one row group after another, a few rows at a time.
type parquetReader struct {
	columns []string
	leaves  []leaf // by column of the file
	limit   int
	groups  []parquet.RowGroup
	rows    parquet.Rows // of the group that is being read; nil between groups
	batch   []parquet.Row
	at, n   int   // batch[at:n] was not given yet
	line    int64 // rows given
	total   int64 // rows the file says it has
	row     Row
	text    []byte
	cells   []cell
	lists   int
	final   error
}

// leaf is a column of the file and where it goes.
type leaf struct {
	column int // number in columns; -1 for lists, which have no one value
	write  func(dst []byte, v parquet.Value) []byte
}

// parquetBatch is how many rows are fetched at once.
const parquetBatch = 128

// newParquet opens a Parquet file. Its footer must fit its size: a file that says it unpacks to more than the limits is refused.
func newParquet(in ingest.Input) (r *parquetReader, err error) {
	if in.At == nil {
		return nil, errNoAt
	}
	defer guard(&err)
	f, err := parquet.OpenFile(in.At, in.Size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("not a sound Parquet file: %w", err)
	}
	l := in.Limits.WithDefaults()
	if err := checkSizes(f, in.Size, l); err != nil {
		return nil, err
	}
	r = &parquetReader{limit: int(min(l.RecordBytes, 1<<30)), groups: f.RowGroups(), total: f.NumRows(), batch: make([]parquet.Row, parquetBatch)}
	r.addLeaves(f.Root())
	if len(r.columns) == 0 {
		return nil, errors.New("the Parquet file has no column that holds one value a row")
	}
	if len(r.columns) > maxColumns {
		return nil, fmt.Errorf("more than %d columns", maxColumns)
	}
	r.cells = make([]cell, len(r.columns))
	return r, nil
}

// guard turns a panic of the Parquet library over a damaged file into an error.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = errors.New("the Parquet file is damaged")
	}
}

// checkSizes refuses files that say they unpack to more than the limits allow.
func checkSizes(f *parquet.File, size int64, l ingest.Limits) error {
	var unpacked int64
	for _, g := range f.Metadata().RowGroups {
		for _, c := range g.Columns {
			n := c.MetaData.TotalUncompressedSize
			if n < 0 || n > l.FileBytes-unpacked {
				return &ingest.LimitError{What: "the Parquet file, unpacked,", Limit: l.FileBytes}
			}
			unpacked += n
		}
	}
	if unpacked > 64<<20 && unpacked/max(1, size) > l.Ratio {
		return &ingest.LimitError{What: "the ratio of unpacked to packed size", Limit: l.Ratio}
	}
	return nil
}

// addLeaves walks the schema; leaves come in the order of the numbers their values carry.
func (r *parquetReader) addLeaves(c *parquet.Column) {
	if !c.Leaf() {
		for _, child := range c.Columns() {
			r.addLeaves(child)
		}
		return
	}
	if c.MaxRepetitionLevel() > 0 {
		r.lists++
		r.leaves = append(r.leaves, leaf{column: -1})
		return
	}
	r.leaves = append(r.leaves, leaf{len(r.columns), writer(c.Type())})
	r.columns = append(r.columns, strings.ToValidUTF8(strings.Join(c.Path(), "."), "\uFFFD"))
}

// Columns implements [Reader].
func (r *parquetReader) Columns() []string { return r.columns }

// Notes implements [Reader].
func (r *parquetReader) Notes() []string {
	if r.lists == 0 {
		return nil
	}
	return []string{plural(int64(r.lists), "column holds a list and is", "columns hold lists and are") + " not read"}
}

// Close implements [Reader].
func (r *parquetReader) Close() (err error) {
	defer guard(&err)
	if r.rows != nil {
		err = r.rows.Close()
		r.rows = nil
	}
	return err
}

// Next implements [Reader].
func (r *parquetReader) Next() (*Row, error) {
	if r.final != nil {
		return nil, r.final
	}
	if r.at == r.n {
		if err := r.fetch(); err != nil {
			if err != io.EOF {
				err = fmt.Errorf("row %d: %w", r.line+1, err)
			}
			r.final = err
			r.Close()
			return nil, err
		}
	}
	values := r.batch[r.at]
	r.at++
	r.line++
	return r.read(values)
}

// fetch reads the next batch of rows.
func (r *parquetReader) fetch() (err error) {
	defer guard(&err)
	for {
		if r.rows == nil {
			if len(r.groups) == 0 {
				if r.line != r.total {
					return fmt.Errorf("the Parquet file ends here and says it has %d rows", r.total)
				}
				return io.EOF
			}
			r.rows, r.groups = r.groups[0].Rows(), r.groups[1:]
		}
		n, err := r.rows.ReadRows(r.batch)
		if err != nil && err != io.EOF {
			return fmt.Errorf("the Parquet file is damaged: %w", err)
		}
		if err == io.EOF || n == 0 {
			if err := r.Close(); err != nil {
				return err
			}
		}
		if n > 0 {
			r.at, r.n = 0, n
			return nil
		}
	}
}

// read turns the values of one row into text.
func (r *parquetReader) read(values parquet.Row) (*Row, error) {
	r.text = r.text[:0]
	clear(r.cells)
	for _, v := range values {
		c := v.Column()
		if c < 0 || c >= len(r.leaves) || r.leaves[c].column < 0 || v.IsNull() {
			continue
		}
		if v.Kind() >= parquet.ByteArray && len(r.text)+len(v.ByteArray()) > r.limit {
			return nil, r.reject(fmt.Sprintf("longer than %d bytes", r.limit))
		}
		start := len(r.text)
		r.text = r.leaves[c].write(r.text, v)
		r.cells[r.leaves[c].column] = cell{start, len(r.text)}
	}
	for _, b := range r.text {
		if b == 0 {
			return nil, r.reject("a NUL byte")
		}
	}
	text, out := string(r.text), r.row.Cells[:0]
	for _, c := range r.cells {
		out = append(out, text[c.start:c.end])
	}
	r.row = Row{Line: r.line, Lines: 1, Raw: join(out), Cells: out}
	return &r.row, nil
}

func (r *parquetReader) reject(reason string) error {
	return &ingest.RecordError{Line: r.line, Reason: reason, Raw: toUTF8(r.text[:min(len(r.text), rawBytes)])}
}

// join writes cells as a line of CSV.
func join(cells []string) string {
	var b strings.Builder
	size := len(cells)
	for _, c := range cells {
		size += len(c)
	}
	b.Grow(size)
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(c, "\",\r\n") {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(c)
	}
	return b.String()
}

// writer returns how values of a type are written as text: times as RFC 3339, decimals with their point.
func writer(t parquet.Type) func([]byte, parquet.Value) []byte {
	if lt := t.LogicalType(); lt != nil {
		switch l := lt.Value.(type) {
		case *format.TimestampType:
			if t.Kind() == parquet.Int64 && l.Unit.Value != nil {
				return writeTime(int64(l.Unit.Value.Duration()), l.IsAdjustedToUTC)
			}
		case *format.DateType:
			return func(b []byte, v parquet.Value) []byte {
				return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(b, time.DateOnly)
			}
		case *format.DecimalType:
			return func(b []byte, v parquet.Value) []byte { return writeDecimal(b, v, int(l.Scale)) }
		case *format.UUIDType:
			return writeUUID
		case *format.IntType:
			if !l.IsSigned {
				return writeUnsigned
			}
		}
	}
	return writePlain
}

// writeTime writes a count of units of so many nanoseconds since 1970. A time that is not in UTC has no zone.
func writeTime(unit int64, utc bool) func([]byte, parquet.Value) []byte {
	layout := "2006-01-02T15:04:05.999999999"
	if utc {
		layout += "Z07:00"
	}
	return func(b []byte, v parquet.Value) []byte {
		perSecond := int64(time.Second) / unit
		sec, rest := v.Int64()/perSecond, v.Int64()%perSecond
		return time.Unix(sec, rest*unit).UTC().AppendFormat(b, layout)
	}
}

// writeDecimal writes an unscaled integer with its decimal point.
func writeDecimal(b []byte, v parquet.Value, scale int) []byte {
	var n big.Int
	switch v.Kind() {
	case parquet.Int32:
		n.SetInt64(int64(v.Int32()))
	case parquet.Int64:
		n.SetInt64(v.Int64())
	default:
		raw := v.ByteArray()
		if len(raw) > 32 { // 76 digits, more than any decimal type has
			return writeBytes(b, raw)
		}
		n.SetBytes(raw)
		if len(raw) > 0 && raw[0] >= 0x80 { // two's complement
			n.Sub(&n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
		}
	}
	if n.Sign() < 0 {
		b = append(b, '-')
		n.Neg(&n)
	}
	digits := n.String()
	if scale <= 0 || scale > 76 {
		return append(b, digits...)
	}
	if pad := scale + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	b = append(b, digits[:len(digits)-scale]...)
	b = append(b, '.')
	return append(b, digits[len(digits)-scale:]...)
}

func writeUUID(b []byte, v parquet.Value) []byte {
	u := v.ByteArray()
	if len(u) != 16 {
		return writeBytes(b, u)
	}
	h := hex.EncodeToString(u)
	return append(b, h[:8]+"-"+h[8:12]+"-"+h[12:16]+"-"+h[16:20]+"-"+h[20:]...)
}

func writeUnsigned(b []byte, v parquet.Value) []byte {
	switch v.Kind() {
	case parquet.Int32:
		return strconv.AppendUint(b, uint64(v.Uint32()), 10)
	case parquet.Int64:
		return strconv.AppendUint(b, v.Uint64(), 10)
	}
	return writePlain(b, v)
}

func writePlain(b []byte, v parquet.Value) []byte {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.AppendBool(b, v.Boolean())
	case parquet.Int32:
		return strconv.AppendInt(b, int64(v.Int32()), 10)
	case parquet.Int64:
		return strconv.AppendInt(b, v.Int64(), 10)
	case parquet.Int96:
		return writeInt96(b, v)
	case parquet.Float:
		return strconv.AppendFloat(b, float64(v.Float()), 'f', -1, 32)
	case parquet.Double:
		return strconv.AppendFloat(b, v.Double(), 'f', -1, 64)
	}
	return writeBytes(b, v.ByteArray())
}

// writeInt96 writes the old form of times: nanoseconds of the day, then the Julian day.
func writeInt96(b []byte, v parquet.Value) []byte {
	const epoch = 2440588 // Julian day of 1970-01-01
	t := v.Int96()
	nanos := int64(t[1])<<32 | int64(t[0])
	return time.Unix((int64(t[2])-epoch)*86400, nanos).UTC().AppendFormat(b, time.RFC3339Nano)
}

// writeBytes writes bytes as text; what is not UTF-8 is written in hex.
func writeBytes(b, v []byte) []byte {
	if utf8.Valid(v) {
		return append(b, v...)
	}
	return hex.AppendEncode(b, v)
}

var _ Reader = (*parquetReader)(nil)
