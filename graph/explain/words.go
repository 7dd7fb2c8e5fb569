package explain

import (
	"slices"
	"strconv"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// KindWords names a kind in words: "IP address".
func KindWords(k ident.Kind) string {
	switch k {
	case ident.Email:
		return "e-mail address"
	case ident.Phone:
		return "phone number"
	case ident.IP:
		return "IP address"
	case ident.Payment:
		return "payment destination"
	case ident.Address:
		return "postal address"
	case ident.Document:
		return "document"
	}
	return k.String()
}

// FamilyWords names a family of evidence in words: "money".
func FamilyWords(f graph.Family) string {
	switch f {
	case "":
		return "not weighed"
	case graph.Vouching:
		return "vouching (soft)"
	case graph.Dossier:
		return "dossier (soft)"
	}
	return Visible(string(f))
}

// classes says in words what sort of shared value a class is. The classes of hubs are those of the evidence model.
var classes = []struct{ class, words string }{
	{"own", "held by few, each as their own"},
	{"office", "an office or agency: most of its users work for one employer"},
	{"transit", "passed through by many who do not live there: a VPN exit, a carrier's shared address, a coworking space"},
	{"egress", "a line that is nobody's home: a rented server or a line abroad"},
	{"visited", "the home of one, with guests"},
	{"multiunit", "a building with several units, the unit missing"},
	{"onepayer", "a payroll programme of one employer"},
	{"paper", "most of its holders are on a payroll but never signed in"},
	{"mediator", "somebody who deals with many unconnected people"},
	{"service", "a service used by people who have nothing else in common"},
	{"opening", "a line on which several accounts were opened, one after another"},
	{"anonymiser", "a VPN, proxy or relay that strangers share, by a list"},
	{"bot-mailbox", "a mailbox that a program reads, by a list"},
	{"exchange", "a wallet that an exchange uses for all its customers, by a list"},
	{"mailbox-shop", "a shop that rents out mailboxes, the box missing, by a list"},
	{"sponsor-bank", "a part of an account number at a bank that holds many providers' accounts, by a list"},
	{"crowd", "held by too many to say anything about two of them"},
	{"placeholder", "a stand-in for a missing value"},
	{"reserved", "an address that no single line has"},
	{"masked", "partly hidden"},
	{"shared", "shared by construction"},
	{"employer", "an employer, which is a property and not a tie"},
	{"name", "a name, which many people bear"},
	{"tag", "a label, which somebody put there"},
	{"recruiter", "somebody who handles applications"},
	{"unweighed", "not weighed"},
}

// ClassWords says what a class means; a class it does not know is returned as it is.
func ClassWords(class string) string {
	for _, c := range classes {
		if c.class == class {
			return c.words
		}
	}
	return Visible(class)
}

// RelationWords puts a relation in words: "signed in".
func RelationWords(r graph.Relation) string {
	switch r {
	case graph.Login:
		return "signed in"
	case graph.MFA:
		return "second factor"
	case graph.Payout:
		return "paid out to"
	case graph.EmployedBy:
		return "employed by"
	case graph.ShipTo:
		return "shipped to"
	}
	return Visible(strings.ReplaceAll(string(r), "_", " "))
}

// Certainty puts a confidence of 0 to 1 in words. It speaks of whether the account belongs to the group, of nothing else.
func Certainty(confidence float64) string {
	switch {
	case confidence >= .95:
		return "very strong"
	case confidence >= .8:
		return "strong"
	case confidence >= .6:
		return "moderate"
	case confidence >= .4:
		return "weak"
	}
	return "very weak"
}

// Standing puts a role in words. Roles are read from the shape of the graph, so every one is a candidate's.
func Standing(role string) string {
	switch {
	case role == "":
		return ""
	case role == graph.RoleVictim:
		return "possible identity victim"
	case role == graph.RoleBystander:
		return "possible bystander"
	case role == graph.RoleLender:
		return "candidate: identity lender"
	case strings.Contains(role, "candidate"), strings.Contains(role, "possible"):
		return Visible(role)
	case strings.Contains(role, "victim"):
		return "possible " + Visible(strings.ReplaceAll(role, "_", " "))
	}
	return "candidate: " + Visible(strings.ReplaceAll(role, "_", " "))
}

// Headline says in one line who is in a cluster and what ties them.
func Headline(c graph.Cluster) string {
	parts := []string{Count(len(c.Members), "account")}
	if c.Persons > 0 && c.Persons != len(c.Members) {
		parts = append(parts, Count(c.Persons, "person"))
	}
	if c.Names > 0 {
		parts = append(parts, Count(c.Names, "name"))
	}
	if c.Employers > 0 {
		parts = append(parts, Count(c.Employers, "employer"))
	}
	return strings.Join(append(parts, tied(c)...), ", ")
}

// tied says what ties the members of a cluster, and what it is flagged for where it is not that.
func tied(c graph.Cluster) []string {
	var out []string
	if shared := sharedFamilies(c.Evidence); len(c.Families) > 0 {
		out = append(out, "tied by "+familyList(c.Families))
	} else if len(shared) > 0 { // within homes, say, where it counts towards no flag
		out = append(out, "sharing "+familyList(shared))
	}
	switch {
	case c.Flagged && stacked(c):
		out = append(out, "flagged for "+jobs(c))
	case c.Flagged && slices.Contains(c.Reasons, graph.ReasonGhosts):
		out = append(out, "flagged for a purse of people who are paid and mostly never sign in")
	case len(out) == 0:
		out = append(out, "tied by nothing that counts as a family of evidence")
	}
	return out
}

// jobs says how many are flagged for the jobs that they hold.
func jobs(c graph.Cluster) string {
	var persons []string
	for _, m := range c.Members {
		if m.Flagged && !slices.Contains(persons, m.Person) {
			persons = append(persons, m.Person)
		}
	}
	if len(persons) > 1 {
		return Count(len(persons), "person") + " with more jobs at once than one can work at"
	}
	return "one person with more jobs at once than one can work at"
}

func familyList(fs []graph.Family) string {
	words := make([]string, len(fs))
	for i, f := range fs {
		words[i] = Visible(string(f))
	}
	return list(words)
}

// sharedFamilies lists the families of the evidence that has points, sorted.
func sharedFamilies(es []graph.Evidence) []graph.Family {
	var fs []graph.Family
	for _, e := range es {
		if e.Points > 0 && !slices.Contains(fs, e.Family) {
			fs = append(fs, e.Family)
		}
	}
	slices.Sort(fs)
	return fs
}

// Points writes points with one digit, as everywhere in the reports.
func Points(p float64) string { return strconv.FormatFloat(p, 'f', 1, 64) }

// Factor writes what points are multiplied by: "1.25", "2".
func Factor(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// Day writes a moment as a day in UTC, or "" when it is not known.
func Day(t graph.Time) string {
	if t == 0 {
		return ""
	}
	return t.Std().Format("2006-01-02")
}

// Period writes first and last seen: "2024-01-03 to 2024-06-05", one day alone, or "at times not known".
func Period(first, last graph.Time) string {
	a, b := Day(first), Day(last)
	switch {
	case a == "" && b == "":
		return "at times not known"
	case a == b, b == "":
		return a
	case a == "":
		return "until " + b
	}
	return a + " to " + b
}
