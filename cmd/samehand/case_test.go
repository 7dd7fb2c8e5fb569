package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
)

// smallCase makes a case with two sources and a run of two clusters, one of them flagged, and returns its folder.
// The accounts are okta:acme/ada, okta:acme/bob, ats/cyd, ats/=dan and ats/eve, who is in no cluster.
func smallCase(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "small.case")
	s, err := casestore.Open(ctx, dir, casestore.Options{Create: true})
	must(t, err)
	first := addSource(t, s, "aaaa000000000001", "exports/okta.json",
		saw("okta:acme", "ada", ident.IP, "203.0.113.7", graph.Login, 3),
		saw("okta:acme", "bob", ident.IP, "203.0.113.7", graph.Login, 8),
		saw("okta:acme", "ada", ident.Email, "ada@acme.example", graph.Registered, 3))
	second := addSource(t, s, "aabb000000000002", "exports/ats.csv",
		saw("ats", "cyd", ident.Phone, "+12025550143", graph.Registered, 2),
		saw("ats", "=dan", ident.Phone, "+12025550143", graph.Registered, 5),
		saw("ats", "eve", ident.Email, "eve@example.net", graph.Registered, 6))
	must(t, s.SaveRun(ctx, graph.Run{
		ID: "run1", Started: testTime, Method: "louvain", Options: map[string]string{"seed": "1"}, Sources: []string{first, second},
		Counts: graph.RunCounts{Accounts: 5, Clusters: 2, Flagged: 1, Members: 4, FlaggedMembers: 2},
		Clusters: []graph.Cluster{
			testCluster(t, "c-quiet", false, 9, "ats", "=dan", "cyd"),
			testCluster(t, "c-loud", true, 4, "okta:acme", "ada", "bob"),
		},
	}))
	must(t, s.Close())
	return dir
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// testCluster returns a cluster of two accounts of a platform that share an address or a phone number.
func testCluster(t *testing.T, id string, flagged bool, score float64, platform string, natives ...string) graph.Cluster {
	t.Helper()
	shared, err := ident.Parse(ident.IP, "203.0.113.7")
	must(t, err)
	c := graph.Cluster{
		ID: id, Flagged: flagged, Score: score, Reasons: []string{"Two independent families"},
		Families: []graph.Family{graph.Network}, Persons: len(natives), Names: 2, Employers: 1, Homes: 2,
	}
	if flagged {
		c.Tags = []string{"DPRK2 ring"}
	}
	e := graph.Evidence{Identifier: shared, Family: graph.Network, Class: "own", Points: 4, Holders: 2, Inside: 2}
	for i, n := range natives {
		a := graph.AccountID{Platform: platform, Native: n}
		c.Members = append(c.Members, graph.Member{Account: a, Person: "p" + string(rune('1'+i)), Flagged: flagged, Points: 4, Confidence: 0.8})
		e.Accounts = append(e.Accounts, a)
	}
	if flagged {
		c.Evidence = []graph.Evidence{e}
	}
	return c
}

// saw returns an observation of one day in 2025.
func saw(platform, native string, k ident.Kind, value string, r graph.Relation, line int64) graph.Observation {
	id, err := ident.Parse(k, value)
	if err != nil {
		panic(err) // a mistake in the test
	}
	day := graph.TimeOf(testTime.AddDate(-1, 0, int(line)))
	return graph.Observation{
		Account: graph.AccountID{Platform: platform, Native: native}, Identifier: id, Relation: r,
		First: day, Last: day, Count: 1, Ref: graph.Ref{Line: line},
	}
}

// addSource commits a source and returns its ID.
func addSource(t *testing.T, s graph.Writer, id, name string, list ...graph.Observation) string {
	t.Helper()
	ctx := context.Background()
	src := graph.Source{ID: id, Name: name, Format: "observations", SHA256: strings.Repeat("0", 64), Ingested: testTime,
		Records: int64(len(list)) + 1, Accepted: int64(len(list)), Rejected: 1, Values: int64(len(list)), Kept: int64(len(list))}
	w, err := s.Begin(ctx, src)
	must(t, err)
	var b graph.Builder
	for _, o := range list {
		o.Ref.Source, o.Ref.File = id, name
		b.Observe(o)
	}
	must(t, w.Append(ctx, b.Table()))
	must(t, w.Reject(ctx, []graph.Reject{{Line: 99, Reason: "not a record", Raw: "?"}}))
	must(t, w.Commit(ctx, src))
	return id
}

// ok runs a command line on a case, fails the test unless it succeeds, and returns standard output.
func ok(t *testing.T, dir string, args ...string) string {
	t.Helper()
	var w testWorld
	if code := w.run(append([]string{"--case", dir}, args...)...); code != exitDone {
		t.Fatalf("%v: exit code %d: %s", args, code, w.stderr.String())
	}
	return w.stdout.String()
}

// fails runs a command line on a case, fails the test unless the exit code is 1, and returns standard error.
func fails(t *testing.T, dir string, args ...string) string {
	t.Helper()
	var w testWorld
	if code := w.run(append([]string{"--case", dir}, args...)...); code != exitError {
		t.Errorf("%v: exit code %d, want %d", args, code, exitError)
	}
	if w.stdout.Len() > 0 {
		t.Errorf("%v: data %q beside an error", args, w.stdout.String())
	}
	return w.stderr.String()
}

