package community

import (
	"math"
	"math/rand/v2"
	"slices"

	"samehand/graph/projection"
)

// level is a graph of the hierarchy that the engine climbs: the graph itself, and above it the graphs of its refined
// communities. It has no loops: they add the same to every partition.
type level struct {
	offsets []uint32 // Len()+1: where the row of each node begins in arcs
	arcs    []projection.Arc
	graph   *projection.Graph // where the rows are instead, when it is not nil
	size    []float64         // of each node, as the objective counts it: its weight for CPM, its degree for modularity
}

// Len returns the number of nodes.
func (l *level) Len() int { return len(l.size) }

func (l *level) row(v uint32) []projection.Arc {
	if l.graph != nil {
		return l.graph.Arcs(v)
	}
	return l.arcs[l.offsets[v]:l.offsets[v+1]]
}

// grain is how many nodes are worth a worker's while: some thousand arcs.
func (l *level) grain() int { return max(1, min(64, 2048*l.Len()/(len(l.arcs)+1))) }

// newLevel returns the lowest level, and what a pair of nodes of size 1 in one community costs.
func newLevel(c crew, g *projection.Graph, o Objective, resolution float64) (l *level, gamma float64) {
	l = &level{size: make([]float64, g.Len())}
	if g.Len() == 0 {
		return l, resolution
	}
	l.offsets, l.arcs = g.Rows()
	if o == CPM {
		for v := range l.size {
			l.size[v] = float64(g.NodeWeight(uint32(v)))
		}
		return l, resolution
	}
	c.each(g.Len(), 1024, func(_, lo, hi int) {
		for v := lo; v < hi; v++ {
			l.size[v] = degree(g, uint32(v))
		}
	})
	volume := 0.0
	for _, k := range l.size {
		volume += k
	}
	if volume == 0 {
		return l, 0 // no edges, and nothing to move along
	}
	return l, resolution / volume
}

// degree returns the weight of a node's edges, of its loop twice.
func degree(g *projection.Graph, v uint32) float64 {
	sum := 2 * float64(g.Loop(v))
	for _, a := range g.Arcs(v) {
		sum += float64(a.Weight)
	}
	return sum
}

// shuffled returns the level with its nodes in an order drawn from a seed, and the old number of each.
func (l *level) shuffled(c crew, seed uint64) (*level, []uint32) {
	n := l.Len()
	old, number := make([]uint32, n), make([]uint32, n)
	for i := range old {
		old[i] = uint32(i)
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(n, func(i, j int) { old[i], old[j] = old[j], old[i] })
	s := &level{offsets: make([]uint32, n+1), arcs: make([]projection.Arc, len(l.arcs)), size: make([]float64, n)}
	for i, v := range old {
		number[v] = uint32(i)
		s.size[i] = l.size[v]
		s.offsets[i+1] = s.offsets[i] + uint32(len(l.row(v)))
	}
	c.each(n, 1024, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			out := s.row(uint32(i))
			for j, a := range l.row(old[i]) {
				out[j] = projection.Arc{To: number[a.To], Weight: a.Weight}
			}
		}
	})
	return s, old
}

// bucketed lists nodes by their label.
type bucketed struct {
	nodes, start []uint32 // those of label c are nodes[start[c]:start[c+1]], in order
}

func (b *bucketed) of(c uint32) []uint32 { return b.nodes[b.start[c]:b.start[c+1]] }

// bucket sorts nodes by label; labels are below k.
func bucket(label []uint32, k int) bucketed {
	b := bucketed{make([]uint32, len(label)), make([]uint32, k+1)}
	for _, c := range label {
		b.start[c+1]++
	}
	for c := range k {
		b.start[c+1] += b.start[c]
	}
	next := append([]uint32(nil), b.start[:k]...)
	for v, c := range label {
		b.nodes[next[c]] = uint32(v)
		next[c]++
	}
	return b
}

// aggregateSpan is how many new nodes a worker makes in one go.
const aggregateSpan = 256

// aggregate makes a node of each part: part[v] is the new node of v, below k. Sizes are added up, and so are the weights
// between parts. The new level takes a buffer of the engine's; see [engine.release].
//
// Each span of new nodes has room for all the arcs of its members, which is more than it needs. So nothing is in its way,
// and in the end the rows are moved together.
func (e *engine) aggregate(l *level, part []uint32, k int) *level {
	members := bucket(part, k)
	up := &level{offsets: make([]uint32, k+1), size: make([]float64, k)}
	room := make([]uint32, (k+aggregateSpan-1)/aggregateSpan+1) // where the rows of each span begin
	spans := len(room) - 1
	e.crew.each(spans, 16, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for _, v := range members.nodes[members.start[i*aggregateSpan]:members.start[min((i+1)*aggregateSpan, k)]] {
				room[i+1] += uint32(len(l.row(v)))
			}
		}
	})
	for i := range spans {
		room[i+1] += room[i]
	}
	arcs := e.buffer(int(room[spans]))
	e.crew.each(spans, 1, func(worker, lo, hi int) {
		for i := lo; i < hi; i++ {
			e.scratch[worker].span(l, up, part, members, i*aggregateSpan, min((i+1)*aggregateSpan, k), arcs[room[i]:room[i]])
		}
	})
	for t := range k {
		up.offsets[t+1] += up.offsets[t]
	}
	for i := range spans {
		from, to := up.offsets[i*aggregateSpan], up.offsets[min((i+1)*aggregateSpan, k)]
		copy(arcs[from:to], arcs[room[i]:])
	}
	up.arcs = arcs[:up.offsets[k]]
	return up
}

// span makes the nodes lo to hi of the level above, and appends their rows; the lengths go to the offsets.
func (s *scratch) span(l, up *level, part []uint32, members bucketed, lo, hi int, arcs []projection.Arc) {
	nodes, at := members.nodes[members.start[lo]:members.start[hi]], 0
	for t := uint32(lo); t < uint32(hi); t++ {
		before, n := len(arcs), 0
		for _, v := range members.of(t) {
			if at%ahead == 0 {
				s.gather(l, nodes[at:min(at+ahead, len(nodes))], part)
			}
			up.size[t] += l.size[v]
			n = s.add(n, l.row(v), s.labels(at%ahead))
			at++
		}
		for _, d := range s.touched[:n] {
			w := s.sum[d]
			s.sum[d] = 0
			if d != t {
				arcs = append(arcs, projection.Arc{To: d, Weight: float32(min(w, math.MaxFloat32))})
			}
		}
		up.offsets[t+1] = uint32(len(arcs) - before)
	}
}

// buffer returns room for n arcs: the smallest that was released and is large enough, or a new one.
func (e *engine) buffer(n int) []projection.Arc {
	best := -1
	for i, b := range e.free {
		if cap(b) >= n && (best < 0 || cap(b) < cap(e.free[best])) {
			best = i
		}
	}
	if best < 0 {
		return make([]projection.Arc, n)
	}
	b := e.free[best]
	e.free = slices.Delete(e.free, best, best+1)
	return b[:n]
}

// release gives the arcs of a level back, when it is not needed any more. Levels take turns with two buffers, so that
// there is no garbage that would be collected late: it would be as large as the graph.
func (e *engine) release(l *level) { e.free = append(e.free, l.arcs[:0]) }
