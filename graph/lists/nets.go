package lists

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"samehand/graph/ident"
)

// The widest networks that a list may hold, in bits: wider ones take in a share of the internet, and are a slip.
const (
	widest4 = 8
	widest6 = 16
)

// ipRange is the addresses from first to last.
type ipRange struct{ first, last netip.Addr }

// netBook holds networks.
type netBook struct {
	why    string
	ranges []ipRange
	sorted bool // by first, and none meets the next
}

func (b *netBook) add(line string) error {
	p, err := netip.ParsePrefix(line)
	if err != nil {
		a, err := netip.ParseAddr(line)
		if err != nil || a.Zone() != "" {
			return errors.New("not an IP address, and not a network such as 198.18.7.0/24")
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if p.Addr().Is4In6() {
		return errors.New("an IPv4 network in the form of IPv6; write it as IPv4")
	}
	least := widest6
	if p.Addr().Is4() {
		least = widest4
	}
	if p.Bits() < least {
		return fmt.Errorf("a network wider than /%d is a share of the internet, not one sort of line", least)
	}
	p = p.Masked()
	b.ranges, b.sorted = append(b.ranges, ipRange{p.Addr(), lastOf(p)}), false
	return nil
}

// lastOf returns the last address of a network.
func lastOf(p netip.Prefix) netip.Addr {
	bytes := p.Addr().AsSlice()
	for i := p.Bits(); i < p.Addr().BitLen(); i++ {
		bytes[i/8] |= 0x80 >> (i % 8)
	}
	last, _ := netip.AddrFromSlice(bytes) // as long as it was
	return last
}

// sort puts the ranges in order and makes one of those that overlap.
func (b *netBook) sort() {
	if b.sorted {
		return
	}
	slices.SortFunc(b.ranges, func(x, y ipRange) int { return x.first.Compare(y.first) })
	out := b.ranges[:0]
	for _, r := range b.ranges {
		if n := len(out); n > 0 && r.first.BitLen() == out[n-1].last.BitLen() && r.first.Compare(out[n-1].last) <= 0 {
			if r.last.Compare(out[n-1].last) > 0 {
				out[n-1].last = r.last
			}
			continue
		}
		out = append(out, r)
	}
	b.ranges, b.sorted = out, true
}

func (b *netBook) reason(id ident.ID) string {
	if id.Kind() != ident.IP {
		return ""
	}
	a, err := netip.ParseAddr(id.Key())
	if err != nil {
		return ""
	}
	b.sort()
	i, _ := slices.BinarySearchFunc(b.ranges, a, func(r ipRange, a netip.Addr) int { return r.last.Compare(a) })
	if i == len(b.ranges) || b.ranges[i].first.Compare(a) > 0 || b.ranges[i].first.BitLen() != a.BitLen() {
		return ""
	}
	return b.why
}
