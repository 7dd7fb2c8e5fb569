package typology

import (
	"fmt"
	"slices"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// Facts is what is known of accounts and persons. Persons are numbered from 0. Numbers of homes and employers are equal
// when the homes and employers are. No caller changes what is returned.
type Facts interface {
	Rows(account uint32) []graph.Row          // its rows in the canonical table
	Names(person uint32) []uint32             // full names, as numbers of identifiers
	Homes(person uint32) []uint32             // registered homes, sorted; nil: not known
	Employers(person uint32) []uint32         // employers of any account, sorted
	AccountEmployers(account uint32) []uint32 // employers of one account, sorted
}

// Input is a case with what was made of it.
type Input struct {
	Table  *graph.Table // canonical
	Person []uint32     // the person each account was put to, by account
	Facts  Facts
	Seeds  bool // known-bad accounts or values were given
}

// Group is a set of persons that may be one cluster, with what the evidence model says of what they share.
type Group struct {
	Persons  []uint32 // sorted
	Accounts []uint32 // all their accounts, sorted
	Values   []Value  // values that two or more persons of the case have and one of the group; by identifier, then time
}

// Value is an identifier, or one lease of a line, that two or more persons of the case have.
type Value struct {
	Identifier uint32   // its number in the table; of a line with several addresses, the first
	Class      string   // "own" or a sort of hub, as the evidence model names it; "" is taken for "own"
	Persons    int      // persons of the whole case who have it
	Holders    []Holder // those of the group, by person
}

// Holder is a person of a group who has a value.
type Holder struct {
	Person      uint32
	Accounts    []uint32   // the accounts through which, sorted
	Base        bool       // lines only: it is where the person mostly signs in from
	First, Last graph.Time // when; 0 when not known
}

// The classes of values that mean something here; others are hubs, which say nothing about a group.
const (
	classOwn   = "own"
	classPaper = "paper" // a purse of people who are paid and never sign in where others do
)

// View is a case, read once for all groups. It is not changed afterwards and may be used by several goroutines.
type View struct {
	Input
	has         [needEnd]bool
	first, last graph.Time        // the time that the rows cover; 0 when none has a time
	records     map[uint32]uint32 // employer of record, as an identifier -> accounts that give it
	analysed    []Typology
}

// NewView reads a case once. It fails when the parts of the input do not fit each other.
func NewView(in Input) (*View, error) {
	if in.Table == nil || in.Facts == nil {
		return nil, fmt.Errorf("typology: a case needs a table and facts")
	}
	if len(in.Person) != len(in.Table.Accounts) {
		return nil, fmt.Errorf("typology: persons of %d accounts do not fit a table of %d", len(in.Person), len(in.Table.Accounts))
	}
	v := &View{Input: in, records: map[uint32]uint32{}}
	v.readAccounts()
	v.readRows()
	v.has[Seeds] = in.Seeds
	v.analysed = v.looked()
	return v, nil
}

// readAccounts looks at what the platforms say. Accounts are sorted by platform, so that few are looked at.
func (v *View) readAccounts() {
	for i, a := range v.Table.Accounts {
		if i > 0 && a.Platform == v.Table.Accounts[i-1].Platform {
			continue
		}
		v.has[Employers] = v.has[Employers] || a.Tenant() != ""
		v.has[Applications] = v.has[Applications] || a.Applicant()
	}
}

// readRows looks at each row once: which data there are, and from when to when. An identifier is looked up only while
// something that rows of its relation could show is still to be found: there are millions of rows, and few relations.
func (v *View) readRows() {
	table := evidence()
	wanted := v.wanted(&table)
	employedBy := -1
	for i, r := range v.Table.Relations {
		if r == graph.EmployedBy {
			employedBy = i
		}
		if r == graph.Recruiter {
			v.has[Applications] = true
		}
	}
	for i := range v.Table.Rows {
		r := &v.Table.Rows[i]
		if r.First != 0 && (v.first == 0 || r.First < v.first) {
			v.first = r.First
		}
		v.last = max(v.last, r.First, r.Last)
		if len(wanted[r.Relation]) > 0 {
			v.look(&table, wanted, r)
		}
		if int(r.Relation) != employedBy {
			continue
		}
		v.has[Employers] = true
		if i == 0 || r.Account != v.Table.Rows[i-1].Account || r.Identifier != v.Table.Rows[i-1].Identifier { // an account counts once
			v.records[r.Identifier]++
		}
	}
}

// wanted lists for each relation which needs a row of it could meet.
func (v *View) wanted(table *[needEnd]evidenceOf) [][]Need {
	wanted := make([][]Need, len(v.Table.Relations))
	for i, r := range v.Table.Relations {
		if r == graph.Recruiter {
			continue
		}
		for _, n := range Needs() {
			e := &table[n]
			if e.kinds != nil && (e.relations == nil || slices.Contains(e.relations, r)) {
				wanted[i] = append(wanted[i], n)
			}
		}
	}
	return wanted
}

// look marks the needs that a row meets, and takes them off the lists.
func (v *View) look(table *[needEnd]evidenceOf, wanted [][]Need, r *graph.Row) {
	id := v.Table.Identifiers[r.Identifier]
	if !id.Mark().Links() {
		return
	}
	for _, n := range wanted[r.Relation] {
		e := &table[n]
		if !slices.Contains(e.kinds, id.Kind()) || e.also != nil && !e.also(id) {
			continue
		}
		v.has[n] = true
		for i := range wanted {
			wanted[i] = without(wanted[i], n)
		}
	}
}

// without returns the list without a need, as a new list.
func without(list []Need, n Need) []Need {
	var kept []Need
	for _, m := range list {
		if m != n {
			kept = append(kept, m)
		}
	}
	return kept
}

// stay returns a length of time that the case can show: what takes two weeks cannot be seen in a log of ten days. It is
// never more than half of the time that the case covers, nor less than a day because of that.
func (v *View) stay(want time.Duration) graph.Time {
	return min(span(want), max(span(24*time.Hour), (v.last-v.first)/2))
}

// span returns a duration as a difference of times.
func span(d time.Duration) graph.Time { return graph.Time(d.Microseconds()) }

// days returns a length of time in whole days.
func days(t graph.Time) int { return int(t / span(24*time.Hour)) }

// kind returns the kind of an identifier by number.
func (v *View) kind(identifier uint32) ident.Kind { return v.Table.Identifiers[identifier].Kind() }
