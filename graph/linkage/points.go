package linkage

import (
	"cmp"
	"math"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// points returns what a value is worth to two of its holders, and the family it belongs to:
// rarity x K (kind and relation) x T (time) x E (employer) x H (home), at most 10. The result is a
// multiple of 1/256, so that sums of it are exact and do not depend on their order.
func (m *Model) points(v Value, a, b Holder) (float64, Kin) {
	if v.Class.Mute() {
		return 0, kinNetwork
	}
	k, kin := m.kind(v, a, b)
	if k == 0 || kin.stolen() && m.SameName(a.Person, b.Person) {
		return 0, kin // home, papers and dossiers are what a stolen identity has in common with its owner
	}
	p := m.rarity(v.D) * k * m.time(v, a, b) * m.home(v, a, b)
	if v.Class != ClassPaper && m.throughOne(a, b) {
		p *= m.Options.Employer
	}
	if v.Class == ClassService {
		p *= m.Options.ServiceFactor
	}
	if m.guessed(v) {
		p *= m.Options.MaskedFactor
	}
	return math.Round(p*256) / 256, kin
}

// throughOne reports whether one employer explains that two have a value: every account through which one of them has it is at an
// employer of every account through which the other does. Two who have it through other jobs, too, do not have it from the one they share.
func (m *Model) throughOne(a, b Holder) bool {
	if m.neverThere(a) && m.neverThere(b) {
		return false
	}
	for _, x := range m.Touches(a) {
		for _, y := range m.Touches(b) {
			if m.applies[x.Account] || m.applies[y.Account] || !meet(m.AccountEmployers(x.Account), m.AccountEmployers(y.Account)) {
				return false // applicants are no colleagues
			}
		}
	}
	return true
}

// neverThere reports whether a holder is paid, and never signs in, at all employers through whose accounts they have a value, where others do sign in. Such
// colleagues never met at work.
func (m *Model) neverThere(h Holder) bool {
	es := m.employersOf(h)
	return len(es) > 0 && !slices.ContainsFunc(es, func(e uint32) bool { return !m.ghost(h.Person, e) })
}

// rarity is 10 for a value of two, whatever the size of the case, and falls to 0 for one that everybody has.
func (m *Model) rarity(d int) float64 {
	n := float64(max(m.Persons.Len(), m.Options.MinPopulation))
	return max(0, 10*math.Log2(n/float64(max(d, 2)))/math.Log2(n/2))
}

func (m *Model) sameHome(a, b Holder) bool { return meet(m.Homes(a.Person), m.Homes(b.Person)) }

// kind returns K: what sharing a value of this kind in these roles says.
func (m *Model) kind(v Value, a, b Holder) (float64, Kin) {
	o := &m.Options
	switch m.Kind(v) {
	case ident.IP:
		return m.line(v, a, b), kinNetwork
	case ident.Device:
		return o.Device, kinDevice
	case ident.Address:
		return m.door(v, a, b), kinPlace
	case ident.Payment:
		switch {
		case a.Role.has(Own) && b.Role.has(Own):
			return o.Payment, kinMoney
		case (a.Role|b.Role)&Loosed == 0 || (a.Role & b.Role).has(Moved):
			return o.Transfer, kinMoney
		}
		return o.Loose, kinMoney
	case ident.Document:
		return m.paper(a, b)
	case ident.Email:
		return m.contact(o.Email, a, b)
	case ident.Phone:
		return m.contact(o.Phone, a, b)
	case ident.Handle:
		return m.contact(o.Handle, a, b)
	case ident.Website:
		return m.contact(o.Website, a, b)
	}
	return 0, kinContact
}

// line returns K of a line: full for two who live there, little for a guest.
func (m *Model) line(v Value, a, b Holder) float64 {
	switch v.Class {
	case ClassEgress:
		return m.Options.Exit
	case ClassOpening:
		return m.Options.Base
	}
	switch x, y := m.AtBase(a), m.AtBase(b); {
	case x && y && v.D == 2:
		return m.Options.TwoResidents
	case x && y:
		return m.Options.Base
	case x || y:
		return m.Options.Guest
	}
	return 0
}

// door returns K of an address. Two who are registered at it are a household. It ties together when equipment for one
// of them is sent there, and it is not both's own home. Whom nobody named, and
// whose parcels go where one other is registered, may be that one, or be whose identity that one took.
func (m *Model) door(v Value, a, b Holder) float64 {
	if !a.Role.has(Door) && !b.Role.has(Door) || a.Role.has(Lives) && b.Role.has(Lives) {
		return 0
	}
	if v.D == 2 && (len(m.Names(a.Person)) == 0 || len(m.Names(b.Person)) == 0) {
		return m.Options.Loose
	}
	return m.Options.Door
}

// paper returns K of a document.
func (m *Model) paper(a, b Holder) (float64, Kin) {
	switch {
	case a.Role.has(Own) && b.Role.has(Own):
		return m.Options.Document, kinPapers
	case (a.Role | b.Role).has(Vouch):
		return m.Options.CommonReferee, kinVouching
	}
	return m.Options.Dossier, kinDossier
}

// contact returns K of a contact whose full worth is own.
func (m *Model) contact(own float64, a, b Holder) (float64, Kin) {
	switch x, y := a.Role, b.Role; {
	case x.has(Own) && y.has(Own):
		return own, kinContact
	case x.has(Own) && y.has(Vouch) || x.has(Vouch) && y.has(Own):
		return m.Options.Vouched, kinVouching
	case x.has(Vouch) && y.has(Vouch):
		return m.Options.CommonReferee, kinVouching
	}
	return m.Options.Loose, kinContact
}

// time returns T: what is left of a value that the two did not have at the same time, or not for long.
func (m *Model) time(v Value, a, b Holder) float64 {
	k := m.Kind(v)
	if !WeighsTime(k) {
		return 1
	}
	x, y := a.span(), b.span()
	if v.Class == ClassOpening {
		if x.mostlyIn(v.era) && y.mostlyIn(v.era) {
			return 1
		}
		return m.Options.Sequence // who had the address before or after is a stranger
	}
	if !x.known() || !y.known() {
		if k == ident.IP {
			return m.Options.Untimed
		}
		return 1
	}
	together := x.overlap(y)
	if together < -graph.Time(m.Options.Tolerance.Microseconds()) {
		if k != ident.IP && v.handed >= 2 {
			return m.Options.Tool
		}
		return m.Options.Sequence
	}
	if k != ident.IP {
		return 1
	}
	return min(1, max(m.Options.LeastLine, float64(together)/float64(max(1, m.stay(m.Options.Overlap)))))
}

// handedOn counts how often a value went from one holder to another who had it only later.
func handedOn(hs []Holder) int {
	hs = slices.Clone(hs)
	slices.SortStableFunc(hs, func(a, b Holder) int { return cmp.Compare(a.Last, b.Last) })
	n, end := 0, graph.Time(0)
	for _, h := range hs {
		switch {
		case h.First == 0:
		case end == 0:
			end = h.Last
		case h.First > end:
			n, end = n+1, h.Last
		}
	}
	return n
}

// home returns H: what is left of a value that one home explains.
func (m *Model) home(v Value, a, b Holder) float64 {
	switch k := m.Kind(v); {
	case k != ident.IP && k != ident.Address && k != ident.Payment && k != ident.Phone:
		return 1
	case m.sameHome(a, b):
		return m.Options.SameHome
	case k == ident.IP && (len(m.Homes(a.Person)) == 0 || len(m.Homes(b.Person)) == 0):
		return m.Options.NoHome
	}
	return 1
}

// Firm reports whether a link can carry a membership: by what persons hold, not what is said about them, and not by a line that nobody lives on, which
// strangers pass through.
func (m *Model) Firm(l Link) bool { return l.Kin.Hard() && m.Values[l.Value].Class != ClassEgress }

// Joins reports whether links between two groups, each value's best, join them: one value of their own that is worth nearly all it can be, or
// values of two sorts together, one of them firm. A payment that wages are not paid into, such as an exchange's deposit address, does not do
// it alone: strangers who sell their work have one in common. It returns their sum, too.
func (m *Model) Joins(links []Link, one, many float64) (float64, bool) {
	sum, alone, hard := 0.0, false, false
	var kins [kinCount]bool
	n := 0
	for _, l := range links {
		sum += float64(l.Points)
		hard = hard || m.Firm(l)
		alone = alone || l.Kin.Private() && float64(l.Points) >= one && !m.Values[l.Value].NoWages
		if !kins[l.Kin] {
			kins[l.Kin], n = true, n+1
		}
	}
	return sum, alone || hard && n > 1 && sum >= many
}

// Weight returns what all values of one pair are worth together: the best of each family in full, a share of the
// rest, since two values of one family are hardly independent; little when nothing firm is among them.
func (m *Model) Weight(links []Link) float64 { return weight(links, m.Options, m.Firm) }

func weight(links []Link, o Options, firm func(Link) bool) float64 {
	var best [kinCount]float64
	sum, hard := 0.0, false
	for _, l := range links {
		best[l.Kin] = max(best[l.Kin], float64(l.Points))
		sum += float64(l.Points)
		hard = hard || firm(l)
	}
	top := 0.0
	for _, b := range best {
		top += b
	}
	w := top + o.Repeat*(sum-top)
	if !hard {
		w *= o.SoftOnly
	}
	return w
}
