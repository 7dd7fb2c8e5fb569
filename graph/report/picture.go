package report

import (
	"slices"

	"samehand/graph/explain"
	"samehand/graph/ident"
)

// PageNodes is how many nodes (accounts and values) the pictures of one page draw together: about what a browser moves
// without effort. A cluster that does not fit is drawn in part, or not at all, and the page says so; its tables are complete.
const PageNodes = 2000

// picture is the graph of one cluster: accounts, and the values they share.
type picture struct {
	accounts []pictureAccount // in drawing order: persons that share much stand next to each other
	values   []pictureValue   // most points first
	links    []pictureLink
	Dropped  int // accounts and values that are left out
}

type pictureAccount struct {
	member int // counts in the cluster's members
	person int // equal for the accounts of one person; they stand together
	label  string
}

type pictureValue struct {
	evidence int // counts in the cluster's evidence
	kind     ident.Kind
	label    string
}

// pictureLink joins an account and a value, by their places in the picture.
type pictureLink struct{ account, value int }

// pictureOf chooses what is drawn of a cluster with at most budget nodes: the strongest values, and the accounts that have them. Accounts
// without a counting value of their own are drawn when there is room.
func pictureOf(c Cluster, budget int) picture {
	var p picture
	total := len(c.Members) + len(c.Evidence)
	values := c.Evidence
	if total > budget {
		values = values[:min(len(values), budget/3)]
	}
	keep := membersToDraw(c, values, budget-len(values))
	place := map[accountID]int{}
	for n, i := range order(c, values, keep) {
		m := c.Members[i]
		p.accounts = append(p.accounts, pictureAccount{member: i, person: i, label: accountLabel(m)})
		place[accountKey(m.Account)] = n
	}
	numberPersons(c, p.accounts)
	for i, e := range values {
		p.values = append(p.values, pictureValue{evidence: i, kind: e.Value.kind, label: e.Value.Shown})
		last := -1
		for _, u := range e.Uses {
			if n, ok := place[accountKey(u.Account)]; ok && n != last {
				p.links = append(p.links, pictureLink{n, i})
				last = n
			}
		}
	}
	p.Dropped = total - len(p.accounts) - len(p.values)
	return p
}

// accountID is an account as a key.
type accountID struct{ platform, native string }

func accountKey(a Account) accountID { return accountID{a.Platform, a.Native} }

func accountLabel(m Member) string {
	if len(m.Names) > 0 {
		return m.Names[0].Shown + " · " + m.Account.platform
	}
	return m.Account.native + " · " + m.Account.platform
}

// membersToDraw returns which members are drawn, those with the strongest ties first in line for the room there is.
func membersToDraw(c Cluster, values []Evidence, room int) []int {
	idx := make([]int, len(c.Members))
	for i := range idx {
		idx[i] = i
	}
	best := func(i int) float64 {
		if ts := c.Members[i].Ties; len(ts) > 0 && ts[0].Evidence < len(values) {
			return ts[0].Points
		}
		return -1
	}
	slices.SortStableFunc(idx, func(a, b int) int {
		switch x, y := best(a), best(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	idx = idx[:max(0, min(len(idx), room))]
	slices.Sort(idx)
	return idx
}

// order puts the chosen members in a row so that persons who share much stand near each other: each next person is the
// one with the most points in common with those before it, the latest counting most.
func order(c Cluster, values []Evidence, chosen []int) []int {
	groups, at := personGroups(c, chosen)
	n := len(groups)
	near := make([]map[int]float64, n)
	for g := range near {
		near[g] = map[int]float64{}
	}
	for _, e := range values {
		var gs []int
		for _, u := range e.Uses {
			if g, ok := at[accountKey(u.Account)]; ok && !slices.Contains(gs, g) {
				gs = append(gs, g)
			}
		}
		if len(gs) > 60 { // a value that so many share says nothing about who stands next to whom
			continue
		}
		for _, a := range gs {
			for _, b := range gs {
				near[a][b] += e.Points / float64(len(gs))
			}
		}
	}
	var out []int
	score, done := make([]float64, n), make([]bool, n)
	for range n {
		next := -1
		for g := range n {
			if !done[g] && (next < 0 || score[g] > score[next]) {
				next = g
			}
		}
		done[next] = true
		out = append(out, groups[next]...)
		for g := range n {
			score[g] = score[g]*.6 + near[next][g]
		}
	}
	return out
}

// personGroups gathers the chosen members by person, in the order of the members.
func personGroups(c Cluster, chosen []int) (groups [][]int, at map[accountID]int) {
	numbers := map[string]int{}
	at = map[accountID]int{}
	for _, i := range chosen {
		m := c.Members[i]
		g, ok := numbers[m.Person]
		if !ok || m.Person == "" {
			g = len(groups)
			groups = append(groups, nil)
			numbers[m.Person] = g
		}
		groups[g] = append(groups[g], i)
		at[accountKey(m.Account)] = g
	}
	return groups, at
}

// numberPersons gives the accounts of one person, which stand together, one number.
func numberPersons(c Cluster, as []pictureAccount) {
	for i := range as {
		as[i].person = i
		if i > 0 {
			if p := c.Members[as[i].member].Person; p != "" && p == c.Members[as[i-1].member].Person {
				as[i].person = as[i-1].person
			}
		}
	}
}

// valueWords is the one line about a value under a pointer or in the details of the picture.
func valueWords(e Evidence) string {
	return explain.KindWords(e.Value.kind) + " " + e.Value.Shown
}
