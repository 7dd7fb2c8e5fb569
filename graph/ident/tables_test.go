package ident

import (
	"net/netip"
	"strings"
	"testing"
)

// A short form that is itself shortened would make a key that does not read as itself.
func TestAbbreviationsAreFinal(t *testing.T) {
	for long, short := range abbreviations {
		if a := abbreviations[short]; a != "" && a != short {
			t.Errorf("%s is %s, and that is %s", long, short, a)
		}
		if designators[long] != "" || designators[short] != "" {
			t.Errorf("%s or %s is also a word for a unit", long, short)
		}
	}
	for word, kind := range designators {
		if designators[kind] != kind || !unitKinds[kind] {
			t.Errorf("%s is %s, which is not written as itself", word, kind)
		}
	}
	for name, abbr := range stateNames {
		if len(abbr) != 2 {
			t.Errorf("%s: %q is not an abbreviation of a state", name, abbr)
		}
		for _, w := range strings.Fields(name) {
			if a := abbreviations[w]; a != "" && a != w {
				t.Errorf("the state %s is never found: %s is written %s", name, w, a)
			}
		}
	}
}

func TestTablesAreInTheirOwnForm(t *testing.T) {
	for w := range noValues {
		if len(w) > longestNoValue || w != strings.ToLower(w) || noValue(w) != w {
			t.Errorf("%q would never be found", w)
		}
	}
	for mac := range fakeMACs {
		if id, err := Parse(Device, mac); err != nil || id.key != "mac:"+mac || id.mark != Placeholder {
			t.Errorf("%s: %q %q, %v", mac, id.key, id.mark, err)
		}
	}
	for u := range fakeUUIDs {
		if id, err := Parse(Device, u); err != nil || id.key != "uuid:"+u || id.mark != Placeholder {
			t.Errorf("%s: %q %q, %v", u, id.key, id.mark, err)
		}
	}
	for s := range fakeSerials {
		if id, err := parseSerial(s); err != nil || id.mark != Placeholder {
			t.Errorf("%s: %q %q, %v", s, id.key, id.mark, err)
		}
	}
	for country, n := range ibanLengths {
		if len(country) != 2 || n < 15 || n > 34 || countryOf(country) == "" {
			t.Errorf("IBAN of %q: length %d", country, n)
		}
	}
	for name, code := range countryNames {
		if name != foldLatin(name) || len(code) != 2 || code != strings.ToUpper(code) {
			t.Errorf("country %q: %q", name, code)
		}
	}
	for domain, p := range providers {
		if d, fault := domainOf(domain); fault != "" || d != domain || providers[p.domain].domain != p.domain || freeMail[domain] {
			t.Errorf("provider %s: %s, folded to %s", domain, fault, p.domain)
		}
	}
}

// No two platforms have the same name, alias or host, and each name can stand in a key.
func TestPlatformsAreApart(t *testing.T) {
	names, hosts := map[string]string{}, map[string]string{}
	for _, p := range platforms {
		for _, n := range append([]string{p.name}, p.aliases...) {
			if names[n] != "" {
				t.Errorf("%s is both %s and %s", n, names[n], p.name)
			}
			names[n] = p.name
			if got := scopeOf(strings.ToUpper(n)); got != p.name {
				t.Errorf("scope %s is %q, want %s", n, got, p.name)
			}
		}
		for _, h := range p.hosts {
			if d, fault := domainOf(h); d != h || fault != "" || strings.HasPrefix(h, "www.") {
				t.Errorf("host %s: %s", h, fault)
			}
			if hosts[h] != "" || sharedHosts[h] {
				t.Errorf("host %s is listed twice", h)
			}
			hosts[h] = p.name
			if len(p.profile) == 0 {
				t.Errorf("%s has a host and no profiles", p.name)
			}
		}
	}
}

// TestShortcutsOfTables holds what is looked at before a table is asked to the table.
func TestShortcutsOfTables(t *testing.T) {
	for w := range abbreviations {
		if isDigit(w[0]) {
			t.Errorf("abbreviation %q begins with a digit, and is not looked up", w)
		}
	}
	for w := range designators {
		if designator(w) != designators[w] {
			t.Errorf("designator %q is not looked up", w)
		}
	}
	for w := range nowhere {
		if len(w) > longestNowhere {
			t.Errorf("address of nobody %q is not looked up", w)
		}
	}
	for _, n := range reservedNets {
		for a := n.Addr(); n.Contains(a) && a.Is4(); a = nextNet(a) {
			if ipMark(a) != Reserved {
				t.Errorf("%v of %v is not reserved", a, n)
			}
			if a.As4()[0] == 255 {
				break
			}
		}
	}
}

// nextNet returns the IPv4 address with the next first byte.
func nextNet(a netip.Addr) netip.Addr {
	b := a.As4()
	b[0]++
	return netip.AddrFrom4(b)
}
