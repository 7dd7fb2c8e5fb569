//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkIngest reads generated observations with the program as its users run it, in a process of its own, and prints
// what the whole process cost. SAMEHAND_BENCH_ROWS sets the number of rows; the default is 2,000,000.
func BenchmarkIngest(b *testing.B) {
	rows := benchRows(b)
	dir := b.TempDir()
	bin := filepath.Join(dir, "samehand")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	csv := filepath.Join(dir, "observations.csv")
	writeBenchFile(b, csv, rows)
	b.ResetTimer()
	for i := range b.N {
		store := filepath.Join(dir, fmt.Sprintf("case%d", i))
		b.ReportMetric(0, "ns/op")
		measure(b, rows, "ingest", store, exec.Command(bin, "--case", store, "--quiet", "ingest", csv))
		measure(b, rows, "info", store, exec.Command(bin, "--case", store, "--quiet", "info"))
	}
}

func benchRows(b *testing.B) int {
	s := os.Getenv("SAMEHAND_BENCH_ROWS")
	if s == "" {
		return 2_000_000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.Fatalf("SAMEHAND_BENCH_ROWS: %v", err)
	}
	return n
}

// measure runs a command and reports its wall and CPU seconds, its peak memory, and the size of the case after it.
func measure(b *testing.B, rows int, what, store string, cmd *exec.Cmd) {
	b.Helper()
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", what, err, out)
	}
	wall := time.Since(start).Seconds()
	use := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	b.ReportMetric(wall, what+"-wall-s")
	b.ReportMetric(cpu, what+"-cpu-s")
	b.ReportMetric(float64(use.Maxrss)/1024, what+"-peak-MB")
	if what == "ingest" {
		b.ReportMetric(float64(rows)/wall, "rows/s")
		b.ReportMetric(float64(folderSize(b, store))/1e6, "disk-MB")
	}
}

func folderSize(b *testing.B, dir string) (n int64) {
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func writeBenchFile(b *testing.B, name string, rows int) {
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := benchObservations(w, rows, 1); err != nil {
		b.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
}

// benchObservations writes observations of the usual kinds in the usual mix, a dozen an account, in a mixed order: accounts
// are written in interleaved groups, as exports of several systems put end to end would have them. Three in ten phone
// numbers, one in ten e-mail addresses and every address are not in normal form (domain figures for noise).
func benchObservations(w io.Writer, rows int, seed uint64) error {
	if _, err := io.WriteString(w, "platform,account,kind,value,relation,first_seen,last_seen,count\n"); err != nil {
		return err
	}
	g := benchGen{r: rand.New(rand.NewPCG(seed, 0)), w: w, accounts: rows/12 + 1}
	for g.n < rows && g.err == nil {
		for step := range len(benchSteps) {
			for a := g.from; a < g.from+500 && g.n < rows; a++ {
				g.account = a
				benchSteps[step](&g)
			}
		}
		g.from += 500
	}
	return g.err
}

type benchGen struct {
	r        *rand.Rand
	w        io.Writer
	n        int
	from     int
	account  int
	accounts int
	err      error
}

var benchPlatforms = [...]string{"okta:acme", "okta:globex", "payroll:initech", "github", "greenhouse:umbrella", "intune:hooli", "upwork", "slack:acme"}
var benchStreets = [...]string{"Maple", "Oak", "Cedar", "Washington", "Lake", "Hill", "Walnut", "Park", "Sunset", "Jackson"}
var benchTypes = [...]string{"St", "Street", "Ave", "Avenue", "Rd", "Road", "Blvd", "Lane"}

// benchSteps write one observation, or none, of the current account.
var benchSteps = []func(*benchGen){
	func(g *benchGen) {
		g.row("name", fmt.Sprintf("Given%d Family%d", g.account%4999, g.account%30011), "registered")
	},
	func(g *benchGen) {
		if g.account%10 == 0 {
			g.row("email", fmt.Sprintf("Given.Family%d@Gmail.com", g.account), "registered")
			return
		}
		g.row("email", fmt.Sprintf("given.family%d@mailbox%d.net", g.account, g.account%50), "registered")
	},
	func(g *benchGen) {
		g.row("email", fmt.Sprintf("g%d@post%d.org", g.account/2, g.account%90), "recovery")
	},
	func(g *benchGen) {
		n := 2_010_000 + g.account*7919%7_000_000
		area := 201 + g.account%9
		if g.account%10 < 3 {
			g.row("phone", fmt.Sprintf("(%d) %03d-%04d", area, n/10000, n%10000), "registered")
			return
		}
		g.row("phone", fmt.Sprintf("+1%d%07d", area, n), "registered")
	},
	func(g *benchGen) {
		g.row("address", fmt.Sprintf("\"%d %s %s, Springfield, IL %05d\"", 1+g.account%9000, benchStreets[g.account/9000%10], benchTypes[g.account%8], 60000+g.account/700%2000), "registered")
	},
	func(g *benchGen) { g.row("employer", fmt.Sprintf("Company %d Inc.", g.account%800), "employed_by") },
	func(g *benchGen) {
		g.row("ip", fmt.Sprintf("73.%d.%d.%d", g.account>>16, g.account>>8&255, g.account&255), "login")
	},
	func(g *benchGen) {
		g.row("ip", fmt.Sprintf("24.%d.%d.%d", g.r.IntN(256), g.r.IntN(256), g.r.IntN(256)), "login")
	},
	func(g *benchGen) { g.row("ip", fmt.Sprintf("104.16.%d.%d", g.account%8, g.account%251), "login") },
	func(g *benchGen) { g.row("device", fmt.Sprintf("SN%08X", g.account*2654435761%(1<<32)), "uses") },
	func(g *benchGen) {
		g.row("device", fmt.Sprintf("fp:%016x", uint64(g.account)*0x9E3779B97F4A7C15), "mfa")
	},
	func(g *benchGen) {
		g.row("payment", fmt.Sprintf("021000021:%09d", 100000000+g.account*37), "payout")
	},
	func(g *benchGen) {
		g.row("ip", fmt.Sprintf("73.%d.%d.%d", g.account>>16, g.account>>8&255, g.account&255), "login")
	},
}

// row writes one observation; a value with a comma comes quoted.
func (g *benchGen) row(kind, value, relation string) {
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(g.r.IntN(300*24*3600)) * time.Second)
	last := first.Add(time.Duration(g.r.IntN(60*24*3600)) * time.Second)
	_, g.err = fmt.Fprintf(g.w, "%s,user%07d,%s,%s,%s,%s,%s,%d\n", benchPlatforms[g.account%len(benchPlatforms)], g.account, kind, value, relation,
		first.Format(time.RFC3339), last.Format(time.RFC3339), 1+g.r.IntN(40))
	g.n++
}
