package tabular

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"samehand/ingest"
)

// Bounds on a page. Writers aim at pages of 1 MiB; DuckDB makes one page of a column's 122,880 rows.
const (
	pageBytes  = 64 << 20  // of a page, unpacked
	pageValues = 16 << 20  // in a page: a column that is the same in every row packs a million into a few bytes
	groupBytes = 512 << 20 // of the largest pages of all columns together, which are in memory at the same time
)

// errPage says that a page is not what the format allows.
var errPage = errors.New("the Parquet file is damaged: a page does not hold what it says")

// pageChecker reads the pages of columns before the library does, because the library
// makes room for whatever a page says of itself: sizes in its header, lengths of runs and numbers of values in its content.
// The sizes in the file's footer bind nobody.
type pageChecker struct {
	at       io.ReaderAt
	size     int64 // of the file
	limits   ingest.Limits
	unpacked int64 // bytes of all pages so far
	protocol thrift.CompactProtocol
	plain    unpacker
	packed   []byte
}

// columnPages is what must be known of a column to check its pages.
type columnPages struct {
	meta   *format.ColumnMetaData
	levels int // bits of a level; 0 when the column has a value in every row, and its pages no levels
}

// check checks all pages of a column in a row group. It returns the most memory that one of them takes.
func (c *pageChecker) check(col columnPages) (most int64, err error) {
	base := col.meta.DataPageOffset
	if col.meta.DictionaryPageOffset != 0 {
		base = col.meta.DictionaryPageOffset
	}
	if base < 0 || col.meta.TotalCompressedSize < 0 || base > c.size || col.meta.TotalCompressedSize > c.size-base {
		return 0, errPage
	}
	r := bufio.NewReaderSize(io.NewSectionReader(c.at, base, col.meta.TotalCompressedSize), 16<<10)
	d := thrift.NewDecoder(c.protocol.NewReader(r))
	var dictionary int64
	for values := int64(0); values < col.meta.NumValues; {
		var h format.PageHeader
		if err := d.Decode(&h); err != nil {
			return 0, fmt.Errorf("%w: %w", errPage, err)
		}
		n, err := c.header(&h)
		if err != nil {
			return 0, err
		}
		if err := c.body(r, &h, col); err != nil {
			return 0, err
		}
		if h.Type == format.DictionaryPage {
			dictionary = max(dictionary, n)
			continue
		}
		most = max(most, n)
		values += int64(h.DataPageHeader.V.NumValues) + int64(h.DataPageHeaderV2.V.NumValues)
	}
	return most + dictionary, nil
}

// close lets go of what the checks needed.
func (c *pageChecker) close() {
	c.plain.close()
	c.packed = nil
}

// header checks the sizes that a page says it has. It returns how much memory the page takes.
func (c *pageChecker) header(h *format.PageHeader) (int64, error) {
	if h.UncompressedPageSize < 0 || h.CompressedPageSize < 0 {
		return 0, errPage
	}
	size := int64(h.UncompressedPageSize)
	if size > pageBytes || h.CompressedPageSize > pageBytes {
		return 0, &ingest.LimitError{What: "a page of the Parquet file", Limit: pageBytes, Advice: asCSV}
	}
	var values int32
	for _, n := range []int32{h.DataPageHeader.V.NumValues, h.DataPageHeaderV2.V.NumValues, h.DictionaryPageHeader.V.NumValues} {
		if n < 0 {
			return 0, errPage
		}
		values = max(values, n)
	}
	if values > pageValues {
		return 0, &ingest.LimitError{What: "the number of values in a page of the Parquet file", Limit: pageValues, Advice: asCSV}
	}
	c.unpacked += size
	if err := checkUnpacked("the Parquet file, unpacked,", c.unpacked, c.size, c.limits.FileBytes, c.limits.Ratio); err != nil {
		return 0, err
	}
	return size + 5*int64(values), nil // an index or offset of four bytes each, and a level
}

