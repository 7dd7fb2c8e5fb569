package cluster_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// anyWorld draws a world in which few accounts share few values in every way there is.
func anyWorld(t *testing.T, rt *rapid.T) *graphtest.World {
	w := graphtest.New(t)
	values := map[ident.Kind]func(i int) string{
		ident.IP: graphtest.IP, ident.Phone: graphtest.Phone, ident.Payment: graphtest.Bank, ident.Address: graphtest.Address, ident.Name: graphtest.Name,
		ident.Email:    func(i int) string { return fmt.Sprintf("u%d@gmail.com", i) },
		ident.Device:   func(i int) string { return fmt.Sprintf("serial:DEV%06d", i) },
		ident.Employer: func(i int) string { return fmt.Sprintf("Employer %c", 'A'+i) },
		ident.Handle:   func(i int) string { return fmt.Sprintf("telegram:user%d", i) },
		ident.Document: func(i int) string { return fmt.Sprintf("passport US 51234567%d", i) },
		ident.Website:  func(i int) string { return fmt.Sprintf("https://site%d-example.org", i) },
		ident.Tag:      func(i int) string { return fmt.Sprintf("tag%d", i) },
	}
	for range rapid.IntRange(1, 80).Draw(rt, "rows") {
		platform := rapid.SampledFrom([]string{"okta:acme", "okta:bolt", "adp:acme", "github", "upwork"}).Draw(rt, "platform")
		a := w.Account(platform, fmt.Sprint(rapid.IntRange(0, 3).Draw(rt, "native")), "")
		k := rapid.SampledFrom(ident.Kinds()).Draw(rt, "kind")
		rel := rapid.SampledFrom(append(graph.Relations(), "commit")).Draw(rt, "relation")
		from := rapid.IntRange(0, 60).Draw(rt, "from")
		a.See(k, rel, values[k](rapid.IntRange(0, 2).Draw(rt, "value")), from, from+rapid.IntRange(0, 60).Draw(rt, "days"), rapid.IntRange(1, 50).Draw(rt, "count"))
	}
	return w
}

// Whatever is shared with whom, in whatever order it is read: the run holds together and comes out the same.
func TestAnyWorld(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := anyWorld(t, rt)
		for _, method := range []string{"leiden", "louvain", "components", "labels"} {
			o := cluster.Defaults()
			o.Method = method
			want, err := cluster.Detect(t.Context(), w.Table(), o)
			if err != nil {
				rt.Fatal(err)
			}
			check(t, want)
			got, err := cluster.Detect(t.Context(), w.Shuffled(rapid.Uint64Min(1).Draw(rt, "seed")), o)
			if err != nil {
				rt.Fatal(err)
			}
			if diff := cmp.Diff(want, got, sameID); diff != "" {
				rt.Fatalf("%s depends on the order of the rows (-want +got):\n%s", method, diff)
			}
		}
	})
}

// Components join over any value that may link; a registered agent's address does not, nor does a value above the cap.
func TestComponents(t *testing.T) {
	w := graphtest.New(t)
	entity := func(i int) graphtest.Account { return w.Account("ofac", fmt.Sprint(i), graphtest.Name(i)) }
	agent := "1209 Orange St, Wilmington, DE 19801"
	entity(0).Email("front@shell-example.com").Home(agent)
	entity(1).Email("front@shell-example.com").Phone(graphtest.Phone(1), 1)
	entity(2).Phone(graphtest.Phone(1), 200).Home(agent)
	entity(3).Home(agent)
	for i := range 300 {
		w.Account("p", fmt.Sprint(i), graphtest.Name(10+i)).Login(graphtest.IP(1), 1, 9, 1)
	}
	o := cluster.Defaults()
	o.Method = "components"
	r, err := cluster.Detect(t.Context(), w.Table(), o)
	if err != nil {
		t.Fatal(err)
	}
	check(t, r)
	if len(r.Clusters) != 1 || r.Clusters[0].Persons != 3 || r.Clusters[0].Flagged {
		tell(t, r)
		t.Fatalf("%d clusters", len(r.Clusters))
	}
	if len(r.Hubs) != 1 || r.Hubs[0].Holders != 300 {
		t.Errorf("hubs %+v", r.Hubs)
	}
}

// The names of a cluster and of the persons in it come from their accounts, not from what else is in the case.
func TestIDsDependOnMembersOnly(t *testing.T) {
	build := func(extra bool) graph.Run {
		w := graphtest.New(t)
		for i := range 3 {
			w.Account("upwork", fmt.Sprint(i), graphtest.Name(i)).Device("serial:SHARED0001", 1, 90)
		}
		if extra {
			w.Account("aaa", "first", graphtest.Name(9)).Device("serial:OTHER00001", 1, 90)
		}
		return detect(t, w.Table())
	}
	a, b := build(false), build(true)
	if a.Clusters[0].ID != b.Clusters[0].ID || a.Clusters[0].Members[0].Person != b.Clusters[0].Members[0].Person {
		t.Errorf("IDs %s and %s", a.Clusters[0].ID, b.Clusters[0].ID)
	}
}
