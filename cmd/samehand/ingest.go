package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
	"samehand/ingest"
	"samehand/ingest/formats"
)

// ingestFlags are what the command line says about an ingest.
type ingestFlags struct {
	as, mapping, tenant, region string
	maxReject                   string
	maxBytes                    string
	format                      string
}

const ingestLong = `Read exports into the case, which is made if there is none.

Give files, folders (read in the order of their names; hidden files are left out) or - for standard input. Packed files
(gzip, zstd) are unpacked on the way. The format of each file is told by its content; see: samehand formats.

Each file goes in as a whole or not at all, and the same file read in the same way goes in once. Records that cannot be
read are counted, and written with line and reason to the rejects folder of the case; the others are kept.

One line is printed for each file. Its status is added, already in the case, incomplete (the file breaks off; what came before is kept),
not recognised (in a folder only) or failed.`

func newIngest(a *app) *cobra.Command {
	var f ingestFlags
	cmd := &cobra.Command{
		Use:   "ingest FILE|DIR|-...",
		Short: "Read exports into the case",
		Long:  ingestLong,
		Example: `  samehand ingest --tenant acme samehand-demo/exports/okta-acme.jsonl
  samehand ingest --max-reject 5% samehand-demo/exports/okta-globex.jsonl samehand-demo/exports/observations.csv
  samehand map staff.csv -o staff.yaml && samehand ingest --map staff.yaml staff.csv
  gzip -c samehand-demo/exports/observations.csv | samehand ingest -`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "nothing to read; give files, folders, or - for standard input")
			}
			job, err := newIngestJob(a, cmd, f)
			if err != nil {
				return err
			}
			return job.run(cmd.Context(), args)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.as, "as", "", "the `format` of the files, instead of telling it by their content")
	flags.StringVar(&f.mapping, "map", "", "a `file`, the mapping that says what the columns of the files mean; see: samehand map --help")
	flags.StringVar(&f.tenant, "tenant", "", "the `employer` whose exports these are, for formats that do not say it")
	flags.StringVar(&f.region, "region", "", "two-letter `country` of phone numbers without a country code (default US)")
	flags.StringVar(&f.maxReject, "max-reject", "1%", "the `share` (1%) or number of the records, or of the single values, of a file that may be rejected before the exit code is 4")
	flags.StringVar(&f.maxBytes, "max-bytes", "", "the most a file may hold unpacked, as a `size`, such as 500M or 2G (default 64G)")
	rowsFlag(cmd, &f.format)
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(formatNames(formats.All()), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// formatNames lists the names of formats.
func formatNames(list []ingest.Format) []string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Name()
	}
	return names
}

// ingestJob is one run of the ingest command.
type ingestJob struct {
	*app
	options   ingest.Options
	limits    ingest.Limits
	mapped    bool // by a mapping
	maxReject allowance
	format    string
	store     *pendingCase
	bars      *bars

	table  rows
	broken int    // files that break off; what came before is in the case
	added  int    // files that are in the case now and were not before
	failed int    // files that were named and could not be read
	passed int    // files in folders that no format matches
	too    string // what to say about the first file with too many rejects
	err    error  // that ended the job early
}

// newIngestJob checks the flags.
func newIngestJob(a *app, cmd *cobra.Command, f ingestFlags) (*ingestJob, error) {
	j := &ingestJob{app: a, format: f.format, mapped: f.mapping != ""}
	list, err := f.formats(cmd)
	if err != nil {
		return nil, err
	}
	j.options = ingest.Options{Formats: list, As: f.as, Tenant: f.tenant, Region: strings.ToUpper(f.region), Now: a.now}
	if f.as != "" && !slices.Contains(formatNames(list), f.as) {
		return nil, usagef(cmd, "--as is %q; the formats are %s", f.as, strings.Join(formatNames(list), ", "))
	}
	if r := j.options.Region; r != "" && !ident.KnownRegion(r) {
		return nil, usagef(cmd, "--region is %q; give the two-letter code of a country, such as US", f.region)
	}
	if j.maxReject, err = parseAllowance(f.maxReject); err != nil {
		return nil, usagef(cmd, "--max-reject: %w", err)
	}
	if f.maxBytes != "" {
		if j.limits.FileBytes, err = parseBytes(f.maxBytes); err != nil {
			return nil, usagef(cmd, "--max-bytes: %w", err)
		}
	}
	j.store = &pendingCase{open: func(ctx context.Context) (*casestore.Store, error) {
		return a.openCase(ctx, casestore.Options{Create: true})
	}}
	j.table.columns = []string{"file", "format", "status", "records", "accepted", "rejected", "observations", "seconds"}
	return j, nil
}

