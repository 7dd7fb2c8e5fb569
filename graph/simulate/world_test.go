package simulate

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"samehand/graph"
	"samehand/graph/ident"
)

// seeds are the worlds that every rule is tried on.
var seeds = []uint64{1, 2, 3, 7, 42, 1 << 60}

// eachDemo runs f on several worlds.
func eachDemo(t *testing.T, f func(t *testing.T, w *World)) {
	for _, s := range seeds {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			w := Demo(s)
			f(t, &w)
		})
	}
}

// in returns the people of a group.
func (w *World) in(group string) []*Person {
	var out []*Person
	for i := range w.People {
		if w.People[i].Group == group {
			out = append(out, &w.People[i])
		}
	}
	return out
}

// lines returns the addresses that a person ever signs in from.
func (p *Person) lines() []string {
	var out []string
	for _, l := range p.Lines {
		out = append(out, l.IP)
	}
	return out
}

func TestSize(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		if n := len(w.People); n < 245 || n > 260 {
			t.Errorf("%d people, want about 250", n)
		}
		if n := len(w.Truth().Accounts); n < 550 || n > 700 {
			t.Errorf("%d accounts, want about 600", n)
		}
		if n := len(w.in("farm")); n != 10 {
			t.Errorf("%d people in the farm, want a facilitator and nine personas", n)
		}
	})
}

// TestValuesCanLink checks that every value is one that can be read and may link: not a placeholder, not reserved.
func TestValuesCanLink(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		r := (&builder{seed: 1}).source("test")
		check := func(k ident.Kind, raw string) {
			t.Helper()
			if raw == "" {
				return
			}
			id, err := ident.Parse(k, raw)
			if err != nil || id.Kind() != k || id.Mark() != ident.Ordinary {
				t.Errorf("%v %q is read as %v with the mark %q: %v", k, raw, id.Kind(), id.Mark(), err)
			}
		}
		for i := range w.People {
			p := &w.People[i]
			check(ident.Email, p.Email)
			check(ident.Email, p.RecoveryEmail)
			check(ident.Email, p.Referee)
			check(ident.Phone, p.Phone)
			check(ident.Phone, dial(r, p.Phone))
			check(ident.Phone, p.RecoveryPhone)
			check(ident.Payment, p.Wallet)
			check(ident.Document, prefixed("sha256:", p.CV))
			check(ident.Device, prefixed("serial:", p.Token))
			check(ident.Address, p.Home.spell(r)+", "+p.Home.City+", "+p.Home.State+", "+p.Home.Zip)
			if p.Bank != (Bank{}) {
				check(ident.Payment, p.Bank.Routing+":"+p.Bank.Account)
			}
			for _, ip := range p.lines() {
				check(ident.IP, ip)
			}
			for _, j := range p.Jobs {
				check(ident.Email, j.Login)
				check(ident.Device, "serial:"+j.Serial)
			}
			if id, err := ident.Parse(ident.Name, p.Name()); err != nil || !id.FullName() {
				t.Errorf("%s has no full name", p.ID)
			}
		}
	})
}

// TestSpellingsAreOneAddress checks that an address, however it is spelled, is read as one.
func TestSpellingsAreOneAddress(t *testing.T) {
	w := Demo(1)
	r := (&builder{seed: 1}).source("test")
	for i := range w.People {
		h, keys := w.People[i].Home, map[string]bool{}
		for range 12 {
			id, err := ident.Parse(ident.Address, h.spell(r)+", "+h.City+", "+h.State+", "+h.Zip)
			if err != nil {
				t.Fatal(err)
			}
			keys[id.Key()] = true
		}
		if len(keys) != 1 {
			t.Errorf("%+v is read as %d addresses: %v", h, len(keys), keys)
		}
	}
}

func TestFarm(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		farm := w.in("farm")
		host, personas := farm[0], farm[1:]
		if host.Role != "facilitator" {
			t.Fatalf("the first of the farm is a %q", host.Role)
		}
		line := host.Lines[0].IP
		employers, homes := map[int]bool{}, map[Place]bool{}
		purse, alone := 0, 0
		for _, p := range personas {
			for _, j := range p.Jobs {
				employers[j.Employer] = true
			}
			homes[p.Home] = true
			if p.Home == host.Home || *p.ShipTo != host.Home {
				t.Errorf("%s lives at the farm, or has its laptop sent elsewhere", p.ID)
			}
			if !slices.Contains(p.lines(), line) {
				t.Errorf("%s is never at the farm", p.ID)
			}
			if p.Bank == personas[0].Bank {
				purse++
			}
			if p.Token == "" && p.ShipPhone == "" {
				alone++
			}
		}
		if len(employers) != 6 || len(homes) != 9 || purse != 3 || alone != 3 {
			t.Errorf("%d employers, %d homes, %d in one purse, %d with everything of their own; want 6, 9, 3, 3", len(employers), len(homes), purse, alone)
		}
	})
}

