package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestSharedDevice(t *testing.T) {
	token := "serial:TOKEN0001"
	// turns adds people of so many employers who use one device in turn, a day each.
	turns := func(persons, employers, days int, rel graph.Relation) func(c *cast) {
		return func(c *cast) {
			for i := range persons {
				a := c.worker(i, i%employers)
				for d := i; d < days; d += persons {
					a.See(ident.Device, rel, token, 20+d, 20+d, 1)
				}
			}
		}
	}
	check(t, "T5", []story{
		{"two persons confirm with one key in turn", "medium", turns(2, 2, 20, graph.MFA)},
		{"three persons do", "high", turns(3, 3, 30, graph.MFA)},
		{"three sign in with one laptop in turn", "high", turns(3, 2, 30, graph.Login)},
		{"two of one employer confirm with one telephone", "low", turns(2, 1, 20, graph.MFA)},
		{"three have it at the same time for months", "medium", func(c *cast) {
			for i := range 3 {
				c.worker(i, i).Device(token, 10+i, 150)
			}
		}},
		{"two have it at the same time", "low", func(c *cast) {
			for i := range 2 {
				c.worker(i, i).Device(token, 10+i, 150)
			}
		}},
		{"three enrolled it, once each", "medium", func(c *cast) {
			for i := range 3 {
				c.worker(i, i).See(ident.Device, graph.MFA, token, 20+i, 20+i, 1)
			}
		}},
		{"a laptop that was given to the next", "", func(c *cast) {
			for i := range 3 {
				c.worker(i, 1).Device(token, 10+60*i, 60+60*i)
			}
		}},
		{"a laptop that was given to the next, sign-in by sign-in", "", func(c *cast) {
			for i := range 2 {
				a := c.worker(i, i)
				for d := range 60 {
					a.See(ident.Device, graph.Login, token, 10+60*i+d, 10+60*i+d, 1)
				}
			}
		}},
		{"a loaner that comes back once", "", func(c *cast) {
			a, b := c.worker(1, 1), c.worker(2, 2)
			for d := range 60 {
				a.See(ident.Device, graph.Login, token, 10+d+20*(d/40), 10+d+20*(d/40), 1)
			}
			for d := range 20 {
				b.See(ident.Device, graph.Login, token, 50+d, 50+d, 1)
			}
		}},
		{"a helpdesk's authenticator", "", turns(12, 1, 60, graph.MFA)},
		{"a kiosk", "", turns(3, 1, 60, graph.Login)},
		{"a repair shop's machine", "", func(c *cast) {
			c.hub(token, "service")
			turns(9, 9, 90, graph.Login)(c)
		}},
		{"a couple with one tablet", "", func(c *cast) {
			for i := range 2 {
				a := c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1))
				for d := i; d < 40; d += 2 {
					a.See(ident.Device, graph.Login, token, 20+d, 20+d, 1)
				}
			}
		}},
	})
}
