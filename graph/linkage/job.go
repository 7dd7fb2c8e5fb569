package linkage

import (
	"cmp"
	"slices"

	"samehand/graph"
)

// Job is what a person has, or had, with one employer.
type Job struct {
	Employer    uint32     // its number, as in [Model.Employers]
	First, Last graph.Time // from the first to the last that is known of it; 0 when nothing is
}

// Jobs returns the jobs of a person, by employer, one each: those that they sign in at or are paid for. An application is no job.
func (m *Model) Jobs(person uint32) []Job {
	var jobs []Job
	for _, a := range m.Persons.Accounts(person) {
		if !m.worked(a) {
			continue
		}
		lo, _ := slices.BinarySearchFunc(m.records, a, func(r record, a uint32) int { return order(r.account, a) })
		for _, r := range m.records[lo:] {
			if r.account != a {
				break
			}
			jobs = append(jobs, Job{r.employer, r.span.first, r.span.last})
		}
	}
	slices.SortStableFunc(jobs, func(a, b Job) int { return cmp.Compare(a.Employer, b.Employer) })
	out := jobs[:0]
	for g := range runs(jobs, func(a, b Job) bool { return a.Employer == b.Employer }) {
		var s span
		for _, j := range g {
			s = s.widen(span{j.First, j.Last})
		}
		out = append(out, Job{g[0].Employer, s.first, s.last})
	}
	return out
}

// worked reports whether an account signs in or is paid.
func (m *Model) worked(account uint32) bool {
	return slices.ContainsFunc(m.of(account), func(r graph.Row) bool { return m.sorts.acts[r.Relation] != 0 })
}

// Seats returns how many jobs a person holds at one time, at most: employers at which they sign in, or employers by which they are
// paid, whichever are more. The two are not added up: who works for an agency signs in at its client. Jobs that follow each
// other may overlap by some weeks. It is remembered.
func (m *Model) Seats(person uint32) int {
	if m.seats == nil {
		m.seats = make([]uint32, m.Persons.Len())
	}
	if m.seats[person] == 0 {
		m.seats[person] = uint32(m.countSeats(person)) + 1
	}
	return int(m.seats[person] - 1)
}

func (m *Model) countSeats(person uint32) int {
	var at, by []seat // where they sign in, and who pays them
	for _, a := range m.Persons.Accounts(person) {
		es := m.AccountEmployers(a)
		if len(es) == 0 {
			continue
		}
		in, pay := m.usedFor(a, signed), m.usedFor(a, paid)
		for _, e := range es {
			if in.known() {
				at = append(at, seat{e, in})
			}
			if pay.known() {
				by = append(by, seat{e, pay})
			}
		}
	}
	return max(m.atOnce(at), m.atOnce(by))
}

// seat is the time that a person spent with an employer.
type seat struct {
	employer uint32
	span     span
}

// usedFor returns the time of an account's rows of an act.
func (m *Model) usedFor(account uint32, u act) span {
	var s span
	for _, r := range m.of(account) {
		if m.sorts.acts[r.Relation] == u {
			s = s.widen(rowSpan(r))
		}
	}
	return s
}

// atOnce returns how many employers there are at most at one time.
func (m *Model) atOnce(seats []seat) int {
	most, handover := 0, graph.Time(m.Options.Handover.Microseconds())
	for _, s := range seats {
		var es []uint32
		for _, q := range seats { // those who hold on some time after s begins
			if q.span.first <= s.span.first && q.span.last-s.span.first >= handover && s.span.last-s.span.first >= handover || q.employer == s.employer {
				es = append(es, q.employer)
			}
		}
		slices.Sort(es)
		most = max(most, len(slices.Compact(es)))
	}
	return most
}
