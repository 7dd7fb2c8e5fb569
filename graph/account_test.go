package graph_test

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
)

func TestAccountParts(t *testing.T) {
	for _, tc := range []struct{ platform, system, tenant string }{
		{"okta:acme", "okta", "acme"},
		{"github", "github", ""},
		{"a:b:c", "a", "b:c"},
		{"", "", ""},
	} {
		a := graph.AccountID{Platform: tc.platform, Native: "x"}
		if a.System() != tc.system || a.Tenant() != tc.tenant {
			t.Errorf("%q: system %q, tenant %q; want %q, %q", tc.platform, a.System(), a.Tenant(), tc.system, tc.tenant)
		}
	}
}

// ab+c and a+bc are two accounts.
func TestAccountsAreNotJoinedText(t *testing.T) {
	a, b := graph.AccountID{Platform: "ab", Native: "c"}, graph.AccountID{Platform: "a", Native: "bc"}
	if a == b || a.Compare(b) == 0 {
		t.Error("two accounts are taken for one")
	}
	s := []graph.AccountID{a, b}
	slices.SortFunc(s, graph.AccountID.Compare)
	if s[0] != b {
		t.Error("accounts are not ordered by platform first")
	}
}

func TestAccountIsRedactedInLogs(t *testing.T) {
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("account", "id", graph.AccountID{Platform: "okta:acme", Native: "jane@mailbox.test"})
	if strings.Contains(out.String(), "jane") || !strings.Contains(out.String(), "okta:acme") {
		t.Errorf("log line: %s", out.String())
	}
}

func TestValid(t *testing.T) {
	if (graph.AccountID{}).Valid() || (graph.AccountID{Platform: "p"}).Valid() || !(graph.AccountID{Platform: "p", Native: "n"}).Valid() {
		t.Error("an account needs both parts, and no more")
	}
}
