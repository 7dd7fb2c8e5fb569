package tabular

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"samehand/ingest"
)

// parquetReader reads Parquet, one row group after another, each of its columns a few values at a time.
type parquetReader struct {
	at      *faultReader
	columns []string
	leaves  []leaf
	check   pageChecker
	limit   int
	file    *parquet.File
	group   int   // the next row group
	left    int64 // rows of this one that were not given yet
	line    int64 // rows given
	given   int64 // bytes of the cells given, as they would be in CSV
	row     Row
	text    []byte
	cells   []cell
	lists   int
	final   error
}

// leaf is a column that is read.
type leaf struct {
	index  int // among all columns of the file
	levels int // bits of a level; 0 when it has a value in every row
	write  func(dst []byte, v parquet.Value) []byte
	pages  parquet.Pages // of the row group that is being read
	page   parquet.Page
	values parquet.ValueReader // of the page
	batch  []parquet.Value
	at, n  int    // batch[at:n] was not given yet
	last   string // cell of the row before: many columns say the same again and again
}

// parquetBatch is how many values of a column are fetched at once.
const parquetBatch = 128

// newParquet opens a Parquet file. One that says in its footer that it unpacks to more than
// the limits is refused here; one that lies there, when the pages are reached.
func newParquet(in ingest.Input) (r *parquetReader, err error) {
	if in.At == nil {
		return nil, errNoAt
	}
	at := &faultReader{r: in.At}
	defer at.fault(&err)
	defer guard(&err)
	if err := checkFooter(at, in.Size); err != nil {
		return nil, err
	}
	f, err := parquet.OpenFile(at, in.Size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("not a sound Parquet file: %w", err)
	}
	l := in.Limits.WithDefaults()
	if err := checkSizes(f, in.Size, l); err != nil {
		return nil, err
	}
	r = &parquetReader{at: at, limit: int(min(l.RecordBytes, 1<<30)), file: f, check: pageChecker{at: at, size: in.Size, limits: l}}
	r.addLeaves(f.Root())
	if len(r.columns) == 0 {
		return nil, errors.New("the Parquet file has no column that holds one value a row")
	}
	if len(r.columns) > maxColumns {
		return nil, fmt.Errorf("more than %d columns", maxColumns)
	}
	r.cells = make([]cell, len(r.columns))
	for _, g := range f.Metadata().RowGroups {
		for _, l := range r.leaves {
			if !unpacks(g.Columns[l.index].MetaData.Codec) {
				return nil, errPacked
			}
		}
	}
	return r, nil
}

// checkFooter refuses a footer that would be larger than the file, for which the library would make room.
func checkFooter(at io.ReaderAt, size int64) error {
	var b [8]byte
	if size < 12 {
		return errors.New("not a sound Parquet file: too short")
	}
	if _, err := at.ReadAt(b[:], size-8); err != nil {
		return fmt.Errorf("not a sound Parquet file: %w", err)
	}
	if n := binary.LittleEndian.Uint32(b[:]); int64(n) > size-12 {
		return errors.New("not a sound Parquet file: it is cut short, or its end is damaged")
	}
	return nil
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
	return checkUnpacked("the Parquet file, unpacked,", unpacked, size, l.FileBytes, l.Ratio)
}

