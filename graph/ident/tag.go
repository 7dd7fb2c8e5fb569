package ident

// parseTag reads a label on an account, such as a sanctions programme: upper case. A label never links.
func parseTag(_ Parser, s, _ string) (ID, error) {
	if len(s) > 200 {
		return fail(Tag, "longer than any label")
	}
	return makeID(Tag, Shared, upper(s))
}
