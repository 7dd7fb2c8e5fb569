package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"samehand/graph/evaluate"
)

// ringMeasure is one row of an evaluation of rings.
type ringMeasure struct {
	name, meaning string
	of            func(ringColumn) any // an int64, a float64 or a noFigure
}

// countOf is a row of whole numbers.
func countOf(name, meaning string, of func(ringColumn) int) ringMeasure {
	return ringMeasure{name, meaning, func(c ringColumn) any { return int64(of(c)) }}
}

// shareOf is a row of numbers from 0 to 1, or of rates.
func shareOf(name, meaning string, of func(ringColumn) float64) ringMeasure {
	return ringMeasure{name, meaning, func(c ringColumn) any { return shareCell(of(c)) }}
}

// shareCell is the cell of a share, a rate, or [ofNone].
func shareCell(v float64) any {
	if v == ofNone {
		return noFigure{}
	}
	return v
}

// ofNone is the share of nothing in nothing, which is no figure.
const ofNone = -1

// part returns n of all, [ofNone] of none.
func part(n, all int) float64 {
	if all == 0 {
		return ofNone
	}
	return float64(n) / float64(all)
}

// rateOf returns a rate that is over n things, [ofNone] when there are none.
func rateOf[N int | uint64](rate float64, n N) float64 {
	if n == 0 {
		return ofNone
	}
	return rate
}

// per10k returns how many n are for each 10,000 of all, [ofNone] of none.
func per10k(n, all int) float64 { return rateOf(1e4*float64(n)/max(1, float64(all)), all) }

// measures lists the rows; those of kinds and roles depend on what there is.
func (e *ringEvaluation) measures() []ringMeasure {
	list := slices.Concat(ringMeasures(), innocentMeasures(), otherMeasures())
	list = append(list, e.linkableMeasure()...)
	list = append(list, e.kindMeasures()...)
	list = append(list, e.lookAlikeMeasures()...)
	return append(list, e.roleMeasures()...)
}

// ringMeasures are about what was found of the rings.
func ringMeasures() []ringMeasure {
	return []ringMeasure{
		countOf("accounts compared", "of the truth, that the case has", func(c ringColumn) int { return c.scores.Accounts }),
		countOf("people", "who have them, by the truth", func(c ringColumn) int { return c.scores.People }),
		countOf("innocents", "people in no ring; victims and bystanders too", func(c ringColumn) int { return c.scores.Innocents }),
		countOf("rings", "with members in the case", func(c ringColumn) int { return len(c.scores.Rings) }),
		countOf("rings recovered", "one cluster has half of the ring's accounts, and is the ring's by nine tenths", func(c ringColumn) int { return c.Recovered }),
		shareOf("share recovered", "rings recovered / rings", func(c ringColumn) float64 { return part(c.Recovered, len(c.scores.Rings)) }),
		shareOf("mean share of a ring", "of its accounts in the cluster that has most of it", func(c ringColumn) float64 { return rateOf(c.meanShare(), len(c.scores.Rings)) }),
		countOf("pairs in the truth", "of accounts in one ring", func(c ringColumn) int { return int(c.Pairs.Truth) }),
		countOf("pairs found", "in one cluster; those inside one innocent person are not counted", func(c ringColumn) int { return int(c.Pairs.Found) }),
		countOf("pairs in both", "that belong together and were found so", func(c ringColumn) int { return int(c.Pairs.Both) }),
		shareOf("pair precision", "pairs in both / pairs found", func(c ringColumn) float64 { return rateOf(c.Pairwise.Precision, c.Pairs.Found) }),
		shareOf("pair recall", "pairs in both / pairs in the truth", func(c ringColumn) float64 { return rateOf(c.Pairwise.Recall, c.Pairs.Truth) }),
		shareOf("pair F1", "harmonic mean of the two", func(c ringColumn) float64 { return rateOf(c.Pairwise.F1, c.Pairs.Found+c.Pairs.Truth) }),
		shareOf("B-cubed precision", "mean share of one's cluster that belongs to one", func(c ringColumn) float64 { return rateOf(c.BCubed.Precision, c.Accounts) }),
		shareOf("B-cubed recall", "mean share of one's ring that was found with one", func(c ringColumn) float64 { return rateOf(c.BCubed.Recall, len(c.scores.Rings)) }),
		shareOf("B-cubed F1", "harmonic mean of the two", func(c ringColumn) float64 { return rateOf(rateOf(c.BCubed.F1, c.Accounts), len(c.scores.Rings)) }),
	}
}

// innocentMeasures are about those who should not have been found.
func innocentMeasures() []ringMeasure {
	return []ringMeasure{
		countOf("clusters", "with accounts that are compared", func(c ringColumn) int { return c.Clusters }),
		countOf("false clusters", "of whose accounts less than half are members of rings", func(c ringColumn) int { return c.False }),
		shareOf("false clusters per 10,000", "innocents", func(c ringColumn) float64 { return per10k(c.False, c.scores.Innocents) }),
		countOf("innocents in clusters", "people in no ring", func(c ringColumn) int { return c.Innocents }),
		shareOf("innocents per 10,000", "people", func(c ringColumn) float64 { return per10k(c.Innocents, c.scores.People) }),
		countOf("framed accounts", "innocents' accounts with values of a ring planted on them", func(c ringColumn) int { return c.scores.Framed }),
		countOf("framed in clusters", "of these", func(c ringColumn) int { return c.FramedCaught }),
		countOf("innocents named first", "clusters whose first candidate is in no ring", func(c ringColumn) int { return c.FirstWrong }),
	}
}

