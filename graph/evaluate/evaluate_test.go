package evaluate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samehand/graph/evaluate"
)

// spread labels the things of each group: sizes 2, 1 give 0 0 1.
func spread(sizes ...int) []uint32 {
	var out []uint32
	for g, n := range sizes {
		out = append(out, slices.Repeat([]uint32{uint32(g)}, n)...)
	}
	return out
}

func compare(t interface {
	Helper()
	Fatal(...any)
}, truth, found []uint32) evaluate.Scores {
	t.Helper()
	s, err := evaluate.Compare(truth, found)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var close9 = cmpopts.EquateApprox(0, 1e-9)

// Three and two that belong together, found as two and three. In both: 2 of the three, 1 of them with the two, which hold.
func TestCompareByHand(t *testing.T) {
	got := compare(t, []uint32{7, 7, 7, 9, 9}, []uint32{1, 1, 2, 2, 2})
	ln := math.Log
	entropy := .6*ln(5./3) + .4*ln(5./2)
	information := .4*ln(2*5./(3*2)) + .2*ln(1*5./(3*3)) + .4*ln(2*5./(2*3))
	want := evaluate.Scores{
		Items:     5,
		Truth:     evaluate.Groups{Shared: 2, Largest: 3, Entropy: entropy},
		Found:     evaluate.Groups{Shared: 2, Largest: 3, Entropy: entropy},
		Recovered: 2,
		Pairs:     evaluate.Pairs{Truth: 4, Found: 4, Both: 2, All: 10},
		Pairwise:  evaluate.Rates{Precision: .5, Recall: .5, F1: .5},
		BCubed:    evaluate.Rates{Precision: 11. / 15, Recall: 11. / 15, F1: 11. / 15}, // (1 + 1 + 1/3 + 2/3 + 2/3) / 5
		ARI:       1. / 6,                                                              // (2 - 4·4/10) / (4 - 4·4/10)
		NMI:       information / entropy, Homogeneity: information / entropy, Completeness: information / entropy, Information: information,
	}
	if diff := cmp.Diff(want, got, close9); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What others have published.
func TestComparePublished(t *testing.T) {
	type scores struct{ ari, nmi, homogeneity, completeness float64 }
	for _, test := range []struct {
		name         string
		truth, found []uint32
		want         scores
	}{ // the examples in the documentation of scikit-learn's adjusted_rand_score, v_measure_score and homogeneity_score
		{"a group torn", []uint32{0, 0, 1, 1}, []uint32{0, 0, 1, 2}, scores{.571428571, .8, 1, .666666667}},
		{"a group mixed", []uint32{0, 0, 1, 2}, []uint32{0, 0, 1, 1}, scores{.571428571, .8, .666666667, 1}},
		{"one torn to pieces", []uint32{0, 0, 0, 0}, []uint32{0, 1, 2, 3}, scores{0, 0, 1, 0}},
		{"worse than chance", []uint32{0, 0, 1, 1}, []uint32{0, 1, 0, 1}, scores{-.5, 0, 0, 0}},
		{"all torn to pieces", []uint32{0, 0, 1, 1}, []uint32{0, 1, 2, 3}, scores{0, .666666667, 1, .5}},
		{"the same", []uint32{0, 0, 1, 1}, []uint32{1, 1, 0, 0}, scores{1, 1, 1, 1}},
		{"three found for two", []uint32{0, 0, 0, 1, 1, 1}, []uint32{0, 0, 1, 1, 2, 2}, scores{.242424242, .515803742, .666666667, .420619835}},
	} {
		got := compare(t, test.truth, test.found)
		have := scores{got.ARI, got.NMI, got.Homogeneity, got.Completeness}
		if diff := cmp.Diff(test.want, have, cmp.AllowUnexported(scores{}), cmpopts.EquateApprox(0, 1e-8)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Manning, Raghavan and Schütze 2008, Introduction to Information Retrieval, figure 16.4: three clusters of 17 points of three classes.
func TestCompareInformationRetrieval(t *testing.T) {
	truth := append(append(spread(5, 1), 0, 1, 1, 1, 1, 2), 0, 0, 2, 2, 2)
	got := compare(t, truth, spread(6, 6, 5))
	want := evaluate.Pairs{Truth: 44, Found: 40, Both: 20, All: 136}
	if diff := cmp.Diff(want, got.Pairs); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	for name, pair := range map[string][2]float64{
		"precision": {got.Pairwise.Precision, .5}, "recall": {got.Pairwise.Recall, .455}, "F1": {got.Pairwise.F1, .48}, "NMI": {got.NMI, .36},
	} {
		if math.Abs(pair[0]-pair[1]) > 5e-3 {
			t.Errorf("%s is %.4f, published is %.3f", name, pair[0], pair[1])
		}
	}
}

// Bagga and Baldwin 1998, figures 1 to 3: chains of 5, 2 and 5; one response joins the last two, another the first and the last.
func TestCompareBaggaBaldwin(t *testing.T) {
	truth := spread(5, 2, 5)
	for _, test := range []struct {
		found     []uint32
		precision float64
	}{
		{spread(5, 7), 16. / 21},
		{append(spread(5), 1, 1, 0, 0, 0, 0, 0), 7. / 12},
	} {
		got := compare(t, truth, test.found).BCubed
		if math.Abs(got.Precision-test.precision) > 1e-12 || got.Recall != 1 {
			t.Errorf("%+v, published is a precision of %v and a recall of 1", got, test.precision)
		}
	}
}

func TestCompareEdges(t *testing.T) {
	one, zero := evaluate.Rates{Precision: 1, Recall: 1, F1: 1}, 0.
	for _, test := range []struct {
		name         string
		truth, found []uint32
		pairwise     evaluate.Rates
		bCubed       evaluate.Rates
		ari, nmi     float64
		recovered    int
		joined       int
	}{
		{"nothing", nil, nil, one, one, 1, 1, 0, 0},
		{"one thing", spread(1), spread(1), one, one, 1, 1, 0, 0},
		{"one group in both", spread(4), spread(4), one, one, 1, 1, 1, 0},
		{"all alone in both", spread(1, 1, 1, 1), spread(1, 1, 1, 1), one, one, 1, 1, 0, 0},
		{"all alone, found together", spread(1, 1, 1, 1), spread(4), evaluate.Rates{Recall: 1}, evaluate.Rates{Precision: .25, Recall: 1, F1: .4}, zero, 0, 0, 4},
		{"together, found alone", spread(4), spread(1, 1, 1, 1), evaluate.Rates{Precision: 1}, evaluate.Rates{Precision: 1, Recall: .25, F1: .4}, zero, 0, 0, 0},
		{"half is not more than half", spread(4), spread(2, 2), evaluate.Rates{Precision: 1, Recall: 1. / 3, F1: .5}, evaluate.Rates{Precision: 1, Recall: .5, F1: 2. / 3}, zero, 0, 0, 0},
	} {
		s := compare(t, test.truth, test.found)
		got := []any{s.Pairwise, s.BCubed, s.ARI, s.NMI, s.Recovered, s.Joined}
		want := []any{test.pairwise, test.bCubed, test.ari, test.nmi, test.recovered, test.joined}
		if diff := cmp.Diff(want, got, close9); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCompareLengths(t *testing.T) {
	if _, err := evaluate.Compare(spread(2), spread(3)); err == nil || !strings.Contains(err.Error(), "2 things") {
		t.Errorf("lists of two lengths were compared: %v", err)
	}
}

// A million in one group, and a million alone: nothing overflows, and what can be said exactly is exact.
func TestCompareMillion(t *testing.T) {
	const n = 1_000_000
	together, alone := make([]uint32, n), make([]uint32, n)
	for i := range alone {
		alone[i] = uint32(i)
	}
	s := compare(t, together, alone)
	if want := (evaluate.Pairs{Truth: n * (n - 1) / 2, All: n * (n - 1) / 2}); s.Pairs != want || s.ARI != 0 || s.NMI != 0 {
		t.Errorf("%+v", s)
	}
	if math.Abs(s.BCubed.Recall-1e-6) > 1e-15 || math.Abs(s.Found.Entropy-math.Log(n)) > 1e-9 {
		t.Errorf("B-cubed recall %v, entropy %v", s.BCubed.Recall, s.Found.Entropy)
	}
	if s = compare(t, together, together); s.ARI != 1 || s.NMI != 1 || s.Pairwise.F1 != 1 {
		t.Errorf("the same: %+v", s)
	}
}

// labelled draws labels of n things in up to k groups.
func labelled(t *rapid.T, n int, name string) []uint32 {
	k := rapid.IntRange(0, 8).Draw(t, name+" groups")
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(rapid.IntRange(0, k).Draw(t, name))
	}
	return out
}

// bruteForce takes the scores over pairs and things from their definitions.
func bruteForce(truth, found []uint32) (p evaluate.Pairs, bCubed evaluate.Rates) {
	n := len(truth)
	for i := range n {
		var both, inTruth, inFound float64
		for j := range n {
			t, f := truth[i] == truth[j], found[i] == found[j]
			one := func(b bool) float64 { return map[bool]float64{true: 1}[b] }
			both, inTruth, inFound = both+one(t && f), inTruth+one(t), inFound+one(f)
			if i < j {
				p.All++
				p.Truth += uint64(one(t))
				p.Found += uint64(one(f))
				p.Both += uint64(one(t && f))
			}
		}
		bCubed.Precision += both / inFound / float64(n)
		bCubed.Recall += both / inTruth / float64(n)
	}
	bCubed.F1 = 2 * bCubed.Precision * bCubed.Recall / (bCubed.Precision + bCubed.Recall)
	return p, bCubed
}

func TestCompareBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		truth, found := labelled(t, n, "truth"), labelled(t, n, "found")
		s := compare(t, truth, found)
		pairs, bCubed := bruteForce(truth, found)
		if diff := cmp.Diff(pairs, s.Pairs); diff != "" {
			t.Fatalf("pairs (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(bCubed, s.BCubed, close9); diff != "" {
			t.Fatalf("B-cubed (-want +got):\n%s", diff)
		}
		// Hubert and Arabie's own form of the index, where it is defined
		expected := float64(pairs.Truth) * float64(pairs.Found) / max(1, float64(pairs.All))
		if most := float64(pairs.Truth+pairs.Found) / 2; most != expected {
			if want := (float64(pairs.Both) - expected) / (most - expected); math.Abs(want-s.ARI) > 1e-9 {
				t.Fatalf("ARI %v, want %v", s.ARI, want)
			}
		}
	})
}

// Names of groups and the order of things change nothing, to the last bit. The other way round, precision is recall.
func TestCompareInvariant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		truth, found := labelled(t, n, "truth"), labelled(t, n, "found")
		s := compare(t, truth, found)

		order := rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range n {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "order")
		truth2, found2 := make([]uint32, n), make([]uint32, n)
		for to, from := range order {
			truth2[to], found2[to] = 1000-truth[from], found[from]*0x9e3779b1+12345 // odd: a permutation of the numbers
		}
		if diff := cmp.Diff(s, compare(t, truth2, found2)); diff != "" {
			t.Fatalf("other labels, other order:\n%s", diff)
		}

		swapped := compare(t, found, truth)
		if s.ARI != swapped.ARI || s.NMI != swapped.NMI || s.Information != swapped.Information || s.Homogeneity != swapped.Completeness {
			t.Fatalf("not the same both ways round: %+v and %+v", s, swapped)
		}
		turn := func(r evaluate.Rates) evaluate.Rates {
			return evaluate.Rates{Precision: r.Recall, Recall: r.Precision, F1: r.F1}
		}
		if diff := cmp.Diff([]evaluate.Rates{s.Pairwise, s.BCubed}, []evaluate.Rates{turn(swapped.Pairwise), turn(swapped.BCubed)}, close9); diff != "" {
			t.Fatalf("precision is not recall the other way round:\n%s", diff)
		}
	})
}

// What scores promise of their range.
func TestCompareRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		truth, found := labelled(t, n, "truth"), labelled(t, n, "found")
		s := compare(t, truth, found)
		for i, x := range []float64{s.NMI, s.Homogeneity, s.Completeness, s.Pairwise.Precision, s.Pairwise.Recall, s.Pairwise.F1, s.BCubed.Precision, s.BCubed.Recall, s.BCubed.F1} {
			if !(x >= 0 && x <= 1) {
				t.Fatalf("score %d is %v", i, x)
			}
		}
		if !(s.ARI >= -1 && s.ARI <= 1) || s.Recovered > min(s.Truth.Shared, s.Found.Shared) || s.Joined > s.Truth.Alone {
			t.Fatalf("%+v", s)
		}
		same := s.Pairs.Both == s.Pairs.Truth && s.Pairs.Both == s.Pairs.Found
		if same != (s.ARI == 1) || same != (s.BCubed.F1 == 1) {
			t.Fatalf("same is %v, ARI %v, B-cubed %v", same, s.ARI, s.BCubed)
		}
		if v := 2 * s.Homogeneity * s.Completeness; s.NMI > 0 && math.Abs(v/(s.Homogeneity+s.Completeness)-s.NMI) > 1e-9 {
			t.Fatalf("NMI %v is not the harmonic mean of %v and %v", s.NMI, s.Homogeneity, s.Completeness)
		}
	})
}

func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r, truth, found := rand.New(rand.NewPCG(1, 2)), make([]uint32, n), make([]uint32, n)
			for i := range truth {
				truth[i], found[i] = uint32(r.IntN(n/20)), uint32(r.IntN(n/20))
			}
			for b.Loop() {
				if _, err := evaluate.Compare(truth, found); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
