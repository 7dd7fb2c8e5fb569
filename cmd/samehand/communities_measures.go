package main

import (
	"context"
	"encoding/csv"
	"io"
	"strconv"

	"samehand/graph/community"
	"samehand/graph/projection"
)

// exactCut is how many nodes a community has at most whose weakest cut is exact: some hundredths of a second each.
const exactCut = 2000

// writeMeasures writes what each community is like, when --measures asks for it.
func (j *communitiesJob) writeMeasures(ctx context.Context, g *projection.Graph, p community.Partition) error {
	if j.measures == "" {
		return nil
	}
	list, err := community.Measures(ctx, g, p, exactCut)
	if err != nil {
		return err
	}
	return writeFile(j.measures, j.force, func(w io.Writer) error { return measuresCSV(w, list) })
}

// measuresCSV writes a row for each community.
func measuresCSV(w io.Writer, list []community.Measure) error {
	c := csv.NewWriter(w)
	_ = c.Write([]string{"community", "nodes", "inside", "outside", "conductance", "density", "weakest_cut", "cut_off", "exact"}) // Error tells below
	number := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	for _, m := range list {
		_ = c.Write([]string{
			strconv.Itoa(m.Group), strconv.Itoa(m.Nodes), number(m.Inside), number(m.Outside), number(m.Conductance),
			number(m.Density), number(m.Weakest.Weight), strconv.Itoa(len(m.Weakest.Side)), strconv.FormatBool(m.Weakest.Exact),
		})
	}
	c.Flush()
	return c.Error()
}
