package community

import "samehand/graph/projection"

// scratch is what one worker needs to add up weights by label.
type scratch struct {
	sum     []float64 // by label; all 0 between uses
	touched []uint32  // labels that were met
	label   []uint32  // of the ends of a row
	rows    []projection.Arc
	inner   inner
}

// add adds the weights of arcs up in s.sum, by the label of their ends, and lists the labels in s.touched from n on, each
// once, in the order in which they are met. It returns the end of that list.
//
// This is where most of the time goes. The labels are gathered first, so that those loads do not wait for each other,
// and no branch depends on what was loaded: half of them would be guessed wrong.
func (s *scratch) add(n int, arcs []projection.Arc, label []uint32) int {
	if len(s.label) < len(arcs) {
		s.label = make([]uint32, 2*len(arcs))
	}
	if len(s.touched) < n+len(arcs) {
		s.touched = append(s.touched, make([]uint32, n+2*len(arcs))...)
	}
	ends := s.label[:len(arcs)]
	for i := range ends {
		ends[i] = label[arcs[i].To]
	}
	sum, touched := s.sum, s.touched
	for i, d := range ends {
		old := sum[d]
		sum[d] = old + float64(arcs[i].Weight)
		touched[n] = d
		if old == 0 { // a conditional move: every weight is above 0, so this is the first of its label
			n++
		}
	}
	return n
}

// inner is the arcs inside of one community, by member.
type inner struct {
	ends []uint32 // of the row of each member in arcs, after a 0
	arcs []projection.Arc
}

func (in *inner) row(i int) []projection.Arc { return in.arcs[in.ends[i]:in.ends[i+1]] }

// within collects the arcs between members of one community. It is used until the next call.
func (s *scratch) within(l *level, of, members []uint32) *inner {
	in, c, n := &s.inner, of[members[0]], 0
	in.ends = append(in.ends[:0], 0)
	for _, v := range members {
		row := l.row(v)
		if len(in.arcs) < n+len(row) {
			in.arcs = append(in.arcs, make([]projection.Arc, n+len(row))...)
		}
		arcs := in.arcs
		for _, a := range row {
			arcs[n] = a
			if of[a.To] == c {
				n++
			}
		}
		in.ends = append(in.ends, uint32(n))
	}
	return in
}
