package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"samehand/graph/simulate"
)

// TestDemoFindsWhatIsThere: the demo flags the groups that are run by one hand, nearly whole, and nobody else.
func TestDemoFindsWhatIsThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	var w testWorld
	if code := w.run("demo", dir, "--format", "csv"); code != exitDone {
		t.Fatalf("exit code %d: %s", code, w.stderr.String())
	}
	records, err := csv.NewReader(strings.NewReader(ok(t, filepath.Join(dir, "case"), "members", "--flagged", "--format", "csv"))).ReadAll()
	must(t, err)
	world := simulate.Demo(demoSeed)
	truth := world.Truth()
	group, size := map[string]string{}, map[string]int{}
	for _, a := range truth.Accounts {
		group[accountText(a.Account)] = a.Group
		size[a.Group]++
	}
	found := map[string]int{}
	for _, r := range records[1:] {
		if r[5] != "true" { // in the cluster, but not flagged: somebody who shares the farm's home, say
			continue
		}
		g := group[r[1]+"/"+r[2]]
		if !slices.ContainsFunc(truth.Groups, func(x simulate.Group) bool { return x.Name == g && x.Flag }) {
			t.Errorf("an account of group %q is flagged", g)
		}
		found[g]++
	}
	for _, g := range truth.Groups {
		if g.Flag && found[g.Name]*10 < size[g.Name]*8 {
			t.Errorf("%s: %d of %d accounts found", g.Name, found[g.Name], size[g.Name])
		}
	}
}

// TestDemoReplacesOnlyItsOwn: the second demo replaces the first; what somebody changed or added stops it before anything is removed.
func TestDemoReplacesOnlyItsOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the demo many times")
	}
	made := filepath.Join(t.TempDir(), "made")
	var first testWorld
	if code := first.run("demo", made); code != exitDone {
		t.Fatalf("exit code %d: %s", code, first.stderr.String())
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, dir string)
		want   string // in the error; "" when the demo may go on
	}{
		{"untouched", func(*testing.T, string) {}, ""},
		{"an export is gone", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "exports", "payroll.csv"))) }, ""},
		{"the case is gone", func(t *testing.T, dir string) { must(t, os.RemoveAll(filepath.Join(dir, "case"))) }, ""},
		{"a file beside it", func(t *testing.T, dir string) { add(t, dir, "notes.txt") }, ""},
		{"a file among the exports", func(t *testing.T, dir string) { add(t, dir, "exports/mine.csv") }, ""},
		{"a changed export", func(t *testing.T, dir string) { add(t, dir, "exports/payroll.csv") }, "payroll.csv was changed since the demo wrote it"},
		{"a changed report", func(t *testing.T, dir string) { add(t, dir, "report.html") }, "report.html was changed"},
		{"a file in the case", func(t *testing.T, dir string) { add(t, dir, "case/letter.txt") }, "letter.txt is no part of a case"},
		{"another source in the case", func(t *testing.T, dir string) {
			mine := filepath.Join(writeTree(t, map[string]string{"mine.csv": exportOf(2)}), "mine.csv")
			ok(t, filepath.Join(dir, "case"), "ingest", mine)
		}, "which the demo did not put there"},
		{"no list", func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, demoListName))) }, "holds files that no demo made"},
		{"a spoilt list", func(t *testing.T, dir string) { add(t, dir, demoListName) }, "was changed, so it cannot be told"},
		{"a list that leads outside", func(t *testing.T, dir string) {
			outside := demoList{Files: map[string]string{"../precious.txt": strings.Repeat("0", 64)}}
			must(t, outside.save(filepath.Join(dir, demoListName)))
		}, "names a file outside"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "demo")
			must(t, os.CopyFS(dir, os.DirFS(made)))
			c.change(t, dir)
			before := listing(t, dir)
			var w testWorld
			code := w.run("demo", dir)
			if c.want == "" {
				if code != exitDone || !strings.Contains(w.stderr.String(), "replacing the demo in "+dir) || w.stdout.String() != first.stdout.String() {
					t.Errorf("exit code %d: %s", code, w.stderr.String())
				}
				return
			}
			if code != exitError || !strings.Contains(w.stderr.String(), c.want) {
				t.Errorf("exit code %d, says %q, want %q in it", code, w.stderr.String(), c.want)
			}
			if after := listing(t, dir); !slices.Equal(before, after) {
				t.Errorf("the folder was %v and is %v", before, after)
			}
		})
	}
}

// add writes a file that is not the demo's, or over one that is.
func add(t *testing.T, dir, name string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(dir, name), []byte("mine\n"), 0o600))
}

// listing returns the names of all files below a folder, those of the database's own making left out.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	must(t, filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(d.Name(), "case.db-") {
			names = append(names, p)
		}
		return err
	}))
	return names
}

func TestDemoRefuses(t *testing.T) {
	dir := writeTree(t, map[string]string{"letter.txt": "Dear all"})
	var w testWorld
	if code := w.run("demo", dir); code != exitError || !strings.Contains(w.stderr.String(), "holds files that no demo made") {
		t.Errorf("exit code %d: %s", code, w.stderr.String())
	}
	for _, args := range [][]string{{"demo", "a", "b"}, {"demo", "--case", "x"}} {
		if code := (&testWorld{}).run(args...); code != exitUsage {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
}

// TestDemoLists: every file that a demo leaves is in its list, except for the case and the list itself.
func TestDemoLists(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	if code := (&testWorld{}).run("demo", dir); code != exitDone {
		t.Fatal("the demo failed")
	}
	text, err := os.ReadFile(filepath.Join(dir, demoListName))
	must(t, err)
	var l demoList
	must(t, json.Unmarshal(text, &l))
	for _, p := range listing(t, dir) {
		rel, err := filepath.Rel(dir, p)
		must(t, err)
		name := filepath.ToSlash(rel)
		if _, listed := l.Files[name]; !listed && name != demoListName && !strings.HasPrefix(name, "case/") {
			t.Errorf("%s is not listed", name)
		}
	}
}
