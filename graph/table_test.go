package graph_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

func mustID(t testing.TB, k ident.Kind, key string) ident.ID {
	t.Helper()
	id, err := ident.Restore(k, ident.Ordinary, key)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// observations of two accounts in two sources; the last two say the same.
func sample(t testing.TB) []graph.Observation {
	ann, bob := graph.AccountID{Platform: "okta:acme", Native: "ann"}, graph.AccountID{Platform: "okta:acme", Native: "bob"}
	mail, ip := mustID(t, ident.Email, "ann@mailbox.test"), mustID(t, ident.IP, "9.9.9.9")
	return []graph.Observation{
		{Account: bob, Identifier: ip, Relation: graph.Login, First: 20, Last: 30, Count: 2, Ref: graph.Ref{Source: "s1", File: "a.csv", Line: 4}},
		{Account: ann, Identifier: ip, Relation: graph.Login, First: 40, Last: 50, Count: 1, Ref: graph.Ref{Source: "s1", File: "a.csv", Line: 3}},
		{Account: ann, Identifier: mail, Raw: "Ann@Mailbox.test", Relation: graph.Registered, Count: 1, Ref: graph.Ref{Source: "s1", File: "a.csv", Line: 2}},
		{Account: ann, Identifier: ip, Relation: graph.Login, First: 10, Last: 15, Count: 3, Ref: graph.Ref{Source: "s1", File: "a.csv", Line: 5}},
		{Account: ann, Identifier: ip, Relation: graph.Login, First: 10, Last: 15, Count: 3, Ref: graph.Ref{Source: "s2", File: "b.csv", Line: 9}},
	}
}

func build(obs []graph.Observation) *graph.Table {
	var b graph.Builder
	for _, o := range obs {
		b.Observe(o)
	}
	t := b.Table()
	t.Canonical()
	return t
}

func all(t *graph.Table) []graph.Observation {
	var obs []graph.Observation
	for i := range t.Rows {
		obs = append(obs, t.Observation(i))
	}
	return obs
}

var byValue = cmp.Comparer(func(a, b ident.ID) bool { return a == b })

func TestCanonicalGivesObservationsBackInOrder(t *testing.T) {
	o := sample(t)
	want := []graph.Observation{o[2], o[3], o[4], o[1], o[0]}
	if diff := cmp.Diff(want, all(build(o)), byValue); diff != "" {
		t.Errorf("observations (-want +got):\n%s", diff)
	}
}

func TestEdgesCountTheSameClaimOnce(t *testing.T) {
	got := slices.Collect(build(sample(t)).Edges())
	want := []graph.Edge{
		{Account: 0, Identifier: 0, Relation: 1, Count: 1, Lo: 0, Hi: 1},
		{Account: 0, Identifier: 1, Relation: 0, First: 10, Last: 50, Count: 4, Lo: 1, Hi: 4},
		{Account: 1, Identifier: 1, Relation: 0, First: 20, Last: 30, Count: 2, Lo: 4, Hi: 5},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestEdgesStopWhenAsked(t *testing.T) {
	n := 0
	for range build(sample(t)).Edges() {
		n++
		break
	}
	if n != 1 {
		t.Errorf("went on for %d edges", n)
	}
}

func TestCanonicalDropsWhatNoRowUses(t *testing.T) {
	var b graph.Builder
	b.Account(graph.AccountID{Platform: "p", Native: "unused"})
	b.Identifier(mustID(t, ident.Email, "unused@mailbox.test"))
	b.Raw("unused")
	b.Observe(sample(t)[0])
	tb := b.Table()
	tb.Canonical()
	if len(tb.Accounts) != 1 || len(tb.Identifiers) != 1 || len(tb.Raws) != 1 {
		t.Errorf("%d accounts, %d identifiers, %d raw values; want one each", len(tb.Accounts), len(tb.Identifiers), len(tb.Raws))
	}
}

func TestEmptyTable(t *testing.T) {
	var b graph.Builder
	tb := b.Table()
	tb.Canonical()
	if len(tb.Rows) != 0 || len(slices.Collect(tb.Edges())) != 0 {
		t.Error("an empty table has rows")
	}
}

// The order in which observations arrive changes nothing.
func TestCanonicalIsInvariantToOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(rt, "n")
		obs := make([]graph.Observation, n)
		for i := range obs {
			obs[i] = graph.Observation{
				Account:    graph.AccountID{Platform: rapid.SampledFrom([]string{"a", "ab"}).Draw(rt, "p"), Native: rapid.SampledFrom([]string{"c", "bc", "x"}).Draw(rt, "a")},
				Identifier: mustID(t, rapid.SampledFrom(ident.Kinds()).Draw(rt, "k"), rapid.SampledFrom([]string{"1", "2"}).Draw(rt, "v")),
				Raw:        rapid.SampledFrom([]string{"", "one", "two"}).Draw(rt, "raw"),
				Relation:   rapid.SampledFrom(graph.Relations()).Draw(rt, "r"),
				First:      graph.Time(rapid.IntRange(0, 2).Draw(rt, "f")), Count: uint32(rapid.IntRange(1, 2).Draw(rt, "n")),
				Ref: graph.Ref{Source: rapid.SampledFrom([]string{"s1", "s2"}).Draw(rt, "s"), Line: int64(rapid.IntRange(1, 3).Draw(rt, "l"))},
			}
			obs[i].Ref.File = obs[i].Ref.Source + ".csv"
			obs[i].Last = obs[i].First
		}
		want := build(obs)
		shuffled := slices.Clone(obs)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0)).Shuffle(n, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := build(shuffled)
		if diff := cmp.Diff(all(want), all(got), byValue); diff != "" {
			rt.Fatalf("order matters (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want.Identifiers, got.Identifiers, byValue); diff != "" {
			rt.Fatalf("identifiers are numbered by order of input:\n%s", diff)
		}
		if diff := cmp.Diff(slices.Collect(want.Edges()), slices.Collect(got.Edges())); diff != "" {
			rt.Fatalf("edges differ:\n%s", diff)
		}
	})
}

func TestTime(t *testing.T) {
	at := time.Date(2024, 5, 2, 18, 46, 21, 121000, time.UTC)
	if got := graph.TimeOf(at).Std(); !got.Equal(at) {
		t.Errorf("TimeOf(%v).Std() = %v", at, got)
	}
	if graph.TimeOf(time.Time{}) != 0 || !graph.Time(0).Std().IsZero() || graph.Time(0).String() != "" {
		t.Error("the zero time is not kept as not known")
	}
	if got := graph.TimeOf(at).String(); got != "2024-05-02T18:46:21Z" {
		t.Errorf("String() = %s", got)
	}
}
