package community

import (
	"sync"
	"sync/atomic"
)

// crew is how many goroutines share a loop. What they compute must not depend on who does which part.
type crew int

// each calls f for 0..n-1 in spans of at most grain, each span once, by any worker; worker is 0..crew-1.
// It returns when all is done.
func (c crew) each(n, grain int, f func(worker, lo, hi int)) {
	workers := min(int(c), (n+grain-1)/grain)
	if workers <= 1 {
		if n > 0 {
			f(0, 0, n)
		}
		return
	}
	var next atomic.Int64
	work := func(worker int) {
		for {
			hi := int(next.Add(int64(grain)))
			lo := hi - grain
			if lo >= n {
				return
			}
			f(worker, lo, min(hi, n))
		}
	}
	var wg sync.WaitGroup
	for w := 1; w < workers; w++ {
		wg.Go(func() { work(w) })
	}
	work(0)
	wg.Wait()
}
