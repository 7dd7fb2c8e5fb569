package edgelist_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph/edgelist"
	"samehand/graph/projection"
)

// pieces are parts of lines, good and bad.
var pieces = []string{"1", "2", "10", "007", "a", "B c", `"x,y"`, `"q""q"`, "", "-1", "0", "2.5", "#", "\x00", "ü", "\xff", `"`, "4294967296", "NaN"}

// drawLines draws lines, comments and empty ones among them.
func drawLines(t *rapid.T) []string {
	field := rapid.SampledFrom(pieces)
	return rapid.SliceOf(rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(field, 0, 4).Draw(t, "fields"), ",")
	})).Draw(t, "lines")
}

// The result depends neither on the threads, nor on how the text falls into blocks; the counts add up; and the graph does
// not depend on the order of the lines.
func TestReadIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawLines(t)
		text := strings.Join(rows, "\n")
		o := edgelist.Options{Separator: edgelist.Comma, Threads: 1, Rejects: 1000}
		want := read(t, text, o)
		if want.Lines != want.Edges+want.Loops+want.Unweighted+want.Alone+want.Rejected || want.Rejected != int64(len(want.Rejects)) {
			t.Fatalf("the counts do not add up: %+v", want)
		}
		o.Threads = rapid.IntRange(1, 4).Draw(t, "threads")
		size := rapid.IntRange(60, 300).Draw(t, "size") // of a block; the longest line is shorter
		got, err := edgelist.ReadBlocks(context.Background(), iotest.HalfReader(strings.NewReader(text)), o, size)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(show(want), show(got)); diff != "" {
			t.Fatalf("threads and blocks (-want +got):\n%s", diff)
		}
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		got = read(t, strings.Join(rows, "\n"), o)
		want.Rejects, got.Rejects = nil, nil
		if diff := cmp.Diff(show(want), show(got)); diff != "" {
			t.Fatalf("order of the lines (-want +got):\n%s", diff)
		}
	})
}

// What was written is read as the same graph, with the same names.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := read(t, strings.Join(drawLines(t), "\n"), edgelist.Options{Separator: edgelist.Comma})
		var b bytes.Buffer
		if err := edgelist.Write(&b, l.Graph, l.Names); err != nil {
			t.Fatal(err)
		}
		again := read(t, b.String(), edgelist.Options{})
		l.Rejects = nil
		if diff := cmp.Diff(show(l), show(again)); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, b.String())
		}
		for v := range uint32(l.Names.Len()) {
			if got, ok := l.Names.Find(l.Names.Name(v)); !ok || got != v {
				t.Fatalf("node %d is found at %d, %v", v, got, ok)
			}
		}
	})
}

func TestFind(t *testing.T) {
	for _, text := range []string{"", "1 2\n", "a b\n"} {
		l := read(t, text, edgelist.Options{})
		for _, name := range []string{"", "0", "3", "aa", "01", "c"} {
			if _, ok := l.Names.Find(name); ok {
				t.Errorf("%q is found in %q", name, text)
			}
		}
	}
}

func TestWriteLabels(t *testing.T) {
	for _, test := range []struct {
		text  string
		guard func(string) string
		want  string
	}{
		{"", nil, "node,community\n"},
		{"3 2\n", strings.ToUpper, "node,community\n2,5\n3,6\n"}, // numbers need no guard
		{"b \"a b\"\n", strings.ToUpper, "node,community\n\"A B\",5\nB,6\n"},
		{"b \"\"\"\"\n", nil, "node,community\n\"\"\"\",5\nb,6\n"},
	} {
		l := read(t, test.text, edgelist.Options{})
		var b strings.Builder
		err := edgelist.WriteLabels(&b, l.Names, []uint32{5, 6}[:l.Names.Len()], test.guard)
		if diff := cmp.Diff(test.want, b.String()); diff != "" || err != nil {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteFails(t *testing.T) {
	l := read(t, "1 2\n", edgelist.Options{})
	if err := edgelist.Write(full{}, l.Graph, l.Names); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("Write: %v", err)
	}
	if err := edgelist.WriteLabels(full{}, l.Names, []uint32{0, 0}, nil); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("WriteLabels: %v", err)
	}
	if err := edgelist.WriteLabels(io.Discard, l.Names, []uint32{0}, nil); err == nil {
		t.Error("fewer labels than names")
	}
	if err := edgelist.Write(io.Discard, projection.MustNew(1, nil), l.Names); err == nil {
		t.Error("fewer nodes than names")
	}
}

func TestReadFails(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	torn := errors.New("torn")
	for _, test := range []struct {
		name string
		ctx  context.Context
		r    io.Reader
		o    edgelist.Options
		is   error
		want string
	}{
		{name: "cancelled", ctx: cancelled, r: strings.NewReader("1 2\n"), is: context.Canceled},
		{name: "broken", r: io.MultiReader(strings.NewReader("1 2\n"), iotest.ErrReader(torn)), is: torn},
		{name: "breaks off", r: io.MultiReader(strings.NewReader("1 2\n"), iotest.ErrReader(io.ErrUnexpectedEOF)), is: io.ErrUnexpectedEOF},
		{name: "says nothing", r: silent{}, is: io.ErrNoProgress},
		{name: "separator", r: strings.NewReader(""), o: edgelist.Options{Separator: 'x'}, want: "no such separator"},
		{name: "Matrix Market", r: strings.NewReader("%%MatrixMarket matrix coordinate\n1 1 1\n"), want: "Matrix Market"},
		{name: "two ways", r: strings.NewReader("# x\nBob\tAl 5\n"), want: "could be read in two ways"},
		{name: "sum", r: strings.NewReader("a b 3e38\nb a 3e38\n"), want: "weigh more together"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx := test.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			l, err := edgelist.Read(ctx, test.r, test.o)
			if err == nil || l != nil || test.is != nil && !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, %v", l, err)
			}
		})
	}
}

