package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/explain"
	"samehand/graph/report"
)

// reportFlags are what the command line says about a report.
type reportFlags struct {
	clusterFlags
	all            bool
	format, output string
	force          bool
}

func newReport(a *app) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report [CLUSTER...]",
		Short: "Write a report on clusters, with all of the evidence",
		Long: `Write a report on the named clusters of the last detection, or else on those that are flagged (on all of them when none is,
or with --all; --tag and --min choose among all): why each is flagged or not, who may run it, members with their roles, who is set apart, named patterns, innocent explanations that were considered, shared values with
every file and line they were read from, what speaks against, what would refute, and the sources with their hashes.

The formats:
` + encoderList() + `
The report goes to the file given with -o, whose ending tells the format, or to report.html; - is standard output. A
file that exists is not overwritten unless --force is given. The same detection gives the same bytes again.`,
		Example: `  samehand report -o leads.html
  samehand report --format md -o - | head -40
  samehand report --all --format json -o evidence.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.all && (f.flagged || len(args) > 0) {
				return usagef(cmd, "--all asks for every cluster; give no names of clusters with it, and not --flagged")
			}
			enc, err := f.encoder(cmd)
			if err != nil {
				return err
			}
			return a.report(cmd.Context(), args, f, enc)
		},
	}
	f.clusterFlags.add(cmd)
	cmd.Flags().BoolVar(&f.all, "all", false, "also clusters that are not flagged")
	cmd.Flags().StringVar(&f.format, "format", "", "the format: "+strings.Join(encoderNames(), ", ")+" (default by the ending of the file, or html)")
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "the `file` to write; - is standard output (default report.html, or as the format is)")
	cmd.Flags().BoolVar(&f.force, "force", false, "overwrite the file if it exists")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(encoderNames(), cobra.ShellCompDirectiveNoFileComp))
	cmd.ValidArgsFunction = a.completeClusters
	return cmd
}

// encoderList lays out the report formats for the help.
func encoderList() string {
	var b strings.Builder
	for _, e := range report.Encoders() {
		fmt.Fprintf(&b, "  %-5s %s\n", e.Name(), e.About())
	}
	return b.String()
}

func encoderNames() []string {
	var names []string
	for _, e := range report.Encoders() {
		names = append(names, e.Name())
	}
	return names
}

// encoder returns the encoder that --format, or else the ending of the file, asks for, and completes the name of the file.
func (f *reportFlags) encoder(cmd *cobra.Command) (report.Encoder, error) {
	ext := strings.ToLower(filepath.Ext(f.output))
	for _, e := range report.Encoders() {
		if f.format == e.Name() || f.format == "" && (ext == e.Ext() || f.output == "" || f.output == "-") {
			f.output = cmpOr(f.output, "report"+e.Ext())
			return e, nil
		}
	}
	names := strings.Join(encoderNames(), ", ")
	if f.format != "" {
		return nil, usagef(cmd, "--format is %q; it can be %s", f.format, names)
	}
	return nil, usagef(cmd, "the ending of %s tells no format; give one with --format: %s", f.output, names)
}

// report writes a report on the chosen clusters of the last run.
func (a *app) report(ctx context.Context, names []string, f reportFlags, enc report.Encoder) (err error) {
	s, run, err := a.readRun(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	list, err := findClusters(run.Clusters, names)
	if err != nil {
		return err
	}
	list = f.chooseFor(names, list)
	m, err := a.model(ctx, s, run, list)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return enc.Encode(w, m) }
	if f.output == "-" {
		if err := write(a.stdout); err != nil {
			return err
		}
	} else if err := writeFile(f.output, f.force, write); err != nil {
		return err
	}
	a.sayReported(f.output, list, run.Clusters)
	if len(list) == 0 {
		return a.sayTagged(ctx, s, f.tag)
	}
	return nil
}

// chooseFor returns the clusters to report of those that were named, or of all. Where nothing was asked for, it is those
// that are flagged: of hundreds of clusters most are households, and nobody reads them. When none is, it is all.
func (f reportFlags) chooseFor(names []string, all []graph.Cluster) []graph.Cluster {
	if !f.all && len(names) == 0 && f.clusterFlags == (clusterFlags{}) {
		if flagged := (clusterFlags{flagged: true}).choose(all); len(flagged) > 0 {
			return flagged
		}
	}
	return f.choose(all)
}

// sayReported says what was written, what was left out, and how to get that.
func (a *app) sayReported(output string, list, all []graph.Cluster) {
	text := ""
	if output != "-" {
		text = fmt.Sprintf("wrote %s: %d of %s", output, len(list), explain.Count(len(all), "cluster"))
	}
	if n := len(all) - len(list); n > 0 {
		quiet := len(slices.DeleteFunc(slices.Clone(all), func(c graph.Cluster) bool { return c.Flagged }))
		for _, c := range list {
			if !c.Flagged {
				quiet--
			}
		}
		if text != "" {
			text += "; "
		}
		text += fmt.Sprintf("left out: %d, of which not flagged: %d; to write all: --all", n, quiet)
	}
	if text != "" {
		a.say("%s", text)
	}
}

// model builds the report of some clusters of a run.
func (a *app) model(ctx context.Context, s graph.Reader, run graph.Run, list []graph.Cluster) (report.Model, error) {
	ids := []string{}
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	t, err := s.Load(ctx, graph.Filter{Accounts: explain.Accounts(list...)})
	if err != nil {
		return report.Model{}, err
	}
	return report.Build(run, t, ids, report.Options{Case: caseTitle(a.casePath), Tool: toolName()})
}

// caseTitle returns what a report calls the case: the folder's name; a folder that is only called case is called by the one it lies in.
func caseTitle(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return filepath.Base(path)
	}
	name := strings.TrimSuffix(filepath.Base(abs), ".case")
	if name == "case" {
		name = filepath.Base(filepath.Dir(abs))
	}
	return name
}

// toolName returns the program's name and version, for a report to say what made it.
func toolName() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return "samehand " + info.Main.Version
	}
	return "samehand"
}

// writeFile writes a file that is there as a whole or not at all, for its owner's eyes only, since reports are
// personal. It fails when the file exists, unless force is set.
func writeFile(name string, force bool, write func(io.Writer) error) (err error) {
	if err := checkReplaceable(name, force); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".samehand-*.tmp") // 0600
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	if err := errors.Join(write(tmp), tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return os.Rename(tmp.Name(), name)
}

// checkReplaceable fails when there is a file of that name that must not be replaced: any without force, and what is no
// regular file in any case, for a new one would take the place of a device or a folder.
func checkReplaceable(name string, force bool) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular() && info.Mode()&fs.ModeSymlink == 0:
		return fmt.Errorf("%s is no regular file; give another name", name)
	case !force:
		return fmt.Errorf("%s exists; give another name, or --force to overwrite it", name)
	}
	return nil
}

// checkWritable fails when [writeFile] would, as far as can be told without writing anything that stays.
func checkWritable(name string, force bool) error {
	if err := checkReplaceable(name, force); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".samehand-*.tmp")
	if fault, is := errors.AsType[*fs.PathError](err); is {
		err = fault.Err // the name of the file that was tried says nothing to anybody
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return errors.Join(tmp.Close(), os.Remove(tmp.Name()))
}