// checkUnpacked fails when n bytes are more than may come out of a file of that size.
func checkUnpacked(what string, n, size, limit, ratio int64) error {
	if n > limit {
		return &ingest.LimitError{What: what, Limit: limit}
	}
	if n > 64<<20 && n/max(1, size) > ratio { // small files pack oddly
		return &ingest.LimitError{What: "the ratio of unpacked to packed size", Limit: ratio, Advice: asCSV}
	}
	return nil
}

// body reads what follows a header and checks that it unpacks to no more than the header says.
func (c *pageChecker) body(r io.Reader, h *format.PageHeader, col columnPages) error {
	n := int(h.CompressedPageSize)
	if cap(c.packed) < n {
		c.packed = make([]byte, n)
	}
	b := c.packed[:n]
	if _, err := io.ReadFull(r, b); err != nil {
		return fmt.Errorf("%w: %w", errPage, err)
	}
	codec, size := col.meta.Codec, int(h.UncompressedPageSize)
	switch {
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		_, err := c.plain.unpack(codec, b, size)
		return err
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		v := &h.DataPageHeader.V
		b, err := c.plain.unpack(codec, b, size)
		if err != nil {
			return err
		}
		if col.levels > 0 {
			if len(b) < 4 {
				return errPage
			}
			n := int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16 | int64(b[3])<<24
			if b = b[4:]; n > int64(len(b)) {
				return errPage
			}
			if err := checkLevels(v.DefinitionLevelEncoding, b[:n], col.levels); err != nil {
				return err
			}
			b = b[n:]
		}
		return checkContent(v.Encoding, b)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		return c.bodyV2(&h.DataPageHeaderV2.V, b, size, col)
	}
	return errPage
}

// bodyV2 checks a page of the second form, whose levels stand before it and are not packed.
func (c *pageChecker) bodyV2(v *format.DataPageHeaderV2, b []byte, size int, col columnPages) error {
	skip, levels := int64(v.RepetitionLevelsByteLength), int64(v.DefinitionLevelsByteLength)
	if skip < 0 || levels < 0 || skip+levels > int64(len(b)) {
		return errPage
	}
	if col.levels > 0 {
		if err := checkLevels(format.RLE, b[skip:skip+levels], col.levels); err != nil {
			return err
		}
	}
	b = b[skip+levels:]
	if !v.IsCompressed.Valid || v.IsCompressed.V { // packed, if it is not said
		var err error
		if b, err = c.plain.unpack(col.meta.Codec, b, size); err != nil {
			return err
		}
	}
	return checkContent(v.Encoding, b)
}

// checkLevels bounds what levels of so many bits come to.
func checkLevels(e format.Encoding, b []byte, width int) error {
	switch e {
	case format.RLE:
		return checkRuns(b, width)
	case format.BitPacked:
		if len(b) <= pageValues/8 {
			return nil
		}
	}
	return errPage
}

// checkContent bounds what the values of a page come to.
func checkContent(e format.Encoding, b []byte) error {
	switch e {
	case format.Plain, format.ByteStreamSplit, format.BitPacked:
		return nil
	//lint:ignore SA1019 older writers name the encoding so
	case format.PlainDictionary, format.RLEDictionary:
		if len(b) == 0 {
			return nil
		}
		return checkRuns(b[1:], int(b[0]))
	case format.RLE: // of yes and no, with their length before them
		if len(b) < 4 {
			return nil
		}
		return checkRuns(b[4:], 1)
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray:
		_, err := skipDeltas(b)
		return err
	case format.DeltaByteArray:
		rest, err := skipDeltas(b)
		if err == nil {
			_, err = skipDeltas(rest)
		}
		if err == nil && uint64(parquet.DeltaByteArray.EstimateDecodeByteArraySize(b)) > pageBytes {
			err = &ingest.LimitError{What: "a page of the Parquet file", Limit: pageBytes, Advice: asCSV}
		}
		return err
	}
	return errors.New("the Parquet file is written in a way that is not read")
}
