// Package ident turns raw text into normalised, comparable identifiers.
//
// An identifier is a value that an account uses or was given: an e-mail address,
// a phone number, an IP address, a payment destination and so on. Two accounts
// share an identifier when [Parse] gives both of them the same [ID].
//
// Parsing is idempotent: Parse(id.Kind(), id.Key()) returns id again, whatever the scope. Parsing never guesses: what
// cannot be read is an [*Error] with a reason, and what stands for "no value"
// (noreply@, 555-01xx, "N/A") is kept and marked [Placeholder].
package ident

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Kind says what sort of value an identifier is. The zero Kind is not valid.
type Kind uint8

// The kinds. Their numbers are written to cases: add at the end, never renumber.
const (
	Email Kind = iota + 1
	Phone
	IP
	Payment
	Employer
	Device
	Address
	Name
	Document
	Website
	Handle
	Tag
)

// kindNames holds the name of each kind, at its number.
var kindNames = [...]string{
	Email: "email", Phone: "phone", IP: "ip", Payment: "payment", Employer: "employer", Device: "device",
	Address: "address", Name: "name", Document: "document", Website: "website", Handle: "handle", Tag: "tag",
}

// Kinds returns all kinds in the order of their numbers.
func Kinds() []Kind {
	ks := make([]Kind, 0, len(kindNames)-1)
	for k := Email; int(k) < len(kindNames); k++ {
		ks = append(ks, k)
	}
	return ks
}

// String returns the name of the kind, as it is written in the kind column of observations.
func (k Kind) String() string {
	if !k.Valid() {
		return fmt.Sprintf("kind(%d)", uint8(k))
	}
	return kindNames[k]
}

// Valid reports whether k is one of [Kinds].
func (k Kind) Valid() bool { return k > 0 && int(k) < len(kindNames) }

// MarshalText returns the name of the kind; it fails when k is not valid.
func (k Kind) MarshalText() ([]byte, error) {
	if !k.Valid() {
		return nil, fmt.Errorf("ident: %v is not a kind", k)
	}
	return []byte(k.String()), nil
}

// UnmarshalText sets k from its name, as [ParseKind].
func (k *Kind) UnmarshalText(b []byte) error {
	p, err := ParseKind(string(b))
	if err == nil {
		*k = p
	}
	return err
}

// ParseKind returns the kind of that name, whatever its case. Unknown names are an error that lists the kinds.
func ParseKind(name string) (Kind, error) {
	for _, k := range Kinds() {
		if strings.EqualFold(name, kindNames[k]) {
			return k, nil
		}
	}
	return 0, fmt.Errorf("unknown kind; the kinds are %s", strings.Join(kindNames[1:], ", "))
}

// Mark says why a value is not an ordinary one. Marked values are kept and shown, and link weakly or not at all.
type Mark uint8

// The marks. Their numbers are written to cases: add at the end, never renumber.
const (
	Ordinary    Mark = iota // a value that may link
	Placeholder             // stands for "no value": noreply@, 555-01xx, "N/A", 02:00:00:00:00:00; never links
	Reserved                // an address that no single line has: private, loopback, documentation, 0.0.0.0; never links
	Masked                  // a part is hidden: ****1234; weak
	Shared                  // shared by construction: a routing number alone, a role mailbox; never links
)

var markNames = [...]string{Ordinary: "", Placeholder: "placeholder", Reserved: "reserved", Masked: "masked", Shared: "shared"}

// String returns the name of the mark; it is empty for [Ordinary].
func (m Mark) String() string {
	if int(m) >= len(markNames) {
		return fmt.Sprintf("mark(%d)", uint8(m))
	}
	return markNames[m]
}

// Links reports whether a value with this mark may tie accounts together at all.
func (m Mark) Links() bool { return m == Ordinary || m == Masked }

// ID is a normalised identifier. It is comparable and may be a map key. The
// zero ID is not valid. IDs are made by [Parse], and by [Restore] from what Parse made.
type ID struct {
	kind Kind
	mark Mark
	key  string
}

