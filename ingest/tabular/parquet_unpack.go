package tabular

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"

	"samehand/ingest"
)

// unpacker unpacks pages into a buffer that it uses again, and never more than was asked for.
type unpacker struct {
	buf    []byte
	gzip   *gzip.Reader
	zstd   *zstd.Decoder
	brotli *brotli.Reader
}

// errPacked says that a file is packed in another way than [unpacks] knows.
var errPacked = errors.New("the Parquet file is packed in a way that is not read; write it with zstd, snappy, gzip or brotli")

// unpacks tells what can be unpacked. LZ4 is not among it: the library fails on sound pages that
// pyarrow wrote, and tries ever larger buffers on damaged ones.
func unpacks(c format.CompressionCodec) bool {
	switch c {
	case format.Uncompressed, format.Snappy, format.Gzip, format.Zstd, format.Brotli:
		return true
	}
	return false
}

// unpack unpacks a page that says it has size bytes. A page that has more is damaged.
func (u *unpacker) unpack(codec format.CompressionCodec, b []byte, size int) ([]byte, error) {
	if codec == format.Uncompressed || len(b) == 0 {
		return b, nil
	}
	if cap(u.buf) < size+1 {
		u.buf = make([]byte, size+1)
	}
	dst := u.buf[:size]
	switch codec {
	case format.Snappy:
		if n, err := snappy.DecodedLen(b); err != nil || n > size {
			return nil, errPage
		}
		out, err := snappy.Decode(dst, b)
		if err != nil {
			return nil, errPage
		}
		return out, nil
	}
	r, err := u.stream(codec, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	n, err := io.ReadFull(r, u.buf[:size+1])
	if err != io.EOF && err != io.ErrUnexpectedEOF { // there is more, or it cannot be read
		return nil, errPage
	}
	return u.buf[:n], nil
}

// stream begins to unpack b.
func (u *unpacker) stream(codec format.CompressionCodec, b io.Reader) (r io.Reader, err error) {
	switch codec {
	case format.Gzip:
		if u.gzip == nil {
			u.gzip = new(gzip.Reader)
		}
		r, err = u.gzip, u.gzip.Reset(b)
	case format.Zstd:
		if u.zstd == nil {
			u.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(pageBytes))
			if err != nil {
				return nil, err
			}
		}
		r, err = u.zstd, u.zstd.Reset(b)
	case format.Brotli:
		if u.brotli == nil {
			u.brotli = brotli.NewReader(nil)
		}
		r, err = u.brotli, u.brotli.Reset(b)
	default:
		return nil, errPacked
	}
	if err != nil {
		return nil, errPage
	}
	return r, nil
}

// close ends what the unpacker started.
func (u *unpacker) close() {
	if u.zstd != nil {
		u.zstd.Close()
	}
	*u = unpacker{}
}

// checkRuns adds up runs of values of so many bits, in the hybrid of runs and packed bits of the
// Parquet format ("Run Length Encoding / Bit-Packing Hybrid"), and fails when they come to more than a page may hold.
func checkRuns(b []byte, width int) error {
	for total := uint64(0); len(b) > 0; {
		head, n := binary.Uvarint(b)
		if n <= 0 || width > 32 {
			return errPage
		}
		count, length := head>>1, uint64(width+7)/8
		if head&1 != 0 { // groups of eight
			if count > pageValues/8 {
				return tooManyValues()
			}
			count, length = count*8, count*uint64(width)
		}
		if total += count; count > pageValues || total > pageValues+8 { // the last group may be filled up
			return tooManyValues()
		}
		b = b[n:]
		b = b[min(length, uint64(len(b))):]
	}
	return nil
}

func tooManyValues() error {
	return &ingest.LimitError{What: "the number of values in a page of the Parquet file", Limit: pageValues, Advice: asCSV}
}

// skipDeltas returns what follows numbers in the form DELTA_BINARY_PACKED, and fails when they are more than a page may hold.
func skipDeltas(b []byte) (rest []byte, err error) {
	var head [4]uint64 // values of a block, parts of a block, values, the first value
	for i := range head {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errPage
		}
		head[i], b = v, b[n:]
	}
	block, parts, values := head[0], head[1], head[2]
	if values > pageValues {
		return nil, tooManyValues()
	}
	if parts == 0 || parts > block || block > pageValues {
		return nil, errPage
	}
	per := block / parts
	for left := int64(values) - 1; left > 0 && len(b) > 0; {
		_, n := binary.Varint(b)
		if n <= 0 {
			return nil, errPage
		}
		b = b[n:]
		widths := b[:min(parts, uint64(len(b)))]
		b = b[len(widths):]
		for _, w := range widths {
			b = b[min(per*uint64(w)/8, uint64(len(b))):]
			if left -= int64(per); left <= 0 {
				break
			}
		}
		if len(widths) == 0 {
			return nil, errPage
		}
	}
	return b, nil
}
