package report

import (
	"cmp"
	"strings"

	"samehand/graph/explain"
)

// why writes why a cluster is flagged, or is not: there innocent explanations that may hold come first.
func (p *mdPrinter) why(c Cluster) {
	p.line("### Why it is %s\n", flagWord(c))
	for _, l := range lookAlikesThat(c, true) {
		p.line("- An innocent explanation may hold, %s: %s", mdText(l.Name), mdText(l.Reason))
	}
	for _, s := range append(c.Why, c.WhyNot...) {
		p.line("- %s", mdText(s))
	}
	if len(c.Why)+len(c.WhyNot)+len(lookAlikesThat(c, true)) == 0 {
		p.line("The run gave no reason.")
	}
	p.line("")
}

// candidates writes who may host or run a flagged cluster.
func (p *mdPrinter) candidates(c Cluster) {
	if len(c.Leading) == 0 {
		return
	}
	p.line("### Who may host or run it\n")
	for i, x := range c.Candidates {
		p.line("%d. Candidate %s, person %s, %s clue points; %s: %s", i+1, mdValues(shownOf(x.Names)), mdValue(x.Person), explain.Points(x.Score),
			mdText(x.Standing), mdAccounts(x.Accounts))
		for _, r := range x.Reasons {
			p.line("   - %s", mdText(r))
		}
	}
	if len(c.Candidates) > 0 {
		p.line("")
	}
	p.line("%s\n", mdParts(c.Leading))
}

// sites writes where the machines of several members are.
func (p *mdPrinter) sites(c Cluster) {
	if len(c.Sites) == 0 {
		return
	}
	p.line("### Sites\n")
	for _, s := range c.Sites {
		var at []string
		for _, v := range s.Values {
			at = append(at, mdText(explain.KindWords(v.kind))+" "+mdValue(v.Shown))
		}
		p.line("- %s: main place of %d of %d persons: %s", mdValue(s.ID), s.Persons, c.Persons, cmp.Or(strings.Join(at, ", "), "–"))
	}
	p.line("")
}

// apart writes who is set apart and no member.
func (p *mdPrinter) apart(c Cluster) {
	if len(c.Apart) == 0 {
		return
	}
	p.line("### Set apart: not members\n\nBeing named here says nothing against anybody.\n")
	for _, o := range c.Apart {
		p.line("- **%s** %s, person %s: %s\\\n  %s", mdText(o.Standing), mdValues(shownOf(o.Names)), mdValue(o.Person), mdAccounts(o.Accounts), mdText(o.Reason))
	}
	p.line("")
}

// patterns writes the named patterns that members show.
func (p *mdPrinter) patterns(c Cluster) {
	if len(c.Patterns) == 0 {
		return
	}
	p.line("### Named patterns\n\nA pattern is a description, not a charge.\n")
	for _, x := range c.Patterns {
		p.line("- **%s** %s, %s: %s Accounts: %d. Values: %s", mdValue(x.ID), mdText(x.Name), mdText(x.Strength), mdText(x.Reason), len(x.Accounts),
			mdValues(shownOf(x.Values)))
	}
	p.line("")
}

// innocent writes the innocent explanations that were set aside, and those that data cannot tell.
func (p *mdPrinter) innocent(c Cluster) {
	ruled := lookAlikesThat(c, false)
	if len(ruled) > 0 {
		p.line("### Innocent explanations that were considered and set aside\n")
	}
	for _, l := range ruled {
		p.line("- **%s**: %s", mdText(l.Name), mdText(l.Reason))
	}
	if len(c.RuleOut) > 0 {
		p.line("\n### Innocent explanations to rule out by asking: data cannot\n")
	}
	for _, d := range c.RuleOut {
		p.line("- **%s**: %s", mdText(d.Family.Words), mdText(d.Text))
	}
	p.line("")
}

func mdAccounts(as []Account) string {
	out := make([]string, len(as))
	for i, a := range as {
		out[i] = a.Shown
	}
	return mdValues(out)
}
