package typology

import (
	"fmt"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestControlStack(t *testing.T) {
	tool := "anydesk:123456789"
	shared := func(n, employers int) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				c.worker(i, i%employers).See(ident.Handle, graph.Uses, tool, 20, 100, 5)
			}
		}
	}
	// toolboxes adds people on one line with so many tools each.
	toolboxes := func(n, tools, employers int) func(c *cast) {
		return func(c *cast) {
			for i := range n {
				a := c.persona(i, i%employers, graphtest.IP(1), 10, 150)
				for j, name := range []string{"anydesk", "rustdesk", "pikvm"}[:tools] {
					a.See(ident.Handle, graph.Uses, fmt.Sprintf("%s:%d%d", name, 7000+i, j), 20, 20, 1)
				}
			}
		}
	}
	check(t, "T11", []story{
		{"one tool on the machines of two", "medium", shared(2, 2)},
		{"one tool on the machines of four", "high", shared(4, 3)},
		{"three of one line with two tools each", "medium", toolboxes(3, 2, 3)},
		{"support by the employer", "", shared(6, 1)},
		{"a contractor's tool", "", func(c *cast) {
			c.hub(tool, "service")
			shared(9, 9)(c)
		}},
		{"one tool each", "", toolboxes(5, 1, 5)},
		{"developers of one employer", "", toolboxes(5, 3, 1)},
		{"two of one line", "", toolboxes(2, 3, 2)},
		{"a handle on a platform is no tool", "", func(c *cast) {
			for i := range 3 {
				c.worker(i, i).See(ident.Handle, graph.Uses, "github:onehand", 20, 100, 5)
			}
		}},
		{"a couple with one tool", "medium", shared(2, 2)},
		{"a couple of one home with one tool", "", func(c *cast) {
			for i := range 2 {
				c.Account(emp(i), "user", graphtest.Name(i)).Home(graphtest.Address(1)).See(ident.Handle, graph.Uses, tool, 20, 100, 5)
			}
		}},
	})
}

func TestToolOf(t *testing.T) {
	for raw, want := range map[string]string{"anydesk:1": "anydesk", "RustDesk:99": "rustdesk", "github:anydesk": "", "meshcentral/acme:node1": "meshcentral"} {
		if got := toolOf(id(t, ident.Handle, raw)); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}
