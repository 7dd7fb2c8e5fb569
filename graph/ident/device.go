package ident

import "strings"

// parseDevice reads a device's serial number, MAC address, UUID or fingerprint. A prefix (serial: mac: uuid: fp:) says which;
// without one the shape does. Keys have the prefix.
func parseDevice(_ Parser, s, _ string) (ID, error) {
	if strings.IndexByte(s, ':') > 0 {
		for _, f := range deviceForms {
			for _, prefix := range f.prefixes {
				if rest, ok := trimPrefixFold(s, prefix); ok {
					return f.parse(strings.TrimSpace(rest))
				}
			}
		}
	}
	hex := hexOf(s)
	switch {
	case isUUID(s):
		return parseUUID(s)
	case isMAC(s, hex):
		return parseMAC(s)
	case len(hex) == len(s) && (len(hex) == 32 || len(hex) == 40 || len(hex) == 64):
		return parseFingerprint(s)
	}
	return parseSerial(s)
}

// deviceForm is one way to name a device.
type deviceForm struct {
	prefixes []string
	parse    func(s string) (ID, error)
}

var deviceForms = [...]deviceForm{
	{[]string{"serial:", "serial number:", "sn:", "s/n:", "imei:"}, parseSerial},
	{[]string{"mac:"}, parseMAC},
	{[]string{"uuid:", "urn:uuid:", "guid:"}, parseUUID},
	{[]string{"fp:", "fingerprint:"}, parseFingerprint},
}

// fakeSerials are what firmware, virtual machines and inventories put where a serial number belongs, without spaces and punctuation.
var fakeSerials = map[string]bool{
	"TOBEFILLEDBYOEM": true, "SYSTEMSERIALNUMBER": true, "DEFAULTSTRING": true, "DEFAULT": true, "NONE": true, "NA": true, "NOTAPPLICABLE": true, "NOTAVAILABLE": true,
	"NOTSPECIFIED": true, "UNKNOWN": true, "UNDEFINED": true, "INVALID": true, "NULL": true, "EMPTY": true, "SERIALNUMBER": true, "SERIAL": true, "SYSTEMPRODUCTNAME": true,
	"CHASSISSERIALNUMBER": true, "BASEBOARDSERIALNUMBER": true, "BASEBOARDSERIAL": true, "OEM": true, "OEMSTRING": true, "OEMDEFAULTSTRING000": true, "EVAL": true,
	"1234567890": true, "0123456789": true, "123456789": true, "12345678": true, "123456": true, "1234567": true, "12345": true, "1234": true, "123": true,
	"CZC1234567": true, "TESTSERIAL": true, "TEST": true, "XXXXXXXX": true, "NOTDEFINED": true, "EMPTYSTRING": true, "TBD": true, "NOSERIAL": true,
	"SYSTEMUUID": true, "ASSETTAG": true, "NOASSETTAG": true, "NOASSETINFORMATION": true,
}

// parseSerial reads a serial number or another opaque name of a device: upper case, without spaces.
func parseSerial(s string) (ID, error) {
	key := upper(strings.ReplaceAll(s, " ", ""))
	bare := key
	if !every(key, isAlnum) {
		bare = strings.Map(letterOrDigit, key)
	}
	switch {
	case key == "":
		return fail(Device, "has a prefix and nothing after it")
	case len(key) > 256:
		return fail(Device, "longer than any serial number or device id")
	case bare == "", sameChar(bare), fakeSerials[bare], noValue(lower(s)) != "":
		return makeID(Device, Placeholder, "serial:"+key)
	}
	return makeID(Device, Ordinary, "serial:"+key)
}

// fakeMACs are addresses of no single network card: what Android shows to apps instead of its own, examples, and the
// fixed addresses that virtual adapters have on every machine that runs them.
var fakeMACs = map[string]bool{
	"02:00:00:00:00:00": true, // Android 6 and later
	"00:11:22:33:44:55": true, "01:23:45:67:89:ab": true, "12:34:56:78:9a:bc": true, "aa:bb:cc:dd:ee:ff": true, "de:ad:be:ef:00:00": true,
	"00:05:9a:3c:78:00": true, "00:05:9a:3c:7a:00": true, // Cisco AnyConnect
	"00:09:0f:fe:00:01": true, "00:09:0f:aa:00:01": true, // Fortinet
	"02:00:4c:4f:4f:50": true,                            // Npcap loopback
	"20:41:53:59:4e:ff": true,                            // RAS async adapter
	"33:50:6f:45:30:30": true, "50:50:54:50:30:30": true, // PPPoE and PPTP miniports
	"02:50:f2:00:00:01": true,
}

