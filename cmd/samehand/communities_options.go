package main

import (
	"github.com/spf13/pflag"

	"samehand/graph/community"
)

// communityFlags adds the flags that are options of the methods.
func communityFlags(flags *pflag.FlagSet, f *communitiesFlags, d community.Options) {
	flags.StringVar(&f.objective, "objective", string(community.Modularity), "what is made as large as it can be: cpm or modularity")
	flags.Float64Var(&f.resolution, "resolution", d.Resolution, "more gives smaller communities; with cpm it is the weight that pairs of nodes must have on average")
	flags.IntVar(&f.iterations, "iterations", 0, "how often to go over the graph; 0 is until nothing is gained")
	flags.Uint64Var(&f.seed, "seed", d.Seed, "the `number` that the order in which nodes are looked at is drawn from")
}

// communityOptions returns the options of the methods.
func (f *communitiesFlags) communityOptions() community.Options {
	o := community.Defaults()
	o.Resolution, o.Seed = f.resolution, f.seed
	return o
}
