package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
	"samehand/graph/linkage"
	"samehand/graph/lists"
)

// TestListClasses: the classes that lists give are those that the evidence model knows.
func TestListClasses(t *testing.T) {
	var given []string
	for _, k := range lists.Kinds() {
		if k.Name != lists.Network {
			given = append(given, k.Name)
		}
	}
	slices.Sort(given)
	var known []string
	for _, c := range linkage.ListClasses() {
		known = append(known, string(c))
	}
	if !slices.Equal(given, known) {
		t.Errorf("lists give %v, the model knows %v", given, known)
	}
}

// exitCase makes a case in which two people of different firms sign in over one line, and returns its folder.
func exitCase(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "exit.case")
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true})
	must(t, err)
	var seen []graph.Observation
	for i, who := range []string{"ada", "bob"} {
		platform := fmt.Sprintf("okta:firm%d", i)
		seen = append(seen, saw(platform, who, ident.Name, []string{"Ada Quill", "Bob Tarn"}[i], graph.Registered, 1))
		for day := range int64(40) {
			seen = append(seen, saw(platform, who, ident.IP, "5.9.1.1", graph.Login, day+2))
		}
	}
	addSource(t, s, "aaaa000000000001", "okta.json", seen...)
	must(t, s.Close())
	return dir
}

// listFolder makes a folder of lists, by file.
func listFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestDetectLists(t *testing.T) {
	dir := exitCase(t)
	ok(t, dir, "detect")
	if text := ok(t, dir, "hubs", "--format", "csv"); strings.Contains(text, "5.9.1.1") {
		t.Fatalf("without a list: %s", text)
	}
	folder := listFolder(t, map[string]string{"anonymiser-exits.txt": "# ours\n5.9.0.0/16\n"})
	file := filepath.Join(folder, "anonymiser-exits.txt")
	for _, args := range [][]string{{"--lists", folder}, {"--list", "anonymiser=" + file}, {"--lists", folder, "--ladder"}} {
		ok(t, dir, append([]string{"detect"}, args...)...)
		if r := records(t, ok(t, dir, "hubs", "--format", "csv")); len(r) != 1 || r[0][1] != "5.9.1.1" || r[0][2] != "anonymiser" || !strings.HasPrefix(r[0][4], "by a list: ") {
			t.Errorf("%v: %q", args, r)
		}
		if text := ok(t, dir, "options", "--run"); !strings.Contains(text, "list.anonymiser") || !strings.Contains(text, "sha256:") || strings.Contains(text, folder) {
			t.Errorf("%v: which list it was is not kept: %.400s", args, text)
		}
		if run := savedRun(t, dir); len(run.Alarms) != 1 || !strings.Contains(run.Alarms[0], "no list of hosting networks, sponsor banks") {
			t.Errorf("%v: alarms %q", args, run.Alarms)
		}
	}
}

// savedRun returns the last run of a case.
func savedRun(t *testing.T, dir string) graph.Run {
	t.Helper()
	s, err := casestore.Open(t.Context(), dir, casestore.Options{ReadOnly: true})
	must(t, err)
	defer s.Close()
	run, err := s.LastRun(t.Context())
	must(t, err)
	return run
}

func TestDetectListFaults(t *testing.T) {
	dir := exitCase(t)
	bad := listFolder(t, map[string]string{"exchange.txt": "no wallet\n", "hosting.txt": "5.9.0.0/16\n\nx\n"})
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"--list", "nonesuch=x"}, exitUsage, []string{"KIND=FILE", "mailbox-shop"}},
		{[]string{"--list", "exchange=" + filepath.Join(bad, "none")}, exitError, []string{"none"}},
		{[]string{"--lists", bad}, exitError, []string{"exchange.txt: line 1:", "hosting.txt: line 3:"}},
		{[]string{"--lists", t.TempDir()}, exitError, []string{"no list in it"}},
		{[]string{"--list", "network=" + filepath.Join(bad, "exchange.txt")}, exitError, []string{"not a MaxMind DB"}},
	} {
		var w testWorld
		code := w.run(append([]string{"--case", dir, "detect"}, c.args...)...)
		if code != c.code {
			t.Errorf("%v: exit %d: %s", c.args, code, w.stderr.String())
		}
		for _, want := range c.want {
			if !strings.Contains(w.stderr.String(), want) {
				t.Errorf("%v: %q is not in %s", c.args, want, w.stderr.String())
			}
		}
	}
	if text := fails(t, dir, "hubs"); !strings.Contains(text, "nothing has been detected") {
		t.Errorf("after faults only, there is a run: %s", text)
	}
}

func TestUnlistedIn(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want int
	}{{nil, 6}, {[]string{"list.network"}, 4}, {[]string{"list.network", "list.hosting"}, 4}, {[]string{"list.exchange"}, 5}} {
		run := graph.Run{Options: map[string]string{}}
		for _, k := range c.keys {
			run.Options[k] = "x"
		}
		if got := unlistedIn(run); len(got) != c.want || slices.Contains(got, "") {
			t.Errorf("%v: %q", c.keys, got)
		}
	}
}
