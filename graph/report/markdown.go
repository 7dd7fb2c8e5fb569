package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"samehand/graph/explain"
)

// Markdown is the encoder for case files, tickets and wikis: CommonMark with the tables of GitHub.
//
// Every text from the data stands in a code span, where there is no markup, no link and no automatic link; the two
// characters that could end it, the backquote and (in tables) the pipe, are shown by number as ⟨U+0060⟩ and ⟨U+007C⟩. Our own words,
// and reasons that came with the run, are escaped.
type Markdown struct{}

// Name returns "md".
func (Markdown) Name() string { return "md" }

// About says what the format is for.
func (Markdown) About() string { return "for case files and tickets: text with tables" }

// Ext returns ".md".
func (Markdown) Ext() string { return ".md" }

// Encode writes the report.
func (Markdown) Encode(w io.Writer, m Model) error {
	p := &mdPrinter{w: bufio.NewWriter(w)}
	p.head(m)
	p.summary(m)
	for _, c := range m.Clusters {
		p.cluster(c)
	}
	p.appendix(m)
	return p.w.Flush()
}

// mdPrinter writes Markdown; its writer keeps the first error.
type mdPrinter struct{ w *bufio.Writer }

func (p *mdPrinter) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

func (p *mdPrinter) head(m Model) {
	title := "samehand report"
	if m.Case != "" {
		title += ": " + mdValue(m.Case)
	}
	p.line("# %s\n", title)
	p.alarms(m.Run.Alarms)
	p.line("> **%s**", mdText(m.Lead[0]))
	for _, l := range m.Lead[1:] {
		p.line(">\n> %s", mdText(l))
	}
	p.line("\n| | |\n|---|---|")
	p.line("| Detection | %s |", mdValue(m.Run.ID))
	p.line("| Run at | %s |", mdValue(m.Run.Started))
	p.line("| Method | %s |", mdValue(m.Run.Method))
	if m.Generated != "" {
		p.line("| Report made at | %s |", mdValue(m.Generated))
	}
	p.line("| Made by | %s |", mdValue(m.Tool))
	p.line("| Looked at | %s |", mdText(lookedAt(m.Run.Counts)))
	for _, n := range m.Notes {
		p.line("\n**Note.** %s", mdText(n))
	}
	p.line("")
}

// alarms writes what must be read first.
func (p *mdPrinter) alarms(list []string) {
	for i, a := range list {
		if i > 0 {
			p.line(">")
		}
		p.line("> **ALARM.** %s", mdText(a))
	}
	if len(list) > 0 {
		p.line(">\n> Settle this before you rely on any cluster of this report.\n")
	}
}

// missing lists the patterns that could not be looked for.
func (p *mdPrinter) missing(list []Missing) {
	if len(list) == 0 {
		return
	}
	p.line("### Not looked for\n\nThe data lack what these patterns need. Not analysed is not clean.\n")
	for _, x := range list {
		p.line("- %s %s: %s", mdValue(x.Pattern), mdText(x.Name), mdText(x.Lacks))
	}
	p.line("")
}

// lookedAt says how much a run looked at.
func lookedAt(c Counts) string {
	return number(c.Accounts) + " accounts, " + number(c.Persons) + " persons, " + number(c.Identifiers) + " distinct values, " + number(c.Rows) + " observations"
}

func (p *mdPrinter) summary(m Model) {
	p.line("## Clusters\n")
	if len(m.Clusters) == 0 {
		p.line("%s\n", mdText(nothingFound(m)))
		p.missing(m.Run.Missing)
		return
	}
	p.line("| Cluster | Standing | What | Score | First seen | Last seen |\n|---|---|---|---:|---|---|")
	for _, c := range m.Clusters {
		p.line("| %s | %s | %s | %s | %s | %s |", mdValue(c.ID), flagWord(c), mdText(c.Headline), explain.Points(c.Score), day(c.First), day(c.Last))
	}
	p.line("")
	p.missing(m.Run.Missing)
}

// nothingFound says why a report shows no cluster.
func nothingFound(m Model) string {
	if m.LeftOut > 0 {
		return "No cluster was asked for."
	}
	return "The detection found no cluster: no accounts are tied by evidence that counts. That is a result, and it clears nobody: what the sources do not hold cannot be found in them."
}

