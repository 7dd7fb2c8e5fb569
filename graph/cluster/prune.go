package cluster

import (
	"container/heap"
	"slices"

	"samehand/graph/linkage"
	"samehand/graph/projection"
)

// tie is a link as seen from one of its ends; persons are numbered within the group.
type tie struct {
	value uint32
	other int
	kin   linkage.Kin
	worth float64
	firm  bool // it can carry a membership: hard, and not a line that both only pass through
}

// tied is a group in which members can be taken out.
type tied struct {
	o    Options
	ties [][]tie // of each member, by value
	out  []bool
}

func (d *detection) tied(g group) *tied {
	t := &tied{o: d.o, ties: make([][]tie, len(g.persons)), out: make([]bool, len(g.persons))}
	for _, l := range g.links {
		a, _ := slices.BinarySearch(g.persons, l.A)
		b, _ := slices.BinarySearch(g.persons, l.B)
		firm := l.Kin.Hard() && d.model.Values[l.Value].Class != linkage.ClassEgress
		t.ties[a] = append(t.ties[a], tie{l.Value, b, l.Kin, float64(l.Points), firm})
		t.ties[b] = append(t.ties[b], tie{l.Value, a, l.Kin, float64(l.Points), firm})
	}
	for _, ts := range t.ties {
		slices.SortFunc(ts, func(a, b tie) int {
			if a.value != b.value {
				return int(int64(a.value) - int64(b.value))
			}
			return a.other - b.other
		})
	}
	return t
}

// points returns what ties a member to the others: each value once, at the best pair's points, more when more of them
// have it; of each family the best in full and a share of the rest. It is 0 when nothing firm is among it.
func (t *tied) points(member int) float64 {
	var best [16]float64
	sum, hard := 0.0, false
	ts := t.ties[member]
	for lo := 0; lo < len(ts); {
		hi, n, p, kin, firm := lo, 0, 0.0, ts[lo].kin, false
		for ; hi < len(ts) && ts[hi].value == ts[lo].value; hi++ {
			if x := ts[hi]; !t.out[x.other] {
				n++
				firm = firm || x.firm
				if x.worth > p {
					p, kin = x.worth, x.kin
				}
			}
		}
		if n > 0 {
			p *= min(t.o.EchoMax, 1+t.o.Echo*float64(n))
			best[kin] = max(best[kin], p)
			sum += p
			hard = hard || firm
		}
		lo = hi
	}
	if !hard {
		return 0
	}
	top := 0.0
	for _, b := range best {
		top += b
	}
	return top + t.o.Linkage.Repeat*(sum-top)
}

// weakest is a heap of members by points, the fewest first; of equals the later first.
type weakest struct {
	member []int
	points []float64 // by member
	place  []int     // by member
}

func (w *weakest) Len() int { return len(w.member) }
func (w *weakest) Less(i, j int) bool {
	a, b := w.member[i], w.member[j]
	if w.points[a] != w.points[b] {
		return w.points[a] < w.points[b]
	}
	return a > b
}
func (w *weakest) Swap(i, j int) {
	w.member[i], w.member[j] = w.member[j], w.member[i]
	w.place[w.member[i]], w.place[w.member[j]] = i, j
}
func (w *weakest) Push(any) {} // nothing is ever added
func (w *weakest) Pop() any {
	n := len(w.member) - 1
	m := w.member[n]
	w.member = w.member[:n]
	return m
}

// prune takes out the members that too little ties to the rest, the weakest first, and splits what then falls apart.
func (d *detection) prune(g group) ([]group, error) {
	t := d.tied(g)
	w := &weakest{}
	for i := range g.persons {
		w.member, w.place = append(w.member, i), append(w.place, i)
		w.points = append(w.points, t.points(i))
	}
	heap.Init(w)
	for w.Len() > 0 && w.points[w.member[0]] < d.o.Need {
		m := heap.Pop(w).(int)
		t.out[m] = true
		last := -1
		for _, x := range t.ties[m] {
			if t.out[x.other] || x.other == last {
				continue
			}
			last = x.other
			w.points[x.other] = t.points(x.other)
			heap.Fix(w, w.place[x.other])
		}
	}
	parts, err := d.fallApart(g, t, w.points)
	if err != nil || len(parts) < 2 {
		return parts, err
	}
	var out []group // ties between the parts do not count any more
	for _, p := range parts {
		pruned, err := d.prune(p)
		if err != nil {
			return nil, err
		}
		out = append(out, pruned...)
	}
	return out, nil
}

// fallApart makes a group of each piece that still hangs together.
func (d *detection) fallApart(g group, t *tied, points []float64) ([]group, error) {
	of := make(map[uint32]uint32, len(g.persons)) // person -> number in the group
	for i, p := range g.persons {
		if !t.out[i] {
			of[p] = uint32(i)
		}
	}
	var es []projection.Edge
	kept := slices.DeleteFunc(slices.Clone(g.links), func(l linkage.Link) bool {
		_, a := of[l.A]
		_, b := of[l.B]
		return !a || !b
	})
	for pair := range projection.Pairs(kept) {
		if w := linkage.Weight(pair, d.o.Linkage); w >= d.o.Hold {
			es = append(es, projection.Edge{A: of[pair[0].A], B: of[pair[0].B], Weight: w})
		}
	}
	left, err := projection.New(len(g.persons), es)
	if err != nil {
		return nil, err
	}
	parts, part := left.Components()
	out := make([]group, len(parts))
	for i, p := range g.persons {
		if !t.out[i] {
			q := &out[part[i]]
			q.persons, q.points = append(q.persons, p), append(q.points, points[i])
		}
	}
	for _, l := range kept {
		if n := part[of[l.A]]; n == part[of[l.B]] {
			out[n].links = append(out[n].links, l)
		}
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(g.persons) < 2 }), nil
}
