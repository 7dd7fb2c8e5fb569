package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestFanIn(t *testing.T) {
	end := graphtest.Bank(900)
	// wages adds people, each with a purse of their own out of which money goes to an account, so many days after pay.
	wages := func(n, delay int, to string) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				day := 20 + i
				c.worker(i, i).See(ident.Payment, graph.Payout, graphtest.Bank(i), day, day, 1).
					See(ident.Payment, graph.Transfer, to, day+delay, day+delay, 1)
			}
		}
	}
	check(t, "T4", []story{
		{"six purses within a week of pay", "medium", wages(6, 3, end)},
		{"twelve purses", "high", wages(12, 2, end)},
		{"six purses over one more account each", "medium", func(c *cast) {
			for i := range 6 {
				c.worker(i, i).See(ident.Payment, graph.Payout, graphtest.Bank(i), 20, 20, 1).
					See(ident.Payment, graph.Transfer, graphtest.Bank(100+i), 22, 22, 1)
				c.Account("wise", fmt.Sprintf("hop%d", i), "").See(ident.Payment, graph.Transfer, graphtest.Bank(100+i), 23, 23, 1).
					See(ident.Payment, graph.Transfer, end, 23, 23, 1)
			}
		}},
		{"no times", "low", func(c *cast) {
			for i := range 6 {
				c.worker(i, i).See(ident.Payment, graph.Payout, graphtest.Bank(i), 0, 0, 1).See(ident.Payment, graph.Transfer, end, 0, 0, 1)
			}
		}},
		{"four purses", "", wages(4, 3, end)},
		{"money that moved months later", "", wages(6, 90, end)},
		{"an exchange's wallet", "", func(c *cast) {
			c.hub(end, "crowd")
			wages(12, 2, end)(c)
		}},
		{"an exchange's wallet on the way", "", func(c *cast) {
			shared := graphtest.Bank(901)
			c.hub(shared, "service")
			wages(12, 2, shared)(c)
			c.Account("wise", "hop", "").See(ident.Payment, graph.Transfer, shared, 40, 40, 1).See(ident.Payment, graph.Transfer, end, 40, 40, 1)
		}},
		{"the savings of one person with six accounts", "", func(c *cast) {
			for i := range 6 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(1)).See(ident.Payment, graph.Payout, graphtest.Bank(i), 20, 20, 1).
					See(ident.Payment, graph.Transfer, end, 21, 21, 1)
			}
		}},
	})
}

// Money is not followed further than published cases went.
func TestFanInHops(t *testing.T) {
	for hops, want := range map[int]string{3: "medium", 4: ""} {
		c := newCast(t)
		for i := range 6 {
			c.worker(i, i).See(ident.Payment, graph.Payout, graphtest.Bank(i), 20, 20, 1).
				See(ident.Payment, graph.Transfer, graphtest.Bank(1000+i), 21, 21, 1)
			for h := 1; h < hops; h++ {
				to := graphtest.Bank(1000 + 100*h + i)
				if h == hops-1 {
					to = graphtest.Bank(900)
				}
				c.Account("wise", fmt.Sprintf("hop%d-%d", h, i), "").See(ident.Payment, graph.Transfer, graphtest.Bank(1000+100*(h-1)+i), 22, 22, 1).
					See(ident.Payment, graph.Transfer, to, 23, 23, 1)
			}
		}
		if p := c.find("T4"); p.Strength != want {
			t.Errorf("%d hops: %q, want %q", hops, p.Strength, want)
		}
	}
}
