package simulate

import (
	"testing"

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
