package typology

// nearSeeds is T13: evidence leads from accounts or values that are known to be bad. Seeds spread over the whole case, not
// within one group, so that another part of the program follows them; here it is listed with what it needs.
func nearSeeds() Typology {
	return Typology{
		ID: "T13", Name: "near to what is known to be bad",
		Question:   "Does evidence lead from a known-bad account or value, in few steps and through no hub?",
		Needs:      []Need{Seeds},
		LookAlikes: []string{"customer of the same exchange", "user of the same VPN exit"},
		Limits:     "accounts that are reached are ranked and the path is shown; that alone makes no pattern of a cluster",
	}
}
