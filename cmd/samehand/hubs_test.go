package main

import (
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/explain"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// hubCase makes a case with a run of n lines and one hostile value downgraded, and returns its folder.
func hubCase(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "hubs.case")
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true})
	must(t, err)
	id := addSource(t, s, "aaaa000000000001", "okta.json", saw("okta:acme", "ada", ident.IP, "203.0.113.7", graph.Login, 3))
	evil, err := ident.Restore(ident.Handle, ident.Ordinary, "=cmd\x1b[2J\u202e")
	must(t, err)
	run := graph.Run{ID: "run1", Started: testTime, Sources: []string{id}, Counts: graph.RunCounts{Identifiers: 900}, Options: map[string]string{"list.exchange": "x sha256:00"}}
	run.Hubs = append(run.Hubs, graph.HubValue{Identifier: evil, Class: "service\x1b[2J", Holders: 1000, Reason: "9 of the 10 persons\u2028"})
	for i := range n {
		ip, err := ident.Parse(ident.IP, fmt.Sprintf("8.8.%d.%d", i/256, i%256))
		must(t, err)
		run.Hubs = append(run.Hubs, graph.HubValue{Identifier: ip, Class: "transit", Holders: 999 - i, Reason: "only 2 of them"})
	}
	must(t, s.SaveRun(t.Context(), run))
	must(t, s.Close())
	return dir
}

// records reads csv without its header.
func records(t *testing.T, text string) [][]string {
	t.Helper()
	list, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	must(t, err)
	return list[1:]
}

func TestHubs(t *testing.T) {
	dir := hubCase(t, 120)
	for _, c := range []struct {
		args []string
		want int
		more string
	}{
		{nil, usualHubs, "and 71 more"}, {[]string{"--limit", "0"}, 121, ""}, {[]string{"--limit", "121"}, 121, ""}, {[]string{"--limit", "120"}, 120, "and 1 more"},
		{[]string{"--class", "crowd"}, 0, ""}, {[]string{"--class", "service\x1b[2J"}, 1, ""},
		{[]string{"--class", "transit"}, usualHubs, "and 70 more"}, {[]string{"--kind", "handle"}, 1, ""}, {[]string{"--kind", "Phone"}, 0, ""},
		{[]string{"--class", "transit", "--kind", "handle"}, 0, ""},
	} {
		var w testWorld
		if code := w.run(append([]string{"--case", dir, "hubs", "--format", "csv"}, c.args...)...); code != exitDone {
			t.Fatalf("%v: %s", c.args, w.stderr.String())
		}
		if got := len(records(t, w.stdout.String())); got != c.want {
			t.Errorf("%v: %d rows, want %d", c.args, got, c.want)
		}
		said := w.stderr.String()
		if strings.Contains(said, "more of those") != (c.more != "") || !strings.Contains(said, c.more) {
			t.Errorf("%v: %s", c.args, said)
		}
		for _, want := range []string{"121 values were downgraded, of 900", "120 transit: passed through", "There was no list of anonymisers", "told by how they are used"} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not said: %s", want, said)
			}
		}
		if strings.Contains(said, "exchange wallets") || strings.ContainsAny(said+w.stdout.String(), "\x1b") {
			t.Errorf("%q", said)
		}
	}
	if r := records(t, ok(t, dir, "hubs", "--kind", "handle", "--format", "csv")); r[0][1] != "'=cmd⟨U+001B⟩[2J\u202e" || r[0][3] != "1000" {
		t.Errorf("a hostile value is listed as %q", r)
	}
}

func TestHubsFaults(t *testing.T) {
	dir := hubCase(t, 3)
	for want, args := range map[string][]string{
		"crowd, egress, exchange, mailbox-shop, multiunit, office, onepayer, service, sponsor-bank, transit; did you mean transit?": {"--class", "transmit"},
		`--class is "nope"; it can be anonymiser`: {"--class", "nope"},
		"nothing has been detected":               nil,
		"--limit is -1":                           {"--limit", "-1"},
		`--kind is "purse"; unknown kind; the k`:  {"--kind", "purse"},
	} {
		on := dir
		if args == nil {
			on = emptyRunCase(t)
		}
		var w testWorld
		code := w.run(append([]string{"--case", on, "hubs"}, args...)...)
		said := w.stderr.String()
		if code == exitDone || !strings.Contains(said, want) || w.stdout.Len() > 0 {
			t.Errorf("%v: exit %d, %s; want %q", args, code, said, want)
		}
	}
}

// emptyRunCase makes a case in which nothing was detected yet.
func emptyRunCase(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "none.case")
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true})
	must(t, err)
	addSource(t, s, "aaaa000000000001", "okta.json", saw("okta:acme", "ada", ident.IP, "203.0.113.7", graph.Login, 3))
	must(t, s.Close())
	return dir
}

// TestHubClassesInWords: every class that hides evidence is put in words.
func TestHubClassesInWords(t *testing.T) {
	for _, c := range append(linkage.ListClasses(), linkage.ClassOffice, linkage.ClassTransit, linkage.ClassEgress, linkage.ClassMultiUnit,
		linkage.ClassOnePayer, linkage.ClassService, linkage.ClassCrowd) {
		if c.Hub() && explain.ClassWords(string(c)) == string(c) {
			t.Errorf("%s is not in words", c)
		}
	}
}
