package ident

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		raw, key string
		full     bool
		family   string
	}{
		{"Jane Roe", "jane roe", true, "roe"},
		{"ROE, JANE", "jane roe", true, "roe"},
		{"roe , jane  ann", "jane ann roe", true, "roe"},
		{"Mr. John Roe Jr.", "john roe jr", true, "roe"},
		{"John Roe, Jr.", "john roe jr", true, "roe"},
		{"Roe, John, III", "john roe iii", true, "roe"},
		{"Roe, Dr. John", "john roe", true, "roe"},
		{"J. Roe", "j roe", false, "roe"},
		{"Jane", "jane", false, ""},
		{"Dr. Roe", "dr roe", true, "roe"}, // only two words: the title may be a name
		{"Zoë O’Brien-Ångström", "zoe obrien-angstrom", true, "obrien-angstrom"},
		{"Þór Æsir", "thor aesir", true, "aesir"},
		{"Иван Йорданов", "иван йорданов", true, "йорданов"},
		{"김민수", "김민수", true, ""},
		{"李", "李", false, ""},
		{"Roe -- Jane", "roe jane", true, "jane"},
	} {
		id := mustParse(t, Name, c.raw)
		if id.key != c.key || id.FullName() != c.full || id.Family() != c.family {
			t.Errorf("%q: %q, full %v, family %q; want %q, %v, %q", c.raw, id.key, id.FullName(), id.Family(), c.key, c.full, c.family)
		}
	}
	for raw, want := range map[string]bool{"Suharto": true, "A. Lee": true, "Lee jr": true, "Ada Lee": false, "A.": false, "王芳": false, "admin": false} {
		if id := mustParse(t, Name, raw); id.OneWordName() != want {
			t.Errorf("%q is a name of one word: %v", raw, !want)
		}
	}
	if id := mustParse(t, Employer, "Jane Roe"); id.FullName() || id.Family() != "" {
		t.Error("an employer has a family name")
	}
	if id := mustParse(t, Name, "John Doe"); id.FullName() {
		t.Error("a placeholder is a full name")
	}
}

// A slip is symmetric, and what one edit makes of a long word is one.
func TestSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.StringMatching(`[a-d]{6,12}`).Draw(t, "word")
		i := rapid.IntRange(0, len(w)-2).Draw(t, "place")
		c := rapid.StringMatching(`[a-e]`).Draw(t, "letter")
		edits := []string{w[:i] + w[i+1:], w[:i] + c + w[i:], w[:i] + c + w[i+1:], w[:i] + w[i+1:i+2] + w[i:i+1] + w[i+2:], w}
		for _, v := range edits {
			if !slip(w, v) || !slip(v, w) {
				t.Fatalf("%s and %s are one edit apart", w, v)
			}
		}
		if v := "z" + w + "z"; slip(w, v) || slip(v, w) {
			t.Fatalf("%s and %s are two edits apart", w, v)
		}
	})
}