// addLeaves walks the schema. Lists are passed over: they have no one value a row.
func (r *parquetReader) addLeaves(c *parquet.Column) {
	if !c.Leaf() {
		for _, child := range c.Columns() {
			r.addLeaves(child)
		}
		return
	}
	if c.MaxRepetitionLevel() > 0 {
		r.lists++
		return
	}
	r.leaves = append(r.leaves, leaf{index: c.Index(), levels: bits.Len(uint(c.MaxDefinitionLevel())), write: writer(c.Type())})
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
func (r *parquetReader) Close() error {
	r.check.close()
	return r.closeGroup()
}

// closeGroup lets go of the pages that are held.
func (r *parquetReader) closeGroup() (err error) {
	defer guard(&err)
	for i := range r.leaves {
		err = errors.Join(err, r.leaves[i].close())
	}
	return err
}

func (l *leaf) close() (err error) {
	if l.page != nil {
		parquet.Release(l.page)
	}
	if l.pages != nil {
		err = l.pages.Close()
	}
	l.pages, l.page, l.values, l.at, l.n = nil, nil, nil, 0, 0
	return err
}

// Next implements [Reader].
func (r *parquetReader) Next() (*Row, error) {
	if r.final != nil {
		return nil, r.final
	}
	row, err := r.next()
	if err == nil || errors.As(err, new(*ingest.RecordError)) {
		return row, err
	}
	if err != io.EOF {
		err = fmt.Errorf("row %d: %w", r.line+1, err)
	}
	r.final = err
	r.Close()
	return nil, err
}

// next gives the next row and turns what went wrong in the library into an error.
func (r *parquetReader) next() (row *Row, err error) {
	defer r.at.fault(&err)
	defer guard(&err)
	for r.left == 0 {
		if err := r.open(); err != nil {
			return nil, err
		}
	}
	if err := r.fetch(); err != nil {
		return nil, fmt.Errorf("the Parquet file is damaged: %w", err)
	}
	r.left--
	r.line++
	return r.read()
}

// open begins the next row group, after all pages of its columns were checked.
func (r *parquetReader) open() error {
	if err := r.closeGroup(); err != nil {
		return err
	}
	groups := r.file.RowGroups()
	if r.group == len(groups) {
		if total := r.file.NumRows(); r.line != total {
			return fmt.Errorf("the Parquet file ends here and says it has %d rows", total)
		}
		return io.EOF
	}
	meta := &r.file.Metadata().RowGroups[r.group]
	var memory int64
	for i := range r.leaves {
		l := &r.leaves[i]
		n, err := r.check.check(columnPages{&meta.Columns[l.index].MetaData, l.levels})
		if err != nil {
			return err
		}
		if memory += n; memory > groupBytes {
			return &ingest.LimitError{What: "the pages of the Parquet file that must be held at once", Limit: groupBytes, Advice: asCSV}
		}
	}
	chunks := groups[r.group].ColumnChunks()
	for i := range r.leaves {
		r.leaves[i].pages = chunks[r.leaves[i].index].Pages()
	}
	r.left = max(0, meta.NumRows)
	r.group++
	return nil
}

// fetch sees to it that every column has its value of the next row in its batch.
func (r *parquetReader) fetch() error {
	for i := range r.leaves {
		for l := &r.leaves[i]; l.at == l.n; {
			if err := l.fetch(); err == io.EOF {
				return errors.New("a column ends early")
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

// fetch reads the next values of a column, of which there may be none; io.EOF says that it has no more pages.
func (l *leaf) fetch() (err error) {
	if l.values == nil {
		if l.page != nil {
			parquet.Release(l.page)
			l.page = nil
		}
		if l.page, err = l.pages.ReadPage(); err != nil {
			return err
		}
		l.values = l.page.Values()
	}
	if l.batch == nil {
		l.batch = make([]parquet.Value, parquetBatch)
	}
	l.at = 0
	l.n, err = l.values.ReadValues(l.batch)
	if err == io.EOF || (err == nil && l.n == 0) {
		l.values = nil
		return nil
	}
	return err
}

// read turns the values of one row into text.
func (r *parquetReader) read() (*Row, error) {
	r.text = r.text[:0]
	reason := ""
	for i := range r.leaves {
		l := &r.leaves[i]
		v, start := l.batch[l.at], len(r.text)
		l.at++
		switch {
		case v.IsNull() || reason != "":
		case v.Kind() >= parquet.ByteArray && len(r.text)+len(v.ByteArray()) > r.limit:
			reason = fmt.Sprintf("longer than %d bytes", r.limit)
		default:
			r.text = l.write(r.text, v)
		}
		r.cells[i] = cell{start, len(r.text)}
	}
	if reason == "" && bytes.IndexByte(r.text, 0) >= 0 {
		reason = "a NUL byte"
	}
	// one value in a dictionary may be that of every row
	r.given += int64(len(r.leaves) + len(r.text))
	if err := checkUnpacked("the Parquet file, unpacked,", r.given, r.check.size, r.check.limits.FileBytes, r.check.limits.Ratio); err != nil {
		return nil, err
	}
	if reason != "" {
		return nil, r.reject(reason)
	}
	cells := r.row.Cells[:0]
	for i, c := range r.cells {
		l := &r.leaves[i]
		if text := r.text[c.start:c.end]; string(text) != l.last {
			l.last = string(text)
		}
		cells = append(cells, l.last)
	}
	r.row = Row{Line: r.line, Lines: 1, Raw: join(cells), Cells: cells}
	return &r.row, nil
}

func (r *parquetReader) reject(reason string) error {
	return &ingest.RecordError{Line: r.line, Reason: reason, Raw: toUTF8(r.text[:min(len(r.text), rawBytes)])}
}

// join writes cells as a line of CSV, or the beginning of it: more than a rejects file shows is not written.
func join(cells []string) string {
	var b strings.Builder
	size := len(cells)
	for _, c := range cells {
		size += len(c)
	}
	b.Grow(min(size, rawBytes+1))
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if room := rawBytes + 1 - b.Len(); room <= 0 {
			break
		} else if len(c) > room {
			for room > 0 && !utf8.RuneStart(c[room]) {
				room--
			}
			c = c[:room]
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
