package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph/explain"
	"samehand/graph/simulate"
)

// simulateFlags are what the command line says about a simulation.
type simulateFlags struct {
	simulate.SceneOptions
	dir, format string
	list, force bool
}

func newSimulate(a *app) *cobra.Command {
	var f simulateFlags
	cmd := &cobra.Command{
		Use:   "simulate SCENARIO -o DIR",
		Short: "Write a made-up world of any size, with the answer beside it",
		Long: `Write made-up observations of a scenario to the folder DIR, in files named for what they would come from, with the
answer beside them: truth.json says whose each account is, edges.csv what each row really is. The folder can be ingested as it
is, but for one with vendor exports; neither of the two is read then. Nobody in it is real, and the same options give the same bytes.

--exports vendor writes a part of the world as a log of each employer and tables of payroll and shipments. They do not say
themselves whose they are, or what their columns mean: each is ingested with --tenant or --map, as vendor/README.txt says
line by line, and the folder observations, which has the rest, as it is. --exports both writes observations of everything and
the exports beside: ingest one or the other.

Every scenario has all the innocent people who look like a ring: households, shared houses, offices, carriers, VPN exits,
agencies, a tax preparer, a guardian, and more. The scenarios say which rings live among them:

` + scenarioList() + `
A world of 2,000 people has one to nine rings (a merge-trap is two); a larger one has at least as many, up to one for 1,000 people.

Adversaries: --rotate gives every persona its own value of a kind, so that rings share none of it; --camouflage has a
share of the personas lead an innocent life beside; --frame plants values of a ring on the accounts of innocent people. A
world with an adversary is the world without it but for what the adversary changed, so that the two can be compared.`,
		Example: `  samehand simulate farm -o farm
  samehand simulate mix --people 20000 --seed 7 --batches 4 -o mix
  samehand simulate --list`,
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.list && len(args) > 0:
				return usagef(cmd, "--list takes no scenario")
			case !f.list && len(args) != 1:
				return usagef(cmd, "give one scenario; see: samehand simulate --list")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.list {
				return a.print(scenarioRows(), f.format)
			}
			f.Scenario = args[0]
			if f.dir == "" {
				return usagef(cmd, "say where to write: -o DIR")
			}
			if err := f.check(cmd); err != nil {
				return usagef(cmd, "%w", err)
			}
			return a.simulate(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.People, "people", 2000, fmt.Sprintf("how `many` people, %d or more", simulate.MinPeople))
	flags.Uint64Var(&f.Seed, "seed", 1, "the `number` that everything is drawn from")
	flags.StringVarP(&f.dir, "output", "o", "", "the `folder` to write to; it must be empty, or not there yet")
	flags.IntVar(&f.Batches, "batches", 0, "write `K` folders by time, batch-001 and on, instead of one")
	flags.StringVar(&f.Rotate, "rotate", "", "share nothing of this `kind` in rings: payment, phone, email, device, ip or address; more than one with commas between")
	flags.Float64Var(&f.Camouflage, "camouflage", 0, "the `share` of personas that lead an innocent life beside, from 0 to 1")
	flags.IntVar(&f.Frame, "frame", 0, "plant values of a ring on the accounts of so `many` innocent people")
	flags.IntVar(&f.FrameFamilies, "frame-families", 1, "plant values of so `many` families on each: 1 or 2; needs --frame")
	flags.StringVar(&f.Exports, "exports", "observations", "write `observations`, vendor exports where there are any, or both, each in a folder of its own")
	flags.BoolVar(&f.force, "force", false, "replace the world that is in the folder")
	flags.BoolVar(&f.list, "list", false, "list the scenarios")
	rowsFlag(cmd, &f.format)
	return cmd
}

// check names every fault of the command line.
func (f simulateFlags) check(cmd *cobra.Command) error {
	errs := []error{f.Validate()}
	if cmd.Flags().Changed("batches") && f.Batches == 0 {
		errs = append(errs, errors.New("--batches is 0; give 1 or more, or leave it out to write one folder"))
	}
	if cmd.Flags().Changed("frame-families") && f.Frame == 0 {
		errs = append(errs, errors.New("--frame-families says what is planted on the people of --frame; give that too"))
	}
	return errors.Join(errs...)
}

// scenarioList lists the scenarios for the help.
func scenarioList() string {
	var s strings.Builder
	for _, x := range simulate.Scenarios() {
		fmt.Fprintf(&s, "  %-14s %s\n", x.Name, x.About)
	}
	return s.String()
}

// scenarioRows lists the scenarios as a table.
func scenarioRows() *rows {
	t := &rows{columns: []string{"scenario", "about"}}
	for _, x := range simulate.Scenarios() {
		t.add(x.Name, x.About)
	}
	return t
}

// simulate writes a world beside the folder, and moves it there when it is complete.
func (a *app) simulate(ctx context.Context, f simulateFlags) (err error) {
	if err := checkWorldFolder(f.dir, f.force); err != nil {
		return err
	}
	if f.Rotate != "" && !f.HasRings() {
		a.say("--rotate changes nothing here: there is no ring in %s", f.Scenario)
	}
	parent := filepath.Dir(filepath.Clean(f.dir))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return err
	}
	a.sayLeft(parent)
	tmp, err := os.MkdirTemp(parent, worldInMaking+"*")
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", f.dir, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	counts, err := simulate.WriteScene(f.SceneOptions, func(name string) (io.WriteCloser, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		path := filepath.Join(tmp, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		return stopped{ctx, file}, err
	})
	if errors.Is(err, context.Canceled) {
		return &interruptedError{"nothing was written", err}
	}
	if err != nil {
		return err
	}
	if err := moveWorld(tmp, f.dir); err != nil {
		return err
	}
	a.say("wrote %d rows of %d people with %d accounts to %s: %s, %s of people who look like one",
		counts.Rows, counts.People, counts.Accounts, f.dir, explain.Count(counts.Rings, "ring"), explain.Count(counts.Groups, "group"))
	a.sayNext(f)
	return nil
}

