package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/graph/ident"
)

// tableOf makes a table of observations "account kind value relation".
func tableOf(t interface {
	Helper()
	Fatal(...any)
}, lines ...string) *graph.Table {
	t.Helper()
	kinds := map[string]ident.Kind{"device": ident.Device, "email": ident.Email, "name": ident.Name, "ip": ident.IP, "employer": ident.Employer}
	var b graph.Builder
	for _, l := range lines {
		f := strings.Fields(l)
		id, err := ident.Parse(kinds[f[1]], f[2])
		if err != nil {
			t.Fatal(err)
		}
		b.Observe(graph.Observation{Account: graph.AccountID{Platform: "p", Native: f[0]}, Identifier: id, Relation: graph.Relation(f[3])})
	}
	table := b.Table()
	table.Canonical()
	return table
}

// groupsOf lists the accounts of clusters, each as one text.
func groupsOf(clusters []graph.Cluster) []string {
	var out []string
	for _, c := range clusters {
		text := ""
		for _, m := range c.Members {
			text += m.Account.Native
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

func TestRawShares(t *testing.T) {
	table := tableOf(t,
		"a device serial:RIGQ7731 login", "a device serial:RIGQ7731 mfa", "b device serial:RIGQ7731 login",
		"a name Dana registered", "b name Dana registered", "a employer acme employed_by",
		"c email rosa.quill@larch-mail.net recruiter", "d email rosa.quill@larch-mail.net recruiter", "a ip 10.0.0.1 login", "b ip 10.0.0.1 login",
	)
	got := rawShares(table)
	if len(got) != 2 || got[0].value != got[1].value || got[0].account != 0 || got[1].account != 1 {
		t.Errorf("%v; only the machine of a and b is shared, each counted once", got)
	}
}

// a, b and c share a machine in pairs, d and e a line, and twelve all have one mailbox.
func TestBaselines(t *testing.T) {
	lines := []string{
		"a device serial:RIGQ7731 login", "b device serial:RIGQ7731 login", "b device serial:RIGQ7732 login", "c device serial:RIGQ7732 login",
		"d ip 66.1.2.3 login", "e ip 66.1.2.3 login",
	}
	for _, a := range "abcdefghijkl" {
		lines = append(lines, string(a)+" email dana.holt@larch-mail.net registered")
	}
	table := tableOf(t, lines...)
	shares := rawShares(table)
	want := map[string][]string{
		"components": {"abcdefghijkl"},
		"capped":     {"abc", "de"},
	}
	for _, b := range baselines(baselineCap) {
		clusters, err := b.clusters(t.Context(), table, shares)
		if err != nil {
			t.Fatal(err)
		}
		if w, is := want[b.name]; is && !slices.Equal(w, groupsOf(clusters)) {
			t.Errorf("%s: %v, want %v", b.name, groupsOf(clusters), w)
		}
		if b.name == "louvain" && len(clusters) == 0 {
			t.Error("louvain found nothing")
		}
		if again, _ := b.clusters(t.Context(), table, shares); !cmp.Equal(clusters, again) {
			t.Errorf("%s: once more, and something else", b.name)
		}
	}
	clusters, err := baselines(12)[1].clusters(t.Context(), table, shares)
	if err != nil || !slices.Equal([]string{"abcdefghijkl"}, groupsOf(clusters)) {
		t.Errorf("with a cap of 12: %v, %v", groupsOf(clusters), err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	for _, b := range baselines(baselineCap) {
		if _, err := b.clusters(stopped, table, shares); err == nil || !strings.Contains(err.Error(), b.name) {
			t.Errorf("%s goes on when it is stopped: %v", b.name, err)
		}
	}
}

// Nobody is in two clusters, and a smaller cap never ties more together.
func TestBaselinesCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for range rapid.IntRange(1, 30).Draw(t, "rows") {
			lines = append(lines, fmt.Sprintf("a%d device serial:RIGQ77%02d login", rapid.IntRange(0, 15).Draw(t, "account"), rapid.IntRange(10, 18).Draw(t, "value")))
		}
		table := tableOf(t, lines...)
		shares := rawShares(table)
		before := 0
		for _, limit := range []int{2, 3, 5, 16} {
			clusters, err := baselines(limit)[1].clusters(context.Background(), table, shares)
			if err != nil {
				t.Fatal(err)
			}
			seen, alone := map[graph.AccountID]bool{}, len(table.Accounts)
			for _, c := range clusters {
				alone -= len(c.Members) - 1
				for _, m := range c.Members {
					if seen[m.Account] {
						t.Fatal("an account is in two clusters")
					}
					seen[m.Account] = true
				}
			}
			if before > 0 && alone > before {
				t.Fatalf("with a cap of %d, %d groups; with a smaller one %d", limit, alone, before)
			}
			before = alone
		}
	})
}

func TestLabelClusters(t *testing.T) {
	account := func(n string) graph.AccountID { return graph.AccountID{Platform: "p", Native: n} }
	got := labelClusters(map[graph.AccountID]string{account("b"): "=1", account("a"): "=1", account("c"): "", account("d"): "2", account("e"): ""})
	if diff := cmp.Diff([]string{"ab", "d"}, groupsOf(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i, c := range got {
		if c.ID != fmt.Sprintf("label-%d", i+1) {
			t.Errorf("cluster %d is called %s: labels may be anything, and are not shown", i, c.ID)
		}
	}
}

// Every measure is there once, has a meaning, and a cell for each column.
func TestRingMeasures(t *testing.T) {
	truth, err := evaluate.ReadTruth(strings.NewReader(`{"version":1,"rings":[{"ring":"r1","kind":"farm","linkable":0.5}],"groups":[{"group":"g1","kind":"household"}],"accounts":[
{"platform":"p","account":"a","person":"1","ring":"r1","role":"facilitator"},{"platform":"p","account":"b","person":"2","ring":"r1","role":"persona"},
{"platform":"p","account":"c","person":"3","group":"g1","role":"benign"},{"platform":"p","account":"d","person":"4","ring":"r1","role":"victim"}]}`))
	must(t, err)
	member := func(n string) graph.Member {
		return graph.Member{Account: graph.AccountID{Platform: "p", Native: n}, Flagged: true}
	}
	scores := evaluate.Rings(truth, []graph.Cluster{{ID: "c1", Flagged: true, Members: []graph.Member{member("a"), member("b"), member("c"), member("d")}}}, nil)
	var e ringEvaluation
	e.add("flagged", true, scores)
	e.add("all", false, scores)
	seen := map[any]bool{}
	for _, cells := range e.rows().cells {
		if len(cells) != 4 || seen[cells[0]] || cells[3] == "" {
			t.Errorf("row %v", cells)
		}
		seen[cells[0]] = true
	}
	for _, name := range []string{"rings: farm", "recovered: farm", "innocents: benign", "innocents: victim", "look-alike: household", "look-alike: none", "mean linkable share", "role: victim as none"} {
		if !seen[name] {
			t.Errorf("no row %q", name)
		}
	}
	none := shareOf("", "", func(ringColumn) float64 { return part(0, 0) }).of(ringColumn{})
	if none != (noFigure{}) {
		t.Errorf("nothing of nothing is %v", none)
	}
	var empty ringEvaluation
	empty.add("flagged", true, evaluate.RingScores{})
	for _, cells := range empty.rows().cells {
		if share, ok := cells[1].(float64); ok {
			t.Errorf("%s of nothing is %v", cells[0], share)
		}
	}
	details := e.details()
	if len(details.cells) != 3 || details.cells[0][0] != "missed" || details.cells[0][6] != "1.00" || details.cells[0][7] != "0.50" || details.cells[0][8] != "0.50" ||
		details.cells[1][1] != "household" || details.cells[2][1] != "victim" {
		t.Errorf("details %v", details.cells)
	}
	for i, want := range []string{"p/c", "p/d"} { // an innocent a row, also in a cluster that is half a ring's
		cells := details.cells[1+i]
		if cells[0] != "innocent" || cells[2] != "r1" || cells[5] != "c1" || cells[7] != "0.50" || cellText(cells[9], tableFloat, 4) != want {
			t.Errorf("details of an innocent: %v", cells)
		}
	}
}