// formats lists the formats to choose from: the one that a mapping describes, or all.
func (f *ingestFlags) formats(cmd *cobra.Command) ([]ingest.Format, error) {
	if f.mapping == "" {
		return formats.All(), nil
	}
	if f.as != "" {
		return nil, usagef(cmd, "--map and --as exclude each other: a mapping is a format of its own")
	}
	mapped, err := readMapping(f.mapping)
	return []ingest.Format{mapped}, err
}

// run reads every file, prints the table, and says what is to be said at the end.
func (j *ingestJob) run(ctx context.Context, args []string) (err error) {
	defer func() { err = errors.Join(err, j.store.Close()) }()
	files, err := expand(args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("there are no files in %s", strings.Join(args, ", "))
	}
	j.bars = newBars(j.app)
	for _, f := range files {
		if j.err = j.one(ctx, f); j.err != nil {
			break
		}
	}
	j.bars.wait()
	if err := j.print(&j.table, j.format); err != nil {
		return err
	}
	return j.verdict(ctx, len(files))
}

// verdict sums up the job in a sentence or an error.
func (j *ingestJob) verdict(ctx context.Context, files int) error {
	switch {
	case j.err != nil && ctx.Err() != nil && j.added > 0:
		return &interruptedError{fmt.Sprintf("%d of %d files are in the case, nothing of the others", j.added, files), j.err}
	case j.err != nil:
		return j.err
	case j.failed+j.passed == files && j.passed > 0:
		return errors.New("no file is of a format that is read; nothing was added. See: samehand formats, and for other tables: samehand map --help")
	case j.failed == files:
		return errors.New("no file could be read; nothing was added")
	case j.failed > 0:
		return fmt.Errorf("%d of %d files could not be read; the others are in the case", j.failed, files)
	case j.broken > 0:
		return fmt.Errorf("%d of %d files break off before their end; what came before is in the case", j.broken, files)
	case j.too != "":
		return &rejectsError{j.too}
	}
	if j.added > 0 {
		j.say("Next: samehand detect")
	}
	return nil
}

// one reads one file. An error of the file is told and counted; one that every file would meet is returned.
func (j *ingestJob) one(ctx context.Context, f namedFile) error {
	start := j.now()
	src, err := j.read(ctx, f)
	seconds := j.now().Sub(start).Seconds()
	if err != nil && ctx.Err() != nil {
		return err
	}
	if open, ok := errors.AsType[*openError](err); ok {
		return open.err
	}
	status := j.status(f, src, err)
	j.table.add(f.name, src.Format, status, src.Records, src.Accepted, src.Rejected, src.Kept, seconds)
	if status == statusAdded || status == statusIncomplete {
		j.added++
		j.tell(src)
		return j.twins(ctx, src)
	}
	return nil
}

// read opens the file and runs it into the case.
func (j *ingestJob) read(ctx context.Context, f namedFile) (graph.Source, error) {
	file, err := ingest.OpenFile(ctx, f.name, j.stdin, j.limits)
	if err != nil {
		return graph.Source{Name: f.name}, err
	}
	defer file.Close()
	o := j.options
	if j.mapped && !f.found {
		o.As = o.Formats[0].Name() // a file that was named is meant: say what does not fit instead of passing over it
	}
	show := j.bars.add(f.name)
	o.Progress = func(p ingest.Progress) {
		j.room.give(ingestRoom)
		if show != nil {
			show(p)
		}
	}
	src, err := ingest.Run(ctx, j.store, file, o)
	j.bars.done()
	return src, err
}

