package typology

import (
	"time"

	"samehand/graph"
)

// Options are the thresholds. They follow published cases and are to be checked on data of one's own; the reason of each
// is in [Options.Settings]. Use [Defaults]; the zero Options do not pass [Options.Validate].
type Options struct {
	OneHome float64 // share of persons of known homes that makes them one household

	FarmPersons, FarmEmployers         int // T1 medium
	FarmManyPersons, FarmManyEmployers int // T1 high
	FarmTogether                       time.Duration

	DoorPersons, DoorManyPersons int // T2 medium, high
	DoorOneEmployer              int // T2: most holders, where all are with one employer

	PursePersons, PurseManyPersons int     // T3 medium, high
	PurseWorkers                   float64 // T3: share of payees with work and a purse of their own that makes it a guardian's
}

const day = 24 * time.Hour

// Defaults returns the thresholds to start with.
func Defaults() Options {
	return Options{
		OneHome:     .6,
		FarmPersons: 4, FarmEmployers: 3, FarmManyPersons: 6, FarmManyEmployers: 4, FarmTogether: 14 * day,
		DoorPersons: 3, DoorManyPersons: 6, DoorOneEmployer: 12,
		PursePersons: 3, PurseManyPersons: 4, PurseWorkers: .6,
	}
}

// Settings lists the thresholds by name, in the order of the typologies, each with its reason.
func (o *Options) Settings() []graph.Setting {
	const year = 365 * 24 // hours
	n := func(name string, p *int, lo float64, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Why: why, Lo: lo, Hi: 1e6, N: p}
	}
	d := func(name string, p *time.Duration, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Why: why, Lo: 0, Hi: year, D: p}
	}
	f := func(name string, p *float64, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Why: why, Lo: 0, Hi: 1, F: p}
	}
	return []graph.Setting{
		f("one-home", &o.OneHome, "share of the persons with a known home who are registered at one, from which they are taken for a household; slips and old addresses keep it below all of them"),
		n("farm-persons", &o.FarmPersons, 2, "T1: persons based on one line at the same time, from which it is of medium strength; three are a usual household"),
		n("farm-employers", &o.FarmEmployers, 2, "T1: employers they must have; an office has one, a couple two"),
		n("farm-many-persons", &o.FarmManyPersons, 2, "T1: persons from which it is of high strength; searched sites had between six and seven machines"),
		n("farm-many-employers", &o.FarmManyEmployers, 2, "T1: employers they must have for high strength"),
		d("farm-together", &o.FarmTogether, "T1: how long they must be on it at the same time; guests and recycled addresses are not, for two weeks"),
		n("door-persons", &o.DoorPersons, 2, "T2: persons of different names whose equipment went to one door that is no home of theirs; two are a favour"),
		n("door-many-persons", &o.DoorManyPersons, 2, "T2: persons from which it is of high strength"),
		n("door-one-employer", &o.DoorOneEmployer, 2, "T2: persons above which a door of one employer's people is taken for an office of its own"),
		n("purse-persons", &o.PursePersons, 3, "T3: different names paid into one account, from which it is of medium strength; two are a couple, most of whom have a joint account"),
		n("purse-many-persons", &o.PurseManyPersons, 3, "T3: different names from which it is of high strength"),
		f("purse-workers", &o.PurseWorkers, "T3: share of the payees with work and a purse of their own from which the account is taken for a guardian's or a payee's: who is paid is not who works"),
	}
}

// Validate names every threshold that makes no sense.
func (o Options) Validate() error { return graph.CheckSettings(o.Settings()) }
