package edgelist_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"samehand/graph/edgelist"
)

// lines writes m edges between n nodes whose names begin with prefix.
func lines(n, m int, prefix string) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b []byte
	for range m {
		b = append(b, prefix...)
		b = strconv.AppendInt(b, int64(r.IntN(n)), 10)
		b = append(append(b, ' '), prefix...)
		b = strconv.AppendInt(b, int64(r.IntN(n)), 10)
		b = strconv.AppendInt(append(b, ' '), int64(1+r.IntN(9)), 10)
		b = append(b, '\n')
	}
	return b
}

// BenchmarkRead reads four million edges between a quarter million nodes. BENCH_EDGES names a file to read instead.
func BenchmarkRead(b *testing.B) {
	for name, prefix := range map[string]string{"numbers": "", "names": "account-"} {
		b.Run(name, func(b *testing.B) {
			text := lines(250_000, 4_000_000, prefix)
			if file := os.Getenv("BENCH_EDGES"); file != "" {
				var err error
				if text, err = os.ReadFile(file); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(text)))
			edges := int64(0)
			for b.Loop() {
				l, err := edgelist.Read(b.Context(), bytes.NewReader(text), edgelist.Options{})
				if err != nil {
					b.Fatal(err)
				}
				edges = l.Edges
			}
			b.ReportMetric(float64(edges)*float64(b.N)/b.Elapsed().Seconds(), "edges/s")
		})
	}
}
