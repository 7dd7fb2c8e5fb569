package projection

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
)

// BuildOptions are what building takes beside the edges. The zero value is fine.
type BuildOptions struct {
	Threads     int       // that work at the same time; 0 is GOMAXPROCS. The graph is the same for any number
	NodeWeights []float32 // one a node, finite and not negative; nil is 1 for all. Build keeps the slice
}

// Build makes the graph of nodes 0..n-1 and leaves the builder empty. It fails when an edge names another node, when a
// sum of parallel edges is more than a float32 holds, when there are too many nodes or arcs ([ErrTooLarge]), and when
// ctx is done. Beside the 12 bytes an edge of the builder it takes 16 for the arcs, and once more that when more than
// an eighth of the edges were parallel (the builder's are free by then).
func (b *Builder) Build(ctx context.Context, n int, o BuildOptions) (*Graph, error) {
	shards := b.shards
	b.shards = []*Shard{{}}
	j := &buildJob{threads: o.Threads, n: n}
	if j.threads <= 0 {
		j.threads = runtime.GOMAXPROCS(0)
	}
	err := j.check(shards, o.NodeWeights, b.limit)
	for _, step := range []func(context.Context) error{j.count, j.scatter, j.sortRows, j.compact} {
		if err == nil {
			err = step(ctx)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("build the graph: %w", err)
	}
	return &Graph{offsets: j.offsets, arcs: j.arcs, loops: j.loops, weights: o.NodeWeights, edges: len(j.arcs) / 2}, nil
}

// buildJob is a graph in the making.
type buildJob struct {
	threads, n int
	chunks     [][]link
	offsets    []uint32 // offsets[v+1] is first the degree of v, then where its next arc goes, and at last where its row ends
	arcs       []Arc
	loops      []float32
	looped     atomic.Bool
	merged     atomic.Int64 // arcs that are empty since parallel edges became one or a loop was taken out
}

// check takes the chunks of the shards and looks at what can be seen without touching the edges.
func (j *buildJob) check(shards []*Shard, weights []float32, limit uint64) error {
	if j.n < 0 || int64(j.n) > mostNodes {
		return fmt.Errorf("%w: %d nodes, and 0 to %d are possible", ErrTooLarge, j.n, int64(mostNodes))
	}
	links := uint64(0)
	for _, s := range shards {
		if len(s.chunks) > 0 && int64(s.largest) >= int64(j.n) {
			return fmt.Errorf("edge %d names node %d, and there are %d nodes", s.at, s.largest, j.n)
		}
		for _, c := range s.chunks {
			links += uint64(len(c))
		}
		j.chunks = append(j.chunks, s.chunks...)
	}
	if 2*links > limit {
		return fmt.Errorf("%w: %d edges, and at most %d are possible", ErrTooLarge, links, limit/2)
	}
	if weights != nil && len(weights) != j.n {
		return fmt.Errorf("%d weights for %d nodes", len(weights), j.n)
	}
	for v, w := range weights {
		if !(w >= 0 && w <= math.MaxFloat32) {
			return fmt.Errorf("the weight of node %d is negative or not finite", v)
		}
	}
	return nil
}

// count finds how many arcs each node has, and so where its row begins. A loop is one arc for now.
func (j *buildJob) count(ctx context.Context) error {
	j.offsets = make([]uint32, j.n+1)
	err := inParallel(ctx, j.threads, len(j.chunks), func(i int) error {
		for _, l := range j.chunks[i] {
			atomic.AddUint32(&j.offsets[l.a+1], 1)
			if l.a != l.b {
				atomic.AddUint32(&j.offsets[l.b+1], 1)
			}
		}
		return nil
	})
	total := uint32(0)
	for v := 1; v < len(j.offsets); v++ {
		j.offsets[v], total = total, total+j.offsets[v]
	}
	j.arcs = make([]Arc, total)
	return err
}

// scatter puts every arc into the row of its node, in whatever order, and lets go of the chunks.
func (j *buildJob) scatter(ctx context.Context) error {
	err := inParallel(ctx, j.threads, len(j.chunks), func(i int) error {
		for _, l := range j.chunks[i] {
			j.arcs[atomic.AddUint32(&j.offsets[l.a+1], 1)-1] = Arc{l.b, l.weight}
			if l.a != l.b {
				j.arcs[atomic.AddUint32(&j.offsets[l.b+1], 1)-1] = Arc{l.a, l.weight}
			} else if !j.looped.Load() {
				j.looped.Store(true)
			}
		}
		j.chunks[i] = nil
		return nil
	})
	j.chunks = nil
	return err
}

// blockNodes is how many rows are sorted between two looks at the context: about 100,000 arcs where nodes have 25.
const blockNodes = 4096

// sortRows sorts each row, makes one arc of those to the same node, and takes loops out.
func (j *buildJob) sortRows(ctx context.Context) error {
	if j.looped.Load() {
		j.loops = make([]float32, j.n)
	}
	return inParallel(ctx, j.threads, (j.n+blockNodes-1)/blockNodes, func(i int) error {
		var scratch []uint64
		merged := 0
		for v := i * blockNodes; v < min(j.n, (i+1)*blockNodes); v++ {
			row := j.arcs[j.offsets[v]:j.offsets[v+1]]
			kept, loop, err := mergeRow(row, uint32(v), &scratch)
			if err != nil {
				return err
			}
			if loop > 0 {
				j.loops[v] = loop
			}
			clear(row[kept:]) // weight 0: empty
			merged += len(row) - kept
		}
		j.merged.Add(int64(merged))
		return nil
	})
}

// mergeRow sorts the row of a node by the other end, and by weight, so that sums of parallel edges do not depend on
// the order in which they came and are the same seen from the other end. It returns how many arcs are left and the loop.
func mergeRow(row []Arc, node uint32, scratch *[]uint64) (kept int, loop float32, err error) {
	keys := (*scratch)[:0]
	for _, a := range row {
		keys = append(keys, uint64(a.To)<<32|uint64(math.Float32bits(a.Weight))) // bits of positive floats are in their order
	}
	*scratch = keys
	slices.Sort(keys)
	for i := 0; i < len(keys); {
		to, sum := uint32(keys[i]>>32), 0.
		for ; i < len(keys) && uint32(keys[i]>>32) == to; i++ {
			sum += float64(math.Float32frombits(uint32(keys[i])))
		}
		if sum > math.MaxFloat32 {
			return 0, 0, fmt.Errorf("the parallel edges between nodes %d and %d weigh more together than a 32-bit float holds (3.4e38)", min(node, to), max(node, to))
		}
		if to == node {
			loop = float32(sum)
			continue
		}
		row[kept] = Arc{to, float32(sum)}
		kept++
	}
	return kept, loop, nil
}

// compact closes the gaps that sortRows left.
func (j *buildJob) compact(ctx context.Context) error {
	if j.merged.Load() == 0 {
		return nil
	}
	to, lo := uint32(0), uint32(0)
	for v := range j.n {
		if v%blockNodes == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		row := j.arcs[lo:j.offsets[v+1]]
		lo = j.offsets[v+1]
		for len(row) > 0 && row[len(row)-1].Weight == 0 {
			row = row[:len(row)-1]
		}
		to += uint32(copy(j.arcs[to:], row))
		j.offsets[v+1] = to
	}
	const slack = 8 // an eighth of the arcs may stay empty rather than be copied once more
	if waste := len(j.arcs) - int(to); waste > len(j.arcs)/slack {
		j.arcs = slices.Clone(j.arcs[:to:to])
	}
	j.arcs = j.arcs[:to]
	return nil
}
