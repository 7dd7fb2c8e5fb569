package cluster_test

import (
	"fmt"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
)

func detectWith(t *testing.T, w *graphtest.World, o cluster.Options) graph.Run {
	t.Helper()
	run, err := cluster.Detect(t.Context(), w.Table(), o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// bigFarm adds n people from number first on, who live on one line and are paid into one purse.
func bigFarm(w *graphtest.World, first, n int) {
	for i := first; i < first+n; i++ {
		worker(w, i).Login(line(first), 5, 200, 100).Home(home(i)).Payout(graphtest.Bank(first), 5, 200)
	}
}

// A purse that sixty of a hundred people have makes one cluster of them: no limit to the size of a cluster hides it, and the run
// says so. With the share of the persons, or the number, above what is there, it is silent.
func TestGiantAlarmFires(t *testing.T) {
	w := graphtest.New(t)
	bigFarm(w, 0, 60)
	for i := 60; i < 100; i++ {
		worker(w, i).Login(line(i), 5, 200, 100).Home(home(i))
	}
	o := cluster.Defaults()
	run := detectWith(t, w, o)
	if len(run.Clusters) == 0 || run.Clusters[0].Persons != 60 {
		t.Fatalf("no cluster of sixty: %d clusters", len(run.Clusters))
	}
	if len(run.Alarms) != 1 || !strings.Contains(run.Alarms[0], "60 of the 100 persons") {
		t.Errorf("alarms: %q", run.Alarms)
	}
	for name, change := range map[string]func(*cluster.Options){
		"share":  func(o *cluster.Options) { o.Giant = .6 },
		"number": func(o *cluster.Options) { o.GiantMin = 61 },
	} {
		q := o
		change(&q)
		if run := detectWith(t, w, q); len(run.Alarms) != 0 {
			t.Errorf("%s: alarms where nothing is giant: %q", name, run.Alarms)
		}
	}
}

// Twelve farms that hold sixty of two hundred people are each small enough to be believed, and all together are not; of a thousand people
// they are.
func TestAlarmOfMuchFlagged(t *testing.T) {
	for people, want := range map[int]int{200: 1, 1000: 0} {
		w := graphtest.New(t)
		for f := range 12 {
			bigFarm(w, 5*f, 5)
		}
		for i := 60; i < people; i++ {
			worker(w, i).Login(line(i), 5, 200, 100).Home(home(i))
		}
		run := detectWith(t, w, cluster.Defaults())
		if run.Counts.FlaggedMembers != 60 {
			t.Fatalf("%d accounts are flagged, want 60", run.Counts.FlaggedMembers)
		}
		if len(run.Alarms) != want || want > 0 && !strings.Contains(run.Alarms[0], fmt.Sprintf("60 of the %d persons", people)) {
			t.Errorf("of %d people: %q", people, run.Alarms)
		}
	}
}

// Two farms whose only tie is a device that two persons share are one cluster when they are small enough to be one ring, and
// two when together they are oversized.
func TestOversizedSplitsAtWeakestBridge(t *testing.T) {
	for _, n := range []int{20, 80} {
		w := graphtest.New(t)
		bigFarm(w, 0, n)
		bigFarm(w, n, n)
		for _, i := range []int{3, n + 3} {
			worker(w, i).Device("serial:BRIDGE0001", 10, 190)
		}
		run := detectWith(t, w, cluster.Defaults())
		want := "[40]"
		if n == 80 {
			want = "[80 80]"
		}
		var sizes []int
		for _, c := range run.Clusters {
			sizes = append(sizes, c.Persons)
		}
		if got := fmt.Sprint(sizes); got != want {
			t.Errorf("farms of %d: clusters of %s persons, want %s", n, got, want)
		}
	}
}

// A farm that is oversized by itself hangs together in every way and stays whole.
func TestOversizedStaysWhole(t *testing.T) {
	w := graphtest.New(t)
	bigFarm(w, 0, 160)
	run := detectWith(t, w, cluster.Defaults())
	if len(run.Clusters) != 1 || run.Clusters[0].Persons != 160 {
		t.Errorf("%d clusters, the first of %d persons", len(run.Clusters), run.Clusters[0].Persons)
	}
}
