package community

import "samehand/graph/projection"

// portion is what refinement knows of a member of a community, and of the part that began with it.
type portion struct {
	size   float64 // of the part
	cut    float64 // weight between the part and the rest of its community
	inside float64 // weight between the member and the rest of its community
	joined bool    // whether the member has been joined by others
}

// refine divides each community, of which the sizes are given, into parts that are tied well to each other (Traag, Waltman
// and van Eck 2019, doi:10.1038/s41598-019-41695-z, "refinement"): one node after the other, if it is still alone and tied
// well to its community, joins the part where it gains most, among those that are tied well. (The paper draws one of
// those that gain; here it is the best.) It returns the part of each node, and of each part its community. Parts are
// numbered by community, and by the node that each began with.
func (e *engine) refine(l *level, of []uint32, total []float64) (part, up []uint32) {
	k, n := len(total), l.Len()
	members := bucket(of, k)
	place := make([]uint32, n) // of each node in members.nodes: tells whether it is in a community, and as which member
	e.crew.each(n, 4096, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			place[members.nodes[i]] = uint32(i)
		}
	})
	part = make([]uint32, n)
	first := make([]uint32, k+1) // number of the first part of each community
	e.crew.each(k, 32, func(worker, lo, hi int) {
		for c := lo; c < hi; c++ {
			s := e.scratch[worker]
			first[c+1] = uint32(e.refineOne(s, l, place, members.start[c], members.of(uint32(c)), total[c]))
			for i, v := range members.of(uint32(c)) {
				part[v] = s.number[s.part[i]]
			}
		}
	})
	for c := range k {
		first[c+1] += first[c]
	}
	up = make([]uint32, first[k])
	for c := range k {
		for t := first[c]; t < first[c+1]; t++ {
			up[t] = uint32(c)
		}
	}
	e.crew.each(n, 4096, func(_, lo, hi int) {
		for v := lo; v < hi; v++ {
			part[v] += first[of[v]]
		}
	})
	return part, up
}

// refineOne refines the community whose members begin at a place. It leaves in s.part the member that the part of each
// began with, and in s.number the number of the part that began with each, and returns how many parts there are.
func (e *engine) refineOne(s *scratch, l *level, place []uint32, start uint32, members []uint32, total float64) int {
	s.members(len(members))
	if len(members) == 1 {
		return 1
	}
	s.within(l, place, start, members)
	for i, v := range members {
		sum := 0.0
		for _, a := range s.inner(i) {
			sum += float64(a.Weight)
		}
		s.portion[i] = portion{size: l.size[v], cut: sum, inside: sum}
	}
	for i, v := range members {
		k, in := l.size[v], s.portion[i].inside
		if s.portion[i].joined || in < e.gamma*k*(total-k) {
			continue
		}
		if to, w := e.bestPart(s, s.inner(i), k, total); to != alone {
			p := &s.portion[to]
			s.part[i], p.joined = to, true
			p.size += k
			p.cut += in - 2*w
		}
	}
	parts := 0
	for i, t := range s.part {
		if t == uint32(i) {
			s.number[i] = uint32(parts)
			parts++
		}
	}
	return parts
}

// bestPart finds the part that a node of size k, with these arcs inside of its community, gains most by joining, and
// the weight between them; alone when it gains by none.
func (e *engine) bestPart(s *scratch, arcs []projection.Arc, k, total float64) (to uint32, weight float64) {
	n := s.add(0, arcs, s.partsOf(arcs))
	best := 0.0
	to = alone
	for _, t := range s.touched[:n] {
		w := s.sum[t]
		s.sum[t] = 0
		if w <= best {
			continue
		}
		p := &s.portion[t]
		value := w - e.gamma*k*p.size
		if value > best && p.cut >= e.gamma*p.size*(total-p.size) {
			best, to, weight = value, t, w
		}
	}
	return to, weight
}
