package community

import (
	"math/bits"
	"sync/atomic"
)

// queue is the set of nodes to look at. They are taken in the order of their numbers, round and round (but that a node
// is taken in this round still when its word is not done), so that it does not matter who put them in between two takes.
type queue struct {
	words []uint32 // a bit a node
	at    int      // the word to go on with
}

// newQueue returns an empty queue for n nodes, or one with all of them.
func newQueue(n int, full bool) *queue {
	q := &queue{words: make([]uint32, (n+31)/32)}
	if !full {
		return q
	}
	for i := range q.words {
		q.words[i] = ^uint32(0)
	}
	if rest := n % 32; rest > 0 {
		q.words[len(q.words)-1] = 1<<rest - 1
	}
	return q
}

// reset takes everything out and begins at the first node again.
func (q *queue) reset() {
	clear(q.words)
	q.at = 0
}

// add puts a node in. Any number of goroutines may, as long as none takes.
func (q *queue) add(v uint32) {
	w, b := &q.words[v>>5], uint32(1)<<(v&31)
	if atomic.LoadUint32(w)&b == 0 {
		atomic.OrUint32(w, b)
	}
}

// take moves up to n nodes to out: the next ones of this round, of the next when there are none left in this, and none
// when the queue is empty.
func (q *queue) take(out []uint32, n int) []uint32 {
	out = q.scan(out, n)
	if len(out) == 0 {
		q.at = 0
		out = q.scan(out, n)
	}
	return out
}

// scan takes nodes until there are n or the round is over.
func (q *queue) scan(out []uint32, n int) []uint32 {
	for ; q.at < len(q.words); q.at++ {
		w := q.words[q.at]
		for ; w != 0 && len(out) < n; w &= w - 1 {
			out = append(out, uint32(q.at*32+bits.TrailingZeros32(w)))
		}
		q.words[q.at] = w
		if w != 0 {
			break
		}
	}
	return out
}
