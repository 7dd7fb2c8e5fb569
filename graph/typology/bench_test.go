package typology

import (
	"fmt"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// plain is [Facts] of a world where each account is a person with one name, home and employer.
type plain struct {
	t     *graph.Table
	rows  []uint32
	names [][]uint32
	jobs  [][]uint32
	homes [][]uint32
}

func (p *plain) Rows(a uint32) []graph.Row { return p.t.Rows[p.rows[a]:p.rows[a+1]] }
func (p *plain) Names(q uint32) []uint32   { return p.names[q] }

func (p *plain) Homes(q uint32) []uint32            { return p.homes[q] }
func (p *plain) Employers(q uint32) []uint32        { return p.jobs[q] }
func (p *plain) AccountEmployers(a uint32) []uint32 { return p.jobs[a] }

// big is a case of n accounts with twelve rows each, in groups of twenty that share a line, a door, purses, devices and
// numbers.
func big(tb testing.TB, n, groups int) (*View, []Group) {
	tb.Helper()
	t := &graph.Table{
		Relations: []graph.Relation{graph.Login, graph.Payout, graph.Registered, graph.ShipTo}, Raws: []string{""},
		Accounts: make([]graph.AccountID, n), Rows: make([]graph.Row, 0, 12*n),
	}
	p := &plain{t: t, rows: make([]uint32, n+1), names: make([][]uint32, n), jobs: make([][]uint32, n), homes: make([][]uint32, n)}
	person := make([]uint32, n)
	restore := func(k ident.Kind, i int) uint32 {
		key := fmt.Sprint(i)
		if k == ident.Name {
			key = strings.ToLower(graphtest.Name(i))
		}
		id, err := ident.Restore(k, ident.Ordinary, key)
		if err != nil {
			tb.Fatal(err)
		}
		t.Identifiers = append(t.Identifiers, id)
		return uint32(len(t.Identifiers) - 1)
	}
	kinds := []struct {
		kind     ident.Kind
		relation uint16
		holders  int // accounts of one group that share one
		rows     int
	}{{ident.IP, 0, 20, 4}, {ident.Device, 0, 3, 3}, {ident.Payment, 1, 5, 1}, {ident.Phone, 2, 3, 1}, {ident.Email, 2, 1, 1}, {ident.Address, 3, 20, 1}, {ident.Name, 2, 1, 1}}
	at := make([]uint32, len(kinds))
	list := make([]Group, groups)
	for a := range n {
		t.Accounts[a] = graph.AccountID{Platform: fmt.Sprintf("okta:employer%04d", a*1000/n), Native: fmt.Sprintf("%07d", a)}
		person[a] = uint32(a)
		g := a / 20
		for k, kind := range kinds {
			if a%20%kind.holders == 0 {
				at[k] = restore(kind.kind, a)
				if g < groups && kind.holders > 1 {
					list[g].Values = append(list[g].Values, Value{Identifier: at[k], Class: classOwn, Persons: kind.holders})
				}
			}
			first, last := graphtest.Day(10), graphtest.Day(150)
			for r := range kind.rows {
				t.Rows = append(t.Rows, graph.Row{First: first + graph.Time(r), Last: last, Account: uint32(a), Identifier: at[k], Relation: kind.relation, Count: 9})
			}
			if g < groups {
				for i := range list[g].Values {
					if v := &list[g].Values[i]; v.Identifier == at[k] {
						v.Holders = append(v.Holders, Holder{Person: uint32(a), Accounts: []uint32{uint32(a)}, Base: true, First: first, Last: last})
					}
				}
			}
		}
		p.rows[a+1] = uint32(len(t.Rows))
		p.names[a], p.jobs[a], p.homes[a] = []uint32{at[len(at)-1]}, []uint32{uint32(a % 7)}, []uint32{uint32(a)}
		if g < groups {
			list[g].Persons, list[g].Accounts = append(list[g].Persons, uint32(a)), append(list[g].Accounts, uint32(a))
		}
	}
	v, err := NewView(Input{Table: t, Person: person, Facts: p})
	if err != nil {
		tb.Fatal(err)
	}
	return v, list
}

// BenchmarkPatterns looks for all patterns in 5,000 groups of twenty accounts.
func BenchmarkPatterns(b *testing.B) {
	v, groups := big(b, 100_000, 5_000)
	o := Defaults()
	b.ReportAllocs()
	for b.Loop() {
		found := 0
		for _, g := range groups {
			found += len(v.Patterns(g, o))
		}
		if found < len(groups) {
			b.Fatalf("%d patterns in %d groups", found, len(groups))
		}
	}
}

// BenchmarkNewView reads a case of a million accounts.
func BenchmarkNewView(b *testing.B) {
	v, _ := big(b, 1_000_000, 0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewView(v.Input); err != nil {
			b.Fatal(err)
		}
	}
}
