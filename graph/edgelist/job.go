package edgelist

import (
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
func (j *job) read(ctx context.Context, from *blocks) error {
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
	err := feed(ctx, from, full, free)
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
