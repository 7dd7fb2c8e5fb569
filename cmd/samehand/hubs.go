package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// hubFlags choose hubs.
type hubFlags struct {
	class, kind string
	limit       int
	format      string
}

// usualHubs is how many hubs are listed unless --limit says otherwise: what fits on two screens.
const usualHubs = 50

const hubsLong = `List the values that the last detection downgraded, and why: values that many share without being one hand, such as the
line of an office or a VPN, a house of many flats, a tax preparer's phone. They tie nobody to anybody, or only a little, and
stay as explanation.

How many there are of each class is said first, on standard error. The values follow, those with the most holders first;
--class and --kind choose among them, and --limit says how many are listed (0 is all).

Look here when a cluster that you expect is not there: what ties it may have been taken for a hub. And look here when one
is there that should not be: what ties it may be a hub that is not in this list. A list of your own tells hubs that
their use does not show yet; see samehand detect --help.

The columns are kind, value, class, holders (persons who have it) and why.`

func newHubs(a *app) *cobra.Command {
	var f hubFlags
	cmd := &cobra.Command{
		Use:   "hubs",
		Short: "List the shared values that were downgraded, and why",
		Long:  hubsLong,
		Example: `  samehand hubs
  samehand hubs --class transit --limit 10
  samehand hubs --kind phone --format csv --limit 0 > hubs.csv`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.limit < 0 {
				return usagef(cmd, "--limit is %d; give 0 for all, or how many", f.limit)
			}
			if _, err := ident.ParseKind(f.kind); f.kind != "" && err != nil {
				return usagef(cmd, "--kind is %q; %w", f.kind, err)
			}
			return a.listHubs(cmd, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.class, "class", "", "only values of this `class`: "+strings.Join(hubClasses(), ", "))
	flags.StringVar(&f.kind, "kind", "", "only values of this `kind`, such as ip or phone")
	flags.IntVar(&f.limit, "limit", usualHubs, "list at most this `number` of values; 0 is all")
	rowsFlag(cmd, &f.format)
	_ = cmd.RegisterFlagCompletionFunc("kind", cobra.FixedCompletions(kindCompletions(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("class", cobra.FixedCompletions(hubClasses(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// hubClasses lists the classes that a detection may downgrade a value to, sorted.
func hubClasses() []string {
	var names []string
	for _, c := range append(linkage.ListClasses(), linkage.ClassOffice, linkage.ClassTransit, linkage.ClassEgress, linkage.ClassMultiUnit,
		linkage.ClassOnePayer, linkage.ClassService, linkage.ClassCrowd) {
		if c.Hub() {
			names = append(names, string(c))
		}
	}
	slices.Sort(names)
	return names
}

func kindCompletions() []string {
	var names []string
	for _, k := range ident.Kinds() {
		names = append(names, k.String())
	}
	return names
}

// listHubs prints the chosen hubs of the last run.
func (a *app) listHubs(cmd *cobra.Command, f hubFlags) (err error) {
	s, run, err := a.readRun(cmd.Context())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	classes := countHubs(run.Hubs)
	there := slices.ContainsFunc(classes, func(c hubCount) bool { return c.class == f.class })
	if f.class != "" && !there && !slices.Contains(hubClasses(), f.class) { // a run of another version may have others
		return unknownClass(cmd, f.class)
	}
	a.say("%d values were downgraded, of %d in the case (run %s)", len(run.Hubs), run.Counts.Identifiers, explain.Visible(run.ID))
	for _, c := range classes {
		a.say("%6d %s: %s", c.values, explain.Visible(c.class), explain.ClassWords(c.class))
	}
	if what := unlistedIn(run); len(what) > 0 {
		a.say("%s", unlisted(what))
	}
	if f.class != "" && !there {
		a.say("the last detection downgraded no value to %s", f.class)
	}
	chosen := f.choose(run.Hubs)
	listed := chosen
	if f.limit > 0 {
		listed = chosen[:min(f.limit, len(chosen))]
	}
	if err := a.print(hubRows(listed), f.format); err != nil {
		return err
	}
	if n := len(chosen) - len(listed); n > 0 {
		a.say("and %d more of those asked for; to list all: --limit 0", n)
	}
	return nil
}

// hubCount is how many values there are of a class.
type hubCount struct {
	class  string
	values int
}

// countHubs counts hubs by class, the most first, then by name.
func countHubs(hubs []graph.HubValue) []hubCount {
	var counts []hubCount
	for _, h := range hubs {
		i := slices.IndexFunc(counts, func(c hubCount) bool { return c.class == h.Class })
		if i < 0 {
			i, counts = len(counts), append(counts, hubCount{class: h.Class})
		}
		counts[i].values++
	}
	slices.SortFunc(counts, func(x, y hubCount) int {
		if x.values != y.values {
			return y.values - x.values
		}
		return strings.Compare(x.class, y.class)
	})
	return counts
}

// unknownClass says that no detection has a class, and which are meant or there.
func unknownClass(cmd *cobra.Command, class string) error {
	hint := ""
	if near := nearest(class, hubClasses()); len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef(cmd, "--class is %q; it can be %s%s", class, strings.Join(hubClasses(), ", "), hint)
}

// choose returns the hubs of the class and kind asked for, most holders first as in the run.
func (f hubFlags) choose(all []graph.HubValue) []graph.HubValue {
	var chosen []graph.HubValue
	for _, h := range all {
		kind := h.Identifier.Valid() && strings.EqualFold(h.Identifier.Kind().String(), f.kind)
		if (f.class == "" || h.Class == f.class) && (f.kind == "" || kind) {
			chosen = append(chosen, h)
		}
	}
	return chosen
}

// hubRows lays out hubs.
func hubRows(list []graph.HubValue) *rows {
	r := &rows{columns: []string{"kind", "value", "class", "holders", "why"}}
	for _, h := range list {
		kind := ""
		if h.Identifier.Valid() {
			kind = h.Identifier.Kind().String()
		}
		r.add(kind, h.Identifier.Key(), h.Class, h.Holders, h.Reason)
	}
	return r
}
