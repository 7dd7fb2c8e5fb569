package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// communityFlags adds the flags that are options of the methods.
func communityFlags(flags *pflag.FlagSet, f *communitiesFlags) {
	d := community.Defaults()
	flags.StringVar(&f.objective, "objective", "", "what is made as large as it can be: cpm or modularity (default cpm; louvain knows modularity only)")
	flags.Float64Var(&f.resolution, "resolution", 0, "more gives smaller communities; with cpm it is the weight that the pairs of nodes in one must have on average, and by default chosen by how dense the graph is (default 1 with modularity)")
	flags.IntVar(&f.iterations, "iterations", d.Iterations, "how often leiden goes over the graph; 0 is until nothing is gained")
	flags.Uint64Var(&f.seed, "seed", d.Seed, "the `number` that the order in which nodes are looked at is drawn from; 0 is the order of their names")
	flags.IntVar(&f.maxNodes, "max-nodes", d.MaxNodes, "nodes that hang together above which louvain leaves the weakest edges out")
}

// communityOptions returns the options of the methods. Progress, unless it is nil, is told how far the method has come.
func (f *communitiesFlags) communityOptions(progress func(community.Progress)) community.Options {
	o := community.Defaults()
	o.Objective, o.Resolution = community.Objective(f.objective), f.resolution
	o.Seed, o.Iterations, o.Threads, o.MaxNodes = f.seed, f.iterations, f.threads, f.maxNodes
	o.Progress = progress
	return o
}

// measured returns the objective by which the outcome is measured: what was asked for, or else what the method goes by.
func (j *communitiesJob) measured() community.Objective {
	if j.objective != "" {
		return community.Objective(j.objective)
	}
	return community.Usual(j.method)
}

// heedsResolution reports whether what the method finds depends on the resolution.
func (j *communitiesJob) heedsResolution() bool {
	name := j.method.Name()
	return name == (community.Leiden{}).Name() || name == (community.Louvain{}).Name()
}

// chooseResolution chooses the resolution by the graph where none was given and there is no usual one, and says so.
func (j *communitiesJob) chooseResolution(g *projection.Graph) error {
	if !j.choose || j.measured() != community.CPM {
		return nil
	}
	r := community.Scale(g)
	if r == 0 {
		return nil
	}
	j.resolution = r
	if j.communityOptions(nil).Validate() != nil {
		return fmt.Errorf("the weights are so large that the resolution would have to be %.4g, which is over the limit; divide them, or use --objective modularity", r)
	}
	if j.heedsResolution() {
		j.say("the resolution %.4g was chosen by how dense the graph is; --resolution sets another, --ladder tries several", r)
	}
	return nil
}
