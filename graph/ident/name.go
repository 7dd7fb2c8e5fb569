package ident

import (
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
	key := strings.Join(words, " ")
	return makeID(Name, nameMark(key), key)
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

func nameMark(key string) Mark {
	if nobodyNames[key] {
		return Placeholder
	}
	return Ordinary
}

// nameWords splits a name into folded words: letters, marks and digits, with hyphens inside. Apostrophes vanish (o'brien is obrien).
func nameWords(s string) []string {
	words := strings.Fields(nameText(s))
	kept := words[:0]
	for _, w := range words {
		if w = strings.Trim(w, "-"); w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// nameText returns a name in folded words separated by spaces.
func nameText(s string) string {
	if ascii(s) {
		return asciiName(s)
	}
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
	return foldLatin(b.String())
}

// asciiName is nameText for ASCII, which nearly all names are.
func asciiName(s string) string {
	var buf [64]byte
	b := buf[:0]
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c-'A'+'a')
		case isAlnum(c), c == '-':
			b = append(b, c)
		case c == '\'', c == '`':
		default:
			b = append(b, ' ')
		}
	}
	return string(b)
}

// FullName reports whether a Name identifier has at least two words of at least two letters, suffixes aside, or one word of at
// least two letters of a script that writes names without spaces (Chinese characters, Hangul, kana). It is false for placeholders and other kinds.
func (id ID) FullName() bool { return id.nameLength() >= 2 }

// OneWordName reports whether a Name identifier has one word of two letters or more beside initials and suffixes, and is no full name. Many people
// have one name only; others are called by their first name or a nickname somewhere.
func (id ID) OneWordName() bool { return id.nameLength() == 1 }

// nameLength counts the words of at least two letters of a Name identifier, suffixes aside; one of a script without spaces is two. It is 0 for
// placeholders and other kinds.
func (id ID) nameLength() int {
	if id.kind != Name || id.mark != Ordinary {
		return 0
	}
	long := 0
	for w := range strings.FieldsSeq(id.key) {
		if n := utf8.RuneCountInString(w); n < 2 || suffixes[w] {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
			return 2
		}
		long++
	}
	return long
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
