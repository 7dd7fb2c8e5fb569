package linkage

import "time"

// Options are the numbers of the evidence model. They were set on generated worlds and are to be checked on data they
// were not set on; that is why each is an option, and why a run stores them all. Use [Defaults]; the zero Options do
// not pass [Options.Validate]. Factors are between 0 and 1 and multiply points.
type Options struct {
	// Persons from accounts.

	PersonValueMax int           // accounts on one value above which it no longer says that they are one person's: nobody keeps so many
	PersonLineMax  int           // accounts on one line above which two of one name may be namesakes
	PersonLine     time.Duration // how long two accounts of one name must use a line at the same time to be one person's
	Namesakes      int           // accounts of one name at one employer above which the name is taken for a common one

	// Lines in time.

	LeaseGap  time.Duration // silence after which an IP may have got a new holder; IP leases of a day are common
	HomeDwell time.Duration // stay from which a line can be somebody's base: shorter stays are visits
	HomeShare float64       // share of a person's sign-ins of the same time that makes a line their base: more than anywhere else
	Tolerance time.Duration // two uses this far apart still count as at the same time: logs are windows, clocks differ
	Overlap   time.Duration // time together on a line from which it counts in full
	LeastLine float64       // a line shared at the same time, however shortly, keeps this much
	Untimed   float64       // a line without times: half way between shown and disproved
	Sequence  float64       // a line, device or phone never held at the same time: handed on, recycled
	Tool      float64       // a device or phone handed on twice or more: once is a reassignment, again is a tool

	// Hubs: sorts of shared values.

	Cap           int     // holders above which a value is not expanded into pairs; it stays as explanation
	OfficeMin     int     // holders from which a line can be an office's
	OfficeUses    float64 // share of a line's uses by accounts of one employer that makes it an office's
	OfficeRecord  float64 // share of a line's holders on one payroll that makes it an office's: catches agencies
	TransitMin    int     // holders from which a line can be a transit line: VPN exit, carrier NAT, coworking
	TransitHome   float64 // share of holders at base below which it is one; measured 14-53 % on these, over 80 % on farms
	UnitMin       int     // units of one street address that make it worth nothing without the unit
	PayerMin      int     // holders from which a payment can be a payroll card of one employer
	PayerShare    float64 // share of its holders paid by one employer that makes it one
	PaperShare    float64 // share of holders who are paid but never sign in, that makes it a purse of ghost employees
	PaperWorkers  int     // others who must sign in at that employer, else not signing in says nothing
	ServiceMin    int     // holders from which a value can be a service's: a tax preparer's, a helpdesk's
	ServiceShare  float64 // share of holders whose other accounts have nothing in common, that makes it one
	ServiceFactor float64 // what a service's value keeps

	// Points of a pair.

	MinPopulation int     // persons below which rarity is judged as if there were so many: a small case says nothing about rarity
	MinLink       float64 // points below which a link is not kept: it could not matter, and hubs make many
	Payment       float64 // K: one bank account or wallet
	Device        float64 // K: one device
	Email         float64 // K: one e-mail address of their own
	Document      float64 // K: one identity document
	Door          float64 // K: one delivery address that is not both's own home
	Base          float64 // K: one line that is base of both
	Phone         float64 // K: numbers are passed on within families more than mailboxes
	Handle        float64 // K: user names are re-used by strangers
	Website       float64 // K: a site may be a company's
	Dossier       float64 // K: one CV or portfolio: templates exist
	Exit          float64 // K: a line that is nobody's base: a rented server, a foreign line
	TwoResidents  float64 // K: a line with just two residents: mostly a couple
	Vouched       float64 // K: a contact of one is the other's referee
	CommonReferee float64 // K: both name one referee
	Transfer      float64 // K: both moved money over one account
	Loose         float64 // K: a relation that is not known to mean more, such as the e-mail in a commit
	Guest         float64 // K: a line that is base of one at most
	MaskedFactor  float64 // a value of which a part is hidden: several may look alike
	Employer      float64 // E: both used it through accounts of one employer
	SameHome      float64 // H: both are registered at one home: line, address, payment and phone explain themselves
	NoHome        float64 // H: a line, and the home of one is not known
	Repeat        float64 // share of a second value of the same family that counts: they are hardly independent
	SoftOnly      float64 // a pair with soft evidence only keeps this much
}

const day = 24 * time.Hour

