package community

import (
	"context"

	"samehand/graph/projection"
)

// engine is what a run of local moving, refinement and aggregation works with.
type engine struct {
	crew     crew
	gamma    float64 // what a pair of nodes of size 1 in one community costs
	scratch  []*scratch
	free     [][]projection.Arc // buffers that no level has; see release
	progress func(Progress)
}

// threadArcs is how many arcs are worth a thread, with the scratch memory that it takes.
const threadArcs = 1 << 15

// newCrew returns as many threads as were asked for, or fewer when the graph is small.
func newCrew(g *projection.Graph, threads int) crew {
	return crew(max(1, min(threads, 2*g.Edges()/threadArcs)))
}

// newEngine returns an engine for levels of up to n nodes.
func newEngine(c crew, n int, gamma float64, progress func(Progress)) *engine {
	e := &engine{crew: c, gamma: gamma, progress: progress}
	for range c {
		e.scratch = append(e.scratch, &scratch{sum: make([]float64, n)})
	}
	return e
}

// iterate runs once up all levels from a partition, with labels below the number of nodes, of which it makes the new
// one. It returns the new one and the number of moves, and of communities that were split.
//
// Every community hangs together: in the end each is one node of the highest level, which is a part that was put together
// along ties. Where nothing could be put together any more, those that do not hang together are split.
func (e *engine) iterate(ctx context.Context, base *level, of []uint32, iteration int) ([]uint32, int, error) {
	var parts [][]uint32 // of the nodes of each level
	all, l := 0, base
	for {
		d := newDivision(l, of)
		moves, err := e.move(ctx, l, d, newQueue(l.Len(), true))
		all += moves
		if err != nil {
			return nil, all, err
		}
		of = d.of
		total := d.compact()
		k := len(total)
		if e.progress != nil {
			e.progress(Progress{Iteration: iteration, Level: len(parts), Nodes: l.Len(), Communities: k, Moves: moves})
		}
		if k == l.Len() {
			break
		}
		part, up := e.refine(l, of, total)
		if len(up) == l.Len() { // nothing to put together
			all += split(l, of)
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, all, err
		}
		parts = append(parts, part)
		next := e.aggregate(l, part, len(up))
		if l != base {
			e.release(l)
		}
		l, of = next, up
	}
	if l != base {
		e.release(l)
	}
	for i := len(parts) - 1; i >= 0; i-- {
		down := parts[i]
		for v, t := range down {
			down[v] = of[t]
		}
		of = down
	}
	return of, all, nil
}

// valueSpan is how many nodes are summed up in one go. The sums of the spans are added in order.
const valueSpan = 4096

// value returns what a partition is worth, in weight, up to what no partition changes. It is what iterate makes larger.
func (e *engine) value(l *level, of []uint32) float64 {
	sums := make([]float64, (l.Len()+valueSpan-1)/valueSpan)
	e.crew.each(len(sums), 1, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for v := i * valueSpan; v < min((i+1)*valueSpan, l.Len()); v++ {
				for _, a := range l.row(uint32(v)) {
					if of[a.To] == of[v] {
						sums[i] += float64(a.Weight)
					}
				}
			}
		}
	})
	twice := 0.0
	for _, s := range sums {
		twice += s
	}
	// What a node pays for itself is taken off at each community, so that one large node does not hide what others gain.
	total := make([]struct{ size, own float64 }, l.Len())
	for v, c := range of {
		t, k := &total[c], l.size[v]
		t.size += k
		t.own += k * k
	}
	squares := 0.0
	for _, t := range total {
		squares += t.size*t.size - t.own
	}
	return (twice - e.gamma*squares) / 2
}

// pieces numbers the pieces of communities that hang together, by their first node, and returns the piece of each node, and
// of each piece its community. Row returns the arcs of a node.
func pieces(row func(v uint32) []projection.Arc, of []uint32) (piece, up []uint32) {
	piece = fill(len(of))
	var stack []uint32
	for start, c := range of {
		if piece[start] != alone {
			continue
		}
		n := uint32(len(up))
		piece[start], up, stack = n, append(up, c), append(stack, uint32(start))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, a := range row(v) {
				if piece[a.To] == alone && of[a.To] == c {
					piece[a.To], stack = n, append(stack, a.To)
				}
			}
		}
	}
	return piece, up
}

// split makes communities of the pieces of a community that does not hang together. It never costs anything.
// It returns how many more there are.
func split(l *level, of []uint32) (more int) {
	piece, up := pieces(l.row, of)
	copy(of, piece)
	return again(up, l.Len())
}

// again counts the labels, below k, that are not the first of their kind.
func again(labels []uint32, k int) (n int) {
	seen := make([]bool, k)
	for _, c := range labels {
		if seen[c] {
			n++
		}
		seen[c] = true
	}
	return n
}
