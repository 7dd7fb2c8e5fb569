package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/explain"
)

func TestPlainHandler(t *testing.T) {
	for _, c := range []struct {
		name string
		log  func(*slog.Logger)
		want string
	}{
		{"message", func(l *slog.Logger) { l.Info("3 files read") }, "3 files read\n"},
		{"warning", func(l *slog.Logger) { l.Warn("careful") }, "warning: careful\n"},
		{"error", func(l *slog.Logger) { l.Error("no") }, "error: no\n"},
		{"debug is left out", func(l *slog.Logger) { l.Debug("x") }, ""},
		{"attributes", func(l *slog.Logger) { l.Info("m", "n", 3, "s", "a b", "e", "") }, "m n=3 s=\"a b\" e=\"\"\n"},
		{"group", func(l *slog.Logger) { l.WithGroup("g").Info("m", "n", 3, slog.Group("h", "i", 1)) }, "m g.n=3 g.h.i=1\n"},
		{"with", func(l *slog.Logger) { l.With("a", 1).With("b", 2).Info("m", "c", 3) }, "m a=1 b=2 c=3\n"},
		{"escapes", func(l *slog.Logger) { l.Info("m\x1b[1m\nn", "a", "\x1b") }, "m⟨U+001B⟩[1m⟨U+000A⟩n a=⟨U+001B⟩\n"},
		{"more lines", func(l *slog.Logger) { l.Error("m\nn", "more", moreLines{"a\nb", "c"}) }, "error: m⟨U+000A⟩n\na⟨U+000A⟩b\nc\n"},
		{"accounts hide their names", func(l *slog.Logger) {
			l.Info("m", "account", graph.AccountID{Platform: "okta:acme", Native: "ada@example.com"})
		}, "m account=okta:acme/(redacted)\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			c.log(newLogger(&b, logText, false))
			if b.String() != c.want {
				t.Errorf("%q, want %q", b.String(), c.want)
			}
		})
	}
}

func TestQuietLogger(t *testing.T) {
	for _, format := range []string{logText, logJSON} {
		var b bytes.Buffer
		l := newLogger(&b, format, true)
		l.Info("x")
		l.Warn("x")
		if b.Len() != 0 {
			t.Errorf("%s: quiet says %q", format, b.String())
		}
		l.Error("x")
		if b.Len() == 0 {
			t.Errorf("%s: quiet hides errors", format)
		}
	}
}

// TestJSONLoggerIsVisible: JSON lines are exact, and show what they hold.
func TestJSONLoggerIsVisible(t *testing.T) {
	var b bytes.Buffer
	newLogger(&b, logJSON, false).Error(hostile, "more", moreLines{hostile})
	for _, r := range strings.TrimSuffix(b.String(), "\n") {
		if explain.Hidden(r) {
			t.Errorf("%q holds %U", b.String(), r)
		}
	}
	var got struct {
		Msg  string
		More []string
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Msg != hostile || len(got.More) != 1 || got.More[0] != hostile {
		t.Errorf("%+v", got)
	}
}

func TestJSONLogger(t *testing.T) {
	var b bytes.Buffer
	newLogger(&b, logJSON, false).Info("read", "n", 3)
	var got struct {
		Msg, Level string
		N          int
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Msg != "read" || got.Level != "INFO" || got.N != 3 {
		t.Errorf("%+v", got)
	}
}
