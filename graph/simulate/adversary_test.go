package simulate

import (
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samehand/graph"
	"samehand/graph/ident"
)

func TestRotate(t *testing.T) {
	of := map[string]ident.Kind{
		"payment": ident.Payment, "phone": ident.Phone, "email": ident.Email, "device": ident.Device, "ip": ident.IP, "address": ident.Address,
	}
	for _, scenario := range []string{"multihost", "crypto", "mix"} {
		for _, kind := range rotated {
			t.Run(scenario+" "+kind, func(t *testing.T) {
				m := makeScene(t, SceneOptions{Scenario: scenario, People: 1000, Seed: 4, Rotate: kind})
				shared := m.holders(func(r madeRow, a truthAccount) bool {
					in := a.Role == rolePersona || a.Role == roleFacilitator || a.Role == roleLender
					return in && r.id.Kind() == of[kind] && r.relation != graph.Recruiter && r.nature != "public" && r.nature != "transit" && r.nature != "office" && r.nature != "counter" && r.nature != "slip"
				})
				for id, persons := range shared {
					rings := map[string]int{}
					for _, a := range m.truth.Accounts {
						if persons[a.Person] {
							delete(persons, a.Person)
							rings[a.Ring]++
						}
					}
					for ring, n := range rings {
						if n > 1 {
							t.Fatalf("%d persons of %s share a %s", n, ring, id.Kind())
						}
					}
				}
			})
		}
	}
}

func TestCamouflage(t *testing.T) {
	m := makeScene(t, SceneOptions{Scenario: "farm", Seed: 4, Camouflage: .5})
	all, covered := map[string]bool{}, map[string]bool{}
	for _, r := range m.rows {
		if a := m.who(r); a.Role == rolePersona {
			all[a.Person] = true
			if r.nature == "cover" && r.id.Kind() == ident.Payment {
				covered[a.Person] = true
			}
		}
	}
	if share := float64(len(covered)) / float64(len(all)); share < .3 || share > .7 {
		t.Errorf("%.2f of the personas have a cover, want about .5", share)
	}
}

func TestFrame(t *testing.T) {
	for families := 1; families <= 2; families++ {
		for _, scenario := range []string{"farm", "crypto", "mix"} {
			m := makeScene(t, SceneOptions{Scenario: scenario, Seed: 8, Frame: 10, FrameFamilies: families})
			framed, kinds := map[string]bool{}, map[string]map[ident.Kind]bool{}
			ring := m.holders(func(_ madeRow, a truthAccount) bool { return a.Ring != "" })
			for _, a := range m.truth.Accounts {
				if a.Framed {
					framed[a.Person] = true
				}
			}
			for _, r := range m.rows {
				if r.nature != "planted" {
					continue
				}
				a := m.who(r)
				if !a.Framed {
					t.Error("a value is planted on somebody who is not framed")
				}
				if kinds[a.Person] == nil {
					kinds[a.Person] = map[ident.Kind]bool{}
				}
				kinds[a.Person][r.id.Kind()] = true
				if len(ring[r.id]) == 0 {
					t.Errorf("a planted %s is in no ring", r.id.Kind())
				}
			}
			for p := range framed {
				if len(kinds[p]) != families {
					t.Errorf("%s: %d families planted, want %d", scenario, len(kinds[p]), families)
				}
			}
			if len(framed) != 10 {
				t.Errorf("%s: %d framed, want 10", scenario, len(framed))
			}
		}
	}
}

// ringRoles are the roles of the members of rings.
var ringRoles = map[string]bool{rolePersona: true, roleFacilitator: true, roleLender: true}

// sameRings fails unless two worlds have the same rings, apart from what ties them, and the same accounts.
func sameRings(t *testing.T, one, two *made, accounts bool) {
	t.Helper()
	a, b := slices.Clone(one.truth.Rings), slices.Clone(two.truth.Rings)
	for i := range a {
		a[i].Linkable = 0
	}
	for i := range b {
		b[i].Linkable = 0
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("other rings (-without +with):\n%s", diff)
	}
	if diff := cmp.Diff(one.truth.Groups, two.truth.Groups); diff != "" {
		t.Errorf("other groups:\n%s", diff)
	}
	if accounts && !slices.Equal(one.truth.Accounts, two.truth.Accounts) {
		t.Error("other accounts")
	}
}

