package typology

import (
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestRemoteHand(t *testing.T) {
	farm := graphtest.IP(1)
	// remote adds people whose machine is on one line while they sign in from another, on so many days.
	remote := func(n, days int, from func(i int) string) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				c.Account(emp(i), "user", graphtest.Name(i)).See(ident.IP, graph.Uses, farm, 10, 200, 150).Login(from(i), 20, 20+days-1, days)
			}
		}
	}
	away := func(i int) string { return graphtest.IP(100 + i) }
	check(t, "T10", []story{
		{"one person, two months", "low", remote(1, 60, away)},
		{"two machines on one line", "medium", remote(2, 60, away)},
		{"four machines on one line", "high", remote(4, 60, away)},
		{"now and then from the machine's line", "low", func(c *cast) {
			remote(1, 60, away)(c)
			c.Account(emp(0), "user", graphtest.Name(0)).Login(farm, 30, 38, 9)
		}},
		{"a journey of ten days", "", remote(1, 10, away)},
		{"home half of the time", "", func(c *cast) {
			remote(1, 60, away)(c)
			c.Account(emp(0), "user", graphtest.Name(0)).Login(farm, 30, 60, 30)
		}},
		{"always where the machine is", "", remote(3, 60, func(int) string { return farm })},
		{"the VPN of the employer", "", func(c *cast) {
			c.hub(graphtest.IP(100), "office")
			remote(3, 60, func(int) string { return graphtest.IP(100) })(c)
		}},
		{"a machine that travels", "", func(c *cast) {
			a := c.Account(emp(0), "user", graphtest.Name(0)).Login(graphtest.IP(100), 10, 100, 90)
			for i := range 9 {
				a.See(ident.IP, graph.Uses, graphtest.IP(200+i), 10+10*i, 19+10*i, 10)
			}
		}},
		{"a machine seen long before", "", func(c *cast) {
			c.Account(emp(0), "user", graphtest.Name(0)).See(ident.IP, graph.Uses, farm, 1, 10, 5).Login(graphtest.IP(100), 50, 150, 100)
		}},
	})
}

// A home has a network of IPv6 addresses: another address of the same one is not another place.
func TestRemoteHandSameNetwork(t *testing.T) {
	for address, want := range map[string]string{"2a02:1234:5:6::beef": "", "2a02:1234:5:7::beef": "low"} {
		c := newCast(t)
		c.Account(emp(0), "user", graphtest.Name(0)).See(ident.IP, graph.Uses, "2a02:1234:5:6::1", 10, 200, 150).Login(address, 20, 90, 70)
		if p := c.find("T10"); p.Strength != want {
			t.Errorf("%q, want %q", p.Strength, want)
		}
	}
}
