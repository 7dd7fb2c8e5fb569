package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"samehand/graph"
	"samehand/graph/ident"
)

// Options say how files are read. The zero value reads with no format at all: Formats must be given.
type Options struct {
	Formats  []Format         // the formats to choose from
	As       string           // name of the format; "" means by content
	Tenant   string           // see [Input]
	Region   string           // see [ident.Parser]
	Now      func() time.Time // the clock; nil leaves Source.Ingested zero
	Progress func(Progress)   // called now and then from one goroutine; may be nil
	// SegmentRows is how many observations are gathered before they are handed to the store; it bounds memory. 0 means 500,000: twice as many take half as much memory again and save no time.
	SegmentRows int
}

// Progress is how far a file has been read.
type Progress struct {
	Bytes, Total int64 // of the file as it was found
	Records      int64
}

// Fingerprinter is implemented by formats whose reading depends on more than their name, such as a mapping.
type Fingerprinter interface {
	Fingerprint() string // the same for the same reading
}

// IncompleteError says that a file could not be read to its end. What was read before that is kept.
type IncompleteError struct {
	Line int64 // of the last record that could be read; 0 when there was none
	Err  error
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("the file could not be read beyond line %d: %v; what came before is kept", e.Line, e.Err)
}

func (e *IncompleteError) Unwrap() error { return e.Err }

// Run reads a file into the store as one source and returns it with its counts.
//
// It fails with [graph.ErrExists] when the same file, read in the same way, is in the store already: nothing is added.
// An [*IncompleteError] comes with a source that was committed all the same. After any other error the store is as it was.
func Run(ctx context.Context, w graph.Writer, f *File, o Options) (graph.Source, error) {
	c, err := f.content(ctx)
	if err != nil {
		return graph.Source{Name: f.Name}, err
	}
	defer func() { c.close() }()
	head, err := c.head()
	if err != nil {
		return graph.Source{Name: f.Name}, err
	}
	format, err := Choose(o.Formats, o.As, c.name, head)
	if err != nil {
		return graph.Source{Name: f.Name}, err
	}
	if err := f.hash(ctx); err != nil { // only now: what is of no format need not be read to its end
		return graph.Source{Name: f.Name}, err
	}
	src := newSource(f, format, o)
	in, err := f.input(ctx, c, o.Tenant, head)
	if err != nil {
		return src, err
	}
	d, err := format.NewDecoder(c, in)
	if err != nil {
		return src, fmt.Errorf("as %s: %w", format.Name(), err)
	}
	if d, ok := d.(io.Closer); ok {
		defer d.Close()
	}
	sw, err := w.Begin(ctx, src)
	if err != nil {
		return src, err
	}
	defer sw.Abort()
	l := newLoader(ctx, sw, &src, o)
	incomplete, err := l.load(d, c.count, f.Bytes)
	if err == nil {
		err = f.unchanged()
	}
	if err != nil {
		return src, err
	}
	if incomplete != nil {
		src.Notes = append(src.Notes, incomplete.Error())
	}
	if l.bare > 0 {
		src.Notes = append(src.Notes, fmt.Sprintf("rejects without their text, for want of room in the rejects file: %d; line, field and reason are there", l.bare))
	}
	if n, ok := d.(Noter); ok {
		src.Notes = append(src.Notes, n.Notes()...)
	}
	if err := sw.Commit(ctx, src); err != nil {
		return src, err
	}
	if incomplete != nil {
		return src, incomplete
	}
	return src, nil
}

// newSource names a source: the same bytes read in the same way have the same ID.
func newSource(f *File, format Format, o Options) graph.Source {
	how := map[string]string{}
	region := o.Region
	if region == "US" { // which is what no region means
		region = ""
	}
	for k, v := range map[string]string{"tenant": o.Tenant, "region": region} {
		if v != "" {
			how[k] = v
		}
	}
	if p, ok := format.(Fingerprinter); ok {
		how["mapping"] = p.Fingerprint()
	}
	options, _ := json.Marshal(how) // a map of strings has no way to fail; its keys come out sorted
	h := sha256.New()
	for _, part := range []string{f.SHA256, format.Name(), string(options)} {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		io.WriteString(h, part)
	}
	s := graph.Source{
		ID: hex.EncodeToString(h.Sum(nil)[:8]), Name: f.Name, Format: format.Name(),
		SHA256: f.SHA256, Bytes: f.Bytes, Options: string(options),
	}
	if o.Now != nil {
		s.Ingested = o.Now().UTC()
	}
	return s
}

// batchRecords is how many records the decoder hands over at once: enough that the hand-over costs nothing.
const batchRecords = 1024

// batch is a run of records in flat form, so that decoding and interning can go on side by side.
type batch struct {
	claims []Claim
	metas  []meta
	read   int64 // bytes of the file consumed so far
}

// meta is a record of a batch without its claims.
type meta struct {
	line   int64
	claims int // how many of the batch's claims are its
	raw    string
	fault  *RecordError
	faults []Fault
}

func (b *batch) add(r *Record) {
	b.claims = append(b.claims, r.Claims...)
	m := meta{line: r.Line, claims: len(r.Claims), raw: r.Raw}
	if len(r.Faults) > 0 {
		m.faults = slices.Clone(r.Faults)
	}
	b.metas = append(b.metas, m)
}

