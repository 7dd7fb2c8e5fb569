package casestore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"samehand/graph"
)

// schemaVersion is the version of case.db and of the segments that this package writes: how many migrations there are.
var schemaVersion = len(migrations)

// SchemaVersion returns the version of the cases that this package writes; it reads that version and all before it.
func SchemaVersion() int { return schemaVersion }

// migrations are the steps from each version of case.db to the next. Number i
// leads from version i to i+1 (PRAGMA user_version). Never change one that was released; add at the end.
//
// Times are text: RFC 3339 in UTC, "" or NULL when not known. Lists are JSON arrays. Booleans are 0 and 1.
var migrations = []string{
	`
PRAGMA application_id = 1935764837;

-- One row for each file that was ingested and committed. records = accepted + rejected; value_count = kept + values_rejected.
CREATE TABLE sources (
	id TEXT PRIMARY KEY, name TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
	options TEXT NOT NULL, ingested TEXT NOT NULL,
	records INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL, silent INTEGER NOT NULL,
	value_count INTEGER NOT NULL, kept INTEGER NOT NULL, values_rejected INTEGER NOT NULL, placeholders INTEGER NOT NULL,
	notes TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The segments of the committed sources: a file in edges/ that is not listed here is not part of the case.
CREATE TABLE manifest (
	name TEXT PRIMARY KEY, -- of the file in edges/
	source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
	row_count INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX manifest_source ON manifest(source_id);

-- The rejects files of the committed sources, in rejects/.
CREATE TABLE reject_files (
	name TEXT PRIMARY KEY,
	source_id TEXT NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
	row_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What detection found. seq orders runs by when they were saved.
CREATE TABLE runs (
	seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, started TEXT NOT NULL, method TEXT NOT NULL,
	options TEXT NOT NULL, -- JSON object
	sources TEXT NOT NULL, -- JSON array of IDs
	accounts INTEGER NOT NULL, identifiers INTEGER NOT NULL, observations INTEGER NOT NULL, persons INTEGER NOT NULL,
	pairs INTEGER NOT NULL, clusters INTEGER NOT NULL, flagged INTEGER NOT NULL,
	members INTEGER NOT NULL, flagged_members INTEGER NOT NULL
) STRICT;

-- A cluster is a lead, not a verdict. rank counts from 1, best score first.
CREATE TABLE clusters (
	run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE, rank INTEGER NOT NULL, id TEXT NOT NULL,
	score REAL NOT NULL, flagged INTEGER NOT NULL, reasons TEXT NOT NULL, families TEXT NOT NULL,
	persons INTEGER NOT NULL, names INTEGER NOT NULL, employers INTEGER NOT NULL, homes INTEGER NOT NULL, tags TEXT NOT NULL,
	PRIMARY KEY (run_id, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
	run_id TEXT NOT NULL, cluster_rank INTEGER NOT NULL, n INTEGER NOT NULL, cluster_id TEXT NOT NULL,
	platform TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL, site TEXT NOT NULL,
	flagged INTEGER NOT NULL, points REAL NOT NULL, confidence REAL NOT NULL,
	PRIMARY KEY (run_id, cluster_rank, n),
	FOREIGN KEY (run_id, cluster_rank) REFERENCES clusters(run_id, rank) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX members_account ON members(platform, account);

-- accounts is a JSON array of [platform, account].
CREATE TABLE evidence (
	run_id TEXT NOT NULL, cluster_rank INTEGER NOT NULL, n INTEGER NOT NULL, cluster_id TEXT NOT NULL,
	kind TEXT NOT NULL, identifier TEXT NOT NULL, mark INTEGER NOT NULL, family TEXT NOT NULL, class TEXT NOT NULL,
	points REAL NOT NULL, holders INTEGER NOT NULL, inside INTEGER NOT NULL, accounts TEXT NOT NULL,
	first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, -- microseconds since 1970 UTC, 0 when not known
	note TEXT NOT NULL,
	PRIMARY KEY (run_id, cluster_rank, n),
	FOREIGN KEY (run_id, cluster_rank) REFERENCES clusters(run_id, rank) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE hubs (
	run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE, n INTEGER NOT NULL,
	kind TEXT NOT NULL, identifier TEXT NOT NULL, mark INTEGER NOT NULL, class TEXT NOT NULL,
	holders INTEGER NOT NULL, reason TEXT NOT NULL,
	PRIMARY KEY (run_id, n)
) STRICT, WITHOUT ROWID;

-- What people decided about accounts and values; kept across runs. Nothing writes it yet.
CREATE TABLE decisions (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	made TEXT NOT NULL,       -- when, RFC 3339 UTC
	author TEXT NOT NULL,     -- who decided
	verdict TEXT NOT NULL,    -- "same hand", "not the same hand", "ignore value"
	subject TEXT NOT NULL,    -- JSON: {"accounts": [[platform, account], ...]} or {"kind": ..., "identifier": ...}
	reason TEXT NOT NULL,
	withdrawn TEXT            -- when it was taken back; NULL while it holds
) STRICT;
`,
	`
-- What is known of a run beside its clusters, and of a cluster beside its members: JSON, see findings.go.
ALTER TABLE runs ADD COLUMN alarms TEXT NOT NULL DEFAULT '[]';
ALTER TABLE runs ADD COLUMN missing TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN lowest REAL NOT NULL DEFAULT 0;
ALTER TABLE clusters ADD COLUMN highest REAL NOT NULL DEFAULT 0;
ALTER TABLE clusters ADD COLUMN stability REAL NOT NULL DEFAULT 0;
ALTER TABLE clusters ADD COLUMN candidates TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN sites TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN apart TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN considered TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN patterns TEXT NOT NULL DEFAULT '[]';
ALTER TABLE clusters ADD COLUMN dropped TEXT NOT NULL DEFAULT '[]';
ALTER TABLE members ADD COLUMN stability REAL NOT NULL DEFAULT 0;
`,
	`
-- also is a JSON array of identifiers, see findings.go.
ALTER TABLE evidence ADD COLUMN also TEXT NOT NULL DEFAULT '[]';
`,
}

