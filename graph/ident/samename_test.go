package ident

import (
	"math/bits"
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

// Names that can be the same are written with the same letters but for two.
func TestLetters(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("abcdefghijklmnopqrstuvwxyzé李")), 1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 2, 4).Draw(t, "words")
		other := slices.Clone(words)
		i := rapid.IntRange(0, len(words)-1).Draw(t, "word with the slip")
		runes := []rune(other[i])
		at := rapid.IntRange(0, len(runes)-1).Draw(t, "letter")
		switch rapid.IntRange(0, 3).Draw(t, "slip") {
		case 0:
			runes[at] = 'q'
		case 1:
			runes = slices.Delete(runes, at, at+1)
		case 2:
			runes = slices.Insert(runes, at, 'q')
		}
		other[i] = string(runes)
		slices.Reverse(other)
		a, b := ID{kind: Name, key: strings.Join(words, " ")}, ID{kind: Name, key: strings.Join(other, "-")}
		if n := bits.OnesCount32(a.Letters() ^ b.Letters()); SameName(a, b) && n > 2 {
			t.Fatalf("%q and %q can be the same, and differ by %d letters", a.key, b.key, n)
		}
	})
	if (ID{kind: Handle, key: "abc"}).Letters() != 0 {
		t.Error("a handle has the letters of a name")
	}
}