// The statuses of a file.
const (
	statusAdded      = "added"
	statusExists     = "already in the case"
	statusIncomplete = "incomplete"
	statusUnknown    = "not recognised"
	statusFailed     = "failed"
)

// status says what became of a file, and tells a person when it is not what they asked for.
func (j *ingestJob) status(f namedFile, src graph.Source, err error) string {
	var incomplete *ingest.IncompleteError
	var unknown *ingest.DetectError
	switch {
	case err == nil:
		return statusAdded
	case errors.Is(err, graph.ErrExists):
		j.say("%s: already in the case, nothing added", f.name)
		return statusExists
	case errors.As(err, &incomplete):
		j.log.Warn(fmt.Sprintf("%s: %v", f.name, err))
		j.broken++
		return statusIncomplete
	case errors.As(err, &unknown) && f.found && len(unknown.Matches) == 0:
		j.log.Warn(f.name + ": no format matches; it was left out")
		j.passed++
		return statusUnknown
	default:
		j.fail(withName(f.name, err))
		j.failed++
		return statusFailed
	}
}

// withName puts the file's name before an error that does not say it already.
func withName(name string, err error) error {
	if strings.Contains(err.Error(), name) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

// tell says what a person should know about a file that was taken in.
func (j *ingestJob) tell(src graph.Source) {
	for _, n := range src.Notes {
		j.say("%s: %s", src.Name, n)
	}
	if src.Rejected == 0 && src.ValuesRejected == 0 {
		return
	}
	text := fmt.Sprintf("%s: %d of %d records and %d single values were rejected; line, field and reason of each are in %s",
		src.Name, src.Rejected, src.Records, src.ValuesRejected, j.rejectsPath(src.ID))
	j.log.Warn(text)
	if j.too == "" {
		j.too = j.tooMany(src)
	}
}

// tooMany says what --max-reject does not allow; "" when all is well. Single values count as records do: a mapping with a
// wrong layout of times loses a whole column and not one record.
func (j *ingestJob) tooMany(src graph.Source) string {
	n, total, what := src.Rejected, src.Records, "records"
	if !j.maxReject.exceeded(n, total) {
		n, total, what = src.ValuesRejected, src.Values, "values"
	}
	if !j.maxReject.exceeded(n, total) {
		return ""
	}
	kept := "what could be read is in the case"
	if src.Kept == 0 {
		kept = "nothing of it could be kept"
	}
	return fmt.Sprintf("%s: %d of %d %s were rejected, more than --max-reject %s allows; %s, and what is wrong with each of these is in %s",
		src.Name, n, total, what, j.maxReject.text, kept, j.rejectsPath(src.ID))
}

// twins warns of sources made of the same bytes, read in another way: both readings count.
func (j *ingestJob) twins(ctx context.Context, src graph.Source) error {
	list, err := j.store.store.Sources(ctx)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.SHA256 == src.SHA256 && o.ID != src.ID {
			j.log.Warn(fmt.Sprintf("%s: the same file is in the case already, read in another way, and both readings count; if this one replaces it: samehand sources drop %s", src.Name, o.ID))
		}
	}
	return nil
}

// namedFile is a file to read.
type namedFile struct {
	name  string
	found bool // in a folder, and not named on the command line
}

// expand lists the files that the arguments stand for, folders in the order of names. Hidden files and folders, and cases, are left out.
func expand(args []string) ([]namedFile, error) {
	var files []namedFile
	for _, arg := range args {
		st, err := os.Stat(arg)
		if arg == "-" || err != nil || !st.IsDir() { // what is wrong with a name is said when it is opened
			files = append(files, namedFile{name: arg})
			continue
		}
		err = filepath.WalkDir(arg, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && p != arg && (strings.HasPrefix(d.Name(), ".") || isCase(p)):
				return filepath.SkipDir
			case p != arg && !strings.HasPrefix(d.Name(), ".") && d.Type().IsRegular():
				files = append(files, namedFile{name: p, found: true})
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look through the folder: %w", err)
		}
	}
	return files, nil
}
