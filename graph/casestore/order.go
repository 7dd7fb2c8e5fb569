package casestore

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"samehand/graph"
)

// sortedAccounts returns the numbers of the accounts that rows use, in the order of the accounts.
func sortedAccounts(t *graph.Table) []uint32 {
	used := make([]bool, len(t.Accounts))
	for i := range t.Rows {
		used[t.Rows[i].Account] = true
	}
	return sortAccounts(t.Accounts, used)
}

// sortAccounts returns the numbers of the accounts in their order; of equal
// ones, the lower number first. When used is not nil, it says which accounts are wanted.
//
// The sort looks at the platform's rank and at eight bytes of the name behind
// what all names have in common; only where these tie does it compare text.
func sortAccounts(accounts []graph.AccountID, used []bool) []uint32 {
	type key struct {
		platform uint32
		n        uint32
		prefix   uint64
	}
	ranks := platformRanks(accounts)
	common := commonPrefix(accounts)
	keys := make([]key, 0, len(accounts))
	platform, rank := "", ranks[""]
	for i, a := range accounts {
		if a.Platform != platform { // those of one platform mostly follow each other
			platform, rank = a.Platform, ranks[a.Platform]
		}
		if used == nil || used[i] {
			keys = append(keys, key{rank, uint32(i), prefix(a.Native[common:])})
		}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if a.platform != b.platform {
			return cmp.Compare(a.platform, b.platform)
		}
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return cmp.Or(strings.Compare(accounts[a.n].Native, accounts[b.n].Native), cmp.Compare(a.n, b.n))
	})
	order := make([]uint32, len(keys))
	for i, k := range keys {
		order[i] = k.n
	}
	return order
}

// platformRanks numbers the platforms in their order.
func platformRanks(accounts []graph.AccountID) map[string]uint32 {
	ranks := map[string]uint32{}
	for i, a := range accounts {
		if i == 0 || a.Platform != accounts[i-1].Platform {
			ranks[a.Platform] = 0
		}
	}
	names := make([]string, 0, len(ranks))
	for p := range ranks {
		names = append(names, p)
	}
	slices.Sort(names)
	for i, p := range names {
		ranks[p] = uint32(i)
	}
	return ranks
}

// commonPrefix returns how many bytes all native names begin with in common.
func commonPrefix(accounts []graph.AccountID) int {
	if len(accounts) == 0 {
		return 0
	}
	first := accounts[0].Native
	n := len(first)
	for _, a := range accounts {
		n = min(n, len(a.Native))
		for i := range n {
			if a.Native[i] != first[i] {
				n = i
				break
			}
		}
	}
	return n
}

// prefix returns the first eight bytes of s as a number that sorts like s;
// where two are equal, the texts need not be.
func prefix(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:])
}

// rowsByAccount returns the numbers of the rows, those of accounts[0] first,
// and where each account's rows end: the rows of accounts[i] are order[ends[i-1]:ends[i]].
func rowsByAccount(t *graph.Table, accounts []uint32) (order, ends []uint32) {
	rank := make([]uint32, len(t.Accounts))
	for i, a := range accounts {
		rank[a] = uint32(i)
	}
	ends = make([]uint32, len(accounts))
	for i := range t.Rows {
		ends[rank[t.Rows[i].Account]]++
	}
	next := uint32(0) // ends[i] is where the next row of account i goes, until it is its end
	for i, n := range ends {
		ends[i] = next
		next += n
	}
	order = make([]uint32, len(t.Rows))
	for i := range t.Rows {
		r := rank[t.Rows[i].Account]
		order[ends[r]] = uint32(i)
		ends[r]++
	}
	return order, ends
}

// groupSorter sorts the rows of one account after another, all of one source.
type groupSorter struct {
	t    *graph.Table
	keys []rowKey
	rows []graph.Row
}

// rowKey stands for a row in the sort: its identifier's kind and the first seven bytes of its key.
type rowKey struct {
	prefix uint64
	row    uint32 // number in the table
}

// sort returns the rows with the given numbers in canonical order. The slice is used again by the next call.
func (g *groupSorter) sort(numbers []uint32) []graph.Row {
	g.keys, g.rows = g.keys[:0], g.rows[:0]
	for _, n := range numbers {
		id := g.t.Identifiers[g.t.Rows[n].Identifier]
		g.keys = append(g.keys, rowKey{uint64(id.Kind())<<56 | prefix(id.Key())>>8, n})
	}
	slices.SortFunc(g.keys, func(a, b rowKey) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		return g.t.CompareRows(g.t.Rows[a.row], g.t.Rows[b.row])
	})
	for _, k := range g.keys {
		g.rows = append(g.rows, g.t.Rows[k.row])
	}
	return g.rows
}
