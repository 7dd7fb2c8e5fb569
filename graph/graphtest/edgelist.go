package graphtest

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// EdgeList is an undirected weighted graph as a list of its edges: nodes are 0..Nodes-1, every edge is listed once with
// A < B, sorted by A and then B; there are no loops and no parallel edges. It is plain data that says nothing of how an
// engine keeps a graph, so that every package may be tested with it.
type EdgeList struct {
	Nodes int
	Edges []Edge
	Group []uint32 // planted group of each node, numbered from 0; nil when nothing was planted
}

// Edge joins two nodes. Its weight is above 0; weights are multiples of 1/1024.
type Edge struct {
	A, B   uint32
	Weight float32
}

// Groups lists the nodes of each planted group, sorted.
func (l EdgeList) Groups() [][]uint32 {
	if len(l.Group) == 0 {
		return nil
	}
	out := make([][]uint32, slices.Max(l.Group)+1)
	for v, g := range l.Group {
		out[g] = append(out[g], uint32(v))
	}
	return out
}

// Degrees returns the number of neighbours of each node.
func (l EdgeList) Degrees() []int {
	d := make([]int, l.Nodes)
	for _, e := range l.Edges {
		d[e.A]++
		d[e.B]++
	}
	return d
}

// Weight returns the sum of the weights of all edges.
func (l EdgeList) Weight() float64 {
	sum := 0.0
	for _, e := range l.Edges {
		sum += float64(e.Weight)
	}
	return sum
}

// Check names the first thing that breaks what [EdgeList] promises; nil when nothing does.
func (l EdgeList) Check() error {
	if l.Group != nil && len(l.Group) != l.Nodes {
		return fmt.Errorf("%d groups given for %d nodes", len(l.Group), l.Nodes)
	}
	for i, e := range l.Edges {
		switch {
		case e.A >= e.B:
			return fmt.Errorf("edge %d is %d-%d: a loop or the wrong way round", i, e.A, e.B)
		case int(e.B) >= l.Nodes:
			return fmt.Errorf("edge %d is %d-%d, there are %d nodes", i, e.A, e.B, l.Nodes)
		case !(e.Weight > 0) || e.Weight*1024 != float32(int64(e.Weight*1024)):
			return fmt.Errorf("edge %d weighs %g: not above 0, or no multiple of 1/1024", i, e.Weight)
		case i > 0 && compareEdges(l.Edges[i-1], e) >= 0:
			return fmt.Errorf("edge %d is out of order, or there twice", i)
		}
	}
	return nil
}

// WriteText writes the edges, one a line: both node numbers and the weight, apart by blanks. Weights are written in
// full, so that a reader in double precision gets the very numbers. Nodes without an edge are not in it.
func (l EdgeList) WriteText(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<20)
	var line []byte
	for _, e := range l.Edges {
		line = strconv.AppendUint(line[:0], uint64(e.A), 10)
		line = strconv.AppendUint(append(line, ' '), uint64(e.B), 10)
		line = strconv.AppendFloat(append(line, ' '), float64(e.Weight), 'f', -1, 64)
		if _, err := b.Write(append(line, '\n')); err != nil {
			return fmt.Errorf("writing an edge list: %w", err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing an edge list: %w", err)
	}
	return nil
}

// compareEdges orders edges by their ends.
func compareEdges(x, y Edge) int {
	switch {
	case x.A != y.A && x.A < y.A, x.A == y.A && x.B < y.B:
		return -1
	case x.A == y.A && x.B == y.B:
		return 0
	}
	return 1
}

// sortEdges returns the edges of n nodes in order, A < B in each. It puts them into rows by counting and sorts each row,
// and so takes seconds for 10 million edges.
func sortEdges(n int, edges []Edge) []Edge {
	start := make([]int, n+1)
	for i, e := range edges {
		if e.A > e.B {
			edges[i].A, edges[i].B = e.B, e.A
		}
		start[edges[i].A+1]++
	}
	for v := range n {
		start[v+1] += start[v]
	}
	out, next := make([]Edge, len(edges)), slices.Clone(start)
	for _, e := range edges {
		out[next[e.A]] = e
		next[e.A]++
	}
	for v := range n {
		slices.SortStableFunc(out[start[v]:start[v+1]], compareEdges)
	}
	return out
}

// dropParallel keeps the first of edges with the same ends, and no loops. The edges are sorted.
func dropParallel(edges []Edge) []Edge {
	edges = slices.CompactFunc(edges, func(x, y Edge) bool { return x.A == y.A && x.B == y.B })
	return slices.DeleteFunc(edges, func(e Edge) bool { return e.A == e.B })
}
