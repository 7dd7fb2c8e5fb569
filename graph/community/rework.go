package community

import (
	"cmp"
	"context"
	"slices"

	"samehand/graph/projection"
)

// mergeShare is how much of the weight that makes two communities one must be new before it is worth to look at what ties
// them. They were not worth to be one before; with less than a tenth of that weight they hardly are now.
const mergeShare = .1

// bond is weight that is new between two communities.
type bond struct {
	a, b   uint32 // a < b
	weight float64
}

// pairs lists the communities that a change may have broken up, or may have made one with another.
func (s *State) pairs(before *projection.Graph, changes []projection.Edge) []uint32 {
	var bonds []bond
	var list []uint32
	for _, c := range changes {
		was, _ := before.Weight(int64(c.A), int64(c.B))
		is, _ := s.level.graph.Weight(int64(c.A), int64(c.B))
		a, b := s.d.of[c.A], s.d.of[c.B]
		switch {
		case a == b && is < was:
			list = append(list, a)
		case a != b && is > was:
			bonds = append(bonds, bond{min(a, b), max(a, b), is - was})
		}
	}
	slices.SortFunc(bonds, func(x, y bond) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.weight, y.weight))
	})
	for i := 0; i < len(bonds); {
		b, sum := bonds[i], 0.0
		for ; i < len(bonds) && bonds[i].a == b.a && bonds[i].b == b.b; i++ {
			sum += bonds[i].weight
		}
		cost := s.e.gamma * s.d.group[b.a].total * s.d.group[b.b].total
		if sum > mergeShare*cost && s.d.group[b.a].count > 1 && s.d.group[b.b].count > 1 && s.tie(b.a, b.b) > cost {
			list = append(list, b.a, b.b)
		}
	}
	return list
}

// tie returns the weight between two communities.
func (s *State) tie(a, b uint32) float64 {
	if s.d.group[a].count > s.d.group[b].count {
		a, b = b, a
	}
	sum := 0.0
	for v := s.head[a]; v != alone; v = s.next[v] {
		for _, arc := range s.level.row(v) {
			if s.d.of[arc.To] == b {
				sum += float64(arc.Weight)
			}
		}
	}
	return sum
}

// local is the part of the graph that is looked at again: the members of some communities, and each community around
// them as one node. A community around can be joined, or join, and does not fall apart. What ties those around to each
// other is left out, so that what is gained here is gained by at least as much in the whole graph.
type local struct {
	members []uint32 // the nodes that are 0..len(members)-1 of the level, sorted
	around  []uint32 // the communities that are the nodes after those
	inside  int      // communities that the members are in; their labels come first
	level   *level
	of      []uint32
}

// rework refines some communities again and moves their parts, and those around them, as long as it gains.
func (s *State) rework(ctx context.Context, communities []uint32) error {
	p := s.cut(communities)
	e := newEngine(1, p.level.Len(), s.e.gamma, nil)
	of, moves, err := e.iterate(ctx, p.level, slices.Clone(p.of), 1)
	if err != nil {
		return err
	}
	_, up := pieces(p.level.row, p.of)
	if again(up, p.level.Len()) > 0 || moves > 0 && e.value(p.level, of) > e.value(p.level, p.of) {
		s.apply(p, of)
	} // otherwise it was a gain of rounding, see climb
	return nil
}

// cut makes a level of some communities and of what is around them.
func (s *State) cut(communities []uint32) *local {
	p := &local{level: &level{offsets: []uint32{0}}}
	for _, c := range communities {
		for v := s.head[c]; v != alone; v = s.next[v] {
			p.members = append(p.members, v)
		}
	}
	slices.Sort(p.members)
	for i, v := range p.members {
		s.number[v] = uint32(i) + 1
		p.of = append(p.of, s.labelOf(s.d.of[v], &p.inside))
		p.level.size = append(p.level.size, s.level.size[v])
	}
	back := s.cutRows(p)
	rows := bucket(back.from, len(p.around)) // rows of those around are arcs to members, turned back
	for c := range p.around {
		for _, i := range rows.of(uint32(c)) {
			p.level.arcs = append(p.level.arcs, back.arcs[i])
		}
		p.level.offsets = append(p.level.offsets, uint32(len(p.level.arcs)))
	}
	for _, v := range p.members {
		s.number[v], s.label[s.d.of[v]] = 0, 0
	}
	for _, c := range p.around {
		s.label[c] = 0
	}
	return p
}

