package observations

import "testing"

// TestMatchJSONThatIsNoLines: a JSON document over several lines is not taken for lines, and is no reason to panic.
func TestMatchJSONThatIsNoLines(t *testing.T) {
	for head, want := range map[string]bool{
		"{\n \"seed\": 1\n}\n": false,
		"{\n":                  false,
		"{\"a\": 1}\n":         false,
		"{broken\n{\"platform\":\"ats\",\"account\":\"a\",\"kind\":\"email\",\"value\":\"a@quarrylane.example\"}\n": true,
	} {
		if got := Format().Match("x.json", []byte(head)); got != want {
			t.Errorf("%q: %v, want %v", head, got, want)
		}
	}
}
