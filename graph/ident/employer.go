package ident

import (
	"slices"
	"strings"
	"unicode"
)

// legalForms are the words that say what sort of company it is, not which: as they stand at the end of a name,
// folded, without punctuation. From the company registers' own abbreviations. Forms that are also words or parts of names (spa, as, se) are in dottedForms only.
var legalForms = set("inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "lllp", "pllc", "ltd", "limited", "plc", "cic",
	"gmbh", "ggmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "haftungsbeschrankt", "sa", "sarl", "sas", "sasu", "eurl", "snc", "scop", "srl", "srls",
	"slu", "sau", "ltda", "eireli", "bv", "nv", "vof", "bvba", "sprl", "ab", "oy", "oyj", "aps", "ivs", "asa", "ehf", "uab", "sia", "doo", "ead", "eood", "ood",
	"kft", "zrt", "nyrt", "sro", "ooo", "oao", "zao", "pao", "tov", "pte", "pty", "pvt", "sdn", "bhd", "berhad", "tbk", "kk", "gk", "jsc", "ojsc", "pjsc", "cjsc",
	"fzc", "fze", "fzco", "dmcc", "wll", "saoc", "saog", "ltee")

// dottedForms are legal forms that count only when they are written with their points or slash.
var dottedForms = set("s.p.a.", "s.p.a", "a/s", "a.s.", "a.s", "s.l.", "s.l", "s.e.", "e.v.", "h.f.", "p.c.", "o.u.", "a.d.")

// longForms are legal forms of several words.
var longForms = [...][]string{
	{"sp", "z", "oo"}, {"sp", "z", "o", "o"}, {"private", "limited"}, {"proprietary", "limited"}, {"sa", "de", "cv"}, {"s", "a", "de", "c", "v"},
	{"limited", "liability", "company"}, {"sab", "de", "cv"}, {"s", "de", "rl", "de", "cv"}, {"s", "p", "a"}, {"l", "l", "c"}, {"d", "o", "o"}, {"s", "r", "o"}, {"g", "m", "b", "h"}, {"ug", "haftungsbeschrankt"},
}

// longFronts are legal forms of several words that stand before the name; longer ones first where one ends another.
var longFronts = [...][]string{
	{"public", "joint", "stock", "company"}, {"open", "joint", "stock", "company"}, {"closed", "joint", "stock", "company"}, {"joint", "stock", "company"},
	{"limited", "liability", "company"},
}

// frontForms are legal forms, and an article, that stand before the name.
var frontForms = set("ooo", "oao", "zao", "pao", "tov", "pt", "the", "uab", "sia")

// nobodys are what people without an employer write.
var nobodys = set("self", "self employed", "selfemployed", "freelance", "freelancer", "unemployed", "student", "retired", "homemaker", "confidential", "various", "independent",
	"not employed", "looking for work", "open to work", "company", "employer", "my company", "company name", "current employer", "previous employer", "stealth", "stealth startup")

// set makes a set of its arguments.
func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// parseEmployer reads the name of an employer: case, punctuation, Latin accents and legal form do not matter.
func parseEmployer(_ Parser, s, _ string) (ID, error) {
	words := companyWords(s)
	if len(words) == 0 {
		return fail(Employer, "has no letter or digit")
	}
	key := strings.Join(stripForms(words), " ")
	if nobodys[key] {
		return makeID(Employer, Placeholder, key)
	}
	return makeID(Employer, Ordinary, key)
}

// companyWords splits a name into folded words. Points and apostrophes vanish (s.a. is sa), "&" is a word, all other punctuation separates.
func companyWords(s string) []string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, field := range strings.Fields(foldLatin(s)) {
		if dottedForms[strings.TrimRight(field, ",")] {
			field = "ltd"
		}
		for _, r := range field {
			switch {
			case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
				b.WriteRune(r)
			case r == '.', r == '\'', r == '’', r == '`':
			case r == '&':
				b.WriteString(" and ")
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteByte(' ')
	}
	return strings.Fields(foldLatin(b.String()))
}

// stripForms cuts legal forms off both ends. A name that is nothing but legal forms is kept whole.
func stripForms(words []string) []string {
	lo, hi := 0, len(words)
	for lo < hi {
		last := words[hi-1]
		switch n := longForm(words[lo:hi]); {
		case n > 0:
			hi -= n
		case legalForms[last], last == "and" && hi < len(words): // GmbH & Co. KG
			hi--
		case frontForms[words[lo]]:
			lo++
		case longFront(words[lo:hi]) > 0:
			lo += longFront(words[lo:hi])
		default:
			return words[lo:hi]
		}
	}
	return words
}

// longForm returns of how many words the long legal form at the end is, 0 when there is none.
func longForm(words []string) int {
	for _, f := range longForms {
		if n := len(words) - len(f); n >= 0 && slices.Equal(words[n:], f) {
			return len(f)
		}
	}
	return 0
}

// longFront returns of how many words the long legal form at the head is, 0 when there is none.
func longFront(words []string) int {
	for _, f := range longFronts {
		if len(words) >= len(f) && slices.Equal(words[:len(f)], f) {
			return len(f)
		}
	}
	return 0
}
