package casestore

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// span is the rows [lo, hi) of a row group.
type span struct{ lo, hi int64 }

// texts is a column of text: value i is data[ends[i-1]:ends[i]].
type texts struct {
	data []byte
	ends []uint32
}

func (c *texts) reset() { c.data, c.ends = c.data[:0], c.ends[:0] }

// at returns value i; it is valid until the column is reset.
func (c *texts) at(i int) []byte {
	lo := uint32(0)
	if i > 0 {
		lo = c.ends[i-1]
	}
	return c.data[lo:c.ends[i]]
}

func (c *texts) add(b []byte) {
	c.data = append(c.data, b...)
	c.ends = append(c.ends, uint32(len(c.data)))
}

// codes is a column of few distinct texts: value i is names[index[i]].
type codes struct {
	names []string
	index []int32
}

// eachPage calls f with the pages, or parts of pages, that hold the rows of the spans, in order.
func eachPage(chunk parquet.ColumnChunk, spans []span, f func(parquet.Page) error) (err error) {
	pages := chunk.Pages()
	defer func() { err = errors.Join(err, pages.Close()) }()
	at := int64(0)
	for _, s := range spans {
		if s.lo != at {
			if err := pages.SeekToRow(s.lo); err != nil {
				return err
			}
		}
		for at = s.lo; at < s.hi; {
			p, err := pages.ReadPage()
			if err != nil {
				return eofIsShort(err)
			}
			n := min(p.NumRows(), s.hi-at)
			at += p.NumRows() // where the pages stand now
			if n < p.NumRows() {
				head := p.Slice(0, n)
				err = f(head)
				parquet.Release(head)
			} else {
				err = f(p)
			}
			parquet.Release(p)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func eofIsShort(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readTexts fills c with the values of the spans; NULL comes as "".
func (c *texts) read(chunk parquet.ColumnChunk, spans []span) error {
	c.reset()
	return eachPage(chunk, spans, func(p parquet.Page) error {
		if p.Dictionary() != nil {
			return fmt.Errorf("column %d has a dictionary", p.Column())
		}
		v := p.Data()
		data, offsets := v.ByteArray()
		levels, next := p.DefinitionLevels(), 0
		if levels == nil {
			base := uint32(len(c.data)) - offsets[0]
			c.data = append(c.data, data[offsets[0]:offsets[len(offsets)-1]]...)
			for _, end := range offsets[1:] {
				c.ends = append(c.ends, base+end)
			}
			return nil
		}
		for _, l := range levels {
			if l == 0 {
				c.add(nil)
				continue
			}
			c.add(data[offsets[next]:offsets[next+1]])
			next++
		}
		return nil
	})
}

// read fills c with the values of the spans.
func (c *codes) read(chunk parquet.ColumnChunk, spans []span) error {
	c.names, c.index = c.names[:0], c.index[:0]
	return eachPage(chunk, spans, func(p parquet.Page) error {
		d := p.Dictionary()
		if d == nil {
			return fmt.Errorf("column %d has no dictionary", p.Column())
		}
		for len(c.names) < d.Len() {
			c.names = append(c.names, string(d.Index(int32(len(c.names))).ByteArray()))
		}
		v := p.Data()
		for _, i := range v.Int32() {
			if int(i) >= len(c.names) || i < 0 {
				return fmt.Errorf("column %d is outside its dictionary", p.Column())
			}
		}
		c.index = append(c.index, v.Int32()...)
		return nil
	})
}

// readInts returns the values of the spans in the memory of dst; NULL comes as 0.
func readInts(dst []int64, chunk parquet.ColumnChunk, spans []span) ([]int64, error) {
	dst = dst[:0]
	err := eachPage(chunk, spans, func(p parquet.Page) error {
		v := p.Data()
		values, levels := v.Int64(), p.DefinitionLevels()
		if levels == nil {
			dst = append(dst, values...)
			return nil
		}
		next := 0
		for _, l := range levels {
			x := int64(0)
			if l != 0 {
				x = values[next]
				next++
			}
			dst = append(dst, x)
		}
		return nil
	})
	return dst, err
}
