package lists

import (
	"fmt"
	"net/netip"

	"github.com/oschwald/maxminddb-golang/v2"

	"samehand/graph/ident"
)

// network is a MaxMind DB.
type network struct {
	name string // as it was given
	db   *maxminddb.Reader
	seen map[uintptr]answer // by where in the file a record is: many networks have one record
	told map[string]bool    // classes on which it said something, yes or no, of any line it was asked about
	err  error              // the first fault met when it was read
}

// answer is what a record says: "" and "" when it says nothing.
type answer struct{ class, reason string }

// fields are those that say what sort of network a line is: of GeoIP2 Anonymous IP and Enterprise (user_type, and all of them
// below traits), and those that other makers use (vpn, proxy, tor, relay, hosting; type of an autonomous system). Makers
// write them as true or "true".
type fields struct {
	AnonymousVPN     any `maxminddb:"is_anonymous_vpn"`
	PublicProxy      any `maxminddb:"is_public_proxy"`
	ResidentialProxy any `maxminddb:"is_residential_proxy"`
	TorExit          any `maxminddb:"is_tor_exit_node"`
	HostingProvider  any `maxminddb:"is_hosting_provider"`
	UserType         any `maxminddb:"user_type"`

	VPN     any `maxminddb:"vpn"`
	Proxy   any `maxminddb:"proxy"`
	Tor     any `maxminddb:"tor"`
	Relay   any `maxminddb:"relay"`
	Hosting any `maxminddb:"hosting"`
	Type    any `maxminddb:"type"`
}

// openNetwork opens a MaxMind DB. It is mapped into memory, and read where it is asked.
func openNetwork(name string) (*network, error) {
	db, err := maxminddb.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: not a MaxMind DB that can be read: %w", name, err)
	}
	return &network{name: name, db: db, seen: map[uintptr]answer{}, told: map[string]bool{}}, nil
}

// class says what the file says of a line.
func (n *network) class(id ident.ID) (class, reason string, ok bool) {
	a, err := netip.ParseAddr(id.Key())
	if id.Kind() != ident.IP || err != nil || n.err != nil || a.Is6() && n.db.Metadata.IPVersion == 4 {
		return "", "", false
	}
	found := n.db.Lookup(a)
	if found.Err() == nil && !found.Found() {
		return "", "", false
	}
	said, ok := n.seen[found.Offset()]
	if !ok || found.Err() != nil {
		if said, err = n.read(found); err != nil {
			n.err = fmt.Errorf("%s: it is damaged: %w", n.name, err)
			return "", "", false
		}
		n.seen[found.Offset()] = said
	}
	return said.class, said.reason, said.class != ""
}

// read reads one record.
func (n *network) read(found maxminddb.Result) (answer, error) {
	var record struct {
		fields
		Traits fields `maxminddb:"traits"`
	}
	if err := found.Decode(&record); err != nil {
		return answer{}, err
	}
	for _, f := range []fields{record.fields, record.Traits} {
		if said := n.judge(f); said.class != "" {
			return said, nil
		}
	}
	return answer{}, nil
}

// judge reads the fields. Makers call hosting companies anonymous too, so that only fields for one sort are believed.
func (n *network) judge(f fields) (said answer) {
	for _, c := range []struct {
		value  any
		class  string
		reason string
	}{
		{f.TorExit, Anonymiser, "a Tor exit"}, {f.Tor, Anonymiser, "a Tor exit"},
		{f.AnonymousVPN, Anonymiser, "a VPN's"}, {f.VPN, Anonymiser, "a VPN's"},
		{f.PublicProxy, Anonymiser, "a proxy's"}, {f.Proxy, Anonymiser, "a proxy's"}, {f.Relay, Anonymiser, "a relay's"},
		{f.ResidentialProxy, Anonymiser, "a proxy's that runs through homes"},
		{f.HostingProvider, Hosting, "a hosting company's"}, {f.Hosting, Hosting, "a hosting company's"},
		{f.UserType, Hosting, "a hosting company's"}, {f.Type, Hosting, "a hosting company's"},
	} {
		if c.value == nil {
			continue
		}
		n.told[c.class] = true
		if said.class == "" && yes(c.value) {
			tail := "strangers share it"
			if c.class == Hosting {
				tail = "nobody lives there"
			}
			said = answer{c.class, "it is " + c.reason + ", and " + tail}
		}
	}
	return said
}

// yes reports whether a field says so.
func yes(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		return v == "true" || v == "hosting"
	}
	return false
}
