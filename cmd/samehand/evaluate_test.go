package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

func TestClusteredAs(t *testing.T) {
	id := func(n string) graph.AccountID { return graph.AccountID{Platform: "p", Native: n} }
	run := graph.Run{Clusters: []graph.Cluster{
		{ID: "c1", Flagged: true, Members: []graph.Member{{Account: id("a"), Flagged: true}, {Account: id("b"), Flagged: true}, {Account: id("passes"), Flagged: false}}},
		{ID: "c2", Members: []graph.Member{{Account: id("d")}, {Account: id("dropped since")}}},
	}}
	accounts := []graph.AccountID{id("a"), id("b"), id("d"), id("nobody"), id("passes")}
	for _, test := range []struct {
		flagged bool
		want    map[graph.AccountID]string
	}{
		{false, map[graph.AccountID]string{id("a"): "c1", id("b"): "c1", id("passes"): "c1", id("d"): "c2", id("dropped since"): "c2", id("nobody"): ""}},
		{true, map[graph.AccountID]string{id("a"): "c1", id("b"): "c1", id("passes"): "", id("d"): "", id("dropped since"): "", id("nobody"): ""}},
	} {
		if diff := cmp.Diff(test.want, clusteredAs(run, accounts, test.flagged)); diff != "" {
			t.Errorf("flagged %v (-want +got):\n%s", test.flagged, diff)
		}
	}
}

// readText reads a text as a file of labels, and says what a person would be told.
func readText[K comparable](text string, sort labelSort[K]) (*labelReader[K], error) {
	r := &labelReader[K]{labelSort: sort, texts: map[string]string{}, labels: map[K]string{}, lines: map[K]int64{}}
	in := ingest.Input{Limits: ingest.Limits{}.WithDefaults(), At: strings.NewReader(text), Size: int64(len(text))}
	var err error
	if r.table, err = tabular.Open(strings.NewReader(text), in, tabular.Options{}); err != nil {
		return r, err
	}
	defer r.table.Close()
	return r, r.read()
}

func TestReadLabels(t *testing.T) {
	type ids = map[graph.AccountID]string
	for _, test := range []struct {
		name, text string
		want       ids
		faults     []string // line, column
		err        string   // "" for none
	}{
		{"rows", "platform,account,label\nokta:A,x,1\nokta:a,y,\n", ids{{Platform: "okta:a", Native: "x"}: "1", {Platform: "okta:a", Native: "y"}: ""}, nil, ""},
		{"blanks around", " LABEL , Platform,account\n ring , okta , x \n", ids{{Platform: "okta", Native: "x"}: "ring"}, nil, ""},
		{"no rows", "platform,account,label\n", ids{}, nil, ""},
		{"quotes", "platform,account,label\np,\"a,b\",\"x\"\"y\"\n", ids{{Platform: "p", Native: "a,b"}: `x"y`}, nil, ""},
		{"faults", "platform,account,label\n,x,1\np,,1\np,x,\"a\tb\"\np,y\np,z,1\n", ids{{Platform: "p", Native: "z"}: "1"}, []string{"2 platform", "3 account", "4 label", "5 "}, ""},
		{"a long label", "platform,account,label\np,x," + strings.Repeat("l", 2000) + "\n", ids{}, []string{"2 label"}, ""},
		{"the same again", "platform,account,label\np,x,1\nP,x, 1\n", ids{{Platform: "p", Native: "x"}: "1"}, nil, ""},
		{"contradiction", "platform,account,label\np,x,1\np,x,2\n", nil, nil, "lines 2 and 3 give one account two labels"},
		{"alone and not alone", "platform,account,label\np,x,1\np,x,\n", nil, nil, "lines 2 and 3 give one account two labels"},
		{"no such column", "platform,account,group\np,x,1\n", nil, nil, "no column label; it needs the columns platform, account and label"},
		{"twice the same column", "platform,account,label,Account\np,x,1,y\n", nil, nil, `two columns called "account"`},
		{"no header", "okta,eve@corp.example,1\n", nil, nil, "no line of column names"},
		{"nothing", "", nil, nil, "not a table: want CSV with a line of column names"},
		{"an array", "[{}]", nil, nil, "one object a line"},
		{"objects", `{"account":"x","platform":"p"}` + "\n" + `{"label":"1","account":"y","platform":"p"}` + "\n" + `{"label":"1"}`, ids{{Platform: "p", Native: "x"}: "", {Platform: "p", Native: "y"}: "1"}, []string{"3 platform"}, ""},
		{"objects without labels", `{"account":"x","platform":"p"}` + "\n", nil, nil, "no column label"},
	} {
		r, err := readText(test.text, accountLabels())
		if err != nil || test.err != "" {
			if err == nil || test.err == "" || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%s: %v, want %q", test.name, err, test.err)
			}
			continue
		}
		var faults []string
		for _, f := range r.faults {
			faults = append(faults, fmt.Sprintf("%d %s", f.Line, f.Field))
		}
		if diff := cmp.Diff(test.want, r.labels) + cmp.Diff(test.faults, faults, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestReadNodeLabels(t *testing.T) {
	for _, text := range []string{"node,community\na,1\nb,1\n", "label,node\n1,a\n1,b\n", "node\tcommunity\tlabel\na\t1\t2\nb\t1\t3\n"} {
		r, err := readText(text, nodeLabels())
		if diff := cmp.Diff(map[string]string{"a": "1", "b": "1"}, r.labels); diff != "" || err != nil {
			t.Errorf("%q: %v\n%s", text, err, diff)
		}
	}
}

// Of many rows that cannot be read a few are named, and all are counted.
func TestReadLabelsManyFaults(t *testing.T) {
	file := filepath.Join(t.TempDir(), "truth.csv")
	must(t, os.WriteFile(file, []byte("platform,account,label\np,x,1\n"+strings.Repeat("p,,hushhush\n", 25)), 0o600))
	var w testWorld
	a := &app{world: w.world(), log: newLogger(&w.stderr, logText, false)}
	labels, err := readLabels(t.Context(), a, file, accountLabels())
	said := w.stderr.String()
	if err != nil || len(labels) != 1 || strings.Count(said, "account: empty") != faultsShown || !strings.Contains(said, "other faults: 15") || !strings.Contains(said, "rows 26, read 1, left out 25") || strings.Contains(said, "hushhush") {
		t.Errorf("%d labels, %v; said:\n%s", len(labels), err, said)
	}
}

// Every row is read, repeated or left out; the order of rows changes nothing; what is written is what is read.
func TestReadLabelsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.StringMatching(`[a-z]{1,3}`), rapid.SampledFrom([]string{"", "1", "ring, \"two\"", "=x"})).Draw(t, "labels")
		rows := &rows{columns: []string{"node", "label"}}
		for _, k := range rapid.Permutation(slices.Sorted(func(yield func(string) bool) {
			for k := range want {
				if !yield(k) {
					return
				}
			}
		})).Draw(t, "order") {
			rows.add(k, want[k])
			if rapid.Bool().Draw(t, "twice") {
				rows.add(k, want[k])
			}
		}
		var b bytes.Buffer
		if err := rows.writeCSV(&b, look{}); err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(b.String(), "'=x", "=x")
		r, err := readText(text, nodeLabels())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, r.labels, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if r.rows != int64(len(rows.cells)) || r.rows != int64(len(want))+r.again+r.faulty {
			t.Fatalf("%d rows: %d labels, %d again, %d left out", r.rows, len(want), r.again, r.faulty)
		}
	})
}

