package casestore

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"samehand/graph"
	"samehand/graph/ident"
)

// The lists of a run and of a cluster that nobody searches by are JSON in one column each, in the shapes below. An
// account is [platform, account], an identifier [kind, key, mark].
type (
	storedMissing struct {
		Pattern string `json:"pattern"`
		Name    string `json:"name"`
		Lacks   string `json:"lacks"`
	}
	storedCandidate struct {
		Person   string     `json:"person"`
		Accounts [][]string `json:"accounts"`
		Score    float64    `json:"score"`
		Reasons  []string   `json:"reasons"`
	}
	storedSite struct {
		ID          string     `json:"id"`
		Identifiers []storedID `json:"identifiers"`
		Persons     int        `json:"persons"`
	}
	storedApart struct {
		Account []string `json:"account"`
		Person  string   `json:"person"`
		Role    string   `json:"role"`
		Reason  string   `json:"reason"`
	}
	storedLookAlike struct {
		Name   string `json:"name"`
		Holds  bool   `json:"holds"`
		Reason string `json:"reason"`
	}
	storedPattern struct {
		ID          string     `json:"id"`
		Name        string     `json:"name"`
		Strength    string     `json:"strength"`
		Reason      string     `json:"reason"`
		Accounts    [][]string `json:"accounts"`
		Identifiers []storedID `json:"identifiers"`
	}
	storedWhatIf struct {
		Identifier storedID     `json:"identifier"`
		Family     graph.Family `json:"family"`
		Pieces     []int        `json:"pieces"`
		Lost       int          `json:"lost"`
		Flagged    bool         `json:"flagged"`
	}
)

// storedID is an identifier as [kind, key, mark]; the zero identifier has kind "".
type storedID ident.ID

// MarshalJSON writes it as an array.
func (s storedID) MarshalJSON() ([]byte, error) {
	id := ident.ID(s)
	return json.Marshal([]any{kindText(id), id.Key(), int(id.Mark())})
}

// UnmarshalJSON reads what MarshalJSON writes, and nothing else.
func (s *storedID) UnmarshalJSON(b []byte) error {
	var kind, key string
	mark := -1
	parts := []any{&kind, &key, &mark}
	if err := json.Unmarshal(b, &parts); err != nil || len(parts) != 3 {
		return errors.New("not an identifier")
	}
	id, err := restore(kind, key, mark)
	*s = storedID(id)
	return err
}

// errList says that a list is not as this package writes it. What it holds is personal, and is not shown.
var errList = fmt.Errorf("a list in it cannot be read; run the detection again: %w", graph.ErrDamaged)

