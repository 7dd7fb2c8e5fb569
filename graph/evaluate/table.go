package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// cell counts the things that are in one group of the truth and in one found group.
type cell struct {
	both, truth, found uint64 // in both, in the group of the truth, in the found group
}

// crossTable has the cells that are not empty, and the sizes of the groups, by size: so sums over them do not
// depend on what the labels are.
type crossTable struct {
	n            float64
	cells        []cell
	truth, found []uint64
}

// crossTabulate counts two lists of labels of the same length.
func crossTabulate(truth, found []uint32) *crossTable {
	t := &crossTable{n: float64(len(truth))}
	var sizeT, sizeF map[uint32]uint64
	t.truth, sizeT = sizes(truth)
	t.found, sizeF = sizes(found)
	keys := make([]uint64, len(truth))
	for i := range keys {
		keys[i] = uint64(truth[i])<<32 | uint64(found[i])
	}
	slices.Sort(keys)
	for i := 0; i < len(keys); {
		k, from := keys[i], i
		for i < len(keys) && keys[i] == k {
			i++
		}
		t.cells = append(t.cells, cell{uint64(i - from), sizeT[uint32(k>>32)], sizeF[uint32(k)]})
	}
	slices.SortFunc(t.cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.both, b.both), cmp.Compare(min(a.truth, a.found), min(b.truth, b.found)),
			cmp.Compare(max(a.truth, a.found), max(b.truth, b.found)), cmp.Compare(a.truth, b.truth))
	})
	return t
}

// sizes returns the sizes of the groups, sorted, and by label.
func sizes(labels []uint32) ([]uint64, map[uint32]uint64) {
	of := map[uint32]uint64{}
	for _, l := range labels {
		of[l]++
	}
	list := make([]uint64, 0, len(of))
	for _, n := range of {
		list = append(list, n)
	}
	slices.Sort(list)
	return list, of
}

// same reports whether the two divisions are one.
func (t *crossTable) same() bool {
	return len(t.cells) == len(t.truth) && len(t.cells) == len(t.found)
}

// groups counts the groups of these sizes, which are sorted.
func (t *crossTable) groups(list []uint64) Groups {
	var g Groups
	for _, n := range list {
		if n > 1 {
			g.Shared++
		} else {
			g.Alone++
		}
		g.Largest = int(n)
		g.Entropy += float64(n) / t.n * math.Log(t.n/float64(n))
	}
	return g
}

// choose2 returns the number of pairs of n things, for n up to 2^32.
func choose2(n uint64) uint64 {
	if n%2 == 0 {
		return n / 2 * (n - min(n, 1))
	}
	return n * ((n - 1) / 2)
}

func (t *crossTable) pairs() Pairs {
	p := Pairs{All: choose2(uint64(t.n))}
	for _, n := range t.truth {
		p.Truth += choose2(n)
	}
	for _, n := range t.found {
		p.Found += choose2(n)
	}
	for _, c := range t.cells {
		p.Both += choose2(c.both)
	}
	return p
}

// bCubed returns means over the things; those of a cell have the same precision and the same recall.
func (t *crossTable) bCubed() Rates {
	if t.n == 0 || t.same() {
		return Rates{1, 1, 1}
	}
	var r Rates
	for _, c := range t.cells {
		both := float64(c.both)
		r.Precision += both * both / float64(c.found)
		r.Recall += both * both / float64(c.truth)
	}
	r.Precision = math.Min(1, r.Precision/t.n)
	r.Recall = math.Min(1, r.Recall/t.n)
	r.F1 = 2 * r.Precision * r.Recall / (r.Precision + r.Recall) // both are above 0: everything shares a group with itself
	return r
}

// information returns the mutual information in nats.
func (t *crossTable) information() float64 {
	if len(t.truth) < 2 || len(t.found) < 2 {
		return 0
	}
	sum := 0.
	for _, c := range t.cells {
		both := float64(c.both)
		sum += both / t.n * math.Log(both*t.n/(float64(c.truth)*float64(c.found)))
	}
	return math.Max(0, sum)
}
