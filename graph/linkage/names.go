package linkage

import (
	"strings"

	"samehand/graph/ident"
)

// EmployerKey returns the form in which employers are compared: of a tenant, and of what an account says employs it.
func EmployerKey(tenant string) string {
	if id, err := ident.Parse(ident.Employer, tenant); err == nil {
		return id.Key()
	}
	return strings.ToLower(tenant)
}
