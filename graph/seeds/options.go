package seeds

import "samehand/graph"

// Options are the numbers of the propagation. Use [Defaults]; the zero Options do not pass [Options.Validate]. What each
// is, and why it has its default, is in [Options.Settings].
type Options struct {
	Hops    int
	Damping float64
	Full    float64
	Least   float64
}

// Defaults returns the usual options.
func Defaults() Options { return Options{Hops: 3, Damping: .5, Full: 10, Least: .02} }

// Settings lists the options by name.
func (o *Options) Settings() []graph.Setting {
	const g = "From seeds along the evidence"
	return []graph.Setting{
		{Name: "seeds.hops", Group: g, Unit: "steps", N: &o.Hops, Lo: 1, Hi: 3,
			Why: "steps from a seed at most: beyond three, paths lead to nearly everybody and say nothing"},
		{Name: "seeds.damping", Group: g, Unit: "factor", F: &o.Damping, Lo: .01, Hi: 1,
			Why: "what is left of the score at each step, with the best of evidence: whoever shares a purse with a bad actor is at most half as likely one"},
		{Name: "seeds.full", Group: g, Unit: "points", F: &o.Full, Lo: 1, Hi: 100,
			Why: "points of a value that count as full evidence for a step: an undiscounted value of two holders has ten"},
		{Name: "seeds.least", Group: g, Unit: "score", F: &o.Least, Lo: 0, Hi: 1,
			Why: "score below which a path is given up: three steps at about half of full evidence each"},
	}
}

// Validate names every option that makes no sense.
func (o Options) Validate() error { return graph.CheckSettings(o.Settings()) }
