package linkage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// Persons says which accounts are one claimed person's. Persons are numbered from 0 by their smallest account.
type Persons struct {
	Of     []uint32 // person of each account of the table
	Merges []Merge  // why, in the order in which they were found
	lists  lists    // person -> accounts
}

// Merge is one reason to put two accounts to one person. A person of n accounts has n-1.
type Merge struct {
	A, B       uint32 // accounts, A < B
	Reason     string // a phrase without values
	Identifier uint32 // what both have; [NoIdentifier] when it is not one value
}

// NoIdentifier stands for "none" among identifier numbers.
const NoIdentifier = ^uint32(0)

// Len returns how many persons there are.
func (p Persons) Len() int { return len(p.lists.offsets) - 1 }

// Accounts returns the accounts of a person, sorted. The caller must not change them.
func (p Persons) Accounts(person uint32) []uint32 { return p.lists.at(person) }

// NewPersons puts the accounts to persons by set: accounts with equal numbers are one person.
// It is for callers that know, such as tests and an analyst's decisions.
func NewPersons(sets []uint32) Persons {
	u, first := newUnion(len(sets)), map[uint32]uint32{}
	for a, s := range sets {
		if f, ok := first[s]; ok {
			u.join(f, uint32(a))
		} else {
			first[s] = uint32(a)
		}
	}
	return personsOf(u, nil)
}

func personsOf(u union, merges []Merge) Persons {
	of, n := u.number()
	pairs := make([]pair, len(of))
	for a, p := range of {
		pairs[a] = pair{p, uint32(a)}
	}
	return Persons{Of: of, Merges: merges, lists: newLists(n, pairs)}
}

// FindPersons puts together the accounts of one claimed person. It is conservative, because one wrong merge hides a ring or
// makes a victim a member: a merge needs an agreement of strong values of their own, and no conflict. A conflict is
// two different full names, or two seats in one directory when one of them has no name. A name with a home address, or
// with an identity document, is no agreement: that is what a stolen identity has in common with its owner.
//
// The table must be canonical. The only error is an option that makes no sense.
func FindPersons(t *graph.Table, o Options) (Persons, error) {
	f, err := Read(t, o)
	if err != nil {
		return Persons{}, fmt.Errorf("persons: %w", err)
	}
	return f.Persons(), nil
}

func findPersons(f *facts, o Options) Persons {
	m := newMerger(f, o)
	m.workMailbox()
	m.misspelt()
	m.sameSeat()
	m.sameValue()
	m.nameless()
	m.sameMailbox()
	m.sameLine()
	return personsOf(m.union, m.merges)
}

// merger agglomerates accounts.
type merger struct {
	*facts
	o       Options
	union   union
	members [][]uint32 // set -> accounts, for sets of two or more
	alone   []uint32   // every account, for sets of one
	hasName []bool     // set -> somebody gave a full name
	own     ownValues
	merges  []Merge
}

func newMerger(f *facts, o Options) *merger {
	n := len(f.t.Accounts)
	m := &merger{
		facts: f, o: o, union: newUnion(n), members: make([][]uint32, n), alone: make([]uint32, n), hasName: make([]bool, n), own: newOwnValues(f),
	}
	for a := range m.alone {
		m.alone[a], m.hasName[a] = uint32(a), len(f.names.at(uint32(a))) > 0
	}
	return m
}

// set returns the accounts put together with a so far.
func (m *merger) set(a uint32) []uint32 {
	r := m.union.find(a)
	if s := m.members[r]; s != nil {
		return s
	}
	return m.alone[r : r+1]
}

// workMailbox merges two accounts at one employer, on different systems, that are the only ones registered with an address: the employer itself says that
// they are one person's, so that two spellings of the name do not matter.
func (m *merger) workMailbox() {
	for h := range m.own.holders(ident.Email) {
		if len(h) != 2 {
			continue
		}
		a, b := m.t.Accounts[h[0].account], m.t.Accounts[h[1].account]
		if a.Tenant() != "" && a.Tenant() == b.Tenant() && a.Platform != b.Platform && !a.Applicant() && !b.Applicant() {
			m.merge(h[0].account, h[1].account, "the same e-mail on two systems of one employer", h[0].value)
		}
	}
}

