package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph/community"
)

func TestParseLadder(t *testing.T) {
	for text, want := range map[string][]float64{
		defaultLadder: {.25, .5, 1, 2, 4},
		"2":           {2, 1},
		"1":           {1},
		" .5 , 1,1e3": {.5, 1, 1000},
	} {
		got, err := parseLadder(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v (-want +got)\n%s", text, err, diff)
		}
	}
	for text, say := range map[string]string{
		"":                              "no multiple",
		"1,":                            "no multiple",
		"one":                           "no multiple",
		"0":                             "no multiple",
		"-1":                            "no multiple",
		"NaN":                           "no multiple",
		"Inf":                           "no multiple",
		"1e10":                          "no multiple",
		"1;2":                           "no multiple",
		"2,2.0":                         "there twice",
		"1" + strings.Repeat(",1.5", 2): "there twice",
	} {
		if got, err := parseLadder(text); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	var many []string
	for i := range mostRungs + 1 {
		many = append(many, figureText(float64(i+2)))
	}
	if _, err := parseLadder(strings.Join(many, ",")); err == nil {
		t.Error("more rungs than are allowed")
	}
}

// figureText writes a number as a row has it.
func figureText(f float64) string { return cellText(figure(f), exactFloat, -1) }

// A figure has four digits in a table, whatever its size, and all of them elsewhere.
func TestFigure(t *testing.T) {
	r := &rows{columns: []string{"f"}}
	for _, f := range []float64{.000123456789, 1. / 3, 12345.678, 0, 4} {
		r.add(figure(f))
	}
	for format, want := range map[string]string{
		formatTable: "         f\n 0.0001235\n    0.3333\n 1.235e+04\n         0\n         4\n",
		formatCSV:   "f\n0.000123456789\n0.3333333333333333\n12345.678\n0\n4\n",
		formatJSONL: `{"f":0.000123456789}` + "\n" + `{"f":0.3333333333333333}` + "\n" + `{"f":12345.678}` + "\n" + `{"f":0}` + "\n" + `{"f":4}` + "\n",
	} {
		var b bytes.Buffer
		if err := r.write(&b, format, look{}); err != nil {
			t.Fatal(err)
		}
		got := b.String()
		if format == formatTable {
			got, want = strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(want, " ", "")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", format, diff)
		}
	}
}

// ladderOf is a ladder of one community that falls apart above the chosen resolution.
func ladderOf() divided {
	rung := func(factor float64, shared, largest int, labels ...uint32) community.Rung {
		return community.Rung{Factor: factor, Resolution: factor / 2, Partition: community.NewPartition(labels), Shared: shared, Largest: largest}
	}
	out := divided{chosen: 1, rungs: []community.Rung{
		rung(.5, 1, 4, 0, 0, 0, 0, 1),
		rung(1, 2, 3, 0, 0, 0, 1, 1),
		rung(2, 0, 1, 0, 1, 2, 3, 4),
	}}
	out.rungs[2].Value = math.Inf(-1)
	out.Partition = out.rungs[1].Partition
	return out
}

// What is printed of a ladder; a community of one is no community that survives.
func TestLadderRows(t *testing.T) {
	out := ladderOf()
	r, err := ladderRows(out, community.Survival(out.rungs, out.Partition, community.Lasting))
	if err != nil {
		t.Fatal(err)
	}
	var got [][]any
	for _, cells := range r.cells {
		if len(cells) != len(r.columns) {
			t.Fatalf("%d cells in %d columns", len(cells), len(r.columns))
		}
		got = append(got, append(append([]any(nil), cells[:7]...), cells[9]))
	}
	want := [][]any{
		{figure(.5), figure(.25), false, 2, 1, 4, 0., 1}, // three of four are the three
		{figure(1), figure(.5), true, 2, 2, 3, 0., 2},
		{figure(2), figure(1), false, 5, 0, 1, 0., 0}, // JSON has no infinity
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("(-want +got)\n" + diff)
	}
	if r.cells[1][7] != 1. || r.cells[1][8] != 1. || r.cells[2][7] != 0. {
		t.Errorf("how alike: %v", r.cells)
	}
	out.rungs[0].Partition = community.Partition{}
	if _, err := ladderRows(out, nil); err == nil {
		t.Error("a rung of other nodes")
	}
}

func TestWriteSurvival(t *testing.T) {
	out, b := ladderOf(), bytes.Buffer{}
	survival := community.Survival(out.rungs, out.Partition, community.Lasting)
	if err := writeSurvival(&b, survival, out.Sizes()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("community,nodes,lowest,highest\n0,3,0.25,0.5\n1,2,0.5,0.5\n", b.String()); diff != "" {
		t.Error("(-want +got)\n" + diff)
	}
	if err := writeSurvival(brokenDisk{}, survival, out.Sizes()); !errors.Is(err, errBroken) {
		t.Errorf("a write that fails: %v", err)
	}
}

var errBroken = errors.New("broken")

// brokenDisk takes nothing.
type brokenDisk struct{}

func (brokenDisk) Write([]byte) (int, error) { return 0, errBroken }

// With a ladder the iterations are those of the chosen rung, and a resolution that is given is not chosen again.
func TestLadderStats(t *testing.T) {
	stats := func(args ...string) communitiesStats {
		t.Helper()
		w := testWorld{stdin: "1 2\n2 3\n3 1\n4 5\n5 6\n6 4\n3 4\n"}
		if code := w.run(append([]string{"communities", "-", "--stats", "-q"}, args...)...); code != exitDone {
			t.Fatalf("exit code %d: %s", code, w.stderr.String())
		}
		var s communitiesStats
		if err := json.Unmarshal(w.stderr.Bytes(), &s); err != nil {
			t.Fatalf("%v: %q", err, w.stderr.String())
		}
		return s
	}
	for _, resolution := range [][]string{nil, {"--resolution", ".4"}, {"--resolution", ".9", "--objective", "modularity"}, {"--method", "louvain"}} {
		one := stats(resolution...)
		up := stats(append(resolution, "--ladder=.01,3")...)
		if one.Resolution != up.Resolution || one.Hash != up.Hash || one.Iterations != up.Iterations || one.Value != up.Value {
			t.Errorf("%v\n%+v\n%+v", resolution, one, up)
		}
		if (one.Iterations > 0) != (one.Method == "leiden") {
			t.Errorf("%d iterations of %s", one.Iterations, one.Method)
		}
		if len(resolution) == 0 && (one.Resolution <= 0 || one.Resolution >= 1 || one.Communities != 2) {
			t.Errorf("chosen: %+v", one)
		}
	}
	if s := stats("--iterations", "1"); s.Iterations != 1 {
		t.Errorf("%d iterations, 1 was asked for", s.Iterations)
	}
}
