package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samehand/graph"
	"samehand/graph/ident"
)

// day returns midnight of a day in March 2026.
func day(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }

func diffRuns(want, got any) string {
	return cmp.Diff(want, got, cmp.Comparer(func(a, b ident.ID) bool { return a == b }), cmpopts.EquateEmpty())
}

func save(t *testing.T, s graph.Store, r graph.Run) {
	t.Helper()
	if err := s.SaveRun(t.Context(), r); err != nil {
		t.Fatalf("SaveRun: %v", err)
	}
}

func checkNoRun(t *testing.T, s graph.Store) {
	if _, err := s.LastRun(t.Context()); !errors.Is(err, graph.ErrNoRun) {
		t.Errorf("LastRun of an empty store: %v, want ErrNoRun", err)
	}
	if list, err := s.Runs(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("Runs of an empty store: %v, %v", list, err)
	}
}

func checkRun(t *testing.T, s graph.Store) {
	want := Run0("run-1", day(1).Add(1234*time.Microsecond))
	for _, h := range hostile {
		a := graph.AccountID{Platform: h, Native: h}
		want.Clusters[1].Members = append(want.Clusters[1].Members, graph.Member{Account: a, Person: h, Role: h, Site: h})
		want.Clusters[1].Evidence = append(want.Clusters[1].Evidence, graph.Evidence{Identifier: mustRestore(ident.Name, 0, h), Accounts: []graph.AccountID{a}})
		want.Clusters[1].Reasons = append(want.Clusters[1].Reasons, h)
		addHostile(&want, h)
	}
	save(t, s, want)
	got, err := s.LastRun(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := diffRuns(want, got); d != "" {
		t.Errorf("LastRun (-want +got):\n%s", d)
	}
}

// addHostile puts a text into every list of a run and of its second cluster that holds text.
func addHostile(r *graph.Run, h string) {
	a, id, c := graph.AccountID{Platform: h, Native: h}, mustRestore(ident.Handle, ident.Masked, h), &r.Clusters[1]
	r.Alarms = append(r.Alarms, h)
	r.Missing = append(r.Missing, graph.Missing{Pattern: h, Name: h, Lacks: h})
	c.Candidates = append(c.Candidates, graph.Candidate{Person: h, Accounts: []graph.AccountID{a}, Reasons: []string{h}})
	c.Sites = append(c.Sites, graph.Site{ID: h, Identifiers: []ident.ID{id}})
	c.Apart = append(c.Apart, graph.Apart{Account: a, Person: h, Role: h, Reason: h})
	c.Considered = append(c.Considered, graph.LookAlike{Name: h, Reason: h})
	c.Patterns = append(c.Patterns, graph.Pattern{ID: h, Name: h, Strength: h, Reason: h, Accounts: []graph.AccountID{a}, Identifiers: []ident.ID{id}})
	c.Dropped = append(c.Dropped, graph.WhatIf{Identifier: id, Family: graph.Family(h)})
}

func checkRuns(t *testing.T, s graph.Store) {
	for _, n := range []int{2, 3, 1} {
		save(t, s, Run0("run-"+string(rune('0'+n)), day(n)))
	}
	got, err := s.Runs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var want []graph.Run
	for _, n := range []int{3, 2, 1} {
		r := Run0("run-"+string(rune('0'+n)), day(n))
		r.Clusters, r.Hubs = nil, got[len(want)].Hubs // hubs may come or not
		want = append(want, r)
	}
	if d := diffRuns(want, got); d != "" {
		t.Errorf("Runs (-want +got):\n%s", d)
	}
	if last, err := s.LastRun(t.Context()); err != nil || last.ID != "run-3" {
		t.Errorf("LastRun: %q, %v; want run-3", last.ID, err)
	}
}

func checkReplaceRun(t *testing.T, s graph.Store) {
	save(t, s, Run0("run-1", day(1)))
	want := Run0("run-1", day(2))
	want.Clusters, want.Hubs, want.Options = want.Clusters[:1], nil, nil
	want.Clusters[0].Members = want.Clusters[0].Members[:1]
	want.Clusters[0].Evidence = nil
	save(t, s, want)
	got, err := s.LastRun(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := diffRuns(want, got); d != "" {
		t.Errorf("LastRun (-want +got):\n%s", d)
	}
	if list, err := s.Runs(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("%d runs, %v; want 1", len(list), err)
	}
}
