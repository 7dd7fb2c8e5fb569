package casestore

import (
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

	"github.com/parquet-go/parquet-go"

	"samehand/graph"
	"samehand/graph/ident"
)

// segmentReader reads the wanted rows of one segment.
type segmentReader struct {
	path   string
	seg    segment
	source uint32 // number of its source

	accounts []graph.AccountID // the wanted ones, sorted
	counts   []uint32          // rows of each account
	groups   [][]run           // for each row group, the runs of wanted rows in it

	// Set by loader.place for each account.
	numbers []uint32 // in the table
	places  []int    // the next free row of the table
}

// run is rows of one account: [lo, hi) of a row group.
type run struct {
	account int // in accounts
	span
}

// The columns of a segment, in the order of segmentRow.
const (
	colPlatform = iota
	colAccount
	colKind
	colIdentifier
	colMark
	colRaw
	colRelation
	colFirst
	colLast
	colCount
	colSource
	colLine
	columns
)

// open opens the segment's file.
func (r *segmentReader) open() (*os.File, *parquet.File, error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, nil, err
	}
	p, err := parquet.OpenFile(f, r.seg.Bytes, parquet.SkipBloomFilters(true))
	if err == nil && len(p.Root().Columns()) != columns {
		err = errors.New("it does not have the columns of a segment")
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return f, p, nil
}

