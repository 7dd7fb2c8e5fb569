package projection

import (
	"fmt"
	"math"

	"samehand/graph/linkage"
)

// Persons builds the graph of persons from the model's links. The weight of a pair is the best value of each family in
// full and a share of the others; a pair with soft evidence only keeps little. Pairs below floor points are left out.
// Weights are rounded to multiples of 1/1024, and are at least that, so that their sums are exact in any order.
func Persons(m *linkage.Model, floor float64) (*Graph, error) {
	var es []Edge
	for pair := range Pairs(m.Links) {
		if w := m.Weight(pair); w >= floor && w > 0 {
			es = append(es, Edge{pair[0].A, pair[0].B, max(1, math.Round(w*1024)) / 1024})
		}
	}
	g, err := New(m.Persons.Len(), es)
	if err != nil {
		return nil, fmt.Errorf("graph of persons: %w", err)
	}
	return g, nil
}

// Pairs yields the links of each pair of persons, from links sorted by pair.
func Pairs(links []linkage.Link) func(yield func([]linkage.Link) bool) {
	return func(yield func([]linkage.Link) bool) {
		for lo := 0; lo < len(links); {
			hi := lo + 1
			for hi < len(links) && links[hi].A == links[lo].A && links[hi].B == links[lo].B {
				hi++
			}
			if !yield(links[lo:hi]) {
				return
			}
			lo = hi
		}
	}
}