// parseMAC reads a network card's address, with or without separators: lower case, pairs joined by colons.
func parseMAC(s string) (ID, error) {
	hex := hexOf(s)
	if len(hex) != 12 || !isMAC(s, hex) && len(s) != 12 {
		return fail(Device, "not a MAC address of twelve hexadecimal digits")
	}
	key := make([]byte, 0, 17)
	for i := 0; i < 12; i += 2 {
		if i > 0 {
			key = append(key, ':')
		}
		key = append(key, hex[i], hex[i+1])
	}
	mac := string(key)
	mark := Ordinary
	// An odd first byte is a group address (IEEE 802), which no card has; 02:42:ac is what containers get by default.
	if strings.IndexByte("13579bdf", hex[1]) >= 0 || sameChar(hex) || fakeMACs[mac] || strings.HasPrefix(mac, "02:42:ac:") {
		mark = Placeholder
	}
	return makeID(Device, mark, "mac:"+mac)
}

// isMAC reports whether s, whose hexadecimal digits are hex, is written like a MAC address: pairs joined by : or -,
// fours joined by dots, or twelve digits one of which is a letter (twelve decimal digits are more often a serial number).
func isMAC(s, hex string) bool {
	if len(hex) != 12 {
		return false
	}
	switch len(s) {
	case 12:
		return !allDigits(s)
	case 14:
		return s[4] == '.' && s[9] == '.'
	case 17:
		for i := 2; i < 17; i += 3 {
			if s[i] != s[2] || s[i] != ':' && s[i] != '-' {
				return false
			}
		}
		return true
	}
	return false
}

// fakeUUIDs are UUIDs that boards have until somebody sets one, and examples.
var fakeUUIDs = map[string]bool{
	"03000200-0400-0500-0006-000700080009": true, "00020003-0004-0005-0006-000700080009": true, "12345678-1234-5678-90ab-cddeefaabbcc": true,
	"12345678-1234-1234-1234-123456789abc": true, "12345678-1234-1234-1234-123456789012": true, "12345678-1234-5678-1234-567812345678": true,
	"00000000-0000-0000-0000-ac1f6b000000": true, "01234567-89ab-cdef-0123-456789abcdef": true, "11111111-2222-3333-4444-555555555555": true,
}

// parseUUID reads a UUID: lower case with hyphens, braces cut.
func parseUUID(s string) (ID, error) {
	hex := hexOf(s)
	if len(hex) != 32 || !isUUID(s) && len(s) != 32 {
		return fail(Device, "not a UUID")
	}
	u := hex[:8] + "-" + hex[8:12] + "-" + hex[12:16] + "-" + hex[16:20] + "-" + hex[20:]
	if strings.Count(hex, hex[:2])*2 == len(hex) || fakeUUIDs[u] {
		return makeID(Device, Placeholder, "uuid:"+u)
	}
	return makeID(Device, Ordinary, "uuid:"+u)
}

// isUUID reports whether s is a UUID with hyphens, perhaps in braces.
func isUUID(s string) bool {
	if len(s) == 38 && s[0] == '{' && s[37] == '}' {
		s = s[1:37]
	}
	if len(s) != 36 {
		return false
	}
	for i := 0; i < 36; i++ {
		if hyphen := i == 8 || i == 13 || i == 18 || i == 23; hyphen != (s[i] == '-') || !hyphen && !isHex(s[i]) {
			return false
		}
	}
	return true
}

// parseFingerprint reads a fingerprint of a browser or device, mostly a hash: lower case, without spaces.
func parseFingerprint(s string) (ID, error) {
	key := fold(strings.ReplaceAll(s, " ", ""))
	bare := strings.Map(letterOrDigit, key)
	switch {
	case key == "":
		return fail(Device, "has a prefix and nothing after it")
	case len(key) > 256:
		return fail(Device, "longer than any fingerprint")
	case bare == "", sameChar(bare), noValue(key) != "":
		return makeID(Device, Placeholder, "fp:"+key)
	}
	return makeID(Device, Ordinary, "fp:"+key)
}

// hexOf returns the hexadecimal digits of s in lower case, without the separators : - . { } and space, or "" when s has anything else.
func hexOf(s string) string {
	if len(s) > 96 { // far longer than any of the forms
		return ""
	}
	b := make([]byte, 0, 64)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c), c >= 'a' && c <= 'f':
			b = append(b, c)
		case c >= 'A' && c <= 'F':
			b = append(b, c-'A'+'a')
		case strings.IndexByte(":-.{} ", c) < 0:
			return ""
		}
	}
	return string(b)
}

// letterOrDigit keeps letters and digits, for strings.Map.
func letterOrDigit(r rune) rune {
	if r < 0x80 && !isAlnum(byte(r)) {
		return -1
	}
	return r
}
