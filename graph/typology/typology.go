// Package typology looks for named patterns of fraud in groups of accounts: one home line for many employers, one purse
// for many names, one person with many jobs at once.
//
// A pattern is a description of what the data show, with the innocent explanations that were looked for and not found.
// It is no charge, and no pattern makes a cluster by itself. The patterns and their thresholds follow published cases;
// each says which data it needs, and where a case does not have them it is listed as not analysed ([View.Missing]), which
// is not the same as clean.
//
// Nothing here looks at nationality, ethnicity or where a name comes from. Names are only compared with each other.
//
// [NewView] reads a case once. [View.Patterns] then works from the accounts of one group outward and never looks at the
// whole case again.
package typology

import (
	"slices"

	"samehand/graph"
)

// Typology is one named pattern.
type Typology struct {
	ID       string // "T1"
	Name     string // a few words
	Question string // what it asks of a group
	Needs    []Need // data without which it cannot be answered; all of them
	// Settings are the names of the options that set its thresholds, as in [Options.Settings].
	Settings []string
	// LookAlikes are the innocent explanations that are looked for, or must be by whoever reads the result.
	LookAlikes []string
	// Limits says what of the published pattern the data cannot show; "" when nothing is left out.
	Limits string

	find func(s *scene) []hit // nil when another part of the program looks for it
}

// All lists every typology, in the order of their numbers.
func All() []Typology {
	return []Typology{
		farmLine(), deliveryAddress(), sharedPurse(), fanIn(), sharedDevice(), sharedContact(), cloneDossier(), vouchingRing(),
		stackedJobs(), remoteHand(), controlStack(), shellCompany(), nearSeeds(), succession(), accountBroker(), applicationBurst(),
	}
}

// Patterns returns what a group shows, at most one pattern of each typology, in the order of [All]; nil when it shows
// none. Typologies for which the case lacks data are not looked for. Options must be valid; see [Options.Validate].
func (v *View) Patterns(g Group, o Options) []graph.Pattern {
	s := newScene(v, g, o)
	var ps []graph.Pattern
	for _, t := range v.analysed {
		if t.find == nil {
			continue
		}
		if hits := t.find(s); len(hits) > 0 {
			ps = append(ps, s.pattern(t, hits))
		}
	}
	return ps
}

// Missing lists the typologies that cannot be looked for in this case, and what it lacks for each, in the order of [All].
func (v *View) Missing() []graph.Missing {
	var ms []graph.Missing
	for _, t := range All() {
		if lacks := v.lacks(t); lacks != "" {
			ms = append(ms, graph.Missing{Pattern: t.ID, Name: t.Name, Lacks: lacks})
		}
	}
	return ms
}

// looked returns the typologies for which the case has the data.
func (v *View) looked() []Typology {
	return slices.DeleteFunc(All(), func(t Typology) bool { return v.lacks(t) != "" })
}
