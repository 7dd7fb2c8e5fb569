package cluster

import (
	"fmt"
	"slices"

	"samehand/graph"
)

// stacked reports whether one person holds more jobs than one can work at, several at once: an identity that is lent, or several hands.
func (d *detection) stacked(person uint32) bool {
	return len(d.model.Employers(person)) >= d.o.Jobs && len(d.model.Jobs(person)) >= d.o.Jobs && d.model.Seats(person) >= d.o.JobsAtOnce
}

// stacks lists the persons in no group who are stacked, as groups of one.
func (d *detection) stacks(groups []group) []group {
	in := make([]bool, d.model.Persons.Len())
	for _, g := range groups {
		for _, p := range g.persons {
			in[p] = true
		}
	}
	var out []group
	for p := range in {
		if !in[p] && d.stacked(uint32(p)) {
			out = append(out, group{persons: []uint32{uint32(p)}, points: []float64{0}})
		}
	}
	return out
}

// stackReasons says which members of a group are stacked; none, when nobody is.
func (d *detection) stackReasons(g group) (members []uint32, reasons []string) {
	for _, p := range g.persons {
		if d.stacked(p) {
			n, atOnce := len(d.model.Jobs(p)), d.model.Seats(p)
			members = append(members, p)
			reasons = append(reasons, fmt.Sprintf("one person holds %d jobs, %d of them at the same time: more than one can work at; the identity may be lent, or several may work under it", n, atOnce))
		}
	}
	return members, slices.Compact(reasons)
}

// flagStacks flags the stacked members of a cluster that is not flagged as a whole.
func (d *detection) flagStacks(g group, c *graph.Cluster) {
	members, reasons := d.stackReasons(g)
	if len(members) == 0 || d.plain() {
		return
	}
	if c.Flagged {
		c.Reasons = append(c.Reasons, reasons...)
		return
	}
	c.Flagged, c.Reasons = true, reasons
	if len(g.persons) > 1 {
		c.Reasons = append(c.Reasons, "only this is flagged: what the members share is explained otherwise, or too little")
	}
	c.Considered = []graph.LookAlike{{Name: graph.OverEmployment, Reason: fmt.Sprintf("people who work more than one job have two to four; this is %d or more, and %d or more at the same time", d.o.Jobs, d.o.JobsAtOnce)}}
	for i := range c.Members {
		a, _ := slices.BinarySearchFunc(d.t.Accounts, c.Members[i].Account, graph.AccountID.Compare)
		c.Members[i].Flagged = slices.Contains(members, d.model.Persons.Of[a])
	}
}
