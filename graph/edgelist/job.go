package edgelist

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"sync"

	"samehand/graph/projection"
)

// job is one reading: a goroutine that cuts the text into blocks, and workers that take the lines of a block apart.
type job struct {
	o       Options
	builder *projection.Builder
	workers []*worker
}

func newJob(o Options) *job {
	j := &job{o: o, builder: projection.NewBuilder()}
	for range o.Threads {
		j.workers = append(j.workers, &worker{numbers: j.builder.Shard(), texts: j.builder.Shard(), keep: o.Rejects})
	}
	return j
}

// read hands the blocks of a text to the workers.
func (j *job) read(ctx context.Context, r io.Reader) error {
	full, free := make(chan *block, len(j.workers)), make(chan []byte, 2*len(j.workers)+1)
	for range cap(free) {
		free <- nil // made when it is needed, so that a small file takes one
	}
	var wg sync.WaitGroup
	for _, w := range j.workers {
		wg.Go(func() {
			for b := range full {
				w.read(b)
				free <- b.text[:0]
			}
		})
	}
	err := feed(ctx, &blocks{r: r, size: blockBytes, separator: j.o.Separator}, full, free)
	close(full)
	wg.Wait()
	return err
}

// feed sends blocks until there are no more.
func feed(ctx context.Context, from *blocks, full chan<- *block, free <-chan []byte) error {
	for {
		buffer := <-free
		if cap(buffer) < from.size {
			buffer = make([]byte, from.size)
		}
		b, err := from.next(ctx, buffer[:from.size])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		full <- b
	}
}

// counts adds up what the workers saw, and puts lines to the rejects.
func (j *job) counts() *List {
	list := &List{}
	var seen []seenBlock
	for _, w := range j.workers {
		list.Edges += w.edges
		list.Loops += w.loops
		list.Unweighted += w.unweighted
		list.Alone += w.alone
		list.Rejected += w.rejected
		seen = append(seen, w.seen...)
	}
	list.Lines = list.Edges + list.Loops + list.Unweighted + list.Alone + list.Rejected
	slices.SortFunc(seen, func(a, b seenBlock) int { return cmp.Compare(a.number, b.number) })
	line := int64(0)
	for _, s := range seen {
		for _, r := range s.rejects {
			if len(list.Rejects) < j.o.Rejects {
				list.Rejects = append(list.Rejects, Reject{line + r.Line, r.Reason})
			}
		}
		line += s.lines
	}
	return list
}

// number gives the nodes their final numbers and returns their names.
func (j *job) number() (Names, error) {
	set := j.numbers()
	var tables []*table
	for _, w := range j.workers {
		if w.names.len() > 0 {
			tables = append(tables, &w.names)
		}
	}
	if len(tables) == 0 {
		j.eachWorker(func(w *worker) { w.numbers.Renumber(set.rank) })
		return Names{numbers: set.list}, nil
	}
	written := &table{} // numbers are names like any other, then
	for _, n := range set.list {
		written.text = strconv.AppendUint(written.text, uint64(n), 10)
		written.ends = append(written.ends, uint64(len(written.text)))
	}
	names, to, err := merge(append(tables, written))
	if err != nil {
		return Names{}, err
	}
	j.eachWorker(func(w *worker) {
		w.numbers.Renumber(func(n uint32) uint32 { return to[len(tables)][set.rank(n)] })
		if i := slices.Index(tables, &w.names); i >= 0 {
			w.texts.Renumber(func(n uint32) uint32 { return to[i][n] })
		}
	})
	return names, nil
}

// numbers returns the set of all names that are numbers, and were read before a worker met one that is none.
func (j *job) numbers() *numberSet {
	largest, most := uint32(0), 0
	for _, w := range j.workers {
		largest, most = max(largest, w.largest), most+len(w.without)+2*int(w.numbered)
	}
	return newNumberSet(largest, most, func(add func(uint32)) {
		for _, w := range j.workers {
			for a, b := range w.numbers.Ends() {
				add(a)
				add(b)
			}
			for _, n := range w.without {
				add(n)
			}
		}
	})
}

// eachWorker does something for all workers at the same time.
func (j *job) eachWorker(do func(*worker)) {
	var wg sync.WaitGroup
	for _, w := range j.workers {
		wg.Go(func() { do(w) })
	}
	wg.Wait()
}

// worker reads blocks. As long as names are numbers it keeps the numbers themselves, and looks nothing up.
type worker struct {
	numbers  *projection.Shard // edges between numbers
	without  []uint32          // numbers that may have no edge
	largest  uint32            // number
	numbered int64             // edges between numbers, loops among them
	texts    *projection.Shard // edges between names of the table
	names    table
	fields   fields
	keep     int // rejects of a block

	edges, loops, unweighted, alone, rejected int64
	seen                                      []seenBlock
}

