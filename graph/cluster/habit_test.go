package cluster_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// posers makes n people on one line and at one door, of homes of their own, each with what each adds.
func posers(w *graphtest.World, n int, each func(i int, a graphtest.Account)) {
	farm(w, n, func(i int, a graphtest.Account) {
		if i < 2 {
			a.Home(home(i))
		}
		each(i, a)
	})
}

// first returns the first cluster of a world.
func first(t *testing.T, build func(w *graphtest.World)) graph.Cluster {
	t.Helper()
	w := graphtest.New(t)
	build(w)
	r := detect(t, w.Table())
	if len(r.Clusters) == 0 {
		t.Fatal("no cluster")
	}
	return r.Clusters[0]
}

// What is a shared flat by what they share is none when nearly all sign in from elsewhere all the while, hold two jobs, and have applied to many.
func TestHabitsSpeakForPersonas(t *testing.T) {
	plain := first(t, func(w *graphtest.World) { posers(w, 6, func(int, graphtest.Account) {}) })
	if plain.Flagged {
		t.Errorf("people who share a flat are flagged: %q", plain.Reasons)
	}
	posed := first(t, func(w *graphtest.World) { posers(w, 6, func(i int, a graphtest.Account) { afar(i, a) }) })
	if !posed.Flagged || !slices.ContainsFunc(posed.Reasons, func(r string) bool { return strings.Contains(r, "6 of the 6 of whom it is known sign in from exits") }) {
		t.Errorf("flagged %v: %q", posed.Flagged, posed.Reasons)
	}
}

// Where everybody else does the same, it says nothing.
func TestHabitsOfEverybody(t *testing.T) {
	c := first(t, func(w *graphtest.World) {
		posers(w, 6, func(i int, a graphtest.Account) { afar(i, a) })
		for pair := range 60 { // couples who sign in from an exit and from a line of their own as well
			for k := range 2 {
				i := 200 + 2*pair + k
				worker(w, i).Login(line(1000+pair), 5, 200, 100).Home(home(1000+pair)).Login(line(80), 5, 200, 15).Login(line(2000+i), 5, 200, 15)
			}
		}
	})
	if c.Flagged {
		t.Errorf("flagged for what everybody does: %q", c.Reasons)
	}
}

// An office that people go to from lines of their own is no habit of personas, however many do so.
func TestOfficeIsNoHabit(t *testing.T) {
	c := first(t, func(w *graphtest.World) {
		posers(w, 6, func(i int, a graphtest.Account) { a.Login(line(90+i), 5, 200, 30) })
	})
	if c.Flagged {
		t.Errorf("flagged for one line of their own, which may be their home: %q", c.Reasons)
	}
}

// ringOf makes a ring of four that is flagged, and what comes to it.
func ringOf(w *graphtest.World, also func()) {
	farm(w, 4, func(i int, a graphtest.Account) { machine(a.Home(home(i))); purse(a) })
	also()
}

// member reports whether an account of the i-th worker is in a cluster, and flagged.
func member(c graph.Cluster, i int) (in, flagged bool) {
	for _, m := range c.Members {
		if m.Account.Native == fmt.Sprintf("user%d", i) {
			return true, m.Flagged
		}
	}
	return false, false
}

// Two soft things tie somebody to a flagged ring, and not to people who are not flagged; one does not.
func TestTakenIn(t *testing.T) {
	file, referee := "sha256:"+strings.Repeat("ab", 32), "referee@mailbox-example.org"
	for _, c := range []struct {
		name string
		soft int
		ring bool
		in   bool
	}{{"two things and a ring", 2, true, true}, {"one thing and a ring", 1, true, false}, {"two things and a couple", 2, false, false}} {
		got := first(t, func(w *graphtest.World) {
			soft := func(a graphtest.Account) {
				a.See(ident.Document, graph.Uses, file, 5, 5, 1)
				if c.soft > 1 {
					a.See(ident.Email, graph.Referee, referee, 5, 5, 1)
				}
			}
			build := func() {
				soft(worker(w, 0))
				soft(worker(w, 9).Login(line(9), 5, 200, 100).Home(home(9)))
			}
			if c.ring {
				ringOf(w, build)
				return
			}
			for i := range 2 {
				machine(worker(w, i).Login(line(i), 5, 200, 100).Home(home(i)))
			}
			build()
		})
		if in, _ := member(got, 9); in != c.in {
			t.Errorf("%s: in %v, want %v", c.name, in, c.in)
		}
	}
}

// What is taken in depends on the options that say so.
func TestTakeInOptions(t *testing.T) {
	o := cluster.Defaults()
	o.TakeIn = -1
	if o.Validate() == nil {
		t.Error("fewer than no points are accepted")
	}
}

// Who has a name of one word is somebody like anybody else: a ring of such names is found as one of full names is. Of those who have a full name beside them,
// they may be any.
func TestNamesOfOneWord(t *testing.T) {
	words := []string{"Suharto", "Sukarno", "Habibie", "Wahid"}
	for _, test := range []struct {
		name func(i int) string
		want bool
	}{
		{func(i int) string { return words[i] }, true},
		{func(i int) string { return "K. " + words[i] }, true},
		{func(int) string { return "" }, false},
		{func(i int) string {
			if i < 2 {
				return graphtest.Name(i)
			}
			return words[i]
		}, false},
	} {
		got := first(t, func(w *graphtest.World) {
			for i := range 4 {
				a := w.Account(fmt.Sprintf("okta:employer%d", i), fmt.Sprintf("user%d", i), test.name(i)).Login(line(i), 5, 200, 100).Home(home(i))
				machine(a)
				purse(a)
			}
		})
		if got.Flagged != test.want {
			t.Errorf("%q, %q, ...: flagged %v; %q", test.name(0), test.name(1), got.Flagged, got.Reasons)
		}
	}
}
