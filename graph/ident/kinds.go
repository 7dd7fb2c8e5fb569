package ident

// parseFunc reads clean text, never empty, as [clean] returns it. Scope is that of [Parser.Parse].
type parseFunc func(p Parser, s, scope string) (ID, error)

// kindTable holds the function that reads each kind. To add a kind: a constant and a name in ident.go,
// a file with its function, a row here, and a row in [Specs]; tests find what is missing.
var kindTable = [...]parseFunc{
	Email: parseEmail, Phone: parsePhone, IP: parseIP, Payment: parsePayment, Employer: parseEmployer, Device: parseDevice,
	Address: parseAddress, Name: parseName, Document: parseDocument, Website: parseWebsite, Handle: parseHandle, Tag: parseTag,
}
