package explain

import (
	"slices"
	"strconv"

	"samehand/graph"
)

// innocent lists, for each family, what else than one hand looks the same in data. Each must be ruled out by somebody who can ask; data cannot.
var innocent = []Doubt{
	{graph.Network, "A household, a shared house, a hotel or coworking space, an office, a VPN or a carrier that puts many customers behind one address. Ask who held the line at these times."},
	{graph.DeviceFamily, "A couple or family with one computer, a machine handed on by an employer or sold second-hand, a helpdesk or lending pool. Ask who was issued the machine, and when."},
	{graph.Money, "A joint account of spouses, a payroll card, a guardian or agency that is paid for others, a wallet held by an exchange. Ask the bank or payroll whose account it is."},
	{graph.Contact, "A family phone plan, a number given to a new customer, a mailbox run by an agent or recruiter. Ask who answers there, and since when."},
	{graph.Place, "A family, a building whose unit is missing, a mailbox shop, a freight forwarder, a neighbour who takes parcels in. Ask who signed for the delivery."},
	{graph.Papers, "The number may be mistyped, or belong to somebody whose identity was taken: a person named here may be a victim. Ask for the document itself."},
	{graph.Vouching, "Former colleagues name the same manager. Ask the referee, by a contact found independently."},
	{graph.Dossier, "Common CV templates, course projects and generated text look alike. Compare what is rare in them."},
}

// ruleOut lists the innocent explanations of the families that count.
func ruleOut(c Cluster) []Doubt {
	var out []Doubt
	for _, in := range innocent {
		if slices.ContainsFunc(c.Values, func(v Value) bool { return v.Family == in.Family }) {
			out = append(out, in)
		}
	}
	return out
}

// against says what the data show that speaks against the cluster, beside the reasons for not flagging it.
func (w *work) against(c Cluster) []Sentence {
	return slices.Concat(shaky(c.Cluster), w.shapeDoubts(c), w.valueDoubts(c))
}

// shapeDoubts looks at who is in the cluster.
func (w *work) shapeDoubts(c Cluster) []Sentence {
	var out []Sentence
	if c.Flagged && c.Homes == 1 && c.Persons > 1 { // of others, the reasons of the run say so
		out = append(out, say("All homes that are known are one home: people who live together share lines, machines, phones and accounts."))
	}
	if c.Employers == 1 && c.Persons > 1 {
		out = append(out, say("All accounts are at one employer: colleagues share offices, equipment and payroll."))
	}
	if c.Names > 0 && c.Names < 3 && len(w.names) > 1 {
		only := "There is only one name"
		if c.Names > 1 {
			only = "There are only " + Count(c.Names, "different name")
		}
		out = append(out, say(only, " in it: this may be ordinary use by one or two people."))
	}
	homeless := 0
	for _, m := range c.Explained {
		if len(m.Homes) == 0 {
			homeless++
		}
	}
	if homeless > 0 {
		out = append(out, say("No registered home is known for ", strconv.Itoa(homeless), " of ", Count(len(c.Explained), "account"),
			": whether they live together cannot be told for these."))
	}
	if n := len(c.Missing); n > 0 {
		out = append(out, say("The observations of ", Count(n, "account"), " were not there to be looked at."))
	}
	return out
}

// unnamed says that too few full names are known for what the persons share to count; nil when that is not so.
func (w *work) unnamed(c Cluster) Sentence {
	n, persons := w.nameless(c), len(w.names)
	if n == 0 || persons < 2 || 2*n <= persons && (persons == 2 || persons-n > 2) {
		return nil
	}
	return say("No full name is known of ", strconv.Itoa(n), " of ", Count(persons, "person"), ": two of them may be one, so little of what they share counts, ",
		"whatever the reasons say of it. Exports with full names, of a directory or a payroll, would help.")
}

// nameless counts the persons of whom no account has a full name.
func (w *work) nameless(c Cluster) int {
	named := make([]bool, len(w.names))
	for _, m := range c.Explained {
		if slices.ContainsFunc(m.Names, func(n Name) bool { return n.ID.FullName() }) {
			named[w.persons[m.Account]] = true
		}
	}
	n := 0
	for _, is := range named {
		n += one(!is)
	}
	return n
}

