package casestore

import (
	"errors"
	"math"
	"unicode/utf8"

	"samehand/graph"
)

// What makes a table unfit to be stored.
var (
	errNumber    = errors.New("a row refers to an account, identifier, raw value or relation that the table does not have")
	errRelations = errors.New("the table holds more than 65,536 relations, and a row cannot say which it has")
	errEmpty     = errors.New("the table holds an account or identifier without a name")
	errUTF8      = errors.New("the table holds text that is not UTF-8; other programs could not read the segment, and to mend it here could make one value of two")
)

// maxRelations is how many relations [graph.Row] can tell apart. Beyond it the numbers in the rows have wrapped around.
const maxRelations = math.MaxUint16 + 1

// checkTable makes sure that what is written can be read again. That the text is UTF-8 is checked row by row, when it is at hand.
func checkTable(t *graph.Table) error {
	if len(t.Relations) > maxRelations {
		return errRelations
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		if int(r.Account) >= len(t.Accounts) || int(r.Identifier) >= len(t.Identifiers) || int(r.Raw) >= len(t.Raws) || int(r.Relation) >= len(t.Relations) {
			return errNumber
		}
	}
	for _, a := range t.Accounts {
		if !a.Valid() {
			return errEmpty
		}
	}
	for _, id := range t.Identifiers {
		if !id.Valid() {
			return errEmpty
		}
	}
	for _, s := range t.Relations {
		if !utf8.ValidString(string(s)) {
			return errUTF8
		}
	}
	return nil
}