// FuzzReadLabels: whatever the bytes, rows add up and what is read is fit to be a name.
func FuzzReadLabels(f *testing.F) {
	for _, s := range []string{"platform,account,label\np,x,1\np,y,\n", "platform;account;label\r\np;\"x;\";1\r\n", `{"platform":"p","account":"x","label":1}`, "a,b\n1,2\n", "\x00", "label,label,platform,account\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := readText(string(text), accountLabels())
		if err != nil {
			return
		}
		if r.rows != int64(len(r.labels))+r.again+r.faulty || int64(len(r.faults)) > r.faulty {
			t.Errorf("%d rows: %d labels, %d again, %d left out", r.rows, len(r.labels), r.again, r.faulty)
		}
		for id, label := range r.labels {
			if !id.Valid() || strings.TrimSpace(label) != label {
				t.Error("a name or a label that cannot be one")
			}
		}
		for _, f := range r.faults {
			if f.Raw != "" || f.Reason == "" {
				t.Error("a fault with the row's text, or without a reason")
			}
		}
	})
}

// The table of rows has every score once, and a column for each scope.
func TestScoreRows(t *testing.T) {
	e := evaluation{things: "nodes", other: "file"}
	for _, name := range []string{"one", "two"} {
		if err := e.add(name, evaluate.Common{Truth: []uint32{0, 0, 1}, Found: []uint32{0, 1, 1}, OnlyTruth: 5, OnlyFound: 6}); err != nil {
			t.Fatal(err)
		}
	}
	r := e.rows()
	if diff := cmp.Diff([]string{"measure", "one", "two", "meaning"}, r.columns); diff != "" {
		t.Error(diff)
	}
	seen := map[any]bool{}
	for _, cells := range r.cells {
		if len(cells) != 4 || cells[1] != cells[2] || seen[cells[0]] {
			t.Errorf("row %v", cells)
		}
		seen[cells[0]] = true
	}
	if r.cells[0][1] != int64(3) || r.cells[1][1] != int64(5) || r.cells[2][1] != int64(6) {
		t.Errorf("counts %v", r.cells[:3])
	}
}
