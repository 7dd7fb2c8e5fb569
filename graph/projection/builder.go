package projection

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"
)

// ErrTooLarge is what building fails with when a graph does not fit the numbers it is kept in.
var ErrTooLarge = errors.New("the graph is too large")

const (
	// mostArcs is how many arcs a graph may have before parallel edges become one: 1,073,741,824 edges, 16 GiB. Offsets
	// are 32 bits wide, and half of what they hold leaves room for sums of two of them.
	mostArcs = 1 << 31
	// mostNodes is how many nodes a graph may have, for the same reason.
	mostNodes = 1 << 31

	firstChunk = 1 << 8  // links: 3 KiB, so that a small graph stays small
	lastChunk  = 1 << 16 // links: 768 KiB
)

// link is an edge as it was added. 12 bytes.
type link struct {
	a, b   uint32
	weight float32
}

// Builder collects the edges of a graph, at 12 bytes an edge, without ever copying them. It is for one goroutine;
// others take a [Shard] each. The zero value is not for use: see [NewBuilder].
type Builder struct {
	mu     sync.Mutex
	shards []*Shard // the first is the builder's own
	limit  uint64   // arcs; mostArcs but in tests
}

// NewBuilder returns a builder without edges.
func NewBuilder() *Builder { return &Builder{shards: []*Shard{{}}, limit: mostArcs} }

// Add adds an edge, see [Shard.Add].
func (b *Builder) Add(from, to uint32, weight float64) error {
	return b.shards[0].Add(from, to, weight)
}

// Shard returns a part of the builder for one goroutine to add edges to. Which edges are added to which shard changes
// nothing in the graph. Any goroutine may ask for one; all must be done when Build is called.
func (b *Builder) Shard() *Shard {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := &Shard{}
	b.shards = append(b.shards, s)
	return s
}

// Dropped returns how many edges of weight 0 were added, and are none.
func (b *Builder) Dropped() int64 {
	n := int64(0)
	for _, s := range b.shards {
		n += s.dropped
	}
	return n
}

// Shard is the part of a [Builder] that one goroutine adds to.
type Shard struct {
	chunks  [][]link // each but the last is full
	room    int      // links for which the last chunk has room
	added   int64
	dropped int64
	largest uint32 // node
	at      int64  // the edge that named it first
}

// Add adds an edge of a weight that is finite and not negative; what is too small for a float32 becomes the smallest
// there is. An edge of weight 0 is no tie: it is counted and dropped. An edge from a node to itself is kept as the
// node's loop. Weights of parallel edges are added up. The error gives the position of the edge in the shard, from 0.
func (s *Shard) Add(from, to uint32, weight float64) error {
	at := s.added
	s.added++
	w := float32(weight)
	if !(w > 0 && w <= math.MaxFloat32) {
		if weight == 0 {
			s.dropped++
			return nil
		}
		if err := CheckWeight(weight); err != nil {
			return fmt.Errorf("edge %d: %w", at, err)
		}
		w = math.SmallestNonzeroFloat32
	}
	if m := max(from, to); m > s.largest {
		s.largest, s.at = m, at
	}
	if s.room == 0 {
		s.grow()
	}
	s.room--
	last := &s.chunks[len(s.chunks)-1]
	*last = append(*last, link{from, to, w})
	return nil
}

// CheckWeight returns what is wrong with the weight of an edge, nil when it is finite and not negative.
func CheckWeight(weight float64) error {
	switch {
	case weight >= 0 && float32(weight) <= math.MaxFloat32:
		return nil
	case math.IsNaN(weight):
		return errors.New("the weight is not a number")
	case weight < 0:
		return errors.New("the weight is negative")
	default:
		return errors.New("the weight is larger than a 32-bit float holds (3.4e38)")
	}
}

// Ends yields the two ends of each edge that was added and not dropped, in the order in which they were.
func (s *Shard) Ends() iter.Seq2[uint32, uint32] {
	return func(yield func(a, b uint32) bool) {
		for _, c := range s.chunks {
			for _, l := range c {
				if !yield(l.a, l.b) {
					return
				}
			}
		}
	}
}

// Renumber gives nodes other numbers, for edges that are added before it is known which nodes there are. Shards may be
// renumbered at the same time.
func (s *Shard) Renumber(to func(node uint32) uint32) {
	s.largest, s.at = 0, 0
	at := int64(0)
	for _, c := range s.chunks {
		for i, l := range c {
			c[i].a, c[i].b = to(l.a), to(l.b)
			if m := max(c[i].a, c[i].b); m > s.largest {
				s.largest, s.at = m, at
			}
			at++
		}
	}
}

// grow adds a chunk that is twice as long as the one before.
func (s *Shard) grow() {
	s.room = firstChunk
	if n := len(s.chunks); n > 0 {
		s.room = min(lastChunk, 2*cap(s.chunks[n-1]))
	}
	s.chunks = append(s.chunks, make([]link, 0, s.room))
}
