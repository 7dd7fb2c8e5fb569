// Package graphtest builds small worlds for tests: accounts with what they share, as canonical tables.
//
// All people, addresses and numbers in it are made up. Only tests import it.
package graphtest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// World collects observations. Days are counted from its first day, 1 January 2025.
type World struct {
	tb   testing.TB
	rows []graph.Observation
}

// Account is one account in a world. Its methods observe something and return it again.
type Account struct {
	w  *World
	id graph.AccountID
}

// New returns an empty world; what cannot be read as an identifier fails tb.
func New(tb testing.TB) *World { return &World{tb: tb} }

// Account returns the account of that name on a platform ("okta:acme"), with a full name unless it is "".
func (w *World) Account(platform, native, name string) Account {
	a := Account{w, graph.AccountID{Platform: platform, Native: native}}
	if name != "" {
		a.See(ident.Name, graph.Registered, name, 0, 0, 1)
	}
	return a
}

// ID returns the account's ID.
func (a Account) ID() graph.AccountID { return a.id }

// Day returns noon of a day of the world.
func Day(d int) graph.Time {
	return graph.TimeOf(time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, d))
}

// See adds that the account had to do with a value from one day to another, so often. Days 0, 0 are no time at all.
func (a Account) See(k ident.Kind, rel graph.Relation, value string, from, to, count int) Account {
	a.w.tb.Helper()
	id, err := ident.Parser{}.Parse(k, value, a.id.System())
	if err != nil {
		a.w.tb.Fatalf("graphtest: %s %q: %v", k, value, err)
	}
	o := graph.Observation{Account: a.id, Identifier: id, Raw: value, Relation: rel, Count: uint32(max(1, count))}
	if from != 0 || to != 0 {
		o.First, o.Last = Day(from), Day(to)
	}
	o.Ref = graph.Ref{Source: "test", File: "test.csv", Line: int64(len(a.w.rows) + 1)}
	a.w.rows = append(a.w.rows, o)
	return a
}

// Login adds sign-ins from an IP.
func (a Account) Login(ip string, from, to, count int) Account {
	return a.See(ident.IP, graph.Login, ip, from, to, count)
}

// Device adds sign-ins from a device.
func (a Account) Device(serial string, from, to int) Account {
	return a.See(ident.Device, graph.Login, serial, from, to, to-from)
}

// Home adds the address where the account is registered.
func (a Account) Home(address string) Account {
	return a.See(ident.Address, graph.Registered, address, 0, 0, 1)
}

// ShipTo adds an address to which equipment was sent.
func (a Account) ShipTo(address string, day int) Account {
	return a.See(ident.Address, graph.ShipTo, address, day, day, 1)
}

// Payout adds where the account is paid.
func (a Account) Payout(account string, from, to int) Account {
	return a.See(ident.Payment, graph.Payout, account, from, to, 1)
}

// Email adds the account's e-mail address.
func (a Account) Email(address string) Account {
	return a.See(ident.Email, graph.Registered, address, 0, 0, 1)
}

// Phone adds the account's phone number, as of a day.
func (a Account) Phone(number string, day int) Account {
	return a.See(ident.Phone, graph.Registered, number, day, day, 1)
}

// Employer adds who employs the account, from one day to another.
func (a Account) Employer(name string, from, to int) Account {
	return a.See(ident.Employer, graph.EmployedBy, name, from, to, 1)
}

// Table returns what was seen as a canonical table.
func (w *World) Table() *graph.Table { return w.Shuffled(0) }

// Shuffled is [World.Table], but the rows come in another order for each seed; 0 is the order in which they were added.
func (w *World) Shuffled(seed uint64) *graph.Table {
	order := make([]int, len(w.rows))
	for i := range order {
		order[i] = i
	}
	if seed != 0 {
		r := rand.New(rand.NewPCG(seed, 0))
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	var b graph.Builder
	for _, i := range order {
		b.Observe(w.rows[i])
	}
	t := b.Table()
	t.Canonical()
	return t
}

// Rename changes every name by f.
func (w *World) Rename(f func(name string) string) {
	for i, o := range w.rows {
		if o.Identifier.Kind() != ident.Name {
			continue
		}
		id, err := ident.Parse(ident.Name, f(o.Raw))
		if err != nil {
			w.tb.Fatalf("graphtest: name: %v", err)
		}
		w.rows[i].Identifier, w.rows[i].Raw = id, f(o.Raw)
	}
}

// Len returns how many rows there are.
func (w *World) Len() int { return len(w.rows) }

// Names for made-up people: every first name goes with every last one.
var (
	firsts = []string{"Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple", "Nettle", "Oak", "Pine", "Quince", "Rowan", "Spruce", "Thorn", "Willow"}
	lasts  = []string{"Anvil", "Basket", "Candle", "Drawer", "Easel", "Fender", "Griddle", "Hammer", "Inkwell", "Jigsaw", "Kettle", "Ladder", "Mirror", "Needle", "Oven", "Pulley", "Ratchet", "Saddle", "Teapot", "Vessel"}
)

// Name returns a full name no other number below 400 has; beyond that they repeat with another middle word.
func Name(i int) string {
	first, last := firsts[i%len(firsts)], lasts[i/len(firsts)%len(lasts)]
	if n := i / (len(firsts) * len(lasts)); n > 0 {
		return fmt.Sprintf("%s %c%c%c %s", first, 'B'+n%23, 'a'+n/23%26, 'k'+n/598%10, last)
	}
	return first + " " + last
}

// IP returns a public IPv4 address for each number below ten million.
func IP(i int) string {
	return fmt.Sprintf("%d.%d.%d.%d", 23+i/(200*200*200), 1+i/40000%200, 1+i/200%200, 1+i%200)
}

// Address returns a US home address for each number.
func Address(i int) string {
	return fmt.Sprintf("%d Example St, Springfield, IL %05d", 100+i%9000, 60001+i/9000)
}

// Phone returns a US phone number for each number below eight million.
func Phone(i int) string { return fmt.Sprintf("+1 312 %03d %04d", 200+i/10000%355, i%10000) }

// Bank returns a bank account for each number.
func Bank(i int) string { return fmt.Sprintf("021000021 %010d", 7000000000+i) }
