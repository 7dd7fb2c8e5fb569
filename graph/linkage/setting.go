package linkage

import "samehand/graph"

// Setting is one option by name.
type Setting = graph.Setting

// CheckSettings names every setting that is out of its range; nil when there is none.
func CheckSettings(ss []Setting) error { return graph.CheckSettings(ss) }
