package lists_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/ident"
	"samehand/graph/lists"
)

// wallet is an example of EIP-55.
const wallet = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"

// write writes a list and returns its spec.
func write(t testing.TB, kind, text string) lists.Spec {
	t.Helper()
	name := filepath.Join(t.TempDir(), kind+".txt")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return lists.Spec{Kind: kind, Path: name}
}

// open opens lists and closes them when the test ends.
func open(t testing.TB, specs ...lists.Spec) *lists.Lists {
	t.Helper()
	l, err := lists.Open(specs)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func parse(t testing.TB, k ident.Kind, text string) ident.ID {
	t.Helper()
	id, err := ident.Parse(k, text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return id
}

func TestClass(t *testing.T) {
	l := open(t,
		write(t, lists.Anonymiser, "\ufeff# exits\r\n192.88.99.0/24\r\n\r\n2a00:1:2::/48\n8.8.8.8"),
		write(t, lists.Hosting, "5.9.0.0/16\n192.88.99.7\n"),
		write(t, lists.SponsorBank, "026073150\n"),
		write(t, lists.BotMailbox, "Builder.Bot@gmail.com\n@ci.quarrylane.net\n"),
		write(t, lists.Exchange, "ETH "+wallet+"\n"),
		write(t, lists.MailboxShop, "1209 North Orange Street, Wilmington, DE 19801\n44 Pine St Ste 200, Austin TX 78701\n"),
	)
	for _, c := range []struct {
		kind  ident.Kind
		text  string
		class string
	}{
		{ident.IP, "192.88.99.0", lists.Anonymiser}, {ident.IP, "192.88.99.255", lists.Anonymiser}, {ident.IP, "192.88.98.255", ""}, {ident.IP, "192.88.100.0", ""},
		{ident.IP, "8.8.8.8", lists.Anonymiser}, {ident.IP, "8.8.8.9", ""}, {ident.IP, "2a00:1:2:ffff::1", lists.Anonymiser}, {ident.IP, "2a00:1:3::1", ""},
		{ident.IP, "5.9.1.1", lists.Hosting}, {ident.IP, "192.88.99.7", lists.Anonymiser}, {ident.IP, "::ffff:5.9.1.1", lists.Hosting},
		{ident.Payment, "026073150", lists.SponsorBank}, {ident.Payment, "026073150 ****1234", lists.SponsorBank},
		{ident.Payment, "026073150 8311234567", ""}, {ident.Payment, "021000021", ""},
		{ident.Email, "builderbot@googlemail.com", lists.BotMailbox}, {ident.Email, "builder@gmail.com", ""},
		{ident.Email, "anything@ci.quarrylane.net", lists.BotMailbox}, {ident.Email, "anything@quarrylane.net", ""}, {ident.Email, "x@sub.ci.quarrylane.net", ""},
		{ident.Payment, wallet, lists.Exchange}, {ident.Payment, "0x52908400098527886E0F7030069857D2E4169EE7", ""},
		{ident.Address, "1209 N Orange St, Wilmington DE 19801-1120", lists.MailboxShop}, {ident.Address, "1209 N Orange St #4410, Wilmington DE 19801", ""},
		{ident.Address, "44 Pine Street Suite 200, Austin TX 78701", lists.MailboxShop}, {ident.Address, "44 Pine Street, Austin TX 78701", lists.MailboxShop},
		{ident.Address, "44 Pine Street Suite 300, Austin TX 78701", ""}, {ident.Address, "44 Pine Street Suite 200 PMB 12, Austin TX 78701", ""},
		{ident.Phone, "+1 312 555 0199", ""},
	} {
		class, reason, ok := l.Class(parse(t, c.kind, c.text))
		if class != c.class || ok != (class != "") || (reason != "") != ok || strings.ContainsAny(reason, "0123456789@") {
			t.Errorf("%v %s: %q, %q, %v; want %q", c.kind, c.text, class, reason, ok, c.class)
		}
	}
	if got := l.Unknown(); len(got) != 0 {
		t.Errorf("unknown: %v", got)
	}
	var values []int
	for _, s := range l.Sources() {
		values = append(values, s.Values)
		if len(s.SHA256) != 64 || !strings.HasPrefix(l.Identity()["list."+s.Kind], s.Name+" sha256:"+s.SHA256) {
			t.Errorf("%+v, %v", s, l.Identity())
		}
	}
	if d := cmp.Diff([]int{3, 2, 1, 2, 2, 1}, values); d != "" {
		t.Errorf("values by kind (-want +got)\n%s", d)
	}
}

// TestOrder: which list is given first changes nothing.
func TestOrder(t *testing.T) {
	a, b := write(t, lists.Hosting, "5.9.0.0/16\n"), write(t, lists.Anonymiser, "5.9.1.0/24\n")
	c := write(t, lists.Hosting, "5.10.0.0/16\n")
	one, two := open(t, a, b, c), open(t, c, b, a)
	for _, text := range []string{"5.9.1.1", "5.9.2.2", "5.10.0.1"} {
		id := parse(t, ident.IP, text)
		x, _, _ := one.Class(id)
		y, _, _ := two.Class(id)
		if x != y || x == "" {
			t.Errorf("%s: %q and %q", text, x, y)
		}
	}
	if d := cmp.Diff(one.Identity(), two.Identity()); d != "" || strings.Count(one.Identity()["list.hosting"], "sha256:") != 2 {
		t.Errorf("%s%v", d, one.Identity())
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ kind, text, want string }{
		{lists.Anonymiser, "8.8.8.8\nsecret\n", "line 2: not an IP address"},
		{lists.Anonymiser, "0.0.0.0/0\n", "line 1: a network wider than /8"},
		{lists.Anonymiser, "::/0\n", "wider than /16"},
		{lists.Anonymiser, "::ffff:1.2.3.0/120\n", "in the form of IPv6"},
		{lists.Anonymiser, "fe80::1%secret\n", "not an IP address"},
		{lists.Hosting, "8.8.8.8/99\n", "not an IP address"},
		{lists.Hosting, "# nothing\n\n", "no value in it"},
		{lists.Hosting, "", "no value in it"},
		{lists.SponsorBank, "026073151\n", "check digit"},
		{lists.SponsorBank, "026073150 8311secret\n", "check digit"},
		{lists.BotMailbox, "secret\n", "not an e-mail address"},
		{lists.BotMailbox, "@\n", "not an e-mail address"},
		{lists.Exchange, "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\n", "not a wallet"},
		{lists.Exchange, "026073150\n", "not a wallet"},
		{lists.MailboxShop, "secret town\n", "not a street address"},
		{lists.MailboxShop, "\xff 12 Elm Street\n", "not UTF-8"},
		{lists.MailboxShop, strings.Repeat("1 Elm St ", 1000), "line 1: longer than"},
		{lists.BotMailbox, strings.Repeat("secret\n", 50), "and 30 more lines"},
		{"secrets", "x\n", "no kind of list of that name"},
		{lists.Network, "not a database", "not a MaxMind DB"},
	} {
		spec := write(t, c.kind, c.text)
		_, err := lists.Open([]lists.Spec{spec})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), spec.Path) {
			t.Errorf("%s %.40q: %v; want %q in it", c.kind, c.text, err, c.want)
		} else if strings.Contains(strings.ReplaceAll(err.Error(), spec.Path, ""), "secret") {
			t.Errorf("%s: the value is in the error: %v", c.kind, err)
		}
	}
	if _, err := lists.Open([]lists.Spec{{lists.Exchange, filepath.Join(t.TempDir(), "none")}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a list that is not there: %v", err)
	}
	if _, err := lists.Open([]lists.Spec{{lists.Exchange, t.TempDir()}}); err == nil || !strings.Contains(err.Error(), "must be a file") {
		t.Errorf("a folder: %v", err)
	}
	two := []lists.Spec{write(t, lists.Exchange, "x\n"), write(t, lists.BotMailbox, "x\n")}
	if _, err := lists.Open(two); err == nil || strings.Count(err.Error(), "line 1:") != 2 {
		t.Errorf("not every list's faults are named: %v", err)
	}
}

// TestTooLarge gives more values and more bytes than a list may have.
func TestTooLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 64 MB")
	}
	for _, c := range []struct{ text, want string }{
		{strings.Repeat("8.8.8.8\n", 1_000_001), "line 1000001: more than 1000000 values"},
		{strings.Repeat(strings.Repeat("#", 1000)+"\n", 70_000) + "8.8.8.8\n", "no value in it"},
		{"8.8.8.8\n" + strings.Repeat(strings.Repeat("#", 1000)+"\n", 70_000), "longer than 67108864 bytes"},
	} {
		if _, err := lists.Open([]lists.Spec{write(t, lists.Anonymiser, c.text)}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.20q...: %v; want %q", c.text, err, c.want)
		}
	}
}

