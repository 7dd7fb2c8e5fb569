package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/graph/explain"
	"samehand/ingest"
)

// truthHead is how much of a file is looked at to tell what it is.
const truthHead = 4096

// readTruth reads a file of the truth about persons and rings; it returns nil when the file is none.
func readTruth(ctx context.Context, file *ingest.File, name string) (truth *evaluate.Truth, err error) {
	err = file.View(ctx, "", func(text io.Reader, _ ingest.Input) error {
		r := bufio.NewReaderSize(text, truthHead)
		if head, _ := r.Peek(truthHead); !evaluate.IsTruth(head) {
			return nil
		}
		truth, err = evaluate.ReadTruth(r)
		return err
	})
	if err != nil {
		return nil, withName(name, err)
	}
	return truth, nil
}

// evaluateRings compares the clusters of the last run, or those of a file, with a truth of persons and rings.
func (a *app) evaluateRings(ctx context.Context, f evaluateFlags, truth *evaluate.Truth) (err error) {
	a.say("%s: %d accounts of %d people, %s", f.truth, len(truth.Accounts), truth.People, explain.Count(len(truth.Rings)-1, "ring"))
	var e ringEvaluation
	if f.labels != "" {
		err = a.labelledRings(ctx, f, truth, &e)
	} else {
		err = a.foundRings(ctx, f, truth, &e)
	}
	if err != nil {
		return err
	}
	first := e.columns[0].scores
	if first.Accounts == 0 {
		return fmt.Errorf("%s: none of its %d accounts is among those of the case, so nothing can be compared; platforms and accounts are written as samehand members shows them", f.truth, len(truth.Accounts))
	}
	if first.Missing > 0 {
		a.log.Warn(fmt.Sprintf("accounts of the truth that are not in the case, and are left out: %d", first.Missing))
	}
	if first.Strangers > 0 {
		a.log.Warn(fmt.Sprintf("accounts in clusters that are not in the truth, and are left out: %d", first.Strangers))
	}
	a.say("these scores say how the clusters compare with %s; they say nothing about guilt, and nothing about other accounts", f.truth)
	if f.details {
		return a.print(e.details(), f.format)
	}
	return a.print(e.rows(), f.format)
}

