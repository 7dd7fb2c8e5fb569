package main

import (
	"strings"
	"unicode/utf8"

	"samehand/graph/explain"
)

// visibleLines is [explain.Visible], but keeps line breaks.
func visibleLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = explain.Visible(l)
	}
	return strings.Join(lines, "\n")
}

// defused are the beginnings that a spreadsheet may take for a formula, or for its own mark of a text; the same as in the report's csv.
const defused = "=+-@\t\r\n＝＋－＠'"

// defuse returns s so that a spreadsheet shows it instead of working it out: a text that begins with one of [defused],
// after spaces or not, gets an apostrophe in front. Who reads csv with a program takes one apostrophe off the
// front of a text that has one, and has it back to the letter. JSON output is exact.
func defuse(s string) string {
	rest := strings.TrimLeft(s, " ")
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && strings.ContainsRune(defused, r) {
		return "'" + s
	}
	return s
}
