package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/explain"
)

const optionsLong = `Print every number the detection uses as a file of options: YAML, in groups, each with what it is and why it has its
default, its unit and the range that it may have. Change what you want to change, leave the rest or take it out, and give
the file to detect: samehand detect --options FILE

With --run, print the options of the last detection instead of the defaults. A detection keeps all of them, so that it
can be made again.

The defaults were set on made-up worlds. Whoever changes them should look at what that does where the answer is known
(samehand evaluate), not at whether it finds what they hoped for.`

func newOptions(a *app) *cobra.Command {
	var last bool
	cmd := &cobra.Command{
		Use:   "options",
		Short: "Print the numbers the detection uses, with their reasons",
		Long:  optionsLong,
		Example: `  samehand options > options.yaml
  samehand detect --options options.yaml
  samehand options --run`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text := defaultOptions()
			if last {
				var err error
				if text, err = a.runOptions(cmd.Context()); err != nil {
					return err
				}
			}
			_, err := a.stdout.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&last, "run", false, "print the options of the last detection")
	return cmd
}

// defaultOptions returns the file of the defaults.
func defaultOptions() []byte {
	o := cluster.Defaults()
	return optionsFile(o.Settings(), "The options of samehand detect, at their defaults.", nil)
}

// runOptions returns the file of the last run's options.
func (a *app) runOptions(ctx context.Context) (text []byte, err error) {
	s, run, err := a.readRun(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	o := cluster.Defaults()
	notes := restoreOptions(o.Settings(), run.Options)
	title := fmt.Sprintf("The options of run %s, started %s.", explain.Visible(run.ID), run.Started.Format("2006-01-02 15:04:05Z"))
	return optionsFile(o.Settings(), title, notes), nil
}

// restoreOptions sets the settings to what a run kept of them, and says what could not be set.
func restoreOptions(settings []graph.Setting, kept map[string]string) (notes []string) {
	var known []string
	for _, s := range settings {
		known = append(known, s.Name)
		value, ok := kept[s.Name]
		switch was := s.String(); {
		case !ok:
			notes = append(notes, s.Name+" is not among the run's options: what is here is the default of this version")
		case s.Set(value) != nil || s.Check() != nil:
			_ = s.Set(was) // what it was can be set
			notes = append(notes, fmt.Sprintf("%s was %s, which makes no sense in this version: what is here is the default", s.Name, quoted(value)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		if !slices.Contains(known, name) {
			notes = append(notes, fmt.Sprintf("the run also has %s: %s", quoted(name), quoted(kept[name])))
		}
	}
	return notes
}

// quoted returns a text from elsewhere as one line of a comment, cut when it is long.
func quoted(s string) string {
	const most = 400 // characters: names and hashes of a few lists
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "..."
	}
	return fmt.Sprintf("%+q", s)
}

// commentWidth is where comments in a file of options are broken, in characters.
const commentWidth = 100

// optionsFile lays settings out as YAML. Part and name of a setting are keys of two levels; its group is a heading.
func optionsFile(settings []graph.Setting, title string, notes []string) []byte {
	var b bytes.Buffer
	comment(&b, "", title)
	comment(&b, "", "Every option may be left out, and has its default then. Units and ranges are in brackets.")
	for _, n := range notes {
		comment(&b, "", "Note: "+n)
	}
	part, group := "", ""
	for _, s := range settings {
		p, name, nested := strings.Cut(s.Name, ".")
		indent := ""
		if !nested {
			p, name = "", s.Name
		} else {
			indent = "  "
		}
		if p != part {
			fmt.Fprintf(&b, "\n%s:\n", p)
			part, group = p, ""
		}
		if s.Group != group && s.Group != "" {
			b.WriteByte('\n')
			comment(&b, indent, "== "+s.Group+" ==")
		}
		group = s.Group
		b.WriteByte('\n')
		comment(&b, indent, reason(s))
		fmt.Fprintf(&b, "%s%s: %s\n", indent, name, yamlScalar(s))
	}
	return b.Bytes()
}

// reason says why, in which unit and in which range.
func reason(s graph.Setting) string {
	text := s.Why + " [" + s.Range()
	if s.Unit != "" {
		text += " " + s.Unit
	}
	return text + "]"
}

// comment writes text as lines of a comment.
func comment(b *bytes.Buffer, indent, text string) {
	line := indent + "#"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > commentWidth && line != indent+"#" {
			b.WriteString(line + "\n")
			line = indent + "#"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}

// yamlScalar returns the value as YAML: numbers as they are, times and texts so that nothing else is read in them.
func yamlScalar(s graph.Setting) string {
	if s.S != nil && *s.S == "" {
		return `""`
	}
	return s.String() // of a setting that was checked: a number, a time with its unit, or one of our own words
}