// TestFarmSignIns checks the mix of a persona's lines while its laptop is at the farm: most from there, some through the VPN.
func TestFarmSignIns(t *testing.T) {
	w := Demo(1)
	farm := w.in("farm")
	line := farm[0].Lines[0].IP
	all, there := 0, 0
	for i := range w.Employers {
		for _, s := range w.signIns(i, (&builder{seed: 5}).source("test")) {
			if s.person.Role == "persona" && s.person.Group == "farm" && (s.person.Lines[0].To.IsZero() || s.at.Before(s.person.Lines[0].To)) {
				all++
				if s.ip == line {
					there++
				}
			}
		}
	}
	if share := float64(there) / float64(all); share < .6 || share > .8 {
		t.Errorf("%.2f of the sign-ins are from the farm, want about .7", share)
	}
}

// shared returns the families in which two people have a value in common.
func shared(a, b *Person) map[string]bool {
	f := map[string]bool{}
	add := func(family string, same bool) {
		if same {
			f[family] = true
		}
	}
	add("money", a.Bank != (Bank{}) && a.Bank == b.Bank || a.Wallet != "" && a.Wallet == b.Wallet)
	add("contact", a.RecoveryEmail != "" && a.RecoveryEmail == b.RecoveryEmail || a.RecoveryPhone != "" && a.RecoveryPhone == b.RecoveryPhone || a.Phone == b.Phone)
	add("device", a.Token != "" && a.Token == b.Token || a.Jobs[0].Serial == b.Jobs[0].Serial)
	add("vouching", a.Referee != "" && a.Referee == b.Referee)
	add("dossier", a.CV != "" && a.CV == b.CV)
	for _, ip := range a.lines() {
		add("network", slices.Contains(b.lines(), ip))
	}
	return f
}

func TestPaymentRing(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		ring := w.in("payment-ring")
		if len(ring) != 6 {
			t.Fatalf("%d personas in the ring", len(ring))
		}
		reached := map[*Person]bool{ring[0]: true}
		for range ring {
			for _, a := range ring {
				for _, b := range ring {
					if reached[a] && a != b && len(shared(a, b)) > 0 {
						reached[b] = true
					}
				}
			}
		}
		if len(reached) != len(ring) {
			t.Errorf("the ring falls apart: %d of %d hang together", len(reached), len(ring))
		}
		employers := map[int]bool{}
		for _, a := range ring {
			employers[a.Jobs[0].Employer] = true
			hard := map[string]bool{}
			for _, b := range ring {
				if a == b {
					continue
				}
				for f := range shared(a, b) {
					if f == "network" {
						t.Errorf("%s and %s have a line in common", a.ID, b.ID)
					}
					if f == "money" || f == "contact" || f == "device" {
						hard[f] = true
					}
				}
			}
			if len(hard) < 2 {
				t.Errorf("%s is tied by %v, want two families", a.ID, hard)
			}
		}
		if len(employers) != 5 {
			t.Errorf("%d employers, want 5", len(employers))
		}
	})
}

func TestHouseholds(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		n, joint, surname := 0, 0, 0
		for _, g := range w.Groups {
			if g.Kind != "household" && g.Kind != "flat" {
				continue
			}
			n++
			ps := w.in(g.Name)
			if len(ps) < 2 || len(ps) > 4 {
				t.Errorf("%s has %d people", g.Name, len(ps))
			}
			for _, p := range ps[1:] {
				if p.Home != ps[0].Home || p.Lines[0] != ps[0].Lines[0] {
					t.Errorf("%s: %s lives elsewhere", g.Name, p.ID)
				}
				if g.Kind == "flat" && (p.Bank == ps[0].Bank || p.Phone == ps[0].Phone) {
					t.Errorf("%s: flat-mates share more than the flat", g.Name)
				}
			}
			if ps[0].Bank == ps[1].Bank {
				joint++
			}
			if ps[0].Last == ps[1].Last {
				surname++
			}
		}
		if n != 25 || joint < 5 || surname < 8 {
			t.Errorf("%d households, %d with a joint account, %d of one surname", n, joint, surname)
		}
	})
}

