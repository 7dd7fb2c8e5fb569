package linkage

import (
	"math"
	"strings"

	"samehand/graph/ident"
)

// Two accounts of one bank of which only the last four digits are shown may end alike by chance, and among many some do. How many
// holders are too many for chance follows from the case itself: of n masked accounts of one bank over s possible endings, about
// s (n/s)^d / d! endings have d holders by chance.
const chanceOf = .05 // endings that chance gives, below which those with so many holders are taken to be one account

// endings returns what is before the shown ending of a masked payment, and how many endings there could be; false for anything else.
func endings(id ident.ID) (before string, possible float64, ok bool) {
	if id.Kind() != ident.Payment || id.Mark() != ident.Masked {
		return "", 0, false
	}
	key := id.Key()
	n := len(key)
	for n > 0 && key[n-1] >= '0' && key[n-1] <= '9' {
		n--
	}
	if n == len(key) || n == 0 {
		return "", 0, false
	}
	return strings.TrimRight(key[:n], "*xX"), math.Pow10(len(key) - n), true
}

// maskedCrowds counts the accounts that have a masked payment, by what is before the ending.
func (f *facts) maskedCrowds() map[string]float64 {
	n := map[string]float64{}
	for i, r := range f.t.Rows {
		if f.sorts.of[r.Identifier].kind() != ident.Payment {
			continue
		}
		if i > 0 && f.t.Rows[i-1].Account == r.Account && f.t.Rows[i-1].Identifier == r.Identifier {
			continue
		}
		if before, _, ok := endings(f.t.Identifiers[r.Identifier]); ok {
			n[before]++
		}
	}
	return n
}

// unmask marks the masked values that have too many holders for chance.
func (m *Model) unmask() {
	crowds := m.maskedCrowds()
	for i := range m.Values {
		v := &m.Values[i]
		before, possible, ok := endings(m.t.Identifiers[v.Identifier])
		if !ok {
			continue
		}
		d := float64(len(m.Holders(*v)))
		lgamma, _ := math.Lgamma(d + 1)
		v.sure = d > 2 && math.Log(possible)+d*math.Log(crowds[before]/possible)-lgamma < math.Log(chanceOf)
	}
}

// guessed reports whether a value may be several that look alike because a part of each is hidden.
func (m *Model) guessed(v Value) bool {
	return m.t.Identifiers[v.Identifier].Mark() == ident.Masked && !v.sure
}
