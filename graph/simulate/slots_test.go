package simulate

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"samehand/graph/ident"
)

// TestSpacesGiveEachValueOnce checks that no two slots have one value: the stride has no factor in common with the size.
func TestSpacesGiveEachValueOnce(t *testing.T) {
	gcd := func(a, b uint64) uint64 {
		for b != 0 {
			a, b = b, a%b
		}
		return a
	}
	for name, s := range map[string]space{"phone": phoneSpace, "line": lineSpace, "place": placeSpace, "bank": bankSpace, "paper": paperSpace, "code": codeSpace} {
		if gcd(s.size, s.stride) != 1 {
			t.Errorf("%s: size and stride have a factor in common", name)
		}
	}
	seen := map[uint64]bool{}
	for slot := range phoneSpace.size {
		seen[phoneSpace.at(9, slot)] = true
	}
	if uint64(len(seen)) != phoneSpace.size {
		t.Errorf("%d numbers of %d slots", len(seen), phoneSpace.size)
	}
}

// TestSlotsFit checks that the largest world has a slot for everything.
func TestSlotsFit(t *testing.T) {
	sizes := map[slotted]uint64{
		slotPhone: phoneSpace.size, slotLine: lineSpace.size, slotPlace: placeSpace.size, slotBank: bankSpace.size, slotPaper: paperSpace.size, slotCode: codeSpace.size,
	}
	for k, size := range sizes {
		if most := hubZone[k] + MaxPeople*perPerson[k]; most > size {
			t.Errorf("sort %d: %d slots, %d values", k, most, size)
		}
	}
	if exits := uint64(hubExit + MaxPeople/10 + 12); exits > hubZone[slotLine] {
		t.Errorf("%d exits do not fit into the lines that all share", exits)
	}
}

// TestSlotTextsCanLink checks that every value is read as one that may link, and comes back.
func TestSlotTextsCanLink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed, slot := rapid.Uint64().Draw(t, "seed"), rapid.Uint64Range(0, 60_000_000).Draw(t, "slot")
		p := placeAt(seed, slot)
		for text, kind := range map[string]ident.Kind{
			phoneText(seed, slot):                                   ident.Phone,
			lineText(seed, slot):                                    ident.IP,
			bankText(seed, slot, routings[slot%12]):                 ident.Payment,
			paperText(seed, slot):                                   ident.Document,
			"serial:" + codeText(seed, slot):                        ident.Device,
			"sha256:" + hexText(seed, slot, 64):                     ident.Document,
			"phash:" + hexText(seed, slot, 16):                      ident.Document,
			"fp:" + hexText(seed, slot, 32):                         ident.Device,
			"0x" + hexText(seed, slot, 40):                          ident.Payment,
			p.Street + ", " + p.City + ", " + p.State + " " + p.Zip: ident.Address,
		} {
			id, err := ident.Parse(kind, text)
			if err != nil || id.Mark() != ident.Ordinary || id.Kind() != kind {
				t.Fatalf("%s %q is read as %s with the mark %q: %v", kind, text, id.Key(), id.Mark(), err)
			}
		}
	})
}

// TestEveryAreaCodeIsValid checks the list of area codes against the numbering plan.
func TestEveryAreaCodeIsValid(t *testing.T) {
	for i := 0; i < len(areaCodes); i += 3 {
		n := areaCodes[i:i+3] + "5550234"
		if id, err := ident.Parse(ident.Phone, n); err != nil || id.Key() != "+1"+n || id.Mark() != ident.Ordinary {
			t.Errorf("area %s: %v", areaCodes[i:i+3], err)
		}
	}
}

// TestNamesakesAreRare checks that about one pair in 300,000 shares a full name, and that names are names.
func TestNamesakesAreRare(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	count, pairs := map[string]int{}, 0
	const people = 20_000
	for range people {
		n := firstName(r) + " " + lastName(r)
		pairs += count[n]
		count[n]++
	}
	all := people * (people - 1) / 2
	if rate := float64(all) / float64(max(pairs, 1)); rate < 100_000 || rate > 900_000 {
		t.Errorf("one pair in %.0f shares a name, want about 300,000", rate)
	}
	for n := range count {
		if id, err := ident.Parse(ident.Name, n); err != nil || !id.FullName() || id.Mark() != ident.Ordinary {
			t.Errorf("%q is no full name: %v", n, err)
		}
	}
}

func TestListsHaveNoRepeats(t *testing.T) {
	for name, list := range map[string][]string{"first names": bigFirst, "last names": bigLast, "streets": allStreets, "heads": nameHeads, "tails": nameTails, "firms": firmHeads} {
		if len(distinct(list)) != len(list) {
			t.Errorf("%s has repeats", name)
		}
	}
}

// TestFirmsAreDifferent checks that no two employers or agencies of the largest world have one tenant.
func TestFirmsAreDifferent(t *testing.T) {
	p := newPublic(3, MaxPeople)
	seen := map[string]bool{}
	for _, f := range append(p.firms, p.agents...) {
		if seen[f.tenant] || strings.ToLower(f.tenant) != f.tenant || strings.Contains(f.tenant, ":") {
			t.Errorf("the tenant %s is there twice, or is none", f.tenant)
		}
		seen[f.tenant] = true
	}
}

// TestExitsAreHeldByFew checks the shape of the VPN exits: most have few users, some many.
func TestExitsAreHeldByFew(t *testing.T) {
	p, r, users := newPublic(1, 20_000), rand.New(rand.NewPCG(1, 2)), map[string]int{}
	for range 20_000 * 16 / 100 {
		users[p.exit(r).text]++
	}
	few, most := 0, 0
	for _, n := range users {
		if n <= 3 {
			few++
		}
		most = max(most, n)
	}
	if 2*few < len(users) || most < 20 {
		t.Errorf("%d of %d exits have up to three users, the largest %d", few, len(users), most)
	}
}

// TestBetween checks the bounds and the middle of drawn sizes.
func TestBetween(t *testing.T) {
	b := newScene(SceneOptions{Scenario: "farm", People: 2000, Seed: 1}).block(0)
	small := 0
	for range 2000 {
		n := b.between(3, 12, 6, .5)
		if n < 3 || n > 12 {
			t.Fatalf("%d personas", n)
		}
		if n <= 6 {
			small++
		}
	}
	if small < 900 || small > 1400 {
		t.Errorf("%d of 2000 have up to six personas, want about half and the rest of the middle", small)
	}
}

// TestReuse checks how many personas a reused value ties: two in seven of ten cases.
func TestReuse(t *testing.T) {
	b, n := newScene(SceneOptions{Scenario: "farm", People: 2000, Seed: 2}).block(0), map[int]int{}
	for range 4000 {
		n[b.reuse()]++
	}
	if n[2] < 2600 || n[2] > 3000 || n[3] < 700 || n[3] > 1050 || n[2]+n[3]+n[4]+n[5] != 4000 {
		t.Errorf("reused by %v", n)
	}
}

// TestRoutingNumbers checks that the check digit is there whatever bank is drawn.
func TestRoutingNumbers(t *testing.T) {
	for _, eight := range append(append([]string(nil), routings...), sponsorBanks...) {
		if len(withCheck(eight)) != 9 {
			t.Errorf("%s gives %s", eight, withCheck(eight))
		}
	}
}