// toJSON keeps a list that nobody searches by. An empty list comes back nil.
func toJSON[T any](list []T) (string, error) {
	if len(list) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// fromJSON reads what toJSON wrote.
func fromJSON[T any](s string, list *[]T) error {
	if s == "[]" {
		*list = nil
		return nil
	}
	if json.Unmarshal([]byte(s), list) != nil || *list == nil {
		return errList
	}
	return nil
}

// mapped returns f of each element; nil of an empty list.
func mapped[T, U any](list []T, f func(T) U) []U {
	var out []U
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}

func storeAccount(a graph.AccountID) []string { return []string{a.Platform, a.Native} }

func storeID(id ident.ID) storedID { return storedID(id) }

func restoreID(id storedID) ident.ID { return ident.ID(id) }

// accountReader turns stored accounts back; it keeps whether one of them was not an account.
type accountReader struct{ bad bool }

func (r *accountReader) one(a []string) graph.AccountID {
	if len(a) != 2 {
		r.bad = true
		return graph.AccountID{}
	}
	return graph.AccountID{Platform: a[0], Native: a[1]}
}

func (r *accountReader) all(list [][]string) []graph.AccountID { return mapped(list, r.one) }

func (r *accountReader) err() error {
	if r.bad {
		return errList
	}
	return nil
}

// findingsJSON returns the columns of a cluster from candidates to dropped, in the order of [findingColumns].
func findingsJSON(c graph.Cluster) ([]any, error) {
	candidates, err1 := toJSON(mapped(c.Candidates, func(x graph.Candidate) storedCandidate {
		return storedCandidate{x.Person, mapped(x.Accounts, storeAccount), x.Score, x.Reasons}
	}))
	sites, err2 := toJSON(mapped(c.Sites, func(x graph.Site) storedSite {
		return storedSite{x.ID, mapped(x.Identifiers, storeID), x.Persons}
	}))
	apart, err3 := toJSON(mapped(c.Apart, func(x graph.Apart) storedApart {
		return storedApart{storeAccount(x.Account), x.Person, x.Role, x.Reason}
	}))
	considered, err4 := toJSON(mapped(c.Considered, func(x graph.LookAlike) storedLookAlike { return storedLookAlike(x) }))
	patterns, err5 := toJSON(mapped(c.Patterns, func(x graph.Pattern) storedPattern {
		return storedPattern{x.ID, x.Name, x.Strength, x.Reason, mapped(x.Accounts, storeAccount), mapped(x.Identifiers, storeID)}
	}))
	dropped, err6 := toJSON(mapped(c.Dropped, func(x graph.WhatIf) storedWhatIf {
		return storedWhatIf{storedID(x.Identifier), x.Family, x.Pieces, x.Lost, x.Flagged}
	}))
	return []any{candidates, sites, apart, considered, patterns, dropped}, errors.Join(err1, err2, err3, err4, err5, err6)
}

// findings are the columns that [findingsJSON] makes, as they are scanned.
type findings struct{ candidates, sites, apart, considered, patterns, dropped string }

// into reads the columns into a cluster.
func (f findings) into(c *graph.Cluster) error {
	var candidates []storedCandidate
	var sites []storedSite
	var apart []storedApart
	var considered []storedLookAlike
	var patterns []storedPattern
	var dropped []storedWhatIf
	err := errors.Join(fromJSON(f.candidates, &candidates), fromJSON(f.sites, &sites), fromJSON(f.apart, &apart),
		fromJSON(f.considered, &considered), fromJSON(f.patterns, &patterns), fromJSON(f.dropped, &dropped))
	if err != nil {
		return err
	}
	var r accountReader
	c.Candidates = mapped(candidates, func(x storedCandidate) graph.Candidate {
		return graph.Candidate{Person: x.Person, Accounts: r.all(x.Accounts), Score: x.Score, Reasons: x.Reasons}
	})
	c.Sites = mapped(sites, func(x storedSite) graph.Site {
		return graph.Site{ID: x.ID, Identifiers: mapped(x.Identifiers, restoreID), Persons: x.Persons}
	})
	c.Apart = mapped(apart, func(x storedApart) graph.Apart {
		return graph.Apart{Account: r.one(x.Account), Person: x.Person, Role: x.Role, Reason: x.Reason}
	})
	c.Considered = mapped(considered, func(x storedLookAlike) graph.LookAlike { return graph.LookAlike(x) })
	c.Patterns = mapped(patterns, func(x storedPattern) graph.Pattern {
		return graph.Pattern{ID: x.ID, Name: x.Name, Strength: x.Strength, Reason: x.Reason, Accounts: r.all(x.Accounts), Identifiers: mapped(x.Identifiers, restoreID)}
	})
	c.Dropped = mapped(dropped, func(x storedWhatIf) graph.WhatIf {
		return graph.WhatIf{Identifier: ident.ID(x.Identifier), Family: x.Family, Pieces: x.Pieces, Lost: x.Lost, Flagged: x.Flagged}
	})
	return r.err()
}

// kindText is the kind's name; "" stands for the zero ID.
func kindText(id ident.ID) string {
	if !id.Valid() {
		return ""
	}
	return id.Kind().String()
}

// restore returns the identifier of its columns, or [graph.ErrDamaged].
func restore(kind, key string, mark int) (ident.ID, error) {
	if kind == "" {
		return ident.ID{}, nil
	}
	k, err := ident.ParseKind(kind)
	if err != nil || mark < 0 || mark > math.MaxUint8 {
		return ident.ID{}, fmt.Errorf("an identifier in it cannot be read; run the detection again: %w", graph.ErrDamaged)
	}
	id, err := ident.Restore(k, ident.Mark(mark), key)
	if err != nil {
		return id, fmt.Errorf("%w: %w", graph.ErrDamaged, err)
	}
	return id, nil
}
