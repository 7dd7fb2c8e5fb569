package linkage

import (
	"math/bits"
	"strings"

	"samehand/graph/ident"
)

// employerKey returns the form in which employers are compared: of a tenant, and of what an account says employs it.
func employerKey(tenant string) string {
	if id, err := ident.Parse(ident.Employer, tenant); err == nil {
		return id.Key()
	}
	return strings.ToLower(tenant)
}

// sameNames reports whether two lists of name identifiers, sorted, have a name in common, slips of the keyboard aside.
func (f *facts) sameNames(a, b []uint32) bool {
	if meet(a, b) {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			// Nearly all pairs are told apart by the letters they are written with.
			if bits.OnesCount32(f.letters[x]^f.letters[y]) <= 2 && ident.SameName(f.t.Identifiers[x], f.t.Identifiers[y]) {
				return true
			}
		}
	}
	return false
}