// verify compares the file with the manifest.
func (r *segmentReader) verify() error {
	// A pipe or a device in its place would never end.
	st, err := os.Lstat(r.path)
	if err == nil && !st.Mode().IsRegular() {
		err = errors.New("it is a link, or not a file at all")
	}
	if err != nil {
		return err
	}
	f, err := os.Open(r.path)
	if err != nil {
		return err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	switch {
	case err != nil:
		return err
	case n != r.seg.Bytes:
		return fmt.Errorf("it has %d bytes, and %d were written", n, r.seg.Bytes)
	case hex.EncodeToString(h.Sum(nil)) != r.seg.SHA256:
		return errors.New("its checksum is not that of the manifest")
	}
	return nil
}

// readAccounts verifies the file and finds the runs of wanted rows.
func (r *segmentReader) readAccounts(ctx context.Context, wanted *accountSet) error {
	if err := r.verify(); err != nil {
		return err
	}
	f, p, err := r.open()
	if err != nil {
		return err
	}
	defer f.Close()
	var platform codes
	var account texts
	var names block
	for _, g := range p.RowGroups() {
		r.groups = append(r.groups, nil)
		spans := []span{{0, g.NumRows()}}
		if wanted != nil {
			if spans, err = wanted.pages(g); err != nil {
				return err
			}
		}
		c := g.ColumnChunks()
		if err := errors.Join(ctx.Err(), platform.read(c[colPlatform], spans), account.read(c[colAccount], spans)); err != nil {
			return err
		}
		if err := r.addRuns(&platform, &account, &names, spans, wanted); err != nil {
			return err
		}
	}
	r.numbers, r.places = make([]uint32, len(r.accounts)), make([]int, len(r.accounts))
	return nil
}

// addRuns adds the runs of one row group.
func (r *segmentReader) addRuns(platform *codes, account *texts, names *block, spans []span, wanted *accountSet) error {
	if len(platform.index) != len(account.ends) {
		return errors.New("its columns are not of one length")
	}
	runs := &r.groups[len(r.groups)-1]
	i := 0
	for _, s := range spans {
		for row := s.lo; row < s.hi; {
			lo := i
			for row < s.hi && platform.index[i] == platform.index[lo] && bytes.Equal(account.at(i), account.at(lo)) {
				i, row = i+1, row+1
			}
			name, native := platform.names[platform.index[lo]], account.at(lo)
			if wanted != nil && !wanted.has[graph.AccountID{Platform: name, Native: string(native)}] {
				continue
			}
			if n := len(r.accounts); n == 0 || r.accounts[n-1].Platform != name || r.accounts[n-1].Native != string(native) {
				r.accounts, r.counts = append(r.accounts, graph.AccountID{Platform: name, Native: names.keep(native)}), append(r.counts, 0)
			}
			n := len(r.accounts) - 1
			r.counts[n] += uint32(i - lo)
			*runs = append(*runs, run{n, span{row - int64(i-lo), row}})
		}
	}
	return nil
}

// rowColumns is what is read of a row group beside its accounts.
type rowColumns struct {
	kind, mark, relation     codes
	identifier, raw          texts
	first, last, count, line []int64

	tags        []uint16 // of the identifiers
	hashes      []uint32 // of the identifiers
	rawHashes   []uint32
	identifiers []uint32 // their numbers
	raws        []uint32
	relations   []uint16
}

// readRows reads the runs into their places in the table.
func (r *segmentReader) readRows(ctx context.Context, l *loader) error {
	if len(r.numbers) == 0 {
		return nil
	}
	f, p, err := r.open()
	if err != nil {
		return err
	}
	defer f.Close()
	c, ok := l.columns.Get().(*rowColumns)
	if !ok {
		c = &rowColumns{}
	}
	defer l.columns.Put(c)
	for i, g := range p.RowGroups() {
		if len(r.groups[i]) == 0 {
			continue
		}
		spans := spansOf(r.groups[i])
		if err := errors.Join(ctx.Err(), c.read(g.ColumnChunks(), spans, l.bare)); err != nil {
			return err
		}
		if err := c.number(l); err != nil {
			return err
		}
		if err := r.fill(l.table.Rows, r.groups[i], c); err != nil {
			return err
		}
	}
	return nil
}

// spansOf returns the rows of the runs; runs that follow each other are one span.
func spansOf(runs []run) []span {
	var spans []span
	for _, x := range runs {
		if n := len(spans); n > 0 && spans[n-1].hi == x.lo {
			spans[n-1].hi = x.hi
			continue
		}
		spans = append(spans, x.span)
	}
	return spans
}

// read reads the columns, raw values unless bare, and prepares what can be done without the lock of the loader.
func (c *rowColumns) read(chunks []parquet.ColumnChunk, spans []span, bare bool) (err error) {
	for _, x := range []struct {
		col *codes
		n   int
	}{{&c.kind, colKind}, {&c.mark, colMark}, {&c.relation, colRelation}} {
		if err := x.col.read(chunks[x.n], spans); err != nil {
			return err
		}
	}
	if err := c.identifier.read(chunks[colIdentifier], spans); err != nil {
		return err
	}
	c.raw.reset()
	if !bare {
		if err := c.raw.read(chunks[colRaw], spans); err != nil {
			return err
		}
	}
	for _, x := range []struct {
		col *[]int64
		n   int
	}{{&c.first, colFirst}, {&c.last, colLast}, {&c.count, colCount}, {&c.line, colLine}} {
		if *x.col, err = readInts(*x.col, chunks[x.n], spans); err != nil {
			return err
		}
	}
	n := len(c.line)
	for _, m := range []int{len(c.kind.index), len(c.mark.index), len(c.relation.index), len(c.identifier.ends), len(c.first), len(c.last), len(c.count)} {
		if m != n {
			return errors.New("its columns are not of one length")
		}
	}
	if !bare && len(c.raw.ends) != n {
		return errors.New("its columns are not of one length")
	}
	return c.hash()
}

// hash computes the tags and hashes of identifiers and raw values.
func (c *rowColumns) hash() error {
	kinds, err := parseAll(c.kind.names, ident.ParseKind)
	if err != nil {
		return err
	}
	marks, err := parseAll(c.mark.names, parseMark)
	if err != nil {
		return err
	}
	c.tags, c.hashes, c.rawHashes = c.tags[:0], c.hashes[:0], c.rawHashes[:0]
	for i := range c.line {
		key := c.identifier.at(i)
		if len(key) == 0 {
			return errors.New("it holds an identifier without a text")
		}
		tag := tagOf(kinds[c.kind.index[i]], marks[c.mark.index[i]])
		c.tags, c.hashes = append(c.tags, tag), append(c.hashes, hashText(tag, key))
	}
	for i := range c.raw.ends {
		h := uint32(0)
		if raw := c.raw.at(i); len(raw) > 0 {
			h = hashText(0, raw)
		}
		c.rawHashes = append(c.rawHashes, h)
	}
	return nil
}

func parseAll[T any](names []string, parse func(string) (T, error)) ([]T, error) {
	list := make([]T, len(names))
	for i, name := range names {
		var err error
		if list[i], err = parse(name); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// parseMark returns the mark of that name.
func parseMark(name string) (ident.Mark, error) {
	for m := ident.Ordinary; ; m++ {
		s := m.String()
		if s == name {
			return m, nil
		}
		if strings.HasPrefix(s, "mark(") { // behind the last
			return 0, errors.New("a mark that this version does not know")
		}
	}
}

// warmRows is how many rows are numbered after what they will look at was looked at together: few enough to be in the processor's memory still.
const warmRows = 256

// number gives the identifiers, raw values and relations their numbers.
func (c *rowColumns) number(l *loader) error {
	c.identifiers, c.raws, c.relations = c.identifiers[:0], c.raws[:0], c.relations[:0]
	l.mu.Lock()
	defer l.mu.Unlock()
	names := make([]int, len(c.relation.names)) // number plus one, so that unused ones get none
	for i := range c.line {
		if i%warmRows == 0 {
			l.identifiers.sum += l.identifiers.warm(c.hashes[i:min(i+warmRows, len(c.hashes))])
		}
		n, err := l.identifiers.add(c.hashes[i], c.tags[i], c.identifier.at(i))
		if err != nil {
			return err
		}
		c.identifiers = append(c.identifiers, n)
		k := c.relation.index[i]
		if names[k] == 0 {
			m, err := l.relation(c.relation.names[k])
			if err != nil {
				return err
			}
			names[k] = int(m) + 1
		}
		c.relations = append(c.relations, uint16(names[k]-1))
	}
	return c.numberRaws(l)
}

// numberRaws gives the raw values their numbers. The caller holds the lock of the loader.
func (c *rowColumns) numberRaws(l *loader) error {
	if l.bare {
		c.raws = append(c.raws, make([]uint32, len(c.line))...)
		return nil
	}
	for i := range c.line {
		n := uint32(0)
		if b := c.raw.at(i); len(b) > 0 {
			var err error
			if n, err = l.raws.add(c.rawHashes[i], 0, b); err != nil {
				return err
			}
		}
		c.raws = append(c.raws, n)
	}
	return nil
}

// fill writes the rows of the runs to their places.
func (r *segmentReader) fill(rows []graph.Row, runs []run, c *rowColumns) error {
	i := 0
	for _, x := range runs {
		n := int(x.hi - x.lo)
		at := r.places[x.account]
		r.places[x.account] += n
		for k := range rows[at : at+n] {
			if c.count[i] < 0 || c.count[i] > math.MaxUint32 {
				return errors.New("it holds a count that no row has")
			}
			rows[at+k] = graph.Row{
				First: graph.Time(c.first[i]), Last: graph.Time(c.last[i]), Line: c.line[i], Account: r.numbers[x.account],
				Identifier: c.identifiers[i], Raw: c.raws[i], Count: uint32(c.count[i]), Source: r.source, Relation: c.relations[i],
			}
			i++
		}
	}
	return nil
}
