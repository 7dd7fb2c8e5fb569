// Package evaluate scores a division of things into groups against what is known: the truth.
//
// Both are lists of labels, one a thing: two things with the same label are in one group. What the labels are does not
// matter, nor the order of the things; the scores are the same to the last bit. [Match] makes the lists of what two
// sources say, and counts the things that only one of them names: they are in no score.
//
// No score is enough by itself. Pairs weigh large groups most, since a group of n has n(n-1)/2 of them; B-cubed weighs
// things alike; NMI rises with the number of groups, by chance alone (Vinh, Epps and Bailey 2010, JMLR 11, 2837-2854), for
// which ARI is corrected. Where most things are rightly alone, high NMI and B-cubed say little: look at the pairs.
//
// A [Truth] says more than labels do: who the people are, which accounts are a ring's members, and which innocents look like
// a ring. [ReadTruth] reads one, [Rings] scores clusters by it: rings recovered, innocents flagged and what they are, whether
// the facilitator was named first. There, two accounts of one innocent person may be together or not: neither is right or wrong.
//
// A score says how two divisions compare. It does not say that the truth is true, and nothing about anybody in it.
package evaluate

import (
	"fmt"
	"math"
)

// Scores compare a division that was found with the truth. All are for the things in both. "Precision" asks how much of
// what was found is true, "recall" how much of what is true was found.
type Scores struct {
	Items int // things in both

	Truth Groups // of the truth
	Found Groups // of what was found
	// Recovered counts the groups of two or more in the truth of which more than half are in one found group, which is
	// made of them by more than half.
	Recovered int
	// Joined counts the things that are alone in the truth and were put together with others: the false accusations, if
	// being in a group is one. Truth.Alone has how many there could be.
	Joined int

	Pairs    Pairs
	Pairwise Rates // over pairs of things in one group
	BCubed   Rates // mean over things of the share of their group that belongs there, themselves included (Bagga and Baldwin 1998, doi:10.3115/980845.980859; Amigo and others 2009, doi:10.1007/s10791-008-9066-8)

	// ARI is the Rand index corrected for chance (Hubert and Arabie 1985, doi:10.1007/BF01908075): 1 for the same
	// division, 0 for what chance gives on average, below 0 for less than that. It is the same both ways round.
	ARI float64
	// NMI is the mutual information divided by the arithmetic mean of the two entropies (Danon and others 2005,
	// doi:10.1088/1742-5468/2005/09/P09008), as scikit-learn does it since 0.22 and igraph does; it is also the V-measure of
	// Rosenberg and Hirschberg 2007. 0 to 1, the same both ways round. Others divide by the geometric mean (Strehl and
	// Ghosh 2002), the smaller, the larger or the joint entropy: Information and Groups.Entropy have what it takes.
	NMI          float64
	Homogeneity  float64 // Information by the entropy of the truth: 1 when no found group mixes groups of the truth, or the truth is one group
	Completeness float64 // Information by the entropy of what was found: 1 when no group of the truth is torn, or one group was found
	Information  float64 // mutual information, in nats
}

// Groups counts the groups of a division.
type Groups struct {
	Shared  int     // groups of two things or more
	Alone   int     // groups of one
	Largest int     // things in the largest
	Entropy float64 // of the sizes, in nats; 0 for one group and for none
}

// Pairs counts pairs of different things.
type Pairs struct {
	Truth uint64 // in one group of the truth
	Found uint64 // in one group that was found
	Both  uint64 // in both
	All   uint64 // that there are
}

// Rates are a precision, a recall and their harmonic mean. A precision of no pairs found is 1: nothing that was said is
// wrong; and a recall of no pairs to find is 1. Say so when Pairs.Found or Pairs.Truth is 0, for such a 1 is no merit.
type Rates struct{ Precision, Recall, F1 float64 }

// mostItems is how many things can be compared: pairs of more would not fit in 64 bits.
const mostItems = 1 << 32

// Compare scores what was found against the truth; both have a label for each thing, in the same order. Nothing to
// compare gives counts of 0, and 1 for all scores: nothing is wrong with it. Two divisions that are the same have 1 for all
// scores, also when all things are alone or all together. One group found for many in the truth (or all alone, found for one)
// has an NMI and an ARI of 0. It fails when the lists are not equally long. O(n log n).
func Compare(truth, found []uint32) (Scores, error) {
	if len(truth) != len(found) {
		return Scores{}, fmt.Errorf("the truth labels %d things, and what was found %d", len(truth), len(found))
	}
	if len(truth) > mostItems {
		return Scores{}, fmt.Errorf("%d things are more than the %d that can be compared", len(truth), int64(mostItems))
	}
	t := crossTabulate(truth, found)
	s := Scores{Items: len(truth), Truth: t.groups(t.truth), Found: t.groups(t.found), Pairs: t.pairs()}
	for _, c := range t.cells {
		if c.truth > 1 && 2*c.both > c.truth && 2*c.both > c.found {
			s.Recovered++
		}
		if c.truth == 1 && c.found > 1 {
			s.Joined++
		}
	}
	s.Pairwise = s.Pairs.rates()
	s.ARI = s.Pairs.adjustedRand()
	s.BCubed = t.bCubed()
	s.inform(t)
	return s, nil
}

// rates returns precision and recall over the pairs.
func (p Pairs) rates() Rates {
	r := Rates{1, 1, 1}
	if p.Found > 0 {
		r.Precision = float64(p.Both) / float64(p.Found)
	}
	if p.Truth > 0 {
		r.Recall = float64(p.Both) / float64(p.Truth)
	}
	if p.Found+p.Truth > 0 {
		r.F1 = 2 * float64(p.Both) / (float64(p.Found) + float64(p.Truth))
	}
	return r
}

// adjustedRand returns the Rand index corrected for chance, written so that nothing is subtracted from a number near it.
func (p Pairs) adjustedRand() float64 {
	missed, wrong := float64(p.Truth-p.Both), float64(p.Found-p.Both)
	if missed == 0 && wrong == 0 {
		return 1
	}
	both, neither := float64(p.Both), float64(p.All-p.Truth-(p.Found-p.Both))
	return 2 * (both*neither - missed*wrong) / ((both+missed)*(missed+neither) + (both+wrong)*(wrong+neither))
}

// inform sets the scores that rest on mutual information.
func (s *Scores) inform(t *crossTable) {
	s.NMI, s.Homogeneity, s.Completeness = 1, 1, 1
	s.Information = t.information()
	if t.same() { // to the last bit
		s.Information = s.Truth.Entropy
		return
	}
	if h := s.Truth.Entropy; h > 0 {
		s.Homogeneity = math.Min(1, s.Information/h)
	}
	if h := s.Found.Entropy; h > 0 {
		s.Completeness = math.Min(1, s.Information/h)
	}
	if h := s.Truth.Entropy + s.Found.Entropy; h > 0 {
		s.NMI = math.Min(1, 2*s.Information/h)
	}
}