func flagWord(c Cluster) string {
	if c.Flagged {
		return "flagged"
	}
	return "not flagged"
}

func (p *mdPrinter) cluster(c Cluster) {
	p.line("## Cluster %s\n", mdValue(c.ID))
	p.line("**%s.** Score %s, %s, %s.\n", mdText(c.Headline), explain.Points(c.Score), flagWord(c), mdText(span(c.First, c.Last)))
	if len(c.Tags) > 0 {
		p.line("Labels: %s\n", mdValues(c.Tags))
	}
	p.why(c)
	p.list("What speaks against it", c.Against)
	p.candidates(c)
	p.sites(c)
	p.members(c)
	p.apart(c)
	p.patterns(c)
	p.innocent(c)
	p.list("What would change or refute it", c.Refute)
	p.list("How far it holds", slices.Concat(c.Holding, c.Steady))
	p.evidence("Shared values that count", c.Evidence)
	p.evidence("Shared, but discounted", c.Discounted)
}

func (p *mdPrinter) list(title string, ts []Text) {
	if len(ts) == 0 {
		return
	}
	p.line("### %s\n", title)
	for _, t := range ts {
		p.line("- %s", mdParts(t))
	}
	p.line("")
}

func (p *mdPrinter) members(c Cluster) {
	p.line("### Members\n")
	extra := memberColumns(c.Members)
	head, rule := "| Account |", "|---|"
	for _, x := range extra {
		head, rule = head+" "+x.title+" |", rule+"---|"
	}
	p.line("%s Person | Names | Employers | Confidence | Points | Active |\n%s---|---|---|---|---:|---|", head, rule)
	for _, m := range c.Members {
		what := ""
		for _, x := range extra {
			what += " " + x.cell(m) + " |"
		}
		p.line("| %s |%s %s | %s | %s | %s \\(%s\\) | %s | %s |", mdValue(m.Account.Shown), what, mdValue(m.Person), mdValues(shownOf(m.Names)),
			mdJobs(m.jobs), mdText(m.Certainty), strconv.FormatFloat(m.Confidence, 'f', 2, 64), explain.Points(m.Points), mdText(span(m.First, m.Last)))
	}
	p.line("")
	for _, m := range c.Members {
		p.line("- %s%s", mdParts(m.Words), mdText(sumWords(m.Sum)))
	}
	p.line("")
}

// memberColumn is a column of the table of members that stands there only when some member has something in it.
type memberColumn struct {
	title string
	has   func(Member) bool
	cell  func(Member) string
}

// memberColumns returns the columns that have something to say.
func memberColumns(ms []Member) []memberColumn {
	all := []memberColumn{
		{"Role", func(m Member) bool { return m.Standing != "" }, func(m Member) string { return mdText(m.Standing) }},
		{"Site", func(m Member) bool { return m.Site != "" }, func(m Member) string { return mdValue(m.Site) }},
		{"Stability", func(m Member) bool { return m.Steadiness != "" }, stabilityCell},
	}
	return slices.DeleteFunc(all, func(c memberColumn) bool { return !slices.ContainsFunc(ms, c.has) })
}

func stabilityCell(m Member) string {
	if m.Steadiness == "" {
		return "–"
	}
	return mdText(m.Steadiness) + " \\(" + strconv.FormatFloat(m.Stability, 'f', 2, 64) + "\\)"
}

// sumWords says how a member's points add up.
func sumWords(sum string) string {
	if sum == "" {
		return ""
	}
	return " Points: " + sum + "."
}

// mdJobs writes employers, each after what it was read from.
func mdJobs(js []job) string {
	var out []string
	for _, j := range js {
		out = append(out, mdText(j.Sort)+" "+mdValue(j.Name))
	}
	return cmp.Or(strings.Join(out, "; "), "–")
}

func (p *mdPrinter) evidence(title string, es []Evidence) {
	if len(es) == 0 {
		return
	}
	p.line("### %s\n", title)
	for i, e := range es {
		p.line("%d. **%s** %s (%s; %s)\\\n   %s\n", i+1, mdText(explain.KindWords(e.Value.kind)), mdValue(e.Value.Shown), mdText(e.Family.Words),
			mdText(e.ClassWords), mdParts(e.Words))
		for _, u := range e.Uses {
			p.use(u)
		}
		p.line("")
	}
}

