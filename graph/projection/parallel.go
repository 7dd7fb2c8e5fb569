package projection

import (
	"context"
	"sync"
	"sync/atomic"
)

// inParallel does tasks 0 to n-1, in that order, by some threads at a time. It begins no more of them when one failed
// or ctx is done, and returns the error of the first that failed, which is the same for any number of threads.
func inParallel(ctx context.Context, threads, n int, task func(int) error) error {
	threads = max(1, min(threads, n))
	errs := make([]error, n)
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			if errs[i] = ctx.Err(); errs[i] == nil {
				errs[i] = task(i)
			}
			if errs[i] != nil {
				next.Store(int64(n))
			}
		}
	}
	var wg sync.WaitGroup
	for range threads - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
