package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/cluster"
	"samehand/graph/community"
	"samehand/graph/explain"
	"samehand/graph/lists"
)

// detectFlags are what the command line says about a detection.
type detectFlags struct {
	clusterFlags
	lists      listFlags
	method     string
	objective  string
	resolution float64
	ladder     bool
	seed       uint64
	maxNodes   int
	file       string
	set        []string
	seeds      detectSeeds
	settings   bool
	format     string
}

const detectLong = `Look for clusters in everything the case holds, keep what was found in the case, and list it, flagged clusters first.

Accounts are put to persons, values that persons share are weighed (by what they are, how rare they are, and whether they were
held at the same time), and persons are grouped by what ties them. Values that are a hub by the way they are used, such as an
office's line, tie nobody: see samehand hubs.

There are three ways to be flagged:
  - a ring: three names at least, two independent sorts of evidence, members of three homes who have more than one thing in
    common with those of other homes, and none of the innocent explanations that are looked for holds;
  - payroll ghosts: a purse of three names or more that are paid and mostly never sign in where others of that employer do;
  - one person with five jobs or more, four of them at once: more than one can work at.
samehand show CLUSTER says which it is, and lists the innocent explanations that were considered.

The same case and options find the same clusters. Every number the detection uses can be changed: samehand options
prints a file of them with their reasons for --options, and --set NAME=VALUE changes one. A flag wins over the file,
and --set over both. The options are kept with what was found. The method components puts together whatever hangs
together, and flags nothing: it is for comparison.

Persons are grouped where each pair is worth at least --resolution points to be together (objective cpm), however many
others there are. --ladder looks at a quarter, a half, twice and four times that as well, and lists from where to where
each cluster is found, which tells what hangs on the number.

A cluster is a lead for a person to follow, not a verdict, and what is not flagged is not cleared.`

