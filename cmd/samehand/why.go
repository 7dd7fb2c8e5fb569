package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/linkage"
)

// formatText is the --format for people of commands that explain.
const formatText = "text"

const whyLong = `Take apart what ties an account to its cluster, or two accounts to each other: each shared value with its points,
every factor they are made of (how rare it is, what sharing it says, whether it was held at the same time, whether one
home or one employer explains it), and the lines it was read from. Values that count nothing are listed with the reason.

Of a member, it is also said whom its place rests on, and which values would have to go for it to leave. Of an account in
no cluster, what it shares with whom, and why that is not enough. Of two accounts, whether they are put to one person
and by what, and, when they share nothing themselves, over whom they are connected. The same account twice is one.

The case is weighed again, with the options of the last detection; nothing is written. An account is written platform/name.
Points are evidence that accounts belong together. They are a lead for a person to follow, and no measure of guilt.`

func newWhy(a *app) *cobra.Command {
	var all bool
	var format string
	cmd := &cobra.Command{
		Use:   "why ACCOUNT [ACCOUNT]",
		Short: "Say to the last factor why an account is in its cluster, or what two have in common",
		Long:  whyLong,
		Example: `  samehand why $(samehand members --flagged --format csv | sed -n 2p | cut -d, -f2,3 | tr , /)
  samehand why $(samehand members --flagged --format csv | sed -n 2,3p | cut -d, -f2,3 | tr , /)`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 2 {
				return usagef(cmd, "name one account or two (platform/name); see: samehand members")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != formatText && format != formatJSON {
				return usagef(cmd, "--format is %q; it can be %s, %s", format, formatText, formatJSON)
			}
			ids := make([]graph.AccountID, len(args))
			for i, name := range args {
				id, ok := parseAccount(name)
				if !ok {
					return usagef(cmd, "an account is written platform/name, as in okta:acme/jdoe; to explain a cluster: samehand show CLUSTER")
				}
				ids[i] = id
			}
			return a.why(cmd.Context(), ids, format, all)
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "cite every line and name everybody, not only the first few")
	cmd.Flags().StringVar(&format, "format", formatText, "what to print: text, json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{formatText, formatJSON}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// why explains one account, or two.
func (a *app) why(ctx context.Context, ids []graph.AccountID, format string, all bool) (err error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	c, err := a.weighAgain(ctx, s)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if ids[i], err = findAccount(c.model.Table().Accounts, id); err != nil {
			return whichAccount(err, id, len(ids))
		}
	}
	if len(ids) == 2 && ids[0] == ids[1] {
		a.say("both are the same account; this is what there is to say of it")
		ids = ids[:1]
	}
	x := c.explainer()
	out := bufio.NewWriter(a.stdout)
	d := &whyPage{page: page{w: out, all: all, t: c.model.Table()}, x: x}
	if len(ids) == 1 {
		err = d.memberIn(format, ids[0])
	} else {
		err = d.pairIn(format, ids[0], ids[1])
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// whichAccount says of two accounts which one is not there, as it was given.
func whichAccount(err error, id graph.AccountID, of int) error {
	u, ok := errors.AsType[*unknownError](err)
	if !ok || of == 1 {
		return err
	}
	return &unknownError{fmt.Sprintf("%q: %s", accountText(id), u.text), u.nearest}
}

// memberIn writes the explanation of one account in a format.
func (d *whyPage) memberIn(format string, id graph.AccountID) error {
	m, err := d.x.Member(id)
	if err != nil {
		return err
	}
	if format == formatJSON {
		return d.writeJSON(d.memberJSON(m))
	}
	d.member(m)
	return nil
}

// pairIn writes the explanation of two accounts in a format.
func (d *whyPage) pairIn(format string, a, b graph.AccountID) error {
	p, err := d.x.Pair(a, b)
	if err != nil {
		return err
	}
	if format == formatJSON {
		return d.writeJSON(d.pairJSON(p))
	}
	d.pair(p)
	return nil
}

// whyPage writes explanations of accounts as text or JSON.
type whyPage struct {
	page
	x *explain.Weighed
}

// namesShown is how many accounts or values are named in a row unless all are asked for.
const namesShown = 8

// name writes an account in quotation marks, visible.
func name(a graph.AccountID) string { return "“" + explain.Shown(accountText(a)) + "”" }

// names writes accounts in a row.
func (d *whyPage) names(list []graph.AccountID) string {
	shown := len(list)
	if !d.all {
		shown = min(shown, namesShown)
	}
	parts := make([]string, shown)
	for i, a := range list[:shown] {
		parts[i] = name(a)
	}
	text := strings.Join(parts, ", ")
	if n := len(list) - shown; n > 0 {
		text += fmt.Sprintf(" and %d more (--all)", n)
	}
	return text
}

// place writes where an account is.
func (d *whyPage) place(p explain.Place) {
	d.line("Account %s", explain.Visible(accountText(p.Account)))
	if len(p.Accounts) > 1 {
		d.more(fmt.Sprintf("Its person has %d accounts: %s.", len(p.Accounts), d.names(p.Accounts)))
	}
	switch {
	case p.Cluster == "" && len(p.Apart) > 0:
		d.more("In no cluster of the last detection.")
	case p.Cluster == "":
		d.more("In no cluster of the last detection, which clears nobody.")
	case p.Flagged && !p.Member.Flagged:
		d.more(fmt.Sprintf("In cluster %s (%s), which is flagged for a closer look; the account itself is shown, not flagged.", explain.Visible(p.Cluster), p.Headline))
	case p.Flagged:
		d.more(fmt.Sprintf("In cluster %s (%s), flagged for a closer look: a lead, not a verdict.", explain.Visible(p.Cluster), p.Headline))
	default:
		d.more(fmt.Sprintf("In cluster %s (%s), which is not flagged.", explain.Visible(p.Cluster), p.Headline))
	}
	d.setApart(p.Apart)
}

// pair writes what two accounts have to do with each other.
func (d *whyPage) pair(p explain.Pair) {
	d.place(p.A)
	d.place(p.B)
	if p.OnePerson {
		d.title("Put to one person, by")
		d.merges(p.Merges)
		d.more("What accounts of one person have in common is not weighed: it is how the person was found.")
		return
	}
	d.title("Taken for two persons: no agreement of strong values puts them to one without a conflict.")
	if len(p.Counting) == 0 {
		d.title("Nothing that they share counts for this pair.")
	} else {
		d.title(fmt.Sprintf("What they share that counts: %s points in all", points(p.Total)))
		d.more(d.howPairsAdd(p))
		d.shared(p.Counting, p.A.Accounts)
	}
	d.nothing(p.Nothing, p.A.Accounts, false)
	if len(p.Path) > 0 {
		d.title("How they are connected inside their cluster: the shortest way, over the strongest pairs")
		for _, s := range p.Path {
			d.item(fmt.Sprintf("%s and %s: %s points", name(s.From), name(s.To), points(s.Points)))
			d.briefly(s.Counting)
		}
	} else if len(p.Counting) == 0 && p.A.Cluster != "" && p.A.Cluster == p.B.Cluster {
		d.more("They are in one cluster, and no chain of pairs that hold it together leads from one to the other.")
	}
}

func (d *whyPage) howPairsAdd(p explain.Pair) string {
	text := "The best value of each family counts in full, a part of the others: two values of one family are hardly independent."
	if p.SoftOnly {
		text += " All of it is soft (what is said about them, not what they hold), so only a small part counts."
	}
	return text
}

// merges writes by what accounts were put together.
func (d *whyPage) merges(list []explain.Merge) {
	for _, m := range list {
		text := fmt.Sprintf("%s and %s: %s", name(m.A), name(m.B), m.Reason)
		if m.Identifier.Valid() {
			text += fmt.Sprintf(" (%s “%s”)", explain.KindWords(m.Identifier.Kind()), explain.Shown(m.Identifier.Key()))
		}
		d.item(text + ".")
		for _, u := range m.Uses {
			d.use(u)
		}
	}
}

// shared writes values that count, each with its factors, its times and its lines.
func (d *whyPage) shared(list []explain.Shared, me []graph.AccountID) {
	for _, s := range list {
		d.item(fmt.Sprintf("The %s “%s” (%s): adds %s", explain.KindWords(s.Identifier.Kind()), explain.Shown(s.Identifier.Key()),
			explain.FamilyWords(s.Family), points(s.Adds)))
		d.factors(s)
		if text := overlapText(s); text != "" {
			d.line("      %s", text)
		}
		d.uses(s.Uses, me)
		if len(s.Until) > 0 {
			d.line("      last activity of accounts that gave it once:")
			d.uses(s.Until, me)
		}
		if s.Backed != "" {
			d.line("      %s", s.Backed)
			d.uses(s.Backing, me)
		}
	}
}

// factors writes how the points of a value come about, a factor a line.
func (d *whyPage) factors(s explain.Shared) {
	for i, f := range s.Factors {
		if i > 0 && f.By == 1 && (f.Name != linkage.FactorKind && f.Name != linkage.FactorTime || f.Why == "") {
			continue
		}
		sign, by := "×", explain.Factor(round(f.By, 1000))
		if i == 0 {
			sign, by = " ", points(f.By)
		}
		d.line("      %s %-5s %s: %s", sign, by, f.Name, f.Why)
	}
	pair := points(s.Points) + " points for a pair"
	if len(s.With) > 1 {
		pair += ", at most: with " + name(s.Best)
	}
	d.line("      = %s", pair)
	if s.Echo != 1 {
		d.line("      × %-5s because it ties %d inside", explain.Factor(s.Echo), s.Tied())
	}
	if s.Part != 1 {
		d.line("      × %-5s because it is not the best of its family, or all is soft", explain.Factor(round(s.Part, 1000)))
	}
}

// points writes points with two digits: with one, sums would not be those of what is shown.
func points(p float64) string { return strconv.FormatFloat(p, 'f', 2, 64) }

func round(x, to float64) float64 { return float64(int64(x*to+.5)) / to }

// overlapText says whether two had a value at the same time; "" where that says nothing: a payment or a delivery is a moment.
func overlapText(s explain.Shared) string {
	days := fmt.Sprintf("for %d days", s.Days)
	switch s.Days {
	case 0:
		days = "for less than a day"
	case 1:
		days = "for a day"
	}
	weighed := linkage.WeighsTime(s.Identifier.Kind())
	switch {
	case s.Overlap == explain.Together && (weighed || s.Days > 0):
		return "At the same time: yes, " + days + "."
	case s.Overlap == explain.Assumed:
		return "At the same time: " + days + ", if what was given once is taken as still held until the account's last activity."
	case s.Overlap == explain.InTurn && weighed:
		return "At the same time: no."
	case s.Overlap == explain.Unknown && weighed:
		return "At the same time: not known."
	}
	return ""
}

// nothing writes values that count nothing, and why; with whom they are shared when that is asked for.
func (d *whyPage) nothing(list []explain.Shared, me []graph.AccountID, withWhom bool) {
	if len(list) == 0 {
		return
	}
	d.title("Shared, but it counts nothing")
	for _, s := range list {
		d.item(fmt.Sprintf("The %s “%s” (%s): %s", explain.KindWords(s.Identifier.Kind()), explain.Shown(s.Identifier.Key()),
			explain.ClassWords(s.Class), s.Why))
		if withWhom && len(s.With) > 0 {
			d.more("  Shared with " + d.others(s.With) + ".")
		}
		d.uses(s.Uses, me)
	}
}

// othersShown is how many of those with whom a value that counts nothing is shared are named unless all are asked for.
const othersShown = 3

// others says how many persons there are and names them, each by an account.
func (d *whyPage) others(list []graph.AccountID) string {
	shown := len(list)
	if !d.all {
		shown = min(shown, othersShown)
	}
	parts := make([]string, shown)
	for i, a := range list[:shown] {
		parts[i] = name(a)
	}
	text := fmt.Sprintf("%d other persons: %s", len(list), strings.Join(parts, ", "))
	if len(list) == 1 {
		text = "one other person: " + parts[0]
	}
	if n := len(list) - shown; n > 0 {
		text += fmt.Sprintf(" and %d more (--all)", n)
	}
	return text
}

// usesShown is how many accounts are cited for a value unless all are asked for.
const usesShown = 6

// uses writes where a value is written, of the person that is explained first, then of the others.
func (d *whyPage) uses(us []explain.Use, me []graph.AccountID) {
	mine := func(u explain.Use) int {
		if slices.Contains(me, u.Account) {
			return 0
		}
		return 1
	}
	us = slices.Clone(us)
	slices.SortStableFunc(us, func(a, b explain.Use) int { return mine(a) - mine(b) })
	shown := len(us)
	if !d.all {
		shown = min(shown, usesShown)
	}
	for _, u := range us[:shown] {
		d.use(u)
	}
	if n := len(us) - shown; n > 0 {
		d.line("      and %d more (--all)", n)
	}
}

// claims writes what is on record.
func (d *whyPage) claims(list []explain.Claim) {
	for _, c := range list {
		d.line("      %s: %s “%s”, %s: %s", explain.Visible(accountText(c.Account)), explain.KindWords(c.Identifier.Kind()),
			explain.Shown(c.Identifier.Key()), explain.RelationWords(c.Relation), d.citations(c.Citations))
	}
}

// briefly names values with what each is worth.
func (d *whyPage) briefly(list []explain.Shared) {
	shown := len(list)
	if !d.all {
		shown = min(shown, namesShown)
	}
	for _, s := range list[:shown] {
		d.line("      %s “%s” (%s): %s points", explain.KindWords(s.Identifier.Kind()), explain.Shown(s.Identifier.Key()),
			explain.FamilyWords(s.Family), points(s.Points))
	}
	if n := len(list) - shown; n > 0 {
		d.line("      and %d more (--all)", n)
	}
}

// member writes what ties an account to its cluster, or why nothing does.
func (d *whyPage) member(m explain.Membership) {
	d.place(m.Place)
	if len(m.Merges) > 0 {
		d.title("Its accounts were put to one person by")
		d.merges(m.Merges)
	}
	if len(m.Jobs) > 0 {
		d.title("Its person is flagged for these jobs, several at the same time: by when they begin, with sign-ins and payments")
		for _, j := range m.Jobs {
			d.job(j)
		}
	}
	if m.Cluster == "" {
		d.whyNot(m)
		return
	}
	if len(m.Counting) == 0 && len(m.Nothing) == 0 && len(m.Relies) == 0 {
		d.title("Nothing ties it to others: its person is the whole cluster. See: samehand show " + explain.Visible(m.Cluster))
		d.record(m)
		return
	}
	d.title(fmt.Sprintf("What ties it to the others of the cluster: %s points; a member needs %s", points(m.Points), points(m.Need)))
	d.more("Each value counts once, at its strongest pair, more when more of them have it; of each family the best in full, a part of the others.")
	if !m.Agrees {
		d.more(fmt.Sprintf("The last detection says %s points: the case, the options or the program have changed since. Detect again before you rely on this.", points(m.Member.Points)))
	}
	if m.Soft {
		d.more("Nothing firm is among it (what is said about people, or a line that is nobody's home), so it counts nothing.")
	}
	if m.TakenIn {
		d.more("That would not do by itself: it was taken in because the others are flagged, and it has values of two sorts in common with them, or one sort and the habits of personas. What flags the others is not cited here; see: samehand show " + explain.Visible(m.Cluster))
	}
	d.shared(m.Counting, m.Accounts)
	d.nothing(m.Nothing, m.Accounts, true)
	d.leaves(m)
	d.record(m)
	d.relies(m)
}

// leaves writes what would have to go for the member to leave.
func (d *whyPage) leaves(m explain.Membership) {
	if len(m.Leaves) == 0 {
		return
	}
	d.title(fmt.Sprintf("What would have to go for less than %s points to be left, everything else as it is", points(m.Need)))
	shown := len(m.Leaves)
	if !d.all {
		shown = min(shown, namesShown)
	}
	for _, set := range m.Leaves[:shown] {
		var parts []string
		for _, i := range set {
			id := m.Counting[i].Identifier
			parts = append(parts, fmt.Sprintf("the %s “%s”", explain.KindWords(id.Kind()), explain.Shown(id.Key())))
		}
		d.item(strings.Join(parts, ", and "))
	}
	if n := len(m.Leaves) - shown; n > 0 {
		d.more(fmt.Sprintf("or one of %d other sets of as many values (--all)", n))
	}
}

// relies writes whom the membership rests on.
func (d *whyPage) relies(m explain.Membership) {
	if len(m.Relies) == 0 {
		return
	}
	d.title("Whom its place rests on: with what is cited here alone, these tie each other, and it, well enough to stay")
	for _, r := range m.Relies {
		d.item(name(r.Account))
		d.claims(r.Context)
	}
	if len(m.Beyond) > 0 {
		d.title("What some of those need for that beside what they share with it")
		d.shared(m.Beyond, nil)
	}
}

// whyNot writes what an account in no cluster shares, and why that is not enough.
func (d *whyPage) whyNot(m explain.Membership) {
	switch {
	case len(m.Counting) == 0 && len(m.Nothing) == 0:
		d.title("It shares no value with anybody in the case, as far as the files show.")
		d.record(m)
		return
	case len(m.Counting) == 0:
		d.title("It shares nothing that counts with anybody.")
	case m.Points < m.Need:
		d.title(fmt.Sprintf("What it shares with all others together is worth %s points; to be a member takes %s", points(m.Points), points(m.Need)))
		if m.Soft {
			d.more("Nothing firm is among it (what is said about people, or a line that is nobody's home), so it counts nothing.")
		}
	case len(m.Apart) > 0:
		d.title(fmt.Sprintf("What it shares with all others together is worth %s points, and to be a member takes %s; it is set apart all the same", points(m.Points), points(m.Need)))
	default:
		d.title(fmt.Sprintf("What it shares with all others together is worth %s points, and to be a member takes %s", points(m.Points), points(m.Need)))
		d.more("It is in no cluster all the same: those it shares things with are not tied to one another, or not well enough to make a group with it.")
	}
	d.shared(m.Counting, m.Accounts)
	d.partners(m)
	d.nothing(m.Nothing, m.Accounts, true)
	d.record(m)
}

// record writes what is on record of the person: what discounts and names were read from.
func (d *whyPage) record(m explain.Membership) {
	if len(m.Context) > 0 {
		d.title("On record of its person: names, homes and employers, which tie nobody by themselves")
		d.claims(m.Context)
	}
}

// partners writes with whom an account in no cluster shares what counts.
func (d *whyPage) partners(m explain.Membership) {
	if len(m.Partners) == 0 {
		return
	}
	d.title("With whom, most points first")
	for _, p := range m.Partners {
		where := "in no cluster"
		if p.Cluster != "" {
			where = "in cluster " + explain.Visible(p.Cluster)
		}
		d.item(fmt.Sprintf("%s (%s): %s points", name(p.Account), where, points(p.Points)))
		d.briefly(p.Counting)
	}
	if m.More > 0 {
		d.more(fmt.Sprintf("and others with whom it shares something that counts: %d", m.More))
	}
}
