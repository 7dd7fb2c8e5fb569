package explain

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// Job is what a person has, or had, with one employer: what its accounts there sign in with and are paid. An application is no job.
type Job struct {
	Person      string // as in [graph.Member]; "" when it is in no cluster
	Employer    string // the tenant of the accounts, else who they say employs them
	First, Last graph.Time
	Uses        []Use // sign-ins, second factors and payments, by account, then by relation

	rows []uint32 // that are cited
}

// jobsOf lists the jobs of one person, by when they begin, then by employer.
func (w *work) jobsOf(person string, accounts []graph.AccountID) []Job {
	var out []Job
	at := map[string]int{} // employer -> its place in out
	for _, a := range accounts {
		uses, rows := w.worked(person, a)
		if len(uses) == 0 {
			continue
		}
		for _, e := range w.employersOf(a) {
			key := linkage.EmployerKey(e)
			i, ok := at[key]
			if !ok {
				i, at[key] = len(out), len(out)
				out = append(out, Job{Person: person, Employer: e})
			}
			j := &out[i]
			for _, u := range uses {
				j.First, j.Last = widen(j.First, j.Last, u.First, u.Last)
			}
			j.Uses, j.rows = append(j.Uses, uses...), append(j.rows, rows...)
		}
	}
	slices.SortStableFunc(out, func(a, b Job) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), strings.Compare(a.Employer, b.Employer))
	})
	return out
}

// stackedJobs lists the jobs of each person who is flagged for the number of them, by person.
func (w *work) stackedJobs() []Job {
	if !w.c.Flagged || !stacked(w.c) {
		return nil
	}
	accounts := make([][]graph.AccountID, len(w.names))
	for _, m := range w.c.Members {
		if m.Flagged {
			p := w.persons[m.Account]
			accounts[p] = append(accounts[p], m.Account)
		}
	}
	var out []Job
	for p, as := range accounts {
		out = append(out, w.jobsOf(w.names[p], as)...)
	}
	return out
}

// employersOf names the employers of an account: the tenant of its platform, unless it is an application, else who it says employs it.
func (w *work) employersOf(a graph.AccountID) []string {
	if a.Tenant() != "" && a.Applicant() {
		return nil
	}
	if a.Tenant() != "" {
		return []string{a.Tenant()}
	}
	var out []string
	for _, i := range w.rowsOf(a) {
		if id := w.t.Identifiers[w.t.Rows[i].Identifier]; id.Kind() == ident.Employer && id.Mark().Links() && !slices.Contains(out, id.Key()) {
			out = append(out, id.Key())
		}
	}
	return out
}

// worked returns the sign-ins and payments of an account, by relation, and their rows.
func (w *work) worked(person string, a graph.AccountID) (out []Use, rows []uint32) {
	var prev graph.Row
	for _, i := range w.rowsOf(a) {
		r := w.t.Rows[i]
		rel := w.t.Relations[r.Relation]
		if rel != graph.Login && rel != graph.MFA && rel != graph.Payout {
			continue
		}
		n := slices.IndexFunc(out, func(u Use) bool { return u.Relation == rel })
		if n < 0 {
			n = len(out)
			out = append(out, Use{Account: a, Person: person, Relation: rel})
		}
		u := &out[n]
		u.First, u.Last = widen(u.First, u.Last, r.First, r.Last)
		// the same claim in two sources counts once, as in graph.Edge
		if r.Relation != prev.Relation || r.Identifier != prev.Identifier || r.First != prev.First || r.Last != prev.Last || r.Count != prev.Count {
			u.Count += uint64(r.Count)
		}
		u.Citations, rows, prev = append(u.Citations, w.cite(r)), append(rows, i), r
	}
	for i := range out {
		slices.SortFunc(out[i].Citations, w.compareCitations)
	}
	slices.SortFunc(out, func(a, b Use) int { return strings.Compare(string(a.Relation), string(b.Relation)) })
	return out, rows
}

// rowsOf returns the numbers of an account's rows; none when the table does not have it. Canonical rows are in the order of accounts.
func (x *Index) rowsOf(a graph.AccountID) []uint32 {
	n, ok := x.number(a)
	if !ok {
		return nil
	}
	var out []uint32
	lo, _ := slices.BinarySearchFunc(x.t.Rows, uint32(n), func(r graph.Row, n uint32) int { return cmp.Compare(r.Account, n) })
	for i := lo; i < len(x.t.Rows) && x.t.Rows[i].Account == uint32(n); i++ {
		out = append(out, uint32(i))
	}
	return out
}