// labelOf returns the label of a community, a new one when it has none.
func (s *State) labelOf(c uint32, labels *int) uint32 {
	if s.label[c] == 0 {
		*labels++
		s.label[c] = uint32(*labels)
	}
	return s.label[c] - 1
}

// outward is the arcs from members to the communities around, as seen from those.
type outward struct {
	from []uint32 // place in local.around
	arcs []projection.Arc
}

// cutRows makes the rows of the members.
func (s *State) cutRows(p *local) (back outward) {
	labels := p.inside
	for i, v := range p.members {
		for _, a := range s.level.row(v) {
			to := s.number[a.To] - 1
			if s.number[a.To] == 0 {
				c, before := s.d.of[a.To], labels
				l := s.labelOf(c, &labels)
				if labels > before {
					p.around, p.of = append(p.around, c), append(p.of, l)
					p.level.size = append(p.level.size, s.d.group[c].total)
				}
				place := l - uint32(p.inside)
				to = uint32(len(p.members)) + place
				back.from = append(back.from, place)
				back.arcs = append(back.arcs, projection.Arc{To: uint32(i), Weight: a.Weight})
			}
			p.level.arcs = append(p.level.arcs, projection.Arc{To: to, Weight: a.Weight})
		}
		p.level.offsets = append(p.level.offsets, uint32(len(p.level.arcs)))
	}
	return back
}

// apply moves nodes to where they were found to be better off. A community keeps the number that most of its nodes have.
func (s *State) apply(p *local, of []uint32) {
	groups := NewPartition(of).Members()
	name := s.names(p, groups)
	for i, g := range groups {
		for _, v := range g {
			if v < uint32(len(p.members)) {
				s.relocate(p.members[v], name[i])
				continue
			}
			c := p.around[v-uint32(len(p.members))]
			for c != name[i] && s.head[c] != alone {
				s.relocate(s.head[c], name[i])
			}
		}
	}
}

// relocate moves a node, and has it and those around it looked at again.
func (s *State) relocate(v, to uint32) {
	from := s.d.of[v]
	if from == to {
		return
	}
	s.d.put(v, from, to, s.level.size[v])
	s.queue.add(v)
	for _, a := range s.level.row(v) {
		if s.d.of[a.To] != to {
			s.queue.add(a.To)
		}
	}
}

// names returns the community that each group becomes: the one that most of its nodes are in, when no other group has
// more of it; an empty one otherwise.
func (s *State) names(p *local, groups [][]uint32) []uint32 {
	type claim struct {
		group, community uint32
		nodes            uint32
	}
	var claims []claim
	for i, g := range groups {
		counts := map[uint32]uint32{}
		for _, v := range g {
			if v < uint32(len(p.members)) {
				counts[s.d.of[p.members[v]]]++
			} else {
				c := p.around[v-uint32(len(p.members))]
				counts[c] += s.d.group[c].count
			}
		}
		for c, n := range counts { // sorted below
			claims = append(claims, claim{uint32(i), c, n})
		}
	}
	slices.SortFunc(claims, func(x, y claim) int {
		return cmp.Or(cmp.Compare(y.nodes, x.nodes), cmp.Compare(x.group, y.group), cmp.Compare(x.community, y.community))
	})
	name, taken := fill(len(groups)), map[uint32]bool{}
	for _, c := range claims {
		if name[c.group] == alone && !taken[c.community] {
			name[c.group], taken[c.community] = c.community, true
		}
	}
	for i := range name {
		if name[i] == alone {
			name[i] = s.d.takeEmpty()
		}
	}
	return name
}
