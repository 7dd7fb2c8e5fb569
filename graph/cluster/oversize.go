package cluster

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"samehand/graph/linkage"
	"samehand/graph/projection"
)

// breakUp splits groups of more than Oversize persons at their weakest bridges, as long as a bridge is weak, and prunes
// what is left. Real rings of that size hang together in many ways; what hangs together by little is two things in one.
func (d *detection) breakUp(ctx context.Context, g group) ([]group, error) {
	if len(g.persons) <= d.o.Oversize {
		return []group{g}, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tree := newSpanning(g, d.model.Weight)
	side := tree.weakest(d.o.Bridge)
	if side == nil {
		return []group{g}, nil
	}
	var out []group
	for _, half := range cutAt(g, side) {
		parts, err := d.prune(half)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			smaller, err := d.breakUp(ctx, p)
			if err != nil {
				return nil, err
			}
			out = append(out, smaller...)
		}
	}
	return out, nil
}

// cutAt divides a group in those on a side and the others.
func cutAt(g group, side []bool) []group {
	halves := make([]group, 2)
	on := func(p uint32) int {
		i, _ := slices.BinarySearch(g.persons, p)
		if side[i] {
			return 1
		}
		return 0
	}
	for _, p := range g.persons {
		halves[on(p)].persons = append(halves[on(p)].persons, p)
	}
	for _, l := range g.links {
		if h := on(l.A); h == on(l.B) {
			halves[h].links = append(halves[h].links, l)
		}
	}
	return halves
}

// spanning is a heaviest spanning tree of a group. Each of its edges cuts the group in two, and among these cuts are those at
// bridges, of one edge or of several, between parts that hang together better than with each other (Karger 2000,
// doi:10.1145/331605.331608, calls them cuts that respect the tree once).
type spanning struct {
	edges  []projection.Edge
	parent []int     // of each person, by place; -1 for the first
	order  []int     // parents before children
	depth  []int     // from the first
	degree []float64 // sum of weights
}

func newSpanning(g group, weight func([]linkage.Link) float64) *spanning {
	n := len(g.persons)
	s := &spanning{parent: make([]int, n), depth: make([]int, n), degree: make([]float64, n)}
	place := func(p uint32) uint32 { i, _ := slices.BinarySearch(g.persons, p); return uint32(i) }
	for pair := range projection.Pairs(g.links) {
		e := projection.Edge{A: place(pair[0].A), B: place(pair[0].B), Weight: weight(pair)}
		s.edges = append(s.edges, e)
		s.degree[e.A] += e.Weight
		s.degree[e.B] += e.Weight
	}
	s.root(s.heaviest(n))
	return s
}

// heaviest returns the neighbours of each place in a heaviest spanning tree (Kruskal 1956, doi:10.1090/S0002-9939-1956-0078686-7).
func (s *spanning) heaviest(n int) [][]int {
	var sets linkage.Sets
	for range n {
		sets.Add()
	}
	byWeight := slices.Clone(s.edges)
	slices.SortFunc(byWeight, func(a, b projection.Edge) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	near := make([][]int, n)
	for _, e := range byWeight {
		a, b := int(e.A), int(e.B)
		if sets.Find(a) != sets.Find(b) {
			sets.Join(a, b)
			near[a], near[b] = append(near[a], b), append(near[b], a)
		}
	}
	return near
}

// root hangs the tree from its first place. Groups hang together, so there is one tree.
func (s *spanning) root(near [][]int) {
	for i := range s.parent {
		s.parent[i] = -2 // not met
	}
	s.parent[0], s.order = -1, []int{0}
	for i := 0; i < len(s.order); i++ {
		v := s.order[i]
		for _, u := range near[v] {
			if s.parent[u] == -2 {
				s.parent[u], s.depth[u] = v, s.depth[v]+1
				s.order = append(s.order, u)
			}
		}
	}
}

// weakest returns the side of the tree's cut of least conductance (the weight across, by the weight on the lighter side),
// as a mark for each place; nil when that is above most.
func (s *spanning) weakest(most float64) []bool {
	across, volume := slices.Clone(s.degree), slices.Clone(s.degree)
	all := 0.0
	for _, x := range s.degree {
		all += x
	}
	for _, e := range s.edges { // an edge crosses no cut above the place where its ends meet
		across[s.meet(int(e.A), int(e.B))] -= 2 * e.Weight
	}
	best, at := most, -1
	for i := len(s.order) - 1; i > 0; i-- {
		v := s.order[i]
		if c := across[v] / min(volume[v], all-volume[v]); c <= best {
			best, at = c, v
		}
		across[s.parent[v]] += across[v]
		volume[s.parent[v]] += volume[v]
	}
	if at < 0 {
		return nil
	}
	side := make([]bool, len(s.parent))
	for _, v := range s.order { // parents first
		side[v] = v == at || s.parent[v] >= 0 && side[s.parent[v]]
	}
	return side
}

// meet returns the lowest place above both.
func (s *spanning) meet(a, b int) int {
	for a != b {
		if s.depth[a] < s.depth[b] {
			a, b = b, a
		}
		a = s.parent[a]
	}
	return a
}

// alarms warns of clusters that are too large to be believed, and of flagged ones that are so all together: a value that everybody has
// and that no rule took for a hub makes them. There is no other limit to the size of a cluster that could hide this.
func (d *detection) alarms(groups []group, findings []finding) []string {
	var out []string
	all := d.model.Persons.Len()
	for _, g := range groups {
		if n := len(g.persons); n >= d.o.GiantMin && float64(n) > d.o.Giant*float64(all) {
			out = append(out, fmt.Sprintf("one cluster holds %d of the %d persons of the case: more than any ring would; look for a value in it that many have innocently before believing any of it", n, all))
		}
	}
	flagged := map[uint32]bool{}
	for i, f := range findings {
		if f.cluster.Flagged {
			for _, p := range groups[i].persons {
				flagged[p] = true
			}
		}
	}
	// A case may be of a few rings and those around them; four times what one ring could be is more than several.
	if n := len(flagged); len(out) == 0 && n >= d.o.GiantMin && float64(n) > 4*d.o.Giant*float64(all) {
		out = append(out, fmt.Sprintf("flagged clusters hold %d of the %d persons of the case: unless the files were chosen for these, look for what so many have innocently before believing any of it", n, all))
	}
	return out
}
