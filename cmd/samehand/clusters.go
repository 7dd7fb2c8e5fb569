package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/ident"
)

// clusterFlags choose clusters.
type clusterFlags struct {
	flagged bool
	tag     string
	min     uint
}

// add adds the flags to a command.
func (f *clusterFlags) add(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.flagged, "flagged", false, "only clusters that are flagged")
	cmd.Flags().StringVar(&f.tag, "tag", "", "only clusters with an account that has this `label`, or one that begins so")
	cmd.Flags().UintVar(&f.min, "min", 0, "only clusters of at least this `number` of accounts")
}

// choose returns the chosen clusters, flagged ones first, otherwise in the order of the run.
func (f clusterFlags) choose(all []graph.Cluster) []graph.Cluster {
	var chosen []graph.Cluster
	for _, c := range all {
		if (!f.flagged || c.Flagged) && uint(len(c.Members)) >= f.min && hasTag(c, f.tag) {
			chosen = append(chosen, c)
		}
	}
	slices.SortStableFunc(chosen, func(a, b graph.Cluster) int { return flaggedFirst(a.Flagged) - flaggedFirst(b.Flagged) })
	return chosen
}

func flaggedFirst(flagged bool) int {
	if flagged {
		return 0
	}
	return 1
}

// hasTag reports whether a label of the cluster begins with tag, whatever the case; every cluster has the tag "".
func hasTag(c graph.Cluster, tag string) bool {
	return tag == "" || slices.ContainsFunc(c.Tags, func(t string) bool {
		return len(t) >= len(tag) && strings.EqualFold(t[:len(tag)], tag)
	})
}

func newClusters(a *app) *cobra.Command {
	var f clusterFlags
	var format string
	cmd := &cobra.Command{
		Use:   "clusters",
		Short: "List the clusters that were found",
		Long: `List the clusters that the last detection found, flagged ones first, then by score.

A cluster is a group of accounts that the evidence ties together; the score is the mean of the points of evidence that
tie a person in it to the others. Candidates are the persons whom clues point at as those who may host or run it; stability
(0 to 1) is how often a member stays when shared values are left out at random, 0 also when that was not looked at.
Families are the independent sorts of evidence that count. It is a lead, not a verdict: samehand show CLUSTER says what it
rests on, and what speaks against it.`,
		Example: `  samehand clusters
  samehand clusters --flagged --min 5
  samehand clusters --tag DPRK --format csv`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listClusters(cmd.Context(), f, format) },
	}
	f.add(cmd)
	rowsFlag(cmd, &format)
	return cmd
}

// listClusters prints the chosen clusters of the last run.
func (a *app) listClusters(ctx context.Context, f clusterFlags, format string) (err error) {
	s, run, err := a.readRun(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	a.sayAlarms(run)
	chosen := f.choose(run.Clusters)
	if len(chosen) == 0 {
		a.say("no clusters to show, of %d that were found", len(run.Clusters))
		if err := a.sayTagged(ctx, s, f.tag); err != nil {
			return err
		}
	}
	return a.print(clusterRows(chosen), format)
}

// sayAlarms says what whoever reads the clusters of a run must know first, and what was not looked for.
func (a *app) sayAlarms(run graph.Run) {
	for _, alarm := range run.Alarms {
		a.say("ALARM: %s", explain.AsSentence(alarm))
	}
	var ids []string
	for _, m := range run.Missing {
		ids = append(ids, explain.Shown(m.Pattern))
	}
	if len(ids) > 0 {
		a.say("patterns that could not be looked for, because the data lack what they need: %s. Not analysed is not clean; samehand report says what they lack.", strings.Join(ids, ", "))
	}
}

// sayTagged tells a label that nobody has from one whose accounts are in no cluster.
func (a *app) sayTagged(ctx context.Context, s graph.Reader, tag string) error {
	if tag == "" {
		return nil
	}
	t, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	accounts := map[uint32]bool{}
	for e := range t.Edges() {
		id := t.Identifiers[e.Identifier]
		if key := id.Key(); id.Kind() == ident.Tag && len(key) >= len(tag) && strings.EqualFold(key[:len(tag)], tag) {
			accounts[e.Account] = true
		}
	}
	if len(accounts) == 0 {
		a.say("no account in the case has a label that begins with “%s”", explain.Shown(tag))
		return nil
	}
	a.say("accounts with a label that begins so: %d; none of them is in a cluster that was asked for", len(accounts))
	return nil
}

// clusterRows lays out clusters.
func clusterRows(list []graph.Cluster) *rows {
	r := &rows{columns: []string{
		"cluster_id", "flagged", "score", "accounts", "persons", "names", "employers", "homes", "candidates", "stability", "families", "tags",
	}}
	for _, c := range list {
		families := make([]string, len(c.Families))
		for i, f := range c.Families {
			families[i] = string(f)
		}
		r.add(c.ID, c.Flagged, c.Score, len(c.Members), c.Persons, c.Names, c.Employers, c.Homes, len(c.Candidates), c.Stability, families, c.Tags)
	}
	return r
}
