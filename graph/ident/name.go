package ident

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titles are forms of address that are not part of a name. Suffixes (jr, iii) are: they tell a son from his father.
var titles = set("mr", "mrs", "ms", "miss", "mx", "dr", "prof")

// suffixes stand after the family name.
var suffixes = set("jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "cpa", "mba")

// parseName reads the name of a person: "LAST, First" is put in order, case, accents of Latin letters, points and apostrophes do not matter.
// Names are shown and can contradict; a name alone never links.
func parseName(_ Parser, s, _ string) (ID, error) {
	if len(s) > 400 {
		return fail(Name, "longer than any name")
	}
	var words []string
	if last, first, ok := strings.Cut(s, ","); ok {
		words = nameOrder(nameWords(last), nameWords(first))
	} else {
		words = nameWords(s)
	}
	for len(words) > 2 && titles[words[0]] {
		words = words[1:]
	}
	if len(words) == 0 {
		return fail(Name, "has no letter")
	}
	return makeID(Name, nameMark(words), strings.Join(words, " "))
}

// nameOrder joins what stands before and after the comma: "smith" and "john" is john smith, "john smith" and "jr" is john smith jr,
// "smith" and "john jr" is john smith jr.
func nameOrder(last, first []string) []string {
	end := len(first)
	for end > 0 && suffixes[first[end-1]] {
		end--
	}
	words := make([]string, 0, len(last)+len(first))
	words = append(words, first[:end]...)
	words = append(words, last...)
	return append(words, first[end:]...)
}

// nobodyNames are what forms and systems put where a name belongs.
var nobodyNames = set("john doe", "jane doe", "test user", "test account", "first last", "firstname lastname", "first name last name", "no name", "name", "full name", "system",
	"administrator", "admin", "guest", "user", "anonymous", "deleted user", "unknown unknown", "test test", "your name")

func nameMark(words []string) Mark {
	if nobodyNames[strings.Join(words, " ")] {
		return Placeholder
	}
	return Ordinary
}

// nameWords splits a name into folded words: letters, marks and digits, with hyphens inside. Apostrophes vanish (o'brien is obrien).
func nameWords(s string) []string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range foldLatin(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
			b.WriteRune(r)
		case r == '-', r == '‐', r == '‑':
			b.WriteByte('-')
		case r == '\'', r == '’', r == 'ʼ', r == '`', r == '´':
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(foldLatin(b.String()))
	kept := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, "-"); w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// FullName reports whether a Name identifier has at least two words of at least two letters, suffixes aside, or one word of at
// least two letters of a script that writes names without spaces (Chinese characters, Hangul, kana). It is false for placeholders and other kinds.
func (id ID) FullName() bool {
	if id.kind != Name || id.mark != Ordinary {
		return false
	}
	long := 0
	for _, w := range strings.Fields(id.key) {
		if n := utf8.RuneCountInString(w); n < 2 || suffixes[w] {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
			return true
		}
		long++
	}
	return long >= 2
}

// Family returns the last word of a Name identifier, suffixes aside, for counting common surnames; "" for other kinds and for names of one word.
func (id ID) Family() string {
	if id.kind != Name {
		return ""
	}
	words := strings.Fields(id.key)
	for len(words) > 2 && suffixes[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	if len(words) < 2 {
		return ""
	}
	return words[len(words)-1]
}

// SameName reports whether two Name identifiers can be the same name: the same words in any order, hyphens read as spaces, single
// letters (middle initials) aside, with at most one slip of the keyboard (one letter more, less, other, or two swapped) in one word of five letters or more.
// It is false unless both are names.
func SameName(a, b ID) bool {
	if a.kind != Name || b.kind != Name {
		return false
	}
	if a.key == b.key {
		return true
	}
	var lefts, rights [maxNameParts]string // names have few words, so that comparing two takes no memory
	left, right := nameParts(a.key, lefts[:0]), nameParts(b.key, rights[:0])
	if len(left) != len(right) {
		return false
	}
	odd, found := "", false // the word of a that b does not have to the letter
	for _, w := range left {
		if i := slices.Index(right, w); i >= 0 {
			right = slices.Delete(right, i, i+1)
			continue
		}
		if found {
			return false
		}
		odd, found = w, true
	}
	return !found || slip(odd, right[0])
}

// Letters returns the letters that a Name identifier is written with, as a set of bits; 0 for other kinds. Those of two names that
// [SameName] takes for one differ by two bits at most, since a slip of the keyboard takes one letter away and brings another.
func (id ID) Letters() uint32 {
	if id.kind != Name {
		return 0
	}
	var parts [maxNameParts]string
	set := uint32(0)
	for _, w := range nameParts(id.key, parts[:0]) {
		for _, r := range w {
			if r >= 'a' && r <= 'z' {
				set |= 1 << (r - 'a')
			} else {
				set |= 1 << (26 + r%6)
			}
		}
	}
	return set
}

// maxNameParts is how many words of a name are compared without asking for memory; longer names are compared all the same.
const maxNameParts = 8

// nameParts appends the words of a name that are compared to parts.
func nameParts(key string, parts []string) []string {
	long := 0
	for lo := 0; lo < len(key); {
		hi := lo
		for hi < len(key) && key[hi] != ' ' && key[hi] != '-' {
			hi++
		}
		if lo < hi {
			parts = append(parts, key[lo:hi])
			if severalRunes(key[lo:hi]) {
				long++
			}
		}
		lo = hi + 1
	}
	if long < 2 {
		return parts
	}
	return slices.DeleteFunc(parts, func(w string) bool { return !severalRunes(w) })
}

// severalRunes reports whether a word has two letters or more.
func severalRunes(w string) bool {
	return len(w) > 1 && (w[0] < utf8.RuneSelf || utf8.RuneCountInString(w) > 1)
}

// slip reports whether two words, the longer of at least five letters, are at most one edit apart:
// one letter added, left out or replaced, or two neighbours swapped (Damerau 1964).
func slip(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	if len(x) < 5 || len(x)-len(y) > 1 {
		return false
	}
	i := 0
	for i < len(y) && x[i] == y[i] {
		i++
	}
	j := 0
	for j < len(y)-i && x[len(x)-1-j] == y[len(y)-1-j] {
		j++
	}
	if len(x) > len(y) {
		return i+j >= len(y)
	}
	rest := len(y) - i - j
	return rest <= 1 || rest == 2 && x[i] == y[i+1] && x[i+1] == y[i]
}
