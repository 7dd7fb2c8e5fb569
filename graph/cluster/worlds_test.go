package cluster_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/simulate"
)

// generated is a generated world: what it says, in the order in which it says it, and its truth.
type generated struct {
	claims []graph.Observation
	truth  *evaluate.Truth
}

// generate makes a world of a scenario in memory.
func generate(t *testing.T, scenario string, people int, seed uint64) generated {
	t.Helper()
	files := map[string]*sheet{}
	o := simulate.SceneOptions{Scenario: scenario, People: people, Seed: seed}
	if _, err := simulate.WriteScene(o, func(name string) (io.WriteCloser, error) {
		files[name] = &sheet{}
		return files[name], nil
	}); err != nil {
		t.Fatal(err)
	}
	var g generated
	for _, name := range simulate.SceneFiles() {
		f := files[name]
		switch {
		case f == nil || name == simulate.EdgesName:
		case name == simulate.TruthName:
			truth, err := evaluate.ReadTruth(f)
			if err != nil {
				t.Fatal(err)
			}
			g.truth = truth
		default:
			g.read(t, name, f)
		}
	}
	if g.truth == nil || len(g.claims) < people {
		t.Fatalf("%s: %d claims", scenario, len(g.claims))
	}
	return g
}

// sheet is a file in memory.
type sheet struct{ bytes.Buffer }

func (*sheet) Close() error { return nil }

// read takes in the claims of one sheet: platform, account, kind, value, relation, first seen, last seen, count.
func (g *generated) read(t *testing.T, name string, r io.Reader) {
	t.Helper()
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:] {
		k, known := kinds()[row[2]]
		n, err := strconv.ParseUint(row[7], 10, 32)
		if !known || err != nil {
			t.Fatalf("%s, row %d: kind %q, %v", name, i+2, row[2], err)
		}
		o := graph.Observation{
			Account: graph.AccountID{Platform: row[0], Native: row[1]}, Raw: row[3], Relation: graph.Relation(row[4]), Count: uint32(n),
			First: moment(t, row[5]), Last: moment(t, row[6]), Ref: graph.Ref{Source: name, File: name, Line: int64(i + 2)},
		}
		if o.Identifier, err = (ident.Parser{}).Parse(k, row[3], o.Account.System()); err == nil { // what stands for "none" is no value
			g.claims = append(g.claims, o)
		}
	}
}

func kinds() map[string]ident.Kind {
	m := map[string]ident.Kind{}
	for _, k := range ident.Kinds() {
		m[k.String()] = k
	}
	return m
}

// moment reads a time; "" is none.
func moment(t *testing.T, s string) graph.Time {
	t.Helper()
	if s == "" {
		return 0
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return graph.TimeOf(at)
}

// table makes a table of the claims; the order changes with the seed, and 0 leaves it. Every name is changed by rename.
func (g generated) table(t *testing.T, seed uint64, rename func(string) string) *graph.Table {
	t.Helper()
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(g.claims))
	var b graph.Builder
	for i := range g.claims {
		o := g.claims[i]
		if seed != 0 {
			o = g.claims[order[i]]
		}
		if o.Identifier.Kind() == ident.Name {
			raw := rename(o.Raw)
			id, err := ident.Parse(ident.Name, raw)
			if err != nil {
				t.Fatal(err)
			}
			o.Identifier, o.Raw = id, raw
		}
		b.Observe(o)
	}
	table := b.Table()
	table.Canonical()
	return table
}

func sameNames(name string) string { return name }

// otherLetters puts another letter for each: equal names stay equal, and a slip of the keyboard stays one.
func otherLetters(name string) string {
	const from, to = "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(from, r); i >= 0 {
			return rune(to[i])
		}
		if i := strings.IndexRune(strings.ToUpper(from), r); i >= 0 {
			return rune(strings.ToUpper(to)[i])
		}
		return r
	}, name)
}

// otherWords puts another word for each, which has nothing to do with it; equal words stay equal.
func otherWords() func(string) string {
	r, given := rand.New(rand.NewPCG(1, 2)), map[string]string{}
	return func(name string) string {
		words := strings.Fields(name)
		for i, w := range words {
			if len(w) < 2 {
				continue // an initial stays one
			}
			if w = strings.ToLower(w); given[w] == "" {
				b := make([]byte, 12)
				for i := range b {
					b[i] = 'a' + byte(r.IntN(26))
				}
				given[w] = string(b)
			}
			words[i] = given[w]
		}
		return strings.Join(words, " ")
	}
}

// otherNames is otherWords, but equal words in two names do not stay equal: only whole names do.
func otherNames() func(string) string {
	words, number := otherWords(), map[string]int{}
	return func(name string) string {
		if _, ok := number[name]; !ok {
			number[name] = len(number)
		}
		return words(fmt.Sprintf("first%d last%d", number[name], number[name]))
	}
}

