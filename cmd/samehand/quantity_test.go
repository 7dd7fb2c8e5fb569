package main

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph/explain"
)

func TestParseAllowance(t *testing.T) {
	for _, c := range []struct {
		text     string
		n, total int64
		exceeded bool
	}{
		{"1%", 1, 100, false},
		{"1%", 2, 100, true},
		{"0%", 0, 0, false},
		{"0%", 1, 1000000, true},
		{"0.5%", 5, 1000, false},
		{"0.5%", 6, 1000, true},
		{"100%", 10, 10, false},
		{"0", 0, 5, false},
		{"0", 1, 5, true},
		{"20", 20, 21, false},
		{"20", 21, 1000000, true},
	} {
		a, err := parseAllowance(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if a.exceeded(c.n, c.total) != c.exceeded {
			t.Errorf("%s: %d of %d exceeded is %v", c.text, c.n, c.total, !c.exceeded)
		}
	}
	for _, bad := range []string{"", "%", "x", "-1", "-1%", "101%", "NaN%", "1.5", "1 %%"} {
		if _, err := parseAllowance(bad); err == nil {
			t.Errorf("%q is taken", bad)
		} else if !strings.Contains(err.Error(), "%") {
			t.Errorf("%q: %v does not say how to write it", bad, err)
		}
	}
}

func TestParseBytes(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "1000000": 1000000, "1K": 1 << 10, "500M": 500 << 20, "2G": 2 << 30, "2g": 2 << 30, "2GiB": 2 << 30, "2GB": 2 << 30, " 3T ": 3 << 40,
	} {
		if got, err := parseBytes(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "G", "-1", "0", "1.5G", "9999999999T", "5X", "B"} {
		if n, err := parseBytes(bad); err == nil {
			t.Errorf("%q is taken for %d", bad, n)
		}
	}
}

func TestSizeText(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1.0 KiB", 1536: "1.5 KiB", 5 << 30: "5.0 GiB", 1 << 62: "4194304.0 TiB"} {
		if got := sizeText(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestHowMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 clusters", 1: "1 cluster", 2: "2 clusters"} {
		if got := explain.Count(n, "cluster"); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// TestWrap: wrapping loses no word and breaks no line that could be kept short.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.StringMatching(`[a-zé]{1,30}`)).Draw(t, "words")
		got := wrap("  - ", "    ", strings.Join(words, " "))
		if back := strings.Fields(strings.TrimPrefix(got, "  - ")); strings.Join(back, " ") != strings.Join(words, " ") {
			t.Fatalf("%q became %q", words, got)
		}
		for line := range strings.Lines(got) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > pageWidth {
				t.Fatalf("a line of %d characters", n)
			}
		}
	})
}
