package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"samehand/graph"
	"samehand/graph/ident"
	"samehand/graph/seeds"
	"samehand/ingest"
	"samehand/ingest/tabular"
)

// seedColumns are the columns of a file of seeds. A row names an account by the first two, or a value by kind and value; then
// platform may say on whose platform a handle is.
var seedColumns = [...]string{"platform", "account", "kind", "value", "tag", "source"}

const (
	seedPlatform = iota
	seedAccount
	seedKind
	seedValue
	seedTag
	seedSource
)

// maxSeedText bounds a tag or a source, in bytes: they are a word or a reference.
const maxSeedText = 1024

// maxSeeds bounds how many seeds a file may have: whole sanctions lists have some ten thousand.
const maxSeeds = 1_000_000

// seedFile reads a file of seeds.
type seedFile struct {
	table  tabular.Reader
	parser ident.Parser
	at     [len(seedColumns)]int // where the columns are; -1 for one that is not there
	known  int                   // columns of the table when that was looked up
	seeds  []seeds.Seed
	faults []*ingest.RecordError
	faulty int64
	rows   int64
}

// readSeeds reads the file of that name: CSV, JSON lines, XLSX or Parquet. Rows that cannot be read are told and left out;
// it fails when none can.
func (a *app) readSeeds(ctx context.Context, file, region string) ([]seeds.Seed, error) {
	f, err := ingest.OpenFile(ctx, file, a.stdin, ingest.Limits{})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &seedFile{parser: ident.Parser{Region: region}}
	err = f.View(ctx, "", func(text io.Reader, in ingest.Input) (err error) {
		if r.table, err = tabular.Open(text, in, tabular.Options{}); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, r.table.Close()) }()
		return r.read()
	})
	if err != nil {
		return nil, withName(file, err)
	}
	for _, x := range r.faults {
		a.log.Warn(fmt.Sprintf("%s: %v; the row is left out", file, x))
	}
	if n := r.faulty - int64(len(r.faults)); n > 0 {
		a.log.Warn(fmt.Sprintf("%s: rows left out for other faults: %d", file, n))
	}
	a.say("%s: rows %d, read %d, left out %d", file, r.rows, r.rows-r.faulty, r.faulty)
	if len(r.seeds) == 0 {
		return nil, fmt.Errorf("%s: no row could be read as a seed; a row names an account (columns platform, account) or a value (columns kind, value)", file)
	}
	return r.seeds, nil
}

// read reads all rows.
func (r *seedFile) read() error {
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
		if r.rows++; !is {
			if err := r.find(false); err != nil {
				return err
			}
			fault = r.take(row)
		}
		if fault != nil {
			if r.faulty++; len(r.faults) < faultsShown {
				r.faults = append(r.faults, &ingest.RecordError{Line: fault.Line, Field: fault.Field, Reason: fault.Reason})
			}
		}
		if len(r.seeds) > maxSeeds {
			return fmt.Errorf("more than %d seeds; split the file", maxSeeds)
		}
	}
}

// find looks up the columns, again when there are more of them. With all, it fails when too few are there to name anything.
func (r *seedFile) find(all bool) error {
	columns := r.table.Columns()
	if r.known != len(columns) || r.known == 0 {
		r.known = len(columns)
		for i, name := range seedColumns {
			at, err := tabular.Find(columns, name)
			if err != nil {
				return err
			}
			r.at[i] = at
		}
	}
	accounts, values := r.at[seedPlatform] >= 0 && r.at[seedAccount] >= 0, r.at[seedKind] >= 0 && r.at[seedValue] >= 0
	if all && !accounts && !values {
		if err := tabular.NoHeader(columns); err != nil {
			return err
		}
		return errors.New("it has neither the columns platform and account nor the columns kind and value; it may also have tag and source")
	}
	return nil
}

func (r *seedFile) cell(row *tabular.Row, column int) string {
	if at := r.at[column]; at >= 0 && at < len(row.Cells) {
		return row.Cells[at]
	}
	return ""
}

// take takes over one row, or says what is wrong with it, without its text.
func (r *seedFile) take(row *tabular.Row) *ingest.RecordError {
	bad := func(column int, reason string) *ingest.RecordError {
		return &ingest.RecordError{Line: row.Line, Field: seedColumns[column], Reason: reason}
	}
	s := seeds.Seed{Line: row.Line, Tag: strings.Clone(strings.TrimSpace(r.cell(row, seedTag))), Source: strings.Clone(strings.TrimSpace(r.cell(row, seedSource)))}
	account, kind := strings.TrimSpace(r.cell(row, seedAccount)), strings.TrimSpace(r.cell(row, seedKind))
	value := r.cell(row, seedValue)
	switch {
	case len(s.Tag) > maxSeedText:
		return bad(seedTag, fmt.Sprintf("longer than %d bytes", maxSeedText))
	case len(s.Source) > maxSeedText:
		return bad(seedSource, fmt.Sprintf("longer than %d bytes", maxSeedText))
	case account != "" && (kind != "" || strings.TrimSpace(value) != ""):
		return bad(seedAccount, "names an account and a value; give each a row of its own")
	case account == "" && kind == "":
		return bad(seedAccount, "names neither an account nor a value")
	}
	platform, reason := "", ""
	if text := r.cell(row, seedPlatform); account != "" || strings.TrimSpace(text) != "" {
		if platform, reason = tabular.ParsePlatform(text); reason != "" {
			return bad(seedPlatform, reason)
		}
	}
	if account != "" {
		if account, reason = tabular.ParseAccount(account); reason != "" {
			return bad(seedAccount, reason)
		}
		s.Account = graph.AccountID{Platform: strings.Clone(platform), Native: strings.Clone(account)}
		r.seeds = append(r.seeds, s)
		return nil
	}
	k, err := ident.ParseKind(kind)
	if err != nil {
		return bad(seedKind, err.Error())
	}
	system, _, _ := strings.Cut(platform, ":")
	if s.Identifier, err = r.parser.Parse(k, value, system); err != nil {
		return bad(seedValue, err.Error())
	}
	r.seeds = append(r.seeds, s)
	return nil
}
