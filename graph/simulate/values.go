package simulate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
)

// areas are the telephone area codes of the states that people live in.
var areas = map[string][]string{
	"OH": {"614", "937", "440"}, "PA": {"717", "814", "610"}, "NC": {"336", "828", "919"}, "TX": {"512", "830", "903"}, "AZ": {"480", "520", "928"},
	"MN": {"651", "507", "763"}, "WA": {"360", "509", "253"}, "GA": {"770", "706", "912"}, "CO": {"970", "719", "303"}, "NY": {"518", "607", "845"},
}

// towns are invented, each with its state and the first three digits of its ZIP codes.
var towns = []struct{ city, state, zip string }{
	{"Alder Falls", "OH", "430"}, {"Millhaven", "OH", "446"}, {"Cobbs Crossing", "PA", "170"}, {"North Elmira Hill", "PA", "168"}, {"Laurel Bend", "NC", "273"},
	{"Pine Ferry", "NC", "287"}, {"Dry Comal", "TX", "781"}, {"Pecan Springs", "TX", "757"}, {"Mesa Linda", "AZ", "852"}, {"Saguaro Park", "AZ", "857"},
	{"Lake Brandt", "MN", "553"}, {"Stony Prairie", "MN", "560"}, {"Cedar Narrows", "WA", "983"}, {"Orchard Gap", "WA", "991"}, {"Peachford", "GA", "301"},
	{"Tallow Creek", "GA", "314"}, {"Blue Mesa Village", "CO", "815"}, {"Juniper Flats", "CO", "801"}, {"Kinder Mills", "NY", "121"}, {"Hollow Lake", "NY", "137"},
}

// streetNames and streetSuffixes make streets.
var (
	streetNames = strings.Fields(`Maple Oakdale Birchwood Chestnut Larkspur Meadow Hillcrest Riverside Sycamore Juniper Willow Foxglove Harvest Quarry Orchard Canyon Prairie
		Lakeview Summit Garden Mulberry Thistle Walnut Hawthorn Cobblestone Heron Partridge Clearwater Stonegate Ferndale Bluebird Sagebrush Copper Granite Windmill Aspen
		Dogwood Magnolia Pinecrest Rosewood Falcon Juniper Tanager Bramble Hickory Kestrel Linden Poplar Sparrow Tamarack`)
	streetSuffixes = [][2]string{{"Street", "St"}, {"Avenue", "Ave"}, {"Road", "Rd"}, {"Drive", "Dr"}, {"Lane", "Ln"}, {"Court", "Ct"}, {"Place", "Pl"}}
)

// place draws a postal address that nobody else has: a house, or a flat in one.
func (b *builder) place(r *rand.Rand) Place {
	t := pick(r, towns)
	p := Place{City: t.city, State: t.state, Zip: fmt.Sprintf("%s%02d", t.zip, r.IntN(100))}
	p.Street = unique(b.streets, func() string {
		return fmt.Sprintf("%d %s %s", 11+r.IntN(4900), pick(r, streetNames), pick(r, streetSuffixes)[0])
	})
	if r.Float64() < .3 {
		p.Unit = fmt.Sprintf("Apt %d", 1+r.IntN(40))
	}
	return p
}

// spell writes street and unit of an address as somebody might: in full, abbreviated, in capitals.
func (p Place) spell(r *rand.Rand) string {
	s := p.Street
	if r.Float64() < .5 {
		for _, x := range streetSuffixes {
			if rest, ok := strings.CutSuffix(s, " "+x[0]); ok {
				s = rest + " " + x[1]
			}
		}
	}
	if p.Unit != "" {
		unit := p.Unit
		if r.Float64() < .3 {
			unit = strings.Replace(unit, "Apt ", "#", 1)
		}
		s += ", " + unit
	}
	if r.Float64() < .1 {
		s = strings.ToUpper(s)
	}
	return s
}

// phone draws ten digits that nobody else has. The exchange is 555 and the line is none of 0100 to 0199.
func (b *builder) phone(r *rand.Rand) string {
	return unique(b.numbers, func() string {
		area := pick(r, areas[pick(r, towns).state])
		return fmt.Sprintf("%s555%04d", area, 200+r.IntN(9800))
	})
}

// dial writes a number as somebody might.
func dial(r *rand.Rand, n string) string {
	if len(n) != 10 {
		return n
	}
	a, x, l := n[:3], n[3:6], n[6:]
	switch r.IntN(5) {
	case 0:
		return n
	case 1:
		return "+1" + n
	case 2:
		return "(" + a + ") " + x + "-" + l
	case 3:
		return a + "." + x + "." + l
	}
	return a + "-" + x + "-" + l
}

// routings are the banks of the world: eight digits each, to which the check digit is added.
var routings = []string{"04400112", "03130209", "05310301", "11400073", "12210017", "09100408", "12500135", "06110210", "10200117", "02130093", "02607701", "09120114"}

// bank draws an account that nobody else has, at one of few banks.
func (b *builder) bank(r *rand.Rand) Bank {
	return Bank{withCheck(pick(r, routings)), unique(b.numbers, func() string { return fmt.Sprintf("%010d", 1_000_000_000+r.Int64N(8_999_999_999)) })}
}

// withCheck adds the ninth digit of a US routing number, which makes the digits, weighted 3, 7, 1 in turn, a multiple of ten.
func withCheck(eight string) string {
	sum := 0
	for i, w := range []int{3, 7, 1, 3, 7, 1, 3, 7} {
		sum += w * int(eight[i]-'0')
	}
	return fmt.Sprintf("%s%d", eight, (10-sum%10)%10)
}

// octets begin addresses in public space; see the package comment.
var octets = []int{24, 47, 50, 66, 67, 68, 69, 70, 71, 73, 74, 75, 76, 96, 97, 98, 99, 107, 108, 173, 174, 184}

// ip draws an address that nobody else has.
func (b *builder) ip(r *rand.Rand) string {
	return unique(b.numbers, func() string {
		return fmt.Sprintf("%d.%d.%d.%d", pick(r, octets), 1+r.IntN(250), r.IntN(254), 2+r.IntN(250))
	})
}

// serialLetters are the characters of serial numbers; I and O are left out as makers do.
const serialLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"

// serial draws a laptop's serial number.
func (b *builder) serial(r *rand.Rand) string { return b.code(r, "", 8) }

// code draws a text of n characters after a prefix.
func (b *builder) code(r *rand.Rand, prefix string, n int) string {
	return unique(b.numbers, func() string {
		s := []byte(prefix)
		for range n {
			s = append(s, serialLetters[r.IntN(len(serialLetters))])
		}
		return string(s)
	})
}

// wallet draws an Ethereum address, in lower case.
func (b *builder) wallet(r *rand.Rand) string {
	return unique(b.numbers, func() string {
		var w [20]byte
		for i := range w {
			w[i] = byte(r.Uint32())
		}
		return "0x" + hex.EncodeToString(w[:])
	})
}

// file returns the hash of a file that says text.
func file(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
