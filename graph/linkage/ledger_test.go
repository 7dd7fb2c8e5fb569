package linkage_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
	"samehand/graph/linkage"
)

// checkLedgers holds every ledger of a model to the links that it kept, pair by pair.
func checkLedgers(t interface{ Errorf(string, ...any) }, m *linkage.Model) (pairs int) {
	type key struct{ a, b, value uint32 }
	links := map[key]linkage.Link{}
	for _, l := range m.Links {
		links[key{l.A, l.B, l.Value}] = l
	}
	for i, v := range m.Values {
		hs := m.Holders(v)
		for x := range hs {
			for y := x + 1; y < len(hs); y++ {
				pairs++
				got, back := m.Ledger(v, hs[x], hs[y]), m.Ledger(v, hs[y], hs[x])
				want, kept := links[key{hs[x].Person, hs[y].Person, uint32(i)}]
				if got.Kept != kept || kept && (float32(got.Points) != want.Points || got.Kin != want.Kin) {
					t.Errorf("%v %s: ledger %v %v, link %v %v", m.Kind(v), v.Class, got.Points, got.Kept, want.Points, kept)
				}
				if got.Points != math.Round(got.Product()*256)/256 || got.Points != back.Points || got.Kin != back.Kin {
					t.Errorf("%v: product %v, points %v, the other way round %v", m.Kind(v), got.Product(), got.Points, back.Points)
				}
				checkFactors(t, got)
			}
		}
	}
	return pairs
}

// checkFactors holds that all factors are there, in range, and that whatever takes something away says why.
func checkFactors(t interface{ Errorf(string, ...any) }, l linkage.Ledger) {
	want := []string{"rarity", "kind", "time", "home", "employer", "class", "masked", "name"}
	for i, f := range l.Factors {
		if i >= len(want) || f.Name != want[i] {
			t.Errorf("factor %d is %s", i, f.Name)
			return
		}
		most := 1.0
		if i == 0 {
			most = 10
		}
		if f.By < 0 || f.By > most || math.IsNaN(f.By) || f.By < most && f.Why == "" {
			t.Errorf("%s: %v %q", f.Name, f.By, f.Why)
		}
	}
}

// The product of the factors is what the model weighs, for every pair of a world with every sort of value in it.
func TestLedgerIsTheModel(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	if n := checkLedgers(t, evidence(t, w.Table())); n < 1000 {
		t.Errorf("only %d pairs", n)
	}
}

func TestLedgerOfAnyWorld(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := graphtest.New(t)
		kinds := []ident.Kind{ident.IP, ident.Device, ident.Payment, ident.Phone, ident.Email, ident.Document, ident.Address, ident.Handle}
		values := map[ident.Kind][]string{
			ident.IP: {graphtest.IP(1), graphtest.IP(2)}, ident.Device: {"serial:SHARED0001"}, ident.Payment: {graphtest.Bank(1), "****1234"},
			ident.Phone: {graphtest.Phone(1)}, ident.Email: {"x@gmail.com"}, ident.Document: {strings.Repeat("ab12", 16)},
			ident.Address: {graphtest.Address(1), graphtest.Address(2)}, ident.Handle: {"telegram:somebody"},
		}
		relations := append(graph.Relations(), "commit")
		for i := range rapid.IntRange(2, 9).Draw(r, "accounts") {
			a := w.Account(fmt.Sprintf("okta:employer%d", rapid.IntRange(0, 3).Draw(r, "employer")), fmt.Sprint(i), graphtest.Name(rapid.IntRange(0, 6).Draw(r, "name")))
			for range rapid.IntRange(1, 8).Draw(r, "rows") {
				k := rapid.SampledFrom(kinds).Draw(r, "kind")
				from := rapid.IntRange(0, 200).Draw(r, "from")
				a.See(k, rapid.SampledFrom(relations).Draw(r, "relation"), rapid.SampledFrom(values[k]).Draw(r, "value"),
					from, from+rapid.IntRange(0, 60).Draw(r, "days"), rapid.IntRange(1, 99).Draw(r, "count"))
			}
		}
		table := w.Table()
		p, err := linkage.FindPersons(table, linkage.Defaults())
		if err != nil {
			r.Fatal(err)
		}
		m, err := linkage.Evidence(table, p, linkage.Defaults())
		if err != nil {
			r.Fatal(err)
		}
		checkLedgers(r, m)
	})
}

// Every row that makes a holder is found again, and no other: sightings and touches count the same.
func TestSightings(t *testing.T) {
	w := graphtest.New(t)
	graphtest.NewDemo(w)
	m := evidence(t, w.Table())
	for _, v := range m.Values {
		for _, h := range m.Holders(v) {
			count := uint64(0)
			for _, i := range m.Sightings(v, h) {
				r := m.Table().Rows[i]
				count += uint64(r.Count)
				if m.Persons.Of[r.Account] != h.Person || m.LineOf(r.Identifier) != v.Identifier {
					t.Fatalf("row %d is not of that person and value", i)
				}
			}
			if count != h.Count {
				t.Errorf("%v: rows count %d, the holder %d", m.Kind(v), count, h.Count)
			}
		}
	}
}

func TestLinks(t *testing.T) {
	mail, err := ident.Parse(ident.Email, "somebody@gmail.com")
	if err != nil {
		t.Fatal(err)
	}
	none, err := ident.Parse(ident.Email, "noreply@gmail.com")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id   ident.ID
		rel  graph.Relation
		want bool
	}{{mail, graph.Registered, true}, {mail, graph.Recruiter, false}, {mail, "commit", true}, {none, graph.Registered, false}} {
		if got := linkage.Links(c.id, c.rel); got != c.want {
			t.Errorf("%s %v: %v", c.rel, c.id.Mark(), got)
		}
	}
}
