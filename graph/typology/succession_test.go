package typology

import (
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestSuccession(t *testing.T) {
	// around keeps the case open before and after.
	around := func(c *cast) { c.worker(399, 99).Login(graphtest.IP(9), 1, 400, 300) }
	// follow adds two people, the second of whom begins so many days after the first is seen last.
	follow := func(gap int, more func(i int, a graphtest.Account)) func(c *cast) {
		return func(c *cast) {
			around(c)
			a := c.persona(0, 1, graphtest.IP(1), 60, 150)
			b := c.persona(21, 2, graphtest.IP(2), 150+gap, 300)
			more(0, a)
			more(1, b)
		}
	}
	purse := func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(1), 70+110*i, 140+110*i) }
	mail := func(_ int, a graphtest.Account) { a.Email("one.hand@gmail.com") }
	check(t, "T14", []story{
		{"the same purse, a month later", "low", follow(30, purse)},
		{"the same mailbox", "low", follow(10, mail)},
		{"purse and mailbox", "medium", follow(30, func(i int, a graphtest.Account) { purse(i, a); mail(i, a) })},
		{"phone and machine", "medium", follow(30, func(i int, a graphtest.Account) {
			a.Phone(graphtest.Phone(1), 70+110*i).See(ident.Device, graph.Login, "serial:HEIR0001", 70+110*i, 140+110*i, 9)
		})},
		{"one after the other, three times", "high", func(c *cast) {
			around(c)
			for i := range 4 {
				c.persona(21*i, i, graphtest.IP(1+i), 40+70*i, 90+70*i).Payout(graphtest.Bank(1), 50+70*i, 80+70*i)
			}
		}},
		{"half a year later", "", func(c *cast) {
			around(c)
			c.persona(0, 1, graphtest.IP(1), 40, 90).Payout(graphtest.Bank(1), 50, 80)
			c.persona(21, 2, graphtest.IP(2), 250, 350).Payout(graphtest.Bank(1), 260, 340)
		}},
		{"both at the same time", "", follow(-50, purse)},
		{"somebody hired again under their name", "", func(c *cast) {
			around(c)
			c.Account(emp(1), "a", "Rowan Kettle").Login(graphtest.IP(1), 60, 150, 90).Payout(graphtest.Bank(1), 70, 140)
			c.Account(emp(2), "b", "KETTLE, Rowan").Login(graphtest.IP(2), 170, 300, 90).Payout(graphtest.Bank(1), 180, 290)
		}},
		{"a member of the household", "", func(c *cast) {
			around(c)
			for i, n := range []int{0, 21} {
				c.Account(emp(i), "user", graphtest.Name(n)).Home(graphtest.Address(1)).
					Login(graphtest.IP(1), 60+110*i, 150+110*i, 90).Payout(graphtest.Bank(1), 70+110*i, 140+110*i)
			}
		}},
		{"the employer's laptop", "", func(c *cast) {
			around(c)
			c.persona(0, 1, graphtest.IP(1), 60, 150).Device("serial:HEIR0001", 60, 150)
			c.persona(21, 1, graphtest.IP(2), 170, 300).Device("serial:HEIR0001", 170, 300)
		}},
		{"a recycled number", "", follow(30, func(i int, a graphtest.Account) { a.Phone(graphtest.Phone(1), 70+110*i) })},
		{"a recycled address", "", func(c *cast) {
			around(c)
			c.persona(0, 1, graphtest.IP(1), 60, 150)
			c.persona(21, 2, graphtest.IP(1), 170, 300)
		}},
		{"the next tenant: line and door", "", func(c *cast) {
			around(c)
			for i, n := range []int{0, 21} {
				c.persona(n, i+1, graphtest.IP(1), 60+110*i, 150+110*i).ShipTo("77 Hollow Rd, Springfield, IL 62701", 61+110*i)
			}
		}},
		{"the data end before it is known that one is gone", "", func(c *cast) {
			c.persona(0, 1, graphtest.IP(1), 1, 150).Payout(graphtest.Bank(1), 70, 140)
			c.persona(21, 2, graphtest.IP(2), 155, 165).Payout(graphtest.Bank(1), 160, 164)
		}},
	})
}
