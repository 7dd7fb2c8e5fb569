package ident

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// parsePhone reads a phone number into E.164, with an extension as ";ext=12".
// It must be valid in its country's numbering plan: numbers that are not are mostly typed to fill a field.
func parsePhone(p Parser, s, _ string) (ID, error) {
	if key := fakeNumber(s); key != "" {
		return makeID(Phone, Placeholder, key)
	}
	if key := cleanUS(s, p.us()); key != "" {
		return makeID(Phone, Ordinary, key)
	}
	return parseAnyPhone(p, s)
}

// us reports whether a number without a country code is a US number.
func (p Parser) us() bool { return p.Region == "" || strings.EqualFold(p.Region, "US") }

// parseAnyPhone reads a number with the full library (15-22 µs).
func parseAnyPhone(p Parser, s string) (ID, error) {
	region := strings.ToUpper(p.Region)
	if region == "" {
		region = "US"
	}
	n, err := phonenumbers.Parse(s, region)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		// 00 is how most of the world dials abroad; no national number begins with it.
		if i := strings.IndexAny(s, "+0123456789"); i >= 0 && strings.HasPrefix(s[i:], "00") {
			n, err = phonenumbers.Parse("+"+s[i+2:], region)
		}
	}
	if err != nil {
		return fail(Phone, "not a phone number, or one that lacks its country code")
	}
	if !phonenumbers.IsValidNumber(n) {
		return fail(Phone, "not a number that the numbering plan of its country has")
	}
	key := phonenumbers.Format(n, phonenumbers.E164)
	if f := fakeNumber(key); f != "" {
		return makeID(Phone, Placeholder, f)
	}
	if ext := n.GetExtension(); ext != "" {
		key += ";ext=" + ext
	}
	return makeID(Phone, Ordinary, key)
}

// fakeNumbers are numbers that people type to get past a field.
var fakeNumbers = map[string]bool{
	"1234567890": true, "0123456789": true, "9876543210": true, "0987654321": true, "123456789": true, "12345678": true, "1234567": true, "123456": true, "12345": true,
	"5551234": true, "1231231234": true, "1234": true, "123": true,
}

// fakeNumber returns the key of a number that stands for none, or "": one digit again and again, a run of
// digits, and 555-0100 to 555-0199, which the North American plan keeps for fiction (of the toll-free 555 numbers only 800-555-0199).
func fakeNumber(s string) string {
	if !every(s, phoneByte) {
		return ""
	}
	var buf [16]byte
	d := buf[:0]
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			if len(d) == len(buf) {
				return ""
			}
			d = append(d, s[i])
		}
	}
	if len(d) == 11 && d[0] == '1' {
		d = d[1:]
	}
	if len(d) == 0 {
		return ""
	}
	same := true
	for _, c := range d {
		same = same && c == d[0]
	}
	switch {
	case same, fakeNumbers[string(d)]:
		return string(d)
	case len(d) != 10 || s[0] == '+' && !strings.HasPrefix(s, "+1"):
		return ""
	case string(d[3:]) == "0000000":
		return "+1" + string(d)
	case string(d[3:8]) == "55501" && (d[0] != '8' || d[1] != d[2] || string(d) == "8005550199"):
		return "+1" + string(d)
	}
	return ""
}

// phoneByte reports whether c is a digit or a separator of phone numbers.
func phoneByte(c byte) bool {
	return isDigit(c) || c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '+'
}

// usAreas are the area codes in which every number whose exchange begins with 2 to 9 is valid; the full
// library is asked about the others. From libphonenumber's metadata as of phonenumbers v1.8.1; a test compares every one of them with it.
const usAreas = "" +
	"201202203204205206207208209210212213214215216217218219220223224225226227228229231234235236239240248249250251252253254256" +
	"257260262263267269270272276279281283289" +
	"301302303304305306307308309310312313314315316317318319320321323324325326327329330331332334336337339341343346347350351352" +
	"353354360361363364365367368369380382385386" +
	"401402403404405406407408409410412413414415416417418419423424425428430431432434435437438440442443445447448450458463464468" +
	"469470474475478479480484" +
	"500501502503504505506507508509510512513514515516517518519520521522525526527528529530531532533534539540541544548551557559" +
	"561562563564566567570571572573574575577579580581582584585586587588" +
	"600601602603604605606607608609610612613614615616617618619620622623626628629630631633636639640641645646647650651656657658" +
	"659660661662667669672678680681682683686689" +
	"701702703704705706707708709712713714715716717718719720724725726727728730731732734737738740742743747748753754757760762763" +
	"765769770771772773774775778779780781782785786787" +
	"800801802803804805806807808809810812813814815816817818819820821825826828829830831832833835838839840843844845847848849850" +
	"854855856857858859860862863864865866867870872873877878879888" +
	"900901902903904905906907908909910912913914915916917918919920925928929930931934936937938939940941942943945947948949951952" +
	"954956959970971972973975978979980984985986989"

// areaSet has a bit for each area code of usAreas.
var areaSet = func() (set [1000]bool) {
	for i := 0; i+3 <= len(usAreas); i += 3 {
		set[int(usAreas[i]-'0')*100+int(usAreas[i+1]-'0')*10+int(usAreas[i+2]-'0')] = true
	}
	return set
}()

// cleanUS returns the E.164 form of a US number that is written in one of the plain ways:
// +12125550142, 12125550142, (212) 555-0142, 212-555-0142, 212.555.0142, with or without +1. It returns "" for all others.
// National says whether a number without a country code is a US number.
func cleanUS(s string, national bool) string {
	rest, plus := strings.CutPrefix(s, "+")
	if !plus && !national || len(rest) < 10 || len(rest) > 17 {
		return ""
	}
	key := [12]byte{0: '+', 1: '1'}
	n := 0
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if !isDigit(c) {
			if !phoneByte(c) || c == '+' {
				return ""
			}
			continue
		}
		if n == 0 && c == '1' && plus {
			plus = false // the country code
			continue
		}
		if n == 0 && plus || n == 10 {
			return ""
		}
		key[2+n] = c
		n++
	}
	if n != 10 || plus || key[5] < '2' || !areaSet[int(key[2]-'0')*100+int(key[3]-'0')*10+int(key[4]-'0')] {
		return ""
	}
	return string(key[:])
}

// KnownRegion reports whether code is the two-letter code, in capitals, of a country whose phone numbers can be read.
func KnownRegion(code string) bool { return phonenumbers.GetSupportedRegions()[code] }
