package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// vouch adds people with a mailbox each; edges say whose mailbox each gives as a referee, and others how many outsiders.
func vouch(n, others int, edges ...[2]int) func(c *cast) {
	mail := func(i int) string { return fmt.Sprintf("person%d@gmail.com", i) }
	return func(c *cast) {
		for i := range n {
			a := c.worker(i, i).Email(mail(i))
			for o := range others {
				a.See(ident.Email, graph.Referee, fmt.Sprintf("boss%d.%d@company.com", i, o), 5, 5, 1)
			}
			for _, e := range edges {
				if e[0] == i {
					a.See(ident.Email, graph.Referee, mail(e[1]), 5, 5, 1)
				}
			}
		}
	}
}

func TestVouchingRing(t *testing.T) {
	circle := [][2]int{{0, 1}, {1, 2}, {2, 0}}
	check(t, "T8", []story{
		{"three in a circle", "medium", vouch(3, 0, circle...)},
		{"two by each other, and nobody else", "low", vouch(2, 0, [2]int{0, 1}, [2]int{1, 0})},
		{"four who all name one of them", "medium", vouch(4, 0, [2]int{0, 3}, [2]int{1, 3}, [2]int{2, 3})},
		{"four in a circle", "high", vouch(4, 0, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 0})},
		{"former colleagues, who have others as well", "", vouch(3, 2, circle...)},
		{"two with two others each", "", vouch(2, 2, [2]int{0, 1}, [2]int{1, 0})},
		{"one for another", "", vouch(2, 0, [2]int{0, 1})},
		{"a circle of five", "", vouch(5, 1, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}, [2]int{3, 4}, [2]int{4, 0})},
		{"somebody who names themselves", "", vouch(2, 0, [2]int{0, 0}, [2]int{1, 1})},
		{"one referee whom nobody knows", "", func(c *cast) {
			for i := range 5 {
				c.worker(i, i).See(ident.Email, graph.Referee, "manager@company.com", 5, 5, 1)
			}
		}},
		{"a manager's mailbox that everybody names", "", func(c *cast) {
			c.hub("person0@gmail.com", "service")
			vouch(5, 0, [2]int{1, 0}, [2]int{2, 0}, [2]int{3, 0}, [2]int{4, 0})(c)
		}},
		{"no edges", "", func(c *cast) { vouch(3, 1)(c); c.worker(9, 9).Email(graphtest.Name(1)[:5] + "@gmail.com") }},
	})
}
