package main

import (
	"context"
	"strings"
	"testing"
	"unicode"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
)

// surroundedCase makes a case whose flagged cluster has everything that a run can say of one; text stands wherever a run has words.
func surroundedCase(t *testing.T, text string) string {
	t.Helper()
	ctx := context.Background()
	dir := smallCase(t)
	s, err := casestore.Open(ctx, dir, casestore.Options{})
	must(t, err)
	run, err := s.LastRun(ctx)
	must(t, err)
	line, err := ident.Parse(ident.IP, "203.0.113.7")
	must(t, err)
	run.ID, run.Alarms = "run2", []string{"one swallowed too much" + text}
	run.Missing = []graph.Missing{{Pattern: "T4" + text, Name: "wages run together" + text, Lacks: "transfers" + text}}
	for i := range run.Clusters {
		surround(&run.Clusters[i], line, text)
	}
	must(t, s.SaveRun(ctx, run))
	must(t, s.Close())
	return dir
}

func surround(c *graph.Cluster, line ident.ID, text string) {
	c.Stability, c.Lowest, c.Highest = .8, .5, 2
	c.Considered = []graph.LookAlike{{Name: "chance" + text, Reason: "too rare" + text}, {Name: "household" + text, Holds: !c.Flagged, Reason: "one home" + text}}
	c.Sites = []graph.Site{{ID: "s1" + text, Identifiers: []ident.ID{line}, Persons: 1}}
	c.Members[1].Site, c.Members[1].Stability, c.Members[1].Role = "s1"+text, .75, graph.RolePersona+text
	if !c.Flagged {
		return
	}
	eve := graph.AccountID{Platform: "ats", Native: "eve"}
	c.Persons = 3
	c.Candidates = []graph.Candidate{{Person: "p1", Accounts: []graph.AccountID{c.Members[0].Account}, Score: 5, Reasons: []string{"lives there" + text}}}
	c.Apart = []graph.Apart{{Account: eve, Person: "p9" + text, Role: graph.RoleVictim, Reason: "has the name and home of a member" + text}}
	c.Patterns = []graph.Pattern{{ID: "T1" + text, Name: "laptop farm" + text, Strength: "high" + text, Reason: "many on one line" + text, Accounts: []graph.AccountID{eve}, Identifiers: []ident.ID{line}}}
	c.Dropped = []graph.WhatIf{{Identifier: line, Family: graph.Network, Pieces: []int{2}, Lost: 1}}
}

func TestShowSurroundings(t *testing.T) {
	dir := surroundedCase(t, "")
	for name, want := range map[string][]string{
		"c-loud": {
			"ALARM: One swallowed too much.\nCluster c-loud: flagged", "Who may host or run it\n  - Candidate 1: no name, person p1, 5.0 clue points; a member of the cluster", "Lives there.",
			"Nobody else has clues enough to be named.", "s1: main place of 1 of 3 persons: IP address “203.0.113.7”",
			"Accounts in it, by site and person\n  Person p2, candidate: persona, site s1, stable (0.75)", "Set apart: not members",
			"possible identity victim: no name, person p9: ats/eve\n    Has the name and home of a member.", "Named patterns: a description, not a charge\n  - T1 laptop farm, high: Many on one line.",
			"considered and set aside\n  - chance; household (--all says why)", "it shrinks to 2 persons; 1 person would not be", "resolutions from 0.5 to 2 times", "80 of 100 tries",
		},
		"c-quiet": {"Why it is not flagged\n  - An innocent explanation may hold, household: One home.\n", "Two independent families."},
		"ats/eve": {"In no cluster of the last detection.", "It is set apart from cluster c-loud as a possible identity victim", "It is no member of it."},
	} {
		text := ok(t, dir, "show", name)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is missing in:\n%s", name, w, text)
			}
		}
	}
	if text := ok(t, dir, "show", "--all", "c-loud"); !strings.Contains(text, "  - chance: Too rare.") {
		t.Errorf("--all does not say why an innocent explanation was set aside:\n%s", text)
	}
	if text := ok(t, dir, "show", "c-quiet"); strings.Contains(text, "Who may host") || strings.Contains(text, "Candidate") {
		t.Errorf("of a cluster that is not flagged somebody is named:\n%s", text)
	}
}

// What a run says in words reaches a terminal as text, whatever it holds.
func TestShowSurroundingsHostile(t *testing.T) {
	dir := surroundedCase(t, "\x1b[2J\u202e\r\npwn\x07")
	for _, args := range [][]string{{"show", "c-loud"}, {"show", "--all", "c-loud"}, {"show", "c-quiet"}, {"show", "ats/eve"}, {"clusters"}, {"report", "-o", "-", "--format", "md"}} {
		var w testWorld
		if code := w.run(append([]string{"--case", dir}, args...)...); code != exitDone {
			t.Fatalf("%v: %s", args, w.stderr.String())
		}
		out := w.stdout.String() + w.stderr.String()
		if args[0] != "clusters" && !strings.Contains(out, "pwn") {
			t.Errorf("%v: the texts are not there at all", args)
		}
		for _, r := range out {
			if r != '\n' && !unicode.IsPrint(r) {
				t.Errorf("%v: character %U reaches the terminal", args, r)
				break
			}
		}
	}
}

func TestClustersSayAlarms(t *testing.T) {
	dir := surroundedCase(t, "")
	var w testWorld
	if code := w.run("--case", dir, "clusters", "--format", "csv"); code != exitDone {
		t.Fatal(w.stderr.String())
	}
	for _, want := range []string{"ALARM: One swallowed too much.", "could not be looked for, because the data lack what they need: T4. Not analysed is not clean"} {
		if !strings.Contains(w.stderr.String(), want) || strings.Contains(w.stdout.String(), want) {
			t.Errorf("%q is not on standard error alone:\n%s", want, w.stderr.String())
		}
	}
	if out := w.stdout.String(); !strings.Contains(out, "c-loud,true,4,2,3,2,1,2,1,0.8,network") {
		t.Errorf("candidates and stability: %s", out)
	}
}
