package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
)

func TestSharedPurse(t *testing.T) {
	purse := graphtest.Bank(1)
	paid := func(persons, employers int) func(c *cast) {
		return func(c *cast) {
			for i := range persons {
				c.worker(i, i%employers).Payout(purse, 10, 200)
			}
		}
	}
	check(t, "T3", []story{
		{"three names of one employer", "medium", paid(3, 1)},
		{"three names of three employers", "high", paid(3, 3)},
		{"five names", "high", paid(5, 4)},
		{"two names of two homes", "low", paid(2, 2)},
		{"ghosts on one payroll", "high", func(c *cast) {
			c.hub(purse, classPaper)
			for i := range 5 {
				c.Account("payroll:bigco", fmt.Sprintf("e%d", i), graphtest.Name(i)).Home(graphtest.Address(3*i)).Payout(purse, 10, 200)
			}
		}},
		{"spouses with a joint account", "", func(c *cast) {
			for i := range 2 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).Payout(purse, 10, 200)
			}
		}},
		{"two names whose homes nobody knows", "", func(c *cast) {
			for i := range 2 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Payout(purse, 10, 200)
			}
		}},
		{"a family of four at one home", "", func(c *cast) {
			for i := range 4 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).Payout(purse, 10, 200)
			}
		}},
		{"payroll cards of one employer", "", func(c *cast) {
			c.hub(purse, "onepayer")
			paid(12, 1)(c)
		}},
		{"an exchange's account", "", func(c *cast) {
			c.hub(purse, "crowd")
			paid(12, 12)(c)
		}},
		{"a guardian's account: the wards work and are paid elsewhere", "", func(c *cast) {
			for i := range 5 {
				c.worker(i, i).Payout(graphtest.Bank(50+i), 10, 200)
				c.Account("benefits", fmt.Sprintf("ward%d", i), graphtest.Name(i)).Payout(purse, 10, 200)
			}
		}},
		{"a guardian's account: no work of the wards is known", "", func(c *cast) {
			c.worker(9, 1).Payout(purse, 10, 200)
			for i := range 5 {
				c.Account("benefits", fmt.Sprintf("ward%d", i), graphtest.Name(i)).Home(graphtest.Address(3*i)).Payout(purse, 10, 200)
			}
		}},
		{"a dormitory: rooms of one house", "", func(c *cast) {
			for i := range 5 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Payout(purse, 10, 200).
					Home(fmt.Sprintf("77 Hollow Rd Room %d, Springfield, IL 62701", i))
			}
		}},
		{"relatives in two homes", "", func(c *cast) {
			for i := range 5 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Payout(purse, 10, 200).Home(graphtest.Address(1 + 3*(i%2)))
			}
		}},
		{"refunds of a tax preparer's clients", "", func(c *cast) {
			for i := range 6 {
				c.worker(i, i).Payout(graphtest.Bank(50+i), 10, 200)
				c.Account("efile", fmt.Sprintf("client%d", i), graphtest.Name(i)).Payout(purse, 100, 100).
					Device("serial:PREPARER1", 90+i, 91+i).Login(graphtest.IP(9), 90+i, 91+i, 1)
			}
		}},
		{"one name in two spellings", "", func(c *cast) {
			c.Account(emp(1), "a", "Rowan Kettle").Home(graphtest.Address(1)).Payout(purse, 10, 200)
			c.Account(emp(2), "b", "KETTLE, Rowan").Home(graphtest.Address(9)).Payout(purse, 10, 200)
		}},
	})
}

// A guardian's look-alike does not excuse people who share machines as well.
func TestSharedPurseOfOneMachine(t *testing.T) {
	c := newCast(t)
	for i := range 5 {
		c.worker(i, i).Payout(graphtest.Bank(50+i), 10, 200).Device("serial:SHARED001", 10, 200)
		c.Account(fmt.Sprintf("payroll:employer%d", i), "e1", graphtest.Name(i)).Payout(graphtest.Bank(1), 10, 200)
	}
	if p := c.find("T3"); p.Strength != "high" {
		t.Errorf("T3: %q, want high", p.Strength)
	}
}