// foundRings scores the last run of the case, and the baselines on what the case holds.
func (a *app) foundRings(ctx context.Context, f evaluateFlags, truth *evaluate.Truth, e *ringEvaluation) (err error) {
	s, run, err := a.readRun(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	t, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	scores := evaluate.Rings(truth, run.Clusters, t.Accounts)
	e.add("flagged", true, scores)
	e.add("all", false, scores)
	if !f.baselines {
		return nil
	}
	shares := rawShares(t)
	for _, b := range baselines(f.cap) {
		scores, err := b.score(ctx, truth, t, shares)
		if err != nil {
			return err
		}
		e.add(b.name, true, scores)
		a.say("column %s: %s; every cluster of %d persons or more is taken for flagged", b.name, b.meaning, baselinePersons)
	}
	return nil
}

// labelledRings scores a file of platform,account,label, as another program may write it.
func (a *app) labelledRings(ctx context.Context, f evaluateFlags, truth *evaluate.Truth, e *ringEvaluation) error {
	labels, err := readLabels(ctx, a, f.labels, accountLabels())
	if err != nil {
		return err
	}
	clusters := labelClusters(labels)
	evaluate.FlagAll(truth, clusters, baselinePersons)
	e.add("labels", true, evaluate.Rings(truth, clusters, nil))
	a.say("column labels: every group of %d persons or more is taken for flagged", baselinePersons)
	return nil
}

// labelClusters makes a cluster of all accounts with one label; those without are in none.
func labelClusters(labels map[graph.AccountID]string) []graph.Cluster {
	type labelled struct {
		label   string
		account graph.AccountID
	}
	var all []labelled
	for id, label := range labels {
		if label != evaluate.Alone {
			all = append(all, labelled{label, id})
		}
	}
	slices.SortFunc(all, func(a, b labelled) int {
		return cmp.Or(cmp.Compare(a.label, b.label), a.account.Compare(b.account))
	})
	var out []graph.Cluster
	for i, l := range all {
		if i == 0 || l.label != all[i-1].label {
			out = append(out, graph.Cluster{ID: fmt.Sprintf("label-%d", len(out)+1)}) // labels may be anything
		}
		c := &out[len(out)-1]
		c.Members = append(c.Members, graph.Member{Account: l.account})
	}
	return out
}

// ringEvaluation is scores of rings side by side.
type ringEvaluation struct{ columns []ringColumn }

// ringColumn is one column: what of it is scored, in all or flagged.
type ringColumn struct {
	name    string
	flagged bool
	scores  evaluate.RingScores
	evaluate.Scope
}

func (e *ringEvaluation) add(name string, flagged bool, s evaluate.RingScores) {
	c := ringColumn{name, flagged, s, s.All}
	if flagged {
		c.Scope = s.Flagged
	}
	e.columns = append(e.columns, c)
}

// best returns the cluster of the column that has most of a ring.
func (c ringColumn) best(r evaluate.RingScore) evaluate.Best {
	if c.flagged {
		return r.Flagged
	}
	return r.All
}

// rows lays out the scores, one measure a row.
func (e *ringEvaluation) rows() *rows {
	r := &rows{columns: []string{"measure"}, whole: true}
	for _, c := range e.columns {
		r.columns = append(r.columns, c.name)
	}
	r.columns = append(r.columns, "meaning")
	for _, m := range e.measures() {
		cells := []any{m.name}
		for _, c := range e.columns {
			cells = append(cells, m.of(c))
		}
		r.add(append(cells, m.meaning)...)
	}
	return r
}

// details lists, by the first column, the rings that are not recovered, the clusters that are false, by kind, and the
// innocents who are flagged, a person a row, with their accounts. It has no value of anybody.
func (e *ringEvaluation) details() *rows {
	r := &rows{columns: []string{"what", "kind", "ring", "persons", "accounts", "cluster", "share", "purity", "linkable", "innocent"}, whole: true}
	first := e.columns[0]
	missed := slices.DeleteFunc(slices.Clone(first.scores.Rings), func(s evaluate.RingScore) bool { return first.best(s).Recovered })
	slices.SortStableFunc(missed, func(a, b evaluate.RingScore) int { return cmp.Compare(a.Kind, b.Kind) })
	for _, s := range missed {
		what, b := "missed", first.best(s)
		if s.All.Recovered {
			what, b = "not flagged", s.All
		}
		r.add(what, named(s.Kind), s.Name, s.Size.Persons, s.Accounts, b.Cluster, twoPlaces(b.Share), twoPlaces(b.Purity), twoPlaces(s.Linkable), []string(nil))
	}
	for _, f := range first.scores.FalseFlags {
		purity := float64(f.Members) / float64(f.Accounts)
		r.add("false", kindsOf(f), f.Ring, f.Persons, f.Accounts, f.Cluster, "", twoPlaces(purity), "", []string(nil))
	}
	for _, m := range first.scores.Mistaken {
		var accounts []string
		for _, id := range m.Accounts {
			accounts = append(accounts, accountText(id))
		}
		r.add("innocent", mistakenKind(m), m.Ring, 1, len(accounts), m.Cluster, "", twoPlaces(m.Purity), "", accounts)
	}
	return r
}

// mistakenKind says what an innocent is by the truth: the role, unless it is benign, and the look-alike that they are in.
func mistakenKind(m evaluate.Mistaken) string {
	words := []string{m.Role.String()}
	switch {
	case m.Kind != "" && (m.Role == evaluate.Benign || m.Kind == m.Role.String()):
		words = []string{m.Kind}
	case m.Kind != "":
		words = append(words, m.Kind)
	}
	if m.Framed {
		words = append(words, "framed")
	}
	return strings.Join(words, ", ")
}

// kindsOf says which innocents are in a flagged cluster.
func kindsOf(f evaluate.FalseFlag) string {
	var kinds []string
	for _, k := range f.Kinds {
		kinds = append(kinds, fmt.Sprintf("%s %d", cmpOr(k.Kind, "none"), k.Count))
	}
	return strings.Join(kinds, ", ")
}

// twoPlaces writes a share; one below 0 is not known.
func twoPlaces(share float64) string {
	if share < 0 {
		return ""
	}
	return strconv.FormatFloat(share, 'f', 2, 64)
}
