package ident

import "strings"

// abbreviations are the short forms of words of addresses: street suffixes and directions (USPS Publication 28), numbered streets, and what files
// abbreviate besides. No short form is itself abbreviated.
var abbreviations = map[string]string{
	"street": "st", "str": "st", "saint": "st", "avenue": "ave", "av": "ave", "aven": "ave", "avenu": "ave", "boulevard": "blvd", "boul": "blvd", "blv": "blvd", "road": "rd",
	"drive": "dr", "drv": "dr", "lane": "ln", "court": "ct", "crt": "ct", "place": "pl", "terrace": "ter", "terr": "ter", "circle": "cir", "circ": "cir", "crcl": "cir",
	"square": "sq", "parkway": "pkwy", "pkway": "pkwy", "pky": "pkwy", "parkwy": "pkwy", "highway": "hwy", "hiway": "hwy", "hway": "hwy", "freeway": "fwy", "expressway": "expy",
	"turnpike": "tpke", "trnpk": "tpke", "trail": "trl", "trails": "trl", "alley": "aly", "ally": "aly", "crossing": "xing", "crssng": "xing", "center": "ctr", "centre": "ctr",
	"cntr": "ctr", "plaza": "plz", "plza": "plz", "point": "pt", "ridge": "rdg", "heights": "hts", "hill": "hl", "hills": "hls", "valley": "vly", "village": "vlg", "junction": "jct",
	"landing": "lndg", "meadow": "mdw", "meadows": "mdws", "garden": "gdn", "gardens": "gdns", "grove": "grv", "harbor": "hbr", "island": "is", "lake": "lk", "lakes": "lks",
	"manor": "mnr", "mount": "mt", "mountain": "mtn", "orchard": "orch", "park": "park", "pike": "pike", "pines": "pnes", "river": "riv", "run": "run", "shore": "shr",
	"springs": "spgs", "spring": "spg", "station": "sta", "summit": "smt", "view": "vw", "vista": "vis", "bridge": "brg", "brook": "brk", "canyon": "cyn", "creek": "crk",
	"crescent": "cres", "estate": "est", "estates": "ests", "extension": "ext", "field": "fld", "fields": "flds", "forest": "frst", "fort": "ft", "gateway": "gtwy", "glen": "gln",
	"green": "grn", "hollow": "holw", "knoll": "knl", "mill": "ml", "mills": "mls", "route": "rte", "beach": "bch", "bend": "bnd", "bluff": "blf", "causeway": "cswy", "cove": "cv",
	"north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "county": "cnty",
	"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
	"eleventh": "11th", "twelfth": "12th",
}

// designators are the words for a part of a building or of a site, and the one form each sort of them is written in.
var designators = map[string]string{
	"apartment": "unit", "apt": "unit", "appt": "unit", "unit": "unit", "suite": "unit", "ste": "unit", "flat": "unit", "#": "unit",
	"room": "rm", "rm": "rm", "floor": "fl", "flr": "fl", "fl": "fl", "building": "bldg", "bldg": "bldg", "department": "dept", "dept": "dept",
	"pmb": "pmb", "lot": "lot", "space": "spc", "spc": "spc", "trailer": "trlr", "trlr": "trlr", "penthouse": "ph", "ph": "ph",
}

// longestDesignator is the length of the longest of [designators], in bytes.
const longestDesignator = 10

// designator returns the form in [designators] of a word, "" for other words. It is asked about each word of an address several
// times, so it first rules out numbers and long names.
func designator(w string) string {
	if len(w) > longestDesignator || isDigit(w[0]) {
		return ""
	}
	return designators[w]
}

// unitKinds are the forms that designators are written in.
var unitKinds = set("unit", "rm", "fl", "bldg", "dept", "pmb", "lot", "spc", "trlr", "ph")

// shortForms are the values of [abbreviations].
var shortForms = func() map[string]bool {
	m := map[string]bool{}
	for _, a := range abbreviations {
		m[a] = true
	}
	return m
}()

// states are the two-letter abbreviations of US states and territories, stateNames those of their names in the words of [abbreviations].
var (
	stateNames = map[string]string{
		"alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co", "connecticut": "ct", "delaware": "de", "florida": "fl",
		"georgia": "ga", "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky", "louisiana": "la", "maine": "me",
		"maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn", "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv",
		"new hampshire": "nh", "new jersey": "nj", "new mexico": "nm", "new york": "ny", "n carolina": "nc", "n dakota": "nd", "ohio": "oh", "oklahoma": "ok", "oregon": "or",
		"pennsylvania": "pa", "rhode is": "ri", "s carolina": "sc", "s dakota": "sd", "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt", "virginia": "va",
		"washington": "wa", "w virginia": "wv", "wisconsin": "wi", "wyoming": "wy", "district of columbia": "dc", "puerto rico": "pr", "guam": "gu",
	}
	states = func() map[string]bool {
		m := map[string]bool{}
		for _, abbr := range stateNames {
			m[abbr] = true
		}
		return m
	}()
)

// stateEnds are the last words of the names of states: most addresses have the abbreviation, and need no look for the name.
var stateEnds = func() map[string]bool {
	m := map[string]bool{}
	for name := range stateNames {
		m[name[strings.LastIndexByte(name, ' ')+1:]] = true
	}
	return m
}()

// Street returns an Address identifier without its unit: what several units of one building have in common. It is "" for other kinds.
func (id ID) Street() string {
	if id.kind != Address {
		return ""
	}
	var buf [maxWords]string
	rest, _ := splitUnits(fields(id.key, buf[:0]))
	return strings.Join(rest, " ")
}

