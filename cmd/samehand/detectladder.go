package main

import (
	"context"
	"errors"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/cluster"
	"samehand/graph/explain"
	"samehand/graph/lists"
)

// detectLadder detects at several resolutions, keeps the run at the one that was asked for, and prints how far each of its clusters survives.
func (a *app) detectLadder(ctx context.Context, o cluster.Options, f detectFlags, l *lists.Lists) (err error) {
	multiples, err := parseLadder(defaultLadder)
	if err != nil {
		return err
	}
	s, err := a.openCase(ctx, casestore.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	t, err := a.loadWhole(ctx, s, true)
	if err != nil {
		return err
	}
	o.Started = a.now()
	progress, done := newStages(a)
	o.Progress = progress
	rungs, survivals, err := cluster.Climb(ctx, t, o, multiples)
	done()
	if err != nil {
		return err
	}
	var run graph.Run
	for _, r := range rungs {
		c := r.Run.Counts
		a.say("resolution %g: %s with %s, %d of them flagged with %d", r.Resolution, explain.Count(c.Clusters, "cluster"), explain.Count(c.Members, "account"), c.Flagged, c.FlaggedMembers)
		if r.Resolution == o.Community.Resolution {
			run = r.Run
		}
	}
	if err := afterLists(&run, l); err != nil {
		return err
	}
	if err := s.SaveRun(ctx, run); err != nil {
		return err
	}
	if err := a.print(survivalRows(f.choose(run.Clusters), survivals), f.format); err != nil {
		return err
	}
	switch n := fragile(survivals); {
	case n == 1:
		a.say("1 cluster is found at one resolution only: it hangs on that number. Look at it with more care.")
	case n > 1:
		a.say("%d clusters are found at one resolution only: they hang on that number. Look at them with more care.", n)
	}
	a.sayFound(run)
	return nil
}

// survivalRows lays out how far clusters survive.
func survivalRows(clusters []graph.Cluster, survivals []cluster.Survival) *rows {
	of := map[string]cluster.Survival{}
	for _, s := range survivals {
		of[s.Cluster] = s
	}
	r := &rows{columns: []string{"cluster_id", "flagged", "score", "accounts", "persons", "from_resolution", "to_resolution"}}
	for _, c := range clusters {
		r.add(c.ID, c.Flagged, c.Score, len(c.Members), c.Persons, of[c.ID].Low, of[c.ID].High)
	}
	return r
}

// fragile counts the clusters that are found at one resolution only.
func fragile(list []cluster.Survival) (n int) {
	for _, s := range list {
		if s.Low == s.High {
			n++
		}
	}
	return n
}
