package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"samehand/ingest"
	"samehand/ingest/table"
)

// maxMapping is the most that is read of a mapping, in bytes; the longest anybody would write has some thousand.
const maxMapping = 1 << 20

// mapFlags are what the command line says about a proposal for a mapping.
type mapFlags struct {
	tenant, output string
	force          bool
}

func newMap(a *app) *cobra.Command {
	var f mapFlags
	cmd := &cobra.Command{
		Use:   "map FILE|-",
		Short: "Propose what the columns of a table mean",
		Long: `Look at a table in a format of its own (CSV, JSON lines, XLSX, Parquet) and propose a mapping: a short YAML file that says
which column names the account, and what the other columns hold. Each line says why it is proposed; what was not
understood is listed in comments. No value of the table is shown.

Read it, correct it, and give it to ingest: samehand ingest --map map.yaml FILE`,
		Example: `  samehand map staff.csv -o staff.yaml
  samehand ingest --map staff.yaml staff.csv`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef(cmd, "name one table to look at, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.proposeMapping(cmd.Context(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.tenant, "tenant", "", "the `employer` whose table this is")
	cmd.Flags().StringVarP(&f.output, "output", "o", "-", "the `file` to write; - is standard output")
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite the file if it exists")
	return cmd
}

// proposeMapping writes a proposal for the table of that name.
func (a *app) proposeMapping(ctx context.Context, name string, f mapFlags) error {
	file, err := ingest.OpenFile(ctx, name, a.stdin, ingest.Limits{})
	if err != nil {
		return err
	}
	defer file.Close()
	var text []byte
	err = file.View(ctx, f.tenant, func(r io.Reader, in ingest.Input) (err error) {
		text, err = table.Guess(r, in)
		return err
	})
	if err != nil {
		return withName(name, err)
	}
	write := func(w io.Writer) error { _, err := w.Write(text); return err }
	if f.output == "-" {
		return write(a.stdout)
	}
	if err := writeFile(f.output, f.force, write); err != nil {
		return err
	}
	a.say("wrote %s; check each line of it. Next: samehand ingest --map %s %s", f.output, f.output, name)
	return nil
}

// readMapping reads a mapping as a format.
func readMapping(name string) (ingest.Format, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxMapping+1))
	if err != nil {
		return nil, fmt.Errorf("read the mapping: %w", err)
	}
	m, err := table.ParseMapping(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m.Format(), nil
}
