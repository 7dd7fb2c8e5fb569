package community

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"samehand/graph/projection"
)

// State is a partition that follows its graph: when some edges change, [State.Update] looks again at what they affect, and
// at nothing else. The first State of a graph takes a look at all of it; an update takes time by what changed.
//
// What is found is about as good as a run over everything, and closer to what was there before; it is not the same. Small
// changes that add up over many updates, each too small to matter, are seen by a full run only.
//
// A State is for one goroutine. The same updates give the same partition, for any number of threads.
type State struct {
	o      Options
	level  *level
	d      *division
	e      *engine
	queue  *queue
	head   []uint32 // a member of each community, alone when it has none
	next   []uint32 // the next member, alone for the last
	prev   []uint32 // the one before, alone for the first
	number []uint32 // of nodes that are cut out, +1; all 0 between uses
	label  []uint32 // of communities that are cut out, +1; all 0 between uses

	moved map[uint32]uint32 // nodes that were moved in this update, and where they were
	seen  []uint32          // communities that gained or lost since they were last looked at; some more than once
}

// NewState begins from a partition, as a method found it with these options. It fails when p is not a partition of g, or
// the options make no sense. A seed has no bearing on it.
func NewState(g *projection.Graph, p Partition, o Options) (*State, error) {
	if err := errors.Join(o.Validate(), fits(g, p)); err != nil {
		return nil, fmt.Errorf("community state: %w", err)
	}
	threads := newCrew(g, o.threads())
	l, gamma := newLevel(threads, g, o.objective(CPM), o.Resolution)
	s := &State{o: o, level: l, e: newEngine(threads, g.Len(), gamma, nil), queue: newQueue(g.Len(), false)}
	s.d = newDivision(l, slices.Clone(p.Of))
	s.head, s.next, s.prev = fill(g.Len()), fill(g.Len()), fill(g.Len())
	for v := g.Len() - 1; v >= 0; v-- { // so that lists begin with the smallest
		s.link(uint32(v), p.Of[v])
	}
	s.d.onPut = s.note
	s.number, s.label = make([]uint32, g.Len()), make([]uint32, g.Len())
	l.graph, l.offsets, l.arcs = g, nil, nil
	return s, nil
}

// fill returns n times alone.
func fill(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = alone
	}
	return out
}

// Partition returns what the state has come to. It takes time by the number of nodes.
func (s *State) Partition() Partition { return NewPartition(s.d.of) }

// note keeps the lists of members up to date.
func (s *State) note(v, from, to uint32) {
	s.seen = append(s.seen, from, to)
	if _, ok := s.moved[v]; !ok {
		s.moved[v] = from
	}
	if s.prev[v] == alone {
		s.head[from] = s.next[v]
	} else {
		s.next[s.prev[v]] = s.next[v]
	}
	if s.next[v] != alone {
		s.prev[s.next[v]] = s.prev[v]
	}
	s.link(v, to)
}

// link puts a node at the head of a list.
func (s *State) link(v, c uint32) {
	s.prev[v], s.next[v] = alone, s.head[c]
	if s.head[c] != alone {
		s.prev[s.head[c]] = v
	}
	s.head[c] = v
}

// updateRounds bounds how often what was moved may affect what is around it. Each round gains, so that more would only be better.
const updateRounds = 16

// Update takes over a changed graph: that of before, or of the last update, with other weights between some pairs of
// nodes, as [projection.Graph.Patched] makes it, and perhaps more nodes. Changes names every pair whose weight is
// different now; what it says of the weight is not heeded. It returns the nodes that are in another community than
// before, sorted; when two communities have become one, those of the smaller.
//
// It fails when a change names a node that is not there, or the graph has fewer nodes than it had, and when ctx is done;
// in the latter case what was found so far is kept, and is a partition of the changed graph.
func (s *State) Update(ctx context.Context, g *projection.Graph, changes []projection.Edge) ([]uint32, error) {
	if err := s.check(g, changes); err != nil {
		return nil, fmt.Errorf("update communities: %w", err)
	}
	s.moved = map[uint32]uint32{}
	before := s.level.graph
	s.take(g, changes)
	s.seen = s.pairs(before, changes)
	err := s.settle(ctx)
	s.queue.reset() // of what was left when ctx was done, or the rounds were over
	if err != nil {
		err = fmt.Errorf("update communities: %w", err)
	}
	return s.changed(), err
}

