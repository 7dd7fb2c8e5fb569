package cluster_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"samehand/graph"
	"samehand/graph/cluster"
	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

// crowd is a quick generator: people with two accounts each, on home lines, in offices, behind VPN exits and carrier
// NAT, in households, some with recycled lines, and small farms.
type crowd struct {
	b graph.Builder
	r *rand.Rand
}

func (c *crowd) see(account uint32, k ident.Kind, rel graph.Relation, key string, from, to int, count uint32) {
	id, err := ident.Restore(k, ident.Ordinary, key)
	if err != nil {
		panic(err)
	}
	c.b.Add(graph.Row{
		Account: account, Identifier: c.b.Identifier(id), Relation: c.b.Relation(rel), Count: count,
		First: graphtest.Day(from), Last: graphtest.Day(to),
	})
}

// person adds one person who lives somewhere, with a job at an employer.
func (c *crowd) person(i, employer int, line, home string) {
	okta := c.b.Account(graph.AccountID{Platform: fmt.Sprintf("okta:employer%d", employer), Native: fmt.Sprint(i)})
	hr := c.b.Account(graph.AccountID{Platform: fmt.Sprintf("hris:employer%d", employer), Native: fmt.Sprint(i)})
	name, mail := graphtest.Name(i), fmt.Sprintf("u%d@gmail.com", i)
	from := 1 + c.r.IntN(60)
	for _, a := range []uint32{okta, hr} {
		c.see(a, ident.Name, graph.Registered, name, from, from, 1)
		c.see(a, ident.Email, graph.Registered, mail, from, from, 1)
	}
	c.see(okta, ident.IP, graph.Login, line, from, 200+c.r.IntN(100), 150)
	c.see(okta, ident.Device, graph.Login, fmt.Sprintf("serial:D%d", i), from, 250, 100)
	c.see(hr, ident.Address, graph.Registered, home, from, from, 1)
	c.see(hr, ident.Payment, graph.Payout, fmt.Sprintf("ach:021000021:%d", 1_000_000+i), from, 250, 1)
	if strings.HasSuffix(home, " 70001") {
		return // a farm's machine goes nowhere
	}
	switch c.r.IntN(5) {
	case 0: // works at the office, too
		c.see(okta, ident.IP, graph.Login, fmt.Sprintf("60.1.%d.%d", employer/250, employer%250), from, 250, 200)
	case 1: // carrier NAT or a VPN exit now and then, of a few thousand
		x := c.r.IntN(2000)
		c.see(okta, ident.IP, graph.Login, fmt.Sprintf("61.1.%d.%d", x/250, x%250), from, 250, 20)
	}
}

// newCrowd builds a world of about that many accounts.
func newCrowd(accounts int) *graph.Table {
	c := &crowd{r: rand.New(rand.NewPCG(1, 2))}
	c.b.Source(graph.Source{ID: "s", Name: "s.csv"})
	people, employers := accounts/2, max(1, accounts/200)
	for i, home := 0, 0; i < people; home++ {
		size := []int{1, 1, 1, 2, 2, 3, 4}[c.r.IntN(7)]
		line, address := graphtest.IP(home), fmt.Sprintf("%d example st springfield il %05d", 100+home%9000, 60001+home/9000)
		for range min(size, people-i) {
			c.person(i, c.r.IntN(employers), line, address)
			i++
		}
	}
	for f := range people / 1000 {
		for p := range 7 {
			i := people + f*7 + p
			c.person(i, c.r.IntN(employers), graphtest.IP(9_500_000+f), fmt.Sprintf("%d example st springfield il 70001", i))
			hr := c.b.Account(graph.AccountID{Platform: "ship", Native: fmt.Sprint(i)})
			c.see(hr, ident.Email, graph.Registered, fmt.Sprintf("u%d@gmail.com", i), 5, 5, 1)
			c.see(hr, ident.Address, graph.ShipTo, fmt.Sprintf("%d farm rd springfield il 70002", f), 5, 5, 1)
		}
	}
	t := c.b.Table()
	t.Canonical()
	return t
}

func BenchmarkDetect(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(fmt.Sprintf("accounts=%d", n), func(b *testing.B) {
			t := newCrowd(n)
			b.ReportAllocs()
			var m runtime.MemStats
			for b.Loop() {
				r, err := cluster.Detect(context.Background(), t, cluster.Defaults())
				if err != nil {
					b.Fatal(err)
				}
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(r.Counts.Flagged), "flagged")
				b.ReportMetric(float64(r.Counts.Clusters), "clusters")
				b.ReportMetric(float64(r.Counts.Rows), "rows")
				b.ReportMetric(float64(m.HeapAlloc)/1e6, "heap-MB")
			}
		})
	}
}
