package main

import "golang.org/x/sys/unix"

// peakMemory returns the most memory, in bytes, that this process has had at once; 0 when it is not known.
func peakMemory() int64 {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return int64(u.Maxrss) // macOS counts in bytes
}
