package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/evaluate"
	"samehand/ingest"
)

// evaluateFlags are what the command line says about an evaluation.
type evaluateFlags struct {
	truth, labels, format string
	baselines, details    bool
	cap                   int
}

func newEvaluate(a *app) *cobra.Command {
	var f evaluateFlags
	cmd := &cobra.Command{
		Use:   "evaluate --truth FILE",
		Short: "Compare the clusters with what is known",
		Long: `Compare the clusters of the last detection with a file of what is known, the truth: a table with the columns platform,
account and label, in any order, other columns beside them. Accounts with the same label are run by the same hand; an
account with an empty label is known to be run by nobody else. In the case, an account that is in no cluster is alone.

Only accounts that both know are compared; the others are counted. Column flagged takes only those members for
clustered who are flagged, as members --flagged lists them, and everybody else for alone; column all is about every cluster. A
group is two accounts or more. Pair precision asks how many pairs of accounts in one cluster have one label, pair recall how many
pairs with one label are in one cluster. B-cubed asks the same of the group of each account, ARI of pairs beyond chance, and NMI
is mutual information by the mean of both entropies. Tables round to two places; csv and json do not.

The scores say how the clusters compare with this file. They say nothing about guilt, nothing about accounts that the file
does not name, and are no better than the file.

A truth in JSON, as samehand simulate writes it, also says who the people are and which of them are in a ring. Then the
rows tell how many rings were recovered, how many innocents were flagged and what they are, and whether a ring's
facilitator was named first. Pairs of accounts of one innocent person are not counted. --baselines adds what plain ways find in
the same case: components over any shared value, components over values of at most --cap accounts, and Louvain. They flag
nothing, so that every cluster of three persons counts as flagged. --details lists instead the rings that were missed, the
flagged clusters that are no ring's, and the innocents who are flagged in any cluster, with what they are by the truth and their
accounts. Where a score would be of nothing, such as of no ring, there is none: "-", null in json.

With --labels, no case is looked at: two files with the columns node and community (or label) are compared. When the truth is
in JSON, the other file has the columns platform, account and label.`,
		Example: `  samehand members --format csv | sed '1s/cluster_id/label/' > reviewed.csv
  samehand evaluate --truth reviewed.csv
  samehand evaluate --truth reviewed.csv --format json
  samehand evaluate --truth samehand-demo/exports/truth.json --baselines
  samehand evaluate --truth samehand-demo/exports/truth.json --details`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			return a.evaluateAny(cmd.Context(), f)
		},
	}
	cmd.Flags().StringVar(&f.truth, "truth", "", "the `file` of what is known: platform,account,label, or a truth.json; - is standard input")
	cmd.Flags().StringVar(&f.labels, "labels", "", "compare this `file` of node,community with the truth, which is of that sort too, and no case")
	cmd.Flags().BoolVar(&f.baselines, "baselines", false, "score components, capped components and Louvain on raw shared values too; needs a truth in JSON")
	cmd.Flags().IntVar(&f.cap, "cap", baselineCap, "accounts that may share a value in capped components; needs --baselines")
	cmd.Flags().BoolVar(&f.details, "details", false, "list missed rings, false flags and the innocents flagged instead of scores; needs a truth in JSON")
	rowsFlag(cmd, &f.format)
	return cmd
}

func (f evaluateFlags) check(cmd *cobra.Command) error {
	switch {
	case f.truth == "":
		return usagef(cmd, "nothing to compare with; give a file with the columns platform, account and label: --truth FILE")
	case f.truth == "-" && f.labels == "-":
		return usagef(cmd, "--truth and --labels are both standard input; only one of them can be")
	case f.labels != "" && f.baselines:
		return usagef(cmd, "--baselines looks at the case, and --labels at none; give one of them")
	case cmd.Flags().Changed("cap") && !f.baselines:
		return usagef(cmd, "--cap is about one of the --baselines; give that too")
	case f.cap < 2:
		return usagef(cmd, "--cap is %d; two accounts at least must be able to share a value", f.cap)
	}
	return nil
}