// silent is a reader that never says anything.
type silent struct{}

func (silent) Read([]byte) (int, error) { return 0, nil }

func TestSeparators(t *testing.T) {
	for _, test := range []struct {
		text      string
		separator edgelist.Separator
		want      string
	}{
		{"Bob\tAl 5\n", edgelist.Tab, "[Al 5][Bob] 0-1:1"},
		{"Bob\tAl 5\n", edgelist.Blank, "[Al][Bob] 0-1:5"},
		{"a,b c\n", edgelist.Blank, "[a,b][c] 0-1:1"},
		{"a;b,c\n", edgelist.Comma, "[a;b][c] 0-1:1"},
		{"a;b,c\n", edgelist.Semicolon, "[a][b,c] 0-1:1"},
		{"\"a\" \"b\"\t1\n", edgelist.Blank, "[a][b] 0-1:1"},
		{"from to\n", edgelist.Comma, " !1 there is one field, with what may be another separator in it; put it in quotes if it is one name"},
		{"a\t\tb\n", edgelist.Tab, " !1 a name is empty"},
	} {
		if diff := cmp.Diff(test.want, show(read(t, test.text, edgelist.Options{Separator: test.separator}))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// A line without an end takes no more memory than a block, is one line, and what comes after it is read.
func TestEndless(t *testing.T) {
	for _, tail := range []string{"", "\n", "\n3 4", "\n3 4\nbad 5 x\n"} {
		for length := 50; length < 200; length++ {
			text := "1 2\n" + strings.Repeat("x", length) + tail
			got, err := edgelist.ReadBlocks(t.Context(), strings.NewReader(text), edgelist.Options{Threads: 2}, 50)
			if err != nil {
				t.Fatal(err)
			}
			if got.Edges != int64(1+strings.Count(tail, "3 4")) || got.Rejected != int64(1+strings.Count(tail, "bad")) || got.Rejects[0].Line != 2 {
				t.Fatalf("%d bytes, then %q: %+v", length, tail, got)
			}
			if len(got.Rejects) > 1 && got.Rejects[1].Line != 4 {
				t.Fatalf("the bad line is said to be %d", got.Rejects[1].Line)
			}
		}
	}
}

// The first bad lines are described, in their order, whoever read them; all are counted.
func TestRejects(t *testing.T) {
	var b strings.Builder
	for i := range 500 {
		b.WriteString(strings.Repeat("x ", i%3) + "a b -1\n\x01 y\n")
	}
	for _, threads := range []int{1, 4} {
		got, err := edgelist.ReadBlocks(t.Context(), strings.NewReader(b.String()), edgelist.Options{Threads: threads}, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rejected != 1000 || len(got.Rejects) != 10 {
			t.Fatalf("%d rejected, %d described", got.Rejected, len(got.Rejects))
		}
		for i, r := range got.Rejects {
			if r.Line != int64(i+1) {
				t.Errorf("reject %d is line %d", i, r.Line)
			}
		}
	}
}

func TestWeight(t *testing.T) {
	for _, text := range []string{"0", "1", "1.", ".5", "0.1", "123456.789", "999999999999999", "1234567890123456", "1e3", "+4", "0.000000000000001", "3.4e38", "5e-324"} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, reason := edgelist.Weight([]byte(text)); got != want || reason != "" {
			t.Errorf("%s: %v %s", text, got, reason)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9]{0,9}\.?[0-9]{1,9}`).Draw(t, "text")
		want, _ := strconv.ParseFloat(text, 64)
		if got, reason := edgelist.Weight([]byte(text)); got != want || reason != "" {
			t.Fatalf("%s: %v %s, want %v", text, got, reason, want)
		}
	})
}

func TestDecimal(t *testing.T) {
	for text, want := range map[string]int64{
		"": -1, "0": 0, "00": -1, "01": -1, "7": 7, "4294967295": math.MaxUint32, "4294967296": -1, "99999999999": -1,
		"+1": -1, "-1": -1, "1 ": -1, " 1": -1, "1x": -1, "１": -1,
	} {
		if got, ok := edgelist.Decimal([]byte(text)); ok != (want >= 0) || ok && int64(got) != want {
			t.Errorf("%q: %d %v", text, got, ok)
		}
	}
}

// Both ways to keep a set rank its numbers.
func TestNumberSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := rapid.SliceOfN(rapid.Uint32Max(rapid.SampledFrom([]uint32{100, math.MaxUint32}).Draw(t, "most")), 1, 50).Draw(t, "numbers")
		want := slices.Clone(numbers)
		slices.Sort(want)
		want = slices.Compact(want)
		s := edgelist.NewNumberSet(want[len(want)-1], len(numbers), func(add func(uint32)) {
			for _, n := range numbers {
				add(n)
			}
		})
		if diff := cmp.Diff(want, s.List()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		for i, n := range want {
			if s.Rank(n) != uint32(i) {
				t.Fatalf("%d has rank %d, want %d", n, s.Rank(n), i)
			}
		}
	})
}

// Many names in tables that grow, from several workers.
func TestManyNames(t *testing.T) {
	var b strings.Builder
	const n = 20000
	r := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		b.WriteString("person-" + strconv.Itoa(i) + "," + strconv.Itoa(r.IntN(n)) + "\n")
	}
	want := read(t, b.String(), edgelist.Options{Threads: 1})
	got, err := edgelist.ReadBlocks(t.Context(), strings.NewReader(b.String()), edgelist.Options{Threads: 4}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(show(want), show(got)); diff != "" || want.Graph.Edges() != n {
		t.Errorf("%d edges (-want +got):\n%.1000s", want.Graph.Edges(), diff)
	}
	if !inOrder(want.Names) {
		t.Error("names are not in order")
	}
}

func inOrder(n edgelist.Names) bool {
	for v := 1; v < n.Len(); v++ {
		if n.Name(uint32(v-1)) >= n.Name(uint32(v)) {
			return false
		}
	}
	return true
}

// Nothing makes reading fail or panic but what the documentation says, and what was read comes back.
// A first name that is the one of the line before is the same node, also after a line that was rejected, and a longer or
// shorter one is not.
func TestSameFirstName(t *testing.T) {
	l := read(t, "ann bob\nann cid\nann \x01\nann dan\nanna bob\nan bob\nann\nbob ann\nann ann\n\x01 ann\nann bob\n", edgelist.Options{Threads: 1})
	var names []string
	for v := range uint32(l.Names.Len()) {
		names = append(names, l.Names.Name(v))
	}
	if diff := cmp.Diff([]string{"an", "ann", "anna", "bob", "cid", "dan"}, names); diff != "" {
		t.Fatal("(-want +got)\n" + diff)
	}
	want := []projection.Arc{{To: 3, Weight: 3}, {To: 4, Weight: 1}, {To: 5, Weight: 1}}
	if diff := cmp.Diff(want, l.Graph.Arcs(1)); diff != "" || l.Graph.Loop(1) != 1 || l.Rejected != 2 {
		t.Errorf("%d rejected (-want +got)\n%s", l.Rejected, diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range pieces {
		f.Add([]byte(p + " " + p + "\n1 2 3\n"))
		f.Add([]byte("source,target\n" + p + ",x\r\n"))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := edgelist.ReadBlocks(t.Context(), bytes.NewReader(text), edgelist.Options{Threads: 2, Rejects: len(text)}, 128)
		if err != nil {
			return
		}
		if l.Lines != l.Edges+l.Loops+l.Unweighted+l.Alone+l.Rejected {
			t.Fatalf("the counts do not add up: %+v", l)
		}
		var b bytes.Buffer
		if err := edgelist.Write(&b, l.Graph, l.Names); err != nil {
			t.Fatal(err)
		}
		again := read(t, b.String(), edgelist.Options{Rejects: 1})
		l.Rejects = nil
		if diff := cmp.Diff(show(l), show(again)); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%q", diff, b.String())
		}
	})
}
