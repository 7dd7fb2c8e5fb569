package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"

	"samehand/graph/community"
	"samehand/graph/edgelist"
)

// communitiesStats is what --stats writes. Weights are as in the file.
type communitiesStats struct {
	Nodes        int     `json:"nodes"`
	Edges        int     `json:"edges"` // without parallel ones and loops
	Lines        int64   `json:"lines"`
	Rejected     int64   `json:"rejected"`
	Method       string  `json:"method"`
	Objective    string  `json:"objective"`
	Resolution   float64 `json:"resolution"`
	Value        float64 `json:"value"` // of the objective
	Communities  int     `json:"communities"`
	Disconnected int     `json:"disconnected"` // communities that do not hang together
	Iterations   int     `json:"iterations"`   // of leiden, the last included, which may have gained nothing; 0 for other methods
	Seed         uint64  `json:"seed"`
	Threads      int     `json:"threads"`
	SecondsLoad  float64 `json:"seconds_load"`
	SecondsRun   float64 `json:"seconds_run"` // of all rungs of a ladder
	GraphBytes   int64   `json:"graph_bytes"`
	PeakMemory   int64   `json:"peak_memory_bytes"` // of the whole process; 0 where it is not known
	Hash         string  `json:"partition_hash"`    // FNV-1a, 64 bits, of the communities of the nodes in their order
}

// writeStats writes the line of --stats.
func (j *communitiesJob) writeStats(list *edgelist.List, out divided) error {
	p := out.Partition
	s := communitiesStats{
		Nodes: list.Graph.Len(), Edges: list.Graph.Edges(), Lines: list.Lines, Rejected: list.Rejected,
		Method: j.method.Name(), Objective: string(j.measured()), Resolution: j.resolution,
		Value:       finite(community.Quality(list.Graph, p, j.measured(), j.resolution)),
		Communities: p.Groups, Disconnected: community.Disconnected(list.Graph, p),
		Iterations: out.iterations, Seed: j.seed, Threads: j.threads,
		SecondsLoad: out.load.Seconds(), SecondsRun: out.run.Seconds(),
		GraphBytes: list.Graph.Bytes(), PeakMemory: peakMemory(), Hash: partitionHash(p),
	}
	line, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write the statistics: %w", err)
	}
	to := j.stdout
	if j.output == "-" || out.rungs != nil { // where something else went
		to = j.stderr
	}
	_, err = to.Write(append(line, '\n'))
	return err
}

// finite returns 0 for what JSON has no number for: a graph without edges has no modularity.
func finite(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// partitionHash tells divisions of the same nodes apart.
func partitionHash(p community.Partition) string {
	h, b := fnv.New64a(), [4]byte{}
	for _, c := range p.Of {
		b = [4]byte{byte(c), byte(c >> 8), byte(c >> 16), byte(c >> 24)}
		h.Write(b[:]) //nolint:errcheck // a hash takes everything
	}
	return fmt.Sprintf("%016x", h.Sum64())
}
