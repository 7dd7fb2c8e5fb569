package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"

	"samehand/graph"
)

// room is the memory that a command may fill before the garbage collector must keep it down. The collector's default is to wait
// until there is twice what is in use; with little in use that costs a quarter of a big ingest's time and saves memory
// that nobody is short of.
type room struct {
	set   func(limit int64) // nil when the user decides, see [processRoom], and in tests
	limit int64             // bytes; 0 when not set yet
}

const (
	// ingestRoom is what an ingest may fill: the values of 500,000 rows take half of it.
	ingestRoom = 640 << 20
	// detectRoom and rowRoom are what a detection may fill, and more for each row: half as much again as what it needs. The
	// process has a tenth more in all.
	detectRoom, rowRoom = 350 << 20, 175
)

// processRoom returns the room of this process. GOGC or GOMEMLIMIT in the environment are the user's decision and stay.
func processRoom(getenv func(string) string) room {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return room{}
	}
	return room{set: func(limit int64) {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(limit)
	}}
}

// give gives at least so many bytes of room, and more when more is in use: near its limit the collector would never end.
func (r *room) give(bytes int64) {
	if r.set == nil {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	if live[0].Value.Kind() == metrics.KindUint64 {
		bytes = max(bytes, int64(live[0].Value.Uint64())*3/2)
	}
	if bytes > r.limit+r.limit/16 { // not for every little more
		r.limit = bytes
		r.set(bytes)
	}
}

// rowsOf counts the rows of a store as its sources say.
func rowsOf(ctx context.Context, s graph.Reader) (int64, error) {
	list, err := s.Sources(ctx)
	rows := int64(0)
	for _, x := range list {
		rows += x.Kept
	}
	return rows, err
}
