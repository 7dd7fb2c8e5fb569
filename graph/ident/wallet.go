package ident

import (
	"strings"

	"github.com/btcsuite/btcd/btcutil/base58"
	"github.com/btcsuite/btcd/btcutil/bech32"
	"golang.org/x/crypto/sha3"
)

// assets are the names of assets and chains that stand before a wallet's address. They are cut off: one
// address may be listed under several assets, and is one wallet.
var assets = set("btc", "xbt", "bitcoin", "eth", "ethereum", "ether", "etc", "evm", "usdt", "usdc", "dai", "tether", "busd", "erc20", "erc-20", "trc20", "trc-20", "bep20", "bep-20",
	"trx", "tron", "ltc", "litecoin", "doge", "dogecoin", "dash", "zec", "zcash", "xmr", "monero", "bch", "bsv", "btg", "xvg", "arb", "arbitrum", "bsc", "bnb", "matic", "polygon",
	"op", "optimism", "base", "avax", "wallet", "xrp", "ripple", "crypto")

// parseWallet reads the address of a wallet and checks it by the check its form has.
func parseWallet(s string) (ID, error) {
	s, sol := cutAsset(s)
	switch {
	case sol:
		return parseSolana(s)
	case strings.HasPrefix(s, "0x"), strings.HasPrefix(s, "0X"):
		return parseEVM(s)
	case strings.ContainsAny(s, " @"):
	case isBech32(s):
		return parseBech32(s)
	case isCashAddr(s):
		return parseCashAddr(s)
	case len(s) == 95 || len(s) == 106:
		return parseMonero(s)
	case len(s) >= 26 && len(s) <= 36:
		return parseBase58(s)
	case len(s) >= 43 && len(s) <= 44 && every(s, isBase58):
		return fail(Payment, "an address without a check: write sol: before it if it is one of Solana")
	case len(s) == 64 && allHex(s):
		return fail(Payment, "64 hexadecimal digits are a transaction, a key or a payment id, not an address")
	}
	return fail(Payment, "not an account, IBAN, wallet or provider's account of a known form")
}

// cutAsset cuts the asset off an address, and reports whether it says that the address is one of Solana.
func cutAsset(s string) (rest string, sol bool) {
	for range 3 { // "USDT TRC20: T..." has two
		i := strings.IndexAny(s, ": ")
		if i <= 0 {
			break
		}
		asset := strings.ToLower(s[:i])
		if asset == "sol" || asset == "solana" || asset == "spl" {
			return strings.TrimLeft(s[i:], ": "), true
		}
		if !assets[asset] {
			break
		}
		s = strings.TrimLeft(s[i:], ": -")
	}
	return s, false
}

// parseEVM reads an address of Ethereum and the chains that have its form: evm:0x and forty lower-case digits.
// Mixed case must pass the check of EIP-55.
func parseEVM(s string) (ID, error) {
	hex := s[2:]
	if len(hex) != 40 || !allHex(hex) {
		return fail(Payment, "0x is not followed by the forty hexadecimal digits of an address")
	}
	lower := strings.ToLower(hex)
	if hex != lower && hex != strings.ToUpper(hex) && hex != eip55(lower) {
		return fail(Payment, "the letters' case fails the address check (EIP-55): a digit is wrong, or the case was changed")
	}
	if sameChar(lower) || lower == "000000000000000000000000000000000000dead" || strings.Trim(lower[:39], "0") == "" {
		return makeID(Payment, Placeholder, "evm:0x"+lower) // nobody's, or a contract built into the chain
	}
	return makeID(Payment, Ordinary, "evm:0x"+lower)
}

