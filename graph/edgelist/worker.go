package edgelist

import (
	"bytes"
	"cmp"

	"samehand/graph/projection"
)

// worker reads blocks. As long as names are numbers it keeps the numbers themselves, and looks nothing up.
type worker struct {
	numbers  *projection.Shard // edges between numbers
	without  []uint32          // numbers that may have no edge
	largest  uint32            // number
	numbered int64             // edges between numbers, loops among them
	texts    *projection.Shard // edges between names of the table
	names    table
	named    bool // a name that is no number was met
	fields   fields
	waiting  []waiting
	hashes   []uint32 // of the names in waiting
	warmed   uint32   // see [table.warm]
	last     uint32   // number of the name that was first on the line before, when there is a name
	keep     int      // rejects of a block

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
	if w.waiting == nil {
		w.waiting = make([]waiting, 0, batch)
	}
	if b.endless {
		s.lines = 1
		w.reject(&s, 1, reasonEndless)
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
		if reason := w.line(line, b.separator, s.lines); reason != "" {
			w.flush(&s) // what is rejected there comes before this line
			w.reject(&s, s.lines, reason)
		}
		if len(w.waiting) == cap(w.waiting) {
			w.flush(&s)
		}
	}
	w.flush(&s)
	w.seen = append(w.seen, s)
}

// reject counts a line.
func (w *worker) reject(s *seenBlock, line int64, reason string) {
	w.rejected++
	if len(s.rejects) < w.keep {
		s.rejects = append(s.rejects, Reject{line, reason})
	}
}

// simple reads a line of two numbers and a plain weight or none, which most lines of large files are. It does nothing
// and returns false for any other line.
func (w *worker) simple(line []byte, s Separator) bool {
	if w.named {
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

// line reads any line, and returns what is wrong with it, "" when nothing is. Names have to wait.
func (w *worker) line(line []byte, s Separator, number int64) string {
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
	if !w.named && w.numeric(value) {
		return ""
	}
	x := waiting{line: number, a: f.field[0], b: f.field[min(1, f.n-1)], weight: value, alone: f.n == 1}
	if !w.named { // a line that is rejected must not make names of numbers
		if reason := cmp.Or(nameFault(x.a), nameFault(x.b)); reason != "" {
			return reason
		}
		w.named = true
	}
	w.waiting, w.hashes = append(w.waiting, x), append(w.hashes, hashOf(x.a), hashOf(x.b))
	return ""
}

// numeric takes the fields for numbers. It does nothing and returns false when they are not.
func (w *worker) numeric(weight float64) bool {
	f := &w.fields
	u, ok := decimal(f.field[0])
	v := u
	if f.n > 1 && ok {
		v, ok = decimal(f.field[1])
	}
	switch {
	case !ok:
		return false
	case f.n == 1:
		w.alone++
		w.largest = max(w.largest, u)
		w.without = append(w.without, u)
	default:
		w.addNumbers(u, v, weight)
	}
	return true
}

// batch is how many lines wait for their names to be looked up together.
const batch = 32

// waiting is a line whose names are not looked up yet.
type waiting struct {
	line   int64
	a, b   []byte // the same when it is alone
	weight float64
	alone  bool
}

// flush looks up the names of the lines that wait for it.
func (w *worker) flush(s *seenBlock) {
	w.warmed += w.names.warm(w.hashes)
	for i, x := range w.waiting {
		if reason := w.addNames(&x, w.hashes[2*i], w.hashes[2*i+1]); reason != "" {
			w.reject(s, x.line, reason)
		}
	}
	w.waiting, w.hashes, w.fields.scratch = w.waiting[:0], w.hashes[:0], w.fields.scratch[:0]
}

// addNames adds an edge between names, or a name that is alone. Nothing is added when one of them is no name.
func (w *worker) addNames(x *waiting, hashA, hashB uint32) string {
	u, thereA := w.last, w.names.len() > 0 && bytes.Equal(w.names.at(w.last), x.a) // lists are often sorted
	if !thereA {
		u, thereA = w.names.find(x.a, hashA)
	}
	v, thereB := w.names.find(x.b, hashB)
	if !thereA {
		if reason := nameFault(x.a); reason != "" {
			return reason
		}
	}
	if !thereB {
		if reason := nameFault(x.b); reason != "" {
			return reason
		}
	}
	if !thereA {
		u = w.names.add(x.a, hashA)
	}
	w.last = u
	switch {
	case bytes.Equal(x.a, x.b):
		v = u
	case !thereB:
		v = w.names.add(x.b, hashB)
	}
	if x.alone {
		w.alone++
	} else if w.count(u, v, x.weight) {
		_ = w.texts.Add(u, v, x.weight) // it was checked
	}
	return ""
}
