package typology

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// What is quick to see never says that two names differ which are the same.
func TestNearNames(t *testing.T) {
	word := rapid.StringMatching(`[a-eé李]{1,7}`)
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(word, 1, 4).Draw(rt, "words")
		other := append([]string(nil), words...)
		switch rapid.IntRange(0, 4).Draw(rt, "change") {
		case 0:
			other = append(other, "q")
		case 1:
			other[0], other[len(other)-1] = other[len(other)-1], other[0]
		case 2:
			other[0] += "a"
		case 3:
			other[0] = "b" + other[0][len(other[0])-len(strings.TrimLeft(other[0], "abcde")):]
		case 4:
			other = rapid.SliceOfN(word, 1, 4).Draw(rt, "other")
		}
		a, errA := ident.Parse(ident.Name, strings.Join(words, " "))
		b, errB := ident.Parse(ident.Name, strings.Join(other, " "))
		if errA != nil || errB != nil {
			return
		}
		x, y := lettersOf(a.Key()), lettersOf(b.Key())
		if ident.SameName(a, b) && !near(&x, &y) {
			rt.Fatalf("%q and %q are the same name and not near", a.Key(), b.Key())
		}
	})
}

func TestNamed(t *testing.T) {
	c := newCast(t)
	for i, name := range []string{"Rowan Kettle", "Kettle, Rowan", "Rowan Q Kettle", "Rowan Ketle", "Hazel Vessel", ""} {
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
