package ident

import (
	"net/netip"
	"strings"
)

// reservedNets are the networks that no single line on the internet has (IANA special-purpose address registries, RFC 6890).
var reservedNets = [...]netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // this network
	netip.MustParsePrefix("10.0.0.0/8"),      // private
	netip.MustParsePrefix("100.64.0.0/10"),   // carrier NAT
	netip.MustParsePrefix("127.0.0.0/8"),     // loopback
	netip.MustParsePrefix("169.254.0.0/16"),  // link-local
	netip.MustParsePrefix("172.16.0.0/12"),   // private
	netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
	netip.MustParsePrefix("192.0.2.0/24"),    // documentation
	netip.MustParsePrefix("192.168.0.0/16"),  // private
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // documentation
	netip.MustParsePrefix("203.0.113.0/24"),  // documentation
	netip.MustParsePrefix("224.0.0.0/4"),     // multicast
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved, broadcast
	netip.MustParsePrefix("::/127"),          // unspecified, loopback
	netip.MustParsePrefix("100::/64"),        // discard
	netip.MustParsePrefix("2001:2::/48"),     // benchmarks
	netip.MustParsePrefix("2001:10::/28"),    // ORCHID
	netip.MustParsePrefix("2001:20::/28"),    // ORCHIDv2
	netip.MustParsePrefix("2001:db8::/32"),   // documentation
	netip.MustParsePrefix("3fff::/20"),       // documentation
	netip.MustParsePrefix("5f00::/16"),       // segment routing
	netip.MustParsePrefix("fc00::/7"),        // unique local
	netip.MustParsePrefix("fe80::/10"),       // link-local
	netip.MustParsePrefix("fec0::/10"),       // site-local
	netip.MustParsePrefix("ff00::/8"),        // multicast
}

// parseIP reads an IP address, alone or with a port, a zone, brackets or the prefix length of a single address.
func parseIP(_ Parser, s, _ string) (ID, error) {
	bare := bareIP(s)
	a, err := netip.ParseAddr(bare)
	if err != nil {
		return fail(IP, "not an IP address")
	}
	key := bare // an IPv4 address has one form
	if !a.Is4() {
		a = a.WithZone("").Unmap()
		key = a.String()
	}
	return makeID(IP, ipMark(a), key)
}

// reservedFirst has the first bytes of the IPv4 addresses in [reservedNets]: few ordinary addresses have one of them, and the
// others need not be compared with each of the networks.
var reservedFirst = func() (set [256]bool) {
	for _, n := range reservedNets {
		if !n.Addr().Is4() {
			continue
		}
		first := int(n.Addr().As4()[0])
		for i := range max(1, 1<<8>>n.Bits()) {
			set[first+i] = true
		}
	}
	return set
}()

// ipMark says whether no single line can have the address.
func ipMark(a netip.Addr) Mark {
	if a.Is4() && !reservedFirst[a.As4()[0]] {
		return Ordinary
	}
	for _, n := range &reservedNets {
		if n.Contains(a) {
			return Reserved
		}
	}
	return Ordinary
}

// bareIP cuts brackets, port and full prefix length off an address.
func bareIP(s string) string {
	if every(s, func(c byte) bool { return isDigit(c) || c == '.' }) {
		return s
	}
	if strings.HasPrefix(s, "[") {
		host, rest, ok := strings.Cut(s[1:], "]")
		if ok && (rest == "" || rest[0] == ':' && allDigits(rest[1:])) {
			return host
		}
		return s
	}
	if host, port, ok := strings.Cut(s, ":"); ok && allDigits(port) && strings.Count(host, ".") == 3 {
		return host
	}
	if host, bits, ok := strings.Cut(s, "/"); ok && (bits == "128" || bits == "32" && strings.Contains(host, ".")) {
		return host
	}
	return s
}

// Line returns the line that an IP identifier stands for: the address for IPv4, the /64 network
// for IPv6, whose last half changes by the hour on a home line (RFC 8981). It returns "" for other kinds.
func (id ID) Line() string {
	if id.kind != IP {
		return ""
	}
	a, err := netip.ParseAddr(id.key)
	if err != nil || a.Is4() {
		return id.key
	}
	p, err := a.Prefix(64)
	if err != nil {
		return id.key
	}
	return p.String()
}