// TestRotatedWorldsAreTheSame checks that a world in which a kind is rotated is the world without it row by row, but for the values of this kind
// that members of rings have.
func TestRotatedWorldsAreTheSame(t *testing.T) {
	for _, s := range Scenarios() {
		without := makeScene(t, SceneOptions{Scenario: s.Name, People: MinPeople, Seed: 9})
		for _, word := range append(slices.Clone(rotated), "ip,address") {
			t.Run(s.Name+" "+word, func(t *testing.T) {
				with := makeScene(t, SceneOptions{Scenario: s.Name, People: MinPeople, Seed: 9, Rotate: word})
				sameRings(t, without, with, true)
				if len(with.rows) != len(without.rows) {
					t.Fatalf("%d rows, %d without", len(with.rows), len(without.rows))
				}
				for i, r := range with.rows {
					old := without.rows[i]
					if ringRoles[with.who(r).Role] && slices.Contains(strings.Split(word, ","), r.id.Kind().String()) {
						r.id, r.nature, old.id, old.nature = ident.ID{}, "", ident.ID{}, ""
					}
					if r != old {
						t.Fatalf("row %d of a %s is %v, %v without", i, with.who(r).Role, r, old)
					}
				}
			})
		}
	}
}

// TestCamouflagedWorldsAreTheSame checks that only the personas who lead an innocent life have other rows, and that of
// these only sign-ins and what was added differ.
func TestCamouflagedWorldsAreTheSame(t *testing.T) {
	o := SceneOptions{Scenario: "mix", Seed: 9}
	without := makeScene(t, o)
	o.Camouflage = .5
	with := makeScene(t, o)
	sameRings(t, without, with, false)
	covered := map[string]bool{}
	for _, r := range with.rows {
		if r.nature == natureNames[natureCover] {
			covered[with.who(r).Person] = true
		}
	}
	added := func(a truthAccount, r madeRow) bool { // the rows of the account that was added are of it alone
		_, before := without.of[r.account]
		return covered[a.Person] && (!before || r.id.Kind() == ident.IP || r.nature == natureNames[natureCover])
	}
	rest := func(m *made) (out []madeRow) {
		for _, r := range m.rows {
			if !added(m.who(r), r) {
				out = append(out, r)
			}
		}
		return out
	}
	if a, b := rest(without), rest(with); !slices.Equal(a, b) {
		t.Errorf("%d rows are not of the camouflage, %d without it, or they differ", len(b), len(a))
	}
}

// TestFramedWorldsAreTheSame checks that framing adds rows and changes none.
func TestFramedWorldsAreTheSame(t *testing.T) {
	o := SceneOptions{Scenario: "mix", Seed: 9}
	without := makeScene(t, o)
	o.Frame, o.FrameFamilies = 10, 2
	with := makeScene(t, o)
	sameRings(t, without, with, false)
	rest := slices.DeleteFunc(slices.Clone(with.rows), func(r madeRow) bool { return r.nature == natureNames[naturePlanted] })
	if !slices.Equal(rest, without.rows) || len(rest) == len(with.rows) {
		t.Errorf("%d rows, %d of them not planted, %d without", len(with.rows), len(rest), len(without.rows))
	}
}

