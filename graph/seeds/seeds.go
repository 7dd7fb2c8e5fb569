// Package seeds follows the evidence from accounts and values that are known to be bad to the accounts near them.
//
// It starts at seeds: accounts, or identifiers, that somebody outside the case vouches for (a sanctions list, an earlier
// investigation, an incident), or accounts with a label. From person to person it goes along single shared values, each
// step on the one that is worth most, and loses a part of its strength with every step and with every doubt about the value:
// a path of three steps of the best evidence is worth an eighth. It never goes through a hub: that two people used one
// VPN exit, or one tax preparer, carries nothing from one to the other.
//
// To be reached is a rank and no finding. Nothing is flagged because of it, and the path is given so that every step can
// be looked at. Damped spreading from trusted or distrusted seeds follows Gyöngyi et al. (TrustRank, VLDB 2004); here the strength of the
// best path is taken and not the sum over all, because a sum cannot be shown line by line.
package seeds

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Seed is an account or an identifier to start from: exactly one of Account and Identifier is set.
type Seed struct {
	Account    graph.AccountID
	Identifier ident.ID // of kind tag: the accounts with that label
	Tag        string   // what it is known for, such as a sanctions programme; may be ""
	Source     string   // who says so; may be ""
	Line       int64    // in the file it was read from, from 1; 0 when it comes from the case itself
}

// Reached is an account that the evidence leads to.
type Reached struct {
	Account graph.AccountID
	Seed    int     // the seed that its best path starts from, by number
	Score   float64 // of that path: 1 for a seed and the other accounts of its person, less with each step; above 0
	Hops    int     // steps; 0 for a seed and the other accounts of its person
	Path    []Step  // from the seed to the account's person
}

// Step is one value on a path.
type Step struct {
	From       graph.AccountID // through which the person before has the value; zero at a seed that is the value itself
	To         graph.AccountID // through which the next has it
	Identifier ident.ID
	Family     graph.Family // "" where the seed is the value itself
	Points     float64      // of the pair for this value alone; where the seed is the value, of the value for its holder
	Factor     float64      // what the score is multiplied by: points of full evidence, at most 1, times the damping
	Rows       []uint32     // the table's rows that say so
}

// Standing says what became of a seed.
type Standing struct {
	Accounts int    // of the case that it starts from: itself, those with the label, or holders of the value; 0 when there are none
	Refused  string // why a value carries nothing, a phrase without the value; "" when it does. A part of an IP address's periods may be refused, and others not
}

// Result is what was reached.
type Result struct {
	Seeds     []Seed     // as given
	Standings []Standing // of each seed
	Reached   []Reached  // by score, highest first; then by hops, fewest first; then by account
}

// Tagged returns a seed for each account of a canonical table that match says has a label of its, by account, then label.
func Tagged(t *graph.Table, match func(label string) bool) []Seed {
	var out []Seed
	last := graph.Row{}
	for i, r := range t.Rows {
		id := t.Identifiers[r.Identifier]
		if id.Kind() != ident.Tag || !match(id.Key()) || i > 0 && last.Account == r.Account && last.Identifier == r.Identifier {
			continue
		}
		s := Seed{Account: t.Accounts[r.Account], Tag: id.Key()}
		if int(r.Source) < len(t.Sources) {
			s.Source = t.Sources[r.Source].Name
		}
		out, last = append(out, s), r
	}
	return out
}
