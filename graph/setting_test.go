package graph_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"samehand/graph"
)

// values holds one of each type that a setting can be.
type values struct {
	f float64
	n int
	d time.Duration
	u uint64
	s string
}

func (v *values) settings() map[string]graph.Setting {
	return map[string]graph.Setting{
		"f": {Name: "f", F: &v.f, Lo: .5, Hi: 2}, "n": {Name: "n", N: &v.n, Lo: 1, Hi: 1e6},
		"d": {Name: "d", D: &v.d, Lo: 1, Hi: 48}, "u": {Name: "u", U: &v.u}, "s": {Name: "s", S: &v.s, OneOf: []string{"", "a", "b"}},
	}
}

func TestSetting(t *testing.T) {
	for _, c := range []struct{ name, text, fault, check string }{
		{"f", "0.5", "", ""}, {"f", "1e0", "", ""}, {"f", "x", "a number such as 0.5", ""}, {"f", "NaN", "", "between 0.5 and 2"}, {"f", "3", "", "between 0.5 and 2"},
		{"n", "7", "", ""}, {"n", "7.5", "a whole number", ""}, {"n", "0", "", "between 1 and 1e+06"},
		{"d", "36h", "", ""}, {"d", "36", "a time such as 48h", ""}, {"d", "49h", "", "1 and 48 hours"},
		{"u", "18446744073709551615", "", ""}, {"u", "-1", "a whole number", ""},
		{"s", "a", "", ""}, {"s", "", "", ""}, {"s", "c", "", `one of "", a, b`},
	} {
		var v values
		s := v.settings()[c.name]
		before := s.String()
		err := s.Set(c.text)
		if c.fault != "" {
			if err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), "option "+c.name) || s.String() != before {
				t.Errorf("%s = %q: %v, now %q", c.name, c.text, err, s)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s = %q: %v", c.name, c.text, err)
		}
		err = s.Check()
		if (err == nil) != (c.check == "") || err != nil && !strings.Contains(err.Error(), c.check) {
			t.Errorf("%s = %q: Check says %v, want %q", c.name, c.text, err, c.check)
		}
	}
}

// TestSettingRoundTrip: what String writes, Set reads.
func TestSettingRoundTrip(t *testing.T) {
	in := values{math.Pi, -12, 36*time.Hour + time.Microsecond, math.MaxUint64, "b"}
	var out values
	to := out.settings()
	for name, s := range in.settings() {
		if err := to[name].Set(s.String()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if in != out {
		t.Errorf("%+v became %+v", in, out)
	}
}

func TestSettingRange(t *testing.T) {
	var v values
	for name, want := range map[string]string{"f": "0.5 to 2", "n": "1 to 1000000", "d": "1h to 48h", "u": "any whole number", "s": `"", a, b`} {
		if got := v.settings()[name].Range(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestCheckSettings(t *testing.T) {
	v := values{f: 9, n: 9, d: 900 * time.Hour, s: "a"}
	m := v.settings()
	err := graph.CheckSettings([]graph.Setting{m["f"], m["n"], m["d"], m["s"]})
	if err == nil || strings.Count(err.Error(), "option ") != 2 {
		t.Errorf("%v, want two faults", err)
	}
	if err := graph.CheckSettings(nil); err != nil {
		t.Error(err)
	}
}
