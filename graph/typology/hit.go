package typology

import (
	"cmp"
	"fmt"
	"slices"

	"samehand/graph"
	"samehand/graph/ident"
)

// The strengths of a pattern: how far it is past its thresholds, not how likely anybody is guilty.
const (
	low = iota + 1
	medium
	high
)

// strengthNames holds the strengths at their numbers.
func strengthName(n int) string { return [...]string{low: "low", medium: "medium", high: "high"}[n] }

// hit is one place where a group shows a pattern.
type hit struct {
	strength    int
	size        int    // persons or accounts it is about; the larger hit is told first
	reason      string // a plain sentence without values
	accounts    []uint32
	identifiers []uint32
}

// pattern makes one pattern of all places where a group shows it: the strongest gives strength and reason, the others are
// counted. Accounts and identifiers are those of all.
func (s *scene) pattern(t Typology, hits []hit) graph.Pattern {
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(b.size, a.size), slices.Compare(a.identifiers, b.identifiers))
	})
	p := graph.Pattern{ID: t.ID, Name: t.Name, Strength: strengthName(hits[0].strength), Reason: hits[0].reason}
	if n := len(hits) - 1; n > 0 {
		p.Reason += fmt.Sprintf("; it shows in %s more", count(n, "place"))
	}
	var accounts, identifiers []uint32
	for _, h := range hits {
		accounts, identifiers = append(accounts, h.accounts...), append(identifiers, h.identifiers...)
	}
	slices.Sort(accounts) // the table's accounts are sorted
	for _, a := range slices.Compact(accounts) {
		p.Accounts = append(p.Accounts, s.Table.Accounts[a])
	}
	slices.Sort(identifiers)
	for _, i := range slices.Compact(identifiers) {
		p.Identifiers = append(p.Identifiers, s.Table.Identifiers[i])
	}
	slices.SortFunc(p.Identifiers, ident.ID.Compare)
	return p
}

// count returns "1 person" or "3 persons".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