// otherMeasures are about facilitators, sizes and sites.
func otherMeasures() []ringMeasure {
	led := func(c ringColumn) (n int) {
		for _, r := range c.scores.Rings {
			if r.Led {
				n++
			}
		}
		return n
	}
	return []ringMeasure{
		countOf("rings with a facilitator", "who has an account in the case", led),
		countOf("of these, recovered", "so that somebody can be named", func(c ringColumn) int { return c.Led }),
		countOf("facilitator named first", "of a recovered ring's cluster", func(c ringColumn) int { return c.FirstRight }),
		shareOf("facilitator first / all", "of the rings with a facilitator", func(c ringColumn) float64 { return part(c.FirstRight, led(c)) }),
		shareOf("facilitator first / recovered", "of those that are recovered", func(c ringColumn) float64 { return part(c.FirstRight, c.Led) }),
		countOf("largest cluster", "accounts", func(c ringColumn) int { return c.Largest.Accounts }),
		countOf("largest ring", "accounts", func(c ringColumn) int { return c.scores.Largest.Accounts }),
		countOf("largest cluster's persons", "by the truth", func(c ringColumn) int { return c.Largest.Persons }),
		countOf("largest ring's persons", "by the truth", func(c ringColumn) int { return c.scores.Largest.Persons }),
		countOf("accounts with a site", "members of flagged and recovered rings", func(c ringColumn) int { return c.scores.SiteItems }),
		shareOf("site precision", "B-cubed, over these", func(c ringColumn) float64 { return rateOf(c.scores.Sites.Precision, c.scores.SiteItems) }),
		shareOf("site recall", "B-cubed, over these", func(c ringColumn) float64 { return rateOf(c.scores.Sites.Recall, c.scores.SiteItems) }),
	}
}

// meanShare is how much of a ring is in its best cluster, on average.
func (c ringColumn) meanShare() float64 {
	sum := 0.
	for _, r := range c.scores.Rings {
		sum += c.best(r).Share
	}
	return sum / max(1, float64(len(c.scores.Rings)))
}

// linkableMeasure is how much of a ring the data tie together, on average, where the truth says it; none where it never does.
func (e *ringEvaluation) linkableMeasure() []ringMeasure {
	sum, n := 0., 0.
	for _, r := range e.columns[0].scores.Rings {
		if r.Linkable >= 0 {
			sum, n = sum+r.Linkable, n+1
		}
	}
	if n == 0 {
		return nil
	}
	meaning := "of a ring's persons, whom the data tie together at all"
	return []ringMeasure{shareOf("mean linkable share", meaning, func(ringColumn) float64 { return sum / n })}
}

// kindMeasures are how many rings of each kind there are, and were recovered.
func (e *ringEvaluation) kindMeasures() []ringMeasure {
	var list []ringMeasure
	count := func(kind string, which func(ringColumn, evaluate.RingScore) bool) func(ringColumn) int {
		return func(c ringColumn) (n int) {
			for _, r := range c.scores.Rings {
				if r.Kind == kind && which(c, r) {
					n++
				}
			}
			return n
		}
	}
	for _, k := range evaluate.ByKind(e.columns[0].scores.Rings) {
		meaning := "of these"
		if k.Known > 0 {
			meaning = fmt.Sprintf("of these; the data tie %.2f of their persons together, on average", k.Linkable)
		}
		list = append(list,
			countOf("rings: "+named(k.Kind), "of this kind", count(k.Kind, func(ringColumn, evaluate.RingScore) bool { return true })),
			countOf("recovered: "+named(k.Kind), meaning, count(k.Kind, func(c ringColumn, r evaluate.RingScore) bool { return c.best(r).Recovered })))
	}
	return list
}

// named is what a kind is called.
func named(kind string) string { return cmpOr(kind, "no kind") }

// lookAlikeMeasures are who the innocents in clusters are.
func (e *ringEvaluation) lookAlikeMeasures() []ringMeasure {
	var list []ringMeasure
	for _, role := range evaluate.Roles() {
		of := func(c ringColumn) (n int) {
			for _, r := range c.ByRole {
				if r.True == role {
					n = r.Count
				}
			}
			return n
		}
		if e.any(of) {
			list = append(list, countOf("innocents: "+role.String(), "people in clusters, by their role", of))
		}
	}
	kinds := map[string]bool{}
	for _, c := range e.columns {
		for _, g := range c.ByGroup {
			kinds[g.Kind] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		list = append(list, countOf("look-alike: "+cmpOr(kind, "none"), "innocents in clusters, by the sort of group that they are in", func(c ringColumn) (n int) {
			for _, g := range c.ByGroup {
				if g.Kind == kind {
					n = g.Count
				}
			}
			return n
		}))
	}
	return list
}

// roleMeasures are what accounts are, and what they were found to be.
func (e *ringEvaluation) roleMeasures() []ringMeasure {
	var list []ringMeasure
	known := map[evaluate.RoleCount]bool{}
	for _, c := range e.columns {
		for _, r := range c.scores.Roles {
			known[evaluate.RoleCount{True: r.True, Found: r.Found}] = true
		}
	}
	order := func(a, b evaluate.RoleCount) int {
		return cmp.Or(cmp.Compare(a.True, b.True), cmp.Compare(a.Found, b.Found))
	}
	for _, k := range slices.SortedFunc(maps.Keys(known), order) {
		list = append(list, countOf("role: "+k.True.String()+" as "+k.Found, "accounts in and near flagged clusters, and of the people of rings", func(c ringColumn) (n int) {
			for _, r := range c.scores.Roles {
				if r.True == k.True && r.Found == k.Found {
					n = r.Count
				}
			}
			return n
		}))
	}
	return list
}

// any reports whether a count is above 0 in some column.
func (e *ringEvaluation) any(of func(ringColumn) int) bool {
	return slices.ContainsFunc(e.columns, func(c ringColumn) bool { return of(c) > 0 })
}
