package cluster

import (
	"errors"
	"fmt"
	"maps"
	"time"

	"samehand/graph"
	"samehand/graph/community"
	"samehand/graph/linkage"
	"samehand/graph/typology"
)

// Options are the options of a detection. Use [Defaults]; the zero Options do not pass [Options.Validate]. What each number
// is, in which unit, and why it has its default is in one place, [Options.Settings].
type Options struct {
	Method    string          // name of a community method; see [community.Methods]
	Started   time.Time       // when the run was started, for the record; it changes nothing else
	Linkage   linkage.Options // the weights
	Community community.Options
	Typology  typology.Options // thresholds of the named patterns

	// Lists says which lists of the user Linkage.Known asks, by "list.KIND", for the record; nil when there are none.
	Lists map[string]string

	Floor         float64
	JoinOne       float64
	JoinMany      float64
	Need          float64
	Echo          float64
	EchoMax       float64
	Hold          float64
	FamilyNeed    float64
	Names         int
	Families      int
	Homes         int
	OneHome       float64
	OneAccount    float64
	Bundle        float64
	Alike         float64
	OwnLine       float64
	Site          int
	Planted       int
	SamePerson    int
	Brief         time.Duration
	Busy          int
	BusyShare     float64
	TakeIn        float64
	TakeInFlagged float64
	Habits        float64
	HabitsAlone   float64
	Jobs          int
	JobsAtOnce    int

	Oversize   int
	Bridge     float64
	Giant      float64
	GiantMin   int
	Replicates int
	LeaveOut   float64

	// Progress is called as the work goes on, when it is not nil, with the name of the stage.
	Progress func(stage string)
}

// Defaults returns the options that worked on generated worlds; see [linkage.Defaults].
func Defaults() Options {
	return Options{
		Method: community.Leiden{}.Name(), Linkage: linkage.Defaults(), Community: community.Defaults(), Typology: typology.Defaults(),
		Floor: .5, JoinOne: 7.5, JoinMany: 8, Need: 6, Echo: .25, EchoMax: 2, Hold: 1, FamilyNeed: 3,
		Names: 3, Families: 2, Homes: 3, OneHome: .6, OneAccount: .6, Bundle: .67, Alike: .6, OwnLine: .35, Site: 5, Planted: 2, SamePerson: 3, Brief: 45 * 24 * time.Hour, Busy: 2, BusyShare: .3, TakeIn: 6, TakeInFlagged: 8, Habits: 3, HabitsAlone: 4, Jobs: 5, JobsAtOnce: 4,
		Oversize: 150, Bridge: .1, Giant: .05, GiantMin: 50, Replicates: 20, LeaveOut: .37,
	}
}

// Validate names every option that makes no sense.
func (o Options) Validate() error {
	m, err := community.Find(o.Method)
	if err != nil {
		err = fmt.Errorf("option method: %w", err)
	} else if !community.Knows(m, o.Community.Objective) {
		err = fmt.Errorf("option method: %s knows the objective %s only", m.Name(), community.Usual(m))
	}
	return errors.Join(err, graph.CheckSettings(o.Linkage.Settings()), graph.CheckSettings(o.ownSettings()), o.Community.Validate(), o.Typology.Validate())
}

// Map returns every option as text by name: what a run stores, so that it can be made again.
func (o Options) Map() map[string]string {
	objective := o.Community.Objective
	if method, err := community.Find(o.Method); err == nil && objective == "" {
		objective = community.Usual(method)
	}
	m := map[string]string{}
	maps.Copy(m, o.Lists)
	for _, s := range o.Settings() {
		m[s.Name] = s.String()
	}
	m["community.objective"] = string(objective) // also when it is the usual one: that may change
	return m
}
