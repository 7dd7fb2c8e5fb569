package typology

import (
	"slices"
	"time"

	"samehand/graph"
)

// Settings lists the thresholds by name, in the order of the typologies, each with what it is and why.
func (o *Options) Settings() []graph.Setting {
	return slices.Concat(o.shared(), o.sharing(), o.behaving())
}

// section makes settings of one group.
type section string

func (g section) count(name string, p *int, lo float64, unit, why string) graph.Setting {
	return graph.Setting{Name: "typology." + name, Group: string(g), Why: why, Unit: unit, Lo: lo, Hi: 1e6, N: p}
}

func (g section) span(name string, p *time.Duration, why string) graph.Setting {
	const year = 365 * 24 // hours
	return graph.Setting{Name: "typology." + name, Group: string(g), Why: why, Lo: 0, Hi: year, D: p}
}

func (g section) share(name string, p *float64, why string) graph.Setting {
	return graph.Setting{Name: "typology." + name, Group: string(g), Why: why, Unit: "share", Lo: 0, Hi: 1, F: p}
}

// shared are the thresholds of several patterns.
func (o *Options) shared() []graph.Setting {
	const all section = "Named patterns"
	return []graph.Setting{
		all.share("one-home", &o.OneHome,
			"share of the persons with a known home who are registered in one building, from which they are taken for a household; slips and old addresses keep it below all of them"),
		all.share("two-homes", &o.TwoHomes,
			"share of them in two buildings, from which they are taken for a household and its relatives"),
		all.count("home-ties", &o.HomeTies, 1, "kinds",
			"kinds of things (purse, device, paper, number, mailbox, handle) that people of one home and no kinship share, from which they are no household if they have more jobs than they are persons"),
		all.share("workers", &o.Workers,
			"share of those with a purse, contact or device in common who work on other accounts with nothing in common, from which it is taken for a service's or a guardian's: who is paid is not who works"),
	}
}

// sharing are the thresholds of what several persons have in common.
func (o *Options) sharing() []graph.Setting {
	const (
		t1 section = "Named patterns: T1 laptop farm on one line"
		t2 section = "Named patterns: T2 shared delivery address"
		t3 section = "Named patterns: T3 payments of several names into one account"
		t4 section = "Named patterns: T4 wages of several purses run together"
		t5 section = "Named patterns: T5 one device or authenticator of several persons"
		t6 section = "Named patterns: T6 contact re-used under other names"
		t7 section = "Named patterns: T7 one CV, photo or portfolio of several names"
		t8 section = "Named patterns: T8 closed ring of referees"
	)
	return []graph.Setting{
		t1.count("farm-persons", &o.FarmPersons, 2, "persons",
			"persons based on one line at the same time, from which it is of medium strength; three are a usual household"),
		t1.count("farm-employers", &o.FarmEmployers, 2, "employers",
			"employers they must have; an office has one, a couple two"),
		t1.count("farm-many-persons", &o.FarmManyPersons, 2, "persons",
			"persons from which it is of high strength; searched sites had between six and seven machines"),
		t1.count("farm-many-employers", &o.FarmManyEmployers, 2, "employers",
			"employers they must have for high strength"),
		t1.span("farm-together", &o.FarmTogether,
			"how long they must be on it at the same time; guests and recycled addresses are not, for two weeks"),
		t2.count("door-persons", &o.DoorPersons, 2, "persons",
			"persons of different names whose equipment went to one door that is no home of theirs; two are a favour"),
		t2.count("door-many-persons", &o.DoorManyPersons, 2, "persons",
			"persons from which it is of high strength"),
		t2.count("door-one-employer", &o.DoorOneEmployer, 2, "persons",
			"persons above which a door of one employer's people is taken for an office of its own"),
		t3.count("purse-persons", &o.PursePersons, 3, "names",
			"different names paid into one account, from which it is of medium strength; two are a couple, most of whom have a joint account"),
		t3.count("purse-many-persons", &o.PurseManyPersons, 3, "names",
			"different names from which it is of high strength"),
		t4.count("fan-in-purses", &o.FanInPurses, 3, "purses",
			"purses of different names whose money reaches one account; facilitators gathered five and more"),
		t4.count("fan-in-many-purses", &o.FanInManyPurses, 3, "purses",
			"purses from which it is of high strength"),
		t4.span("fan-in-delay", &o.FanInDelay,
			"how long after pay money is moved on; published cases did so within the week"),
		t5.span("device-gap", &o.DeviceGap,
			"how soon a use by another person follows, for them to take turns"),
		t5.count("device-turns", &o.DeviceTurns, 2, "turns",
			"turns in all; a laptop that is given away changes hands once, a loaner twice"),
		t5.span("device-together", &o.DeviceTogether,
			"how long two persons must have a device at the same time where turns cannot be seen; handing it over takes days"),
		t5.count("device-persons", &o.DevicePersons, 2, "persons",
			"persons from which it is a step stronger; two may be a couple"),
		t5.count("device-one-employer", &o.DeviceOneEmployer, 2, "persons",
			"persons of one employer above which an authenticator is taken for its helpdesk's"),
		t6.count("contact-persons", &o.ContactPersons, 2, "names",
			"names from which it is of medium strength; a re-used contact ties two or three personas"),
		t6.count("contact-many-persons", &o.ContactManyPersons, 2, "names",
			"names from which it is of high strength"),
		t6.share("name-distance", &o.NameDistance,
			"share of the letters to change up to which two names are taken for one; slips and short forms need fewer"),
		t7.count("dossier-persons", &o.DossierPersons, 2, "names",
			"names who show one file; two may have found one template"),
		t7.count("dossier-many-persons", &o.DossierManyPersons, 2, "names",
			"names from which it is of high strength when they share more than the file"),
		t7.count("dossier-template", &o.DossierTemplate, 2, "persons",
			"persons of the whole case above which a file is taken for a template"),
		t8.share("vouching-inside", &o.VouchingInside,
			"share of the references by one another; former colleagues have other referees as well"),
		t8.count("vouching-persons", &o.VouchingPersons, 3, "persons",
			"persons from which that is telling without a circle"),
	}
}

