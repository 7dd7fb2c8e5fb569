package community

import "samehand/graph/projection"

// scratch is what one worker needs to add up weights by label.
type scratch struct {
	sum     []float64 // by label; all 0 between uses
	touched []uint32  // labels that were met
	label   []uint32  // of the ends of the rows that were gathered
	ends    [ahead + 1]int

	// Of the community that is being refined; members have numbers of their own there.
	rows    []uint32 // where the row of each member ends in arcs, after a 0
	arcs    []projection.Arc
	part    []uint32 // the member that the part of each began with
	number  []uint32 // of the part that began with a member
	portion []portion
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

// members makes room for n members, each in a part of its own.
func (s *scratch) members(n int) {
	if cap(s.part) < n {
		s.part, s.number, s.portion = make([]uint32, 2*n), make([]uint32, 2*n), make([]portion, 2*n)
	}
	s.part, s.number, s.portion = s.part[:n], s.number[:n], s.portion[:n]
	for i := range s.part {
		s.part[i] = uint32(i)
	}
	s.number[0] = 0
}

// within collects the arcs between members of one community, whose places begin at start.
func (s *scratch) within(l *level, place []uint32, start uint32, members []uint32) {
	m, n := uint32(len(members)), 0
	s.rows = append(s.rows[:0], 0)
	for ; len(members) > 0; members = members[min(ahead, len(members)):] {
		group := members[:min(ahead, len(members))]
		s.gather(l, group, place)
		for i, v := range group {
			row, places := l.row(v), s.labels(i)
			if len(s.arcs) < n+len(row) {
				s.arcs = append(s.arcs, make([]projection.Arc, n+len(row))...)
			}
			arcs := s.arcs
			row = row[:len(places)]
			for j, p := range places {
				arcs[n] = projection.Arc{To: p - start, Weight: row[j].Weight}
				if p-start < m { // places before start are far beyond, too
					n++
				}
			}
			s.rows = append(s.rows, uint32(n))
		}
	}
}

// inner returns the arcs of a member to other members.
func (s *scratch) inner(i int) []projection.Arc { return s.arcs[s.rows[i]:s.rows[i+1]] }

// partsOf returns the parts of the ends of an inner row.
func (s *scratch) partsOf(arcs []projection.Arc) []uint32 {
	if len(s.label) < len(arcs) {
		s.label = make([]uint32, 2*len(arcs))
	}
	ends := s.label[:len(arcs)]
	for j := range ends {
		ends[j] = s.part[arcs[j].To]
	}
	return ends
}
