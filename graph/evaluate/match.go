package evaluate

import "slices"

// Alone is the label of a thing that is in a group of its own. Any number of things may have it.
const Alone = ""

// Common is what two sources say of the things that both name.
type Common struct {
	Truth, Found []uint32 // labels for [Compare], in the order of the things' names
	OnlyTruth    int      // things that only the truth names
	OnlyFound    int      // things that only the other names
}

// Match lines up the labels that two sources give to things. Of each thing that only one of them names it counts that
// there is one: whether it should be left out is for the caller to say. A nil map names nothing.
func Match[K comparable](truth, found map[K]string, order func(a, b K) int) Common {
	var c Common
	var both []K
	for k := range truth {
		if _, ok := found[k]; ok {
			both = append(both, k)
		}
	}
	slices.SortFunc(both, order)
	c.OnlyTruth, c.OnlyFound = len(truth)-len(both), len(found)-len(both)
	c.Truth, c.Found = number(both, truth), number(both, found)
	return c
}

// number gives each label a number, and each thing that is alone one of its own.
func number[K comparable](keys []K, labels map[K]string) []uint32 {
	numbers, next := map[string]uint32{}, uint32(0)
	out := make([]uint32, len(keys))
	for i, k := range keys {
		l := labels[k]
		n, ok := numbers[l]
		if l == Alone || !ok {
			n = next
			next++
			if l != Alone {
				numbers[l] = n
			}
		}
		out[i] = n
	}
	return out
}
