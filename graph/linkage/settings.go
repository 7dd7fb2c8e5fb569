package linkage

import (
	"slices"
	"time"

	"samehand/graph"
)

// Settings lists the options by name, in the order of the fields, each with what it is and why.
func (o *Options) Settings() []graph.Setting {
	return slices.Concat(o.personSettings(), o.lineSettings(), o.hubSettings(), o.kindSettings(), o.discountSettings())
}

// section makes settings of one group.
type section string

func (g section) count(name string, p *int, lo, hi float64, unit, why string) graph.Setting {
	return graph.Setting{Name: "linkage." + name, Group: string(g), Why: why, Unit: unit, N: p, Lo: lo, Hi: hi}
}

func (g section) span(name string, p *time.Duration, why string) graph.Setting {
	const year = 365 * 24 // hours
	return graph.Setting{Name: "linkage." + name, Group: string(g), Why: why, D: p, Lo: 0, Hi: year}
}

func (g section) share(name string, p *float64, why string) graph.Setting {
	return graph.Setting{Name: "linkage." + name, Group: string(g), Why: why, Unit: "share", F: p, Lo: 0, Hi: 1}
}

func (g section) factor(name string, p *float64, why string) graph.Setting {
	return graph.Setting{Name: "linkage." + name, Group: string(g), Why: why, Unit: "factor", F: p, Lo: 0, Hi: 1}
}

func (o *Options) personSettings() []graph.Setting {
	const g section = "Persons from accounts"
	return []graph.Setting{
		g.count("person-value-max", &o.PersonValueMax, 2, 1e6, "accounts",
			"accounts on one value above which it no longer says that they are one person's: nobody keeps so many"),
		g.count("person-line-max", &o.PersonLineMax, 2, 1e6, "accounts",
			"accounts on one line above which two of one name may be namesakes"),
		g.span("person-line", &o.PersonLine,
			"how long two accounts of one name must use a line at the same time to be one person's: a visit is shorter"),
		g.count("namesakes", &o.Namesakes, 1, 1e6, "accounts",
			"accounts of one name at one employer above which the name is taken for a common one"),
	}
}

func (o *Options) lineSettings() []graph.Setting {
	const g section = "Lines in time"
	return []graph.Setting{
		g.span("handover", &o.Handover, "time that two jobs run side by side from which one person holds both: who changes the employer may have both for some weeks"),
		g.span("lease-gap", &o.LeaseGap, "silence after which an IP may have got a new holder: leases of a day are common"),
		g.span("home-dwell", &o.HomeDwell, "stay from which a line can be somebody's base: shorter stays are visits"),
		g.share("home-share", &o.HomeShare,
			"share of a person's sign-ins of the same time that makes a line their base: more than on any other line, as a rule; machines on a farm have about seven tenths there, less what exits take"),
		g.span("tolerance", &o.Tolerance, "two uses this far apart still count as at the same time: logs are windows, and clocks differ"),
		g.span("overlap", &o.Overlap, "time together on a line from which it counts in full: less may be one stay as a guest"),
		g.factor("least-line", &o.LeastLine, "what a line keeps that was shared at the same time, however shortly"),
		g.factor("untimed", &o.Untimed, "what a line without times keeps: half way between shown and disproved"),
		g.factor("sequence", &o.Sequence,
			"what a line, device or phone keeps that was never held at the same time: it was handed on or recycled"),
		g.factor("tool", &o.Tool, "what a device or phone keeps that was handed on twice or more: once is a reassignment, again is a tool"),
	}
}

