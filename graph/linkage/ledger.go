package linkage

import (
	"fmt"
	"math"

	"samehand/graph"
	"samehand/graph/ident"
)

// Ledger says how the points of one value for one pair of its holders come about.
type Ledger struct {
	Points  float64  // as the model weighs it: the product of the factors, to 1/256
	Kin     Kin      // the family
	Factors []Factor // always the same eight, in the order in which they are multiplied
	Kept    bool     // the model keeps it as a link; a crumb below Options.MinLink is none
}

// Factor is one thing that a value's points depend on.
type Factor struct {
	Name string  // "rarity", "kind", "time", "home", "employer", "class", "masked" or "name"
	By   float64 // what it multiplies by, 0 to 1; of rarity, the points it starts from, 0 to 10
	Why  string  // a phrase without values; "" when there is nothing to say
}

// The names of the factors, in their order.
const (
	FactorRarity   = "rarity"   // how few have it
	FactorKind     = "kind"     // what sharing it says, by kind and relation
	FactorTime     = "time"     // whether they had it at the same time
	FactorHome     = "home"     // whether one home explains it
	FactorEmployer = "employer" // whether one employer explains it
	FactorClass    = "class"    // what sort of shared value it is; 0 for one that ties nobody together
	FactorMasked   = "masked"   // whether a part of it is hidden
	FactorName     = "name"     // 0 for papers of two with one name, else 1
)

// Product multiplies the factors. It is the points but for their rounding.
func (l Ledger) Product() float64 {
	p := 1.0
	for _, f := range l.Factors {
		p *= f.By
	}
	return p
}

// Ledger takes the points of v for two of its holders apart: see the formula at points, which it follows factor by factor.
// The order of a and b does not matter.
func (m *Model) Ledger(v Value, a, b Holder) Ledger {
	k, kin := m.kind(v, a, b)
	l := Ledger{Kin: kin, Factors: []Factor{
		m.rarityFactor(v),
		{FactorKind, k, m.kindWhy(v, a, b, k, kin)},
		m.timeFactor(v, a, b),
		m.homeFactor(v, a, b),
		m.employerFactor(v, a, b),
		m.classFactor(v),
		m.maskedFactor(v),
		m.nameFactor(a, b, kin),
	}}
	l.Points = math.Round(l.Product()*256) / 256
	l.Kept = l.Points > 0 && l.Points >= m.Options.MinLink
	return l
}

// Rarity returns the points that a value of d holders starts from, 10 for two, before anything else is looked at.
func (m *Model) Rarity(d int) float64 { return m.rarity(d) }

func (m *Model) rarityFactor(v Value) Factor {
	n := max(m.Persons.Len(), m.Options.MinPopulation)
	why := fmt.Sprintf("%d persons of %d have it", v.D, n)
	if m.IsLine(v) && v.Class != ClassVisited && v.Class != ClassEgress && v.Class != ClassOpening {
		why = fmt.Sprintf("it counts as the base of %d persons of %d", v.D, n)
	}
	if n > m.Persons.Len() {
		why += fmt.Sprintf(" (the case has %d, and is judged as if it had %d)", m.Persons.Len(), n)
	}
	return Factor{FactorRarity, m.rarity(v.D), why}
}

// kindWhy says what sharing the value in these roles is taken for.
func (m *Model) kindWhy(v Value, a, b Holder, k float64, kin Kin) string {
	switch m.Kind(v) {
	case ident.IP:
		return m.lineWhy(v, a, b)
	case ident.Address:
		if k == 0 {
			return "an address where both are registered, or that nothing was sent to, ties nobody together"
		}
		return "equipment was sent there, and it is not the home of both"
	case ident.Payment:
		if k == m.Options.Payment && a.Role.has(Own) && b.Role.has(Own) {
			return "both are paid there"
		}
		if k == m.Options.Loose {
			return "one has it in a relation that is not known to mean more"
		}
		return "money of both moved over it"
	}
	switch {
	case kin == kinVouching && k == m.Options.Vouched:
		return "one's own contact is the other's referee"
	case kin == kinVouching:
		return "both name it as a referee"
	case kin == kinDossier:
		return "a file or profile that describes both; templates exist"
	case !a.Role.has(Own) || !b.Role.has(Own):
		return "one has it in a relation that is not known to mean more"
	}
	return "both have it as their own"
}

func (m *Model) lineWhy(v Value, a, b Holder) string {
	x, y := m.AtBase(a), m.AtBase(b)
	switch {
	case v.Class == ClassEgress:
		return "a line that is nobody's base"
	case v.Class == ClassOpening:
		return "a line where accounts are opened and left"
	case x && y && v.D == 2:
		return "a line with just two residents is mostly a couple's"
	case x && y:
		return "the line is the base of both"
	case x || y:
		return "the line is the base of one of the two only"
	}
	return "the line is the base of neither"
}

func (m *Model) timeFactor(v Value, a, b Holder) Factor {
	f := Factor{FactorTime, m.time(v, a, b), "they had it at the same time"}
	switch x, y := a.span(), b.span(); {
	case v.Class == ClassOpening:
		f.Why = "one after the other is what such a line is for"
	case !WeighsTime(m.Kind(v)):
		f.Why = "when each had it is not weighed for this kind of value"
	case f.By < 1:
		f.Why = m.timeNote(v, a, b)
	case !x.known() || !y.known():
		f.Why = "when it was used is not known, which is not held against it for this kind of value"
	case x.overlap(y) < 0:
		f.Why = "they had it so soon one after the other that it counts as at the same time"
	}
	return f
}

func (m *Model) homeFactor(v Value, a, b Holder) Factor {
	f := Factor{FactorHome, m.home(v, a, b), ""}
	switch {
	case f.By == 1:
	case m.sameHome(a, b):
		f.Why = "both are registered at one home, which explains it"
	default:
		f.Why = "the home of one is not known"
	}
	return f
}

func (m *Model) employerFactor(v Value, a, b Holder) Factor {
	if v.Class == ClassPaper || !m.throughOne(a, b) {
		return Factor{FactorEmployer, 1, ""}
	}
	return Factor{FactorEmployer, m.Options.Employer, "both have it through accounts of one employer"}
}

func (m *Model) classFactor(v Value) Factor {
	switch {
	case v.Class.Mute():
		return Factor{FactorClass, 0, v.Reason}
	case v.Class == ClassService:
		return Factor{FactorClass, m.Options.ServiceFactor, v.Reason}
	}
	return Factor{FactorClass, 1, v.Reason}
}

func (m *Model) maskedFactor(v Value) Factor {
	if m.guessed(v) {
		return Factor{FactorMasked, m.Options.MaskedFactor, "a part of the value is hidden, and several may look alike"}
	}
	return Factor{FactorMasked, 1, ""}
}

func (m *Model) nameFactor(a, b Holder, kin Kin) Factor {
	if kin.stolen() && m.SameName(a.Person, b.Person) {
		return Factor{FactorName, 0, "the two have one name: home and papers are what a stolen identity and its owner have in common"}
	}
	return Factor{FactorName, 1, ""}
}

// Together returns for how long two holders had a value at the same time, as the model takes it: negative when there is
// a gap between them; false when the times of one are not known.
func Together(a, b Holder) (graph.Time, bool) {
	x, y := a.span(), b.span()
	return x.overlap(y), x.known() && y.known()
}
