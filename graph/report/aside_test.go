package report

import (
	"strings"
	"testing"
)

// Who is shown without being flagged is marked in every format that people read, and by account in the one for spreadsheets.
func TestAsideIsMarkedEverywhere(t *testing.T) {
	run, table := made(t)
	for i := range run.Clusters {
		if run.Clusters[i].Flagged {
			run.Clusters[i].Members[0].Flagged = false
		}
	}
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders() {
		want := "shown, not flagged"
		if e.Name() == "csv" {
			want = ",no,login,"
		}
		if got := string(encoded(t, e, m)); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", e.Name(), want)
		}
	}
}
