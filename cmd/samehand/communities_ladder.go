package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph/community"
	"samehand/graph/evaluate"
)

// defaultLadder is what --ladder means without a value: four times less to four times more than the chosen resolution, in
// doublings, which is what tells well-kept communities from accidents in the graphs of the literature.
const defaultLadder = ".25,.5,1,2,4"

// mostRungs bounds the memory that a ladder takes: 4 bytes a node and rung.
const mostRungs = 100

// ladderFlags adds the flags of a ladder.
func ladderFlags(cmd *cobra.Command, f *communitiesFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.ladder, "ladder", "", "run at these `multiples` of the resolution, and print a row for each; --ladder alone is --ladder="+defaultLadder)
	flags.Lookup("ladder").NoOptDefVal = defaultLadder
	flags.StringVar(&f.survival, "survival", "", "with --ladder, write to this `file` from which resolution to which each community is there")
}

// checkLadder checks those flags.
func (j *communitiesJob) checkLadder(cmd *cobra.Command) error {
	changed := cmd.Flags().Changed
	if !changed("ladder") {
		for _, name := range []string{"survival", "format"} {
			if changed(name) {
				return usagef(cmd, "--%s is for --ladder", name)
			}
		}
		return nil
	}
	if !j.heedsResolution() {
		return usagef(cmd, "--method %s knows no resolution, so that there is no --ladder of it; leiden and louvain do", j.method.Name())
	}
	if changed("output") && j.output == "-" || j.survival == "-" {
		return usagef(cmd, "with --ladder standard output is for its rows; give the name of a file")
	}
	if j.survival != "" && j.survival == j.output {
		return usagef(cmd, "-o and --survival are the same file")
	}
	var err error
	if j.factors, err = parseLadder(j.ladder); err != nil {
		return usagef(cmd, "--ladder: %w", err)
	}
	return nil
}

// parseLadder reads multiples of the resolution, and adds 1 when it is not among them.
func parseLadder(text string) ([]float64, error) {
	var factors []float64
	for field := range strings.SplitSeq(text, ",") {
		f, err := strconv.ParseFloat(strings.TrimSpace(field), 64)
		if err != nil || !(f > 0 && f <= 1e9) {
			return nil, fmt.Errorf("%q is no multiple of a resolution; give numbers above 0, as in %s", field, defaultLadder)
		}
		if slices.Contains(factors, f) {
			return nil, fmt.Errorf("%g is there twice", f)
		}
		factors = append(factors, f)
	}
	if !slices.Contains(factors, 1) {
		factors = append(factors, 1)
	}
	if len(factors) > mostRungs {
		return nil, fmt.Errorf("there are %d multiples; %d can be tried at a time", len(factors), mostRungs)
	}
	return factors, nil
}

// writeLadder prints the rungs, and writes what survives when that was asked for.
func (j *communitiesJob) writeLadder(out divided) error {
	survival := community.Survival(out.rungs, out.Partition, community.Lasting)
	if j.survival != "" {
		sizes := out.Sizes()
		if err := writeFile(j.survival, j.force, func(w io.Writer) error { return writeSurvival(w, survival, sizes) }); err != nil {
			return err
		}
	}
	r, err := ladderRows(out, survival)
	if err != nil {
		return err
	}
	return j.print(r, j.format)
}

// ladderRows lays out the rungs of a ladder, the lowest resolution first.
func ladderRows(out divided, survival []community.Interval) (*rows, error) {
	r := &rows{columns: []string{"factor", "resolution", "chosen", "communities", "shared", "largest", "value", "ari", "nmi", "surviving"}}
	sizes := out.Sizes()
	for i, rung := range out.rungs {
		like, err := evaluate.Compare(out.Of, rung.Partition.Of)
		if err != nil {
			return nil, err
		}
		surviving := 0
		for c, s := range survival {
			if sizes[c] > 1 && s.Lo <= rung.Resolution && rung.Resolution <= s.Hi {
				surviving++
			}
		}
		r.add(figure(rung.Factor), figure(rung.Resolution), i == out.chosen, rung.Partition.Groups, rung.Shared, rung.Largest,
			finite(rung.Value), like.ARI, like.NMI, surviving)
	}
	return r, nil
}

// writeSurvival writes CSV: for each community its size, and the resolutions from which to which it is there.
func writeSurvival(w io.Writer, survival []community.Interval, sizes []int) error {
	out := bufio.NewWriter(w)
	out.WriteString("community,nodes,lowest,highest\n") //nolint:errcheck // Flush returns it
	for c, s := range survival {
		line := strconv.AppendInt(nil, int64(c), 10)
		line = strconv.AppendInt(append(line, ','), int64(sizes[c]), 10)
		line = strconv.AppendFloat(append(line, ','), s.Lo, 'g', -1, 64)
		line = strconv.AppendFloat(append(line, ','), s.Hi, 'g', -1, 64)
		out.Write(append(line, '\n')) //nolint:errcheck // as above
	}
	return out.Flush()
}
