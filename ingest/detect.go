package ingest

import (
	"bytes"
	"fmt"
	"strings"
)

// DetectError says that a file's format could not be told.
type DetectError struct {
	Matches []string // names of the formats that match; fewer than one or more than one
	Known   []string // names of all formats
	Hint    string   // what the file seems to be instead, and what to do; "" when there is no telling
}

func (e *DetectError) Error() string {
	if len(e.Matches) == 0 && e.Hint != "" {
		return "no format matches: " + e.Hint
	}
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
	switch len(match) {
	case 0:
		return nil, &DetectError{Known: known, Hint: hint(head)}
	case 1:
		return chosen, nil
	}
	return nil, &DetectError{Matches: match, Known: known}
}

// hint says what a file that no format knows seems to be, by its first bytes.
func hint(head []byte) string {
	text := bytes.TrimLeft(head, " \t\r\n")
	switch {
	case len(head) == 0:
		return "the file is empty"
	case len(text) == 0:
		return "there is nothing but blanks at its beginning"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("xl/")) {
			return "it seems to be a workbook; describe its columns: samehand map FILE > map.yaml, then samehand ingest --map map.yaml FILE"
		}
		return "it is a zip archive; unpack it and give the files in it"
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "it is a zip archive with nothing in it"
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}), bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return "it is packed twice; unpack it once"
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "it seems to be an old Excel workbook; save it as .xlsx or CSV"
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "it is a PDF; ask for the data as CSV"
	case wide(head):
		return "it seems to be UTF-16 or UTF-32 without a mark at its beginning; save it as UTF-8"
	}
	return ""
}

// wide reports whether text seems to have two or four bytes to a letter: of letters of English, half or three quarters are zero,
// and they stand at the same places.
func wide(head []byte) bool {
	var zeros [4]int
	head = head[:min(len(head), 4<<10)&^3]
	for i, c := range head {
		if c == 0 {
			zeros[i%4]++
		}
	}
	most := len(head) / 4 * 8 / 10
	return most > 0 && (zeros[0] > most && zeros[2] > most || zeros[1] > most && zeros[3] > most)
}
