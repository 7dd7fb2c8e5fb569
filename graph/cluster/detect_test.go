package cluster_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func detect(t *testing.T, table *graph.Table) graph.Run {
	t.Helper()
	r, err := cluster.Detect(t.Context(), table, cluster.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	check(t, r)
	return r
}

// check looks for what must hold in every run.
func check(t *testing.T, r graph.Run) {
	t.Helper()
	in, flagged, ids := map[graph.AccountID]string{}, 0, map[string]bool{}
	members := 0
	for i, c := range r.Clusters {
		alone := c.Persons < 2 && c.Members[0].Role != graph.RoleLender // only who holds many jobs is a cluster of one
		if alone || ids[c.ID] || len(c.Reasons) == 0 || !strings.HasPrefix(c.ID, "c") || len(c.ID) < 9 {
			t.Errorf("cluster %q: %d persons, reasons %q", c.ID, c.Persons, c.Reasons)
		}
		ids[c.ID] = true
		if i > 0 && c.Score > r.Clusters[i-1].Score {
			t.Errorf("cluster %s is out of order", c.ID)
		}
		persons := map[string]bool{}
		for _, m := range c.Members {
			if in[m.Account] != "" {
				t.Errorf("an account is in %s and %s", in[m.Account], c.ID)
			}
			in[m.Account] = c.ID
			persons[m.Person] = true
			if m.Flagged {
				flagged++
			}
			if m.Flagged && !c.Flagged || m.Confidence < 0 || m.Confidence > 1 {
				t.Errorf("cluster %s: member %+v", c.ID, m)
			}
		}
		members += len(c.Members)
		if len(persons) != c.Persons {
			t.Errorf("cluster %s: %d persons among the members, %d counted", c.ID, len(persons), c.Persons)
		}
		for _, e := range c.Evidence {
			if e.Inside < 2 || e.Inside > e.Holders || len(e.Accounts) < e.Inside || e.Points < 0 || e.Points > 10 || e.Points == 0 && e.Note == "" {
				t.Errorf("cluster %s: evidence %+v", c.ID, e)
			}
		}
	}
	if r.Counts.Clusters != len(r.Clusters) || r.Counts.Members != members || r.Counts.FlaggedMembers != flagged {
		t.Errorf("counts %+v do not add up: %d clusters, %d members, %d flagged", r.Counts, len(r.Clusters), members, flagged)
	}
}

// flagged returns the accounts of flagged members, cluster by cluster.
func flagged(r graph.Run) [][]graph.AccountID {
	var out [][]graph.AccountID
	for _, c := range r.Clusters {
		var as []graph.AccountID
		for _, m := range c.Members {
			if m.Flagged {
				as = append(as, m.Account)
			}
		}
		if c.Flagged {
			out = append(out, as)
		}
	}
	return out
}

func sorted(as []graph.AccountID) []graph.AccountID {
	as = slices.Clone(as)
	slices.SortFunc(as, graph.AccountID.Compare)
	return as
}

// The farm and the ring are flagged to the last account, and nobody else is.
func TestDemo(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	r := detect(t, d.Table())
	host := graph.AccountID{Platform: "acme-isp", Native: "host"} // tied by line and door alone: a candidate, and not flagged
	want := [][]graph.AccountID{slices.DeleteFunc(sorted(d.Farm), func(a graph.AccountID) bool { return a == host }), sorted(d.Ring)}
	if diff := cmp.Diff(want, flagged(r)); diff != "" {
		t.Errorf("flagged (-want +got):\n%s", diff)
	}
	for _, c := range r.Clusters {
		for _, m := range c.Members {
			if m.Account == d.Victim {
				t.Errorf("the victim is a member of %s", c.ID)
			}
		}
	}
	classes := map[string]int{}
	for _, h := range r.Hubs {
		classes[h.Class] += h.Holders
	}
	// 60 and 9 farm personas on the VPN exit and 30 coworking; 40 at the office; every fourth of 24 without the number of the box.
	if diff := cmp.Diff(map[string]int{"transit": 99, "office": 40, "multiunit": 6}, classes); diff != "" {
		t.Errorf("holders of hubs by class (-want +got):\n%s", diff)
	}
}

// The order of the rows and the number of processors change nothing; neither do other names, when equal ones stay equal.
func TestSameBytes(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	want := detect(t, d.Table())
	for _, procs := range []int{1, 2, 8} {
		old := runtime.GOMAXPROCS(procs)
		got := detect(t, d.Shuffled(uint64(procs)))
		runtime.GOMAXPROCS(old)
		if diff := cmp.Diff(want, got, sameID); diff != "" {
			t.Errorf("GOMAXPROCS=%d (-want +got):\n%s", procs, diff)
		}
	}
	d.Rename(otherWords())
	got := detect(t, d.Table())
	if diff := cmp.Diff(want, got, sameID); diff != "" {
		t.Errorf("other names (-want +got):\n%s", diff)
	}
}

// sameID lets cmp compare identifiers, which hide what they hold.
var sameID = cmp.Comparer(func(a, b ident.ID) bool { return a == b })

// Words about a cluster never hold a value of it.
func TestReasonsHoldNoValues(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	r := detect(t, d.Table())
	var words []string
	for _, c := range r.Clusters {
		words = append(words, c.Reasons...)
		for _, e := range c.Evidence {
			words = append(words, e.Note)
		}
	}
	for _, h := range r.Hubs {
		words = append(words, h.Reason)
	}
	all := strings.Join(words, "\n")
	for _, id := range d.Table().Identifiers {
		if len(id.Key()) > 5 && strings.Contains(all, id.Key()) {
			t.Errorf("a reason holds a value of kind %v", id.Kind())
		}
	}
}

func TestDetectStoresItsOptions(t *testing.T) {
	o := cluster.Defaults()
	o.Need = 5
	r, err := cluster.Detect(t.Context(), graphtest.New(t).Table(), o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Options["cluster.need"] != "5" || r.Options["linkage.cap"] != "200" || r.Options["linkage.lease-gap"] != "24h0m0s" || r.Options["method"] != "leiden" {
		t.Errorf("options %v", r.Options)
	}
	again, _ := cluster.Detect(t.Context(), graphtest.New(t).Table(), cluster.Defaults())
	if r.ID == again.ID {
		t.Error("runs with other options have one ID")
	}
}

func TestDetectNamesEveryFault(t *testing.T) {
	o := cluster.Defaults()
	o.Method, o.Need, o.Linkage.Phone, o.Community.Resolution = "magic", -1, 7, 0
	_, err := cluster.Detect(t.Context(), graphtest.New(t).Table(), o)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"leiden", "cluster.need is -1", "linkage.phone is 7", "community.resolution is 0"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %q: %v", want, err)
		}
	}
}

func TestDetectStops(t *testing.T) {
	d := graphtest.NewDemo(graphtest.New(t))
	for _, at := range []string{"persons", "evidence", "projection", "communities", "pruning", "clusters"} {
		ctx, cancel := context.WithCancel(t.Context())
		o := cluster.Defaults()
		o.Progress = func(stage string) {
			if stage == at {
				cancel()
			}
		}
		if _, err := cluster.Detect(ctx, d.Table(), o); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped at %s: %v", at, err)
		}
		cancel()
	}
}

func TestDetectNothing(t *testing.T) {
	r := detect(t, graphtest.New(t).Table())
	if len(r.Clusters) != 0 || len(r.Hubs) != 0 {
		t.Errorf("out of nothing: %+v", r)
	}
}
