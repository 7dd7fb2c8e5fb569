package report

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// palettes reads the colours of the page: on screen by day, by night, and on paper.
func palettes(t *testing.T) []map[string]string {
	t.Helper()
	var out []map[string]string
	variable := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`)
	for _, block := range regexp.MustCompile(`(?s):root \{.*?\}`).FindAllString(pageCSS, -1) {
		p := map[string]string{}
		for _, m := range variable.FindAllStringSubmatch(block, -1) {
			p[m[1]] = m[2]
		}
		out = append(out, p)
	}
	if len(out) != 3 {
		t.Fatalf("%d palettes, want light, dark and print", len(out))
	}
	return out
}

// contrast is the contrast ratio of WCAG 2.2 (relative luminance of sRGB).
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(hex string) float64 {
	n, _ := strconv.ParseUint(hex[1:], 16, 32)
	linear := func(c uint64) float64 {
		v := float64(c&0xFF) / 255
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*linear(n>>16) + .7152*linear(n>>8) + .0722*linear(n)
}

// Text has a contrast of 4.5 on everything it stands on, marks and shapes one of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	for i, p := range palettes(t) {
		for name, colour := range p {
			need := 0.0
			switch {
			case name == "ink", name == "muted", name == "accent":
				need = 4.5
			case strings.HasPrefix(name, "k-"):
				need = 3
			}
			for _, ground := range []string{"paper", "card", "soft"} {
				if got := contrast(colour, p[ground]); got < need {
					t.Errorf("palette %d: %s on %s has a contrast of %.2f, needs %.1f", i, name, ground, got, need)
				}
			}
		}
		if got := contrast(p["flag"], p["flag-bg"]); got < 4.5 {
			t.Errorf("palette %d: the flag has a contrast of %.2f", i, got)
		}
	}
}

// No two kinds of value look the same without their colour.
func TestShapesDiffer(t *testing.T) {
	for i, a := range shapes {
		for _, b := range shapes[:i] {
			if polygon(a.kind, 0, 0, 10) == polygon(b.kind, 0, 0, 10) {
				t.Errorf("%v and %v have one shape", a.kind, b.kind)
			}
		}
	}
	for k := range palettes(t)[0] {
		if kind, ok := strings.CutPrefix(k, "k-"); ok && !strings.Contains(pageCSS, ".k-"+kind+" { fill:") {
			t.Errorf("no style for kind %s", kind)
		}
	}
}