// misspelt merges accounts of two names that are registered with one mailbox and have a home, or two of number, handle, purse and machine, in common:
// a name may be misspelt or changed. Nobody changes it twice, who lives there too has a mailbox of their own, and numbers that differ speak against it.
func (m *merger) misspelt() {
	for h := range m.own.holders(ident.Email) {
		if len(h) > m.o.PersonValueMax || m.manyNames(h) {
			continue
		}
		for i, x := range h {
			for _, y := range h[i+1:] {
				if m.registeredWith(x.account, x.value) && m.registeredWith(y.account, x.value) && m.oneLife(x.account, y.account) {
					m.merge(x.account, y.account, "the same e-mail, and the same home or numbers", x.value)
				}
			}
		}
	}
}

// manyNames reports whether accounts have more than two full names together.
func (m *merger) manyNames(h []holding) bool {
	var names []uint32
	for _, x := range h {
		names = append(names, m.names.at(x.account)...)
	}
	slices.Sort(names)
	return len(slices.Compact(names)) > 2
}

// oneLife reports whether two accounts have a home, or two sorts of things that people keep to themselves, in common, and not two numbers or two seats.
func (m *merger) oneLife(a, b uint32) bool {
	if m.twoSeats(a, b) {
		return false
	}
	agree := 0
	for _, k := range personKinds[1:] { // the first is the mailbox
		if meet(m.own.of(a, k), m.own.of(b, k)) {
			agree++
		}
	}
	pa, pb := m.own.of(a, ident.Phone), m.own.of(b, ident.Phone)
	differ := len(pa) > 0 && len(pb) > 0 && !meet(pa, pb)
	return agree > 1 || meet(m.homes.at(a), m.homes.at(b)) && !differ
}

// registeredWith reports whether a value is what an account is registered with, and not only a way back into it.
func (m *merger) registeredWith(account, value uint32) bool {
	return slices.ContainsFunc(m.facts.of(account), func(r graph.Row) bool {
		return m.lines[r.Identifier] == value && m.t.Relations[r.Relation] == graph.Registered
	})
}

// try merges two accounts unless something speaks against it.
func (m *merger) try(a, b uint32, reason string, id uint32) bool {
	if m.union.find(a) == m.union.find(b) || m.conflict(a, b) {
		return false
	}
	m.merge(a, b, reason, id)
	return true
}

// merge puts the persons of two accounts together.
func (m *merger) merge(a, b uint32, reason string, id uint32) {
	if m.union.find(a) == m.union.find(b) {
		return
	}
	sa, sb := m.set(a), m.set(b)
	ra, rb := m.union.find(a), m.union.find(b)
	m.members[ra], m.members[rb] = nil, nil
	r := m.union.join(a, b)
	m.members[r], m.hasName[r] = slices.Concat(sa, sb), m.hasName[ra] || m.hasName[rb]
	m.merges = append(m.merges, Merge{min(a, b), max(a, b), reason, id})
}

// conflict reports whether the persons of two accounts cannot be one.
func (m *merger) conflict(a, b uint32) bool {
	sa, sb := m.set(a), m.set(b)
	named, agree := false, false
	for _, x := range sa {
		for _, y := range sb {
			nx, ny := m.names.at(x), m.names.at(y)
			if len(nx) > 0 && len(ny) > 0 {
				named = true
				agree = agree || meet(nx, ny)
				if m.twoSeats(x, y) {
					return true
				}
			} else if m.sameDirectory(x, y) || m.calledOtherwise(x, y) {
				return true
			}
		}
	}
	return named && !agree
}

// calledOtherwise reports whether one of two accounts, which is known by one word, is called otherwise than the other: that has another such word, or a full name
// without it.
func (m *merger) calledOtherwise(a, b uint32) bool {
	wa, wb := m.words.at(a), m.words.at(b)
	switch {
	case len(wa) > 0 && len(wb) > 0:
		return !meet(wa, wb)
	case len(wa) > 0:
		return len(m.names.at(b)) > 0 && !m.partOf(wa, m.names.at(b))
	case len(wb) > 0:
		return len(m.names.at(a)) > 0 && !m.partOf(wb, m.names.at(a))
	}
	return false
}

