// Package edgelist reads graphs from text, an edge a line, and writes them, and labels of their nodes.
//
// A line is two names and, if there is one, a weight, which is 1 otherwise:
//
//	u v [w]
//
// Fields are separated by blanks, a tab, a comma or a semicolon; which of them is told by the first line with an edge
// (see [Separator]). Lines that begin with # or % and empty lines are skipped, and so is a first line that names the
// columns: source and target, src and dst, from and to, u and v, or node1 and node2, with weight, w or value after them
// or nothing. A name is any text of up to [MaxName] bytes that is UTF-8 and holds no control character; one that holds
// the separator, begins or ends with a blank, or begins with #, % or a quote is put in quotes, quotes in it doubled, as
// in CSV (RFC 4180), but it cannot go over the end of a line. Lines may end as on Windows. The edges have no direction,
// parallel edges are added up, an edge from a name to itself is a loop. An edge of weight 0 makes its nodes and no edge,
// and so does a line with one name.
//
// A line that cannot be read makes nothing: it is counted, and its number and the reason are kept, never what it says.
//
// Nodes are numbered in the order of their names, whatever the order of the lines: as numbers when every name is a
// decimal number up to 4294967295 without a sign or leading zeros, by their bytes otherwise.
package edgelist

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"samehand/graph/projection"
)

// MaxName is how many bytes a name may have; the longest e-mail address has 254.
const MaxName = 1024

// Separator is what stands between the fields of a line.
type Separator byte

// The separators. With Detect it is the first of comma, semicolon and tab that the first line with an edge holds
// outside of quotes, and blanks when it holds none. With Blank it is any number of spaces and tabs; with the others
// spaces around a field are no part of it.
const (
	Detect    Separator = 0
	Comma     Separator = ','
	Semicolon Separator = ';'
	Tab       Separator = '\t'
	Blank     Separator = ' '
)

// Options are what reading takes beside the text. The zero value is fine.
type Options struct {
	Separator Separator
	Threads   int // that read lines at the same time; 0 is GOMAXPROCS. The result is the same for any number
	Rejects   int // how many rejected lines are described; 0 is 10
}

// List is a graph that was read.
type List struct {
	Graph *projection.Graph
	Names Names // of the nodes

	Lines      int64    // with an edge or a node, those that were rejected included: Lines = Edges + Loops + Unweighted + Alone + Rejected
	Edges      int64    // lines that make an edge between two names; parallel ones are one edge of the graph
	Loops      int64    // lines with one name twice, of a weight above 0
	Unweighted int64    // lines with two names and the weight 0
	Alone      int64    // lines with one name
	Rejected   int64    // lines that could not be read
	Rejects    []Reject // the first of them
}

// Reject is a line that could not be read.
type Reject struct {
	Line   int64  // from 1
	Reason string // never holds anything of the line
}

// Read reads a graph. Memory is in proportion to the edges and the names, not to the text. It fails when the text cannot
// be read to its end, when there are too many edges for a graph ([projection.ErrTooLarge]) or weights that are too large
// together, and when ctx is done. Lines that cannot be read are no failure: the caller decides by the counts.
func Read(ctx context.Context, r io.Reader, o Options) (*List, error) {
	return readBlocks(ctx, r, o, blockBytes)
}

// readBlocks is Read with blocks of another size.
func readBlocks(ctx context.Context, r io.Reader, o Options, size int) (*List, error) {
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.Rejects <= 0 {
		o.Rejects = 10
	}
	switch o.Separator {
	case Detect, Comma, Semicolon, Tab, Blank:
	default:
		return nil, errors.New("edge list: no such separator")
	}
	j := newJob(o)
	if err := j.read(ctx, &blocks{r: r, size: size, separator: o.Separator}); err != nil {
		return nil, fmt.Errorf("edge list: %w", err)
	}
	list := j.counts()
	var err error
	if list.Names, err = j.number(); err != nil {
		return nil, fmt.Errorf("edge list: %w", err)
	}
	list.Graph, err = j.builder.Build(ctx, list.Names.Len(), projection.BuildOptions{Threads: o.Threads})
	if err != nil {
		return nil, fmt.Errorf("edge list: %w", err)
	}
	return list, nil
}
