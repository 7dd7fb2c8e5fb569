package cluster

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
)

func TestShorten(t *testing.T) {
	a, b, c := [32]byte{1, 2, 3, 4, 5}, [32]byte{1, 2, 3, 4, 6}, [32]byte{9}
	got := shorten("c", [][32]byte{a, b, c})
	if diff := cmp.Diff([]string{"c010203040500", "c010203040600", "c09000000"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, s := range shorten("c", [][32]byte{a, a}) { // never equal in earnest; it must end all the same
		if len(s) != 65 {
			t.Errorf("%q", s)
		}
	}
}

// Keys are length-prefixed: no two lists of accounts run into one.
func TestDigest(t *testing.T) {
	id := func(p, n string) graph.AccountID { return graph.AccountID{Platform: p, Native: n} }
	seen := map[[32]byte]bool{}
	for _, as := range [][]graph.AccountID{
		nil, {id("ab", "c")}, {id("a", "bc")}, {id("a", "b"), id("c", "d")}, {id("a", "bcd")}, {id("", "abcd")}, {id("a", "b")}, {id("c", "d"), id("a", "b")},
	} {
		d := accountsDigest(as)
		if seen[d] {
			t.Errorf("%d accounts have the digest of others", len(as))
		}
		seen[d] = true
	}
}
