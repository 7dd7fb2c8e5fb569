package casestore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"samehand/graph"
)

const runColumns = `id, started, method, options, sources, accounts, identifiers, observations, persons, pairs, clusters, flagged, members, flagged_members, alarms, missing`

// SaveRun keeps a run in one transaction; a run with the same ID is replaced, and counts as saved now.
func (s *Store) SaveRun(ctx context.Context, r graph.Run) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	if r.ID == "" {
		return errors.New("case: a run needs an ID")
	}
	err := inTx(ctx, s.db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM runs WHERE id = ?", r.ID); err != nil {
			return err
		}
		if err := insertRun(ctx, tx, r); err != nil {
			return err
		}
		if err := insertClusters(ctx, tx, r); err != nil {
			return err
		}
		return insertHubs(ctx, tx, r)
	})
	if err != nil {
		return dbError(s.path(dbName), "cannot save the run", err)
	}
	return nil
}

func insertRun(ctx context.Context, tx *sql.Tx, r graph.Run) error {
	options, err := json.Marshal(r.Options) // sorts the keys
	if err != nil {
		return err
	}
	sources, err1 := toJSON(r.Sources)
	alarms, err2 := toJSON(r.Alarms)
	missing, err3 := toJSON(mapped(r.Missing, func(m graph.Missing) storedMissing { return storedMissing(m) }))
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	c := r.Counts
	_, err = tx.ExecContext(ctx, "INSERT INTO runs ("+runColumns+") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		r.ID, formatTime(r.Started), r.Method, string(options), sources, c.Accounts, c.Identifiers, c.Rows, c.Persons, c.Pairs,
		c.Clusters, c.Flagged, c.Members, c.FlaggedMembers, alarms, missing)
	return err
}

// insertClusters writes the clusters, then their members and evidence, which refer to them.
func insertClusters(ctx context.Context, tx *sql.Tx, r graph.Run) error {
	clusters := newInserter(tx, "clusters", "run_id, rank, "+clusterColumns)
	for i, c := range r.Clusters {
		if err := insertCluster(ctx, clusters, r.ID, i+1, c); err != nil {
			return err
		}
	}
	if err := clusters.flush(ctx); err != nil {
		return err
	}
	members := newInserter(tx, "members", "run_id, cluster_rank, n, cluster_id, "+memberColumns)
	evidence := newInserter(tx, "evidence", "run_id, cluster_rank, n, cluster_id, "+evidenceColumns)
	for i, c := range r.Clusters {
		for n, m := range c.Members {
			err := members.add(ctx, r.ID, i+1, n+1, c.ID, m.Account.Platform, m.Account.Native, m.Person, m.Role, m.Site, m.Flagged, m.Points, m.Confidence, m.Stability)
			if err != nil {
				return err
			}
		}
		if err := insertEvidence(ctx, evidence, r.ID, i+1, c); err != nil {
			return err
		}
	}
	return errors.Join(members.flush(ctx), evidence.flush(ctx))
}

