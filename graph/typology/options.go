package typology

import (
	"time"

	"samehand/graph"
)

// Options are the thresholds. They follow published cases and are to be checked on data of one's own; the reason of each
// is in [Options.Settings]. Use [Defaults]; the zero Options do not pass [Options.Validate].
type Options struct {
	OneHome  float64 // share of persons of known homes in one building that makes them one household
	TwoHomes float64 // share of them in two
	HomeTies int     // kinds of things in common beyond the home, from which people of more jobs than they are persons are no household
	Workers  float64 // share of persons with work on other accounts that makes a value a service's or a guardian's

	FarmPersons, FarmEmployers         int // T1 medium
	FarmManyPersons, FarmManyEmployers int // T1 high
	FarmTogether                       time.Duration

	DoorPersons, DoorManyPersons int // T2 medium, high
	DoorOneEmployer              int // T2: most holders, where all are with one employer

	PursePersons, PurseManyPersons int // T3 medium, high

	FanInPurses, FanInManyPurses int // T4 medium, high
	FanInDelay                   time.Duration

	DeviceGap         time.Duration // T5
	DeviceTurns       int
	DeviceTogether    time.Duration
	DevicePersons     int // T5: stronger
	DeviceOneEmployer int

	ContactPersons, ContactManyPersons int // T6 medium, high
	NameDistance                       float64

	DossierPersons, DossierManyPersons, DossierTemplate int // T7

	VouchingInside  float64 // T8
	VouchingPersons int

	Jobs, JobsAtOnce         int // T9 medium
	ManyJobs, ManyJobsAtOnce int // T9 high
	JobsTogether             time.Duration

	RemoteDays  int // T10
	RemoteShare float64

	ToolPersons, Tools int // T11

	ShellWorkers, ShellPersons, ShellClients, ShellManyPersons int // T12

	SuccessionGap, SuccessionQuiet time.Duration // T14
	SuccessionMany                 int

	BrokerAccounts          int // T15
	BrokerShare             float64
	BrokerDays, BrokerBirth time.Duration
	BrokerManyAccounts      int

	BurstNames, BurstDay int // T16
}

const day = 24 * time.Hour

// Defaults returns the thresholds to start with.
func Defaults() Options {
	return Options{
		OneHome: .6, TwoHomes: .8, HomeTies: 4, Workers: .5,
		FarmPersons: 4, FarmEmployers: 3, FarmManyPersons: 6, FarmManyEmployers: 4, FarmTogether: 14 * day,
		DoorPersons: 3, DoorManyPersons: 6, DoorOneEmployer: 12,
		PursePersons: 3, PurseManyPersons: 4,
		FanInPurses: 5, FanInManyPurses: 10, FanInDelay: 7 * day,
		DeviceGap: day, DeviceTurns: 3, DeviceTogether: 7 * day, DevicePersons: 3, DeviceOneEmployer: 4,
		ContactPersons: 3, ContactManyPersons: 4, NameDistance: .5,
		DossierPersons: 3, DossierManyPersons: 5, DossierTemplate: 20,
		VouchingInside: .6, VouchingPersons: 4,
		Jobs: 5, JobsAtOnce: 4, ManyJobs: 8, ManyJobsAtOnce: 6, JobsTogether: 30 * day,
		RemoteDays: 14, RemoteShare: .8,
		ToolPersons: 3, Tools: 2,
		ShellWorkers: 50, ShellPersons: 3, ShellClients: 2, ShellManyPersons: 6,
		SuccessionGap: 45 * day, SuccessionQuiet: 30 * day, SuccessionMany: 3,
		BrokerAccounts: 10, BrokerShare: .6, BrokerDays: 14 * day, BrokerBirth: 3 * day, BrokerManyAccounts: 30,
		BurstNames: 5, BurstDay: 20,
	}
}

// Validate names every threshold that makes no sense.
func (o Options) Validate() error { return graph.CheckSettings(o.Settings()) }
