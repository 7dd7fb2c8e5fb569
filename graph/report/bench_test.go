package report

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkEncode prints a report of a house of 68 personas, its line seen on 120 days by each.
func BenchmarkEncode(b *testing.B) {
	m := largeModel(b, 120, 68)
	for _, e := range Encoders() {
		b.Run(e.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Encode(io.Discard, m); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBuild makes the model of a house of 68 and of 600 personas.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{68, 600} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := newWorld(b)
			w.large("c-0", n, 120)
			table := w.b.Table()
			table.Canonical()
			for b.Loop() {
				if _, err := Build(w.run, table, nil, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
