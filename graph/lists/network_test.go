package lists_test

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"

	"samehand/graph/ident"
	"samehand/graph/lists"
)

// entry is a network and what a MaxMind DB says of it.
type entry struct {
	net  string
	says mmdbtype.Map
}

// mmdb writes a MaxMind DB of an IP version and returns its spec.
func mmdb(t testing.TB, version int, entries ...entry) lists.Spec {
	t.Helper()
	w, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: "Test", IPVersion: version, RecordSize: 24, BuildEpoch: 1, IncludeReservedNetworks: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		_, n, err := net.ParseCIDR(e.net)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Insert(n, e.says); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if _, err := w.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "test.mmdb")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return lists.Spec{Kind: lists.Network, Path: name}
}

func TestNetwork(t *testing.T) {
	yes, no := mmdbtype.Bool(true), mmdbtype.Bool(false)
	l := open(t, mmdb(t, 6,
		entry{"1.1.0.0/24", mmdbtype.Map{"is_anonymous": yes, "is_anonymous_vpn": yes, "is_hosting_provider": yes}},
		entry{"1.2.0.0/24", mmdbtype.Map{"is_anonymous": yes, "is_hosting_provider": yes}},
		entry{"1.3.0.0/24", mmdbtype.Map{"is_anonymous": no, "is_hosting_provider": no}},
		entry{"1.4.0.0/24", mmdbtype.Map{"autonomous_system_number": mmdbtype.Uint32(7)}},
		entry{"1.5.0.0/24", mmdbtype.Map{"vpn": mmdbtype.String("true"), "proxy": mmdbtype.String(""), "hosting": mmdbtype.String("true")}},
		entry{"1.6.0.0/24", mmdbtype.Map{"asn": mmdbtype.String("AS7"), "type": mmdbtype.String("hosting")}},
		entry{"1.7.0.0/24", mmdbtype.Map{"type": mmdbtype.String("isp")}},
		entry{"1.8.0.0/24", mmdbtype.Map{"traits": mmdbtype.Map{"user_type": mmdbtype.String("hosting"), "is_tor_exit_node": no}}},
		entry{"1.9.0.0/24", mmdbtype.Map{"traits": mmdbtype.Map{"is_tor_exit_node": yes}}},
		entry{"1.10.0.0/24", mmdbtype.Map{"vpn": mmdbtype.Map{"odd": yes}, "relay": mmdbtype.Slice{yes}}},
		entry{"2a00::/32", mmdbtype.Map{"is_residential_proxy": yes}},
	))
	for text, want := range map[string]string{
		"1.1.0.9": lists.Anonymiser, "1.2.0.9": lists.Hosting, "1.3.0.9": "", "1.4.0.9": "", "1.5.0.9": lists.Anonymiser, "1.6.0.9": lists.Hosting,
		"1.7.0.9": "", "1.8.0.9": lists.Hosting, "1.9.0.9": lists.Anonymiser, "1.10.0.9": "", "1.99.0.9": "", "2a00::7": lists.Anonymiser, "2a01::7": "",
	} {
		class, reason, ok := l.Class(parse(t, ident.IP, text))
		if class != want || ok != (want != "") || ok && !strings.HasPrefix(reason, "it is a ") {
			t.Errorf("%s: %q, %q, %v; want %q", text, class, reason, ok, want)
		}
	}
	if _, _, ok := l.Class(parse(t, ident.Email, "x@gmail.com")); ok {
		t.Error("it says something of a mailbox")
	}
	if got := l.Unknown(); len(got) != 4 || len(l.Silent()) != 0 {
		t.Errorf("unknown %v, silent %v", got, l.Silent())
	}
	if err := l.Err(); err != nil {
		t.Error(err)
	}
}

// TestNetworkSilent: a database that only names owners must not be taken for one that clears lines.
func TestNetworkSilent(t *testing.T) {
	l := open(t, mmdb(t, 4, entry{"1.4.0.0/16", mmdbtype.Map{"autonomous_system_organization": mmdbtype.String("Some ISP")}}))
	for _, text := range []string{"1.4.0.9", "1.5.0.9", "2a00::7"} { // one in it, one not, one that it cannot hold
		if _, _, ok := l.Class(parse(t, ident.IP, text)); ok {
			t.Errorf("%s has a class", text)
		}
	}
	if got := l.Silent(); len(got) != 1 || got[0] != "test.mmdb" || len(l.Unknown()) != 6 || l.Err() != nil {
		t.Errorf("silent %v, unknown %v, %v", got, l.Unknown(), l.Err())
	}
	text := open(t, write(t, lists.Hosting, "1.4.0.0/16\n"), mmdb(t, 4, entry{"1.4.7.0/24", mmdbtype.Map{"vpn": mmdbtype.Bool(true)}}))
	if class, _, _ := text.Class(parse(t, ident.IP, "1.4.7.7")); class != lists.Anonymiser {
		t.Errorf("a VPN on rented servers is %q", class)
	}
}

// TestNetworkDamaged flips bytes of a database one after the other: it is refused, or says that it is damaged, or answers;
// it never panics.
func TestNetworkDamaged(t *testing.T) {
	spec := mmdb(t, 6, entry{"1.1.0.0/16", mmdbtype.Map{"vpn": mmdbtype.Bool(true), "traits": mmdbtype.Map{"user_type": mmdbtype.String("hosting")}}})
	whole, err := os.ReadFile(spec.Path)
	if err != nil {
		t.Fatal(err)
	}
	id := parse(t, ident.IP, "1.1.2.3")
	refused, damaged := 0, 0
	ask := func(b []byte) {
		if err := os.WriteFile(spec.Path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := lists.Open([]lists.Spec{spec})
		if err != nil {
			refused++
			return
		}
		l.Class(id)
		if l.Err() != nil {
			damaged++
			if _, _, ok := l.Class(id); ok {
				t.Error("it answers after a fault")
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	for i := range whole {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			b := bytes.Clone(whole)
			b[i] ^= flip
			ask(b)
		}
	}
	for n := 0; n < len(whole); n += 7 {
		ask(whole[:n])
	}
	if refused == 0 || damaged == 0 {
		t.Errorf("%d refused, %d damaged: the test does not reach what it is to reach", refused, damaged)
	}
}
