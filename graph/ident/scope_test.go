package ident_test

import (
	"testing"

	"samehand/graph/ident"
)

// What is not scoped reads the same on every platform.
func TestScopedNamesAllThatDependsOnThePlatform(t *testing.T) {
	for _, s := range ident.Specs() {
		raws := append([]string{"$jane", "jane@mailbox-one.net", "jane"}, s.Bad...)
		for _, e := range s.Good {
			raws = append(raws, e.Raw)
		}
		for _, raw := range raws {
			if ident.Scoped(s.Kind, raw) {
				continue
			}
			want, wantErr := ident.Parser{}.Parse(s.Kind, raw, "")
			for _, scope := range []string{"paypal", "github", "okta:acme"} {
				got, err := ident.Parser{}.Parse(s.Kind, raw, scope)
				if got != want || (err == nil) != (wantErr == nil) {
					t.Errorf("%v, an example of %d bytes: reads differently on %s", s.Kind, len(raw), scope)
				}
			}
		}
	}
	if !ident.Scoped(ident.Handle, "jane") || !ident.Scoped(ident.Payment, "$jane") || ident.Scoped(ident.Email, "jane@mailbox-one.net") {
		t.Error("handles and provider accounts depend on the platform, e-mail addresses do not")
	}
}

func TestKnownRegion(t *testing.T) {
	for code, want := range map[string]bool{"US": true, "DE": true, "XX": false, "us": false, "": false} {
		if ident.KnownRegion(code) != want {
			t.Errorf("KnownRegion(%q) = %v", code, !want)
		}
	}
}
