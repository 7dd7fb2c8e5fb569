package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/cluster"
	"samehand/graph/explain"
	"samehand/graph/report"
	"samehand/graph/simulate"
	"samehand/ingest"
	"samehand/ingest/formats"
)

// demoSeed is the seed of the demo's world. It is fixed: everybody who tries the demo sees the same.
const demoSeed = 1

func newDemo(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "demo [DIR]",
		Short: "Try everything on a made-up company world",
		Long: `Write a set of made-up exports (sign-ins of seven employers, payroll, equipment shipments, applicants) to DIR/exports, read
them into the case DIR/case, look for clusters, list them, and write DIR/report.html. DIR is samehand-demo unless given.
Nobody in it is real; who runs which account is in DIR/exports/truth.json, which is not read.

Run again, it replaces what it made before, and nothing else: files that were changed or added since make it stop.`,
		Example: `  samehand demo
  samehand demo another-place`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef(cmd, "give one folder at most")
			}
			if cmd.Flags().Changed("case") {
				return usagef(cmd, "the demo makes a case of its own in DIR/case; leave --case out")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.demo(cmd.Context(), cmpOr(append(args, "samehand-demo")...), format)
		},
	}
	rowsFlag(cmd, &format)
	return cmd
}

// demo makes the demo in the folder dir.
func (a *app) demo(ctx context.Context, dir, format string) error {
	world := simulate.Demo(demoSeed)
	d := &demoFolder{app: a, dir: dir}
	if err := d.clear(ctx); err != nil {
		return err
	}
	if err := d.writeExports(&world); err != nil {
		return fmt.Errorf("write the exports: %w", err)
	}
	inside := *a // the commands below work on the demo's case
	inside.casePath = d.path("case")
	run, err := inside.demoCase(ctx, &world, d)
	if err != nil {
		return err
	}
	if err := a.print(clusterRows(clusterFlags{}.choose(run.Clusters)), format); err != nil {
		return err
	}
	d.next(run)
	return nil
}

// demoCase reads the exports into the case, finds the clusters, and writes the report.
func (a *app) demoCase(ctx context.Context, world *simulate.World, d *demoFolder) (run graph.Run, err error) {
	s, err := a.openCase(ctx, casestore.Options{Create: true})
	if err != nil {
		return run, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var records, kept, rejected int64
	exports := world.Exports()
	for _, e := range exports {
		src, err := a.demoIngest(ctx, s, e, d)
		if err != nil {
			return run, fmt.Errorf("%s: %w", e.Name, err)
		}
		records, kept, rejected = records+src.Records, kept+src.Kept, rejected+src.Rejected
	}
	a.say("read %d exports into %s: %d records, %d of them rejected, %d observations", len(exports), a.casePath, records, rejected, kept)
	if run, err = a.detectIn(ctx, s, cluster.Defaults(), nil); err != nil {
		return run, err
	}
	m, err := a.model(ctx, s, run, run.Clusters)
	if err != nil {
		return run, err
	}
	var page bytes.Buffer
	if err := (report.HTML{}).Encode(&page, m); err != nil {
		return run, err
	}
	return run, d.write("report.html", page.Bytes())
}

// demoIngest reads one export as a user would: with its tenant, or by its mapping.
func (a *app) demoIngest(ctx context.Context, s graph.Writer, e simulate.Export, d *demoFolder) (graph.Source, error) {
	o := ingest.Options{Formats: formats.All(), Tenant: e.Tenant, Now: a.now}
	if e.Mapping != "" {
		mapped, err := readMapping(d.path("exports", e.Mapping))
		if err != nil {
			return graph.Source{}, err
		}
		o.Formats, o.As = []ingest.Format{mapped}, mapped.Name()
	}
	f, err := ingest.OpenFile(ctx, d.path("exports", e.Name), a.stdin, ingest.Limits{})
	if err != nil {
		return graph.Source{}, err
	}
	defer f.Close()
	return ingest.Run(ctx, s, f, o)
}

// next says what there is to look at.
func (d *demoFolder) next(run graph.Run) {
	c := run.Counts
	d.say("%s, %d of them flagged, with %d of %s. A cluster is a lead, not a verdict.", explain.Count(c.Clusters, "cluster"), c.Flagged, c.FlaggedMembers, explain.Count(c.Accounts, "account"))
	d.say("The report is %s: open it in a browser. To go on:", d.path("report.html"))
	d.say("  export SAMEHAND_CASE=%s", d.path("case"))
	flagged := clusterFlags{flagged: true}.choose(run.Clusters)
	if len(flagged) > 0 {
		d.say("  samehand show %s", flagged[0].ID)
		d.say("  samehand show %s", accountText(telling(flagged[0])))
	}
	d.say("  samehand members --flagged --format csv")
}

// telling returns the account of a cluster that has the most of what is shared, and so the most to show.
func telling(c graph.Cluster) graph.AccountID {
	shared := map[graph.AccountID]int{}
	for _, e := range c.Evidence {
		for _, a := range e.Accounts {
			shared[a]++
		}
	}
	return slices.MaxFunc(c.Members, func(a, b graph.Member) int { return cmp.Compare(shared[a.Account], shared[b.Account]) }).Account
}

// demoFolder is the folder of a demo, with the list of what the demo wrote in it.
type demoFolder struct {
	*app
	dir  string
	list demoList
}

// path returns the path of something in the folder.
func (d *demoFolder) path(names ...string) string {
	return filepath.Join(append([]string{d.dir}, names...)...)
}

// writeExports lists the exports, then writes them: what is written is listed, also when the demo is cut off in the middle.
func (d *demoFolder) writeExports(world *simulate.World) error {
	files := map[string]*bytes.Buffer{}
	err := world.WriteExports(func(name string) (io.WriteCloser, error) {
		files[name] = &bytes.Buffer{}
		return closer{files[name]}, nil
	})
	if err != nil {
		return err
	}
	names := make([]string, 0, len(files))
	for name, text := range files {
		names = append(names, name)
		d.list.add(filepath.Join("exports", name), text.Bytes())
	}
	slices.Sort(names)
	if err := os.MkdirAll(d.path("exports"), 0o700); err != nil {
		return err
	}
	if err := d.list.save(d.path(demoListName)); err != nil {
		return err
	}
	for _, name := range names {
		if err := writeBytes(d.path("exports", name), files[name].Bytes()); err != nil {
			return err
		}
	}
	d.say("wrote %d made-up exports to %s", len(world.Exports()), d.path("exports"))
	return nil
}

// write lists a file, then writes it.
func (d *demoFolder) write(name string, text []byte) error {
	d.list.add(name, text)
	if err := d.list.save(d.path(demoListName)); err != nil {
		return err
	}
	return writeBytes(d.path(name), text)
}

// writeBytes writes a file as a whole, over one of that name if it is there.
func writeBytes(name string, text []byte) error {
	return writeFile(name, true, func(w io.Writer) error { _, err := w.Write(text); return err })
}

// closer is a writer that needs no closing.
type closer struct{ io.Writer }

func (closer) Close() error { return nil }