func TestMembersFormats(t *testing.T) {
	dir := smallCase(t)
	const header = "cluster_id,platform,account,person_id,role,flagged,site_id,confidence,stability\n"
	const loud = "c-loud,okta:acme,ada,p1,,true,,0.8,0\nc-loud,okta:acme,bob,p2,,true,,0.8,0\n"
	const quiet = "c-quiet,ats,'=dan,p1,,false,,0.8,0\nc-quiet,ats,cyd,p2,,false,,0.8,0\n"
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, header + loud + quiet},
		{[]string{"c-quiet"}, header + quiet},
		{[]string{"C-Q", "c-loud", "c-q"}, header + loud + quiet},
		{[]string{"--flagged"}, header + loud},
		{[]string{"--tag", "dprk"}, header + loud},
		{[]string{"--tag", "other"}, header},
		{[]string{"--min", "3"}, header},
	} {
		got := ok(t, dir, append([]string{"members", "--format", "csv"}, c.args...)...)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("members %v: %s", c.args, diff)
		}
	}
	var objects []map[string]any
	must(t, json.Unmarshal([]byte(ok(t, dir, "members", "--format", "json")), &objects))
	if len(objects) != 4 || objects[2]["account"] != "=dan" || objects[0]["flagged"] != true || objects[0]["confidence"] != 0.8 {
		t.Errorf("json: %v", objects)
	}
}

func TestClusters(t *testing.T) {
	dir := smallCase(t)
	const header = "cluster_id,flagged,score,accounts,persons,names,employers,homes,candidates,stability,families,tags\n"
	got := ok(t, dir, "clusters", "--format", "csv")
	want := header + "c-loud,true,4,2,2,2,1,2,0,0,network,DPRK2 ring\nc-quiet,false,9,2,2,2,1,2,0,0,network,\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	records, err := csv.NewReader(strings.NewReader(ok(t, dir, "clusters", "--flagged", "--format", "csv"))).ReadAll()
	if err != nil || len(records) != 2 {
		t.Errorf("flagged: %v, %v", records, err)
	}
}

func TestShowCluster(t *testing.T) {
	dir := smallCase(t)
	text := ok(t, dir, "show", "c-loud")
	for _, want := range []string{
		"Cluster c-loud: flagged for a closer look", "not a verdict", "Why it is flagged", "Two independent families",
		"okta:acme/ada", "okta:acme/bob", "203.0.113.7", "exports/okta.json:3", "exports/okta.json:8",
		"What speaks against it", "What would change or refute it", "DPRK2 ring",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	for n, line := range strings.Split(text, "\n") {
		if len([]rune(line)) > pageWidth+40 {
			t.Errorf("line %d is %d characters long", n+1, len([]rune(line)))
		}
	}
	if again := ok(t, dir, "show", "c-l"); again != text {
		t.Error("the beginning of the ID shows something else")
	}
	if quiet := ok(t, dir, "show", "c-quiet"); !strings.Contains(quiet, "not flagged") || strings.Contains(quiet, "Why it is flagged") {
		t.Errorf("a cluster that is not flagged:\n%s", quiet)
	}
}

func TestShowAccount(t *testing.T) {
	dir := smallCase(t)
	for name, wants := range map[string][]string{
		"okta:acme/ada": {"Account okta:acme/ada", "In cluster c-loud", "ada@acme.example", "exports/okta.json:3", "signed in"},
		"OKTA:ACME/ADA": {"Account okta:acme/ada"},
		"ats/eve":       {"In no cluster", "eve@example.net", "exports/ats.csv:6"},
	} {
		text := ok(t, dir, "show", name)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("show %s: %q is missing in:\n%s", name, want, text)
			}
		}
		if strings.Contains(text, "bob@") {
			t.Errorf("show %s shows somebody else:\n%s", name, text)
		}
	}
}

func TestShowUnknown(t *testing.T) {
	dir := smallCase(t)
	for name, want := range map[string]string{
		"c-lout":          "Nearest:\n  c-loud\n",
		"okta:acme/adaa":  "Nearest:\n  okta:acme/ada\n",
		"c-":              "2 clusters begin with",
		"nothing-like-it": "no cluster of that name among 2",
		"git/x":           "no such account among the 5",
	} {
		if got := fails(t, dir, "show", name); !strings.Contains(got, want) {
			t.Errorf("show %s says %q, want %q in it", name, got, want)
		}
	}
	if got := fails(t, dir, "members", "c-lout"); !strings.Contains(got, "c-loud") {
		t.Errorf("members says %q", got)
	}
}