// partOf reports whether one of some names has all that one of others consists of.
func (m *merger) partOf(words, names []uint32) bool {
	for _, w := range words {
		for _, n := range names {
			if within(strings.Fields(m.t.Identifiers[w].Key()), strings.Fields(m.t.Identifiers[n].Key())) {
				return true
			}
		}
	}
	return false
}

// within reports whether each of some words is among others, or begins one when it is an initial.
func within(words, others []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(others, func(o string) bool { return o == w || len(w) == 1 && strings.HasPrefix(o, w) }) {
			return false
		}
	}
	return true
}

// sameDirectory reports whether two accounts are seats of one directory: of one platform that has a tenant.
func (m *merger) sameDirectory(a, b uint32) bool {
	p, q := m.t.Accounts[a], m.t.Accounts[b]
	return p.Platform == q.Platform && p.Tenant() != ""
}

// twoSeats reports whether two accounts are seats of one directory at the same time that have nothing of their own in common: who
// works under a stolen name may work where its owner does.
func (m *merger) twoSeats(a, b uint32) bool {
	if !m.sameDirectory(a, b) || !m.spans[a].known() || !m.spans[b].known() || m.spans[a].overlap(m.spans[b]) <= 0 {
		return false
	}
	compared := false
	for _, k := range personKinds {
		va, vb := m.own.of(a, k), m.own.of(b, k)
		if meet(va, vb) {
			return false
		}
		compared = compared || len(va) > 0 && len(vb) > 0
	}
	return compared
}

// sameSeat merges accounts of one full name at one employer, unless phone, bank, home or e-mail can be compared and none agrees.
func (m *merger) sameSeat() {
	type seat struct{ name, employer, account uint32 }
	var seats []seat
	for a, acc := range m.t.Accounts {
		if acc.Tenant() == "" {
			continue
		}
		for _, e := range m.employers.at(uint32(a)) {
			for _, n := range m.names.at(uint32(a)) {
				seats = append(seats, seat{n, e, uint32(a)})
			}
		}
	}
	seats = bucket(seats, len(m.t.Identifiers), func(s *seat) uint32 { return s.name }) // which leaves them by account
	sortRuns(seats, func(a, b *seat) bool { return a.name == b.name }, func(a, b seat) int { return order(a.employer, b.employer) })
	same := func(a, b seat) bool { return a.name == b.name && a.employer == b.employer }
	for g := range runs(seats, same) {
		if len(g) > m.o.Namesakes {
			continue
		}
		for i, x := range g {
			for _, y := range g[i+1:] {
				if !m.disagree(x.account, y.account) {
					m.try(x.account, y.account, "same full name at one employer", NoIdentifier)
				}
			}
		}
	}
}

// disagree reports whether something can be compared and nothing agrees. A home agrees with nothing when numbers or purses differ: name and home
// are what a stolen identity has in common with its owner, and the owner may work where the other one applies.
func (m *merger) disagree(a, b uint32) bool {
	compared, private := false, false
	for _, k := range []ident.Kind{ident.Phone, ident.Payment, ident.Email} {
		va, vb := m.own.of(a, k), m.own.of(b, k)
		if meet(va, vb) {
			return false
		}
		both := len(va) > 0 && len(vb) > 0
		compared, private = compared || both, private || both && (k != ident.Email || m.t.Accounts[a].Applicant() && m.t.Accounts[b].Applicant())
	}
	ha, hb := m.homes.at(a), m.homes.at(b)
	if meet(ha, hb) {
		return private
	}
	return compared || len(ha) > 0 && len(hb) > 0
}

// sameValue merges accounts of one name that have an e-mail, handle, phone, payment or device of their own in
// common.
func (m *merger) sameValue() {
	for _, k := range personKinds {
		for x, y := range m.own.pairs(k, m.o.PersonValueMax) {
			switch {
			case meet(m.names.at(x.account), m.names.at(y.account)):
				m.try(x.account, y.account, "same full name and the same "+k.String(), x.value)
			case meet(m.words.at(x.account), m.words.at(y.account)):
				m.try(x.account, y.account, "same name of one word and the same "+k.String(), x.value)
			}
		}
	}
}