func TestOddPeople(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		victim, persona := w.in("identity-victim")[0], w.in("farm")[2] // the one before is the one who lives at the farm
		for _, p := range w.in("farm") {
			if p.Name() == victim.Name() {
				persona = p
			}
		}
		if victim.Name() != persona.Name() || victim.Home != persona.Home || victim.Phone == persona.Phone || victim.Bank == persona.Bank || len(shared(victim, persona)) > 1 {
			t.Errorf("the victim has %v in common with the persona of its name", shared(victim, persona))
		}
		if victim.Jobs[0].Employer == persona.Jobs[0].Employer {
			t.Error("the victim and the persona work at one employer")
		}
		a := w.in("reassigned-laptop")
		if a[0].Jobs[0].Serial != a[1].Jobs[0].Serial || !a[0].Jobs[0].To.Before(a[1].Jobs[0].From) {
			t.Error("the reassigned laptop is not used one after another")
		}
		l := w.in("recycled-address")
		if x, y := l[0].Lines[0], l[1].Lines[1]; x.IP != y.IP || y.From.Sub(x.To) < 14*24*time.Hour {
			t.Error("the recycled address is not used one after another")
		}
		for _, name := range []string{"over-employed-1", "over-employed-2"} {
			if p := w.in(name); len(p) != 1 || len(p[0].Jobs) != 2 || p[0].Jobs[0].Employer == p[0].Jobs[1].Employer {
				t.Errorf("%s: not one person with two employers", name)
			}
		}
		if n := w.in("namesakes"); len(n) != 2 || n[0].Name() != n[1].Name() || len(shared(n[0], n[1])) > 0 {
			t.Error("the namesakes have more in common than the name, or less")
		}
		if len(w.in("farm-household")) != 1 || w.in("farm-household")[0].Home != w.in("farm")[0].Home {
			t.Error("nobody lives with the facilitator")
		}
	})
}

// TestBystandersShareOneFamily checks that people in no ring share with those in one no more than a line or a door.
func TestBystandersShareOneFamily(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		for _, p := range slices.Concat(w.in("farm"), w.in("payment-ring")) {
			for i := range w.People {
				q := &w.People[i]
				if q.Role == "persona" || q.Role == "facilitator" {
					continue
				}
				for f := range shared(p, q) {
					if f != "network" {
						t.Errorf("%s (%s) and %s (%s) share %s", p.ID, p.Group, q.ID, q.Group, f)
					}
				}
			}
		}
	})
}

func TestSharedLines(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		holders := map[string]int{}
		for i := range w.People {
			for _, ip := range w.People[i].lines() {
				holders[ip]++
			}
		}
		var many []int
		for _, n := range holders {
			if n > 9 {
				many = append(many, n)
			}
		}
		slices.Sort(many)
		// The farm with its host and the one who lives there; the coworking space; the office with the same one; the VPN exit.
		if want := []int{11, 18, 41, 69}; !slices.Equal(many, want) {
			t.Errorf("lines with many people have %v, want %v", many, want)
		}
	})
}

func TestAccountsAreUnique(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		var prev graph.AccountID
		for _, a := range w.Truth().Accounts {
			if a.Account.Compare(prev) <= 0 {
				t.Errorf("%v is not after %v", a.Account, prev)
			}
			if prev = a.Account; !prev.Valid() || prev.Tenant() == "" {
				t.Errorf("%v is no account at an employer", prev)
			}
		}
	})
}

func TestGroupsAreKnown(t *testing.T) {
	eachDemo(t, func(t *testing.T, w *World) {
		known, flagged := map[string]bool{"": true}, 0
		for _, g := range w.Groups {
			if known[g.Name] || g.Kind == "" || g.Note == "" {
				t.Errorf("group %q is there twice, or not described", g.Name)
			}
			known[g.Name] = true
			if g.Flag {
				flagged++
			}
		}
		if flagged != 2 {
			t.Errorf("%d groups are to be found, want 2", flagged)
		}
		for i := range w.People {
			if !known[w.People[i].Group] {
				t.Errorf("%s is in a group that is not listed", w.People[i].ID)
			}
		}
	})
}

func TestWithCheck(t *testing.T) {
	for eight, want := range map[string]string{"02100002": "021000021", "01140153": "011401533", "09100001": "091000019"} {
		if got := withCheck(eight); got != want {
			t.Errorf("withCheck(%s) = %s, want %s", eight, got, want)
		}
	}
}
