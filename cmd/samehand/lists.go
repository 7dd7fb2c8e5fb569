package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/ident"
	"samehand/graph/linkage"
	"samehand/graph/lists"
)

// listFlags say which lists of the user a detection asks.
type listFlags struct {
	folder string
	each   []string
}

// add adds the flags to a command.
func (f *listFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.folder, "lists", "", "read every list in a `folder`: files named KIND.txt or KIND-ANYTHING.txt, and *.mmdb")
	cmd.Flags().StringArrayVar(&f.each, "list", nil, "read one list, as `KIND=FILE`; may be repeated")
	_ = cmd.MarkFlagDirname("lists") // fails only for a flag that is not there
}

// listHelp says what lists are, for the help of detect.
func listHelp() string {
	var b strings.Builder
	b.WriteString(`Lists of your own say what some values are before their use shows it. --list KIND=FILE reads one, --lists FOLDER all in a
folder. A text list has one value in each line; lines that begin with # do not count. A line that cannot be read is an
error. What a list has is worth less or nothing, never more. The kinds:

`)
	for _, k := range lists.Kinds() {
		b.WriteString(wrap(fmt.Sprintf("  %-13s", k.Name), strings.Repeat(" ", 15), k.Line))
	}
	b.WriteString(`
No list is complete: a line that no list of VPNs has may be a VPN's. samehand hubs says what was downgraded, and what there
was no list of. The names and SHA-256 of the lists are kept with the run.`)
	return b.String()
}

// open reads the lists; nil when none are asked for. The caller closes the result.
func (f *listFlags) open(cmd *cobra.Command) (*lists.Lists, error) {
	var specs []lists.Spec
	var faults []error
	for _, text := range f.each {
		s, err := lists.ParseSpec(text)
		if err != nil {
			faults = append(faults, usagef(cmd, "--list: %w", err))
		}
		specs = append(specs, s)
	}
	if f.folder != "" {
		more, err := lists.Folder(f.folder)
		faults, specs = append(faults, err), append(specs, more...)
	}
	if err := errors.Join(faults...); err != nil || len(specs) == 0 {
		return nil, err
	}
	return lists.Open(specs)
}

// useLists makes a detection ask the lists, and keeps with it what they are.
func useLists(o *cluster.Options, l *lists.Lists) {
	if l == nil {
		return
	}
	o.Lists = l.Identity()
	o.Linkage.Known = func(id ident.ID) (linkage.Class, string, bool) {
		class, reason, ok := l.Class(id)
		return linkage.Class(class), reason, ok
	}
}

// afterLists adds to a run what its reader must know of the lists that it asked. It fails when one of them could not be read
// to the end.
func afterLists(run *graph.Run, l *lists.Lists) error {
	if l == nil {
		return nil
	}
	if err := l.Err(); err != nil {
		return fmt.Errorf("nothing was kept: %w", err)
	}
	if names := l.Silent(); len(names) > 0 {
		run.Alarms = append(run.Alarms, fmt.Sprintf("Of the lists of networks, %d said of no line in the case what sort of network it is: they may only name the owner, or be of other parts of the internet.", len(names)))
	}
	if what := l.Unknown(); len(what) > 0 {
		run.Alarms = append(run.Alarms, unlisted(what))
	}
	return nil
}

// unlisted says in a sentence what there was no list of.
func unlisted(what []string) string {
	return "There was no list of " + strings.Join(what, ", ") + ": these are told by how they are used only, and one that few use may be taken for somebody's own."
}

// unlistedIn returns what a run had no list of, as far as its options say. A list of networks may have been silent on a sort:
// its alarms say so then.
func unlistedIn(run graph.Run) []string {
	var what []string
	for _, k := range lists.Kinds() {
		_, own := run.Options["list."+k.Name]
		_, networks := run.Options["list."+lists.Network]
		byNetwork := networks && (k.Name == lists.Anonymiser || k.Name == lists.Hosting)
		if k.Name != lists.Network && !own && !byNetwork {
			what = append(what, k.What)
		}
	}
	return slices.Clip(what)
}
