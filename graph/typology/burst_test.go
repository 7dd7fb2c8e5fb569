package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestApplicationBurst(t *testing.T) {
	line := graphtest.IP(1)
	// apply adds applications, a day apart when step is 1, under so many names at so many employers.
	apply := func(n, names, employers, step int) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				c.Account(fmt.Sprintf("ats:employer%d", i%employers), fmt.Sprintf("cand%d", i), graphtest.Name(i%names)).
					See(ident.IP, graph.Registered, line, 20+step*i, 20+step*i, 1)
			}
		}
	}
	check(t, "T16", []story{
		{"six names apply to one employer", "medium", apply(6, 6, 1, 3)},
		{"thirty applications of four names on one day", "high", apply(30, 4, 15, 0)},
		{"one number of five applicants, with a recruiter each", "medium", func(c *cast) {
			for i := range 5 {
				c.Account("portal:acme", fmt.Sprintf("cand%d", i), graphtest.Name(i)).Phone(graphtest.Phone(1), 20+i).
					See(ident.Email, graph.Recruiter, "talent@acme.com", 20, 20, 1)
			}
		}},
		{"one job-seeker with a robot", "", apply(60, 1, 60, 0)},
		{"four names at one employer", "", apply(4, 4, 1, 3)},
		{"nine names at nine employers over a month", "", apply(9, 9, 9, 3)},
		{"a university", "", func(c *cast) {
			c.hub(line, "transit")
			apply(60, 60, 3, 0)(c)
		}},
		{"a recruiter's mailbox", "", func(c *cast) {
			for i := range 40 {
				c.Account("ats:acme", fmt.Sprintf("cand%d", i), graphtest.Name(i)).See(ident.Email, graph.Recruiter, "jo.talent@agency.com", 20, 20, 1)
			}
		}},
		{"flat-mates of one home", "", func(c *cast) {
			for i := range 5 {
				c.Account("ats:acme", fmt.Sprintf("cand%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).See(ident.IP, graph.Registered, line, 20+i, 20+i, 1)
			}
		}},
		{"employees are no applicants", "", func(c *cast) {
			for i := range 6 {
				c.persona(i, 1, line, 20, 20)
			}
		}},
	})
}
