// Package storetest checks that a store keeps the promises of the interfaces in package graph. Only tests import it.
//
// A store's whole test may be:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) graph.Store { return open(t) })
//	}
package storetest

import (
	"testing"

	"samehand/graph"
)

// Open returns a new, empty store. It must arrange for the store to be closed when the test ends.
type Open func(t *testing.T) graph.Store

// Run checks everything that is promised, each promise in a subtest with a store of its own.
func Run(t *testing.T, open Open) {
	t.Helper()
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) { c.check(t, open(t)) })
	}
}

// checks lists the promises.
var checks = []struct {
	name  string
	check func(*testing.T, graph.Store)
}{
	{"empty", checkEmpty},
	{"round trip", checkRoundTrip},
	{"order and appends do not matter", checkOrder},
	{"rows of several sources", checkSources},
	{"nothing before commit", checkUncommitted},
	{"abort takes everything back", checkAbort},
	{"a cancelled commit leaves nothing", checkCancelled},
	{"the same source twice", checkExists},
	{"drop", checkDrop},
	{"filter", checkFilter},
	{"bare", checkBare},
	{"hostile text", checkHostile},
	{"rejects", checkRejects},
	{"readers beside a writer", checkConcurrent},
	{"no run", checkNoRun},
	{"run round trip", checkRun},
	{"runs are listed newest first", checkRuns},
	{"a run is replaced", checkReplaceRun},
}
