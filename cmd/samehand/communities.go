package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samehand/graph/community"
	"samehand/graph/edgelist"
	"samehand/graph/explain"
	"samehand/graph/projection"
	"samehand/ingest"
)

// communitiesFlags are what the command line says about communities.
type communitiesFlags struct {
	method, objective, separator, maxReject, maxBytes, output string
	ladder, survival, measures, format                        string
	resolution                                                float64
	iterations, threads, maxNodes                             int
	seed                                                      uint64
	stats, force                                              bool
}

const communitiesLong = `Divide the nodes of any graph into communities: groups that are tied more to each other than to the rest. No case is
needed or touched.

FILE has an edge on each line: two names and, if there is one, a weight, which is 1 otherwise. Between them are blanks,
a tab, a comma or a semicolon; names with any of these in them are put in quotes. Lines that begin with # or % are left
out, and so is a first line that names columns: source,target,weight, or src,dst, from,to, u,v, node1,node2. A line with
one name is a node without edges. Edges have no direction, and parallel edges are added up. The file may be packed (gzip,
zstd); - is standard input.

What is written is CSV with the columns node and community, by the order of the nodes (by number when every name is one,
by bytes otherwise); communities are numbered by their first node. With the objective cpm, the pairs of nodes in a
community weigh more than --resolution on average, pairs without an edge counted too: in a graph without weights, 1 keeps
everybody apart and 0.5 finds groups in which half of the pairs have an edge. Where none is given, one is chosen by how
dense the graph is, and said. The objective modularity has no such scale. A name that a spreadsheet would take for a
formula gets an apostrophe in front. The same graph and options give the same bytes, whatever the order of the lines and
the number of threads.

--ladder runs the method at several multiples of the resolution and prints a row for each, in place of the communities:
how many there are, how many of them have two nodes or more (shared), how alike they are to those of the chosen
resolution (ari and nmi; 1 is the same), and how many of those with two nodes or more are there from the chosen
resolution all the way to this one (surviving). A community is there when some community has three quarters of the nodes
in either in common with it. One that is there at many resolutions is less of an accident than one that is not.
--survival writes for each community the lowest and the highest resolution of those.

--measures writes for each community what it weighs inside and to the outside, its conductance, its density (the mean weight
of a pair), and how much weight holds it together where it comes apart most easily, with how many nodes on the smaller side.
Of communities of more than 2000 nodes that is an upper bound: the column exact is false.

--stats writes one line of JSON about the run: to standard output, or to standard error when the communities, or a ladder,
go there. Its value is, for cpm, the weight inside communities less the resolution times their pairs of nodes; for
modularity, the modularity at that resolution.
`

