package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samehand/graph/community"
	"samehand/graph/edgelist"
	"samehand/graph/explain"
	"samehand/ingest"
)

// communitiesFlags are what the command line says about communities.
type communitiesFlags struct {
	method, objective, separator, maxReject, maxBytes, output string
	resolution                                                float64
	iterations, threads, maxNodes                             int
	seed                                                      uint64
	stats, force                                              bool
}

const communitiesLong = `Divide the nodes of any graph into communities: groups that are tied more to each other than to the rest. No case is
needed or touched.

FILE has an edge on each line: two names and, if there is one, a weight, which is 1 otherwise. Between them are blanks,
a tab, a comma or a semicolon; names with any of these in them are put in quotes. Lines that begin with # or % are left
out, and so is a first line source,target,weight. A line with one name is a node without edges. Edges have no direction,
and parallel edges are added up. The file may be packed (gzip, zstd); - is standard input.

What is written is CSV with the columns node and community, by the order of the nodes; communities are numbered by
their first node. With the objective cpm, the pairs of nodes in a community weigh more than --resolution on average, pairs
without an edge counted too: in a graph without weights, 1 keeps everybody apart and 0.5 finds groups in which half of
the pairs have an edge. The objective modularity has no such scale, and suits graphs of which nothing is known. A name that a spreadsheet would take for a formula gets an apostrophe in front. The same graph and
options give the same bytes, whatever the order of the lines and the number of threads.

--stats writes one line of JSON about the run: to standard output, or to standard error when the communities go there.
`

