package ingesttest

import (
	"bytes"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"samehand/ingest"
)

// testGarbled reads damaged copies of a good file; any outcome that keeps the rules is fine.
func testGarbled(t *testing.T, f ingest.Format, fx Fixtures, file File) {
	for _, data := range garbled(file.Data) {
		bad := file
		bad.Data = data
		got := drain(t, f, bad)
		got.Notes = nil // they name columns, and a damaged header may have swallowed a value
		checkSecrets(t, got, fx.Secrets)
	}
}

// garbled returns damaged copies of data, the same ones each time.
func garbled(data []byte) [][]byte {
	rnd := rand.New(rand.NewPCG(1, uint64(len(data))))
	var out [][]byte
	for range 40 { // cut anywhere
		out = append(out, data[:rnd.IntN(len(data)+1)])
	}
	for _, junk := range []string{"\x00", "\"", "{", "<", "\xff\xfe", "\n", "\r", "é", "\xe9", "]]>", "\x1b[31m", "'", "\\"} {
		for range 6 { // put junk anywhere
			at := rnd.IntN(len(data) + 1)
			out = append(out, slices.Concat(data[:at], []byte(junk), data[at:]))
		}
	}
	for range 40 { // change a few bytes
		c := bytes.Clone(data)
		for range min(len(c), 1+rnd.IntN(8)) {
			c[rnd.IntN(len(c))] = byte(rnd.Uint32())
		}
		out = append(out, c)
	}
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(rnd.Uint32())
	}
	return append(out, noise, slices.Concat(data, noise), slices.Concat(noise, data), slices.Concat(data, data))
}

const (
	endlessBytes = 24 << 20 // length of the record that never ends
	endlessAlloc = 16 << 20 // what a decoder may allocate over it, all told
)

// testEndless puts a record without an end behind the beginning of a good file: memory must stay bounded.
func testEndless(t *testing.T, f ingest.Format, file File) {
	for _, fill := range []string{"a", "\"", "[", " ", "<a>", "{\"a\":", ","} {
		for _, cut := range []int{len(file.Data), len(file.Data) * 2 / 3} {
			in := ingest.Input{Name: file.Name, Tenant: file.Tenant, Limits: testLimits}
			r := io.MultiReader(bytes.NewReader(file.Data[:cut]), io.LimitReader(&repeat{text: fill}, endlessBytes))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			readAll(t, f, r, in, len(file.Data)+endlessBytes)
			runtime.ReadMemStats(&after)
			if got := after.TotalAlloc - before.TotalAlloc; got > endlessAlloc {
				t.Errorf("%d bytes of %q without an end make the decoder allocate %d bytes, want at most %d", endlessBytes, fill, got, endlessAlloc)
			}
		}
	}
}

// repeat is a reader that gives the same text for ever.
type repeat struct {
	text string
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(p), nil
}
