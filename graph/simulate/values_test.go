package simulate

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samehand/graph/ident"
)

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// TestDialsAreOneNumber checks that a number, however it is written, is read as one.
func TestDialsAreOneNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, r := newBuilder(1), random(rapid.Uint64().Draw(t, "seed"))
		n := b.phone(r)
		for range 8 {
			id, err := ident.Parse(ident.Phone, dial(r, n))
			if err != nil || id.Key() != "+1"+n || id.Mark() != ident.Ordinary {
				t.Fatalf("%s is read as %s: %v", n, id.Key(), err)
			}
		}
	})
	if got := dial(random(1), "N/A"); got != "N/A" {
		t.Errorf("what is no number is written %q", got)
	}
}

func TestMailboxes(t *testing.T) {
	r, shapes := random(1), map[string]bool{}
	digits, letters := regexp.MustCompile(`\d+`), regexp.MustCompile(`[a-z]+`)
	for range 200 {
		m := mailbox(r, "Ana", "Silva")
		if _, err := ident.Parse(ident.Email, m); err != nil {
			t.Fatalf("%s: %v", m, err)
		}
		local, _, _ := strings.Cut(m, "@")
		shapes[letters.ReplaceAllString(digits.ReplaceAllString(local, "0"), "a")] = true
	}
	if len(shapes) < 4 {
		t.Errorf("people choose mailboxes in %d ways only", len(shapes))
	}
}

func TestSpell(t *testing.T) {
	p := Place{Street: "12 Maple Street", Unit: "Apt 4", City: "Millhaven", State: "OH", Zip: "44601"}
	r, seen := random(1), map[string]bool{}
	for range 200 {
		seen[p.spell(r)] = true
	}
	for _, want := range []string{"12 Maple Street, Apt 4", "12 Maple St, Apt 4", "12 Maple St, #4", "12 MAPLE STREET, APT 4"} {
		if !seen[want] {
			t.Errorf("never spelled %q", want)
		}
	}
}

func TestUnique(t *testing.T) {
	n, taken := 0, map[string]bool{}
	draw := func() string { n++; return fmt.Sprint(n / 3) }
	for want := range 4 {
		if got := unique(taken, draw); got != fmt.Sprint(want) {
			t.Errorf("got %s, want %d", got, want)
		}
	}
}

func TestShortIsAlwaysTheSame(t *testing.T) {
	if a, b := short("a", 17), short("b", 17); a == b || a != short("a", 17) || len(a) != 17 {
		t.Errorf("short gives %q and %q", a, b)
	}
}

func TestUUID(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	r := random(1)
	for range 100 {
		if u := uuid(r); !form.MatchString(u) {
			t.Fatalf("%s is no random UUID", u)
		}
	}
}

func TestPresence(t *testing.T) {
	d := func(n int) time.Time { return time.Date(2025, 1, n, 0, 0, 0, 0, time.UTC) }
	for _, tc := range []struct {
		p    Presence
		at   int
		want bool
	}{
		{Presence{}, 5, true},
		{Presence{From: d(5)}, 5, true},
		{Presence{From: d(5)}, 4, false},
		{Presence{To: d(5)}, 5, false},
		{Presence{To: d(5)}, 4, true},
		{Presence{From: d(2), To: d(4)}, 3, true},
	} {
		if got := tc.p.at(d(tc.at)); got != tc.want {
			t.Errorf("%+v at day %d: %v", tc.p, tc.at, got)
		}
	}
}

// TestLineByWeight checks that lines are drawn by their weights among those that are there at the time.
func TestLineByWeight(t *testing.T) {
	day := time.Date(2025, 1, 9, 0, 0, 0, 0, time.UTC)
	p := &Person{Lines: []Presence{{IP: "a", Weight: 3}, {IP: "gone", To: day, Weight: 100}, {IP: "b", Weight: 1}}}
	r, n := random(1), map[string]int{}
	for range 4000 {
		n[p.line(r, day)]++
	}
	if n["gone"] > 0 || n["a"] < 2800 || n["a"] > 3200 {
		t.Errorf("drawn %v, want 3 to 1", n)
	}
}

func TestTenure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBuilder(1)
		from, to := b.tenure(random(rapid.Uint64().Draw(t, "seed")))
		if from.Before(b.w.From) || to.After(b.w.To) || !from.Before(to) {
			t.Fatalf("a seat from %v to %v", from, to)
		}
	})
}

// TestSeatsOfOneNameHaveTwoLogins checks that namesakes at one employer do not get one account.
func TestSeatsOfOneNameHaveTwoLogins(t *testing.T) {
	b := newBuilder(1)
	r := random(1)
	p, q := b.person(r, ""), b.person(r, "")
	q.First, q.Last = p.First, p.Last
	x, y := b.hire(r, p, 0, b.w.From, b.w.To), b.hire(r, q, 0, b.w.From, b.w.To)
	if x.Login == y.Login || x.EmployeeID == y.EmployeeID || x.Serial == y.Serial {
		t.Errorf("two seats have %+v and %+v", x, y)
	}
}
