package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestSharedContact(t *testing.T) {
	// Numbers 21 apart have neither first nor last name in common.
	number := graphtest.Phone(77)
	give := func(n int, rel graph.Relation) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				c.Account(fmt.Sprintf("ats:employer%d", i), fmt.Sprintf("cand%d", i), graphtest.Name(21*i)).
					Home(graphtest.Address(3*i)).See(ident.Phone, rel, number, 10+i, 10+i, 1)
			}
		}
	}
	two := func(a, b string, home int) func(c *cast) {
		return func(c *cast) {
			c.Account(emp(1), "a", a).Home(graphtest.Address(1)).Phone(number, 3)
			c.Account(emp(2), "b", b).Home(graphtest.Address(home)).Phone(number, 3)
		}
	}
	check(t, "T6", []story{
		{"two candidates", "low", give(2, graph.Registered)},
		{"three candidates", "medium", give(3, graph.Registered)},
		{"five candidates", "high", give(5, graph.Recovery)},
		{"three candidates of one employer", "medium", func(c *cast) {
			for i := range 3 {
				c.Account("ats:acme", fmt.Sprintf("cand%d", i), graphtest.Name(21*i)).Home(graphtest.Address(3*i)).Phone(number, 10)
			}
		}},
		{"a mailbox of three names", "medium", func(c *cast) {
			for i := range 3 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(21*i)).Home(graphtest.Address(3 * i)).Email("one.hand@acme-mail.com")
			}
		}},
		{"a recruiter's number", "", give(9, graph.Recruiter)},
		{"a referee's number", "", give(9, graph.Referee)},
		{"spouses with one surname and two addresses", "", two("Rowan Kettle", "Hazel Kettle", 9)},
		{"a name change", "", two("Rowan Kettle", "Rowan Vessel", 9)},
		{"a slip", "", two("Rowan Kettle", "Rowann Ketle", 9)},
		{"a couple at one home", "", two("Rowan Kettle", "Hazel Vessel", 1)},
		{"a helpdesk's number", "", func(c *cast) {
			c.hub("+13122000077", "service")
			c.hub(number, "service")
			give(9, graph.Registered)(c)
		}},
		{"a desk telephone", "", func(c *cast) {
			for i := range 4 {
				c.worker(21*i, 1).Phone(number, 10)
			}
		}},
	})
}

func TestLikeNames(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"rowan kettle", "rowan kettle", true},
		{"rowan kettle", "kettle rowan", true},
		{"rowan kettle", "roan ketle", true},
		{"rowan kettle", "hazel vessel", false},
		{"rowan q kettle", "hazel q vessel", false}, // an initial in common is nothing
		{"", "hazel", false},
	} {
		if got := likeNames(test.a, test.b, .5); got != test.want || likeNames(test.b, test.a, .5) != test.want {
			t.Errorf("%q and %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"same", "same", 0}} {
		if got := edits([]rune(test.a), []rune(test.b)); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
