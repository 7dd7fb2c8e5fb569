package observations

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"samehand/ingest"
)

// benchRows is how many rows a benchmark reads; the goal is stated for 2,000,000 of about 103 bytes.
const benchRows = 200_000

// table makes rows like those of a large case: sign-ins mostly, times that spread over a year, one value in 16 quoted.
func table(rows int, seed uint64) []byte {
	rnd := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	b.WriteString("platform,account,kind,value,relation,first_seen,last_seen,count\n")
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range rows {
		first := start.Add(time.Duration(rnd.IntN(365*86400)) * time.Second)
		last := first.Add(time.Duration(rnd.IntN(30*86400)) * time.Second)
		kind, value, relation := "ip", fmt.Sprintf("10.%d.%d.%d", rnd.IntN(256), rnd.IntN(256), rnd.IntN(256)), "login"
		switch {
		case i%16 == 3:
			kind, value, relation = "address", fmt.Sprintf("\"%d Quarry Lane, Halden, OH\"", rnd.IntN(9999)), "registered"
		case i%4 == 1:
			kind, value, relation = "email", fmt.Sprintf("person%d@mail%d.example", rnd.IntN(1e6), rnd.IntN(50)), "registered"
		}
		fmt.Fprintf(&b, "okta:tenant%03d,00u%08d,%s,%s,%s,%s,%s,%d\n", rnd.IntN(100), rnd.IntN(1e6), kind, value, relation,
			first.Format(time.RFC3339), last.Format(time.RFC3339), 1+rnd.IntN(40))
	}
	return b.Bytes()
}

func BenchmarkDecodeCSV(b *testing.B) { benchDecode(b, table(benchRows, 1)) }

// The other two forms hold the same rows.
func BenchmarkDecodeJSON(b *testing.B) {
	var out bytes.Buffer
	for _, row := range cells(b) {
		fmt.Fprintf(&out, `{"platform":%q,"account":%q,"kind":%q,"value":%q,"relation":%q,"first_seen":%q,"last_seen":%q,"count":%s}`+"\n",
			row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7])
	}
	benchDecode(b, out.Bytes())
}

func BenchmarkDecodeParquet(b *testing.B) {
	type row struct {
		Platform  string `parquet:"platform,dict"`
		Account   string `parquet:"account"`
		Kind      string `parquet:"kind,dict"`
		Value     string `parquet:"value"`
		Relation  string `parquet:"relation,dict"`
		FirstSeen string `parquet:"first_seen"`
		LastSeen  string `parquet:"last_seen"`
		Count     string `parquet:"count"`
	}
	var rows []row
	for _, r := range cells(b) {
		rows = append(rows, row{r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7]})
	}
	var out bytes.Buffer
	if err := parquet.Write(&out, rows); err != nil {
		b.Fatal(err)
	}
	benchDecode(b, out.Bytes())
}

// cells reads the rows of the benchmark's table.
func cells(b *testing.B) [][]string {
	rows, err := csv.NewReader(bytes.NewReader(table(benchRows, 1))).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	return rows[1:]
}

func benchDecode(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		d, err := Format().NewDecoder(bytes.NewReader(data), ingest.Input{At: bytes.NewReader(data), Size: int64(len(data))})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for {
			r, err := d.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				b.Fatal(err)
			}
			n += len(r.Claims)
		}
		if n != benchRows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

// BenchmarkEncodingCSV is the measure: the standard reader, which splits and does no more.
func BenchmarkEncodingCSV(b *testing.B) {
	data := table(benchRows, 1)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(data))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}