// eip55 returns the digits of an address with its check in the letters' case.
func eip55(lower string) string {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(lower))
	sum := h.Sum(nil)
	out := []byte(lower)
	for i, c := range out {
		nibble := sum[i/2] >> 4
		if i%2 == 1 {
			nibble = sum[i/2] & 15
		}
		if c >= 'a' && nibble >= 8 {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}

// isBase58 reports whether c is in the alphabet of base 58.
func isBase58(c byte) bool { return isAlnum(c) && c != '0' && c != 'O' && c != 'I' && c != 'l' }

// base58Versions are the version bytes of addresses with a payload of 20 bytes.
var base58Versions = map[byte]string{
	0x00: "BTC, BCH, BSV", 0x05: "BTC and LTC scripts", 0x30: "LTC", 0x32: "LTC scripts", 0x1e: "DOGE, XVG", 0x16: "DOGE scripts", 0x4c: "DASH", 0x10: "DASH scripts",
	0x41: "TRX", 0x26: "BTG", 0x17: "BTG scripts", 0x21: "XVG scripts",
}

// parseBase58 reads an address in base58check: Bitcoin and its relatives, Tron, Zcash's transparent ones; XRP's has its own alphabet.
func parseBase58(s string) (ID, error) {
	if !every(s, isBase58) {
		return fail(Payment, "not a wallet's address: it has letters that base 58 does not have")
	}
	payload, version, err := base58.CheckDecode(s)
	if err != nil {
		if s[0] == 'r' && xrpValid(s) {
			return makeID(Payment, Ordinary, s)
		}
		return fail(Payment, "the check of the wallet's address is wrong")
	}
	zec := version == 0x1c && len(payload) == 21 && (payload[0] == 0xb8 || payload[0] == 0xbd)
	if !zec && (len(payload) != 20 || base58Versions[version] == "") {
		return fail(Payment, "a valid base58 text, but not the address of a known kind of wallet")
	}
	if strings.Trim(string(payload), "\x00") == "" {
		return makeID(Payment, Placeholder, s) // the all-zero address, where coins are destroyed
	}
	return makeID(Payment, Ordinary, s)
}

// The alphabets of Bitcoin and of the XRP ledger, digit for digit.
const (
	btcAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	xrpAlphabet = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
)

// xrpValid reports whether s is an address of the XRP ledger.
func xrpValid(s string) bool {
	b := []byte(s)
	for i, c := range b {
		j := strings.IndexByte(xrpAlphabet, c)
		if j < 0 {
			return false
		}
		b[i] = btcAlphabet[j]
	}
	payload, version, err := base58.CheckDecode(string(b))
	return err == nil && version == 0 && len(payload) == 20
}

// bech32Chains are the human-readable parts of address in bech32 (BIP 173) and bech32m (BIP 350).
var bech32Chains = [...]string{"bc1", "ltc1"}

func isBech32(s string) bool {
	for _, hrp := range bech32Chains {
		if _, ok := trimPrefixFold(s, hrp); ok {
			return true
		}
	}
	return false
}

// parseBech32 reads a segregated-witness address.
func parseBech32(s string) (ID, error) {
	_, data, version, err := bech32.DecodeGeneric(s)
	if err != nil {
		return fail(Payment, "the check of the bech32 address is wrong")
	}
	if len(data) == 0 || (data[0] == 0) != (version == bech32.Version0) || data[0] > 16 {
		return fail(Payment, "a bech32 text, but not a witness address")
	}
	program, err := bech32.ConvertBits(data[1:], 5, 8, false)
	if n := len(program); err != nil || n < 2 || n > 40 || data[0] == 0 && n != 20 && n != 32 {
		return fail(Payment, "the bech32 address does not have the length of its kind")
	}
	return makeID(Payment, Ordinary, strings.ToLower(s))
}

// parseSolana reads an address of Solana, which has no check: 32 bytes in base 58. Only an explicit sol: leads here.
func parseSolana(s string) (ID, error) {
	if len(s) < 32 || len(s) > 44 || !every(s, isBase58) || len(base58.Decode(s)) != 32 {
		return fail(Payment, "not an address of Solana: those are 32 bytes in base 58")
	}
	if sameChar(s) {
		return makeID(Payment, Placeholder, "sol:"+s) // the system program
	}
	return makeID(Payment, Ordinary, "sol:"+s)
}
