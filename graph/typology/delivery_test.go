package typology

import (
	"fmt"
	"testing"

	"samehand/graph/graphtest"
	"samehand/graph/ident"
)

func TestDeliveryAddress(t *testing.T) {
	door := "77 Hollow Rd, Springfield, IL 62701"
	sent := func(persons, employers int, to string) func(c *cast) {
		return func(c *cast) {
			for i := range persons {
				c.worker(i, i%employers).ShipTo(to, 5+i)
			}
		}
	}
	check(t, "T2", []story{
		{"three persons of two employers", "medium", sent(3, 2, door)},
		{"seven persons of five employers", "high", sent(7, 5, door)},
		{"four persons of one employer", "low", sent(4, 1, door)},
		{"the host's own parcel goes there, too", "medium", func(c *cast) {
			sent(4, 3, door)(c)
			c.Account(emp(9), "host", "Hollow Facilitator").Home(door).ShipTo(door, 2)
		}},
		{"three persons whose homes nobody knows", "low", func(c *cast) {
			for i := range 3 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).ShipTo(door, 5)
			}
		}},
		{"two persons", "", sent(2, 2, door)},
		{"a family: it is their home, in other spellings", "", func(c *cast) {
			for i, home := range []string{"77 Hollow Road, Springfield, IL 62701", "77 Hollow Rd, Springfeild, IL 62701", door, "77 Hollow Rd Apt 2, Springfield, IL 62701"} {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(home).ShipTo(door, 5)
			}
		}},
		{"relatives who all live at one other home", "", func(c *cast) {
			for i := range 4 {
				c.Account(emp(i), fmt.Sprintf("user%d", i), graphtest.Name(i)).Home(graphtest.Address(1)).ShipTo(door, 5)
			}
		}},
		{"boxes of a mailbox shop", "", func(c *cast) {
			for i := range 9 {
				sent := fmt.Sprintf("500 Postal Plaza PMB %d, Springfield, IL 62704", i)
				c.worker(i, i).ShipTo(sent, 5)
			}
		}},
		{"a mailbox shop without the box", "", func(c *cast) {
			c.hub(door, "multiunit")
			sent(9, 9, door)(c)
		}},
		{"an office of their employer", "", sent(40, 1, door)},
		{"one person in three spellings", "", func(c *cast) {
			for i, name := range []string{"Rowan Kettle", "Kettle, Rowan", "Rowan Q Kettle"} {
				c.Account(emp(i), fmt.Sprintf("user%d", i), name).Home(graphtest.Address(1)).ShipTo(door, 5)
			}
		}},
	})
}

func TestSameDoor(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"77 Hollow Rd, Springfield, IL 62701", "77 Hollow Road, Springfield, IL 62701", true},
		{"77 Hollow Rd Apt 2, Springfield, IL 62701", "77 Hollow Road, Springfield, IL 62701", true},
		{"77 Hollow Rd Apt 2, Springfield, IL 62701", "77 Hollow Rd Apt 3, Springfield, IL 62701", false},
		{"77 Hollow Rd, Springfield, IL 62701", "78 Hollow Rd, Springfield, IL 62701", false},
		{"77 Hollow Rd, Springfield, IL 62701", "77 Hollow Rd, Springfield, IL 62702", false},
	} {
		a, b := id(t, ident.Address, test.a), id(t, ident.Address, test.b)
		if got := sameDoor(a, b); got != test.want || sameDoor(b, a) != test.want {
			t.Errorf("%q and %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func id(t *testing.T, k ident.Kind, raw string) ident.ID {
	t.Helper()
	id, err := ident.Parse(k, raw)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
