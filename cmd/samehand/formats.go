package main

import (
	"github.com/spf13/cobra"

	"samehand/ingest/formats"
)

func newFormats(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "formats",
		Short: "List the formats of files that can be read",
		Long: `List the formats of files that can be read. The format of a file is told by its content; --as of ingest takes the
names. Files packed with gzip or zstd are unpacked on the way.`,
		Example: `  samehand formats
  samehand formats --format json`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			r := &rows{columns: []string{"name", "about"}, whole: true}
			for _, f := range formats.All() {
				r.add(f.Name(), f.About())
			}
			return a.print(r, format)
		},
	}
	rowsFlag(cmd, &format)
	return cmd
}
