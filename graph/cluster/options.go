package cluster

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"samehand/graph/community"
	"samehand/graph/linkage"
)

// Options are the options of a detection. Use [Defaults]; the zero Options do not pass [Options.Validate].
type Options struct {
	Method    string          // name of a community method; see [community.Methods]
	Started   time.Time       // when the run was started, for the record; it changes nothing else
	Linkage   linkage.Options // the weights
	Community community.Options

	Floor      float64 // points of a pair below which it is no edge of the projection: hubs leave many crumbs
	JoinOne    float64 // points of one value of their own that join two groups: a device, purse, contact or paper, nearly undiscounted
	JoinMany   float64 // points that values of two families must have together to join two groups
	Need       float64 // points that must tie a member to the rest; two thirds of an undiscounted value
	Echo       float64 // what each further holder inside adds to a value
	EchoMax    float64 // what a value is multiplied by at most because of its holders inside
	Hold       float64 // points of a pair below which it does not hold a cluster together
	FamilyNeed float64 // points from which a family counts; less may show a member, and proves nothing
	Names      int     // distinct full names a flagged cluster has at least: two are a couple
	Families   int     // families of evidence a flagged cluster has at least: one may be planted
	Homes      int     // distinct homes that no one household explains
	OneHome    float64 // share of the members with a known home that makes it one household's
	TwoHomes   float64 // share of them in the two largest shared homes, that makes it two households'
	OneAccount float64 // share of members tied by one account only, beside a life of their own, that makes it a service's customers
	Site       int     // persons from which a line and a door alone, or a line of people of unknown homes, can be more than a shared flat
	Workers    float64 // share of members with a job they work at, that makes money and contacts alone explainable
	Jobs       int     // employers of one person that nobody works for alone: over-employed people have two to four
	JobsAtOnce int     // of these at one time

	Oversize   int     // persons above which a cluster is split where it hangs together by little; one home has had 68 personas
	Bridge     float64 // share of the weight on the lighter side that a bridge has at most
	Giant      float64 // share of all persons above which a cluster is not to be believed
	GiantMin   int     // persons from which a cluster can be one: in a small case a ring is a large part
	Replicates int     // times that values are left out to see who stays; 0 leaves that away
	LeaveOut   float64 // probability that a value is left out: what a bootstrap sample leaves out is 1/e

	// Progress is called as the work goes on, when it is not nil, with the name of the stage.
	Progress func(stage string)
}

// Defaults returns the options that worked on generated worlds; see [linkage.Defaults].
func Defaults() Options {
	return Options{
		Method: community.Leiden{}.Name(), Linkage: linkage.Defaults(), Community: community.Defaults(),
		Floor: .5, JoinOne: 7.5, JoinMany: 8, Need: 6, Echo: .25, EchoMax: 2, Hold: 1, FamilyNeed: 3,
		Names: 3, Families: 2, Homes: 3, OneHome: .6, TwoHomes: .8, OneAccount: .6, Site: 6, Workers: .6, Jobs: 5, JobsAtOnce: 4,
		Oversize: 150, Bridge: .1, Giant: .05, GiantMin: 50, Replicates: 20, LeaveOut: .37,
	}
}

// Settings lists the options by name, in a fixed order, those of linkage first. Method and those of community are not among them.
func (o *Options) Settings() []linkage.Setting {
	points := func(name string, p *float64, hi float64) linkage.Setting {
		return linkage.Setting{Name: "cluster." + name, F: p, Lo: 0, Hi: hi}
	}
	count := func(name string, p *int) linkage.Setting {
		return linkage.Setting{Name: "cluster." + name, N: p, Lo: 1, Hi: 1000}
	}
	return append(o.Linkage.Settings(),
		points("floor", &o.Floor, 100), points("join-one", &o.JoinOne, 100), points("join-many", &o.JoinMany, 100),
		points("need", &o.Need, 100), points("echo", &o.Echo, 10), points("echo-max", &o.EchoMax, 100), points("hold", &o.Hold, 100),
		points("family-need", &o.FamilyNeed, 100), count("names", &o.Names), count("families", &o.Families), count("homes", &o.Homes),
		points("one-home", &o.OneHome, 1), points("two-homes", &o.TwoHomes, 1), points("one-account", &o.OneAccount, 1),
		count("site", &o.Site), points("workers", &o.Workers, 1), count("jobs", &o.Jobs), count("jobs-at-once", &o.JobsAtOnce),
		linkage.Setting{Name: "cluster.oversize", N: &o.Oversize, Lo: 3, Hi: 1e6}, points("bridge", &o.Bridge, 1),
		points("giant", &o.Giant, 1), linkage.Setting{Name: "cluster.giant-min", N: &o.GiantMin, Lo: 3, Hi: 1e6},
		linkage.Setting{Name: "cluster.replicates", N: &o.Replicates, Lo: 0, Hi: 1000}, points("leave-out", &o.LeaveOut, .9),
	)
}

// Validate names every option that makes no sense.
func (o Options) Validate() error {
	m, err := community.Find(o.Method)
	if err != nil {
		err = fmt.Errorf("option method: %w", err)
	} else if !community.Knows(m, o.Community.Objective) {
		err = fmt.Errorf("option method: %s knows the objective %s only", m.Name(), community.Usual(m))
	}
	return errors.Join(err, linkage.CheckSettings(o.Settings()), o.Community.Validate())
}

// Map returns every option as text by name: what a run stores, so that it can be made again.
func (o Options) Map() map[string]string {
	objective := o.Community.Objective
	if method, err := community.Find(o.Method); err == nil && objective == "" {
		objective = community.Usual(method)
	}
	m := map[string]string{
		"method":               o.Method,
		"community.objective":  string(objective),
		"community.resolution": strconv.FormatFloat(o.Community.Resolution, 'g', -1, 64),
		"community.seed":       strconv.FormatUint(o.Community.Seed, 10),
		"community.iterations": strconv.Itoa(o.Community.Iterations),
		"community.max-nodes":  strconv.Itoa(o.Community.MaxNodes),
	}
	for _, s := range o.Settings() {
		m[s.Name] = s.String()
	}
	return m
}
