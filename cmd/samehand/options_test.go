package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/cluster"
)

// optionsText writes a file of options and returns its name.
func optionsText(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "options.yaml")
	must(t, os.WriteFile(name, []byte(text), 0o600))
	return name
}

// TestOptionsRoundTrip: the defaults, printed and read, are the defaults, and the file is YAML that says why.
func TestOptionsRoundTrip(t *testing.T) {
	text := ok(t, "none", "options")
	if text != ok(t, "none", "options") {
		t.Error("two prints differ")
	}
	o := cluster.Defaults()
	for _, s := range o.Settings() { // spoil everything that can be spoiled
		switch {
		case s.F != nil:
			*s.F = s.Hi
		case s.N != nil:
			*s.N = int(s.Lo)
		case s.D != nil:
			*s.D = 1
		case s.U != nil:
			*s.U = 12345
		case s.S != nil:
			*s.S = s.OneOf[len(s.OneOf)-1]
		}
		if s.Why == "" || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(text, "#", "")), " "), strings.Join(strings.Fields(s.Why), " ")) {
			t.Errorf("%s does not say why", s.Name)
		}
	}
	if err := readOptions(optionsText(t, text), o.Settings()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(cluster.Defaults().Map(), o.Map()); d != "" {
		t.Errorf("(-defaults +read)\n%s", d)
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > commentWidth+2 {
			t.Errorf("a line is too wide: %s", line)
		}
	}
}

// TestOptionsPartial: what a file leaves out is as it was.
func TestOptionsPartial(t *testing.T) {
	for _, text := range []string{
		"cluster:\n  names: 5\nlinkage:\n  overlap: 36h\n", "linkage:\ncluster:\n  names: 5\nlinkage2: 1", "\ufeffcluster: {names: 5}\r\nlinkage: {overlap: \"36h\"}\r\n",
	} {
		o := cluster.Defaults()
		err := readOptions(optionsText(t, text), o.Settings())
		if (err != nil) != strings.Contains(text, "linkage2") || o.Names != 5 || o.Homes != cluster.Defaults().Homes {
			t.Errorf("%q: %v, names %d", text, err, o.Names)
		}
	}
}

func TestOptionsFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                   "nothing in it",
		"# only a comment\n": "nothing in it",
		"cluster: [":         "not YAML: line 1",
		"just text":          "line 1: the file must be a list",
		"- a":                "line 1: the file must be a list",
		"cluster:\n  names: 5\n---\ncluster: {}\n":     "a second document",
		"cluster:\n  nanes: 5":                         `line 2: there is no option "cluster.nanes"; did you mean cluster.names`,
		"clustre:\n  names: 5":                         `line 1: there is no option "clustre"`,
		"xyzzy: 1":                                     "see: samehand options",
		"cluster.names: 5":                             "line 1: write names below cluster:",
		"cluster:\n  names: 5\n  names: 6":             "line 3: \"cluster.names\" is given a second time, after line 2",
		"cluster:\n  names: 5\ncluster:\n  homes: 6":   "line 3: \"cluster\" is given a second time",
		"cluster:\n  names: five":                      "line 2: option cluster.names: give a whole number",
		"cluster:\n  names: 5.5":                       "line 2: option cluster.names: give a whole number",
		"cluster:\n  names: \"5\"":                     "line 2: option cluster.names: give a whole number",
		"cluster:\n  names: 0x10":                      "line 2: option cluster.names: give a whole number",
		"cluster:\n  names: 0":                         "line 2: option cluster.names is 0, must be between",
		"cluster:\n  names:":                           "line 2: option cluster.names: give a whole number",
		"cluster:\n  names: [5]":                       "line 2: option cluster.names: give a whole number",
		"cluster:\n  need: .nan":                       "line 2: option cluster.need: give a number",
		"cluster:\n  need: .inf":                       "line 2: option cluster.need: give a number",
		"cluster:\n  need: !!float 5":                  "line 2: option cluster.need: give a number",
		"cluster:\n  need: &a 5\n  hold: *a":           "line 2: option cluster.need: give a number",
		"linkage:\n  overlap: 36":                      "line 2: option linkage.overlap: give a time such as 48h",
		"linkage:\n  overlap: -1h":                     "line 2: option linkage.overlap is -1h0m0s, must be between",
		"linkage: 5":                                   "line 1: linkage must be a list",
		"linkage: &a {}\ncluster:\n  <<: *a":           "line 1: linkage must be a list",
		"5: 6":                                         "line 1: a key must be the name of an option",
		"method: magic":                                `line 1: option method is "magic"; give one of leiden`,
		"community:\n  seed: -1":                       "line 2: option community.seed: give a whole number",
		"community:\n  objective: cpmm":                "line 2: option community.objective",
		strings.Repeat("a: 1\n", 100):                  "and 80 more faults",
		strings.Repeat("[", 20000):                     "not YAML",
		"cluster:\n  names: 0\n  homes: x\nfoo: bar\n": "line 4: there is no option",
		strings.Repeat("#", maxOptions) + "\n":         "no file of options",
	} {
		o := cluster.Defaults()
		err := readOptions(optionsText(t, text), o.Settings())
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "options.yaml: ") {
			t.Errorf("%.60q: %v; want %q in it", text, err, want)
		}
	}
}