// difference says how two runs differ in anything that they say, order included; "" when they do not.
func difference(want, got graph.Run) string {
	if d := cmp.Diff(want, got, sameID); d != "" {
		return fmt.Sprintf("(-want +got):\n%.2000s", d)
	}
	return ""
}

// Neither the order of the rows, nor the number of processors, nor what people are called changes anything in a run, as long as equal names stay equal.
func TestGeneratedWorldsSameRun(t *testing.T) {
	for _, world := range []struct {
		scenario string
		people   int
	}{{"mix", 2000}, {"confounders", 800}} {
		g := generate(t, world.scenario, world.people, 71)
		want := detect(t, g.table(t, 0, sameNames))
		for name, table := range map[string]*graph.Table{
			"another order": g.table(t, 5, sameNames), "other letters": g.table(t, 0, otherLetters), "other words": g.table(t, 0, otherWords()),
		} {
			if diff := difference(want, detect(t, table)); diff != "" {
				t.Errorf("%s, %s %s", world.scenario, name, diff)
			}
		}
		if diff := difference(unnamed(detect(t, g.table(t, 0, sameNames))), unnamed(detect(t, g.table(t, 0, otherNames())))); diff != "" {
			t.Errorf("%s, other names %s", world.scenario, diff)
		}
		old := runtime.GOMAXPROCS(1)
		got := detect(t, g.table(t, 6, otherLetters))
		runtime.GOMAXPROCS(old)
		if diff := difference(want, got); diff != "" {
			t.Errorf("%s, one processor %s", world.scenario, diff)
		}
	}
}

// Names may be any: only which are equal matters. Which words are equal in different names matters to
// patterns only, which tell relatives from strangers: they name a cluster, and change nothing about it.
func TestArbitraryNames(t *testing.T) {
	worlds := map[string]func(*graphtest.World){"demo": func(w *graphtest.World) { graphtest.NewDemo(w) }}
	for _, s := range stories {
		worlds[s.name] = s.build
	}
	for name, build := range worlds {
		was, words, names := graphtest.New(t), graphtest.New(t), graphtest.New(t)
		for _, w := range []*graphtest.World{was, words, names} {
			build(w)
		}
		words.Rename(otherWords())
		names.Rename(otherNames())
		want := detect(t, was.Table())
		if diff := difference(want, detect(t, words.Shuffled(4))); diff != "" {
			t.Errorf("%s, other words %s", name, diff)
		}
		if diff := difference(unnamed(want), unnamed(detect(t, names.Table()))); diff != "" {
			t.Errorf("%s, other names %s", name, diff)
		}
	}
}

// unnamed takes the patterns off the clusters of a run.
func unnamed(r graph.Run) graph.Run {
	for i := range r.Clusters {
		r.Clusters[i].Patterns = nil
	}
	return r
}

// Innocents alone are never flagged, however much they look like a ring.
func TestInnocentsAlone(t *testing.T) {
	for seed := range uint64(4) {
		g := generate(t, "confounders", 2000, 7100+seed)
		run := detect(t, g.table(t, 0, sameNames))
		if run.Counts.Flagged != 0 {
			t.Errorf("seed %d: %d clusters flagged", 7100+seed, run.Counts.Flagged)
			tell(t, run)
		}
	}
}

// A ring stays flagged, to the account, when people who have nothing to do with it come into the case; and none of them is flagged.
func TestRingAmongStrangers(t *testing.T) {
	ring := graphtest.New(t)
	stories[0].build(ring)
	want := flagged(detect(t, ring.Table()))
	g := generate(t, "confounders", 800, 72)
	w := graphtest.New(t)
	stories[0].build(w)
	alone := w.Table()
	for i := range alone.Rows {
		g.claims = append(g.claims, alone.Observation(i))
	}
	if diff := cmp.Diff(want, flagged(detect(t, g.table(t, 9, sameNames)))); diff != "" || len(want) != 1 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The rings of a world of every sort are found, and nobody else: a floor below what is measured over many worlds, so that a slip in a rule
// shows in the tests of this package.
func TestGeneratedRings(t *testing.T) {
	g := generate(t, "mix", 4000, 73)
	table := g.table(t, 0, sameNames)
	run := detect(t, table)
	s := evaluate.Rings(g.truth, run.Clusters, table.Accounts)
	found := 0
	for _, r := range s.Rings {
		if r.Flagged.Recovered {
			found++
		}
	}
	if len(s.FalseFlags) > 0 || 2*found < len(s.Rings) || len(s.Rings) == 0 {
		t.Errorf("%d of %d rings, %d false flags", found, len(s.Rings), len(s.FalseFlags))
	}
}
