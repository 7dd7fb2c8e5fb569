package linkage

import (
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// Model is the weighed evidence of a case: which values persons share, what sort of value each is, and what it is worth to each pair.
type Model struct {
	Persons Persons
	Options Options
	Values  []Value // by identifier, then lease
	Links   []Link  // by A, B, value

	*facts
	covered  span // the time that sign-ins cover
	holders  []Holder
	touches  []Touch
	homesOf  lists // person -> homes
	doorsOf  lists // person -> homes that equipment was sent to
	namesOf  lists // person -> full names
	calledOf lists // person -> names of one word
	jobsOf   lists // person -> employers
	linesOf  lists // person -> lines that others were on too, in the same lease
	payrolls []payroll
	shared   []bool         // by identifier: two persons or more have it
	signers  map[uint32]int // employer -> who signs in there, as far as it was asked
	seats    []uint32       // by person: jobs at one time plus one, 0 as long as it was not asked; nil when nobody asked
}

// Link is what one value is worth to one pair of persons.
type Link struct {
	A, B   uint32 // persons, A < B
	Value  uint32 // number among Model.Values
	Points float32
	Kin    Kin // which family it belongs to
}

// Kin is the number of a family in [Families].
type Kin uint8

// Families lists the families in the order of their numbers; the first six are hard.
func Families() []graph.Family { return slices.Clone(families[:]) }

var families = [kinCount]graph.Family{
	kinNetwork: graph.Network, kinDevice: graph.DeviceFamily, kinMoney: graph.Money, kinContact: graph.Contact,
	kinPlace: graph.Place, kinPapers: graph.Papers, kinVouching: graph.Vouching, kinDossier: graph.Dossier,
}

const (
	kinNetwork Kin = iota
	kinDevice
	kinMoney
	kinContact
	kinPlace
	kinPapers
	kinVouching
	kinDossier
	kinCount
)

// Hard reports whether the family can carry a membership: what persons hold, not what is said about them.
func (k Kin) Hard() bool { return k < kinVouching }

// stolen reports whether values of the family are what a stolen identity has in common with its owner: home, papers and dossier.
func (k Kin) stolen() bool { return k == kinPlace || k >= kinPapers }

// Family returns the family.
func (k Kin) Family() graph.Family { return families[k] }

// Evidence weighs the values that persons share. The table must be canonical, and p must be made of it. The only error is an
// option that makes no sense. The result does not depend on the order in which the table was filled.
func Evidence(t *graph.Table, p Persons, o Options) (*Model, error) {
	f, err := Read(t, o)
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	return f.Evidence(p)
}

func evidence(f *facts, p Persons) (*Model, error) {
	t := f.t
	if len(p.Of) != len(t.Accounts) {
		return nil, fmt.Errorf("evidence: persons of %d accounts do not fit a table of %d", len(p.Of), len(t.Accounts))
	}
	m := &Model{Persons: p, Options: f.o, facts: f, covered: signIns(f), signers: map[uint32]int{}}
	m.sumUp()
	m.shared = sharedIdentifiers(m.facts, p.Of)
	es := gather(m.facts, p.Of, m.shared)
	for g := range runs(es, func(a, b entry) bool { return a.identifier == b.identifier }) {
		if t.Identifiers[g[0].identifier].Kind() == ident.IP {
			m.addLeases(g)
		} else {
			m.addValue(g, 0)
		}
	}
	m.setHomes(0)
	was := len(m.holders)
	if m.joinLines() {
		m.setHomes(was)
	}
	m.linesOf = m.linesWith()
	m.classify()
	m.link()
	return m, nil
}

// sumUp carries what accounts say over to their persons.
func (m *Model) sumUp() {
	n := m.Persons.Len()
	up := func(l lists) lists {
		var ps []pair
		for a, p := range m.Persons.Of {
			for _, x := range l.at(uint32(a)) {
				ps = append(ps, pair{p, x})
			}
		}
		return newLists(n, ps)
	}
	m.homesOf, m.doorsOf = up(m.facts.homes), up(m.facts.doors)
	m.namesOf, m.calledOf = up(m.facts.names), up(m.facts.words)
	var jobs []pair // who applies is not employed
	for a, p := range m.Persons.Of {
		for _, e := range m.facts.employers.at(uint32(a)) {
			if !m.applies[a] {
				jobs = append(jobs, pair{p, e})
			}
		}
	}
	m.jobsOf = newLists(n, jobs)
}

// Kind returns the kind of a value.
func (m *Model) Kind(v Value) ident.Kind { return m.sorts.of[v.Identifier].kind() }

// Holders returns the persons who have a value, by number. The caller must not change them.
func (m *Model) Holders(v Value) []Holder { return m.holders[v.lo:v.hi] }

// Touches returns the accounts through which a person has a value, sorted. The caller must not change them.
func (m *Model) Touches(h Holder) []Touch { return m.touches[h.lo:h.hi] }

// SameName reports whether two persons have a name in common, letter for letter, see [Model.Called]: what is found may not depend on how names are
// spelled, see [FindPersons].
func (m *Model) SameName(a, b uint32) bool { return meet(m.Called(a), m.Called(b)) }

// OtherName reports whether two persons are known to have different names: two full names, or two names of one word. Who is called by one word may be
// anybody who has a full name.
func (m *Model) OtherName(a, b uint32) bool {
	x, y := m.Called(a), m.Called(b)
	return len(x) > 0 && len(y) > 0 && (len(m.Names(a)) > 0) == (len(m.Names(b)) > 0) && !meet(x, y)
}

// Homes returns the homes where a person is registered, as numbers that are equal when the homes are. The caller must not change them.
func (m *Model) Homes(person uint32) []uint32 { return m.homesOf.at(person) }

// House returns the number of the house that a home is in: homes that differ by the unit only are in one.
func (m *Model) House(home uint32) uint32 { return m.places.house[home] }

// LikelyHome returns the home that a home may be when its house number has a slip of the keyboard, else itself. It may forgive; it
// ties nobody together.
func (m *Model) LikelyHome(home uint32) uint32 { return m.places.likely[home] }

// Doors returns the homes that a person's equipment was sent to, by the same numbers. The caller must not change them.
func (m *Model) Doors(person uint32) []uint32 { return m.doorsOf.at(person) }

// Names returns the full names of a person, as identifier numbers.
func (m *Model) Names(person uint32) []uint32 { return m.namesOf.at(person) }

// Called returns the full names of a person, or else the names of one word, as identifier numbers; nil when nobody named them.
func (m *Model) Called(person uint32) []uint32 {
	if full := m.Names(person); len(full) > 0 {
		return full
	}
	return m.calledOf.at(person)
}

// Employers returns the employers of a person, as numbers that are equal when the employers are; not those they applied to.
func (m *Model) Employers(person uint32) []uint32 { return m.jobsOf.at(person) }

// AccountEmployers returns the employers of one account, as [Model.Employers].
func (m *Model) AccountEmployers(account uint32) []uint32 { return m.facts.employers.at(account) }

// Holder returns a person's part in a value; false when the person does not have it.
func (m *Model) Holder(v Value, person uint32) (Holder, bool) {
	hs := m.Holders(v)
	i, ok := slices.BinarySearchFunc(hs, person, func(h Holder, p uint32) int { return int(h.Person) - int(p) })
	if !ok {
		return Holder{}, false
	}
	return hs[i], true
}

// link expands every value that may tie its holders together into pairs.
func (m *Model) link() {
	for i, v := range m.Values {
		if v.Class.Mute() {
			continue
		}
		hs := m.Holders(v)
		for x := range hs {
			for y := x + 1; y < len(hs); y++ {
				p, kin := m.points(v, hs[x], hs[y])
				if p >= m.Options.MinLink && p > 0 {
					m.Links = append(m.Links, Link{hs[x].Person, hs[y].Person, uint32(i), float32(p), kin})
				}
			}
		}
	}
	m.Links = bucket(m.Links, m.Persons.Len(), func(l *Link) uint32 { return l.A }) // which leaves them by value
	sortRuns(m.Links, func(a, b *Link) bool { return a.A == b.A }, compareLinks)
}

func compareLinks(a, b Link) int {
	switch {
	case a.A != b.A:
		return order(a.A, b.A)
	case a.B != b.B:
		return order(a.B, b.B)
	}
	return order(a.Value, b.Value)
}

func order(a, b uint32) int {
	if a < b {
		return -1
	}
	if a > b {
		return 1
	}
	return 0
}

// Private reports whether values of the family are kept to oneself, so that one alone may tie groups together: not lines and doors, which neighbours share.
func (k Kin) Private() bool {
	return k == kinDevice || k == kinMoney || k == kinContact || k == kinPapers
}

// Rows returns the rows of an account. The caller must not change them.
func (m *Model) Rows(account uint32) []graph.Row { return m.of(account) }

// SignsIn reports whether sign-ins of an account are on record.
func (m *Model) SignsIn(account uint32) bool {
	return slices.ContainsFunc(m.of(account), func(r graph.Row) bool { return m.sorts.signIn(r) })
}

// FamilyOf returns the family of what a value is to two of its holders.
func (m *Model) FamilyOf(v Value, a, b Holder) graph.Family {
	_, kin := m.kind(v, a, b)
	return kin.Family()
}

// Unhomely reports whether a value of that family is none that people of one home share as a matter of course: a
// device, a document, a mailbox, a handle. Lines, doors, purses and phones are.
func (m *Model) Unhomely(v Value, k Kin) bool {
	switch k {
	case kinDevice, kinPapers:
		return true
	case kinContact:
		return m.Kind(v) != ident.Phone
	}
	return false
}

// IsLine reports whether a value is a line.
func (m *Model) IsLine(v Value) bool { return m.Kind(v) == ident.IP }
