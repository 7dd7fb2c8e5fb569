package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
)

// opened adds marketplace accounts that are first used on one line, some of which leave it for good; more may add to each.
func opened(n, leave int, more func(i int, a graphtest.Account)) func(c *cast) {
	return func(c *cast) {
		for i := range n {
			a := c.Account("upwork", fmt.Sprintf("f%d", i), graphtest.Name(i)).Login(graphtest.IP(1), 20+2*i, 25+2*i, 4)
			if i < leave {
				a.Login(graphtest.IP(100+7*i), 27+2*i, 200, 90)
			} else {
				a.Login(graphtest.IP(1), 30+2*i, 200, 90)
			}
			if more != nil {
				more(i, a)
			}
		}
	}
}

func TestAccountBroker(t *testing.T) {
	purse := func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(i/4), 40, 200) }
	mail := func(i int, a graphtest.Account) { a.Phone(graphtest.Phone(i/2), 22+2*i) }
	check(t, "T15", []story{
		{"twelve accounts paid into few purses", "high", opened(12, 12, purse)},
		{"twelve accounts with numbers in common", "medium", opened(12, 9, mail)},
		{"forty accounts with numbers in common", "high", opened(40, 36, mail)},
		{"twelve accounts with nothing else in common", "low", opened(12, 12, nil)},
		{"a machine instead of a line", "high", func(c *cast) {
			for i := range 12 {
				c.Account("upwork", fmt.Sprintf("f%d", i), graphtest.Name(i)).Device("serial:BROKER01", 20+i, 24+i).
					Device(fmt.Sprintf("serial:OWN%05d", i), 30+i, 200).Payout(graphtest.Bank(i/4), 40, 200)
			}
		}},
		{"nine accounts", "", opened(9, 9, purse)},
		{"an agency that keeps managing them", "", opened(14, 6, purse)},
		{"a library where people sign up", "", func(c *cast) {
			c.hub(graphtest.IP(1), "transit")
			opened(20, 20, nil)(c)
		}},
		{"an office where people begin their first day", "", func(c *cast) {
			for i := range 14 {
				c.Account("okta:acme", fmt.Sprintf("user%d", i), graphtest.Name(i)).Login(graphtest.IP(1), 20+i, 24+i, 4).
					Login(graphtest.IP(100+7*i), 27+i, 200, 90).Payout(graphtest.Bank(i/4), 40, 200)
			}
		}},
		{"accounts that are older than their visit", "", func(c *cast) {
			opened(12, 12, purse)(c)
			for i := range 12 {
				c.Account("upwork", fmt.Sprintf("f%d", i), graphtest.Name(i)).Login(graphtest.IP(100+7*i), 1, 10, 9)
			}
		}},
		{"accounts that are never used again", "", func(c *cast) {
			for i := range 12 {
				c.Account("upwork", fmt.Sprintf("f%d", i), graphtest.Name(i)).Login(graphtest.IP(1), 20+i, 24+i, 4).Payout(graphtest.Bank(i/4), 40, 200)
			}
		}},
	})
}
