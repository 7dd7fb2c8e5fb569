package explain

import (
	"fmt"
	"slices"
	"strconv"

	"samehand/graph"
)

// lookedAlone reports whether the run itself left out the values of a cluster one at a time. It does so where there are
// three persons or more; [work.takeApart] stands in for the others, and for runs of versions before that.
func lookedAlone(c graph.Cluster) bool { return c.Persons > 2 && lookedAround(c) }

// dropped sets what becomes of the cluster without each value as the run found it, in place of our own guess: pieces
// that it would still keep as clusters, and everybody else alone.
func (w *work) dropped(values []Value) {
	if !lookedAlone(w.c) {
		return
	}
	for i := range values {
		v := &values[i]
		same := func(o Value) bool { return o.Identifier == v.Identifier }
		at := slices.IndexFunc(w.c.Dropped, func(d graph.WhatIf) bool { return d.Identifier == v.Identifier })
		periods := 0
		for _, o := range values {
			periods += one(same(o))
		}
		switch {
		case periods > 1 && at >= 0: // which of its periods it is, the run does not say
			v.Without = nil
		case at >= 0:
			v.Without = slices.Clone(w.c.Dropped[at].Pieces)
			for range max(0, w.c.Dropped[at].Lost) {
				v.Without = append(v.Without, 1)
			}
		case len(w.c.Dropped) >= droppedMost: // the run names that many and no more
			v.Without = nil
		default:
			v.Without = []int{len(w.names)}
		}
	}
}

// droppedMost is how many values the run names at most without which a cluster would look otherwise.
const droppedMost = 10

// WhatIf says in a sentence what becomes of a cluster without one value.
func WhatIf(c graph.Cluster, d graph.WhatIf) Sentence {
	s := say("Without the ").identifier(d.Identifier)
	switch {
	case len(d.Pieces) == 0:
		return s.say(" nothing of it is left as a cluster.")
	case len(d.Pieces) == 1 && d.Lost == 0:
		s = s.say(" all ", Count(d.Pieces[0], "person"), " stay together")
	case len(d.Pieces) == 1:
		s = s.say(" it shrinks to ", Count(d.Pieces[0], "person"), "; ", Count(d.Lost, "person"), " would not be in it")
	default:
		s = s.say(" it falls into ", groupWords(d.Pieces))
		if d.Lost > 0 {
			s = s.say("; ", Count(d.Lost, "person"), " would be in none of them")
		}
	}
	return s.say(flagAfter(c, d))
}

// shaky says what of the way it holds speaks against a cluster: that the flag hangs on single values, that members come and
// go when values are left out, that it is found with one setting only.
func shaky(c graph.Cluster) []Sentence {
	var out []Sentence
	deciding := 0
	for _, d := range c.Dropped {
		deciding += one(!d.Flagged)
	}
	if c.Flagged && deciding > 0 && !stacked(c) {
		out = append(out, say("The flag hangs on ", Count(deciding, "single value"), ": without ", map[bool]string{true: "it", false: "any one of them"}[deciding == 1], " nothing would be flagged."))
	}
	if words := Steadiness(c.Stability); words == "doubtful" || words == "unstable" {
		out = append(out, say("Who is in it is ", words, ": when shared values are left out at random, a member stays in ", fmt.Sprintf("%.0f", 100*c.Stability), " of 100 tries on average."))
	}
	if c.Lowest > 0 && c.Lowest == c.Highest {
		out = append(out, say("It is found at one resolution only."))
	}
	return out
}

// stacked reports whether a cluster is flagged for the jobs that one person holds, and not for what its members share.
func stacked(c graph.Cluster) bool {
	return slices.ContainsFunc(c.Considered, func(l graph.LookAlike) bool { return l.Name == graph.OverEmployment })
}

// flagAfter says what becomes of the flag; nothing where the flag never hung on what members share.
func flagAfter(c graph.Cluster, d graph.WhatIf) string {
	switch {
	case stacked(c):
		return "."
	case c.Flagged && d.Flagged && len(d.Pieces) > 1:
		return "; at least one of them would still be flagged."
	case c.Flagged && d.Flagged:
		return ", and it would still be flagged."
	case c.Flagged:
		return ", and nothing would be flagged."
	case d.Flagged:
		return ", and it would be flagged: what speaks against a flag hangs on this value."
	}
	return "."
}

// hanging names the values without which the cluster would look otherwise, as the run found them.
func hanging(c graph.Cluster) []Sentence {
	var out []Sentence
	for _, d := range c.Dropped {
		out = append(out, WhatIf(c, d))
	}
	if len(c.Dropped) >= droppedMost {
		out = append(out, say("There may be further values of which the like holds; the detection names the ", strconv.Itoa(droppedMost), " most telling."))
	}
	return out
}

// steady says on what the cluster hangs beside single values: the resolution, and chance. It is empty when that was not looked at.
func steady(c graph.Cluster) []Sentence {
	var out []Sentence
	switch {
	case !(c.Lowest > 0) || !(c.Highest > 0): // also what is no number
	case c.Lowest == c.Highest:
		out = append(out, say("It is found at the resolution of this detection and at no other that was looked at: it hangs on that setting."))
	default:
		out = append(out, say("It is found at resolutions from ", Factor(c.Lowest), " to ", Factor(c.Highest), " times that of this detection."))
	}
	if c.Stability > 0 {
		out = append(out, say("When shared values are left out at random, a member stays in ", fmt.Sprintf("%.0f", 100*c.Stability),
			" of 100 tries on average: ", Steadiness(c.Stability), "."))
	}
	return out
}

// Steadiness puts a stability of 0 to 1 in words, with the bounds that are customary for clusters under resampling
// (Hennig 2007, doi:10.1016/j.csda.2006.11.025); "" for 0, which stands for not looked at.
func Steadiness(stability float64) string {
	switch {
	case !(stability > 0):
		return ""
	case stability >= .85:
		return "highly stable"
	case stability >= .75:
		return "stable"
	case stability >= .6:
		return "doubtful"
	}
	return "unstable"
}
