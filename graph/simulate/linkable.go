package simulate

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// maskedHolders is how many of a ring must have one masked account number before it ties them: of a payroll of hundreds, two
// may by chance have one bank and the same four last digits, three hardly ever.
const maskedHolders = 3

// lineReturns is after how many days an address is no longer taken for the same line: providers give it to others [I].
const lineReturns = 30

// linkable returns the share of a ring's persons in its largest part that hangs together over values which two or more of
// them have, which are no hubs, no placeholders and no slips, and which, when they are addresses of lines, they had at nearly the
// same time. A masked account number ties three or more. Who shares nothing is in no part: a ring without a common value has 0. One person alone is 1. It is to two places.
// What no value ties cannot be found.
func (g *ring) linkable() float64 {
	if len(g.members) < 2 {
		return float64(len(g.members))
	}
	uses, hidden := g.uses()
	of := make([]int, len(g.members))
	for i := range of {
		of[i] = i
	}
	for key, holders := range uses { // unions come out the same in any order
		join(of, holders, kindOf(key.kind) == kindIP)
	}
	for _, holders := range hidden {
		if members(holders) >= maskedHolders {
			join(of, holders, false)
		}
	}
	size, most := map[int]int{}, 0
	for i := range of {
		size[find(of, i)]++
		most = max(most, size[find(of, i)])
	}
	if most < 2 {
		return 0
	}
	return math.Round(100*float64(most)/float64(len(of))) / 100
}

// use is that a member of a ring has a value from one second to another.
type use struct {
	member   int
	from, to int64
}

// uses lists who of a ring has each value that may tie, and each masked account number.
func (g *ring) uses() (plain map[claimKey][]use, hidden map[string][]use) {
	plain, hidden = map[claimKey][]use{}, map[string][]use{}
	for i, a := range g.members {
		for _, acc := range a.accounts {
			for k := range acc.claims {
				c := &acc.claims[k]
				u := use{i, c.from, c.to}
				if key, ok := c.link(); ok {
					plain[key] = append(plain[key], u)
				} else if c.kind == kindPayment && strings.Contains(c.val.text, maskMark) {
					hidden[c.val.text] = append(hidden[c.val.text], u)
				}
			}
		}
	}
	return plain, hidden
}

// members counts the members who use a value.
func members(uses []use) int {
	had := map[int]bool{}
	for _, u := range uses {
		had[u.member] = true
	}
	return len(had)
}

// join joins the members who have one value; of a line, those who had it with no longer gap than lineReturns between them.
func join(of []int, uses []use, line bool) {
	slices.SortFunc(uses, func(a, b use) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.member, b.member)) })
	last := uses[0]
	for _, u := range uses[1:] {
		if !line || u.from <= last.to+lineReturns*secondsOf {
			of[find(of, u.member)] = find(of, last.member)
		}
		if u.to > last.to || !line {
			last = u
		}
	}
}

// find returns the member that stands for a part.
func find(of []int, i int) int {
	for of[i] != i {
		i = of[i]
	}
	return i
}

// claimKey is what two claims of one value have in common.
type claimKey struct {
	kind int
	text string
}

// link returns what ties the account of a claim to others, if it may.
func (c *claim) link() (claimKey, bool) {
	if c.val.nature.public() || c.kind == kindName || c.kind == kindEmployer || c.relation == relRecruiter {
		return claimKey{}, false
	}
	return claimKey{int(c.kind), c.identity()}, true
}