func newCommunities(a *app) *cobra.Command {
	var f communitiesFlags
	cmd := &cobra.Command{
		Use:   "communities FILE|-",
		Short: "Divide any graph, given as a list of edges, into communities",
		Long:  communitiesLong,
		Example: `  printf 'ann bob\nbob cid\ncid ann\ncid dan 0.1\n' | samehand communities -
  printf '1 2\n2 3\n' > edges.txt && samehand communities edges.txt --method components --stats -o labels.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef(cmd, "give one file with edges, or - for standard input")
			}
			j, err := newCommunitiesJob(a, cmd, f)
			if err != nil {
				return err
			}
			return j.run(cmd.Context(), args[0])
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.method, "method", community.Methods()[0].Name(), "how nodes are grouped: "+strings.Join(methodNames(), ", "))
	communityFlags(flags, &f)
	flags.IntVar(&f.threads, "threads", 0, "how many processors to use; 0 is all of them. It changes nothing in what is found")
	flags.StringVar(&f.separator, "separator", separators[0].name, "what stands between fields: "+strings.Join(separatorNames(), ", "))
	flags.StringVar(&f.maxReject, "max-reject", "0", "the `share` (1%) or number of the lines that may be left out because they cannot be read; with more, nothing is written and the exit code is 4")
	flags.StringVar(&f.maxBytes, "max-bytes", "", "the most the file may hold unpacked, as a `size`, such as 500M or 2G (default 64G)")
	flags.StringVarP(&f.output, "output", "o", "-", "the `file` to write; - is standard output")
	flags.BoolVar(&f.stats, "stats", false, "say in a line of JSON how large the graph is, what was found, and what it took")
	flags.BoolVar(&f.force, "force", false, "overwrite the file if it exists")
	for name, values := range map[string][]string{"method": methodNames(), "objective": objectiveNames(), "separator": separatorNames()} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
	return cmd
}

// separators are the values of --separator, the default first.
var separators = []struct {
	name string
	is   edgelist.Separator
}{{"auto", edgelist.Detect}, {"blank", edgelist.Blank}, {"tab", edgelist.Tab}, {"comma", edgelist.Comma}, {"semicolon", edgelist.Semicolon}}

func separatorNames() []string {
	var names []string
	for _, s := range separators {
		names = append(names, s.name)
	}
	return names
}

func objectiveNames() []string { return []string{string(community.CPM), string(community.Modularity)} }

// communitiesJob is one run of the command.
type communitiesJob struct {
	*app
	communitiesFlags
	method    community.Method
	edges     edgelist.Options
	limits    ingest.Limits
	allowance allowance
}

// newCommunitiesJob checks the flags.
func newCommunitiesJob(a *app, cmd *cobra.Command, f communitiesFlags) (*communitiesJob, error) {
	j := &communitiesJob{app: a, communitiesFlags: f}
	var err error
	if j.method, err = community.Find(f.method); err != nil {
		return nil, usagef(cmd, "--method is %q; it can be %s", f.method, strings.Join(methodNames(), ", "))
	}
	if f.objective != "" && !slices.Contains(objectiveNames(), f.objective) {
		return nil, usagef(cmd, "--objective is %q; it can be %s", f.objective, strings.Join(objectiveNames(), ", "))
	}
	if f.objective == string(community.CPM) && f.method == (community.Louvain{}).Name() {
		return nil, usagef(cmd, "--method louvain knows --objective modularity only; leiden knows both")
	}
	j.threads = cmp.Or(f.threads, runtime.GOMAXPROCS(0))
	if err := j.communityOptions(nil).Validate(); err != nil {
		return nil, usagef(cmd, "%w", err)
	}
	at := slices.Index(separatorNames(), f.separator)
	if at < 0 {
		return nil, usagef(cmd, "--separator is %q; it can be %s", f.separator, strings.Join(separatorNames(), ", "))
	}
	j.edges = edgelist.Options{Separator: separators[at].is, Threads: j.threads}
	if j.allowance, err = parseAllowance(f.maxReject); err != nil {
		return nil, usagef(cmd, "--max-reject: %w", err)
	}
	if f.maxBytes != "" {
		if j.limits.FileBytes, err = parseBytes(f.maxBytes); err != nil {
			return nil, usagef(cmd, "--max-bytes: %w", err)
		}
	}
	return j, nil
}

// run reads the graph, divides it, and writes the communities.
func (j *communitiesJob) run(ctx context.Context, name string) error {
	if err := j.checkOutput(); err != nil {
		return err
	}
	start := j.now()
	list, err := j.load(ctx, name)
	if err == nil {
		err = j.judge(name, list)
	}
	if err != nil {
		return nothingWritten(err)
	}
	loaded := j.now()
	stage, done := newStages(j.app)
	stage(j.method.Name())
	p, err := j.method.Partition(ctx, list.Graph, j.communityOptions(stage))
	done()
	if err != nil {
		return nothingWritten(err)
	}
	ran := j.now()
	if p.Groups == list.Graph.Len() && list.Graph.Edges() > 0 && j.measured() == community.CPM {
		j.say("every node is alone; a --resolution below %g, or --objective modularity, puts more together", j.resolution)
	}
	write := func(w io.Writer) error { return edgelist.WriteLabels(w, list.Names, p.Of, j.guard()) }
	if j.output == "-" {
		err = write(j.stdout)
	} else {
		err = writeFile(j.output, j.force, write)
	}
	if err != nil || !j.stats {
		return err
	}
	return j.writeStats(list, p, loaded.Sub(start), ran.Sub(loaded))
}

// nothingWritten says, of a command that was interrupted, that it left nothing behind.
func nothingWritten(err error) error {
	if errors.Is(err, context.Canceled) {
		return &interruptedError{"nothing was written", err}
	}
	return err
}

// checkOutput fails early when the file to write is there already.
func (j *communitiesJob) checkOutput() error {
	if j.output == "-" || j.force {
		return nil
	}
	if _, err := os.Lstat(j.output); err == nil {
		return fmt.Errorf("%s exists; give another name with -o, or --force to overwrite it", j.output)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// load reads the edges.
func (j *communitiesJob) load(ctx context.Context, name string) (list *edgelist.List, err error) {
	file, err := ingest.OpenFile(ctx, name, j.stdin, j.limits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	stage, done := newStages(j.app)
	defer done()
	stage("reading edges")
	err = file.View(ctx, "", func(r io.Reader, _ ingest.Input) error {
		list, err = edgelist.Read(ctx, r, j.edges)
		return err
	})
	if err != nil {
		return nil, withName(name, err)
	}
	return list, nil
}

// judge says which lines could not be read, and fails when they are more than is allowed.
func (j *communitiesJob) judge(name string, list *edgelist.List) error {
	if list.Rejected == 0 {
		return nil
	}
	for _, r := range list.Rejects {
		j.log.Warn(fmt.Sprintf("%s: line %d: %s", name, r.Line, r.Reason))
	}
	if more := list.Rejected - int64(len(list.Rejects)); more > 0 {
		j.log.Warn(fmt.Sprintf("%s: and %d lines more", name, more))
	}
	text := fmt.Sprintf("%s: %d of %d lines could not be read", name, list.Rejected, list.Lines)
	if j.allowance.exceeded(list.Rejected, list.Lines) {
		return &rejectsError{text + ", more than --max-reject " + j.allowance.text + " allows; nothing was written"}
	}
	j.log.Warn(text + " and are left out")
	return nil
}

// guard returns what is done to names on their way out: formulas are defused, and before the eyes of a person everything
// that does not print is made visible.
func (j *communitiesJob) guard() func(string) string {
	if j.output == "-" && j.terminal(j.stdout) {
		return func(s string) string { return defuse(explain.Visible(s)) }
	}
	return defuse
}

// communitiesStats is what --stats writes. Weights are as in the file.
type communitiesStats struct {
	Nodes        int     `json:"nodes"`
	Edges        int     `json:"edges"` // without parallel ones and loops
	Lines        int64   `json:"lines"`
	Rejected     int64   `json:"rejected"`
	Method       string  `json:"method"`
	Objective    string  `json:"objective"`
	Resolution   float64 `json:"resolution"`
	Value        float64 `json:"value"` // of the objective
	Communities  int     `json:"communities"`
	Disconnected int     `json:"disconnected"` // communities that do not hang together
	Iterations   int     `json:"iterations"`   // as asked for; 0 is until nothing is gained
	Seed         uint64  `json:"seed"`
	Threads      int     `json:"threads"`
	SecondsLoad  float64 `json:"seconds_load"`
	SecondsRun   float64 `json:"seconds_run"`
	GraphBytes   int64   `json:"graph_bytes"`
	PeakMemory   int64   `json:"peak_memory_bytes"` // of the whole process; 0 where it is not known
	Hash         string  `json:"partition_hash"`    // FNV-1a, 64 bits, of the communities of the nodes in their order
}

// writeStats writes the line of --stats.
func (j *communitiesJob) writeStats(list *edgelist.List, p community.Partition, load, run time.Duration) error {
	s := communitiesStats{
		Nodes: list.Graph.Len(), Edges: list.Graph.Edges(), Lines: list.Lines, Rejected: list.Rejected,
		Method: j.method.Name(), Objective: string(j.measured()), Resolution: j.resolution,
		Value:       finite(community.Quality(list.Graph, p, j.measured(), j.resolution)),
		Communities: p.Groups, Disconnected: community.Disconnected(list.Graph, p),
		Iterations: j.iterations, Seed: j.seed, Threads: j.threads,
		SecondsLoad: load.Seconds(), SecondsRun: run.Seconds(),
		GraphBytes: list.Graph.Bytes(), PeakMemory: peakMemory(), Hash: partitionHash(p),
	}
	line, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the statistics: %w", err)
	}
	to := j.stdout
	if j.output == "-" {
		to = j.stderr
	}
	_, err = to.Write(append(line, '\n'))
	return err
}

// finite returns 0 for what JSON has no number for: a graph without edges has no modularity.
func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// partitionHash tells divisions of the same nodes apart.
func partitionHash(p community.Partition) string {
	h, b := fnv.New64a(), [4]byte{}
	for _, c := range p.Of {
		b = [4]byte{byte(c), byte(c >> 8), byte(c >> 16), byte(c >> 24)}
		h.Write(b[:]) //nolint:errcheck // a hash takes everything
	}
	return fmt.Sprintf("%016x", h.Sum64())
}
