package tabular

import (
	"fmt"
	"strings"

	"samehand/graph"
)

// maxName bounds the name of a platform or an account, in bytes; maxRelation bounds a relation.
const (
	maxName     = 1024
	maxRelation = 64
)

// ParsePlatform returns the platform in lower case. reason is "" unless it cannot be one.
func ParsePlatform(s string) (platform, reason string) {
	p := strings.ToLower(strings.TrimSpace(s))
	switch {
	case p == "" || p[0] == ':':
		return "", "empty"
	case len(p) > maxName:
		return "", fmt.Sprintf("longer than %d bytes", maxName)
	case hasControl(p):
		return "", "a control character"
	}
	return p, ""
}

// ParseAccount returns the account's name without blanks around it. reason is "" unless it cannot be one.
func ParseAccount(s string) (account, reason string) {
	if len(s) > 0 && (s[0] <= ' ' || s[len(s)-1] <= ' ' || s[0] >= 0x80 || s[len(s)-1] >= 0x80) {
		s = strings.TrimSpace(s)
	}
	switch {
	case s == "":
		return "", "empty"
	case len(s) > maxName:
		return "", fmt.Sprintf("longer than %d bytes", maxName)
	case hasControl(s):
		return "", "a control character"
	}
	return s, ""
}

// hasControl reports whether there is a control character of ASCII in s.
func hasControl(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == 0x7f {
			return true
		}
	}
	return false
}

// ParseRelation returns the relation in lower case; blank text is [graph.Uses].
// reason is "" unless it is not a word of letters, digits, _ and -, of at most 64 bytes.
func ParseRelation(s string) (r graph.Relation, reason string) {
	word := strings.ToLower(strings.TrimSpace(s))
	switch {
	case word == "":
		return graph.Uses, ""
	case len(word) > maxRelation:
		return "", fmt.Sprintf("longer than %d bytes", maxRelation)
	}
	for i := 0; i < len(word); i++ {
		if strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789_-", word[i]) < 0 {
			return "", "not a word of letters, digits, _ and -"
		}
	}
	return graph.Relation(word), ""
}
