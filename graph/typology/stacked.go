package typology

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// stackedJobs is T9: one person has many jobs at the same time.
func stackedJobs() Typology {
	return Typology{
		ID: "T9", Name: "many jobs of one person at once",
		Question:   "Does one person hold more jobs at the same time than anybody can work at?",
		Needs:      []Need{Employers},
		Settings:   []string{"typology.jobs", "typology.jobs-at-once", "typology.many-jobs", "typology.many-jobs-at-once", "typology.jobs-together"},
		LookAlikes: []string{"two to four jobs of an over-employed person, which is for the employers to judge", "consultant of one firm at several clients", "job applications"},
		Limits:     "how far the hours of the jobs overlap is not looked at",
		find:       findStacked,
	}
}

// job is the time somebody is known to have worked for, or been paid by, an employer.
type job struct {
	employer    uint32
	first, last graph.Time
}

// findStacked looks at each person by themselves.
func findStacked(s *scene) []hit {
	var hits []hit
	for _, p := range s.group.Persons {
		if len(s.Facts.Employers(p)) < s.options.Jobs {
			continue
		}
		if h, ok := s.stacked(p); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// stacked judges the jobs of one person.
func (s *scene) stacked(person uint32) (hit, bool) {
	o := s.options
	jobs, as := s.jobs(person)
	once := atOnce(jobs, s.stay(o.JobsTogether))
	strength := 0
	switch {
	case len(jobs) >= o.ManyJobs && once >= o.ManyJobsAtOnce:
		strength = high
	case len(jobs) >= o.Jobs && once >= o.JobsAtOnce:
		strength = medium
	}
	if strength == 0 || s.consultant(person) {
		return hit{}, false
	}
	reason := fmt.Sprintf("one person has jobs at %s, %d of them at the same time", count(len(jobs), "employer"), once)
	return hit{strength: strength, size: len(jobs), reason: reason, accounts: as}, true
}

// jobs returns the employers whom a person signs in at or is paid by, with the time they do, and the accounts that say so.
func (s *scene) jobs(person uint32) ([]job, []uint32) {
	at := map[uint32]job{}
	var as []uint32
	for _, a := range s.accountsOf(person) {
		employers := s.Facts.AccountEmployers(a)
		first, last := s.worked(a)
		if first == 0 || len(employers) != 1 || s.applicant(a) || isMarket(s.Table.Accounts[a].System()) { // a profile that lists employers is no job
			continue
		}
		e := employers[0]
		j, ok := at[e]
		if !ok {
			j = job{e, first, last}
		}
		at[e] = job{e, min(j.first, first), max(j.last, last)}
		as = append(as, a)
	}
	jobs := make([]job, 0, len(at))
	for _, j := range at {
		jobs = append(jobs, j)
	}
	slices.SortFunc(jobs, func(a, b job) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.employer, b.employer)) })
	return jobs, as
}

// worked returns from when to when an account signs in or is paid; 0 when it is not known to.
func (s *scene) worked(account uint32) (first, last graph.Time) {
	rows := s.Facts.Rows(account)
	for i := range rows {
		switch s.Table.Relations[rows[i].Relation] {
		case graph.Login, graph.MFA, graph.Payout:
			first, last = widen(first, last, &rows[i])
		}
	}
	return first, last
}

// atOnce returns how many of the jobs, sorted by when they begin, run at the same time for at least so long.
func atOnce(jobs []job, least graph.Time) int {
	most := 0
	for i := range jobs {
		n := 0
		for _, j := range jobs[:i+1] {
			if j.last-jobs[i].first >= least {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// consultant reports whether one firm is the employer of record of a person at most of their jobs: they are sent to clients.
func (s *scene) consultant(person uint32) bool {
	tenants, records := 0, map[uint32]int{}
	for _, a := range s.accountsOf(person) {
		if s.Table.Accounts[a].Tenant() == "" || s.applicant(a) {
			continue
		}
		tenants++
		var seen []uint32
		for _, r := range s.Facts.Rows(a) {
			if s.kind(r.Identifier) == ident.Employer && s.Table.Relations[r.Relation] == graph.EmployedBy && !slices.Contains(seen, r.Identifier) {
				seen = append(seen, r.Identifier)
				records[r.Identifier]++
			}
		}
	}
	most := 0
	for _, n := range records { // a maximum does not depend on the order
		most = max(most, n)
	}
	return most > 1 && 2*most > tenants
}
