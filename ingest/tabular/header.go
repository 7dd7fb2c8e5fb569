package tabular

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// maxWord is how long the name of a column may be when it is one word, in bytes; longer ones are keys, hashes and tokens.
// maxTitle is how long it may be at all: questions of a form stand as names, too.
const (
	maxWord  = 64
	maxTitle = 256
)

// ValueLike says why a column's name looks like a value, as in the first row of a table without a line of column names; ""
// when it does not. Such a name must not be shown: it may be somebody's.
func ValueLike(name string) (reason string) {
	s := strings.TrimSpace(name)
	_, notIP := netip.ParseAddr(s)
	switch {
	case strings.ContainsAny(s, "\r\n") && strings.Count(s, ",") > 3:
		return "several lines"
	case strings.Contains(s, "@"):
		return "an @"
	case strings.Contains(s, "://"):
		return "a web address"
	case s != "" && strings.Trim(s, "0123456789+-()./: ,") == "" && strings.ContainsAny(s, "0123456789"):
		return "nothing but digits"
	case notIP == nil:
		return "an IP address"
	case len(s) >= len("2006-01-02") && isTime(s):
		return "a time"
	case len(s) > maxTitle || (len(s) > maxWord && !strings.ContainsAny(s, " .")):
		return "more text than a name has"
	}
	return ""
}

func isTime(s string) bool {
	_, _, reason := ParseTime(s)
	return reason == ""
}

// NoHeader returns an error when one of the columns has a name that looks like a value. It shows no name.
func NoHeader(columns []string) error {
	for i, c := range columns {
		if reason := ValueLike(c); reason != "" {
			return fmt.Errorf("there is no line of column names, it seems: the first line has %s in column %d, as values have; put a line of column names above it", reason, i+1)
		}
	}
	return nil
}

// Names lists column names for a note: quoted, each cut to 40 characters, the first 40 of them. Those that look like values are counted only.
func Names(names []string) string {
	const most = 40
	var shown []string
	hidden := int64(0)
	for _, n := range names {
		if ValueLike(n) != "" {
			hidden++
			continue
		}
		if r := []rune(n); len(r) > most {
			n = string(r[:most]) + "…"
		}
		shown = append(shown, strconv.Quote(n))
	}
	text := strings.Join(shown[:min(len(shown), most)], ", ")
	if len(shown) > most {
		text += fmt.Sprintf(" and %d more", len(shown)-most)
	}
	if hidden == 0 {
		return text
	}
	h := plural(hidden, "column whose name looks like a value", "columns whose names look like values")
	if text == "" {
		return h
	}
	return text + ", and " + h
}
