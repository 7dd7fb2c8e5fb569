package edgelist

import (
	"math"
	"math/bits"
	"slices"
	"sort"
)

// decimal reads a name that is a decimal number up to 4294967295 without leading zeros.
func decimal(name []byte) (uint32, bool) {
	n, rest, ok := leadingNumber(name)
	return n, ok && len(rest) == 0
}

// leadingNumber reads such a number at the front of a text, as far as there are digits.
func leadingNumber(b []byte) (n uint32, rest []byte, ok bool) {
	const most = 10 // digits
	v, i := uint64(0), 0
	for ; i < len(b) && i <= most && b[i]-'0' <= 9; i++ {
		v = 10*v + uint64(b[i]-'0')
	}
	if i == 0 || i > most || v > math.MaxUint32 || b[0] == '0' && i > 1 {
		return 0, nil, false
	}
	return uint32(v), b[i:], true
}

// numberSet is a set of numbers, each with its rank. It is one of two things: when the numbers lie close enough, a bit
// for each up to the largest, with the rank of every 64th beside; and a sorted list with the place of each upper half in it otherwise.
type numberSet struct {
	list  []uint32
	bits  []uint64
	ranks []uint32 // how many numbers there are before each word of bits
	from  []uint32 // where in the list each upper half begins, and the end
}

// newNumberSet makes the set of what yield gives, twice the same. The largest and how many there are at most tell how to keep it.
func newNumberSet(largest uint32, most int, each func(add func(uint32))) *numberSet {
	const (
		room    = 1 << 28 // bits: 48 MiB with the ranks, whatever there is
		perItem = 64      // bits for each number that is given, 12 bytes with the ranks
	)
	s := &numberSet{}
	if uint64(largest) < room+perItem*uint64(most) {
		s.mark(largest, each)
		return s
	}
	s.list = make([]uint32, 0, most)
	each(func(n uint32) { s.list = append(s.list, n) })
	slices.Sort(s.list)
	s.list = slices.Clip(slices.Compact(s.list))
	s.from = make([]uint32, 1<<16+1)
	for _, n := range s.list {
		s.from[n>>16+1]++
	}
	for i := range 1 << 16 {
		s.from[i+1] += s.from[i]
	}
	return s
}

// mark makes the bits, their ranks, and the list of the numbers.
func (s *numberSet) mark(largest uint32, each func(add func(uint32))) {
	s.bits = make([]uint64, largest/64+1)
	each(func(n uint32) { s.bits[n/64] |= 1 << (n % 64) })
	s.ranks = make([]uint32, len(s.bits))
	total := uint32(0)
	for i, w := range s.bits {
		s.ranks[i] = total
		total += uint32(bits.OnesCount64(w))
	}
	s.list = make([]uint32, 0, total)
	for i, w := range s.bits {
		for ; w != 0; w &= w - 1 {
			s.list = append(s.list, uint32(64*i+bits.TrailingZeros64(w)))
		}
	}
}

// rank returns how many numbers of the set are smaller than one of it.
func (s *numberSet) rank(n uint32) uint32 {
	if s.bits != nil {
		below := s.bits[n/64] & (1<<(n%64) - 1)
		return s.ranks[n/64] + uint32(bits.OnesCount64(below))
	}
	lo, hi := s.from[n>>16], s.from[n>>16+1]
	return lo + uint32(sort.Search(int(hi-lo), func(i int) bool { return s.list[int(lo)+i] >= n }))
}
