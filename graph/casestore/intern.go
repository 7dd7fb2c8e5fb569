package casestore

import (
	"fmt"
	"math"
	"strings"

	"github.com/zeebo/xxh3"
)

// interner numbers distinct pairs of a tag and a text, in the order in which
// they come. It keeps each text once, many to a block of memory, and its table
// has no pointers, so that the garbage collector has little to look at.
//
// The table is an open-addressing hash table: a slot is empty (0) or holds 32 bits of the hash and, above them, the number plus one.
type interner struct {
	slots []uint64 // a power of two
	tags  []uint16
	texts []string
	block block
	sum   int // of what warm looked at, so that it does look
}

// blockBytes is the size of a block of texts. Longer texts get a block of their own.
const blockBytes = 256 << 10

func newInterner(size int) *interner {
	n := 1024
	for n < size*2 {
		n *= 2
	}
	return &interner{slots: make([]uint64, n), tags: make([]uint16, 0, size), texts: make([]string, 0, size)}
}

// hashText returns the hash that add needs. It may run outside the lock that guards the interner.
func hashText(tag uint16, text []byte) uint32 {
	h := xxh3.HashSeed(text, uint64(tag))
	return uint32(h ^ h>>32)
}

// add returns the number of the pair, which is new if it was not there.
func (t *interner) add(hash uint32, tag uint16, text []byte) (uint32, error) {
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := t.slots[i]
		if slot == 0 {
			break
		}
		if n := uint32(slot>>32) - 1; uint32(slot) == hash && t.tags[n] == tag && t.texts[n] == string(text) {
			return n, nil
		}
	}
	n := uint32(len(t.texts))
	if n == math.MaxUint32-1 {
		return 0, fmt.Errorf("more than %d distinct values: the case is too big to be loaded whole", n)
	}
	t.tags, t.texts = append(t.tags, tag), append(t.texts, t.block.keep(text))
	if len(t.texts)*5 > len(t.slots)*3 { // 60 % full: probes stay short
		t.grow()
	}
	t.put(hash, n)
	return n, nil
}

// warm looks at the slots, and at the texts behind them, where add will look for some hashes. Each lies somewhere else in a big memory, and add must
// know one before it goes on to the next; nothing here waits for anything, so that the processor fetches many at a time. What it returns means nothing.
func (t *interner) warm(hashes []uint32) (sum int) {
	mask := uint32(len(t.slots) - 1)
	for _, h := range hashes {
		sum += int(t.slots[h&mask] >> 63)
	}
	for _, h := range hashes {
		if n := uint32(t.slots[h&mask] >> 32); n > 0 {
			sum += int(t.tags[n-1]) + len(t.texts[n-1])
		}
	}
	for _, h := range hashes {
		if n := uint32(t.slots[h&mask] >> 32); n > 0 && t.texts[n-1] != "" {
			sum += int(t.texts[n-1][0])
		}
	}
	return sum
}

// put writes number n into the first free slot for the hash.
func (t *interner) put(hash, n uint32) {
	mask := uint32(len(t.slots) - 1)
	i := hash & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = uint64(n+1)<<32 | uint64(hash)
}

func (t *interner) grow() {
	old := t.slots
	t.slots = make([]uint64, 2*len(old))
	for _, s := range old {
		if s != 0 {
			t.put(uint32(s), uint32(s>>32)-1)
		}
	}
}

// block is memory for many short texts. The zero block is empty.
type block struct{ b *strings.Builder }

// keep copies a text into the block, or into a new one when it is full. What a Builder has given out stays as it is while the Builder has room.
func (k *block) keep(text []byte) string {
	if k.b == nil || k.b.Cap()-k.b.Len() < len(text) {
		k.b = new(strings.Builder)
		k.b.Grow(max(blockBytes, len(text)))
	}
	lo := k.b.Len()
	k.b.Write(text)
	return k.b.String()[lo:]
}

// keepString is keep for a string.
func (k *block) keepString(s string) string { return k.keep([]byte(s)) }
