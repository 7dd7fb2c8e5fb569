package linkage

import "testing"

// None and one are said as a person says them.
func TestAtBaseWords(t *testing.T) {
	for residents, want := range []string{
		"none of the 10 persons on it is at their base there", "only one of the 10 persons on it is at their base there",
		"only 2 of the 10 persons on it are at their base there",
	} {
		if got := atBase(residents, 10); got != want {
			t.Errorf("%d: %s", residents, got)
		}
	}
}
