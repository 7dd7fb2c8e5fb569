package cluster_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// neptune is the identity graph of AWS's graph-notebook (Apache-2.0, synthetic people): 671 devices and cookies with
// their e-mail addresses, the IPs they used, and the 166 persons they belong to, which detection is not told.
type neptune struct {
	accounts []string          // ids of devices and cookies
	email    map[string]string // by account
	ips      map[string][]string
	person   map[string]string
}

// readCSV returns the rows of a file of the shared data, without the header; it skips the test when there are none.
func readCSV(t *testing.T, name ...string) [][]string {
	t.Helper()
	dir := os.Getenv("SAMEHAND_SHARED_DATA")
	if dir == "" {
		t.Skip("SAMEHAND_SHARED_DATA is not set: no data that other people made to test with")
	}
	f, err := os.Open(filepath.Join(append([]string{dir}, name...)...))
	if err != nil {
		t.Skipf("no such data here: %v", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func readNeptune(t *testing.T) neptune {
	t.Helper()
	n := neptune{email: map[string]string{}, ips: map[string][]string{}, person: map[string]string{}}
	address := map[string]string{}
	for _, r := range readCSV(t, "neptune-identity-graph", "nodes.csv") {
		switch r[1] {
		case "IP":
			address[r[0]] = r[11]
		case "transientId":
			n.accounts = append(n.accounts, r[0])
			n.email[r[0]] = r[6]
		}
	}
	for _, r := range readCSV(t, "neptune-identity-graph", "edges.csv") {
		switch r[0] {
		case "uses":
			n.ips[r[1]] = append(n.ips[r[1]], address[r[2]])
		case "has_identity":
			n.person[r[2]] = r[1]
		}
	}
	return n
}

// table makes observations of the e-mail addresses and IPs that are asked for.
func (n neptune) table(t *testing.T, email, ip bool) *graph.Table {
	t.Helper()
	var b graph.Builder
	observe := func(account string, k ident.Kind, rel graph.Relation, raw string) {
		id, err := ident.Parse(k, raw)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if !id.Mark().Links() {
			t.Errorf("%v is marked %v", id, id.Mark())
		}
		b.Observe(graph.Observation{Account: graph.AccountID{Platform: "neptune", Native: account}, Identifier: id, Relation: rel})
	}
	tag, err := ident.Parse(ident.Tag, "device or cookie")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range n.accounts {
		b.Observe(graph.Observation{Account: graph.AccountID{Platform: "neptune", Native: a}, Identifier: tag, Relation: graph.Registered})
		if email && n.email[a] != "" {
			observe(a, ident.Email, graph.Registered, n.email[a])
		}
		if ip {
			for _, x := range n.ips[a] {
				observe(a, ident.IP, graph.Login, x)
			}
		}
	}
	out := b.Table()
	out.Canonical()
	return out
}

// labels gives every account the cluster it is in, or its person, who is alone.
func labels(t *testing.T, table *graph.Table, r graph.Run) map[string]string {
	t.Helper()
	persons, err := linkage.FindPersons(table, linkage.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{}
	for i, a := range table.Accounts {
		of[a.Native] = "person " + table.Accounts[persons.Accounts(persons.Of[i])[0]].Native
	}
	for _, c := range r.Clusters {
		for _, m := range c.Members {
			of[m.Account.Native] = c.ID
		}
	}
	return of
}

func distinct(of map[string]string) int {
	seen := map[string]bool{}
	for _, l := range of {
		seen[l] = true
	}
	return len(seen)
}

// pairs counts pairs of accounts with one label, with one person, and with both.
func pairs(n neptune, of map[string]string) (found, true_, both int) {
	for i, a := range n.accounts {
		for _, b := range n.accounts[i+1:] {
			f, p := of[a] == of[b], n.person[a] == n.person[b]
			if f {
				found++
			}
			if p {
				true_++
			}
			if f && p {
				both++
			}
		}
	}
	return found, true_, both
}

// Connected components find the hidden persons exactly: nobody in this data shares with a stranger.
func TestNeptuneComponents(t *testing.T) {
	n := readNeptune(t)
	for _, test := range []struct {
		name      string
		email, ip bool
		groups    int
		all       bool // all pairs are found
	}{
		{"email", true, false, 356, false},
		{"ip", false, true, 167, false},
		{"both", true, true, 166, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := n.table(t, test.email, test.ip)
			o := cluster.Defaults()
			o.Method = "components"
			r, err := cluster.Detect(t.Context(), table, o)
			if err != nil {
				t.Fatal(err)
			}
			of := labels(t, table, r)
			found, true_, both := pairs(n, of)
			if got := distinct(of); got != test.groups || len(of) != len(n.accounts) {
				t.Errorf("%d accounts in %d groups, want %d in %d", len(of), got, len(n.accounts), test.groups)
			}
			if found != both || test.all && both != true_ {
				t.Errorf("%d pairs found, %d true, %d both", found, true_, both)
			}
			for _, c := range r.Clusters {
				if c.Flagged {
					t.Errorf("cluster %s is flagged by a method that weighs nothing", c.ID)
				}
			}
		})
	}
}
