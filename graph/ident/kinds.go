package ident

import "strings"

// parseFunc reads clean text, never empty, as [clean] returns it. Scope is that of [Parser.Parse].
type parseFunc func(p Parser, s, scope string) (ID, error)

// kindTable holds the function that reads each kind. To add a kind: a constant and a name in ident.go,
// a file with its function, a row here, and a row in [Specs]; tests find what is missing.
var kindTable = [...]parseFunc{
	Email: parseEmail, Phone: parsePhone, IP: parseIP, Payment: parsePayment, Employer: parseEmployer, Device: parseDevice,
	Address: parseAddress, Name: parseName, Document: parseDocument, Website: parseWebsite, Handle: parseHandle, Tag: parseTag,
}

// Scoped reports whether the reading of raw as kind k depends on the scope that [Parser.Parse] is given, so that a
// cache of what was read knows what to look it up by.
func Scoped(k Kind, raw string) bool {
	return k == Handle || k == Payment && strings.ContainsAny(raw, "@$")
}
