package explain

import (
	"slices"

	"samehand/graph"
)

const (
	// tieFloor is the least number of points that holds two persons together when a cluster is taken apart: the
	// resolution at which the detection itself looks for groups (one point a pair).
	tieFloor = 1.0
	// takeApartMax bounds the values of a cluster that is taken apart, since the work grows with their square.
	takeApartMax = 1000
)

// takeApart says of each value into what groups of persons the cluster falls without it.
func (w *work) takeApart(values []Value) {
	if len(values) > takeApartMax {
		return
	}
	holders := make([][]int, len(values))
	for i, v := range values {
		holders[i] = w.holders(v)
	}
	for i := range values {
		values[i].Without = w.groups(values, holders, func(j int) bool { return j != i })
	}
}

// groups returns how many persons are in each group that the chosen values hold together, largest first.
func (w *work) groups(values []Value, holders [][]int, chosen func(int) bool) []int {
	parent := make([]int, len(w.names))
	for p := range parent {
		parent[p] = p
	}
	find := func(p int) int {
		for parent[p] != p {
			parent[p] = parent[parent[p]]
			p = parent[p]
		}
		return p
	}
	for i, hs := range holders {
		if !chosen(i) || values[i].Points < tieFloor {
			continue
		}
		for _, p := range hs {
			parent[find(p)] = find(hs[0])
		}
	}
	size := make([]int, len(parent))
	for p := range parent {
		size[find(p)]++
	}
	size = slices.DeleteFunc(size, func(n int) bool { return n == 0 })
	slices.SortFunc(size, func(a, b int) int { return b - a })
	return size
}

// withoutFamily returns the groups that are left when no value of the family counts.
func (w *work) withoutFamily(values []Value, f graph.Family) []int {
	holders := make([][]int, len(values))
	for i, v := range values {
		holders[i] = w.holders(v)
	}
	return w.groups(values, holders, func(j int) bool { return values[j].Family != f })
}

// groupWords writes the sizes of groups: "groups of 5, 3 and 1 persons", cut after six.
func groupWords(sizes []int) string {
	const most = 6
	if len(sizes) > 0 && sizes[0] == 1 {
		return Count(len(sizes), "single person")
	}
	var words []string
	for i, n := range sizes {
		if i == most {
			words = append(words, Count(len(sizes)-most, "smaller group"))
			break
		}
		if n == 1 { // sorted, so all that follow are single
			words = append(words, Count(len(sizes)-i, "single person"))
			break
		}
		words = append(words, "a group of "+Count(n, "person"))
	}
	return list(words)
}
