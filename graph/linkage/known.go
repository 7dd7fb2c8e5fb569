package linkage

import (
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
)

// The classes that lists of the user give. How a value is used does not tell them, or only when many use it.
const (
	ClassAnonymiser  Class = "anonymiser"   // a line of a VPN, proxy or relay: many strangers pass through it
	ClassSponsor     Class = "sponsor-bank" // a part of an account number at a bank that holds the accounts of payment providers' customers
	ClassBot         Class = "bot-mailbox"  // a mailbox of a program: it stands in everybody's records
	ClassExchange    Class = "exchange"     // a wallet that an exchange uses for all its customers; not the deposit address of one
	ClassMailboxShop Class = "mailbox-shop" // the address of a shop that rents out boxes, without the box
	// ClassHosting is what a list calls a line of rented servers. Values get [ClassEgress] for it: it is nobody's base, and
	// two who share a rare one still share something.
	ClassHosting Class = "hosting"
)

// ListClasses lists the classes that a list may give, sorted.
func ListClasses() []Class {
	return []Class{ClassAnonymiser, ClassBot, ClassExchange, ClassHosting, ClassMailboxShop, ClassSponsor}
}

// Known says what the lists of the user say of a value: its class, one of [ListClasses], and the reason, a phrase without
// values that can follow "by a list: ". False means that no list says anything, which is not that there is nothing to say.
type Known func(ident.ID) (Class, string, bool)

// listed is what lists say of a value.
type listed struct {
	class  Class
	reason string
}

// newListed asks the lists about every identifier, and returns what they say by number: of a line with several addresses by
// the one that stands for it. It is nil when there are no lists.
func newListed(ids []ident.ID, lines []uint32, known Known) map[uint32]listed {
	if known == nil {
		return nil
	}
	said := map[uint32]listed{}
	for i, id := range ids {
		class, reason, ok := known(id)
		if !ok {
			continue
		}
		// Of several addresses of one line, the sort that ties nobody together goes first: it is the safe one to believe.
		if was, twice := said[lines[i]]; !twice || class.Mute() && !was.class.Mute() {
			said[lines[i]] = listed{class, reason}
		}
	}
	return said
}

// disowned reports whether a list says that a value ties nobody together, so that it is nobody's own.
func (f *facts) disowned(identifier uint32) bool {
	if f.listed == nil {
		return false
	}
	l, ok := f.listed[f.lines[identifier]]
	return ok && l.class.Mute()
}

// heed gives a value the class that a list says it has. A list never makes a value worth more: what its use mutes stays so.
func (m *Model) heed(v *Value) {
	l, ok := m.facts.listed[v.Identifier]
	switch {
	case !ok:
	case l.class.Mute():
		v.Class, v.Reason = l.class, byList+l.reason
	case l.class == ClassHosting && !v.Class.Mute() && v.Class != ClassOpening:
		v.Class, v.Reason, v.D = ClassEgress, byList+l.reason, len(m.Holders(*v))
	}
}

// byList begins the reason of every class that a list gave.
const byList = "by a list: "

// KnownOf returns what the lists of a run said, read off the hubs that it kept: with it, its evidence can be weighed again
// without the lists. It is nil when they said nothing.
func KnownOf(hubs []graph.HubValue) Known {
	said := map[ident.ID]listed{}
	for _, h := range hubs {
		reason, ok := strings.CutPrefix(h.Reason, byList)
		class := Class(h.Class)
		if class == ClassEgress {
			class = ClassHosting
		}
		if ok && slices.Contains(ListClasses(), class) {
			said[h.Identifier] = listed{class, reason}
		}
	}
	if len(said) == 0 {
		return nil
	}
	return func(id ident.ID) (Class, string, bool) {
		l, ok := said[id]
		return l.class, l.reason, ok
	}
}
