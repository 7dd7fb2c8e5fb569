// Package formats lists the formats that files can be in.
package formats

import (
	"samehand/ingest"
	"samehand/ingest/observations"
	"samehand/ingest/ofac"
	"samehand/ingest/okta"
)

// All returns every format that is told by a file's content, in the order in which they are shown. A new
// format is added here and nowhere else; a test finds the ones that were forgotten.
//
// The table format is not among them: it is made from a mapping that says what the columns are, so there is one for each mapping.
func All() []ingest.Format {
	return []ingest.Format{
		observations.Format(),
		okta.Format(),
		ofac.CSV(),
		ofac.XML(),
	}
}
