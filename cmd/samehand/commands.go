package main

import "github.com/spf13/cobra"

// commands lists every command, in the order of a first use. A test holds that each file of a command is listed.
func commands(a *app) []*cobra.Command {
	return []*cobra.Command{
		newSources(a),
		newClusters(a),
		newMembers(a),
		newShow(a),
		newInfo(a),
		newVersion(a),
	}
}
