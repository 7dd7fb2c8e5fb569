package ident

import "strings"

// routingValid reports whether s is an ABA routing number: nine digits in an assigned range with the right check digit (3-7-1).
func routingValid(s string) bool {
	if len(s) != 9 || !allDigits(s) {
		return false
	}
	// Assigned first pairs: 00 government, 01-12 banks, 21-32 thrifts, 61-72 electronic, 80 traveller's cheques.
	switch p := int(s[0]-'0')*10 + int(s[1]-'0'); {
	case p <= 12, p >= 21 && p <= 32, p >= 61 && p <= 72, p == 80:
	default:
		return false
	}
	sum := 0
	for i, w := range [9]int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
		sum += w * int(s[i]-'0')
	}
	return sum%10 == 0
}

// ibanLengths are the lengths of IBANs by country (SWIFT IBAN registry).
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22,
	"DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28,
	"HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25,
	"MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29,
	"RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29,
	"VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// ibanShape reports whether s (upper case, no separators) begins like an IBAN of a country that has them.
func ibanShape(s string) bool {
	return len(s) >= 15 && len(s) <= 34 && ibanLengths[s[:2]] > 0 && isDigit(s[2]) && isDigit(s[3])
}

// parseIBAN reads an IBAN (upper case, no separators): ISO 13616, with the check of ISO 7064, mod 97.
func parseIBAN(s string) (ID, error) {
	if len(s) < 4 || ibanLengths[s[:2]] == 0 {
		return fail(Payment, "not an IBAN: its country has none")
	}
	if len(s) != ibanLengths[s[:2]] {
		return fail(Payment, "the IBAN does not have the length of its country")
	}
	rem := 0
	for i := range s {
		switch c := s[(i+4)%len(s)]; {
		case isDigit(c):
			rem = (rem*10 + int(c-'0')) % 97
		default:
			rem = (rem*100 + int(c-'A') + 10) % 97
		}
	}
	if rem != 1 {
		return fail(Payment, "the check digits of the IBAN are wrong")
	}
	return makeID(Payment, Ordinary, s)
}

// parseACH reads a US routing number and the account at that bank, if there is one.
func parseACH(routing, account string) (ID, error) {
	if !routingValid(routing) {
		return fail(Payment, "the routing number's check digit or range is wrong")
	}
	if account == "" {
		mark := Shared // everybody at that bank has it
		if sameChar(routing) {
			mark = Placeholder
		}
		return makeID(Payment, mark, routing)
	}
	if m, ok := maskedNumber(account); ok {
		return makeID(Payment, Masked, routing+":"+m)
	}
	number, ok := alnumUpper(account, " -./")
	switch {
	case !ok || number == "":
		return fail(Payment, "the account number holds something else than letters and digits")
	case len(number) > 17:
		return fail(Payment, "the account number is longer than 17 characters, which no US bank has")
	case sameChar(routing), sameChar(number):
		return makeID(Payment, Placeholder, routing+":"+number)
	case len(number) < 4:
		return makeID(Payment, Masked, routing+":"+number) // too short to be the whole number
	}
	return makeID(Payment, Ordinary, routing+":"+number)
}

// maskedNumber returns a number of which a part is hidden (****1234, xxxx1234, ...1234, ending in 1234) with four
// stars for whatever was hidden, and whether s is one.
func maskedNumber(s string) (string, bool) {
	s = strings.ToLower(s)
	for _, words := range [...]string{"account ending in ", "ending in ", "ends in ", "last 4 ", "last4 ", "last four "} {
		if rest, ok := strings.CutPrefix(s, words); ok && allDigits(rest) && len(rest) <= 6 {
			return "****" + rest, true
		}
	}
	first := strings.IndexFunc(s, isMask)
	if first < 0 {
		return "", false
	}
	last := strings.LastIndexFunc(s, isMask)
	if s[last] >= 0x80 {
		last += len("•") - 1
	}
	head, middle, tail := s[:first], s[first:last+1], s[last+1:]
	if strings.Trim(middle, "*x#.•- ") != "" || strings.Count(middle, "x") == 1 && len(middle) == 1 {
		return "", false
	}
	tail, okT := alnumUpper(tail, " -")
	head, okH := alnumUpper(head, " -")
	if !okT || !okH || head+tail == "" || head != "" && !allDigits(head) || tail != "" && !allDigits(tail) {
		return "", false
	}
	return head + "****" + tail, true
}

// isMask reports whether r is written for a hidden digit.
func isMask(r rune) bool { return r == '*' || r == 'x' || r == '#' || r == '•' || r == '.' }
