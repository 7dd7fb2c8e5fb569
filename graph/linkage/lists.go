package linkage

import "slices"

// lists holds a sorted list of distinct numbers for each of 0..n-1, in two flat arrays.
type lists struct {
	offsets []uint32 // n+1
	items   []uint32
}

// pair says that list key holds item.
type pair struct{ key, item uint32 }

// newLists builds n lists; repeats count once. It sorts pairs in place.
func newLists(n int, pairs []pair) lists {
	slices.SortFunc(pairs, comparePairs)
	pairs = slices.Compact(pairs)
	l := lists{offsets: make([]uint32, n+1), items: make([]uint32, len(pairs))}
	for i, p := range pairs {
		l.offsets[p.key+1]++
		l.items[i] = p.item
	}
	for i := range n {
		l.offsets[i+1] += l.offsets[i]
	}
	return l
}

func comparePairs(a, b pair) int {
	if a.key != b.key {
		if a.key < b.key {
			return -1
		}
		return 1
	}
	if a.item != b.item {
		if a.item < b.item {
			return -1
		}
		return 1
	}
	return 0
}

// at returns list i.
func (l lists) at(i uint32) []uint32 { return l.items[l.offsets[i]:l.offsets[i+1]] }

// meet reports whether two sorted lists have a number in common.
func meet(a, b []uint32) bool {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// union is a disjoint-set forest (Tarjan 1975) whose sets are named by their smallest member.
type union []uint32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = uint32(i)
	}
	return u
}

// find returns the smallest member of i's set.
func (u union) find(i uint32) uint32 {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

// join makes one set of two and returns its name.
func (u union) join(i, j uint32) uint32 {
	i, j = u.find(i), u.find(j)
	if j < i {
		i, j = j, i
	}
	u[j] = i
	return i
}

// number numbers the sets by their smallest members and returns each member's number and how many there are.
func (u union) number() ([]uint32, int) {
	of, n := make([]uint32, len(u)), 0
	for i := range u {
		if r := u.find(uint32(i)); r == uint32(i) {
			of[i] = uint32(n)
			n++
		} else {
			of[i] = of[r] // r < i, numbered before
		}
	}
	return of, n
}