// Unit returns the unit of an Address identifier ("unit 4b", "bldg 2 unit 4b", "pmb 12"); "" when it has none, and for other kinds.
func (id ID) Unit() string {
	if id.kind != Address {
		return ""
	}
	var buf [maxWords]string
	_, units := splitUnits(fields(id.key, buf[:0]))
	return strings.Join(units, " ")
}

// fields appends the words of s to a list, whose memory spares [strings.Fields]' own: every address of a case is taken apart.
func fields(s string, words []string) []string {
	for w := range strings.FieldsSeq(s) {
		words = append(words, w)
	}
	return words
}

// splitUnits parts the words that name a unit from the others. What it returns may be in the memory of words.
func splitUnits(words []string) (rest, units []string) {
	for i := 0; i < len(words); {
		n, kind, value := unitAt(words[i:])
		if n == 0 && units == nil { // most addresses have no unit
			i++
			rest = words[:i:i]
			continue
		}
		if n == 0 {
			rest = append(rest, words[i])
			i++
			continue
		}
		units = append(units, kind, value)
		i += n
	}
	return rest, units
}

// Home returns what tells one home from another in an Address identifier, whatever the spelling of street and
// town: house number (or box), unit and postcode, joined by "|". It is "" when number or postcode cannot be told, and for other kinds: an unknown home is not another home.
func (id ID) Home() string {
	if id.kind != Address || id.mark != Ordinary {
		return ""
	}
	var buf [maxWords]string
	rest, units := splitUnits(fields(id.key, buf[:0]))
	number, post, ok := door(rest, units)
	if !ok || number == "" || post == "" {
		return ""
	}
	return number + "|" + strings.Join(units, " ") + "|" + post
}

// SamePlace reports whether two Address identifiers are one door but for a slip of the keyboard: house number, unit and postcode are
// the same, and so are all words but one, which is one letter more, less or other, or two swapped, in a word of five letters or more. It is false for other kinds.
func SamePlace(a, b ID) bool {
	if a.kind == Address && a == b {
		return true
	}
	home := a.Home()
	if home == "" || home != b.Home() {
		return false
	}
	left, right := strings.Fields(a.key), strings.Fields(b.key)
	if len(left) != len(right) {
		return false
	}
	odd := 0
	for i, w := range left {
		if w != right[i] {
			odd++
			if !slip(w+"     ", right[i]+"     ") { // short words, too: number, unit and postcode are the same
				return false
			}
		}
	}
	return odd == 1
}

// NumberSlip reports whether two different house numbers of three digits or more are one slip apart: two neighbours swapped. One digit
// more or less is the house next door.
func NumberSlip(a, b string) bool {
	if len(a) != len(b) || len(a) < 3 || a == b {
		return false
	}
	i, j := 0, len(a)
	for a[i] == b[i] {
		i++
	}
	for a[j-1] == b[j-1] {
		j--
	}
	return j-i == 2 && a[i] == b[i+1] && a[i+1] == b[i]
}

// door finds house number and postcode in the words of an address, as [splitUnits] parts them. It reports whether the address has any number
// beside its postcode; number is "" when none of them can be the house's.
func door(rest, units []string) (number, post string, ok bool) {
	ok = len(units) > 0
	at, n := postcode(rest)
	if n > 0 {
		post = strings.Join(rest[at:at+n], "")
	}
	for i, w := range rest {
		if n > 0 && i >= at && i < at+n || !strings.ContainsAny(w, "0123456789") {
			continue
		}
		ok = true
		if number == "" && houseNumber(w) {
			if number = w; i > 0 && rest[i-1] == "box" {
				number = "box " + w
			}
		}
	}
	if ok && len(units) == 0 && len(rest) <= 3 && len(rest[0]) >= 5 && allDigits(rest[0]) && n == 0 {
		return "", rest[0], false // 75008 Paris
	}
	return number, post, ok
}

// houseNumber reports whether w begins with a digit and is not an ordinal (5th is a street).
func houseNumber(w string) bool {
	if !isDigit(w[0]) {
		return false
	}
	for _, o := range [...]string{"st", "nd", "rd", "th"} {
		if d, cut := strings.CutSuffix(w, o); cut && allDigits(d) {
			return false
		}
	}
	return true
}

// postcode finds the postcode nearest to the end of an address, never its first word: where it begins and of how many words it is, 0 when there is none.
// It is a run of four to six digits, or British or Canadian, in one word or two.
func postcode(words []string) (at, n int) {
	for i := len(words) - 1; i > 0; i-- {
		w := words[i]
		if allDigits(w) && len(w) >= 4 && len(w) <= 6 && words[i-1] != "box" {
			return i, 1
		}
		if i > 1 && inward(w) && outward(words[i-1]) {
			return i - 1, 2
		}
		if k := len(w) - 3; k >= 2 && ascii(w) && inward(w[k:]) && outward(w[:k]) {
			return i, 1
		}
	}
	return 0, 0
}

// inward reports whether w is the second half of a British (1aa) or Canadian (1a1) postcode.
func inward(w string) bool {
	return len(w) == 3 && isDigit(w[0]) && isAlnum(w[1]) && !isDigit(w[1]) && isAlnum(w[2])
}

// outward reports whether w is the first half of a British (sw1a, m1) or Canadian (k1a) postcode.
func outward(w string) bool {
	if len(w) < 2 || len(w) > 4 || !every(w, isAlnum) || isDigit(w[0]) {
		return false
	}
	return isDigit(w[1]) || len(w) > 2 && isDigit(w[2])
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