func newDetect(a *app) *cobra.Command {
	var f detectFlags
	cmd := &cobra.Command{
		Use:   "detect",
		Short: "Find clusters of accounts that one hand may be running",
		Long:  detectLong + "\n\n" + listHelp(),
		Example: `  samehand detect
  samehand detect --flagged --format csv
  samehand detect --set cluster.names=4 --set linkage.overlap=48h
  samehand options > options.yaml
  samehand detect --options options.yaml
  samehand detect --ladder
  samehand detect --settings`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := f.options(cmd)
			if err != nil {
				return err
			}
			if f.settings {
				return a.print(settingRows(&o), f.format)
			}
			if f.ladder && f.seeds.wanted() {
				return usagef(cmd, "--ladder lists where clusters are found and says nothing of seeds; leave one of them out")
			}
			l, err := f.lists.open(cmd)
			if err != nil {
				return err
			}
			useLists(&o, l)
			if f.ladder {
				err = a.detectLadder(cmd.Context(), o, f, l)
			} else {
				err = a.detect(cmd.Context(), o, f, l)
			}
			return errors.Join(err, l.Close())
		},
	}
	d := cluster.Defaults()
	flags := cmd.Flags()
	flags.StringVar(&f.method, "method", d.Method, "how persons are grouped: "+strings.Join(methodNames(), ", "))
	flags.StringVar(&f.objective, "objective", "", "what the grouping makes as large as it can be: cpm or modularity (default cpm; louvain knows modularity only)")
	flags.Float64Var(&f.resolution, "resolution", d.Community.Resolution, "points that a pair must be worth to be together (cpm), or a factor (modularity); more gives smaller groups")
	flags.BoolVar(&f.ladder, "ladder", false, "detect at a quarter to four times the resolution too, and list where each cluster is found")
	flags.Uint64Var(&f.seed, "seed", d.Community.Seed, "the `number` that the order in which persons are looked at is drawn from; 0 is their own order")
	flags.IntVar(&f.maxNodes, "max-nodes", d.Community.MaxNodes, "persons that hang together above which louvain leaves the weakest ties out")
	flags.StringVar(&f.file, "options", "", "read options from a `file` as samehand options prints it; it may leave some out")
	flags.StringArrayVar(&f.set, "set", nil, "change a number of the detection, as `NAME=VALUE`; may be repeated")
	flags.BoolVar(&f.settings, "settings", false, "list what --set can change, with the values and ranges, and do nothing else")
	f.lists.add(cmd)
	f.seeds.add(cmd)
	f.clusterFlags.add(cmd)
	rowsFlag(cmd, &f.format)
	_ = cmd.RegisterFlagCompletionFunc("method", cobra.FixedCompletions(methodNames(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func methodNames() []string {
	var names []string
	for _, m := range community.Methods() {
		names = append(names, m.Name())
	}
	return names
}

// options returns the options of the detection: the defaults, changed by the file, then by flags, then by --set. All
// faults are in one error.
func (f *detectFlags) options(cmd *cobra.Command) (cluster.Options, error) {
	o := cluster.Defaults()
	if f.file != "" {
		if err := readOptions(f.file, o.Settings()); err != nil {
			return o, err
		}
	}
	f.override(cmd, &o)
	var faults []error
	for _, s := range f.set {
		faults = append(faults, apply(o.Settings(), s))
	}
	if err := errors.Join(append(faults, o.Validate())...); err != nil {
		return o, usagef(cmd, "%w", err)
	}
	return o, nil
}

// override sets what has a flag of its own that was given.
func (f *detectFlags) override(cmd *cobra.Command, o *cluster.Options) {
	given := func(name string) bool { return cmd.Flags().Changed(name) }
	if given("method") {
		o.Method = f.method
	}
	if given("objective") {
		o.Community.Objective = community.Objective(f.objective)
	}
	if given("resolution") {
		o.Community.Resolution = f.resolution
	}
	if given("seed") {
		o.Community.Seed = f.seed
	}
	if given("max-nodes") {
		o.Community.MaxNodes = f.maxNodes
	}
}

// apply carries out one NAME=VALUE.
func apply(settings []graph.Setting, text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("--set %s: write it as NAME=VALUE", text)
	}
	i := slices.IndexFunc(settings, func(s graph.Setting) bool { return s.Name == name })
	if i >= 0 {
		return settings[i].Set(value)
	}
	names := make([]string, len(settings))
	for i, s := range settings {
		names[i] = s.Name
	}
	hint := "see: samehand options"
	if near := nearest(name, names); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return fmt.Errorf("--set %s: there is no such setting; %s", name, hint)
}

// settingRows lays out what can be set.
func settingRows(o *cluster.Options) *rows {
	r := &rows{columns: []string{"name", "value", "range", "unit", "why"}}
	for _, s := range o.Settings() {
		r.add(s.Name, s.String(), s.Range(), s.Unit, s.Why)
	}
	return r
}

// detect finds clusters, keeps them and prints them.
func (a *app) detect(ctx context.Context, o cluster.Options, f detectFlags, l *lists.Lists) (err error) {
	if err := f.seeds.read(ctx, a); err != nil {
		return err
	}
	s, err := a.openCase(ctx, casestore.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	run, err := a.detectIn(ctx, s, o, l)
	if err != nil {
		return err
	}
	chosen := f.choose(run.Clusters)
	r := clusterRows(chosen)
	if f.seeds.wanted() {
		if err := f.seeds.column(ctx, a, s, chosen, r); err != nil {
			return err
		}
	}
	if err := a.print(r, f.format); err != nil {
		return err
	}
	if len(chosen) == 0 {
		if err := a.sayTagged(ctx, s, f.tag); err != nil {
			return err
		}
	}
	a.sayFound(run)
	return nil
}

// loadWhole loads all that a store holds, without raw values if bare; it is an error when that is nothing.
func (a *app) loadWhole(ctx context.Context, s graph.Reader, bare bool) (*graph.Table, error) {
	t, err := s.Load(ctx, graph.Filter{Bare: bare})
	if err == nil && len(t.Rows) == 0 {
		err = &caseError{text: fmt.Sprintf("the case at %s holds no observations; add some with: samehand ingest FILE", a.casePath)}
	}
	return t, err
}

// detectIn finds the clusters of a store and keeps the run there; l are the lists that the options ask, or nil.
func (a *app) detectIn(ctx context.Context, s graph.Store, o cluster.Options, l *lists.Lists) (graph.Run, error) {
	rows, err := rowsOf(ctx, s)
	if err != nil {
		return graph.Run{}, err
	}
	a.room.give(detectRoom + rowRoom*rows)
	t, err := a.loadWhole(ctx, s, true)
	if err != nil {
		return graph.Run{}, err
	}
	o.Started = a.now()
	progress, done := newStages(a)
	o.Progress = func(stage string) {
		a.room.give(detectRoom + rowRoom*rows)
		progress(stage)
	}
	run, err := cluster.Detect(ctx, t, o)
	done()
	if err := errors.Join(err, afterLists(&run, l)); err != nil {
		return run, err
	}
	return run, s.SaveRun(ctx, run)
}

// sayFound sums up a run for the person at the terminal.
func (a *app) sayFound(run graph.Run) {
	c := run.Counts
	a.say("%s, %d of them flagged, with %d of %s (run %s)", explain.Count(c.Clusters, "cluster"), c.Flagged, c.FlaggedMembers, explain.Count(c.Accounts, "account"), run.ID)
	for _, alarm := range run.Alarms {
		a.log.Warn(alarm)
	}
	if c.Flagged == 0 {
		a.say("Nothing is flagged. That clears nobody: it says what these files show, and no more.")
		return
	}
	top := slices.MaxFunc(run.Clusters, func(x, y graph.Cluster) int {
		return cmp.Or(flaggedFirst(y.Flagged)-flaggedFirst(x.Flagged), cmp.Compare(x.Score, y.Score))
	})
	a.say("A cluster is a lead, not a verdict. Next: samehand show %s, or: samehand report", top.ID)
}
