package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// labelSort is a sort of files of labels: what its columns are and how a thing is named in them.
type labelSort[K comparable] struct {
	columns []string                                 // that name a thing
	label   []string                                 // the column of the label, by one of these names
	key     func(cells []string) (K, string, string) // the thing; or the column that cannot be read, and why
}

// accountLabels are platform,account,label.
func accountLabels() labelSort[graph.AccountID] {
	platforms := map[string]string{}
	return labelSort[graph.AccountID]{
		columns: []string{"platform", "account"},
		label:   []string{"label"},
		key: func(cells []string) (id graph.AccountID, column, reason string) {
			if id.Platform, reason = tabular.ParsePlatform(cells[0]); reason != "" {
				return id, "platform", reason
			}
			if id.Native, reason = tabular.ParseAccount(cells[1]); reason != "" {
				return id, "account", reason
			}
			return graph.AccountID{Platform: once(platforms, id.Platform), Native: strings.Clone(id.Native)}, "", ""
		},
	}
}

// nodeLabels are node,community as the communities command writes them, or node,label. The apostrophe that it puts in
// front of a name that looks like a formula is taken off.
func nodeLabels() labelSort[string] {
	return labelSort[string]{
		columns: []string{"node"},
		label:   []string{"community", "label"},
		key: func(cells []string) (node, column, reason string) {
			node, reason = tabular.ParseAccount(cells[0]) // a name like any other
			if plain, ok := strings.CutPrefix(node, "'"); ok && defuse(plain) == node {
				node = plain
			}
			return strings.Clone(node), "node", reason
		},
	}
}

// once returns the first of equal texts, which holds on to nothing else: the rows are not kept for the sake of a cell.
func once(all map[string]string, text string) string {
	if t, ok := all[text]; ok {
		return t
	}
	t := strings.Clone(text)
	all[t] = t
	return t
}

// faultsShown is how many rows of a file that could not be read are named; the others are counted.
const faultsShown = 10

// labelReader reads one file of labels.
type labelReader[K comparable] struct {
	labelSort[K]
	table  tabular.Reader
	at     []int // where the columns are, the label last; -1 for one that is not there
	known  int   // columns of the table when that was looked up
	cells  []string
	texts  map[string]string // labels
	labels map[K]string
	lines  map[K]int64 // where each was first
	again  int64       // rows that repeat one
	faults []*ingest.RecordError
	faulty int64
	rows   int64
}

// readLabels reads the file of that name. Rows that cannot be read are told and left out; it fails when none can, and
// when two rows contradict each other.
func readLabels[K comparable](ctx context.Context, a *app, name string, sort labelSort[K]) (map[K]string, error) {
	file, err := ingest.OpenFile(ctx, name, a.stdin, ingest.Limits{})
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return labelsIn(ctx, a, file, name, sort)
}

// labelsIn is [readLabels] of a file that is open.
func labelsIn[K comparable](ctx context.Context, a *app, file *ingest.File, name string, sort labelSort[K]) (map[K]string, error) {
	r := &labelReader[K]{labelSort: sort, texts: map[string]string{}, labels: map[K]string{}, lines: map[K]int64{}}
	err := file.View(ctx, "", func(text io.Reader, in ingest.Input) (err error) {
		r.table, err = tabular.Open(text, in, tabular.Options{})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, r.table.Close()) }()
		return r.read()
	})
	if err != nil {
		return nil, withName(name, err)
	}
	for _, f := range r.faults {
		a.log.Warn(fmt.Sprintf("%s: %v; the row is left out", name, f))
	}
	if n := r.faulty - int64(len(r.faults)); n > 0 {
		a.log.Warn(fmt.Sprintf("%s: rows left out for other faults: %d", name, n))
	}
	if r.again > 0 {
		a.say("%s: rows that say again what another says: %d", name, r.again)
	}
	a.say("%s: rows %d, read %d, left out %d", name, r.rows, r.rows-r.faulty, r.faulty)
	if len(r.labels) == 0 {
		return nil, fmt.Errorf("%s: no row could be read; it needs the columns %s", name, r.wanted())
	}
	return r.labels, nil
}

// read reads all rows.
func (r *labelReader[K]) read() error {
	_, grows := r.table.(*tabular.JSONLinesReader)
	if err := r.find(!grows); err != nil {
		return err
	}
	for {
		row, err := r.table.Next()
		if err == io.EOF {
			return r.find(r.rows > 0)
		}
		fault, is := errors.AsType[*ingest.RecordError](err)
		if err != nil && !is {
			return err
		}
		r.rows++
		if !is {
			if fault, err = r.take(row); err != nil {
				return err
			}
		}
		if fault != nil {
			r.fault(fault)
		}
	}
}

// find looks up the columns, again when there are more of them. With all, it fails when one is missing.
func (r *labelReader[K]) find(all bool) error {
	columns := r.table.Columns()
	if r.at == nil || len(columns) != r.known {
		r.at, r.known = nil, len(columns)
		for _, name := range r.columns {
			at, err := tabular.Find(columns, name)
			if err != nil {
				return err
			}
			r.at = append(r.at, at)
		}
		label := -1
		for _, name := range r.label {
			at, err := tabular.Find(columns, name)
			if err != nil {
				return err
			}
			if label < 0 {
				label = at
			}
		}
		r.at = append(r.at, label)
		r.cells = make([]string, len(r.at))
	}
	for i, at := range r.at {
		if at < 0 && all {
			if err := tabular.NoHeader(columns); err != nil {
				return err
			}
			return fmt.Errorf("there is no column %s; it needs the columns %s", append(r.columns, strings.Join(r.label, " or "))[i], r.wanted())
		}
	}
	return nil
}

func (r *labelReader[K]) wanted() string {
	return strings.Join(r.columns, ", ") + " and " + strings.Join(r.label, " (or ") + strings.Repeat(")", len(r.label)-1)
}

// take takes over one row, or says what is wrong with it. It fails when the row contradicts another.
func (r *labelReader[K]) take(row *tabular.Row) (*ingest.RecordError, error) {
	if err := r.find(false); err != nil {
		return nil, err
	}
	for i, at := range r.at {
		r.cells[i] = ""
		if at >= 0 && at < len(row.Cells) {
			r.cells[i] = row.Cells[at]
		}
	}
	key, column, reason := r.key(r.cells)
	if reason != "" {
		return &ingest.RecordError{Line: row.Line, Field: column, Reason: reason}, nil
	}
	label := strings.TrimSpace(r.cells[len(r.cells)-1])
	if label != evaluate.Alone {
		if label, reason = tabular.ParseAccount(label); reason != "" { // a name like any other
			return &ingest.RecordError{Line: row.Line, Field: "label", Reason: reason}, nil
		}
	}
	if first, ok := r.lines[key]; ok {
		if r.labels[key] != label {
			return nil, fmt.Errorf("lines %d and %d give one %s two labels; keep the one that is right", first, row.Line, r.columns[len(r.columns)-1])
		}
		r.again++
		return nil, nil
	}
	r.lines[key], r.labels[key] = row.Line, once(r.texts, label)
	return nil, nil
}

// fault keeps what is wrong with the first rows, without their text, and counts the others.
func (r *labelReader[K]) fault(f *ingest.RecordError) {
	r.faulty++
	if len(r.faults) < faultsShown {
		r.faults = append(r.faults, &ingest.RecordError{Line: f.Line, Field: f.Field, Reason: f.Reason})
	}
}
