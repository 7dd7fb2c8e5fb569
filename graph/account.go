package graph

import (
	"cmp"
	"log/slog"
	"strings"
)

// AccountID names an account: the platform it lives on and its name there.
// The zero AccountID is not valid. It is comparable and may be a map key.
type AccountID struct {
	Platform string // a system, or system:tenant as in "okta:acme"; lower case
	Native   string // the account's own name or number on the platform, as given
}

// Valid reports whether both parts are there.
func (a AccountID) Valid() bool { return a.Platform != "" && a.Native != "" }

// System returns the platform without its tenant: "okta" of "okta:acme".
func (a AccountID) System() string {
	s, _, _ := strings.Cut(a.Platform, ":")
	return s
}

// Tenant returns the tenant of the platform, "acme" of "okta:acme", or "" when it has none. A tenant is an employer.
func (a AccountID) Tenant() string {
	_, t, _ := strings.Cut(a.Platform, ":")
	return t
}

// Compare orders accounts by platform, then by native name.
func (a AccountID) Compare(o AccountID) int {
	return cmp.Or(strings.Compare(a.Platform, o.Platform), strings.Compare(a.Native, o.Native))
}

// LogValue shows the platform, never the account's own name, which may be an e-mail address.
func (a AccountID) LogValue() slog.Value { return slog.StringValue(a.Platform + "/(redacted)") }
