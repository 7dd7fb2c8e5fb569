package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// testTime is when every test runs.
var testTime = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// testWorld is a world of buffers.
type testWorld struct {
	stdin          string
	stdout, stderr bytes.Buffer
	env            map[string]string
}

func (w *testWorld) world() world {
	return world{
		stdin: strings.NewReader(w.stdin), stdout: &w.stdout, stderr: &w.stderr,
		getenv:   func(k string) string { return w.env[k] },
		now:      func() time.Time { return testTime },
		terminal: func(io.Writer) bool { return false },
	}
}

// run executes a command line in the world and returns its exit code.
func (w *testWorld) run(args ...string) int { return run(context.Background(), args, w.world()) }

func TestUsageErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"versoin", `unknown command "versoin"; did you mean version?`},
		{"xyzzy", `unknown command "xyzzy"`},
		{"version extra", `samehand version takes no arguments, but there is "extra"`},
		{"version --nope", "unknown flag: --nope"},
		{"--nope", "unknown flag: --nope"},
		{"version --format xml", `--format is "xml"; it can be table, csv, json, jsonl`},
		{"version --log-format xml", `--log-format is "xml"; it can be text or json`},
		{"version --case=", "--case is empty"},
		{"version --format", "flag needs an argument"},
		{"clusters --min -5", `--min is "-5"; give a whole number from 0 up`},
		{"members --min x", `--min is "x"; give a whole number from 0 up`},
		{"clusters --flagged=perhaps", `--flagged is "perhaps"; give true or false`},
		{"detect --resolution x", `--resolution is "x"; give a number such as 0.5`},
		{"detect --max-nodes x", `--max-nodes is "x"; give a whole number`},
		{"detect --set cluster.names=NaN", `option cluster.names is "NaN"; give a whole number` + "\nSee:"},
		{"detect --set linkage.overlap=2", `option linkage.overlap is "2"; give a time such as 48h`},
		{"detect --set cluster.names=x --set linkage.overlap=2", "whole number\noption"},
	} {
		t.Run(c.args, func(t *testing.T) {
			var w testWorld
			if code := w.run(strings.Fields(c.args)...); code != exitUsage {
				t.Errorf("exit code %d, want %d", code, exitUsage)
			}
			if !strings.Contains(w.stderr.String(), c.want) {
				t.Errorf("standard error %q, want %q in it", w.stderr.String(), c.want)
			}
			if !strings.Contains(w.stderr.String(), "--help") {
				t.Errorf("standard error %q does not say where the help is", w.stderr.String())
			}
			if strings.Contains(w.stderr.String(), "strconv") {
				t.Errorf("standard error %q speaks of the code", w.stderr.String())
			}
			if w.stdout.Len() != 0 {
				t.Errorf("standard output %q, want nothing", w.stdout.String())
			}
		})
	}
}

func TestHelpIsData(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"help"}, {"help", "version"}, {"version", "--help"}, {"completion", "bash"}} {
		var w testWorld
		if code := w.run(args...); code != exitDone {
			t.Errorf("%v: exit code %d: %s", args, code, w.stderr.String())
		}
		if w.stdout.Len() == 0 || w.stderr.Len() != 0 {
			t.Errorf("%v: %d bytes of data, standard error %q", args, w.stdout.Len(), w.stderr.String())
		}
	}
}

func TestHelpSaysExitCodes(t *testing.T) {
	for code := exitDone; code <= exitRejects; code++ {
		if !strings.Contains(rootLong, fmt.Sprintf("\n  %d  ", code)) {
			t.Errorf("the help does not say what exit code %d means", code)
		}
	}
}

