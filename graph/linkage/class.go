package linkage

import (
	"fmt"
	"slices"

	"samehand/graph/ident"
)

// Class says what sort of shared value it is, judged by how it is used; how many have it is the last resort.
type Class string

// The classes.
const (
	ClassOwn       Class = "own"       // nothing explains the sharing: a home's line, a purse, a device
	ClassOffice    Class = "office"    // a line of one employer, or of people on one payroll; the number or address of an agency
	ClassTransit   Class = "transit"   // a line that many pass through and few live on: VPN exit, carrier NAT, coworking
	ClassEgress    Class = "egress"    // a line that is nobody's base: a rented server, a foreign line
	ClassOpening   Class = "opening"   // a line where accounts were opened, one after the other, that others then worked on: an account broker's
	ClassVisited   Class = "visited"   // a line with one resident and guests
	ClassMultiUnit Class = "multiunit" // an address of a house of many units, without the unit
	ClassOnePayer  Class = "onepayer"  // a payment that one employer's people have: a payroll card
	ClassPaper     Class = "paper"     // a purse of people who are paid and never sign in: ghost employees
	ClassService   Class = "service"   // a value of holders who have nothing else in common: a tax preparer's, a helpdesk's, a mailbox shop's door
	ClassCrowd     Class = "crowd"     // more holders than a value may have to say anything about a pair
)

// Mute reports whether values of the class tie nobody together. They are explanation only.
func (c Class) Mute() bool {
	switch c {
	case ClassOffice, ClassTransit, ClassMultiUnit, ClassOnePayer, ClassCrowd,
		ClassAnonymiser, ClassSponsor, ClassBot, ClassExchange, ClassMailboxShop:
		return true
	}
	return false
}

// Hub reports whether values of the class are downgraded, and so to be shown as hubs.
func (c Class) Hub() bool { return c.Mute() || c == ClassService || c == ClassEgress }

// classify gives every value its class. Services come last: they are told by what the other values are worth.
func (m *Model) classify() {
	m.payrolls = m.newPayrolls()
	m.unmask()
	slips := m.slips()
	for i := range m.Values {
		v := &m.Values[i]
		switch m.Kind(*v) {
		case ident.IP:
			m.judgeLine(v)
		case ident.Payment:
			m.judgePayment(v)
			v.NoWages = v.Class != ClassPaper && m.paidByEmployers(*v) < 2
		case ident.Address:
			m.judgeAddress(v, slips)
		}
		if k := m.Kind(*v); (k == ident.Address || k == ident.Phone) && v.Class == ClassOwn {
			if why := m.agency(m.Holders(*v)); why != "" {
				v.Class, v.Reason = ClassOffice, why
			}
		}
		m.heed(v)
		if n := len(m.Holders(*v)); n > m.Options.Cap && !v.Class.Mute() {
			v.Class, v.Reason = ClassCrowd, fmt.Sprintf("%d persons have it, too many for it to say anything about two of them", n)
		}
	}
	m.findServices()
}

// judgeLine tells an office, a transit line, a line of nobody and a visited home from a home.
func (m *Model) judgeLine(v *Value) {
	hs, o := m.Holders(*v), &m.Options
	residents := 0
	for _, h := range hs {
		if m.AtBase(h) {
			residents++
		}
	}
	v.D = max(residents, 2)
	if v.opened > 0 {
		v.Class, v.D, v.Reason = ClassOpening, len(hs), fmt.Sprintf("%d accounts were opened on it and then left it for good", v.opened)
		return
	}
	office := ""
	if len(hs) >= o.OfficeMin {
		office = m.oneEmployer(hs)
	}
	home := float64(residents) / float64(len(hs))
	if len(hs) >= o.ServiceDoor { // of so many, who lives there is more often there than anywhere else
		n := 0
		for _, h := range hs {
			if h.Home >= .5 {
				n++
			}
		}
		home = float64(n) / float64(len(hs))
	}
	switch {
	case office != "" && !m.fewLiveThere(hs):
		v.Class, v.Reason = ClassOffice, office
	case len(hs) >= o.TransitMin && home < o.TransitHome:
		v.Class = ClassTransit
		v.Reason = atBase(residents, len(hs))
	case residents == 0:
		v.Class, v.D = ClassEgress, len(hs)
		v.Reason = atBase(0, len(hs))
	case residents == 1:
		v.Class, v.D = ClassVisited, len(hs)
		v.Reason = "one person is at base there, the others visit"
	}
}

