package linkage

import (
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// Facts are what the accounts of a table say about themselves: nothing here ties two of them together. They are read once
// and serve both [Facts.Persons] and [Facts.Evidence].
type Facts struct{ facts *facts }

// Read reads the facts of a canonical table. The only error is an option that makes no sense.
func Read(t *graph.Table, o Options) (Facts, error) {
	if err := o.Validate(); err != nil {
		return Facts{}, err
	}
	return Facts{newFacts(t, o)}, nil
}

// Persons is [FindPersons].
func (f Facts) Persons() Persons { return findPersons(f.facts, f.facts.o) }

// Evidence is [Evidence]; it fails when p is not made of the same table.
func (f Facts) Evidence(p Persons) (*Model, error) { return evidence(f.facts, p) }

type facts struct {
	t         *graph.Table
	o         Options
	rows      []uint32 // account a's rows are t.Rows[rows[a]:rows[a+1]]
	names     lists    // account -> identifiers of full names
	words     lists    // account -> identifiers of names of one word, of accounts without a full name
	homes     lists    // account -> homes where it is registered
	doors     lists    // account -> homes that its equipment was sent to, numbered as homes
	places    homePlaces
	sorts     sorts
	lines     []uint32          // identifier -> the one that stands for its line
	employers lists             // account -> employers: the tenant of its platform, else who it says employs it
	applies   []bool            // account -> it is an application: its tenant does not employ anybody yet
	records   []record          // by account: who employed it, and when
	listed    map[uint32]listed // line -> what lists of the user say of it
	spans     []span            // account -> first and last time anything was seen
	units     map[string]int    // street -> units of it that the case has
	numbers   map[string]uint32
}

// span is a time from first to last; both are 0 when not known.
type span struct{ first, last graph.Time }

// known reports whether the span has a time.
func (s span) known() bool { return s.first != 0 }

// widen returns the span with q in it.
func (s span) widen(q span) span {
	switch {
	case !q.known():
		return s
	case !s.known():
		return q
	}
	return span{min(s.first, q.first), max(s.last, q.last)}
}

// overlap returns for how long two known spans run together; it is negative when there is a gap between them.
func (s span) overlap(q span) graph.Time { return min(s.last, q.last) - max(s.first, q.first) }

// mostlyIn reports whether half of the shorter of two spans is in the other, as far as both are known.
func (s span) mostlyIn(q span) bool {
	return !s.known() || !q.known() || 2*s.overlap(q) >= min(s.last-s.first, q.last-q.first)
}

// rowSpan returns when a row was seen; a row with one time known has both.
func rowSpan(r graph.Row) span {
	switch {
	case r.First == 0:
		return span{r.Last, r.Last}
	case r.Last == 0:
		return span{r.First, r.First}
	}
	return span{r.First, r.Last}
}

// record says that an account was on an employer's payroll or in its directory.
type record struct {
	account, employer uint32
	span              span
}

// newFacts reads a canonical table once.
func newFacts(t *graph.Table, o Options) *facts {
	n := len(t.Accounts)
	f := &facts{t: t, o: o, rows: make([]uint32, n+1), spans: make([]span, n), numbers: map[string]uint32{}, sorts: newSorts(t)}
	at := newAddresses(t, f.sorts)
	f.lines = newLines(t, f.sorts, at)
	f.listed = newListed(t.Identifiers, f.lines, o.Known)
	f.units = at.units(t, f.sorts)
	length := f.sorts.nameLengths(t)
	var names, words, employers []pair
	for _, r := range t.Rows {
		f.rows[r.Account+1]++
		f.spans[r.Account] = f.spans[r.Account].widen(rowSpan(r))
		switch s := f.sorts.of[r.Identifier]; {
		case !s.links():
		case s.kind() == ident.Name && length[r.Identifier] == fullName:
			names = append(names, pair{r.Account, r.Identifier})
		case s.kind() == ident.Name && length[r.Identifier] == oneWord:
			words = append(words, pair{r.Account, r.Identifier})
		case s.kind() == ident.Employer:
			e := f.employer(t.Identifiers[r.Identifier].Key())
			f.records = append(f.records, record{r.Account, e, rowSpan(r)})
			employers = append(employers, pair{r.Account, e})
		}
	}
	for i := range n {
		f.rows[i+1] += f.rows[i]
	}
	f.names = newLists(n, names)
	f.words = newLists(n, slices.DeleteFunc(words, func(p pair) bool { return len(f.names.at(p.key)) > 0 }))
	f.homes, f.doors, f.places = newHomes(t, at, o.UnitMin)
	f.addTenants(employers)
	return f
}

// addTenants sets the employers: an account in a directory is at that employer, whoever pays; any other account is at
// those that it says employ it.
func (f *facts) addTenants(employers []pair) {
	employers = slices.DeleteFunc(employers, func(p pair) bool { return f.t.Accounts[p.key].Tenant() != "" })
	f.applies = make([]bool, len(f.t.Accounts))
	platform, e, applies := "", uint32(0), false
	for i, a := range f.t.Accounts { // sorted, so that those of one platform follow each other
		if a.Tenant() == "" {
			continue
		}
		if a.Platform != platform {
			platform, e, applies = a.Platform, f.employer(EmployerKey(a.Tenant())), a.Applicant()
		}
		employers = append(employers, pair{uint32(i), e})
		if f.applies[i] = applies; !applies {
			f.records = append(f.records, record{uint32(i), e, f.spans[i]})
		}
	}
	f.employers = newLists(len(f.t.Accounts), employers)
	f.records = bucket(f.records, len(f.t.Accounts), func(r *record) uint32 { return r.account })
}

func (f *facts) employer(key string) uint32 { return intern(f.numbers, key) }

// intern numbers texts in the order in which they are met.
func intern(m map[string]uint32, key string) uint32 {
	n, ok := m[key]
	if !ok {
		n = uint32(len(m))
		m[key] = n
	}
	return n
}

// of returns the rows of an account.
func (f *facts) of(account uint32) []graph.Row { return f.t.Rows[f.rows[account]:f.rows[account+1]] }
