package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"samehand/graph"
)

func newMembers(a *app) *cobra.Command {
	var f clusterFlags
	var format string
	cmd := &cobra.Command{
		Use:   "members [CLUSTER...]",
		Short: "List the accounts in clusters",
		Long: `List the accounts that the last detection put into clusters, one row each; of the named clusters, or of all.
With --flagged, only those who are flagged themselves: somebody who only passes through a flagged cluster is not.

The columns are cluster_id, platform, account (its own name on the platform), person_id (accounts with the same one are
taken for the same person), role (what the data suggest: persona, facilitator, lender or bystander; "" when not known), flagged,
site_id (the site in the cluster that is the person's main place; "" when not known), confidence (0 to 1: how sure it is that
the account belongs to the cluster; it says nothing about guilt) and stability (0 to 1: how often the person stays in the
cluster when shared values are left out at random; 0 also when that was not looked at).
A bystander is shown and not flagged. Who is only set apart from a cluster, such as a possible identity victim, is no member: see samehand show CLUSTER.

In json and jsonl names are exact; characters that do not print are written as \u escapes. In csv, control characters
other than tabs and line feeds are written as ⟨U+001B⟩ (on a terminal, everything that does not print is), and an account name that a
spreadsheet would work out as a formula (it begins with = + - @ or an apostrophe, also after spaces) has an apostrophe before it: take one
off the front of a name that has one. Tables are for people: on a terminal, long names are cut.`,
		Example: `  samehand members
  samehand members --flagged --format csv > members.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.listMembers(cmd.Context(), args, f, format) },
	}
	f.add(cmd)
	rowsFlag(cmd, &format)
	cmd.ValidArgsFunction = a.completeClusters
	return cmd
}

// listMembers prints the members of the chosen clusters of the last run.
func (a *app) listMembers(ctx context.Context, names []string, f clusterFlags, format string) (err error) {
	s, run, err := a.readRun(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	list, err := findClusters(run.Clusters, names)
	if err != nil {
		return err
	}
	chosen := f.choose(list)
	if len(chosen) == 0 {
		if err := a.sayTagged(ctx, s, f.tag); err != nil {
			return err
		}
	}
	return a.print(memberRows(chosen, f.flagged), format)
}

// memberRows lays out the members of clusters, or only those who are flagged themselves.
func memberRows(list []graph.Cluster, flagged bool) *rows {
	r := &rows{columns: []string{"cluster_id", "platform", "account", "person_id", "role", "flagged", "site_id", "confidence", "stability"}}
	for _, c := range list {
		for _, m := range c.Members {
			if flagged && !m.Flagged {
				continue
			}
			r.add(c.ID, m.Account.Platform, m.Account.Native, m.Person, m.Role, m.Flagged, m.Site, m.Confidence, m.Stability)
		}
	}
	return r
}
