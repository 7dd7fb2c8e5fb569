package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"samehand/graph/cluster"
)

func TestApply(t *testing.T) {
	o := cluster.Defaults()
	must(t, apply(o.Settings(), "cluster.names=5"))
	must(t, apply(o.Settings(), "linkage.overlap=36h"))
	if o.Names != 5 || o.Linkage.Overlap.Hours() != 36 {
		t.Errorf("names %d, overlap %v", o.Names, o.Linkage.Overlap)
	}
	for text, want := range map[string]string{
		"cluster.names":    "write it as NAME=VALUE",
		"cluster.nanes=5":  "did you mean cluster.names",
		"xyzzy=5":          "samehand options",
		"cluster.names=x":  "cluster.names",
		"linkage.overlap=": "linkage.overlap",
	} {
		if err := apply(o.Settings(), text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", text, err, want)
		}
	}
}

// TestDetectNamesEveryFault: who mistyped three options is told of all three.
func TestDetectNamesEveryFault(t *testing.T) {
	var w testWorld
	code := w.run("detect", "--method", "magic", "--set", "cluster.names=0", "--set", "nonesuch=1")
	if code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"method", "cluster.names", "nonesuch"} {
		if !strings.Contains(w.stderr.String(), want) {
			t.Errorf("%q is not named in %q", want, w.stderr.String())
		}
	}
}

func TestSettings(t *testing.T) {
	var objects []struct{ Name, Value, Range, Why string }
	must(t, json.Unmarshal([]byte(ok(t, "none", "detect", "--settings", "--set", "cluster.names=7", "--format", "json")), &objects))
	found := false
	for _, o := range objects {
		if o.Name == "" || o.Value == "" && o.Name != "community.objective" || o.Range == "" || o.Why == "" {
			t.Errorf("%+v", o)
		}
		found = found || o.Name == "cluster.names" && o.Value == "7"
	}
	if !found {
		t.Error("a setting that was changed is not listed as it is")
	}
}

// TestDetectKeeps: what a detection finds is there for the commands after it; the same again is the same run.
func TestDetectKeeps(t *testing.T) {
	dir := writeTree(t, map[string]string{"a.csv": exportOf(6)})
	store := filepath.Join(dir, "case")
	if got := fails(t, store, "detect"); !strings.Contains(got, "no case at") {
		t.Errorf("without a case: %q", got)
	}
	ok(t, store, "ingest", filepath.Join(dir, "a.csv"))
	first := ok(t, store, "detect", "--format", "json")
	id := func() string {
		t.Helper()
		for line := range strings.Lines(ok(t, store, "info", "--format", "csv")) {
			if v, found := strings.CutPrefix(line, "detection,last,"); found {
				return v
			}
		}
		t.Fatal("info names no run")
		return ""
	}
	run := id()
	if again := ok(t, store, "detect", "--format", "json"); again != first || id() != run {
		t.Errorf("the second run is another one: %s, %s", again, id())
	}
	ok(t, store, "detect", "--method", "components", "--format", "json")
	if id() == run {
		t.Error("another method, but the same run")
	}
	if got := ok(t, store, "info"); !strings.Contains(got, "components") {
		t.Errorf("info does not say the method:\n%s", got)
	}
}

// TestDetectInNothing: a case without observations is no reason for a clean bill.
func TestDetectInNothing(t *testing.T) {
	dir := writeTree(t, map[string]string{"a.csv": exportOf(1)})
	store := filepath.Join(dir, "case")
	ok(t, store, "ingest", filepath.Join(dir, "a.csv"))
	ok(t, store, "sources", "drop", filepath.Join(dir, "a.csv"))
	if got := fails(t, store, "detect"); !strings.Contains(got, "holds no observations; add some with") {
		t.Errorf("says %q", got)
	}
}

func TestCaseTitle(t *testing.T) {
	for path, want := range map[string]string{"/x/mine.case": "mine", "/x/demo/case": "demo", "/x/folder": "folder"} {
		if got := caseTitle(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}

// The help of detect says the numbers that are the defaults.
func TestDetectHelpIsTheRule(t *testing.T) {
	o := cluster.Defaults()
	if o.Names != 3 || o.Families != 2 || o.Homes != 3 || o.Jobs != 5 || o.JobsAtOnce != 4 {
		t.Errorf("the help of detect speaks of three names, two sorts, three homes, and five jobs, four at once: %+v", o)
	}
}
