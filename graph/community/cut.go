package community

import (
	"cmp"
	"context"
	"slices"

	"samehand/graph/projection"
)

// Cut divides a group in two: the edges between the two sides are all that holds them together.
type Cut struct {
	Weight float64  // of the edges between the sides; 0 when the group does not hang together
	Side   []uint32 // the nodes of the smaller side, sorted; of equal sides, of the one with the smallest node. Empty for fewer than two nodes
	Exact  bool     // no cut weighs less; otherwise this is an upper bound, the best of cuts at bridges and around single nodes
}

// WeakestCut returns the cut of least weight of a set of nodes, by the edges among them. The nodes must be sorted, each
// once. Loops count for nothing.
//
// For up to exact nodes it is a global minimum cut by maximum adjacency orders (Stoer and Wagner 1997,
// doi:10.1145/263867.263872), where edges that no lighter cut can go through are contracted at once (Nagamochi, Ono and
// Ibaraki 1994, Mathematical Programming 67, 325-341). More nodes get an upper bound in O(nodes + edges), unless they fall apart or are
// tied by bridges only, which is found out exactly whatever their number.
//
// Of several cuts of least weight it is one that depends on the graph only: the most even of those at bridges and around
// single nodes, by the first node then; only if there are none, what the orders meet first. It fails when ctx is done.
func WeakestCut(ctx context.Context, g *projection.Graph, nodes []uint32, exact int) (Cut, error) {
	return newCutter(g).weakest(ctx, nodes, exact)
}

// cutter finds cuts of sets of nodes of one graph, and keeps its arrays from one set to the next.
type cutter struct {
	g     *projection.Graph
	local []uint32 // one more than the number of each node within the set; 0 for those outside
}

func newCutter(g *projection.Graph) *cutter { return &cutter{g: g, local: make([]uint32, g.Len())} }

// link is an edge of a set of nodes as seen from one end.
type link struct {
	to     uint32
	weight float64
}

// weakest is [WeakestCut].
func (c *cutter) weakest(ctx context.Context, nodes []uint32, exact int) (Cut, error) {
	if err := ctx.Err(); err != nil {
		return Cut{}, err
	}
	if len(nodes) < 2 {
		return Cut{Exact: true}, nil
	}
	rows := c.rows(nodes)
	t := explore(rows)
	cheap := t.cheapest(rows)
	side, exactly := t.side(cheap), t.pieces > 1 || t.bridges == t.edges
	if !exactly && len(nodes) <= exact {
		s := newContraction(rows, cheap.weight)
		if err := s.run(ctx); err != nil {
			return Cut{}, err
		}
		if s.side != nil {
			side = s.side
		}
		exactly = true
	}
	out := Cut{Exact: exactly}
	out.Side, out.Weight = smallerSide(rows, side)
	for i, v := range out.Side {
		out.Side[i] = nodes[v]
	}
	return out, nil
}

// rows returns the edges among the nodes, which are numbered by their places in the list.
func (c *cutter) rows(nodes []uint32) [][]link {
	n := 0
	for i, v := range nodes {
		c.local[v] = uint32(i) + 1
		n += len(c.g.Arcs(v))
	}
	flat, rows := make([]link, 0, n), make([][]link, len(nodes))
	for i, v := range nodes {
		lo := len(flat)
		for _, a := range c.g.Arcs(v) {
			if to := c.local[a.To]; to > 0 {
				flat = append(flat, link{to - 1, float64(a.Weight)})
			}
		}
		rows[i] = flat[lo:len(flat):len(flat)]
	}
	for _, v := range nodes {
		c.local[v] = 0
	}
	return rows
}

// smallerSide returns the smaller of the two sides of a cut, of which one is given in any order, and the weight between them.
func smallerSide(rows [][]link, side []uint32) ([]uint32, float64) {
	in := make([]bool, len(rows))
	for _, v := range side {
		in[v] = true
	}
	want := 2*len(side) < len(rows) || 2*len(side) == len(rows) && in[0]
	var out []uint32
	weight := 0.
	for v, row := range rows {
		if in[v] != want {
			continue
		}
		out = append(out, uint32(v))
		for _, l := range row {
			if in[l.to] != want {
				weight += l.weight
			}
		}
	}
	return out, weight
}

