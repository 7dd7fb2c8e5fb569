package ingest

import (
	"errors"
	"strings"
	"testing"
)

func TestChooseGivesHints(t *testing.T) {
	wide := func(s string, before, after int) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteString(strings.Repeat("\x00", before) + string(rune(c)) + strings.Repeat("\x00", after))
		}
		return b.String()
	}
	const text = "platform,account,kind,value\nokta,a1,email,x@halden.example\n"
	for name, c := range map[string]struct{ head, want string }{
		"empty":       {"", "the file is empty"},
		"blanks":      {" \r\n\n", "nothing but blanks"},
		"zip":         {"PK\x03\x04....a.csv", "a zip archive; unpack it"},
		"empty zip":   {"PK\x05\x06\x00\x00", "nothing in it"},
		"workbook":    {"PK\x03\x04....[Content_Types].xml", "samehand map FILE"},
		"xls":         {"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel workbook"},
		"pdf":         {"%PDF-1.7", "a PDF"},
		"gzip twice":  {"\x1f\x8b\x08", "packed twice"},
		"utf-16le":    {wide(text, 0, 1), "without a mark"},
		"utf-16be":    {wide(text, 1, 0), "without a mark"},
		"utf-32le":    {wide(text, 0, 3), "without a mark"},
		"utf-32be":    {wide(text, 3, 0), "without a mark"},
		"a NUL byte":  {text + "\x00\x00", "name one with --as"},
		"one letter":  {"a", "name one with --as"},
		"other table": {"a,b\n1,2\n", "name one with --as"},
	} {
		_, err := Choose(nil, "", "x", []byte(c.head))
		var unknown *DetectError
		if !errors.As(err, &unknown) || len(unknown.Matches) != 0 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
