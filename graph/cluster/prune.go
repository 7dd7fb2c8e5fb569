package cluster

import (
	"container/heap"
	"slices"

	"samehand/graph/linkage"
)

// tie is a link as seen from one of its ends; persons and values are numbered within the group. There are millions of them: 16 bytes each.
type tie struct {
	value int32
	other int32
	worth float32
	kin   linkage.Kin
	firm  bool // it can carry a membership: hard, and not a line that both only pass through
}

// tied is a group in which members can be taken out.
type tied struct {
	o      *Options
	values []uint32 // that tie it, sorted
	of     []int32  // the value of each link of the group, by its place among them
	ties   [][]tie  // of each member, by value
	ends   []ends   // of each link of the group
	out    []bool
}

// ends are the places in a group of the two persons of a link.
type ends struct{ a, b int32 }

func (d *detection) tied(g group) *tied {
	t := &tied{
		o: &d.o, of: make([]int32, len(g.links)), ties: make([][]tie, len(g.persons)), ends: make([]ends, len(g.links)), out: make([]bool, len(g.persons)),
	}
	degree := make([]int, len(g.persons))
	for i, l := range g.links {
		a, _ := slices.BinarySearch(g.persons, l.A)
		b, _ := slices.BinarySearch(g.persons, l.B)
		t.ends[i] = ends{int32(a), int32(b)}
		degree[a]++
		degree[b]++
	}
	flat := make([]tie, 2*len(g.links)) // the ties of one member after those of another
	for i, n := range degree {
		t.ties[i], flat = flat[:0:n], flat[n:]
	}
	for _, i := range byValue(g.links) { // so that each member's ties come by value, and of one value by the other person
		l := g.links[i]
		if n := len(t.values); n == 0 || t.values[n-1] != l.Value {
			t.values = append(t.values, l.Value)
		}
		v, e, firm := int32(len(t.values)-1), t.ends[i], d.model.Firm(l)
		t.of[i] = v
		t.ties[e.a] = append(t.ties[e.a], tie{v, e.b, l.Points, l.Kin, firm})
		t.ties[e.b] = append(t.ties[e.b], tie{v, e.a, l.Points, l.Kin, firm})
	}
	return t
}

// byValue returns the places of links by their value, and of one value in their order. It sorts numbers: that takes half of the time.
func byValue(links []linkage.Link) []uint32 {
	keys, order := make([]uint64, len(links)), make([]uint32, len(links))
	for i, l := range links {
		keys[i] = uint64(l.Value)<<32 | uint64(i)
	}
	slices.Sort(keys)
	for i, k := range keys {
		order[i] = uint32(k)
	}
	return order
}

// without returns a group that t ties, and its ties, as if some values did not exist, not yet pruned. What was sorted need not be sorted again.
func (t *tied) without(g group, gone func(value uint32) bool) (group, *tied) {
	left := group{persons: g.persons, links: make([]linkage.Link, 0, len(g.links))}
	u := &tied{o: t.o, values: t.values, of: make([]int32, 0, len(g.links)), ties: make([][]tie, len(t.ties)), ends: make([]ends, 0, len(g.links)), out: make([]bool, len(t.out))}
	drop := make([]bool, len(t.values))
	for i, v := range t.values {
		drop[i] = gone(v)
	}
	for i, l := range g.links {
		if !drop[t.of[i]] {
			left.links, u.of, u.ends = append(left.links, l), append(u.of, t.of[i]), append(u.ends, t.ends[i])
		}
	}
	flat := make([]tie, 0, 2*len(left.links))
	for i, ts := range t.ties {
		first := len(flat)
		for _, x := range ts {
			if !drop[x.value] {
				flat = append(flat, x)
			}
		}
		u.ties[i] = flat[first:]
	}
	return left, u
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
				if w := float64(x.worth); w > p {
					p, kin = w, x.kin
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
func (d *detection) prune(g group) ([]group, error) { return d.pruneTied(g, d.tied(g)) }

// pruneTied prunes a group that t ties, and takes members out of t.
func (d *detection) pruneTied(g group, t *tied) ([]group, error) {
	n := len(g.persons)
	w := &weakest{member: make([]int, n), place: make([]int, n), points: make([]float64, n)}
	for i := range g.persons {
		w.member[i], w.place[i], w.points[i] = i, i, t.points(i)
	}
	heap.Init(w)
	for w.Len() > 0 && w.points[w.member[0]] < d.o.Need {
		m := heap.Pop(w).(int)
		t.out[m] = true
		last := int32(-1)
		for _, x := range t.ties[m] {
			if t.out[x.other] || x.other == last {
				continue
			}
			last = x.other
			w.points[x.other] = t.points(int(x.other))
			heap.Fix(w, w.place[x.other])
		}
	}
	parts := d.fallApart(g, t, w.points)
	if len(parts) < 2 {
		return parts, nil
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

// fallApart makes a group of each piece of two or more that still hangs together, by their first persons.
func (d *detection) fallApart(g group, t *tied, points []float64) []group {
	sets := linkage.NewSets(len(g.persons))
	for lo, hi := 0, 0; lo < len(g.links); lo = hi {
		for hi = lo; hi < len(g.links) && t.ends[hi] == t.ends[lo]; hi++ {
		}
		e := t.ends[lo]
		if !t.out[e.a] && !t.out[e.b] && d.model.Weight(g.links[lo:hi]) >= d.o.Hold {
			sets.Join(int(e.a), int(e.b))
		}
	}
	return pieces(g, t, points, &sets)
}

// pieces makes a group of each set of two or more who are still in, with the links inside it.
func pieces(g group, t *tied, points []float64, sets *linkage.Sets) []group {
	part := make([]int, len(g.persons)) // number of the piece by its first member, else of none
	var out []group
	gone := false
	for i, p := range g.persons {
		if t.out[i] {
			part[i], gone = -1, true
			continue
		}
		first := sets.Find(i)
		if first == i {
			part[i] = len(out)
			out = append(out, group{})
		}
		part[i] = part[first]
		q := &out[part[i]]
		q.persons, q.points = append(q.persons, p), append(q.points, points[i])
	}
	if len(out) == 1 && !gone { // nothing was taken out and nothing fell off: all links are inside
		out[0].links = g.links
		return out
	}
	for i, l := range g.links {
		if n := part[t.ends[i].a]; n >= 0 && n == part[t.ends[i].b] {
			out[n].links = append(out[n].links, l)
		}
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(g.persons) < 2 })
}
