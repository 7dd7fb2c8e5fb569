package linkage

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

func noon(day int) graph.Time {
	return graph.TimeOf(time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, day))
}

// use is what one account did with a line: IP, first day, last day (0: not known), how often.
type use struct{ ip, from, to, count int }

func factsOf(t *testing.T, uses ...use) *facts {
	t.Helper()
	var b graph.Builder
	for _, u := range uses {
		id, err := ident.Restore(ident.IP, ident.Ordinary, []string{"23.1.1.1", "23.1.1.2", "23.1.1.3"}[u.ip])
		if err != nil {
			t.Fatal(err)
		}
		o := graph.Observation{Account: graph.AccountID{Platform: "p", Native: "a"}, Identifier: id, Relation: graph.Login, Count: uint32(u.count)}
		if u.to > 0 {
			o.First, o.Last = noon(u.from), noon(u.to)
		}
		b.Observe(o)
	}
	table := b.Table()
	table.Canonical()
	return newFacts(table, Defaults())
}

func diaryOf(f *facts, accounts []uint32) *diary {
	var d diary
	d.read(f, accounts)
	return &d
}

func TestDiary(t *testing.T) {
	f := factsOf(t, use{0, 1, 10, 100}, use{1, 6, 15, 50}, use{2, 20, 20, 7}, use{2, 0, 0, 3})
	d := diaryOf(f, []uint32{0})
	for _, test := range []struct {
		from, to int
		want     float64
	}{
		{1, 10, 100 + 25}, // all of the first, half of the second
		{6, 15, 50 + 50},  // the other way round
		{1, 1, 10},        // one day of ten
		{16, 19, 0},       // nothing
		{20, 20, 7},       // a moment
		{1, 20, 157},      // everything that has a time
		{-500, 9000, 157}, // and no more outside
		{5000, 9000, 7},   // times far off count as the last day
	} {
		if got := d.total(span{noon(test.from), noon(test.to)}); math.Abs(got-test.want) > 1e-9 {
			t.Errorf("days %d to %d: %v, want %v", test.from, test.to, got, test.want)
		}
	}
	if got := d.total(span{}); got != 160 {
		t.Errorf("without times: %v", got)
	}
	if got := diaryOf(factsOf(t, use{0, 0, 0, 4}), []uint32{0}).total(span{noon(1), noon(2)}); got != 4 {
		t.Errorf("a diary without times: %v", got)
	}
}

// A log of three days cannot show a stay of a week; one of a year can.
func TestStay(t *testing.T) {
	for _, test := range []struct {
		days int
		want time.Duration
	}{{0, day}, {1, day}, {3, 36 * time.Hour}, {10, 5 * day}, {14, 7 * day}, {365, 7 * day}} {
		m := &Model{covered: span{noon(5), noon(5 + test.days)}}
		if got := m.stay(7 * day); got != graph.Time(test.want.Microseconds()) {
			t.Errorf("%d days: %v, want %v", test.days, time.Duration(got)*time.Microsecond, test.want)
		}
	}
}

func TestDayOf(t *testing.T) {
	for us, want := range map[graph.Time]int64{0: 0, 1: 0, microsPerDay - 1: 0, microsPerDay: 1, -1: -1, -microsPerDay: -1, -microsPerDay - 1: -2} {
		if got := dayOf(us); got != want {
			t.Errorf("%d: day %d, want %d", us, got, want)
		}
	}
}

func TestLeasePieces(t *testing.T) {
	type piece struct {
		person   uint32
		from, to int
	}
	for _, test := range []struct {
		name string
		in   []piece
		want []int32
	}{
		{"one after the other without a pause", []piece{{0, 1, 10}, {1, 10, 20}}, []int32{0, 0}},
		{"a pause of a day", []piece{{0, 1, 10}, {1, 11, 20}}, []int32{0, 0}},
		{"a pause of two days", []piece{{0, 1, 10}, {1, 12, 20}}, []int32{0, 1}},
		{"somebody came back", []piece{{0, 1, 10}, {0, 30, 40}, {1, 31, 35}}, []int32{0, 0, 0}},
		{"a stranger between", []piece{{0, 1, 10}, {0, 50, 60}, {1, 20, 30}}, []int32{0, 0, 1}},
		{"a long use bridges", []piece{{0, 1, 40}, {1, 3, 5}, {2, 20, 30}}, []int32{0, 0, 0}},
		{"without a time", []piece{{0, 0, 0}, {1, 5, 6}}, []int32{0, 1}},
		{"without a time, and with", []piece{{0, 0, 0}, {0, 5, 6}, {1, 5, 6}}, []int32{0, 0, 0}},
	} {
		es := make([]entry, len(test.in))
		for i, p := range test.in {
			es[i] = entry{person: p.person}
			if p.to > 0 {
				es[i].span = span{noon(p.from), noon(p.to)}
			}
		}
		n := leases(es, day)
		var got []int32
		for _, e := range es {
			got = append(got, e.lease)
		}
		if diff := cmp.Diff(test.want, got); diff != "" || n != int(slices.Max(test.want))+1 {
			t.Errorf("%s: %d leases (-want +got):\n%s", test.name, n, diff)
		}
	}
}

