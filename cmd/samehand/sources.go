package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/casestore"
)

func newSources(a *app) *cobra.Command {
	var format string
	list := func(cmd *cobra.Command, _ []string) error { return a.listSources(cmd.Context(), format) }
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "List the files in the case, or withdraw one",
		Long:  "List the files that were read into the case, with what became of their records. With drop, withdraw one.",
		Example: `  samehand sources
  samehand sources --format csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return nil
		},
		RunE: list,
	}
	rowsFlag(cmd, &format)
	sub := &cobra.Command{
		Use:     "list",
		Short:   "List the files in the case",
		Long:    "List the files that were read into the case, with what became of their records.",
		Example: `  samehand sources list --format json`,
		Args:    noArgs,
		RunE:    list,
	}
	rowsFlag(sub, &format)
	cmd.AddCommand(sub, newSourcesDrop(a))
	return cmd
}

func newSourcesDrop(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "drop SOURCE...",
		Short: "Withdraw files from the case",
		Long: `Withdraw files from the case: what they alone say is forgotten, with their rejects. What other files say too stays.

A source is named by its ID or the beginning of it, or by the name of its file. All of them are withdrawn, or none when
one is not known. Earlier detections stay until the next one.`,
		Example: `  samehand sources drop samehand-demo/exports/observations.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "which source? see: samehand sources")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.dropSources(cmd.Context(), args) },
	}
}

// listSources prints the sources, by ID.
func (a *app) listSources(ctx context.Context, format string) (err error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	sources, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	return a.print(sourceRows(sources), format)
}

// sourceRows lays out sources.
func sourceRows(sources []graph.Source) *rows {
	r := &rows{columns: []string{
		"source_id", "file", "format", "ingested", "records", "accepted", "rejected", "silent",
		"values", "kept", "values_rejected", "placeholders", "bytes", "sha256",
	}}
	for _, s := range sources {
		r.add(s.ID, s.Name, s.Format, s.Ingested.UTC().Format(time.RFC3339), s.Records, s.Accepted, s.Rejected, s.Silent,
			s.Values, s.Kept, s.ValuesRejected, s.Placeholders, s.Bytes, s.SHA256)
	}
	return r
}

// dropSources withdraws the sources that the names stand for.
func (a *app) dropSources(ctx context.Context, names []string) (err error) {
	s, err := a.openCase(ctx, casestore.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	sources, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	var chosen []graph.Source
	for _, n := range names {
		src, err := findSource(sources, n)
		if err != nil {
			return err
		}
		chosen = append(chosen, src)
	}
	for _, src := range chosen {
		if err := s.Drop(ctx, src.ID); err != nil {
			return err
		}
		a.say("dropped %s, %s", src.ID, src.Name)
	}
	a.say("Next: samehand detect")
	return nil
}

// findSource returns the one source that a name stands for: an ID, the beginning of one, or a file.
func findSource(sources []graph.Source, name string) (graph.Source, error) {
	var found []graph.Source
	for _, s := range sources {
		if s.ID == name {
			return s, nil
		}
		if s.Name == name || name != "" && strings.HasPrefix(s.ID, name) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return graph.Source{}, fmt.Errorf("there is no source %q in the case; see: samehand sources", name)
	}
	ids := make([]string, len(found))
	for i, s := range found {
		ids[i] = s.ID
	}
	return graph.Source{}, fmt.Errorf("%q stands for %d sources; give the ID of one: %s", name, len(found), strings.Join(ids, ", "))
}
