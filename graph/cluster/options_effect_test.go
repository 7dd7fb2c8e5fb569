package cluster_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// settle returns the defaults with one setting changed; false when it cannot be.
func settle(name, text string) (cluster.Options, bool) {
	o := cluster.Defaults()
	for _, s := range o.Settings() {
		if s.Name == name {
			return o, s.Set(text) == nil && o.Validate() == nil
		}
	}
	return o, false
}

// otherTexts lists values of a setting that are far from its own on both sides.
func otherTexts(s graph.Setting) []string {
	f := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	switch {
	case s.N != nil:
		return []string{f(s.Lo), strconv.Itoa(*s.N * 20), strconv.Itoa(*s.N / 2), strconv.Itoa(*s.N * 2)}
	case s.F != nil:
		return []string{f(s.Lo), f(s.Hi), f(*s.F / 3), f((*s.F + s.Hi) / 2)}
	case s.D != nil:
		return []string{"1m", (*s.D / 4).String(), (*s.D * 6).String(), (365 * 24 * time.Hour).String()}
	}
	return nil
}

// said is a run without what says which options it had.
func said(r graph.Run) graph.Run {
	r.ID, r.Options = "", nil
	return r
}

// corners are worlds for options that matter in few of them.
var corners = []func(w *graphtest.World){
	func(w *graphtest.World) { // lines without times, user names, mailboxes in commits, a website
		for i := range 4 {
			worker(w, i).Login(line(50), 0, 0, 50).Home(home(i)).See(ident.Handle, graph.Uses, "telegram:somebody", 1, 90, 1).
				See(ident.Email, "commit", "dev@mailbox-example.org", 1, 90, 1).See(ident.Website, graph.Registered, "https://shell-example.org", 1, 90, 1)
		}
	},
	func(w *graphtest.World) { // one document on three names
		for i := range 3 {
			worker(w, i).Login(line(50), 5, 200, 100).Home(home(i)).See(ident.Document, graph.Registered, "passport US 512345678", 0, 0, 1)
		}
	},
	func(w *graphtest.World) { // a preparer's desk, some of whose customers are friends
		for i := range 12 {
			own := fmt.Sprintf("client%d@mailbox-example.org", i)
			a := worker(w, i).Login(line(i), 5, 200, 200).Home(home(i)).Email(own)
			if i < 3 {
				a.Device("serial:FRIENDS001", 5, 200).Payout(graphtest.Bank(2), 5, 200)
			}
			machine(w.Account("taxes", fmt.Sprint(i), graphtest.Name(i)).Email(own))
		}
	},
	func(w *graphtest.World) { // two farms, of which one each has sent a file and named a referee that the other has
		for i := range 8 {
			a := worker(w, i).Login(line(50+i/4), 5, 200, 100).Home(home(i)).ShipTo(home(50+i/4), 3).Payout(graphtest.Bank(i/4), 5, 200)
			if i%4 == 0 {
				a.See(ident.Document, graph.Uses, "sha256:"+strings.Repeat("ab", 32), 5, 5, 1).See(ident.Email, graph.Referee, "referee@mailbox-example.org", 5, 5, 1)
			}
		}
	},
	func(w *graphtest.World) { // people on whom a purse, or a purse and a number, were put for some weeks
		farm(w, 4, func(i int, a graphtest.Account) {
			machine(a.Home(home(i)))
			if purse(a); i == 0 {
				number(a)
			}
		})
		worker(w, 9).Login(line(9), 5, 300, 100).Home(home(9)).Payout(graphtest.Bank(9), 5, 300).Payout(graphtest.Bank(1), 50, 70).
			Phone(graphtest.Phone(9), 5).See(ident.Phone, graph.Registered, graphtest.Phone(1), 50, 70, 1)
		worker(w, 10).Login(line(10), 5, 300, 100).Home(home(10)).Payout(graphtest.Bank(1), 50, 70)
	},
}

// crowds makes two crowds of one machine and purse each, and two people who know each other.
func crowds(w *graphtest.World) {
	for i := range 152 {
		a := worker(w, i).Login(line(i), 5, 200, 100).Home(home(i)).Device(fmt.Sprintf("serial:CROWD%04d", i%2), 5, 200).Payout(graphtest.Bank(i%2), 5, 200)
		if i < 2 {
			a.Email("both@mailbox-example.org")
		}
	}
}

// Every option of the evidence and of the clusters changes something in some world: a setting that nothing asks any more is a promise
// that nobody keeps.
func TestEveryOptionMatters(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of detections")
	}
	type world struct {
		table *graph.Table
		run   graph.Run
	}
	var worlds []world
	add := func(table *graph.Table) { worlds = append(worlds, world{table, said(detect(t, table))}) }
	built := func(build func(*graphtest.World)) *graph.Table {
		w := graphtest.New(t)
		build(w)
		return w.Table()
	}
	for _, build := range corners { // the small ones first: one difference is enough
		add(built(build))
	}
	add(generate(t, "mix", 800, 74).table(t, 0, sameNames))
	add(built(func(w *graphtest.World) { graphtest.NewDemo(w) }))
	add(built(crowds))
	o := cluster.Defaults()
	matters := func(s graph.Setting) bool {
		for _, w := range worlds {
			for _, text := range otherTexts(s) {
				changed, ok := settle(s.Name, text)
				if !ok {
					continue
				}
				got, err := cluster.Detect(t.Context(), w.table, changed)
				if err != nil {
					t.Fatalf("%s %s: %v", s.Name, text, err)
				}
				if !reflect.DeepEqual(w.run, said(got)) {
					return true
				}
			}
		}
		return false
	}
	settings := append(o.Linkage.Settings(), clusterSettings(&o)...)
	for _, s := range settings {
		if !matters(s) {
			t.Errorf("%s changes nothing, whatever it is", s.Name)
		}
	}
}

// clusterSettings lists the settings of package cluster alone.
func clusterSettings(o *cluster.Options) []graph.Setting {
	var out []graph.Setting
	for _, s := range o.Settings() {
		if strings.HasPrefix(s.Name, "cluster.") {
			out = append(out, s)
		}
	}
	return out
}