// sayNext says how the world is read.
func (a *app) sayNext(f simulateFlags) {
	readme := filepath.Join(f.dir, "vendor", "README.txt")
	observations := filepath.Join(f.dir, "observations")
	switch f.Exports {
	case simulate.ExportsVendor:
		a.say("Next: samehand --case CASE ingest %s; then each export, with the --tenant or --map that %s has for it: the folder cannot be ingested as it is", observations, readme)
	case simulate.ExportsBoth:
		a.say("Next: samehand --case CASE ingest %s; or the exports instead, each with the --tenant or --map that %s has for it: the folder cannot be ingested as it is", observations, readme)
	default:
		a.say("Next: samehand --case CASE ingest %s", f.dir)
	}
}

// worldInMaking is how the name of a folder begins in which a world is made.
const worldInMaking = ".samehand-simulate-"

// sayLeft says which worlds in the making there are in a folder. Those of simulations that were killed stay for ever, and
// whether one is still being made cannot be told, so that they are left to the user. A folder that may be written to and not
// listed says nothing.
func (a *app) sayLeft(parent string) {
	entries, _ := os.ReadDir(parent)
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), worldInMaking) {
			a.say("%s is left of another simulation; if none is running, remove it", filepath.Join(parent, e.Name()))
		}
	}
}

// stopped is a file whose writing ends with the context.
type stopped struct {
	ctx context.Context
	*os.File
}

func (s stopped) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.File.Write(p)
}

// worldStart is how the truth of a simulation begins; a folder with such a truth may be replaced.
const worldStart = `{"version":1,"scenario":`

// checkWorldFolder fails when a folder holds anything, or, with force, anything but an earlier simulation.
func checkWorldFolder(dir string, force bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot write to %s: %w", dir, err)
	}
	if !force {
		return fmt.Errorf("%s is not empty; give another folder, or --force to replace an earlier simulation", dir)
	}
	head := make([]byte, len(worldStart))
	truth, err := os.Open(filepath.Join(dir, simulate.TruthName))
	if err == nil {
		_, err = io.ReadFull(truth, head)
		err = errors.Join(err, truth.Close())
	}
	if err != nil || !bytes.Equal(head, []byte(worldStart)) {
		return fmt.Errorf("%s holds no simulation, so it is not replaced; give another folder", dir)
	}
	for _, e := range entries {
		if !ofWorld(e) {
			return fmt.Errorf("%s holds more than a simulation, so it is not replaced; give another folder", dir)
		}
	}
	return nil
}

// ofWorld reports whether a simulation could have made an entry of its folder.
func ofWorld(e fs.DirEntry) bool {
	if e.IsDir() {
		return strings.HasPrefix(e.Name(), "batch-") || e.Name() == "vendor" || e.Name() == "observations"
	}
	return slices.Contains(simulate.SceneFiles(), e.Name())
}

// moveWorld puts a complete world in the place of the folder.
func moveWorld(tmp, dir string) error {
	if err := os.RemoveAll(dir); err != nil { // empty, or an earlier simulation: see checkWorldFolder
		return err
	}
	return os.Rename(tmp, dir)
}
