package main

import (
	"strings"

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

// defuse returns s so that a spreadsheet shows it instead of working it out as a formula: a text
// that begins with = + - @, a tab or a carriage return gets an apostrophe in front. JSON output is exact.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
