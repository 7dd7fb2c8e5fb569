package evaluate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/evaluate"
)

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		name         string
		truth, found map[string]string
		want         evaluate.Common
	}{
		{"nothing", nil, nil, evaluate.Common{Truth: []uint32{}, Found: []uint32{}}},
		{"one side only", map[string]string{"a": "x"}, map[string]string{"b": "x", "c": ""}, evaluate.Common{Truth: []uint32{}, Found: []uint32{}, OnlyTruth: 1, OnlyFound: 2}},
		{
			"by name, the empty label never shared",
			map[string]string{"d": "", "c": "", "b": "x", "a": "x", "t": "x"},
			map[string]string{"d": "y", "c": "y", "b": "", "a": "y", "f": "y"},
			evaluate.Common{Truth: []uint32{0, 0, 1, 2}, Found: []uint32{0, 1, 0, 0}, OnlyTruth: 1, OnlyFound: 1},
		},
	} {
		if diff := cmp.Diff(test.want, evaluate.Match(test.truth, test.found, strings.Compare)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Accounts with the same name on two platforms are two.
func TestMatchAccounts(t *testing.T) {
	truth := map[graph.AccountID]string{{Platform: "okta:a", Native: "eve"}: "1", {Platform: "okta:b", Native: "eve"}: "2"}
	got := evaluate.Match(truth, truth, graph.AccountID.Compare)
	if diff := cmp.Diff(evaluate.Common{Truth: []uint32{0, 1}, Found: []uint32{0, 1}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Everybody is counted once, labels are kept apart and together as they were, and the same input gives the same output.
func TestMatchCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name, label := rapid.StringMatching(`[a-e][a-e]?`), rapid.SampledFrom([]string{"", "x", "y", "z"})
		truth, found := rapid.MapOf(name, label).Draw(t, "truth"), rapid.MapOf(name, label).Draw(t, "found")
		c := evaluate.Match(truth, found, strings.Compare)
		if len(c.Truth) != len(c.Found) || len(c.Truth)+c.OnlyTruth != len(truth) || len(c.Found)+c.OnlyFound != len(found) {
			t.Fatalf("%d and %d labels, %d and %d left out, of %d and %d", len(c.Truth), len(c.Found), c.OnlyTruth, c.OnlyFound, len(truth), len(found))
		}
		var both []string
		for _, k := range slices.Sorted(maps.Keys(truth)) {
			if _, ok := found[k]; ok {
				both = append(both, k)
			}
		}
		for i, a := range both {
			for j, b := range both[:i] {
				if want := truth[a] == truth[b] && truth[a] != evaluate.Alone; want != (c.Truth[i] == c.Truth[j]) {
					t.Fatalf("%q and %q: together %v, want %v", a, b, !want, want)
				}
			}
		}
		if diff := cmp.Diff(c, evaluate.Match(maps.Clone(truth), maps.Clone(found), strings.Compare)); diff != "" {
			t.Fatalf("once more, and something else:\n%s", diff)
		}
	})
}
