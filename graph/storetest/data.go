package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// Table returns a table of n rows about made-up accounts, in no order; the
// same seed gives the same table. Some rows repeat what others say.
func Table(seed uint64, n int) *graph.Table {
	rng := rand.New(rand.NewPCG(seed, 0))
	var b graph.Builder
	kinds, marks, relations := ident.Kinds(), []ident.Mark{ident.Ordinary, ident.Ordinary, ident.Placeholder, ident.Masked}, graph.Relations()
	for i := range n {
		a := graph.AccountID{Platform: fmt.Sprintf("platform%d", rng.IntN(3)), Native: fmt.Sprintf("user-%d", rng.IntN(1+n/8))}
		v := rng.IntN(1 + n/2)
		raw := ""
		if v%5 == 0 {
			raw = fmt.Sprintf("Value %d", v)
		}
		first := graph.Time(0)
		if v%3 != 0 {
			first = graph.Time(1_700_000_000_000_000 + rng.Int64N(1_000_000))
		}
		b.Add(graph.Row{
			Account: b.Account(a), Identifier: b.Identifier(mustRestore(kinds[v%len(kinds)], marks[v%len(marks)], fmt.Sprintf("value-%d", v))),
			Raw: b.Raw(raw), Relation: b.Relation(relations[rng.IntN(len(relations))]),
			First: first, Last: first + first%2, Count: 1 + uint32(rng.IntN(3)), Line: int64(i + 1),
		})
	}
	return b.Table()
}

// mustRestore is ident.Restore for parts that are known to be good.
func mustRestore(k ident.Kind, m ident.Mark, key string) ident.ID {
	id, err := ident.Restore(k, m, key)
	if err != nil {
		panic(err)
	}
	return id
}

// Source returns a source with all fields set.
func Source(id string, rows int64) graph.Source {
	return graph.Source{
		ID: id, Name: id + ".csv", Format: "observations", SHA256: strings.Repeat("ab", 32), Bytes: 12345, Options: `{"region":"US"}`,
		Ingested: time.Date(2026, 3, 4, 5, 6, 7, 8000, time.UTC),
		Records:  rows + 3, Accepted: rows + 1, Rejected: 2, Silent: 1, Values: rows + 4, Kept: rows, ValuesRejected: 4, Placeholders: 1,
		Notes: []string{"column x is not known"},
	}
}

// Run0 returns a run with all fields set.
func Run0(id string, started time.Time) graph.Run {
	alice, bob := graph.AccountID{Platform: "okta:acme", Native: "alice"}, graph.AccountID{Platform: "github", Native: "bob"}
	phone, ip := mustRestore(ident.Phone, ident.Ordinary, "+12015550123"), mustRestore(ident.IP, ident.Reserved, "10.0.0.1")
	return graph.Run{
		ID: id, Started: started, Method: "louvain", Options: map[string]string{"seed": "1", "min-score": "2.5"}, Sources: []string{"source-1", "source-2"},
		Counts: graph.RunCounts{Accounts: 2, Identifiers: 3, Rows: 4, Persons: 5, Pairs: 6, Clusters: 7, Flagged: 8, Members: 9, FlaggedMembers: 10},
		Clusters: []graph.Cluster{
			{
				ID: "c-1", Score: 4.25, Flagged: true, Reasons: []string{"two \"families\"", "<b>"}, Families: []graph.Family{graph.DeviceFamily, graph.Money},
				Persons: 2, Names: 2, Employers: 1, Homes: 2, Tags: []string{"held"},
				Members: []graph.Member{
					{Account: bob, Person: "p1", Role: "worker", Site: "s1", Flagged: true, Points: 4.25, Confidence: 0.875, Stability: 0.9375},
					{Account: alice, Person: "p2", Points: 0.1},
				},
				Evidence: []graph.Evidence{
					{Identifier: phone, Family: graph.Contact, Class: "own", Points: 3.5, Holders: 2, Inside: 2, Accounts: []graph.AccountID{bob, alice},
						First: 1_700_000_000_000_001, Last: 1_700_000_000_000_002, Note: "seen\ntwice", Also: []ident.ID{ip, phone}},
					{Identifier: ip, Family: graph.Network, Class: "private", Note: "never links"},
				},
				Candidates: []graph.Candidate{
					{Person: "p2", Accounts: []graph.AccountID{alice, bob}, Score: 7.0625, Reasons: []string{"hosts \"two\"", "is paid"}},
					{Person: "p3"},
				},
				Sites:      []graph.Site{{ID: "s1", Identifiers: []ident.ID{ip, phone}, Persons: 2}, {ID: "s2"}},
				Apart:      []graph.Apart{{Account: alice, Person: "p4", Role: graph.RoleVictim, Reason: "has the name\nof a member"}},
				Considered: []graph.LookAlike{{Name: "household", Holds: true, Reason: "one home"}, {Name: "office"}},
				Patterns: []graph.Pattern{
					{ID: "T1", Name: "laptop farm", Strength: "high", Reason: "two <machines>", Accounts: []graph.AccountID{bob}, Identifiers: []ident.ID{phone}},
					{ID: "T2"},
				},
				Lowest: 0.25, Highest: 4, Stability: 0.75,
				Dropped: []graph.WhatIf{
					{Identifier: phone, Family: graph.Contact, Pieces: []int{3, 2}, Lost: 1, Flagged: true},
					{},
				},
			},
			{ID: "c-2", Score: 0.5},
		},
		Hubs:    []graph.HubValue{{Identifier: ip, Class: "private", Holders: 99, Reason: "no single line has it"}},
		Alarms:  []string{"one cluster holds most of the case", "no list was given"},
		Missing: []graph.Missing{{Pattern: "T5", Name: "shared payout", Lacks: "no payments"}, {Pattern: "T6"}},
	}
}

// ingest puts tables into the store as one source.
func ingest(t *testing.T, s graph.Store, src graph.Source, tables ...*graph.Table) {
	t.Helper()
	w, err := s.Begin(t.Context(), src)
	if err != nil {
		t.Fatalf("Begin: %v", err)
	}
	for i, x := range tables {
		if err := w.Append(t.Context(), x); err != nil {
			t.Fatalf("Append %d: %v", i, err)
		}
	}
	if err := w.Commit(t.Context(), src); err != nil {
		t.Fatalf("Commit: %v", err)
	}
}

// load loads everything.
func load(t *testing.T, s graph.Store) *graph.Table {
	t.Helper()
	x, err := s.Load(t.Context(), graph.Filter{})
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return x
}