func newCommunities(a *app) *cobra.Command {
	var f communitiesFlags
	cmd := &cobra.Command{
		Use:   "communities FILE|-",
		Short: "Divide any graph, given as a list of edges, into communities",
		Long:  communitiesLong,
		Example: `  printf 'ann bob\nbob cid\ncid ann\ncid dan 0.1\n' | samehand communities -
  printf '1 2\n2 3\n' > edges.txt && samehand communities edges.txt --method components --stats -o labels.csv
  printf 'ann bob\nbob cid\ncid ann\ncid dan\n' | samehand communities - --ladder`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				if f.ladder != "" {
					return usagef(cmd, "give one file with edges, or -; the steps of a ladder are written behind a =, as in --ladder=%s", defaultLadder)
				}
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
	ladderFlags(cmd, &f)
	flags.StringVar(&f.measures, "measures", "", "write to this `file` how well each community holds together, and how well it is apart")
	flags.BoolVar(&f.stats, "stats", false, "say in a line of JSON how large the graph is, what was found, and what it took")
	flags.BoolVar(&f.force, "force", false, "overwrite the file if it exists")
	rowsFlag(cmd, &f.format)
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
	factors   []float64 // of a ladder; nil without
	choose    bool      // the resolution, by the graph
	mayCut    bool      // louvain may leave edges out: --max-nodes was given
}

// newCommunitiesJob checks the flags.
func newCommunitiesJob(a *app, cmd *cobra.Command, f communitiesFlags) (*communitiesJob, error) {
	j := &communitiesJob{app: a, communitiesFlags: f, mayCut: cmd.Flags().Changed("max-nodes")}
	var err error
	if j.method, err = community.Find(f.method); err != nil {
		return nil, usagef(cmd, "--method is %q; it can be %s", f.method, strings.Join(methodNames(), ", "))
	}
	if f.objective != "" && !slices.Contains(objectiveNames(), f.objective) {
		return nil, usagef(cmd, "--objective is %q; it can be %s", f.objective, strings.Join(objectiveNames(), ", "))
	}
	if f.measures == "-" || f.measures != "" && (f.measures == f.output || f.measures == f.survival) {
		return nil, usagef(cmd, "--measures needs a file of its own")
	}
	if !community.Knows(j.method, community.Objective(f.objective)) {
		return nil, usagef(cmd, "--method louvain knows --objective modularity only; leiden knows both")
	}
	j.threads = cmp.Or(f.threads, runtime.GOMAXPROCS(0))
	if j.choose = !cmd.Flags().Changed("resolution"); j.choose {
		j.resolution = community.Defaults().Resolution
	}
	if err := j.checkLadder(cmd); err != nil {
		return nil, err
	}
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
	if err := j.checkOutput(name); err != nil {
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
	if err := errors.Join(j.checkSize(list.Graph), j.chooseResolution(list.Graph)); err != nil {
		return withName(name, err)
	}
	if list.Edges+list.Loops+list.Unweighted == 0 && list.Alone > 0 {
		j.log.Warn(fmt.Sprintf("%s: no line has two names, so that there is no edge; is this a list of edges?", name))
	}
	loaded := j.now()
	// What the engine leaves behind is in few and large pieces: collecting it early costs little, and late twice the memory.
	defer debug.SetGCPercent(debug.SetGCPercent(collectAt))
	out, err := j.divide(ctx, list.Graph)
	if err != nil {
		return nothingWritten(err)
	}
	out.load, out.run = loaded.Sub(start), j.now().Sub(loaded)
	if out.Groups == list.Graph.Len() && list.Graph.Edges() > 0 && j.measured() == community.CPM {
		j.say("every node is alone; a --resolution below %.4g, or --objective modularity, puts more together", j.resolution)
	}
	if err := j.write(list, out); err != nil {
		return err
	}
	if err := j.writeMeasures(ctx, list.Graph, out.Partition); err != nil || !j.stats {
		return err
	}
	return j.writeStats(list, out)
}

// collectAt is the garbage, in percent of what is in use, at which it is collected while communities are looked for.
const collectAt = 20

// divided is what was found, and what it took.
type divided struct {
	community.Partition
	rungs      []community.Rung // of a ladder; nil without
	chosen     int              // which of them is the partition
	iterations int              // of leiden
	load, run  time.Duration
}

// divide runs the method, once or up a ladder.
func (j *communitiesJob) divide(ctx context.Context, g *projection.Graph) (out divided, err error) {
	stage, done := newStages(j.app)
	defer done()
	stage(j.method.Name())
	var iterations []int // of each run; it begins with iteration 1 on level 0
	o := j.communityOptions(func(p community.Progress) {
		if p.Iteration == 1 && p.Level == 0 {
			iterations = append(iterations, 0)
		}
		iterations[len(iterations)-1] = p.Iteration
		stage(fmt.Sprintf("%s: iteration %d, level %d: %d nodes in %d communities", j.method.Name(), p.Iteration, p.Level, p.Nodes, p.Communities))
	})
	if j.factors == nil {
		out.Partition, err = j.method.Partition(ctx, g, o)
	} else if out.rungs, err = community.Ladder(ctx, g, j.method, o, j.factors); err == nil {
		out.chosen = slices.IndexFunc(out.rungs, func(r community.Rung) bool { return r.Factor == 1 })
		out.Partition = out.rungs[out.chosen].Partition
	}
	if out.chosen < len(iterations) {
		out.iterations = iterations[out.chosen]
	}
	return out, err
}

// write writes the communities, and what a ladder tells of them.
func (j *communitiesJob) write(list *edgelist.List, out divided) error {
	labels := func(w io.Writer) error { return edgelist.WriteLabels(w, list.Names, out.Of, j.guard()) }
	switch {
	case j.output != "-":
		if err := writeFile(j.output, j.force, labels); err != nil {
			return err
		}
	case out.rungs == nil:
		return labels(j.stdout)
	}
	if out.rungs == nil {
		return nil
	}
	return j.writeLadder(out)
}

// nothingWritten says, of a command that was interrupted, that it left nothing behind.
func nothingWritten(err error) error {
	if errors.Is(err, context.Canceled) {
		return &interruptedError{"nothing was written", err}
	}
	return err
}

// checkOutput fails early when a file cannot be written, or is there already: the run may take long.
func (j *communitiesJob) checkOutput(input string) error {
	for _, name := range []string{j.output, j.survival, j.measures} {
		if name == "-" || name == "" {
			continue
		}
		if sameFile(input, name) {
			return fmt.Errorf("%s is the file with the edges; give another name for the output", name)
		}
		if err := checkWritable(name, j.force); err != nil {
			return err
		}
	}
	return nil
}

// sameFile reports whether two names are of one file that is there.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// checkSize refuses what louvain would take hours for, or would find nothing in, for want of edges that are weaker than others.
func (j *communitiesJob) checkSize(g *projection.Graph) error {
	if j.method != (community.Louvain{}) || j.mayCut {
		return nil
	}
	parts, _ := g.Components()
	for _, p := range parts {
		if len(p) > j.maxNodes {
			return fmt.Errorf("%d nodes hang together, and louvain takes hours for many more than %d: use --method leiden; --max-nodes sets how many it takes whole, and above that the weakest edges are left out", len(p), j.maxNodes)
		}
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
