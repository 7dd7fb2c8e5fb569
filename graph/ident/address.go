package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxWords bounds the words of an address that are looked at; no postal address has as many.
const maxWords = 64

// parseAddress reads a postal address: lower case, no punctuation, the abbreviations of the US Postal
// Service (Publication 28, appendices B and C), any word for a unit as "unit", ZIP+4 cut to the ZIP, "USA" at the end cut. The order of the words stays.
// Addresses outside the US come out as folded words with the same abbreviations. An address without a number of
// its own (a town, a country) is marked Shared: it says where, not which door.
func parseAddress(_ Parser, s, _ string) (ID, error) {
	var buf, tmp [maxWords]string
	words, ok := addressWords(s, buf[:0])
	if !ok {
		return fail(Address, "has more words than an address")
	}
	if len(words) == 0 {
		return fail(Address, "has no letter or digit")
	}
	words = cutCountry(markUnits(words, tmp[:0]))
	if len(words) == 0 {
		return fail(Address, "has no letter or digit")
	}
	words = usTail(words)
	key := strings.Join(words, " ")
	if len(key) <= longestNowhere && nowhere[key] {
		return makeID(Address, Placeholder, key)
	}
	if _, _, ok := door(splitUnits(words)); !ok {
		return makeID(Address, Shared, key)
	}
	return makeID(Address, Ordinary, key)
}

// nowhere are addresses of nobody.
var nowhere = set("remote", "homeless", "no fixed address", "no address", "unknown address", "address unknown", "same as above", "same", "on file", "123 main st", "123 any st", "123 fake st", "1 test st")

// longestNowhere is the length of the longest of [nowhere], in bytes.
const longestNowhere = 16

// addressWords splits an address into words in their short forms, and cuts words for units off their numbers (apt4b).
func addressWords(s string, words []string) ([]string, bool) {
	for w := range strings.FieldsSeq(addressText(s)) {
		if len(words)+2 > maxWords {
			return nil, false
		}
		if !isDigit(w[0]) { // no table has a word that begins with a digit, and many words of addresses do
			if a := abbreviations[w]; a != "" {
				w = a
			}
		}
		if head, tail := cutDesignator(w); tail != "" {
			words = append(words, head)
			w = tail
		}
		words = append(words, w)
	}
	return words, true
}

// addressText returns an address in folded words separated by spaces.
func addressText(s string) string {
	if !ascii(s) {
		s = foldLatin(s)
	}
	var buf [128]byte // for nearly all of them
	b := buf[:0]
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
				b = append(b, s[i:i+n]...)
			} else if r != '’' && r != 'ʼ' {
				b = append(b, ' ')
			}
			i += n
			continue
		}
		switch {
		case c >= 'A' && c <= 'Z':
			b = append(b, c-'A'+'a')
		case isAlnum(c):
			b = append(b, c)
		case c == '\'' || c == '`' || c == '.' && initial(s, i):
		case c == '#':
			b = append(b, " # "...)
		case c == '&':
			b = append(b, " and "...)
		case (c == '-' || c == '/') && betweenDigits(s, i):
			b = append(b, c)
		default:
			b = append(b, ' ')
		}
		i++
	}
	if ascii(s) {
		return string(b)
	}
	return foldLatin(string(b))
}

// initial reports whether the point at i stands between two single letters, as in P.O. and N.W.: it vanishes there and separates elsewhere.
func initial(s string, i int) bool {
	single := func(j int) bool {
		return j >= 0 && j < len(s) && isAlnum(s[j]) && !isDigit(s[j]) && (j+1 >= len(s) || !wordByte(s[j+1])) && (j == 0 || !wordByte(s[j-1]))
	}
	return single(i-1) && single(i+1)
}

func wordByte(c byte) bool { return isAlnum(c) || c >= utf8.RuneSelf }

// betweenDigits reports whether the hyphen or slash at i has a letter or digit on both sides, one of them a digit: 12-14, 4-b, 1/2.
func betweenDigits(s string, i int) bool {
	if i == 0 || i+1 >= len(s) || !isAlnum(s[i-1]) || !isAlnum(s[i+1]) {
		return false
	}
	return isDigit(s[i-1]) || isDigit(s[i+1])
}