// settle lets nodes move, and then parts of the communities that gained or lost, until nothing moves.
func (s *State) settle(ctx context.Context) error {
	for range updateRounds {
		if _, err := s.e.move(ctx, s.level, s.d, s.queue); err != nil {
			return err
		}
		touched := s.living(s.seen)
		s.seen = nil
		if len(touched) == 0 {
			return nil
		}
		if err := s.rework(ctx, touched); err != nil {
			return err
		}
	}
	return nil
}

// check says what is wrong with an update.
func (s *State) check(g *projection.Graph, changes []projection.Edge) error {
	if g.Len() < s.level.Len() {
		return fmt.Errorf("the graph has %d nodes, and had %d: nodes are never taken away, their edges are", g.Len(), s.level.Len())
	}
	for i, c := range changes {
		if int64(max(c.A, c.B)) >= int64(g.Len()) {
			return fmt.Errorf("change %d names node %d of %d", i, max(c.A, c.B), g.Len())
		}
	}
	return nil
}

// changed lists the nodes that are not where they were.
func (s *State) changed() []uint32 {
	var list []uint32
	for v, from := range s.moved {
		if s.d.of[v] != from {
			list = append(list, v)
		}
	}
	slices.Sort(list)
	return list
}

// take makes the changed graph the state's, and queues the nodes that changed.
func (s *State) take(g *projection.Graph, changes []projection.Edge) {
	old := s.level.Len()
	s.level.graph = g
	if g.Len() > old {
		s.grow(g)
	}
	for _, c := range changes {
		s.queue.add(c.A)
		s.queue.add(c.B)
	}
	if s.o.objective(CPM) == Modularity {
		s.weigh(changes)
	}
}

// grow adds the nodes that are new, each in a community of its own.
func (s *State) grow(g *projection.Graph) {
	old, n := s.level.Len(), g.Len()
	s.queue = newQueue(n, false)
	for v := old; v < n; v++ {
		k := 0.0
		if s.o.objective(CPM) == CPM {
			k = float64(g.NodeWeight(uint32(v)))
		}
		s.level.size = append(s.level.size, k)
		s.d.of, s.d.group = append(s.d.of, uint32(v)), append(s.d.group, group{total: k, count: 1})
		s.head, s.next, s.prev = append(s.head, uint32(v)), append(s.next, alone), append(s.prev, alone)
		s.number, s.label = append(s.number, 0), append(s.label, 0)
		s.queue.add(uint32(v))
	}
	for _, w := range s.e.scratch {
		w.sum = append(w.sum, make([]float64, n-old)...)
	}
}

// few is how many members a community has at most whose size is summed up anew when one of theirs changes.
const few = 64

// weigh sets the sizes of the nodes that changed to their degrees. What can be is summed up anew, so that no rounding is left behind.
func (s *State) weigh(changes []projection.Edge) {
	for _, c := range changes {
		for _, v := range []uint32{c.A, c.B} {
			k := degree(s.level.graph, v)
			more := k - s.level.size[v]
			s.level.size[v] = k
			g := &s.d.group[s.d.of[v]]
			if g.total += more; g.count > few {
				continue
			}
			g.total = 0
			for u := s.head[s.d.of[v]]; u != alone; u = s.next[u] {
				g.total += s.level.size[u]
			}
		}
	}
	volume := 0.0
	for _, k := range s.level.size {
		volume += k
	}
	if s.e.gamma = 0; volume > 0 {
		s.e.gamma = s.o.Resolution / volume
	}
}

// living sorts communities, leaves each once, and only those that have members.
func (s *State) living(list []uint32) []uint32 {
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(c uint32) bool { return s.d.group[c].count == 0 })
}
