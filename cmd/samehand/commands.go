package main

import "github.com/spf13/cobra"

// commandGroup is commands that the help lists under one title.
type commandGroup struct {
	title    string
	commands []*cobra.Command
}

// commandGroups lists every command.
func commandGroups(a *app) []commandGroup {
	return []commandGroup{
		{"Begin here:", []*cobra.Command{newDemo(a)}},
		{"Fill a case:", []*cobra.Command{newIngest(a), newMap(a), newSources(a)}},
		{"Find and follow leads:", []*cobra.Command{newDetect(a), newClusters(a), newMembers(a), newShow(a), newHubs(a), newWhy(a), newSeeds(a), newReport(a)}},
		{"Look around:", []*cobra.Command{newInfo(a), newOptions(a), newEvaluate(a), newCommunities(a), newSimulate(a), newTypologies(a), newFormats(a), newVersion(a)}},
	}
}

// addCommands adds every command to the root.
func addCommands(root *cobra.Command, a *app) {
	for _, g := range commandGroups(a) {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
	}
}