// TestRotateRing holds rotation to a ring made by hand: who keeps a value, and what is left alone.
func TestRotateRing(t *testing.T) {
	b := newScene(SceneOptions{Scenario: "farm", People: MinPeople, Seed: 1}).block(0)
	host, one, two := &actor{role: roleFacilitator, number: 1}, &actor{role: rolePersona, number: 2}, &actor{role: rolePersona, number: 3}
	for _, a := range []*actor{host, one, two} {
		a.open("payroll:x", "E1")
	}
	purse, vouch, firms := b.newBank(), b.newRecovery(), val{"desk@firm.net", naturePublic}
	host.say(0, sheetPayroll, kindPayment, relPayout, purse, 1)
	one.say(0, sheetPayroll, kindPayment, relPayout, purse.as(natureRing), 1)
	two.say(0, sheetPayroll, kindPayment, relPayout, masked(purse), 1)
	two.lastClaim(0).key = purse.text
	one.say(0, sheetApplicants, kindEmail, relRegistered, vouch, 1)
	two.say(0, sheetApplicants, kindEmail, relReferee, vouch.as(natureRing), 1)
	one.say(0, sheetApplicants, kindEmail, relRecruiter, firms, 1)
	two.say(0, sheetApplicants, kindEmail, relRecruiter, firms, 1)
	one.say(0, sheetPayroll, kindPhone, relRegistered, val{"6145550200", natureRing}, 1)
	two.say(0, sheetPayroll, kindPhone, relRegistered, val{"6145550200", natureRing}, 1)
	g := &ring{members: []*actor{host, one, two}}
	for _, k := range []kindOf{kindPayment, kindEmail, kindPhone} {
		b.rotateRing(g, k)
	}
	text := func(a *actor, claim int) string { return a.accounts[0].claims[claim].val.text }
	if text(host, 0) != purse.text || text(one, 0) == purse.text || !strings.Contains(text(two, 0), "****") || text(two, 0) == masked(purse).text {
		t.Errorf("the purse %q is %q, %q and %q", purse.text, text(host, 0), text(one, 0), text(two, 0))
	}
	if text(one, 1) != vouch.text || text(two, 1) == vouch.text {
		t.Error("who vouches keeps the mailbox, and nobody else")
	}
	if text(one, 2) != firms.text || text(two, 2) != firms.text {
		t.Error("a recruiter's mailbox is no secret of a ring")
	}
	if text(one, 3) == "6145550200" || text(two, 3) == "6145550200" || text(one, 3) == text(two, 3) {
		t.Error("nobody keeps a number that is nobody's")
	}
}

// TestRotatedSeeds checks that no seed needs more values than a block may have when rings take others instead.
func TestRotatedSeeds(t *testing.T) {
	for _, name := range []string{"home68", "multihost", "broker", "mix"} {
		for seed := range uint64(3) {
			o := SceneOptions{Scenario: name, People: MinPeople, Seed: seed, Rotate: strings.Join(rotated, ","), Camouflage: 1}
			if _, err := WriteScene(o, func(string) (io.WriteCloser, error) { return hashed{io.Discard}, nil }); err != nil {
				t.Errorf("%s, seed %d: %v", name, seed, err)
			}
		}
	}
}

// TestRotateSeveral checks that a small farm without a line and an address in common has hardly a tie left, and says so.
func TestRotateSeveral(t *testing.T) {
	mean := func(rotate string) float64 {
		m, sum := makeScene(t, SceneOptions{Scenario: "compartmented", Seed: 6, Rotate: rotate}), 0.0
		for _, g := range m.truth.Rings {
			sum += g.Linkable
		}
		return sum / float64(len(m.truth.Rings))
	}
	all, none := mean(""), mean("ip,address")
	if all < .6 || none > .35 {
		t.Errorf("linkable: %.2f, without line and address %.2f", all, none)
	}
}

// TestOwnInstead checks that what stands for a shared value is of the same sort, is new each time, and comes back as it is written.
func TestOwnInstead(t *testing.T) {
	b := newScene(SceneOptions{Scenario: "farm", People: MinPeople, Seed: 1}).block(0)
	for _, c := range []struct {
		kind   kindOf
		text   string
		prefix string
	}{
		{kindPayment, "0x00aa", "0x"}, {kindPayment, "026077017:1234567890", ""}, {kindPayment, "044001120:1234567890", ""}, {kindPhone, "6145550201", ""},
		{kindEmail, "a@b.net", ""}, {kindDevice, "fp:00", "fp:"}, {kindDevice, "serial:YK12345678", "serial:YK"}, {kindDevice, "serial:12345678", "serial:"},
		{kindIP, "24.1.1.2", ""}, {kindIP, "2600:1700:1:2::", ""}, {kindAddress, "1 Elm Street||Millhaven|OH|44601", ""},
	} {
		had := map[string]bool{}
		for range 50 {
			cl := claim{kind: c.kind, val: val{c.text, natureRing}, key: c.text}
			v := b.ownInstead(cl)
			b.replace(&cl, v)
			if had[v.text] || v.text == c.text || !strings.HasPrefix(v.text, c.prefix) || cl.identity() != v.text || cl.val.nature != natureOwn {
				t.Fatalf("%s: %q stands for %q, written %q", c.kind, v.text, c.text, cl.val.text)
			}
			had[v.text] = true
			if _, err := ident.Parse(c.kind, cl.val.text); err != nil {
				t.Fatalf("%s: %v", c.kind, err)
			}
		}
	}
	p := placeAt(1, 7)
	if p.Unit = "Apt 3"; placeOf(dwelling{place: p}.key()) != p {
		t.Errorf("%v is not what its key says", p)
	}
}
