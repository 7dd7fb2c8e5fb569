//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkWholeJob simulates worlds of the scenario mix and takes each from its files to members on disk, with the program as its
// users run it. It prints what the two commands cost together, and, from the second world on, how much more time it took than the
// first for how many more rows. SAMEHAND_BENCH_PEOPLE lists the sizes ("20000 200000 1000000", of which the last takes
// 5 GB of disk); the default is 20,000. Worlds are made anew below the temporary folder (TMPDIR), outside the time.
func BenchmarkWholeJob(b *testing.B) {
	dir := b.TempDir()
	bin := filepath.Join(dir, "samehand")
	command(b, exec.Command("go", "build", "-o", bin, "."))
	var first cost
	for _, people := range benchPeople(b) {
		world := filepath.Join(dir, "world"+people)
		command(b, exec.Command(bin, "--quiet", "simulate", "mix", "--people", people, "--seed", "7", "-o", world))
		files := benchFiles(b, world)
		b.Run(people, func(b *testing.B) {
			for range b.N {
				c := wholeJob(b, bin, filepath.Join(dir, "case"), files)
				if first.rows == 0 {
					first = c
				}
				c.report(b, first)
			}
		})
		if err := os.RemoveAll(world); err != nil {
			b.Fatal(err)
		}
	}
}

// benchPeople returns the sizes of the worlds.
func benchPeople(b *testing.B) []string {
	list := strings.Fields(os.Getenv("SAMEHAND_BENCH_PEOPLE"))
	if len(list) == 0 {
		return []string{"20000"}
	}
	for _, s := range list {
		if n, err := strconv.Atoi(s); err != nil || n < 1 {
			b.Fatalf("SAMEHAND_BENCH_PEOPLE: %q is no number of people", s)
		}
	}
	return list
}

// benchFiles lists the files of a world that are read, but for the edges: no export has them.
func benchFiles(b *testing.B, world string) []string {
	files, err := filepath.Glob(filepath.Join(world, "*.csv"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no files in the world: %v", err)
	}
	var out []string
	for _, f := range files {
		if filepath.Base(f) != "edges.csv" {
			out = append(out, f)
		}
	}
	return out
}

// cost is what the whole job took.
type cost struct {
	rows           int
	ingest, detect float64 // CPU seconds
	peak           int64   // bytes, of the larger of the two
}

func (c cost) cpu() float64 { return c.ingest + c.detect }

// report prints the cost, and the growth from the first.
func (c cost) report(b *testing.B, first cost) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(c.rows), "rows")
	b.ReportMetric(c.ingest, "ingest-cpu-s")
	b.ReportMetric(c.detect, "detect-cpu-s")
	b.ReportMetric(c.cpu(), "cpu-s")
	b.ReportMetric(float64(c.peak)/1e6, "peak-MB")
	if c.rows > first.rows {
		b.ReportMetric(float64(c.rows)/float64(first.rows), "x-rows")
		b.ReportMetric(c.cpu()/first.cpu(), "x-time")
	}
}

// wholeJob ingests the files into a new case, detects, and removes the case.
func wholeJob(b *testing.B, bin, store string, files []string) cost {
	b.Helper()
	var c cost
	in := exec.Command(bin, append([]string{"--case", store, "--quiet", "ingest", "--format", "csv"}, files...)...)
	out, cpu, peak := command(b, in)
	c.ingest, c.peak, c.rows = cpu, peak, csvSum(b, out, "observations")
	_, cpu, peak = command(b, exec.Command(bin, "--case", store, "--quiet", "detect", "--format", "csv"))
	c.detect, c.peak = cpu, max(c.peak, peak)
	if err := os.RemoveAll(store); err != nil && !errors.Is(err, fs.ErrNotExist) {
		b.Fatal(err)
	}
	return c
}

// command runs a command and returns what it wrote, its CPU seconds and its peak memory in bytes.
func command(b *testing.B, cmd *exec.Cmd) (out string, cpu float64, peak int64) {
	b.Helper()
	var text, fault bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &fault
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s: %v\n%s", filepath.Base(cmd.Path), err, fault.String())
	}
	use := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return text.String(), (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), use.Maxrss * 1024 // Linux counts in KiB
}

// csvSum adds up a column of a table that a command printed.
func csvSum(b *testing.B, text, column string) int {
	b.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	at, sum := -1, 0
	for i, name := range strings.Split(lines[0], ",") {
		if name == column {
			at = i
		}
	}
	for _, line := range lines[1:] {
		cells := strings.Split(line, ",")
		if at < 0 || at >= len(cells) {
			b.Fatal(fmt.Errorf("no column %s in what was printed", column))
		}
		n, err := strconv.Atoi(cells[at])
		if err != nil {
			b.Fatal(err)
		}
		sum += n
	}
	return sum
}
