package explain

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestEscapeJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"ada é 漢"}`:        `{"a":"ada é 漢"}`,
		"\"\u202e\u200b\u009b\"": `"\u202e\u200b\u009b"`,
		"\"\x7f\"":               `"\u007f"`,
		"\"\U000e0041\"":         `"\udb40\udc41"`,
	} {
		if got := string(EscapeJSON([]byte(in))); got != want {
			t.Errorf("EscapeJSON(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestEscapeJSONIsExact: what is parsed is what was written, and nothing hidden is left to see.
func TestEscapeJSONIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "text") + string(rapid.SampledFrom([]rune{0x202E, 0x200B, 0x9B, 0x7F, 0xE0041, 'a'}).Draw(t, "rune"))
		data, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		out := EscapeJSON(data)
		for _, r := range string(out) {
			if Hidden(r) || r == utf8.RuneError && !utf8.ValidString(in) {
				t.Fatalf("%q: holds %U", out, r)
			}
		}
		var back string
		if err := json.Unmarshal(out, &back); err != nil || back != in {
			t.Fatalf("%q came back as %q: %v", in, back, err)
		}
	})
}

func TestFormula(t *testing.T) {
	for _, s := range []string{"=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "'x", "\t=1", "\r=1", "\n=1", "  =1", " ＝1"} {
		if !Formula(s) {
			t.Errorf("Formula(%q) = false", s)
		}
	}
	for _, s := range []string{"", " ", "a=1", "ada@example.com", "o'brien", "1+1", "⟨U+000D⟩=1"} {
		if Formula(s) {
			t.Errorf("Formula(%q) = true", s)
		}
	}
}
