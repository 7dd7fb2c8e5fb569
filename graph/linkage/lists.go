package linkage

import "slices"

// lists holds a sorted list of distinct numbers for each of 0..n-1, in two flat arrays.
type lists struct {
	offsets []uint32 // n+1
	items   []uint32
}

// pair says that list key holds item.
type pair struct{ key, item uint32 }

// newLists builds n lists; repeats count once. It may sort pairs in place.
func newLists(n int, pairs []pair) lists {
	pairs = bucket(pairs, n, func(p *pair) uint32 { return p.key })
	sortRuns(pairs, func(a, b *pair) bool { return a.key == b.key }, comparePairs)
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

// contains reports whether a sorted list has a number.
func contains(list []uint32, x uint32) bool {
	_, ok := slices.BinarySearch(list, x)
	return ok
}
