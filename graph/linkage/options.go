package linkage

import (
	"time"

	"samehand/graph"
)

// Options are the numbers of the evidence model. They were set on generated worlds and are to be checked on data they
// were not set on; that is why each is an option, and why a run stores them all. Use [Defaults]; the zero Options do
// not pass [Options.Validate]. What each is, in which unit, and why it has its default is in one place, [Options.Settings].
type Options struct {
	// Persons from accounts.

	PersonValueMax int
	PersonLineMax  int
	PersonLine     time.Duration
	Namesakes      int

	// Lines in time.

	Handover  time.Duration
	LeaseGap  time.Duration
	HomeDwell time.Duration
	HomeShare float64
	Tolerance time.Duration
	Overlap   time.Duration
	LeastLine float64
	Untimed   float64
	Sequence  float64
	Tool      float64

	// Hubs: sorts of shared values.

	Cap           int
	OpeningMin    int
	OpeningShare  float64
	OpeningDelay  time.Duration
	OpeningStay   time.Duration
	OfficeMin     int
	OfficeUses    float64
	OfficeRecord  float64
	TransitMin    int
	TransitHome   float64
	UnitMin       int
	PayerMin      int
	PayerShare    float64
	PaperShare    float64
	PaperWorkers  int
	ServiceMin    int
	ServiceShare  float64
	ServiceFactor float64
	ServiceTie    float64
	ServiceDoor   int

	// Points of a pair.

	MinPopulation int
	MinLink       float64
	Payment       float64
	Device        float64
	Email         float64
	Document      float64
	Door          float64
	Base          float64
	Phone         float64
	Handle        float64
	Website       float64
	Dossier       float64
	Exit          float64
	TwoResidents  float64
	Vouched       float64
	CommonReferee float64
	Transfer      float64
	Loose         float64
	Guest         float64
	MaskedFactor  float64
	Employer      float64
	SameHome      float64
	NoHome        float64
	Repeat        float64
	SoftOnly      float64

	// Known is what lists of the user say of values; nil when there are none. It is no setting: who gives lists keeps
	// what they are with the run.
	Known Known
}

const day = 24 * time.Hour

// Defaults returns the options that worked on generated worlds of 2,000 to 1,000,000 people.
func Defaults() Options {
	return Options{
		PersonValueMax: 12, PersonLineMax: 20, PersonLine: 7 * day, Namesakes: 20,
		Handover: 30 * day, LeaseGap: day, HomeDwell: 7 * day, HomeShare: .4, Tolerance: 2 * day, Overlap: 14 * day,
		LeastLine: .2, Untimed: .5, Sequence: .1, Tool: .5,
		Cap: 200, OpeningMin: 4, OpeningShare: .6, OpeningDelay: 14 * day, OpeningStay: 15 * day,
		OfficeMin: 3, OfficeUses: .6, OfficeRecord: .75, TransitMin: 6, TransitHome: .6,
		UnitMin: 3, PayerMin: 3, PayerShare: .8, PaperShare: .5, PaperWorkers: 3,
		ServiceMin: 4, ServiceTie: 3, ServiceDoor: 12, ServiceShare: .7, ServiceFactor: .1,
		MinPopulation: 2000, MinLink: .25,
		Payment: 1, Device: 1, Email: 1, Document: 1, Door: 1, Base: 1, Phone: .9, Handle: .8, Website: .8, Dossier: .6,
		Exit: .25, TwoResidents: .5, Vouched: .5, CommonReferee: .4, Transfer: .4, Loose: .2, Guest: .1,
		MaskedFactor: .25, Employer: .1, SameHome: .1, NoHome: .7, Repeat: .25, SoftOnly: .1,
	}
}

// Validate names every option that makes no sense.
func (o Options) Validate() error { return graph.CheckSettings(o.Settings()) }
