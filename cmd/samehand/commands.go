package main

import "github.com/spf13/cobra"

// commands lists every command, in the order of a first use. A test holds that each file of a command is listed.
func commands(a *app) []*cobra.Command {
	return []*cobra.Command{
		newIngest(a),
		newSources(a),
		newDetect(a),
		newClusters(a),
		newMembers(a),
		newShow(a),
		newReport(a),
		newInfo(a),
		newFormats(a),
		newVersion(a),
	}
}
