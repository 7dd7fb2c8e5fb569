package graphtest

import (
	"strconv"
	"strings"
)

// Known is a graph of the literature, with what is known of it. Nodes are numbers only: who they stand for is of no use
// here. All weights are 1.
type Known struct {
	Name       string
	Graph      EdgeList // Group is the split that the paper reports, nil when it reports none
	Triangles  int      // how many three nodes are tied to each other: a check that no edge was lost in copying
	Modularity float64  // the best partition's, resolution 1, to four places (Brandes et al. 2008, doi:10.1109/TKDE.2007.190689)
}

// Classics lists the four graphs on which community detection is shown most often.
func Classics() []Known { return []Known{Karate(), Dolphins(), PolBooks(), Football()} }

// Karate is who met whom outside a karate club of 34, before it split in two (the Group): W. W. Zachary, "An
// information flow model for conflict and fission in small groups", Journal of Anthropological Research 33, 452-473
// (1977), doi:10.1086/jar.33.4.3629752. 78 edges. Its best modularity has 4 groups.
func Karate() Known {
	g := fromRows(34, karateRows)
	for _, side := range karateSplit {
		g.Group = append(g.Group, uint32(side-'0'))
	}
	return Known{Name: "karate", Graph: g, Triangles: 45, Modularity: .4198}
}

// Dolphins is which of 62 bottlenose dolphins of Doubtful Sound were often seen together: D. Lusseau et al., "The
// bottlenose dolphin community of Doubtful Sound features a large proportion of long-lasting associations", Behavioral
// Ecology and Sociobiology 54, 396-405 (2003), doi:10.1007/s00265-003-0651-y. 159 edges.
func Dolphins() Known {
	return Known{Name: "dolphins", Graph: fromRows(62, dolphinRows), Triangles: 95, Modularity: .5285}
}

// PolBooks is which of 105 books on politics were bought together, as a shop's pages said: V. Krebs, compiled 2004,
// unpublished, distributed by M. E. J. Newman ("Modularity and community structure in networks", PNAS 103, 8577-8582
// (2006), doi:10.1073/pnas.0601602103). 441 edges.
func PolBooks() Known {
	return Known{Name: "polbooks", Graph: fromRows(105, polBookRows), Triangles: 560, Modularity: .5272}
}

// Football is which of 115 college teams met in the season of 2000: M. Girvan and M. E. J. Newman, "Community structure
// in social and biological networks", PNAS 99, 7821-7826 (2002), doi:10.1073/pnas.122653799. 613 edges: those that some
// copies list twice are counted once.
func Football() Known {
	return Known{Name: "football", Graph: fromRows(115, footballRows), Triangles: 810, Modularity: .6046}
}

// fromRows makes a graph of lines that each give a node and its neighbours of higher number. What is no number is left
// out; the tests hold the tables to their counts.
func fromRows(n int, rows string) EdgeList {
	l := EdgeList{Nodes: n}
	for row := range strings.Lines(rows) {
		var ends []uint32
		for _, f := range strings.Fields(row) {
			if v, err := strconv.ParseUint(f, 10, 32); err == nil {
				ends = append(ends, uint32(v))
			}
		}
		for i := 1; i < len(ends); i++ {
			l.Edges = append(l.Edges, Edge{ends[0], ends[i], 1})
		}
	}
	return l
}