// sinceVersion2 are the columns that the second migration adds, each with what it is in a case of version 1.
var sinceVersion2 = strings.NewReplacer(
	"alarms", "'[]'", "missing", "'[]'", "lowest", "0.0", "highest", "0.0", "stability", "0.0", "candidates", "'[]'",
	"sites", "'[]'", "apart", "'[]'", "considered", "'[]'", "patterns", "'[]'", "dropped", "'[]'",
)

// sinceVersion3 is the same of the third migration.
var sinceVersion3 = strings.NewReplacer("also", "'[]'")

// columns returns a list of columns as the case has them: one of an older version that is open for reading only is not
// brought to this one, and what it lacks reads as its default.
func (s *Store) columns(list string) string {
	if s.version < 2 {
		list = sinceVersion2.Replace(list)
	}
	if s.version < 3 {
		list = sinceVersion3.Replace(list)
	}
	return list
}

// checkVersion returns the version of the case, and fails when it is newer than this package.
func checkVersion(ctx context.Context, db *sql.DB, path string) (int, error) {
	if err := checkOurs(ctx, db, path); err != nil {
		return 0, err
	}
	var v int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v); err != nil {
		return 0, dbError(path, "cannot read its version", err)
	}
	if v == 0 {
		return v, checkFresh(path)
	}
	if v > schemaVersion {
		return v, fmt.Errorf("%s: it has version %d, and this samehand knows versions up to %d; use a newer samehand: %w", path, v, schemaVersion, graph.ErrNewer)
	}
	return v, nil
}

// applicationID marks a database as a case: "same" in ASCII. The first migration sets it.
const applicationID = 1935764837

// checkOurs fails when the database is not a case. An empty one is about to become one.
func checkOurs(ctx context.Context, db *sql.DB, path string) error {
	var id, version, tables int
	err := db.QueryRowContext(ctx, "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id, pragma_user_version").Scan(&id, &version, &tables)
	if err != nil {
		return dbError(path, "cannot read what it is", err)
	}
	if id != applicationID && (id != 0 || version != 0 || tables != 0) {
		return fmt.Errorf("%s: it is a database, but not a case of samehand; choose another folder", path)
	}
	return nil
}

// migrate brings the case to schemaVersion, one step and one transaction at a time.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	v, err := checkVersion(ctx, db, path)
	if err != nil {
		return err
	}
	for ; v < schemaVersion; v++ {
		err := inTx(ctx, db, func(tx *sql.Tx) error {
			// PRAGMA takes no parameters; v is our own number.
			_, err := tx.ExecContext(ctx, migrations[v]+fmt.Sprintf("\nPRAGMA user_version = %d;", v+1))
			return err
		})
		if err != nil {
			return dbError(path, fmt.Sprintf("cannot bring it from version %d to %d", v, v+1), err)
		}
	}
	return nil
}