// cutDesignator splits apt4b, unit-4 and the like into the word and the number; tail is "" when w is not such a word.
func cutDesignator(w string) (head, tail string) {
	i := 0
	for i < len(w) && !isDigit(w[i]) && w[i] != '-' {
		i++
	}
	if i < 2 || i == len(w) || designator(w[:i]) == "" || w[:i] == "fl" {
		return w, ""
	}
	return w[:i], strings.TrimLeft(w[i:], "-")
}

// cutCountry cuts the United States off the end, unless nothing else is there.
func cutCountry(words []string) []string {
	for cut := true; cut; {
		cut = false
		for _, c := range [...][]string{{"united", "states", "of", "america"}, {"united", "states"}, {"usa"}, {"us"}, {"u", "s", "a"}, {"u", "s"}} {
			if n := len(words) - len(c); n > 0 && equalWords(words[n:], c) {
				words, cut = words[:n], true
			}
		}
	}
	return words
}

func equalWords(a, b []string) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// markUnits appends words to out with units and post-office boxes in the one form of their sort.
func markUnits(words, out []string) []string {
	for i := 0; i < len(words); {
		if n, kind, value := unitAt(words[i:]); n > 0 {
			out = append(out, kind, value)
			i += n
			continue
		}
		if n := boxAt(words[i:]); n > 0 {
			out = append(out, "po", "box")
			i += n
			continue
		}
		if words[i] != "#" {
			out = append(out, words[i])
		}
		i++
	}
	return out
}

// unitAt reads a unit at the head of words: of how many words it is (0 when there is none), its sort and its number.
func unitAt(words []string) (n int, kind, value string) {
	if len(words) < 2 {
		return 0, "", ""
	}
	if f := words[1]; f == "floor" || f == "flr" || f == "fl" && (len(words) < 3 || !allDigits(words[2])) {
		if d := strings.TrimRight(words[0], "sthndr"); d != words[0] && allDigits(d) && len(d) <= 3 {
			return 2, "fl", d
		}
	}
	kind = designator(words[0])
	if kind == "" {
		return 0, "", ""
	}
	n = 1
	for n < len(words) && (words[n] == "#" || words[n] == "no") {
		n++
	}
	if n == len(words) || !unitNumber(words[n], kind) {
		return 0, "", ""
	}
	return n + 1, kind, words[n]
}

// unitNumber reports whether w can be the number of a unit of that sort.
func unitNumber(w, kind string) bool {
	if strings.ContainsAny(w, "0123456789") {
		return kind != "fl" || len(w) <= 3 // FL 33101 is a state and a ZIP
	}
	return len(w) == 1 && isAlnum(w[0]) || len(w) == 2 && ascii(w) && !states[w] && !shortForms[w] && designators[w] == ""
}

// boxAt returns of how many words the words for a post-office box at the head are.
func boxAt(words []string) int {
	for _, b := range [...][]string{{"post", "office", "box"}, {"p", "o", "box"}, {"po", "box"}, {"pobox"}} {
		if len(words) > len(b) && equalWords(words, b) && strings.ContainsAny(words[len(b)], "0123456789") {
			return len(b)
		}
	}
	return 0
}

// usTail puts state and ZIP at the end of a US address into their short forms. A unit may stand after them.
func usTail(words []string) []string {
	z := len(words) - 1
	for z > 2 && unitKinds[words[z-1]] {
		z -= 2
	}
	if z < 1 || z > 0 && unitKinds[words[z-1]] {
		return words
	}
	switch w := words[z]; {
	case len(w) == 10 && w[5] == '-' && allDigits(w[:5]) && allDigits(w[6:]):
		words[z] = w[:5]
	case len(w) == 9 && allDigits(w) && states[words[z-1]]:
		words[z] = w[:5]
	case len(w) == 4 && allDigits(w) && z > 1 && len(words[z-1]) == 5 && allDigits(words[z-1]) && z > 2 && states[words[z-2]]:
		words = append(words[:z], words[z+1:]...) // 10001 1234
		z--
	}
	if w := words[z]; len(w) != 5 || !allDigits(w) {
		return words
	}
	if !stateEnds[words[z-1]] {
		return words
	}
	for n := 3; n >= 1; n-- {
		if z <= n {
			continue
		}
		if abbr := stateNames[strings.Join(words[z-n:z], " ")]; abbr != "" {
			return append(append(words[:z-n], abbr), words[z:]...)
		}
	}
	return words
}
