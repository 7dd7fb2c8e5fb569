package ident

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxBytes bounds a value and its key. The longest honest value is a URL, for
// which 2,048 bytes are a common limit; twice that leaves room, and keeps one hostile cell from costing memory or time.
const maxBytes = 4096

// clean checks that raw is text and returns it for comparison: NFKC, without
// invisible characters, white space (line breaks too) folded to single spaces, trimmed.
func clean(k Kind, raw string) (string, error) {
	if len(raw) > maxBytes {
		return "", &Error{Kind: k, Reason: "longer than 4096 bytes"}
	}
	if !plain(raw) {
		var err error
		if raw, err = cleanRunes(k, raw); err != nil {
			return "", err
		}
	}
	if raw == "" {
		return "", ErrEmpty
	}
	return raw, nil
}

// plain reports whether s is printable ASCII that needs no cleaning at all.
func plain(s string) bool {
	prev := byte(' ') // a leading space is not plain
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && prev == ' ' {
			return false
		}
		prev = c
	}
	return prev != ' '
}

// cleanRunes is clean for text that is not plain.
func cleanRunes(k Kind, raw string) (string, error) {
	if !utf8.ValidString(raw) {
		return "", &Error{Kind: k, Reason: "not valid UTF-8"}
	}
	for _, r := range raw {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", &Error{Kind: k, Reason: "holds a control character"}
		}
	}
	s := strings.Map(visible, raw)
	if !ascii(s) {
		// Twice: what NFKC brings forth may be invisible, and what becomes adjacent may compose.
		s = norm.NFKC.String(strings.Map(visible, norm.NFKC.String(s)))
	}
	if len(s) > maxBytes {
		return "", &Error{Kind: k, Reason: "longer than 4096 bytes"}
	}
	return strings.Join(strings.Fields(s), " "), nil
}

// visible maps invisible characters to nothing: they make two texts that look
// the same differ, or one text look like another (zero-width and bidirectional controls, soft hyphens, tags, variation selectors).
func visible(r rune) rune {
	if r < 0x80 {
		return r
	}
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164 {
		return -1
	}
	return r
}

// ascii reports whether s has only ASCII bytes.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fold returns s in the form in which case does not matter. It is idempotent.
func fold(s string) string {
	if ascii(s) {
		return lower(s)
	}
	// Lowering can undo NFKC, and NFKC can bring forth upper case. Two rounds settle all of Unicode; the bound is for safety.
	for range 4 {
		t := norm.NFKC.String(strings.Map(foldRune, s))
		if t == s {
			break
		}
		s = t
	}
	return s
}

// lower is strings.ToLower, faster for the many texts that are in lower case already or whose case is looked at later.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.ToLower(s)
		}
	}
	return s
}

// upper returns s in the form in which case does not matter, in capitals. It is idempotent.
func upper(s string) string {
	if ascii(s) {
		return strings.ToUpper(s)
	}
	s = fold(s)
	for range 4 {
		t := norm.NFKC.String(strings.ToUpper(s))
		if t == s {
			break
		}
		s = t
	}
	return s
}

// foldRune lowers a letter; final sigma becomes sigma and the dotless and the dotted I become i, as their capitals would.
func foldRune(r rune) rune {
	switch r {
	case 'ς':
		return 'σ'
	case 'ı', 'İ':
		return 'i'
	case 'ẞ':
		return 'ß'
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// latinLetters spells Latin letters that have no decomposition.
var latinLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ŀ': "l", 'ĸ': "k",
}

// foldLatin folds s and writes Latin letters without their marks. Letters and marks of other scripts stay as they are.
func foldLatin(s string) string {
	s = fold(s)
	if ascii(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	latin := false // the last base letter was Latin
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
			if !latin {
				b.WriteRune(r)
			}
			continue
		case latinLetters[r] != "":
			b.WriteString(latinLetters[r])
		default:
			b.WriteRune(r)
		}
		latin = unicode.Is(unicode.Latin, r)
	}
	return fold(b.String())
}

// noValues are the words that stand for "no value" in a cell of any kind. Runs of x and of punctuation alone are found by [noValue].
var noValues = map[string]bool{
	"n/a": true, "n.a.": true, "n.a": true, "na": true, "#n/a": true, "n\\a": true, "none": true, "no": true, "nil": true, "null": true, "(null)": true, "<null>": true, "[null]": true,
	"unknown": true, "(unknown)": true, "unk": true, "undefined": true, "undisclosed": true, "not available": true, "not applicable": true, "not provided": true,
	"not specified": true, "not known": true, "none given": true, "nan": true, "test": true, "testing": true, "tbd": true, "tba": true, "tbc": true, "todo": true,
	"empty": true, "(empty)": true, "blank": true, "(blank)": true, "redacted": true, "[redacted]": true, "(redacted)": true, "<redacted>": true,
	"missing": true, "default": true, "dummy": true, "placeholder": true, "hidden": true, "(hidden)": true, "private": true, "removed": true,
}

// longestNoValue is the length of the longest of [noValues], in bytes.
const longestNoValue = 16

// noValue returns the key of a text that stands for "no value" in any kind, or "". It is asked twice for every value, so it first rules out most of them by their bytes.
func noValue(s string) string {
	if s == "" {
		return ""
	}
	if !isAlnum(s[0]) && strings.Trim(s, "-_./?*#~!,;'\"– —") == "" {
		return "-"
	}
	if (s[0] == 'x' || s[0] == 'X') && len(s) > 1 && strings.Trim(s, "xX") == "" {
		return "xxx"
	}
	if len(s) > longestNoValue || !every(s, noValueByte) {
		return ""
	}
	if l := strings.ToLower(s); noValues[l] {
		return l
	}
	return ""
}

// noValueByte reports whether c occurs in [noValues] at all.
func noValueByte(c byte) bool { return !isDigit(c) && c != '@' && c != ':' && c < 0x80 }

// digitsOf returns the ASCII digits of s.
func digitsOf(s string) string {
	if allDigits(s) {
		return s
	}
	b := make([]byte, 0, 32)
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// alnumUpper returns the ASCII letters and digits of s, in upper case, and whether there was anything else than those and the separators in seps.
func alnumUpper(s, seps string) (string, bool) {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case isDigit(c), c >= 'A' && c <= 'Z':
			b = append(b, c)
		case c >= 'a' && c <= 'z':
			b = append(b, c-'a'+'A')
		case strings.IndexByte(seps, c) < 0:
			return "", false
		}
	}
	return string(b), true
}

// sameChar reports whether s is one character again and again: 0000, 9999.
func sameChar(s string) bool { return s != "" && strings.Count(s, s[:1]) == len(s) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isHex(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

func isAlnum(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// allDigits reports whether s has ASCII digits only; it is false for "".
func allDigits(s string) bool { return every(s, isDigit) }

// allHex reports whether s has hexadecimal digits only; it is false for "".
func allHex(s string) bool { return every(s, isHex) }

// every reports whether s is not empty and f holds for each of its bytes.
func every(s string, f func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !f(s[i]) {
			return false
		}
	}
	return s != ""
}

// trimPrefixFold returns s without prefix, whatever its case, and whether it was there. Prefix is ASCII.
func trimPrefixFold(s, prefix string) (string, bool) {
	switch {
	case len(s) < len(prefix), prefix != "" && s[0] < utf8.RuneSelf && s[0]|' ' != prefix[0]|' ', !strings.EqualFold(s[:len(prefix)], prefix):
		return s, false
	}
	return s[len(prefix):], true
}