func TestHandedOn(t *testing.T) {
	hold := func(from, to int) Holder { return Holder{First: noon(from), Last: noon(to)} }
	for _, test := range []struct {
		name string
		hs   []Holder
		want int
	}{
		{"nobody", nil, 0},
		{"together", []Holder{hold(1, 50), hold(10, 60)}, 0},
		{"once", []Holder{hold(60, 90), hold(1, 50)}, 1},
		{"twice", []Holder{hold(60, 90), hold(1, 50), hold(100, 110)}, 2},
		{"without times", []Holder{{}, hold(1, 50), {}}, 0},
	} {
		if got := handedOn(test.hs); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestSpans(t *testing.T) {
	a, b, none := span{noon(1), noon(5)}, span{noon(3), noon(9)}, span{}
	if got := a.widen(b); got != (span{noon(1), noon(9)}) || a.widen(none) != a || none.widen(b) != b {
		t.Errorf("widened to %v", got)
	}
	if a.overlap(b) != 2*microsPerDay || b.overlap(span{noon(12), noon(13)}) != -3*microsPerDay {
		t.Error("overlap", a.overlap(b), b.overlap(span{noon(12), noon(13)}))
	}
	if got := rowSpan(graph.Row{Last: 7}); got != (span{7, 7}) {
		t.Errorf("a row with its last time only: %v", got)
	}
}

// Lists come out sorted and without repeats, whatever goes in; meet is what a set says.
func TestLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		ps := rapid.SliceOf(rapid.Custom(func(t *rapid.T) pair {
			return pair{uint32(rapid.IntRange(0, n-1).Draw(t, "key")), uint32(rapid.IntRange(0, 9).Draw(t, "item"))}
		})).Draw(t, "pairs")
		l := newLists(n, slices.Clone(ps))
		for i := range uint32(n) {
			var want []uint32
			for _, p := range ps {
				if p.key == i {
					want = append(want, p.item)
				}
			}
			slices.Sort(want)
			if want = slices.Compact(want); !slices.Equal(want, l.at(i)) {
				t.Fatalf("list %d is %v, want %v", i, l.at(i), want)
			}
			for j := range uint32(n) {
				both := slices.ContainsFunc(l.at(i), func(x uint32) bool { return slices.Contains(l.at(j), x) })
				if meet(l.at(i), l.at(j)) != both {
					t.Fatalf("%v and %v meet: %v", l.at(i), l.at(j), !both)
				}
			}
		}
	})
}

func TestSets(t *testing.T) {
	var s Sets
	for range 5 {
		s.Add()
	}
	s.Join(3, 1)
	s.Join(4, 3)
	var got []int
	for i := range 5 {
		got = append(got, s.Find(i))
	}
	if diff := cmp.Diff([]int{0, 1, 2, 1, 1}, got); diff != "" {
		t.Error(diff)
	}
	of, n := s.u.number()
	if diff := cmp.Diff([]uint32{0, 1, 2, 1, 1}, of); diff != "" || n != 3 {
		t.Error(n, diff)
	}
}

// Every relation of every kind has a role or none, and what never links has none.
func TestRoles(t *testing.T) {
	id := func(k ident.Kind, m ident.Mark) ident.ID {
		x, err := ident.Restore(k, m, "x")
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, k := range ident.Kinds() {
		for _, rel := range append(graph.Relations(), "commit", "") {
			never := k == ident.Name || k == ident.Employer || k == ident.Tag || rel == graph.Recruiter || rel == graph.EmployedBy
			if got := roleOf(id(k, ident.Ordinary), rel); (got == 0) != never {
				t.Errorf("%v %q: role %b", k, rel, got)
			}
			for _, m := range []ident.Mark{ident.Placeholder, ident.Reserved, ident.Shared} {
				if got := roleOf(id(k, m), rel); got != 0 {
					t.Errorf("%v %q, %v: role %b", k, rel, m, got)
				}
			}
		}
	}
}

// Kinds of value and families keep step.
func TestFamilies(t *testing.T) {
	if len(Families()) != int(kinCount) {
		t.Fatal("a family has no number")
	}
	for k := range kinCount {
		soft := k.Family() == graph.Vouching || k.Family() == graph.Dossier
		if k.Hard() == soft || k.Private() && soft {
			t.Errorf("%s: hard %v, private %v", k.Family(), k.Hard(), k.Private())
		}
	}
}

func TestWeight(t *testing.T) {
	o := Defaults()
	l := func(k Kin, p float32) Link { return Link{Kin: k, Points: p} }
	for _, test := range []struct {
		links []Link
		want  float64
	}{
		{nil, 0},
		{[]Link{l(kinMoney, 10)}, 10},
		{[]Link{l(kinMoney, 10), l(kinNetwork, 4)}, 14},
		{[]Link{l(kinNetwork, 4), l(kinNetwork, 8)}, 9},
		{[]Link{l(kinVouching, 4), l(kinDossier, 6)}, 1},
		{[]Link{l(kinVouching, 4), l(kinContact, 2)}, 6},
	} {
		if got := weight(test.links, o, func(l Link) bool { return l.Kin.Hard() }); got != test.want {
			t.Errorf("%v weighs %v, want %v", test.links, got, test.want)
		}
	}
}
