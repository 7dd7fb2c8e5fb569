//go:build unix

package casestore_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/casestore"
	"samehand/graph/ident"
	"samehand/graph/storetest"
)

// benchRows is how many rows a table of the benchmarks has: what ingest hands over at once.
const benchRows = 1_000_000

// typical returns a table like those of a real ingest: for each account one
// profile (6 rows of one record) and three sign-ins (2 rows each), the records in the order of a log. Per million
// rows: some 83,000 accounts and 550,000 distinct identifiers; a fifth of the values was written in another way than the key.
func typical(part uint64, rows int) *graph.Table {
	rng := rand.New(rand.NewPCG(part, 1))
	accounts := rows / 12
	records := make([]uint32, 0, 4*accounts) // account, and whether it is the profile
	for a := range uint32(accounts) {
		records = append(records, a<<2, a<<2|1, a<<2|2, a<<2|3)
	}
	rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	g := generator{rng: rng, part: part}
	for i, r := range records {
		g.record(r>>2, r&3 == 0, int64(i+2))
	}
	return g.b.Table()
}

type generator struct {
	b    graph.Builder
	rng  *rand.Rand
	part uint64
}

// record adds the rows of one record.
func (g *generator) record(n uint32, profile bool, line int64) {
	account := fmt.Sprintf("%d%07d", g.part, n)
	own := rand.New(rand.NewPCG(uint64(n), g.part+77)) // the same for all records of an account
	word := func(l int) string { return letters(own, l) }
	a := g.b.Account(graph.AccountID{Platform: []string{"okta:acme", "github", "upwork"}[n%3], Native: account})
	day := graph.Time(1_740_000_000+g.rng.Int64N(30_000_000)) * 1_000_000
	mail, phone, name := word(5)+"."+word(7)+"@gmail.com", fmt.Sprintf("+1%010d", own.Int64N(1e10)), word(5)+" "+word(7)
	iban := fmt.Sprintf("DE%020d", own.Int64())
	address := fmt.Sprintf("%d %s ST, %s, TX, %05d, US", own.IntN(9999), strings.ToUpper(word(7)), strings.ToUpper(word(6)), own.IntN(99999))
	device := fmt.Sprintf("%016x%016x", own.Uint64(), own.Uint64())
	if !profile {
		ip := own.Uint32() + g.rng.Uint32N(2)
		g.add(a, ident.IP, fmt.Sprintf("%d.%d.%d.%d", ip>>24, ip>>16&255, ip>>8&255, ip&255), "", graph.Login, day, line)
		g.add(a, ident.Device, device, "", graph.Login, day, line)
		return
	}
	g.add(a, ident.Email, mail, "", graph.Registered, day, line)
	g.add(a, ident.Phone, phone, "("+phone[2:5]+") "+phone[5:8]+"-"+phone[8:], graph.Registered, day, line)
	g.add(a, ident.Payment, iban, "", graph.Payout, 0, line)
	g.add(a, ident.Employer, "employer "+letters(rand.New(rand.NewPCG(uint64(own.IntN(500)), 3)), 6), "", graph.EmployedBy, 0, line)
	g.add(a, ident.Address, address, strings.ReplaceAll(address, "ST, ", "Street "), graph.ShipTo, 0, line)
	g.add(a, ident.Name, name, shout(name, n), graph.Registered, day, line)
}

func (g *generator) add(account uint32, k ident.Kind, key, raw string, r graph.Relation, at graph.Time, line int64) {
	id, err := ident.Restore(k, ident.Ordinary, key)
	if err != nil {
		panic(err)
	}
	last := at
	if at != 0 && line%2 == 0 {
		last += graph.Time(g.rng.Int64N(3_000_000)) * 1_000_000
	}
	g.b.Add(graph.Row{Account: account, Identifier: g.b.Identifier(id), Raw: g.b.Raw(raw), Relation: g.b.Relation(r), First: at, Last: last, Count: 1, Line: line})
}

func letters(rng *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "aaabcdeeefghiiiklmnnoooprrssttuwyz"[rng.IntN(34)]
	}
	return string(b)
}

