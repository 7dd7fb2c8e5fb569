package report

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

// large adds a house of n personas with two accounts each, one line they all use (seen on many days), and a weak tie between neighbours.
func (w *world) large(clusterID string, n, days int) {
	c := graph.Cluster{ID: clusterID, Score: 15, Flagged: true, Families: []graph.Family{graph.Network, graph.Contact}, Persons: n, Names: n, Employers: 40, Homes: n - 1,
		Reasons: []string{fmt.Sprintf("%d different full names are tied by two independent families of evidence.", n)}}
	var who []graph.AccountID
	for i := range n {
		tenant := fmt.Sprintf("firm%02d", i%40)
		person := fmt.Sprintf("%s-p%04d", clusterID, i)
		for _, system := range []string{"okta", "payroll"} {
			a := graph.AccountID{Platform: system + ":" + tenant, Native: fmt.Sprintf("%s-%03d", clusterID, i)}
			c.Members = append(c.Members, graph.Member{Account: a, Person: person, Flagged: true, Points: 20 - float64(i)/10, Confidence: max(.3, .97-float64(i)/100)})
			if system == "okta" {
				who = append(who, a)
				w.sees(a, w.id(ident.Name, fmt.Sprintf("Persona %s Number%d", strings.ToUpper(string(rune('A'+i%26))), i)), graph.Registered, 0, -1, 1)
			}
		}
	}
	w.shares(&c, graph.Evidence{Identifier: w.id(ident.IP, "198.51.100."+strconv.Itoa(len(w.run.Clusters))), Family: graph.Network, Class: "own", Points: 5.2}, graph.Login, who, 1, 200, days)
	kinds := []ident.Kind{ident.Email, ident.Phone, ident.Device, ident.Payment, ident.Document, ident.Handle, ident.Website}
	for i := 0; i+1 < n; i++ {
		k := kinds[i%len(kinds)]
		w.shares(&c, graph.Evidence{Identifier: w.id(k, fmt.Sprintf("%s-shared-%s-%03d", clusterID, k, i)), Family: graph.Contact, Class: "own", Points: 10 - float64(i%7)}, graph.Uses, who[i:i+2], i%90, 40, 2)
	}
	w.run.Clusters = append(w.run.Clusters, c)
}

// largeModel is a report of clusters of these many personas.
func largeModel(t testing.TB, days int, personas ...int) Model {
	t.Helper()
	w := newWorld(t)
	for i, n := range personas {
		w.large(fmt.Sprintf("c-%02d", i), n, days)
	}
	table := w.b.Table()
	table.Canonical()
	m, err := Build(w.run, table, nil, Options{Case: "Large"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The pictures of a page stay within the limit, what is left out is said, and every member stays in the tables.
func TestPagesDrawSoMuch(t *testing.T) {
	m := largeModel(t, 2, 300, 300, 300, 20)
	p := pageOf(m)
	drawn := 0
	for i, v := range p.Views {
		drawn += v.Drawn
		if total := len(v.Members) + len(v.Cluster.Evidence); v.Drawn+v.Dropped != total && v.Drawn != 0 {
			t.Errorf("cluster %d: %d drawn and %d dropped of %d", i, v.Drawn, v.Dropped, total)
		}
	}
	if drawn > PageNodes || drawn < PageNodes-100 {
		t.Errorf("%d nodes drawn, want at most %d and not much less", drawn, PageNodes)
	}
	out := string(encoded(t, HTML{}, m))
	for _, want := range []string{"a page draws 2,000 at most", "Make a report of this cluster alone"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(out, "Number299") {
		t.Error("a member is missing")
	}
}

// Long lists are folded, and nothing in them is lost.
func TestLongListsAreFolded(t *testing.T) {
	m := largeModel(t, 120, 68)
	doc, err := html.Parse(bytes.NewReader(encoded(t, HTML{}, m)))
	if err != nil {
		t.Fatal(err)
	}
	shown, foldedLines := 0, 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "details" {
			continue
		}
		closed := !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" })
		switch class := classOf(n); {
		case class == "ev":
			shown++
			if !closed {
				t.Error("evidence is unfolded")
			}
		case class == "" && n.Parent != nil && classOf(n.Parent) == "cite":
			foldedLines++
		}
	}
	if want := len(m.Clusters[0].Evidence) + len(m.Clusters[0].Discounted); shown != want {
		t.Errorf("%d pieces of evidence, want %d", shown, want)
	}
	if foldedLines < 68 {
		t.Errorf("%d long lists of lines are folded, want one for each of 68 personas", foldedLines)
	}
}

func classOf(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "class" {
			return a.Val
		}
	}
	return ""
}

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		in   []int64
		want string
	}{
		{nil, ""}, {[]int64{7}, "7"}, {[]int64{7, 8}, "7, 8"}, {[]int64{7, 8, 9}, "7–9"}, {[]int64{1, 3, 4, 5, 6, 9, 10}, "1, 3–6, 9, 10"},
	} {
		if got := ranges(c.in); got != c.want {
			t.Errorf("ranges(%v) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := number(in); got != want {
			t.Errorf("number(%d) = %q, want %q", in, got, want)
		}
	}
}

// Whatever the picture, every node has a place that is a number and lies in a disc, and twice the same picture gives the same places.
func TestRingIsTame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var p picture
		for i := range rapid.IntRange(1, 60).Draw(r, "accounts") {
			p.accounts = append(p.accounts, pictureAccount{member: i, person: i})
		}
		for i := range rapid.IntRange(0, 40).Draw(r, "values") {
			p.values = append(p.values, pictureValue{evidence: i})
			for range rapid.IntRange(0, 5).Draw(r, "holders") {
				p.links = append(p.links, pictureLink{rapid.IntRange(0, len(p.accounts)-1).Draw(r, "account"), i})
			}
		}
		as, vs := ring(p)
		as2, vs2 := ring(p)
		if !slices.Equal(as, as2) || !slices.Equal(vs, vs2) {
			r.Fatal("two layouts of one picture differ")
		}
		limit := ringRadius(p) + 1
		for _, at := range append(as, vs...) {
			if d := math.Hypot(at.x, at.y); math.IsNaN(d) || d > limit {
				r.Fatalf("a node at %v, outside of %v", at, limit)
			}
		}
	})
}

func TestPeriods(t *testing.T) {
	m := model(t)
	tl := timelineOf(m.Clusters[0])
	if len(tl.Ticks) == 0 || len(tl.Ticks) > 12 || tl.Unknown != 1 {
		t.Errorf("%d ticks, %d values without a time", len(tl.Ticks), tl.Unknown)
	}
	for _, r := range tl.Rows {
		if !r.Head && (r.X < stripLeft || r.X+r.W > stripWidth || r.W < 3) {
			t.Errorf("a bar from %v, %v wide", r.X, r.W)
		}
	}
	if tl := timelineOf(Cluster{}); len(tl.Rows) != 0 {
		t.Error("a cluster without evidence has a strip")
	}
}

// Times as far apart as they can be give a few ticks, quickly.
func TestTicksOfAllTime(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		first := rapid.Int64Range(-9_000_000_000_000, 9_000_000_000_000).Draw(r, "first")
		last := first + rapid.Int64Range(1, 18_000_000_000_000).Draw(r, "span")
		if n := len(ticks(first, last, func(int64) float64 { return 0 }, 100)); n == 0 || n > 12 {
			r.Fatalf("%d ticks", n)
		}
	})
}
