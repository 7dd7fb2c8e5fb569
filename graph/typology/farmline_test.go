package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
)

// emp returns the directory of an employer.
func emp(i int) string { return fmt.Sprintf("okta:employer%d", i) }

// worker adds somebody with a job, a home and a line of their own.
func (c *cast) worker(i, employer int) graphtest.Account {
	return c.Account(emp(employer), fmt.Sprintf("user%d", i), graphtest.Name(i)).
		Home(graphtest.Address(100+3*i)).Login(graphtest.IP(5000+7*i), 1, 200, 150)
}

// persona adds somebody with a job and a home who signs in from a line of the story's.
func (c *cast) persona(i, employer int, line string, from, to int) graphtest.Account {
	return c.Account(emp(employer), fmt.Sprintf("user%d", i), graphtest.Name(i)).
		Home(graphtest.Address(100+3*i)).Login(line, from, to, to-from)
}

func TestFarmLine(t *testing.T) {
	line := graphtest.IP(1)
	farm := func(persons, employers int) func(c *cast) {
		return func(c *cast) {
			for i := range persons {
				c.persona(i, i%employers, line, 10+i, 120)
			}
		}
	}
	check(t, "T1", []story{
		{"seven personas of five employers", "high", farm(7, 5)},
		{"six personas of four employers", "high", farm(6, 4)},
		{"six personas of three employers", "medium", farm(6, 3)},
		{"four personas of three employers", "medium", farm(4, 3)},
		{"a farm where personas come and go", "medium", func(c *cast) {
			for i := range 12 {
				c.persona(i, i%6, line, 10+20*i, 10+20*i+90) // never more than five at once
			}
		}},
		{"a home where half of sixteen register, with more jobs than people and much in common", "high", func(c *cast) {
			for i := range 16 {
				a := c.Account(emp(i%6), fmt.Sprintf("user%d", i), graphtest.Name(21*i)).Login(line, 10, 200, 100)
				c.Account(emp((i+1)%6), fmt.Sprintf("more%d", i), graphtest.Name(21*i)).Login(line, 10, 200, 100)
				home := graphtest.Address(1)
				if i%4 == 0 {
					home = graphtest.Address(100 + i)
				}
				a.Home(home).Payout(graphtest.Bank(i/4), 20, 200).
					Phone(graphtest.Phone(i/3), 5).Email(fmt.Sprintf("hand%d@gmail.com", i/5)).Device(fmt.Sprintf("serial:BOX%04d", i/3), 10, 200)
			}
		}},
		{"three personas", "", farm(3, 3)},
		{"an office: everybody has one employer", "", farm(9, 1)},
		{"a household of five, each with a job", "", func(c *cast) {
			for i := range 5 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).Login(line, 1, 200, 150)
			}
		}},
		{"one person with six jobs", "", func(c *cast) {
			for i := range 6 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(1)).Login(line, 1, 200, 150)
			}
		}},
		{"a coworking space: nobody is at base there", "", func(c *cast) {
			c.nobase[line] = true
			farm(9, 9)(c)
		}},
		{"a VPN exit", "", func(c *cast) {
			c.hub(line, "transit")
			farm(9, 9)(c)
		}},
		{"an office of people on many payrolls", "", func(c *cast) {
			c.hub(line, "office")
			farm(9, 9)(c)
		}},
		{"an address that went from one customer to the next", "", func(c *cast) {
			for i := range 8 {
				c.persona(i, i, line, 10+30*i, 10+30*i+25)
			}
		}},
	})
}
