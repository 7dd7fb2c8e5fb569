package community

import "samehand/graph/projection"

// refinement is the state of refining, by node; what is known of a part is kept at the node that it began with.
type refinement struct {
	part   []uint32  // the node that the part of each node began with
	size   []float64 // of a part
	cut    []float64 // weight between a part and the rest of its community
	inside []float64 // weight between a node and the rest of its community
	joined []bool    // whether a node has been joined by others
}

// refine divides each community, of which the sizes are given, into parts that are tied well to each other (Traag, Waltman and van Eck 2019,
// doi:10.1038/s41598-019-41695-z, "refinement"): one node after the other, if it is still alone and tied well to its
// community, joins the part where it gains most, among those that are tied well. (The paper draws one of those that gain;
// here it is the best.) It returns the part of each node, and of each part its community. Parts are numbered by community.
func (e *engine) refine(l *level, of []uint32, total []float64) (part, up []uint32) {
	k, n := len(total), l.Len()
	members := bucket(of, k)
	r := &refinement{
		part: make([]uint32, n), size: make([]float64, n), cut: make([]float64, n),
		inside: make([]float64, n), joined: make([]bool, n),
	}
	first := make([]uint32, k+1) // number of the first part of each community
	e.crew.each(k, 32, func(worker, lo, hi int) {
		for c := lo; c < hi; c++ {
			first[c+1] = uint32(e.refineOne(e.scratch[worker], l, of, members.of(uint32(c)), total[c], r))
		}
	})
	for c := range k {
		first[c+1] += first[c]
	}
	number, up := make([]uint32, n), make([]uint32, first[k])
	e.crew.each(k, 64, func(_, lo, hi int) {
		for c := lo; c < hi; c++ {
			next := first[c]
			for _, v := range members.of(uint32(c)) {
				if r.part[v] == v {
					number[v], up[next] = next, uint32(c)
					next++
				}
			}
		}
	})
	e.crew.each(n, 4096, func(_, lo, hi int) {
		for v := lo; v < hi; v++ {
			r.part[v] = number[r.part[v]]
		}
	})
	return r.part, up
}

// refineOne refines one community, and returns the number of its parts.
func (e *engine) refineOne(s *scratch, l *level, of, members []uint32, total float64, r *refinement) int {
	for _, v := range members {
		r.part[v], r.size[v] = v, l.size[v]
	}
	if len(members) == 1 {
		return 1
	}
	in := s.within(l, of, members)
	for i, v := range members {
		sum := 0.0
		for _, a := range in.row(i) {
			sum += float64(a.Weight)
		}
		r.cut[v], r.inside[v] = sum, sum
	}
	parts := len(members)
	for i, v := range members {
		k := l.size[v]
		if r.joined[v] || r.inside[v] < e.gamma*k*(total-k) {
			continue
		}
		to, w := e.bestPart(s, in.row(i), k, total, r)
		if to == alone {
			continue
		}
		r.part[v], r.joined[to] = to, true
		r.size[to] += k
		r.cut[to] += r.inside[v] - 2*w
		parts--
	}
	return parts
}

// bestPart finds the part that a node of size k, with these arcs inside of its community, gains most by joining, and
// the weight between them; alone when it gains by none.
func (e *engine) bestPart(s *scratch, arcs []projection.Arc, k, total float64, r *refinement) (to uint32, weight float64) {
	n := s.add(0, arcs, s.labelsOf(arcs, r.part))
	best := 0.0
	to = alone
	for _, t := range s.touched[:n] {
		w := s.sum[t]
		s.sum[t] = 0
		if w <= best {
			continue
		}
		value := w - e.gamma*k*r.size[t]
		if value > best && r.cut[t] >= e.gamma*r.size[t]*(total-r.size[t]) {
			best, to, weight = value, t, w
		}
	}
	return to, weight
}