func TestNone(t *testing.T) {
	var none *lists.Lists
	for _, l := range []*lists.Lists{none, {}, open(t)} {
		if _, _, ok := l.Class(parse(t, ident.IP, "8.8.8.8")); ok || len(l.Unknown()) != len(lists.Kinds())-1 || len(l.Identity()) != 0 || len(l.Silent()) != 0 {
			t.Errorf("%+v", l)
		}
		if err := errors.Join(l.Err(), l.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := lists.Folder(dir); err == nil || !strings.Contains(err.Error(), "no list in it") {
		t.Errorf("an empty folder: %v", err)
	}
	for _, name := range []string{"exchange.txt", "hosting-ours.txt", "ASN.mmdb", "README.md", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	specs, err := lists.Folder(dir)
	want := []lists.Spec{{lists.Network, filepath.Join(dir, "ASN.mmdb")}, {lists.Exchange, filepath.Join(dir, "exchange.txt")}, {lists.Hosting, filepath.Join(dir, "hosting-ours.txt")}}
	if err != nil || !slices.Equal(specs, want) {
		t.Errorf("%v, %v", specs, err)
	}
	for _, name := range []string{"exchanges.txt", "network.txt", "exchange.csv", "wallets"} {
		other := filepath.Join(dir, name)
		if err := os.WriteFile(other, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := lists.Folder(dir); err == nil || !strings.Contains(err.Error(), other) {
			t.Errorf("%s: %v", name, err)
		}
		if err := os.Remove(other); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := lists.Folder(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestParseSpec(t *testing.T) {
	if s, err := lists.ParseSpec("exchange=a=b.txt"); err != nil || s != (lists.Spec{Kind: lists.Exchange, Path: "a=b.txt"}) {
		t.Errorf("%v, %v", s, err)
	}
	for _, text := range []string{"", "exchange", "exchange=", "=x", "exchanges=x"} {
		if _, err := lists.ParseSpec(text); err == nil || !strings.Contains(err.Error(), "mailbox-shop") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestNetworks compares the look-up of networks with asking each of them.
func TestNetworks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var nets []netip.Prefix
		var text strings.Builder
		for range rapid.IntRange(1, 12).Draw(rt, "n") {
			a := netip.AddrFrom4([4]byte{byte(rapid.IntRange(20, 22).Draw(rt, "a")), byte(rapid.IntRange(0, 3).Draw(rt, "b")), byte(rapid.IntRange(0, 255).Draw(rt, "c")), byte(rapid.IntRange(0, 255).Draw(rt, "d"))})
			p := netip.PrefixFrom(a, rapid.IntRange(8, 32).Draw(rt, "bits"))
			nets = append(nets, p)
			fmt.Fprintln(&text, p)
		}
		l := open(t, write(t, lists.Anonymiser, text.String()))
		for range 50 {
			a := netip.AddrFrom4([4]byte{byte(rapid.IntRange(19, 23).Draw(rt, "a")), byte(rapid.IntRange(0, 4).Draw(rt, "b")), byte(rapid.IntRange(0, 255).Draw(rt, "c")), byte(rapid.IntRange(0, 255).Draw(rt, "d"))})
			want := slices.ContainsFunc(nets, func(p netip.Prefix) bool { return p.Contains(a) })
			if _, _, ok := l.Class(parse(t, ident.IP, a.String())); ok != want {
				rt.Fatalf("%v in %v: %v, want %v", a, nets, ok, want)
			}
		}
	})
}

// FuzzLists: whatever a list holds, reading it ends in an error or in a list that can be asked.
func FuzzLists(f *testing.F) {
	f.Add(uint8(1), []byte("8.8.8.8\n10.0.0.0/8\n"), "8.8.8.8")
	f.Add(uint8(4), []byte("a@b.co\n@c.co"), "a@b.co")
	f.Add(uint8(0), []byte("\xab\xcd\xefMaxMind.com"), "8.8.8.8")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, kind uint8, text []byte, ask string) {
		k := lists.Kinds()[int(kind)%len(lists.Kinds())]
		name := filepath.Join(dir, "list")
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := lists.Open([]lists.Spec{{Kind: k.Name, Path: name}})
		if err != nil {
			return
		}
		for _, kind := range ident.Kinds() {
			if id, err := ident.Parse(kind, ask); err == nil {
				l.Class(id)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}
