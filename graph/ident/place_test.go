package ident

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// One slip in one word of an address is forgiven; another number, unit or postcode is another door.
func TestSamePlace(t *testing.T) {
	const one = "12 Walnut Street Apt 4, Springfield, IL 62701"
	for _, test := range []struct {
		name, other string
		want        bool
	}{
		{"itself", one, true},
		{"in short forms", "12 WALNUT ST #4 Springfield IL 62701-1234", true},
		{"a letter left out", "12 Walnt Street Apt 4, Springfield, IL 62701", true},
		{"a letter more", "12 Walnutt Street Apt 4, Springfield, IL 62701", true},
		{"two letters swapped", "12 Wlanut Street Apt 4, Springfield, IL 62701", true},
		{"a slip in the town", "12 Walnut Street Apt 4, Sprongfield, IL 62701", true},
		{"slips in two words", "12 Walnt Street Apt 4, Sprongfield, IL 62701", false},
		{"two slips in one word", "12 Wlnt Street Apt 4, Springfield, IL 62701", false},
		{"another street", "12 Chestnut Street Apt 4, Springfield, IL 62701", false},
		{"another number", "13 Walnut Street Apt 4, Springfield, IL 62701", false},
		{"another unit", "12 Walnut Street Apt 5, Springfield, IL 62701", false},
		{"without the unit", "12 Walnut Street, Springfield, IL 62701", false},
		{"another postcode", "12 Walnut Street Apt 4, Springfield, IL 62702", false},
		{"a word more", "12 North Walnut Street Apt 4, Springfield, IL 62701", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := mustParse(t, Address, one), mustParse(t, Address, test.other)
			if SamePlace(a, b) != test.want || SamePlace(b, a) != test.want {
				t.Errorf("%v and the other way round %v, want %v", SamePlace(a, b), SamePlace(b, a), test.want)
			}
		})
	}
}

// What is no door, or no address, is nobody's place but its own.
func TestSamePlaceOfNothing(t *testing.T) {
	town, other := mustParse(t, Address, "Springfield, IL"), mustParse(t, Address, "Sprongfield, IL")
	if SamePlace(town, other) {
		t.Error("two towns are one place")
	}
	name := mustParse(t, Name, "12 Walnut")
	if SamePlace(name, name) || SamePlace(ID{}, ID{}) {
		t.Error("what is no address is a place")
	}
}

func TestNumberSlip(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"1234", "1324", true},  // two neighbours swapped
		{"123", "132", true},    // three digits are enough
		{"123", "213", true},    //
		{"12", "21", false},     // two are not
		{"123", "123", false},   // the same is no slip
		{"123", "124", false},   // the house next door
		{"123", "1234", false},  // one digit more
		{"1234", "4231", false}, // swapped, and no neighbours
		{"1234", "2143", false}, // two slips
		{"123a", "12a3", true},  // a letter may be part of it
		{"1123", "1213", true},  //
		{"", "", false},         //
	} {
		if NumberSlip(test.a, test.b) != test.want || NumberSlip(test.b, test.a) != test.want {
			t.Errorf("%q and %q: %v and the other way round %v, want %v", test.a, test.b, NumberSlip(test.a, test.b), NumberSlip(test.b, test.a), test.want)
		}
	}
}

// A swap of two different neighbours is a slip wherever it is, and undoing it leaves the same number.
func TestNumberSlipAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := fmt.Sprint(rapid.IntRange(100, 99999).Draw(t, "number"))
		i := rapid.IntRange(0, len(a)-2).Draw(t, "place")
		b := []byte(a)
		b[i], b[i+1] = b[i+1], b[i]
		if want := a[i] != a[i+1]; NumberSlip(a, string(b)) != want {
			t.Errorf("%q and %q: %v", a, b, !want)
		}
	})
}

// Who is one place with another has the same home: a slip never moves anybody.
func TestSamePlaceKeepsTheHome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) ID {
			s := fmt.Sprintf("%d %s St%s, %s, IL %d", rapid.IntRange(1, 3).Draw(t, label+" number"), rapid.SampledFrom([]string{"Walnut", "Walnt", "Walmut", "Elm", "Elms"}).Draw(t, label+" street"),
				rapid.SampledFrom([]string{"", " Apt 1", " Apt 2"}).Draw(t, label+" unit"), rapid.SampledFrom([]string{"Springfield", "Sprngfield"}).Draw(t, label+" town"),
				rapid.IntRange(62701, 62702).Draw(t, label+" postcode"))
			id, err := Parse(Address, s)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		a, b := draw("one"), draw("other")
		if SamePlace(a, b) != SamePlace(b, a) || SamePlace(a, b) && a.Home() != b.Home() || !SamePlace(a, a) {
			t.Errorf("%q and %q: %v", a.Key(), b.Key(), SamePlace(a, b))
		}
	})
}