// tree is what one walk in depth finds out of a set of nodes. Below each node, the walk's order is one stretch.
type tree struct {
	order  []uint32 // the nodes as they were met
	place  []uint32 // of each node in order, from 1; 0 until it is met
	low    []uint32 // the earliest place that the nodes below have an edge to
	parent []uint32 // its own number for a root
	size   []uint32 // how many nodes are below, itself included

	pieces, edges, bridges int
	roots, ends            []uint32 // where pieces begin; the lower ends of bridges
}

// explore walks a set of nodes and finds its pieces and its bridges (Tarjan 1974, doi:10.1016/0020-0190(74)90003-9).
func explore(rows [][]link) *tree {
	n := len(rows)
	t := &tree{place: make([]uint32, n), low: make([]uint32, n), parent: make([]uint32, n), size: make([]uint32, n)}
	next, stack := make([]int, n), []uint32(nil)
	for root := range rows {
		t.edges += len(rows[root])
		if t.place[root] > 0 {
			continue
		}
		t.meet(uint32(root), uint32(root))
		t.roots, stack = append(t.roots, uint32(root)), append(stack, uint32(root))
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			if next[v] == len(rows[v]) {
				stack = stack[:len(stack)-1]
				t.leave(v)
				continue
			}
			to := rows[v][next[v]].to
			next[v]++
			if t.place[to] == 0 {
				t.meet(to, v)
				stack = append(stack, to)
			} else if to != t.parent[v] {
				t.low[v] = min(t.low[v], t.place[to])
			}
		}
	}
	t.edges, t.pieces, t.bridges = t.edges/2, len(t.roots), len(t.ends)
	return t
}

// meet begins with a node.
func (t *tree) meet(v, parent uint32) {
	t.order = append(t.order, v)
	t.place[v] = uint32(len(t.order))
	t.low[v], t.parent[v] = t.place[v], parent
}

// leave ends with a node. The edge above it is a bridge when nothing below reaches past it.
func (t *tree) leave(v uint32) {
	t.size[v] = uint32(len(t.order)) - t.place[v] + 1
	p := t.parent[v]
	if p == v {
		return
	}
	t.low[p] = min(t.low[p], t.low[v])
	if t.low[v] > t.place[p] {
		t.ends = append(t.ends, v)
	}
}

// candidate is a cut that is cheap to find: around one node, or around all that is below it.
type candidate struct {
	weight float64
	nodes  int // on one side
	at     uint32
	below  bool
}

// cheapest returns the lightest cut between pieces, at bridges and around single nodes.
func (t *tree) cheapest(rows [][]link) candidate {
	var list []candidate
	for v, row := range rows {
		list = append(list, candidate{total(row), 1, uint32(v), false})
	}
	for _, v := range t.ends {
		i := slices.IndexFunc(rows[v], func(l link) bool { return l.to == t.parent[v] })
		list = append(list, candidate{rows[v][i].weight, int(t.size[v]), v, true})
	}
	if t.pieces > 1 {
		for _, v := range t.roots {
			list = append(list, candidate{0, int(t.size[v]), v, true})
		}
	}
	even := func(c candidate) int { return min(c.nodes, len(rows)-c.nodes) }
	return slices.MinFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(even(b), even(a)), cmp.Compare(a.at, b.at))
	})
}

// side lists the nodes of one side.
func (t *tree) side(c candidate) []uint32 {
	if !c.below {
		return []uint32{c.at}
	}
	lo := t.place[c.at] - 1
	return t.order[lo : lo+t.size[c.at]]
}

// total adds up the weights of a row.
func total(row []link) float64 {
	sum := 0.
	for _, l := range row {
		sum += l.weight
	}
	return sum
}