// fewLiveThere reports whether a line's holders are few and sign in from there so much that they live there rather than go there to work: who goes to an
// office has a home, too. What colleagues share is discounted pair by pair.
func (m *Model) fewLiveThere(hs []Holder) bool {
	if len(hs) >= m.Options.TransitMin {
		return false
	}
	at := make([]float64, len(hs))
	for i, h := range hs {
		at[i] = h.Home
	}
	slices.Sort(at)
	return at[len(at)/2] >= m.Options.TransitHome
}

// atBase says how few of the persons on a line are at their base there.
func atBase(residents, all int) string {
	switch residents {
	case 0:
		return fmt.Sprintf("none of the %d persons on it is at their base there", all)
	case 1:
		return fmt.Sprintf("only one of the %d persons on it is at their base there", all)
	}
	return fmt.Sprintf("only %d of the %d persons on it are at their base there", residents, all)
}

// oneEmployer says why a line is an office's; "" when it is not. Uses are counted by the employer of the account that
// made them, not by all the jobs the person ever had.
func (m *Model) oneEmployer(hs []Holder) string {
	uses, users, people, all := map[uint32]uint64{}, map[uint32]int{}, map[uint32]int{}, uint64(0)
	for _, h := range hs {
		for _, t := range m.Touches(h) {
			all += uint64(t.Count)
			for _, e := range m.AccountEmployers(t.Account) {
				uses[e] += uint64(t.Count)
			}
		}
		for _, e := range m.employersOf(h) {
			users[e]++
		}
		for _, e := range m.employedDuring(h) {
			people[e]++
		}
	}
	most, payroll := uint64(0), 0
	for e, n := range uses { // a maximum does not depend on the order
		if float64(users[e]) >= m.Options.OfficeUses*float64(len(hs)) { // one busy person makes no office
			most = max(most, n)
		}
	}
	for _, n := range people {
		payroll = max(payroll, n)
	}
	switch {
	case float64(most) >= m.Options.OfficeUses*float64(all):
		return fmt.Sprintf("%d of its %d uses are by accounts of one employer", most, all)
	case float64(payroll) >= m.Options.OfficeRecord*float64(len(hs)):
		return fmt.Sprintf("%d of the %d persons on it have one employer of record", payroll, len(hs))
	}
	return ""
}

// employedDuring returns the employers of record of a holder at the time of use, sorted, without repeats.
func (m *Model) employedDuring(h Holder) []uint32 {
	var es []uint32
	for _, a := range m.Persons.Accounts(h.Person) {
		lo, _ := slices.BinarySearchFunc(m.records, a, func(r record, a uint32) int { return order(r.account, a) })
		for _, r := range m.records[lo:] {
			if r.account != a {
				break
			}
			s := h.span()
			if !s.known() || !r.span.known() || s.overlap(r.span) >= 0 {
				es = append(es, r.employer)
			}
		}
	}
	slices.Sort(es)
	return slices.Compact(es)
}

// unitsOf counts the units of the house of an address. Of the spellings that are one place, the one with most units says it: the value may stand under a
// misspelt one, which none has. slips has the others, by the one that stands for them.
func (m *Model) unitsOf(id ident.ID, slips []uint32) int {
	n := m.facts.units[id.Street()]
	for _, i := range slips {
		n = max(n, m.facts.units[m.t.Identifiers[i].Street()])
	}
	return n
}

// slips lists the addresses that stand for one place under another spelling, by that one.
func (m *Model) slips() map[uint32][]uint32 {
	of := map[uint32][]uint32{}
	for i, line := range m.lines {
		if line != uint32(i) && m.t.Identifiers[i].Kind() == ident.Address {
			of[line] = append(of[line], uint32(i))
		}
	}
	return of
}

// judgeAddress finds addresses of houses of many units that do not say which.
func (m *Model) judgeAddress(v *Value, slips map[uint32][]uint32) {
	id := m.t.Identifiers[v.Identifier]
	if id.Unit() != "" {
		return
	}
	if n := m.unitsOf(id, slips[v.Identifier]); n >= m.Options.UnitMin {
		v.Class, v.Reason = ClassMultiUnit, fmt.Sprintf("the house has at least %d units, and this does not say which", n)
	}
}
