package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"samehand/graph/community"
)

// communityFlags adds the flags that are options of the methods.
func communityFlags(flags *pflag.FlagSet, f *communitiesFlags) {
	d := community.Defaults()
	flags.StringVar(&f.objective, "objective", "", "what is made as large as it can be: cpm or modularity (default cpm; louvain knows modularity only)")
	flags.Float64Var(&f.resolution, "resolution", d.Resolution, "more gives smaller communities; with cpm it is the weight that the pairs of nodes in one must have on average")
	flags.IntVar(&f.iterations, "iterations", d.Iterations, "how often leiden goes over the graph; 0 is until nothing is gained")
	flags.Uint64Var(&f.seed, "seed", d.Seed, "the `number` that the order in which nodes are looked at is drawn from; 0 is the order of their names")
	flags.IntVar(&f.maxNodes, "max-nodes", d.MaxNodes, "nodes that hang together above which louvain leaves the weakest edges out")
}

// communityOptions returns the options of the methods. Stage, unless it is nil, is told how far the method has come.
func (f *communitiesFlags) communityOptions(stage func(string)) community.Options {
	o := community.Defaults()
	o.Objective, o.Resolution = community.Objective(f.objective), f.resolution
	o.Seed, o.Iterations, o.Threads, o.MaxNodes = f.seed, f.iterations, f.threads, f.maxNodes
	if stage != nil {
		o.Progress = func(p community.Progress) {
			stage(fmt.Sprintf("%s: iteration %d, level %d: %d nodes in %d communities", f.method, p.Iteration, p.Level, p.Nodes, p.Communities))
		}
	}
	return o
}

// measured returns the objective by which the outcome is measured: what was asked for, or else what the method goes by.
func (f *communitiesFlags) measured() community.Objective {
	switch {
	case f.objective != "":
		return community.Objective(f.objective)
	case f.method == community.Louvain{}.Name():
		return community.Modularity
	}
	return community.CPM
}
