package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/ident"
)

func newInfo(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "info",
		Short: "Say what is in the case",
		Long: `Say what is in the case: how many sources, accounts and identifiers, what times they cover, what could not be
kept, what the last detection found, and how much room it takes.`,
		Example: `  samehand info
  samehand info --format json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.info(cmd.Context(), format) },
	}
	rowsFlag(cmd, &format)
	return cmd
}

// info prints what is in the case.
func (a *app) info(ctx context.Context, format string) (err error) {
	s, err := a.readCase(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	sources, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	t, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	size, err := bytesBelow(a.casePath)
	if err != nil {
		return err
	}
	r := &rows{columns: []string{"about", "what", "value"}, whole: true}
	r.add("case", "folder", a.casePath)
	r.add("case", "size", sizeText(size))
	addSources(r, sources)
	addTable(r, t)
	if err := a.addRun(ctx, r, s); err != nil {
		return err
	}
	return a.print(r, format)
}

// addSources adds up what became of the records of all sources.
func addSources(r *rows, sources []graph.Source) {
	var sum graph.Source
	for _, s := range sources {
		sum.Records += s.Records
		sum.Accepted += s.Accepted
		sum.Rejected += s.Rejected
		sum.Silent += s.Silent
		sum.Kept += s.Kept
		sum.ValuesRejected += s.ValuesRejected
		sum.Placeholders += s.Placeholders
	}
	r.add("sources", "files", len(sources))
	r.add("sources", "records", sum.Records)
	r.add("sources", "records accepted", sum.Accepted)
	r.add("sources", "of these, with nothing to link by", sum.Silent)
	r.add("sources", "records rejected", sum.Rejected)
	r.add("sources", "values kept", sum.Kept)
	r.add("sources", "of these, placeholders and the like", sum.Placeholders)
	r.add("sources", "values rejected", sum.ValuesRejected)
}

// addTable counts what the observations speak of.
func addTable(r *rows, t *graph.Table) {
	r.add("graph", "accounts", len(t.Accounts))
	platforms := 0
	for i, a := range t.Accounts { // sorted by platform
		if i == 0 || a.Platform != t.Accounts[i-1].Platform {
			platforms++
		}
	}
	r.add("graph", "platforms", platforms)
	r.add("graph", "observations", len(t.Rows))
	kinds := map[ident.Kind]int{}
	for _, id := range t.Identifiers {
		kinds[id.Kind()]++
	}
	for _, k := range ident.Kinds() {
		if kinds[k] > 0 {
			r.add("identifiers", k.String(), kinds[k])
		}
	}
	first, last := covered(t)
	r.add("times", "first", cmpOr(first.String(), "(not known)"))
	r.add("times", "last", cmpOr(last.String(), "(not known)"))
}

// covered returns the first and last time that an observation speaks of, zero when none does.
func covered(t *graph.Table) (first, last graph.Time) {
	for _, row := range t.Rows {
		if row.First != 0 && (first == 0 || row.First < first) {
			first = row.First
		}
		last = max(last, row.First, row.Last)
	}
	return first, last
}

// addRun says what the last detection found.
func (a *app) addRun(ctx context.Context, r *rows, s graph.Store) error {
	runs, err := s.Runs(ctx)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		r.add("detection", "last", "(none yet; run: samehand detect)")
		return nil
	}
	run := runs[0]
	stale, err := isStale(ctx, s, run)
	if err != nil {
		return err
	}
	r.add("detection", "last", run.ID)
	r.add("detection", "when", run.Started.UTC().Format(time.RFC3339))
	r.add("detection", "method", run.Method)
	r.add("detection", "up to date", map[bool]string{true: "no: sources were added or dropped since", false: "yes"}[stale])
	r.add("detection", "clusters", run.Counts.Clusters)
	r.add("detection", "flagged clusters", run.Counts.Flagged)
	r.add("detection", "accounts in flagged clusters", run.Counts.FlaggedMembers)
	usual := cluster.Defaults()
	ordinary := usual.Map()
	for _, k := range slices.Sorted(maps.Keys(run.Options)) {
		if run.Options[k] != ordinary[k] {
			r.add("not as usual", k, run.Options[k])
		}
	}
	return nil
}

// bytesBelow adds up the sizes of the files below a folder. Files that go away meanwhile count as nothing.
func bytesBelow(dir string) (int64, error) {
	var size int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return ignoreGone(err)
		}
		st, err := d.Info()
		if err != nil {
			return ignoreGone(err)
		}
		size += st.Size()
		return nil
	})
	return size, err
}

func ignoreGone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
