// Package casestore keeps an identity graph in a folder of its own, the case. It implements [graph.Store] without a server.
//
//	case.db               SQLite: sources, manifest, runs, clusters, members, evidence, hubs, decisions
//	edges/ID-N.parquet    the observations of source ID, sorted, compressed; never changed once they are listed in the manifest
//	rejects/ID.csv        what could not be kept of source ID: file, line, field, reason, raw
//	edges/ID.pending      empty: the files of source ID are being named or removed
//	quarantine/           finished files that case.db does not list and that nobody left behind: they may belong to a newer case.db
//	lock                  held by the one process that may write
//
// Other programs may read the folder: `SELECT * FROM 'case/edges/*.parquet'` works in DuckDB, and Spark and pandas read
// the files as they are. The columns are those of [segmentRow]; the tables of case.db are described in schema.go.
//
// A source is committed by syncing its files, then by one SQLite transaction that lists them. What is not listed does not
// exist. When the case is next opened for writing, what was under way is removed, and what was not is moved to quarantine/,
// from where it comes back with the case.db that lists it. Drop leaves quarantine/ alone. Readers take no lock: they read the list in one
// transaction, and never see a part of a source.
//
// Files have mode 0600 and folders 0700: what is in a case is personal.
package casestore
