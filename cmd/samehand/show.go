package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

func newShow(a *app) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "show CLUSTER|ACCOUNT",
		Short: "Explain a cluster, or say what is known of an account",
		Long: `Explain a cluster of the last detection: why it is or is not flagged, who may host or run it, who is in it and where,
who is set apart from it, what they share with points and the file and line it was read from, what was shared but
discounted and why, which innocent explanations were considered, and what would change it. A role is what the data suggest.

A cluster is named by its ID or the beginning of it. An account is written platform/name; of it, everything the case knows
is listed, with the cluster it is in.`,
		Example: `  samehand show $(samehand members --flagged --format csv | sed -n 2p | cut -d, -f1)
  samehand show $(samehand members --flagged --format csv | sed -n 2p | cut -d, -f2,3 | tr , /)`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef(cmd, "name one cluster or one account (platform/name); see: samehand clusters")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.show(cmd.Context(), args[0], all) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "cite every line, not only the first few for each account and value, and say why each innocent explanation was set aside")
	cmd.ValidArgsFunction = a.completeClusters
	return cmd
}

// show explains what the name stands for.
func (a *app) show(ctx context.Context, name string, all bool) (err error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	account, isAccount := parseAccount(name)
	run, err := a.lastRun(ctx, s)
	if err != nil && !(isAccount && errors.Is(err, graph.ErrNoRun)) {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	d := &page{w: out, all: all}
	if isAccount {
		err = d.account(ctx, s, run, account)
	} else {
		err = d.clusterNamed(ctx, s, run, name)
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// page writes explanations as text. Errors of writing surface when the writer is flushed.
type page struct {
	w   *bufio.Writer
	all bool // cite every line
	t   *graph.Table
}

// pageWidth is where sentences are broken.
const pageWidth = 100

// citedLines is how many lines are cited for each account and value unless all are asked for.
const citedLines = 3

func (d *page) line(format string, args ...any) { fmt.Fprintf(d.w, format+"\n", args...) }

func (d *page) title(text string) { d.line("\n%s", text) }

// item writes a sentence as a list item, broken into lines.
func (d *page) item(text string) { io.WriteString(d.w, wrap("  - ", "    ", text)) } //nolint:errcheck // see page

// wrap breaks text into lines of at most pageWidth characters where a word allows it.
func wrap(first, rest, text string) string {
	var b strings.Builder
	line, n := first, len(first)
	for i, word := range strings.Fields(text) {
		size := len([]rune(word))
		if i > 0 && n+1+size > pageWidth {
			b.WriteString(line + "\n")
			line, n = rest, len(rest)
		} else if i > 0 {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+size
	}
	return b.String() + line + "\n"
}

// clusterNamed writes the explanation of the cluster of that name.
func (d *page) clusterNamed(ctx context.Context, s graph.Reader, run graph.Run, name string) error {
	c, err := findCluster(run.Clusters, name)
	if err != nil {
		return err
	}
	x, err := d.explain(ctx, s, run, c)
	if err != nil {
		return err
	}
	d.alarms(run)
	d.head(x)
	d.reasons(x)
	d.sentences("What speaks against it", x.Against)
	d.candidates(x)
	d.jobs(x)
	d.sites(x)
	d.members(x)
	d.apart(x)
	d.patterns(x)
	d.values("What they share, most points first", x.Values)
	d.values("Shared, but discounted", x.Discounted)
	d.considered(x)
	d.ruleOut(x.RuleOut)
	d.sentences("What would change or refute it", slices.Concat(x.Refute, x.Holding, x.Steady))
	return nil
}

// ruleOut writes the innocent explanations by family of evidence.
func (d *page) ruleOut(doubts []explain.Doubt) {
	if len(doubts) == 0 {
		return
	}
	d.title("Innocent explanations to rule out, which data cannot")
	for _, x := range doubts {
		d.item(string(x.Family) + ": " + x.Text)
	}
}

// explain loads what the case knows of a cluster's accounts and explains the cluster.
func (d *page) explain(ctx context.Context, s graph.Reader, run graph.Run, c graph.Cluster) (explain.Cluster, error) {
	var err error
	d.t, err = s.Load(ctx, graph.Filter{Accounts: explain.Accounts(c)})
	if err != nil {
		return explain.Cluster{}, err
	}
	return explain.NewIndex(d.t, run.Hubs).Cluster(c), nil
}

// head writes what the cluster is.
func (d *page) head(x explain.Cluster) {
	d.line("Cluster %s: %s", explain.Visible(x.ID), map[bool]string{true: "flagged for a closer look", false: "not flagged"}[x.Flagged])
	d.line("%s", x.Headline)
	d.line("Score %s; active %s", explain.Points(x.Score), explain.Period(x.First, x.Last))
	if len(x.Tags) > 0 {
		d.line("Labels on its accounts: %s", explain.Visible(strings.Join(x.Tags, ", ")))
	}
	d.line("A cluster is a lead for a person to follow, not a verdict.")
	if len(x.Unnamed) > 0 {
		io.WriteString(d.w, "\n"+wrap("", "", x.Unnamed.String())) //nolint:errcheck // see page
	}
}

// members writes who is in the cluster and what ties each to it.
func (d *page) members(x explain.Cluster) {
	d.title("Accounts in it, by " + map[bool]string{true: "site and person", false: "person"}[len(x.Sites) > 0])
	person := ""
	for i, m := range bySite(x) {
		if i == 0 || m.Person != person {
			person = m.Person
			d.line("%s", personLine(m))
		}
		d.item(m.Words.String())
	}
	for _, m := range x.Missing {
		d.item(explain.Visible(accountText(m)) + ": the case holds nothing on this account any more.")
	}
}

// more writes a sentence below a list item.
func (d *page) more(text string) {
	io.WriteString(d.w, wrap("    ", "    ", text)) //nolint:errcheck // see page
}

// values writes shared values with the lines they were read from.
func (d *page) values(title string, values []explain.Value) {
	if len(values) == 0 {
		return
	}
	d.title(title)
	for _, v := range values {
		d.item(v.Words.String())
		for _, u := range v.Uses {
			d.use(u)
		}
	}
}

// use writes what one account had to do with a value, and where that is written.
func (d *page) use(u explain.Use) {
	times := fmt.Sprintf("%d times", u.Count)
	if u.Count == 1 {
		times = "once"
	}
	as := ""
	if u.As.Valid() {
		as = " as “" + explain.Shown(u.As.Key()) + "”"
	}
	if u.As.Kind() == ident.IP {
		as = " from “" + explain.Shown(u.As.Key()) + "”"
	}
	of := ""
	if u.Of.Valid() {
		of = explain.KindWords(u.Of.Kind()) + " “" + explain.Shown(u.Of.Key()) + "”, "
	}
	d.line("      %s: %s%s%s, %s, %s: %s", explain.Visible(accountText(u.Account)), of, explain.RelationWords(u.Relation), as,
		explain.Period(u.First, u.Last), times, d.citations(u.Citations))
}

// citations lists lines as file:line, the first few or all.
func (d *page) citations(cs []explain.Citation) string {
	shown := len(cs)
	if !d.all {
		shown = min(citedLines, shown)
	}
	var parts []string
	for _, c := range cs[:shown] {
		parts = append(parts, d.place(c.Source, c.Line))
	}
	text := strings.Join(parts, ", ")
	if n := len(cs) - shown; n > 0 {
		text += fmt.Sprintf(" and %d more (--all)", n)
	}
	return text
}

// place writes file:line.
func (d *page) place(source int, line int64) string {
	if source < 0 || source >= len(d.t.Sources) {
		return fmt.Sprintf("(a file that is not known any more):%d", line)
	}
	return fmt.Sprintf("%s:%d", explain.Visible(d.t.Sources[source].Name), line)
}

// sentences writes a list of sentences.
func (d *page) sentences(title string, list []explain.Sentence) {
	if len(list) == 0 {
		return
	}
	d.title(title)
	for _, s := range list {
		d.item(s.String())
	}
}
