package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
)

// jobsOf adds jobs of one person: job i runs from day from(i) to day to(i).
func jobsOf(n int, from, to func(i int) int) func(c *cast) {
	return func(c *cast) {
		for i := range n {
			c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(1)).Login(graphtest.IP(1), from(i), to(i), 100)
		}
	}
}

func TestStackedJobs(t *testing.T) {
	first, last := func(int) int { return 10 }, func(int) int { return 200 }
	check(t, "T9", []story{
		{"five at once", "medium", jobsOf(5, first, last)},
		{"thirteen at once", "high", jobsOf(13, first, last)},
		{"six, four of them at once", "medium", jobsOf(6, func(i int) int { return 10 + 40*i }, func(i int) int { return 210 + 40*i })},
		{"five payrolls without a sign-in", "medium", func(c *cast) {
			for i := range 5 {
				c.Account(fmt.Sprintf("payroll:employer%d", i), "e1", graphtest.Name(1)).Payout(graphtest.Bank(1), 10, 200)
			}
		}},
		{"four at once", "", jobsOf(4, first, last)},
		{"eight, one after the other", "", jobsOf(8, func(i int) int { return 10 + 30*i }, func(i int) int { return 38 + 30*i })},
		{"seven with a month of notice each", "", jobsOf(7, func(i int) int { return 10 + 60*i }, func(i int) int { return 85 + 60*i })},
		{"a consultant of one firm at six clients", "", func(c *cast) {
			for i := range 6 {
				c.Account(emp(i), fmt.Sprintf("guest%d", i), graphtest.Name(1)).Login(graphtest.IP(1), 10, 200, 50).Employer("Alder Consulting", 1, 250)
			}
		}},
		{"nine applications", "", func(c *cast) {
			for i := range 9 {
				c.Account(fmt.Sprintf("ats:employer%d", i), fmt.Sprintf("cand%d", i), graphtest.Name(1)).Login(graphtest.IP(1), 10, 100, 3)
			}
		}},
		{"five persons with a job each", "", func(c *cast) {
			for i := range 5 {
				c.worker(i, i)
			}
		}},
	})
}