// valueDoubts looks at what is shared.
func (w *work) valueDoubts(c Cluster) []Sentence {
	var out []Sentence
	inTurn, assumed, timeless, outside, part := 0, 0, 0, 0, 0
	for _, v := range c.Values {
		inTurn += one(v.Overlap == InTurn)
		assumed += one(v.Overlap == Assumed)
		timeless += one(v.Overlap == Unknown)
		outside += one(v.Holders > v.Inside)
		part += one(v.Reason != "")
	}
	note := func(n int, what, meaning string) {
		if n > 0 {
			out = append(out, say(what, ": ", strconv.Itoa(n), " of ", Count(len(c.Values), "counting value"), ".", meaning))
		}
	}
	note(inTurn, "Passed from one person to the next, never with two holders at once", " Equipment that is handed on, and numbers and addresses that are given out again, look like this.")
	note(assumed, "At the same time only if what was given once is taken as still held", " No record says that it was.")
	note(timeless, "Not known whether they were shared at the same time", "")
	note(outside, "Also held by persons outside the cluster", "")
	note(part, "Counted only in part", " The reasons stand beside them.")
	switch {
	case len(w.names) == 1:
		out = append(out, say("It is one person only if the accounts were rightly put together, which samehand why shows for each of them: people of one name may be several."))
	case len(c.Values) == 0:
		out = append(out, say("No value that counts is shared."))
	}
	return out
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// refute says which findings would take the cluster apart: the values and families it hangs on, then what holds for every cluster.
func (w *work) refute(c Cluster) []Sentence {
	whole := w.withoutFamily(c.Values, "no family")
	out := w.refuteValues(c, len(whole))
	for _, f := range c.Families {
		if sizes := w.withoutFamily(c.Values, f); len(sizes) > len(whole) {
			out = append(out, say("If all of the ", FamilyWords(f), " evidence has an innocent explanation, ", groupWords(sizes), " are left, tied by nothing else."))
		}
	}
	if c.Flagged && stacked(c.Cluster) {
		out = append(out, say("Records of the employers that show that the jobs were not held at the same time, or that these are accounts of several people of one name, would refute it."))
	}
	switch {
	case len(c.Values) == 0 && len(out) > 0:
		return out
	case len(c.Values) == 0:
		return append(out, say("There is nothing that counts to be refuted."))
	}
	return append(out,
		say("Finding the persons named here at homes of their own, with equipment of their own, when each is met without notice and shows an identity document, would refute it for them."),
		say("An owner of the shared line, machine, account or address who explains it, and whose explanation the records bear out, would refute that piece of evidence for everybody who shares it."))
}

// holding says how a flagged cluster hangs together when it hangs on nothing alone: that is no refutation.
func (w *work) holding(c Cluster) []Sentence {
	whole := w.withoutFamily(c.Values, "no family")
	if !c.Flagged || len(c.Values) == 0 || len(w.refuteValues(c, len(whole))) > 0 {
		return nil
	}
	for _, f := range c.Families {
		if len(w.withoutFamily(c.Values, f)) > len(whole) {
			return nil
		}
	}
	return []Sentence{say("It hangs on no single value and no single family of evidence: without any one of them all ", Count(len(w.names), "person"), " stay tied.")}
}

// refuteValues names the values without which the cluster falls apart, those that matter most first, five at most.
func (w *work) refuteValues(c Cluster, whole int) []Sentence {
	if lookedAlone(c.Cluster) {
		return hanging(c.Cluster)
	}
	const most = 5
	var order []int
	for i, v := range c.Values {
		if len(v.Without) > whole {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(c.Values[b].Without) - len(c.Values[a].Without) })
	var out []Sentence
	for i, n := range order {
		if i == most {
			out = append(out, say("The same holds, to a lesser degree, for ", Count(len(order)-most, "other value"), "."))
			break
		}
		v := c.Values[n]
		out = append(out, say("Without the ").identifier(v.Identifier).say(" it falls into ", groupWords(v.Without), "."))
	}
	return out
}
