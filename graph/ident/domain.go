package ident

import (
	"strings"

	"golang.org/x/net/idna"
)

// idnProfile turns internationalised names into their ASCII form, as browsers look them up (UTS #46, non-transitional).
// Underscores are let through: some hosts have them. A Profile may be used by several goroutines.
var idnProfile = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.BidiRule())

// domainOf returns a host name in lower-case ASCII without its trailing dot,
// or "" and what is wrong with it. An IP address is not a domain.
func domainOf(s string) (domain, fault string) {
	s = strings.TrimSuffix(fold(s), ".")
	if !ascii(s) || strings.Contains(s, "xn--") {
		a, err := idnProfile.ToASCII(s)
		if err != nil {
			return "", "the domain is not a valid internationalised name"
		}
		s = strings.TrimSuffix(strings.ToLower(a), ".")
	}
	if s == "localhost" {
		return s, ""
	}
	if len(s) > 253 {
		return "", "the domain is longer than 253 characters"
	}
	last := strings.LastIndexByte(s, '.')
	if last < 0 {
		return "", "the domain has no dot"
	}
	if allDigits(s[last+1:]) {
		return "", "the domain ends in a number"
	}
	return s, labelFault(s)
}

// labelFault says what is wrong with the labels of a domain in ASCII, "" when nothing is.
func labelFault(s string) string {
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			if c := s[i]; !isAlnum(c) && c != '-' && c != '_' {
				return "the domain holds a character that domains do not have"
			}
			continue
		}
		switch l := s[start:i]; {
		case l == "":
			return "the domain has an empty part"
		case len(l) > 63:
			return "a part of the domain is longer than 63 characters"
		case l[0] == '-' || l[len(l)-1] == '-':
			return "a part of the domain begins or ends with a hyphen"
		}
		start = i + 1
	}
	return ""
}

// nobodysDomains are domains that nobody has an account at: reserved by RFC 2606
// and RFC 6761, or written into forms so often instead of a value that they stand for none.
var nobodysDomains = map[string]bool{
	"example.com": true, "example.org": true, "example.net": true, "example.edu": true, "localhost": true, "localhost.localdomain": true,
	"test.com": true, "none.com": true, "noemail.com": true, "no-email.com": true, "nomail.com": true,
}

// nobodysDomain reports whether nobody has an account at the domain.
func nobodysDomain(d string) bool {
	for _, tld := range [...]string{".test", ".invalid", ".example", ".localhost"} {
		if strings.HasSuffix(d, tld) {
			return true
		}
	}
	if nobodysDomains[d] {
		return true
	}
	return strings.HasSuffix(d, ".example.com") || strings.HasSuffix(d, ".example.org") || strings.HasSuffix(d, ".example.net")
}
