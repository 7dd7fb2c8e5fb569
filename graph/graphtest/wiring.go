package graphtest

import "math/rand/v2"

// wiringTries is how often a stub that met itself or a neighbour is offered another partner. In the densest communities
// (20 nodes with 13 ties each) a tenth of the offers can be taken.
const wiringTries = 60

// wiring joins the stubs of one small group of nodes after the other, with a table of who is tied to whom that is kept
// between groups.
type wiring struct {
	tied  []bool // of local numbers a*size+b
	stubs []uint32
}

func newWiring(maxSize int) *wiring { return &wiring{tied: make([]bool, maxSize*maxSize)} }

// within joins the nodes of one group at random, each to as many others as degree says, without loops and parallel
// edges (the configuration model, with swaps). A stub that finds no partner is left out.
func (w *wiring) within(rnd *rand.Rand, nodes []uint32, degree []int) []Edge {
	size := uint32(len(nodes))
	if need := int(size) * int(size); need > len(w.tied) {
		w.tied = make([]bool, need)
	}
	w.stubs = w.stubs[:0]
	for i, v := range nodes {
		for range degree[v] {
			w.stubs = append(w.stubs, uint32(i))
		}
	}
	rnd.Shuffle(len(w.stubs), func(i, j int) { w.stubs[i], w.stubs[j] = w.stubs[j], w.stubs[i] })
	var pairs, bad [][2]uint32
	for i := 0; i+1 < len(w.stubs); i += 2 {
		a, b := w.stubs[i], w.stubs[i+1]
		if !w.tie(a, b, size) {
			bad = append(bad, [2]uint32{a, b})
			continue
		}
		pairs = append(pairs, [2]uint32{a, b})
	}
	for _, p := range bad {
		pairs = w.swap(rnd, pairs, p, size)
	}
	edges := make([]Edge, len(pairs))
	for i, p := range pairs {
		w.tied[p[0]*size+p[1]], w.tied[p[1]*size+p[0]] = false, false
		edges[i] = Edge{nodes[p[0]], nodes[p[1]], 1}
	}
	return edges
}

// tie joins two nodes, and reports false when they are one node or tied already.
func (w *wiring) tie(a, b, size uint32) bool {
	if a == b || w.tied[a*size+b] {
		return false
	}
	w.tied[a*size+b], w.tied[b*size+a] = true, true
	return true
}

// swap makes of the bad pair (a, b) and a good pair (c, d) the pairs (a, c) and (b, d), when there is such a good pair.
func (w *wiring) swap(rnd *rand.Rand, pairs [][2]uint32, bad [2]uint32, size uint32) [][2]uint32 {
	a, b := bad[0], bad[1]
	for range min(wiringTries, wiringTries*len(pairs)) {
		i := rnd.IntN(len(pairs))
		c, d := pairs[i][0], pairs[i][1]
		if rnd.IntN(2) == 0 {
			c, d = d, c
		}
		if a == c || b == d || w.tied[a*size+c] || w.tied[b*size+d] {
			continue
		}
		w.tied[c*size+d], w.tied[d*size+c] = false, false
		w.tie(a, c, size)
		w.tie(b, d, size)
		pairs[i] = [2]uint32{a, c}
		return append(pairs, [2]uint32{b, d})
	}
	return pairs
}

// between joins stubs of all nodes at random, never two of one group; parallel edges may occur (about a hundred in a
// million). A stub that finds no partner is left out.
func between(rnd *rand.Rand, group []uint32, degree []int) []Edge {
	var stubs []uint32
	for v, d := range degree {
		for range d {
			stubs = append(stubs, uint32(v))
		}
	}
	rnd.Shuffle(len(stubs), func(i, j int) { stubs[i], stubs[j] = stubs[j], stubs[i] })
	stubs = stubs[:len(stubs)&^1]
	edges := make([]Edge, 0, len(stubs)/2)
	for i := 0; i < len(stubs); i += 2 {
		for range wiringTries {
			a, b := stubs[i], stubs[i+1]
			if group[a] != group[b] {
				break
			}
			j := 2 * rnd.IntN(len(stubs)/2) // give our second end for that of another pair
			if c, d := stubs[j], stubs[j+1]; group[a] != group[d] && group[b] != group[c] {
				stubs[i+1], stubs[j+1] = d, b
			}
		}
	}
	for i := 0; i < len(stubs); i += 2 {
		if a, b := stubs[i], stubs[i+1]; group[a] != group[b] {
			edges = append(edges, Edge{a, b, 1})
		}
	}
	return edges
}
