package casestore

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"samehand/graph"
)

// maxRaw bounds the text of a rejected record. Enough to see what is wrong with it; a rejects file of a million records stays below 4 GiB.
const maxRaw = 4 << 10

// rejectsWriter writes the rejects file of one source.
type rejectsWriter struct {
	f    *os.File
	buf  *bufio.Writer
	csv  *csv.Writer
	file string // the source's name, for the first column
	rows int64
}

// newRejectsWriter makes the file and writes the header.
func newRejectsWriter(path, file string) (*rejectsWriter, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("rejects: cannot make the file: %w", err)
	}
	w := &rejectsWriter{f: f, buf: bufio.NewWriterSize(f, 64<<10), file: cell(file)}
	w.csv = csv.NewWriter(w.buf)
	if err := w.csv.Write([]string{"file", "line", "field", "reason", "raw"}); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// write appends rejects.
func (w *rejectsWriter) write(rs []graph.Reject) error {
	for _, r := range rs {
		err := w.csv.Write([]string{w.file, strconv.FormatInt(r.Line, 10), cell(r.Field), cell(r.Reason), cell(cut(r.Raw, maxRaw))})
		if err != nil {
			return fmt.Errorf("rejects: cannot write %s: %w", w.f.Name(), err)
		}
		w.rows++
	}
	return nil
}

// close makes the file durable.
func (w *rejectsWriter) close() error {
	w.csv.Flush()
	if err := errors.Join(w.csv.Error(), w.buf.Flush(), w.f.Sync(), w.f.Close()); err != nil {
		return fmt.Errorf("rejects: cannot write %s: %w", w.f.Name(), err)
	}
	return nil
}

// cut shortens s to at most n bytes, at the border of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cell makes text from a file harmless in a spreadsheet and on a terminal:
// what could begin a formula gets an apostrophe before it, control characters are written out, and the text is UTF-8.
func cell(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexFunc(s, isControl) >= 0 {
		s = writeOut(s)
	}
	if t := strings.TrimLeft(s, " \n\u00a0"); t != "" && strings.ContainsRune("=+-@\t\r|%＝＋－＠", firstRune(t)) {
		return "'" + s
	}
	return s
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isControl reports whether r may steer a terminal or turn the direction of writing. Line feeds are left to the quotes of CSV.
func isControl(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// writeOut replaces control characters by what stands for them in Go and JSON.
func writeOut(s string) string {
	var b strings.Builder
	for _, r := range s {
		if isControl(r) {
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
