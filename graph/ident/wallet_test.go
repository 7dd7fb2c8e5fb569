package ident

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/btcsuite/btcd/btcutil/base58"
	"pgregory.net/rapid"
)

// Addresses of every form, from the specifications' own test vectors and from keys made of one repeated byte.
func TestWallets(t *testing.T) {
	hash := []byte(strings.Repeat("\x11", 20))
	for _, c := range []struct{ name, raw, key string }{
		{"EIP-55, mixed case", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "evm:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"},
		{"EIP-55, all capitals", "0x52908400098527886E0F7030069857D2E4169EE7", "evm:0x52908400098527886e0f7030069857d2e4169ee7"},
		{"the asset is not the wallet", "USDC: 0xde709f2102306220921060314715629080e2fb77", "evm:0xde709f2102306220921060314715629080e2fb77"},
		{"two assets", "USDT ERC20 0xde709f2102306220921060314715629080e2fb77", "evm:0xde709f2102306220921060314715629080e2fb77"},
		{"P2PKH", "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem", "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem"},
		{"P2SH", "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX", "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX"},
		{"P2WSH (BIP 173)", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"},
		{"P2TR (BIP 350)", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"},
		{"CashAddr without its prefix", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"},
		{"CashAddr of a script", "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC"},
		{"CashAddr in capitals", "BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"},
		{"LTC", "ltc " + base58.CheckEncode(hash, 0x30), base58.CheckEncode(hash, 0x30)},
		{"DOGE", "DOGE:" + base58.CheckEncode(hash, 0x1e), base58.CheckEncode(hash, 0x1e)},
		{"DASH", base58.CheckEncode(hash, 0x4c), base58.CheckEncode(hash, 0x4c)},
		{"TRX", "USDT-TRC20 " + base58.CheckEncode(hash, 0x41), ""},
		{"TRX", "USDT TRC20: " + base58.CheckEncode(hash, 0x41), base58.CheckEncode(hash, 0x41)},
		{"ZEC, transparent", base58.CheckEncode(append([]byte{0xb8}, hash...), 0x1c), base58.CheckEncode(append([]byte{0xb8}, hash...), 0x1c)},
		{"XRP, the ledger's first account", "XRP rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"},
		{"XMR", "XMR 888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
			"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"},
	} {
		id, err := Parse(Payment, c.raw)
		if c.key == "" {
			if err == nil {
				t.Errorf("%s: read as %q", c.name, id.key)
			}
			continue
		}
		if err != nil || id != (ID{Payment, Ordinary, c.key}) {
			t.Errorf("%s: %q %q, %v; want %q", c.name, id.key, id.mark, err, c.key)
			continue
		}
		checkID(t, Parser{}, id)
	}
}

// What is no address, and what the error says.
func TestBadWallets(t *testing.T) {
	for _, c := range []struct{ raw, reason string }{
		{"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d358", "EIP-55"},
		{"0xfb6916095ca1df60bb79ce92ce3ea74c37c5d35", "forty"},
		{"17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhen", "check"},
		{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "witness"}, // bech32 where BIP 350 wants bech32m
		{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "witness"},                     // and the other way round
		{"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q", "check"},
		{"bitcoincash:Qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "mixes"},
		{"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3G", "check"},
		{"mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "not the address of a known kind"}, // Bitcoin's test network
		{strings.Repeat("ab", 32), "not an address"},
		{"4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB4T", "sol:"},
		{"sol:4Nd1mBQtrMJVYVfKf2PJy9NZUZdTAsp7D4xWLs4gDB", "32 bytes"},
	} {
		id, err := Parse(Payment, c.raw)
		if err == nil {
			t.Errorf("%s was read as %q", c.raw, id.key)
		} else if !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s: %v; want a reason with %q", c.raw, err, c.reason)
		}
	}
}

// No single wrong character in an address passes its check.
func TestWalletChecksCatchOneWrongCharacter(t *testing.T) {
	good := []string{
		"17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
		"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H", "DE89370400440532013000",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(good).Draw(t, "good")
		from := strings.IndexByte(s, ':') + 1
		i := rapid.IntRange(from, len(s)-1).Draw(t, "place")
		c := rapid.SampledFrom([]byte("023456789acdefghjklmnpqrstuvwxyz")).Draw(t, "wrong")
		if s[:2] == "DE" {
			c = byte('0' + rapid.IntRange(0, 9).Draw(t, "wrong digit"))
			i = max(i, 4)
		}
		bad := s[:i] + string(c) + s[i+1:]
		if strings.EqualFold(bad, s) {
			return
		}
		if id, err := Parse(Payment, bad); err == nil {
			t.Fatalf("%s was read as %q", bad, id.key)
		}
	})
}

// All addresses of the sanctions lists can be read.
func TestSanctionedWallets(t *testing.T) {
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set")
	}
	// The Monero list has one line of 64 hexadecimal digits, which is a payment id or a key and no address.
	refused := map[string]int{"XMR": 1}
	for _, asset := range []string{"ETH", "TRX", "USDT", "XBT", "XMR"} {
		f, err := os.Open(filepath.Join(dir, "ofac-wallets", "sanctioned_addresses_"+asset+".txt"))
		if err != nil {
			t.Skipf("no list of %s: %v", asset, err)
		}
		defer f.Close()
		n, bad := 0, 0
		for sc := bufio.NewScanner(f); sc.Scan(); {
			n++
			for _, raw := range []string{sc.Text(), asset + " " + sc.Text()} {
				id, err := Parse(Payment, raw)
				if err != nil {
					bad++
					t.Logf("%s, line %d: %v", asset, n, err)
					break
				}
				checkID(t, Parser{}, id)
			}
		}
		t.Logf("%s: %d addresses, %d refused", asset, n, bad)
		if n == 0 || bad != refused[asset] {
			t.Errorf("%s: %d of %d refused, want %d", asset, bad, n, refused[asset])
		}
	}
}
