package simulate

import (
	"fmt"
	"math/bits"
	"strings"
)

// space numbers all values of a kind. Slots, given out in order, are spread over it by a fixed stride that has no factor in
// common with its size, so that two slots never give one value and neighbours have nothing in common.
type space struct{ size, stride uint64 }

// The spaces. A phone space is small, because the exchange is always 555: it bounds how many people a world can have.
var (
	phoneSpace = space{uint64(len(areaCodes)/3) * 9800, 1_299_827}
	lineSpace  = space{uint64(len(octets)) * 250 * 254 * 250, 179_424_673}
	placeSpace = space{9000 * uint64(len(allStreets)) * uint64(len(streetSuffixes)) * uint64(len(towns)), 15_485_863}
	bankSpace  = space{8_999_999_999, 5_915_587_277}
	paperSpace = space{100 * 49 * 9999, 7_368_787}
	codeSpace  = space{33 * 33 * 33 * 33 * 33 * 33 * 33 * 33, 472_882_027_861}
)

// at returns the place of a slot in the space of a world.
func (s space) at(seed, slot uint64) uint64 {
	hi, lo := bits.Mul64(slot%s.size, s.stride)
	_, at := bits.Div64(hi%s.size, lo, s.size)
	return (at + mix(seed, s.size)%s.size) % s.size
}

// mix returns a number that looks random and always is the same for the two (splitmix64, Steele, Lea and Flood 2014).
func mix(a, b uint64) uint64 {
	x := a*0x9e3779b97f4a7c15 ^ b
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// hubZone is how many slots of each sort are kept for values that the whole world shares; blocks have theirs above it.
var hubZone = [slotKinds]uint64{slotPhone: 20_000, slotLine: 1_000_000, slotPlace: 200_000, slotBank: 200_000, slotPaper: 1, slotCode: 1, slotOther: 1_000_000}

// slotted is a sort of value that is given out by slot.
type slotted int

// The sorts of value.
const (
	slotPhone slotted = iota
	slotLine
	slotPlace
	slotBank
	slotPaper
	slotCode
	slotOther // mailboxes, files, wallets, account names: spaces so large that a slot itself is enough
	slotKinds
)

// perPerson is how many slots a block has for each of its people. Phones are few; see phoneSpace.
var perPerson = [slotKinds]uint64{slotPhone: 2, slotLine: 24, slotPlace: 5, slotBank: 5, slotPaper: 3, slotCode: 16, slotOther: 64}

// MaxPeople is the most people that a world can have: each needs telephone numbers of their own, and there are 9,800 in an area code.
const MaxPeople = 1_300_000

// phoneText returns the ten digits of a slot.
func phoneText(seed, slot uint64) string {
	n := phoneSpace.at(seed, slot)
	area := int(n/9800) * 3
	return fmt.Sprintf("%s555%04d", areaCodes[area:area+3], 200+n%9800)
}

// lineText returns the IPv4 address of a slot.
func lineText(seed, slot uint64) string {
	n := lineSpace.at(seed, slot)
	return fmt.Sprintf("%d.%d.%d.%d", octets[n/(250*254*250)], 1+n/(254*250)%250, n/250%254, 2+n%250)
}

// placeAt returns the house of a slot, without a unit.
func placeAt(seed, slot uint64) Place {
	n := placeSpace.at(seed, slot)
	number, n := 11+n%9000, n/9000
	street, n := allStreets[n%uint64(len(allStreets))], n/uint64(len(allStreets))
	suffix, n := streetSuffixes[n%uint64(len(streetSuffixes))][0], n/uint64(len(streetSuffixes))
	t := towns[n]
	return Place{
		Street: fmt.Sprintf("%d %s %s", number, street, suffix), City: t.city, State: t.state,
		Zip: fmt.Sprintf("%s%02d", t.zip, mix(n, uint64(len(street))*7+uint64(street[0]))%100),
	}
}

// bankText returns an account at a bank, as "routing:account".
func bankText(seed, slot uint64, routing string) string {
	return fmt.Sprintf("%s:%010d", withCheck(routing), 1_000_000_000+bankSpace.at(seed, slot))
}

// paperText returns a tax number that no office ever issued: those that begin with 9 have 50 or more in the middle.
func paperText(seed, slot uint64) string {
	n := paperSpace.at(seed, slot)
	return fmt.Sprintf("SSN 9%02d-%02d-%04d", n/(49*9999), 1+n/9999%49, 1+n%9999)
}

// codeText returns eight characters of a serial number.
func codeText(seed, slot uint64) string {
	n := codeSpace.at(seed, slot)
	var b [8]byte
	for i := range b {
		b[i] = serialLetters[n%33]
		n /= 33
	}
	return string(b[:])
}

// hexText returns n hexadecimal digits that a number always has.
func hexText(seed, slot uint64, n int) string {
	var s strings.Builder
	for i := uint64(0); s.Len() < n; i++ {
		fmt.Fprintf(&s, "%016x", mix(seed^0x5a5a, slot*8+i))
	}
	return s.String()[:n]
}

// areaCodes are the area codes of the United States that telephone numbers are drawn from, three digits each.
const areaCodes = "" +
	"201202203205206207208209210212213214215216217218219224225228229231234239240248251252253254256260262267269270272276281" +
	"301302303304305307308309310312313314315316317318319320321323325330331334336337339346347351352360361385386" +
	"401402404405406407408409410412413414415417419423424425430432434435440442443458463469470475478479480484" +
	"501502503504505507508509510512513515516517518520530531534539540541551559561562563564567570571573574575580585586" +
	"601602603605606607608609610612614615616617618619620623626628629630631636641646650651657660661662667669678681682689" +
	"701702703704706707708712713714715716717718719720724725726727730731732734737740743747754757760762763765769770772773774775779781785786" +
	"801802803804805806808810812813814815816817818828830831832843845847848850854856857858859860862863864865870872878" +
	"901903904906907908909910912913914915916917918919920925928929930931934936937938940941945947949951952954956959970971972973978979980984985986989"