// insertEvidence writes what a cluster shares.
func insertEvidence(ctx context.Context, into *inserter, run string, rank int, c graph.Cluster) error {
	for n, e := range c.Evidence {
		accounts, err := toJSON(mapped(e.Accounts, storeAccount))
		also, fault := toJSON(mapped(e.Also, storeID))
		if err = errors.Join(err, fault); err == nil {
			err = into.add(ctx, run, rank, n+1, c.ID, kindText(e.Identifier), e.Identifier.Key(), int(e.Identifier.Mark()), string(e.Family), e.Class,
				e.Points, e.Holders, e.Inside, accounts, int64(e.First), int64(e.Last), e.Note, also)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// insertCluster writes what is said of a cluster as a whole.
func insertCluster(ctx context.Context, into *inserter, run string, rank int, c graph.Cluster) error {
	reasons, err1 := toJSON(c.Reasons)
	families, err2 := toJSON(c.Families)
	tags, err3 := toJSON(c.Tags)
	found, err4 := findingsJSON(c)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	row := []any{run, rank, c.ID, c.Score, c.Flagged, reasons, families, c.Persons, c.Names, c.Employers, c.Homes, tags, c.Lowest, c.Highest, c.Stability}
	return into.add(ctx, append(row, found...)...)
}

func insertHubs(ctx context.Context, tx *sql.Tx, r graph.Run) error {
	hubs := newInserter(tx, "hubs", "run_id, n, "+hubColumns)
	for n, h := range r.Hubs {
		if err := hubs.add(ctx, r.ID, n+1, kindText(h.Identifier), h.Identifier.Key(), int(h.Identifier.Mark()), h.Class, h.Holders, h.Reason); err != nil {
			return err
		}
	}
	return hubs.flush(ctx)
}

const (
	clusterColumns  = "id, score, flagged, reasons, families, persons, names, employers, homes, tags, lowest, highest, stability, " + findingColumns
	findingColumns  = "candidates, sites, apart, considered, patterns, dropped"
	memberColumns   = "platform, account, person, role, site, flagged, points, confidence, stability"
	evidenceColumns = "kind, identifier, mark, family, class, points, holders, inside, accounts, first_seen, last_seen, note, also"
	hubColumns      = "kind, identifier, mark, class, holders, reason"
)

// Runs lists the kept runs without clusters and hubs, newest first.
func (s *Store) Runs(ctx context.Context) ([]graph.Run, error) {
	runs, err := s.readRuns(ctx, s.db, "")
	if err != nil {
		return nil, dbError(s.path(dbName), "cannot list the runs", err)
	}
	return runs, nil
}

// LastRun returns the newest run in full, or [graph.ErrNoRun].
func (s *Store) LastRun(ctx context.Context) (graph.Run, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return graph.Run{}, dbError(s.path(dbName), "cannot read the last run", err)
	}
	defer tx.Rollback()
	runs, err := s.readRuns(ctx, tx, " LIMIT 1")
	if err == nil && len(runs) == 0 {
		return graph.Run{}, fmt.Errorf("case %s: %w", s.dir, graph.ErrNoRun)
	}
	if err == nil {
		err = s.fillRun(ctx, tx, &runs[0])
	}
	if err != nil {
		return graph.Run{}, dbError(s.path(dbName), "cannot read the last run", err)
	}
	return runs[0], nil
}

func (s *Store) readRuns(ctx context.Context, q querier, limit string) ([]graph.Run, error) {
	return collect(ctx, q, "SELECT "+s.columns(runColumns)+" FROM runs ORDER BY started DESC, seq DESC"+limit, nil, func(rows *sql.Rows) (r graph.Run, err error) {
		var started, options, sources, alarms, missing string
		c := &r.Counts
		err = rows.Scan(&r.ID, &started, &r.Method, &options, &sources, &c.Accounts, &c.Identifiers, &c.Rows, &c.Persons, &c.Pairs,
			&c.Clusters, &c.Flagged, &c.Members, &c.FlaggedMembers, &alarms, &missing)
		if err != nil {
			return r, err
		}
		if r.Started, err = parseTime(started); err != nil {
			return r, err
		}
		if json.Unmarshal([]byte(options), &r.Options) != nil {
			return r, errList
		}
		var lacks []storedMissing
		err = errors.Join(fromJSON(sources, &r.Sources), fromJSON(alarms, &r.Alarms), fromJSON(missing, &lacks))
		r.Missing = mapped(lacks, func(m storedMissing) graph.Missing { return graph.Missing(m) })
		return r, err
	})
}

// fillRun reads the clusters, members, evidence and hubs of a run.
func (s *Store) fillRun(ctx context.Context, q querier, r *graph.Run) (err error) {
	r.Clusters, err = collect(ctx, q, "SELECT "+s.columns(clusterColumns)+" FROM clusters WHERE run_id = ? ORDER BY rank", []any{r.ID}, scanCluster)
	if err != nil {
		return err
	}
	type member struct {
		rank int
		m    graph.Member
	}
	members, err := collect(ctx, q, "SELECT cluster_rank, "+s.columns(memberColumns)+" FROM members WHERE run_id = ? ORDER BY cluster_rank, n", []any{r.ID}, func(rows *sql.Rows) (x member, err error) {
		m := &x.m
		return x, rows.Scan(&x.rank, &m.Account.Platform, &m.Account.Native, &m.Person, &m.Role, &m.Site, &m.Flagged, &m.Points, &m.Confidence, &m.Stability)
	})
	if err != nil {
		return err
	}
	for _, x := range members {
		if x.rank < 1 || x.rank > len(r.Clusters) {
			return fmt.Errorf("a member belongs to no cluster: %w", graph.ErrDamaged)
		}
		c := &r.Clusters[x.rank-1]
		c.Members = append(c.Members, x.m)
	}
	if err := s.fillEvidence(ctx, q, r); err != nil {
		return err
	}
	r.Hubs, err = collect(ctx, q, "SELECT "+hubColumns+" FROM hubs WHERE run_id = ? ORDER BY n", []any{r.ID}, scanHub)
	return err
}

func scanCluster(rows *sql.Rows) (c graph.Cluster, err error) {
	var reasons, families, tags string
	var f findings
	err = rows.Scan(&c.ID, &c.Score, &c.Flagged, &reasons, &families, &c.Persons, &c.Names, &c.Employers, &c.Homes, &tags,
		&c.Lowest, &c.Highest, &c.Stability, &f.candidates, &f.sites, &f.apart, &f.considered, &f.patterns, &f.dropped)
	if err != nil {
		return c, err
	}
	return c, errors.Join(fromJSON(reasons, &c.Reasons), fromJSON(families, &c.Families), fromJSON(tags, &c.Tags), f.into(&c))
}

func (s *Store) fillEvidence(ctx context.Context, q querier, r *graph.Run) error {
	type line struct {
		rank int
		e    graph.Evidence
	}
	lines, err := collect(ctx, q, "SELECT cluster_rank, "+s.columns(evidenceColumns)+" FROM evidence WHERE run_id = ? ORDER BY cluster_rank, n", []any{r.ID}, func(rows *sql.Rows) (x line, err error) {
		var kind, key, accounts, also string
		var mark int
		e := &x.e
		err = rows.Scan(&x.rank, &kind, &key, &mark, &e.Family, &e.Class, &e.Points, &e.Holders, &e.Inside, &accounts, &e.First, &e.Last, &e.Note, &also)
		if err != nil {
			return x, err
		}
		if e.Identifier, err = restore(kind, key, mark); err != nil {
			return x, err
		}
		var list [][]string
		var r accountReader
		var others []storedID
		err = errors.Join(fromJSON(accounts, &list), fromJSON(also, &others))
		e.Accounts, e.Also = r.all(list), mapped(others, restoreID)
		return x, errors.Join(err, r.err())
	})
	if err != nil {
		return err
	}
	for _, x := range lines {
		if x.rank < 1 || x.rank > len(r.Clusters) {
			return fmt.Errorf("evidence belongs to no cluster: %w", graph.ErrDamaged)
		}
		c := &r.Clusters[x.rank-1]
		c.Evidence = append(c.Evidence, x.e)
	}
	return nil
}

func scanHub(rows *sql.Rows) (h graph.HubValue, err error) {
	var kind, key string
	var mark int
	if err := rows.Scan(&kind, &key, &mark, &h.Class, &h.Holders, &h.Reason); err != nil {
		return h, err
	}
	h.Identifier, err = restore(kind, key, mark)
	return h, err
}
