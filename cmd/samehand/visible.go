package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samehand/graph/explain"
)

// visibleControls makes visible, as [explain.Visible] does, what a terminal may act on (control characters, and bytes
// that are not UTF-8), and leaves everything else as it is, also tabs and line feeds, which csv puts in quotes.
func visibleControls(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		part := s[i : i+n]
		if r != '\t' && r != '\n' && (unicode.IsControl(r) || r == utf8.RuneError && n == 1) {
			part = explain.Visible(part)
		}
		b.WriteString(part)
		i += n
	}
	return b.String()
}

// defuse returns s so that a spreadsheet shows it instead of working it out: what is an [explain.Formula] gets an
// apostrophe in front. Who reads csv with a program takes one apostrophe off the front of a text that has one, and has it
// back.
func defuse(s string) string {
	if explain.Formula(s) {
		return "'" + s
	}
	return s
}

// errorLines returns the text of an error by lines. Only line breaks between joined errors, as [errors.Join] makes them,
// begin a line: one within an error comes from a value, such as the name of a file, and stays for others to make visible.
func errorLines(err error) []string {
	text := err.Error()
	if !strings.Contains(text, "\n") {
		return []string{text}
	}
	lines := []string{""}
	for i, part := range wrapped(err) {
		before, after, ok := strings.Cut(text, part.Error())
		if !ok { // the text is not made of the errors below
			return []string{err.Error()}
		}
		if i > 0 && before == "\n" {
			before, lines = "", append(lines, "")
		}
		below := errorLines(part)
		lines[len(lines)-1] += before + below[0]
		lines = append(lines, below[1:]...)
		text = after
	}
	lines[len(lines)-1] += text
	return lines
}

// wrapped returns the errors directly below err.
func wrapped(err error) []error {
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if inner := e.Unwrap(); inner != nil {
			return []error{inner}
		}
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	}
	return nil
}