// behaving are the thresholds of what persons and accounts do.
func (o *Options) behaving() []graph.Setting {
	const (
		t9  section = "Named patterns: T9 many jobs of one person at once"
		t10 section = "Named patterns: T10 hand far from the machine"
		t11 section = "Named patterns: T11 remote control of several machines"
		t12 section = "Named patterns: T12 shell or staffing company"
		t14 section = "Named patterns: T14 one persona follows another"
		t15 section = "Named patterns: T15 accounts opened for others"
		t16 section = "Named patterns: T16 applications in many names"
	)
	return []graph.Setting{
		t9.count("jobs", &o.Jobs, 2, "employers",
			"employers of one person; two to four occur among over-employed people"),
		t9.count("jobs-at-once", &o.JobsAtOnce, 2, "employers",
			"employers at the same time"),
		t9.count("many-jobs", &o.ManyJobs, 2, "employers",
			"employers from which it is of high strength; a lender had thirteen"),
		t9.count("many-jobs-at-once", &o.ManyJobsAtOnce, 2, "employers",
			"employers at the same time for high strength"),
		t9.span("jobs-together", &o.JobsTogether,
			"how long jobs must run at the same time; a month of notice may overlap"),
		t10.count("remote-days", &o.RemoteDays, 1, "days",
			"days with sign-ins that are needed to say so; a journey is shorter"),
		t10.share("remote-share", &o.RemoteShare,
			"share of them without a sign-in from where the machine is; it must be the rule, not travel"),
		t11.count("tool-persons", &o.ToolPersons, 2, "persons",
			"persons under one tool for high strength, or of one line with several tools each"),
		t11.count("tools", &o.Tools, 2, "tools",
			"different tools of one person; one is common"),
		t12.count("shell-workers", &o.ShellWorkers, 1, "accounts",
			"accounts of the case on its records up to which a company counts as small"),
		t12.count("shell-persons", &o.ShellPersons, 2, "persons",
			"persons of it who are placed elsewhere"),
		t12.count("shell-clients", &o.ShellClients, 1, "employers",
			"employers where they are; at one it may be that employer's own other name"),
		t12.count("shell-many-persons", &o.ShellManyPersons, 2, "persons",
			"persons from which it is of high strength"),
		t14.span("succession-gap", &o.SuccessionGap,
			"how long after one is gone the next turns up; re-hiring of personas took up to six weeks"),
		t14.span("succession-quiet", &o.SuccessionQuiet,
			"how long one must be gone before the data end, and the next not yet be there after they begin; holidays are shorter"),
		t14.count("succession-many", &o.SuccessionMany, 1, "successions",
			"successions of one group from which it is of high strength"),
		t15.count("broker-accounts", &o.BrokerAccounts, 3, "accounts",
			"accounts without an employer that were first used in one place"),
		t15.share("broker-share", &o.BrokerShare,
			"share of them that leave it for good; managers of accounts keep coming back"),
		t15.span("broker-days", &o.BrokerDays,
			"how long they stay at most, and how long they are used elsewhere at least"),
		t15.span("broker-birth", &o.BrokerBirth,
			"how long after its first sign of life an account counts as newly opened; confirmation takes days"),
		t15.count("broker-many-accounts", &o.BrokerManyAccounts, 3, "accounts",
			"accounts handed on from which it is of high strength"),
		t16.count("burst-names", &o.BurstNames, 2, "names",
			"names with one value in common who apply to one employer"),
		t16.count("burst-day", &o.BurstDay, 2, "applications",
			"applications on one day with one value in common; people send a few"),
	}
}