// Kind returns the kind of the identifier, 0 for the zero ID.
func (id ID) Kind() Kind { return id.kind }

// Mark says whether, and why, the value is not an ordinary one. It follows from kind and key.
func (id ID) Mark() Mark { return id.mark }

// Key returns the normalised text. It is personal data from an untrusted source: never log it, never use it as markup.
func (id ID) Key() string { return id.key }

// Valid reports whether id is not the zero ID.
func (id ID) Valid() bool { return id.kind.Valid() }

// Compare orders identifiers by kind, then by key.
func (id ID) Compare(o ID) int {
	if c := cmp.Compare(id.kind, o.kind); c != 0 {
		return c
	}
	return strings.Compare(id.key, o.key)
}

// String returns the kind only, so that a value does not slip into an error or a log. Use [ID.Key] for the value.
func (id ID) String() string { return id.kind.String() + ":(redacted)" }

// GoString is String, for %#v.
func (id ID) GoString() string { return id.String() }

// LogValue shows the kind, never the value.
func (id ID) LogValue() slog.Value { return slog.StringValue(id.String()) }

// Restore rebuilds an ID from the parts that a store wrote down earlier. It
// trusts the key; it fails only when the kind or the mark is not known or the key is empty.
func Restore(k Kind, m Mark, key string) (ID, error) {
	if !k.Valid() || int(m) >= len(markNames) || key == "" {
		return ID{}, fmt.Errorf("ident: kind %d, mark %d is not an identifier of this version", k, m)
	}
	return ID{kind: k, mark: m, key: key}, nil
}

// Error says why a value could not be read as an identifier. It never holds the value.
type Error struct {
	Kind   Kind   // what the value was to be
	Reason string // what is wrong, in words that can follow "email: "
}

func (e *Error) Error() string { return e.Kind.String() + ": " + e.Reason }

// ErrEmpty is the error for a value that has no text in it at all.
var ErrEmpty = errors.New("empty value")

// Parser holds what the reading of a value may depend on beside its text.
// The zero Parser reads phone numbers without a country code as US numbers.
type Parser struct {
	Region string // ISO 3166 two-letter region of phone numbers without a country code; "" means US
}

// Parse reads raw as an identifier of kind k. Scope is the platform of the
// account that uses it ("github"); handles without a platform of their own get it, and payment destinations that are
// an e-mail address or a name get it when it is a payment provider ("paypal").
// The kind of the result may be another than k: a GitHub noreply address and a profile page are handles.
// Errors are [ErrEmpty] or [*Error].
func (p Parser) Parse(k Kind, raw, scope string) (ID, error) {
	if !k.Valid() {
		return ID{}, &Error{Kind: k, Reason: "not a kind of this version"}
	}
	s, err := clean(k, raw)
	if err != nil {
		return ID{}, err
	}
	if key := noValue(s); key != "" {
		return ID{kind: k, mark: Placeholder, key: key}, nil
	}
	return kindTable[k](p, s, scope)
}

// makeID returns an identifier, unless its key is too long to be read again. A key that came out as one of the
// words for "no value" ("none?" as an employer) is that.
func makeID(k Kind, m Mark, key string) (ID, error) {
	if none := noValue(key); none != "" {
		return ID{kind: k, mark: Placeholder, key: none}, nil
	}
	if len(key) > maxBytes {
		return fail(k, "longer than 4096 bytes")
	}
	return ID{kind: k, mark: m, key: key}, nil
}

// fail returns the error for a value that is not an identifier of kind k. The reason never holds the value.
func fail(k Kind, reason string) (ID, error) { return ID{}, &Error{Kind: k, Reason: reason} }

// Parse reads raw with the zero [Parser] and no scope.
func Parse(k Kind, raw string) (ID, error) { return Parser{}.Parse(k, raw, "") }
