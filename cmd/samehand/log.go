package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"

	"samehand/graph/explain"
)

// The values of --log-format.
const (
	logText = "text"
	logJSON = "json"
)

// newLogger returns the logger of a command: plain lines for people, or JSON lines for programs.
func newLogger(w io.Writer, format string, quiet bool) *slog.Logger {
	level := slog.LevelInfo
	if quiet {
		level = slog.LevelError
	}
	if format == logJSON {
		return slog.New(slog.NewJSONHandler(escapedWriter{w}, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(newPlainHandler(w, level))
}

// escapedWriter writes JSON with what does not print escaped, see [explain.EscapeJSON]. Each Write is whole characters.
type escapedWriter struct{ w io.Writer }

// Write escapes p and writes it.
func (e escapedWriter) Write(p []byte) (int, error) {
	if _, err := e.w.Write(explain.EscapeJSON(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// moreLines are lines that belong below a message. They are an attribute of their own, since a line break within a
// message may come from a value, and must not begin a line that looks like one of ours.
type moreLines []string

// plainHandler writes a record as a line that a person reads: the message, then the attributes; no time. Only
// [moreLines] begin further lines.
type plainHandler struct {
	mu    *sync.Mutex
	w     io.Writer
	level slog.Level
	attrs string // already formatted
	group string // prefix of the names of attributes, with its dot
}

func newPlainHandler(w io.Writer, level slog.Level) *plainHandler {
	return &plainHandler{mu: &sync.Mutex{}, w: w, level: level}
}

// Enabled reports whether records of that level are written.
func (h *plainHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.level }

// Handle writes one record.
func (h *plainHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	switch {
	case r.Level >= slog.LevelError:
		b.WriteString("error: ")
	case r.Level >= slog.LevelWarn:
		b.WriteString("warning: ")
	}
	b.WriteString(explain.Visible(r.Message))
	b.WriteString(h.attrs)
	r.Attrs(func(a slog.Attr) bool {
		b.WriteString(formatAttr(h.group, a))
		return true
	})
	b.WriteByte('\n')
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := io.WriteString(h.w, b.String())
	return err
}

// WithAttrs returns a handler that adds attrs to each record.
func (h *plainHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	n := *h
	for _, a := range attrs {
		n.attrs += formatAttr(h.group, a)
	}
	return &n
}

// WithGroup returns a handler that puts name before the names of attributes.
func (h *plainHandler) WithGroup(name string) slog.Handler {
	n := *h
	if name != "" {
		n.group += name + "."
	}
	return &n
}

// formatAttr returns " name=value", or a group's attributes one after the other; nothing for the empty attribute.
func formatAttr(prefix string, a slog.Attr) string {
	v := a.Value.Resolve()
	if a.Equal(slog.Attr{}) {
		return ""
	}
	if v.Kind() == slog.KindGroup {
		if a.Key != "" {
			prefix += a.Key + "."
		}
		var b strings.Builder
		for _, g := range v.Group() {
			b.WriteString(formatAttr(prefix, g))
		}
		return b.String()
	}
	if lines, ok := v.Any().(moreLines); ok {
		var b strings.Builder
		for _, l := range lines {
			b.WriteString("\n" + explain.Visible(l))
		}
		return b.String()
	}
	text := explain.Visible(v.String())
	if text == "" || strings.ContainsAny(text, " =\"") {
		text = fmt.Sprintf("%q", text)
	}
	return " " + prefix + a.Key + "=" + text
}
