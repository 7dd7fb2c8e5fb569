package ident

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// wordsOf is what nameParts returns, the plain way.
func wordsOf(key string) []string {
	all := strings.FieldsFunc(key, func(r rune) bool { return r == ' ' || r == '-' })
	var long []string
	for _, w := range all {
		if utf8.RuneCountInString(w) > 1 {
			long = append(long, w)
		}
	}
	if len(long) < 2 {
		return all
	}
	return long
}

// Names of any number of words are cut as they should be, with and without room for them.
func TestNameParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringOf(rapid.SampledFrom([]rune("ab é李- "))).Draw(t, "key")
		for _, room := range []int{0, 2, maxNameParts} {
			if got, want := nameParts(key, make([]string, 0, room)), wordsOf(key); !slices.Equal(got, want) {
				t.Fatalf("%q with room for %d: %q, want %q", key, room, got, want)
			}
		}
	})
}

// Comparing two names takes no memory: it is done for millions of pairs.
func TestSameNameTakesNoMemory(t *testing.T) {
	a, b := mustParse(t, Name, "Maria Carla de la Cruz-Robertson"), mustParse(t, Name, "Robertsen, Maria Carla de la Cruz")
	if !SameName(a, b) {
		t.Fatal("the names are the same but for a slip")
	}
	if n := testing.AllocsPerRun(100, func() { SameName(a, b) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