// Defaults returns the options that worked on generated worlds of 2,000 to 1,000,000 people.
func Defaults() Options {
	return Options{
		PersonValueMax: 12, PersonLineMax: 20, PersonLine: 7 * day, Namesakes: 20,
		LeaseGap: day, HomeDwell: 7 * day, HomeShare: .5, Tolerance: 2 * day, Overlap: 14 * day,
		LeastLine: .2, Untimed: .5, Sequence: .1, Tool: .5,
		Cap: 200, OfficeMin: 3, OfficeUses: .6, OfficeRecord: .75, TransitMin: 6, TransitHome: .6,
		UnitMin: 3, PayerMin: 3, PayerShare: .8, PaperShare: .5, PaperWorkers: 3,
		ServiceMin: 5, ServiceShare: .7, ServiceFactor: .1,
		MinPopulation: 2000, MinLink: .25,
		Payment: 1, Device: 1, Email: 1, Document: 1, Door: 1, Base: 1, Phone: .9, Handle: .8, Website: .8, Dossier: .6,
		Exit: .5, TwoResidents: .5, Vouched: .5, CommonReferee: .4, Transfer: .4, Loose: .2, Guest: .1,
		MaskedFactor: .3, Employer: .1, SameHome: .1, NoHome: .7, Repeat: .25, SoftOnly: .1,
	}
}

// Settings lists the options by name, in the order of the fields.
func (o *Options) Settings() []Setting {
	const year = 365 * 24 // hours
	count := func(name string, p *int, lo, hi float64) Setting {
		return Setting{Name: "linkage." + name, N: p, Lo: lo, Hi: hi}
	}
	span := func(name string, p *time.Duration) Setting {
		return Setting{Name: "linkage." + name, D: p, Lo: 0, Hi: year}
	}
	part := func(name string, p *float64) Setting {
		return Setting{Name: "linkage." + name, F: p, Lo: 0, Hi: 1}
	}
	return []Setting{
		count("person-value-max", &o.PersonValueMax, 2, 1e6), count("person-line-max", &o.PersonLineMax, 2, 1e6),
		span("person-line", &o.PersonLine), count("namesakes", &o.Namesakes, 1, 1e6),
		span("lease-gap", &o.LeaseGap), span("home-dwell", &o.HomeDwell), part("home-share", &o.HomeShare),
		span("tolerance", &o.Tolerance), span("overlap", &o.Overlap), part("least-line", &o.LeastLine),
		part("untimed", &o.Untimed), part("sequence", &o.Sequence), part("tool", &o.Tool),
		count("cap", &o.Cap, 2, 10000), count("office-min", &o.OfficeMin, 2, 1e6), part("office-uses", &o.OfficeUses),
		part("office-record", &o.OfficeRecord), count("transit-min", &o.TransitMin, 2, 1e6), part("transit-home", &o.TransitHome),
		count("unit-min", &o.UnitMin, 1, 1e6), count("payer-min", &o.PayerMin, 2, 1e6), part("payer-share", &o.PayerShare),
		part("paper-share", &o.PaperShare), count("paper-workers", &o.PaperWorkers, 1, 1e6),
		count("service-min", &o.ServiceMin, 3, 1e6), part("service-share", &o.ServiceShare), part("service-factor", &o.ServiceFactor),
		count("min-population", &o.MinPopulation, 4, 1e9),
		{Name: "linkage.min-link", F: &o.MinLink, Lo: 0, Hi: 10},
		part("payment", &o.Payment), part("device", &o.Device), part("email", &o.Email), part("document", &o.Document),
		part("door", &o.Door), part("base", &o.Base), part("phone", &o.Phone), part("handle", &o.Handle),
		part("website", &o.Website), part("dossier", &o.Dossier), part("exit", &o.Exit), part("two-residents", &o.TwoResidents),
		part("vouched", &o.Vouched), part("common-referee", &o.CommonReferee), part("transfer", &o.Transfer),
		part("loose", &o.Loose), part("guest", &o.Guest), part("masked-factor", &o.MaskedFactor), part("employer", &o.Employer),
		part("same-home", &o.SameHome), part("no-home", &o.NoHome), part("repeat", &o.Repeat), part("soft-only", &o.SoftOnly),
	}
}

// Validate names every option that makes no sense.
func (o Options) Validate() error { return CheckSettings(o.Settings()) }
