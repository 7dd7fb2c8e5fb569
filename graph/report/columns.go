package report

import (
	"fmt"
	"math"
	"slices"
)

// columns is the still picture of a cluster: accounts in a column on the left, values on the right, a curve for each
// account that has a value. It is what is printed, and what is seen without scripts.
type columns struct {
	W, H     float64
	Accounts []columnAccount
	Values   []columnValue
	Curves   []curve
	Brackets []bracket // accounts of one person
}

type columnAccount struct {
	X, Y, Base float64 // Base is where the text stands
	Label      string
	Full       string
	Aside      bool // shown, not flagged
}

type columnValue struct {
	X, Y, Base  float64
	Label, Full string
	Kind        string
	Points      string // polygon
	Note        string // "9 of 9 persons"
}

type curve struct {
	D    string
	Kind string
	Weak bool // it counts less than half of what a value of two counts
}

type bracket struct{ D string }

// Measures of the still picture, in pixels at full size.
const (
	rowHeight   = 19.0
	columnLeft  = 330.0 // right edge of the account labels
	columnRight = 620.0 // left edge of the value labels
	columnWidth = 1000.0
)

// columnsOf lays out the still picture.
func columnsOf(c Cluster, p picture) columns {
	rows := max(len(p.accounts), len(p.values))
	out := columns{W: columnWidth, H: float64(rows)*rowHeight + 24}
	ay := columnRows(len(p.accounts), out.H)
	for i, a := range p.accounts {
		m := c.Members[a.member]
		out.Accounts = append(out.Accounts, columnAccount{columnLeft, ay[i], ay[i] + 4, clip(a.label, 46), m.Account.Shown, m.Aside != ""})
	}
	vy := columnRows(len(p.values), out.H)
	rank := valueOrder(p, ay)
	for i, v := range p.values {
		e, y := c.Evidence[v.evidence], vy[rank[i]]
		out.Values = append(out.Values, columnValue{
			columnRight + 16, y, y + 4, clip(v.label, 34), valueWords(e), v.kind.String(), polygon(v.kind, columnRight, y, 7), shareWords(e),
		})
	}
	for _, l := range p.links {
		y1, y2 := ay[l.account], vy[rank[l.value]]
		mid := (columnLeft + columnRight) / 2
		d := fmt.Sprintf("M%.1f,%.1f C%.1f,%.1f %.1f,%.1f %.1f,%.1f", columnLeft+14, y1, mid, y1, mid, y2, columnRight-9, y2)
		e := c.Evidence[p.values[l.value].evidence]
		out.Curves = append(out.Curves, curve{d, e.Value.Kind, e.Points < 5})
	}
	out.Brackets = brackets(p, ay)
	return out
}

func shareWords(e Evidence) string { return fmt.Sprintf("%d of them · %.1f", e.Inside, e.Points) }

// columnRows spreads n rows over the height, never closer than a row.
func columnRows(n int, height float64) []float64 {
	out := make([]float64, n)
	step := rowHeight
	if n > 1 {
		step = min(2.4*rowHeight, (height-24)/float64(n))
	}
	top := (height-step*float64(n))/2 + step/2
	for i := range out {
		out[i] = math.Round((top+step*float64(i))*10) / 10
	}
	return out
}

// valueOrder puts values at the height of the accounts that have them, which crosses few curves; ties keep their order.
func valueOrder(p picture, ay []float64) []int {
	sum, n := make([]float64, len(p.values)), make([]float64, len(p.values))
	for _, l := range p.links {
		sum[l.value] += ay[l.account]
		n[l.value]++
	}
	idx := make([]int, len(p.values))
	for i := range idx {
		idx[i] = i
		sum[i] /= max(1, n[i])
	}
	slices.SortStableFunc(idx, func(a, b int) int {
		switch {
		case sum[a] < sum[b]:
			return -1
		case sum[a] > sum[b]:
			return 1
		}
		return 0
	})
	rank := make([]int, len(idx))
	for place, i := range idx {
		rank[i] = place
	}
	return rank
}

// brackets joins the accounts of one person on the left of the circles.
func brackets(p picture, ay []float64) []bracket {
	var out []bracket
	for lo := 0; lo < len(p.accounts); {
		hi := lo
		for hi+1 < len(p.accounts) && p.accounts[hi+1].person == p.accounts[lo].person {
			hi++
		}
		if hi > lo {
			out = append(out, bracket{fmt.Sprintf("M%.1f,%.1f V%.1f", columnLeft+6, ay[lo], ay[hi])})
		}
		lo = hi + 1
	}
	return out
}
