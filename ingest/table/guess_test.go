package table

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/ingest"
	"samehand/ingest/ingesttest"
)

var update = flag.Bool("update", false, "write the golden files of guesses anew")

// exports are the tables that a guess must do well on, and how many claims its mapping makes of them unedited.
var exports = []struct {
	file   string
	tenant string
	claims int
}{
	{"payroll.csv", "acme", 24 * 5},   // name, e-mail, address, bank, SSN
	{"shipments.csv", "", 21 * 4},     // e-mail, name, address, phone; three rows are skipped
	{"devices.jsonl", "acme", 24 * 5}, // serial, MAC, two e-mails, name
	{"nodes.csv", "", 10 + 10},        // e-mails, IPs; ten nodes say nothing
	{"applicants.csv", "Acme", 24 * 7},
	{"payouts.csv", "", 24 * 3},
}

func guessFile(t *testing.T, name, tenant string) []byte {
	t.Helper()
	f := ingesttest.MustRead(filepath.Join("testdata", name))
	got, err := Guess(bytes.NewReader(f.Data), ingest.Input{Name: name, Tenant: tenant})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGuess(t *testing.T) {
	for _, e := range exports {
		t.Run(e.file, func(t *testing.T) {
			got := guessFile(t, e.file, e.tenant)
			golden := filepath.Join("testdata", e.file+".guess.yaml")
			if *update {
				if err := os.WriteFile(golden, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want := ingesttest.MustRead(golden).Data
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("%s (-want +got):\n%s", golden, d)
			}
			m, err := ParseMapping(got)
			if err != nil {
				t.Fatalf("the guess is no mapping: %v", err)
			}
			res := ingesttest.Decode(t, m.Format(), ingesttest.MustRead(filepath.Join("testdata", e.file)))
			claims := 0
			for _, r := range res.Records {
				claims += len(r.Claims)
			}
			if len(res.Errors) > 0 || res.Final != "" || claims != e.claims {
				t.Errorf("%d claims, want %d; errors %v %v", claims, e.claims, res.Errors, res.Final)
			}
		})
	}
}

// A proposal may hold names of columns; it never holds a value.
func TestGuessShowsNoValue(t *testing.T) {
	for _, e := range exports {
		got := string(guessFile(t, e.file, ""))
		for _, secret := range []string{"Reyes", "quarrymail", "talent@", "Quarry Lane", "E-1000", "84.17.", "+1 212"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s: the guess shows a value", e.file)
			}
		}
	}
}
