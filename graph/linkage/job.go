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
