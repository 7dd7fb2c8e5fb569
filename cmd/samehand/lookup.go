package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"

	"samehand/graph"
)

// nearestNames is how many similar names are shown for one that is not there.
const nearestNames = 3

// findClusters returns the clusters of these names (IDs or beginnings of IDs) in that order; all when there are no names.
func findClusters(all []graph.Cluster, names []string) ([]graph.Cluster, error) {
	if len(names) == 0 {
		return all, nil
	}
	var list []graph.Cluster
	for _, n := range names {
		c, err := findCluster(all, n)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(list, func(l graph.Cluster) bool { return l.ID == c.ID }) {
			list = append(list, c)
		}
	}
	return list, nil
}

// findCluster returns the one cluster whose ID is name or begins with it, whatever the case.
func findCluster(all []graph.Cluster, name string) (graph.Cluster, error) {
	var found []graph.Cluster
	for _, c := range all {
		if strings.EqualFold(c.ID, name) {
			return c, nil
		}
		if name != "" && len(c.ID) > len(name) && strings.EqualFold(c.ID[:len(name)], name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		ids := make([]string, len(all))
		for i, c := range all {
			ids[i] = c.ID
		}
		return graph.Cluster{}, &unknownError{
			fmt.Sprintf("the last detection found no cluster of that name among %d; see: samehand clusters. An account is written platform/name", len(all)),
			nearest(name, ids),
		}
	}
	return graph.Cluster{}, fmt.Errorf("%d clusters begin with %q; give more of the ID", len(found), name)
}

// parseAccount reads "platform/name". A name may hold slashes, a platform does not.
func parseAccount(text string) (graph.AccountID, bool) {
	platform, native, ok := strings.Cut(text, "/")
	a := graph.AccountID{Platform: strings.ToLower(platform), Native: native}
	return a, ok && a.Valid()
}

// accountText writes an account as it is given on the command line.
func accountText(a graph.AccountID) string { return a.Platform + "/" + a.Native }

// findAccount returns which of the accounts (sorted) is a; if none is to the letter, the only one that is whatever the case.
func findAccount(all []graph.AccountID, a graph.AccountID) (graph.AccountID, error) {
	if _, ok := slices.BinarySearchFunc(all, a, graph.AccountID.Compare); ok {
		return a, nil
	}
	var found []graph.AccountID
	names := make([]string, len(all))
	for i, b := range all {
		names[i] = accountText(b)
		if strings.EqualFold(names[i], accountText(a)) {
			found = append(found, b)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return a, &unknownError{fmt.Sprintf("there is no such account among the %d in the case; write it as platform/name", len(all)), nearest(accountText(a), names)}
}

// nearest returns the names that are most like name: those that hold it, then those that take the fewest changes, up to a third of its length.
func nearest(name string, all []string) []string {
	type candidate struct {
		name    string
		changes int
	}
	var found []candidate
	name = strings.ToLower(name)
	for _, n := range all {
		low := strings.ToLower(n)
		switch {
		case name != "" && strings.Contains(low, name):
			found = append(found, candidate{n, 0})
		case abs(len(low)-len(name)) <= len(name)/3:
			if d := levenshtein.ComputeDistance(name, low); d <= len(name)/3 {
				found = append(found, candidate{n, d})
			}
		}
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.changes, b.changes), strings.Compare(a.name, b.name))
	})
	var names []string
	for _, c := range found[:min(nearestNames, len(found))] {
		names = append(names, c.name)
	}
	return names
}

func abs(n int) int { return max(n, -n) }

// completeClusters completes the IDs of the last run's clusters in the shell.
func (a *app) completeClusters(cmd *cobra.Command, _ []string, toComplete string) ([]cobra.Completion, cobra.ShellCompDirective) {
	s, err := a.readCase(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer s.Close()
	run, err := s.LastRun(cmd.Context())
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []cobra.Completion
	for _, c := range run.Clusters {
		if strings.HasPrefix(c.ID, toComplete) {
			ids = append(ids, c.ID)
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