func (o *Options) hubSettings() []graph.Setting {
	const g section = "Hubs: sorts of shared values"
	return []graph.Setting{
		g.count("cap", &o.Cap, 2, 10000, "holders",
			"holders above which a value is not expanded into pairs: they grow with its square, and it stays as explanation"),
		g.count("opening-min", &o.OpeningMin, 2, 1e6, "accounts", "accounts without an employer that were opened on a line and left it, from which it is an account broker's: a family opens fewer"),
		g.share("opening-share", &o.OpeningShare, "share of a line's accounts that were opened there and left it, that makes it a broker's: 60 % of brokered accounts move away within two weeks"),
		g.span("opening-delay", &o.OpeningDelay, "time from an account's beginning to its first sign-in, on a line, within which it was opened there: profiles are filled in some days before"),
		g.span("opening-stay", &o.OpeningStay, "stay on a line from which an account was worked on there, not only opened"),
		g.count("office-min", &o.OfficeMin, 2, 1e6, "holders", "holders from which a line can be an office's: two may be a couple"),
		g.share("office-uses", &o.OfficeUses, "share of a line's uses by accounts of one employer that makes it an office's"),
		g.share("office-record", &o.OfficeRecord, "share of a line's holders on one payroll that makes it an office's: this finds agencies"),
		g.count("transit-min", &o.TransitMin, 2, 1e6, "holders",
			"holders from which a line can be a transit line, such as a VPN exit, carrier NAT or coworking: fewer may be a household"),
		g.share("transit-home", &o.TransitHome,
			"share of holders at base below which a line is a transit line: 14 to 53 % was measured on these, and over 80 % on farms"),
		g.count("unit-min", &o.UnitMin, 1, 1e6, "units", "units of one street address that make it worth nothing without the unit: it is a house of many homes"),
		g.count("payer-min", &o.PayerMin, 2, 1e6, "holders", "holders from which a payment can be a payroll card of one employer"),
		g.share("payer-share", &o.PayerShare, "share of a payment's holders who are paid by one employer that makes it a payroll card"),
		g.share("paper-share", &o.PaperShare,
			"share of a payment's holders who are paid but never sign in that makes it a purse of ghost employees"),
		g.count("paper-workers", &o.PaperWorkers, 1, 1e6, "persons",
			"others who must sign in at that employer: without them, not signing in says nothing"),
		g.count("service-min", &o.ServiceMin, 3, 1e6, "holders", "holders from which a value can be a service's, such as a tax preparer's or a helpdesk's; one fewer for payments that no wages are paid into, as an exchange's customers are few in a case"),
		g.share("service-share", &o.ServiceShare,
			"share of a value's holders whose other accounts have nothing in common that makes it a service's"),
		g.factor("service-factor", &o.ServiceFactor, "what a service's value keeps: its customers do not know each other"),
		g.count("service-door", &o.ServiceDoor, 3, 1e6, "holders", "holders from which an address can be a mailbox shop's: searched homes had three to ten machines, shops have customers by the dozen"),
		{Name: "linkage.service-tie", Group: string(g), Unit: "points", F: &o.ServiceTie, Lo: 0, Hi: 10,
			Why: "points from which something else that two holders have in common, on other accounts, says that a value is no service's: less is a line that both passed through"},
	}
}

func (o *Options) kindSettings() []graph.Setting {
	const g section = "Points of a pair by what they share, as factors of the 10 points of a value that only two have"
	return []graph.Setting{
		g.count("min-population", &o.MinPopulation, 4, 1e9, "persons",
			"persons below which rarity is judged as if there were so many: a small case says nothing about rarity"),
		{Name: "linkage.min-link", Group: string(g), Unit: "points", F: &o.MinLink, Lo: 0, Hi: 10,
			Why: "points below which a link is not kept: it could not matter, and hubs make many"},
		g.factor("payment", &o.Payment, "one bank account or wallet: money is kept to oneself"),
		g.factor("device", &o.Device, "one device: who has it can be whoever it signs in"),
		g.factor("email", &o.Email, "one e-mail address of their own: who reads it can take over both accounts"),
		g.factor("document", &o.Document, "one identity document: it is one person's by law"),
		g.factor("door", &o.Door, "one delivery address that is not both's own home: somebody there takes in equipment for another"),
		g.factor("base", &o.Base, "one line that is base of both: both live or work there"),
		g.factor("phone", &o.Phone, "one phone number: numbers are passed on within families more than mailboxes"),
		g.factor("handle", &o.Handle, "one user name: they are re-used by strangers"),
		g.factor("website", &o.Website, "one website: it may be a company's"),
		g.factor("dossier", &o.Dossier, "one CV or portfolio: templates exist"),
		g.factor("exit", &o.Exit, "a line that is nobody's base: a rented server or a foreign line"),
		g.factor("two-residents", &o.TwoResidents, "a line with just two residents: mostly a couple"),
		g.factor("vouched", &o.Vouched, "a contact of one is the other's referee: friends vouch for each other too"),
		g.factor("common-referee", &o.CommonReferee, "both name one referee: it may be a former chief of both"),
		g.factor("transfer", &o.Transfer, "both moved money over one account: it may be a shop's or a landlord's"),
		g.factor("loose", &o.Loose, "a relation that is not known to mean more, such as the e-mail in a commit"),
		g.factor("guest", &o.Guest, "a line that is base of one at most: guests use the lines of their hosts"),
	}
}

func (o *Options) discountSettings() []graph.Setting {
	const g section = "What explains sharing, as factors"
	return []graph.Setting{
		g.factor("masked-factor", &o.MaskedFactor, "what a value keeps of which a part is hidden: several may look alike"),
		g.factor("employer", &o.Employer, "what a value keeps that both used through accounts of one employer: colleagues share much"),
		g.factor("same-home", &o.SameHome,
			"what line, address, payment and phone keep when both are registered at one home: families explain themselves"),
		g.factor("no-home", &o.NoHome, "what a line keeps when the home of one is not known: they may live together"),
		g.factor("repeat", &o.Repeat, "share of a second value of the same family that counts: the two are hardly independent"),
		g.factor("soft-only", &o.SoftOnly, "what a pair with soft evidence only keeps: referees and CVs prove nothing alone"),
	}
}