// nameless puts an account without a name to the one person whose value it uses. An account whose values belong to
// persons of several names is nobody's. What was put to a person may show the way for the next, so it goes on until nothing changes.
func (m *merger) nameless() {
	for range 4 { // longer chains are not one person's
		if !m.namelessRound() {
			return
		}
	}
}

func (m *merger) namelessRound() bool {
	var claims []claim
	for _, k := range personKinds {
		for h := range m.own.holders(k) {
			if len(h) <= m.o.PersonValueMax {
				claims = m.claims(claims, h, k)
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(a.account, b.account) })
	changed := false
	for g := range runs(claims, func(a, b claim) bool { return a.account == b.account }) {
		if m.oneName(g) && !m.otherHome(g[0].account, g[0].by) {
			changed = m.try(g[0].account, g[0].by, "no name, and the same "+g[0].kind.String(), g[0].value) || changed
		}
	}
	return changed
}

// otherHome reports whether the homes of the persons of two accounts are known, and other ones: of whom nobody knows the name, they may say that it is somebody else.
func (m *merger) otherHome(a, b uint32) bool {
	known := func(set []uint32) (homes []uint32) {
		for _, x := range set {
			homes = append(homes, m.homes.at(x)...)
		}
		return homes
	}
	ha, hb := known(m.set(a)), known(m.set(b))
	return len(ha) > 0 && len(hb) > 0 && !slices.ContainsFunc(ha, func(h uint32) bool { return slices.Contains(hb, h) })
}

// claim says that a nameless account uses a value of a named one.
type claim struct {
	account, by, value uint32
	kind               ident.Kind
}

// claims adds the claims on one value, if all its named holders have one name.
func (m *merger) claims(claims []claim, h []holding, k ident.Kind) []claim {
	first := NoIdentifier
	for _, x := range h {
		if !m.named(x.account) {
			continue
		}
		if first == NoIdentifier {
			first = x.account
		} else if !m.agree(first, x.account) {
			return claims
		}
	}
	if first == NoIdentifier {
		return claims
	}
	for _, x := range h {
		if !m.named(x.account) {
			claims = append(claims, claim{x.account, first, x.value, k})
		}
	}
	return claims
}

// oneName reports whether all claims on an account are by persons of one name.
func (m *merger) oneName(g []claim) bool {
	for _, c := range g[1:] {
		if !m.agree(g[0].by, c.by) {
			return false
		}
	}
	return true
}

// named reports whether the person of an account has a full name so far.
func (m *merger) named(a uint32) bool { return m.hasName[m.union.find(a)] }

// agree reports whether the persons of two accounts have a full name in common.
func (m *merger) agree(a, b uint32) bool {
	for _, x := range m.set(a) {
		for _, y := range m.set(b) {
			if meet(m.names.at(x), m.names.at(y)) {
				return true
			}
		}
	}
	return false
}

// sameMailbox merges accounts nobody named that are registered with one mailbox on different systems. Two on the
// same system are left apart: that is not what one person needs.
func (m *merger) sameMailbox() {
	for h := range m.own.holders(ident.Email) {
		if len(h) > m.o.PersonValueMax || slices.ContainsFunc(h, func(x holding) bool { return m.named(x.account) }) {
			continue
		}
		for i, x := range h {
			for _, y := range h[i+1:] {
				if !m.sameSystem(x.account, y.account) {
					m.try(x.account, y.account, "no names, and the same e-mail on different systems", x.value)
				}
			}
		}
	}
}

// sameSystem reports whether the persons of two accounts have accounts on one system.
func (m *merger) sameSystem(a, b uint32) bool {
	for _, x := range m.set(a) {
		for _, y := range m.set(b) {
			if m.t.Accounts[x].System() == m.t.Accounts[y].System() {
				return true
			}
		}
	}
	return false
}

// sameLine merges accounts of one full name that use one line at the same time for long.
func (m *merger) sameLine() {
	for x, y := range m.own.pairs(ident.IP, m.o.PersonLineMax) {
		long := x.span.known() && y.span.known() && x.span.overlap(y.span) > graph.Time(m.o.PersonLine.Microseconds())
		if long && meet(m.names.at(x.account), m.names.at(y.account)) {
			m.try(x.account, y.account, "same full name on one line at the same time", x.value)
		}
	}
}
