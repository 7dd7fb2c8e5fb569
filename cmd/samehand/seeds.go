package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
	"samehand/graph/seeds"
)

// seedFlags are what the command line says about seeds.
type seedFlags struct {
	file   string
	tags   []string
	region string
	hops   int
	set    []string
	format string
	path   string
	all    bool
}

const seedsLong = `Start at accounts and values that are known to be bad, and follow the evidence of the case to the accounts near them.

FILE is a table (CSV, JSON lines, XLSX or Parquet). A row names an account (columns platform, account) or a value (kind,
value, as in observations; platform may say whose handle it is), and may say what it is known for (tag) and who says so (source). Of kind tag, it names the
accounts with that label. --tag starts from the accounts in the case with a label, such as a sanctions programme, or one
that begins so. Rows that cannot be read are named by their position and left out.

Each step goes from one person to another along one shared value, and keeps half of the score at most, less where the
value is worth less than full evidence. There are three steps at most. No step goes through a hub (a VPN exit, an office, a
tax preparer): that two people have one in common carries nothing. The accounts of one person are one, without a step.

What is reached is ranked, and nothing is flagged because of it: it says where to look first. --path ACCOUNT shows the
way to an account step by step, with the lines of the files that say so.`

func newSeeds(a *app) *cobra.Command {
	var f seedFlags
	cmd := &cobra.Command{
		Use:   "seeds [FILE]",
		Short: "Rank the accounts that the evidence ties to accounts or values known to be bad",
		Long:  seedsLong,
		Example: `  samehand seeds --tag DPRK --hops 2
  printf 'kind,value,source\ndevice,serial:C02XK1ZZJGH5,stolen\n' | samehand seeds -
  samehand members --flagged --format csv | samehand seeds - --format csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return usagef(cmd, "give one file at most")
			case len(args) == 0 && len(f.tags) == 0:
				return usagef(cmd, "give a file of seeds, or --tag")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				f.file = args[0]
			}
			o, err := f.options(cmd)
			if err != nil {
				return err
			}
			return a.seeds(cmd.Context(), f, o)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&f.tags, "tag", nil, "start from the accounts in the case with this `label`, or one that begins so; may be repeated")
	flags.StringVar(&f.region, "region", "", "two-letter `country` of phone numbers without a country code in FILE (default US)")
	flags.IntVar(&f.hops, "hops", seeds.Defaults().Hops, "steps from a seed at most, 1 to 3")
	flags.StringArrayVar(&f.set, "set", nil, "change a number of the propagation, as `NAME=VALUE`; may be repeated")
	flags.StringVar(&f.path, "path", "", "show how this `account` (platform/name) is reached, step by step")
	flags.BoolVar(&f.all, "all", false, "with --path: cite every line, not only the first few")
	rowsFlag(cmd, &f.format)
	return cmd
}

// options returns the options of the propagation, all faults in one error.
func (f *seedFlags) options(cmd *cobra.Command) (seeds.Options, error) {
	o := seeds.Defaults()
	o.Hops = f.hops
	var faults []error
	for _, s := range f.set {
		faults = append(faults, apply(o.Settings(), s))
	}
	if r := strings.ToUpper(f.region); r != "" && !ident.KnownRegion(r) {
		faults = append(faults, fmt.Errorf("--region is %q; give the two-letter code of a country, such as US", f.region))
	}
	if slices.Contains(f.tags, "") {
		faults = append(faults, errors.New("--tag is empty; give a label, or the beginning of one"))
	}
	if err := errors.Join(append(faults, o.Validate())...); err != nil {
		return o, usagef(cmd, "%w", err)
	}
	return o, nil
}

// seeds ranks what is reached, or shows the path to one account.
func (a *app) seeds(ctx context.Context, f seedFlags, o seeds.Options) (err error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var list []seeds.Seed
	if f.file != "" {
		if list, err = a.readSeeds(ctx, f.file, strings.ToUpper(f.region)); err != nil {
			return err
		}
	}
	c, err := a.weighAgain(ctx, s)
	if err != nil {
		return err
	}
	r, err := a.propagate(c, list, f.tags, o)
	if err != nil {
		return err
	}
	if f.path != "" {
		return a.seedPath(c, r, f)
	}
	if err := a.print(reachedRows(c, r), f.format); err != nil {
		return err
	}
	if len(r.Reached) > 0 {
		a.say("To be reached is a rank, not a finding: nothing is flagged because of it. How one is reached: --path ACCOUNT")
	}
	return nil
}

// propagate starts from the seeds of a file and from labels, and says what became of them.
func (a *app) propagate(c weighedCase, list []seeds.Seed, tags []string, o seeds.Options) (seeds.Result, error) {
	inFile := len(list)
	for _, tag := range tags {
		tagged := seeds.Tagged(c.model.Table(), func(label string) bool {
			return len(label) >= len(tag) && strings.EqualFold(label[:len(tag)], tag)
		})
		if len(tagged) == 0 {
			a.say("no account in the case has a label that begins with “%s”", explain.Shown(tag))
		}
		list = append(list, tagged...)
	}
	r, err := seeds.Propagate(c.model, list, o)
	if err != nil {
		return r, err
	}
	a.saySeeds(r, inFile)
	return r, nil
}

// saySeeds says how many seeds the case has, and which of the file carry nothing.
func (a *app) saySeeds(r seeds.Result, inFile int) {
	there, refused, shown := 0, 0, 0
	for i, s := range r.Standings {
		if s.Accounts > 0 {
			there++
		}
		if s.Refused == "" {
			continue
		}
		if refused++; shown < faultsShown {
			shown++
			part := "carries nothing"
			if s.Accounts > 0 {
				part = "carries nothing for a part of the time"
			}
			a.log.Warn(fmt.Sprintf("seed on line %d: %s; it %s", r.Seeds[i].Line, s.Refused, part))
		}
	}
	if refused > shown {
		a.log.Warn(fmt.Sprintf("further seeds that carry nothing: %d", refused-shown))
	}
	persons := 0
	for _, x := range r.Reached {
		if x.Hops > 0 {
			persons++
		}
	}
	a.say("seeds: %d in the file, %d by label; %d are in the case; they lead to %d other accounts", inFile, len(r.Seeds)-inFile, there, persons)
}

// reachedRows lays out what was reached.
func reachedRows(c weighedCase, r seeds.Result) *rows {
	clusters := map[graph.AccountID]graph.Member{}
	ids := map[graph.AccountID]string{}
	for _, cl := range c.run.Clusters {
		for _, m := range cl.Members {
			clusters[m.Account], ids[m.Account] = m, cl.ID
		}
	}
	out := &rows{columns: []string{"score", "hops", "platform", "account", "cluster_id", "flagged", "seed", "tag", "source", "through"}}
	for _, x := range r.Reached {
		s := r.Seeds[x.Seed]
		var through []string
		for _, step := range x.Path {
			through = append(through, step.Identifier.Kind().String())
		}
		out.add(x.Score, x.Hops, x.Account.Platform, x.Account.Native, ids[x.Account], clusters[x.Account].Flagged, seedText(s), s.Tag, s.Source, through)
	}
	return out
}

// seedText says which seed it is: the line of the file, or the account that has the label.
func seedText(s seeds.Seed) string {
	if s.Line > 0 {
		return fmt.Sprintf("line %d", s.Line)
	}
	return accountText(s.Account)
}

// seedPath shows how an account is reached.
func (a *app) seedPath(c weighedCase, r seeds.Result, f seedFlags) error {
	want, ok := parseAccount(f.path)
	if !ok {
		return fmt.Errorf("--path: an account is written platform/name, as in okta:acme/jdoe")
	}
	want, err := findAccount(c.model.Table().Accounts, want)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	d := &whyPage{page: page{w: out, all: f.all, t: c.model.Table()}, x: c.explainer()}
	i := slices.IndexFunc(r.Reached, func(x seeds.Reached) bool { return x.Account == want })
	if i < 0 {
		d.line("Account %s", explain.Visible(accountText(want)))
		d.more("The evidence leads to it from none of the seeds in the steps allowed, which clears nobody.")
		return out.Flush()
	}
	d.reached(r, r.Reached[i])
	return out.Flush()
}

// reached writes the way from a seed to an account.
func (d *whyPage) reached(r seeds.Result, x seeds.Reached) {
	s := r.Seeds[x.Seed]
	d.line("Account %s", explain.Visible(accountText(x.Account)))
	steps := map[bool]string{true: "1 step", false: fmt.Sprintf("%d steps", x.Hops)}[x.Hops == 1]
	d.more(fmt.Sprintf("Score %.3f after %s. It is a rank for where to look first, and no finding.", x.Score, steps))
	d.title("The seed")
	text := ""
	switch {
	case s.Identifier.Valid():
		text = fmt.Sprintf("the %s “%s”", explain.KindWords(s.Identifier.Kind()), explain.Shown(s.Identifier.Key()))
	default:
		text = name(s.Account)
	}
	if s.Line > 0 {
		text += fmt.Sprintf(", on line %d of the file", s.Line)
	}
	d.item(text + seedClaim(s))
	if x.Hops == 0 {
		d.more("The account is the seed, or is put to one person with it: samehand why ACCOUNT ACCOUNT says by what.")
		return
	}
	d.title("The way, step by step")
	for i, p := range x.Path {
		if i > 0 && x.Path[i-1].To != p.From {
			d.more(fmt.Sprintf("%s and %s are put to one person.", name(x.Path[i-1].To), name(p.From)))
		}
		d.step(p)
	}
	if last := x.Path[len(x.Path)-1].To; last != x.Account {
		d.more(fmt.Sprintf("%s and %s are put to one person: samehand why ACCOUNT ACCOUNT says by what.", name(last), name(x.Account)))
	}
}

// seedClaim says what a seed is known for and who says so: both are words of the file, in quotation marks.
func seedClaim(s seeds.Seed) string {
	tag, source := "“"+explain.Shown(s.Tag)+"”", "“"+explain.Shown(s.Source)+"”"
	switch {
	case s.Tag != "" && s.Source != "":
		return fmt.Sprintf("; known for %s, according to %s", tag, source)
	case s.Tag != "":
		return "; known for " + tag
	case s.Source != "":
		return "; according to " + source
	}
	return ""
}

// step writes one step with its lines.
func (d *whyPage) step(p seeds.Step) {
	value := fmt.Sprintf("the %s “%s”", explain.KindWords(p.Identifier.Kind()), explain.Shown(p.Identifier.Key()))
	if p.From.Valid() {
		d.item(fmt.Sprintf("%s shares %s (%s) with %s: %s points, the score is multiplied by %.3f", name(p.From), value,
			explain.FamilyWords(p.Family), name(p.To), explain.Points(p.Points), p.Factor))
	} else {
		d.item(fmt.Sprintf("%s has %s: %s points, the score is multiplied by %.3f", name(p.To), value, explain.Points(p.Points), p.Factor))
	}
	uses := d.x.Uses(p.Rows)
	slices.SortStableFunc(uses, func(a, b explain.Use) int { return cmp.Compare(rankOf(a, p), rankOf(b, p)) })
	d.uses(uses, nil)
}

// rankOf puts the uses of the account that a step begins at first.
func rankOf(u explain.Use, p seeds.Step) int {
	switch u.Account {
	case p.From:
		return 0
	case p.To:
		return 2
	}
	return 1
}
