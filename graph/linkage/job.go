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
	return slices.ContainsFunc(m.of(account), func(r graph.Row) bool {
		rel := m.t.Relations[r.Relation]
		return rel == graph.Login || rel == graph.MFA || rel == graph.Payout
	})
}

// Seats returns how many jobs a person holds at one time, at most: employers at which they sign in, or employers by which they are
// paid, whichever are more. The two are not added up: who works for an agency signs in at its client. Jobs that follow each
// other may overlap by some weeks.
func (m *Model) Seats(person uint32) int {
	var in, paid []seat
	for _, a := range m.Persons.Accounts(person) {
		for _, e := range m.AccountEmployers(a) {
			if s := m.usedFor(a, graph.Login, graph.MFA); s.known() {
				in = append(in, seat{e, s})
			}
			if s := m.usedFor(a, graph.Payout); s.known() {
				paid = append(paid, seat{e, s})
			}
		}
	}
	return max(m.atOnce(in), m.atOnce(paid))
}

// seat is the time that a person spent with an employer.
type seat struct {
	employer uint32
	span     span
}

// usedFor returns the time of an account's rows in some relations.
func (m *Model) usedFor(account uint32, rels ...graph.Relation) span {
	var s span
	for _, r := range m.of(account) {
		if slices.Contains(rels, m.t.Relations[r.Relation]) {
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
