package casestore

import (
	"slices"

	"github.com/parquet-go/parquet-go"
)

// pages returns the rows of a row group that may belong to the accounts, from
// the bounds that the file keeps for each page of the platform and account columns. Bounds of text are cut to a few
// bytes, the upper ones rounded up, so that they hold whatever is in the page.
func (s *accountSet) pages(g parquet.RowGroup) ([]span, error) {
	chunk := g.ColumnChunks()[colAccount]
	index, err := chunk.ColumnIndex()
	if err != nil {
		return nil, err
	}
	offsets, err := chunk.OffsetIndex()
	if err != nil {
		return nil, err
	}
	var spans []span
	for p := range index.NumPages() {
		sp := span{offsets.FirstRowIndex(p), g.NumRows()}
		if p+1 < offsets.NumPages() {
			sp.hi = offsets.FirstRowIndex(p + 1)
		}
		if !s.within(string(index.MinValue(p).ByteArray()), string(index.MaxValue(p).ByteArray())) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].hi == sp.lo {
			spans[n-1].hi = sp.hi
			continue
		}
		spans = append(spans, sp)
	}
	return spans, nil
}

// within reports whether the native name of an account lies between the bounds of a page.
func (s *accountSet) within(lo, hi string) bool {
	i, _ := slices.BinarySearch(s.natives, lo)
	return i < len(s.natives) && s.natives[i] <= hi
}
