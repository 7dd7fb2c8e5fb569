package ingest

import (
	"fmt"
	"strings"
)

// DetectError says that a file's format could not be told.
type DetectError struct {
	Matches []string // names of the formats that match; fewer than one or more than one
	Known   []string // names of all formats
}

func (e *DetectError) Error() string {
	if len(e.Matches) == 0 {
		return "no format matches; name one with --as (" + strings.Join(e.Known, ", ") +
			"), or describe the columns: samehand map FILE > map.yaml, then samehand ingest --map map.yaml FILE"
	}
	return "more than one format matches: " + strings.Join(e.Matches, ", ") + "; name the right one with --as"
}

// Choose returns the format called as, or, when as is empty, the only one that matches the head of the file.
func Choose(formats []Format, as, name string, head []byte) (Format, error) {
	var match, known []string
	var chosen Format
	for _, f := range formats {
		known = append(known, f.Name())
		if as == f.Name() {
			return f, nil
		}
		if as == "" && f.Match(name, head) {
			match, chosen = append(match, f.Name()), f
		}
	}
	if as != "" {
		return nil, fmt.Errorf("there is no format %q; the formats are %s", as, strings.Join(known, ", "))
	}
	if len(match) != 1 {
		return nil, &DetectError{match, known}
	}
	return chosen, nil
}
