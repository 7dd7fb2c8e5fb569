package ident

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/btcsuite/btcd/btcutil/base58"
	"golang.org/x/crypto/sha3"
)

// parseMonero reads an address of Monero: in base 58 by blocks of eight bytes (CryptoNote standard 007), ending in four
// bytes of Keccak-256.
func parseMonero(s string) (ID, error) {
	raw, ok := moneroDecode(s)
	if !ok {
		return fail(Payment, "not a Monero address: its base 58 is damaged")
	}
	h := sha3.NewLegacyKeccak256()
	h.Write(raw[:len(raw)-4])
	if !bytes.Equal(h.Sum(nil)[:4], raw[len(raw)-4:]) {
		return fail(Payment, "the check of the Monero address is wrong")
	}
	// 18 standard, 42 subaddress, 19 integrated (with a payment id)
	if standard := len(raw) == 69 && (raw[0] == 18 || raw[0] == 42); !standard && !(len(raw) == 77 && raw[0] == 19) {
		return fail(Payment, "a valid CryptoNote address, but not one of Monero's main network")
	}
	return makeID(Payment, Ordinary, s)
}

// moneroDecode decodes base 58 in blocks: eleven digits are eight bytes; the last block of an address, seven digits, is five.
func moneroDecode(s string) ([]byte, bool) {
	raw := make([]byte, 0, 80)
	for len(s) > 0 {
		n, size := min(11, len(s)), 8
		switch n {
		case 11:
		case 7:
			size = 5
		default:
			return nil, false // no address of 69 or 77 bytes ends in another block
		}
		v, ok := base58Block(s[:n])
		if !ok || size == 5 && v>>40 != 0 {
			return nil, false
		}
		var block [8]byte
		binary.BigEndian.PutUint64(block[:], v)
		raw = append(raw, block[8-size:]...)
		s = s[n:]
	}
	return raw, len(raw) == 69 || len(raw) == 77
}

// base58Block reads up to eleven digits of base 58 as a number of 64 bits.
func base58Block(s string) (v uint64, ok bool) {
	for i := 0; i < len(s); i++ {
		d := strings.IndexByte(btcAlphabet, s[i])
		if d < 0 {
			return 0, false
		}
		hi, lo := bits.Mul64(v, 58)
		lo, carry := bits.Add64(lo, uint64(d), 0)
		if hi+carry != 0 {
			return 0, false
		}
		v = lo
	}
	return v, true
}

const cashPrefix = "bitcoincash:"

// bech32Alphabet are the 32 digits of bech32 and of CashAddr.
const bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// isCashAddr reports whether s looks like an address of Bitcoin Cash in its own form, with or without the prefix.
func isCashAddr(s string) bool {
	rest, ok := trimPrefixFold(s, cashPrefix)
	if !ok && (len(s) != 42 || strings.IndexByte("qpQP", s[0]) < 0) {
		return false
	}
	for i := 0; i < len(rest); i++ {
		if strings.IndexByte(bech32Alphabet, rest[i]|0x20) < 0 && !isDigit(rest[i]) {
			return ok
		}
	}
	return true
}

// parseCashAddr reads a CashAddr and returns the older form of the same address, which Bitcoin Cash wallets were and are also listed under.
func parseCashAddr(s string) (ID, error) {
	s, _ = trimPrefixFold(s, cashPrefix)
	if s != strings.ToLower(s) && s != strings.ToUpper(s) {
		return fail(Payment, "the CashAddr mixes upper and lower case")
	}
	s = strings.ToLower(s)
	digits := make([]byte, len(s))
	for i := range digits {
		d := strings.IndexByte(bech32Alphabet, s[i])
		if d < 0 {
			return fail(Payment, "the CashAddr has a character that those do not have")
		}
		digits[i] = byte(d)
	}
	if cashPolymod(digits) != 0 || len(digits) != 42 {
		return fail(Payment, "the check of the CashAddr is wrong")
	}
	version, hash, ok := cashPayload(digits[:34])
	if !ok {
		return fail(Payment, "the CashAddr is not one of a key or script hash")
	}
	return makeID(Payment, Ordinary, base58.CheckEncode(hash, version))
}

// cashPayload returns base58 version and hash of the payload of a CashAddr: a type byte and twenty bytes.
func cashPayload(digits []byte) (version byte, hash []byte, ok bool) {
	var acc uint32
	n := uint(0)
	raw := make([]byte, 0, 21)
	for _, d := range digits {
		acc, n = acc<<5|uint32(d), n+5
		if n >= 8 {
			n -= 8
			raw = append(raw, byte(acc>>n))
		}
	}
	if len(raw) != 21 || acc&(1<<n-1) != 0 {
		return 0, nil, false
	}
	switch raw[0] {
	case 0:
		return 0x00, raw[1:], true
	case 8:
		return 0x05, raw[1:], true
	}
	return 0, nil, false
}

// cashPolymod returns the check value of a CashAddr on Bitcoin Cash's main network, 0 when it is right.
func cashPolymod(digits []byte) uint64 {
	generator := [5]uint64{0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470}
	c := uint64(1)
	step := func(d byte) {
		top := c >> 35
		c = (c&0x07ffffffff)<<5 ^ uint64(d)
		for i, g := range generator {
			if top>>i&1 == 1 {
				c ^= g
			}
		}
	}
	for i := range len(cashPrefix) - 1 {
		step(cashPrefix[i] & 31)
	}
	step(0) // the colon
	for _, d := range digits {
		step(d)
	}
	return c ^ 1
}
