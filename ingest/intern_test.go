package ingest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samehand/graph"
	"samehand/graph/ident"
)

// The interner says the same as parsing every value anew and looking it up in Go's maps.
func TestInternerIsABuilder(t *testing.T) {
	kinds := ident.Kinds()
	raws := []string{"Ann@Mailbox-one.net", "ann@mailbox-one.net", "9.9.9.9", " 9.9.9.9", "octocat", "github:octocat", "https://github.com/octocat", "", "\x00", "Jane Doe", "$octocat", "paypal:ann@mailbox-one.net", "021000021:12345678"}
	rapid.Check(t, func(rt *rapid.T) {
		var b graph.Builder
		in := newInterner(ident.Parser{}, 0)
		for i := range rapid.IntRange(0, 80).Draw(rt, "n") {
			c := Claim{
				Account: graph.AccountID{Platform: rapid.SampledFrom([]string{"github", "okta:acme", "okta:globex", "paypal"}).Draw(rt, "p"), Native: rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "a")},
				Kind:    rapid.SampledFrom(kinds).Draw(rt, "k"), Value: rapid.SampledFrom(raws).Draw(rt, "v"), Relation: graph.Login,
			}
			id, err := ident.Parser{}.Parse(c.Kind, c.Value, c.Account.Platform)
			mark, reason := in.observe(&c, int64(i))
			if (err != nil) != (reason != "") || mark != id.Mark() {
				rt.Fatalf("%v: parsed with %v, mark %v; interned with %q, mark %v", c, err, id.Mark(), reason, mark)
			}
			if err != nil {
				continue
			}
			raw := c.Value
			if raw == id.Key() {
				raw = ""
			}
			b.Observe(graph.Observation{Account: c.Account, Identifier: id, Raw: raw, Relation: c.Relation, Ref: graph.Ref{Line: int64(i)}})
		}
		want, got := b.Table(), in.table()
		want.Sources = nil
		want.Canonical()
		got.Canonical()
		if len(want.Rows) == 0 {
			return
		}
		same := cmp.Comparer(func(a, b ident.ID) bool { return a == b })
		if diff := cmp.Diff(want.Identifiers, got.Identifiers, same); diff != "" {
			rt.Fatalf("identifiers (-want +got):\n%s", diff)
		}
		for i := range want.Rows {
			if diff := cmp.Diff(want.Observation(i), got.Observation(i), same); diff != "" {
				rt.Fatalf("row %d (-want +got):\n%s", i, diff)
			}
		}
	})
}

func TestObserveRefusesWhatIsNoAccount(t *testing.T) {
	long := strings.Repeat("x", maxAccount+1)
	for _, a := range []graph.AccountID{{}, {Platform: "p"}, {Native: "n"}, {Platform: "p", Native: long}, {Platform: long, Native: "n"}, {Platform: "p", Native: "a\x00b"}} {
		in := newInterner(ident.Parser{}, 0)
		if _, reason := in.observe(&Claim{Account: a, Kind: ident.IP, Value: "9.9.9.9"}, 1); reason == "" {
			t.Errorf("an account of %d+%d bytes is taken", len(a.Platform), len(a.Native))
		}
	}
}

func TestObserveFillsTimes(t *testing.T) {
	in := newInterner(ident.Parser{}, 0)
	claim := Claim{Account: graph.AccountID{Platform: "p", Native: "n"}, Kind: ident.IP, Value: "9.9.9.9"}
	for _, tc := range []struct{ first, last, wantFirst, wantLast graph.Time }{{0, 0, 0, 0}, {5, 0, 5, 5}, {0, 6, 6, 6}, {5, 6, 5, 6}} {
		claim.First, claim.Last = tc.first, tc.last
		if _, reason := in.observe(&claim, 1); reason != "" {
			t.Fatal(reason)
		}
		r := in.t.Rows[len(in.t.Rows)-1]
		if r.First != tc.wantFirst || r.Last != tc.wantLast || r.Count != 1 {
			t.Errorf("%d to %d became %d to %d, count %d", tc.first, tc.last, r.First, r.Last, r.Count)
		}
	}
	claim.First, claim.Last = 6, 5
	if _, reason := in.observe(&claim, 1); reason == "" {
		t.Error("last before first is taken")
	}
}

// Equal halves of hashes do not make two texts one, and growing loses nothing.
func TestIndexAgainstMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var x index
	texts := map[string]uint32{}
	var list []string
	hash := func(s string) uint64 { return uint64(len(s)+int(s[0])) << 32 } // collides all the time
	find := func(s string) (uint32, bool) {
		h := hash(s)
		for i := x.first(h); ; i = x.next(i) {
			n, st := x.at(i, h)
			if st == free {
				return 0, false
			}
			if st == maybe && list[n] == s {
				return n, true
			}
		}
	}
	for range 4000 {
		s := fmt.Sprintf("%d", r.IntN(2500))
		n, ok := find(s)
		want, known := texts[s]
		if ok != known || n != want {
			t.Fatalf("%s: found %d, %v; want %d, %v", s, n, ok, want, known)
		}
		if !ok {
			n = uint32(len(list))
			list, texts[s] = append(list, s), n
			x.add(hash(s), n)
		}
	}
}

func TestArenaKeepsTexts(t *testing.T) {
	var a arena
	var want, got []string
	for i := range 20000 {
		s := strings.Repeat(fmt.Sprint(i), 1+i%40)
		want, got = append(want, s), append(got, a.keep(s))
	}
	want, got = append(want, strings.Repeat("y", arenaPiece)), append(got, a.keep(strings.Repeat("y", arenaPiece)))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("texts were written over")
	}
}

// Tens of thousands of platforms are as many scopes: nobody's handle becomes another's.
func TestManyPlatformsStayApart(t *testing.T) {
	in := newInterner(ident.Parser{}, 0)
	const n = 70_000
	for i := range n {
		c := Claim{Account: graph.AccountID{Platform: fmt.Sprintf("p%d", i), Native: "a"}, Kind: ident.Handle, Value: "bob", Relation: graph.Uses}
		if _, reason := in.observe(&c, 1); reason != "" {
			t.Fatal(reason)
		}
	}
	if got := len(in.t.Identifiers); got != n {
		t.Errorf("%d handles on %d platforms", got, n)
	}
}

func TestReasonsAreBounded(t *testing.T) {
	in := newInterner(ident.Parser{}, 0)
	for i := range 70_000 {
		in.reason(fmt.Errorf("reason %d", i))
	}
	if n := in.reason(fmt.Errorf("reason 3")); in.reasons.list[n] != "reason 3" || len(in.reasons.list) != 1<<16 {
		t.Errorf("%d reasons; the fourth is now %q", len(in.reasons.list), in.reasons.list[n])
	}
}
