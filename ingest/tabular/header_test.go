package tabular

import (
	"strings"
	"testing"
)

func TestValueLike(t *testing.T) {
	for _, name := range []string{
		"jane@halden.example", "1001", "+1 (914) 555-1234", "2024-05-01", "2024-05-01T10:00:00Z", "01/05/2024", "203.0.113.9", "2001:db8::1",
		"https://halden.example/x", strings.Repeat("x", 65), strings.Repeat("a b ", 80), " 12 ",
	} {
		if ValueLike(name) == "" {
			t.Errorf("%q is taken for a name", name)
		}
	}
	for _, name := range []string{
		"", "email", "E-mail", "#2", "Address 1", "2nd phone", "accounts.0.number", "What is your legal name, as it stands on the papers that you will show us?",
		"Phone\nnumber", "naïve", "%", "-", "first_seen", "MAC", "ada", "cafe", strings.Repeat("depth.", 12) + "name",
	} {
		if reason := ValueLike(name); reason != "" {
			t.Errorf("%q is taken for a value: %s", name, reason)
		}
	}
}

func TestNamesHideValues(t *testing.T) {
	if s := Names([]string{"a", "jane@halden.example", "b", "5551234"}); s != `"a", "b", and 2 columns whose names look like values` {
		t.Errorf("got %s", s)
	}
	if s := Names([]string{"jane@halden.example"}); s != "1 column whose name looks like a value" {
		t.Errorf("got %s", s)
	}
	if s := Names(strings.Split(strings.Repeat("x,", 41)+"y", ",")); !strings.HasSuffix(s, " and 2 more") {
		t.Errorf("got %s", s)
	}
}

func TestNoHeader(t *testing.T) {
	if err := NoHeader([]string{"id", "full name", "email"}); err != nil {
		t.Error(err)
	}
	err := NoHeader([]string{"Jane", "jane@halden.example"})
	if err == nil || !strings.Contains(err.Error(), "an @ in column 2") || strings.Contains(err.Error(), "ane") {
		t.Errorf("got %v", err)
	}
}
