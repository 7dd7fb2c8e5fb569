package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"samehand/graph/casestore"
	"samehand/graph/report"
)

func newVersion(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Say which samehand this is",
		Long:  "Say which samehand this is: its version, the commit it was built from, the Go it was built with, and the case schema it reads and writes.",
		Example: `  samehand version
  samehand version --format json`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			return a.print(versionRows(info), format)
		},
	}
	rowsFlag(cmd, &format)
	return cmd
}

// versionRows lays out what the build says about itself; nil is a build that says nothing.
func versionRows(info *debug.BuildInfo) *rows {
	r := &rows{columns: []string{"name", "value"}, whole: true}
	version, settings := "(unknown)", map[string]string{}
	if info != nil {
		version = info.Main.Version
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
	}
	r.add("samehand", version)
	r.add("commit", cmpOr(settings["vcs.revision"], "(not recorded)"))
	r.add("commit_time", cmpOr(settings["vcs.time"], "(not recorded)"))
	r.add("changed_since", cmpOr(settings["vcs.modified"], "(not recorded)"))
	r.add("go", runtime.Version())
	r.add("platform", runtime.GOOS+"/"+runtime.GOARCH)
	r.add("case_schema", casestore.SchemaVersion())
	r.add("report_schema", report.SchemaVersion)
	return r
}