// evaluateAny looks at what sort of truth there is.
func (a *app) evaluateAny(ctx context.Context, f evaluateFlags) error {
	file, err := ingest.OpenFile(ctx, f.truth, a.stdin, ingest.Limits{})
	if err != nil {
		return err
	}
	defer file.Close()
	truth, err := readTruth(ctx, file, f.truth)
	switch {
	case err != nil:
		return err
	case truth != nil:
		return a.evaluateRings(ctx, f, truth)
	case f.baselines || f.details:
		return fmt.Errorf("%s: --baselines and --details need a truth in JSON, which says who the people are", f.truth)
	case f.labels != "":
		return a.evaluateLabels(ctx, f, file)
	}
	return a.evaluate(ctx, f, file)
}

// evaluate compares the clusters of the last run with a truth of accounts.
func (a *app) evaluate(ctx context.Context, f evaluateFlags, file *ingest.File) (err error) {
	truth, err := labelsIn(ctx, a, file, f.truth, accountLabels())
	if err != nil {
		return err
	}
	s, run, err := a.readRun(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	t, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	e := evaluation{things: "accounts", other: "case"}
	for _, c := range []struct {
		name    string
		flagged bool
	}{{"flagged", true}, {"all", false}} {
		common := evaluate.Match(truth, clusteredAs(run, t.Accounts, c.flagged), graph.AccountID.Compare)
		if err := e.add(c.name, common); err != nil {
			return err
		}
	}
	if e.columns[0].scores.Items == 0 {
		return fmt.Errorf("%s: none of its %d accounts is among the %d of the case, so nothing can be compared; platforms and accounts are written as samehand members shows them", f.truth, len(truth), len(t.Accounts))
	}
	e.sayEmpty(a)
	a.say("these scores say how the clusters compare with %s; they say nothing about guilt, and nothing about other accounts", f.truth)
	return a.print(e.rows(), f.format)
}

// clusteredAs labels each account of the case with its cluster, or as alone; with flagged, only members who are flagged
// themselves are in a cluster.
func clusteredAs(run graph.Run, accounts []graph.AccountID, flagged bool) map[graph.AccountID]string {
	found := make(map[graph.AccountID]string, len(accounts))
	for _, id := range accounts {
		found[id] = evaluate.Alone
	}
	for _, c := range run.Clusters {
		for _, m := range c.Members {
			if flagged && !(c.Flagged && m.Flagged) {
				found[m.Account] = evaluate.Alone
				continue
			}
			found[m.Account] = c.ID
		}
	}
	return found
}

// evaluateLabels compares two files of labels.
func (a *app) evaluateLabels(ctx context.Context, f evaluateFlags, file *ingest.File) error {
	truth, err := labelsIn(ctx, a, file, f.truth, nodeLabels())
	if err != nil {
		return err
	}
	found, err := readLabels(ctx, a, f.labels, nodeLabels())
	if err != nil {
		return err
	}
	e := evaluation{things: "nodes", other: "other file"}
	if err := e.add("value", evaluate.Match(truth, found, strings.Compare)); err != nil {
		return err
	}
	if e.columns[0].scores.Items == 0 {
		return fmt.Errorf("none of the %d nodes in %s is among the %d in %s, so nothing can be compared", len(truth), f.truth, len(found), f.labels)
	}
	e.sayEmpty(a)
	return a.print(e.rows(), f.format)
}

// evaluation is scores side by side.
type evaluation struct {
	things  string // what is compared: accounts, nodes
	other   string // what is compared with the truth: case, labels
	columns []scored
}

// scored is one column of scores.
type scored struct {
	name   string
	common evaluate.Common
	scores evaluate.Scores
}

// add compares what both sides label.
func (e *evaluation) add(name string, c evaluate.Common) error {
	s, err := evaluate.Compare(c.Truth, c.Found)
	if err != nil {
		return err
	}
	e.columns = append(e.columns, scored{name, c, s})
	return nil
}

// sayEmpty warns of scores of 1 that are no merit.
func (e *evaluation) sayEmpty(a *app) {
	for _, c := range e.columns {
		if c.scores.Pairs.Found == 0 {
			a.log.Warn(fmt.Sprintf("column %s: no two of the %s that both know were found together; there is no pair precision, and a B-cubed precision of 1 is no merit there", c.name, e.things))
		}
	}
	if e.columns[0].scores.Pairs.Truth == 0 {
		a.log.Warn(fmt.Sprintf("no two of the %s that both know belong together by the truth; there is no pair recall, and a B-cubed recall of 1 is no merit", e.things))
	}
}

// rows lays out the scores, one measure a row.
func (e *evaluation) rows() *rows {
	r := &rows{columns: []string{"measure"}, whole: true}
	for _, c := range e.columns {
		r.columns = append(r.columns, c.name)
	}
	r.columns = append(r.columns, "meaning")
	for _, m := range scoreRows(e.things, e.other) {
		cells := []any{m.name}
		for _, c := range e.columns {
			cells = append(cells, m.of(c))
		}
		r.add(append(cells, m.meaning)...)
	}
	return r
}

// scoreRow is one row of an evaluation.
type scoreRow struct {
	name, meaning string
	of            func(scored) any // an int64, a float64 or a noFigure
}

// scoreRows lists the rows of an evaluation of these things, which the truth and something else both name.
func scoreRows(things, other string) []scoreRow {
	count := func(name, meaning string, of func(evaluate.Scores) int) scoreRow {
		return scoreRow{name, meaning, func(c scored) any { return int64(of(c.scores)) }}
	}
	pairs := func(name, meaning string, of func(evaluate.Pairs) uint64) scoreRow {
		return scoreRow{name, meaning, func(c scored) any { return int64(of(c.scores.Pairs)) }}
	}
	score := func(name, meaning string, of func(evaluate.Scores) float64) scoreRow {
		return scoreRow{name, meaning, func(c scored) any { return of(c.scores) }}
	}
	rate := func(name, meaning string, of func(evaluate.Rates) float64, over func(evaluate.Pairs) uint64) scoreRow {
		return scoreRow{name, meaning, func(c scored) any { return shareCell(rateOf(of(c.scores.Pairwise), over(c.scores.Pairs))) }}
	}
	return []scoreRow{
		count(things+" in both", "what is compared", func(s evaluate.Scores) int { return s.Items }),
		{"in the truth only", "not compared", func(c scored) any { return int64(c.common.OnlyTruth) }},
		{"in the " + other + " only", "not compared", func(c scored) any { return int64(c.common.OnlyFound) }},
		count("groups in the truth", "of two or more", func(s evaluate.Scores) int { return s.Truth.Shared }),
		count("groups found", "of two or more", func(s evaluate.Scores) int { return s.Found.Shared }),
		count("groups recovered", "more than half of it in one found group, and more than half of that", func(s evaluate.Scores) int { return s.Recovered }),
		count("alone in the truth", "with no label, or one that no other here has", func(s evaluate.Scores) int { return s.Truth.Alone }),
		count("of these, found with others", things+" put with others that the truth keeps apart", func(s evaluate.Scores) int { return s.Joined }),
		pairs("pairs in the truth", "that belong together by the truth", func(p evaluate.Pairs) uint64 { return p.Truth }),
		pairs("pairs found", "that were found together", func(p evaluate.Pairs) uint64 { return p.Found }),
		pairs("pairs in both", "that belong together and were found so", func(p evaluate.Pairs) uint64 { return p.Both }),
		rate("pair precision", "pairs in both / pairs found", func(r evaluate.Rates) float64 { return r.Precision }, func(p evaluate.Pairs) uint64 { return p.Found }),
		rate("pair recall", "pairs in both / pairs in the truth", func(r evaluate.Rates) float64 { return r.Recall }, func(p evaluate.Pairs) uint64 { return p.Truth }),
		rate("pair F1", "harmonic mean of the two", func(r evaluate.Rates) float64 { return r.F1 }, func(p evaluate.Pairs) uint64 { return p.Found + p.Truth }),
		score("B-cubed precision", "mean share of one's found group that belongs to one", func(s evaluate.Scores) float64 { return s.BCubed.Precision }),
		score("B-cubed recall", "mean share of one's true group that was found with one", func(s evaluate.Scores) float64 { return s.BCubed.Recall }),
		score("B-cubed F1", "harmonic mean of the two", func(s evaluate.Scores) float64 { return s.BCubed.F1 }),
		score("ARI", "agreement on pairs beyond chance; 0 is chance", func(s evaluate.Scores) float64 { return s.ARI }),
		score("NMI", "mutual information / arithmetic mean of the entropies", func(s evaluate.Scores) float64 { return s.NMI }),
		score("homogeneity", "1 when no found group mixes true ones", func(s evaluate.Scores) float64 { return s.Homogeneity }),
		score("completeness", "1 when no true group is torn", func(s evaluate.Scores) float64 { return s.Completeness }),
	}
}
