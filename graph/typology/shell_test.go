package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
)

func TestShellCompany(t *testing.T) {
	// placed adds people on the records of one company, who work for so many clients; more says what else they have.
	placed := func(n, clients int, more func(i int, a graphtest.Account)) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				a := c.worker(i, i%clients).Employer("Hollow Staffing", 5, 200)
				if more != nil {
					more(i, a)
				}
			}
		}
	}
	purse := func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(i/2), 10, 200) }
	check(t, "T12", []story{
		{"four at three clients with a purse in common", "medium", placed(4, 3, purse)},
		{"seven with purses in common", "high", placed(7, 3, purse)},
		{"four with purses and machines in common", "high", placed(4, 3, func(i int, a graphtest.Account) {
			purse(i, a)
			a.Device(fmt.Sprintf("serial:HOLLOW%d", i/2), 10, 100)
		})},
		{"a small agency whose people share nothing", "", placed(9, 4, nil)},
		{"a large agency", "", placed(80, 9, purse)},
		{"an employer in its own directory", "", func(c *cast) {
			for i := range 5 {
				c.Account("okta:hollow", fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(3*i)).
					Login(graphtest.IP(i), 1, 200, 100).Employer("Hollow Inc", 1, 200).Payout(graphtest.Bank(i/2), 10, 200)
			}
		}},
		{"one client: the employer's other name", "", placed(5, 1, purse)},
		{"two persons", "", placed(2, 2, purse)},
		{"a family business", "", func(c *cast) {
			for i := range 4 {
				c.Account(emp(i), "user", graphtest.Name(i)).Home(graphtest.Address(1)).Login(graphtest.IP(1), 1, 200, 100).
					Employer("Hollow Family", 1, 200).Payout(graphtest.Bank(1), 10, 200)
			}
		}},
		{"a payroll provider's card", "", func(c *cast) {
			c.hub(graphtest.Bank(1), "onepayer")
			placed(6, 3, func(_ int, a graphtest.Account) { a.Payout(graphtest.Bank(1), 10, 200) })(c)
		}},
	})
}