// seenBlock is what a block was like.
type seenBlock struct {
	number  int
	lines   int64
	rejects []Reject // lines from 1 in the block
}

// read takes a block apart.
func (w *worker) read(b *block) {
	s := seenBlock{number: b.number}
	if b.endless {
		s.lines = 1
		w.reject(&s, reasonEndless)
	}
	for text := b.text; len(text) > 0; {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = nil
		}
		s.lines++
		if n := len(line); n > 0 && line[n-1] == '\r' {
			line = line[:n-1]
		}
		if w.simple(line, b.separator) || !hasContent(line) {
			continue
		}
		if reason := w.line(line, b.separator); reason != "" {
			w.reject(&s, reason)
		}
	}
	w.seen = append(w.seen, s)
}

// reject counts the line that was read last.
func (w *worker) reject(s *seenBlock, reason string) {
	w.rejected++
	if len(s.rejects) < w.keep {
		s.rejects = append(s.rejects, Reject{s.lines, reason})
	}
}

// simple reads a line of two numbers and a plain weight or none, which most lines of large files are. It does nothing
// and returns false for any other line.
func (w *worker) simple(line []byte, s Separator) bool {
	if w.names.len() > 0 {
		return false
	}
	u, rest, ok := leadingNumber(line)
	if !ok || len(rest) < 2 || !separates(rest[0], s) {
		return false
	}
	v, rest, ok := leadingNumber(rest[1:])
	if !ok {
		return false
	}
	weight := 1.
	if len(rest) > 0 {
		if !separates(rest[0], s) {
			return false
		}
		if weight, ok = simpleWeight(rest[1:]); !ok {
			return false
		}
	}
	w.addNumbers(u, v, weight)
	return true
}

// addNumbers adds an edge between numbers.
func (w *worker) addNumbers(u, v uint32, weight float64) {
	w.largest = max(w.largest, u, v)
	if w.count(u, v, weight) {
		w.numbered++
		_ = w.numbers.Add(u, v, weight) // it was checked
		return
	}
	w.without = append(w.without, u, v)
}

// count counts the line of an edge and reports whether there is one, or a loop.
func (w *worker) count(u, v uint32, weight float64) bool {
	switch {
	case weight == 0:
		w.unweighted++
		return false
	case u == v:
		w.loops++
	default:
		w.edges++
	}
	return true
}

// line reads any line, and returns what is wrong with it, "" when nothing is.
func (w *worker) line(line []byte, s Separator) string {
	if reason := w.fields.split(line, s); reason != "" {
		if bytes.IndexByte(line, 0) >= 0 {
			return reasonNUL
		}
		return reason
	}
	f, value := &w.fields, 1.
	if f.n == 3 {
		var reason string
		if value, reason = weight(f.field[2]); reason != "" {
			return reason
		}
	}
	u, numeric := number(f.field[0])
	v := u
	if f.n > 1 && numeric {
		v, numeric = number(f.field[1])
	}
	if numeric && w.names.len() == 0 {
		if f.n == 1 {
			w.alone++
			w.largest = max(w.largest, u)
			w.without = append(w.without, u)
			return ""
		}
		w.addNumbers(u, v, value)
		return ""
	}
	if f.n == 1 {
		return w.addName(f.field[0])
	}
	return w.addNames(f.field[0], f.field[1], value)
}

// addName adds a name without an edge.
func (w *worker) addName(name []byte) string {
	_, hash, there, reason := w.look(name)
	if reason != "" {
		return reason
	}
	if w.alone++; !there {
		w.names.add(name, hash)
	}
	return ""
}

// addNames adds an edge between names. Nothing is added when one of them is none.
func (w *worker) addNames(a, b []byte, weight float64) string {
	u, hashA, thereA, reason := w.look(a)
	if reason != "" {
		return reason
	}
	v, hashB, thereB, reason := w.look(b)
	if reason != "" {
		return reason
	}
	if !thereA {
		u = w.names.add(a, hashA)
	}
	switch {
	case bytes.Equal(a, b):
		v = u
	case !thereB:
		v = w.names.add(b, hashB)
	}
	if w.count(u, v, weight) {
		_ = w.texts.Add(u, v, weight) // it was checked
	}
	return ""
}

// look looks for a name in the worker's table, and says what is wrong with one that is not there.
func (w *worker) look(name []byte) (n, hash uint32, there bool, reason string) {
	if n, hash, there = w.names.find(name); !there {
		reason = nameFault(name)
	}
	return n, hash, there, reason
}
