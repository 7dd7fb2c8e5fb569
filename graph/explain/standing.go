package explain

import (
	"math"
	"slices"
	"strings"

	"samehand/graph"
	"samehand/graph/linkage"
)

// standing says of a member of a flagged cluster who is not flagged that it is only shown, and why, and of every member
// how its points add up. Values must be explained.
func (w *work) standing(m *Member, c Cluster) {
	m.Sum = w.sum(*m, c.Values)
	if !c.Flagged || m.Flagged {
		return
	}
	m.Aside = w.aside(*m, c.Values)
	shown := "shown, not flagged"
	if m.Standing != "" {
		shown += "; " + m.Standing
	}
	m.Standing = shown
	m.Words = m.Words.say(" It is shown, not flagged: ", m.Aside)
}

// aside says what it is that may have put a member into the cluster without its doing. The rules are those of the
// detection (package cluster); it keeps no reason for a single member, so this one is read from what ties its person.
func (w *work) aside(m Member, values []Value) string {
	var families []graph.Family
	n := 0
	for _, v := range values {
		if slices.Contains(w.holders(v), w.persons[m.Account]) {
			n++
			if !slices.Contains(families, v.Family) {
				families = append(families, v.Family)
			}
		}
	}
	site := !slices.ContainsFunc(families, func(f graph.Family) bool { return f != graph.Network && f != graph.Place })
	switch {
	case n == 1:
		return "one value is all that ties this person, and others can put it there."
	case site && slices.Contains(families, graph.Place):
		return "only the line and the address tie this person: they may simply live where the parcels go."
	case len(families) == 1:
		return "one family of evidence is all that ties this person, and a service or other people may have put it there."
	}
	return "what ties this person may have come about without their doing."
}

// The formula of a member's points: see package cluster, which these numbers are the defaults of. Where the sum they
// give is not that of the run, none is shown.
const (
	echo    = .25 // what each further holder inside adds to a value
	echoMax = 2.0 // what a value is multiplied by at most for it
)

// sum writes how the points of a member's person add up: each value times what its holders inside add; of each family
// the best in full and a quarter of the rest. It is "" where that does not give the points of the run.
func (w *work) sum(m Member, values []Value) string {
	best := map[graph.Family]int{}
	worth := make([]float64, len(values))
	var mine []int
	for i, v := range values {
		if !slices.Contains(w.holders(v), w.persons[m.Account]) {
			continue
		}
		mine = append(mine, i)
		worth[i] = v.Points * min(echoMax, 1+echo*float64(v.Inside-1))
		if b, ok := best[v.Family]; !ok || worth[i] > worth[b] {
			best[v.Family] = i
		}
	}
	repeat, total := linkage.Defaults().Repeat, 0.0
	var parts []string
	for _, i := range mine {
		part := Points(values[i].Points) + " × " + Factor(min(echoMax, 1+echo*float64(values[i].Inside-1)))
		if best[values[i].Family] != i {
			part += " × " + Factor(repeat)
			worth[i] *= repeat
		}
		total += worth[i]
		parts = append(parts, part)
	}
	const near = .1 // points are read to one digit
	if len(parts) == 0 || math.Abs(total-m.Points) > near {
		return ""
	}
	return strings.Join(parts, " + ") + " = " + Points(m.Points)
}
