package community

import "context"

// division is the state of local moving on one level: a partition whose communities have any numbers below the number of nodes.
type division struct {
	of    []uint32 // community of each node
	group []group  // the communities
	empty []uint32 // communities without nodes; the last is the next to be used
	batch uint32   // the one that is under way, from 1

	onPut func(v, from, to uint32) // called after each move, when it is not nil
}

// group is a community; all that is looked up of it, in one place.
type group struct {
	total float64 // size
	count uint32  // nodes
	stamp uint32  // the batch in which it last changed, times 4, and what happened: gained, lost
}

// What happened to a community in a batch.
const (
	gained = 1
	lost   = 2
)

// newDivision takes a partition, labels below the number of nodes, for its own.
func newDivision(l *level, of []uint32) *division {
	n := l.Len()
	d := &division{of: of, group: make([]group, n)}
	for v, c := range of {
		d.group[c].total += l.size[v]
		d.group[c].count++
	}
	for c := n - 1; c >= 0; c-- {
		if d.group[c].count == 0 {
			d.empty = append(d.empty, uint32(c))
		}
	}
	return d
}

// takeEmpty returns a community without nodes. There is one whenever a community has two.
func (d *division) takeEmpty() uint32 {
	c := d.empty[len(d.empty)-1]
	d.empty = d.empty[:len(d.empty)-1]
	return c
}

// put moves a node of size k.
func (d *division) put(v, from, to uint32, k float64) {
	d.of[v] = to
	a, b := &d.group[from], &d.group[to]
	a.total -= k
	b.total += k
	b.count++
	if a.count--; a.count == 0 {
		a.total = 0 // no rounding is left behind
		d.empty = append(d.empty, from)
	}
	a.happened(d.batch, lost)
	b.happened(d.batch, gained)
	if d.onPut != nil {
		d.onPut(v, from, to)
	}
}

func (g *group) happened(batch, what uint32) {
	if g.stamp>>2 != batch {
		g.stamp = batch << 2
	}
	g.stamp |= what
}

// has reports whether something happened to a community in this batch.
func (g *group) has(batch, what uint32) bool { return g.stamp>>2 == batch && g.stamp&what != 0 }

// compact numbers the communities that have nodes 0..k-1, in the order of their old numbers, and returns their sizes. The
// division cannot be moved in any more.
func (d *division) compact() []float64 {
	var total []float64
	for c := range d.group {
		if g := &d.group[c]; g.count > 0 {
			g.stamp = uint32(len(total))
			total = append(total, g.total)
		}
	}
	for v, c := range d.of {
		d.of[v] = d.group[c].stamp
	}
	return total
}

// alone stands for an empty community as the target of a move.
const alone = ^uint32(0)

// proposal is what is best for a node, as things stood when its batch began.
type proposal struct {
	node, from, to uint32  // to is from: stay
	wFrom, wTo     float64 // weight between the node and the rest of from, and to
}

// slack is the share of the terms of a gain that may be nothing but rounding.
const slack = 1e-12

// batchSize is how many nodes are looked at before any of them moves. The number of threads has no say in it, so that it
// has none in what is found. Few enough, that it hardly ever matters to a node what others of its batch do.
func batchSize(n int) int { return max(1, min(8192, n/64)) }

// batchArcs is how many arcs a batch has at least, where several threads are worth waking: a tenth of a millisecond of work.
const batchArcs = 1 << 14

// move lets the nodes of the queue go where they gain most, and looks at their neighbours again, until none gains
// (Traag et al. 2019, "fast local move"). It returns the number of moves.
//
// A batch of nodes is looked at in parallel, while nothing moves. Then the moves are made one after the other, and a
// move that was overtaken by another of its batch is put off; so each move gains, whatever the number of threads.
func (e *engine) move(ctx context.Context, l *level, d *division, q *queue) (moves int, err error) {
	size, grain, crew := batchSize(l.Len()), l.grain(), e.crew
	if size*len(l.arcs)/(l.Len()+1) < batchArcs && l.graph == nil {
		crew = 1
	}
	plan := make([]proposal, size)
	batch, moved := make([]uint32, 0, size), make([]uint32, 0, size)
	for {
		d.batch++
		if batch = q.take(batch[:0], size); len(batch) == 0 {
			return moves, nil
		}
		if err := ctx.Err(); err != nil {
			return moves, err
		}
		crew.each(len(batch), grain, func(worker, lo, hi int) {
			s := e.scratch[worker]
			for ; lo < hi; lo += ahead {
				group := batch[lo:min(lo+ahead, hi)]
				s.gather(l, group, d.of)
				for i, v := range group {
					plan[lo+i] = e.best(s, l, d, v, i)
				}
			}
		})
		moved = e.commit(l, d, q, plan[:len(batch)], moved[:0])
		moves += len(moved)
		crew.each(len(moved), grain, func(_, lo, hi int) {
			for _, v := range moved[lo:hi] {
				c := d.of[v]
				for _, a := range l.row(v) {
					if d.of[a.To] != c {
						q.add(a.To)
					}
				}
			}
		})
	}
}

// best finds the community where a node gains most: one of its neighbours', its own, or an empty one.
func (e *engine) best(s *scratch, l *level, d *division, v uint32, i int) proposal {
	c := d.of[v]
	n := s.add(0, l.row(v), s.labels(i))
	touched := s.touched[:n] // after add, which may have made it anew
	k := l.size[v]
	cost := e.gamma * k
	wFrom := s.sum[c]
	stay := wFrom - cost*(d.group[c].total-k)
	value := stay + slack*(wFrom+cost*d.group[c].total)
	p := proposal{node: v, from: c, to: c, wFrom: wFrom}
	for _, t := range touched {
		w := s.sum[t]
		s.sum[t] = 0
		if w > value && t != c { // it costs nothing less than 0 to join
			if there := w - cost*d.group[t].total; there > value {
				value, p.to, p.wTo = there, t, w
			}
		}
	}
	if value < 0 && d.group[c].count > 1 {
		p.to, p.wTo = alone, 0
	}
	return p
}

// commit makes the moves that still gain: those whose target has lost nobody in this batch, and whose source has gained
// nobody, so that the weights are as good as they were, or better; the sizes are looked at again. The others are put off.
func (e *engine) commit(l *level, d *division, q *queue, plan []proposal, moved []uint32) []uint32 {
	var none group
	for i := range plan {
		p := &plan[i]
		if p.to == p.from {
			continue
		}
		k := l.size[p.node]
		from, to := &d.group[p.from], &none
		if p.to != alone {
			to = &d.group[p.to]
		}
		if from.has(d.batch, gained) || to.has(d.batch, lost) {
			q.add(p.node)
			continue
		}
		if p.to == alone && from.count == 1 {
			continue // the others have left already
		}
		rest, there := from.total-k, to.total
		gain, terms := p.wTo-p.wFrom+e.gamma*k*(rest-there), p.wTo+p.wFrom+e.gamma*k*(rest+there)
		if gain <= slack*terms {
			if from.has(d.batch, gained|lost) || to.has(d.batch, gained|lost) {
				q.add(p.node) // others changed things; otherwise it is rounding, and would be so for ever
			}
			continue
		}
		if p.to == alone {
			p.to = d.takeEmpty()
		}
		d.put(p.node, p.from, p.to, k)
		moved = append(moved, p.node)
	}
	return moved
}