// ingestTypical takes in n tables as one source.
func ingestTypical(b *testing.B, s graph.Store, id string, tables []*graph.Table) {
	src := storetest.Source(id, int64(len(tables))*benchRows)
	w, err := s.Begin(b.Context(), src)
	if err != nil {
		b.Fatal(err)
	}
	for i, t := range tables {
		tables[i] = nil // the store's now
		if err := w.Append(b.Context(), t); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Commit(b.Context(), src); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkIngest takes in 2,000,000 rows as two tables.
func BenchmarkIngest(b *testing.B) {
	var cpu time.Duration
	var size int64
	for b.Loop() {
		b.StopTimer()
		dir := filepath.Join(b.TempDir(), "case")
		s, err := casestore.Open(b.Context(), dir, casestore.Options{Create: true})
		if err != nil {
			b.Fatal(err)
		}
		tables := []*graph.Table{typical(1, benchRows), typical(2, benchRows)}
		runtime.GC()
		before := cpuTime()
		b.StartTimer()
		ingestTypical(b, s, "source-1", tables)
		b.StopTimer()
		cpu += cpuTime() - before
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		size = folderSize(b, dir)
		b.StartTimer()
	}
	b.ReportMetric(cpu.Seconds()/float64(b.N), "cpu-s/op")
	b.ReportMetric(float64(size)/(2*benchRows), "disk-B/row")
	b.ReportAllocs()
}

// BenchmarkLoad loads 2,000,000 rows of one source, 50 accounts of them, and
// as many rows of two sources about the same accounts, which must be merged.
func BenchmarkLoad(b *testing.B) {
	one, two := openBench(b), openBench(b)
	ingestTypical(b, one, "source-1", []*graph.Table{typical(1, benchRows), typical(2, benchRows)})
	ingestTypical(b, two, "source-1", []*graph.Table{typical(1, benchRows)})
	ingestTypical(b, two, "source-2", []*graph.Table{typical(1, benchRows)})
	t, err := one.Load(b.Context(), graph.Filter{})
	if err != nil {
		b.Fatal(err)
	}
	var accounts []graph.AccountID
	for i := range 50 {
		accounts = append(accounts, t.Accounts[i*len(t.Accounts)/50])
	}
	t = nil
	b.Run("all", func(b *testing.B) { loadBench(b, one, graph.Filter{}) })
	b.Run("50accounts", func(b *testing.B) { loadBench(b, one, graph.Filter{Accounts: accounts}) })
	b.Run("shared", func(b *testing.B) { loadBench(b, two, graph.Filter{}) })
}

func openBench(b *testing.B) *casestore.Store {
	s, err := casestore.Open(b.Context(), filepath.Join(b.TempDir(), "case"), casestore.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}

func loadBench(b *testing.B, s graph.Store, f graph.Filter) {
	before := cpuTime()
	for b.Loop() {
		if _, err := s.Load(b.Context(), f); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric((cpuTime()-before).Seconds()/float64(b.N), "cpu-s/op")
	b.ReportAllocs()
}

// BenchmarkSaveRun saves and reads a run of 2,000 clusters with 10 members and 20 pieces of evidence each.
func BenchmarkSaveRun(b *testing.B) {
	s := openBench(b)
	r := storetest.Run0("run-1", s2026)
	c := r.Clusters[0]
	for len(c.Members) < 10 {
		c.Members = append(c.Members, c.Members[0])
	}
	for len(c.Evidence) < 20 {
		c.Evidence = append(c.Evidence, c.Evidence[0])
	}
	r.Clusters = nil
	for range 2000 {
		r.Clusters = append(r.Clusters, c)
	}
	for b.Loop() {
		if err := s.SaveRun(b.Context(), r); err != nil {
			b.Fatal(err)
		}
		if _, err := s.LastRun(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBig takes in and loads 20,000,000 rows: 2 minutes, 5 GB. It needs CASESTORE_BIG=1.
func BenchmarkBig(b *testing.B) {
	if os.Getenv("CASESTORE_BIG") == "" {
		b.Skip("CASESTORE_BIG is not set")
	}
	dir := filepath.Join(b.TempDir(), "case")
	s, err := casestore.Open(b.Context(), dir, casestore.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for b.Loop() {
		src := storetest.Source("source-1", 20*benchRows)
		w, err := s.Begin(b.Context(), src)
		if err != nil {
			b.Fatal(err)
		}
		for part := range uint64(20) {
			if err := w.Append(b.Context(), typical(10+part, benchRows)); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Commit(b.Context(), src); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(folderSize(b, dir))/1e6, "disk-MB")
		b.ReportMetric(peakMemory()/1e6, "peak-ingest-MB")
		runtime.GC()
		start := time.Now()
		t, err := s.Load(b.Context(), graph.Filter{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "load-s")
		b.ReportMetric(peakMemory()/1e6, "peak-MB")
		b.ReportMetric(float64(len(t.Rows)), "rows")
		b.ReportMetric(float64(len(t.Identifiers)), "identifiers")
	}
}

// shout returns another way to write a name for two accounts in five.
func shout(name string, n uint32) string {
	if n%5 < 2 {
		return strings.ToUpper(name)
	}
	return ""
}
