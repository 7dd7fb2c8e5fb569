package ident

import "strings"

// parseDocument reads the hash of a file's content (sha256: sha1: md5: phash: simhash:, or bare hexadecimal digits by
// their number) or an identity document (id:type:country:number, "passport US 123456789").
func parseDocument(_ Parser, s, _ string) (ID, error) {
	algo, rest, ok := strings.Cut(s, ":")
	if ok {
		if size, known := hashSizes[strings.ToLower(strings.ReplaceAll(algo, "-", ""))]; known {
			return parseHash(strings.ToLower(strings.ReplaceAll(algo, "-", "")), strings.TrimSpace(rest), size)
		}
	}
	if allHex(s) {
		for _, h := range [...]string{"md5", "sha1", "sha256", "sha512"} {
			if len(s) == hashSizes[h] {
				return parseHash(h, s, len(s))
			}
		}
	}
	return parsePapers(s)
}

// hashSizes are the lengths of hashes in hexadecimal digits; 0 for hashes of several lengths (perceptual hashes of 8 to 64 digits).
var hashSizes = map[string]int{"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128, "phash": 0, "dhash": 0, "ahash": 0, "simhash": 0}

// emptyHashes are the hashes of a file without content.
var emptyHashes = set("d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

// parseHash reads the hash of a file.
func parseHash(algo, s string, size int) (ID, error) {
	s = strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(s, "0x"), "0X"))
	switch {
	case !allHex(s):
		return fail(Document, "a hash has hexadecimal digits only")
	case size > 0 && len(s) != size, size == 0 && (len(s) < 8 || len(s) > 64):
		return fail(Document, "the hash does not have the length of its kind")
	case sameChar(s), emptyHashes[s]:
		return makeID(Document, Placeholder, algo+":"+s)
	}
	return makeID(Document, Ordinary, algo+":"+s)
}

// paper is a sort of identity document.
type paper struct {
	name  string   // as in keys
	words []string // how it is written in files, folded; longer ones first where one begins another
	in    string   // the country, when the word says it
}

var papers = [...]paper{
	{name: "passport", words: []string{"passport number", "passport no.", "passport no", "passport #", "passport"}},
	{name: "tax_id", words: []string{"ssn", "social security number", "itin", "us ssn"}, in: "US"},
	{name: "tax_id", words: []string{"r.f.c.", "rfc"}, in: "MX"},
	{name: "national_id", words: []string{"c.u.r.p.", "curp"}, in: "MX"},
	{name: "national_id", words: []string{"d.n.i.", "dni", "cedula no.", "cedula"}},
	{name: "tax_id", words: []string{"tax_id", "tax id no.", "tax id number", "tax id", "tax identification number", "tin", "vat number", "vat"}},
	{name: "national_id", words: []string{"national_id", "national identification number", "national id no.", "national id number", "national id card", "national id",
		"identification number", "identity card", "id card", "personal id card", "national insurance number"}},
	{name: "drivers_licence", words: []string{"drivers_licence", "driver's license no.", "driver's license", "driver's licence", "drivers license", "drivers licence", "driving licence",
		"driver license", "driver licence", "driving license", "drivers_license"}},
	{name: "residence_permit", words: []string{"residence_permit", "residence permit", "residency number", "green card"}},
	{name: "registration", words: []string{"registration number", "registration id", "registration", "company number", "business registration number"}},
	{name: "visa", words: []string{"visa number", "visa"}},
	{name: "military_id", words: []string{"military_id", "military id"}},
}

// parsePapers reads an identity document. Without a country it is ZZ (unknown, by ISO 3166) and marked Masked: numbers repeat between countries.
func parsePapers(s string) (ID, error) {
	s, _ = trimPrefixFold(s, "id:")
	for _, p := range papers {
		for _, w := range p.words {
			rest, ok := trimPrefixFold(s, w)
			if !ok || rest == "" || isAlnum(rest[0]) && isAlnum(w[len(w)-1]) {
				continue
			}
			return papersKey(p, strings.TrimLeft(rest, " :#."))
		}
	}
	return fail(Document, "neither a hash (sha256:...) nor a document (passport US 123456789)")
}

// papersKey reads country and number of a document.
func papersKey(p paper, s string) (ID, error) {
	for _, date := range [...]string{" issued ", " expires ", " expired "} {
		s, _, _ = strings.Cut(s, date)
	}
	country, number := p.in, s
	if head, tail, ok := strings.Cut(s, ":"); ok {
		c := countryOf(strings.TrimSpace(head))
		if c == "" {
			return fail(Document, "the country is not known: write its two letters")
		}
		country, number = c, tail
	} else if head, tail, ok := strings.Cut(s, " "); ok && !strings.ContainsAny(head, "0123456789") {
		if c := countryOf(head); c != "" {
			country, number = c, tail
		}
	}
	for strings.HasSuffix(number, ")") { // (North Dakota) (United States)
		open := strings.LastIndexByte(number, '(')
		if open <= 0 {
			break
		}
		if c := countryOf(number[open+1 : len(number)-1]); c != "" && country == p.in {
			country = c
		}
		number = strings.TrimSpace(number[:open])
	}
	if country == "" {
		country = "ZZ"
	}
	masked := strings.Contains(number, "*")
	number, ok := alnumUpper(number, " -./*")
	prefix := "id:" + p.name + ":" + country + ":"
	switch {
	case !ok || !strings.ContainsAny(number, "0123456789"):
		return fail(Document, "the document has no number")
	case masked:
		return makeID(Document, Masked, prefix+"****"+number)
	case sameChar(number), fakePapers[prefix+number]:
		return makeID(Document, Placeholder, prefix+number)
	case len(number) < 4:
		return fail(Document, "the document's number is too short to be one")
	case country == "ZZ":
		return makeID(Document, Masked, prefix+number)
	}
	return makeID(Document, Ordinary, prefix+number)
}

// fakePapers are document numbers of nobody: printed on specimens and in advertisements, or typed to fill the field.
var fakePapers = set("id:tax_id:US:123456789", "id:tax_id:US:078051120", "id:tax_id:US:219099999", "id:tax_id:US:987654321")
