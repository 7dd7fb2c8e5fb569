package main

import (
	"context"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/seeds"
)

// detectSeeds are what the command line of a detection says about seeds.
type detectSeeds struct {
	file string
	tags []string
	list []seeds.Seed // of the file, once it is read
}

// add adds the flags to a command.
func (f *detectSeeds) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "seeds", "", "say of each cluster how near the evidence leads to it from the accounts and values in this `file`; see samehand seeds --help")
	cmd.Flags().StringArrayVar(&f.tags, "seed-tag", nil, "the same from the accounts with this `label`, or one that begins so; may be repeated")
}

// wanted reports whether there are seeds to start from.
func (f *detectSeeds) wanted() bool { return f.file != "" || len(f.tags) > 0 }

// read reads the file, before any other work is done.
func (f *detectSeeds) read(ctx context.Context, a *app) (err error) {
	if f.file != "" {
		f.list, err = a.readSeeds(ctx, f.file, "")
	}
	return err
}

// column adds to rows of clusters how near the seeds lead: the best score among the accounts of each, 0 when they lead to
// none. It changes neither their order nor what is flagged.
func (f *detectSeeds) column(ctx context.Context, a *app, s graph.Store, clusters []graph.Cluster, r *rows) error {
	c, err := a.weighAgain(ctx, s)
	if err != nil {
		return err
	}
	found, err := a.propagate(c, f.list, f.tags, seeds.Defaults())
	if err != nil {
		return err
	}
	score := map[graph.AccountID]float64{}
	for _, x := range found.Reached {
		score[x.Account] = x.Score
	}
	r.columns = append(r.columns, "seed_score")
	for i, cl := range clusters {
		best := 0.0
		for _, m := range cl.Members {
			best = max(best, score[m.Account])
		}
		r.cells[i] = append(r.cells[i], best)
	}
	again := "samehand seeds"
	if f.file != "" {
		again += " FILE"
	}
	for range f.tags {
		again += " --tag LABEL"
	}
	a.say("seed_score ranks and flags nothing. Which accounts are reached, and how: %s", again)
	return nil
}
