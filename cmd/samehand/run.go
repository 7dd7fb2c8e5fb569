package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"samehand/graph/explain"
)

// The exit codes. They are part of the interface: scripts depend on them.
const (
	exitDone     = 0
	exitError    = 1
	exitUsage    = 2
	exitFindings = 3 // kept for watching a case for new findings
	exitRejects  = 4
)

// world is what a command may use of the world outside.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	terminal       func(io.Writer) bool // whether a person looks at what is written there
	room           room
}

// runHere runs the command in the world of this process, until it is done or interrupted.
func runHere(args []string) int {
	w := processWorld()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)   // the first signal asks, the second one kills
	signal.Ignore(syscall.SIGPIPE) // a reader that has seen enough is an error of a write, not the end of the process
	w.stdin = &interruptible{ctx, w.stdin}
	return run(ctx, args, w)
}

// processWorld returns the streams, environment and clock of this process.
func processWorld() world {
	return world{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, now: time.Now, terminal: isTerminal, room: processRoom(os.Getenv),
	}
}

// interruptible is a reader that stops waiting for input when the context ends. What comes in after that is lost.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read reads from the reader below, or fails with the context's error.
func (i *interruptible) Read(p []byte) (int, error) {
	type result struct {
		text []byte
		err  error
	}
	done := make(chan result, 1) // so that a read that nobody waits for can end
	go func() {
		text := make([]byte, len(p))
		n, err := i.r.Read(text)
		done <- result{text[:n], err}
	}()
	select {
	case got := <-done:
		return copy(p, got.text), got.err
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}

// run executes one command line (without the program's name) and returns its exit code.
func run(ctx context.Context, args []string, w world) int {
	a := &app{world: w, log: slog.New(newPlainHandler(w.stderr, slog.LevelInfo))}
	root := newRoot(a)
	root.SetArgs(args)
	return a.finish(ctx, root.ExecuteContext(ctx))
}

// finish says what went wrong, if anything did, and turns it into an exit code.
func (a *app) finish(ctx context.Context, err error) int {
	var usage *usageError
	var rejects *rejectsError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitDone
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		a.log.Error(interruptedText(err))
		return exitError
	case errors.As(err, &usage):
		a.fail(err, "See: "+usage.command+" --help")
		return exitUsage
	case errors.As(err, &rejects):
		a.fail(err)
		return exitRejects
	default:
		a.fail(err)
		a.suggest(err)
		return exitError
	}
}

// fail says what went wrong, joined errors one a line, and what to do about it below.
func (a *app) fail(err error, hints ...string) {
	lines := append(errorLines(err), hints...)
	if len(lines) == 1 {
		a.log.Error(lines[0])
		return
	}
	a.log.Error(lines[0], "more", moreLines(lines[1:]))
}

// interruptedError is a cancelled command that had already done a part of its work.
type interruptedError struct {
	done string // what stays done, as a sentence
	err  error
}

func (e *interruptedError) Error() string { return e.done }
func (e *interruptedError) Unwrap() error { return e.err }

// interruptedText says what an interrupted command left behind.
func interruptedText(err error) string {
	if e, ok := errors.AsType[*interruptedError](err); ok {
		return "interrupted; " + e.done
	}
	return "interrupted; the case is as it was before"
}

// usageError is a command line that makes no sense.
type usageError struct {
	command string // whose help says more
	err     error
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// usagef returns a [usageError] of cmd.
func usagef(cmd *cobra.Command, format string, args ...any) error {
	return &usageError{command: cmd.CommandPath(), err: fmt.Errorf(format, args...)}
}

// rejectsError is an ingest that went through but rejected more than was allowed.
type rejectsError struct{ text string }

func (e *rejectsError) Error() string { return e.text }

// unknownError is something asked for by name that is not in the case.
type unknownError struct {
	text    string
	nearest []string // what is there under a similar name; personal data, for the person who asked only
}

func (e *unknownError) Error() string { return e.text }

// suggest shows the names that are nearest to what was not found. They are values from the case, so they are shown to a person and never logged.
func (a *app) suggest(err error) {
	u, ok := errors.AsType[*unknownError](err)
	if !ok || len(u.nearest) == 0 || a.logFormat != logText {
		return
	}
	var b strings.Builder
	b.WriteString("Nearest:\n")
	for _, n := range u.nearest {
		b.WriteString("  " + explain.Visible(n) + "\n")
	}
	io.WriteString(a.stderr, b.String()) //nolint:errcheck // there is nowhere left to say so
}
