package typology

import (
	"fmt"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestCloneDossier(t *testing.T) {
	cv := "sha256:" + strings.Repeat("ab12", 16)
	show := func(n int, more func(i int, a graphtest.Account)) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				a := c.worker(i, i).See(ident.Document, graph.Uses, cv, 5, 5, 1)
				if more != nil {
					more(i, a)
				}
			}
		}
	}
	purse := func(i int, a graphtest.Account) { a.Payout(graphtest.Bank(i/2), 10, 200) }
	check(t, "T7", []story{
		{"three names", "low", show(3, nil)},
		{"three names, two of them with one purse", "medium", show(3, purse)},
		{"six names and purses in common", "high", show(6, purse)},
		{"two names and one purse", "low", show(2, purse)},
		{"a portfolio's address", "low", func(c *cast) {
			for i := range 3 {
				c.worker(i, i).See(ident.Website, graph.Uses, "https://folio.hollow-works.dev/me", 5, 5, 1)
			}
		}},
		{"two names with one file", "", show(2, nil)},
		{"a template", "", show(30, nil)},
		{"a text that serves many", "", func(c *cast) {
			c.hub(cv, "mediator")
			show(6, purse)(c)
		}},
		{"one identity document is none of it", "", func(c *cast) {
			for i := range 3 {
				c.worker(i, i).See(ident.Document, graph.Registered, "passport US 55667788"+fmt.Sprint(1), 5, 5, 1)
			}
		}},
		{"a family business", "", func(c *cast) {
			for i := range 4 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).See(ident.Document, graph.Uses, cv, 5, 5, 1)
			}
		}},
	})
}