func (p *mdPrinter) use(u Use) {
	p.line("   - %s: %s, %d ×, %s", mdValue(u.Account.Shown), mdText(u.RelationWords), u.Count, mdText(span(u.First, u.Last)+heldWords(u.HeldUntil)))
	if raws, more := spellings(u.Citations, 3); len(raws) > 0 {
		p.line("     written as %s%s", mdValues(raws), andMore(more))
	}
	for _, c := range citedFiles(u.Citations) {
		p.line("     - %s: lines %s", mdValue(c.File), c.Lines)
	}
}

// heldWords says what is assumed after the days of a use.
func heldWords(until string) string {
	if until == "" {
		return ""
	}
	return "; taken as still held until the account's last activity, " + day(until) + ", which is an assumption"
}

func andMore(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more ways", n)
}

func (p *mdPrinter) appendix(m Model) {
	p.line("## Sources\n")
	p.line("| File | SHA\\-256 | Format | Records | Kept values | Weighed |\n|---|---|---|---:|---:|---|")
	for _, s := range m.Sources {
		p.line("| %s | %s | %s | %d | %d | %s |", mdValue(s.Name), mdValue(s.SHA256), mdValue(s.Format), s.Records, s.Kept, yes(s.InRun))
	}
	for _, s := range m.Sources {
		for _, n := range s.Notes {
			p.line("\n%s: %s", mdValue(s.Name), mdValue(n))
		}
	}
	p.line("\n## Options\n\n| Option | Value |\n|---|---|")
	for _, o := range m.Run.Options {
		p.line("| %s | %s |", mdValue(o.Name), mdValue(o.Value))
	}
	if len(m.Hubs) > 0 {
		p.line("\n## Values too widely shared to link by\n\n| Kind | Value | Class | Persons | Why |\n|---|---|---|---:|---|")
	}
	for _, h := range m.Hubs {
		p.line("| %s | %s | %s | %d | %s |", mdText(h.Value.Kind), mdValue(h.Value.Shown), mdText(h.ClassWords), h.Holders, mdText(h.Reason))
	}
	p.line("\n## Words\n")
	for _, g := range glossary() {
		p.line("- **%s**: %s", mdText(g.Word), mdText(g.Meaning))
	}
}

// mdParts writes a text, what comes from the data as code spans.
func mdParts(t Text) string {
	var b strings.Builder
	for _, p := range t {
		if p.Value {
			b.WriteString(mdValue(p.Text))
		} else {
			b.WriteString(mdText(p.Text))
		}
	}
	return b.String()
}

// mdValue writes a text from the data as a code span; nothing as a dash.
func mdValue(s string) string {
	if strings.TrimSpace(s) == "" {
		return "–"
	}
	return "`" + strings.NewReplacer("`", "⟨U+0060⟩", "|", "⟨U+007C⟩").Replace(s) + "`"
}

func mdValues(ss []string) string {
	if len(ss) == 0 {
		return "–"
	}
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = mdValue(s)
	}
	return strings.Join(out, ", ")
}

// mdText escapes our own words, and reasons of a run, which should hold no values but are not trusted to: a text that
// GitHub might find a link or a mention in stands in a code span as a whole, because there escapes do not prevent that.
func mdText(s string) string {
	if strings.Contains(s, "@") || strings.Contains(s, "://") || strings.Contains(strings.ToLower(s), "www.") {
		return mdValue(s)
	}
	s = strings.ReplaceAll(s, "`", "⟨U+0060⟩")
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte("\\*_[]<>#|~&$!", s[i]) >= 0 || startsBlock(s, i) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// startsBlock reports whether the character at i would make a list item or a rule of the line that s begins.
func startsBlock(s string, i int) bool {
	switch s[i] {
	case '-', '+', '=':
		return i == 0
	case '.', ')':
		return i > 0 && strings.Trim(s[:i], "0123456789") == ""
	}
	return false
}

func shownOf(vs []Value) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = v.Shown
	}
	return out
}

// day returns the day of a time as the model writes it.
func day(t string) string {
	d, _, _ := strings.Cut(t, "T")
	return d
}

// span writes a period in days.
func span(first, last string) string {
	a, b := day(first), day(last)
	switch {
	case a == "" && b == "":
		return "times not known"
	case a == b || b == "":
		return a
	}
	return a + " to " + b
}
