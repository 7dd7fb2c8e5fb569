package community

import "samehand/graph/projection"

// scratch is what one worker needs to add up weights by label.
type scratch struct {
	sum     []float64 // by label; all 0 between uses
	touched []uint32  // labels that were met
	label   []uint32  // of the ends of the rows that were gathered
	ends    [ahead + 1]int
	inner   inner
}

// ahead is how many rows are gathered in one go. Their loads do not wait for each other, as long as no branch depends on
// what was loaded: that is why it is done before anything is added up. A fifth of the time was saved by it.
const ahead = 16

// gather looks up the labels of the ends of up to ahead rows, for [scratch.labels].
func (s *scratch) gather(l *level, nodes, label []uint32) {
	at := 0
	for i, v := range nodes {
		arcs := l.row(v)
		if len(s.label) < at+len(arcs) {
			s.label = append(s.label, make([]uint32, at+2*len(arcs))...)
		}
		ends := s.label[at : at+len(arcs)]
		for j := range ends {
			ends[j] = label[arcs[j].To]
		}
		at += len(arcs)
		s.ends[i+1] = at
	}
}

// labels returns the labels of the i-th row that was gathered.
func (s *scratch) labels(i int) []uint32 { return s.label[s.ends[i]:s.ends[i+1]] }

// labelsOf returns the labels of the ends of one row, which need not be one of the level's.
func (s *scratch) labelsOf(arcs []projection.Arc, label []uint32) []uint32 {
	if len(s.label) < len(arcs) {
		s.label = make([]uint32, 2*len(arcs))
	}
	ends := s.label[:len(arcs)]
	for j := range ends {
		ends[j] = label[arcs[j].To]
	}
	return ends
}

// add adds the weights of arcs up in s.sum, by the labels of their ends, and lists the labels in s.touched from n on, each
// once, in the order in which they are met. It returns the end of that list. This is where most of the time goes; no
// branch depends on what is loaded, for half of them would be guessed wrong.
func (s *scratch) add(n int, arcs []projection.Arc, labels []uint32) int {
	if len(s.touched) < n+len(arcs) {
		s.touched = append(s.touched, make([]uint32, n+2*len(arcs))...)
	}
	sum, touched := s.sum, s.touched
	arcs = arcs[:len(labels)]
	for i, d := range labels {
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
	for ; len(members) > 0; members = members[min(ahead, len(members)):] {
		group := members[:min(ahead, len(members))]
		s.gather(l, group, of)
		for i, v := range group {
			row, labels := l.row(v), s.labels(i)
			if len(in.arcs) < n+len(row) {
				in.arcs = append(in.arcs, make([]projection.Arc, n+len(row))...)
			}
			arcs := in.arcs
			row = row[:len(labels)]
			for j, d := range labels {
				arcs[n] = row[j]
				if d == c {
					n++
				}
			}
			in.ends = append(in.ends, uint32(n))
		}
	}
	return in
}
