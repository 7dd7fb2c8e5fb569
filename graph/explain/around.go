package explain

import (
	"cmp"
	"slices"
	"strings"

	"samehand/graph"
)

// Candidate is a person who may host or run a cluster, and what else is known of them. It is where to look first.
type Candidate struct {
	graph.Candidate
	Names    []Name // sorted; empty when the table has none
	Member   bool   // of the cluster; others live or sign in where it is
	Standing string // how they stand to the cluster, in words
}

// Outsider is a person who is set apart from a cluster: no member, and named so that nobody takes them for one.
type Outsider struct {
	Person   string
	Role     string // [graph.RoleVictim], [graph.RoleBystander] or [graph.RoleLender]
	Standing string // the role in words
	Reason   string // a sentence
	Accounts []graph.AccountID
	Names    []Name // sorted; empty when the table has none
}

// Accounts lists the accounts that an explanation of the clusters speaks of: members, candidates and those set apart;
// sorted, each once. A table that holds their observations is all that [Index.Cluster] needs.
func Accounts(clusters ...graph.Cluster) []graph.AccountID {
	out := []graph.AccountID{} // not nil, which a [graph.Filter] takes for all
	for _, c := range clusters {
		for _, m := range c.Members {
			out = append(out, m.Account)
		}
		for _, x := range c.Candidates {
			out = append(out, x.Accounts...)
		}
		for _, o := range c.Apart {
			out = append(out, o.Account)
		}
	}
	slices.SortFunc(out, graph.AccountID.Compare)
	return slices.Compact(out)
}

// notTold is said of every candidate who may only live where the host does, beside their name: a list that ranks them is read fast.
const notTold = ", whom the data cannot tell from the host"

// ranked explains the candidates, the likeliest first.
func (w *work) ranked() []Candidate {
	var out []Candidate
	for _, x := range w.c.Candidates {
		c := Candidate{Candidate: x, Standing: "not a member of the cluster"}
		c.Names = w.namesOf(x.Accounts)
		for _, o := range w.c.Apart {
			if o.Person == x.Person && o.Person != "" {
				c.Standing = "not a member of the cluster; set apart as a " + Standing(o.Role)
				if o.Role == graph.RoleBystander {
					c.Standing += notTold
				}
			}
		}
		for _, m := range w.c.Members {
			if m.Person == x.Person && slices.Contains(x.Accounts, m.Account) {
				c.Member, c.Standing = true, "a member of the cluster"
				if w.c.Flagged && !m.Flagged {
					c.Standing = "in the cluster, shown and not flagged: set aside as a possible bystander" + notTold
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// namesOf gathers the names of accounts, each once.
func (w *work) namesOf(as []graph.AccountID) []Name {
	var tr traits
	for _, a := range as {
		tr.add(w.traitsOf(a))
	}
	return tr.names
}

// leading says how far the first candidate is ahead, or that there is none; it is nil for a cluster that is not flagged,
// of which nobody is named.
func (w *work) leading() Sentence {
	cs := w.c.Candidates
	near := 0
	for _, x := range cs {
		if !(cs[0].Score-x.Score >= graph.ClearLead) { // also what is no number
			near++
		}
	}
	switch {
	case !w.c.Flagged:
		return nil
	case len(cs) == 0 && !lookedAround(w.c):
		return say("This detection did not look for who may host or run it.")
	case len(cs) == 0:
		return say("Nothing in the data points at anybody. Somebody may still run it; these data do not show who.")
	case len(cs) == 1:
		return say("Nobody else has clues enough to be named.")
	case near >= graph.MostCandidates:
		return say("These ", Count(near, "candidate"), ", and perhaps more, cannot be told apart: less than the weakest clue lies between them.")
	case near > 1:
		return say("The first ", Count(near, "candidate"), " cannot be told apart: less than the weakest clue lies between them.")
	}
	return say("The next best is ", Points(cs[0].Score-cs[1].Score), " clue points behind.")
}

// lookedAround reports whether the run asked more than whether a cluster is to be flagged. Runs of versions before that did not.
func lookedAround(c graph.Cluster) bool {
	return len(c.Considered) > 0 || c.Stability > 0 || c.Highest > 0 || len(c.Dropped) > 0
}

// around gathers those set apart by person: possible victims first, then lenders, then bystanders.
func (w *work) around() []Outsider {
	as := slices.Clone(w.c.Apart)
	slices.SortStableFunc(as, func(a, b graph.Apart) int { return a.Account.Compare(b.Account) })
	type key struct{ person, role, reason string }
	at := map[key]int{}
	var out []Outsider
	for _, a := range as {
		k := key{a.Person, a.Role, a.Reason}
		i, ok := at[k]
		if !ok || a.Person == "" {
			i = len(out)
			at[k], out = i, append(out, Outsider{Person: a.Person, Role: a.Role, Standing: Standing(a.Role), Reason: AsSentence(a.Reason)})
		}
		out[i].Accounts = append(out[i].Accounts, a.Account)
	}
	for i := range out {
		out[i].Names = w.namesOf(out[i].Accounts)
	}
	order := func(o Outsider) int {
		if i := slices.Index([]string{graph.RoleVictim, graph.RoleLender, graph.RoleBystander}, o.Role); i >= 0 {
			return i
		}
		return 3
	}
	slices.SortStableFunc(out, func(a, b Outsider) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), strings.Compare(a.Role, b.Role))
	})
	return out
}

// whyNot returns why a cluster is not flagged, as sentences, without the reasons that stand with a look-alike that holds.
func whyNot(c graph.Cluster) []string {
	if c.Flagged {
		return nil
	}
	var out []string
	for _, r := range c.Reasons {
		if !slices.ContainsFunc(c.Considered, func(l graph.LookAlike) bool { return l.Holds && l.Reason == r }) {
			out = append(out, AsSentence(r))
		}
	}
	return out
}
