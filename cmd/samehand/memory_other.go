//go:build !linux && !darwin

package main

// peakMemory returns the most memory, in bytes, that this process has had at once; 0 when it is not known.
func peakMemory() int64 { return 0 }
