package typology

import (
	"testing"

	"samehand/graph/graphtest"
)

// Two spellings are two names: which patterns are seen may not depend on how names are spelled.
func TestNamed(t *testing.T) {
	c := newCast(t)
	for i, name := range []string{"Rowan Kettle", "Kettle, Rowan", "Hazel Vessel", ""} {
		c.Account("upwork", string(rune('a'+i)), name).Login(graphtest.IP(i), 1, 2, 1)
	}
	v, g := c.view(0)
	s := newScene(v, g, Defaults())
	if got := len(s.named(g.Persons)); got != 2 {
		t.Errorf("%d names, want 2", got)
	}
	if got := len(s.named(nil)); got != 0 {
		t.Errorf("nobody has %d names", got)
	}
}
