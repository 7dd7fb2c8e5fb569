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

// Applicant reports whether the account is an application for a job: its tenant is who might employ them, and does not. It is told by the
// name of the system; see [ApplicantSystems].
func (a AccountID) Applicant() bool {
	s := a.System()
	for _, known := range ApplicantSystems() {
		if s == known {
			return true
		}
	}
	return false
}

// ApplicantSystems lists the systems whose accounts are applications: products, and the word itself.
func ApplicantSystems() []string {
	return []string{
		"ats", "greenhouse", "lever", "ashby", "icims", "taleo", "smartrecruiters", "jobvite", "workable", "bamboohr-ats", "jazzhr",
		"recruitee", "teamtailor", "applicants",
	}
}

// Compare orders accounts by platform, then by native name.
func (a AccountID) Compare(o AccountID) int {
	return cmp.Or(strings.Compare(a.Platform, o.Platform), strings.Compare(a.Native, o.Native))
}

// LogValue shows the platform, never the account's own name, which may be an e-mail address.
func (a AccountID) LogValue() slog.Value { return slog.StringValue(a.Platform + "/(redacted)") }
