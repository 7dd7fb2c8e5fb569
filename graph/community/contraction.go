package community

import "context"

// contraction is a connected set of nodes of which more and more are taken together, until one node is left: two are
// taken together when no cut lighter than the best known runs between them. Whenever that is done, the edges of each
// node that remains are a cut of the whole.
type contraction struct {
	rows [][]link
	of   []uint32 // where each of the first nodes has gone
	best float64  // the lightest cut known
	side []uint32 // one side of it, of the first nodes; nil while no lighter one than that known at first was found

	reach []float64 // of each node in an order, the weight to those before it
	done  []bool
	queue maxQueue
	with  []uint32 // the nodes that are taken together, as trees with the smallest at the root
}

// newContraction begins with the edges among nodes, of which a cut of weight best is known.
func newContraction(rows [][]link, best float64) *contraction {
	s := &contraction{rows: rows, of: make([]uint32, len(rows)), best: best}
	for v := range s.of {
		s.of[v] = uint32(v)
	}
	return s
}

// run contracts until one node is left. Each round takes at least two together.
func (s *contraction) run(ctx context.Context) error {
	for len(s.rows) > 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.order()
		s.contract()
		s.look()
	}
	return nil
}

// order goes through the nodes, each time to the one with the most weight to those before it, and marks which are to be
// taken together: the ends of an edge by which a node reaches the weight of the best cut, since every cut between
// them weighs that at least; and the last two, between which the edges of the last are a lightest cut, and known.
func (s *contraction) order() {
	n := len(s.rows)
	s.reach, s.done, s.with = make([]float64, n), make([]bool, n), make([]uint32, n)
	for v := range s.with {
		s.with[v] = uint32(v)
	}
	last, before := uint32(0), uint32(0)
	s.queue = append(s.queue[:0], queued{0, 0})
	for len(s.queue) > 0 {
		v := s.queue.pop().node
		if s.done[v] {
			continue
		}
		s.done[v], before, last = true, last, v
		for _, l := range s.rows[v] {
			if s.done[l.to] {
				continue
			}
			s.reach[l.to] += l.weight
			s.queue.push(queued{s.reach[l.to], l.to})
			if s.reach[l.to] >= s.best {
				s.unite(v, l.to)
			}
		}
	}
	s.unite(before, last)
}

// root returns the smallest of the nodes that v is taken together with.
func (s *contraction) root(v uint32) uint32 {
	for s.with[v] != v {
		s.with[v] = s.with[s.with[v]]
		v = s.with[v]
	}
	return v
}

func (s *contraction) unite(a, b uint32) {
	a, b = s.root(a), s.root(b)
	s.with[max(a, b)] = min(a, b)
}

// contract makes one node of those that are taken together.
func (s *contraction) contract() {
	number, n := make([]uint32, len(s.rows)), uint32(0)
	for v := range s.rows { // roots are smaller than what is below them
		if r := s.root(uint32(v)); r == uint32(v) {
			number[v], n = n, n+1
		} else {
			number[v] = number[r]
		}
	}
	members := make([][]uint32, n)
	for v, c := range number {
		members[c] = append(members[c], uint32(v))
	}
	rows, weight, touched := make([][]link, n), make([]float64, n), []uint32(nil)
	for c, list := range members {
		touched = touched[:0]
		for _, v := range list {
			for _, l := range s.rows[v] {
				to := number[l.to]
				if to == uint32(c) {
					continue
				}
				if weight[to] == 0 {
					touched = append(touched, to)
				}
				weight[to] += l.weight
			}
		}
		for _, to := range touched {
			rows[c] = append(rows[c], link{to, weight[to]})
			weight[to] = 0
		}
	}
	s.rows = rows
	for v, c := range s.of {
		s.of[v] = number[c]
	}
}

// look takes note of a node whose edges are a lighter cut than the best so far.
func (s *contraction) look() {
	if len(s.rows) < 2 {
		return
	}
	found := false
	var at uint32
	for v, row := range s.rows {
		if w := total(row); w < s.best {
			s.best, at, found = w, uint32(v), true
		}
	}
	if !found {
		return
	}
	s.side = nil
	for v, c := range s.of {
		if c == at {
			s.side = append(s.side, uint32(v))
		}
	}
}

// queued is a node and the weight by which it waits.
type queued struct {
	weight float64
	node   uint32
}

// before reports whether a leaves the queue before b: the heavier first, then the smaller.
func (a queued) before(b queued) bool {
	return a.weight > b.weight || a.weight == b.weight && a.node < b.node
}

// maxQueue is a binary heap. A node may wait in it several times; its heaviest comes out first.
type maxQueue []queued

func (q *maxQueue) push(x queued) {
	h := append(*q, x)
	i := len(h) - 1
	for i > 0 && x.before(h[(i-1)/2]) {
		h[i] = h[(i-1)/2]
		i = (i - 1) / 2
	}
	h[i] = x
	*q = h
}

func (q *maxQueue) pop() queued {
	h := *q
	top, x, n := h[0], h[len(h)-1], len(h)-1
	i := 0
	for {
		child := 2*i + 1
		if child+1 < n && h[child+1].before(h[child]) {
			child++
		}
		if child >= n || !h[child].before(x) {
			break
		}
		h[i] = h[child]
		i = child
	}
	if n > 0 {
		h[i] = x
	}
	*q = h[:n]
	return top
}
