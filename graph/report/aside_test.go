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
			m := &run.Clusters[i].Members[0]
			m.Flagged, m.Role, m.Site, m.Stability = false, "", "", 0
		}
	}
	m, err := Build(run, table, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range Encoders() {
		want := "shown, not flagged"
		if e.Name() == "csv" {
			want = ",no,,,,login," // flagged: no; role, site and stability are not known
		}
		if got := string(encoded(t, e, m)); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q", e.Name(), want)
		}
	}
}
