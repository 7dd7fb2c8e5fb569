package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"samehand/graph"
)

// checkConcurrent loads and lists while sources come and go. A reader must see
// each source whole or not at all, and never fail.
func checkConcurrent(t *testing.T, s graph.Store) {
	const sources, rows, readers = 12, 300, 3
	ctx, stop := context.WithCancel(t.Context())
	errs := make([]error, readers)
	var wg sync.WaitGroup
	for i := range readers {
		wg.Go(func() {
			for ctx.Err() == nil && errs[i] == nil {
				errs[i] = readOnce(t.Context(), s, rows)
			}
		})
	}
	for i := range sources {
		ingest(t, s, Source(fmt.Sprintf("source-%d", i), rows), part(Table(uint64(i), rows), 0, 2), part(Table(uint64(i), rows), 1, 2))
		if i%3 == 2 {
			if err := s.Drop(t.Context(), fmt.Sprintf("source-%d", i-1)); err != nil {
				t.Errorf("Drop: %v", err)
			}
		}
	}
	stop()
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Errorf("a reader: %v", err)
	}
	if got, want := len(load(t, s).Rows), (sources-sources/3)*rows; got != want {
		t.Errorf("%d rows in the end, want %d", got, want)
	}
}

// readOnce loads the store, and checks that it has as many rows as its sources say.
func readOnce(ctx context.Context, s graph.Store, rows int) error {
	x, err := s.Load(ctx, graph.Filter{})
	if err != nil {
		return err
	}
	if len(x.Rows) != rows*len(x.Sources) {
		return fmt.Errorf("%d rows of %d sources with %d rows each", len(x.Rows), len(x.Sources), rows)
	}
	_, err = s.Sources(ctx)
	return err
}
