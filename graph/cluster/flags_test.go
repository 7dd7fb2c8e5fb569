package cluster

import (
	"testing"

	"samehand/graph/graphtest"
)

// Whether a group is flagged is the same with the short cut for few names as without, for all groups and all that is left of them
// without their first members.
func TestFlagsShortCut(t *testing.T) {
	table := graphtest.NewDemo(graphtest.New(t)).Table()
	d, err := weigh(t.Context(), table, Defaults())
	if err != nil {
		t.Fatal(err)
	}
	groups, err := d.groups(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.held = newHeldValues(d.model)
	if len(groups) == 0 {
		t.Fatal("no groups")
	}
	for _, g := range groups {
		for i := range g.persons {
			passing := make([]bool, len(g.persons))
			for j := range i {
				passing[j] = true
			}
			if part := core(g, passing); d.flags(part) != d.weighUp(part).flagged {
				t.Errorf("%d persons: flagged %t, and not by the short cut", len(part.persons), d.weighUp(part).flagged)
			}
		}
	}
}