// TestFinish goes through every way a command can end.
func TestFinish(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	live := context.Background()
	cmd := &cobra.Command{Use: "samehand"}
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		code int
		says string
	}{
		{"done", live, nil, exitDone, ""},
		{"reader gone", live, fmt.Errorf("write: %w", syscall.EPIPE), exitDone, ""},
		{"error", live, errors.New("no such thing"), exitError, "error: no such thing\n"},
		{"usage", live, fmt.Errorf("x: %w", usagef(cmd, "bad %d", 3)), exitUsage, "error: x: bad 3\nSee: samehand --help\n"},
		{"rejects", live, &rejectsError{"too many"}, exitRejects, "error: too many\n"},
		{"interrupted", cancelled, fmt.Errorf("read: %w", context.Canceled), exitError, "error: interrupted; the case is as it was before\n"},
		{"interrupted in the middle", cancelled, &interruptedError{"2 of 3 files are in the case", context.Canceled}, exitError,
			"error: interrupted; 2 of 3 files are in the case\n"},
		{"another error while interrupted", cancelled, errors.New("disk full"), exitError, "error: disk full\n"},
		{"unknown", live, &unknownError{"no such account", []string{"okta/a\x1b"}}, exitError, "error: no such account\nNearest:\n  okta/a⟨U+001B⟩\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w testWorld
			a := &app{world: w.world(), log: newLogger(&w.stderr, logText, false), logFormat: logText}
			if code := a.finish(c.ctx, c.err); code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if w.stderr.String() != c.says {
				t.Errorf("says %q, want %q", w.stderr.String(), c.says)
			}
		})
	}
}

// TestForgedLines: a line break in the name of a file or in an argument never begins a line of standard error.
func TestForgedLines(t *testing.T) {
	dir := t.TempDir()
	const forged = "ok.csv\nerror: forged line"
	good := filepath.Join(dir, forged)
	text := "platform,account,kind,value\nokta,ada,email,ada@example.com\nokta,,email,x\n"
	if err := os.WriteFile(good, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	inCase := filepath.Join(dir, "a.case")
	for _, args := range [][]string{
		{"ingest", good}, {"ingest", good}, {"ingest", dir}, {"ingest", filepath.Join(dir, "gone", forged)}, {"map", filepath.Join(dir, "gone", forged)},
		{"ingest", "--map", good, good}, {"ingest", "--as", forged, good}, {"ingest", "--tenant", "\n" + forged, good},
		{"sources", "drop", forged}, {"sources", "drop", good}, {"show", "okta/" + forged}, {"show", forged}, {forged},
		{"map", "-o", good, good}, {"report", "-o", good}, {"detect", "--set", forged}, {"detect", "--set", "cluster.names=" + forged},
		{"detect", "--method", forged}, {"clusters", "--" + forged}, {"clusters", "--min", forged}, {"--case", filepath.Join(dir, forged, "x"), "clusters"},
		{"demo", good}, {"version", forged},
	} {
		var w testWorld
		w.run(append([]string{"--case", inCase}, args...)...)
		for line := range strings.Lines(w.stderr.String()) {
			if strings.HasPrefix(line, "error: forged") || strings.HasPrefix(line, forged) {
				t.Errorf("%q: a forged line in %q", args, w.stderr.String())
			}
		}
	}
}

// TestNearestNamesAreNotLogged: JSON logs are kept by machines, so no values from the case go there.
func TestNearestNamesAreNotLogged(t *testing.T) {
	var w testWorld
	a := &app{world: w.world(), log: slog.New(slog.NewJSONHandler(&w.stderr, nil)), logFormat: logJSON}
	a.finish(context.Background(), &unknownError{"no such account", []string{"okta/ada"}})
	if strings.Contains(w.stderr.String(), "ada") {
		t.Errorf("the log holds a name: %s", w.stderr.String())
	}
}

func TestVersionRows(t *testing.T) {
	r := versionRows(nil)
	if len(r.cells) == 0 || r.cells[0][1] != "(unknown)" {
		t.Errorf("a build that says nothing: %v", r.cells)
	}
}

// TestCommandsAreComplete: every command says what it does, at length and with an example.
func TestCommandsAreComplete(t *testing.T) {
	var w testWorld
	root := newRoot(&app{world: w.world()})
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			walk(sub)
		}
		if c.Name() == "completion" || c.Name() == "help" || c.HasParent() && c.Parent().Name() == "completion" {
			return // cobra's own
		}
		if c.Short == "" || c.Long == "" || c.Example == "" {
			t.Errorf("%s: its help lacks a line, a description or an example", c.CommandPath())
		}
		if strings.HasSuffix(c.Short, ".") || !c.HasSubCommands() && !c.Runnable() {
			t.Errorf("%s: a stop at the end of its line, or nothing to run", c.CommandPath())
		}
	}
	walk(root)
}