// TestOptionsOfAnotherFile: who gives a large file of something else is told so at once.
func TestOptionsOfAnotherFile(t *testing.T) {
	var b strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&b, "cluster%d: 1\n", i)
	}
	o, start := cluster.Defaults(), time.Now()
	err := readOptions(optionsText(t, b.String()), o.Settings())
	if took := time.Since(start); err == nil || strings.Count(err.Error(), "\n") != maxOptionFaults || took > 5*time.Second { // it takes a tenth; each hint would take a millisecond
		t.Errorf("after %v: %.300v", took, err)
	}
}

// TestDetectOptions: a flag wins over the file, --set over both, and the run keeps what it was made with.
func TestDetectOptions(t *testing.T) {
	dir := smallCase(t)
	file := optionsText(t, "cluster:\n  names: 5\n  homes: 4\nlinkage:\n  overlap: 36h\ncommunity:\n  resolution: 3\n  seed: 9\n")
	ok(t, dir, "detect", "--options", file, "--seed", "8", "--set", "cluster.names=7")
	for _, want := range []string{"  names: 7\n", "  homes: 4\n", "  overlap: 36h0m0s\n", "  resolution: 3\n", "  seed: 8\n", "  objective: cpm\n", "# The options of run "} {
		if text := ok(t, dir, "options", "--run"); !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	again := optionsText(t, ok(t, dir, "options", "--run"))
	before := ok(t, dir, "info", "--format", "json")
	ok(t, dir, "detect", "--options", again)
	if after := ok(t, dir, "info", "--format", "json"); before != after {
		t.Errorf("made again, the run is another:\n%s\n%s", before, after)
	}
	if text := fails(t, dir, "detect", "--options", filepath.Join(t.TempDir(), "none.yaml")); !strings.Contains(text, "none.yaml") {
		t.Errorf("a file that is not there: %s", text)
	}
	fails(t, filepath.Join(t.TempDir(), "none"), "options", "--run")
}

// TestOptionsOfHostileRun prints the options of a run that somebody else may have written: it must stay comments and YAML.
func TestOptionsOfHostileRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "hostile.case")
	s, err := casestore.Open(t.Context(), dir, casestore.Options{Create: true})
	must(t, err)
	kept := cluster.Defaults().Map()
	evil := "x\n\x1b[31mcluster:\n  names: 999\n\u2028"
	maps.Copy(kept, map[string]string{evil: evil, "method": evil, "cluster.names": "7\n  homes: 99", "linkage.cap": strings.Repeat("9", 9999)})
	delete(kept, "cluster.homes")
	must(t, s.SaveRun(t.Context(), graph.Run{ID: evil, Started: testTime, Options: kept}))
	must(t, s.Close())
	text := ok(t, dir, "options", "--run")
	o := cluster.Defaults()
	must(t, readOptions(optionsText(t, text), o.Settings()))
	if d := cmp.Diff(cluster.Defaults().Map(), o.Map()); d != "" {
		t.Errorf("(-defaults +read)\n%s", d)
	}
	if strings.ContainsAny(text, "\x1b\u2028") || strings.Count(text, "Note:") != 5 || len(text) > 30000 {
		t.Errorf("%d bytes, %d notes\n%.2000s", len(text), strings.Count(text, "Note:"), text)
	}
}

// TestOptionsAny prints settings of any values in their ranges, and reads them again.
func TestOptionsAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, out := cluster.Defaults(), cluster.Defaults()
		for _, s := range in.Settings() {
			switch {
			case s.F != nil:
				*s.F = rapid.Float64Range(s.Lo, s.Hi).Draw(t, s.Name)
			case s.N != nil:
				*s.N = rapid.IntRange(int(s.Lo), int(s.Hi)).Draw(t, s.Name)
			case s.U != nil:
				*s.U = rapid.Uint64().Draw(t, s.Name)
			case s.S != nil:
				*s.S = rapid.SampledFrom(s.OneOf).Draw(t, s.Name)
			}
		}
		text := optionsFile(in.Settings(), "any", nil)
		if faults := setOptions(text, out.Settings()); len(faults) > 0 {
			t.Fatal(faults)
		}
		if d := cmp.Diff(in.Map(), out.Map()); d != "" {
			t.Fatalf("(-in +out)\n%s", d)
		}
	})
}

// FuzzOptions: whatever a file holds, reading it ends, and never leaves two faults for nothing.
func FuzzOptions(f *testing.F) {
	f.Add(defaultOptions())
	f.Add([]byte("cluster: {names: 5}\n---\n"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		o := cluster.Defaults()
		faults := setOptions(text, o.Settings())
		if len(faults) == 0 && graph.CheckSettings(o.Settings()) != nil {
			t.Error("what is out of its range was taken")
		}
		if len(faults) == 0 {
			var v any
			if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&v); err != nil {
				t.Errorf("taken, though it is not YAML: %v", err)
			}
		}
	})
}
