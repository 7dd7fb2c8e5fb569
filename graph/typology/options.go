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
		OneHome:     .6,
		FarmPersons: 4, FarmEmployers: 3, FarmManyPersons: 6, FarmManyEmployers: 4, FarmTogether: 14 * day,
		DoorPersons: 3, DoorManyPersons: 6, DoorOneEmployer: 12,
		PursePersons: 3, PurseManyPersons: 4, PurseWorkers: .6,
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

// Settings lists the thresholds by name, in the order of the typologies, each with its reason.
func (o *Options) Settings() []graph.Setting {
	const year = 365 * 24 // hours
	n := func(name string, p *int, lo float64, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Group: "Named patterns", Unit: "count", Why: why, Lo: lo, Hi: 1e6, N: p}
	}
	d := func(name string, p *time.Duration, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Group: "Named patterns", Why: why, Lo: 0, Hi: year, D: p}
	}
	f := func(name string, p *float64, why string) graph.Setting {
		return graph.Setting{Name: "typology." + name, Group: "Named patterns", Unit: "share", Why: why, Lo: 0, Hi: 1, F: p}
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

		n("fan-in-purses", &o.FanInPurses, 3, "T4: purses of different names whose money reaches one account; facilitators gathered five and more"),
		n("fan-in-many-purses", &o.FanInManyPurses, 3, "T4: purses from which it is of high strength"),
		d("fan-in-delay", &o.FanInDelay, "T4: how long after pay money is moved on; published cases did so within the week"),

		d("device-gap", &o.DeviceGap, "T5: how soon a use by another person follows, for them to take turns"),
		n("device-turns", &o.DeviceTurns, 2, "T5: turns in all; a laptop that is given away changes hands once, a loaner twice"),
		d("device-together", &o.DeviceTogether, "T5: how long two persons must have a device at the same time where turns cannot be seen; handing it over takes days"),
		n("device-persons", &o.DevicePersons, 2, "T5: persons from which it is a step stronger; two may be a couple"),
		n("device-one-employer", &o.DeviceOneEmployer, 2, "T5: persons of one employer above which an authenticator is taken for its helpdesk's"),

		n("contact-persons", &o.ContactPersons, 2, "T6: names from which it is of medium strength; a re-used contact ties two or three personas"),
		n("contact-many-persons", &o.ContactManyPersons, 2, "T6: names from which it is of high strength"),
		f("name-distance", &o.NameDistance, "T6: share of the letters to change up to which two names are taken for one; slips and short forms need fewer"),

		n("dossier-persons", &o.DossierPersons, 2, "T7: names who show one file; two may have found one template"),
		n("dossier-many-persons", &o.DossierManyPersons, 2, "T7: names from which it is of high strength when they share more than the file"),
		n("dossier-template", &o.DossierTemplate, 2, "T7: persons of the whole case above which a file is taken for a template"),

		f("vouching-inside", &o.VouchingInside, "T8: share of the references by one another; former colleagues have other referees as well"),
		n("vouching-persons", &o.VouchingPersons, 3, "T8: persons from which that is telling without a circle"),

		n("jobs", &o.Jobs, 2, "T9: employers of one person; two to four occur among over-employed people"),
		n("jobs-at-once", &o.JobsAtOnce, 2, "T9: employers at the same time"),
		n("many-jobs", &o.ManyJobs, 2, "T9: employers from which it is of high strength; a lender had thirteen"),
		n("many-jobs-at-once", &o.ManyJobsAtOnce, 2, "T9: employers at the same time for high strength"),
		d("jobs-together", &o.JobsTogether, "T9: how long jobs must run at the same time; a month of notice may overlap"),

		n("remote-days", &o.RemoteDays, 1, "T10: days with sign-ins that are needed to say so; a journey is shorter"),
		f("remote-share", &o.RemoteShare, "T10: share of them without a sign-in from where the machine is; it must be the rule, not travel"),

		n("tool-persons", &o.ToolPersons, 2, "T11: persons under one tool for high strength, or of one line with several tools each"),
		n("tools", &o.Tools, 2, "T11: different tools of one person; one is common"),

		n("shell-workers", &o.ShellWorkers, 1, "T12: accounts of the case on its records up to which a company counts as small"),
		n("shell-persons", &o.ShellPersons, 2, "T12: persons of it who are placed elsewhere"),
		n("shell-clients", &o.ShellClients, 1, "T12: employers where they are; at one it may be that employer's own other name"),
		n("shell-many-persons", &o.ShellManyPersons, 2, "T12: persons from which it is of high strength"),

		d("succession-gap", &o.SuccessionGap, "T14: how long after one is gone the next turns up; re-hiring of personas took up to six weeks"),
		d("succession-quiet", &o.SuccessionQuiet, "T14: how long one must be gone before the data end, and the next not yet be there after they begin; holidays are shorter"),
		n("succession-many", &o.SuccessionMany, 1, "T14: successions of one group from which it is of high strength"),

		n("broker-accounts", &o.BrokerAccounts, 3, "T15: accounts without an employer that were first used in one place"),
		f("broker-share", &o.BrokerShare, "T15: share of them that leave it for good; managers of accounts keep coming back"),
		d("broker-days", &o.BrokerDays, "T15: how long they stay at most, and how long they are used elsewhere at least"),
		d("broker-birth", &o.BrokerBirth, "T15: how long after its first sign of life an account counts as newly opened; confirmation takes days"),
		n("broker-many-accounts", &o.BrokerManyAccounts, 3, "T15: accounts handed on from which it is of high strength"),

		n("burst-names", &o.BurstNames, 2, "T16: names with one value in common who apply to one employer"),
		n("burst-day", &o.BurstDay, 2, "T16: applications on one day with one value in common; people send a few"),
	}
}

// Validate names every threshold that makes no sense.
func (o Options) Validate() error { return graph.CheckSettings(o.Settings()) }
