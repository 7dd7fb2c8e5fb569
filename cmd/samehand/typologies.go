package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/typology"
)

const typologiesLong = `List the named patterns that detection looks for in every cluster, and the data that each needs. With the ID of one or
more of them, say all there is to say: its question, its thresholds as --set of detect takes them, the innocent
explanations that it considers, and what it cannot see.

A pattern says what a cluster looks like. It is a lead, not a verdict, and no pattern makes a cluster. A pattern that a
case lacks the data for is not analysed, which is not the same as clean: a run says which those are.`

func newTypologies(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "typologies [ID...]",
		Short: "List the named patterns that are looked for",
		Long:  typologiesLong,
		Example: `  samehand typologies
  samehand typologies T1 T3
  samehand typologies --format json`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return typologyIDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, ids []string) error {
			r, err := typologyRows(ids)
			if err != nil {
				return usagef(cmd, "%w", err)
			}
			return a.print(r, format)
		},
	}
	rowsFlag(cmd, &format)
	return cmd
}

func typologyIDs() []string {
	var ids []string
	for _, t := range typology.All() {
		ids = append(ids, t.ID)
	}
	return ids
}

// typologyRows lists all typologies, or says everything about some.
func typologyRows(ids []string) (*rows, error) {
	all := typology.All()
	if len(ids) == 0 {
		r := &rows{columns: []string{"id", "name", "question", "needs"}, whole: true}
		for _, t := range all {
			r.add(t.ID, t.Name, t.Question, needNames(t))
		}
		return r, nil
	}
	o := cluster.Defaults()
	settings := o.Settings()
	r := &rows{columns: []string{"id", "what", "value"}, whole: true}
	for _, id := range ids {
		i := slices.IndexFunc(all, func(t typology.Typology) bool { return strings.EqualFold(t.ID, id) })
		if i < 0 {
			return nil, fmt.Errorf("there is no pattern of that ID; they are %s to %s", all[0].ID, all[len(all)-1].ID)
		}
		addTypology(r, all[i], settings)
	}
	return r, nil
}

func needNames(t typology.Typology) []string {
	names := make([]string, len(t.Needs))
	for i, n := range t.Needs {
		names[i] = n.String()
	}
	return names
}

// addTypology adds everything about one typology.
func addTypology(r *rows, t typology.Typology, settings []graph.Setting) {
	r.add(t.ID, "name", t.Name)
	r.add(t.ID, "question", t.Question)
	for _, n := range t.Needs {
		r.add(t.ID, "needs", fmt.Sprintf("%s: %s", n, n.About()))
	}
	for _, name := range t.Settings {
		i := slices.IndexFunc(settings, func(s graph.Setting) bool { return s.Name == name })
		if i >= 0 {
			r.add(t.ID, "threshold", fmt.Sprintf("%s=%s: %s", name, settings[i], settings[i].Why))
		}
	}
	for _, l := range t.LookAlikes {
		r.add(t.ID, "look-alike", l)
	}
	if t.Limits != "" {
		r.add(t.ID, "cannot see", t.Limits)
	}
}
