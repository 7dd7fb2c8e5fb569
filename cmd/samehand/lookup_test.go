package main

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
)

func TestParseAccount(t *testing.T) {
	for text, want := range map[string]graph.AccountID{
		"okta:acme/ada": {Platform: "okta:acme", Native: "ada"},
		"GitHub/Ada":    {Platform: "github", Native: "Ada"},
		"ats/a/b":       {Platform: "ats", Native: "a/b"},
	} {
		if got, ok := parseAccount(text); !ok || got != want {
			t.Errorf("%s: %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "c123", "/x", "x/", "/"} {
		if got, ok := parseAccount(text); ok {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestFindAccount(t *testing.T) {
	all := []graph.AccountID{{Platform: "a", Native: "Ada"}, {Platform: "a", Native: "BOB"}, {Platform: "a", Native: "bob"}, {Platform: "b", Native: "cyd"}}
	for want, name := range map[graph.AccountID]string{all[0]: "a/ada", all[1]: "a/BOB", all[2]: "a/bob", all[3]: "B/CYD"} {
		id, _ := parseAccount(name)
		if got, err := findAccount(all, id); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if got, err := findAccount(all, graph.AccountID{Platform: "a", Native: "Bob"}); err == nil {
		t.Errorf("two accounts are meant, and %v is chosen", got)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"okta/ada.quarry", "okta/bob.harbour", "okta/ada.quarrie", "github/aq", "x"}
	for name, want := range map[string][]string{
		"ada":              {"okta/ada.quarrie", "okta/ada.quarry"},
		"okta/ada.quary":   {"okta/ada.quarry", "okta/ada.quarrie"},
		"OKTA/BOB.HARBOUR": {"okta/bob.harbour"},
		"zzzzzzzz":         nil,
		"":                 nil,
	} {
		if diff := cmp.Diff(want, nearest(name, names)); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
}

// TestNearestIsBounded: never more than are asked for, never a name that is not there, whatever the order.
func TestNearestIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c]{1,5}`), 0, 9, rapid.ID).Draw(t, "names")
		name := rapid.StringMatching(`[a-c]{0,5}`).Draw(t, "name")
		got := nearest(name, names)
		if len(got) > nearestNames {
			t.Fatalf("%d names", len(got))
		}
		for _, g := range got {
			if !slices.Contains(names, g) {
				t.Fatalf("%q is not there", g)
			}
		}
		slices.Reverse(names)
		if diff := cmp.Diff(got, nearest(name, names)); diff != "" {
			t.Fatal(diff)
		}
	})
}
