package main

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// app is one invocation: the world it runs in and the flags that every command has.
type app struct {
	world
	log       *slog.Logger
	casePath  string
	quiet     bool
	logFormat string
}

// defaultCase is where the case is when neither --case nor SAMEHAND_CASE says otherwise.
const defaultCase = "./samehand.case"

const rootLong = `samehand reads exports (sign-ins, applicants, payouts, profiles), links the accounts in them by what they
share, and finds groups that one hand may be running, with the evidence and the file and line it comes from.

What it finds are leads, not verdicts: a person has to look before anyone is accused of anything.

Data goes to standard output, everything else to standard error.

Exit codes:
  0  done
  1  error; also when interrupted, which leaves nothing half-done in the case
  2  the command line makes no sense
  3  new findings (for batch jobs; no command ends so yet)
  4  done, but more records were rejected than --max-reject allows`

const rootExample = `  samehand demo
  samehand ingest --tenant acme samehand-demo/exports/okta-acme.jsonl
  samehand detect
  samehand report -o leads.html`

// newRoot returns the root command with every other command below it.
func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:           "samehand",
		Short:         "Find accounts run by the same hand, and say how it is known",
		Long:          rootLong,
		Example:       rootExample,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return unknownCommand(cmd, args[0])
		}
		return cmd.Help()
	}
	flags := root.PersistentFlags()
	flags.StringVar(&a.casePath, "case", cmpOr(a.getenv("SAMEHAND_CASE"), defaultCase), "the `folder` of the case (or set SAMEHAND_CASE)")
	_ = root.MarkPersistentFlagDirname("case") // fails only for a flag that is not there
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing on standard error but errors")
	flags.StringVar(&a.logFormat, "log-format", logText, "what standard error gets: text or json")
	root.PersistentPreRunE = a.prepare
	root.SetFlagErrorFunc(flagError)
	addCommands(root, a)
	root.InitDefaultCompletionCmd()
	markUsage(root)
	return root
}

// cmpOr returns the first text that is not empty.
func cmpOr(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// prepare checks the flags that every command has and sets up the logger.
func (a *app) prepare(cmd *cobra.Command, _ []string) error {
	if a.logFormat != logText && a.logFormat != logJSON {
		bad := a.logFormat
		a.logFormat = logText
		return usagef(cmd, "--log-format is %q; it can be text or json", bad)
	}
	if a.casePath == "" {
		return usagef(cmd, "--case is empty; give the folder of a case")
	}
	a.log = newLogger(a.stderr, a.logFormat, a.quiet)
	return nil
}

// markUsage makes the errors of each command's argument check usage errors.
func markUsage(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := check(cmd, args)
			if _, is := errors.AsType[*usageError](err); err == nil || is {
				return err
			}
			return usagef(cmd, "%w", err)
		}
	}
	for _, c := range cmd.Commands() {
		markUsage(c)
	}
}

// unknownCommand is the error for a word that is no command below cmd, with the nearest commands.
func unknownCommand(cmd *cobra.Command, word string) error {
	if cmd.SuggestionsMinimumDistance <= 0 {
		cmd.SuggestionsMinimumDistance = 2
	}
	text := fmt.Sprintf("unknown command %q", word)
	if near := cmd.SuggestionsFor(word); len(near) > 0 {
		text += "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return usagef(cmd, "%s", text)
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef(cmd, "%s takes no arguments, but there is %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// flagError makes a usage error of a fault in the flags, in plain words.
func flagError(cmd *cobra.Command, err error) error {
	bad, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return usagef(cmd, "%w", err)
	}
	want := "a value of another sort"
	switch bad.GetFlag().Value.Type() {
	case "int":
		want = "a whole number"
	case "uint", "uint64":
		want = "a whole number from 0 up"
	case "float64":
		want = "a number such as 0.5"
	case "bool":
		want = "true or false"
	}
	return usagef(cmd, "--%s is %q; give %s", bad.GetFlag().Name, bad.GetValue(), want)
}

// rowsFlag adds --format to a command that prints rows.
func rowsFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", formatTable, "what to print: "+strings.Join(rowFormats(), ", "))
	complete := cobra.FixedCompletions(rowFormats(), cobra.ShellCompDirectiveNoFileComp)
	_ = cmd.RegisterFlagCompletionFunc("format", complete) // fails only for a flag that is not there
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(rowFormats(), *format) {
			return usagef(cmd, "--format is %q; it can be %s", *format, strings.Join(rowFormats(), ", "))
		}
		return run(cmd, args)
	}
}

// print writes rows to standard output.
func (a *app) print(r *rows, format string) error {
	terminal := a.terminal(a.stdout)
	return r.write(a.stdout, format, look{terminal: terminal, colour: terminal && a.getenv("NO_COLOR") == ""})
}

// say tells a person something on standard error, unless --quiet.
func (a *app) say(format string, args ...any) { a.log.Info(fmt.Sprintf(format, args...)) }