// loader turns batches into tables and rejects, and counts.
type loader struct {
	ctx  context.Context
	sw   graph.SourceWriter
	src  *graph.Source
	o    Options
	in   *interner
	bad  []graph.Reject
	room int64 // bytes of rejected text that may still be kept
	bare int64 // rejects whose text was left out for want of room
	free chan *batch
}

func newLoader(ctx context.Context, sw graph.SourceWriter, src *graph.Source, o Options) *loader {
	if o.SegmentRows == 0 {
		o.SegmentRows = 500_000
	}
	rows := int(min(int64(o.SegmentRows), src.Bytes/64)) // a row of observations has a hundred bytes
	return &loader{ctx: ctx, sw: sw, src: src, o: o, room: rejectBytes, in: newInterner(ident.Parser{Region: o.Region}, rows), free: make(chan *batch, 4)}
}

// load decodes in one goroutine and interns in another. The first result says that the file could not be read to its end.
func (l *loader) load(d Decoder, read *countReader, total int64) (incomplete, err error) {
	g, ctx := errgroup.WithContext(l.ctx)
	batches := make(chan *batch, 2)
	var early error
	g.Go(func() (err error) {
		defer close(batches)
		early, err = l.decode(ctx, d, read, batches)
		return err
	})
	g.Go(func() error {
		for b := range batches {
			if err := l.take(ctx, b); err != nil {
				return err
			}
			if l.o.Progress != nil {
				l.o.Progress(Progress{b.read, total, l.src.Records})
			}
			select {
			case l.free <- b:
			default:
			}
		}
		return l.flush(ctx)
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return early, l.ctx.Err()
}

// decode fills batches until the file ends. An end before the end is reported as the first result, after the good records.
func (l *loader) decode(ctx context.Context, d Decoder, read *countReader, out chan<- *batch) (incomplete, err error) {
	var line int64
	for done := false; !done; {
		b := l.emptyBatch()
		for len(b.metas) < batchRecords && !done {
			r, err := d.Next()
			if err == nil {
				line = r.Line
				b.add(r)
				continue
			}
			fault, ok := errors.AsType[*RecordError](err)
			switch {
			case ok:
				line = fault.Line
				b.metas = append(b.metas, meta{line: fault.Line, raw: fault.Raw, fault: fault})
			case err == io.EOF:
				done = true
			case fatal(ctx, err):
				return nil, err
			default:
				done, incomplete = true, &IncompleteError{line, err}
			}
		}
		b.read = read.n
		select {
		case out <- b:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return incomplete, nil
}

// fatal tells errors after which nothing is kept from a file that merely ends early.
func fatal(ctx context.Context, err error) bool {
	var limit *LimitError
	return ctx.Err() != nil || errors.As(err, &limit)
}

func (l *loader) emptyBatch() *batch {
	select {
	case b := <-l.free:
		b.claims, b.metas = b.claims[:0], b.metas[:0]
		return b
	default:
		return &batch{claims: make([]Claim, 0, batchRecords), metas: make([]meta, 0, batchRecords)}
	}
}

// take counts and interns one batch.
func (l *loader) take(ctx context.Context, b *batch) error {
	at := 0
	for i := range b.metas {
		m := &b.metas[i]
		l.record(m, b.claims[at:at+m.claims])
		at += m.claims
	}
	if l.in.rows() >= l.o.SegmentRows || len(l.bad) > batchRecords {
		return l.flush(ctx)
	}
	return nil
}

// record takes one record: it is accepted when something of it is kept, or when it says nothing.
func (l *loader) record(m *meta, claims []Claim) {
	s := l.src
	s.Records++
	if m.fault != nil {
		s.Rejected++
		l.reject(m, m.fault.Field, m.fault.Reason)
		return
	}
	for _, f := range m.faults {
		l.reject(m, f.Field, f.Reason)
	}
	kept := 0
	for i := range claims {
		mark, reason := l.in.observe(&claims[i], m.line)
		if reason != "" {
			l.reject(m, claims[i].Field, reason)
			continue
		}
		kept++
		if mark != ident.Ordinary {
			s.Placeholders++
		}
	}
	values := len(claims) + len(m.faults)
	s.Values += int64(values)
	s.Kept += int64(kept)
	s.ValuesRejected += int64(values - kept)
	switch {
	case values == 0:
		s.Silent++
		s.Accepted++
	case kept == 0:
		s.Rejected++
	default:
		s.Accepted++
	}
}

func (l *loader) reject(m *meta, field, reason string) {
	raw := strings.Clone(cut(m.raw)) // m.raw may be a small part of a text that it would keep whole
	if l.room -= int64(len(raw)); l.room < 0 {
		raw = ""
		l.bare++
	}
	l.bad = append(l.bad, graph.Reject{Line: m.line, Field: field, Reason: reason, Raw: raw})
}

const (
	// rawBytes is how much of a rejected record is kept: enough to find it and to see what is wrong.
	rawBytes = 4 << 10
	// rejectBytes is how much text of rejected records is kept for one file. Beyond it, line, field and reason are.
	rejectBytes = 256 << 20
)

func cut(s string) string {
	if len(s) > rawBytes {
		return s[:rawBytes] + "…"
	}
	return s
}

// flush hands what was gathered to the store.
func (l *loader) flush(ctx context.Context) error {
	if len(l.bad) > 0 {
		if err := l.sw.Reject(ctx, l.bad); err != nil {
			return err
		}
		l.bad = nil
	}
	if l.in.rows() == 0 {
		return nil
	}
	return l.sw.Append(ctx, l.in.table())
}