func TestSources(t *testing.T) {
	dir := smallCase(t)
	if a, b := ok(t, dir, "sources", "--format", "csv"), ok(t, dir, "sources", "list", "--format", "csv"); a != b || strings.Count(a, "\n") != 3 {
		t.Errorf("sources: %q; sources list: %q", a, b)
	}
	for name, want := range map[string]string{
		"aa":        `"aa" stands for 2 sources`,
		"zzz":       `there is no source "zzz"`,
		"okta.json": "there is no source",
	} {
		if got := fails(t, dir, "sources", "drop", name); !strings.Contains(got, want) {
			t.Errorf("drop %s says %q", name, got)
		}
	}
	fails(t, dir, "sources", "drop", "exports/ats.csv", "zzz")
	if got := ok(t, dir, "sources", "--format", "csv"); strings.Count(got, "\n") != 3 {
		t.Errorf("one unknown name, but a source is gone:\n%s", got)
	}
	ok(t, dir, "sources", "drop", "exports/ats.csv")
	if got := ok(t, dir, "sources", "--format", "csv"); strings.Count(got, "\n") != 2 || strings.Contains(got, "ats.csv") {
		t.Errorf("after drop:\n%s", got)
	}
	var w testWorld
	if w.run("--case", dir, "clusters"); !strings.Contains(w.stderr.String(), "sources were added or dropped") {
		t.Errorf("clusters after drop says %q", w.stderr.String())
	}
	if text := ok(t, dir, "show", "c-quiet"); !strings.Contains(text, "holds nothing on this account any more") {
		t.Errorf("show after drop:\n%s", text)
	}
}

func TestInfo(t *testing.T) {
	dir := smallCase(t)
	var objects []struct {
		About, What string
		Value       any
	}
	must(t, json.Unmarshal([]byte(ok(t, dir, "info", "--format", "json")), &objects))
	got := map[string]any{}
	for _, o := range objects {
		got[o.About+"/"+o.What] = o.Value
	}
	for k, want := range map[string]any{
		"sources/files": 2.0, "sources/records": 8.0, "sources/records accepted": 6.0, "sources/records rejected": 2.0,
		"graph/accounts": 5.0, "graph/platforms": 2.0, "graph/observations": 6.0,
		"identifiers/email": 2.0, "identifiers/ip": 1.0, "identifiers/phone": 1.0,
		"times/first": "2025-01-04T03:04:05Z", "times/last": "2025-01-10T03:04:05Z",
		"detection/method": "louvain", "detection/up to date": "yes", "detection/flagged clusters": 1.0, "not as usual/seed": "1",
	} {
		if got[k] != want {
			t.Errorf("%s is %v, want %v", k, got[k], want)
		}
	}
}

// TestNoCase: every command that reads a case says, where there is none, how to make one.
func TestNoCase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{
		{"sources"}, {"sources", "drop", "x"}, {"clusters"}, {"members"}, {"show", "x"}, {"show", "a/b"}, {"info"},
	} {
		got := fails(t, dir, args...)
		if !strings.Contains(got, "no case at "+dir) || !strings.Contains(got, "samehand demo") {
			t.Errorf("%v says %q", args, got)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a case was made by looking for one")
	}
}

func TestNoRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "case")
	s, err := casestore.Open(context.Background(), dir, casestore.Options{Create: true})
	must(t, err)
	addSource(t, s, "aaaa000000000001", "a.csv", saw("ats", "cyd", ident.Phone, "+12025550143", graph.Registered, 2))
	must(t, s.Close())
	for _, args := range [][]string{{"clusters"}, {"members"}, {"show", "x"}} {
		if got := fails(t, dir, args...); !strings.Contains(got, "run: samehand detect") {
			t.Errorf("%v says %q", args, got)
		}
	}
	if got := ok(t, dir, "show", "ats/cyd"); !strings.Contains(got, "Nothing has been detected yet") {
		t.Errorf("show of an account: %s", got)
	}
	if got := ok(t, dir, "info"); !strings.Contains(got, "none yet") {
		t.Errorf("info: %s", got)
	}
}

func TestTwoWriters(t *testing.T) {
	dir := smallCase(t)
	s, err := casestore.Open(context.Background(), dir, casestore.Options{})
	must(t, err)
	defer s.Close()
	if got := fails(t, dir, "sources", "drop", "exports/ats.csv"); !strings.Contains(got, "is being written by another process") {
		t.Errorf("a second writer is told %q", got)
	}
	ok(t, dir, "clusters") // readers do not wait
}

func TestStrangeFolder(t *testing.T) {
	dir := t.TempDir()
	must(t, strange(dir))
	must(t, strange(filepath.Join(dir, "none")))
	must(t, os.WriteFile(filepath.Join(dir, "letter.txt"), nil, 0o600))
	if err := strange(dir); err == nil {
		t.Error("a folder with other files is taken for a place for a case")
	}
	must(t, strange(smallCase(t)))
}

func TestTerminalNeverActs(t *testing.T) {
	r := memberRows([]graph.Cluster{{ID: "c", Members: []graph.Member{{Account: graph.AccountID{Platform: "p", Native: "\x1b]0;gone\a\u202e"}}}}}, false)
	var w testWorld
	a := &app{world: w.world()}
	must(t, a.print(r, formatTable))
	if out := w.stdout.String(); strings.ContainsAny(out, "\x1b\a\u202e") || !strings.Contains(out, "⟨U+001B⟩") {
		t.Errorf("%q", out)
	}
}
