package main

import (
	"context"
	"fmt"
	"strings"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/community"
	"samehand/graph/explain"
	"samehand/graph/linkage"
)

// runOptions returns the options that a run was made with, as the run keeps them. An option that the run does not know,
// because an older version made it, has its default, and is named in missing.
func runOptions(run graph.Run) (o cluster.Options, missing []string, err error) {
	o = cluster.Defaults()
	o.Method = cmpOr(run.Method, o.Method)
	o.Linkage.Known = linkage.KnownOf(run.Hubs)
	for _, s := range o.Settings() {
		text, ok := run.Options[s.Name]
		if !ok {
			missing = append(missing, s.Name)
			continue
		}
		if err := s.Set(text); err != nil {
			return o, missing, fmt.Errorf("the options of run %s: %w; detect again: samehand detect", run.ID, err)
		}
	}
	return o, missing, nil
}

// weighedCase is a case weighed anew with the options of its last run.
type weighedCase struct {
	model   *linkage.Model
	run     graph.Run
	options cluster.Options
}

// weighAgain weighs all that a store holds as its last run did. Nothing is kept of it.
func (a *app) weighAgain(ctx context.Context, s graph.Store) (weighedCase, error) {
	run, err := a.lastRun(ctx, s)
	if err != nil {
		return weighedCase{}, err
	}
	o, missing, err := runOptions(run)
	if err != nil {
		return weighedCase{}, err
	}
	if len(missing) > 0 {
		a.log.Warn("the last detection was made by an older version; options that it does not know have their defaults: " + strings.Join(missing, ", "))
	}
	t, err := a.loadWhole(ctx, s, false)
	if err != nil {
		return weighedCase{}, err
	}
	persons, err := linkage.FindPersons(t, o.Linkage)
	if err != nil {
		return weighedCase{}, err
	}
	m, err := linkage.Evidence(t, persons, o.Linkage)
	return weighedCase{m, run, o}, err
}

// explainer returns what explains single accounts of the case.
func (c weighedCase) explainer() *explain.Weighed {
	r := explain.Rule{Need: c.options.Need, Echo: c.options.Echo, EchoMax: c.options.EchoMax, Hold: c.options.Hold, JoinOne: c.options.JoinOne, JoinMany: c.options.JoinMany}
	if c.options.Method == (community.Components{}).Name() {
		r.Need = 0 // it puts together whatever hangs together
	}
	return explain.NewWeighed(c.model, c.run, r)
}
